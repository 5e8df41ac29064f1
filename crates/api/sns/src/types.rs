//! The structures that listed operations carry.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Blob, Map, Time, shape};

use crate::limits;

shape! {
    /// `AddPermissionInput`.
    #[derive(Clone)]
    AddPermissionInput {
        0 topic_arn: String = text("TopicArn").required();
        1 label: String = text("Label").required();
        2 aws_account_id: Vec<String> = list("AWSAccountId").required();
        3 action_name: Vec<String> = list("ActionName").required();
    }
}

shape! {
    /// `BatchResultErrorEntry`.
    #[derive(Clone)]
    BatchResultErrorEntry {
        0 id: Option<String> = text("Id").required();
        1 code: Option<String> = text("Code").required();
        2 message: Option<String> = text("Message");
        3 sender_fault: Option<bool> = boolean("SenderFault").required();
    }
}

shape! {
    /// `CheckIfPhoneNumberIsOptedOutInput`.
    #[derive(Clone)]
    CheckIfPhoneNumberIsOptedOutInput {
        0 phone_number: String = text("phoneNumber").required().sensitive();
    }
}

shape! {
    /// `CheckIfPhoneNumberIsOptedOutResponse`.
    #[derive(Clone)]
    CheckIfPhoneNumberIsOptedOutResponse {
        0 is_opted_out: Option<bool> = boolean("isOptedOut");
    }
}

shape! {
    /// `ConfirmSubscriptionInput`.
    #[derive(Clone)]
    ConfirmSubscriptionInput {
        0 topic_arn: String = text("TopicArn").required();
        1 token: String = text("Token").required();
        2 authenticate_on_unsubscribe: Option<String> = text("AuthenticateOnUnsubscribe");
    }
}

shape! {
    /// `ConfirmSubscriptionResponse`.
    #[derive(Clone)]
    ConfirmSubscriptionResponse {
        0 subscription_arn: Option<String> = text("SubscriptionArn");
    }
}

shape! {
    /// `CreateEndpointResponse`.
    #[derive(Clone)]
    CreateEndpointResponse {
        0 endpoint_arn: Option<String> = text("EndpointArn");
    }
}

shape! {
    /// `CreatePlatformApplicationInput`.
    #[derive(Clone)]
    CreatePlatformApplicationInput {
        0 name: String = text("Name").required();
        1 platform: String = text("Platform").required();
        2 attributes: Map<String> = map("Attributes").required();
    }
}

shape! {
    /// `CreatePlatformApplicationResponse`.
    #[derive(Clone)]
    CreatePlatformApplicationResponse {
        0 platform_application_arn: Option<String> = text("PlatformApplicationArn");
    }
}

shape! {
    /// `CreatePlatformEndpointInput`.
    #[derive(Clone)]
    CreatePlatformEndpointInput {
        0 platform_application_arn: String = text("PlatformApplicationArn").required();
        1 token: String = text("Token").required();
        2 custom_user_data: Option<String> = text("CustomUserData");
        3 attributes: Option<Map<String>> = map("Attributes");
    }
}

shape! {
    /// `CreateSMSSandboxPhoneNumberInput`.
    #[derive(Clone)]
    CreateSMSSandboxPhoneNumberInput {
        0 phone_number: String = text("PhoneNumber").required().sensitive().limits(&limits::PHONE_NUMBER_STRING);
        1 language_code: Option<String> = text("LanguageCode").limits(&limits::LANGUAGE_CODE_STRING);
    }
}

shape! {
    /// `CreateSMSSandboxPhoneNumberResult`.
    #[derive(Clone)]
    CreateSMSSandboxPhoneNumberResult {
    }
}

shape! {
    /// `CreateTopicInput`.
    #[derive(Clone)]
    CreateTopicInput {
        0 name: String = text("Name").required();
        1 attributes: Option<Map<String>> = map("Attributes");
        2 tags: Option<Vec<Tag>> = list("Tags");
        3 data_protection_policy: Option<String> = text("DataProtectionPolicy");
    }
}

shape! {
    /// `CreateTopicResponse`.
    #[derive(Clone)]
    CreateTopicResponse {
        0 topic_arn: Option<String> = text("TopicArn");
    }
}

shape! {
    /// `DeleteEndpointInput`.
    #[derive(Clone)]
    DeleteEndpointInput {
        0 endpoint_arn: String = text("EndpointArn").required();
    }
}

shape! {
    /// `DeletePlatformApplicationInput`.
    #[derive(Clone)]
    DeletePlatformApplicationInput {
        0 platform_application_arn: String = text("PlatformApplicationArn").required();
    }
}

shape! {
    /// `DeleteSMSSandboxPhoneNumberInput`.
    #[derive(Clone)]
    DeleteSMSSandboxPhoneNumberInput {
        0 phone_number: String = text("PhoneNumber").required().sensitive().limits(&limits::PHONE_NUMBER_STRING);
    }
}

shape! {
    /// `DeleteSMSSandboxPhoneNumberResult`.
    #[derive(Clone)]
    DeleteSMSSandboxPhoneNumberResult {
    }
}

shape! {
    /// `DeleteTopicInput`.
    #[derive(Clone)]
    DeleteTopicInput {
        0 topic_arn: String = text("TopicArn").required();
    }
}

shape! {
    /// `Endpoint`.
    #[derive(Clone)]
    Endpoint {
        0 endpoint_arn: Option<String> = text("EndpointArn");
        1 attributes: Option<Map<String>> = map("Attributes");
    }
}

shape! {
    /// `GetDataProtectionPolicyInput`.
    #[derive(Clone)]
    GetDataProtectionPolicyInput {
        0 resource_arn: String = text("ResourceArn").required();
    }
}

shape! {
    /// `GetDataProtectionPolicyResponse`.
    #[derive(Clone)]
    GetDataProtectionPolicyResponse {
        0 data_protection_policy: Option<String> = text("DataProtectionPolicy");
    }
}

shape! {
    /// `GetEndpointAttributesInput`.
    #[derive(Clone)]
    GetEndpointAttributesInput {
        0 endpoint_arn: String = text("EndpointArn").required();
    }
}

shape! {
    /// `GetEndpointAttributesResponse`.
    #[derive(Clone)]
    GetEndpointAttributesResponse {
        0 attributes: Option<Map<String>> = map("Attributes");
    }
}

shape! {
    /// `GetPlatformApplicationAttributesInput`.
    #[derive(Clone)]
    GetPlatformApplicationAttributesInput {
        0 platform_application_arn: String = text("PlatformApplicationArn").required();
    }
}

shape! {
    /// `GetPlatformApplicationAttributesResponse`.
    #[derive(Clone)]
    GetPlatformApplicationAttributesResponse {
        0 attributes: Option<Map<String>> = map("Attributes");
    }
}

shape! {
    /// `GetSMSAttributesInput`.
    #[derive(Clone)]
    GetSMSAttributesInput {
        0 attributes: Option<Vec<String>> = list("attributes");
    }
}

shape! {
    /// `GetSMSAttributesResponse`.
    #[derive(Clone)]
    GetSMSAttributesResponse {
        0 attributes: Option<Map<String>> = map("attributes");
    }
}

shape! {
    /// `GetSMSSandboxAccountStatusInput`.
    #[derive(Clone)]
    GetSMSSandboxAccountStatusInput {
    }
}

shape! {
    /// `GetSMSSandboxAccountStatusResult`.
    #[derive(Clone)]
    GetSMSSandboxAccountStatusResult {
        0 is_in_sandbox: Option<bool> = boolean("IsInSandbox").required();
    }
}

shape! {
    /// `GetSubscriptionAttributesInput`.
    #[derive(Clone)]
    GetSubscriptionAttributesInput {
        0 subscription_arn: String = text("SubscriptionArn").required();
    }
}

shape! {
    /// `GetSubscriptionAttributesResponse`.
    #[derive(Clone)]
    GetSubscriptionAttributesResponse {
        0 attributes: Option<Map<String>> = map("Attributes");
    }
}

shape! {
    /// `GetTopicAttributesInput`.
    #[derive(Clone)]
    GetTopicAttributesInput {
        0 topic_arn: String = text("TopicArn").required();
    }
}

shape! {
    /// `GetTopicAttributesResponse`.
    #[derive(Clone)]
    GetTopicAttributesResponse {
        0 attributes: Option<Map<String>> = map("Attributes");
    }
}

shape! {
    /// `ListEndpointsByPlatformApplicationInput`.
    #[derive(Clone)]
    ListEndpointsByPlatformApplicationInput {
        0 platform_application_arn: String = text("PlatformApplicationArn").required();
        1 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `ListEndpointsByPlatformApplicationResponse`.
    #[derive(Clone)]
    ListEndpointsByPlatformApplicationResponse {
        0 endpoints: Option<Vec<Endpoint>> = list("Endpoints");
        1 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `ListOriginationNumbersRequest`.
    #[derive(Clone)]
    ListOriginationNumbersRequest {
        0 next_token: Option<String> = text("NextToken");
        1 max_results: Option<i32> = integer("MaxResults").limits(&limits::MAX_ITEMS_LIST_ORIGINATION_NUMBERS);
    }
}

shape! {
    /// `ListOriginationNumbersResult`.
    #[derive(Clone)]
    ListOriginationNumbersResult {
        0 next_token: Option<String> = text("NextToken");
        1 phone_numbers: Option<Vec<PhoneNumberInformation>> = list("PhoneNumbers");
    }
}

shape! {
    /// `ListPhoneNumbersOptedOutInput`.
    #[derive(Clone)]
    ListPhoneNumbersOptedOutInput {
        0 next_token: Option<String> = text("nextToken");
    }
}

shape! {
    /// `ListPhoneNumbersOptedOutResponse`.
    #[derive(Clone)]
    ListPhoneNumbersOptedOutResponse {
        0 phone_numbers: Option<Vec<String>> = list("phoneNumbers");
        1 next_token: Option<String> = text("nextToken");
    }
}

shape! {
    /// `ListPlatformApplicationsInput`.
    #[derive(Clone)]
    ListPlatformApplicationsInput {
        0 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `ListPlatformApplicationsResponse`.
    #[derive(Clone)]
    ListPlatformApplicationsResponse {
        0 platform_applications: Option<Vec<PlatformApplication>> = list("PlatformApplications");
        1 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `ListSMSSandboxPhoneNumbersInput`.
    #[derive(Clone)]
    ListSMSSandboxPhoneNumbersInput {
        0 next_token: Option<String> = text("NextToken");
        1 max_results: Option<i32> = integer("MaxResults").limits(&limits::MAX_ITEMS);
    }
}

shape! {
    /// `ListSMSSandboxPhoneNumbersResult`.
    #[derive(Clone)]
    ListSMSSandboxPhoneNumbersResult {
        0 phone_numbers: Option<Vec<SMSSandboxPhoneNumber>> = list("PhoneNumbers").required();
        1 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `ListSubscriptionsByTopicInput`.
    #[derive(Clone)]
    ListSubscriptionsByTopicInput {
        0 topic_arn: String = text("TopicArn").required();
        1 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `ListSubscriptionsByTopicResponse`.
    #[derive(Clone)]
    ListSubscriptionsByTopicResponse {
        0 subscriptions: Option<Vec<Subscription>> = list("Subscriptions");
        1 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `ListSubscriptionsInput`.
    #[derive(Clone)]
    ListSubscriptionsInput {
        0 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `ListSubscriptionsResponse`.
    #[derive(Clone)]
    ListSubscriptionsResponse {
        0 subscriptions: Option<Vec<Subscription>> = list("Subscriptions");
        1 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `ListTagsForResourceRequest`.
    #[derive(Clone)]
    ListTagsForResourceRequest {
        0 resource_arn: String = text("ResourceArn").required().limits(&limits::AMAZON_RESOURCE_NAME);
    }
}

shape! {
    /// `ListTagsForResourceResponse`.
    #[derive(Clone)]
    ListTagsForResourceResponse {
        0 tags: Option<Vec<Tag>> = list("Tags");
    }
}

shape! {
    /// `ListTopicsInput`.
    #[derive(Clone)]
    ListTopicsInput {
        0 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `ListTopicsResponse`.
    #[derive(Clone)]
    ListTopicsResponse {
        0 topics: Option<Vec<Topic>> = list("Topics");
        1 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `MessageAttributeValue`.
    #[derive(Clone)]
    MessageAttributeValue {
        0 data_type: String = text("DataType").required();
        1 string_value: Option<String> = text("StringValue");
        2 binary_value: Option<Blob> = blob("BinaryValue");
    }
}

shape! {
    /// `OptInPhoneNumberInput`.
    #[derive(Clone)]
    OptInPhoneNumberInput {
        0 phone_number: String = text("phoneNumber").required().sensitive();
    }
}

shape! {
    /// `OptInPhoneNumberResponse`.
    #[derive(Clone)]
    OptInPhoneNumberResponse {
    }
}

shape! {
    /// `PhoneNumberInformation`.
    #[derive(Clone)]
    PhoneNumberInformation {
        0 created_at: Option<Time> = time("CreatedAt");
        1 phone_number: Option<String> = text("PhoneNumber").sensitive();
        2 status: Option<String> = text("Status");
        3 iso2_country_code: Option<String> = text("Iso2CountryCode").limits(&limits::ISO2_COUNTRY_CODE);
        4 route_type: Option<String> = text("RouteType").limits(&limits::ROUTE_TYPE);
        5 number_capabilities: Option<Vec<String>> = list("NumberCapabilities").limits(&limits::NUMBER_CAPABILITY_LIST);
    }
}

shape! {
    /// `PlatformApplication`.
    #[derive(Clone)]
    PlatformApplication {
        0 platform_application_arn: Option<String> = text("PlatformApplicationArn");
        1 attributes: Option<Map<String>> = map("Attributes");
    }
}

shape! {
    /// `PublishBatchInput`.
    #[derive(Clone)]
    PublishBatchInput {
        0 topic_arn: String = text("TopicArn").required();
        1 publish_batch_request_entries: Vec<PublishBatchRequestEntry> = list("PublishBatchRequestEntries").required();
    }
}

shape! {
    /// `PublishBatchRequestEntry`.
    #[derive(Clone)]
    PublishBatchRequestEntry {
        0 id: String = text("Id").required();
        1 message: String = text("Message").required();
        2 subject: Option<String> = text("Subject");
        3 message_structure: Option<String> = text("MessageStructure");
        4 message_attributes: Option<Map<MessageAttributeValue>> = map("MessageAttributes").entry("Name", "Value");
        5 message_deduplication_id: Option<String> = text("MessageDeduplicationId");
        6 message_group_id: Option<String> = text("MessageGroupId");
    }
}

shape! {
    /// `PublishBatchResponse`.
    #[derive(Clone)]
    PublishBatchResponse {
        0 successful: Option<Vec<PublishBatchResultEntry>> = list("Successful");
        1 failed: Option<Vec<BatchResultErrorEntry>> = list("Failed");
    }
}

shape! {
    /// `PublishBatchResultEntry`.
    #[derive(Clone)]
    PublishBatchResultEntry {
        0 id: Option<String> = text("Id");
        1 message_id: Option<String> = text("MessageId");
        2 sequence_number: Option<String> = text("SequenceNumber");
    }
}

shape! {
    /// `PublishInput`.
    #[derive(Clone)]
    PublishInput {
        0 topic_arn: Option<String> = text("TopicArn");
        1 target_arn: Option<String> = text("TargetArn");
        2 phone_number: Option<String> = text("PhoneNumber").sensitive();
        3 message: String = text("Message").required();
        4 subject: Option<String> = text("Subject");
        5 message_structure: Option<String> = text("MessageStructure");
        6 message_attributes: Option<Map<MessageAttributeValue>> = map("MessageAttributes").entry("Name", "Value");
        7 message_deduplication_id: Option<String> = text("MessageDeduplicationId");
        8 message_group_id: Option<String> = text("MessageGroupId");
    }
}

shape! {
    /// `PublishResponse`.
    #[derive(Clone)]
    PublishResponse {
        0 message_id: Option<String> = text("MessageId");
        1 sequence_number: Option<String> = text("SequenceNumber");
    }
}

shape! {
    /// `PutDataProtectionPolicyInput`.
    #[derive(Clone)]
    PutDataProtectionPolicyInput {
        0 resource_arn: String = text("ResourceArn").required();
        1 data_protection_policy: String = text("DataProtectionPolicy").required();
    }
}

shape! {
    /// `RemovePermissionInput`.
    #[derive(Clone)]
    RemovePermissionInput {
        0 topic_arn: String = text("TopicArn").required();
        1 label: String = text("Label").required();
    }
}

shape! {
    /// `SMSSandboxPhoneNumber`.
    #[derive(Clone)]
    SMSSandboxPhoneNumber {
        0 phone_number: Option<String> = text("PhoneNumber").sensitive().limits(&limits::PHONE_NUMBER_STRING);
        1 status: Option<String> = text("Status").limits(&limits::SMS_SANDBOX_PHONE_NUMBER_VERIFICATION_STATUS);
    }
}

shape! {
    /// `SetEndpointAttributesInput`.
    #[derive(Clone)]
    SetEndpointAttributesInput {
        0 endpoint_arn: String = text("EndpointArn").required();
        1 attributes: Map<String> = map("Attributes").required();
    }
}

shape! {
    /// `SetPlatformApplicationAttributesInput`.
    #[derive(Clone)]
    SetPlatformApplicationAttributesInput {
        0 platform_application_arn: String = text("PlatformApplicationArn").required();
        1 attributes: Map<String> = map("Attributes").required();
    }
}

shape! {
    /// `SetSMSAttributesInput`.
    #[derive(Clone)]
    SetSMSAttributesInput {
        0 attributes: Map<String> = map("attributes").required();
    }
}

shape! {
    /// `SetSMSAttributesResponse`.
    #[derive(Clone)]
    SetSMSAttributesResponse {
    }
}

shape! {
    /// `SetSubscriptionAttributesInput`.
    #[derive(Clone)]
    SetSubscriptionAttributesInput {
        0 subscription_arn: String = text("SubscriptionArn").required();
        1 attribute_name: String = text("AttributeName").required();
        2 attribute_value: Option<String> = text("AttributeValue");
    }
}

shape! {
    /// `SetTopicAttributesInput`.
    #[derive(Clone)]
    SetTopicAttributesInput {
        0 topic_arn: String = text("TopicArn").required();
        1 attribute_name: String = text("AttributeName").required();
        2 attribute_value: Option<String> = text("AttributeValue");
    }
}

shape! {
    /// `SubscribeInput`.
    #[derive(Clone)]
    SubscribeInput {
        0 topic_arn: String = text("TopicArn").required();
        1 protocol: String = text("Protocol").required();
        2 endpoint: Option<String> = text("Endpoint");
        3 attributes: Option<Map<String>> = map("Attributes");
        4 return_subscription_arn: Option<bool> = boolean("ReturnSubscriptionArn");
    }
}

shape! {
    /// `SubscribeResponse`.
    #[derive(Clone)]
    SubscribeResponse {
        0 subscription_arn: Option<String> = text("SubscriptionArn");
    }
}

shape! {
    /// `Subscription`.
    #[derive(Clone)]
    Subscription {
        0 subscription_arn: Option<String> = text("SubscriptionArn");
        1 owner: Option<String> = text("Owner");
        2 protocol: Option<String> = text("Protocol");
        3 endpoint: Option<String> = text("Endpoint");
        4 topic_arn: Option<String> = text("TopicArn");
    }
}

shape! {
    /// `Tag`.
    #[derive(Clone)]
    Tag {
        0 key: String = text("Key").required().limits(&limits::TAG_KEY);
        1 value: String = text("Value").required().limits(&limits::TAG_VALUE);
    }
}

shape! {
    /// `TagResourceRequest`.
    #[derive(Clone)]
    TagResourceRequest {
        0 resource_arn: String = text("ResourceArn").required().limits(&limits::AMAZON_RESOURCE_NAME);
        1 tags: Vec<Tag> = list("Tags").required();
    }
}

shape! {
    /// `TagResourceResponse`.
    #[derive(Clone)]
    TagResourceResponse {
    }
}

shape! {
    /// `Topic`.
    #[derive(Clone)]
    Topic {
        0 topic_arn: Option<String> = text("TopicArn");
    }
}

shape! {
    /// `UnsubscribeInput`.
    #[derive(Clone)]
    UnsubscribeInput {
        0 subscription_arn: String = text("SubscriptionArn").required();
    }
}

shape! {
    /// `UntagResourceRequest`.
    #[derive(Clone)]
    UntagResourceRequest {
        0 resource_arn: String = text("ResourceArn").required().limits(&limits::AMAZON_RESOURCE_NAME);
        1 tag_keys: Vec<String> = list("TagKeys").required().limits(&limits::TAG_KEY_LIST);
    }
}

shape! {
    /// `UntagResourceResponse`.
    #[derive(Clone)]
    UntagResourceResponse {
    }
}

shape! {
    /// `VerificationException`.
    #[derive(Clone)]
    VerificationException {
        0 message: Option<String> = text("Message").required();
        1 status: Option<String> = text("Status").required();
    }
}

shape! {
    /// `VerifySMSSandboxPhoneNumberInput`.
    #[derive(Clone)]
    VerifySMSSandboxPhoneNumberInput {
        0 phone_number: String = text("PhoneNumber").required().sensitive().limits(&limits::PHONE_NUMBER_STRING);
        1 one_time_password: String = text("OneTimePassword").required().limits(&limits::OTP_CODE);
    }
}

shape! {
    /// `VerifySMSSandboxPhoneNumberResult`.
    #[derive(Clone)]
    VerifySMSSandboxPhoneNumberResult {
    }
}
