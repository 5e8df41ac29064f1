//! Format 1 of a blob's file, and where in it each byte of the blob lies. Pure.
//!
//! ```text
//! head 48   magic "kumikiB1"  format u8  layout u8  0 u16  chunk length u32  blob id 16  0 x12  crc32c u32
//! chunk 48  crc32c of the stored bytes u32  crc32c of blob id and this header u32  number u64  stored length u32
//!           cipher u8  0 x3  seal 20  0 u32
//!           then the stored bytes; every chunk but the last holds exactly the chunk length
//! ...
//! foot 48   magic "kumikiF1"  blob id 16  length u64  chunks u64  chained crc32c of the chunks u32  crc32c u32
//! ```
//! Cipher 0: the stored bytes are the blob's own, and the seal is 0. Cipher 1: they are encrypted with AES-256-GCM
//! (`cipher.rs`), and the seal is the tag, 16 bytes, and what the nonce begins with, 4. Checksums are those of the
//! stored bytes, so that damage is found without a key.
//!
//! Layout 1 is a file for each shard of a blob; the 12 bytes of its head begin with its number and with how many shards
//! have data and parity (`shape.rs`).
//!
//! Numbers are little endian; fields written as 0 are refused with any other value. The checksum of a chunk covers
//! the blob's id and the chunk's number, so that a chunk in the wrong place is damage, too.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{BlobId, error::Place};

/// The format that is written.
pub(crate) const FORMAT: u8 = 1;
/// The whole blob in one file on one drive.
pub(crate) const LAYOUT_WHOLE: u8 = 0;
/// The blob in shards, a file each, over the drives (`shape.rs`).
pub(crate) const LAYOUT_SHARDS: u8 = 1;
/// Stored bytes are the blob's own bytes.
const CIPHER_NONE: u8 = 0;
/// Stored bytes are encrypted with AES-256-GCM, each chunk by itself.
const CIPHER_GCM: u8 = 1;
/// Where in a chunk's header the seal stands.
const SEAL: Range<usize> = 24..44;

/// Contents bytes of a chunk, for blobs written from now on; readers go by the handle. Half as much costs the same
/// CPU (measured, both ways) and gives twice as many pieces to send.
pub(crate) const CHUNK_LEN: usize = 128 << 10;
/// Readable chunk lengths.
const CHUNK_LENS: Range<u32> = 1..(1 << 20) + 1;

/// Above any length that is ever written, and low enough to calculate with, even in chunks of one byte.
pub(crate) const LEN_MAX: u64 = 1 << 56;

pub(crate) const HEAD: usize = 48;
pub(crate) const CHUNK_HEAD: usize = 48;
pub(crate) const FOOT: usize = 48;

const HEAD_MAGIC: &[u8; 8] = b"kumikiB1";
const FOOT_MAGIC: &[u8; 8] = b"kumikiF1";

/// A durable blob: what its owner's record keeps, and all that a reader needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Handle {
    /// The blob's name.
    pub id: BlobId,
    /// Length of the contents in bytes.
    pub len: u64,
    /// Contents bytes per chunk (the last may hold fewer).
    pub chunk_len: u32,
    pub(crate) format: u8,
    pub(crate) layout: u8,
    pub(crate) crc: u32,
}

impl Handle {
    pub(crate) fn chunks(&self) -> u64 {
        self.len.div_ceil(u64::from(self.chunk_len))
    }

    /// Where the header of a chunk begins in the file.
    pub(crate) fn chunk_at(&self, number: u64) -> u64 {
        HEAD as u64 + number * (CHUNK_HEAD as u64 + u64::from(self.chunk_len))
    }

    /// Contents bytes of a chunk; 0 past the last.
    pub(crate) fn chunk_bytes(&self, number: u64) -> usize {
        let start = number.saturating_mul(u64::from(self.chunk_len));
        self.len.saturating_sub(start).min(u64::from(self.chunk_len)) as usize
    }

    /// The numbers of the chunks that hold a range of the contents.
    pub(crate) fn chunks_of(&self, range: &Range<u64>) -> Range<u64> {
        if range.is_empty() {
            return 0..0;
        }
        let chunk = u64::from(self.chunk_len);
        range.start / chunk..range.end.div_ceil(chunk)
    }

    /// The part of the file that the byte at `offset` belongs to.
    pub(crate) fn place_at(&self, offset: u64) -> Place {
        match offset.checked_sub(HEAD as u64).map(|o| o / (CHUNK_HEAD as u64 + u64::from(self.chunk_len))) {
            None => Place::Head,
            Some(number) if number < self.chunks() && offset < self.file_len() - FOOT as u64 => {
                Place::Chunk(number)
            }
            Some(_) => Place::Foot,
        }
    }

    /// Length of the file.
    pub(crate) fn file_len(&self) -> u64 {
        file_len(self.len, u64::from(self.chunk_len))
    }

    /// Refuses what this version cannot read.
    pub(crate) fn check(&self) -> Result<(), Wrong> {
        match (self.format, self.layout) {
            (FORMAT, LAYOUT_WHOLE | LAYOUT_SHARDS) => {}
            (FORMAT, other) => return Err(Wrong::Unknown("layout", other)),
            (other, _) => return Err(Wrong::Unknown("format", other)),
        }
        let possible = CHUNK_LENS.contains(&self.chunk_len) && self.len <= LEN_MAX;
        if possible { Ok(()) } else { Err(Wrong::Damaged(Place::Head, "the handle's lengths")) }
    }
}

/// Length of the file of a blob of `len` bytes.
pub(crate) fn file_len(len: u64, chunk_len: u64) -> u64 {
    HEAD as u64 + len + len.div_ceil(chunk_len) * CHUNK_HEAD as u64 + FOOT as u64
}

/// Why stored bytes are not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wrong {
    Damaged(Place, &'static str),
    Unknown(&'static str, u8),
}

fn known(format: u8, layout: u8, wanted: u8) -> Result<(), Wrong> {
    match format {
        FORMAT if layout == wanted => Ok(()),
        FORMAT => Err(Wrong::Unknown("layout", layout)),
        other => Err(Wrong::Unknown("format", other)),
    }
}

pub(crate) fn crc32c(bytes: &[u8]) -> u32 {
    crc_fast::crc32_iscsi(bytes)
}

/// The checksum of all chunks so far, from that of those before and the next chunk's. (Of the checksums and not of
/// the contents: one pass over the bytes is enough, and joining two CRCs of contents costs more than a second pass.)
pub(crate) fn chained(before: u32, chunk: u32) -> u32 {
    let mut both = [0; 8];
    put(&mut both, 0, &before.to_le_bytes());
    put(&mut both, 4, &chunk.to_le_bytes());
    crc32c(&both)
}

pub(crate) fn put(into: &mut [u8], at: usize, bytes: &[u8]) {
    into[at..at + bytes.len()].copy_from_slice(bytes);
}

pub(crate) fn u32_at(from: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(from[at..at + 4].try_into().unwrap_or_default())
}

fn u64_at(from: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(from[at..at + 8].try_into().unwrap_or_default())
}

/// Writes the head of a file into `into`.
pub(crate) fn put_head(into: &mut [u8], id: BlobId, chunk_len: u32) {
    put_head_of(into, id, chunk_len, LAYOUT_WHOLE, [0; 3]);
}

/// Writes the head of a shard's file: which shard it is, and of how many with data and with parity.
pub(crate) fn put_shard_head(into: &mut [u8], id: BlobId, chunk_len: u32, shard: [u8; 3]) {
    put_head_of(into, id, chunk_len, LAYOUT_SHARDS, shard);
}

fn put_head_of(into: &mut [u8], id: BlobId, chunk_len: u32, layout: u8, shard: [u8; 3]) {
    let into = &mut into[..HEAD];
    into.fill(0);
    put(into, 0, HEAD_MAGIC);
    put(into, 8, &[FORMAT, layout]);
    put(into, 32, &shard);
    put(into, 12, &chunk_len.to_le_bytes());
    put(into, 16, &id.0);
    let crc = crc32c(&into[..44]);
    put(into, 44, &crc.to_le_bytes());
}

/// Reads the head of a blob's file and gives the chunk length.
pub(crate) fn take_head(from: &[u8], id: BlobId) -> Result<u32, Wrong> {
    let (chunk_len, shard) = take_head_of(from, id, LAYOUT_WHOLE)?;
    if shard == [0; 3] { Ok(chunk_len) } else { Err(Wrong::Damaged(Place::Head, "reserved field")) }
}

/// Reads the head of a shard's file and gives the chunk length, and which shard it is, of how many with data and parity.
pub(crate) fn take_shard_head(from: &[u8], id: BlobId) -> Result<(u32, [u8; 3]), Wrong> {
    take_head_of(from, id, LAYOUT_SHARDS)
}

fn take_head_of(from: &[u8], id: BlobId, layout: u8) -> Result<(u32, [u8; 3]), Wrong> {
    let wrong = |what| Err(Wrong::Damaged(Place::Head, what));
    if from.len() < HEAD {
        return wrong("cut short");
    }
    if &from[..8] != HEAD_MAGIC {
        return wrong("magic");
    }
    // The checksum comes before the version: a flipped bit there is damage, not the future.
    if crc32c(&from[..44]) != u32_at(from, 44) {
        return wrong("checksum");
    }
    known(from[8], from[9], layout)?;
    if from[16..32] != id.0 {
        return wrong("blob id");
    }
    let chunk_len = u32_at(from, 12);
    if !CHUNK_LENS.contains(&chunk_len) {
        return wrong("chunk length");
    }
    if from[10..12] != [0; 2] || from[35..44] != [0; 9] {
        return wrong("reserved field");
    }
    Ok((chunk_len, [from[32], from[33], from[34]]))
}

/// Writes a chunk's header in front of its bytes: `chunk` is room for the header, then the stored bytes, with the seal
/// of those that are encrypted. Gives the CRC-32C of the stored bytes.
pub(crate) fn put_chunk_head(chunk: &mut [u8], id: BlobId, number: u64, seal: Option<&Seal>) -> u32 {
    let (head, bytes) = chunk.split_at_mut(CHUNK_HEAD);
    let crc = crc32c(bytes);
    head.fill(0);
    put(head, 0, &crc.to_le_bytes());
    put(head, 8, &number.to_le_bytes());
    put(head, 16, &(bytes.len() as u32).to_le_bytes());
    match seal {
        None => put(head, 20, &[CIPHER_NONE]),
        Some(seal) => {
            put(head, 20, &[CIPHER_GCM]);
            put(head, SEAL.start, &seal.tag);
            put(head, SEAL.start + seal.tag.len(), &seal.prefix);
        }
    }
    let covered = head_crc(head, id);
    put(head, 4, &covered.to_le_bytes());
    crc
}

fn head_crc(head: &[u8], id: BlobId) -> u32 {
    let mut covered = [0; 16 + CHUNK_HEAD - 4];
    put(&mut covered, 0, &id.0);
    put(&mut covered, 16, &head[..4]);
    put(&mut covered, 20, &head[8..CHUNK_HEAD]);
    crc32c(&covered)
}

/// What an encrypted chunk's header says of its seal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Seal {
    /// What AES-GCM gives beside the ciphertext.
    pub(crate) tag: [u8; seal::TAG_BYTES],
    /// What the nonces of the blob begin with.
    pub(crate) prefix: [u8; 4],
}

/// The seal in the header of a chunk that was checked; none where it is not encrypted.
pub(crate) fn seal_of(head: &[u8]) -> Option<Seal> {
    (head[20] == CIPHER_GCM).then(|| Seal {
        tag: head[24..40].try_into().unwrap_or_default(),
        prefix: head[40..44].try_into().unwrap_or_default(),
    })
}

/// Checks a chunk, header and stored bytes; `chunk` must be exactly as long as that chunk of that blob. Gives the
/// CRC-32C of the stored bytes, and their seal where they are encrypted.
pub(crate) fn check_chunk(chunk: &[u8], id: BlobId, number: u64) -> Result<(u32, Option<Seal>), Wrong> {
    let wrong = |what| Err(Wrong::Damaged(Place::Chunk(number), what));
    if chunk.len() < CHUNK_HEAD {
        return wrong("cut short");
    }
    let (head, bytes) = chunk.split_at(CHUNK_HEAD);
    if head_crc(head, id) != u32_at(head, 4) {
        return wrong("header checksum");
    }
    if head[20] > CIPHER_GCM {
        return Err(Wrong::Unknown("cipher", head[20]));
    }
    let seal = seal_of(head);
    if u64_at(head, 8) != number || u32_at(head, 16) as usize != bytes.len() {
        return wrong("number or length");
    }
    let unused = if seal.is_some() { SEAL.end } else { SEAL.start };
    if head[21..SEAL.start].iter().chain(&head[unused..CHUNK_HEAD]).any(|b| *b != 0) {
        return wrong("reserved field");
    }
    let crc = crc32c(bytes);
    if crc == u32_at(head, 0) { Ok((crc, seal)) } else { wrong("checksum") }
}

/// Writes the foot of a file into `into`.
pub(crate) fn put_foot(into: &mut [u8], handle: &Handle) {
    let into = &mut into[..FOOT];
    put(into, 0, FOOT_MAGIC);
    put(into, 8, &handle.id.0);
    put(into, 24, &handle.len.to_le_bytes());
    put(into, 32, &handle.chunks().to_le_bytes());
    put(into, 40, &handle.crc.to_le_bytes());
    let crc = crc32c(&into[..44]);
    put(into, 44, &crc.to_le_bytes());
}

/// Reads the foot of a blob's file and gives the blob's handle.
pub(crate) fn take_foot(from: &[u8], id: BlobId, chunk_len: u32, layout: u8) -> Result<Handle, Wrong> {
    let wrong = |what| Err(Wrong::Damaged(Place::Foot, what));
    if from.len() < FOOT {
        return wrong("cut short");
    }
    if &from[..8] != FOOT_MAGIC {
        return wrong("magic");
    }
    if crc32c(&from[..44]) != u32_at(from, 44) {
        return wrong("checksum");
    }
    if from[8..24] != id.0 {
        return wrong("blob id");
    }
    let (len, crc) = (u64_at(from, 24), u32_at(from, 40));
    let handle = Handle { id, len, chunk_len, format: FORMAT, layout, crc };
    if len <= LEN_MAX && u64_at(from, 32) == handle.chunks() { Ok(handle) } else { wrong("chunk count") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: BlobId = BlobId([7; 16]);

    /// The head of a file with one byte set and the checksum made to fit.
    fn head_with(at: usize, byte: u8) -> [u8; HEAD] {
        let mut head = [0; HEAD];
        put_head(&mut head, ID, CHUNK_LEN as u32);
        head[at] = byte;
        let crc = crc32c(&head[..44]);
        put(&mut head, 44, &crc.to_le_bytes());
        head
    }

    fn chunk_with(at: usize, byte: u8) -> Vec<u8> {
        let mut chunk = vec![1; CHUNK_HEAD + 100];
        put_chunk_head(&mut chunk, ID, 3, None);
        chunk[at] = byte;
        let crc = head_crc(&chunk[..CHUNK_HEAD], ID);
        put(&mut chunk, 4, &crc.to_le_bytes());
        chunk
    }

    #[test]
    fn what_a_later_version_wrote_is_refused_by_name() {
        assert_eq!(take_head(&head_with(8, FORMAT), ID), Ok(CHUNK_LEN as u32));
        assert_eq!(take_head(&head_with(8, 2), ID), Err(Wrong::Unknown("format", 2)));
        assert_eq!(take_head(&head_with(9, 1), ID), Err(Wrong::Unknown("layout", 1)));
        assert!(check_chunk(&chunk_with(20, CIPHER_NONE), ID, 3).is_ok());
        assert_eq!(check_chunk(&chunk_with(20, 2), ID, 3), Err(Wrong::Unknown("cipher", 2)));
        let handle = Handle { id: ID, len: 1, chunk_len: 1, format: 9, layout: 0, crc: 0 };
        assert_eq!(handle.check(), Err(Wrong::Unknown("format", 9)));
    }

    #[test]
    fn reserved_fields_are_refused_even_where_the_checksum_fits() {
        for at in (10..12).chain(32..44) {
            assert_eq!(take_head(&head_with(at, 1), ID), Err(Wrong::Damaged(Place::Head, "reserved field")));
        }
        for at in 21..CHUNK_HEAD {
            let refused = check_chunk(&chunk_with(at, 1), ID, 3);
            assert_eq!(refused, Err(Wrong::Damaged(Place::Chunk(3), "reserved field")));
        }
    }

    #[test]
    fn a_chunk_holds_in_its_own_place_only() {
        let chunk = chunk_with(20, CIPHER_NONE);
        let wrong = |what| Err(Wrong::Damaged(Place::Chunk(3), what));
        assert_eq!(check_chunk(&chunk, BlobId([8; 16]), 3), wrong("header checksum"));
        assert_eq!(check_chunk(&chunk[..CHUNK_HEAD + 99], ID, 3), wrong("number or length"));
        assert!(matches!(check_chunk(&chunk, ID, 4), Err(Wrong::Damaged(Place::Chunk(4), _))));
    }

    #[test]
    fn lengths_that_cannot_be_are_refused() {
        let sound = Handle { id: ID, len: 10, chunk_len: 4, format: FORMAT, layout: LAYOUT_WHOLE, crc: 5 };
        let mut foot = [0; FOOT];
        put_foot(&mut foot, &sound);
        assert_eq!(take_foot(&foot, ID, 4, LAYOUT_WHOLE), Ok(sound));
        assert_eq!(take_foot(&foot, ID, 3, LAYOUT_WHOLE), Err(Wrong::Damaged(Place::Foot, "chunk count")));
        for bad in [Handle { len: u64::MAX, ..sound }, Handle { chunk_len: 0, ..sound }] {
            assert!(bad.check().is_err());
        }
        put_foot(&mut foot, &Handle { len: u64::MAX, ..sound });
        assert!(take_foot(&foot, ID, 4, LAYOUT_WHOLE).is_err());
    }

    #[test]
    fn every_byte_of_a_file_has_its_place() {
        let handle = Handle { id: ID, len: 10, chunk_len: 4, format: FORMAT, layout: LAYOUT_WHOLE, crc: 0 };
        let stride = (CHUNK_HEAD + 4) as u64;
        let places: Vec<Place> = (0..handle.file_len()).map(|at| handle.place_at(at)).collect();
        for number in 0..3 {
            let held = places.iter().filter(|p| **p == Place::Chunk(number)).count();
            assert_eq!(held, CHUNK_HEAD + handle.chunk_bytes(number));
            assert_eq!(places[handle.chunk_at(number) as usize], Place::Chunk(number));
        }
        assert_eq!(handle.chunk_at(1) - handle.chunk_at(0), stride);
        assert_eq!(places.iter().filter(|p| **p == Place::Head).count(), HEAD);
        assert_eq!(places.iter().filter(|p| **p == Place::Foot).count(), FOOT);
    }
}
