//! Kinds of keys: what they are for, and with which algorithms.
//! <https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html>

use serde::{Deserialize, Serialize};

/// `KeySpec`. Stored by position: new ones go to the end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is its name at AWS")]
pub enum Spec {
    Symmetric,
    Rsa2048,
    Rsa3072,
    Rsa4096,
    P256,
    P384,
    P521,
    P256k1,
    Ed25519,
    Hmac224,
    Hmac256,
    Hmac384,
    Hmac512,
    MlDsa44,
    MlDsa65,
    MlDsa87,
    MlKem512,
    MlKem768,
    MlKem1024,
}

/// `KeyUsage`. Stored by position.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is its name at AWS")]
pub enum Usage {
    EncryptDecrypt,
    SignVerify,
    GenerateVerifyMac,
    KeyAgreement,
    EncapsulateDecapsulate,
}

/// `Origin`. Stored by position.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Origin {
    /// KMS made the key material.
    AwsKms,
    /// It is imported.
    External,
}

const SPECS: [(Spec, &str); 19] = [
    (Spec::Symmetric, "SYMMETRIC_DEFAULT"),
    (Spec::Rsa2048, "RSA_2048"),
    (Spec::Rsa3072, "RSA_3072"),
    (Spec::Rsa4096, "RSA_4096"),
    (Spec::P256, "ECC_NIST_P256"),
    (Spec::P384, "ECC_NIST_P384"),
    (Spec::P521, "ECC_NIST_P521"),
    (Spec::P256k1, "ECC_SECG_P256K1"),
    (Spec::Ed25519, "ECC_NIST_EDWARDS25519"),
    (Spec::Hmac224, "HMAC_224"),
    (Spec::Hmac256, "HMAC_256"),
    (Spec::Hmac384, "HMAC_384"),
    (Spec::Hmac512, "HMAC_512"),
    (Spec::MlDsa44, "ML_DSA_44"),
    (Spec::MlDsa65, "ML_DSA_65"),
    (Spec::MlDsa87, "ML_DSA_87"),
    (Spec::MlKem512, "ML_KEM_512"),
    (Spec::MlKem768, "ML_KEM_768"),
    (Spec::MlKem1024, "ML_KEM_1024"),
];

const USAGES: [(Usage, &str); 5] = [
    (Usage::EncryptDecrypt, "ENCRYPT_DECRYPT"),
    (Usage::SignVerify, "SIGN_VERIFY"),
    (Usage::GenerateVerifyMac, "GENERATE_VERIFY_MAC"),
    (Usage::KeyAgreement, "KEY_AGREEMENT"),
    (Usage::EncapsulateDecapsulate, "ENCAPSULATE_DECAPSULATE"),
];

impl Spec {
    /// Every one of them.
    pub fn all() -> impl Iterator<Item = Self> {
        SPECS.iter().map(|(spec, _)| *spec)
    }

    /// By its name; SM2, which only AWS's regions in China have, is none.
    pub fn parse(name: &str) -> Option<Self> {
        SPECS.iter().find(|(_, text)| *text == name).map(|(spec, _)| *spec)
    }

    /// Its name.
    pub fn text(self) -> &'static str {
        SPECS.iter().find(|(spec, _)| *spec == self).map_or("", |(_, text)| text)
    }

    /// What such a key may be for.
    pub fn usages(self) -> &'static [Usage] {
        match self {
            Self::Symmetric => &[Usage::EncryptDecrypt],
            Self::Rsa2048 | Self::Rsa3072 | Self::Rsa4096 => &[Usage::EncryptDecrypt, Usage::SignVerify],
            Self::P256 | Self::P384 | Self::P521 => &[Usage::SignVerify, Usage::KeyAgreement],
            Self::P256k1 | Self::Ed25519 | Self::MlDsa44 | Self::MlDsa65 | Self::MlDsa87 => {
                &[Usage::SignVerify]
            }
            Self::Hmac224 | Self::Hmac256 | Self::Hmac384 | Self::Hmac512 => &[Usage::GenerateVerifyMac],
            Self::MlKem512 | Self::MlKem768 | Self::MlKem1024 => &[Usage::EncapsulateDecapsulate],
        }
    }

    /// Whether there is a public key.
    pub fn is_asymmetric(self) -> bool {
        !matches!(self, Self::Symmetric | Self::Hmac224 | Self::Hmac256 | Self::Hmac384 | Self::Hmac512)
    }

    /// Bytes of the modulus of an RSA key.
    pub fn modulus_bytes(self) -> Option<usize> {
        match self {
            Self::Rsa2048 => Some(256),
            Self::Rsa3072 => Some(384),
            Self::Rsa4096 => Some(512),
            _ => None,
        }
    }

    /// `EncryptionAlgorithms` of a key with this usage.
    pub fn encryption_algorithms(self, usage: Usage) -> &'static [&'static str] {
        match (self, usage) {
            (Self::Symmetric, _) => &["SYMMETRIC_DEFAULT"],
            (_, Usage::EncryptDecrypt) => &["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"],
            _ => &[],
        }
    }

    /// `SigningAlgorithms` of a key with this usage.
    pub fn signing_algorithms(self, usage: Usage) -> &'static [&'static str] {
        match self {
            _ if usage != Usage::SignVerify => &[],
            Self::Rsa2048 | Self::Rsa3072 | Self::Rsa4096 => &[
                "RSASSA_PKCS1_V1_5_SHA_256",
                "RSASSA_PKCS1_V1_5_SHA_384",
                "RSASSA_PKCS1_V1_5_SHA_512",
                "RSASSA_PSS_SHA_256",
                "RSASSA_PSS_SHA_384",
                "RSASSA_PSS_SHA_512",
            ],
            Self::P256 | Self::P256k1 => &["ECDSA_SHA_256"],
            Self::P384 => &["ECDSA_SHA_384"],
            Self::P521 => &["ECDSA_SHA_512"],
            Self::Ed25519 => &["ED25519_SHA_512", "ED25519_PH_SHA_512"],
            Self::MlDsa44 | Self::MlDsa65 | Self::MlDsa87 => &["ML_DSA_SHAKE_256"],
            _ => &[],
        }
    }

    /// `MacAlgorithms`.
    pub fn mac_algorithms(self) -> &'static [&'static str] {
        match self {
            Self::Hmac224 => &["HMAC_SHA_224"],
            Self::Hmac256 => &["HMAC_SHA_256"],
            Self::Hmac384 => &["HMAC_SHA_384"],
            Self::Hmac512 => &["HMAC_SHA_512"],
            _ => &[],
        }
    }

    /// The most bytes that such a key encrypts at once with `algorithm`.
    /// <https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html>
    pub fn plaintext_bytes_max(self, algorithm: &str) -> usize {
        match self.modulus_bytes() {
            None => crate::limits::PLAINTEXT_BYTES_MAX,
            Some(modulus) => modulus - 2 - 2 * if algorithm == "RSAES_OAEP_SHA_1" { 20 } else { 32 },
        }
    }
}

impl Usage {
    /// By its name.
    pub fn parse(name: &str) -> Option<Self> {
        USAGES.iter().find(|(_, text)| *text == name).map(|(usage, _)| *usage)
    }

    /// Its name.
    pub fn text(self) -> &'static str {
        USAGES.iter().find(|(usage, _)| *usage == self).map_or("", |(_, text)| text)
    }
}

impl Origin {
    /// Its name.
    pub fn text(self) -> &'static str {
        match self {
            Self::AwsKms => "AWS_KMS",
            Self::External => "EXTERNAL",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for spec in Spec::all() {
            assert_eq!(Spec::parse(spec.text()), Some(spec));
            assert!(!spec.usages().is_empty());
            for usage in spec.usages() {
                assert_eq!(Usage::parse(usage.text()), Some(*usage));
            }
        }
        assert_eq!(Spec::parse("SM2"), None);
    }

    /// The sizes that AWS names in its refusals.
    #[test]
    fn plaintexts_have_the_lengths_of_aws() {
        let table = [
            (Spec::Rsa2048, 214, 190),
            (Spec::Rsa3072, 342, 318),
            (Spec::Rsa4096, 470, 446),
            (Spec::Symmetric, 4096, 4096),
        ];
        for (spec, sha1, sha256) in table {
            assert_eq!(spec.plaintext_bytes_max("RSAES_OAEP_SHA_1"), sha1);
            assert_eq!(spec.plaintext_bytes_max("RSAES_OAEP_SHA_256"), sha256);
        }
    }
}
