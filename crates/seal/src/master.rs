//! The master key and what it seals.

use std::{collections::HashMap, fmt, sync::Arc};

use aws_lc_rs::hkdf::{HKDF_SHA256, Prk, Salt};
use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use env::Random;
use parking_lot::RwLock;
use zeroize::Zeroizing;

use crate::{
    KEY_BYTES, NotOpened,
    message_key::{MessageKey, NONCE_BYTES, expand},
};

/// The 32 bytes of a master key.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; KEY_BYTES]>);

impl MasterKey {
    /// A new one.
    pub fn random(random: &Random) -> Self {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        random.fill(&mut bytes[..]);
        Self(bytes)
    }

    /// Reads base64 (44 characters, or 43 without padding; also its URL-safe form) or hex (64 digits). White space
    /// around it does not count. `None` for everything else: the text is secret and appears in no message.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let read = if text.len() == 2 * KEY_BYTES {
            hex::decode(text).ok()
        } else {
            let lenient =
                GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
            let of = |alphabet| GeneralPurpose::new(alphabet, lenient).decode(text).ok();
            of(&alphabet::STANDARD).or_else(|| of(&alphabet::URL_SAFE))
        };
        let read = Zeroizing::new(read?);
        Self::of(&read)
    }

    /// The key in `bytes`; `None` where they are not 32.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0[..]
    }

    fn prk(&self) -> Prk {
        Salt::new(HKDF_SHA256, b"kumiki master key 1").extract(&self.0[..])
    }

    /// Its name.
    pub fn id(&self) -> KeyId {
        KeyId::of(&self.prk())
    }

    /// As base64.
    pub(crate) fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(base64::engine::general_purpose::STANDARD.encode(&self.0[..]))
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

/// The name of a master key: derived from it, and telling nothing of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyId(pub(crate) [u8; KEY_ID_BYTES]);

const KEY_ID_BYTES: usize = 8;

impl KeyId {
    fn of(prk: &Prk) -> Self {
        let mut id = [0; KEY_ID_BYTES];
        id.copy_from_slice(&expand(prk, &[b"id"])[..KEY_ID_BYTES]);
        Self(id)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// The format of what is sealed: this byte, the key's id, the nonce, the ciphertext with its tag.
const FORMAT: u8 = 1;
const HEAD_BYTES: usize = 1 + KEY_ID_BYTES;

/// Derived keys that are kept. Purposes are a handful of words in the source.
const PURPOSES_MAX: usize = 64;

/// The master key in use. Cheap to clone.
#[derive(Clone)]
pub struct Master(Arc<Inner>);

struct Inner {
    id: KeyId,
    prk: Prk,
    random: Random,
    derived: RwLock<HashMap<String, MessageKey>>,
}

impl Master {
    /// Seals with `key`; nonces are drawn from `random`.
    pub fn new(key: &MasterKey, random: &Random) -> Self {
        let prk = key.prk();
        Self(Arc::new(Inner { id: KeyId::of(&prk), prk, random: random.clone(), derived: RwLock::default() }))
    }

    /// With a key that nobody else has and that ends with the process.
    pub fn ephemeral(random: &Random) -> Self {
        Self::new(&MasterKey::random(random), random)
    }

    /// The name of the key.
    pub fn id(&self) -> KeyId {
        self.0.id
    }

    /// Seals `plain` for `purpose` (a word of the caller's own: what one has sealed another does not open), bound to `aad`
    /// (the name of the record that it stands in, so that sealed bytes cannot be moved to another).
    pub fn seal(&self, purpose: &str, aad: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        self.0.random.fill(&mut nonce);
        let sealed = self.key_for(purpose).seal(&nonce, aad, plain);
        let mut out = Vec::with_capacity(HEAD_BYTES + NONCE_BYTES + sealed.len());
        out.push(FORMAT);
        out.extend_from_slice(&self.0.id.0);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        out
    }

    /// Opens what [`Master::seal`] made for the same purpose and `aad`.
    pub fn open(&self, purpose: &str, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
        let (head, rest) = sealed.split_first_chunk::<HEAD_BYTES>().ok_or(NotOpened::Malformed)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(NotOpened::Malformed)?;
        if head[0] != FORMAT {
            return Err(NotOpened::Malformed);
        }
        if head[1..] != self.0.id.0 {
            return Err(NotOpened::OtherKey);
        }
        self.key_for(purpose).open(nonce, aad, sealed).map(Zeroizing::new)
    }

    /// A new random key, sealed as [`Master::seal`] seals: for the record of what is to be encrypted with it.
    pub fn new_key(&self, purpose: &str, aad: &[u8]) -> Vec<u8> {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        self.0.random.fill(&mut key[..]);
        self.seal(purpose, aad, &key[..])
    }

    /// The key that [`Master::new_key`] made.
    pub fn open_key(&self, purpose: &str, aad: &[u8], sealed: &[u8]) -> Result<MessageKey, NotOpened> {
        let key = self.open(purpose, aad, sealed)?;
        key.as_slice().try_into().map(MessageKey::new).map_err(|_| NotOpened::Malformed)
    }

    /// The key of a purpose, for who draws the nonces: what it seals is no message of [`Master::seal`], so the purpose
    /// must be another.
    pub fn key_for(&self, purpose: &str) -> MessageKey {
        if let Some(key) = self.0.derived.read().get(purpose) {
            return key.clone();
        }
        let key = MessageKey::new(&expand(&self.0.prk, &[b"purpose ", purpose.as_bytes()]));
        let mut derived = self.0.derived.write();
        if derived.len() < PURPOSES_MAX {
            derived.insert(purpose.to_owned(), key.clone());
        }
        key
    }
}

impl fmt::Debug for Master {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Master({})", self.0.id)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::DataKey;

    fn master(seed: u64) -> Master {
        Master::ephemeral(&Random::seeded(seed))
    }

    proptest! {
        #[test]
        fn what_is_sealed_is_opened(purpose in ".{0,12}", aad in any::<Vec<u8>>(), plain in any::<Vec<u8>>()) {
            let master = master(1);
            let sealed = master.seal(&purpose, &aad, &plain);
            prop_assert_eq!(&master.open(&purpose, &aad, &sealed).unwrap()[..], &plain[..]);
            prop_assert_ne!(master.seal(&purpose, &aad, &plain), sealed, "no nonce is used twice");
        }

        #[test]
        fn what_was_changed_is_not_opened(
            plain in any::<Vec<u8>>(), at in any::<prop::sample::Index>(), with in 1..=255_u8,
        ) {
            let master = master(2);
            let mut sealed = master.seal("p", b"a", &plain);
            let at = at.index(sealed.len());
            sealed[at] ^= with;
            prop_assert!(master.open("p", b"a", &sealed).is_err());
        }

        #[test]
        fn any_bytes_are_refused(bytes in any::<Vec<u8>>()) {
            prop_assert!(master(3).open("p", b"", &bytes).is_err());
        }

        #[test]
        fn texts_of_keys_are_read(bytes in any::<[u8; 32]>(), junk in ".{0,70}") {
            let key = MasterKey(Zeroizing::new(bytes));
            let hex = hex::encode(bytes);
            let base64 = key.text();
            let url = base64.replace('+', "-").replace('/', "_");
            for text in [&base64[..], &hex, &hex.to_uppercase(), &url, url.trim_end_matches('='), &format!(" {hex}\n")] {
                prop_assert_eq!(*MasterKey::parse(text).unwrap().0, bytes, "{}", text);
            }
            let _ = MasterKey::parse(&junk);
        }

        #[test]
        fn keys_made_for_records_open_what_they_seal(
            nonce in any::<[u8; 24]>(), aad in any::<Vec<u8>>(), plain in any::<Vec<u8>>(), before in any::<Vec<u8>>(),
        ) {
            let master = master(6);
            let sealed = master.new_key("bucket", b"7");
            prop_assert_ne!(&master.new_key("bucket", b"7"), &sealed);
            prop_assert!(master.open_key("bucket", b"8", &sealed).is_err());
            let key = master.open_key("bucket", b"7", &sealed).unwrap();
            let mut out = before.clone();
            key.seal_onto(&nonce, &aad, &plain, &mut out);
            prop_assert_eq!(&out[..before.len()], &before[..]);
            let message = &out[before.len()..];
            prop_assert_eq!(&message[24..], &key.seal(&nonce, &aad, &plain)[..]);
            prop_assert_eq!(key.open_with_nonce(&aad, message).unwrap(), plain);
            prop_assert_eq!(key.open_with_nonce(&aad, &message[..20]), Err(NotOpened::Malformed));
            let (mut one, mut other) = ([7; 40], [7; 40]);
            let tags = [(b"a", &mut one), (b"b", &mut other)].map(|(name, bytes)| {
                key.data_key(name).seal_in_place([0; 12], b"", bytes)
            });
            prop_assert!(tags[0] != tags[1] && one != other, "each name has its own key");
        }

        #[test]
        fn data_keys_open_what_they_sealed(key in any::<[u8; 32]>(), nonce in any::<[u8; 12]>(), plain in any::<Vec<u8>>()) {
            let key = DataKey::new(&key);
            let mut bytes = plain.clone();
            let tag = key.clone().seal_in_place(nonce, b"aad", &mut bytes);
            bytes.extend_from_slice(&tag);
            let mut copy = bytes.clone();
            prop_assert_eq!(&*key.open_in_place(nonce, b"aad", &mut copy).unwrap(), &plain[..]);
            prop_assert_eq!(key.open_in_place(nonce, b"other", &mut bytes), Err(NotOpened::Changed));
        }
    }

    #[test]
    fn purposes_bindings_and_keys_are_kept_apart() {
        let (one, other) = (master(4), master(5));
        let sealed = one.seal("iam", b"user/ann", b"secret");
        assert_eq!(one.open("kms", b"user/ann", &sealed), Err(NotOpened::Changed));
        assert_eq!(one.open("iam", b"user/bob", &sealed), Err(NotOpened::Changed));
        assert_eq!(other.open("iam", b"user/ann", &sealed), Err(NotOpened::OtherKey));
        assert_ne!(one.id(), other.id());
    }

    #[test]
    fn keys_that_are_none_are_refused() {
        for text in ["", "test", &"0".repeat(63), &"g".repeat(64), &"A".repeat(45)] {
            assert!(MasterKey::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn nothing_shows_a_key() {
        let key = MasterKey(Zeroizing::new([7; 32]));
        let master = Master::new(&key, &Random::seeded(1));
        let shown =
            format!("{key:?} {master:?} {:?} {:?}", DataKey::new(&[7; 32]), MessageKey::new(&[7; 32]));
        assert_eq!(shown, format!("MasterKey(..) Master({}) DataKey(..) MessageKey(..)", master.id()));
    }
}
