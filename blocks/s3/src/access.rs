//! The condition keys that policies may ask of a request. A key that the request has no value for is absent.
//!
//! Which action has which: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html>

use floor::Check;

use crate::{acl::Given, records::BucketRecord, tags::Tags};

/// What whoever writes an object may be asked for, with all that a request may say of it.
pub const WRITING: &[&str] = &[
    "s3:PutObject",
    "s3:PutObjectTagging",
    "s3:PutObjectAcl",
    "s3:PutObjectRetention",
    "s3:PutObjectLegalHold",
];

fn with(check: Check, name: &'static str, value: Option<&str>) -> Check {
    match value {
        Some(value) => check.key(name, value.to_owned()),
        None => check,
    }
}

/// The tags of the bucket, where it was said that they count.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html>
pub fn of_bucket(check: Check, bucket: &BucketRecord) -> Check {
    if !bucket.abac {
        return check;
    }
    tagged(tagged(check, "aws:ResourceTag/", &bucket.tags), "s3:BucketTag/", &bucket.tags)
}

/// The keys of listings.
pub fn of_listing(check: Check, prefix: Option<&str>, delimiter: Option<&str>, max: Option<i32>) -> Check {
    let check = with(with(check, "s3:prefix", prefix), "s3:delimiter", delimiter);
    with(check, "s3:max-keys", max.map(|m| m.to_string()).as_deref())
}

/// The key of a version that is named.
pub fn of_version(check: Check, version_id: Option<&str>) -> Check {
    with(check, "s3:versionid", version_id)
}

/// The key of a deletion under a condition. One of a version that is named has none.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-delete-enforce.html>
pub fn of_deletion(check: Check, if_match: Option<&str>) -> Check {
    with(check, "s3:if-match", if_match)
}

/// What a write says of the object.
#[derive(Clone, Copy, Debug, Default)]
pub struct Written<'a> {
    /// Whether the operation makes an object, as beginning an upload and sending its parts does not.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html>
    pub creates: bool,
    /// `x-amz-storage-class`.
    pub storage_class: Option<&'a str>,
    /// `x-amz-server-side-encryption`.
    pub encryption: Option<&'a str>,
    /// `x-amz-server-side-encryption-aws-kms-key-id`.
    pub kms_key: Option<&'a str>,
    /// `x-amz-server-side-encryption-customer-algorithm`.
    pub customer_algorithm: Option<&'a str>,
    /// `x-amz-copy-source`.
    pub copy_source: Option<&'a str>,
    /// `x-amz-metadata-directive`.
    pub metadata_directive: Option<&'a str>,
    /// `If-Match`.
    pub if_match: Option<&'a str>,
    /// `If-None-Match`.
    pub if_none_match: Option<&'a str>,
    /// `x-amz-website-redirect-location`.
    pub redirect: Option<&'a str>,
    /// `x-amz-acl` and its like.
    pub list: Given<'a>,
}

/// The key of a creation that says who owns what is written into the bucket.
pub fn of_ownership(check: Check, ownership: Option<&str>) -> Check {
    with(check, "s3:x-amz-object-ownership", ownership)
}

/// The key of a creation that says in which namespace the bucket's name is.
pub fn of_namespace(check: Check, namespace: Option<&str>) -> Check {
    with(check, "s3:x-amz-bucket-namespace", namespace)
}

/// The keys of requests that give access control lists.
pub fn of_list(check: Check, given: &Given<'_>) -> Check {
    const KEYS: [&str; 5] = [
        "s3:x-amz-grant-read",
        "s3:x-amz-grant-write",
        "s3:x-amz-grant-read-acp",
        "s3:x-amz-grant-write-acp",
        "s3:x-amz-grant-full-control",
    ];
    let check = with(check, "s3:x-amz-acl", given.canned);
    KEYS.into_iter().zip(given.grants).fold(check, |check, (key, value)| with(check, key, value))
}

/// The keys of writes.
pub fn of_write(check: Check, written: Written<'_>) -> Check {
    let check = check.key("s3:ObjectCreationOperation", if written.creates { "true" } else { "false" });
    let check = with(check, "s3:x-amz-storage-class", written.storage_class);
    let check = with(check, "s3:x-amz-server-side-encryption", written.encryption);
    let check = with(check, "s3:x-amz-server-side-encryption-aws-kms-key-id", written.kms_key);
    let check = with(check, "s3:x-amz-server-side-encryption-customer-algorithm", written.customer_algorithm);
    let check = with(check, "s3:x-amz-copy-source", written.copy_source);
    let check = with(check, "s3:x-amz-metadata-directive", written.metadata_directive);
    let check = with(check, "s3:x-amz-website-redirect-location", written.redirect);
    let check = with(with(check, "s3:if-match", written.if_match), "s3:if-none-match", written.if_none_match);
    of_list(check, &written.list)
}

/// The tags of the object that is there. Writes and deletions of objects have no such keys.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html>
pub fn of_existing(check: Check, tags: &Tags) -> Check {
    tagged(check, "s3:ExistingObjectTag/", tags)
}

/// The tags that the request gives, one by one and the set of their keys.
pub fn of_requested(check: Check, tags: &Tags) -> Check {
    if tags.is_empty() {
        return check;
    }
    let keys: Vec<String> = tags.iter().map(|(key, _)| key.clone()).collect();
    tagged(check, "s3:RequestObjectTag/", tags).key("s3:RequestObjectTagKeys", keys)
}

fn tagged(check: Check, prefix: &'static str, tags: &Tags) -> Check {
    tags.iter().fold(check, |check, (key, value)| check.key(format!("{prefix}{key}"), value.clone()))
}
