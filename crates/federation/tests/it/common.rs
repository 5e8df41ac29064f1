//! Keys, tokens and responses. The XML is written as its own canonical form, so that what is signed here does not come
//! from the code under test.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING,
    EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512,
    RsaSignatureEncoding,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use federation::key::PublicKey;
use federation::saml::Metadata;
use serde_json::{Value, json};

/// 2026-01-02T03:04:05Z.
pub(crate) const NOW_S: i64 = 1_767_323_045;

pub(crate) struct Rsa {
    pub(crate) pair: RsaKeyPair,
    pub(crate) pkcs8: Vec<u8>,
}

impl Rsa {
    fn generate() -> Rsa {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let pkcs8: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        let pkcs8 = pkcs8.as_ref().to_vec();
        Rsa { pair, pkcs8 }
    }

    pub(crate) fn sign(&self, encoding: &'static RsaSignatureEncoding, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair.sign(encoding, &SystemRandom::new(), message, &mut signature).unwrap();
        signature
    }

    pub(crate) fn public(&self) -> PublicKey {
        PublicKey::from_rsa_der(self.pair.public_key().as_ref(), 2048).unwrap()
    }

    /// A certificate in base64.
    pub(crate) fn certificate(&self) -> String {
        certificate(&self.pkcs8)
    }
}

pub(crate) fn certificate(pkcs8: &[u8]) -> String {
    let pair = rcgen::KeyPair::try_from(pkcs8).unwrap();
    let certificate = rcgen::CertificateParams::new(Vec::new()).unwrap().self_signed(&pair).unwrap();
    STANDARD.encode(certificate.der())
}

pub(crate) static RSA: LazyLock<Rsa> = LazyLock::new(Rsa::generate);
/// A key of nobody.
pub(crate) static OTHER: LazyLock<Rsa> = LazyLock::new(Rsa::generate);
pub(crate) static P256: LazyLock<EcdsaKeyPair> = LazyLock::new(|| ec(&ECDSA_P256_SHA256_FIXED_SIGNING));
pub(crate) static P384: LazyLock<EcdsaKeyPair> = LazyLock::new(|| ec(&ECDSA_P384_SHA384_FIXED_SIGNING));
pub(crate) static P521: LazyLock<EcdsaKeyPair> = LazyLock::new(|| ec(&ECDSA_P521_SHA512_FIXED_SIGNING));

fn ec(algorithm: &'static EcdsaSigningAlgorithm) -> EcdsaKeyPair {
    EcdsaKeyPair::generate(algorithm).unwrap()
}

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn rsa_jwk(kid: &str, key: &Rsa) -> Value {
    let public = key.public();
    let (n, e) = public.rsa_parts().unwrap();
    json!({ "kty": "RSA", "kid": kid, "use": "sig", "n": encode(n), "e": encode(e) })
}

pub(crate) fn ec_jwk(kid: &str, crv: &str, key: &EcdsaKeyPair) -> Value {
    let point = &key.public_key().as_ref()[1..];
    let (x, y) = point.split_at(point.len() / 2);
    json!({ "kty": "EC", "kid": kid, "crv": crv, "x": encode(x), "y": encode(y) })
}

/// The signature by the test's key of the algorithm.
pub(crate) fn sign(alg: &str, message: &[u8]) -> Vec<u8> {
    let ec = |key: &EcdsaKeyPair| key.sign(&SystemRandom::new(), message).unwrap().as_ref().to_vec();
    match alg {
        "RS256" => RSA.sign(&RSA_PKCS1_SHA256, message),
        "RS384" => RSA.sign(&RSA_PKCS1_SHA384, message),
        "RS512" => RSA.sign(&RSA_PKCS1_SHA512, message),
        "ES256" => ec(&P256),
        "ES384" => ec(&P384),
        "ES512" => ec(&P521),
        _ => panic!("{alg}"),
    }
}

pub(crate) fn token(header: &str, claims: &str, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let signed = format!("{}.{}", encode(header), encode(claims));
    let signature = sign(signed.as_bytes());
    format!("{signed}.{}", encode(signature))
}

pub(crate) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
pub(crate) const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
pub(crate) const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
pub(crate) const ISSUER: &str = "https://idp.example.com/saml";
pub(crate) const ROLE: &str = "arn:aws:iam::123456789012:role/reader";
pub(crate) const PROVIDER: &str = "arn:aws:iam::123456789012:saml-provider/Example";

pub(crate) fn metadata_text(certificates: &[String]) -> String {
    let keys = concat(certificates.iter().map(|certificate| {
            format!(
                "<md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"{DSIG}\"><ds:X509Data><ds:X509Certificate>\n{certificate}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            )
        }));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{ISSUER}\"><md:IDPSSODescriptor protocolSupportEnumeration=\"{PROTOCOL}\">{keys}<md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"https://idp.example.com/sso\"/></md:IDPSSODescriptor></md:EntityDescriptor>"
    )
}

/// The metadata of the provider whose key is [`RSA`].
pub(crate) static METADATA: LazyLock<Metadata> =
    LazyLock::new(|| Metadata::parse(&metadata_text(&[RSA.certificate()])).unwrap());

/// What a response says, in canonical XML.
#[derive(Clone)]
pub(crate) struct Sample {
    pub(crate) subject: String,
    pub(crate) confirmation: String,
    pub(crate) conditions: String,
    pub(crate) attributes: String,
    pub(crate) issue_instant: String,
    pub(crate) assertion_id: String,
}

pub(crate) fn attribute(name: &str, values: &[&str]) -> String {
    let values = concat(values.iter().map(|v| format!("<saml:AttributeValue>{v}</saml:AttributeValue>")));
    format!(
        "<saml:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/{name}\">{values}</saml:Attribute>"
    )
}

impl Default for Sample {
    fn default() -> Sample {
        Sample {
            subject: "<saml:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">jane</saml:NameID>"
                .to_owned(),
            confirmation: "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><saml:SubjectConfirmationData NotOnOrAfter=\"2026-01-02T03:09:00.5Z\" Recipient=\"https://signin.aws.amazon.com/saml\"></saml:SubjectConfirmationData></saml:SubjectConfirmation>".to_owned(),
            conditions: "<saml:Conditions NotBefore=\"2026-01-02T03:03:00Z\" NotOnOrAfter=\"2026-01-02T03:09:00Z\"><saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction></saml:Conditions>".to_owned(),
            attributes: [
                attribute("Role", &[&format!("{ROLE},{PROVIDER}"), "arn:aws:iam::123456789012:saml-provider/Example, arn:aws:iam::123456789012:role/writer"]),
                attribute("RoleSessionName", &["jane@example.com"]),
            ]
            .concat(),
            issue_instant: "2026-01-02T03:04:00Z".to_owned(),
            assertion_id: "_assertion".to_owned(),
        }
    }
}

pub(crate) fn concat(parts: impl Iterator<Item = String>) -> String {
    parts.collect()
}

pub(crate) struct Parts {
    pub(crate) open: String,
    pub(crate) rest: String,
}

impl Parts {
    pub(crate) fn with(&self, signature: &str) -> String {
        format!("{}{signature}{}", self.open, self.rest)
    }
}

/// A signature over `form`, by the key that `sign` has.
pub(crate) fn signature_by(id: &str, form: &str, method: &str, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let value = STANDARD.encode(digest(&SHA256, form.as_bytes()));
    let inside = format!(
        "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm=\"{method}\"></ds:SignatureMethod><ds:Reference URI=\"#{id}\"><ds:Transforms><ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform><ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod><ds:DigestValue>{value}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    );
    let signed = format!("<ds:SignedInfo xmlns:ds=\"{DSIG}\">{inside}");
    let value = STANDARD.encode(sign(signed.as_bytes()));
    format!(
        "<ds:Signature xmlns:ds=\"{DSIG}\"><ds:SignedInfo>{inside}<ds:SignatureValue>{value}</ds:SignatureValue></ds:Signature>"
    )
}

pub(crate) const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

pub(crate) fn signature(id: &str, form: &str) -> String {
    signature_by(id, form, RSA_SHA256, |message| RSA.sign(&RSA_PKCS1_SHA256, message))
}

impl Sample {
    /// The assertion without signature, in two parts between which it belongs.
    pub(crate) fn assertion(&self) -> Parts {
        let Sample { subject, confirmation, conditions, attributes, issue_instant, assertion_id } = self;
        Parts {
            open: format!(
                "<saml:Assertion xmlns:saml=\"{ASSERTION}\" ID=\"{assertion_id}\" IssueInstant=\"{issue_instant}\" Version=\"2.0\"><saml:Issuer>{ISSUER}</saml:Issuer>"
            ),
            rest: format!(
                "<saml:Subject>{subject}{confirmation}</saml:Subject>{conditions}<saml:AuthnStatement AuthnInstant=\"{issue_instant}\" SessionNotOnOrAfter=\"2026-01-02T04:00:00Z\"></saml:AuthnStatement><saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
            ),
        }
    }

    pub(crate) fn signed_assertion(&self) -> String {
        let parts = self.assertion();
        parts.with(&signature(&self.assertion_id, &parts.with("")))
    }

    /// A response with a signed assertion.
    pub(crate) fn response(&self) -> String {
        response_around(&self.signed_assertion()).with("")
    }

    /// A signed response with an assertion that is not signed.
    pub(crate) fn signed_response(&self) -> String {
        let parts = response_around(&self.assertion().with(""));
        parts.with(&signature("_response", &parts.with("")))
    }
}

pub(crate) fn response_around(assertion: &str) -> Parts {
    Parts {
        open: format!(
            "<samlp:Response xmlns:samlp=\"{PROTOCOL}\" Destination=\"https://signin.aws.amazon.com/saml\" ID=\"_response\" IssueInstant=\"2026-01-02T03:04:00Z\" Version=\"2.0\"><saml:Issuer xmlns:saml=\"{ASSERTION}\">{ISSUER}</saml:Issuer>"
        ),
        rest: format!(
            "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"></samlp:StatusCode></samlp:Status>{assertion}</samlp:Response>"
        ),
    }
}

pub(crate) fn base64(text: impl AsRef<[u8]>) -> String {
    STANDARD.encode(text)
}
