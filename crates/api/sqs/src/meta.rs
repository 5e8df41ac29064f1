//! Facts of the service and its operations.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Http, Meta, OperationRow, ServiceMeta};

use crate::{errors, types};

/// Facts of the service.
pub static SERVICE: ServiceMeta = ServiceMeta {
    id: "sqs",
    title: "Amazon Simple Queue Service",
    signing_name: "sqs",
    endpoint_prefix: "sqs",
    api_version: "2012-11-05",
    target_prefix: "AmazonSQS",
    namespace: "com.amazonaws.sqs",
    xml_namespace: "http://queue.amazonaws.com/doc/2012-11-05/",
    query_compatible: true,
    s3: false,
    protocols: &[&wire::protocol::AWS_JSON_1_0, &wire::protocol::AWS_QUERY],
    operations: &OPERATIONS,
    literals: &[],
    routes: &[],
};

static OPERATIONS: [OperationRow; 23] = [
    OperationRow { name: "AddPermission", http: &AT_ROOT, meta: Some(&ADD_PERMISSION) },
    OperationRow { name: "CancelMessageMoveTask", http: &AT_ROOT, meta: Some(&CANCEL_MESSAGE_MOVE_TASK) },
    OperationRow { name: "ChangeMessageVisibility", http: &AT_ROOT, meta: Some(&CHANGE_MESSAGE_VISIBILITY) },
    OperationRow {
        name: "ChangeMessageVisibilityBatch",
        http: &AT_ROOT,
        meta: Some(&CHANGE_MESSAGE_VISIBILITY_BATCH),
    },
    OperationRow { name: "CreateQueue", http: &AT_ROOT, meta: Some(&CREATE_QUEUE) },
    OperationRow { name: "DeleteMessage", http: &AT_ROOT, meta: Some(&DELETE_MESSAGE) },
    OperationRow { name: "DeleteMessageBatch", http: &AT_ROOT, meta: Some(&DELETE_MESSAGE_BATCH) },
    OperationRow { name: "DeleteQueue", http: &AT_ROOT, meta: Some(&DELETE_QUEUE) },
    OperationRow { name: "GetQueueAttributes", http: &AT_ROOT, meta: Some(&GET_QUEUE_ATTRIBUTES) },
    OperationRow { name: "GetQueueUrl", http: &AT_ROOT, meta: Some(&GET_QUEUE_URL) },
    OperationRow {
        name: "ListDeadLetterSourceQueues",
        http: &AT_ROOT,
        meta: Some(&LIST_DEAD_LETTER_SOURCE_QUEUES),
    },
    OperationRow { name: "ListMessageMoveTasks", http: &AT_ROOT, meta: Some(&LIST_MESSAGE_MOVE_TASKS) },
    OperationRow { name: "ListQueueTags", http: &AT_ROOT, meta: Some(&LIST_QUEUE_TAGS) },
    OperationRow { name: "ListQueues", http: &AT_ROOT, meta: Some(&LIST_QUEUES) },
    OperationRow { name: "PurgeQueue", http: &AT_ROOT, meta: Some(&PURGE_QUEUE) },
    OperationRow { name: "ReceiveMessage", http: &AT_ROOT, meta: Some(&RECEIVE_MESSAGE) },
    OperationRow { name: "RemovePermission", http: &AT_ROOT, meta: Some(&REMOVE_PERMISSION) },
    OperationRow { name: "SendMessage", http: &AT_ROOT, meta: Some(&SEND_MESSAGE) },
    OperationRow { name: "SendMessageBatch", http: &AT_ROOT, meta: Some(&SEND_MESSAGE_BATCH) },
    OperationRow { name: "SetQueueAttributes", http: &AT_ROOT, meta: Some(&SET_QUEUE_ATTRIBUTES) },
    OperationRow { name: "StartMessageMoveTask", http: &AT_ROOT, meta: Some(&START_MESSAGE_MOVE_TASK) },
    OperationRow { name: "TagQueue", http: &AT_ROOT, meta: Some(&TAG_QUEUE) },
    OperationRow { name: "UntagQueue", http: &AT_ROOT, meta: Some(&UNTAG_QUEUE) },
];

static AT_ROOT: Http = Http {
    method: "POST",
    uri: "/",
    path: &[],
    literals: &[],
    with_query: &[],
    with_header: &[],
    status: 200,
};

pub(crate) static ADD_PERMISSION: Meta = Meta {
    service: &SERVICE,
    name: "AddPermission",
    http: &AT_ROOT,
    input: types::AddPermissionRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[
        &errors::OVER_LIMIT,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static CANCEL_MESSAGE_MOVE_TASK: Meta = Meta {
    service: &SERVICE,
    name: "CancelMessageMoveTask",
    http: &AT_ROOT,
    input: types::CancelMessageMoveTaskRequest::SCHEMA,
    output: types::CancelMessageMoveTaskResult::SCHEMA,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static CHANGE_MESSAGE_VISIBILITY: Meta = Meta {
    service: &SERVICE,
    name: "ChangeMessageVisibility",
    http: &AT_ROOT,
    input: types::ChangeMessageVisibilityRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[
        &errors::MESSAGE_NOT_INFLIGHT,
        &errors::RECEIPT_HANDLE_IS_INVALID,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static CHANGE_MESSAGE_VISIBILITY_BATCH: Meta = Meta {
    service: &SERVICE,
    name: "ChangeMessageVisibilityBatch",
    http: &AT_ROOT,
    input: types::ChangeMessageVisibilityBatchRequest::SCHEMA,
    output: types::ChangeMessageVisibilityBatchResult::SCHEMA,
    errors: &[
        &errors::TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
        &errors::EMPTY_BATCH_REQUEST,
        &errors::BATCH_ENTRY_IDS_NOT_DISTINCT,
        &errors::INVALID_BATCH_ENTRY_ID,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static CREATE_QUEUE: Meta = Meta {
    service: &SERVICE,
    name: "CreateQueue",
    http: &AT_ROOT,
    input: types::CreateQueueRequest::SCHEMA,
    output: types::CreateQueueResult::SCHEMA,
    errors: &[
        &errors::QUEUE_DELETED_RECENTLY,
        &errors::QUEUE_NAME_EXISTS,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_ATTRIBUTE_NAME,
        &errors::INVALID_ATTRIBUTE_VALUE,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_SECURITY,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static DELETE_MESSAGE: Meta = Meta {
    service: &SERVICE,
    name: "DeleteMessage",
    http: &AT_ROOT,
    input: types::DeleteMessageRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[
        &errors::INVALID_ID_FORMAT,
        &errors::RECEIPT_HANDLE_IS_INVALID,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_SECURITY,
        &errors::INVALID_ADDRESS,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static DELETE_MESSAGE_BATCH: Meta = Meta {
    service: &SERVICE,
    name: "DeleteMessageBatch",
    http: &AT_ROOT,
    input: types::DeleteMessageBatchRequest::SCHEMA,
    output: types::DeleteMessageBatchResult::SCHEMA,
    errors: &[
        &errors::TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
        &errors::EMPTY_BATCH_REQUEST,
        &errors::BATCH_ENTRY_IDS_NOT_DISTINCT,
        &errors::INVALID_BATCH_ENTRY_ID,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static DELETE_QUEUE: Meta = Meta {
    service: &SERVICE,
    name: "DeleteQueue",
    http: &AT_ROOT,
    input: types::DeleteQueueRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_ADDRESS,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_SECURITY,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static GET_QUEUE_ATTRIBUTES: Meta = Meta {
    service: &SERVICE,
    name: "GetQueueAttributes",
    http: &AT_ROOT,
    input: types::GetQueueAttributesRequest::SCHEMA,
    output: types::GetQueueAttributesResult::SCHEMA,
    errors: &[
        &errors::INVALID_ATTRIBUTE_NAME,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_SECURITY,
        &errors::INVALID_ADDRESS,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static GET_QUEUE_URL: Meta = Meta {
    service: &SERVICE,
    name: "GetQueueUrl",
    http: &AT_ROOT,
    input: types::GetQueueUrlRequest::SCHEMA,
    output: types::GetQueueUrlResult::SCHEMA,
    errors: &[
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static LIST_DEAD_LETTER_SOURCE_QUEUES: Meta = Meta {
    service: &SERVICE,
    name: "ListDeadLetterSourceQueues",
    http: &AT_ROOT,
    input: types::ListDeadLetterSourceQueuesRequest::SCHEMA,
    output: types::ListDeadLetterSourceQueuesResult::SCHEMA,
    errors: &[
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_SECURITY,
        &errors::INVALID_ADDRESS,
        &errors::UNSUPPORTED_OPERATION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static LIST_MESSAGE_MOVE_TASKS: Meta = Meta {
    service: &SERVICE,
    name: "ListMessageMoveTasks",
    http: &AT_ROOT,
    input: types::ListMessageMoveTasksRequest::SCHEMA,
    output: types::ListMessageMoveTasksResult::SCHEMA,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static LIST_QUEUE_TAGS: Meta = Meta {
    service: &SERVICE,
    name: "ListQueueTags",
    http: &AT_ROOT,
    input: types::ListQueueTagsRequest::SCHEMA,
    output: types::ListQueueTagsResult::SCHEMA,
    errors: &[
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static LIST_QUEUES: Meta = Meta {
    service: &SERVICE,
    name: "ListQueues",
    http: &AT_ROOT,
    input: types::ListQueuesRequest::SCHEMA,
    output: types::ListQueuesResult::SCHEMA,
    errors: &[
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_SECURITY,
        &errors::INVALID_ADDRESS,
        &errors::UNSUPPORTED_OPERATION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static PURGE_QUEUE: Meta = Meta {
    service: &SERVICE,
    name: "PurgeQueue",
    http: &AT_ROOT,
    input: types::PurgeQueueRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::PURGE_QUEUE_IN_PROGRESS,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static RECEIVE_MESSAGE: Meta = Meta {
    service: &SERVICE,
    name: "ReceiveMessage",
    http: &AT_ROOT,
    input: types::ReceiveMessageRequest::SCHEMA,
    output: types::ReceiveMessageResult::SCHEMA,
    errors: &[
        &errors::UNSUPPORTED_OPERATION,
        &errors::OVER_LIMIT,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::KMS_DISABLED,
        &errors::KMS_INVALID_STATE,
        &errors::KMS_NOT_FOUND,
        &errors::KMS_OPT_IN_REQUIRED,
        &errors::KMS_THROTTLED,
        &errors::KMS_ACCESS_DENIED,
        &errors::KMS_INVALID_KEY_USAGE,
        &errors::INVALID_ADDRESS,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static REMOVE_PERMISSION: Meta = Meta {
    service: &SERVICE,
    name: "RemovePermission",
    http: &AT_ROOT,
    input: types::RemovePermissionRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[
        &errors::INVALID_ADDRESS,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static SEND_MESSAGE: Meta = Meta {
    service: &SERVICE,
    name: "SendMessage",
    http: &AT_ROOT,
    input: types::SendMessageRequest::SCHEMA,
    output: types::SendMessageResult::SCHEMA,
    errors: &[
        &errors::INVALID_MESSAGE_CONTENTS,
        &errors::UNSUPPORTED_OPERATION,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::KMS_DISABLED,
        &errors::KMS_INVALID_STATE,
        &errors::KMS_NOT_FOUND,
        &errors::KMS_OPT_IN_REQUIRED,
        &errors::KMS_THROTTLED,
        &errors::KMS_ACCESS_DENIED,
        &errors::KMS_INVALID_KEY_USAGE,
        &errors::INVALID_ADDRESS,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static SEND_MESSAGE_BATCH: Meta = Meta {
    service: &SERVICE,
    name: "SendMessageBatch",
    http: &AT_ROOT,
    input: types::SendMessageBatchRequest::SCHEMA,
    output: types::SendMessageBatchResult::SCHEMA,
    errors: &[
        &errors::TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
        &errors::EMPTY_BATCH_REQUEST,
        &errors::BATCH_ENTRY_IDS_NOT_DISTINCT,
        &errors::BATCH_REQUEST_TOO_LONG,
        &errors::INVALID_BATCH_ENTRY_ID,
        &errors::UNSUPPORTED_OPERATION,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::KMS_DISABLED,
        &errors::KMS_INVALID_STATE,
        &errors::KMS_NOT_FOUND,
        &errors::KMS_OPT_IN_REQUIRED,
        &errors::KMS_THROTTLED,
        &errors::KMS_ACCESS_DENIED,
        &errors::KMS_INVALID_KEY_USAGE,
        &errors::INVALID_ADDRESS,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static SET_QUEUE_ATTRIBUTES: Meta = Meta {
    service: &SERVICE,
    name: "SetQueueAttributes",
    http: &AT_ROOT,
    input: types::SetQueueAttributesRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[
        &errors::INVALID_ATTRIBUTE_NAME,
        &errors::INVALID_ATTRIBUTE_VALUE,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::UNSUPPORTED_OPERATION,
        &errors::OVER_LIMIT,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static START_MESSAGE_MOVE_TASK: Meta = Meta {
    service: &SERVICE,
    name: "StartMessageMoveTask",
    http: &AT_ROOT,
    input: types::StartMessageMoveTaskRequest::SCHEMA,
    output: types::StartMessageMoveTaskResult::SCHEMA,
    errors: &[
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::REQUEST_THROTTLED,
        &errors::INVALID_ADDRESS,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static TAG_QUEUE: Meta = Meta {
    service: &SERVICE,
    name: "TagQueue",
    http: &AT_ROOT,
    input: types::TagQueueRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[
        &errors::INVALID_ADDRESS,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};

pub(crate) static UNTAG_QUEUE: Meta = Meta {
    service: &SERVICE,
    name: "UntagQueue",
    http: &AT_ROOT,
    input: types::UntagQueueRequest::SCHEMA,
    output: wire::Empty::SCHEMA,
    errors: &[
        &errors::INVALID_ADDRESS,
        &errors::REQUEST_THROTTLED,
        &errors::QUEUE_DOES_NOT_EXIST,
        &errors::INVALID_SECURITY,
        &errors::UNSUPPORTED_OPERATION,
    ],
    whole: true,
    streaming_input: false,
    streaming_output: false,
    checksum: None,
};
