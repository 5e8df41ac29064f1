//! Kumiki: the cloud you own. The command line; everything it starts is in the other crates.

mod access_log;
mod admin;
mod assemble;
mod cli;
mod config;
mod drives;
mod top;

use std::process::ExitCode;

/// Threads that free what others made wait for each other in the C library's: see docs/decisions/012.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    match cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kumiki: {error}");
            ExitCode::FAILURE
        }
    }
}
