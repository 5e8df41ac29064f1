//! `cargo xtask`: the project's own tools. The same commands run on a machine and in CI.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "The project's own tools")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Fetches the pinned models and writes models/<service>.json, trimmed
    Models,
    /// Writes crates/api/* from models/*
    Codegen {
        /// Writes nothing; fails when something would change
        #[arg(long)]
        check: bool,
    },
    /// Fetches the protocol test vectors and prints the folder they are in
    Vectors,
    /// Checks the rules of the repository that no compiler knows
    Tidy {
        /// Lowers the lengths listed in xtask/tidy.txt to what they are now; it never raises or adds one
        #[arg(long)]
        update: bool,
    },
    /// Writes docs/coverage.md from the operations that are registered
    Coverage {
        /// Writes nothing; fails when something would change
        #[arg(long)]
        check: bool,
    },
    /// Measures a release build against a bare hyper server
    Bench(xtask::bench::Options),
    /// Kills a release build, and cuts its power, many times
    Soak(xtask::soak::Options),
}

fn main() -> ExitCode {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let result = match Arguments::parse().task {
        Task::Models => xtask::models::update(&root),
        Task::Codegen { check } => xtask::codegen::run(&root, check),
        Task::Vectors => xtask::models::vectors(&root).map(|folder| println!("{}", folder.display())),
        Task::Tidy { update } => xtask::tidy::run(&root, update),
        Task::Coverage { check } => xtask::coverage::run(&root, check),
        Task::Bench(options) => xtask::bench::run(&root, &options),
        Task::Soak(options) => xtask::soak::run(&root, &options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
