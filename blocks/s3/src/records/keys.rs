//! Where records stand.

use floor::{AccountId, Key, key::Parts as KeyParts};

use super::{DataId, UploadId};
use crate::{settings::Of, version_id::Order};

/// The claim on a name.
pub fn claim(name: &str) -> Key {
    Key::of("name").text(name)
}

/// An account's buckets in a directory.
pub fn owned_by(account: AccountId) -> Key {
    Key::of("owned").text(account.as_str())
}

/// One of them.
pub fn owned(account: AccountId, name: &str) -> Key {
    owned_by(account).raw(name.as_bytes())
}

/// The last deleted bucket of a name.
pub fn gone(name: &str) -> Key {
    Key::of("gone").text(name)
}

/// All buckets.
pub fn buckets() -> Key {
    Key::of("bucket")
}

/// A bucket.
pub fn bucket(name: &str) -> Key {
    buckets().text(name)
}

/// A configuration with a record of its own.
pub fn setting(bucket: u64, of: Of) -> Key {
    settings(bucket).raw(&[of as u8])
}

/// All of them.
pub fn settings(bucket: u64) -> Key {
    Key::of("c").number(bucket)
}

/// How far passes of lifecycle rules are.
pub fn all_tended() -> Key {
    Key::of("l")
}

/// That of one bucket.
pub fn tended(bucket: &str) -> Key {
    all_tended().raw(bucket.as_bytes())
}

/// Restorations that have something to tell, by time.
pub fn all_waiting() -> Key {
    Key::of("w")
}

/// One of them.
pub fn waiting(at_ms: u64, tick: u64) -> Key {
    all_waiting().number(at_ms).number(tick)
}

/// The latest versions of all keys.
pub fn currents(bucket: u64) -> Key {
    Key::of("o").number(bucket)
}

/// The latest version of a key.
pub fn current(bucket: u64, key: &str) -> Key {
    currents(bucket).raw(key.as_bytes())
}

/// The older versions of all keys.
pub fn olds(bucket: u64) -> Key {
    Key::of("v").number(bucket)
}

/// The older versions of a key.
pub fn olds_of(bucket: u64, key: &[u8]) -> Key {
    olds(bucket).bytes(key)
}

/// An older version.
pub fn old(bucket: u64, key: &str, order: Order) -> Key {
    olds_of(bucket, key.as_bytes()).descending(order.0)
}

/// Where the version `null` of a key is.
pub fn null(bucket: u64, key: &str) -> Key {
    Key::of("n").number(bucket).raw(key.as_bytes())
}

/// A body.
pub fn body(bucket: u64, data: DataId) -> Key {
    Key::of("b").number(bucket).raw(&data.0)
}

/// A manifest.
pub fn manifest(bucket: u64, data: DataId) -> Key {
    Key::of("m").number(bucket).raw(&data.0)
}

/// Manifests that wait for their last readers.
pub fn all_doomed() -> Key {
    Key::of("d")
}

/// One of them.
pub fn doomed(bucket: u64, data: DataId) -> Key {
    all_doomed().number(bucket).raw(&data.0)
}

/// The bucket and the manifest that [`doomed`] was made of.
pub fn read_doomed(key: &[u8]) -> Option<(u64, DataId)> {
    let mut parts = KeyParts::of(key.get(all_doomed().len()..)?);
    Some((parts.number()?, DataId(parts.rest().try_into().ok()?)))
}

/// The uploads of all keys.
pub fn uploads(bucket: u64) -> Key {
    Key::of("u").number(bucket)
}

/// The uploads of a key.
pub fn uploads_of(bucket: u64, key: &[u8]) -> Key {
    uploads(bucket).bytes(key)
}

/// An upload.
pub fn upload(bucket: u64, key: &str, id: UploadId) -> Key {
    uploads_of(bucket, key.as_bytes()).number(id.order).number(id.secret)
}

/// The parts of all uploads.
pub fn all_parts(bucket: u64) -> Key {
    Key::of("p").number(bucket)
}

/// The parts of an upload.
pub fn parts(bucket: u64, id: UploadId) -> Key {
    all_parts(bucket).number(id.order).number(id.secret)
}

/// A part.
pub fn part(bucket: u64, id: UploadId, number: u16) -> Key {
    parts(bucket, id).raw(&number.to_be_bytes())
}

/// What was replicated into a bucket.
pub fn all_replicated(bucket: u64) -> Key {
    Key::of("r").number(bucket)
}

/// How far the replication of a key of the bucket `source` has come.
pub fn replicated(bucket: u64, source: u64, key: &str) -> Key {
    all_replicated(bucket).number(source).raw(key.as_bytes())
}
