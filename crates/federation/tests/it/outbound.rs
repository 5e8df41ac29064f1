//! Tokens of ours, which others must believe by the keys that we publish.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use federation::jwt::discovery::{self, BadDiscovery};
use federation::jwt::{Jwks, OutboundClaims, SignError, Signer, SigningAlgorithm, Token};
use serde_json::{Value, json};

use crate::common::{NOW_S, P384, RSA};

fn signers() -> [Signer; 2] {
    let p384 = P384.to_pkcs8v1().unwrap();
    [
        Signer::from_pkcs8("RSA_0", SigningAlgorithm::Rs256, &RSA.pkcs8).unwrap(),
        Signer::from_pkcs8("EC384_0", SigningAlgorithm::Es384, p384.as_ref()).unwrap(),
    ]
}

#[test]
fn our_tokens_verify_by_our_published_keys() {
    let mut set = Jwks::default();
    for signer in signers() {
        signer.publish(&mut set).unwrap();
    }
    let published = set.to_json();
    assert_eq!(published["keys"][0]["kty"], "RSA");
    assert_eq!(published["keys"][0]["alg"], "RS256");
    assert_eq!(published["keys"][0]["e"], "AQAB");
    assert_eq!(published["keys"][0]["use"], "sig");
    assert_eq!(published["keys"][1]["crv"], "P-384");
    assert_eq!(published["keys"][1]["kid"], "EC384_0");
    let read = Jwks::parse(&published.to_string()).unwrap();
    assert_eq!(read, set);
    let tag = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let mut said = OutboundClaims {
        issuer: "https://abc.tokens.sts.global.api.aws",
        audience: &["https://api.example.com".to_owned()],
        subject: "arn:aws:iam::123456789012:role/DataProcessingRole",
        issued_s: NOW_S,
        expires_s: NOW_S + 300,
        id: "xyz",
        account_id: "123456789012",
        region: "us-east-1",
        principal: "arn:aws:sts::123456789012:assumed-role/DataProcessingRole/a",
        principal_tags: &[tag("team", "data")],
        request_tags: &[tag("job-id", "1"), tag("priority", "high")],
        session: &[("original_session_exp", "2026-01-02T04:00:00Z".to_owned())],
    };
    let claims = &said.to_map();
    let expected = json!({
        "iss": "https://abc.tokens.sts.global.api.aws",
        "aud": "https://api.example.com",
        "sub": "arn:aws:iam::123456789012:role/DataProcessingRole",
        "iat": NOW_S,
        "exp": NOW_S + 300,
        "jti": "xyz",
        "https://sts.amazonaws.com/": {
            "aws_account": "123456789012",
            "source_region": "us-east-1",
            "principal_id": "arn:aws:sts::123456789012:assumed-role/DataProcessingRole/a",
            "principal_tags": { "team": "data" },
            "request_tags": { "job-id": "1", "priority": "high" },
            "original_session_exp": "2026-01-02T04:00:00Z",
        },
    });
    assert_eq!(Value::Object(claims.clone()).to_string(), expected.to_string());
    for signer in signers() {
        let text = signer.sign(claims).unwrap();
        let issuer = "https://abc.tokens.sts.global.api.aws";
        let identity =
            Token::parse(&text).unwrap().verify(&read, issuer, &["https://api.example.com"], NOW_S);
        assert_eq!(&identity.unwrap().claims, claims);
        assert_eq!(Token::parse(&text).unwrap().key_id(), Some(signer.key_id()));
        // A key says nothing about itself in a log.
        assert_eq!(format!("{signer:?}"), format!("Signer {{ kid: {:?}, .. }}", signer.key_id()));
    }
    let two = ["a".to_owned(), "b".to_owned()];
    (said.audience, said.principal_tags, said.request_tags) = (&two, &[], &[]);
    let claims = said.to_map();
    assert_eq!(claims["aud"], json!(["a", "b"]));
    assert_eq!(claims["https://sts.amazonaws.com/"].as_object().unwrap().len(), 4);
}

#[test]
fn new_keys() {
    for algorithm in [SigningAlgorithm::Rs256, SigningAlgorithm::Es384] {
        let keys = [(); 2].map(|()| algorithm.generate_pkcs8().unwrap());
        assert_ne!(keys[0], keys[1]);
        let signer = Signer::from_pkcs8("new", algorithm, &keys[0]).unwrap();
        assert_eq!(signer.algorithm(), algorithm);
    }
}

#[test]
fn where_keys_are() {
    let issuer = "https://idp.example.com/tenant";
    let document =
        json!({ "issuer": issuer, "jwks_uri": "https://keys.example.com/jwks", "x": [1] }).to_string();
    assert_eq!(discovery::keys_uri(&document, issuer).unwrap(), "https://keys.example.com/jwks");
    for other in
        ["https://idp.example.com", "https://idp.example.com/tenant/", "https://idp.example.com/Tenant"]
    {
        assert_eq!(discovery::keys_uri(&document, other), Err(BadDiscovery::Issuer));
    }
    for uri in ["http://keys.example.com/jwks", "https://", "file:///etc/passwd", ""] {
        let document = json!({ "issuer": issuer, "jwks_uri": uri }).to_string();
        assert_eq!(discovery::keys_uri(&document, issuer), Err(BadDiscovery::KeysUri), "{uri}");
    }
    assert_eq!(discovery::keys_uri("{}", issuer), Err(BadDiscovery::Issuer));
    let twice = document.replacen('{', "{\"jwks_uri\":\"https://evil.example\",", 1);
    for text in ["", "[]", &twice] {
        assert!(matches!(discovery::keys_uri(text, issuer), Err(BadDiscovery::Json(_))));
    }
    assert_eq!(discovery::keys_uri(&" ".repeat(65_537), issuer), Err(BadDiscovery::Length(65_537)));
    // Ours says where ours are.
    let ours = discovery::document(issuer);
    assert_eq!(
        discovery::keys_uri(&ours.to_string(), issuer).unwrap(),
        format!("{issuer}/.well-known/jwks.json")
    );
}

#[test]
fn private_keys_of_another_kind() {
    let p384 = P384.to_pkcs8v1().unwrap();
    let p256 = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let p256 = p256.to_pkcs8v1().unwrap();
    let rsa: aws_lc_rs::encoding::Pkcs8V1Der<'_> = RSA.pair.as_der().unwrap();
    for (algorithm, key) in [
        (SigningAlgorithm::Rs256, p384.as_ref()),
        (SigningAlgorithm::Es384, rsa.as_ref()),
        (SigningAlgorithm::Es384, p256.as_ref()),
        (SigningAlgorithm::Es384, b"".as_slice()),
    ] {
        assert_eq!(Signer::from_pkcs8("a", algorithm, key).unwrap_err(), SignError::Key);
    }
    assert_eq!(SigningAlgorithm::named("RS256"), Some(SigningAlgorithm::Rs256));
    assert_eq!(SigningAlgorithm::named("ES384"), Some(SigningAlgorithm::Es384));
    assert_eq!(SigningAlgorithm::named("ES256"), None);
}
