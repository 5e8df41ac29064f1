//! One operation, one file.

pub mod add_permission;
pub mod confirm_subscription;
pub mod create_topic;
pub mod delete_topic;
pub mod get_subscription_attributes;
pub mod get_topic_attributes;
pub mod list_subscriptions;
pub mod list_subscriptions_by_topic;
pub mod list_tags_for_resource;
pub mod list_topics;
pub mod publish;
pub mod publish_batch;
pub mod remove_permission;
pub mod set_subscription_attributes;
pub mod set_topic_attributes;
pub mod subscribe;
pub mod tag_resource;
pub mod unsubscribe;
pub mod untag_resource;
