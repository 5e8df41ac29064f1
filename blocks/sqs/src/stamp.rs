//! A message's place in the order of arrivals.

use std::fmt;

/// Where a message stands among all messages of its queue: the commit that brought it, and its place in that
/// commit. Later is greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The committed batch.
    pub batch: u64,
    /// The transaction's place in the batch, then the message's place in the transaction.
    at: u32,
}

/// Bytes of a stamp in a key.
pub const STAMP_BYTES: usize = 11;

impl Stamp {
    /// Before all messages.
    pub const FIRST: Self = Self { batch: 0, at: 0 };

    /// The `entry`th message of the transaction at `index` of `batch`.
    pub fn new(batch: u64, index: u16, entry: u8) -> Self {
        Self { batch, at: u32::from(index) << 8 | u32::from(entry) }
    }

    /// The form in keys, which sorts as the stamps do.
    pub fn bytes(self) -> [u8; STAMP_BYTES] {
        let mut out = [0; STAMP_BYTES];
        out[..8].copy_from_slice(&self.batch.to_be_bytes());
        out[8..].copy_from_slice(&self.at.to_be_bytes()[1..]);
        out
    }

    /// Reads [`Stamp::bytes`].
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; STAMP_BYTES] = bytes.try_into().ok()?;
        let (batch, at) = bytes.split_first_chunk::<8>()?;
        Some(Self { batch: u64::from_be_bytes(*batch), at: u32::from_be_bytes([0, at[0], at[1], at[2]]) })
    }

    /// AWS's sequence number: twenty digits that rise with the order of arrivals.
    pub fn sequence_number(self) -> String {
        const BASE: u128 = 10_000_000_000_000_000_000;
        (BASE + (u128::from(self.batch) << 24 | u128::from(self.at))).to_string()
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.batch, self.at >> 8, self.at & 0xff)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn keys_and_sequence_numbers_sort_as_stamps_do(
            a in (0..1_u64 << 36, any::<u16>(), any::<u8>()),
            b in (0..1_u64 << 36, any::<u16>(), any::<u8>()),
        ) {
            let (a, b) = (Stamp::new(a.0, a.1, a.2), Stamp::new(b.0, b.1, b.2));
            prop_assert_eq!(a.cmp(&b), a.bytes().cmp(&b.bytes()));
            prop_assert_eq!(a.cmp(&b), a.sequence_number().cmp(&b.sequence_number()));
            prop_assert_eq!(a.sequence_number().len(), 20);
            prop_assert_eq!(Stamp::read(&a.bytes()), Some(a));
        }
    }
}
