//! A bulk key.

use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::{KEY_BYTES, NotOpened, TAG_BYTES};

/// An AES-256-GCM key for chunks and records. Who uses it never uses a nonce twice. Clones share the key, and its memory
/// is cleared with the last of them.
#[derive(Clone)]
pub struct DataKey(Arc<LessSafeKey>);

impl DataKey {
    /// How many bytes a nonce has.
    pub const NONCE_BYTES: usize = NONCE_LEN;

    /// The key in `bytes`.
    ///
    /// # Panics
    /// Never: the length is that of the cipher.
    pub fn new(bytes: &[u8; KEY_BYTES]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, bytes).expect("the key has its length");
        Self(Arc::new(LessSafeKey::new(key)))
    }

    /// Encrypts `bytes` where they stand and answers the tag.
    ///
    /// # Panics
    /// For more than 64 GiB.
    pub fn seal_in_place(&self, nonce: [u8; NONCE_LEN], aad: &[u8], bytes: &mut [u8]) -> [u8; TAG_BYTES] {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = self.0.seal_in_place_separate_tag(nonce, Aad::from(aad), bytes);
        let tag = tag.expect("AES-GCM seals up to 64 GiB");
        tag.as_ref().try_into().expect("the tag has its length")
    }

    /// Decrypts `sealed`, which ends with its tag, where it stands.
    pub fn open_in_place<'a>(
        &self,
        nonce: [u8; NONCE_LEN],
        aad: &[u8],
        sealed: &'a mut [u8],
    ) -> Result<&'a mut [u8], NotOpened> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        self.0.open_in_place(nonce, Aad::from(aad), sealed).map_err(|_| NotOpened::Changed)
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(..)")
    }
}
