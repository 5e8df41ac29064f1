//! The structures that listed operations carry.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Blob, Map, shape};

use crate::limits;

shape! {
    /// `AddPermissionRequest`.
    #[derive(Clone)]
    AddPermissionRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 label: String = text("Label").required();
        2 aws_account_ids: Vec<String> = list("AWSAccountIds").required().xml("AWSAccountId").flat();
        3 actions: Vec<String> = list("Actions").required().xml("ActionName").flat();
    }
}

shape! {
    /// `BatchResultErrorEntry`.
    #[derive(Clone)]
    BatchResultErrorEntry {
        0 id: Option<String> = text("Id").required();
        1 sender_fault: Option<bool> = boolean("SenderFault").required();
        2 code: Option<String> = text("Code").required();
        3 message: Option<String> = text("Message");
    }
}

shape! {
    /// `CancelMessageMoveTaskRequest`.
    #[derive(Clone)]
    CancelMessageMoveTaskRequest {
        0 task_handle: String = text("TaskHandle").required();
    }
}

shape! {
    /// `CancelMessageMoveTaskResult`.
    #[derive(Clone)]
    CancelMessageMoveTaskResult {
        0 approximate_number_of_messages_moved: Option<i64> = long("ApproximateNumberOfMessagesMoved");
    }
}

shape! {
    /// `ChangeMessageVisibilityBatchRequest`.
    #[derive(Clone)]
    ChangeMessageVisibilityBatchRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 entries: Vec<ChangeMessageVisibilityBatchRequestEntry> = list("Entries").required().xml("ChangeMessageVisibilityBatchRequestEntry").flat();
    }
}

shape! {
    /// `ChangeMessageVisibilityBatchRequestEntry`.
    #[derive(Clone)]
    ChangeMessageVisibilityBatchRequestEntry {
        0 id: String = text("Id").required();
        1 receipt_handle: String = text("ReceiptHandle").required();
        2 visibility_timeout: Option<i32> = integer("VisibilityTimeout");
    }
}

shape! {
    /// `ChangeMessageVisibilityBatchResult`.
    #[derive(Clone)]
    ChangeMessageVisibilityBatchResult {
        0 successful: Option<Vec<ChangeMessageVisibilityBatchResultEntry>> = list("Successful").required().xml("ChangeMessageVisibilityBatchResultEntry").flat();
        1 failed: Option<Vec<BatchResultErrorEntry>> = list("Failed").required().xml("BatchResultErrorEntry").flat();
    }
}

shape! {
    /// `ChangeMessageVisibilityBatchResultEntry`.
    #[derive(Clone)]
    ChangeMessageVisibilityBatchResultEntry {
        0 id: Option<String> = text("Id").required();
    }
}

shape! {
    /// `ChangeMessageVisibilityRequest`.
    #[derive(Clone)]
    ChangeMessageVisibilityRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 receipt_handle: String = text("ReceiptHandle").required();
        2 visibility_timeout: i32 = integer("VisibilityTimeout").required();
    }
}

shape! {
    /// `CreateQueueRequest`.
    #[derive(Clone)]
    CreateQueueRequest {
        0 queue_name: String = text("QueueName").required();
        1 attributes: Option<Map<String>> = map("Attributes").xml("Attribute").entry("Name", "Value").flat().limits(&limits::QUEUE_ATTRIBUTE_MAP);
        2 tags: Option<Map<String>> = map("tags").xml("Tag").entry("Key", "Value").flat();
    }
}

shape! {
    /// `CreateQueueResult`.
    #[derive(Clone)]
    CreateQueueResult {
        0 queue_url: Option<String> = text("QueueUrl");
    }
}

shape! {
    /// `DeleteMessageBatchRequest`.
    #[derive(Clone)]
    DeleteMessageBatchRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 entries: Vec<DeleteMessageBatchRequestEntry> = list("Entries").required().xml("DeleteMessageBatchRequestEntry").flat();
    }
}

shape! {
    /// `DeleteMessageBatchRequestEntry`.
    #[derive(Clone)]
    DeleteMessageBatchRequestEntry {
        0 id: String = text("Id").required();
        1 receipt_handle: String = text("ReceiptHandle").required();
    }
}

shape! {
    /// `DeleteMessageBatchResult`.
    #[derive(Clone)]
    DeleteMessageBatchResult {
        0 successful: Option<Vec<DeleteMessageBatchResultEntry>> = list("Successful").required().xml("DeleteMessageBatchResultEntry").flat();
        1 failed: Option<Vec<BatchResultErrorEntry>> = list("Failed").required().xml("BatchResultErrorEntry").flat();
    }
}

shape! {
    /// `DeleteMessageBatchResultEntry`.
    #[derive(Clone)]
    DeleteMessageBatchResultEntry {
        0 id: Option<String> = text("Id").required();
    }
}

shape! {
    /// `DeleteMessageRequest`.
    #[derive(Clone)]
    DeleteMessageRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 receipt_handle: String = text("ReceiptHandle").required();
    }
}

shape! {
    /// `DeleteQueueRequest`.
    #[derive(Clone)]
    DeleteQueueRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
    }
}

shape! {
    /// `GetQueueAttributesRequest`.
    #[derive(Clone)]
    GetQueueAttributesRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 attribute_names: Option<Vec<String>> = list("AttributeNames").xml("AttributeName").flat();
    }
}

shape! {
    /// `GetQueueAttributesResult`.
    #[derive(Clone)]
    GetQueueAttributesResult {
        0 attributes: Option<Map<String>> = map("Attributes").xml("Attribute").entry("Name", "Value").flat().limits(&limits::QUEUE_ATTRIBUTE_MAP);
    }
}

shape! {
    /// `GetQueueUrlRequest`.
    #[derive(Clone)]
    GetQueueUrlRequest {
        0 queue_name: String = text("QueueName").required();
        1 queue_owner_aws_account_id: Option<String> = text("QueueOwnerAWSAccountId");
    }
}

shape! {
    /// `GetQueueUrlResult`.
    #[derive(Clone)]
    GetQueueUrlResult {
        0 queue_url: Option<String> = text("QueueUrl");
    }
}

shape! {
    /// `ListDeadLetterSourceQueuesRequest`.
    #[derive(Clone)]
    ListDeadLetterSourceQueuesRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 next_token: Option<String> = text("NextToken");
        2 max_results: Option<i32> = integer("MaxResults");
    }
}

shape! {
    /// `ListDeadLetterSourceQueuesResult`.
    #[derive(Clone)]
    ListDeadLetterSourceQueuesResult {
        0 queue_urls: Option<Vec<String>> = list("queueUrls").required().xml("QueueUrl").flat();
        1 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `ListMessageMoveTasksRequest`.
    #[derive(Clone)]
    ListMessageMoveTasksRequest {
        0 source_arn: String = text("SourceArn").required();
        1 max_results: Option<i32> = integer("MaxResults");
    }
}

shape! {
    /// `ListMessageMoveTasksResult`.
    #[derive(Clone)]
    ListMessageMoveTasksResult {
        0 results: Option<Vec<ListMessageMoveTasksResultEntry>> = list("Results").xml("ListMessageMoveTasksResultEntry").flat();
    }
}

shape! {
    /// `ListMessageMoveTasksResultEntry`.
    #[derive(Clone)]
    ListMessageMoveTasksResultEntry {
        0 task_handle: Option<String> = text("TaskHandle");
        1 status: Option<String> = text("Status");
        2 source_arn: Option<String> = text("SourceArn");
        3 destination_arn: Option<String> = text("DestinationArn");
        4 max_number_of_messages_per_second: Option<i32> = integer("MaxNumberOfMessagesPerSecond");
        5 approximate_number_of_messages_moved: Option<i64> = long("ApproximateNumberOfMessagesMoved");
        6 approximate_number_of_messages_to_move: Option<i64> = long("ApproximateNumberOfMessagesToMove");
        7 failure_reason: Option<String> = text("FailureReason");
        8 started_timestamp: Option<i64> = long("StartedTimestamp");
    }
}

shape! {
    /// `ListQueueTagsRequest`.
    #[derive(Clone)]
    ListQueueTagsRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
    }
}

shape! {
    /// `ListQueueTagsResult`.
    #[derive(Clone)]
    ListQueueTagsResult {
        0 tags: Option<Map<String>> = map("Tags").xml("Tag").entry("Key", "Value").flat();
    }
}

shape! {
    /// `ListQueuesRequest`.
    #[derive(Clone)]
    ListQueuesRequest {
        0 queue_name_prefix: Option<String> = text("QueueNamePrefix");
        1 next_token: Option<String> = text("NextToken");
        2 max_results: Option<i32> = integer("MaxResults");
    }
}

shape! {
    /// `ListQueuesResult`.
    #[derive(Clone)]
    ListQueuesResult {
        0 queue_urls: Option<Vec<String>> = list("QueueUrls").xml("QueueUrl").flat();
        1 next_token: Option<String> = text("NextToken");
    }
}

shape! {
    /// `Message`.
    #[derive(Clone)]
    Message {
        0 message_id: Option<String> = text("MessageId");
        1 receipt_handle: Option<String> = text("ReceiptHandle");
        2 md5_of_body: Option<String> = text("MD5OfBody");
        3 body: Option<String> = text("Body");
        4 attributes: Option<Map<String>> = map("Attributes").xml("Attribute").entry("Name", "Value").flat().limits(&limits::MESSAGE_SYSTEM_ATTRIBUTE_MAP);
        5 md5_of_message_attributes: Option<String> = text("MD5OfMessageAttributes");
        6 message_attributes: Option<Map<MessageAttributeValue>> = map("MessageAttributes").xml("MessageAttribute").entry("Name", "Value").flat();
    }
}

shape! {
    /// `MessageAttributeValue`.
    #[derive(Clone)]
    MessageAttributeValue {
        0 string_value: Option<String> = text("StringValue");
        1 binary_value: Option<Blob> = blob("BinaryValue");
        2 string_list_values: Option<Vec<String>> = list("StringListValues").xml("StringListValue").flat();
        3 binary_list_values: Option<Vec<Blob>> = list("BinaryListValues").xml("BinaryListValue").flat();
        4 data_type: String = text("DataType").required();
    }
}

shape! {
    /// `MessageSystemAttributeValue`.
    #[derive(Clone)]
    MessageSystemAttributeValue {
        0 string_value: Option<String> = text("StringValue");
        1 binary_value: Option<Blob> = blob("BinaryValue");
        2 string_list_values: Option<Vec<String>> = list("StringListValues").xml("StringListValue").flat();
        3 binary_list_values: Option<Vec<Blob>> = list("BinaryListValues").xml("BinaryListValue").flat();
        4 data_type: String = text("DataType").required();
    }
}

shape! {
    /// `PurgeQueueRequest`.
    #[derive(Clone)]
    PurgeQueueRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
    }
}

shape! {
    /// `ReceiveMessageRequest`.
    #[derive(Clone)]
    ReceiveMessageRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 attribute_names: Option<Vec<String>> = list("AttributeNames").xml("AttributeName").flat();
        2 message_system_attribute_names: Option<Vec<String>> = list("MessageSystemAttributeNames").xml("MessageSystemAttributeName").flat().limits(&limits::MESSAGE_SYSTEM_ATTRIBUTE_LIST);
        3 message_attribute_names: Option<Vec<String>> = list("MessageAttributeNames").xml("MessageAttributeName").flat();
        4 max_number_of_messages: Option<i32> = integer("MaxNumberOfMessages");
        5 visibility_timeout: Option<i32> = integer("VisibilityTimeout");
        6 wait_time_seconds: Option<i32> = integer("WaitTimeSeconds");
        7 receive_request_attempt_id: Option<String> = text("ReceiveRequestAttemptId");
    }
}

shape! {
    /// `ReceiveMessageResult`.
    #[derive(Clone)]
    ReceiveMessageResult {
        0 messages: Option<Vec<Message>> = list("Messages").xml("Message").flat();
    }
}

shape! {
    /// `RemovePermissionRequest`.
    #[derive(Clone)]
    RemovePermissionRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 label: String = text("Label").required();
    }
}

shape! {
    /// `SendMessageBatchRequest`.
    #[derive(Clone)]
    SendMessageBatchRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 entries: Vec<SendMessageBatchRequestEntry> = list("Entries").required().xml("SendMessageBatchRequestEntry").flat();
    }
}

shape! {
    /// `SendMessageBatchRequestEntry`.
    #[derive(Clone)]
    SendMessageBatchRequestEntry {
        0 id: String = text("Id").required();
        1 message_body: String = text("MessageBody").required();
        2 delay_seconds: Option<i32> = integer("DelaySeconds");
        3 message_attributes: Option<Map<MessageAttributeValue>> = map("MessageAttributes").xml("MessageAttribute").entry("Name", "Value").flat();
        4 message_system_attributes: Option<Map<MessageSystemAttributeValue>> = map("MessageSystemAttributes").xml("MessageSystemAttribute").entry("Name", "Value").flat().limits(&limits::MESSAGE_BODY_SYSTEM_ATTRIBUTE_MAP);
        5 message_deduplication_id: Option<String> = text("MessageDeduplicationId");
        6 message_group_id: Option<String> = text("MessageGroupId");
    }
}

shape! {
    /// `SendMessageBatchResult`.
    #[derive(Clone)]
    SendMessageBatchResult {
        0 successful: Option<Vec<SendMessageBatchResultEntry>> = list("Successful").required().xml("SendMessageBatchResultEntry").flat();
        1 failed: Option<Vec<BatchResultErrorEntry>> = list("Failed").required().xml("BatchResultErrorEntry").flat();
    }
}

shape! {
    /// `SendMessageBatchResultEntry`.
    #[derive(Clone)]
    SendMessageBatchResultEntry {
        0 id: Option<String> = text("Id").required();
        1 message_id: Option<String> = text("MessageId").required();
        2 md5_of_message_body: Option<String> = text("MD5OfMessageBody").required();
        3 md5_of_message_attributes: Option<String> = text("MD5OfMessageAttributes");
        4 md5_of_message_system_attributes: Option<String> = text("MD5OfMessageSystemAttributes");
        5 sequence_number: Option<String> = text("SequenceNumber");
    }
}

shape! {
    /// `SendMessageRequest`.
    #[derive(Clone)]
    SendMessageRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 message_body: String = text("MessageBody").required();
        2 delay_seconds: Option<i32> = integer("DelaySeconds");
        3 message_attributes: Option<Map<MessageAttributeValue>> = map("MessageAttributes").xml("MessageAttribute").entry("Name", "Value").flat();
        4 message_system_attributes: Option<Map<MessageSystemAttributeValue>> = map("MessageSystemAttributes").xml("MessageSystemAttribute").entry("Name", "Value").flat().limits(&limits::MESSAGE_BODY_SYSTEM_ATTRIBUTE_MAP);
        5 message_deduplication_id: Option<String> = text("MessageDeduplicationId");
        6 message_group_id: Option<String> = text("MessageGroupId");
    }
}

shape! {
    /// `SendMessageResult`.
    #[derive(Clone)]
    SendMessageResult {
        0 md5_of_message_body: Option<String> = text("MD5OfMessageBody");
        1 md5_of_message_attributes: Option<String> = text("MD5OfMessageAttributes");
        2 md5_of_message_system_attributes: Option<String> = text("MD5OfMessageSystemAttributes");
        3 message_id: Option<String> = text("MessageId");
        4 sequence_number: Option<String> = text("SequenceNumber");
    }
}

shape! {
    /// `SetQueueAttributesRequest`.
    #[derive(Clone)]
    SetQueueAttributesRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 attributes: Map<String> = map("Attributes").required().xml("Attribute").entry("Name", "Value").flat().limits(&limits::QUEUE_ATTRIBUTE_MAP);
    }
}

shape! {
    /// `StartMessageMoveTaskRequest`.
    #[derive(Clone)]
    StartMessageMoveTaskRequest {
        0 source_arn: String = text("SourceArn").required();
        1 destination_arn: Option<String> = text("DestinationArn");
        2 max_number_of_messages_per_second: Option<i32> = integer("MaxNumberOfMessagesPerSecond");
    }
}

shape! {
    /// `StartMessageMoveTaskResult`.
    #[derive(Clone)]
    StartMessageMoveTaskResult {
        0 task_handle: Option<String> = text("TaskHandle");
    }
}

shape! {
    /// `TagQueueRequest`.
    #[derive(Clone)]
    TagQueueRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 tags: Map<String> = map("Tags").required().xml("Tag").entry("Key", "Value").flat();
    }
}

shape! {
    /// `UntagQueueRequest`.
    #[derive(Clone)]
    UntagQueueRequest {
        0 queue_url: String = text("QueueUrl").required().from_url();
        1 tag_keys: Vec<String> = list("TagKeys").required().xml("TagKey").flat();
    }
}
