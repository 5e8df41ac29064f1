//! Whatever byte of a token or a response is changed: it says what it said, or it is refused.

use federation::jwt::{Jwks, Token};
use federation::saml::verify;
use proptest::prelude::*;
use serde_json::json;

use crate::common::{METADATA, NOW_S, P256, RSA, Sample, base64, ec_jwk, rsa_jwk, sign, token};

fn tokens() -> Vec<String> {
    let claims = json!({
        "iss": "https://idp.example.com", "sub": "jane", "aud": ["a", "b"], "exp": NOW_S + 60, "iat": NOW_S,
        "https://aws.amazon.com/tags": { "principal_tags": { "k": ["v"] }, "transitive_tag_keys": ["k"] },
    });
    [("RS256", "rsa"), ("ES256", "p256")]
        .map(|(alg, kid)| {
            token(&json!({ "alg": alg, "kid": kid }).to_string(), &claims.to_string(), |m| sign(alg, m))
        })
        .to_vec()
}

fn keys() -> Jwks {
    let keys = json!({ "keys": [rsa_jwk("rsa", &RSA), ec_jwk("p256", "P-256", &P256)] });
    Jwks::parse(&keys.to_string()).unwrap()
}

/// Replaces, inserts or takes away one byte.
fn change(text: &[u8], at: prop::sample::Index, byte: u8, how: u8) -> Vec<u8> {
    let mut changed = text.to_vec();
    let at = at.index(text.len());
    match how {
        0 => changed[at] = byte,
        1 => changed.insert(at, byte),
        2 => drop(changed.remove(at)),
        _ => changed[at] ^= 1 << (byte % 8),
    }
    changed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_token_says_nothing_else(at: prop::sample::Index, byte: u8, how in 0..4_u8, which in 0..2_usize) {
        let (text, keys) = (&tokens()[which], keys());
        let changed = change(text.as_bytes(), at, byte, how);
        if let Ok(changed) = str::from_utf8(&changed)
            && changed != text
        {
            let believed = Token::parse(changed)
                .and_then(|token| token.verify(&keys, "https://idp.example.com", &["a"], NOW_S));
            // One text has one signature: no other text is ever believed.
            prop_assert!(believed.is_err());
        }
    }

    #[test]
    fn a_changed_response_says_nothing_else(at: prop::sample::Index, byte: u8, how in 0..4_u8, whole: bool) {
        let sample = Sample::default();
        let xml = if whole { sample.signed_response() } else { sample.response() };
        let original = verify(&base64(&xml), &METADATA, NOW_S).unwrap();
        let changed = change(xml.as_bytes(), at, byte, how);
        if let Ok(believed) = verify(&base64(&changed), &METADATA, NOW_S) {
            prop_assert_eq!(believed, original);
        }
    }

    #[test]
    fn parts_of_two_responses_do_not_mix(cut: prop::sample::Index, join: prop::sample::Index) {
        let one = Sample::default();
        let mut other = Sample::default();
        other.subject = other.subject.replace("jane", "john");
        let (one, other) = (one.response(), other.response());
        let mixed = format!("{}{}", &one[..cut.index(one.len())], &other[join.index(other.len())..]);
        if let Ok(believed) = verify(&base64(&mixed), &METADATA, NOW_S) {
            let whole = [one, other].map(|xml| verify(&base64(xml), &METADATA, NOW_S).unwrap());
            prop_assert!(whole.contains(&believed));
        }
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}", bytes: Vec<u8>) {
        prop_assert!(Token::parse(&text).is_err());
        prop_assert!(verify(&text, &METADATA, NOW_S).is_err());
        prop_assert!(verify(&base64(bytes), &METADATA, NOW_S).is_err());
    }
}
