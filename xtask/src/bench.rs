//! `cargo xtask bench`: release builds of the server and the bench, and the tables of `docs/benchmarks.md`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::host;
use crate::models::Problem;

const PAGE: &str = "docs/benchmarks.md";

/// What is measured.
#[expect(clippy::struct_excessive_bools, reason = "they are flags of a command")]
#[derive(Args, Debug)]
pub struct Options {
    /// Measure start, memory and size instead of speed
    #[arg(long)]
    size: bool,
    /// Measure listings of buckets with 100,000 to 10,000,000 records instead of speed
    #[arg(long, conflicts_with = "size")]
    scale: bool,
    /// Measure what waits and lies in queues, with ten million messages in one, instead of speed
    #[arg(long, conflicts_with_all = ["size", "scale"])]
    queues: bool,
    /// Compare S3 with the `garage` and `s3s-fs`, and SQS with the `ministack` and `moto_server`, in this directory instead
    #[arg(long, conflicts_with_all = ["size", "scale", "queues"])]
    peers: Option<PathBuf>,
    /// Write the table into docs/benchmarks.md
    #[arg(long, conflicts_with = "more")]
    write: bool,
    /// Further arguments of kumiki-bench, such as `-- --only GET --seconds 2`; such a part of a table is not written
    #[arg(last = true)]
    more: Vec<String>,
}

/// Builds, measures, and writes where that is wanted.
pub fn run(root: &Path, options: &Options) -> Result<(), Problem> {
    host::build(root, &["kumiki", "kumiki-bench"])?;
    let release = host::target(root).join("release");
    let mut bench = Command::new(release.join("kumiki-bench"));
    bench
        .current_dir(root)
        .arg(release.join("kumiki"))
        .arg("--data")
        .arg(host::target(root).join("bench-data"));
    if options.size {
        bench.arg("--size");
    }
    if options.scale {
        bench.arg("--scale");
    }
    if options.queues {
        bench.arg("--queues");
    }
    for name in ["garage", "s3s-fs", "ministack", "moto_server"] {
        let binary = options.peers.as_ref().map(|dir| dir.join(name)).filter(|binary| binary.exists());
        if let Some(binary) = binary {
            bench.arg(format!("--{}", name.replace('_', "-"))).arg(binary);
        }
    }
    let (table, well) = host::shown(bench.args(&options.more))?;
    if !well {
        return Err("kumiki-bench failed".to_owned());
    }
    if !options.write {
        return Ok(());
    }
    let (name, arguments) = match options {
        Options { size: true, .. } => ("size", "--size "),
        Options { scale: true, .. } => ("scale", "--scale "),
        Options { queues: true, .. } => ("queues", "--queues "),
        Options { peers: Some(_), .. } => ("peers", "--peers DIRECTORY "),
        _ => ("speed", ""),
    };
    let command = format!("cargo xtask bench {arguments}--write");
    let text = format!("Measured by `{command}`: {}\n\n{table}", host::description(root)?);
    let path = root.join(PAGE);
    let page = fs::read_to_string(&path).map_err(|e| format!("{PAGE}: {e}"))?;
    fs::write(&path, host::replaced(&page, name, &text)?).map_err(|e| format!("{PAGE}: {e}"))
}
