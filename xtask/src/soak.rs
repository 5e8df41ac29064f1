//! `cargo xtask soak`: many rounds of kill -9, of contention that must be linearizable, of queues whose clients duplicate and
//! retry, of drives at fault and of lost power against a release build. The last result is kept in `docs/soak.md`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};

use crate::host;
use crate::models::{Problem, output};

const PAGE: &str = "docs/soak.md";

/// Rounds on one data directory. What is stored only grows and each round checks all of it, so a long run begins anew
/// now and then.
const KILLS_PER_DIRECTORY: u64 = 50;
/// Losses of power of one disk, fixed in `tests/power`.
const LOSSES_PER_DISK: u64 = 3;

/// What is run.
#[derive(Args, Debug)]
pub struct Options {
    /// How many rounds of each kind
    #[arg(long, default_value_t = 1000)]
    rounds: u64,
    /// The first seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One kind instead of all
    #[arg(long)]
    only: Option<Kind>,
    /// Write the result to docs/soak.md, whatever it is
    #[arg(long)]
    write: bool,
}

/// What happens to the server in each round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// kill -9 under load (`tests/crash`)
    Kill,
    /// Contention for few keys and kill -9; what clients saw must be linearizable (`tests/crash/history.py`)
    History,
    /// Producers, consumers and fan-out of queues, and kill -9 (`tests/crash/queues.py`)
    Queues,
    /// Two of six drives at fault, and kill -9 (`tests/crash/drives.py`)
    Drives,
    /// The disk forgets and tears what was not synced (`tests/power`)
    Power,
}

/// How one kind went.
#[derive(Debug, Default)]
struct Outcome {
    rounds: u64,
    seeds: Vec<u64>,
    acknowledged: u64,
    failures: Vec<String>,
    took: Duration,
}

/// Runs the rounds and writes down how it went; fails when one of them did.
pub fn run(root: &Path, options: &Options) -> Result<(), Problem> {
    host::build(root, &["kumiki"])?;
    let binary = host::target(root).join("release/kumiki");
    let mut outcomes = Vec::new();
    for kind in [Kind::Kill, Kind::History, Kind::Queues, Kind::Drives, Kind::Power]
        .into_iter()
        .filter(|k| options.only.is_none_or(|only| only == *k))
    {
        let begun = Instant::now();
        let mut outcome = match kind {
            Kind::Kill => kills(root, &binary, options, "tests/crash/crash.py")?,
            Kind::History => kills(root, &binary, options, "tests/crash/history.py")?,
            Kind::Queues => kills(root, &binary, options, "tests/crash/queues.py")?,
            Kind::Drives => kills(root, &binary, options, "tests/crash/drives.py")?,
            Kind::Power => losses(root, &binary, options)?,
        };
        outcome.took = begun.elapsed();
        outcomes.push((kind, outcome));
    }
    let version = output(Command::new(&binary).arg("--version"))?;
    let page = page(&outcomes, &String::from_utf8_lossy(&version), &host::description(root)?);
    println!("\n{page}");
    if options.write {
        fs::write(root.join(PAGE), &page).map_err(|e| format!("{PAGE}: {e}"))?;
    }
    if outcomes.iter().all(|(_, o)| o.failures.is_empty()) {
        Ok(())
    } else {
        Err("a round failed".to_owned())
    }
}

/// Each directory has a seed; what fails ends its directory, and the next begins.
fn kills(root: &Path, binary: &Path, options: &Options, program: &str) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::default();
    for (seed, rounds) in (options.seed..).zip(pieces(options.rounds, KILLS_PER_DIRECTORY)) {
        // The Python environment is the one of ./test.
        let script = "set -eu; . tools/setup.sh; need_python; exec python \"$@\"";
        let arguments = ["--rounds", &rounds.to_string(), "--seed", &seed.to_string()];
        let (text, well) = host::shown(
            Command::new("sh")
                .current_dir(root)
                .args(["-c", script, "crash", program])
                .args(arguments)
                .env("KUMIKI_BIN", binary),
        )?;
        outcome.seeds.push(seed);
        outcome.acknowledged += acknowledged(&text);
        outcome.rounds += text.lines().filter(|l| l.starts_with("round ")).count() as u64;
        if !well {
            outcome.rounds += 1;
            outcome.failures.push(format!("`{program} {}`", arguments.join(" ")));
        }
    }
    Ok(outcome)
}

/// Operations that were acknowledged, as the last line about a round says.
fn acknowledged(text: &str) -> u64 {
    let last = text.lines().rfind(|l| l.starts_with("round ")).and_then(|l| l.split_once(": "));
    last.and_then(|(_, rest)| rest.split(' ').next()?.parse().ok()).unwrap_or(0)
}

/// Each seed is one disk that loses power several times; what fails ends its disk, and the next begins.
fn losses(root: &Path, binary: &Path, options: &Options) -> Result<Outcome, Problem> {
    let mut outcome = Outcome::default();
    for seed in options.seed..options.seed + options.rounds.div_ceil(LOSSES_PER_DISK) {
        let (said, well) = host::shown(
            Command::new("cargo")
                .current_dir(root)
                .args(["test", "--quiet", "--package", "kumiki-power", "--test", "it", "--"])
                .args(["--exact", "power_loss::what_was_acknowledged_survives_a_loss_of_power"])
                .env("KUMIKI_BIN", binary)
                .env("KUMIKI_SEED", seed.to_string())
                .env("KUMIKI_ROUNDS", "1"),
        )?;
        outcome.seeds.push(seed);
        outcome.rounds += LOSSES_PER_DISK;
        // A filter that fits no test would be no failure of cargo's.
        if !well || !said.contains(" 1 passed") {
            let command = "cargo test -p kumiki-power --test it what_was";
            outcome.failures.push(format!("`KUMIKI_SEED={seed} KUMIKI_ROUNDS=1 {command}`"));
        }
    }
    Ok(outcome)
}

/// `total` in pieces of at most `size`.
fn pieces(total: u64, size: u64) -> impl Iterator<Item = u64> {
    (0..total.div_ceil(size)).map(move |n| size.min(total - n * size))
}

fn page(outcomes: &[(Kind, Outcome)], version: &str, description: &str) -> String {
    let mut text = format!(
        "# Soak\n\nThe last long run of the crash tests, written by `cargo xtask soak --write`. In each round a release \
         build works under\nmixed load, dies in the middle of it and starts again; then everything it had acknowledged \
         is compared with what is\nthere.\n\n{}: {description}\n\n\
         | what happens | rounds | seeds | operations acknowledged | time | failures |\n|---|---|---|---|---|---|\n",
        version.trim()
    );
    for (kind, outcome) in outcomes {
        let name = match kind {
            Kind::Kill => "kill -9 (`tests/crash`)",
            Kind::History => "contention and kill -9, linearizable (`tests/crash/history.py`)",
            Kind::Queues => "queues: each message once and in order, and kill -9 (`tests/crash/queues.py`)",
            Kind::Drives => "two of six drives at fault, and kill -9 (`tests/crash/drives.py`)",
            Kind::Power => "loss of power (`tests/power`)",
        };
        let (first, last) = (outcome.seeds.first().unwrap_or(&0), outcome.seeds.last().unwrap_or(&0));
        let counted =
            if *kind == Kind::Power { "not counted".to_owned() } else { outcome.acknowledged.to_string() };
        let _ = writeln!(
            text,
            "| {name} | {} | {first} to {last} | {counted} | {} min | {} |",
            outcome.rounds,
            outcome.took.as_secs().div_ceil(60),
            outcome.failures.len()
        );
    }
    let failures: Vec<_> = outcomes.iter().flat_map(|(_, o)| &o.failures).collect();
    if !failures.is_empty() {
        text.push_str("\nThe failures happen again with:\n\n");
        for failure in failures {
            let _ = writeln!(text, "- {failure}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_cut_into_pieces() {
        assert_eq!(pieces(120, 50).collect::<Vec<_>>(), [50, 50, 20]);
        assert_eq!(pieces(0, 50).count(), 0);
    }

    #[test]
    fn operations_are_read_from_the_last_round() {
        let text =
            "round 1 of 2: 120 operations, 3 s\nround 2 of 2: 300 operations, 9 s\n2 passed, 0 failed\n";
        assert_eq!(acknowledged(text), 300);
        assert_eq!(acknowledged("Traceback"), 0);
    }

    #[test]
    fn failures_are_written_down() {
        let failed = Outcome {
            rounds: 6,
            seeds: vec![4, 5],
            failures: vec!["`again`".to_owned()],
            ..Outcome::default()
        };
        let text = page(&[(Kind::Kill, Outcome::default()), (Kind::Power, failed)], "kumiki 1\n", "today.");
        assert!(text.contains("| 6 | 4 to 5 | not counted | 0 min | 1 |"), "{text}");
        assert!(text.ends_with("\n- `again`\n"), "{text}");
    }
}
