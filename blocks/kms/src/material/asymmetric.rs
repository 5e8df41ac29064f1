//! Key pairs.

use aws_lc_rs::{
    agreement,
    digest::{self, Digest},
    encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::{
        KeySize, OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OaepAlgorithm, OaepPrivateDecryptingKey,
        OaepPublicEncryptingKey, PrivateDecryptingKey,
    },
    signature::{
        self, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _, PqdsaKeyPair,
        PqdsaSigningAlgorithm, RsaEncoding, RsaKeyPair, UnparsedPublicKey, VerificationAlgorithm,
    },
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use seal::Zeroizing;
use sha2::digest::{FixedOutput, HashMarker, Output, OutputSizeUser, Reset, Update, consts::U64};

use super::{Secret, Unusable};
use crate::spec::Spec;

/// A key pair, opened.
#[derive(Debug)]
pub enum Pair {
    /// RSA, for signing and for decrypting.
    Rsa(RsaKeyPair, PrivateDecryptingKey),
    /// ECDSA, and ECDH where the curve has it.
    Ec(Spec, EcdsaKeyPair, Option<agreement::PrivateKey>),
    /// Ed25519, and its form over digests.
    Ed25519(Box<(Ed25519KeyPair, SigningKey)>),
    /// ML-DSA.
    MlDsa(Spec, PqdsaKeyPair),
}

/// What is signed.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    /// The message itself.
    Raw(&'a [u8]),
    /// Its digest.
    Digest(&'a [u8]),
}

/// Makes a key pair, as PKCS #8.
pub(super) fn generate(spec: Spec) -> Result<Secret, Unusable> {
    let der = |bytes: &[u8]| Ok(Zeroizing::new(bytes.to_vec()));
    if let Some(size) = rsa_size(spec) {
        let made = RsaKeyPair::generate(size)?;
        let made: Pkcs8V1Der<'_> = made.as_der()?;
        return der(made.as_ref());
    }
    if let Some((signing, ..)) = ecdsa(spec) {
        return der(EcdsaKeyPair::generate(signing)?.to_pkcs8v1()?.as_ref());
    }
    match ml_dsa(spec) {
        Some((signing, _)) => der(PqdsaKeyPair::generate(signing)?.to_pkcs8v1()?.as_ref()),
        None if spec == Spec::Ed25519 => der(Ed25519KeyPair::generate()?.to_pkcs8v1()?.as_ref()),
        None => Err(Unusable),
    }
}

impl Pair {
    /// Opens PKCS #8.
    pub(super) fn open(spec: Spec, pkcs8: &[u8]) -> Result<Self, Unusable> {
        if let Some(modulus) = spec.modulus_bytes() {
            let pair = RsaKeyPair::from_pkcs8(pkcs8)?;
            if pair.public_modulus_len() != modulus {
                return Err(Unusable);
            }
            return Ok(Self::Rsa(pair, PrivateDecryptingKey::from_pkcs8(pkcs8)?));
        }
        if let Some((signing, _, agreeing)) = ecdsa(spec) {
            let pair = EcdsaKeyPair::from_pkcs8(signing, pkcs8)?;
            let agreeing =
                agreeing.map(|a| agreement::PrivateKey::from_private_key_der(a, pkcs8)).transpose()?;
            return Ok(Self::Ec(spec, pair, agreeing));
        }
        if let Some((signing, _)) = ml_dsa(spec) {
            return Ok(Self::MlDsa(spec, PqdsaKeyPair::from_pkcs8(signing, pkcs8)?));
        }
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8)?;
        let seed: aws_lc_rs::encoding::Curve25519SeedBin<'_> =
            aws_lc_rs::encoding::AsBigEndian::as_be_bytes(&pair.seed()?)?;
        let seed = Zeroizing::new(<[u8; 32]>::try_from(seed.as_ref()).map_err(|_| Unusable)?);
        Ok(Self::Ed25519(Box::new((pair, SigningKey::from_bytes(&seed)))))
    }

    /// SubjectPublicKeyInfo.
    pub(super) fn public(&self) -> Result<Vec<u8>, Unusable> {
        let der: PublicKeyX509Der<'_> = match self {
            Self::Rsa(pair, _) => pair.public_key().as_der()?,
            Self::Ec(_, pair, _) => pair.public_key().as_der()?,
            Self::Ed25519(both) => both.0.public_key().as_der()?,
            Self::MlDsa(_, pair) => pair.public_key().as_der()?,
        };
        Ok(der.as_ref().to_vec())
    }

    /// Signs. Refused: a digest of another length than the algorithm's, and what the algorithm does not sign.
    pub fn sign(&self, algorithm: &str, message: Message<'_>) -> Result<Vec<u8>, Unusable> {
        match (self, message) {
            (Self::Rsa(pair, _), _) => {
                let (encoding, _) = rsa_padding(algorithm).ok_or(Unusable)?;
                let mut out = vec![0; pair.public_modulus_len()];
                match message {
                    Message::Raw(raw) => pair.sign(encoding, &SystemRandom::new(), raw, &mut out)?,
                    Message::Digest(digest) => {
                        pair.sign_digest(encoding, &imported(algorithm, digest)?, &mut out)?;
                    }
                }
                Ok(out)
            }
            (Self::Ec(_, pair, _), Message::Raw(raw)) => {
                Ok(pair.sign(&SystemRandom::new(), raw)?.as_ref().to_vec())
            }
            (Self::Ec(_, pair, _), Message::Digest(digest)) => {
                Ok(pair.sign_digest(&imported(algorithm, digest)?)?.as_ref().to_vec())
            }
            (Self::Ed25519(both), Message::Raw(raw)) if algorithm == "ED25519_SHA_512" => {
                Ok(both.0.try_sign(raw)?.as_ref().to_vec())
            }
            (Self::Ed25519(both), Message::Digest(digest)) if algorithm == "ED25519_PH_SHA_512" => {
                let signed = both.1.sign_prehashed(Given::new(digest)?, None).map_err(|_| Unusable)?;
                Ok(signed.to_bytes().to_vec())
            }
            (Self::MlDsa(_, pair), Message::Raw(raw)) => {
                let mut out = vec![0; pair.algorithm().signature_len()];
                let len = pair.sign(raw, &mut out)?;
                out.truncate(len);
                Ok(out)
            }
            _ => Err(Unusable),
        }
    }

    /// Whether a signature is the message's.
    pub fn verify(&self, algorithm: &str, message: Message<'_>, signature: &[u8]) -> Result<bool, Unusable> {
        match self {
            Self::Rsa(pair, _) => {
                let (_, verifying) = rsa_padding(algorithm).ok_or(Unusable)?;
                verify_with(verifying, pair.public_key().as_ref(), algorithm, message, signature)
            }
            Self::Ec(spec, pair, _) => {
                let (_, verifying, _) = ecdsa(*spec).ok_or(Unusable)?;
                verify_with(verifying, pair.public_key().as_ref(), algorithm, message, signature)
            }
            Self::Ed25519(both) => match message {
                Message::Raw(_) if algorithm == "ED25519_SHA_512" => verify_with(
                    &signature::ED25519,
                    both.0.public_key().as_ref(),
                    algorithm,
                    message,
                    signature,
                ),
                Message::Digest(digest) if algorithm == "ED25519_PH_SHA_512" => {
                    let digest = Given::new(digest)?;
                    let public: VerifyingKey = both.1.verifying_key();
                    let Ok(signature) = ed25519_dalek::Signature::from_slice(signature) else {
                        return Ok(false);
                    };
                    Ok(public.verify_prehashed(digest, None, &signature).is_ok())
                }
                _ => Err(Unusable),
            },
            Self::MlDsa(spec, pair) => match message {
                Message::Raw(_) => {
                    let (_, verifying) = ml_dsa(*spec).ok_or(Unusable)?;
                    verify_with(verifying, pair.public_key().as_ref(), algorithm, message, signature)
                }
                Message::Digest(_) => Err(Unusable),
            },
        }
    }

    /// Encrypts with the public key.
    pub fn encrypt(&self, algorithm: &str, plain: &[u8]) -> Result<Vec<u8>, Unusable> {
        let Self::Rsa(_, pair) = self else { return Err(Unusable) };
        let public = OaepPublicEncryptingKey::new(pair.public_key())?;
        let mut out = vec![0; public.ciphertext_size()];
        let len = public.encrypt(oaep(algorithm).ok_or(Unusable)?, plain, &mut out, None)?.len();
        out.truncate(len);
        Ok(out)
    }

    /// Decrypts.
    pub fn decrypt(&self, algorithm: &str, encrypted: &[u8]) -> Result<Secret, Unusable> {
        let Self::Rsa(_, pair) = self else { return Err(Unusable) };
        let secret = OaepPrivateDecryptingKey::new(pair.clone())?;
        decrypt_with(&secret, oaep(algorithm).ok_or(Unusable)?, encrypted)
    }

    /// The shared secret with the owner of a public key (SubjectPublicKeyInfo).
    pub fn agree(&self, public: &[u8]) -> Result<Secret, Unusable> {
        let Self::Ec(_, _, Some(secret)) = self else { return Err(Unusable) };
        let peer = agreement::UnparsedPublicKey::new(secret.algorithm(), public);
        agreement::agree(secret, peer, Unusable, |shared| Ok(Zeroizing::new(shared.to_vec())))
    }
}

pub(super) fn decrypt_with(
    secret: &OaepPrivateDecryptingKey,
    algorithm: &'static OaepAlgorithm,
    encrypted: &[u8],
) -> Result<Secret, Unusable> {
    let mut out = Zeroizing::new(vec![0; secret.min_output_size()]);
    let len = secret.decrypt(algorithm, encrypted, &mut out, None)?.len();
    out.truncate(len);
    Ok(out)
}

fn verify_with(
    with: &'static dyn VerificationAlgorithm,
    public: &[u8],
    algorithm: &str,
    message: Message<'_>,
    signature: &[u8],
) -> Result<bool, Unusable> {
    let public = UnparsedPublicKey::new(with, public);
    Ok(match message {
        Message::Raw(raw) => public.verify(raw, signature).is_ok(),
        Message::Digest(digest) => public.verify_digest(&imported(algorithm, digest)?, signature).is_ok(),
    })
}

/// The hash of a signing algorithm.
fn hash_of(algorithm: &str) -> Option<&'static digest::Algorithm> {
    match algorithm.rsplit('_').next()? {
        "256" if !algorithm.contains("SHAKE") => Some(&digest::SHA256),
        "384" => Some(&digest::SHA384),
        "512" => Some(&digest::SHA512),
        _ => None,
    }
}

fn imported(algorithm: &str, digest: &[u8]) -> Result<Digest, Unusable> {
    Ok(Digest::import_less_safe(digest, hash_of(algorithm).ok_or(Unusable)?)?)
}

/// How long the digests are that an algorithm signs; `None` where it signs messages only.
pub(crate) fn digest_bytes(algorithm: &str) -> Option<usize> {
    hash_of(algorithm).map(digest::Algorithm::output_len)
}

#[cfg(test)]
pub(super) fn digest_of(algorithm: &str, message: &[u8]) -> Option<Vec<u8>> {
    Some(digest::digest(hash_of(algorithm)?, message).as_ref().to_vec())
}

fn rsa_size(spec: Spec) -> Option<KeySize> {
    match spec {
        Spec::Rsa2048 => Some(KeySize::Rsa2048),
        Spec::Rsa3072 => Some(KeySize::Rsa3072),
        Spec::Rsa4096 => Some(KeySize::Rsa4096),
        _ => None,
    }
}

type Ecdsa = (
    &'static EcdsaSigningAlgorithm,
    &'static dyn VerificationAlgorithm,
    Option<&'static agreement::Algorithm>,
);

fn ecdsa(spec: Spec) -> Option<Ecdsa> {
    use signature as s;
    match spec {
        Spec::P256 => Some((
            &s::ECDSA_P256_SHA256_ASN1_SIGNING,
            &s::ECDSA_P256_SHA256_ASN1,
            Some(&agreement::ECDH_P256),
        )),
        Spec::P384 => Some((
            &s::ECDSA_P384_SHA384_ASN1_SIGNING,
            &s::ECDSA_P384_SHA384_ASN1,
            Some(&agreement::ECDH_P384),
        )),
        Spec::P521 => Some((
            &s::ECDSA_P521_SHA512_ASN1_SIGNING,
            &s::ECDSA_P521_SHA512_ASN1,
            Some(&agreement::ECDH_P521),
        )),
        Spec::P256k1 => Some((&s::ECDSA_P256K1_SHA256_ASN1_SIGNING, &s::ECDSA_P256K1_SHA256_ASN1, None)),
        _ => None,
    }
}

fn ml_dsa(spec: Spec) -> Option<(&'static PqdsaSigningAlgorithm, &'static dyn VerificationAlgorithm)> {
    use signature as s;
    match spec {
        Spec::MlDsa44 => Some((&s::ML_DSA_44_SIGNING, &s::ML_DSA_44)),
        Spec::MlDsa65 => Some((&s::ML_DSA_65_SIGNING, &s::ML_DSA_65)),
        Spec::MlDsa87 => Some((&s::ML_DSA_87_SIGNING, &s::ML_DSA_87)),
        _ => None,
    }
}

fn rsa_padding(algorithm: &str) -> Option<(&'static dyn RsaEncoding, &'static dyn VerificationAlgorithm)> {
    use signature as s;
    match algorithm {
        "RSASSA_PKCS1_V1_5_SHA_256" => Some((&s::RSA_PKCS1_SHA256, &s::RSA_PKCS1_2048_8192_SHA256)),
        "RSASSA_PKCS1_V1_5_SHA_384" => Some((&s::RSA_PKCS1_SHA384, &s::RSA_PKCS1_2048_8192_SHA384)),
        "RSASSA_PKCS1_V1_5_SHA_512" => Some((&s::RSA_PKCS1_SHA512, &s::RSA_PKCS1_2048_8192_SHA512)),
        "RSASSA_PSS_SHA_256" => Some((&s::RSA_PSS_SHA256, &s::RSA_PSS_2048_8192_SHA256)),
        "RSASSA_PSS_SHA_384" => Some((&s::RSA_PSS_SHA384, &s::RSA_PSS_2048_8192_SHA384)),
        "RSASSA_PSS_SHA_512" => Some((&s::RSA_PSS_SHA512, &s::RSA_PSS_2048_8192_SHA512)),
        _ => None,
    }
}

pub(super) fn oaep(algorithm: &str) -> Option<&'static OaepAlgorithm> {
    match algorithm {
        "RSAES_OAEP_SHA_1" => Some(&OAEP_SHA1_MGF1SHA1),
        "RSAES_OAEP_SHA_256" => Some(&OAEP_SHA256_MGF1SHA256),
        _ => None,
    }
}

/// A digest that somebody else has computed, for an interface that wants to compute it.
#[derive(Clone)]
struct Given([u8; 64]);

impl Given {
    fn new(digest: &[u8]) -> Result<Self, Unusable> {
        Ok(Self(digest.try_into().map_err(|_| Unusable)?))
    }
}

impl Default for Given {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl OutputSizeUser for Given {
    type OutputSize = U64;
}

impl HashMarker for Given {}

impl Update for Given {
    fn update(&mut self, _: &[u8]) {
        unreachable!("the digest is given as a whole");
    }
}

impl FixedOutput for Given {
    fn finalize_into(self, out: &mut Output<Self>) {
        out.copy_from_slice(&self.0);
    }
}

impl Reset for Given {
    fn reset(&mut self) {
        *self = Self::default();
    }
}
