//! A key for any number of messages.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    digest::{Context, SHA256},
    hkdf::{self, HKDF_SHA256, Prk},
};

use crate::{DataKey, KEY_BYTES, NotOpened};

/// Seals each message with an AES-256-GCM key of its own, derived from this one and the first half of a 24-byte nonce;
/// the second half is AES-GCM's. So random nonces do not collide before 2^80 messages, where AES-GCM alone asks for
/// another key after 2^32 (NIST SP 800-38D, 8.3). The construction is that of XAES-256-GCM, with HKDF-SHA256.
#[derive(Clone)]
pub struct MessageKey(Prk);

/// Bytes of a nonce.
pub(crate) const NONCE_BYTES: usize = 24;

struct Len(usize);

impl hkdf::KeyType for Len {
    fn len(&self) -> usize {
        self.0
    }
}

/// 32 bytes derived from `prk` for `info`.
pub(crate) fn expand(prk: &Prk, info: &[&[u8]]) -> zeroize::Zeroizing<[u8; KEY_BYTES]> {
    let mut out = zeroize::Zeroizing::new([0; KEY_BYTES]);
    let filled = prk.expand(info, Len(KEY_BYTES)).and_then(|okm| okm.fill(&mut out[..]));
    assert!(filled.is_ok(), "HKDF-SHA256 gives 32 bytes");
    out
}

/// A nonce for a message of these parts, made of `salt`: for who must give the same bytes when it runs again. The salt
/// is random, secret and used for one run and its repetitions; then other parts have another nonce.
pub fn nonce_of(salt: &[u8; NONCE_BYTES], parts: &[&[u8]]) -> [u8; NONCE_BYTES] {
    let mut digest = Context::new(&SHA256);
    digest.update(salt);
    for part in parts {
        digest.update(&(part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let mut nonce = [0; NONCE_BYTES];
    nonce.copy_from_slice(&digest.finish().as_ref()[..NONCE_BYTES]);
    nonce
}

impl MessageKey {
    /// How many bytes a nonce has.
    pub const NONCE_BYTES: usize = NONCE_BYTES;

    /// The key in `bytes`, which must be uniformly random: 32 of them.
    pub fn new(bytes: &[u8; KEY_BYTES]) -> Self {
        Self(Prk::new_less_safe(HKDF_SHA256, bytes))
    }

    fn of_message(&self, nonce: &[u8; NONCE_BYTES]) -> (LessSafeKey, Nonce) {
        let (salt, rest) = nonce.split_at(NONCE_BYTES - NONCE_LEN);
        let key = expand(&self.0, &[b"message", salt]);
        let key = UnboundKey::new(&AES_256_GCM, &key[..]).expect("the key has its length");
        let nonce = Nonce::try_assume_unique_for_key(rest).expect("the nonce has its length");
        (LessSafeKey::new(key), nonce)
    }

    /// The ciphertext of `plain` and its tag, bound to `aad`. The nonce is random, or used once.
    ///
    /// # Panics
    /// For more than 64 GiB.
    pub fn seal(&self, nonce: &[u8; NONCE_BYTES], aad: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(plain.len() + crate::TAG_BYTES);
        out.extend_from_slice(plain);
        let (key, nonce) = self.of_message(nonce);
        let sealed = key.seal_in_place_append_tag(nonce, Aad::from(aad), &mut out);
        assert!(sealed.is_ok(), "AES-GCM seals up to 64 GiB");
        out
    }

    /// Appends the nonce and what [`MessageKey::seal`] gives for it to `out`: no other memory is taken.
    ///
    /// # Panics
    /// For more than 64 GiB.
    pub fn seal_onto(&self, nonce: &[u8; NONCE_BYTES], aad: &[u8], plain: &[u8], out: &mut Vec<u8>) {
        out.reserve(NONCE_BYTES + plain.len() + crate::TAG_BYTES);
        out.extend_from_slice(nonce);
        let begins = out.len();
        out.extend_from_slice(plain);
        let (key, nonce) = self.of_message(nonce);
        let tag = key.seal_in_place_separate_tag(nonce, Aad::from(aad), &mut out[begins..]);
        out.extend_from_slice(tag.expect("AES-GCM seals up to 64 GiB").as_ref());
    }

    /// Opens what [`MessageKey::seal_onto`] appended.
    pub fn open_with_nonce(&self, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, NotOpened> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(NotOpened::Malformed)?;
        self.open(nonce, aad, sealed)
    }

    /// A key for bulk bytes, derived from this one for `name`: never the same for two names.
    pub fn data_key(&self, name: &[u8]) -> DataKey {
        DataKey::new(&expand(&self.0, &[b"bulk ", name]))
    }

    /// What was sealed.
    pub fn open(&self, nonce: &[u8; NONCE_BYTES], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, NotOpened> {
        let mut bytes = sealed.to_vec();
        let (key, nonce) = self.of_message(nonce);
        let len = key.open_in_place(nonce, Aad::from(aad), &mut bytes).map_err(|_| NotOpened::Changed)?.len();
        bytes.truncate(len);
        Ok(bytes)
    }
}

impl std::fmt::Debug for MessageKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MessageKey(..)")
    }
}
