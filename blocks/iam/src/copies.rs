//! Each region's copy of what is global: the same keys and values in the region's directory cell, brought up to date
//! by the log that every write to the `global` cell adds to.
//!
//! A region gets its copy once it has data of its own, and from then on authenticates and authorises alone.

use std::sync::Arc;

use bytes::Bytes;
use floor::{Answer, Fault, Floor, Get, Key, KeyRange, Placement, Record, Region, Tx, first_format};
use serde::{Deserialize, Serialize};

use crate::Iam;

/// What one transaction changed.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct Changes(Vec<(Vec<u8>, Option<Vec<u8>>)>);

/// How far a copy has come: the log's key that it has applied last; empty where the log was.
#[derive(Serialize, Deserialize)]
struct Applied {
    upto: Vec<u8>,
}

first_format!(Changes, Applied);

impl Changes {
    pub(crate) fn put(&mut self, key: &Key, value: &[u8]) {
        self.0.push((key.as_slice().to_vec(), Some(value.to_vec())));
    }

    pub(crate) fn delete(&mut self, key: &Key) {
        self.0.push((key.as_slice().to_vec(), None));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn apply(&self, tx: &Tx) {
        for (key, value) in &self.0 {
            let key = Key::exactly(key);
            match value {
                Some(value) => tx.put(&key, value.clone()),
                None => tx.delete(&key),
            }
        }
    }
}

/// The log of changes, in the `global` cell: this, then the place of the commit in the order of all.
pub(crate) fn log() -> Key {
    Key::of("log")
}

fn applied_key() -> Key {
    Key::of("copied")
}

/// The key of a family that only the `global` cell has: no decision of a region needs it.
pub(crate) fn own(family: &str) -> Key {
    Key::of("own").text(family)
}

/// Families that are not copied.
fn is_own(key: &[u8]) -> bool {
    [log(), applied_key(), Key::of("own")].iter().any(|family| key.starts_with(family.as_slice()))
}

/// Log entries in one step.
const STEP_ENTRIES: usize = 100;
/// Records in one step of a first copy.
const STEP_RECORDS: usize = 500;

/// Whether `region` has a copy.
pub(crate) async fn is_there(floor: &Floor, region: &Region) -> Answer<bool> {
    let view = floor.view::<Iam>(&Placement::directory(region)).await?;
    Ok(view.get(&applied_key()).await?.is_some())
}

/// How many changes `region` has not yet applied, up to a thousand; `None` without a copy.
pub(crate) async fn lag(floor: &Floor, region: &Region) -> Answer<Option<usize>> {
    let copy = floor.view::<Iam>(&Placement::directory(region)).await?;
    let Some(applied) = copy.load::<Applied>(&applied_key()).await? else { return Ok(None) };
    let global = floor.view::<Iam>(&Placement::global()).await?;
    Ok(Some(global.range(after(&applied.upto), 1000).await?.len()))
}

/// The log behind the entry `upto`.
fn after(upto: &[u8]) -> KeyRange {
    let all = log().all();
    if upto.is_empty() {
        return all;
    }
    KeyRange { start: Bytes::from([upto, &[0]].concat()), ..all }
}

/// Brings `region`'s copy up to date, and makes it where there is none; answers whether anything changed. One at a
/// time for each region.
pub(crate) async fn bring(floor: &Arc<Floor>, region: &Region) -> Answer<bool> {
    let mut has_changed = false;
    loop {
        let copy = floor.view::<Iam>(&Placement::directory(region)).await?;
        let applied: Option<Applied> = copy.load(&applied_key()).await?;
        let global = floor.view::<Iam>(&Placement::global()).await?;
        let Some(applied) = applied else {
            copy_all(floor, region).await?;
            has_changed = true;
            continue;
        };
        let entries = global.range(after(&applied.upto), STEP_ENTRIES).await?;
        let Some((last, _)) = entries.last() else { return Ok(has_changed) };
        let changes: Vec<Changes> =
            entries.iter().map(|(_, value)| Changes::decode(value)).collect::<Answer<_>>()?;
        let (expected, next) = (&applied.upto, &Applied { upto: last.to_vec() });
        let write = |tx: Tx| {
            let changes = &changes;
            async move {
                let found: Option<Applied> = tx.load(&applied_key()).await?;
                if found.is_some_and(|found| found.upto == *expected) {
                    for one in changes {
                        one.apply(&tx);
                    }
                    tx.save(&applied_key(), next);
                }
                Ok(())
            }
        };
        floor.cell::<Iam>(&Placement::directory(region)).await?.transact(write).await?;
        has_changed = true;
    }
}

/// The first copy, of one view of the `global` cell; it counts once all of it is there. What one that was broken off has
/// left is replaced: it may be out of date.
async fn copy_all(floor: &Arc<Floor>, region: &Region) -> Answer<()> {
    let global = floor.view::<Iam>(&Placement::global()).await?;
    let newest = KeyRange { reverse: true, ..log().all() };
    let upto = global.range(newest, 1).await?.first().map(|(key, _)| key.to_vec()).unwrap_or_default();
    let place = Placement::directory(region);
    let mut range = everything();
    loop {
        let pairs = global.range(range.clone(), STEP_RECORDS).await?;
        let next = pairs.last().map(|(last, _)| Bytes::from([&last[..], &[0]].concat()));
        let replaced = KeyRange { end: next.clone().unwrap_or(range.end.clone()), ..range.clone() };
        let write = |tx: Tx| {
            let (pairs, replaced) = (&pairs, replaced.clone());
            async move {
                for (key, _) in tx.range(replaced, usize::MAX).await?.iter().filter(|(key, _)| !is_own(key)) {
                    tx.delete(&Key::exactly(key));
                }
                for (key, value) in pairs.iter().filter(|(key, _)| !is_own(key)) {
                    tx.put(&Key::exactly(key), value.clone());
                }
                Ok::<_, Fault>(())
            }
        };
        floor.cell::<Iam>(&place).await?.transact(write).await?;
        let Some(next) = next else { break };
        range.start = next;
    }
    let applied = &Applied { upto };
    let write = |tx: Tx| async move {
        tx.save(&applied_key(), applied);
        Ok(())
    };
    floor.cell::<Iam>(&place).await?.transact(write).await
}

/// Every key of the block.
fn everything() -> KeyRange {
    KeyRange::new(Bytes::new(), Bytes::from_static(&[0xff]))
}
