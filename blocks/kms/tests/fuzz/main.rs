//! One fuzz target per reader of what callers hand back to us, driven by the mutator of `crates/wire` for a bounded time:
//! ciphertexts, grant tokens, wrapped key material, names of keys.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../../../../crates/wire/tests/fuzz/hunt.rs"]
#[allow(dead_code, reason = "shared with other fuzz targets")]
mod hunt;

use floor::AccountId;
use hunt::must_find;
use kms::{
    ciphertext::{self, Context},
    grants::Token,
    material::{self, WrappingAlgorithm},
    names::{KeyId, check_alias},
    spec::Spec,
};
use seal::MessageKey;

fn run(target: fn(&[u8]) -> u64, seeds: &[&[u8]]) {
    hunt::run(target, &seeds.iter().map(|seed| seed.to_vec()).collect::<Vec<_>>());
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
    must_find(canary, &[sealed()]);
}
