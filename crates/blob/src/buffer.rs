//! Buffers of one batch of chunks, kept for reuse: a fresh one costs a page fault for every 4 KiB.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use parking_lot::Mutex;

use crate::format::{CHUNK_HEAD, CHUNK_LEN, FOOT, HEAD};

/// Chunks that are written or read at a time: with 8 MiB, a trip to another thread for each batch is under a tenth
/// of the CPU, and two batches stay in a core's cache.
pub(crate) const BATCH_CHUNKS: usize = 3;
/// Bytes of a batch in the file, with the head and the foot of a file that has only one. A writer and a reader hold
/// two: under 1 MiB.
pub(crate) const BATCH: usize = HEAD + BATCH_CHUNKS * (CHUNK_HEAD + CHUNK_LEN) + FOOT;
/// Buffers kept while nobody uses them.
const KEPT: usize = 8;

#[derive(Default)]
pub(crate) struct Buffers(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    free: Vec<Box<[u8]>>,
    /// Buffers of whole batches that somebody has.
    out: usize,
}

impl Kept {
    /// Under load as many may lie ready as are in use; when it ends they go.
    fn may_keep(&self) -> usize {
        KEPT.max(self.out)
    }
}

/// Bytes with any contents, given back when dropped.
pub(crate) struct Buffer {
    bytes: Box<[u8]>,
    home: Arc<Buffers>,
}

impl Buffers {
    /// A buffer of at least `len` bytes.
    pub(crate) fn take(self: &Arc<Self>, len: usize) -> Buffer {
        if !(BATCH / 2..=BATCH).contains(&len) {
            return Buffer { bytes: vec![0; len].into(), home: self.clone() };
        }
        let kept = {
            let mut kept = self.0.lock();
            kept.out += 1;
            kept.free.pop()
        };
        Buffer { bytes: kept.unwrap_or_else(|| vec![0; BATCH].into()), home: self.clone() }
    }
}

impl Buffer {
    /// Another buffer, of at least `len` bytes.
    pub(crate) fn another(&self, len: usize) -> Self {
        self.home.take(len)
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        if self.bytes.len() != BATCH {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let mut superfluous = Vec::new();
        let mut kept = self.home.0.lock();
        kept.out -= 1;
        kept.free.push(bytes);
        let keep = kept.may_keep().min(kept.free.len());
        superfluous.extend(kept.free.drain(keep..));
        drop(kept);
    }
}

impl Deref for Buffer {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}
