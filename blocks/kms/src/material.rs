//! Key material: made, opened, used. What the bytes are depends on the kind of key: 32 bytes of a symmetric key, the bytes of
//! an HMAC key, PKCS #8 of a key pair, both keys of ML-KEM one after the other.

mod asymmetric;
mod wrapped;

use aws_lc_rs::{hmac, kem};
use env::Random;
use seal::{MessageKey, Zeroizing};
use sha2::{Digest as _, Sha256};

pub(crate) use asymmetric::digest_bytes;
pub use asymmetric::{Message, Pair};
pub use wrapped::{WrappingAlgorithm, unwrap, wrapping_key};

use crate::{ciphertext::MaterialId, names::KeyId, spec::Spec};

/// Key material that cannot be used, or a computation that failed.
#[derive(Debug, thiserror::Error, PartialEq, Eq, Clone, Copy)]
#[error("the key material cannot be used")]
pub struct Unusable;

impl From<aws_lc_rs::error::Unspecified> for Unusable {
    fn from(_: aws_lc_rs::error::Unspecified) -> Self {
        Self
    }
}

impl From<aws_lc_rs::error::KeyRejected> for Unusable {
    fn from(_: aws_lc_rs::error::KeyRejected) -> Self {
        Self
    }
}

/// Secret bytes.
pub type Secret = Zeroizing<Vec<u8>>;

/// Material, ready for use.
#[derive(Debug)]
pub enum Material {
    /// Encrypts.
    Symmetric(MessageKey),
    /// Authenticates.
    Hmac(Box<hmac::Key>),
    /// Signs, agrees or decrypts.
    Pair(Box<Pair>),
    /// Encapsulates.
    Kem(Box<Kem>),
}

/// The two keys of ML-KEM.
#[derive(Debug)]
pub struct Kem {
    secret: kem::DecapsulationKey,
    public: kem::EncapsulationKey,
    spec: Spec,
}

/// Makes material. Slow for RSA: not on the reactor.
pub fn generate(spec: Spec, random: &Random) -> Result<Secret, Unusable> {
    let bytes = match spec {
        Spec::Symmetric => 32,
        _ if hmac_algorithm(spec).is_some() => mac_bytes(spec),
        _ => match kem_algorithm(spec) {
            Some(algorithm) => {
                let secret = kem::DecapsulationKey::generate(algorithm)?;
                let public = secret.encapsulation_key()?.key_bytes()?;
                let mut both = Zeroizing::new(secret.key_bytes()?.as_ref().to_vec());
                both.extend_from_slice(public.as_ref());
                return Ok(both);
            }
            None => return asymmetric::generate(spec),
        },
    };
    let mut made = Zeroizing::new(vec![0; bytes]);
    random.fill(&mut made);
    Ok(made)
}

/// Opens material; refuses what is none of this kind. Slow for RSA.
pub fn open(spec: Spec, bytes: &[u8]) -> Result<Material, Unusable> {
    if spec == Spec::Symmetric {
        return Ok(Material::Symmetric(MessageKey::new(bytes.try_into().map_err(|_| Unusable)?)));
    }
    if let Some(algorithm) = hmac_algorithm(spec) {
        return if bytes.len() == mac_bytes(spec) {
            Ok(Material::Hmac(Box::new(hmac::Key::new(algorithm, bytes))))
        } else {
            Err(Unusable)
        };
    }
    match kem_algorithm(spec) {
        Some(algorithm) => {
            let split = secret_bytes_of_kem(spec);
            let (secret, public) = bytes.split_at_checked(split).ok_or(Unusable)?;
            let secret = kem::DecapsulationKey::new(algorithm, secret)?;
            let public = kem::EncapsulationKey::new(algorithm, public)?;
            Ok(Material::Kem(Box::new(Kem { secret, public, spec })))
        }
        None => Ok(Material::Pair(Box::new(Pair::open(spec, bytes)?))),
    }
}

/// The name of a version of a key's material: the same material imported anew has the same name.
pub fn id(key: KeyId, bytes: &[u8]) -> MaterialId {
    let mut digest = Sha256::new();
    digest.update(b"kumiki key material 1\0");
    digest.update(key.to_string());
    digest.update([0]);
    digest.update(bytes);
    digest.finalize().into()
}

impl Material {
    /// The public key, as SubjectPublicKeyInfo.
    pub fn public(&self) -> Result<Vec<u8>, Unusable> {
        match self {
            Self::Pair(pair) => pair.public(),
            Self::Kem(kem) => kem.public(),
            _ => Err(Unusable),
        }
    }

    /// The symmetric key.
    pub fn symmetric(&self) -> Result<&MessageKey, Unusable> {
        match self {
            Self::Symmetric(key) => Ok(key),
            _ => Err(Unusable),
        }
    }

    /// The key pair.
    pub fn pair(&self) -> Result<&Pair, Unusable> {
        match self {
            Self::Pair(pair) => Ok(pair),
            _ => Err(Unusable),
        }
    }

    /// The code of a message.
    pub fn mac(&self, message: &[u8]) -> Result<Vec<u8>, Unusable> {
        match self {
            Self::Hmac(key) => Ok(hmac::sign(key, message).as_ref().to_vec()),
            _ => Err(Unusable),
        }
    }

    /// Whether a code is the message's; in constant time.
    pub fn is_mac(&self, message: &[u8], code: &[u8]) -> Result<bool, Unusable> {
        match self {
            Self::Hmac(key) => Ok(hmac::verify(key, message, code).is_ok()),
            _ => Err(Unusable),
        }
    }

    /// A shared secret and its encapsulation.
    pub fn encapsulate(&self) -> Result<(Secret, Vec<u8>), Unusable> {
        let Self::Kem(kem) = self else { return Err(Unusable) };
        let (encapsulated, secret) = kem.public.encapsulate()?;
        Ok((Zeroizing::new(secret.as_ref().to_vec()), encapsulated.as_ref().to_vec()))
    }

    /// The shared secret of an encapsulation.
    pub fn decapsulate(&self, encapsulated: &[u8]) -> Result<Secret, Unusable> {
        let Self::Kem(kem) = self else { return Err(Unusable) };
        let secret = kem.secret.decapsulate(encapsulated.into())?;
        Ok(Zeroizing::new(secret.as_ref().to_vec()))
    }
}

impl Kem {
    /// SubjectPublicKeyInfo around the raw key (RFC 9935): the algorithm is 2.16.840.1.101.3.4.4.1 to .3.
    fn public(&self) -> Result<Vec<u8>, Unusable> {
        let raw = self.public.key_bytes()?;
        let last = match self.spec {
            Spec::MlKem512 => 1,
            Spec::MlKem768 => 2,
            _ => 3,
        };
        let algorithm = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x04, last];
        let mut bits = vec![0];
        bits.extend_from_slice(raw.as_ref());
        let mut inside = der(0x30, &algorithm);
        inside.extend(der(0x03, &bits));
        Ok(der(0x30, &inside))
    }
}

/// A DER element of up to 65,535 bytes.
fn der(tag: u8, contents: &[u8]) -> Vec<u8> {
    let len = contents.len();
    let mut out = vec![tag];
    match u8::try_from(len) {
        Ok(len) if len < 128 => out.push(len),
        Ok(len) => out.extend([0x81, len]),
        Err(_) => out.extend([0x82, (len >> 8) as u8, (len & 0xff) as u8]),
    }
    out.extend_from_slice(contents);
    out
}

fn hmac_algorithm(spec: Spec) -> Option<hmac::Algorithm> {
    match spec {
        Spec::Hmac224 => Some(hmac::HMAC_SHA224),
        Spec::Hmac256 => Some(hmac::HMAC_SHA256),
        Spec::Hmac384 => Some(hmac::HMAC_SHA384),
        Spec::Hmac512 => Some(hmac::HMAC_SHA512),
        _ => None,
    }
}

fn mac_bytes(spec: Spec) -> usize {
    match spec {
        Spec::Hmac224 => 28,
        Spec::Hmac256 => 32,
        Spec::Hmac384 => 48,
        _ => 64,
    }
}

fn kem_algorithm(spec: Spec) -> Option<&'static kem::Algorithm<kem::AlgorithmId>> {
    match spec {
        Spec::MlKem512 => Some(&kem::ML_KEM_512),
        Spec::MlKem768 => Some(&kem::ML_KEM_768),
        Spec::MlKem1024 => Some(&kem::ML_KEM_1024),
        _ => None,
    }
}

/// FIPS 203, table 3.
fn secret_bytes_of_kem(spec: Spec) -> usize {
    match spec {
        Spec::MlKem512 => 1632,
        Spec::MlKem768 => 2400,
        _ => 3168,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(spec: Spec) -> Material {
        open(spec, &generate(spec, &Random::host()).unwrap()).unwrap()
    }

    #[test]
    fn every_kind_is_made_opened_and_used() {
        for spec in Spec::all() {
            let material = made(spec);
            assert_eq!(material.public().is_ok(), spec.is_asymmetric(), "{spec:?}");
            for usage in spec.usages() {
                for algorithm in spec.signing_algorithms(*usage) {
                    let pair = material.pair().unwrap();
                    let message = Message::Raw(b"message");
                    // Ed25519ph signs digests only.
                    if *algorithm == "ED25519_PH_SHA_512" {
                        assert!(pair.sign(algorithm, message).is_err());
                        continue;
                    }
                    let signature = pair.sign(algorithm, message).unwrap();
                    assert!(pair.verify(algorithm, message, &signature).unwrap(), "{spec:?} {algorithm}");
                    assert!(!pair.verify(algorithm, Message::Raw(b"other"), &signature).unwrap());
                    assert!(!pair.verify(algorithm, message, b"none").unwrap());
                }
            }
            assert!(open(spec, b"none").is_err(), "{spec:?}");
        }
    }

    #[test]
    fn digests_are_signed_as_their_messages() {
        let table = [
            (Spec::Rsa2048, "RSASSA_PSS_SHA_384"),
            (Spec::Rsa2048, "RSASSA_PKCS1_V1_5_SHA_256"),
            (Spec::P256, "ECDSA_SHA_256"),
            (Spec::P384, "ECDSA_SHA_384"),
            (Spec::P521, "ECDSA_SHA_512"),
            (Spec::P256k1, "ECDSA_SHA_256"),
        ];
        for (spec, algorithm) in table {
            let material = made(spec);
            let pair = material.pair().unwrap();
            let digest = asymmetric::digest_of(algorithm, b"message").unwrap();
            let signature = pair.sign(algorithm, Message::Digest(&digest)).unwrap();
            assert!(pair.verify(algorithm, Message::Raw(b"message"), &signature).unwrap(), "{algorithm}");
            let signature = pair.sign(algorithm, Message::Raw(b"message")).unwrap();
            assert!(pair.verify(algorithm, Message::Digest(&digest), &signature).unwrap(), "{algorithm}");
            assert!(pair.sign(algorithm, Message::Digest(&digest[1..])).is_err());
        }
        let material = made(Spec::Ed25519);
        let (pair, algorithm) = (material.pair().unwrap(), "ED25519_PH_SHA_512");
        let signature = pair.sign(algorithm, Message::Digest(&[7; 64])).unwrap();
        assert!(pair.verify(algorithm, Message::Digest(&[7; 64]), &signature).unwrap());
        assert!(!pair.verify(algorithm, Message::Digest(&[8; 64]), &signature).unwrap());
    }

    /// RFC 8032, section 7.3: the one published vector of Ed25519ph.
    #[test]
    fn ed25519ph_is_that_of_its_standard() {
        let seed = hex::decode("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42").unwrap();
        let mut pkcs8 = hex::decode("302e020100300506032b657004220420").unwrap();
        pkcs8.extend(seed);
        let Material::Pair(pair) = open(Spec::Ed25519, &pkcs8).unwrap() else { panic!("a pair") };
        let digest = asymmetric::digest_of("ED25519_PH_SHA_512", b"abc").unwrap();
        let signature = pair.sign("ED25519_PH_SHA_512", Message::Digest(&digest)).unwrap();
        let expected = "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5a\
                        aa10b8c61e636062aaad11c2a26083406";
        assert_eq!(hex::encode(signature), expected);
    }

    #[test]
    fn secrets_are_agreed_on_and_encapsulated() {
        for spec in [Spec::P256, Spec::P384, Spec::P521] {
            let (a, b) = (made(spec), made(spec));
            let (of_a, of_b) = (a.public().unwrap(), b.public().unwrap());
            let secret = a.pair().unwrap().agree(&of_b).unwrap();
            assert_eq!(secret, b.pair().unwrap().agree(&of_a).unwrap());
            assert!(a.pair().unwrap().agree(b"none").is_err());
        }
        for spec in [Spec::MlKem512, Spec::MlKem768, Spec::MlKem1024] {
            let material = made(spec);
            let (secret, encapsulated) = material.encapsulate().unwrap();
            assert_eq!(material.decapsulate(&encapsulated).unwrap(), secret);
            assert!(material.decapsulate(b"none").is_err());
        }
    }

    #[test]
    fn rsa_decrypts_what_it_encrypted() {
        let material = made(Spec::Rsa2048);
        let pair = material.pair().unwrap();
        for algorithm in Spec::Rsa2048.encryption_algorithms(crate::spec::Usage::EncryptDecrypt) {
            let longest = vec![7; Spec::Rsa2048.plaintext_bytes_max(algorithm)];
            let encrypted = pair.encrypt(algorithm, &longest).unwrap();
            assert_eq!(pair.decrypt(algorithm, &encrypted).unwrap()[..], longest[..]);
            assert!(pair.decrypt(algorithm, &encrypted[1..]).is_err());
            assert!(pair.encrypt(algorithm, &[longest, vec![7]].concat()).is_err());
        }
    }
}
