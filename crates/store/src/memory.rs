//! The engine that forgets: for `--ephemeral`, for tests, and as the base under a simulated log.

use std::{collections::BTreeMap, sync::Arc};

use bytes::Bytes;
use parking_lot::Mutex;

use crate::{
    Key, KeyRange, StoreError,
    base::Meta,
    engine::{Base, Engine, Group, Items, Opened, Read, Room, Scrub, Slice, Stored},
    types::{bounds, within},
};

/// A leaf is copied when one of its items changes, and the map of leaves with each slice: this balances both.
const LEAF_ITEMS_MAX: usize = 48;
const PART_BYTES_MAX: usize = 1 << 20;

type Leaf = Vec<Arc<(Key, Stored)>>;
/// Leaves by the first key that may stand in them; the first leaf's is empty.
type Leaves = BTreeMap<Bytes, Arc<Leaf>>;

/// An ordered map whose snapshots cost a clone of a pointer. Clones share it, and it outlives the engines that use
/// it: to a simulation it is a disk that never fails.
#[derive(Clone, Default)]
pub struct MemoryBase(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    leaves: Arc<Leaves>,
    meta: Option<Meta>,
}

struct Snapshot(Arc<Leaves>);

impl MemoryBase {
    pub(crate) fn meta(&self) -> Option<Meta> {
        self.0.lock().meta
    }

    pub(crate) fn set_salt(&self, salt: u64) {
        self.0.lock().meta = Some(Meta { salt, moved: 0, newest: 0 });
    }

    pub(crate) fn snapshot(&self) -> Arc<dyn Base> {
        Arc::new(Snapshot(self.0.lock().leaves.clone()))
    }

    pub(crate) fn absorb(&self, slice: &Slice<'_>) {
        let mut inner = self.0.lock();
        // The snapshots keep the old map; only leaves that change are copied.
        let leaves = Arc::make_mut(&mut inner.leaves);
        leaves.entry(Bytes::new()).or_default();
        for (start, end) in slice.cleared {
            clear(leaves, start, end);
        }
        for (key, stored) in slice.writes {
            write(leaves, key, stored.as_ref());
        }
        if let Some(meta) = &mut inner.meta {
            meta.newest = slice.newest;
            meta.moved = slice.through.unwrap_or(meta.moved);
        }
    }
}

/// Where the leaf that holds `key` begins.
fn leaf_of(leaves: &Leaves, key: &[u8]) -> Bytes {
    use std::ops::Bound::{Included, Unbounded};
    let mut before = leaves.range::<[u8], _>((Unbounded, Included(key)));
    before.next_back().map(|(first, _)| first.clone()).unwrap_or_default()
}

fn write(leaves: &mut Leaves, key: &Key, stored: Option<&Stored>) {
    let first = leaf_of(leaves, key);
    let Some(leaf) = leaves.get_mut(&first) else { return };
    let leaf = Arc::make_mut(leaf);
    let at = leaf.binary_search_by(|i| i.0.cmp(key));
    // Keys and values get memory of their own: the overlay's blocks must not live on because of them.
    let own = |s: &Stored| {
        let value = Bytes::copy_from_slice(&s.value);
        Arc::new((Bytes::copy_from_slice(key), Stored { batch: s.batch, crc: s.crc, value }))
    };
    match (at, stored) {
        (Ok(at), Some(stored)) => leaf[at] = own(stored),
        (Err(at), Some(stored)) => leaf.insert(at, own(stored)),
        (Ok(at), None) => drop(leaf.remove(at)),
        (Err(_), None) => {}
    }
    if leaf.len() > LEAF_ITEMS_MAX {
        let right = leaf.split_off(LEAF_ITEMS_MAX / 2);
        let first = right[0].0.clone();
        leaves.insert(first, Arc::new(right));
    } else if leaf.is_empty() && !first.is_empty() {
        leaves.remove(&first);
    }
}

fn clear(leaves: &mut Leaves, start: &[u8], end: &[u8]) {
    let first = leaf_of(leaves, start);
    let touched: Vec<_> = leaves.range::<[u8], _>(bounds(&first, end)).map(|(k, _)| k.clone()).collect();
    for first in touched {
        if let Some(leaf) = leaves.get_mut(&first) {
            Arc::make_mut(leaf).retain(|i| !within(&i.0, start, end));
            if leaf.is_empty() && !first.is_empty() {
                leaves.remove(&first);
            }
        }
    }
}

impl Base for Snapshot {
    fn get(&self, key: &[u8]) -> Read<Option<Stored>> {
        let leaf = self.0.get(&leaf_of(&self.0, key));
        let found =
            leaf.and_then(|l| l.binary_search_by(|i| i.0[..].cmp(key)).ok().map(|at| l[at].1.clone()));
        Read::Now(Ok(found))
    }

    fn range(&self, range: &KeyRange, limit: usize) -> Read<Items> {
        if range.is_empty() {
            return Read::Now(Ok(Items::default()));
        }
        let first = leaf_of(&self.0, &range.start);
        let leaves = self.0.range::<[u8], _>(bounds(&first, &range.end));
        let inside = |i: &&Arc<(Key, Stored)>| range.contains(&i.0);
        Read::Now(Ok(if range.reverse {
            collect(leaves.rev().flat_map(|(_, l)| l.iter().rev()).filter(inside), limit)
        } else {
            collect(leaves.flat_map(|(_, l)| l.iter()).filter(inside), limit)
        }))
    }

    fn scrub(&self, _from: &[u8], _limit: usize) -> Result<Scrub, StoreError> {
        Ok(Scrub::default()) // memory is taken at its word
    }
}

fn collect<'a>(all: impl Iterator<Item = &'a Arc<(Key, Stored)>>, limit: usize) -> Items {
    let mut part = Items::default();
    let mut bytes = 0;
    for item in all {
        if part.items.len() == limit || bytes >= PART_BYTES_MAX {
            part.more = true;
            break;
        }
        bytes += item.1.value.len();
        part.items.push((**item).clone());
    }
    part
}

/// The engine that keeps everything in memory, over a [`MemoryBase`].
#[derive(Default)]
pub struct MemoryEngine {
    base: MemoryBase,
}

/// An empty engine that keeps everything in memory.
pub fn memory() -> Arc<dyn Engine> {
    Arc::new(MemoryEngine::default())
}

impl Engine for MemoryEngine {
    fn open(
        &self,
        _replay: &mut dyn FnMut(u64, Bytes) -> Result<(), StoreError>,
    ) -> Result<Opened, StoreError> {
        Ok(Opened { newest: 0 })
    }
    fn reserve(&self, _bytes: usize, _grows: bool) -> Result<Room, StoreError> {
        Ok(Room::Ready)
    }
    fn commit(&self, _group: Group<'_>) -> Result<(), StoreError> {
        Ok(())
    }
    fn seal(&self, _last: u64) {}
    fn base(&self) -> Arc<dyn Base> {
        self.base.snapshot()
    }
    fn absorb(&self, slice: Slice<'_>) -> Result<(), StoreError> {
        self.base.absorb(&slice);
        Ok(())
    }
    fn close(&self, _clean: bool) -> Result<(), StoreError> {
        Ok(())
    }
    fn waits(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(batch: u64) -> Stored {
        Stored { batch, crc: 0, value: Bytes::from(batch.to_string()) }
    }

    fn absorb(base: &MemoryBase, cleared: &[(Bytes, Bytes)], writes: &[(Key, Option<Stored>)]) {
        base.absorb(&Slice { cleared, writes, through: None, newest: 1 });
    }

    #[test]
    fn a_snapshot_does_not_move() {
        let base = MemoryBase::default();
        let key = |i: u64| Bytes::copy_from_slice(&i.to_be_bytes());
        let writes: Vec<_> = (0..1000).map(|i| (key(i), Some(stored(i)))).collect();
        absorb(&base, &[], &writes);
        let before = base.snapshot();
        absorb(&base, &[(key(100), key(900))], &[(key(5), None), (key(500), Some(stored(7)))]);
        let count = |b: &Arc<dyn Base>, reverse| {
            let range = KeyRange { reverse, ..KeyRange::all() };
            b.range(&range, 5000).blocking().unwrap().items.len()
        };
        let after = base.snapshot();
        assert_eq!((count(&before, false), count(&after, false), count(&after, true)), (1000, 200, 200));
        assert_eq!(before.get(&key(500)).blocking().unwrap(), Some(stored(500)));
        assert_eq!(after.get(&key(500)).blocking().unwrap(), Some(stored(7)));
        assert_eq!(after.get(&key(5)).blocking().unwrap(), None);
    }
}
