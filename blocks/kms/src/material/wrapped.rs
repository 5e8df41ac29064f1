//! Key material that comes from outside, wrapped with a public key that was handed out for it.
//! <https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-get-public-key-and-token.html>

use aws_lc_rs::{
    encoding::{AsDer as _, Pkcs8V1Der, PublicKeyX509Der},
    key_wrap::{AES_256, AesKek, KeyWrapPadded as _},
    rsa::{KeySize, OaepPrivateDecryptingKey, PrivateDecryptingKey},
};
use seal::Zeroizing;
use serde::{Deserialize, Serialize};

use super::{
    Secret, Unusable,
    asymmetric::{decrypt_with, oaep},
};
use crate::spec::Spec;

/// How material is wrapped. Stored in import tokens by position.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum WrappingAlgorithm {
    /// RSA alone.
    OaepSha1,
    /// RSA alone.
    OaepSha256,
    /// An AES key by RSA, the material by that key.
    AesKeyWrapSha1,
    /// An AES key by RSA, the material by that key.
    AesKeyWrapSha256,
}

impl WrappingAlgorithm {
    /// By its name; the others of the model are not offered any more, or only in China.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "RSAES_OAEP_SHA_1" => Some(Self::OaepSha1),
            "RSAES_OAEP_SHA_256" => Some(Self::OaepSha256),
            "RSA_AES_KEY_WRAP_SHA_1" => Some(Self::AesKeyWrapSha1),
            "RSA_AES_KEY_WRAP_SHA_256" => Some(Self::AesKeyWrapSha256),
            _ => None,
        }
    }

    /// Whether material of this kind can be wrapped so: RSA's private keys are longer than RSA encrypts.
    pub fn is_for(self, spec: Spec) -> bool {
        spec.modulus_bytes().is_none() || matches!(self, Self::AesKeyWrapSha1 | Self::AesKeyWrapSha256)
    }
}

/// A wrapping key: the private one as PKCS #8, the public one as SubjectPublicKeyInfo. Slow.
pub fn wrapping_key(spec: Spec) -> Result<(Secret, Vec<u8>), Unusable> {
    let size = match spec {
        Spec::Rsa2048 => KeySize::Rsa2048,
        Spec::Rsa3072 => KeySize::Rsa3072,
        Spec::Rsa4096 => KeySize::Rsa4096,
        _ => return Err(Unusable),
    };
    let secret = PrivateDecryptingKey::generate(size)?;
    let private: Pkcs8V1Der<'_> = secret.as_der()?;
    let public: PublicKeyX509Der<'_> = secret.public_key().as_der()?;
    Ok((Zeroizing::new(private.as_ref().to_vec()), public.as_ref().to_vec()))
}

/// The material that was wrapped.
pub fn unwrap(private: &[u8], algorithm: WrappingAlgorithm, wrapped: &[u8]) -> Result<Secret, Unusable> {
    let secret = OaepPrivateDecryptingKey::new(PrivateDecryptingKey::from_pkcs8(private)?)?;
    let name = match algorithm {
        WrappingAlgorithm::OaepSha1 | WrappingAlgorithm::AesKeyWrapSha1 => "RSAES_OAEP_SHA_1",
        WrappingAlgorithm::OaepSha256 | WrappingAlgorithm::AesKeyWrapSha256 => "RSAES_OAEP_SHA_256",
    };
    let oaep = oaep(name).ok_or(Unusable)?;
    match algorithm {
        WrappingAlgorithm::OaepSha1 | WrappingAlgorithm::OaepSha256 => decrypt_with(&secret, oaep, wrapped),
        _ => {
            let (key, wrapped) = wrapped.split_at_checked(secret.key_size_bytes()).ok_or(Unusable)?;
            let key = decrypt_with(&secret, oaep, key)?;
            let mut out = Zeroizing::new(vec![0; wrapped.len()]);
            let len = AesKek::new(&AES_256, &key)?.unwrap_with_padding(wrapped, &mut out)?.len();
            out.truncate(len);
            Ok(out)
        }
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::rsa::{OaepPublicEncryptingKey, PublicEncryptingKey};

    use super::*;

    fn encrypted(public: &[u8], plain: &[u8]) -> Vec<u8> {
        let public = OaepPublicEncryptingKey::new(PublicEncryptingKey::from_der(public).unwrap()).unwrap();
        let mut out = vec![0; public.ciphertext_size()];
        let len = public.encrypt(oaep("RSAES_OAEP_SHA_256").unwrap(), plain, &mut out, None).unwrap().len();
        out.truncate(len);
        out
    }

    #[test]
    fn what_was_wrapped_is_unwrapped() {
        let (private, public) = wrapping_key(Spec::Rsa2048).unwrap();
        let material = [7; 32];
        let plain = encrypted(&public, &material);
        assert_eq!(unwrap(&private, WrappingAlgorithm::OaepSha256, &plain).unwrap()[..], material);
        assert!(unwrap(&private, WrappingAlgorithm::OaepSha1, &plain).is_err());
        assert!(unwrap(&private, WrappingAlgorithm::OaepSha256, b"none").is_err());

        let long = vec![9; 1217]; // as long as a PKCS #8 of RSA, and no multiple of eight
        let mut out = vec![0; long.len() + 15];
        let kek = AesKek::new(&AES_256, &material).unwrap();
        let wrapped = [&plain[..], kek.wrap_with_padding(&long, &mut out).unwrap()].concat();
        assert_eq!(unwrap(&private, WrappingAlgorithm::AesKeyWrapSha256, &wrapped).unwrap()[..], long[..]);
        for bad in [&wrapped[..wrapped.len() - 8], &wrapped[..100], b""] {
            assert!(unwrap(&private, WrappingAlgorithm::AesKeyWrapSha256, bad).is_err());
        }
    }
}
