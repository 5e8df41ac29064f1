//! The envelope of a stored value: batch number u64, check u32, both little-endian, then the value.
//!
//! The check is CRC-32C of key and value, mixed with the number, and is verified at each read.

use std::io;

use bytes::Bytes;

use crate::{StoreError, engine::Stored, types::checksum};

pub(crate) const ENVELOPE_BYTES: usize = 12;

/// Writes an envelope.
pub(crate) fn wrap(stored: &Stored, to: &mut impl io::Write) -> io::Result<()> {
    to.write_all(&stored.batch.to_le_bytes())?;
    to.write_all(&(stored.crc ^ mix(stored.batch)).to_le_bytes())?;
    to.write_all(&stored.value)
}

/// A number's part in the check of an envelope: any flipped bit of it changes the check.
fn mix(batch: u64) -> u32 {
    batch as u32 ^ ((batch >> 32) as u32).rotate_left(16)
}

/// The parts of an envelope: batch, checksum and value; nothing where they are not what was written.
pub(crate) fn verify<'e>(key: &[u8], envelope: &'e [u8]) -> Option<(u64, u32, &'e [u8])> {
    let (head, value) = envelope.split_at_checked(ENVELOPE_BYTES)?;
    let batch = head[..8].iter().rev().fold(0, |n, b| n << 8 | u64::from(*b));
    let check = head[8..].iter().rev().fold(0, |n, b| n << 8 | u32::from(*b));
    let crc = checksum(key, value);
    (crc ^ mix(batch) == check).then_some((batch, crc, value))
}

/// The parts of an envelope: batch, checksum and value.
pub(crate) fn opened<'e>(key: &[u8], envelope: &'e [u8]) -> Result<(u64, u32, &'e [u8]), StoreError> {
    verify(key, envelope)
        .ok_or_else(|| StoreError::damaged(format!("the record of key \"{}\"", key.escape_ascii())))
}

/// Opens an envelope.
pub(crate) fn unwrap(key: &[u8], envelope: &[u8]) -> Result<Stored, StoreError> {
    let (batch, crc, value) = opened(key, envelope)?;
    Ok(Stored { batch, crc, value: Bytes::copy_from_slice(value) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_is_noticed() {
        let value = Bytes::from_static(b"dovetail");
        let stored = Stored { batch: 0x0123_4567_89ab_cdef, crc: checksum(b"joint", &value), value };
        let mut envelope = Vec::new();
        wrap(&stored, &mut envelope).unwrap();
        assert_eq!(unwrap(b"joint", &envelope).unwrap(), stored);
        assert!(unwrap(b"joins", &envelope).is_err(), "a value under another key");
        for at in 0..envelope.len() {
            for bit in 0..8 {
                envelope[at] ^= 1 << bit;
                assert!(unwrap(b"joint", &envelope).is_err(), "byte {at} bit {bit}");
                envelope[at] ^= 1 << bit;
            }
            assert!(unwrap(b"joint", &envelope[..at]).is_err());
        }
    }
}
