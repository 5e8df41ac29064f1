//! S3: objects in buckets.
//!
//! | operation | file |
//! |---|---|
//! | AbortMultipartUpload | [`ops::abort_multipart_upload`] |
//! | CompleteMultipartUpload | [`ops::complete_multipart_upload`] |
//! | CopyObject | [`ops::copy_object`] |
//! | CreateBucket | [`ops::create_bucket`] |
//! | CreateMultipartUpload | [`ops::create_multipart_upload`] |
//! | DeleteBucket | [`ops::delete_bucket`] |
//! | DeleteBucketPolicy | [`ops::delete_bucket_policy`] |
//! | DeleteBucketTagging | [`ops::delete_bucket_tagging`] |
//! | DeleteObject | [`ops::delete_object`] |
//! | DeleteObjectTagging | [`ops::delete_object_tagging`] |
//! | DeleteObjects | [`ops::delete_objects`] |
//! | GetBucketLocation | [`ops::get_bucket_location`] |
//! | GetBucketNotificationConfiguration | [`ops::get_bucket_notification_configuration`] |
//! | GetBucketPolicy | [`ops::get_bucket_policy`] |
//! | GetBucketTagging | [`ops::get_bucket_tagging`] |
//! | GetBucketVersioning | [`ops::get_bucket_versioning`] |
//! | GetObject | [`ops::get_object`] |
//! | GetObjectAttributes | [`ops::get_object_attributes`] |
//! | GetObjectTagging | [`ops::get_object_tagging`] |
//! | HeadBucket | [`ops::head_bucket`] |
//! | HeadObject | [`ops::head_object`] |
//! | ListBuckets | [`ops::list_buckets`] |
//! | ListMultipartUploads | [`ops::list_multipart_uploads`] |
//! | ListObjectVersions | [`ops::list_object_versions`] |
//! | ListObjects | [`ops::list_objects`] |
//! | ListObjectsV2 | [`ops::list_objects_v2`] |
//! | ListParts | [`ops::list_parts`] |
//! | PutBucketNotificationConfiguration | [`ops::put_bucket_notification_configuration`] |
//! | PutBucketPolicy | [`ops::put_bucket_policy`] |
//! | PutBucketTagging | [`ops::put_bucket_tagging`] |
//! | PutBucketVersioning | [`ops::put_bucket_versioning`] |
//! | PutObject | [`ops::put_object`] |
//! | PutObjectTagging | [`ops::put_object_tagging`] |
//! | UploadPart | [`ops::upload_part`] |
//! | UploadPartCopy | [`ops::upload_part_copy`] |
//!
//! # What is not as on AWS yet
//! - Answers say `x-amz-server-side-encryption: AES256`, as AWS's always do; the bytes on disk are not encrypted.
//! - SHA-512, MD5 and XXHash checksums are refused by name. So are access control lists, keys of the customer or of
//!   KMS, locks, website redirects, and notifications to functions and event buses: their members are not listed.
//! - No second factor can be asked of deletions: `MfaDelete` may be `Disabled` only.
//! - Policies find no values for the condition keys of signatures, TLS and what is not listed, as `s3:signatureversion`,
//!   `s3:TlsVersion` and `s3:x-amz-acl`.
//! - Objects of the classes GLACIER and DEEP_ARCHIVE cannot be read, as on AWS, but nothing restores them.
//! - CopyObject copies the source's tags with the right to write the copy; AWS asks for `s3:PutObjectTagging` too.
//! - ListMultipartUploads gives the last common prefix as `NextKeyMarker`, with which a client can go on; AWS gives an
//!   empty one.
//! - The second id in events names this host but is not that of the answer's `x-amz-id-2`.

pub mod about;
pub mod access;
pub mod answer;
pub mod bucket;
pub mod bucket_name;
pub mod checksum;
pub mod claims;
pub mod conditions;
pub mod configuration;
pub mod contents;
pub mod copying;
pub mod data;
pub mod digests;
pub mod encoded_words;
pub mod etag;
pub mod event;
pub mod fault;
pub mod former;
pub mod history;
pub mod holds;
pub mod intake;
pub mod limits;
pub mod listing;
pub mod multipart;
pub mod notification;
pub mod ops;
pub mod outgo;
pub mod purge;
pub mod range;
pub mod reading;
pub mod records;
pub mod tagging;
pub mod tags;
pub mod telling;
pub mod version_id;
pub mod versions;
pub mod write_conditions;

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use api_s3::{
    AbortMultipartUpload, CompleteMultipartUpload, CopyObject, CreateBucket, CreateMultipartUpload,
    DeleteBucket, DeleteBucketPolicy, DeleteBucketTagging, DeleteObject, DeleteObjectTagging, DeleteObjects,
    GetBucketLocation, GetBucketNotificationConfiguration, GetBucketPolicy, GetBucketTagging,
    GetBucketVersioning, GetObject, GetObjectAttributes, GetObjectTagging, HeadBucket, HeadObject,
    ListBuckets, ListMultipartUploads, ListObjectVersions, ListObjects, ListObjectsV2, ListParts,
    PutBucketNotificationConfiguration, PutBucketPolicy, PutBucketTagging, PutBucketVersioning, PutObject,
    PutObjectTagging, UploadPart, UploadPartCopy,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use env::{Env, Metrics};
use floor::{Record as _, Service};
use wire::{Fault, Meta, ServiceMeta, Violation};

/// The block.
#[derive(Debug, Default)]
pub struct S3 {
    buckets: bucket::Buckets,
    ticks: version_id::Ticks,
    holds: holds::Holds,
    host_id: OnceLock<String>,
}

impl S3 {
    /// What events give as the second id of a request: names the host.
    fn host_id(&self, env: &Env) -> String {
        let made = || {
            let mut bytes = [0; 57];
            env.random.fill(&mut bytes);
            STANDARD.encode(bytes)
        };
        self.host_id.get_or_init(made).clone()
    }
}

/// The operations that the block serves.
pub fn service(block: Arc<S3>, metrics: &Metrics) -> Service<S3> {
    Service::new(block, metrics)
        .serve::<AbortMultipartUpload>()
        .serve::<CompleteMultipartUpload>()
        .serve::<CopyObject>()
        .serve::<CreateBucket>()
        .serve::<CreateMultipartUpload>()
        .serve::<DeleteBucket>()
        .serve::<DeleteBucketPolicy>()
        .serve::<DeleteBucketTagging>()
        .serve::<DeleteObject>()
        .serve::<DeleteObjectTagging>()
        .serve::<DeleteObjects>()
        .serve::<GetBucketLocation>()
        .serve::<GetBucketNotificationConfiguration>()
        .serve::<GetBucketPolicy>()
        .serve::<GetBucketTagging>()
        .serve::<GetBucketVersioning>()
        .serve::<GetObject>()
        .serve::<GetObjectAttributes>()
        .serve::<GetObjectTagging>()
        .serve::<HeadBucket>()
        .serve::<HeadObject>()
        .serve::<ListBuckets>()
        .serve::<ListMultipartUploads>()
        .serve::<ListObjectVersions>()
        .serve::<ListObjects>()
        .serve::<ListObjectsV2>()
        .serve::<ListParts>()
        .serve::<PutBucketNotificationConfiguration>()
        .serve::<PutBucketPolicy>()
        .serve::<PutBucketTagging>()
        .serve::<PutBucketVersioning>()
        .serve::<PutObject>()
        .serve::<PutObjectTagging>()
        .serve::<UploadPart>()
        .serve::<UploadPartCopy>()
        .step(claims::SETTLE, |_, cx, input| {
            Box::pin(async move { claims::settle_late(cx, &claims::Which::decode(input)?).await })
        })
        .step(claims::RELEASE, |_, cx, input| {
            Box::pin(async move { claims::release(cx, &claims::Which::decode(input)?).await })
        })
        .caretaker("s3-parts", Duration::from_secs(60), |s3, cx| {
            Box::pin(async move { holds::tidy(&s3.holds, cx).await })
        })
        .step(purge::PURGE, |_, cx, input| {
            Box::pin(async move { purge::Purge::decode(input)?.run(cx).await })
        })
}

impl floor::Block for S3 {
    const NAME: &'static str = "s3";
    const PRINCIPAL: &'static str = "s3.amazonaws.com";

    fn service() -> &'static ServiceMeta {
        &api_s3::SERVICE
    }

    fn violated(_: &'static Meta, violations: &[Violation]) -> Fault {
        fault::violated(violations)
    }

    fn denied(denial: &floor::Denial<'_>) -> Fault {
        fault::denied(denial)
    }
}
