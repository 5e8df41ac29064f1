//! Fuzz targets for what only this crate can read, driven by the mutator of `crates/wire` for a bounded time: session
//! tokens, PEM and what stands in it, SSH keys.

#[path = "../../../crates/wire/tests/fuzz/hunt.rs"]
mod hunt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use env::Random;
use floor::Record as _;
use hunt::{must_find, number, run};
use seal::Master;

use crate::{
    certificates, pem, ssh,
    sts::token::{self, Ticket},
};

const SERVER: &str = include_str!("../../../tests/clients/iam/data/server.pem");
const MIDDLE: &str = include_str!("../../../tests/clients/iam/data/middle.pem");
const ROOT: &str = include_str!("../../../tests/clients/iam/data/root.pem");
const P256: &str = include_str!("../../../tests/clients/iam/data/p256.pem");
const P384: &str = include_str!("../../../tests/clients/iam/data/p384.pem");
const KEYS: [&str; 4] = [
    include_str!("../../../tests/clients/iam/data/server.key"),
    include_str!("../../../tests/clients/iam/data/server-pkcs1.key"),
    include_str!("../../../tests/clients/iam/data/p256.key"),
    include_str!("../../../tests/clients/iam/data/p384.key"),
];
const SSH_PEM: &str = include_str!("../../../tests/clients/iam/data/ssh.pem");
const SSH_LINE: &str = include_str!("../../../tests/clients/iam/data/ssh.pub");

fn bytes(all: &[&str]) -> Vec<Vec<u8>> {
    all.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn master() -> Master {
    Master::ephemeral(&Random::seeded(7))
}

fn ticket() -> Ticket {
    token::tests::ticket("secret", vec![("team".into(), "red".into()), ("a".into(), String::new())])
}

thread_local! {
    static TOKEN: String = token::seal(&master(), &ticket());
}

/// Nothing is a token but the one that was made.
fn session_token(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let opened = token::open(&master(), text);
    TOKEN.with(|token| assert_eq!(opened.is_some(), text == token, "what nobody made was opened"));
    u64::from(opened.is_some()) + 2 * u64::from(STANDARD.decode(text).is_ok()) + 4 * (text.len() as u64 % 8)
}

/// What stands inside a token that was made here, by another version perhaps.
fn ticket_of(input: &[u8]) -> u64 {
    let sealed = master().seal(token::PURPOSE, &[], input);
    let Some(ticket) = token::open(&master(), &STANDARD.encode(sealed)) else {
        return input.len() as u64 % 8;
    };
    let again = token::open(&master(), &token::seal(&master(), &ticket));
    assert_eq!(again.as_ref(), Some(&ticket));
    let (secret, who) = ticket.into_identity();
    assert!(who.session.is_some() && !who.arn().is_empty());
    number((secret.len().min(9), who.principal_type())) + 8
}

/// A certificate, or what is said to be one, beside chains and keys that are some.
fn certificate(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let (blocks, read) = (pem::blocks(text), certificates::read(text));
    assert!(read.is_err() || blocks.as_ref().is_some_and(|all| all.len() == 1));
    let chain =
        certificates::read(SERVER).is_ok_and(|server| certificates::check_chain(&server, text).is_ok());
    assert!(!chain || text.contains("BEGIN CERTIFICATE"), "it is signed by nothing");
    let Ok(der) = read else { return 2 + u64::from(blocks.is_some()) };
    let times = certificates::expires_ms(&der).is_ok();
    let fits = KEYS.map(|key| certificates::check_key(&der, key).is_ok());
    assert!(fits.iter().filter(|fits| **fits).count() <= 2, "it is two keys' certificate");
    let signed = [MIDDLE, ROOT, SERVER].map(|by| certificates::check_chain(&der, by).is_ok());
    number((times, fits, signed, chain)) + 4
}

/// The same for DER, which the mutator does not reach through base64.
fn der(input: &[u8]) -> u64 {
    certificate(pem::text("CERTIFICATE", input).as_bytes())
}

/// A private key. It fits no certificate but its own.
fn private_key(input: &[u8]) -> u64 {
    let all = [SERVER, P256, P384].map(|text| certificates::read(text).unwrap());
    let labels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];
    let texts = labels.map(|label| pem::text(label, input));
    number(texts.each_ref().map(|text| {
        let fits: Vec<_> = all.iter().map(|der| certificates::check_key(der, text).is_ok()).collect();
        assert!(fits.iter().filter(|fits| **fits).count() <= 1);
        fits
    }))
}

/// An SSH key in either form: what is read is one key in both.
fn ssh_key(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let Some(key) = ssh::Key::read(text) else { return 1 + u64::from(text.starts_with("ssh-rsa ")) };
    assert_eq!(ssh::Key::read(&key.line()).as_ref(), Some(&key));
    assert_eq!(ssh::Key::read(&key.pem()).as_ref(), Some(&key));
    3 + key.line().len() as u64 % 8
}

/// What stands in the base64 of either form.
fn ssh_blob(input: &[u8]) -> u64 {
    let line = ssh_key(format!("ssh-rsa {} me", STANDARD.encode(input)).as_bytes());
    let pem = ssh_key(pem::text("PUBLIC KEY", input).as_bytes());
    line * 16 + pem
}

fn contents(all: &[&str]) -> Vec<Vec<u8>> {
    all.iter().map(|text| pem::blocks(text).unwrap().remove(0).content).collect()
}

#[test]
fn session_tokens() {
    run(session_token, &[TOKEN.with(String::clone).into_bytes(), Vec::new()]);
}

#[test]
fn what_stands_in_tokens() {
    run(ticket_of, &[ticket().encode(), Vec::new()]);
}

#[test]
fn certificates_as_text() {
    run(certificate, &bytes(&[SERVER, MIDDLE, P256, &format!("{MIDDLE}{ROOT}")]));
}

#[test]
fn certificates_as_der() {
    run(der, &contents(&[SERVER, MIDDLE, P256, P384]));
}

#[test]
fn private_keys() {
    run(private_key, &contents(&KEYS));
}

#[test]
fn ssh_keys() {
    run(ssh_key, &bytes(&[SSH_LINE, SSH_PEM]));
    let line = SSH_LINE.split_ascii_whitespace().nth(1).unwrap();
    run(ssh_blob, &[STANDARD.decode(line).unwrap(), contents(&[SSH_PEM]).remove(0)]);
}

/// A reader with a planted error, which the mutator must find.
#[test]
fn the_canary_is_found() {
    let canary = |input: &[u8]| {
        let all = str::from_utf8(input).ok().and_then(pem::blocks);
        assert!(all.is_none_or(|all| all.len() != 3), "planted");
        certificate(input)
    };
    must_find(canary, &bytes(&[&format!("{MIDDLE}{ROOT}"), SERVER]));
}
