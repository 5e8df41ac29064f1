//! `cargo xtask bench`: release builds of the server and the bench, and the tables of `docs/benchmarks.md`.

use std::fs;
use std::path::Path;
use std::process::Command;

use clap::Args;

use crate::host;
use crate::models::Problem;

const PAGE: &str = "docs/benchmarks.md";

/// What is measured.
#[derive(Args, Debug)]
pub struct Options {
    /// Measure start, memory and size instead of speed
    #[arg(long)]
    size: bool,
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
    let (table, well) = host::shown(bench.args(&options.more))?;
    if !well {
        return Err("kumiki-bench failed".to_owned());
    }
    if !options.write {
        return Ok(());
    }
    let (name, command) = if options.size {
        ("size", "cargo xtask bench --size --write")
    } else {
        ("speed", "cargo xtask bench --write")
    };
    let text = format!("Measured by `{command}`: {}\n\n{table}", host::description(root)?);
    let path = root.join(PAGE);
    let page = fs::read_to_string(&path).map_err(|e| format!("{PAGE}: {e}"))?;
    fs::write(&path, host::replaced(&page, name, &text)?).map_err(|e| format!("{PAGE}: {e}"))
}
