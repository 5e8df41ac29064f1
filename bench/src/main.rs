//! Ratios in one run: operations per CPU second of the server, as a share of a bare hyper server's under the same load.
//!
//! `kumiki-bench KUMIKI-BINARY` starts both servers, loads each in turn with the same generator, and prints Markdown.

mod bare;
mod loads;
mod measure;
mod messages;
mod objects;
mod parts;
mod peers;
mod queues;
mod scale;
mod size;

use std::{error::Error, path::PathBuf, process::Command, time::Duration};

use clap::Parser;
use kumiki_bench::server::Server;

/// Measures a Kumiki binary against a bare hyper server.
#[derive(Parser)]
struct Cli {
    /// The kumiki binary, built with --release.
    #[arg(default_value = "target/release/kumiki")]
    kumiki: PathBuf,
    /// Seconds per measurement.
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// Only rows whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
    /// Connections to measure with.
    #[arg(long, value_delimiter = ',', default_value = "1,16,64")]
    connections: Vec<usize>,
    /// Where data directories go; a file system on a real disk, or syncs cost nothing.
    #[arg(long, default_value = "target/bench-data")]
    data: PathBuf,
    /// Be the bare server.
    #[arg(long, hide = true)]
    bare: bool,
    /// Measure start, memory and size instead of speed.
    #[arg(long)]
    size: bool,
    /// Measure listings of buckets with so many records instead of speed.
    #[arg(long, value_delimiter = ',', num_args = 0.., default_missing_value = "100000,1000000,10000000")]
    scale: Option<Vec<u64>>,
    /// Measure what waits and lies in queues instead of speed, with so many messages in one of them.
    #[arg(long, num_args = 0..=1, default_missing_value = "10000000")]
    queues: Option<u64>,
    /// A `garage` binary: compare S3 with it instead.
    #[arg(long)]
    garage: Option<PathBuf>,
    /// An `s3s-fs` binary: compare S3 with it instead.
    #[arg(long)]
    s3s_fs: Option<PathBuf>,
    /// A `ministack` program: compare SQS with it instead.
    #[arg(long, conflicts_with_all = ["garage", "s3s_fs"])]
    ministack: Option<PathBuf>,
    /// A `moto_server` program: compare SQS with it instead.
    #[arg(long, conflicts_with_all = ["garage", "s3s_fs"])]
    moto: Option<PathBuf>,
}

/// A kumiki on an ephemeral port over the directory `data`.
pub(crate) fn kumiki(binary: &PathBuf, data: &std::path::Path) -> Command {
    let mut command = Command::new(binary);
    command.args(["serve", "--listen", "127.0.0.1:0", "--log", "error", "--data"]).arg(data);
    command
}

fn main() -> Result<(), Box<dyn Error>> {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    if cli.bare {
        return Ok(runtime.block_on(bare::serve())?);
    }
    let _ = std::fs::remove_dir_all(&cli.data);
    std::fs::create_dir_all(&cli.data)?;
    if cli.size {
        return runtime.block_on(size::report(&cli.kumiki, &cli.data));
    }
    let time = Duration::from_secs(cli.seconds);
    if let Some(counts) = &cli.scale {
        return runtime.block_on(scale::report(&cli.kumiki, &cli.data, counts, time, &cli.only));
    }
    if let Some(backlog) = cli.queues {
        return runtime.block_on(queues::report(&cli.kumiki, &cli.data, backlog, time));
    }
    if cli.garage.is_some() || cli.s3s_fs.is_some() {
        let ours = Server::start(&mut kumiki(&cli.kumiki, &cli.data.join("speed")))?;
        let binaries = (cli.garage.as_deref(), cli.s3s_fs.as_deref());
        let peers = peers::of_s3(ours, binaries, &cli.data);
        return runtime
            .block_on(async { peers::report(&peers.await?, &cli.connections, time, &cli.only).await });
    }
    if cli.ministack.is_some() || cli.moto.is_some() {
        let ours = Server::start(&mut kumiki(&cli.kumiki, &cli.data.join("speed")))?;
        let peers = peers::of_sqs(ours, (cli.ministack.as_deref(), cli.moto.as_deref()));
        return runtime
            .block_on(async { peers::report(&peers.await?, &cli.connections, time, &cli.only).await });
    }
    let yardstick = Server::start(Command::new(std::env::current_exe()?).arg("--bare"))?;
    let server = Server::start(&mut kumiki(&cli.kumiki, &cli.data.join("speed")))?;
    let rates = runtime.block_on(loads::report(&yardstick, &server, &cli.connections, time, &cli.only))?;
    drop((yardstick, server));
    let _inside = runtime.enter();
    parts::report(time, &cli.only, &rates)
}
