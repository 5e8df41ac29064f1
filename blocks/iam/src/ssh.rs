//! SSH public keys, in OpenSSH's form (`ssh-rsa AAAA...`) and as PEM, and from one to the other. RSA only, as AWS
//! takes them ("UploadSSHPublicKey"). Pure.

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest as _, Md5};
use x509_parser::{
    prelude::{FromDer as _, SubjectPublicKeyInfo},
    public_key::PublicKey,
};

use crate::pem;

/// The fewest bits of a modulus.
const BITS_MIN: usize = 2048;
/// The most; larger ones are no keys that anybody uses.
const BITS_MAX: usize = 16_384;
const ALGORITHM: &str = "ssh-rsa";

/// A key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Key {
    exponent: Vec<u8>,
    modulus: Vec<u8>,
}

impl Key {
    /// Reads either form.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.starts_with("-----BEGIN") { Self::of_pem(text) } else { Self::of_line(text) }
    }

    fn new(exponent: &[u8], modulus: &[u8]) -> Option<Self> {
        let plain = |number: &[u8]| number.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<u8>>();
        let key = Self { exponent: plain(exponent), modulus: plain(modulus) };
        let bits = key.modulus.len() * 8 - key.modulus.first()?.leading_zeros() as usize;
        let is_odd = key.exponent.last()? % 2 == 1;
        ((BITS_MIN..=BITS_MAX).contains(&bits) && is_odd && key.exponent.len() <= 8).then_some(key)
    }

    fn of_pem(text: &str) -> Option<Self> {
        let blocks = pem::blocks(text)?;
        let [block] = blocks.as_slice() else { return None };
        let (rest, info) = SubjectPublicKeyInfo::from_der(&block.content).ok()?;
        match info.parsed().ok()? {
            PublicKey::RSA(key) if rest.is_empty() && block.label == "PUBLIC KEY" => {
                Self::new(key.exponent, key.modulus)
            }
            _ => None,
        }
    }

    /// RFC 4253, section 6.6; a comment may follow.
    fn of_line(text: &str) -> Option<Self> {
        let mut words = text.split_ascii_whitespace();
        if words.next()? != ALGORITHM {
            return None;
        }
        let blob = STANDARD.decode(words.next()?).ok()?;
        let (name, rest) = part(&blob)?;
        let (exponent, rest) = part(rest)?;
        let (modulus, rest) = part(rest)?;
        if name != ALGORITHM.as_bytes() || !rest.is_empty() {
            return None;
        }
        Self::new(exponent, modulus)
    }

    fn blob(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.modulus.len() + 32);
        for one in [ALGORITHM.as_bytes(), &unsigned(&self.exponent), &unsigned(&self.modulus)] {
            out.extend((one.len() as u32).to_be_bytes());
            out.extend(one);
        }
        out
    }

    /// `ssh-rsa AAAA...`
    pub(crate) fn line(&self) -> String {
        format!("{ALGORITHM} {}", STANDARD.encode(self.blob()))
    }

    /// A SubjectPublicKeyInfo (RFC 5280) as PEM.
    pub(crate) fn pem(&self) -> String {
        /// rsaEncryption, with the parameter NULL that belongs to it.
        const RSA: &[u8] = &[6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 1, 5, 0];
        let numbers = [der(2, &unsigned(&self.modulus)), der(2, &unsigned(&self.exponent))].concat();
        let bits = [&[0][..], &der(48, &numbers)].concat();
        pem::text("PUBLIC KEY", &der(48, &[der(48, RSA), der(3, &bits)].concat()))
    }

    /// `1f:32:...`: MD5 of what the line has.
    pub(crate) fn fingerprint(&self) -> String {
        Md5::digest(self.blob()).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":")
    }
}

/// A length and that many bytes.
fn part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_be_bytes(*length) as usize)
}

/// A number whose first bit does not say that it is negative.
fn unsigned(number: &[u8]) -> Vec<u8> {
    let sign = number.first().is_some_and(|first| *first >= 128);
    std::iter::repeat_n(0, usize::from(sign)).chain(number.iter().copied()).collect()
}

/// Tag, length, content.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len() as u64;
    let mut out = vec![tag];
    if length < 128 {
        out.push(length as u8);
    } else {
        let bytes = length.to_be_bytes();
        let used = &bytes[(length.leading_zeros() / 8) as usize..];
        out.push(128 | used.len() as u8);
        out.extend(used);
    }
    out.extend(content);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn a_key() -> impl Strategy<Value = Key> {
        (proptest::collection::vec(any::<u8>(), 256..300), prop_oneof![Just(3_u8), Just(17), Just(255)])
            .prop_map(|(mut modulus, exponent)| {
                modulus[0] |= 128;
                Key { exponent: vec![exponent], modulus }
            })
    }

    proptest! {
        #[test]
        fn both_forms_are_one_key(key in a_key()) {
            prop_assert_eq!(key.fingerprint().len(), 47);
            let (line, pem) = (format!("{} a comment", key.line()), key.pem());
            let key = Some(key);
            prop_assert_eq!(&Key::read(&line), &key);
            prop_assert_eq!(&Key::read(&pem), &key);
        }

        #[test]
        fn any_text_is_read_without_panic(text in "(ssh-rsa |AAAAB3NzaC1yc2E|=|[A-Za-z0-9+/]|\\PC){0,60}", blob: Vec<u8>) {
            prop_assert_eq!(Key::read(&text), None);
            let _ = Key::read(&format!("ssh-rsa {}", STANDARD.encode(&blob)));
            let _ = Key::read(&pem::text("PUBLIC KEY", &blob));
        }
    }

    #[test]
    fn short_keys_are_none() {
        let short = Key { exponent: vec![3], modulus: vec![255; 255] };
        assert_eq!(Key::read(&short.line()), None);
        let even = Key { exponent: vec![4], modulus: vec![255; 256] };
        assert_eq!(Key::read(&even.pem()), None);
    }
}
