//! The rows of the table.

use std::{
    collections::HashMap,
    error::Error,
    io,
    sync::Arc,
    time::{Duration, SystemTime},
};

use kumiki_bench::{client::Connection, server::Server, sign::Signer};

use crate::{
    measure::{self, Counted, Figures, Load},
    messages::{self, ReceiveAndDelete, SendInOrder},
    objects::{self, Multipart, PutAndDelete},
};

/// The same prepared requests over and over; connection `c` takes every `stride`-th from its own.
pub(crate) struct Prepared {
    pub(crate) requests: Vec<Vec<u8>>,
    pub(crate) expected: u16,
}

impl Load for Prepared {
    async fn run(&self, at: &mut Connection, connection: usize, n: u64) -> io::Result<()> {
        let i = (connection * 7919 + n as usize) % self.requests.len();
        expect(at, &self.requests[i], self.expected).await
    }
}

pub(crate) async fn expect(at: &mut Connection, request: &[u8], expected: u16) -> io::Result<()> {
    let answer = at.ask(request).await?;
    if answer.status == expected {
        return Ok(());
    }
    let body = String::from_utf8_lossy(answer.body).into_owned();
    Err(io::Error::other(format!("{} instead of {expected}: {body}", answer.status)))
}

/// Sends the messages for a measurement of `time`, where messages are taken.
pub(crate) async fn fill(load: &Kind, address: &str, time: Duration) -> io::Result<()> {
    if let Kind::Pair(pair) = load { pair.fill(address, time).await } else { Ok(()) }
}

/// A request of the JSON protocol.
pub(crate) fn json(signer: &Signer, version: &str, target: &str, body: &str) -> Vec<u8> {
    let content_type = format!("application/x-amz-json-{version}");
    let headers = [("content-type", content_type.as_str()), ("x-amz-target", target)];
    signer.request("POST", "/", "", &headers, body.as_bytes())
}

/// Makes a key and prepares Encrypt of 1 KiB with it, beside what a bare server takes for it.
async fn encrypt(at: &mut Connection, signer: &Signer, host: &str) -> Result<Row, Box<dyn Error>> {
    let answer = at.ask(&json(signer, "1.1", "TrentService.CreateKey", "{}")).await?;
    let made: serde_json::Value = serde_json::from_slice(answer.body)?;
    let key = made["KeyMetadata"]["KeyId"].as_str().ok_or("CreateKey names no key")?;
    let body = serde_json::json!({"KeyId": key, "Plaintext": "S".repeat(1368)}).to_string();
    Ok(Row {
        name: "KMS Encrypt 1 KiB",
        target: "0.3",
        yardstick: bare("POST", host, "/x", body.as_bytes()),
        load: prepared(|_| json(signer, "1.1", "TrentService.Encrypt", &body), 1),
        connections_max: usize::MAX,
    })
}

pub(crate) fn now() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "the bench is a client: it has the host's clock")]
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
}

/// What a row is compared with: the bare server answering as many bytes, or taking as many.
pub(crate) fn bare(method: &str, host: &str, path: &str, body: &[u8]) -> Arc<Kind> {
    let mut request =
        format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {}\r\n\r\n", body.len())
            .into_bytes();
    request.extend_from_slice(body);
    prepared(|_| request.clone(), 1)
}

/// A row of the table.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) target: &'static str,
    pub(crate) yardstick: Arc<Kind>,
    pub(crate) load: Arc<Kind>,
    /// With no more connections than these.
    pub(crate) connections_max: usize,
}

/// What is done over and over.
pub(crate) enum Kind {
    Prepared(Prepared),
    Pair(ReceiveAndDelete),
    SendInOrder(SendInOrder),
    Cycle(PutAndDelete),
    Multipart(Multipart),
}

impl Load for Kind {
    async fn run(&self, at: &mut Connection, connection: usize, n: u64) -> io::Result<()> {
        match self {
            Self::Prepared(load) => load.run(at, connection, n).await,
            Self::Pair(load) => load.run(at).await,
            Self::SendInOrder(load) => load.run(at).await,
            Self::Cycle(load) => load.run(at, connection, n).await,
            Self::Multipart(load) => load.run(at, connection, n).await,
        }
    }
}

/// So many requests, in turn.
pub(crate) fn prepared(make: impl Fn(usize) -> Vec<u8>, count: usize) -> Arc<Kind> {
    Arc::new(Kind::Prepared(Prepared { requests: (0..count).map(make).collect(), expected: 200 }))
}

/// Prepares what the rows need and lists them.
async fn rows(yardstick: &Server, server: &Server) -> Result<Vec<Row>, Box<dyn Error>> {
    let (host, address) = (&yardstick.address, &server.address);
    let signer = |service| Signer::new(service, address, now());
    let mut rows = objects::rows(host, &signer("s3"), address).await?;
    rows.extend(messages::rows(host, &signer("sqs"), address, messages::PAIRS_PER_SECOND_MAX).await?);
    let mut at = Connection::open(address).await?;
    rows.push(encrypt(&mut at, &signer("kms"), host).await?);
    Ok(rows)
}

/// Measures every row and prints the table. Answers each row's operations per CPU second with the most connections.
pub(crate) async fn report(
    yardstick: &Server,
    server: &Server,
    connections: &[usize],
    time: Duration,
    only: &str,
) -> Result<HashMap<&'static str, f64>, Box<dyn Error>> {
    let mut per_cpu_second = HashMap::new();
    println!(
        "| operation | connections | share of hyper | target | per CPU s | hyper per CPU s | per s | p50 us | p99 us |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for row in rows(yardstick, server).await? {
        if !row.name.contains(only) {
            continue;
        }
        for &n in connections.iter().filter(|n| **n <= row.connections_max) {
            let (mut bare, mut ours) = (Counted::default(), Counted::default());
            fill(&row.load, &server.address, time).await?;
            // In turns: what else the machine does, and its clock, changes from second to second.
            for _ in 0..TURNS {
                let load = row.yardstick.clone();
                bare.add(measure::run(&yardstick.address, yardstick.pid(), n, time / 2 / TURNS, load).await?);
                let load = row.load.clone();
                ours.add(measure::run(&server.address, server.pid(), n, time / TURNS, load).await?);
            }
            let ours = ours.figures();
            print_row(&row, n, &ours, &bare.figures());
            per_cpu_second.insert(row.name, ours.per_cpu_second);
        }
    }
    Ok(per_cpu_second)
}

/// How often the bare server and ours take turns.
pub(crate) const TURNS: u32 = 4;

fn print_row(row: &Row, connections: usize, ours: &Figures, bare: &Figures) {
    println!(
        "| {} | {connections} | {:.2} | {} | {:.0} | {:.0} | {:.0} | {} | {} |",
        row.name,
        ours.per_cpu_second / bare.per_cpu_second,
        row.target,
        ours.per_cpu_second,
        bare.per_cpu_second,
        ours.per_second,
        ours.p50_us,
        ours.p99_us
    );
}
