//! Kumiki: the cloud you own. The command line; everything it starts is in the other crates.

mod admin;
mod assemble;
mod cli;
mod config;
mod identities;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kumiki: {error}");
            ExitCode::FAILURE
        }
    }
}
