//! Keys, values, ranges, counters and stamps.

use bytes::{BufMut, Bytes, BytesMut};

use crate::StoreError;

/// A key: 1 to [`limits::KEY_BYTES_MAX`] bytes, ordered byte by byte.
pub type Key = Bytes;
/// A value: up to [`limits::VALUE_BYTES_MAX`] bytes.
pub type Value = Bytes;

/// What the store takes.
pub mod limits {
    use std::time::Duration;

    /// Bytes of a key: LMDB with longer keys takes 1,982, PostgreSQL's index 2,700.
    pub const KEY_BYTES_MAX: usize = 1900;
    /// Bytes of a value.
    pub const VALUE_BYTES_MAX: usize = 2 << 20;
    /// Bytes of all keys and values that a transaction reads (keys only) and writes.
    pub const TRANSACTION_BYTES_MAX: usize = 64 << 20;
    /// How long a transaction may take from its first read to its commit.
    pub const TRANSACTION_LIFE: Duration = Duration::from_secs(5);
    /// How long a view may be read; its pages cannot be used again before.
    pub const VIEW_LIFE: Duration = Duration::from_secs(30);
    /// Transactions in a group.
    pub const GROUP_MAX: usize = 1024;
    /// Attempts of a transaction before it ends in [`crate::StoreError::Conflict`].
    pub const ATTEMPTS_MAX: u32 = 64;
}

/// The keys from `start` (inclusive) to `end` (exclusive; empty means: to the last key), read forwards or backwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRange {
    /// The first key of the range.
    pub start: Bytes,
    /// The first key after the range; empty where there is no bound.
    pub end: Bytes,
    /// Whether reads begin at the end.
    pub reverse: bool,
    /// How much of each value is wanted.
    pub heads: Heads,
}

/// How much of each value a read of a range wants.
#[derive(Clone, Copy, Debug, Default)]
pub enum Heads {
    /// All of it.
    #[default]
    Whole,
    /// So many of its first bytes, as its own bytes say. Whoever reads may get more.
    Of(fn(&[u8]) -> usize),
}

impl PartialEq for Heads {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Whole, Self::Whole) => true,
            (Self::Of(a), Self::Of(b)) => std::ptr::fn_addr_eq(*a, *b),
            _ => false,
        }
    }
}

impl Eq for Heads {}

impl Heads {
    /// What is wanted of a value.
    pub(crate) fn of(self, value: &[u8]) -> &[u8] {
        match self {
            Self::Whole => value,
            Self::Of(bytes) => &value[..bytes(value).min(value.len())],
        }
    }
}

impl KeyRange {
    /// The keys from `start` to before `end`.
    pub fn new(start: impl Into<Bytes>, end: impl Into<Bytes>) -> Self {
        Self { start: start.into(), end: end.into(), reverse: false, heads: Heads::Whole }
    }

    /// All keys that begin with `prefix`.
    pub fn prefix(prefix: impl Into<Bytes>) -> Self {
        let start = prefix.into();
        let kept = start.iter().rposition(|b| *b != 0xff).map_or(0, |at| at + 1);
        let mut end = BytesMut::from(&start[..kept]);
        if let Some(last) = end.last_mut() {
            *last += 1;
        }
        Self::new(start, end.freeze())
    }

    /// Every key.
    pub fn all() -> Self {
        Self::new(Bytes::new(), Bytes::new())
    }

    /// The same keys, read from the last to the first.
    #[must_use]
    pub fn reversed(mut self) -> Self {
        self.reverse = !self.reverse;
        self
    }

    /// The same keys, with what is wanted of their values alone.
    #[must_use]
    pub fn heads(mut self, bytes: fn(&[u8]) -> usize) -> Self {
        self.heads = Heads::Of(bytes);
        self
    }

    /// Whether `key` lies in the range.
    pub fn contains(&self, key: &[u8]) -> bool {
        within(key, &self.start, &self.end)
    }

    /// Whether no key can lie in the range.
    pub fn is_empty(&self) -> bool {
        !self.end.is_empty() && self.start >= self.end
    }
}

/// Whether `start <= key < end`, an empty `end` being no bound.
pub(crate) fn within(key: &[u8], start: &[u8], end: &[u8]) -> bool {
    key >= start && (end.is_empty() || key < end)
}

/// The smallest key after `key`.
pub(crate) fn successor(key: &[u8]) -> Bytes {
    let mut next = BytesMut::with_capacity(key.len() + 1);
    next.put_slice(key);
    next.put_u8(0);
    next.freeze()
}

/// The bounds of a `BTreeMap` range.
pub(crate) fn bounds<'a>(
    start: &'a [u8],
    end: &'a [u8],
) -> (std::ops::Bound<&'a [u8]>, std::ops::Bound<&'a [u8]>) {
    use std::ops::Bound::{Excluded, Included, Unbounded};
    (
        if start.is_empty() { Unbounded } else { Included(start) },
        if end.is_empty() { Unbounded } else { Excluded(end) },
    )
}

/// Where a transaction stands in the order of commits: the batch's number and the place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commit {
    /// The number of the batch; it only rises.
    pub batch: u64,
    /// The transaction's place in its batch.
    pub index: u16,
}

impl Commit {
    /// Bytes of a stamp.
    pub const STAMP_BYTES: usize = 10;

    /// Ten bytes that order as commits did: batch and index, big-endian. `Tx::put_stamped` puts them into its keys.
    pub fn stamp(self) -> [u8; Self::STAMP_BYTES] {
        let mut out = [0; Self::STAMP_BYTES];
        out[..8].copy_from_slice(&self.batch.to_be_bytes());
        out[8..].copy_from_slice(&self.index.to_be_bytes());
        out
    }
}

/// The number in a counter's value, as `Tx::add` writes it: eight bytes, little-endian.
pub fn counter(value: &[u8]) -> Result<i64, StoreError> {
    match value.try_into() {
        Ok(bytes) => Ok(i64::from_le_bytes(bytes)),
        Err(_) => Err(StoreError::damaged(format!("a counter of {} bytes", value.len()))),
    }
}

/// A counter's value.
pub(crate) fn counter_value(n: i64) -> Value {
    Bytes::copy_from_slice(&n.to_le_bytes())
}

/// The checksum that stands beside each value: CRC-32C of key and value.
pub(crate) fn checksum(key: &[u8], value: &[u8]) -> u32 {
    let mut digest = crc_fast::Digest::new(crc_fast::CrcAlgorithm::Crc32Iscsi);
    digest.update(key);
    digest.update(value);
    digest.finalize() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_holds_what_begins_with_it() {
        let r = KeyRange::prefix(&b"ab\xff"[..]);
        assert_eq!((&r.start[..], &r.end[..]), (&b"ab\xff"[..], &b"ac"[..]));
        assert!(r.contains(b"ab\xff\xff") && !r.contains(b"ac") && !r.contains(b"ab"));
        let last = KeyRange::prefix(&b"\xff\xff"[..]);
        assert!(last.contains(&[0xff; 9]) && !last.contains(b"\xff"));
        assert!(KeyRange::all().contains(b"x") && !KeyRange::all().is_empty());
    }

    #[test]
    fn stamps_order_as_commits() {
        let (a, b) = (Commit { batch: 255, index: 9 }, Commit { batch: 256, index: 0 });
        assert!(a.stamp() < b.stamp() && a < b);
    }

    #[test]
    fn a_counter_is_eight_bytes() {
        assert_eq!(counter(&counter_value(-7)).unwrap(), -7);
        assert!(counter(b"seven").is_err());
    }

    #[test]
    fn the_checksum_covers_key_and_value() {
        assert_eq!(checksum(b"1234", b"56789"), 0xe306_9283);
        assert_ne!(checksum(b"a", b"b"), checksum(b"b", b"a"));
    }
}
