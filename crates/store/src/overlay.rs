//! Recent batches in memory, in key order, each entry with the number of its batch.
//!
//! One overlay takes writes until it is full; then it is sealed, a new one takes its place, and the mover brings the
//! sealed one into the base. An overlay keeps every version that it was given, so that a snapshot is no more than a
//! batch number: memory is bounded because overlays are.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
};

use bytes::Bytes;
use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::{
    Key,
    engine::Stored,
    types::{bounds, within},
};

/// What an entry costs beside its bytes: its place in the tree, shared by nodes that are two thirds full.
const ENTRY_BYTES: usize = 150;
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
    slots: BTreeMap<Bytes, Slot>,
    cleared: Vec<Cleared>,
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
    pub(crate) fn get(&self, key: &[u8], batch: u64) -> Option<&Version> {
        self.0.slots.get(key)?.at(batch)
    }

    /// The number of the last write of a key.
    pub(crate) fn newest(&self, key: &[u8]) -> Option<&Version> {
        self.0.slots.get(key).map(|s| &s.newest)
    }

    /// A key in the range that was written after `batch`.
    pub(crate) fn written_after(&self, start: &[u8], end: &[u8], batch: u64) -> Option<Bytes> {
        let mut all = self.0.slots.range::<[u8], _>(bounds(start, end));
        all.find(|(_, s)| s.newest.batch > batch).map(|(k, _)| k.clone())
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
        let all = self.0.slots.range::<[u8], _>(bounds(start, end));
        if reverse { collect(all.rev(), batch, limit) } else { collect(all, batch, limit) }
    }

    /// The keys of a range whose newest version is a value.
    pub(crate) fn keys(&self, start: &[u8], end: &[u8]) -> Vec<Bytes> {
        let all = self.0.slots.range::<[u8], _>(bounds(start, end));
        all.filter(|(_, s)| s.newest.value.is_some()).map(|(k, _)| k.clone()).collect()
    }

    /// The newest versions after `after`, in key order, up to about `bytes_max`.
    pub(crate) fn slice(&self, after: Option<&Bytes>, items_max: usize, bytes_max: usize) -> Part {
        use std::ops::Bound::{Excluded, Unbounded};
        let from = after.map_or(Unbounded, |k| Excluded(&k[..]));
        let mut part = Part { items: Vec::new(), more: false };
        let mut bytes = 0;
        for (key, slot) in self.0.slots.range::<[u8], _>((from, Unbounded)) {
            if part.items.len() == items_max || bytes >= bytes_max {
                part.more = true;
                break;
            }
            bytes += key.len() + slot.newest.value.as_ref().map_or(0, Bytes::len);
            part.items.push((key.clone(), slot.newest.clone()));
        }
        part
    }

    pub(crate) fn len(&self) -> usize {
        self.0.slots.len()
    }
}

fn collect<'a>(all: impl Iterator<Item = (&'a Bytes, &'a Slot)>, batch: u64, limit: usize) -> Part {
    let mut part = Part { items: Vec::new(), more: false };
    for (key, slot) in all {
        let Some(version) = slot.at(batch) else { continue };
        if part.items.len() == limit {
            part.more = true;
            break;
        }
        part.items.push((key.clone(), version.clone()));
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
        use std::collections::btree_map::Entry;
        match self.map.slots.entry(key) {
            Entry::Vacant(free) => {
                free.insert(Slot { newest: version, older: Vec::new() });
                self.overlay.count_bytes(ENTRY_BYTES);
            }
            Entry::Occupied(mut held) => {
                let slot = held.get_mut();
                let before = std::mem::replace(&mut slot.newest, version);
                slot.older.push(before);
                self.overlay.count_bytes(VERSION_BYTES);
            }
        }
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
        assert!(read.get(b"k", 4).is_none());
        for (batch, value) in [(5, "five"), (6, "five"), (7, "seven"), (99, "seven")] {
            assert_eq!(read.get(b"k", batch).unwrap().value.as_deref(), Some(value.as_bytes()));
        }
        assert!(read.written_after(b"a", b"z", 6).is_some());
        assert!(read.written_after(b"a", b"z", 7).is_none());
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
