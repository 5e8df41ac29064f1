//! One fuzz target per reader, driven by the mutator of `crates/wire` for a bounded time.
//!
//! A target must not panic, and must not believe what nobody signed. A failure prints target and input;
//! `KUMIKI_FUZZ_SECONDS` gives each target longer.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../it/common.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod common;
#[path = "../../../wire/tests/fuzz/mutate.rs"]
mod mutate;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use mutate::Mutator;

fn time() -> Duration {
    let seconds = std::env::var("KUMIKI_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs_f64(seconds.unwrap_or(1.0))
}

/// Runs a target, which says as a number what it did, on its seeds and on mutations of them.
fn run(name: &str, target: impl Fn(&[u8]) -> u64, seeds: &[String]) {
    let seeds: Vec<&[u8]> = seeds.iter().map(String::as_bytes).collect();
    for seed in &seeds {
        target(seed);
    }
    let mut mutator = Mutator::new(0x6665_6465, &seeds);
    let end = Instant::now() + time();
    let mut runs = 0_u64;
    while runs < 300 || Instant::now() < end {
        let input = mutator.next();
        runs += 1;
        let did = catch_unwind(AssertUnwindSafe(|| target(&input)));
        let Ok(did) = did else { panic!("{name} failed on {:?}", String::from_utf8_lossy(&input)) };
        mutator.learn(input, did);
    }
}

#[test]
fn tokens() {
    run("tokens", targets::token, &targets::token_seeds());
}

#[test]
fn signed_claims() {
    run("signed claims", targets::signed_claims, &targets::claim_seeds());
}

#[test]
fn key_sets() {
    run("key sets", targets::key_set, &targets::key_set_seeds());
}

#[test]
fn responses() {
    run("responses", targets::response, &targets::response_seeds());
}

#[test]
fn signed_assertions() {
    run("signed assertions", targets::signed_assertion, &targets::assertion_seeds());
}

#[test]
fn metadata() {
    run("metadata", targets::metadata, &targets::metadata_seeds());
}
