//! The operations, one file each.

pub mod abort_multipart_upload;
pub mod complete_multipart_upload;
pub mod copy_object;
pub mod create_bucket;
pub mod create_multipart_upload;
pub mod delete_bucket;
pub mod delete_bucket_policy;
pub mod delete_bucket_tagging;
pub mod delete_object;
pub mod delete_object_tagging;
pub mod delete_objects;
pub mod get_bucket_location;
pub mod get_bucket_notification_configuration;
pub mod get_bucket_policy;
pub mod get_bucket_tagging;
pub mod get_bucket_versioning;
pub mod get_object;
pub mod get_object_attributes;
pub mod get_object_tagging;
pub mod head_bucket;
pub mod head_object;
pub mod list_buckets;
pub mod list_multipart_uploads;
pub mod list_object_versions;
pub mod list_objects;
pub mod list_objects_v2;
pub mod list_parts;
pub mod put_bucket_notification_configuration;
pub mod put_bucket_policy;
pub mod put_bucket_tagging;
pub mod put_bucket_versioning;
pub mod put_object;
pub mod put_object_tagging;
pub mod upload_part;
pub mod upload_part_copy;

/// The conditions of an input that reads.
macro_rules! conditions {
    ($input:expr) => {
        $crate::conditions::Conditions {
            if_match: $input.if_match.as_deref(),
            if_none_match: $input.if_none_match.as_deref(),
            if_modified_since: $input.if_modified_since.map(wire::Time::seconds),
            if_unmodified_since: $input.if_unmodified_since.map(wire::Time::seconds),
        }
    };
}
use conditions;

/// What an operation on a bucket loads and asks, where that is the bucket and one action.
macro_rules! in_bucket {
    ($input:ty, $action:literal) => {
        type Loaded = $crate::bucket::InBucket;

        const ACTIONS: &'static [&'static str] = &[$action];

        fn place(&self, caller: &floor::Caller, input: &$input) -> wire::Answer<floor::Placement> {
            $crate::bucket::place(caller, &input.bucket)
        }

        async fn resource<R: floor::Get>(
            &self,
            _: &floor::Caller,
            read: &R,
            input: &$input,
        ) -> wire::Answer<floor::Target<$crate::bucket::InBucket>> {
            let owner = input.expected_bucket_owner.as_deref();
            self.in_bucket(read, &input.bucket, owner, |bucket| vec![bucket.check($action)]).await
        }
    };
}
use in_bucket;

/// What an operation on a version of an object loads and asks: one action for the latest version, and one for a
/// version that is named.
macro_rules! in_object {
    ($input:ty, $latest:literal, $version:literal) => {
        type Loaded = $crate::bucket::Here<$crate::reading::InObject>;

        const ACTIONS: &'static [&'static str] =
            &[$latest, $version, "s3:ListBucket", "s3:ListBucketVersions"];

        fn place(&self, caller: &floor::Caller, input: &$input) -> wire::Answer<floor::Placement> {
            $crate::bucket::place(caller, &input.bucket)
        }

        async fn resource<R: floor::Get>(
            &self,
            _: &floor::Caller,
            read: &R,
            input: &$input,
        ) -> wire::Answer<floor::Target<Self::Loaded>> {
            let (version, owner) = (input.version_id.as_deref(), input.expected_bucket_owner.as_deref());
            let actions = $crate::reading::Actions($latest, $version);
            self.in_object(read, (&input.bucket, &input.key), version, owner, actions).await
        }
    };
}
use in_object;
