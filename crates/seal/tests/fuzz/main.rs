//! Fuzz targets for the readers of what is sealed and of what names the key, driven by the mutator of `crates/wire` for a
//! bounded time. Nothing opens but what was sealed.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../../../wire/tests/fuzz/hunt.rs"]
mod hunt;

use std::{fs, os::unix::fs::PermissionsExt as _};

use env::Random;
use hunt::{must_find, number, run};
use seal::{Bad, DataKey, Master, MasterKey, MessageKey, custody, open_directory};

fn master() -> Master {
    Master::ephemeral(&Random::seeded(7))
}

fn sealed() -> Vec<u8> {
    master().seal("fuzz", b"aad", b"the secret of a record")
}

/// A record that was sealed with the master key.
fn record(input: &[u8]) -> u64 {
    let opened = master().open("fuzz", b"aad", input);
    assert_eq!(opened.is_ok(), input == sealed(), "what was not sealed was opened");
    assert!(master().open("other", b"aad", input).is_err() && master().open("fuzz", b"", input).is_err());
    assert!(master().open_key("fuzz", b"aad", input).is_err(), "it is no key");
    number(opened.err()) + input.len().min(60) as u64
}

const NONCE: [u8; MessageKey::NONCE_BYTES] = [3; MessageKey::NONCE_BYTES];

fn message_of_key() -> Vec<u8> {
    let mut out = Vec::new();
    MessageKey::new(&[7; 32]).seal_onto(&NONCE, b"aad", b"a message", &mut out);
    out
}

/// A message with its nonce in front, and a chunk whose nonce is known.
fn message(input: &[u8]) -> u64 {
    let key = MessageKey::new(&[7; 32]);
    let opened = key.open_with_nonce(b"aad", input);
    assert_eq!(opened.is_ok(), input == message_of_key(), "what was not sealed was opened");
    let mut chunk = input.to_vec();
    assert!(DataKey::new(&[7; 32]).open_in_place([3; DataKey::NONCE_BYTES], b"aad", &mut chunk).is_err());
    number(opened.err()) + input.len().min(60) as u64
}

/// The file that names the key, beside the right key.
fn seal_file(input: &[u8]) -> u64 {
    thread_local! {
        static DIRECTORY: (tempfile::TempDir, Vec<u8>) = {
            let data = tempfile::tempdir().unwrap();
            open_directory(data.path(), None, false, &Random::seeded(1)).unwrap();
            let good = fs::read(data.path().join(custody::SEAL)).unwrap();
            (data, good)
        };
    }
    DIRECTORY.with(|(data, good)| {
        let file = data.path().join(custody::SEAL);
        fs::write(&file, input).unwrap();
        let opened = open_directory(data.path(), None, false, &Random::seeded(2));
        assert_eq!(fs::read(&file).unwrap(), input, "opening changes nothing");
        match opened {
            Ok(master) => {
                // Line breaks and the case of digits do not count.
                let text = |bytes| String::from_utf8_lossy(bytes).to_lowercase().replace('\r', "");
                let (read, good) = (text(input), text(good));
                assert!(read.trim_end().starts_with(good.trim_end()), "{read}");
                number(master.id())
            }
            Err(Bad::Damaged(_, how)) => number(how) + how.len() as u64,
            Err(Bad::Wrong { .. }) => 1,
            Err(other) => panic!("{other}"),
        }
    })
}

fn seal_files() -> Vec<Vec<u8>> {
    let data = tempfile::tempdir().unwrap();
    open_directory(data.path(), None, false, &Random::seeded(1)).unwrap();
    vec![fs::read(data.path().join(custody::SEAL)).unwrap(), b"kumiki seal 2\n".to_vec()]
}

/// The file with the key: what is read is read from the variable as well.
fn key_file(input: &[u8]) -> u64 {
    thread_local! {
        static DIRECTORY: tempfile::TempDir = tempfile::tempdir().unwrap();
    }
    DIRECTORY.with(|data| {
        let (seal, file) = (data.path().join(custody::SEAL), data.path().join(custody::KEY_FILE));
        let _ = fs::remove_file(&seal);
        fs::write(&file, input).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        let given = str::from_utf8(input).ok().and_then(MasterKey::parse);
        let opened = open_directory(data.path(), given.as_ref(), false, &Random::seeded(2));
        assert_eq!(opened.is_ok(), given.is_some());
        assert_eq!(seal.exists(), given.is_some(), "nothing is written for a key that is none");
        u64::from(opened.is_ok()) + 2 * input.len().min(70) as u64
    })
}

#[test]
fn records() {
    run(record, &[sealed(), vec![1; 60], Vec::new()]);
}

#[test]
fn messages() {
    run(message, &[message_of_key(), Vec::new()]);
}

#[test]
fn files_that_name_the_key() {
    run(seal_file, &seal_files());
}

#[test]
fn files_with_a_key() {
    run(
        key_file,
        &[vec![b'a'; 64], vec![b'A'; 44], b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n".to_vec()],
    );
}

/// A reader with a planted error, which the mutator must find.
#[test]
fn the_canary_is_found() {
    let canary = |input: &[u8]| {
        let starts = input.len() > 33 && input[..33] == sealed()[..33];
        assert!(!starts || input.len() != sealed().len() - 1, "planted");
        record(input)
    };
    must_find(canary, &[sealed()]);
}
