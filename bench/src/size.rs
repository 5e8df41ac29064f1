//! Start, memory and size.

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant, SystemTime},
};

use kumiki_bench::{client::Connection, server::Server, sign::Signer};

use crate::kumiki;

const OBJECTS: usize = 100_000;

/// Resident and anonymous memory of a process, in MiB.
pub(crate) fn memory_mib(pid: u32) -> (f64, f64) {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let of = |name: &str| {
        let line = text.lines().find(|l| l.starts_with(name)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
    };
    (of("VmRSS"), of("RssAnon"))
}

pub(crate) fn signer(server: &Server) -> Signer {
    #[expect(clippy::disallowed_methods, reason = "the bench is a client: it has the host's clock")]
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    Signer::new("s3", &server.address, now)
}

/// From the start of the process to its first signed answer. A server that can be asked before it has printed its
/// address is not waited for.
async fn first_answer(mut command: Command, signed: bool) -> Result<(Duration, Server), Box<dyn Error>> {
    let started = Instant::now();
    let server = Server::start(&mut command)?;
    let mut at = Connection::open(&server.address).await?;
    let request = if signed {
        signer(&server).request("GET", "/", "", &[], b"")
    } else {
        b"GET /1 HTTP/1.1\r\nhost: x\r\n\r\n".to_vec()
    };
    let status = at.ask(&request).await?.status;
    if status != 200 {
        return Err(format!("the first answer was {status}").into());
    }
    Ok((started.elapsed(), server))
}

/// The median of `runs` first answers.
async fn median(
    runs: usize,
    make: impl Fn() -> Result<Command, Box<dyn Error>>,
    signed: bool,
) -> Result<Duration, Box<dyn Error>> {
    let mut all = Vec::new();
    for _ in 0..runs {
        all.push(first_answer(make()?, signed).await?.0);
    }
    all.sort_unstable();
    Ok(all[all.len() / 2])
}

/// Prints the figures.
pub(crate) async fn report(binary: &PathBuf, data: &Path) -> Result<(), Box<dyn Error>> {
    let ms = |d: Duration| d.as_secs_f64() * 1000.0;
    println!("| figure | value | target |\n|---|---|---|");
    let bare = || -> Result<Command, Box<dyn Error>> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--bare");
        Ok(command)
    };
    let hyper = median(9, bare, false).await?;
    println!("| first answer of a bare hyper server, median of 9 | {:.1} ms | |", ms(hyper));
    let count = std::sync::atomic::AtomicUsize::new(0);
    let fresh = || {
        let n = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok(kumiki(binary, &data.join(format!("fresh-{n}"))))
    };
    let empty = median(9, fresh, true).await?;
    println!("| first signed answer, empty directory | {:.1} ms | hyper + 10 ms |", ms(empty));
    let (_, server) = first_answer(kumiki(binary, &data.join("idle")), true).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let (rss, anonymous) = memory_mib(server.pid());
    println!("| idle memory, nothing stored | {rss:.1} MiB ({anonymous:.1} anonymous) | 12 MiB |");
    drop(server);
    let full = data.join("full");
    let (_, server) = first_answer(kumiki(binary, &full), true).await?;
    fill(&server).await?;
    drop(server); // as kill -9
    // Each of these is killed as soon as it has answered, so that the next finds as much to replay.
    let killed = median(5, || Ok(kumiki(binary, &full)), true).await?;
    println!(
        "| first signed answer, {OBJECTS} objects, after kill -9 | {:.1} ms | hyper + 30 ms |",
        ms(killed)
    );
    let (_, server) = first_answer(kumiki(binary, &full), true).await?;
    tokio::time::sleep(Duration::from_secs(8)).await;
    let (rss, anonymous) = memory_mib(server.pid());
    println!("| idle memory, {OBJECTS} objects | {rss:.1} MiB ({anonymous:.1} anonymous) | 20 MiB |");
    stopped(server).await?;
    let clean = median(5, || Ok(kumiki(binary, &full)), true).await?;
    println!("| first signed answer, {OBJECTS} objects | {:.1} ms | hyper + 30 ms |", ms(clean));
    println!("| binary | {:.1} MB | 30 MB |", fs::metadata(binary)?.len() as f64 / 1e6);
    Ok(())
}

/// Ends a server as its operator would.
pub(crate) async fn stopped(server: Server) -> Result<(), Box<dyn Error>> {
    let told = Command::new("kill").args(["-TERM", &server.pid().to_string()]).status()?;
    if !told.success() {
        return Err("the server could not be told to stop".into());
    }
    wait_for_end(server.pid()).await;
    Ok(())
}

async fn wait_for_end(pid: u32) {
    let state = || fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    while !state().is_empty() && !state().contains(") Z") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn fill(server: &Server) -> Result<(), Box<dyn Error>> {
    let signer = signer(server);
    let mut at = Connection::open(&server.address).await?;
    at.ask(&signer.request("PUT", "/full", "", &[], b"")).await?;
    let mut tasks = Vec::new();
    for connection in 0..64 {
        let (signer, address) = (signer.clone(), server.address.clone());
        tasks.push(tokio::spawn(async move {
            let mut at = Connection::open(&address).await?;
            for n in (connection..OBJECTS).step_by(64) {
                let request = signer.request("PUT", &format!("/full/object-{n:06}"), "", &[], &[7; 100]);
                let status = at.ask(&request).await?.status;
                if status != 200 {
                    return Err(std::io::Error::other(format!("PUT answered {status}")));
                }
            }
            Ok(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    Ok(())
}
