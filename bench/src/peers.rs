//! Kumiki beside other servers under the same load: of S3 Garage, with its syncs on, and s3s-fs, which syncs nothing; of
//! SQS MiniStack and moto, which keep messages in memory.

use std::{
    error::Error,
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use kumiki_bench::{server::Server, sign::Signer};

use crate::{
    loads::{self, Row, TURNS, now},
    measure::{self, Counted, Figures},
    messages, objects,
};

/// A server, and what it is loaded with.
pub(crate) struct Peer {
    name: &'static str,
    server: Server,
    rows: Vec<Row>,
}

impl Peer {
    async fn of_s3(name: &'static str, server: Server, key: (&str, &str)) -> Result<Self, Box<dyn Error>> {
        let signer = Signer::with_key("s3", &server.address, now(), key);
        let rows = objects::rows(&server.address, &signer, &server.address).await;
        let rows = rows.map_err(|e| format!("{name}: {e}"))?;
        Ok(Self { name, server, rows })
    }

    async fn of_sqs(name: &'static str, server: Server, pairs_max: u64) -> Result<Self, Box<dyn Error>> {
        let signer = Signer::new("sqs", &server.address, now());
        let rows = messages::rows(&server.address, &signer, &server.address, pairs_max).await;
        let rows = rows.map_err(|e| format!("{name}: {e}"))?;
        Ok(Self { name, server, rows })
    }
}

/// Starts all that there are of SQS.
pub(crate) async fn of_sqs(
    ours: Server,
    (ministack, moto): (Option<&Path>, Option<&Path>),
) -> Result<Vec<Peer>, Box<dyn Error>> {
    /// They are written in Python.
    const PAIRS_MAX: u64 = 2000;
    let mut all = vec![Peer::of_sqs("Kumiki", ours, messages::PAIRS_PER_SECOND_MAX).await?];
    if let Some(binary) = ministack {
        let port = free_port()?.to_string();
        let mut command = Command::new(binary);
        command.env("GATEWAY_PORT", &port).env("LOG_LEVEL", "ERROR");
        let server = Server::listening(&mut command, format!("127.0.0.1:{port}")).await?;
        all.push(Peer::of_sqs("MiniStack", server, PAIRS_MAX).await?);
    }
    if let Some(binary) = moto {
        let port = free_port()?.to_string();
        let mut command = Command::new(binary);
        command.args(["-H", "127.0.0.1", "-p", &port]);
        let server = Server::listening(&mut command, format!("127.0.0.1:{port}")).await?;
        all.push(Peer::of_sqs("moto", server, PAIRS_MAX).await?);
    }
    Ok(all)
}

/// Starts all that there are of S3, and writes into each what is read.
pub(crate) async fn of_s3(
    ours: Server,
    (garage, s3s_fs): (Option<&Path>, Option<&Path>),
    data: &Path,
) -> Result<Vec<Peer>, Box<dyn Error>> {
    let mut all = vec![Peer::of_s3("Kumiki", ours, ("test", "test")).await?];
    if let Some(binary) = garage {
        all.push(Peer::of_s3("Garage", start_garage(binary, &data.join("garage")).await?, GARAGE_KEY).await?);
    }
    if let Some(binary) = s3s_fs {
        let (root, port) = (data.join("s3s-fs"), free_port()?);
        fs::create_dir_all(&root)?;
        let mut command = Command::new(binary);
        command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
        command.args(["--access-key", "test", "--secret-key", "test"]).arg(root);
        let server = Server::listening(&mut command, format!("127.0.0.1:{port}")).await?;
        all.push(Peer::of_s3("s3s-fs", server, ("test", "test")).await?);
    }
    Ok(all)
}

fn free_port() -> Result<u16, Box<dyn Error>> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

const GARAGE_KEY: (&str, &str) =
    ("GK0123456789abcdef01234567", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");

/// One node of Garage with LMDB, that syncs what it acknowledges.
/// <https://garagehq.deuxfleurs.fr/documentation/reference-manual/configuration/>
async fn start_garage(binary: &Path, data: &Path) -> Result<Server, Box<dyn Error>> {
    fs::create_dir_all(data)?;
    let (rpc, s3, file) = (free_port()?, free_port()?, data.join("garage.toml"));
    let config = format!(
        "metadata_dir = \"{meta}\"\ndata_dir = \"{blocks}\"\ndb_engine = \"lmdb\"\n\
         metadata_fsync = true\ndata_fsync = true\nreplication_factor = 1\n\
         rpc_bind_addr = \"127.0.0.1:{rpc}\"\nrpc_public_addr = \"127.0.0.1:{rpc}\"\nrpc_secret = \"{secret}\"\n\
         [s3_api]\ns3_region = \"us-east-1\"\napi_bind_addr = \"127.0.0.1:{s3}\"\nroot_domain = \".s3.garage\"\n",
        meta = data.join("meta").display(),
        blocks = data.join("data").display(),
        secret = GARAGE_KEY.1,
    );
    fs::write(&file, config)?;
    let mut serve = Command::new(binary);
    serve.arg("-c").arg(&file).arg("server");
    let server = Server::listening(&mut serve, format!("127.0.0.1:{s3}")).await?;
    let told = |arguments: &[&str]| -> Result<String, Box<dyn Error>> {
        let said =
            Command::new(binary).arg("-c").arg(&file).args(arguments).stderr(Stdio::piped()).output()?;
        if !said.status.success() {
            let why = String::from_utf8_lossy(&said.stderr).into_owned();
            return Err(format!("garage {arguments:?}: {why}").into());
        }
        Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
    };
    let node = told(&["node", "id", "-q"])?;
    let node = node.split('@').next().unwrap_or_default();
    told(&["layout", "assign", "-z", "here", "-c", "20G", node])?;
    told(&["layout", "apply", "--version", "1"])?;
    told(&["key", "import", "--yes", "-n", "bench", GARAGE_KEY.0, GARAGE_KEY.1])?;
    told(&["key", "allow", "--create-bucket", GARAGE_KEY.0])?;
    Ok(server)
}

fn joined(cells: impl Iterator<Item = String>) -> String {
    cells.collect::<Vec<_>>().concat()
}

/// Measures every row with each server in turns, and prints the table.
pub(crate) async fn report(
    peers: &[Peer],
    connections: &[usize],
    time: Duration,
    only: &str,
) -> Result<(), Box<dyn Error>> {
    let names = |what: &str| joined(peers.iter().map(|p| format!(" {} {what} |", p.name)));
    println!("| operation | connections |{}{}", names("per CPU s"), names("per s"));
    println!("|---|---|{}", "---|".repeat(2 * peers.len()));
    let rows = peers.first().map_or(&[][..], |p| &p.rows[..]);
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.name.contains(only)) {
        for &n in connections.iter().filter(|n| **n <= row.connections_max) {
            let mut counted: Vec<Option<Counted>> = peers.iter().map(|_| Some(Counted::default())).collect();
            for peer in peers {
                loads::fill(&peer.rows[at].load, &peer.server.address, time).await?;
            }
            for _ in 0..TURNS {
                for (peer, counted) in peers.iter().zip(&mut counted) {
                    let Some(so_far) = counted else { continue };
                    let (server, load) = (&peer.server, peer.rows[at].load.clone());
                    match measure::run(&server.address, server.pid(), n, time / TURNS, load).await {
                        Ok(run) => so_far.add(run),
                        Err(e) => {
                            eprintln!("{}, {} with {n} connections: {e}", peer.name, row.name);
                            *counted = None;
                        }
                    }
                }
            }
            let figures: Vec<Option<Figures>> =
                counted.into_iter().map(|c| c.map(Counted::figures)).collect();
            let cells = |of: fn(&Figures) -> f64| {
                joined(figures.iter().map(|f| match f.as_ref().map(of) {
                    None => " failed |".to_owned(),
                    Some(few) if few < 100.0 => format!(" {few:.1} |"),
                    Some(many) => format!(" {many:.0} |"),
                }))
            };
            println!("| {} | {n} |{}{}", row.name, cells(|f| f.per_cpu_second), cells(|f| f.per_second));
        }
    }
    Ok(())
}
