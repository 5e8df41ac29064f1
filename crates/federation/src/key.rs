//! Public keys, and the signatures that they verify. A key knows its family: an RSA key never verifies an ECDSA
//! signature, and nothing here takes a public key for a shared secret.

use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, ParsedPublicKey,
    RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RsaParameters,
    UnparsedPublicKey,
};
use x509_parser::prelude::{FromDer as _, X509Certificate};
use x509_parser::public_key::{PublicKey as Spki, RSAPublicKey};

/// The hash in a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// The family of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// RSASSA-PKCS1-v1_5.
    Rsa,
    /// ECDSA, the two numbers one after the other, each as long as the curve's field.
    Ecdsa,
}

/// The curves of NIST that JWS and XML signatures use, each with one hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Curve {
    /// With SHA-256.
    P256,
    /// With SHA-384.
    P384,
    /// With SHA-512.
    P521,
}

impl Curve {
    /// The hash that goes with the curve (RFC 7518, section 3.4).
    pub fn hash(self) -> Hash {
        match self {
            Curve::P256 => Hash::Sha256,
            Curve::P384 => Hash::Sha384,
            Curve::P521 => Hash::Sha512,
        }
    }

    /// Bytes of one coordinate.
    pub fn field_bytes(self) -> usize {
        match self {
            Curve::P256 => 32,
            Curve::P384 => 48,
            Curve::P521 => 66,
        }
    }

    /// Its name in a JWK.
    pub fn name(self) -> &'static str {
        match self {
            Curve::P256 => "P-256",
            Curve::P384 => "P-384",
            Curve::P521 => "P-521",
        }
    }
}

/// Larger keys would make one verification cost too much, and no library verifies with them.
const RSA_BITS_MAX: usize = 8192;

/// Why bytes are not a key that verifies anything here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// Not a certificate, or not numbers.
    #[error("the key cannot be read")]
    Unreadable,
    /// Neither RSA nor one of the three curves.
    #[error("the key is of a kind that is not supported")]
    Unsupported,
    /// Fewer bits than the caller allows.
    #[error("the key has only {0} bits")]
    Short(usize),
    /// More bits than 8192.
    #[error("the key has {0} bits")]
    Long(usize),
}

/// A public key of somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PublicKey(Kind);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    Ec { curve: Curve, point: Vec<u8> },
}

fn without_zeros(number: &[u8]) -> &[u8] {
    let first = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
    &number[first..]
}

fn bits(number: &[u8]) -> usize {
    number.first().map_or(0, |first| number.len() * 8 - first.leading_zeros() as usize)
}

impl PublicKey {
    /// An RSA key from modulus and exponent, big-endian, with at least `bits_min` bits.
    pub fn rsa(n: &[u8], e: &[u8], bits_min: usize) -> Result<PublicKey, BadKey> {
        let (n, e) = (without_zeros(n), without_zeros(e));
        // An exponent of one would let anybody sign.
        if e.len() > 4 || e.is_empty() || e == [1] || e[e.len() - 1] % 2 == 0 {
            return Err(BadKey::Unreadable);
        }
        match bits(n) {
            few if few < bits_min => Err(BadKey::Short(few)),
            many if many > RSA_BITS_MAX => Err(BadKey::Long(many)),
            _ => Ok(PublicKey(Kind::Rsa { n: n.to_vec(), e: e.to_vec() })),
        }
    }

    /// An RSA key in PKCS #1.
    pub fn from_rsa_der(der: &[u8], bits_min: usize) -> Result<PublicKey, BadKey> {
        match RSAPublicKey::from_der(der) {
            Ok(([], key)) => PublicKey::rsa(key.modulus, key.exponent, bits_min),
            _ => Err(BadKey::Unreadable),
        }
    }

    /// A key on a curve from its two coordinates; a point that is not on the curve is none.
    pub fn ec(curve: Curve, x: &[u8], y: &[u8]) -> Result<PublicKey, BadKey> {
        if x.len() != curve.field_bytes() || y.len() != curve.field_bytes() {
            return Err(BadKey::Unreadable);
        }
        PublicKey::ec_point(curve, &[&[4], x, y].concat())
    }

    fn ec_point(curve: Curve, point: &[u8]) -> Result<PublicKey, BadKey> {
        if point.len() != 1 + 2 * curve.field_bytes() || point[0] != 4 {
            return Err(BadKey::Unreadable);
        }
        ParsedPublicKey::new(ecdsa(curve), point).map_err(|_| BadKey::Unreadable)?;
        Ok(PublicKey(Kind::Ec { curve, point: point.to_vec() }))
    }

    /// The key in an X.509 certificate (DER). SAML uses certificates as envelopes of keys: neither their signature nor
    /// their dates count ("IAM doesn't evaluate or take action regarding the expiration of X.509 certificates in SAML
    /// metadata documents", IAM user guide).
    pub fn from_certificate(der: &[u8], bits_min: usize) -> Result<PublicKey, BadKey> {
        let (rest, certificate) = X509Certificate::from_der(der).map_err(|_| BadKey::Unreadable)?;
        if !rest.is_empty() {
            return Err(BadKey::Unreadable);
        }
        let info = certificate.public_key();
        match info.parsed().map_err(|_| BadKey::Unreadable)? {
            Spki::RSA(key) => PublicKey::rsa(key.modulus, key.exponent, bits_min),
            Spki::EC(point) => {
                let parameters = info.algorithm.parameters.as_ref().ok_or(BadKey::Unreadable)?;
                let name = parameters.as_oid().map_err(|_| BadKey::Unsupported)?;
                let curve = match name.to_id_string().as_str() {
                    "1.2.840.10045.3.1.7" => Curve::P256,
                    "1.3.132.0.34" => Curve::P384,
                    "1.3.132.0.35" => Curve::P521,
                    _ => return Err(BadKey::Unsupported),
                };
                PublicKey::ec_point(curve, point.data())
            }
            _ => Err(BadKey::Unsupported),
        }
    }

    /// The family of signatures that the key verifies.
    pub fn scheme(&self) -> Scheme {
        match self.0 {
            Kind::Rsa { .. } => Scheme::Rsa,
            Kind::Ec { .. } => Scheme::Ecdsa,
        }
    }

    /// The curve of a key that has one.
    pub fn curve(&self) -> Option<Curve> {
        match self.0 {
            Kind::Rsa { .. } => None,
            Kind::Ec { curve, .. } => Some(curve),
        }
    }

    /// Modulus and exponent of an RSA key.
    pub fn rsa_parts(&self) -> Option<(&[u8], &[u8])> {
        match &self.0 {
            Kind::Rsa { n, e } => Some((n, e)),
            Kind::Ec { .. } => None,
        }
    }

    /// The coordinates of a key on a curve.
    pub fn ec_parts(&self) -> Option<(&[u8], &[u8])> {
        match &self.0 {
            Kind::Rsa { .. } => None,
            Kind::Ec { curve, point } => Some(point[1..].split_at(curve.field_bytes())),
        }
    }

    /// Whether `signature` is this key's for `message`. A scheme or hash that the key does not have verifies nothing.
    #[must_use]
    pub fn verifies(&self, scheme: Scheme, hash: Hash, message: &[u8], signature: &[u8]) -> bool {
        match &self.0 {
            Kind::Rsa { n, e } if scheme == Scheme::Rsa => {
                let Some(parameters) = rsa(hash, bits(n)) else { return false };
                PublicKeyComponents { n, e }.verify(parameters, message, signature).is_ok()
            }
            Kind::Ec { curve, point } if scheme == Scheme::Ecdsa && curve.hash() == hash => {
                UnparsedPublicKey::new(ecdsa(*curve), point).verify(message, signature).is_ok()
            }
            _ => false,
        }
    }
}

fn ecdsa(curve: Curve) -> &'static aws_lc_rs::signature::EcdsaVerificationAlgorithm {
    match curve {
        Curve::P256 => &ECDSA_P256_SHA256_FIXED,
        Curve::P384 => &ECDSA_P384_SHA384_FIXED,
        Curve::P521 => &ECDSA_P521_SHA512_FIXED,
    }
}

/// SAML allows keys of 1024 bits; there is no SHA-384 for those.
fn rsa(hash: Hash, bits: usize) -> Option<&'static RsaParameters> {
    match (hash, bits >= 2048) {
        (Hash::Sha256, true) => Some(&RSA_PKCS1_2048_8192_SHA256),
        (Hash::Sha384, true) => Some(&RSA_PKCS1_2048_8192_SHA384),
        (Hash::Sha512, true) => Some(&RSA_PKCS1_2048_8192_SHA512),
        (Hash::Sha256, false) => Some(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY),
        (Hash::Sha512, false) => Some(&RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY),
        (Hash::Sha384, false) => None,
    }
}
