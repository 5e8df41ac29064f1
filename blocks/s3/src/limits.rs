//! Every limit of the block, with the page it comes from.
//!
//! `UG` stands for <https://docs.aws.amazon.com/AmazonS3/latest/userguide/>, `API` for
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/>.

use std::ops::RangeInclusive;

/// Length of a bucket's name in bytes. UG `bucketnamingrules.html`.
pub const BUCKET_NAME_BYTES: RangeInclusive<usize> = 3..=63;

/// Grants of an access control list. UG `acl-overview.html`.
pub const GRANTS_MAX: usize = 100;

/// Tags of a bucket. UG `CostAllocTagging.html`.
pub const BUCKET_TAGS_MAX: usize = 50;

/// A bucket's policy in bytes. UG `add-bucket-policy.html`.
pub const POLICY_BYTES_MAX: usize = 20 * 1024;

/// Configurations in a notification configuration. UG `EventNotifications.html`.
pub const NOTIFICATIONS_MAX: usize = 100;

/// Rules in a lifecycle configuration. UG `intro-lifecycle-rules.html`.
pub const LIFECYCLE_RULES_MAX: usize = 1000;

/// The id of a rule in characters. UG `intro-lifecycle-rules.html`.
pub const RULE_ID_CHARS_MAX: usize = 255;

/// Noncurrent versions that a rule may keep. UG `intro-lifecycle-rules.html`.
pub const NEWER_VERSIONS_MAX: i32 = 100;

/// Smaller objects stay in their class unless a rule speaks of sizes. UG
/// `lifecycle-transition-general-considerations.html`.
pub const TRANSITION_BYTES_MIN: u64 = 128 * 1024;

/// Access points of an account in a region. UG `access-points-restrictions-limitations-naming-rules.html`.
pub const ACCESS_POINTS_MAX: i64 = 10_000;

/// A day in milliseconds.
pub const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Days for which new objects of a bucket may be retained. UG `object-lock-managing.html`.
pub const RETENTION_DAYS_MAX: u32 = 36_500;

/// As many years.
pub const RETENTION_YEARS_MAX: u32 = 100;

/// How many rules a web site may have that send requests on.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html>
pub const ROUTING_RULES_MAX: usize = 50;

/// How many rules of cross-origin sharing a bucket may have.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html>
pub const CORS_RULES_MAX: usize = 100;

/// How long the name of such a rule may be.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSRule.html>
pub const CORS_ID_CHARS_MAX: usize = 255;

/// The regions of the partition. <https://docs.aws.amazon.com/general/latest/gr/s3.html>
pub const REGIONS: [&str; 34] = [
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// Buckets in an answer of ListBuckets. API `API_ListBuckets.html`.
pub const LIST_BUCKETS_MAX: i32 = 10_000;

/// An object's key in bytes of UTF-8. UG `object-keys.html`.
pub const KEY_BYTES_MAX: usize = 1024;

/// How many zero bytes a key may hold. Kumiki's own limit: each is written as two bytes in the keys of versions,
/// which the store holds to 1,900.
pub const KEY_ZEROS_MAX: usize = 800;

/// User metadata in bytes, names (without `x-amz-meta-`) and values together. UG `UsingMetadata.html`.
pub const METADATA_BYTES_MAX: usize = 2048;

/// Where a page sends browsers, in bytes. UG `how-to-page-redirect.html`.
pub const REDIRECT_BYTES_MAX: usize = 2048;

/// Configurations with ids of one kind in a bucket. API `API_PutBucketInventoryConfiguration.html` and its like.
pub const CONFIGURATIONS_MAX: usize = 1000;

/// Of which a listing shows so many at a time. API `API_ListBucketInventoryConfigurations.html` and its like.
pub const CONFIGURATIONS_PAGE: usize = 100;

/// Their ids in characters. UG `metrics-configurations.html`.
pub const CONFIGURATION_ID_CHARS: RangeInclusive<usize> = 1..=64;

/// Days without access before an object is archived. API `API_Tiering.html`.
pub const ARCHIVE_DAYS: RangeInclusive<i32> = 90..=730;

/// The same for the deep archive. API `API_Tiering.html`.
pub const DEEP_ARCHIVE_DAYS: RangeInclusive<i32> = 180..=730;

/// A body that is uploaded in one piece, or one part, in bytes. UG `qfacts.html`.
pub const UPLOAD_BYTES_MAX: u64 = 5 * 1024 * 1024 * 1024;

/// The source of CopyObject in bytes. API `API_CopyObject.html`.
pub const COPY_BYTES_MAX: u64 = 5 * 1024 * 1024 * 1024;

/// An object in bytes (50 TB). UG `qfacts.html`.
pub const OBJECT_BYTES_MAX: u64 = 50 * 1024 * 1024 * 1024 * 1024;

/// Every part but the last in bytes. UG `qfacts.html`.
pub const PART_BYTES_MIN: u64 = 5 * 1024 * 1024;

/// Part numbers. UG `qfacts.html`.
pub const PART_NUMBERS: RangeInclusive<i32> = 1..=10_000;

/// Tags of an object. UG `object-tagging.html`.
pub const OBJECT_TAGS_MAX: usize = 10;

/// A tag's key in characters. UG `object-tagging.html`.
pub const TAG_KEY_CHARS: RangeInclusive<usize> = 1..=128;

/// A tag's value in characters. UG `object-tagging.html`.
pub const TAG_VALUE_CHARS_MAX: usize = 256;

/// Keys, versions, uploads or parts in one page of a listing. API `API_ListObjectsV2.html`.
pub const PAGE_MAX: i32 = 1000;

/// Keys in one DeleteObjects. API `API_DeleteObjects.html`.
pub const DELETE_KEYS_MAX: usize = 1000;

/// A body up to this many bytes stands in the object's own record. Kumiki's own choice: listings read these records
/// whole.
pub const INLINE_BYTES_MAX: usize = 2048;

/// A body up to this many bytes stands in a record beside the object's; larger ones become a blob. Kumiki's own
/// choice: one commit for both, where a blob needs a file of its own.
pub const KEPT_BYTES_MAX: usize = 32 * 1024;
