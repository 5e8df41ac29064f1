//! S3: objects in buckets.
//!
//! # What is not as on AWS yet
//! - Holds until an event, and notifications to functions and event buses are refused by name:
//!   their members are not listed.
//! - No second factor can be asked of deletions: `MfaDelete` may be `Disabled` only.
//! - A grant may name a canonical id that no account has.
//! - The bucket's owner may read what callers write who sign nothing, where a list lets them.
//! - ListMultipartUploads gives the last common prefix as `NextKeyMarker`, with which a client can go on; AWS gives an
//!   empty one.
//! - The second id in events names this host but is not that of the answer's `x-amz-id-2`.

pub mod about;
pub mod access;
pub mod access_point;
pub mod account;
pub mod acl;
pub mod analyses;
pub mod answer;
pub mod beside;
pub mod bucket;
pub mod bucket_name;
pub mod checksum;
pub mod claims;
pub mod conditions;
pub mod configuration;
pub mod contents;
pub mod control;
pub mod copying;
pub mod cors;
pub mod customer;
pub mod data;
pub mod delivering;
pub mod digests;
pub mod due;
pub mod encoded_words;
pub mod etag;
pub mod event;
pub mod fault;
#[cfg(test)]
mod fuzz;
pub mod history;
pub mod holds;
pub mod intake;
pub mod inventory;
pub mod kms;
pub mod lag;
pub mod lifecycle;
pub mod limits;
pub mod listing;
pub mod lock;
pub mod log_line;
pub mod logging;
pub mod many;
pub mod more;
pub mod multipart;
pub mod named_configurations;
pub mod notification;
pub mod outgo;
pub mod payer;
pub mod post;
pub mod public;
pub mod purge;
pub mod range;
pub mod reading;
pub mod records;
pub mod replicas;
pub mod replicating;
pub mod replication;
pub mod report_row;
pub mod reporting;
pub mod restoring;
#[cfg(test)]
mod scale;
pub mod sealing;
pub mod settings;
pub mod site;
pub mod tagging;
pub mod tags;
pub mod telling;
pub mod tending;
pub mod version_id;
pub mod versions;
pub mod web;
pub mod website;
pub mod write_conditions;

/// The operations, one file each.
pub mod ops {
    pub mod abort_multipart_upload;
    pub mod complete_multipart_upload;
    pub mod copy_object;
    pub mod create_bucket;
    pub mod create_multipart_upload;
    pub mod delete_bucket;
    pub mod delete_bucket_cors;
    pub mod delete_bucket_encryption;
    pub mod delete_bucket_lifecycle;
    pub mod delete_bucket_ownership_controls;
    pub mod delete_bucket_policy;
    pub mod delete_bucket_replication;
    pub mod delete_bucket_tagging;
    pub mod delete_bucket_website;
    pub mod delete_object;
    pub mod delete_object_tagging;
    pub mod delete_objects;
    pub mod delete_public_access_block;
    pub mod get_bucket_abac;
    pub mod get_bucket_accelerate_configuration;
    pub mod get_bucket_acl;
    pub mod get_bucket_cors;
    pub mod get_bucket_encryption;
    pub mod get_bucket_lifecycle_configuration;
    pub mod get_bucket_location;
    pub mod get_bucket_logging;
    pub mod get_bucket_notification_configuration;
    pub mod get_bucket_ownership_controls;
    pub mod get_bucket_policy;
    pub mod get_bucket_policy_status;
    pub mod get_bucket_replication;
    pub mod get_bucket_request_payment;
    pub mod get_bucket_tagging;
    pub mod get_bucket_versioning;
    pub mod get_bucket_website;
    pub mod get_object;
    pub mod get_object_acl;
    pub mod get_object_attributes;
    pub mod get_object_legal_hold;
    pub mod get_object_lock_configuration;
    pub mod get_object_retention;
    pub mod get_object_tagging;
    pub mod get_public_access_block;
    pub mod head_bucket;
    pub mod head_object;
    pub mod list_buckets;
    pub mod list_multipart_uploads;
    pub mod list_object_versions;
    pub mod list_objects;
    pub mod list_objects_v2;
    pub mod list_parts;
    pub mod put_bucket_abac;
    pub mod put_bucket_accelerate_configuration;
    pub mod put_bucket_acl;
    pub mod put_bucket_cors;
    pub mod put_bucket_encryption;
    pub mod put_bucket_lifecycle_configuration;
    pub mod put_bucket_logging;
    pub mod put_bucket_notification_configuration;
    pub mod put_bucket_ownership_controls;
    pub mod put_bucket_policy;
    pub mod put_bucket_replication;
    pub mod put_bucket_request_payment;
    pub mod put_bucket_tagging;
    pub mod put_bucket_versioning;
    pub mod put_bucket_website;
    pub mod put_object;
    pub mod put_object_acl;
    pub mod put_object_legal_hold;
    pub mod put_object_lock_configuration;
    pub mod put_object_retention;
    pub mod put_object_tagging;
    pub mod put_public_access_block;
    pub mod restore_object;
    pub mod upload_part;
    pub mod upload_part_copy;
}

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use api_s3::{
    AbortMultipartUpload, CompleteMultipartUpload, CopyObject, CreateBucket, CreateMultipartUpload,
    DeleteBucket, DeleteBucketAnalyticsConfiguration, DeleteBucketCors, DeleteBucketEncryption,
    DeleteBucketIntelligentTieringConfiguration, DeleteBucketInventoryConfiguration, DeleteBucketLifecycle,
    DeleteBucketMetricsConfiguration, DeleteBucketOwnershipControls, DeleteBucketPolicy,
    DeleteBucketReplication, DeleteBucketTagging, DeleteBucketWebsite, DeleteObject, DeleteObjectTagging,
    DeleteObjects, DeletePublicAccessBlock, GetBucketAbac, GetBucketAccelerateConfiguration, GetBucketAcl,
    GetBucketAnalyticsConfiguration, GetBucketCors, GetBucketEncryption,
    GetBucketIntelligentTieringConfiguration, GetBucketInventoryConfiguration,
    GetBucketLifecycleConfiguration, GetBucketLocation, GetBucketLogging, GetBucketMetricsConfiguration,
    GetBucketNotificationConfiguration, GetBucketOwnershipControls, GetBucketPolicy, GetBucketPolicyStatus,
    GetBucketReplication, GetBucketRequestPayment, GetBucketTagging, GetBucketVersioning, GetBucketWebsite,
    GetObject, GetObjectAcl, GetObjectAttributes, GetObjectLegalHold, GetObjectLockConfiguration,
    GetObjectRetention, GetObjectTagging, GetPublicAccessBlock, HeadBucket, HeadObject,
    ListBucketAnalyticsConfigurations, ListBucketIntelligentTieringConfigurations,
    ListBucketInventoryConfigurations, ListBucketMetricsConfigurations, ListBuckets, ListMultipartUploads,
    ListObjectVersions, ListObjects, ListObjectsV2, ListParts, PutBucketAbac,
    PutBucketAccelerateConfiguration, PutBucketAcl, PutBucketAnalyticsConfiguration, PutBucketCors,
    PutBucketEncryption, PutBucketIntelligentTieringConfiguration, PutBucketInventoryConfiguration,
    PutBucketLifecycleConfiguration, PutBucketLogging, PutBucketMetricsConfiguration,
    PutBucketNotificationConfiguration, PutBucketOwnershipControls, PutBucketPolicy, PutBucketReplication,
    PutBucketRequestPayment, PutBucketTagging, PutBucketVersioning, PutBucketWebsite, PutObject,
    PutObjectAcl, PutObjectLegalHold, PutObjectLockConfiguration, PutObjectRetention, PutObjectTagging,
    PutPublicAccessBlock, RestoreObject, UploadPart, UploadPartCopy,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use env::{Env, Metrics};
use floor::{Caller, Check, Master, Record as _, Service};
use wire::{Answer, Fault, Meta, ServiceMeta, Violation};

/// The block.
pub struct S3 {
    /// The clock of the service: conditions of policies ask how long a lock lasts.
    clock: env::ServiceClock,
    /// What the keys of buckets are sealed with.
    master: Master,
    /// What buckets begin with of which the client does not say it.
    beginning: records::Beginning,
    buckets: bucket::Buckets,
    settings: settings::Settings,
    ticks: version_id::Ticks,
    holds: holds::Holds,
    logs: Arc<logging::Logs>,
    host_id: OnceLock<String>,
    names: acl::Names,
}

impl S3 {
    /// A block that seals the keys of its buckets with `master`.
    pub fn new(env: &Env, master: &Master) -> Self {
        Self {
            clock: env.clocks.service.clone(),
            master: master.clone(),
            beginning: records::Beginning::default(),
            buckets: bucket::Buckets::default(),
            settings: settings::Settings::default(),
            ticks: version_id::Ticks::default(),
            holds: holds::Holds::default(),
            logs: Arc::default(),
            host_id: OnceLock::new(),
            names: acl::Names::default(),
        }
    }

    /// The same, but new buckets begin as they did before April 2023: with access control lists, open to the public, and
    /// to keys of customers; and answers name owners as they did before November 2025.
    #[must_use]
    pub fn with_legacy_defaults(self) -> Self {
        Self { beginning: records::Beginning::LEGACY, names: acl::Names::Legacy, ..self }
    }

    /// The same, but overwrites, deletions and listings are seen late, as until December 2020: see [`lag`].
    #[must_use]
    pub fn with_realistic_consistency(self, seed: u64) -> Self {
        Self { holds: self.holds.with_lag(lag::Lag::new(seed)), ..self }
    }

    /// The copy that a request comes to, where answers lag.
    fn copy(&self) -> Option<lag::Copy<'_>> {
        self.holds.lag().map(|lag| lag.copy(self.now_ms()))
    }

    /// Now, in milliseconds since 1970.
    fn now_ms(&self) -> u64 {
        self.clock.now().0
    }

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

impl std::fmt::Debug for S3 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("S3").finish_non_exhaustive()
    }
}

/// What buckets are told and asked of themselves.
fn of_buckets(service: Service<S3>) -> Service<S3> {
    service
        .serve::<DeleteBucketAnalyticsConfiguration>()
        .serve::<DeleteBucketCors>()
        .serve::<DeleteBucketEncryption>()
        .serve::<DeleteBucketIntelligentTieringConfiguration>()
        .serve::<DeleteBucketInventoryConfiguration>()
        .serve::<DeleteBucketLifecycle>()
        .serve::<DeleteBucketMetricsConfiguration>()
        .serve::<DeleteBucketOwnershipControls>()
        .serve::<DeleteBucketPolicy>()
        .serve::<DeleteBucketReplication>()
        .serve::<DeleteBucketTagging>()
        .serve::<DeleteBucketWebsite>()
        .serve::<DeletePublicAccessBlock>()
        .serve::<GetBucketAbac>()
        .serve::<GetBucketAccelerateConfiguration>()
        .serve::<GetBucketAcl>()
        .serve::<GetBucketAnalyticsConfiguration>()
        .serve::<GetBucketCors>()
        .serve::<GetBucketEncryption>()
        .serve::<GetBucketIntelligentTieringConfiguration>()
        .serve::<GetBucketInventoryConfiguration>()
        .serve::<GetBucketLifecycleConfiguration>()
        .serve::<GetBucketLocation>()
        .serve::<GetBucketLogging>()
        .serve::<GetBucketMetricsConfiguration>()
        .serve::<GetBucketNotificationConfiguration>()
        .serve::<GetBucketOwnershipControls>()
        .serve::<GetBucketPolicy>()
        .serve::<GetBucketPolicyStatus>()
        .serve::<GetBucketReplication>()
        .serve::<GetBucketRequestPayment>()
        .serve::<GetBucketTagging>()
        .serve::<GetBucketVersioning>()
        .serve::<GetBucketWebsite>()
        .serve::<GetObjectLockConfiguration>()
        .serve::<GetPublicAccessBlock>()
        .serve::<ListBucketAnalyticsConfigurations>()
        .serve::<ListBucketIntelligentTieringConfigurations>()
        .serve::<ListBucketInventoryConfigurations>()
        .serve::<ListBucketMetricsConfigurations>()
        .serve::<PutBucketAbac>()
        .serve::<PutBucketAccelerateConfiguration>()
        .serve::<PutBucketAcl>()
        .serve::<PutBucketAnalyticsConfiguration>()
        .serve::<PutBucketCors>()
        .serve::<PutBucketEncryption>()
        .serve::<PutBucketIntelligentTieringConfiguration>()
        .serve::<PutBucketInventoryConfiguration>()
        .serve::<PutBucketLifecycleConfiguration>()
        .serve::<PutBucketLogging>()
        .serve::<PutBucketMetricsConfiguration>()
        .serve::<PutBucketNotificationConfiguration>()
        .serve::<PutBucketOwnershipControls>()
        .serve::<PutBucketPolicy>()
        .serve::<PutBucketReplication>()
        .serve::<PutBucketRequestPayment>()
        .serve::<PutBucketTagging>()
        .serve::<PutBucketVersioning>()
        .serve::<PutBucketWebsite>()
        .serve::<PutObjectLockConfiguration>()
        .serve::<PutPublicAccessBlock>()
}

/// The operations that the block serves.
pub fn service(block: Arc<S3>, metrics: &Metrics) -> Service<S3> {
    let service = of_buckets(Service::new(block, metrics))
        .serve::<AbortMultipartUpload>()
        .serve::<CompleteMultipartUpload>()
        .serve::<CopyObject>()
        .serve::<CreateBucket>()
        .serve::<CreateMultipartUpload>()
        .serve::<DeleteBucket>()
        .serve::<DeleteObject>()
        .serve::<DeleteObjectTagging>()
        .serve::<DeleteObjects>()
        .serve::<GetObject>()
        .serve::<GetObjectAcl>()
        .serve::<GetObjectAttributes>()
        .serve::<GetObjectLegalHold>()
        .serve::<GetObjectRetention>()
        .serve::<GetObjectTagging>()
        .serve::<HeadBucket>()
        .serve::<HeadObject>()
        .serve::<ListBuckets>()
        .serve::<ListMultipartUploads>()
        .serve::<ListObjectVersions>()
        .serve::<ListObjects>()
        .serve::<ListObjectsV2>()
        .serve::<ListParts>()
        .serve::<PutObject>()
        .serve::<PutObjectAcl>()
        .serve::<PutObjectLegalHold>()
        .serve::<PutObjectRetention>()
        .serve::<PutObjectTagging>()
        .serve::<RestoreObject>()
        .serve::<UploadPart>()
        .serve::<UploadPartCopy>();
    with_background(service)
}

/// With what is done beside requests.
fn with_background(service: Service<S3>) -> Service<S3> {
    service
        .web()
        .home(|cx, name| Box::pin(bucket::region_of(cx, name)))
        .behind(|s3, cx, address| Box::pin(async move { s3.behind(cx, address).await }))
        .step(account::SPREAD, |_, cx, input| {
            Box::pin(async move { account::spread(cx, &account::Spread::decode(input)?).await })
        })
        .step(claims::SETTLE, |s3, cx, input| {
            Box::pin(async move { claims::settle_late(&s3, cx, &claims::Which::decode(input)?).await })
        })
        .step(claims::RELEASE, |_, cx, input| {
            Box::pin(async move { claims::release(cx, &claims::Which::decode(input)?).await })
        })
        .caretaker("s3-parts", Duration::from_secs(60), |s3, cx| {
            Box::pin(async move { holds::tidy(&s3.holds, cx).await })
        })
        .caretaker("s3-lifecycle", Duration::from_secs(60), |s3, cx| {
            Box::pin(async move { tending::tend(&s3, cx).await })
        })
        .caretaker("s3-inventory", Duration::from_secs(60), |s3, cx| {
            Box::pin(async move { reporting::tend(&s3, cx).await })
        })
        .caretaker("s3-logs", Duration::from_secs(60), |s3, cx| {
            Box::pin(async move { delivering::deliver(&s3, cx).await })
        })
        .step(replicating::REPLICATE, |s3, cx, input| {
            Box::pin(async move { replicating::replicate(&s3, cx, &replicating::Job::decode(input)?).await })
        })
        .step(replicating::EXISTING, |s3, cx, input| {
            Box::pin(async move { replicating::existing(&s3, cx, &replicating::Walk::decode(input)?).await })
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

    /// Policies of buckets may let anybody in.
    fn takes_unsigned(_: &'static Meta) -> bool {
        true
    }

    fn violated(_: &'static Meta, violations: &[Violation]) -> Fault {
        fault::violated(violations)
    }

    fn denied(denial: &floor::Denial<'_>) -> Fault {
        fault::denied(denial)
    }

    fn through(caller: &Caller, operation: &'static Meta, checks: Vec<Check>) -> Answer<Vec<Check>> {
        access_point::through(caller, operation, checks)
    }
}
