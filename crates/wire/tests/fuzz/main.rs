//! One fuzz target per reader, driven by a small seeded mutator for a bounded time.
//!
//! A target must not panic, must refuse what is too deep or too much, and must read again what it wrote. The
//! canary is a target with a planted error: when the mutator does not find it, the mutator is at fault.
//! A failure prints target, seed and input; `KUMIKI_FUZZ_SECONDS` gives each target longer.

#![allow(clippy::unwrap_used, reason = "tests")]

mod mutate;
mod shapes;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use mutate::Mutator;

/// Takes an input and says, as a number, what it did with it.
type Target = fn(&[u8]) -> u64;

/// Inputs of a target at least, however slow the machine is.
const INPUTS_MIN: u64 = 512;

/// Runs a target on mutations of its seeds; gives the input it failed on, and how many it took.
fn hunt(name: &str, target: Target, seeds: &[&[u8]], time: Duration) -> (Option<Vec<u8>>, u64) {
    let mut mutator = Mutator::new(0x6B75_6D69_6B69, seeds);
    let end = Instant::now() + time;
    let mut runs = 0;
    while runs % 64 != 0 || runs < INPUTS_MIN || Instant::now() < end {
        let input = mutator.next();
        runs += 1;
        let Ok(did) = catch_unwind(AssertUnwindSafe(|| target(&input))) else {
            eprintln!("{name}: failed on {:?}", String::from_utf8_lossy(&input));
            return (Some(input), runs);
        };
        mutator.learn(input, did);
    }
    (None, runs)
}

fn time() -> Duration {
    let seconds = std::env::var("KUMIKI_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs_f64(seconds.unwrap_or(1.0))
}

fn run(name: &str, target: Target, seeds: &[&[u8]]) {
    for seed in seeds {
        target(seed);
    }
    let (failed, runs) = hunt(name, target, seeds, time());
    assert!(failed.is_none(), "{name} failed after {runs} inputs: {failed:?}");
}

#[test]
fn json() {
    run("json", targets::fuzz_json, targets::JSON);
}

#[test]
fn form_parts() {
    run("form_parts", targets::fuzz_form_parts, targets::FORM_PARTS);
}

#[test]
fn xml() {
    run("xml", targets::fuzz_xml, targets::XML);
}

#[test]
fn form() {
    run("form", targets::fuzz_form, targets::FORM);
}

#[test]
fn cbor() {
    run("cbor", targets::fuzz_cbor, &targets::cbor_seeds().iter().map(Vec::as_slice).collect::<Vec<_>>());
}

#[test]
fn http() {
    run("http", targets::fuzz_http, targets::HTTP);
}

/// The planted error is two steps away from the seeds.
#[test]
fn the_canary_is_found() {
    let (failed, runs) = hunt("canary", targets::canary, targets::JSON, Duration::from_secs(20));
    assert!(failed.is_some(), "the planted error was not found in {runs} inputs");
}

/// What a mutator makes depends on nothing but its seed.
#[test]
fn a_seed_says_it_all() {
    let (mut a, mut b) = (Mutator::new(7, targets::JSON), Mutator::new(7, targets::JSON));
    assert!((0..200).all(|_| a.next() == b.next()));
}
