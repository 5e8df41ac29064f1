//! Encrypted chunks: AES-256-GCM with a key of the blob's own, which is derived from its owner's key for its id.
//!
//! The nonce of a chunk is four random bytes of the blob and the chunk's number, so that none comes twice under one key.
//! Blob, number, and whether it is the last are bound to each chunk: chunks that were swapped, moved to another blob or
//! cut off at the end do not open, even if all checksums were made to fit.

use env::Random;
use seal::{DataKey, MessageKey};

use crate::{
    BlobId,
    error::Place,
    format::{self, CHUNK_HEAD, Seal, Wrong},
};

/// What encrypts the chunks of one blob.
pub(crate) struct Cipher {
    key: DataKey,
    id: BlobId,
    prefix: [u8; 4],
}

/// How chunks that are read are opened.
#[derive(Clone)]
pub(crate) enum Opening {
    /// They are not encrypted.
    Plain,
    /// With this key.
    Key(DataKey),
    /// Not at all: only their stored bytes matter.
    Not,
}

impl Cipher {
    /// For a blob that is being written.
    pub(crate) fn new(owner: &MessageKey, id: BlobId, random: &Random) -> Self {
        let mut prefix = [0; 4];
        random.fill(&mut prefix);
        Self { key: owner.data_key(&id.0), id, prefix }
    }

    /// Encrypts a chunk behind the room for its header, and writes the header. Gives the CRC-32C of the stored bytes.
    pub(crate) fn put_chunk(&self, chunk: &mut [u8], number: u64, last: bool) -> u32 {
        let aad = bound_to(self.id, number, last);
        let tag = self.key.seal_in_place(nonce(self.prefix, number), &aad, &mut chunk[CHUNK_HEAD..]);
        format::put_chunk_head(chunk, self.id, number, Some(&Seal { tag, prefix: self.prefix }))
    }
}

impl Opening {
    /// Opens a chunk whose checksums hold. Behind its bytes `chunk` has room for the tag.
    pub(crate) fn open(
        &self,
        chunk: &mut [u8],
        seal: Option<Seal>,
        id: BlobId,
        number: u64,
        last: bool,
    ) -> Result<(), Wrong> {
        let wrong = |what| Err(Wrong::Damaged(Place::Chunk(number), what));
        match (self, seal) {
            (Self::Not, _) | (Self::Plain, None) => Ok(()),
            // Whoever can write files must not be able to slip in bytes that no key has seen.
            (Self::Key(_), None) => wrong("not encrypted"),
            (Self::Plain, Some(_)) => wrong("encrypted, and the owner has no key"),
            (Self::Key(key), Some(seal)) => {
                let room = chunk.len() - seal.tag.len();
                chunk[room..].copy_from_slice(&seal.tag);
                let aad = bound_to(id, number, last);
                match key.open_in_place(nonce(seal.prefix, number), &aad, chunk) {
                    Ok(_) => Ok(()),
                    Err(_) => wrong("not what was encrypted"),
                }
            }
        }
    }
}

fn nonce(prefix: [u8; 4], number: u64) -> [u8; DataKey::NONCE_BYTES] {
    let mut nonce = [0; DataKey::NONCE_BYTES];
    nonce[..4].copy_from_slice(&prefix);
    nonce[4..].copy_from_slice(&number.to_be_bytes());
    nonce
}

fn bound_to(id: BlobId, number: u64, last: bool) -> [u8; 25] {
    let mut aad = [0; 25];
    aad[..16].copy_from_slice(&id.0);
    aad[16..24].copy_from_slice(&number.to_be_bytes());
    aad[24] = u8::from(last);
    aad
}
