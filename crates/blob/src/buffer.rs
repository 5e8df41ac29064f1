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
pub(crate) struct Buffers(Mutex<Vec<Box<[u8]>>>);

/// Bytes with any contents, given back when dropped.
pub(crate) struct Buffer {
    bytes: Box<[u8]>,
    home: Arc<Buffers>,
}

impl Buffers {
    /// A buffer of at least `len` bytes.
    pub(crate) fn take(self: &Arc<Self>, len: usize) -> Buffer {
        let kept = if (BATCH / 2..=BATCH).contains(&len) { self.0.lock().pop() } else { None };
        let len = if (BATCH / 2..BATCH).contains(&len) { BATCH } else { len };
        Buffer { bytes: kept.unwrap_or_else(|| vec![0; len].into()), home: self.clone() }
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
        if self.bytes.len() == BATCH {
            let mut kept = self.home.0.lock();
            if kept.len() < KEPT {
                kept.push(std::mem::take(&mut self.bytes));
            }
        }
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
