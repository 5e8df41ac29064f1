//! Making tokens that others verify (`GetWebIdentityToken`).

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::{Algorithm, Jwks};
use crate::key::{Curve, PublicKey};

/// `SigningAlgorithm` of `GetWebIdentityToken`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are the model's")]
pub enum SigningAlgorithm {
    Rs256,
    Es384,
}

impl SigningAlgorithm {
    /// By the model's name.
    pub fn named(name: &str) -> Option<SigningAlgorithm> {
        match name {
            "RS256" => Some(SigningAlgorithm::Rs256),
            "ES384" => Some(SigningAlgorithm::Es384),
            _ => None,
        }
    }

    /// A new private key in PKCS #8, for [`Signer::from_pkcs8`]. Its randomness is the library's own: there is no other
    /// way to make one.
    pub fn generate_pkcs8(self) -> Result<Vec<u8>, SignError> {
        match self {
            SigningAlgorithm::Rs256 => {
                let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| SignError::Key)?;
                let encoded: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| SignError::Key)?;
                Ok(encoded.as_ref().to_vec())
            }
            SigningAlgorithm::Es384 => {
                let pair = EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING);
                let encoded = pair.and_then(|pair| pair.to_pkcs8v1()).map_err(|_| SignError::Key)?;
                Ok(encoded.as_ref().to_vec())
            }
        }
    }

    fn algorithm(self) -> Algorithm {
        match self {
            SigningAlgorithm::Rs256 => Algorithm::Rs256,
            SigningAlgorithm::Es384 => Algorithm::Es384,
        }
    }
}

/// Why a private key cannot be used or a token not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// Not a private key of the algorithm in PKCS #8.
    #[error("the private key cannot be read")]
    Key,
    /// The library refused; it gives no reason.
    #[error("the token could not be signed")]
    Sign,
}

/// A private key of ours and the id under which its public half is published.
pub struct Signer {
    kid: String,
    key: Private,
}

enum Private {
    Rs256(Box<RsaKeyPair>),
    Es384(Box<EcdsaKeyPair>),
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Signer {
    /// From a private key in PKCS #8: RSA of 2048 bits or more, or P-384.
    pub fn from_pkcs8(kid: &str, algorithm: SigningAlgorithm, pkcs8: &[u8]) -> Result<Signer, SignError> {
        let key = match algorithm {
            SigningAlgorithm::Rs256 => {
                Private::Rs256(Box::new(RsaKeyPair::from_pkcs8(pkcs8).map_err(|_| SignError::Key)?))
            }
            SigningAlgorithm::Es384 => {
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, pkcs8);
                Private::Es384(Box::new(pair.map_err(|_| SignError::Key)?))
            }
        };
        Ok(Signer { kid: kid.to_owned(), key })
    }

    /// What it signs with.
    pub fn algorithm(&self) -> SigningAlgorithm {
        match self.key {
            Private::Rs256(_) => SigningAlgorithm::Rs256,
            Private::Es384(_) => SigningAlgorithm::Es384,
        }
    }

    /// The id of the key.
    pub fn key_id(&self) -> &str {
        &self.kid
    }

    /// The public half.
    pub fn public_key(&self) -> Result<PublicKey, SignError> {
        match &self.key {
            Private::Rs256(pair) => PublicKey::from_rsa_der(pair.public_key().as_ref(), 2048),
            Private::Es384(pair) => {
                let point = pair.public_key().as_ref();
                let (x, y) = point[1..].split_at(Curve::P384.field_bytes());
                PublicKey::ec(Curve::P384, x, y)
            }
        }
        .map_err(|_| SignError::Key)
    }

    /// Adds the public half to a set.
    pub fn publish(&self, jwks: &mut Jwks) -> Result<(), SignError> {
        jwks.insert(&self.kid, self.algorithm().algorithm(), self.public_key()?);
        Ok(())
    }

    /// A signed token with these claims.
    pub fn sign(&self, claims: &Map<String, Value>) -> Result<String, SignError> {
        let alg = self.algorithm().algorithm().name();
        let header = json!({ "kid": self.kid, "typ": "JWT", "alg": alg }).to_string();
        let claims = serde_json::to_vec(claims).map_err(|_| SignError::Sign)?;
        let mut token = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = self.signature(token.as_bytes())?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    fn signature(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let random = SystemRandom::new();
        match &self.key {
            Private::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .map_err(|_| SignError::Sign)?;
                Ok(signature)
            }
            Private::Es384(pair) => {
                Ok(pair.sign(&random, message).map_err(|_| SignError::Sign)?.as_ref().to_vec())
            }
        }
    }
}
