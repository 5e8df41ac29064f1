//! Listings of what a bucket holds: the sources that [`crate::listing`] pages through, and what they answer.

use bytes::Bytes;
use floor::Get;
use wire::{Answer, Fault};

use crate::{
    answer,
    bucket::Bucket,
    checksum::{Algorithm, Kind},
    fault,
    limits::PAGE_MAX,
    listing::{Source, behind_key},
    more::More,
    records::{self, Glance},
    restoring,
};

/// An object that a listing found.
#[derive(Debug)]
pub struct Listed {
    /// Its key.
    pub key: String,
    value: Bytes,
}

impl Listed {
    /// One with this record.
    pub fn new(key: String, value: Bytes) -> Self {
        Self { key, value }
    }
}

/// The latest versions of a bucket's keys.
pub struct Currents<G> {
    /// Where to read.
    pub view: G,
    /// Of which bucket.
    pub bucket: u64,
}

impl<G: Get> Source for Currents<G> {
    type Item = Listed;
    type At = Vec<u8>;

    fn key(item: &Listed) -> &str {
        &item.key
    }

    fn behind(item: &Listed) -> Vec<u8> {
        behind_key(&item.key)
    }

    async fn read(&self, from: &Vec<u8>, end: Option<&[u8]>, limit: usize) -> Answer<Vec<Listed>> {
        let base = records::currents(self.bucket);
        let mut range = base.all();
        range.start = Bytes::copy_from_slice(base.clone().raw(from).as_slice());
        if let Some(end) = end {
            range.end = Bytes::copy_from_slice(base.clone().raw(end).as_slice());
        }
        let found = self.view.range(range.heads(records::head), limit).await?;
        let listed =
            found.into_iter().map(|(key, value)| Ok(Listed { key: text(&key[base.len()..])?, value }));
        listed.collect()
    }
}

/// A key as it was stored.
pub fn text(bytes: &[u8]) -> Answer<String> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|_| floor::fault::internal("a stored key is not UTF-8"))
}

/// Whether a listing is to tell of restorations; then, the time.
pub fn wants_restore(attributes: Option<&[String]>, now_ms: u64) -> Option<u64> {
    attributes.is_some_and(|all| all.iter().any(|a| a == "RestoreStatus")).then_some(now_ms)
}

/// The owners that a listing shows: nearly always the bucket's, whose id is worked out once for all of them.
#[derive(Debug)]
pub struct Owners(Option<api_s3::Owner>);

impl Owners {
    /// Those of a bucket.
    pub fn new(bucket: &Bucket) -> Self {
        Self(bucket.owner_of(None))
    }

    /// The owner of one of its objects.
    pub fn of(&self, bucket: &Bucket, more: Option<&More>) -> Option<api_s3::Owner> {
        if more.is_some_and(|more| more.acl.is_some()) { bucket.owner_of(more) } else { self.0.clone() }
    }
}

/// The `Contents` of a listing, none where it is empty. See [`contents`].
pub fn all(
    listed: Vec<Listed>,
    bucket: &Bucket,
    encoding: Option<&str>,
    owners: Option<&Owners>,
    restore: Option<u64>,
) -> Answer<Option<Vec<api_s3::Object>>> {
    let mut found = Vec::with_capacity(listed.len());
    for one in listed {
        found.push(contents(one, bucket, encoding, owners, restore)?);
    }
    Ok(some(found))
}

/// One of the `Contents` of a listing. `owners`: where it shows them. `restore`: the time, where it is to tell of restorations.
fn contents(
    listed: Listed,
    bucket: &Bucket,
    encoding: Option<&str>,
    owners: Option<&Owners>,
    restore: Option<u64>,
) -> Answer<api_s3::Object> {
    let glance = Glance::at(&listed.value)?;
    let object = glance.object.ok_or_else(|| floor::fault::internal("a delete marker stands as latest"))?;
    let (checksum_algorithm, checksum_type) =
        object.checksum.map(|c| checksum(c.value.algorithm, c.kind)).unzip();
    let (class, more) = (object.about.storage_class, object.more.as_deref());
    Ok(api_s3::Object {
        last_modified: Some(answer::time(glance.modified_ms)),
        etag: Some(object.etag.quoted()),
        checksum_algorithm,
        checksum_type,
        size: Some(object.size as i64),
        storage_class: Some(storage_class(class)),
        restore_status: restore.and_then(|now_ms| restoring::status(class, more, now_ms)),
        owner: owners.and_then(|owners| owners.of(bucket, more)),
        key: Some(match encoding {
            None => listed.key,
            Some(_) => answer::encoded(&listed.key, encoding),
        }),
    })
}

/// What listings say of checksums.
pub fn checksum(algorithm: Algorithm, kind: Kind) -> (Vec<String>, String) {
    (vec![algorithm.name().to_owned()], kind.name().to_owned())
}

/// What listings say of storage classes: unlike reads, they name STANDARD too.
pub fn storage_class(kept: Option<&str>) -> String {
    kept.unwrap_or("STANDARD").to_owned()
}

/// `CommonPrefixes`; left out where there are none.
pub fn common_prefixes(prefixes: &[String], encoding: Option<&str>) -> Option<Vec<api_s3::CommonPrefix>> {
    let all: Vec<_> = prefixes
        .iter()
        .map(|p| api_s3::CommonPrefix { prefix: Some(answer::encoded(p, encoding)) })
        .collect();
    some(all)
}

/// A list; none where it is empty: documents leave it out.
pub fn some<T>(all: Vec<T>) -> Option<Vec<T>> {
    (!all.is_empty()).then_some(all)
}

/// `max-keys` and its like.
pub fn page_size(asked: Option<i32>, name: &'static str) -> Answer<i32> {
    match asked {
        None => Ok(PAGE_MAX),
        Some(asked) if asked < 0 => Err(negative(name, asked)),
        Some(asked) => Ok(asked.min(PAGE_MAX)),
    }
}

fn negative(name: &'static str, asked: i32) -> Fault {
    let message = format!("Argument {name} must be an integer between 0 and 2147483647");
    fault::invalid_argument(message, name, asked.to_string())
}

/// A delimiter; the empty one is none.
pub fn delimiter(asked: Option<&str>) -> Option<&str> {
    asked.filter(|d| !d.is_empty())
}
