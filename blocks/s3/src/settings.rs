//! Configurations of a bucket that have a record of their own: read only by the requests that they concern, and kept
//! decoded. Which of them a bucket has stands in its own record, so that those it has not cost no read.

use std::{any::Any, collections::HashMap, sync::Arc};

use bytes::Bytes;
use floor::{Admitted, Cx, Get, Handle, Record, Tx};
use parking_lot::RwLock;
use wire::{Answer, Empty, Operation};

use crate::{
    S3,
    bucket::{Bucket, InBucket},
    records::{self, BucketRecord},
};

/// What a bucket has at most one of. The number is stored: it never changes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u8)]
pub enum Of {
    /// `CORSConfiguration`.
    Cors = 0,
    /// `LifecycleConfiguration`.
    Lifecycle = 1,
    /// `WebsiteConfiguration`.
    Website = 2,
    /// `ReplicationConfiguration`.
    Replication = 3,
    /// `BucketLoggingStatus`.
    Logging = 4,
}

/// A configuration with a record of its own.
pub trait Setting: Record + Send + Sync + 'static {
    /// Which one it is.
    const OF: Of;
}

impl BucketRecord {
    /// Whether the bucket has this configuration.
    pub fn has(&self, of: Of) -> bool {
        self.settings & of.bit() != 0
    }

    fn mark(&mut self, of: Of, is_there: bool) {
        if is_there { self.settings |= of.bit() } else { self.settings &= !of.bit() }
    }
}

impl Of {
    fn bit(self) -> u32 {
        1 << self as u8
    }
}

/// How many decoded configurations are kept.
const KEPT_MAX: usize = 1000;

/// Configurations that were decoded before, with the bytes that they were decoded from, so that nothing is ever stale.
#[derive(Debug, Default)]
pub struct Settings(RwLock<HashMap<(u64, Of), Kept>>);

/// One of them.
type Kept = (Bytes, Arc<dyn Any + Send + Sync>);

impl Settings {
    fn decode<T: Setting>(&self, bucket: u64, stored: Bytes) -> Answer<Arc<T>> {
        let place = (bucket, T::OF);
        if let Some((from, kept)) = self.0.read().get(&place)
            && *from == stored
            && let Ok(kept) = kept.clone().downcast()
        {
            return Ok(kept);
        }
        let made = Arc::new(T::decode(&stored)?);
        let mut all = self.0.write();
        if all.len() >= KEPT_MAX {
            all.clear();
        }
        all.insert(place, (stored, made.clone()));
        Ok(made)
    }
}

impl S3 {
    /// The bucket's configuration of this kind.
    pub async fn setting<T: Setting, R: Get>(&self, read: &R, bucket: &Bucket) -> Answer<Option<Arc<T>>> {
        if !bucket.record.has(T::OF) {
            return Ok(None);
        }
        let id = bucket.record.id;
        let stored = read.get(&records::setting(id, T::OF)).await?;
        stored.map(|stored| self.settings.decode(id, stored)).transpose()
    }

    /// Stores it, or removes it: the body of the operations that begin with Put and Delete.
    pub async fn set<T, O>(
        &self,
        cx: &mut Cx,
        at: &Admitted<O, Self>,
        input: &O::Input,
        name: &str,
        setting: Option<&T>,
    ) -> Answer<Empty>
    where
        T: Setting,
        O: Operation,
        Self: Handle<O, Loaded = InBucket>,
    {
        let changed = cx.cell(&at.place).await?.transact(|tx| async move {
            let here = at.within(self, &tx, input).await?;
            put(&tx, name, &here.inside(name)?.record, setting);
            Ok(Empty)
        });
        changed.await
    }
}

/// Stores a configuration, or removes it, and says so in the bucket's record.
pub fn put<T: Setting>(tx: &Tx, name: &str, bucket: &BucketRecord, setting: Option<&T>) {
    let key = records::setting(bucket.id, T::OF);
    match setting {
        Some(setting) => tx.save(&key, setting),
        None => tx.delete(&key),
    }
    let mut record = bucket.clone();
    record.mark(T::OF, setting.is_some());
    tx.save(&records::bucket(name), &record);
}
