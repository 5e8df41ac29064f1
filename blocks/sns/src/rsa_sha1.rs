//! RSA signatures with SHA-1 (PKCS #1 v1.5), which SNS's SignatureVersion 1 asks for and aws-lc-rs does not make. The
//! arithmetic takes the same time whatever the key is.

use crypto_bigint::{
    NonZero, Odd, U1024, U2048,
    modular::{FixedMontyForm, FixedMontyParams},
};
use sha1::{Digest, Sha1};

const LIMBS: usize = U1024::LIMBS;
/// Bytes of the modulus.
const BYTES: usize = 256;
/// What stands before a SHA-1 digest in a signature (RFC 8017, 9.2).
const DIGEST_INFO: [u8; 15] =
    [0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14];

/// One of the two primes, and the private exponent for it.
struct Prime {
    value: Odd<U1024>,
    params: FixedMontyParams<LIMBS>,
    exponent: U1024,
}

impl Prime {
    fn new(value: &[u8], exponent: &[u8]) -> Option<Self> {
        let value: Odd<U1024> = Option::from(number(value)?.to_odd())?;
        Some(Self { params: FixedMontyParams::new(value), value, exponent: number(exponent)? })
    }

    fn modulus(&self) -> NonZero<U1024> {
        self.value.into_nz()
    }

    /// `base` to the power of the private exponent.
    fn power(&self, base: &U2048) -> U1024 {
        let base = base.rem(&self.modulus());
        FixedMontyForm::new(&base, &self.params).pow(&self.exponent).retrieve()
    }
}

/// A private RSA key of 2,048 bits.
pub(crate) struct Key {
    p: Prime,
    q: Prime,
    /// The inverse of q, modulo p.
    inverse: U1024,
}

impl Key {
    /// Reads a key of PKCS #8. None where it is no RSA key of 2,048 bits.
    pub(crate) fn of_pkcs8(der: &[u8]) -> Option<Self> {
        let (mut outer, _) = element(der, 0x30)?;
        for tag in [0x02, 0x30] {
            outer = element(outer, tag)?.1;
        }
        let (mut inner, _) = element(element(outer, 0x04)?.0, 0x30)?;
        let mut numbers = Vec::new();
        while !inner.is_empty() {
            let (value, rest) = element(inner, 0x02)?;
            numbers.push(value);
            inner = rest;
        }
        // version, n, e, d, p, q, d mod (p-1), d mod (q-1), 1/q mod p
        let [_, n, _, _, p, q, dp, dq, inverse] = numbers[..] else { return None };
        let bare = n.iter().position(|b| *b != 0).map(|at| n.len() - at)?;
        if bare != BYTES {
            return None;
        }
        Some(Self { p: Prime::new(p, dp)?, q: Prime::new(q, dq)?, inverse: number(inverse)? })
    }

    /// Signs.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let mut padded = [0xff; BYTES];
        let digest = Sha1::digest(message);
        let at = BYTES - digest.len() - DIGEST_INFO.len();
        padded[..2].copy_from_slice(&[0, 1]);
        padded[at - 1] = 0;
        padded[at..at + DIGEST_INFO.len()].copy_from_slice(&DIGEST_INFO);
        padded[at + DIGEST_INFO.len()..].copy_from_slice(&digest);
        let message = U2048::from_be_slice(&padded);
        let (of_p, of_q) = (self.p.power(&message), self.q.power(&message));
        let modulus = self.p.modulus();
        let apart = of_p.sub_mod(&of_q.rem(&modulus), &modulus).mul_mod(&self.inverse, &modulus);
        let product: U2048 = apart.concatenating_mul(&self.q.value);
        product.wrapping_add(&of_q.resize()).to_be_bytes().as_ref().to_vec()
    }
}

/// A number of at most 1,024 bits, big-endian, with or without a leading zero.
fn number(bytes: &[u8]) -> Option<U1024> {
    let bare = &bytes[bytes.iter().position(|b| *b != 0).unwrap_or(bytes.len())..];
    let mut whole = [0; BYTES / 2];
    let at = whole.len().checked_sub(bare.len())?;
    whole[at..].copy_from_slice(bare);
    Some(U1024::from_be_slice(&whole))
}

/// The content of a DER element with this tag, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = der.split_first()?;
    let (&short, mut rest) = rest.split_first()?;
    let mut length = usize::from(short);
    if short >= 0x80 {
        let (long, after) = rest.split_at_checked(usize::from(short & 0x7f))?;
        if long.len() > 4 {
            return None;
        }
        length = long.iter().fold(0, |all, byte| all << 8 | usize::from(*byte));
        rest = after;
    }
    (first == tag).then(|| rest.split_at_checked(length)).flatten()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::{
        encoding::AsDer,
        rsa::{KeyPair, KeySize},
        signature::{KeyPair as _, RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY, UnparsedPublicKey},
    };

    use super::*;

    #[test]
    fn signatures_verify() {
        for _ in 0..3 {
            let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
            let key = Key::of_pkcs8(pair.as_der().unwrap().as_ref()).unwrap();
            let public = UnparsedPublicKey::new(
                &RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
                pair.public_key().as_ref(),
            );
            for message in [&b""[..], b"one", &[7; 1000]] {
                public.verify(message, &key.sign(message)).unwrap();
            }
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let pair = KeyPair::generate(KeySize::Rsa3072).unwrap();
        assert!(Key::of_pkcs8(pair.as_der().unwrap().as_ref()).is_none());
        for wrong in [&b""[..], &[0x30], &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff], &[0x30, 0x02, 0x02, 0x00]] {
            assert!(Key::of_pkcs8(wrong).is_none());
        }
    }
}
