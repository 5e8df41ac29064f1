//! What the model allows values to be.
// Written by `cargo xtask codegen` from models/: change those.

use wire::Limits;

pub(crate) static MESSAGE_BODY_SYSTEM_ATTRIBUTE_MAP: Limits =
    Limits { key: Some(&MESSAGE_SYSTEM_ATTRIBUTE_NAME_FOR_SENDS), ..Limits::NONE };

pub(crate) static MESSAGE_SYSTEM_ATTRIBUTE_LIST: Limits =
    Limits { item: Some(&MESSAGE_SYSTEM_ATTRIBUTE_NAME), ..Limits::NONE };

pub(crate) static MESSAGE_SYSTEM_ATTRIBUTE_MAP: Limits =
    Limits { key: Some(&MESSAGE_SYSTEM_ATTRIBUTE_NAME), ..Limits::NONE };

pub(crate) static MESSAGE_SYSTEM_ATTRIBUTE_NAME: Limits = Limits {
    words: &[
        "All",
        "SenderId",
        "SentTimestamp",
        "ApproximateReceiveCount",
        "ApproximateFirstReceiveTimestamp",
        "SequenceNumber",
        "MessageDeduplicationId",
        "MessageGroupId",
        "AWSTraceHeader",
        "DeadLetterQueueSourceArn",
    ],
    ..Limits::NONE
};

pub(crate) static MESSAGE_SYSTEM_ATTRIBUTE_NAME_FOR_SENDS: Limits =
    Limits { words: &["AWSTraceHeader"], ..Limits::NONE };

pub(crate) static QUEUE_ATTRIBUTE_MAP: Limits = Limits { key: Some(&QUEUE_ATTRIBUTE_NAME), ..Limits::NONE };

pub(crate) static QUEUE_ATTRIBUTE_NAME: Limits = Limits {
    words: &[
        "All",
        "Policy",
        "VisibilityTimeout",
        "MaximumMessageSize",
        "MessageRetentionPeriod",
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "CreatedTimestamp",
        "LastModifiedTimestamp",
        "QueueArn",
        "ApproximateNumberOfMessagesDelayed",
        "DelaySeconds",
        "ReceiveMessageWaitTimeSeconds",
        "RedrivePolicy",
        "FifoQueue",
        "ContentBasedDeduplication",
        "KmsMasterKeyId",
        "KmsDataKeyReusePeriodSeconds",
        "DeduplicationScope",
        "FifoThroughputLimit",
        "RedriveAllowPolicy",
        "SqsManagedSseEnabled",
    ],
    ..Limits::NONE
};
