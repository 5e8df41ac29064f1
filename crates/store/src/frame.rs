//! Frames: how batches stand in the log.
//!
//! | bytes | |
//! |---|---|
//! | 0..8 | the log's salt: drawn once per store, so that no stored value can look like a frame |
//! | 8..16 | the batch's number |
//! | 16..24 | the newest number that was durable when this was written |
//! | 24..28 | length of the records |
//! | 28..32 | CRC-32C of bytes 0..28 and the records |
//! | 32.. | the records |
//!
//! All numbers are little-endian.

use crc_fast::{CrcAlgorithm::Crc32Iscsi, Digest};
use memchr::memmem;

use crate::engine::Group;

const HEAD: usize = Group::HEAD_BYTES;

/// Fills a frame's head; `frame` begins with room for it.
pub(crate) fn fill(frame: &mut [u8], salt: u64, batch: u64, durable: u64) {
    let length = (frame.len() - HEAD) as u32;
    frame[..8].copy_from_slice(&salt.to_le_bytes());
    frame[8..16].copy_from_slice(&batch.to_le_bytes());
    frame[16..24].copy_from_slice(&durable.to_le_bytes());
    frame[24..28].copy_from_slice(&length.to_le_bytes());
    let crc = crc(frame);
    frame[28..32].copy_from_slice(&crc.to_le_bytes());
}

fn crc(frame: &[u8]) -> u32 {
    let mut digest = Digest::new(Crc32Iscsi);
    digest.update(&frame[..28]);
    digest.update(&frame[HEAD..]);
    digest.finalize() as u32
}

/// A whole frame in a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub start: usize,
    pub end: usize,
    pub batch: u64,
    /// The newest number that was durable when it was written.
    pub durable: u64,
}

impl Frame {
    /// Where its records are.
    pub(crate) fn records(self) -> std::ops::Range<usize> {
        self.start + HEAD..self.end
    }
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b))
}

/// Reads the frame at `start`, where a whole one stands there and its batch is younger than `moved`.
fn read(segment: &[u8], start: usize, moved: u64) -> Option<Frame> {
    let head = segment.get(start..start + HEAD)?;
    let (batch, durable) = (number(&head[8..16]), number(&head[16..24]));
    let end = (start + HEAD).checked_add(number(&head[24..28]) as usize)?;
    if batch <= moved {
        return None; // of an earlier use of the segment, or not needed any more
    }
    let frame = segment.get(start..end)?;
    (crc(frame) == number(&head[28..32]) as u32).then_some(Frame { start, end, batch, durable })
}

/// Every whole frame of a segment whose batch is younger than `moved`, wherever it stands: also after a damaged one.
pub(crate) fn scan(segment: &[u8], salt: u64, moved: u64) -> Vec<Frame> {
    let needle = salt.to_le_bytes();
    let finder = memmem::Finder::new(&needle);
    let mut frames = Vec::new();
    let mut at = 0;
    while let Some(next) = finder.find(&segment[at..]) {
        let start = at + next;
        at = match read(segment, start, moved) {
            Some(frame) => {
                frames.push(frame);
                frame.end
            }
            None => start + 1,
        };
    }
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: u64 = 0x1234_5678_9abc_def1;

    fn segment(batches: std::ops::Range<u64>) -> Vec<u8> {
        let mut out = Vec::new();
        for batch in batches {
            let mut frame = vec![0; HEAD];
            frame.extend_from_slice(format!("records of {batch}").as_bytes());
            fill(&mut frame, SALT, batch, batch - 1);
            out.extend_from_slice(&frame);
        }
        out
    }

    #[test]
    fn frames_are_found_after_damage_and_among_old_ones() {
        let mut bytes = segment(10..15);
        let old = segment(1..4);
        bytes.extend_from_slice(&old[3..]);
        let all = scan(&bytes, SALT, 4);
        assert_eq!(all.iter().map(|f| f.batch).collect::<Vec<_>>(), [10, 11, 12, 13, 14]);
        assert_eq!(&bytes[all[2].records()], b"records of 12");
        assert_eq!(scan(&bytes, SALT, 12).len(), 2);
        assert_eq!(scan(&bytes, SALT + 1, 0).len(), 0);
        for at in all[2].start..all[2].end {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                let found = scan(&damaged, SALT, 4).iter().map(|f| f.batch).collect::<Vec<_>>();
                assert_eq!(found, [10, 11, 13, 14], "byte {at} bit {bit}");
            }
        }
    }

    #[test]
    fn no_bytes_upset_the_scan() {
        let random = env::Random::seeded(3);
        let mut bytes = segment(1..4);
        for _ in 0..2000 {
            let at = random.below(bytes.len() as u64) as usize;
            bytes[at] = random.number() as u8;
            scan(&bytes[..random.below(bytes.len() as u64) as usize], SALT, 0);
        }
    }
}
