//! The versions of a key: which is the latest, what a write does to the others.

use bytes::Bytes;
use floor::{Get, Tx};
use wire::Answer;

use crate::{
    bucket::Bucket,
    data, fault,
    holds::Releasing,
    records::{self, Object, Version, Versioning, pack, unpack},
    replication,
    settings::Of,
    version_id::{Foreign, Meaning, Order},
};

/// Which version a request names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// None: the latest.
    Latest,
    /// The one that was written while the bucket kept no versions.
    Null,
    /// This one.
    Order(Order),
    /// One that was written elsewhere, where there is a replica of it.
    Elsewhere(Foreign),
}

impl Which {
    /// Reads `versionId` of a request for `key`.
    pub fn parse(version_id: Option<&str>, bucket: &Bucket, key: &str) -> Answer<Self> {
        match version_id {
            None => Ok(Self::Latest),
            Some("null") => Ok(Self::Null),
            Some("") => {
                Err(fault::invalid_argument("Version id cannot be the empty string", "versionId", ""))
            }
            Some(text) => match Order::of_version_id(text, bucket.record.id, key) {
                Meaning::Version(order) => Ok(Self::Order(order)),
                Meaning::Elsewhere(foreign) => Ok(Self::Elsewhere(foreign)),
                Meaning::Nothing => Err(fault::invalid_version_id(text)),
            },
        }
    }
}

/// A version with its body, where that is inline.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The version.
    pub version: Version,
    /// Its body, where it is inline.
    pub inline: Bytes,
    value: Bytes,
}

impl Stored {
    /// From a record.
    pub fn of(value: Bytes) -> Answer<Self> {
        let (version, inline) = unpack(&value)?;
        Ok(Self { version, inline, value })
    }

    /// The object; none where this is a delete marker.
    pub fn object(&self) -> Option<&Object> {
        self.version.object.as_ref()
    }
}

impl Version {
    /// The id by which clients name it.
    pub fn id(&self, bucket: &Bucket, key: &str) -> String {
        let bucket = self.origin().unwrap_or(bucket.record.id);
        if self.null { "null".to_owned() } else { self.order.version_id(bucket, key) }
    }

    /// The number of the bucket that a replica is from.
    pub fn origin(&self) -> Option<u64> {
        self.object.as_ref()?.more.as_ref()?.origin
    }

    /// Its id where the bucket has versions, for answers that leave it out elsewhere.
    pub fn id_in(&self, bucket: &Bucket, key: &str) -> Option<String> {
        (bucket.record.versioning != Versioning::Never).then(|| self.id(bucket, key))
    }

    /// As [`Version::id_in`], for answers to writes and for events: these do not name the version called null.
    pub fn new_id_in(&self, bucket: &Bucket, key: &str) -> Option<String> {
        if self.null { None } else { self.id_in(bucket, key) }
    }
}

/// What stands at a key.
#[derive(Clone, Debug)]
pub struct Slot {
    latest: Option<Stored>,
}

impl Slot {
    /// Reads it: one record, and another where a bucket with versions has no object there.
    pub async fn load<R: Get>(read: &R, bucket: &Bucket, key: &str) -> Answer<Self> {
        let id = bucket.record.id;
        let latest = match read.get(&records::current(id, key)).await? {
            Some(value) => Some(Stored::of(value)?),
            None if bucket.record.versioning == Versioning::Never => None,
            None => Box::pin(newest_old(read, id, key)).await?,
        };
        Ok(Self { latest })
    }

    /// The latest version, object or delete marker.
    pub fn latest(&self) -> Option<&Stored> {
        self.latest.as_ref()
    }

    /// The latest version, where it is an object.
    pub fn current(&self) -> Option<(&Stored, &Object)> {
        self.latest.as_ref().and_then(|l| l.object().map(|o| (l, o)))
    }

    /// The record of the latest version, where that is an object.
    fn value(&self) -> Option<&Bytes> {
        self.current().map(|(stored, _)| &stored.value)
    }

    /// The order of the next version.
    pub fn next(&self, tick: u64) -> Order {
        Order::next(self.latest.as_ref().map(|l| l.version.order), tick)
    }
}

async fn newest_old<R: Get>(read: &R, bucket: u64, key: &str) -> Answer<Option<Stored>> {
    let newest = read.range(records::olds_of(bucket, key.as_bytes()).all(), 1).await?;
    newest.into_iter().next().map(|(_, value)| Stored::of(value)).transpose()
}

/// The version that a request names, object or delete marker.
pub async fn find<R: Get>(read: &R, bucket: &Bucket, key: &str, which: Which) -> Answer<Option<Stored>> {
    let slot = Slot::load(read, bucket, key).await?;
    let is_it = |v: &Version| match which {
        Which::Latest => true,
        Which::Null => v.null,
        Which::Order(order) => !v.null && v.order == order,
        Which::Elsewhere(foreign) => {
            !v.null && v.order == foreign.order && v.origin().is_some_and(|from| foreign.is_of(from, key))
        }
    };
    if bucket.record.versioning == Versioning::Never
        || slot.latest.as_ref().is_some_and(|l| is_it(&l.version))
    {
        return Ok(slot.latest.filter(|l| is_it(&l.version)));
    }
    let id = bucket.record.id;
    let order = match which {
        Which::Latest => return Ok(None),
        Which::Elsewhere(foreign) => Some(foreign.order),
        Which::Null => null_order(read, id, key).await?,
        Which::Order(order) => Some(order),
    };
    let Some(order) = order else { return Ok(None) };
    let found = read.get(&records::old(id, key, order)).await?.map(Stored::of).transpose()?;
    Ok(found.filter(|f| is_it(&f.version)))
}

/// Where among the older versions the one called `null` is.
pub async fn null_order<R: Get>(read: &R, bucket: u64, key: &str) -> Answer<Option<Order>> {
    let found = read.get(&records::null(bucket, key)).await?;
    let order = found.map(|v| {
        let bytes: Option<[u8; 8]> = v.as_ref().try_into().ok();
        bytes
            .map(|b| Order(u64::from_be_bytes(b)))
            .ok_or_else(|| floor::fault::internal("a null pointer is damaged"))
    });
    order.transpose()
}

/// One change to a key: when it happens, and how it lets go of bytes.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// Milliseconds since 1970.
    pub now_ms: u64,
    /// Above all orders given before.
    pub tick: u64,
    /// What the transaction lets go of.
    pub releasing: &'a Releasing,
}

/// Makes `object` the latest version of `key`. What it replaces goes, or becomes an older version.
pub async fn put(
    tx: &Tx,
    bucket: &Bucket,
    key: &str,
    slot: &Slot,
    mut object: Object,
    inline: &[u8],
    at: Change<'_>,
) -> Answer<Version> {
    if bucket.record.has(Of::Replication) {
        Box::pin(replication::mark(tx, bucket, key, &mut object)).await?;
    }
    make_way(tx, bucket, key, slot, at.releasing).await?;
    at.releasing.note(tx, bucket.record.id, key, slot.value(), at.now_ms);
    let version = Version {
        order: slot.next(at.tick),
        null: bucket.record.versioning != Versioning::Enabled,
        modified_ms: at.now_ms,
        object: Some(object),
    };
    tx.put(&records::current(bucket.record.id, key), pack(&version, inline));
    Ok(version)
}

/// Writes a version that came from another bucket, in its order: what was written here since stays above it. `Err` where
/// this order is taken, as clocks that went back can have it, with what would have been written.
pub async fn put_replica(
    tx: &Tx,
    bucket: &Bucket,
    key: &str,
    slot: &Slot,
    version: Version,
    inline: &[u8],
    releasing: &Releasing,
) -> Answer<Result<Version, Version>> {
    let id = bucket.record.id;
    let latest = slot.latest().map(|latest| latest.version.order);
    if latest.is_none_or(|latest| latest < version.order) {
        make_way(tx, bucket, key, slot, releasing).await?;
        if version.object.is_some() {
            tx.put(&records::current(id, key), pack(&version, inline));
            return Ok(Ok(version));
        }
        if slot.current().is_some() {
            tx.delete(&records::current(id, key));
        }
    } else if latest == Some(version.order) || tx.get(&records::old(id, key, version.order)).await?.is_some()
    {
        return Ok(Err(version));
    }
    tx.put(&records::old(id, key, version.order), pack(&version, inline));
    Ok(Ok(version))
}

/// Retires or removes what a new version displaces; the entry of the current one is left to be overwritten.
async fn make_way(tx: &Tx, bucket: &Bucket, key: &str, slot: &Slot, releasing: &Releasing) -> Answer<()> {
    let id = bucket.record.id;
    match (bucket.record.versioning, slot.current()) {
        (Versioning::Never, Some((_, object))) => data::release(tx, id, &object.data, releasing).await,
        (Versioning::Never | Versioning::Enabled, None) => Ok(()),
        (Versioning::Suspended, Some((old, object))) if old.version.null => {
            data::release(tx, id, &object.data, releasing).await
        }
        (Versioning::Enabled, Some((old, _))) => {
            retire(tx, id, key, old);
            Ok(())
        }
        (Versioning::Suspended, current) => {
            Box::pin(remove_old_null(tx, id, key, releasing)).await?;
            if let Some((old, _)) = current {
                retire(tx, id, key, old);
            }
            Ok(())
        }
    }
}

/// Puts a version among the older ones.
fn retire(tx: &Tx, bucket: u64, key: &str, old: &Stored) {
    let order = old.version.order;
    tx.put(&records::old(bucket, key, order), old.value.clone());
    if old.version.null {
        tx.put(&records::null(bucket, key), order.0.to_be_bytes().to_vec());
    }
}

async fn remove_old_null(tx: &Tx, bucket: u64, key: &str, releasing: &Releasing) -> Answer<()> {
    let Some(order) = null_order(tx, bucket, key).await? else { return Ok(()) };
    let place = records::old(bucket, key, order);
    if let Some(value) = tx.get(&place).await?
        && let Some(object) = Stored::of(value)?.object()
    {
        data::release(tx, bucket, &object.data, releasing).await?;
    }
    tx.delete(&place);
    tx.delete(&records::null(bucket, key));
    Ok(())
}

/// What a deletion did.
#[derive(Clone, Debug)]
pub enum Deleted {
    /// There was nothing.
    Nothing,
    /// This version is gone.
    Removed {
        /// The version.
        version: Version,
        /// The deletion's place among the events of the key.
        order: Order,
    },
    /// This delete marker now hides what was there.
    Marked(Version),
}

/// Deletes the latest version, as a request without `versionId` does: a bucket with versions keeps it behind a
/// delete marker.
pub async fn delete_latest(
    tx: &Tx,
    bucket: &Bucket,
    key: &str,
    slot: &Slot,
    at: Change<'_>,
) -> Answer<Deleted> {
    let id = bucket.record.id;
    let order = slot.next(at.tick);
    let current = slot.current();
    make_way(tx, bucket, key, slot, at.releasing).await?;
    if current.is_some() {
        at.releasing.note(tx, id, key, slot.value(), at.now_ms);
        tx.delete(&records::current(id, key));
    }
    if bucket.record.versioning == Versioning::Never {
        let removed = current.map(|(old, _)| Deleted::Removed { version: old.version.clone(), order });
        return Ok(removed.unwrap_or(Deleted::Nothing));
    }
    let null = bucket.record.versioning == Versioning::Suspended;
    let marker = Version { order, null, modified_ms: at.now_ms, object: None };
    tx.put(&records::old(id, key, order), pack(&marker, &[]));
    if null {
        tx.put(&records::null(id, key), order.0.to_be_bytes().to_vec());
    }
    Ok(Deleted::Marked(marker))
}

/// Deletes one version for good. Where it was the latest, the next older one takes its place.
pub async fn delete_version(
    tx: &Tx,
    bucket: &Bucket,
    key: &str,
    which: Which,
    at: Change<'_>,
) -> Answer<Deleted> {
    let id = bucket.record.id;
    let Some(found) = find(tx, bucket, key, which).await? else { return Ok(Deleted::Nothing) };
    let slot = Slot::load(tx, bucket, key).await?;
    if let Some(object) = found.object() {
        data::release(tx, id, &object.data, at.releasing).await?;
    }
    let order = found.version.order;
    let was_current = slot.current().is_some_and(|(current, _)| current.version.order == order);
    if was_current {
        at.releasing.note(tx, id, key, slot.value(), at.now_ms);
        tx.delete(&records::current(id, key));
    } else {
        tx.delete(&records::old(id, key, order));
        if found.version.null {
            tx.delete(&records::null(id, key));
        }
    }
    let was_latest = slot.latest().is_some_and(|latest| latest.version.order == order);
    if was_latest && bucket.record.versioning != Versioning::Never {
        promote(tx, id, key).await?;
    }
    Ok(Deleted::Removed { version: found.version, order: slot.next(at.tick) })
}

/// Makes the newest of the older versions the current one, unless it is a delete marker.
async fn promote(tx: &Tx, bucket: u64, key: &str) -> Answer<()> {
    let Some(newest) = newest_old(tx, bucket, key).await? else { return Ok(()) };
    if newest.object().is_none() {
        return Ok(());
    }
    tx.delete(&records::old(bucket, key, newest.version.order));
    if newest.version.null {
        tx.delete(&records::null(bucket, key));
    }
    tx.put(&records::current(bucket, key), newest.value);
    Ok(())
}

/// Writes a version back to where it stands, with another description of its object.
pub async fn rewrite(tx: &Tx, bucket: &Bucket, key: &str, stored: &Stored) -> Answer<()> {
    let id = bucket.record.id;
    let place = records::current(id, key);
    let is_current = match tx.get(&place).await? {
        Some(value) => unpack(&value)?.0.order == stored.version.order,
        None => false,
    };
    let place = if is_current { place } else { records::old(id, key, stored.version.order) };
    tx.put(&place, pack(&stored.version, &stored.inline));
    Ok(())
}
