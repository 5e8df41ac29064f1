//! What is stored, and under which keys.
//!
//! | key | value | cell |
//! |---|---|---|
//! | `name` NAME | [`Claim`] | global |
//! | `owned` ACCOUNT NAME | [`Owned`] | the region's directory |
//! | `gone` NAME | [`Gone`] | the directory and the bucket's |
//! | `bucket` NAME | [`BucketRecord`] | the bucket's, as all that follow |
//! | `c` ID KIND | a configuration of the bucket: [`crate::settings`], and behind it a name: [`crate::many`] | |
//! | `o` ID KEY | the latest version of a key, where it is an object: [`Version`] | |
//! | `v` ID KEY ORDER↓ | every older version, and every delete marker, newest first: [`Version`] | |
//! | `n` ID KEY | where among those the version `null` is: [`Order`] | |
//! | `b` ID DATA | a body too large for its version's record and too small for a blob: the bytes, encrypted | |
//! | `m` ID DATA | the parts of an object that was uploaded in parts: [`Manifest`] | |
//! | `d` ID DATA | a manifest whose object is gone and whose last reader is not: nothing | |
//! | `u` ID KEY UPLOAD | an upload in parts under way: [`Upload`] | |
//! | `p` ID UPLOAD NUMBER | one of its parts: [`Part`] | |
//! | `e` NAME ORDER, `l` NAME | lines for its access log, the pass of its lifecycle: [`crate::logging`], [`crate::tending`] | |
//! | `w` TIME TICK | a restoration with something to tell then: [`crate::restoring::Waiting`] | |
//! | `r` ID SOURCE KEY | how far a key's replication from another bucket has come: [`Replicated`] | |
//!
//! ID is the bucket's number, so that a bucket that was deleted and made again shares nothing with the former one. A
//! listing of objects reads `o` alone: what is hidden or old is not in its way. A read of the latest version reads
//! `o` once. Whatever a request does to a key happens in one transaction, so that one key has at most one entry in
//! `o` and its order is above all in `v`.

mod glance;
mod keys;

use std::collections::BTreeMap;

use auth::{AccountId, Region};
use bytes::Bytes;
use floor::{BlobHandle, Record as _, first_format};
use serde::{Deserialize, Serialize};
use wire::Answer;

use crate::{
    checksum::{Algorithm, Checksum, Kind, Value},
    etag::ETag,
    more::{Acl, Lock, More, Ownership, PublicAccess},
    notification::Notification,
    tags::Tags,
    version_id::Order,
};

pub use glance::{Glance, head};
pub use keys::*;

/// Who has a bucket's name in the partition, and where the bucket is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Claim {
    /// Which bucket of this name: larger than those of its predecessors.
    pub id: u64,
    /// Its owner.
    pub account: AccountId,
    /// Its region.
    pub region: Region,
    /// Since when, in milliseconds since 1970.
    pub created_ms: u64,
    /// Tags that the bucket begins with.
    pub tags: Tags,
    /// What else it begins with.
    pub beginning: Beginning,
}

/// What a bucket begins with: what its creation said, and what new buckets have.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Beginning {
    /// See [`BucketRecord::ownership`].
    pub ownership: Option<Ownership>,
    /// See [`BucketRecord::public_access`].
    pub public_access: Option<PublicAccess>,
    /// See [`BucketRecord::takes_customer_keys`].
    pub takes_customer_keys: bool,
    /// See [`BucketRecord::acl`].
    pub acl: Option<Acl>,
    /// See [`BucketRecord::lock`].
    pub lock: Option<Lock>,
}

impl Default for Beginning {
    /// Since April 2023 lists do not count, and the public is kept out.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html>
    fn default() -> Self {
        Self {
            ownership: Some(Ownership::Enforced),
            public_access: Some(PublicAccess::BLOCKED),
            takes_customer_keys: false,
            acl: None,
            lock: None,
        }
    }
}

impl Beginning {
    /// As buckets began before.
    pub const LEGACY: Self =
        Self { ownership: None, public_access: None, takes_customer_keys: true, acl: None, lock: None };
}

/// A bucket in the region's directory.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Owned {
    /// Which bucket of this name.
    pub id: u64,
    /// Since when, in milliseconds since 1970.
    pub created_ms: u64,
}

/// The last bucket of a name that was deleted: a creation of that one that comes late is not followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Gone {
    /// Its number.
    pub id: u64,
}

/// Whether a bucket keeps versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Versioning {
    /// It never did.
    Never,
    /// It does.
    Enabled,
    /// It did.
    Suspended,
}

/// A bucket.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "switches of their own")]
pub struct BucketRecord {
    /// Which bucket of this name.
    pub id: u64,
    /// Its owner.
    pub owner: AccountId,
    /// Since when, in milliseconds since 1970.
    pub created_ms: u64,
    /// Whether it keeps versions.
    pub versioning: Versioning,
    /// Whether `MfaDelete` was named once, which then is answered too. It cannot be but `Disabled`.
    pub names_mfa_delete: bool,
    /// Its policy, as it was given.
    pub policy: Option<String>,
    /// Its tags.
    pub tags: Tags,
    /// Who is told of what.
    pub notifications: Vec<Notification>,
    /// The key that its objects are encrypted with, sealed with the master key.
    pub key: Vec<u8>,
    /// How objects are encrypted of which the client does not say it; none: with the bucket's key.
    pub encryption: Option<DefaultEncryption>,
    /// Whether objects may be written under keys of the customer's (SSE-C). Those of new buckets may not.
    pub takes_customer_keys: bool,
    /// Which configurations it has that stand in records of their own: see [`crate::settings`].
    pub settings: u32,
    /// Who owns what is written into it; none: whoever wrote it, and nobody has said so.
    pub ownership: Option<Ownership>,
    /// What is blocked of public access; none: nothing was asked for.
    pub public_access: Option<PublicAccess>,
    /// Its access control list; none: private.
    pub acl: Option<Acl>,
    /// Whether requesters pay.
    pub requester_pays: bool,
    /// Object Lock, where it was enabled.
    pub lock: Option<Lock>,
    /// Transfer acceleration: enabled, suspended, or never asked for.
    pub accelerates: Option<bool>,
    /// Whether its tags take part in authorisation.
    pub abac: bool,
}

/// `ServerSideEncryptionConfiguration`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DefaultEncryption {
    /// `AES256`, `aws:kms` or `aws:kms:dsse`.
    pub algorithm: String,
    /// The key of KMS, as it was given; none: that of S3 itself.
    pub kms_key: Option<String>,
    /// One data key for the bucket rather than one for each object.
    pub bucket_key: bool,
}

/// The name of a body or manifest within its bucket.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct DataId(pub [u8; 16]);

/// One version of an object, or a delete marker.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Version {
    /// Its place among the versions of its key.
    pub order: Order,
    /// Its id is `null`: written while the bucket did not keep versions.
    pub null: bool,
    /// Since when, in milliseconds since 1970.
    pub modified_ms: u64,
    /// The object; none: a delete marker.
    pub object: Option<Object>,
}

/// What is known of an object's bytes, and what the client said of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Object {
    /// In bytes.
    pub size: u64,
    /// Its entity tag.
    pub etag: ETag,
    /// Its checksum.
    pub checksum: Option<Checksum>,
    /// Where its bytes are.
    pub data: Data,
    /// What the client said of it.
    pub about: About,
    /// How its bytes are encrypted.
    pub sealing: Sealing,
    /// What few objects have.
    pub more: Option<Box<More>>,
}

/// How bytes are encrypted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Sealing {
    /// With the bucket's key.
    Bucket,
    /// With a data key of KMS.
    Kms(Box<OfKms>),
    /// With a key of the customer's.
    Customer(Box<OfCustomer>),
}

/// What is known of a customer's key.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OfCustomer {
    /// Random.
    pub salt: [u8; 16],
    /// A hash of the key with the salt: it tells the key from others, and opens nothing.
    pub check: [u8; 32],
}

/// What is known of a data key of KMS.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OfKms {
    /// The ARN of the key that has encrypted it.
    pub key: String,
    /// The data key, encrypted.
    pub data_key: Vec<u8>,
    /// What the client bound it to, beside the object: JSON.
    pub context: Option<String>,
    /// It is bound to the bucket rather than to the object.
    pub bucket_key: bool,
    /// `aws:kms:dsse` was asked for.
    pub dual_layer: bool,
}

/// What a client says of an object when it is written.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct About {
    /// `Content-Type`, `Cache-Control`, ...: in the order of [`Header`].
    pub headers: BTreeMap<Header, String>,
    /// User metadata, sorted by name.
    pub metadata: BTreeMap<String, String>,
    /// Tags.
    pub tags: Tags,
    /// The storage class; none for STANDARD.
    pub storage_class: Option<String>,
}

/// A header that is kept with an object and given back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Header {
    /// `Content-Type`.
    ContentType,
    /// `Content-Encoding`.
    ContentEncoding,
    /// `Content-Disposition`.
    ContentDisposition,
    /// `Content-Language`.
    ContentLanguage,
    /// `Cache-Control`.
    CacheControl,
    /// `Expires`.
    Expires,
}

/// Where bytes are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Data {
    /// Behind the version in its own record.
    Inline,
    /// In a record of their own.
    Kept(DataId),
    /// In the blob store.
    Blob(BlobHandle),
    /// In parts.
    Parts(Parts),
}

/// An object that was uploaded in parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Parts {
    /// The manifest's name.
    pub manifest: DataId,
    /// How many parts.
    pub count: u16,
    /// The upload that they came from: completing it once more answers the same.
    pub upload: UploadId,
}

/// The parts of an object, in order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The parts.
    pub parts: Vec<Piece>,
}

/// One part of an object.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Piece {
    /// Its number in the upload.
    pub number: u16,
    /// In bytes.
    pub size: u64,
    /// Where its bytes are: kept or a blob.
    pub data: Data,
    /// Its checksum.
    pub checksum: Option<Value>,
}

/// The name of an upload in parts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct UploadId {
    /// Its place in time.
    pub order: u64,
    /// What nobody guesses.
    pub secret: u64,
}

/// An upload in parts under way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Upload {
    /// Since when, in milliseconds since 1970.
    pub initiated_ms: u64,
    /// The order of the key's latest version then: conditions see whether it has changed since.
    pub seen: Option<Order>,
    /// What the client said of the object.
    pub about: About,
    /// The checksum that the parts must carry, and its kind; none: the client named none.
    pub checksum: Option<(Algorithm, Kind)>,
    /// Who began it: ARN and canonical or unique id.
    pub initiator: (String, String),
    /// How the parts are encrypted.
    pub sealing: Sealing,
    /// What few objects have.
    pub more: Option<Box<More>>,
}

/// One part of an upload under way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// In bytes.
    pub size: u64,
    /// Its MD5.
    pub md5: [u8; 16],
    /// Its checksum: of the algorithm that the upload names, or CRC64NVME where it names none.
    pub checksum: Value,
    /// Since when, in milliseconds since 1970.
    pub modified_ms: u64,
    /// Where its bytes are: kept or a blob.
    pub data: Data,
}

/// The last version of a key that was replicated from another bucket into this one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Replicated {
    /// Which version of the source's.
    pub source: Order,
    /// Which one it is here.
    pub here: Order,
}

first_format!(Claim, BucketRecord, Version, Upload, Owned, Gone, Manifest, Part, Replicated);

/// A version as it is stored: its length in four bytes, the version, and the bytes of a body that is kept inline.
pub fn pack(version: &Version, inline: &[u8]) -> Bytes {
    let encoded = version.encode();
    let mut out = Vec::with_capacity(4 + encoded.len() + inline.len());
    out.extend_from_slice(&(encoded.len() as u32).to_le_bytes());
    out.extend_from_slice(&encoded);
    out.extend_from_slice(inline);
    out.into()
}

/// The inverse of [`pack`]. The body shares the value's memory.
pub fn unpack(value: &Bytes) -> Answer<(Version, Bytes)> {
    let parts = value.split_first_chunk::<4>().and_then(|(length, rest)| {
        let length = u32::from_le_bytes(*length) as usize;
        (length <= rest.len()).then(|| (&rest[..length], value.slice(4 + length..)))
    });
    let (encoded, inline) = parts.ok_or_else(|| floor::fault::internal("a stored version is cut short"))?;
    Ok((Version::decode(encoded)?, inline))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marker(order: u64) -> Version {
        Version { order: Order(order), null: false, modified_ms: 1, object: None }
    }

    #[test]
    fn versions_carry_their_body() {
        let stored = pack(&marker(7), b"body");
        assert_eq!(unpack(&stored).unwrap(), (marker(7), Bytes::from_static(b"body")));
        assert!(unpack(&stored.slice(..3)).is_err() && unpack(&stored.slice(..6)).is_err());
    }

    #[test]
    fn doomed_manifests_are_read_back() {
        let id = DataId([7; 16]);
        assert_eq!(read_doomed(doomed(9, id).as_slice()), Some((9, id)));
        assert_eq!(read_doomed(b"d"), None);
    }

    #[test]
    fn the_longest_keys_fit_into_the_store() {
        // The store holds 1,900 bytes, of which the floor uses three for the block's name.
        let zeros = "\0".repeat(crate::limits::KEY_ZEROS_MAX);
        let longest = format!("{zeros}{}", "k".repeat(crate::limits::KEY_BYTES_MAX - zeros.len()));
        let id = UploadId { order: u64::MAX, secret: u64::MAX };
        for key in [old(1, &longest, Order(1)), upload(1, &longest, id), current(1, &longest)] {
            assert!(key.len() + 3 <= 1900, "{}", key.len());
        }
    }

    proptest! {
        #[test]
        fn versions_sort_by_key_and_then_newest_first(
            a in ("[a\0é/]{0,4}", any::<u64>()),
            b in ("[a\0é/]{0,4}", any::<u64>()),
        ) {
            let key = |(key, order): &(String, u64)| old(1, key, Order(*order));
            let expected = a.0.as_bytes().cmp(b.0.as_bytes()).then(b.1.cmp(&a.1));
            prop_assert_eq!(key(&a).as_slice().cmp(key(&b).as_slice()), expected);
        }
    }
}
