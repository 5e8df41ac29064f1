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

/// <https://docs.aws.amazon.com/sns/latest/api/API_CheckIfPhoneNumberIsOptedOut.html>
#[derive(Debug, Clone, Copy)]
pub struct CheckIfPhoneNumberIsOptedOut;

impl Operation for CheckIfPhoneNumberIsOptedOut {
    const META: &'static Meta = &meta::CHECK_IF_PHONE_NUMBER_IS_OPTED_OUT;
    type Input = types::CheckIfPhoneNumberIsOptedOutInput;
    type Output = types::CheckIfPhoneNumberIsOptedOutResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html>
#[derive(Debug, Clone, Copy)]
pub struct ConfirmSubscription;

impl Operation for ConfirmSubscription {
    const META: &'static Meta = &meta::CONFIRM_SUBSCRIPTION;
    type Input = types::ConfirmSubscriptionInput;
    type Output = types::ConfirmSubscriptionResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformApplication.html>
#[derive(Debug, Clone, Copy)]
pub struct CreatePlatformApplication;

impl Operation for CreatePlatformApplication {
    const META: &'static Meta = &meta::CREATE_PLATFORM_APPLICATION;
    type Input = types::CreatePlatformApplicationInput;
    type Output = types::CreatePlatformApplicationResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformEndpoint.html>
#[derive(Debug, Clone, Copy)]
pub struct CreatePlatformEndpoint;

impl Operation for CreatePlatformEndpoint {
    const META: &'static Meta = &meta::CREATE_PLATFORM_ENDPOINT;
    type Input = types::CreatePlatformEndpointInput;
    type Output = types::CreateEndpointResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_CreateSMSSandboxPhoneNumber.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateSMSSandboxPhoneNumber;

impl Operation for CreateSMSSandboxPhoneNumber {
    const META: &'static Meta = &meta::CREATE_SMS_SANDBOX_PHONE_NUMBER;
    type Input = types::CreateSMSSandboxPhoneNumberInput;
    type Output = types::CreateSMSSandboxPhoneNumberResult;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html>
#[derive(Debug, Clone, Copy)]
pub struct CreateTopic;

impl Operation for CreateTopic {
    const META: &'static Meta = &meta::CREATE_TOPIC;
    type Input = types::CreateTopicInput;
    type Output = types::CreateTopicResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_DeleteEndpoint.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteEndpoint;

impl Operation for DeleteEndpoint {
    const META: &'static Meta = &meta::DELETE_ENDPOINT;
    type Input = types::DeleteEndpointInput;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_DeletePlatformApplication.html>
#[derive(Debug, Clone, Copy)]
pub struct DeletePlatformApplication;

impl Operation for DeletePlatformApplication {
    const META: &'static Meta = &meta::DELETE_PLATFORM_APPLICATION;
    type Input = types::DeletePlatformApplicationInput;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_DeleteSMSSandboxPhoneNumber.html>
#[derive(Debug, Clone, Copy)]
pub struct DeleteSMSSandboxPhoneNumber;

impl Operation for DeleteSMSSandboxPhoneNumber {
    const META: &'static Meta = &meta::DELETE_SMS_SANDBOX_PHONE_NUMBER;
    type Input = types::DeleteSMSSandboxPhoneNumberInput;
    type Output = types::DeleteSMSSandboxPhoneNumberResult;
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

/// <https://docs.aws.amazon.com/sns/latest/api/API_GetEndpointAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct GetEndpointAttributes;

impl Operation for GetEndpointAttributes {
    const META: &'static Meta = &meta::GET_ENDPOINT_ATTRIBUTES;
    type Input = types::GetEndpointAttributesInput;
    type Output = types::GetEndpointAttributesResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_GetPlatformApplicationAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct GetPlatformApplicationAttributes;

impl Operation for GetPlatformApplicationAttributes {
    const META: &'static Meta = &meta::GET_PLATFORM_APPLICATION_ATTRIBUTES;
    type Input = types::GetPlatformApplicationAttributesInput;
    type Output = types::GetPlatformApplicationAttributesResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_GetSMSAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct GetSMSAttributes;

impl Operation for GetSMSAttributes {
    const META: &'static Meta = &meta::GET_SMS_ATTRIBUTES;
    type Input = types::GetSMSAttributesInput;
    type Output = types::GetSMSAttributesResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_GetSMSSandboxAccountStatus.html>
#[derive(Debug, Clone, Copy)]
pub struct GetSMSSandboxAccountStatus;

impl Operation for GetSMSSandboxAccountStatus {
    const META: &'static Meta = &meta::GET_SMS_SANDBOX_ACCOUNT_STATUS;
    type Input = types::GetSMSSandboxAccountStatusInput;
    type Output = types::GetSMSSandboxAccountStatusResult;
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

/// <https://docs.aws.amazon.com/sns/latest/api/API_ListEndpointsByPlatformApplication.html>
#[derive(Debug, Clone, Copy)]
pub struct ListEndpointsByPlatformApplication;

impl Operation for ListEndpointsByPlatformApplication {
    const META: &'static Meta = &meta::LIST_ENDPOINTS_BY_PLATFORM_APPLICATION;
    type Input = types::ListEndpointsByPlatformApplicationInput;
    type Output = types::ListEndpointsByPlatformApplicationResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_ListOriginationNumbers.html>
#[derive(Debug, Clone, Copy)]
pub struct ListOriginationNumbers;

impl Operation for ListOriginationNumbers {
    const META: &'static Meta = &meta::LIST_ORIGINATION_NUMBERS;
    type Input = types::ListOriginationNumbersRequest;
    type Output = types::ListOriginationNumbersResult;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_ListPhoneNumbersOptedOut.html>
#[derive(Debug, Clone, Copy)]
pub struct ListPhoneNumbersOptedOut;

impl Operation for ListPhoneNumbersOptedOut {
    const META: &'static Meta = &meta::LIST_PHONE_NUMBERS_OPTED_OUT;
    type Input = types::ListPhoneNumbersOptedOutInput;
    type Output = types::ListPhoneNumbersOptedOutResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_ListPlatformApplications.html>
#[derive(Debug, Clone, Copy)]
pub struct ListPlatformApplications;

impl Operation for ListPlatformApplications {
    const META: &'static Meta = &meta::LIST_PLATFORM_APPLICATIONS;
    type Input = types::ListPlatformApplicationsInput;
    type Output = types::ListPlatformApplicationsResponse;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_ListSMSSandboxPhoneNumbers.html>
#[derive(Debug, Clone, Copy)]
pub struct ListSMSSandboxPhoneNumbers;

impl Operation for ListSMSSandboxPhoneNumbers {
    const META: &'static Meta = &meta::LIST_SMS_SANDBOX_PHONE_NUMBERS;
    type Input = types::ListSMSSandboxPhoneNumbersInput;
    type Output = types::ListSMSSandboxPhoneNumbersResult;
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

/// <https://docs.aws.amazon.com/sns/latest/api/API_OptInPhoneNumber.html>
#[derive(Debug, Clone, Copy)]
pub struct OptInPhoneNumber;

impl Operation for OptInPhoneNumber {
    const META: &'static Meta = &meta::OPT_IN_PHONE_NUMBER;
    type Input = types::OptInPhoneNumberInput;
    type Output = types::OptInPhoneNumberResponse;
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

/// <https://docs.aws.amazon.com/sns/latest/api/API_SetEndpointAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct SetEndpointAttributes;

impl Operation for SetEndpointAttributes {
    const META: &'static Meta = &meta::SET_ENDPOINT_ATTRIBUTES;
    type Input = types::SetEndpointAttributesInput;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_SetPlatformApplicationAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct SetPlatformApplicationAttributes;

impl Operation for SetPlatformApplicationAttributes {
    const META: &'static Meta = &meta::SET_PLATFORM_APPLICATION_ATTRIBUTES;
    type Input = types::SetPlatformApplicationAttributesInput;
    type Output = wire::Empty;
}

/// <https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html>
#[derive(Debug, Clone, Copy)]
pub struct SetSMSAttributes;

impl Operation for SetSMSAttributes {
    const META: &'static Meta = &meta::SET_SMS_ATTRIBUTES;
    type Input = types::SetSMSAttributesInput;
    type Output = types::SetSMSAttributesResponse;
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

/// <https://docs.aws.amazon.com/sns/latest/api/API_VerifySMSSandboxPhoneNumber.html>
#[derive(Debug, Clone, Copy)]
pub struct VerifySMSSandboxPhoneNumber;

impl Operation for VerifySMSSandboxPhoneNumber {
    const META: &'static Meta = &meta::VERIFY_SMS_SANDBOX_PHONE_NUMBER;
    type Input = types::VerifySMSSandboxPhoneNumberInput;
    type Output = types::VerifySMSSandboxPhoneNumberResult;
}
