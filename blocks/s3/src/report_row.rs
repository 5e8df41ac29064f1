//! The rows of an inventory's report.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory.html#storage-inventory-contents>

use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use wire::{Time, schema::TimeFormat};

use crate::{
    acl::{self, canonical},
    answer,
    bucket::Bucket,
    due::{Place, Seen},
    history::Found,
    inventory::Inventory,
    lifecycle::Lifecycle,
    more::{Acl, Grantee},
    records::{Data, Object, Sealing},
};

/// The columns that may be asked for, in the order in which they stand.
const OPTIONAL: [&str; 19] = [
    "Size",
    "LastModifiedDate",
    "ETag",
    "StorageClass",
    "IsMultipartUploaded",
    "ReplicationStatus",
    "EncryptionStatus",
    "ObjectLockRetainUntilDate",
    "ObjectLockMode",
    "ObjectLockLegalHoldStatus",
    "ObjectLockEventHoldStatus",
    "ObjectLockEventHoldDuration",
    "IntelligentTieringAccessTier",
    "BucketKeyStatus",
    "ChecksumAlgorithm",
    "ObjectAccessControlList",
    "ObjectOwner",
    "LifecycleExpirationDate",
    "IntelligentTieringReferenceDate",
];

/// The columns of a report.
pub fn columns(inventory: &Inventory) -> Vec<&'static str> {
    let mut all = vec!["Bucket", "Key"];
    if inventory.all_versions {
        all.extend(["VersionId", "IsLatest", "IsDeleteMarker"]);
    }
    let asked = inventory.fields.as_deref().unwrap_or_default();
    all.extend(OPTIONAL.into_iter().filter(|name| asked.iter().any(|field| field == name)));
    all
}

/// What rows are made of, beside what was found.
pub struct Rows<'a> {
    /// The bucket.
    pub bucket: &'a Bucket,
    /// See [`columns`].
    pub columns: &'a [&'static str],
    /// Its rules of lifecycle.
    pub lifecycle: Option<&'a Lifecycle>,
}

impl Rows<'_> {
    /// Adds the row of a version.
    pub fn add(&self, out: &mut String, found: &Found, is_latest: bool) {
        for (at, column) in self.columns.iter().enumerate() {
            let value = self.value(column, found, is_latest);
            let comma = if at == 0 { "" } else { "," };
            let _ = write!(out, "{comma}\"{}\"", value.replace('"', "\"\"")); // texts take everything
        }
        out.push('\n');
    }

    fn value(&self, column: &str, found: &Found, is_latest: bool) -> String {
        let version = &found.version;
        match column {
            "Bucket" => self.bucket.name.clone(),
            "Key" => answer::encoded(&found.key, Some("url")),
            "VersionId" => version.id_in(self.bucket, &found.key).unwrap_or_default(),
            "IsLatest" => is_latest.to_string(),
            "IsDeleteMarker" => version.object.is_none().to_string(),
            "LastModifiedDate" => iso(version.modified_ms),
            _ => version.object.as_ref().map_or_else(String::new, |object| match column {
                "LifecycleExpirationDate" => self.expires(found, object, is_latest),
                "ObjectAccessControlList" => grants(&self.bucket.list_of_object(object)),
                "ObjectOwner" => canonical(self.bucket.list_of_object(object).owner),
                _ => of_object(column, object),
            }),
        }
    }

    fn expires(&self, found: &Found, object: &Object, is_latest: bool) -> String {
        let Some(lifecycle) = self.lifecycle.filter(|_| is_latest) else { return String::new() };
        let seen = Seen {
            key: &found.key,
            modified_ms: found.version.modified_ms,
            object: Some(object),
            place: Place::Latest { alone: true },
        };
        lifecycle.expires(&seen).map_or_else(String::new, |(at_ms, _)| iso(at_ms))
    }
}

fn of_object(column: &str, object: &Object) -> String {
    let more = object.more.as_deref();
    let class = object.about.storage_class.as_deref().unwrap_or("STANDARD");
    let said = |yes: &str, no: &str, is: bool| if is { yes } else { no }.to_owned();
    match column {
        "Size" => object.size.to_string(),
        "ETag" => object.etag.to_string(),
        "StorageClass" => class.to_owned(),
        "IsMultipartUploaded" => matches!(object.data, Data::Parts(_)).to_string(),
        "ReplicationStatus" => more.and_then(|m| m.replication).map_or("", |r| r.name()).to_owned(),
        "EncryptionStatus" => match &object.sealing {
            Sealing::Customer(_) => "SSE-C".to_owned(),
            Sealing::Kms(kms) => said("DSSE-KMS", "SSE-KMS", kms.dual_layer),
            Sealing::Bucket => "SSE-S3".to_owned(),
        },
        "ObjectLockRetainUntilDate" => {
            more.and_then(|m| m.retention).map_or_else(String::new, |r| iso(r.until_ms))
        }
        "ObjectLockMode" => more
            .and_then(|m| m.retention)
            .map_or_else(String::new, |r| said("COMPLIANCE", "GOVERNANCE", r.is_compliance)),
        "ObjectLockLegalHoldStatus" => {
            more.and_then(|m| m.legal_hold).map_or_else(String::new, |is_on| said("On", "Off", is_on))
        }
        // No object moves between its tiers here.
        "IntelligentTieringAccessTier" => said("FREQUENT", "", class == "INTELLIGENT_TIERING"),
        "BucketKeyStatus" => {
            let is_on = matches!(&object.sealing, Sealing::Kms(kms) if kms.bucket_key);
            said("ENABLED", "DISABLED", is_on)
        }
        "ChecksumAlgorithm" => {
            object.checksum.as_ref().map_or_else(String::new, |c| c.value.algorithm.name().to_owned())
        }
        _ => String::new(),
    }
}

fn iso(at_ms: u64) -> String {
    let mut text = String::with_capacity(24);
    Time::from_seconds((at_ms / 1000) as i64).write(TimeFormat::Iso, true, &mut text);
    text
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/objectacl.html>
fn grants(list: &Acl) -> String {
    let grants: Vec<_> = list
        .grants
        .iter()
        .map(|grant| {
            let permission = [acl::name_of(grant.permission)];
            match &grant.grantee {
                Grantee::Account(id) => {
                    json!({"canonicalId": id, "type": "CanonicalUser", "permissions": permission})
                }
                group => json!({"uri": acl::uri_of(group), "type": "Group", "permissions": permission}),
            }
        })
        .collect();
    let document = json!({"version": "2022-11-10", "status": "AVAILABLE", "grants": grants});
    STANDARD.encode(document.to_string())
}
