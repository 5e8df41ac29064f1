//! The targets, and what they begin with.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use federation::jwt::{self, Jwks, Token};
use federation::saml::{self, Metadata, verify};
use serde_json::{Value, json};

use crate::common::{
    METADATA, NOW_S, P256, RSA, Sample, attribute, base64, ec_jwk, encode, metadata_text, response_around,
    rsa_jwk, sign, signature,
};

const ISSUER: &str = "https://idp.example.com";

/// A number for what became of an input: the kind of refusal, and for the ends of reading also the reason without
/// what it quotes.
fn number(kind: impl std::fmt::Debug) -> u64 {
    let text = format!("{kind:?}");
    let letters = text.split(['"', '\'']).step_by(2).flat_map(str::chars).filter(char::is_ascii_alphabetic);
    let mut hasher = DefaultHasher::new();
    letters.take(80).collect::<String>().hash(&mut hasher);
    hasher.finish()
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "sub": "jane", "aud": ["a"], "azp": "a", "exp": NOW_S + 60, "iat": NOW_S, "nbf": NOW_S,
        "amr": ["x"], "https://aws.amazon.com/source_identity": "me",
        "https://aws.amazon.com/tags": { "principal_tags": { "k": ["v"] }, "transitive_tag_keys": ["k"] },
    })
}

fn keys() -> Jwks {
    Jwks::parse(&json!({ "keys": [ec_jwk("k", "P-256", &P256)] }).to_string()).unwrap()
}

const HEADER: &str = r#"{"alg":"ES256","kid":"k"}"#;

pub(crate) fn token_seeds() -> Vec<String> {
    let signed = format!("{}.{}", encode(HEADER), encode(claims().to_string()));
    vec![format!("{signed}.{}", encode([7; 64])), "e30.e30.".to_owned()]
}

/// Nobody signed any of these.
pub(crate) fn token(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    match Token::parse(text) {
        Err(refusal) => number(refusal),
        Ok(token) => number(token.verify(&keys(), ISSUER, &["a"], NOW_S).unwrap_err()),
    }
}

pub(crate) fn claim_seeds() -> Vec<String> {
    vec![format!("{HEADER}\n{}", claims())]
}

/// Header and claims that the right key signed, whatever they are.
pub(crate) fn signed_claims(input: &[u8]) -> u64 {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (header, claims) = (&input[..end], input.get(end + 1..).unwrap_or_default());
    let signed = format!("{}.{}", encode(header), encode(claims));
    let text = format!("{signed}.{}", encode(sign("ES256", signed.as_bytes())));
    let believed = Token::parse(&text).and_then(|token| token.verify(&keys(), ISSUER, &["a"], NOW_S));
    match believed {
        Err(refusal) => number(refusal),
        Ok(identity) => {
            // Another reader of JSON sees the same in it.
            let read: Value = serde_json::from_slice(claims).unwrap();
            assert_eq!(Value::Object(identity.claims), read);
            assert_eq!(read["sub"], identity.subject);
            assert!(identity.issuer == ISSUER && identity.audience == "a" && identity.expires_s > NOW_S);
            number((
                identity.tags.len().min(3),
                identity.transitive_tag_keys.len().min(3),
                identity.amr.len().min(3),
            ))
        }
    }
}

pub(crate) fn key_set_seeds() -> Vec<String> {
    let keys = [rsa_jwk("a", &RSA), ec_jwk("b", "P-256", &P256)];
    vec![
        json!({ "keys": keys }).to_string(),
        r#"{"keys":[{"kty":"oct","k":"","use":"sig","alg":"x"}]}"#.to_owned(),
    ]
}

/// What was read is read again as it is written.
pub(crate) fn key_set(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    match Jwks::parse(text) {
        Err(jwt::BadJwks::Json(why)) => number(why),
        Err(other) => number(other),
        Ok(keys) => {
            assert_eq!(Jwks::parse(&keys.to_json().to_string()).unwrap(), keys);
            number("read") + keys.len() as u64
        }
    }
}

pub(crate) fn response_seeds() -> Vec<String> {
    let sample = Sample::default();
    vec![sample.response(), sample.signed_response()]
}

/// Only what the seeds say has been signed.
pub(crate) fn response(input: &[u8]) -> u64 {
    thread_local! {
        static SAID: saml::Assertion =
            verify(&base64(Sample::default().response()), &METADATA, NOW_S).unwrap();
    }
    match verify(&base64(input), &METADATA, NOW_S) {
        Err(refusal) => number(refusal),
        Ok(believed) => {
            SAID.with(|said| assert_eq!(&believed, said));
            1
        }
    }
}

pub(crate) fn assertion_seeds() -> Vec<String> {
    let sample = Sample::default();
    let names = ["SessionDuration", "SourceIdentity", "TransitiveTagKeys", "PrincipalTag:a"];
    let extra = names.map(|name| attribute(name, &["1000"])).concat();
    let rest = sample.assertion().rest;
    vec![rest.replace("</saml:AttributeStatement>", &format!("{extra}</saml:AttributeStatement>"))]
}

/// An assertion that the right key signed, whatever it says.
pub(crate) fn signed_assertion(input: &[u8]) -> u64 {
    let Ok(rest) = str::from_utf8(input) else { return 0 };
    let mut parts = Sample::default().assertion();
    rest.clone_into(&mut parts.rest);
    let signed = parts.with(&signature("_assertion", &parts.with("")));
    match verify(&base64(response_around(&signed).with("")), &METADATA, NOW_S) {
        Err(refusal) => number(refusal),
        Ok(believed) => {
            assert!((2..=64).contains(&believed.session_name.len()) && !believed.subject.value.is_empty());
            assert!(believed.session_duration_s.is_none_or(|seconds| (900..=43_200).contains(&seconds)));
            assert!(believed.recipient.starts_with("https://"));
            number((
                believed.roles.len().min(3),
                believed.tags.len().min(3),
                believed.attributes.len().min(9),
            ))
        }
    }
}

pub(crate) fn metadata_seeds() -> Vec<String> {
    let text = metadata_text(&[RSA.certificate()]);
    vec![text.replacen("entityID", "validUntil=\"2030-01-01T00:00:00Z\" entityID", 1), text]
}

pub(crate) fn metadata(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    match Metadata::parse(text) {
        Err(refusal) => number(refusal.reason),
        Ok(read) => {
            assert!(!read.entity_id.is_empty() && !read.keys().is_empty());
            read.keys().len() as u64
        }
    }
}
