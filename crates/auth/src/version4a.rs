//! Signature Version 4A: signed with a key pair that is derived from the secret, and good in several regions.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html>

use crate::{
    claim::ALGORITHM_4A,
    error::{AuthError, Malformed, Place},
};
use aws_lc_rs::{
    agreement::{self, PrivateKey},
    signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey},
};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use std::borrow::Cow;

/// `n - 2`, where `n` is the order of the curve P-256 (FIPS 186-5).
const ORDER_LESS_2: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
    0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x4f,
];
const KEY_BITS: u32 = 256;
/// A signature in DER is no longer than this.
const SIGNATURE_BYTES_MAX: usize = 72;

/// `X-Amz-Region-Set`: regions between commas, in which `*` stands for any characters.
#[derive(Clone)]
pub(crate) struct RegionSet<'a>(Cow<'a, str>);

impl<'a> RegionSet<'a> {
    pub(crate) fn new(text: Cow<'a, str>) -> Self {
        Self(text)
    }

    fn patterns(&self) -> impl Iterator<Item = &str> {
        self.0.split(',').map(str::trim).filter(|pattern| !pattern.is_empty())
    }

    /// Whether the request is good in `region`.
    pub(crate) fn has(&self, region: &str) -> bool {
        self.patterns().any(|pattern| is_like(pattern, region))
    }

    /// The region that it names, where it names a single one.
    pub(crate) fn only(&self) -> Option<&str> {
        let mut patterns = self.patterns();
        patterns.next().filter(|first| patterns.next().is_none() && !first.contains('*'))
    }

    /// Refuses a set without the region of the endpoint, where the endpoint is of one.
    pub(crate) fn check(&self, place: Place, endpoint: Option<&str>) -> Result<(), AuthError> {
        match endpoint {
            Some(region) if !self.has(region) => {
                let (given, expected) = (self.0.clone().into_owned(), region.to_owned());
                Err(AuthError::Malformed(place, Malformed::Region { given, expected }))
            }
            _ => Ok(()),
        }
    }
}

/// Whether `text` is like `pattern`, in which `*` stands for any characters.
fn is_like(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    true
}

/// The key that verifies what was signed with a secret.
pub(crate) struct PublicKey(agreement::PublicKey);

impl PublicKey {
    /// Of the pair that signers derive from an access key: HMAC counter mode (NIST SP 800-108) over the names of both, with
    /// another counter as long as the result is no private key.
    pub(crate) fn derive(access_key: &str, secret: &str) -> Option<Self> {
        let root = [b"AWS4A", secret.as_bytes()].concat();
        (1..=254).find_map(|counter: u8| {
            let mut mac = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&root).ok()?;
            mac.update(&1_u32.to_be_bytes());
            mac.update(ALGORITHM_4A.as_bytes());
            mac.update(&[0]);
            mac.update(access_key.as_bytes());
            mac.update(&[counter]);
            mac.update(&KEY_BITS.to_be_bytes());
            let mut candidate: [u8; 32] = mac.finalize().into_bytes().into();
            if candidate > ORDER_LESS_2 {
                return None;
            }
            for byte in candidate.iter_mut().rev() {
                *byte = byte.wrapping_add(1);
                if *byte != 0 {
                    break;
                }
            }
            let pair = PrivateKey::from_private_key(&agreement::ECDH_P256, &candidate).ok()?;
            pair.compute_public_key().ok().map(Self)
        })
    }

    /// Whether `signature`, in hexadecimal, is one of `text`.
    pub(crate) fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        if signature.len() > 2 * SIGNATURE_BYTES_MAX {
            return false;
        }
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, self.0.as_ref());
        hex::decode(signature).is_ok_and(|signature| key.verify(text, &signature).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The credentials and the key of AWS's own test of the derivation (aws-c-auth, `key_derivation_tests.c`).
    #[test]
    fn keys_are_derived_as_aws_derives_them() {
        let key =
            PublicKey::derive("AKISORANDOMAASORANDOM", "q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom").unwrap();
        let (x, y) = (
            "15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb",
            "0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0",
        );
        assert_eq!(hex::encode(key.0.as_ref()), format!("04{x}{y}"));
    }

    #[test]
    fn sets_of_regions() {
        let set = |text: &str| RegionSet::new(text.to_owned().into());
        for (text, region, has) in [
            ("*", "eu-west-1", true),
            ("eu-west-1", "eu-west-1", true),
            ("eu-west-1", "eu-west-12", false),
            ("us-east-1, eu-*", "eu-west-1", true),
            ("us-*-1", "us-east-1", true),
            ("us-*-1", "us-east-2", false),
            ("us-*east*-1", "us-gov-east-1", true),
            ("", "us-east-1", false),
        ] {
            assert_eq!(set(text).has(region), has, "{text} {region}");
        }
        assert_eq!(set("eu-west-1").only(), Some("eu-west-1"));
        assert_eq!(set("eu-west-1,eu-west-2").only(), None);
        assert_eq!(set("eu-*").only(), None);
        assert!(set("eu-*").check(Place::Header, Some("us-east-1")).is_err());
        assert!(set("eu-*").check(Place::Header, None).is_ok());
    }
}
