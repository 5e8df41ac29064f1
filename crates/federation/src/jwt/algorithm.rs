//! The algorithms of RFC 7518 that STS takes.

use crate::key::{Curve, Hash, PublicKey, Scheme};

/// How a token is signed. "Tokens must be signed using either RSA keys (RS256, RS384, or RS512) or ECDSA keys (ES256,
/// ES384, or ES512)" (`AssumeRoleWithWebIdentity`); there is no `none`, no `HS256` and no `PS256` to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the RFC's")]
pub enum Algorithm {
    Rs256,
    Rs384,
    Rs512,
    Es256,
    Es384,
    Es512,
}

impl Algorithm {
    /// By the value of `alg`, whose case counts.
    pub fn named(name: &str) -> Option<Algorithm> {
        Some(match name {
            "RS256" => Algorithm::Rs256,
            "RS384" => Algorithm::Rs384,
            "RS512" => Algorithm::Rs512,
            "ES256" => Algorithm::Es256,
            "ES384" => Algorithm::Es384,
            "ES512" => Algorithm::Es512,
            _ => return None,
        })
    }

    /// The value of `alg`.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Rs256 => "RS256",
            Algorithm::Rs384 => "RS384",
            Algorithm::Rs512 => "RS512",
            Algorithm::Es256 => "ES256",
            Algorithm::Es384 => "ES384",
            Algorithm::Es512 => "ES512",
        }
    }

    fn parts(self) -> (Scheme, Hash) {
        match self {
            Algorithm::Rs256 => (Scheme::Rsa, Hash::Sha256),
            Algorithm::Rs384 => (Scheme::Rsa, Hash::Sha384),
            Algorithm::Rs512 => (Scheme::Rsa, Hash::Sha512),
            Algorithm::Es256 => (Scheme::Ecdsa, Hash::Sha256),
            Algorithm::Es384 => (Scheme::Ecdsa, Hash::Sha384),
            Algorithm::Es512 => (Scheme::Ecdsa, Hash::Sha512),
        }
    }

    /// Whether a key can have made such signatures.
    pub fn suits(self, key: &PublicKey) -> bool {
        let (scheme, hash) = self.parts();
        key.scheme() == scheme && key.curve().map(Curve::hash).is_none_or(|of_curve| of_curve == hash)
    }

    /// Whether `signature` is the key's for `message`.
    #[must_use]
    pub fn verifies(self, key: &PublicKey, message: &[u8], signature: &[u8]) -> bool {
        let (scheme, hash) = self.parts();
        key.verifies(scheme, hash, message, signature)
    }
}
