//! Memory for an overlay's keys and values: large blocks that are filled from the front and dropped whole.

use bytes::{Bytes, BytesMut};

const BLOCK_BYTES_MAX: usize = 256 << 10;

pub(crate) struct Arena {
    block: BytesMut,
    block_bytes: usize,
    /// Memory taken from the host since it was last asked for.
    taken: usize,
}

impl Arena {
    /// An arena for overlays of about that many bytes.
    pub(crate) fn new(overlay_bytes: usize) -> Self {
        let block_bytes = (overlay_bytes / 32).clamp(1024, BLOCK_BYTES_MAX);
        Self { block: BytesMut::new(), block_bytes, taken: 0 }
    }

    /// Copies `parts` into memory of the arena, one after the other.
    pub(crate) fn copy(&mut self, parts: &[&[u8]]) -> Bytes {
        let bytes = parts.iter().map(|p| p.len()).sum();
        // Large ones get memory of their own: they would waste the rest of a block.
        if bytes > self.block_bytes / 8 {
            self.taken += bytes;
            let mut own = BytesMut::with_capacity(bytes);
            for part in parts {
                own.extend_from_slice(part);
            }
            return own.freeze();
        }
        if self.block.capacity() < bytes {
            self.block = BytesMut::with_capacity(self.block_bytes);
            self.taken += self.block_bytes;
        }
        for part in parts {
            self.block.extend_from_slice(part);
        }
        self.block.split().freeze()
    }

    /// Bytes taken from the host since the last call.
    pub(crate) fn taken(&mut self) -> usize {
        std::mem::take(&mut self.taken)
    }

    /// Begins a new block: what is copied from now on shares no memory with what was.
    pub(crate) fn part(&mut self) {
        self.block = BytesMut::new();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_copied_stays() {
        let mut arena = Arena::new(64 << 20);
        let copies: Vec<_> = (0..2000u32).map(|i| arena.copy(&[&i.to_le_bytes(), &[7; 300]])).collect();
        let large = arena.copy(&[&vec![1; BLOCK_BYTES_MAX], &[2]]);
        assert_eq!((large.len(), large[BLOCK_BYTES_MAX]), (BLOCK_BYTES_MAX + 1, 2));
        for (i, copy) in (0u32..).zip(&copies) {
            assert_eq!((&copy[..4], copy.len()), (&i.to_le_bytes()[..], 304));
        }
        assert_eq!(arena.taken(), 4 * BLOCK_BYTES_MAX + 1);
    }
}
