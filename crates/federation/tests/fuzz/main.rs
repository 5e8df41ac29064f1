//! One fuzz target per reader, driven by the mutator of `crates/wire` for a bounded time.
//!
//! A target must not panic, and must not believe what nobody signed.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../it/common.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod common;
#[path = "../../../wire/tests/fuzz/hunt.rs"]
#[allow(dead_code, reason = "shared with other fuzz targets")]
mod hunt;
mod targets;

/// Runs a target on its seeds and on mutations of them.
fn run(target: impl Fn(&[u8]) -> u64, seeds: &[String]) {
    hunt::run(target, &seeds.iter().map(|seed| seed.clone().into_bytes()).collect::<Vec<_>>());
}

#[test]
fn tokens() {
    run(targets::token, &targets::token_seeds());
}

#[test]
fn signed_claims() {
    run(targets::signed_claims, &targets::claim_seeds());
}

#[test]
fn key_sets() {
    run(targets::key_set, &targets::key_set_seeds());
}

#[test]
fn responses() {
    run(targets::response, &targets::response_seeds());
}

#[test]
fn signed_assertions() {
    run(targets::signed_assertion, &targets::assertion_seeds());
}

#[test]
fn metadata() {
    run(targets::metadata, &targets::metadata_seeds());
}
