//! One fuzz target per reader of what callers hand back to us, driven by the mutator of `crates/wire` for a bounded time:
//! ciphertexts, grant tokens, wrapped key material, names of keys. A failure prints target and input;
//! `KUMIKI_FUZZ_SECONDS` gives each target longer.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../../../../crates/wire/tests/fuzz/mutate.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the fuzz targets of crates/wire")]
mod mutate;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use floor::AccountId;
use kms::{
    ciphertext::{self, Context},
    grants::Token,
    material::{self, WrappingAlgorithm},
    names::{KeyId, check_alias},
    spec::Spec,
};
use mutate::Mutator;
use seal::MessageKey;

/// Takes an input and says, as a number, what it did with it.
type Target = fn(&[u8]) -> u64;

fn hunt(target: Target, seeds: &[&[u8]], time: Duration) -> (Option<Vec<u8>>, u64) {
    let mut mutator = Mutator::new(0x6B_6D73, seeds);
    let end = Instant::now() + time;
    let mut runs = 0;
    while runs % 64 != 0 || Instant::now() < end {
        let input = mutator.next();
        runs += 1;
        let Ok(did) = catch_unwind(AssertUnwindSafe(|| target(&input))) else { return (Some(input), runs) };
        mutator.learn(input, did);
    }
    (None, runs)
}

fn run(target: Target, seeds: &[&[u8]]) {
    for seed in seeds {
        target(seed);
    }
    let seconds = std::env::var("KUMIKI_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let (failed, runs) = hunt(target, seeds, Duration::from_secs_f64(seconds.unwrap_or(1.0)));
    assert!(failed.is_none(), "failed after {runs} inputs: {failed:?}");
    assert!(runs > 100, "it took only {runs} inputs");
}

const KEY: [u8; 32] = [7; 32];

fn sealed() -> Vec<u8> {
    let names = (AccountId::DEFAULT, KeyId::uuid([1; 16]), [2; 32]);
    ciphertext::seal(names, &MessageKey::new(&KEY), &[3; 24], &Context::new(), b"the plaintext")
}

/// Nothing but the one good ciphertext opens, and what is read is what a blob of those names begins with.
fn blob(input: &[u8]) -> u64 {
    let Some(parts) = ciphertext::read(input) else { return input.len() as u64 % 4 };
    let key = MessageKey::new(&KEY);
    let again =
        ciphertext::seal((parts.account, parts.key, parts.material), &key, &[0; 24], &Context::new(), b"");
    let head = again.len() - 24 - seal::TAG_BYTES;
    assert_eq!(again[..head], input[..head]);
    let opened = parts.open(&key, &Context::new());
    assert_eq!(opened.is_some(), input == sealed(), "what was not sealed was opened");
    100 + u64::from(opened.is_some())
}

fn token(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    Token::read(text).map_or(1, |token| 2 + token.grant.len() as u64 % 8)
}

fn name(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    if let Some(id) = KeyId::parse(text) {
        assert_eq!(id.to_string(), text);
        return 3;
    }
    1 + u64::from(check_alias(text).is_ok())
}

fn opened(input: &[u8]) -> u64 {
    let kinds = [
        Spec::Symmetric,
        Spec::Hmac384,
        Spec::Rsa2048,
        Spec::P256,
        Spec::Ed25519,
        Spec::MlDsa44,
        Spec::MlKem512,
    ];
    kinds.iter().enumerate().map(|(bit, spec)| u64::from(material::open(*spec, input).is_ok()) << bit).sum()
}

fn unwrapped(input: &[u8]) -> u64 {
    static PRIVATE: std::sync::LazyLock<seal::Zeroizing<Vec<u8>>> =
        std::sync::LazyLock::new(|| material::wrapping_key(Spec::Rsa2048).unwrap().0);
    let all = [WrappingAlgorithm::OaepSha256, WrappingAlgorithm::AesKeyWrapSha256];
    all.iter().map(|algorithm| u64::from(material::unwrap(&PRIVATE, *algorithm, input).is_ok())).sum()
}

#[test]
fn ciphertexts() {
    run(blob, &[&sealed(), b"", &[1; 100]]);
}

#[test]
fn tokens() {
    run(token, &[b"Z3JhbnQgMQABMDAwMDAwMDAwMDAwAAE", b""]);
}

#[test]
fn names() {
    run(
        name,
        &[b"134f2428-cec1-4b25-a1ae-9048164dba47", b"mrk-d3b95762d3b95762d3b95762d3b95762", b"alias/a"],
    );
}

#[test]
fn materials() {
    let p256 = material::generate(Spec::P256, &env::Random::host()).unwrap();
    let ed25519 = material::generate(Spec::Ed25519, &env::Random::host()).unwrap();
    run(opened, &[&p256, &ed25519, &[0; 32]]);
}

#[test]
fn wrapped_materials() {
    run(unwrapped, &[&[7; 256], &[7; 296]]);
}

/// A reader with a planted error, which the mutator must find.
#[test]
fn the_canary_is_found() {
    fn canary(input: &[u8]) -> u64 {
        assert!(ciphertext::read(input).is_none_or(|parts| !parts.key.is_multi_region()), "planted");
        blob(input)
    }
    let (failed, runs) = hunt(canary, &[&sealed()], Duration::from_secs(20));
    assert!(failed.is_some(), "the planted error was not found in {runs} inputs");
}
