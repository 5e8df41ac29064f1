//! Web identity tokens: what is believed, and each way in which one is not.

use federation::Code;
use federation::jwt::{BadJwks, Identity, Jwks, Malformed, Refusal, TOKEN_BYTES_MAX, Token};
use serde_json::{Value, json};

use crate::common::{NOW_S, OTHER, P256, P384, P521, RSA, ec_jwk, encode, rsa_jwk, sign, token};

const ISSUER: &str = "https://idp.example.com";
const CLIENTS: [&str; 2] = ["sts.amazonaws.com", "my-app"];

fn claims() -> Value {
    json!({
        "iss": ISSUER, "sub": "user-1234", "aud": "my-app", "exp": NOW_S + 600, "iat": NOW_S - 5, "nbf": NOW_S - 5,
        "amr": ["authenticated", "idp.example.com"],
        "https://aws.amazon.com/tags": {
            "principal_tags": { "Project": ["Automation"], "CostCenter": ["987654"], "Plain": "text" },
            "transitive_tag_keys": ["Project", "CostCenter"],
        },
        "https://aws.amazon.com/source_identity": "admin",
        "https://example.com/other": { "a": [1, 2] },
    })
}

fn jwks() -> Jwks {
    let keys = json!({ "keys": [
        rsa_jwk("rsa", &RSA), ec_jwk("p256", "P-256", &P256), ec_jwk("p384", "P-384", &P384),
        ec_jwk("p521", "P-521", &P521),
        { "kty": "oct", "kid": "secret", "k": "AAAA" }, { "kty": "OKP", "kid": "ed", "crv": "Ed25519", "x": "AAAA" },
    ] });
    Jwks::parse(&keys.to_string()).unwrap()
}

fn header(alg: &str, kid: &str) -> String {
    json!({ "alg": alg, "kid": kid, "typ": "JWT" }).to_string()
}

fn verify_with(token: &str, jwks: &Jwks) -> Result<Identity, Refusal> {
    Token::parse(token)?.verify(jwks, ISSUER, &CLIENTS, NOW_S)
}

fn verify(token: &str) -> Result<Identity, Refusal> {
    verify_with(token, &jwks())
}

/// What becomes of the usual token with some claims changed (`null` takes one away).
fn with(changes: &Value) -> Result<Identity, Refusal> {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            value => claims[name] = value.clone(),
        }
    }
    verify(&token(&header("RS256", "rsa"), &claims.to_string(), |m| sign("RS256", m)))
}

#[test]
fn every_algorithm() {
    for (alg, kid) in [
        ("RS256", "rsa"),
        ("RS384", "rsa"),
        ("RS512", "rsa"),
        ("ES256", "p256"),
        ("ES384", "p384"),
        ("ES512", "p521"),
    ] {
        let text = token(&header(alg, kid), &claims().to_string(), |m| sign(alg, m));
        let read = Token::parse(&text).unwrap();
        assert_eq!((read.issuer(), read.key_id()), (ISSUER, Some(kid)));
        let identity = verify(&text).unwrap();
        let tag = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        let expected = Identity {
            issuer: ISSUER.to_owned(),
            subject: "user-1234".to_owned(),
            audience: "my-app".to_owned(),
            audiences: vec!["my-app".to_owned()],
            authorized_party: None,
            amr: vec!["authenticated".to_owned(), "idp.example.com".to_owned()],
            expires_s: NOW_S + 600,
            tags: vec![tag("Project", "Automation"), tag("CostCenter", "987654"), tag("Plain", "text")],
            transitive_tag_keys: vec!["Project".to_owned(), "CostCenter".to_owned()],
            source_identity: Some("admin".to_owned()),
            claims: claims().as_object().unwrap().clone(),
        };
        assert_eq!(identity, expected);
    }
}

#[test]
fn condition_keys() {
    let keys = |changes: Value| with(&changes).unwrap().context();
    let key = |name: &str, values: &[&str]| {
        (
            format!("idp.example.com:{name}"),
            values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        keys(json!({ "aud": ["api", "other"], "azp": "my-app", "email": "jane@example.com" })),
        [
            key("aud", &["my-app"]),
            key("oaud", &["api", "other"]),
            key("sub", &["user-1234"]),
            key("amr", &["authenticated", "idp.example.com"]),
            key("email", &["jane@example.com"]),
        ]
    );
    assert_eq!(
        keys(json!({ "amr": null, "email": 5 })),
        [key("aud", &["my-app"]), key("oaud", &["my-app"]), key("sub", &["user-1234"])]
    );
}

#[test]
fn algorithms_that_are_none() {
    let claims = claims().to_string();
    for alg in ["none", "None", "NONE", "HS256", "HS512", "PS256", "EdDSA", "rs256", "", "RS256 "] {
        let text = token(&header(alg, "rsa"), &claims, |m| sign("RS256", m));
        let refused = verify(&text).unwrap_err();
        assert_eq!(refused, Refusal::Malformed(Malformed::Algorithm(alg.to_owned())));
        assert_eq!(refused.code(), Code::Invalid);
        assert_eq!(
            refused.to_string(),
            "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
        );
    }
    for header in [r#"{"kid":"rsa"}"#, r#"{"alg":5,"kid":"rsa"}"#, r#"{"alg":["RS256"],"kid":"rsa"}"#] {
        let refused = verify(&token(header, &claims, |m| sign("RS256", m))).unwrap_err();
        assert_eq!(refused, Refusal::Malformed(Malformed::Algorithm(String::new())));
    }
    // `none` as it is attacked: no signature at all.
    let text = token(&header("none", "rsa"), &claims, |_| Vec::new());
    assert!(matches!(verify(&text), Err(Refusal::Malformed(Malformed::Algorithm(_)))));
    let text = token(&header("RS256", "rsa"), &claims, |_| Vec::new());
    assert_eq!(verify(&text), Err(Refusal::Signature));
}

#[test]
fn keys_that_are_not_the_tokens() {
    let claims = claims().to_string();
    let by =
        |alg: &str, kid: &str, signer: &str| verify(&token(&header(alg, kid), &claims, |m| sign(signer, m)));
    // The public key as a secret has no algorithm to be one for; another family's key is refused before any arithmetic.
    assert_eq!(by("RS256", "p256", "RS256"), Err(Refusal::KeyKind));
    assert_eq!(by("ES256", "rsa", "ES256"), Err(Refusal::KeyKind));
    assert_eq!(by("ES256", "p384", "ES256"), Err(Refusal::KeyKind));
    assert_eq!(by("ES384", "p521", "ES384"), Err(Refusal::KeyKind));
    // The right key with another hash.
    assert_eq!(by("RS256", "rsa", "RS384"), Err(Refusal::Signature));
    // A key of nobody.
    let text =
        token(&header("RS256", "rsa"), &claims, |m| OTHER.sign(&aws_lc_rs::signature::RSA_PKCS1_SHA256, m));
    assert_eq!(verify(&text), Err(Refusal::Signature));
    // A key that the token itself brings along.
    let mut own =
        json!({ "alg": "RS256", "kid": "rsa", "jwk": rsa_jwk("rsa", &OTHER), "jku": "https://evil.example" });
    let sign_other = |m: &[u8]| OTHER.sign(&aws_lc_rs::signature::RSA_PKCS1_SHA256, m);
    assert_eq!(verify(&token(&own.to_string(), &claims, sign_other)), Err(Refusal::Signature));
    own["kid"] = "new".into();
    assert_eq!(verify(&token(&own.to_string(), &claims, sign_other)), Err(Refusal::NoKey));
}

#[test]
fn key_ids() {
    let claims = claims().to_string();
    let refused = verify(&token(r#"{"alg":"RS256"}"#, &claims, |m| sign("RS256", m))).unwrap_err();
    assert_eq!(refused, Refusal::NoKey);
    assert!(
        refused
            .to_string()
            .starts_with("Couldn't retrieve verification key from your identity provider,  please")
    );
    assert_eq!(verify(&token(&header("RS256", "RSA"), &claims, |m| sign("RS256", m))), Err(Refusal::NoKey));
    for header in [r#"{"alg":"RS256","kid":5}"#, r#"{"alg":"RS256","kid":null}"#] {
        let refused = verify(&token(header, &claims, |m| sign("RS256", m)));
        assert_eq!(refused, Err(Refusal::Malformed(Malformed::Header("kid"))));
    }
    // Two keys of one id, whichever comes first.
    for keys in [[&*OTHER, &*RSA], [&*RSA, &*OTHER]] {
        let set = json!({ "keys": keys.map(|key| rsa_jwk("rsa", key)) }).to_string();
        let text = token(&header("RS256", "rsa"), &claims, |m| sign("RS256", m));
        assert_eq!(verify_with(&text, &Jwks::parse(&set).unwrap()), Err(Refusal::NoKey));
    }
    // What is not for verifying signatures, or for another algorithm.
    for (name, value, expected) in [
        ("use", json!("enc"), Refusal::NoKey),
        ("key_ops", json!(["encrypt"]), Refusal::NoKey),
        ("alg", json!("RS512"), Refusal::KeyKind),
    ] {
        let mut key = rsa_jwk("rsa", &RSA);
        key[name] = value;
        let set = Jwks::parse(&json!({ "keys": [key] }).to_string()).unwrap();
        let text = token(&header("RS256", "rsa"), &claims, |m| sign("RS256", m));
        assert_eq!(verify_with(&text, &set), Err(expected));
    }
}

#[test]
fn extensions_are_not_understood() {
    for crit in [json!(["exp"]), json!(["b64"]), json!([]), json!(null), json!("x")] {
        let header = json!({ "alg": "RS256", "kid": "rsa", "crit": crit, "b64": false }).to_string();
        let refused = verify(&token(&header, &claims().to_string(), |m| sign("RS256", m)));
        assert_eq!(refused, Err(Refusal::Malformed(Malformed::Critical)));
    }
}

#[test]
fn texts_that_are_no_tokens() {
    let good = token(&header("RS256", "rsa"), &claims().to_string(), |m| sign("RS256", m));
    let malformed = |text: &str| match verify(text) {
        Err(Refusal::Malformed(why)) => why,
        other => panic!("{text:.80}: {other:?}"),
    };
    assert_eq!(malformed("a.b"), Malformed::Length(3));
    assert_eq!(malformed(&"a".repeat(TOKEN_BYTES_MAX + 1)), Malformed::Length(TOKEN_BYTES_MAX + 1));
    for text in ["abcd", "a.bc", "....", &format!("{good}."), &format!(".{good}"), &format!("{good}.e.f")] {
        assert_eq!(malformed(text), Malformed::Parts, "{text:.40}");
    }
    for text in
        [format!("{good}="), format!(" {good}"), format!("{good}\n"), good.replace('.', "+."), "a.a.a".into()]
    {
        assert_eq!(malformed(&text), Malformed::Base64);
    }
    let json = |header: &str, claims: &str| malformed(&token(header, claims, |m| sign("RS256", m)));
    let twice = claims().to_string().replacen('{', "{\"sub\":\"admin\",", 1);
    for (header, claims) in [
        ("[]", "{}"),
        ("{}{}", "{}"),
        (r#"{"alg":"RS256","kid":"rsa","alg":"none"}"#, "{}"),
        (&header("RS256", "rsa"), "null"),
        (&header("RS256", "rsa"), "\u{feff}{}"),
        (&header("RS256", "rsa"), &twice),
        (&header("RS256", "rsa"), &format!("{{\"a\":{}{}}}", "[".repeat(3000), "]".repeat(3000))),
        (
            &header("RS256", "rsa"),
            r#"{"https://aws.amazon.com/tags":{"principal_tags":{"a":["1"],"\u0061":["2"]}}}"#,
        ),
    ] {
        assert!(matches!(json(header, claims), Malformed::Json(_)), "{claims:.60}");
    }
    let invalid =
        format!("{}.{}.{}", encode(header("RS256", "rsa")), encode(b"{\"iss\":\"\xff\"}"), encode("x"));
    assert!(matches!(malformed(&invalid), Malformed::Json(_)));
}

#[test]
fn claims_that_must_be_there() {
    for claim in ["iss", "sub", "aud", "exp", "iat"] {
        let refused = with(&json!({ claim: null })).unwrap_err();
        assert_eq!(refused, Refusal::MissingClaim(claim));
        assert_eq!(refused.to_string(), format!("Missing a required claim: {claim}"));
    }
    for claim in ["iss", "sub"] {
        for value in [json!(5), json!(""), json!(["x"]), json!({})] {
            assert_eq!(with(&json!({ claim: value })), Err(Refusal::ClaimType(claim)));
        }
    }
    for claim in ["exp", "iat", "nbf"] {
        for value in [json!("1"), json!(1.5), json!(1e12), json!(u64::MAX), json!([1])] {
            assert_eq!(with(&json!({ claim: value })), Err(Refusal::ClaimType(claim)), "{value}");
        }
    }
    assert_eq!(with(&json!({ "aud": [] })), Err(Refusal::MissingClaim("aud")));
    assert_eq!(with(&json!({ "aud": [1] })), Err(Refusal::ClaimType("aud")));
    assert_eq!(with(&json!({ "aud": { "a": 1 } })), Err(Refusal::ClaimType("aud")));
    assert!(with(&json!({ "nbf": null, "amr": null, "https://aws.amazon.com/tags": null })).is_ok());
}

#[test]
fn times() {
    let refused = with(&json!({ "exp": NOW_S })).unwrap_err();
    assert_eq!(refused.code(), Code::Expired);
    assert_eq!(
        refused.to_string(),
        format!("Token expired: current date/time {NOW_S} must be before the expiration date/time {NOW_S}")
    );
    assert!(with(&json!({ "exp": NOW_S + 1 })).is_ok());
    assert!(with(&json!({ "exp": i64::MAX })).is_ok());
    assert!(matches!(with(&json!({ "exp": i64::MIN })), Err(Refusal::Expired { .. })));
    for claim in ["iat", "nbf"] {
        assert!(with(&json!({ claim: NOW_S + 300 })).is_ok());
        let refused = with(&json!({ claim: NOW_S + 301 })).unwrap_err();
        assert_eq!(refused, Refusal::NotYetValid { now_s: NOW_S, from_s: NOW_S + 301 });
        assert!(matches!(with(&json!({ claim: i64::MAX })), Err(Refusal::NotYetValid { .. })));
    }
    // At the ends of time nothing overflows.
    let text = token(&header("RS256", "rsa"), &claims().to_string(), |m| sign("RS256", m));
    for now_s in [i64::MIN, i64::MAX] {
        assert!(Token::parse(&text).unwrap().verify(&jwks(), ISSUER, &CLIENTS, now_s).is_err());
    }
}

#[test]
fn audiences() {
    let audience = |changes: Value| with(&changes).map(|identity| identity.audience);
    assert_eq!(audience(json!({ "aud": "sts.amazonaws.com" })).unwrap(), "sts.amazonaws.com");
    assert_eq!(audience(json!({ "aud": ["other", "my-app"] })).unwrap(), "my-app");
    let refused = audience(json!({ "aud": "other" })).unwrap_err();
    assert_eq!((refused.code(), refused.to_string().as_str()), (Code::Invalid, "Incorrect token audience"));
    assert_eq!(audience(json!({ "aud": "MY-APP" })), Err(Refusal::Audience));
    // `azp` counts alone, where there is one.
    assert_eq!(audience(json!({ "aud": "anything", "azp": "my-app" })).unwrap(), "my-app");
    assert_eq!(audience(json!({ "aud": "my-app", "azp": "other" })), Err(Refusal::Audience));
    assert_eq!(with(&json!({ "azp": 5 })), Err(Refusal::ClaimType("azp")));
    let text = token(&header("RS256", "rsa"), &claims().to_string(), |m| sign("RS256", m));
    let none: [&str; 0] = [];
    assert_eq!(Token::parse(&text).unwrap().verify(&jwks(), ISSUER, &none, NOW_S), Err(Refusal::Audience));
}

#[test]
fn issuers() {
    let text = token(&header("RS256", "rsa"), &claims().to_string(), |m| sign("RS256", m));
    for other in ["https://idp.example.com/", "https://IDP.example.com", "idp.example.com", ""] {
        let refused = Token::parse(&text).unwrap().verify(&jwks(), other, &CLIENTS, NOW_S);
        assert_eq!(refused, Err(Refusal::Issuer), "{other}");
    }
}

#[test]
fn tags_that_are_none() {
    let tags = "https://aws.amazon.com/tags";
    for value in [
        json!([]),
        json!({ "principal_tags": [] }),
        json!({ "principal_tags": { "a": 1 } }),
        json!({ "principal_tags": { "a": [] } }),
        json!({ "principal_tags": { "a": ["1", "2"] } }),
        json!({ "principal_tags": { "a": [1] } }),
        json!({ "transitive_tag_keys": "a" }),
        json!({ "transitive_tag_keys": [1] }),
    ] {
        assert_eq!(with(&json!({ tags: value })), Err(Refusal::ClaimType(tags)), "{value}");
    }
    assert!(with(&json!({ tags: {} })).unwrap().tags.is_empty());
    let source = "https://aws.amazon.com/source_identity";
    assert_eq!(with(&json!({ source: ["x"] })), Err(Refusal::ClaimType(source)));
}

#[test]
fn sets_of_keys() {
    for text in ["", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":[],"keys":[]}"#, r#"{"keys":[]} x"#] {
        assert!(matches!(Jwks::parse(text), Err(BadJwks::Json(_))), "{text}");
    }
    let many = |kty: &str, n: usize| json!({ "keys": vec![json!({ "kty": kty }); n] }).to_string();
    assert!(Jwks::parse(&many("RSA", 100)).unwrap().is_empty());
    assert_eq!(Jwks::parse(&many("RSA", 101)), Err(BadJwks::TooMany));
    assert_eq!(Jwks::parse(&many("EC", 101)), Err(BadJwks::TooMany));
    assert!(matches!(Jwks::parse(&" ".repeat(600 * 1024)), Err(BadJwks::Length(_))));
    assert_eq!(jwks().len(), 4);
    // Keys that are none: too short, an even or trivial exponent, points off the curve, coordinates cut short.
    let mut bad = vec![
        json!({ "kty": "RSA", "kid": "a", "n": encode([255; 128]), "e": "AQAB" }),
        json!({ "kty": "RSA", "kid": "a", "n": encode([255; 1025]), "e": "AQAB" }),
        json!({ "kty": "RSA", "kid": "a", "n": encode([255; 256]), "e": "AQ" }),
        json!({ "kty": "RSA", "kid": "a", "n": encode([255; 256]), "e": "AAAA" }),
        json!({ "kty": "RSA", "kid": "a", "n": "", "e": "AQAB" }),
        json!({ "kty": "RSA", "kid": "a", "n": "=", "e": "AQAB" }),
        json!({ "kty": "EC", "kid": "a", "crv": "P-256", "x": encode([1; 32]), "y": encode([1; 32]) }),
        json!({ "kty": "EC", "kid": "a", "crv": "P-256", "x": encode([1; 31]), "y": encode([1; 33]) }),
        json!({ "kty": "EC", "kid": "a", "crv": "secp256k1", "x": encode([1; 32]), "y": encode([1; 32]) }),
        json!({ "kid": "a" }),
        json!(5),
    ];
    let mut nameless = rsa_jwk("rsa", &RSA);
    nameless.as_object_mut().unwrap().remove("kid");
    bad.push(nameless);
    let mut swapped = ec_jwk("p256", "P-384", &P256);
    swapped["crv"] = "P-384".into();
    bad.push(swapped);
    assert!(Jwks::parse(&json!({ "keys": bad }).to_string()).unwrap().is_empty());
}
