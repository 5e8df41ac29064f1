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

use std::{
    error::Error,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

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
    #[arg(long)]
    ministack: Option<PathBuf>,
    /// A `moto_server` program: compare SQS with it instead.
    #[arg(long)]
    moto_server: Option<PathBuf>,
}

impl Cli {
    fn peers(&self) -> impl Iterator<Item = Option<&Path>> {
        [&self.garage, &self.s3s_fs, &self.ministack, &self.moto_server].into_iter().map(Option::as_deref)
    }
}

/// Kumiki beside the other servers that are named.
async fn beside(cli: &Cli, time: Duration) -> Result<(), Box<dyn Error>> {
    let mut named = cli.peers();
    let mut next = || named.next().flatten();
    let of_s3 = (next(), next());
    let of_sqs = (next(), next());
    let ours = |name: &str| Server::start(&mut kumiki(&cli.kumiki, &cli.data.join(name)));
    if of_s3 != (None, None) {
        let peers = peers::of_s3(ours("s3")?, of_s3, &cli.data).await?;
        peers::report(&peers, &cli.connections, time, &cli.only).await?;
    }
    if of_sqs != (None, None) {
        let peers = peers::of_sqs(ours("sqs")?, of_sqs).await?;
        println!();
        peers::report(&peers, &cli.connections, time, &cli.only).await?;
    }
    Ok(())
}

/// A kumiki on an ephemeral port over the directory `data`.
pub(crate) fn kumiki(binary: &PathBuf, data: &Path) -> Command {
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
    if cli.peers().any(|peer| peer.is_some()) {
        return runtime.block_on(beside(&cli, time));
    }
    let yardstick = Server::start(Command::new(std::env::current_exe()?).arg("--bare"))?;
    let server = Server::start(&mut kumiki(&cli.kumiki, &cli.data.join("speed")))?;
    let rates = runtime.block_on(loads::report(&yardstick, &server, &cli.connections, time, &cli.only))?;
    drop((yardstick, server));
    let _inside = runtime.enter();
    parts::report(time, &cli.only, &rates)
}
