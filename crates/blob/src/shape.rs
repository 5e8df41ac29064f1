//! How a blob lies over the drives, and the arithmetic of its parity. Pure.
//!
//! Chunks stand in stripes: `data` chunks one after another, the last stripe with as many as are left. Chunk `i` of each
//! stripe is in shard `i`, a file on one drive; shards from `data` on hold parity. A shard's file is one of format 1:
//! head, its chunks, and the foot of the whole blob, so that any `data` of the shards tell all of it.
//!
//! Parity is computed over what is stored, the ciphertext: over bytes 16 to 48 of each chunk's header (length, cipher,
//! seal) and its bytes, filled up with zeros to the longest of the stripe. A chunk that is lost comes back from that with
//! its seal, and its number and checksums are made anew. A parity chunk's number has the highest bit set.

use reed_solomon_simd::{ReedSolomonDecoder, ReedSolomonEncoder};

use parking_lot::Mutex;

use crate::{
    BlobId, Handle,
    format::{self, CHUNK_HEAD, CHUNK_LEN, FOOT, HEAD, Wrong, u32_at},
};

/// How many shards hold data and how many parity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Shape {
    pub(crate) data: usize,
    pub(crate) parity: usize,
}

/// From here on a chunk's header is covered by parity.
pub(crate) const COVERED: usize = 16;
const PARITY_BIT: u64 = 1 << 63;
/// Contents bytes of a stripe, at most: a writer and a reader hold two stripes, under 3 MiB with their parity.
const STRIPE_BYTES_MAX: usize = 512 << 10;

/// A chunk in a shard's file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    /// The number in its header.
    pub(crate) number: u64,
    /// Where its header begins in the file.
    pub(crate) at: u64,
    /// Its length with the header; 0 where the shard has no chunk in this stripe.
    pub(crate) len: usize,
}

impl Shape {
    pub(crate) fn shards(self) -> usize {
        self.data + self.parity
    }

    /// Contents bytes of a chunk of a blob with more than one stripe.
    pub(crate) fn chunk_len(self) -> usize {
        let mut len = CHUNK_LEN;
        while len * self.data > STRIPE_BYTES_MAX {
            len /= 2;
        }
        len
    }

    /// The chunk length of a blob of `len` bytes, all of which are in the first stripe: even shares.
    pub(crate) fn chunk_len_of_one(self, len: usize) -> usize {
        len.div_ceil(self.data).max(1)
    }

    /// The slot of a shard: another one for each blob, so that data and parity are spread evenly.
    pub(crate) fn slot(self, id: BlobId, shard: usize) -> usize {
        (shard + usize::from(id.0[15])) % self.shards()
    }

    pub(crate) fn stripes(self, handle: &Handle) -> u64 {
        handle.chunks().div_ceil(self.data as u64)
    }

    /// Bytes over which a stripe's parity goes, of each chunk: even, as the code wants it.
    pub(crate) fn unit(self, handle: &Handle, stripe: u64) -> usize {
        unit_of(handle.chunk_bytes(stripe * self.data as u64))
    }

    /// The chunk of a stripe in a shard's file.
    pub(crate) fn place(self, handle: &Handle, stripe: u64, shard: usize) -> Place {
        let (data, chunk) = (self.data as u64, handle.chunk_len as usize);
        let at = |stride: usize| HEAD as u64 + stripe * stride as u64;
        if shard < self.data {
            let number = stripe * data + shard as u64;
            let bytes = handle.chunk_bytes(number);
            let len = if bytes == 0 { 0 } else { CHUNK_HEAD + bytes };
            Place { number, at: at(CHUNK_HEAD + chunk), len }
        } else {
            let number = PARITY_BIT | (stripe * self.parity as u64 + (shard - self.data) as u64);
            Place { number, at: at(CHUNK_HEAD + unit_of(chunk)), len: CHUNK_HEAD + self.unit(handle, stripe) }
        }
    }

    /// Length of a shard's file.
    pub(crate) fn file_len(self, handle: &Handle, shard: usize) -> u64 {
        let stripes = self.stripes(handle);
        let ends = |stripe| {
            let place = self.place(handle, stripe, shard);
            if place.len == 0 { None } else { Some(place.at + place.len as u64) }
        };
        // Only the last stripe may lack this shard.
        let end = (stripes.saturating_sub(2)..stripes).rev().find_map(ends).unwrap_or(HEAD as u64);
        end + FOOT as u64
    }
}

fn unit_of(chunk_bytes: usize) -> usize {
    CHUNK_HEAD - COVERED + chunk_bytes + chunk_bytes % 2
}

/// The part of a chunk that parity covers, filled up to `unit`.
fn covered(chunk: &[u8], unit: usize) -> std::borrow::Cow<'_, [u8]> {
    let covered = chunk.get(COVERED..).unwrap_or_default();
    if covered.len() == unit {
        return covered.into();
    }
    let mut filled = vec![0; unit];
    filled[..covered.len()].copy_from_slice(covered);
    filled.into()
}

/// The code of a shape. Encoders are kept for reuse.
pub(crate) struct Code {
    shape: Shape,
    encoders: Mutex<Vec<ReedSolomonEncoder>>,
}

/// Encoders kept while nobody uses them.
const KEPT: usize = 2;

/// What the code answers to lengths and counts that do not fit: a fault of ours.
const MISUSED: Wrong = Wrong::Damaged(crate::Place::Head, "does not fit the code");

impl Code {
    pub(crate) fn new(shape: Shape) -> Self {
        Self { shape, encoders: Mutex::default() }
    }

    /// The bytes of a stripe's parity chunks, from its data chunks with their headers (empty: past the end).
    pub(crate) fn parity(&self, chunks: &[&[u8]], unit: usize) -> Result<Vec<Vec<u8>>, Wrong> {
        let Shape { data, parity } = self.shape;
        if parity == 0 {
            return Ok(Vec::new());
        }
        let kept = self.encoders.lock().pop();
        let mut encoder = match kept {
            Some(mut encoder) => encoder.reset(data, parity, unit).map(|()| encoder),
            None => ReedSolomonEncoder::new(data, parity, unit),
        }
        .map_err(|_| MISUSED)?;
        for chunk in chunks {
            encoder.add_original_shard(covered(chunk, unit)).map_err(|_| MISUSED)?;
        }
        let encoded = encoder.encode().map_err(|_| MISUSED)?;
        let parity = encoded.recovery_iter().map(<[u8]>::to_vec).collect();
        drop(encoded);
        let mut encoders = self.encoders.lock();
        if encoders.len() < KEPT {
            encoders.push(encoder);
        }
        Ok(parity)
    }

    /// As [`Code::restore`], if one of the shards `wanted` is lacking.
    pub(crate) fn restore_wanted(
        &self,
        handle: &Handle,
        stripe: u64,
        stored: &mut [Option<Vec<u8>>],
        wanted: &std::ops::Range<usize>,
    ) -> Result<(), Wrong> {
        if stored[wanted.clone()].iter().all(Option::is_some) {
            return Ok(());
        }
        self.restore(handle, stripe, stored)
    }

    /// Brings back the data chunks of a stripe that `stored` lacks, whole, from any `data` chunks of it.
    pub(crate) fn restore(
        &self,
        handle: &Handle,
        stripe: u64,
        stored: &mut [Option<Vec<u8>>],
    ) -> Result<(), Wrong> {
        let shape = self.shape;
        let unit = shape.unit(handle, stripe);
        for (shard, chunk) in stored.iter_mut().enumerate().take(shape.data) {
            if shape.place(handle, stripe, shard).len == 0 {
                *chunk = Some(Vec::new()); // past the end
            }
        }
        let lost: Vec<usize> = (0..shape.data).filter(|shard| stored[*shard].is_none()).collect();
        if lost.is_empty() {
            return Ok(());
        }
        let mut decoder = ReedSolomonDecoder::new(shape.data, shape.parity, unit).map_err(|_| MISUSED)?;
        for (shard, chunk) in stored.iter().enumerate() {
            let Some(chunk) = chunk else { continue };
            if shard < shape.data {
                decoder.add_original_shard(shard, covered(chunk, unit)).map_err(|_| MISUSED)?;
            } else {
                let bytes = chunk.get(CHUNK_HEAD..).unwrap_or_default();
                decoder.add_recovery_shard(shard - shape.data, bytes).map_err(|_| MISUSED)?;
            }
        }
        let decoded = decoder.decode().map_err(|_| MISUSED)?;
        for shard in lost {
            let restored = decoded.restored_original(shard).ok_or(MISUSED)?;
            let place = shape.place(handle, stripe, shard);
            stored[shard] = Some(whole_again(handle.id, place, restored)?);
        }
        Ok(())
    }
}

/// A chunk with its header, from what parity covers of it.
fn whole_again(id: BlobId, place: Place, restored: &[u8]) -> Result<Vec<u8>, Wrong> {
    let wrong = Wrong::Damaged(crate::Place::Chunk(place.number), "parity does not fit");
    let mut chunk = vec![0; place.len];
    let covered = place.len - COVERED;
    chunk[COVERED..].copy_from_slice(restored.get(..covered).ok_or(wrong)?);
    if u32_at(&chunk, 16) as usize != place.len - CHUNK_HEAD {
        return Err(wrong);
    }
    let seal = format::seal_of(&chunk);
    format::put_chunk_head(&mut chunk, id, place.number, seal.as_ref());
    Ok(chunk)
}

/// A parity chunk with its header.
pub(crate) fn parity_chunk(id: BlobId, place: Place, bytes: &[u8], room_before: usize) -> Vec<u8> {
    let mut chunk = vec![0; room_before + CHUNK_HEAD + bytes.len()];
    chunk[room_before + CHUNK_HEAD..].copy_from_slice(bytes);
    format::put_chunk_head(&mut chunk[room_before..], id, place.number, None);
    chunk
}
