//! A key for any number of messages.

use std::sync::Arc;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    digest::{Context, SHA256},
    hkdf::{self, HKDF_SHA256, Prk},
};
use env::Random;
use parking_lot::{Mutex, RwLock};

use crate::{DataKey, KEY_BYTES, NotOpened};

/// Seals each message with an AES-256-GCM key derived from this one and the first half of a 24-byte nonce; the second
/// half is AES-GCM's. So random nonces do not collide before 2^80 messages, where AES-GCM alone asks for another key
/// after 2^32 (NIST SP 800-38D, 8.3). The construction is that of XAES-256-GCM, with HKDF-SHA256.
///
/// Deriving a key takes longer than sealing a short message. Therefore [`MessageKey::nonce`] keeps to one first half for
/// as many messages as AES-GCM permits, and the last keys that were derived are kept.
#[derive(Clone)]
pub struct MessageKey(Arc<Inner>);

struct Inner {
    key: Prk,
    run: Mutex<Run>,
    derived: RwLock<Derived>,
}

/// The first half of the nonces that are given out, and how many more may begin with it.
#[derive(Default)]
struct Run {
    salt: Salt,
    left: u32,
}

/// The first half of a nonce.
type Salt = [u8; NONCE_BYTES - NONCE_LEN];

/// Keys that were derived before, and which place is the next one's.
#[derive(Default)]
struct Derived {
    keys: [Option<(Salt, Arc<LessSafeKey>)>; DERIVED_MAX],
    next: usize,
}

/// How many derived keys are kept: what was stored by the last few processes opens without a derivation.
const DERIVED_MAX: usize = 4;

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

/// A nonce for a message of these parts, made of `salt`, of which it keeps the first half: for who must give the same
/// bytes when it runs again. The salt comes from [`MessageKey::nonce`] and is used for one run and its repetitions, its
/// second half is secret; then other parts have another nonce.
pub fn nonce_of(salt: &[u8; NONCE_BYTES], parts: &[&[u8]]) -> [u8; NONCE_BYTES] {
    let mut digest = Context::new(&SHA256);
    digest.update(salt);
    for part in parts {
        digest.update(&(part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    let mut nonce = *salt;
    nonce[NONCE_BYTES - NONCE_LEN..].copy_from_slice(&digest.finish().as_ref()[..NONCE_LEN]);
    nonce
}

impl MessageKey {
    /// How many bytes a nonce has.
    pub const NONCE_BYTES: usize = NONCE_BYTES;

    /// The key in `bytes`, which must be uniformly random: 32 of them.
    pub fn new(bytes: &[u8; KEY_BYTES]) -> Self {
        let key = Prk::new_less_safe(HKDF_SHA256, bytes);
        Self(Arc::new(Inner { key, run: Mutex::default(), derived: RwLock::default() }))
    }

    /// A random nonce that most others that this key gives out share the first half with.
    pub fn nonce(&self, random: &Random) -> [u8; NONCE_BYTES] {
        let mut nonce = [0; NONCE_BYTES];
        random.fill(&mut nonce);
        self.in_run(nonce)
    }

    /// As [`MessageKey::nonce`], of random bytes that were drawn before.
    pub fn in_run(&self, mut nonce: [u8; NONCE_BYTES]) -> [u8; NONCE_BYTES] {
        let salt = &mut nonce[..NONCE_BYTES - NONCE_LEN];
        let mut run = self.0.run.lock();
        if run.left == 0 {
            run.salt.copy_from_slice(salt);
            run.left = u32::MAX;
        } else {
            salt.copy_from_slice(&run.salt);
            run.left -= 1;
        }
        nonce
    }

    fn of_message(&self, nonce: &[u8; NONCE_BYTES]) -> (Arc<LessSafeKey>, Nonce) {
        let (salt, rest) = nonce.split_first_chunk().expect("a salt is shorter than a nonce");
        let nonce = Nonce::try_assume_unique_for_key(rest).expect("the nonce has its length");
        (self.derived(salt), nonce)
    }

    fn derived(&self, salt: &Salt) -> Arc<LessSafeKey> {
        let kept = |derived: &Derived| {
            let found = derived.keys.iter().flatten().find(|(of, _)| of == salt);
            found.map(|(_, key)| key.clone())
        };
        if let Some(key) = kept(&self.0.derived.read()) {
            return key;
        }
        let key = expand(&self.0.key, &[b"message", salt]);
        let key = UnboundKey::new(&AES_256_GCM, &key[..]).expect("the key has its length");
        let key = Arc::new(LessSafeKey::new(key));
        let mut derived = self.0.derived.write();
        let at = derived.next;
        derived.keys[at] = Some((*salt, key.clone()));
        derived.next = (at + 1) % DERIVED_MAX;
        key
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
        DataKey::new(&expand(&self.0.key, &[b"bulk ", name]))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> MessageKey {
        MessageKey::new(&[7; 32])
    }

    #[test]
    fn nonces_share_their_first_half_and_differ() {
        let (key, random) = (key(), Random::seeded(1));
        let (one, other) = (key.nonce(&random), key.clone().nonce(&random));
        assert_eq!(one[..12], other[..12]);
        assert_ne!(one[12..], other[12..]);
        assert_ne!(MessageKey::new(&[7; 32]).nonce(&random)[..12], one[..12]);
        key.0.run.lock().left = 0;
        assert_ne!(key.nonce(&random)[..12], one[..12]);
    }

    #[test]
    fn a_repetition_has_the_same_nonce_and_other_parts_have_another() {
        let salt = key().nonce(&Random::seeded(1));
        let nonce = nonce_of(&salt, &[b"a", b"bc"]);
        assert_eq!(nonce, nonce_of(&salt, &[b"a", b"bc"]));
        assert_eq!(nonce[..12], salt[..12]);
        assert_ne!(nonce, nonce_of(&salt, &[b"ab", b"c"]));
    }

    proptest! {
        /// Keys that are kept are those that would be derived, whichever were kept before.
        #[test]
        fn what_one_key_seals_another_of_the_same_bytes_opens(salts in proptest::collection::vec(0u8..8, 1..40)) {
            let (kept, random) = (key(), Random::seeded(2));
            for salt in salts {
                let mut nonce = kept.nonce(&random);
                nonce[..12].fill(salt);
                let mut sealed = Vec::new();
                kept.seal_onto(&nonce, b"aad", b"plain", &mut sealed);
                prop_assert_eq!(key().open_with_nonce(b"aad", &sealed).unwrap(), b"plain");
                prop_assert_eq!(kept.open_with_nonce(b"aad", &sealed).unwrap(), b"plain");
                prop_assert!(kept.open_with_nonce(b"aae", &sealed).is_err());
            }
        }
    }
}
