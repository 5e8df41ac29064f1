//! The listed operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Meta, Operation};

use crate::{meta, types};

/// <https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html>
#[derive(Debug, Clone, Copy)]
pub struct AddPermission;

impl Operation for AddPermission {
    const META: &'static Meta = &meta::ADD_PERMISSION;
    type Input = types::AddPermissionInput;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html>
#[derive(Debug, Clone, Copy)]
pub struct ConfirmSubscription;

impl Operation for ConfirmSubscription {
    const META: &'static Meta = &meta::CONFIRM_SUBSCRIPTION;
    type Input = types::ConfirmSubscriptionInput;
    type Output = types::ConfirmSubscriptionResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateTopic;

impl Operation for CreateTopic {
    const META: &'static Meta = &meta::CREATE_TOPIC;
    type Input = types::CreateTopicInput;
    type Output = types::CreateTopicResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteTopic;

impl Operation for DeleteTopic {
    const META: &'static Meta = &meta::DELETE_TOPIC;
    type Input = types::DeleteTopicInput;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_GetDataProtectionPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct GetDataProtectionPolicy;

impl Operation for GetDataProtectionPolicy {
    const META: &'static Meta = &meta::GET_DATA_PROTECTION_POLICY;
    type Input = types::GetDataProtectionPolicyInput;
    type Output = types::GetDataProtectionPolicyResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct GetSubscriptionAttributes;

impl Operation for GetSubscriptionAttributes {
    const META: &'static Meta = &meta::GET_SUBSCRIPTION_ATTRIBUTES;
    type Input = types::GetSubscriptionAttributesInput;
    type Output = types::GetSubscriptionAttributesResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct GetTopicAttributes;

impl Operation for GetTopicAttributes {
    const META: &'static Meta = &meta::GET_TOPIC_ATTRIBUTES;
    type Input = types::GetTopicAttributesInput;
    type Output = types::GetTopicAttributesResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html>
#[derive(Debug, Clone, Copy)]
pub struct ListSubscriptions;

impl Operation for ListSubscriptions {
    const META: &'static Meta = &meta::LIST_SUBSCRIPTIONS;
    type Input = types::ListSubscriptionsInput;
    type Output = types::ListSubscriptionsResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html>
#[derive(Debug, Clone, Copy)]
pub struct ListSubscriptionsByTopic;

impl Operation for ListSubscriptionsByTopic {
    const META: &'static Meta = &meta::LIST_SUBSCRIPTIONS_BY_TOPIC;
    type Input = types::ListSubscriptionsByTopicInput;
    type Output = types::ListSubscriptionsByTopicResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_ListTagsForResource.html>
#[derive(Debug, Clone, Copy)]
pub struct ListTagsForResource;

impl Operation for ListTagsForResource {
    const META: &'static Meta = &meta::LIST_TAGS_FOR_RESOURCE;
    type Input = types::ListTagsForResourceRequest;
    type Output = types::ListTagsForResourceResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html>
#[derive(Debug, Clone, Copy)]
pub struct ListTopics;

impl Operation for ListTopics {
    const META: &'static Meta = &meta::LIST_TOPICS;
    type Input = types::ListTopicsInput;
    type Output = types::ListTopicsResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>
#[derive(Debug, Clone, Copy)]
pub struct Publish;

impl Operation for Publish {
    const META: &'static Meta = &meta::PUBLISH;
    type Input = types::PublishInput;
    type Output = types::PublishResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html>
#[derive(Debug, Clone, Copy)]
pub struct PublishBatch;

impl Operation for PublishBatch {
    const META: &'static Meta = &meta::PUBLISH_BATCH;
    type Input = types::PublishBatchInput;
    type Output = types::PublishBatchResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_PutDataProtectionPolicy.html>
#[derive(Debug, Clone, Copy)]
pub struct PutDataProtectionPolicy;

impl Operation for PutDataProtectionPolicy {
    const META: &'static Meta = &meta::PUT_DATA_PROTECTION_POLICY;
    type Input = types::PutDataProtectionPolicyInput;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_RemovePermission.html>
#[derive(Debug, Clone, Copy)]
pub struct RemovePermission;

impl Operation for RemovePermission {
    const META: &'static Meta = &meta::REMOVE_PERMISSION;
    type Input = types::RemovePermissionInput;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct SetSubscriptionAttributes;

impl Operation for SetSubscriptionAttributes {
    const META: &'static Meta = &meta::SET_SUBSCRIPTION_ATTRIBUTES;
    type Input = types::SetSubscriptionAttributesInput;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct SetTopicAttributes;

impl Operation for SetTopicAttributes {
    const META: &'static Meta = &meta::SET_TOPIC_ATTRIBUTES;
    type Input = types::SetTopicAttributesInput;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html>
#[derive(Debug, Clone, Copy)]
pub struct Subscribe;

impl Operation for Subscribe {
    const META: &'static Meta = &meta::SUBSCRIBE;
    type Input = types::SubscribeInput;
    type Output = types::SubscribeResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html>
#[derive(Debug, Clone, Copy)]
pub struct TagResource;

impl Operation for TagResource {
    const META: &'static Meta = &meta::TAG_RESOURCE;
    type Input = types::TagResourceRequest;
    type Output = types::TagResourceResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html>
#[derive(Debug, Clone, Copy)]
pub struct Unsubscribe;

impl Operation for Unsubscribe {
    const META: &'static Meta = &meta::UNSUBSCRIBE;
    type Input = types::UnsubscribeInput;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_UntagResource.html>
#[derive(Debug, Clone, Copy)]
pub struct UntagResource;

impl Operation for UntagResource {
    const META: &'static Meta = &meta::UNTAG_RESOURCE;
    type Input = types::UntagResourceRequest;
    type Output = types::UntagResourceResponse;
}
