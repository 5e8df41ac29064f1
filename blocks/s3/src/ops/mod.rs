//! The operations, one file each.

pub mod create_bucket;
pub mod delete_bucket;
pub mod delete_object;
pub mod get_bucket_location;
pub mod get_object;
pub mod head_bucket;
pub mod head_object;
pub mod list_buckets;
pub mod list_objects;
pub mod list_objects_v2;
pub mod put_object;

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
