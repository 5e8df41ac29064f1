//! Runs a target on its seeds, and on what the mutator makes of them, for a bounded time: for the fuzz targets of the
//! other crates. `KUMIKI_FUZZ_SECONDS` gives each target longer.

#[path = "mutate.rs"]
mod mutate;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use mutate::Mutator;

/// No input may take longer: far more than any needs, on a machine that does much else.
const INPUT_TIME_MAX: Duration = Duration::from_secs(10);

/// An input that a target failed on, if one was found, and how many were tried.
pub(crate) fn hunt(
    target: &dyn Fn(&[u8]) -> u64,
    seeds: &[Vec<u8>],
    time: Duration,
) -> (Option<Vec<u8>>, u64) {
    let seeds: Vec<&[u8]> = seeds.iter().map(Vec::as_slice).collect();
    for seed in &seeds {
        target(seed);
    }
    let mut mutator = Mutator::new(0x6875_6E74, &seeds);
    let end = Instant::now() + time;
    let mut runs = 0;
    while runs < 300 || Instant::now() < end {
        let input = mutator.next();
        runs += 1;
        let began = Instant::now();
        let did = catch_unwind(AssertUnwindSafe(|| target(&input)));
        match did {
            Ok(did) if began.elapsed() < INPUT_TIME_MAX => mutator.learn(input, did),
            _ => return (Some(input), runs),
        }
    }
    (None, runs)
}

/// Runs a target, which says as a number what it did. It must neither panic nor take long.
pub(crate) fn run(target: impl Fn(&[u8]) -> u64, seeds: &[Vec<u8>]) {
    let seconds = std::env::var("KUMIKI_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let (failed, runs) = hunt(&target, seeds, Duration::from_secs_f64(seconds.unwrap_or(1.0)));
    if let Some(input) = failed {
        panic!("failed after {runs} inputs, on {:?}: {input:?}", String::from_utf8_lossy(&input));
    }
}

/// A planted error must be found: what hunts nothing finds nothing.
pub(crate) fn must_find(target: impl Fn(&[u8]) -> u64, seeds: &[Vec<u8>]) {
    let (failed, runs) = hunt(&target, seeds, Duration::from_secs(20));
    assert!(failed.is_some(), "the planted error was not found in {runs} inputs");
}

/// A number for what became of an input: its words, without what they quote.
pub(crate) fn number(what: impl std::fmt::Debug) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let text = format!("{what:?}");
    let letters = text.split('"').step_by(2).flat_map(str::chars).filter(char::is_ascii_alphanumeric);
    let mut hasher = DefaultHasher::new();
    letters.take(80).collect::<String>().hash(&mut hasher);
    hasher.finish()
}
