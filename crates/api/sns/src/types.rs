//! The structures that listed operations carry.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Blob, Map, shape};

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
    /// `DeleteTopicInput`.
    #[derive(Clone)]
    DeleteTopicInput {
        0 topic_arn: String = text("TopicArn").required();
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
        2 message: String = text("Message").required();
        3 subject: Option<String> = text("Subject");
        4 message_structure: Option<String> = text("MessageStructure");
        5 message_attributes: Option<Map<MessageAttributeValue>> = map("MessageAttributes").entry("Name", "Value");
        6 message_deduplication_id: Option<String> = text("MessageDeduplicationId");
        7 message_group_id: Option<String> = text("MessageGroupId");
        unlisted "PhoneNumber";
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
