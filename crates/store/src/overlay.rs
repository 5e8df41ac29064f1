//! Recent batches in memory, in key order, each entry with the number of its batch.
//!
//! One overlay takes writes until it is full; then it is sealed, a new one takes its place, and the mover brings the
//! sealed one into the base. An overlay keeps every version that it was given, so that a snapshot is no more than a
//! batch number: memory is bounded because overlays are.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasherDefault, Hasher},
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
};

use bytes::Bytes;
use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::{
    Key,
    engine::Stored,
    types::{bounds, within},
};

/// What an entry costs beside its bytes: a slot, and its places in a tree and a table that are two thirds full.
const ENTRY_BYTES: usize = 210;
const VERSION_BYTES: usize = 56;

/// One write of a key; no value where the key was deleted.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub batch: u64,
    pub crc: u32,
    pub value: Option<Bytes>,
}

impl Version {
    pub(crate) fn stored(self) -> Option<Stored> {
        let Self { batch, crc, value } = self;
        value.map(|value| Stored { batch, crc, value })
    }
}

struct Slot {
    key: Bytes,
    newest: Version,
    /// Oldest first.
    older: Vec<Version>,
}

impl Slot {
    fn at(&self, batch: u64) -> Option<&Version> {
        if self.newest.batch <= batch {
            return Some(&self.newest);
        }
        self.older.iter().rev().find(|v| v.batch <= batch)
    }
}

/// A range of the base that was emptied. What overlays held in it was deleted key by key.
#[derive(Clone)]
pub(crate) struct Cleared {
    pub start: Bytes,
    pub end: Bytes,
    pub batch: u64,
}

#[derive(Default)]
struct Map {
    slots: Vec<Slot>,
    /// Where the slots are in key order.
    order: BTreeMap<Bytes, u32>,
    /// Where the first slot of a hash is: most reads ask for what is not here, and learn it from this alone.
    hashes: HashMap<u32, u32, BuildHasherDefault<Spread>>,
    cleared: Vec<Cleared>,
}

/// Spreads a hash over the bits that a table looks at.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }
    fn write_u32(&mut self, hash: u32) {
        self.0 = (self.0 ^ u64::from(hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

/// The hash of a key. It may be forged: keys that share one are found through the tree.
pub(crate) fn hash(key: &[u8]) -> u32 {
    crc_fast::crc32_iscsi(key)
}

impl Map {
    fn at(&self, key: &[u8], hash: u32) -> Option<usize> {
        let first = *self.hashes.get(&hash)? as usize;
        if self.slots[first].key == key {
            return Some(first);
        }
        self.order.get(key).map(|at| *at as usize)
    }

    fn slot(&self, key: &[u8], hash: u32) -> Option<&Slot> {
        self.at(key, hash).map(|at| &self.slots[at])
    }

    /// Slots of a range in key order.
    fn range<'m>(
        &'m self,
        range: (std::ops::Bound<&'m [u8]>, std::ops::Bound<&'m [u8]>),
    ) -> impl DoubleEndedIterator<Item = &'m Slot> {
        self.order.range::<[u8], _>(range).map(|(_, at)| &self.slots[*at as usize])
    }
}

pub(crate) struct Overlay {
    /// Every batch from this number on, and no older one, stands here or in a younger overlay.
    pub first: u64,
    applied: AtomicU64,
    durable: AtomicU64,
    bytes: AtomicUsize,
    map: RwLock<Map>,
}

/// A part of a range of an overlay.
pub(crate) struct Part {
    pub items: Vec<(Key, Version)>,
    /// Whether the range may hold more after the last of them.
    pub more: bool,
}

impl Overlay {
    /// An empty overlay for the batches after `last`.
    pub(crate) fn after(last: u64) -> Self {
        Self {
            first: last + 1,
            applied: AtomicU64::new(last),
            durable: AtomicU64::new(last),
            bytes: AtomicUsize::new(0),
            map: RwLock::default(),
        }
    }

    /// The newest batch that was applied before this overlay was sealed.
    pub(crate) fn applied(&self) -> u64 {
        self.applied.load(Ordering::Acquire)
    }

    /// The newest batch that was durable before this overlay was sealed.
    pub(crate) fn durable(&self) -> u64 {
        self.durable.load(Ordering::Acquire)
    }

    pub(crate) fn set_applied(&self, batch: u64) {
        self.applied.store(batch, Ordering::Release);
    }

    pub(crate) fn set_durable(&self, batch: u64) {
        self.durable.store(batch, Ordering::Release);
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Counts memory that stands behind this overlay's entries.
    pub(crate) fn count_bytes(&self, bytes: usize) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Whether it stands for no batch. A batch may be without records: the base must hear of its number all the same.
    pub(crate) fn is_empty(&self) -> bool {
        self.applied() < self.first
    }

    pub(crate) fn read(&self) -> Reader<'_> {
        Reader(self.map.read())
    }

    pub(crate) fn write(&self) -> Writer<'_> {
        Writer { overlay: self, map: self.map.write() }
    }
}

pub(crate) struct Reader<'a>(RwLockReadGuard<'a, Map>);

impl Reader<'_> {
    /// The version of a key that a snapshot at `batch` sees.
    pub(crate) fn get(&self, key: &[u8], hash: u32, batch: u64) -> Option<&Version> {
        self.0.slot(key, hash)?.at(batch)
    }

    /// The number of the last write of a key.
    pub(crate) fn newest(&self, key: &[u8], hash: u32) -> Option<&Version> {
        self.0.slot(key, hash).map(|s| &s.newest)
    }

    /// A key in the range that was written after `batch`.
    pub(crate) fn written_after(&self, start: &[u8], end: &[u8], batch: u64) -> Option<Bytes> {
        let mut all = self.0.range(bounds(start, end));
        all.find(|s| s.newest.batch > batch).map(|s| s.key.clone())
    }

    /// The newest clearing of the base that a snapshot at `batch` sees at `key`.
    pub(crate) fn cleared_at(&self, key: &[u8], batch: u64) -> Option<&Cleared> {
        let seen = |c: &&Cleared| c.batch <= batch && within(key, &c.start, &c.end);
        self.0.cleared.iter().rev().find(seen)
    }

    /// The clearings that were made after `batch` and touch the range.
    pub(crate) fn cleared_after<'s>(
        &'s self,
        start: &'s [u8],
        end: &'s [u8],
        batch: u64,
    ) -> impl Iterator<Item = &'s Cleared> {
        let touches = move |c: &&Cleared| {
            c.batch > batch
                && (end.is_empty() || c.start[..] < *end)
                && (c.end.is_empty() || c.end[..] > *start)
        };
        self.0.cleared.iter().filter(touches)
    }

    pub(crate) fn cleared(&self) -> &[Cleared] {
        &self.0.cleared
    }

    /// Up to `limit` entries that a snapshot at `batch` sees, deletions too.
    pub(crate) fn range(&self, start: &[u8], end: &[u8], reverse: bool, batch: u64, limit: usize) -> Part {
        let all = self.0.range(bounds(start, end));
        if reverse { collect(all.rev(), batch, limit) } else { collect(all, batch, limit) }
    }

    /// The keys of a range whose newest version is a value.
    pub(crate) fn keys(&self, start: &[u8], end: &[u8]) -> Vec<Bytes> {
        let all = self.0.range(bounds(start, end));
        all.filter(|s| s.newest.value.is_some()).map(|s| s.key.clone()).collect()
    }

    /// The newest versions after `after`, in key order, up to about `bytes_max`.
    pub(crate) fn slice(&self, after: Option<&Bytes>, items_max: usize, bytes_max: usize) -> Part {
        use std::ops::Bound::{Excluded, Unbounded};
        let from = after.map_or(Unbounded, |k| Excluded(&k[..]));
        let mut part = Part { items: Vec::new(), more: false };
        let mut bytes = 0;
        for slot in self.0.range((from, Unbounded)) {
            if part.items.len() == items_max || bytes >= bytes_max {
                part.more = true;
                break;
            }
            bytes += slot.key.len() + slot.newest.value.as_ref().map_or(0, Bytes::len);
            part.items.push((slot.key.clone(), slot.newest.clone()));
        }
        part
    }

    pub(crate) fn len(&self) -> usize {
        self.0.slots.len()
    }
}

fn collect<'a>(all: impl Iterator<Item = &'a Slot>, batch: u64, limit: usize) -> Part {
    let mut part = Part { items: Vec::new(), more: false };
    for slot in all {
        let Some(version) = slot.at(batch) else { continue };
        if part.items.len() == limit {
            part.more = true;
            break;
        }
        part.items.push((slot.key.clone(), version.clone()));
    }
    part
}

pub(crate) struct Writer<'a> {
    overlay: &'a Overlay,
    map: RwLockWriteGuard<'a, Map>,
}

impl Writer<'_> {
    /// Adds a version. `key` and the value must own no more memory than was counted for them.
    pub(crate) fn put(&mut self, key: Bytes, version: Version) {
        let hash = hash(&key);
        let map = &mut *self.map;
        if let Some(at) = map.at(&key, hash) {
            let slot = &mut map.slots[at];
            let before = std::mem::replace(&mut slot.newest, version);
            slot.older.push(before);
            self.overlay.count_bytes(VERSION_BYTES);
            return;
        }
        let at = map.slots.len() as u32;
        map.hashes.entry(hash).or_insert(at);
        map.order.insert(key.clone(), at);
        map.slots.push(Slot { key, newest: version, older: Vec::new() });
        self.overlay.count_bytes(ENTRY_BYTES);
    }

    pub(crate) fn clear(&mut self, cleared: Cleared) {
        self.overlay.count_bytes(ENTRY_BYTES);
        self.map.cleared.push(cleared);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(batch: u64, value: Option<&'static str>) -> Version {
        Version { batch, crc: 0, value: value.map(Into::into) }
    }

    #[test]
    fn a_snapshot_sees_its_batch_and_older_ones() {
        let overlay = Overlay::after(4);
        overlay.write().put("k".into(), version(5, Some("five")));
        overlay.write().put("k".into(), version(7, None));
        overlay.write().put("k".into(), version(7, Some("seven")));
        let read = overlay.read();
        assert!(read.get(b"k", hash(b"k"), 4).is_none());
        for (batch, value) in [(5, "five"), (6, "five"), (7, "seven"), (99, "seven")] {
            assert_eq!(read.get(b"k", hash(b"k"), batch).unwrap().value.as_deref(), Some(value.as_bytes()));
        }
        assert!(read.written_after(b"a", b"z", 6).is_some());
        assert!(read.written_after(b"a", b"z", 7).is_none());
    }

    #[test]
    fn keys_that_share_a_hash_are_told_apart() {
        // As if both keys had the hash of the first.
        let (a, b) = (*b"one", *b"two");
        let shared = hash(&a);
        let overlay = Overlay::after(0);
        let mut write = overlay.write();
        for (batch, key) in [(1, &a), (2, &b)] {
            let key = Bytes::copy_from_slice(key);
            let at = write.map.slots.len() as u32;
            write.map.hashes.entry(shared).or_insert(at);
            write.map.order.insert(key.clone(), at);
            write.map.slots.push(Slot { key, newest: version(batch, Some("v")), older: Vec::new() });
        }
        drop(write);
        let read = overlay.read();
        assert_eq!(read.newest(&a, shared).unwrap().batch, 1);
        assert_eq!(read.newest(&b, shared).unwrap().batch, 2);
        assert!(read.newest(b"another", shared).is_none());
    }

    #[test]
    fn a_part_says_whether_there_is_more() {
        let overlay = Overlay::after(0);
        for key in ["a", "b", "c"] {
            overlay.write().put(key.into(), version(1, Some("v")));
        }
        let read = overlay.read();
        let keys = |p: &Part| p.items.iter().map(|(k, _)| k[0]).collect::<Vec<_>>();
        let part = read.range(b"a", b"", false, 1, 2);
        assert_eq!((keys(&part), part.more), (b"ab".to_vec(), true));
        let part = read.range(b"a", b"c", true, 1, 2);
        assert_eq!((keys(&part), part.more), (b"ba".to_vec(), false));
        assert_eq!(keys(&read.slice(Some(&"a".into()), 9, 99)), b"bc");
    }
}
