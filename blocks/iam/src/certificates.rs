//! Certificates and their keys: read, and compared with each other. Pure.

use aws_lc_rs::{
    rsa,
    signature::{
        ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA384_ASN1,
        ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ECDSA_P384_SHA384_ASN1_SIGNING,
        ECDSA_P521_SHA512_ASN1, ECDSA_P521_SHA512_ASN1_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm,
        KeyPair as _, RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        RSA_PKCS1_2048_8192_SHA384, UnparsedPublicKey, VerificationAlgorithm,
    },
};
use floor::{Answer, Fault};
use x509_parser::prelude::{FromDer as _, X509Certificate};

use crate::pem;

/// What can be wrong, in AWS's words.
fn malformed(why: impl Into<String>) -> Fault {
    Fault::new(&api_iam::errors::MALFORMED_CERTIFICATE_EXCEPTION, why.into())
}

fn no_certificate() -> Fault {
    malformed("Unable to parse certificate. Please ensure the certificate is in PEM format.")
}

/// The DER of the one certificate in a text.
pub(crate) fn read(text: &str) -> Answer<Vec<u8>> {
    let mut all = read_all(text).ok_or_else(no_certificate)?;
    if all.len() == 1 { all.pop().ok_or_else(no_certificate) } else { Err(no_certificate()) }
}

fn read_all(text: &str) -> Option<Vec<Vec<u8>>> {
    let one = |block: pem::Block| {
        let is_whole = X509Certificate::from_der(&block.content).is_ok_and(|(rest, _)| rest.is_empty());
        (block.label == "CERTIFICATE" && is_whole).then_some(block.content)
    };
    pem::blocks(text)?.into_iter().map(one).collect()
}

fn parsed(der: &[u8]) -> Answer<X509Certificate<'_>> {
    X509Certificate::from_der(der).map(|(_, certificate)| certificate).map_err(|_| no_certificate())
}

/// When a certificate ends, in milliseconds since the epoch.
pub(crate) fn expires_ms(der: &[u8]) -> Answer<i64> {
    Ok(parsed(der)?.validity().not_after.timestamp().saturating_mul(1000))
}

/// The private key must be the certificate's.
pub(crate) fn check_key(certificate: &[u8], key: &str) -> Answer<()> {
    let public = public_of(key).ok_or_else(|| {
        malformed("Unable to parse key; the private key could not be parsed. Please ensure the key is in PEM format.")
    })?;
    if *public == *parsed(certificate)?.public_key().subject_public_key.data {
        return Ok(());
    }
    let why = "Private key does not match the public key in the certificate.";
    Err(Fault::new(&api_iam::errors::KEY_PAIR_MISMATCH_EXCEPTION, why))
}

/// The public part of a private key: RSA as PKCS #1, a point of a curve as it is. Encrypted keys have none.
fn public_of(text: &str) -> Option<Vec<u8>> {
    const CURVES: [&EcdsaSigningAlgorithm; 3] =
        [&ECDSA_P256_SHA256_ASN1_SIGNING, &ECDSA_P384_SHA384_ASN1_SIGNING, &ECDSA_P521_SHA512_ASN1_SIGNING];
    let mut blocks = pem::blocks(text)?;
    blocks.retain(|block| block.label != "EC PARAMETERS");
    let [block] = blocks.as_slice() else { return None };
    let der = block.content.as_slice();
    let of_rsa = |pair: rsa::KeyPair| pair.public_key().as_ref().to_vec();
    let of_curve = |pair: EcdsaKeyPair| pair.public_key().as_ref().to_vec();
    match block.label.as_str() {
        "RSA PRIVATE KEY" => rsa::KeyPair::from_der(der).ok().map(of_rsa),
        "EC PRIVATE KEY" => {
            CURVES.iter().find_map(|curve| EcdsaKeyPair::from_private_key_der(curve, der).ok()).map(of_curve)
        }
        "PRIVATE KEY" => {
            let rsa = rsa::KeyPair::from_pkcs8(der).ok().map(of_rsa);
            rsa.or_else(|| {
                CURVES.iter().find_map(|curve| EcdsaKeyPair::from_pkcs8(curve, der).ok()).map(of_curve)
            })
        }
        _ => None,
    }
}

/// Each certificate of the chain must have signed the one before it, the first of them the certificate itself.
pub(crate) fn check_chain(certificate: &[u8], chain: &str) -> Answer<()> {
    let Some(chain) = read_all(chain) else {
        return Err(malformed(
            "Unable to parse certificate chain. Please ensure the certificate chain is in PEM format.",
        ));
    };
    let mut signed = certificate;
    for (index, signer) in chain.iter().enumerate() {
        if !has_signed(&parsed(signer)?, &parsed(signed)?) {
            let index = index as i64 - 1;
            return Err(malformed(format!(
                "Unable to validate certificate chain. The certificate chain must start with the immediate signing \
                 certificate, followed by any intermediaries in order. The index within the chain of the invalid \
                 certificate is: {index}"
            )));
        }
        signed = signer;
    }
    Ok(())
}

/// Whether `signer` is named as the issuer of `signed`, and is.
fn has_signed(signer: &X509Certificate<'_>, signed: &X509Certificate<'_>) -> bool {
    let key = &signer.public_key().subject_public_key.data;
    let algorithm: &'static dyn VerificationAlgorithm =
        match (signed.signature_algorithm.algorithm.to_id_string().as_str(), key.len()) {
            ("1.2.840.113549.1.1.5", _) => &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
            ("1.2.840.113549.1.1.11", _) => &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
            ("1.2.840.113549.1.1.12", _) => &RSA_PKCS1_2048_8192_SHA384,
            ("1.2.840.113549.1.1.13", _) => &RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
            ("1.2.840.10045.4.3.2", 65) => &ECDSA_P256_SHA256_ASN1,
            ("1.2.840.10045.4.3.3", 65) => &ECDSA_P256_SHA384_ASN1,
            ("1.2.840.10045.4.3.2", 97) => &ECDSA_P384_SHA256_ASN1,
            ("1.2.840.10045.4.3.3", 97) => &ECDSA_P384_SHA384_ASN1,
            ("1.2.840.10045.4.3.4", 133) => &ECDSA_P521_SHA512_ASN1,
            _ => return false,
        };
    // The algorithm stands twice, and only one is signed (RFC 5280, section 4.1.1.2).
    signer.subject() == signed.issuer()
        && signed.signature_algorithm == signed.tbs_certificate.signature
        && signed.signature_value.unused_bits == 0
        && UnparsedPublicKey::new(algorithm, key)
            .verify(signed.tbs_certificate.as_ref(), &signed.signature_value.data)
            .is_ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SERVER: &str = include_str!("../../../tests/clients/iam/data/server.pem");
    const MIDDLE: &str = include_str!("../../../tests/clients/iam/data/middle.pem");
    const KEY: &str = include_str!("../../../tests/clients/iam/data/server.key");

    #[test]
    fn a_server_its_key_and_its_signer() {
        let der = read(SERVER).unwrap();
        assert!(check_key(&der, KEY).is_ok() && check_chain(&der, MIDDLE).is_ok());
        assert!(expires_ms(&der).unwrap() > 4_000_000_000_000);
        // One that signs itself is not signed by another.
        assert!(check_chain(&der, SERVER).is_err() && check_key(&read(MIDDLE).unwrap(), KEY).is_err());
    }

    proptest! {
        /// What was changed is refused, or it stands outside of what is signed and says nothing.
        #[test]
        fn changed_certificates_do_not_pass(at: proptest::sample::Index, bit in 0_u8..8) {
            let mut der = read(SERVER).unwrap();
            let at = at.index(der.len());
            der[at] ^= 1 << bit;
            if let Ok(read) = read(&pem::text("CERTIFICATE", &der)) {
                let original = super::read(SERVER).unwrap();
                let is_signed_part_whole =
                    parsed(&read).unwrap().tbs_certificate.as_ref() == parsed(&original).unwrap().tbs_certificate.as_ref();
                prop_assert!(check_chain(&read, MIDDLE).is_err() || is_signed_part_whole);
                let _ = (check_key(&read, KEY), expires_ms(&read));
            }
        }

        #[test]
        fn changed_keys_do_not_panic(at: proptest::sample::Index, bit in 0_u8..8) {
            let mut key = pem::blocks(KEY).unwrap().remove(0);
            let at = at.index(key.content.len());
            key.content[at] ^= 1 << bit;
            for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"] {
                let _ = check_key(&read(SERVER).unwrap(), &pem::text(label, &key.content));
            }
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes: Vec<u8>) {
            prop_assert!(read(&pem::text("CERTIFICATE", &bytes)).is_err());
        }
    }
}
