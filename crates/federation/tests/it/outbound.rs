//! Tokens of ours, which others must believe by the keys that we publish.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use federation::jwt::{Jwks, SignError, Signer, SigningAlgorithm, Token};
use serde_json::json;

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
    let claims = json!({
        "iss": "https://abc.tokens.sts.global.api.aws", "aud": "https://api.example.com",
        "sub": "arn:aws:iam::123456789012:role/DataProcessingRole", "iat": NOW_S, "exp": NOW_S + 300, "jti": "x",
        "https://sts.amazonaws.com/": { "aws_account": "123456789012", "source_region": "us-east-1" },
    });
    let claims = claims.as_object().unwrap();
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
