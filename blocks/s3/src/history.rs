//! All versions of all keys in order: by key, and of each key the newest first.

use bytes::Bytes;
use floor::{Get, key::Parts};
use wire::Answer;

use crate::{
    contents::text,
    listing::{Place, Source},
    records::{self, Version, unpack},
    version_id::Order,
};

/// A version that a listing found.
#[derive(Debug)]
pub struct Found {
    /// Its key.
    pub key: String,
    /// The version.
    pub version: Version,
}

/// A place among versions: before all of a key, or before those of it that are older than some.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct At {
    /// The key.
    pub key: Vec<u8>,
    /// Only versions of it that are older than this.
    pub below: Option<Order>,
}

impl Place for At {
    fn before(key: &[u8]) -> Self {
        Self { key: key.to_vec(), below: None }
    }
    fn key(&self) -> &[u8] {
        &self.key
    }
}

/// The versions of a bucket.
pub struct History<G> {
    /// Where to read.
    pub read: G,
    /// Of which bucket.
    pub bucket: u64,
}

impl<G: Get> History<G> {
    /// The latest versions that are objects.
    async fn currents(&self, from: &At, end: Option<&[u8]>, limit: usize) -> Answer<Vec<Found>> {
        let base = records::currents(self.bucket);
        let mut range = base.all();
        range.start = Bytes::copy_from_slice(base.clone().raw(&from.key).as_slice());
        if let Some(end) = end {
            range.end = Bytes::copy_from_slice(base.clone().raw(end).as_slice());
        }
        // One more than wanted: the first may turn out to be newer than the place.
        let found = self.read.range(range, limit + 1).await?;
        let mut all = Vec::with_capacity(found.len());
        for (key, value) in found {
            let found = Found { key: text(&key[base.len()..])?, version: unpack(&value)?.0 };
            let is_newer = from.below.is_some_and(|b| found.version.order >= b);
            if !(is_newer && found.key.as_bytes() == &from.key[..]) {
                all.push(found);
            }
        }
        Ok(all)
    }

    /// All others.
    async fn olds(&self, from: &At, end: Option<&[u8]>, limit: usize) -> Answer<Vec<Found>> {
        let base = records::olds(self.bucket);
        let mut range = base.all();
        let mut start = records::olds_of(self.bucket, &from.key);
        if let Some(below) = from.below {
            // Orders stand in descending order; nothing is below the lowest.
            start = match below.0.checked_sub(1) {
                Some(next) => start.descending(next),
                None => start.raw(&[0xff; 9]),
            };
        }
        range.start = Bytes::copy_from_slice(start.as_slice());
        if let Some(end) = end {
            range.end = Bytes::copy_from_slice(records::olds_of(self.bucket, end).as_slice());
        }
        let found = self.read.range(range, limit).await?;
        let found = found.iter().map(|(key, value)| {
            let key = Parts::of(&key[base.len()..]).bytes();
            let key = key.ok_or_else(|| floor::fault::internal("the key of a version cannot be read"))?;
            Ok(Found { key: text(&key)?, version: unpack(value)?.0 })
        });
        found.collect()
    }
}

impl<G: Get> Source for History<G> {
    type Item = Found;
    type At = At;

    fn key(item: &Found) -> &str {
        &item.key
    }

    fn behind(item: &Found) -> At {
        At { key: item.key.clone().into_bytes(), below: Some(item.version.order) }
    }

    async fn read(&self, from: &At, end: Option<&[u8]>, limit: usize) -> Answer<Vec<Found>> {
        let mut currents = self.currents(from, end, limit).await?.into_iter().peekable();
        let mut olds = self.olds(from, end, limit).await?.into_iter().peekable();
        let mut all = Vec::with_capacity(limit);
        while all.len() < limit {
            let current_is_next = match (currents.peek(), olds.peek()) {
                (Some(current), Some(old)) => current.key <= old.key,
                (current, _) => current.is_some(),
            };
            match if current_is_next { currents.next() } else { olds.next() } {
                Some(found) => all.push(found),
                None => break,
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use floor::{Key, KeyRange};
    use futures_util::FutureExt as _;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        listing::{Query, page},
        records::pack,
    };

    #[derive(Default)]
    struct Memory(BTreeMap<Vec<u8>, Bytes>);

    impl Get for Memory {
        async fn get(&self, key: &Key) -> Answer<Option<Bytes>> {
            Ok(self.0.get(key.as_slice()).cloned())
        }
        async fn range(&self, range: KeyRange, limit: usize) -> Answer<Vec<(Bytes, Bytes)>> {
            let found = self.0.range(range.start.to_vec()..range.end.to_vec()).take(limit);
            Ok(found.map(|(k, v)| (k.clone().into(), v.clone())).collect())
        }
    }

    proptest! {
        #[test]
        fn pages_give_every_version_once_and_in_order(
            keys in prop::collection::btree_map("[ab/\0]{1,4}", (any::<bool>(), prop::collection::btree_set(0_u64..9, 1..6)), 0..12),
            prefix in "[ab]{0,1}",
            slash in any::<bool>(),
            max in 1_usize..6,
        ) {
            let mut memory = Memory::default();
            let mut expected = Vec::new();
            for (key, (hidden, orders)) in &keys {
                let newest = orders.last().copied();
                for order in orders.iter().rev() {
                    let version = Version { order: Order(*order), null: false, modified_ms: 0, object: None };
                    let is_current = !hidden && Some(*order) == newest;
                    let place = if is_current {
                        records::current(1, key)
                    } else {
                        records::old(1, key, Order(*order))
                    };
                    memory.0.insert(place.as_slice().to_vec(), pack(&version, &[]));
                    if !key.starts_with(&prefix) {
                        continue;
                    }
                    match key[prefix.len()..].split_once('/').filter(|_| slash) {
                        Some((head, _)) => expected.push((format!("{prefix}{head}/"), None)),
                        None => expected.push((key.clone(), Some(*order))),
                    }
                }
            }
            expected.dedup();
            let history = History { read: memory, bucket: 1 };
            let (mut all, mut start) = (Vec::new(), At::before(&[]));
            loop {
                let query = Query { prefix: &prefix, delimiter: slash.then_some("/"), start, max };
                let page = page(&history, &query).now_or_never().expect("nothing waits").unwrap();
                let mut entries: Vec<_> =
                    page.items.iter().map(|i| (i.key.clone(), Some(i.version.order.0))).collect();
                entries.extend(page.prefixes.iter().map(|p| (p.clone(), None)));
                entries.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
                prop_assert!(entries.len() <= max);
                all.extend(entries);
                let Some(next) = page.next else { break };
                start = next;
            }
            prop_assert_eq!(all, expected);
        }
    }
}
