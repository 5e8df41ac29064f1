//! Every limit of the service, with the page of AWS that it comes from.
//!
//! Pages: `quotas` is <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html> and
//! what it links to; an operation's name is its page in the API reference,
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/>.

use std::ops::RangeInclusive;

/// Characters of a queue's name, `.fifo` included (quotas, queues).
pub const NAME_CHARS_MAX: usize = 80;
/// Tags of a queue (quotas, queues).
pub const TAGS_MAX: usize = 50;
/// Characters of a tag's key (developer guide, `sqs-queue-tags`).
pub const TAG_KEY_CHARS: RangeInclusive<usize> = 1..=128;
/// Characters of a tag's value (developer guide, `sqs-queue-tags`).
pub const TAG_VALUE_CHARS_MAX: usize = 256;

/// Seconds that messages of a queue are delayed (SetQueueAttributes).
pub const DELAY_S: RangeInclusive<u64> = 0..=900;
/// Bytes that a queue may allow a message to have (SetQueueAttributes; 1 MiB since August 2025).
pub const MESSAGE_BYTES: RangeInclusive<u64> = 1024..=1_048_576;
/// Seconds that a message is kept (SetQueueAttributes).
pub const RETENTION_S: RangeInclusive<u64> = 60..=1_209_600;
/// Seconds that a receive may wait (SetQueueAttributes, ReceiveMessage).
pub const WAIT_S: RangeInclusive<u64> = 0..=20;
/// Seconds that a received message is hidden (SetQueueAttributes, ReceiveMessage, ChangeMessageVisibility).
pub const VISIBILITY_S: RangeInclusive<u64> = 0..=43_200;
/// Seconds that a data key is used again (SetQueueAttributes).
pub const KMS_REUSE_S: RangeInclusive<u64> = 60..=86_400;
/// Receives before a message goes to the dead-letter queue (developer guide, `sqs-dead-letter-queues`).
pub const MAX_RECEIVE_COUNT: RangeInclusive<u64> = 1..=1000;
/// Queues that a `RedriveAllowPolicy` may name (SetQueueAttributes).
pub const REDRIVE_SOURCES_MAX: usize = 10;

/// Entries of a batch (quotas, messages).
pub const BATCH_ENTRIES_MAX: usize = 10;
/// Characters of an entry's id (SendMessageBatchRequestEntry).
pub const BATCH_ID_CHARS: RangeInclusive<usize> = 1..=80;
/// Bytes of all messages of a batch together (SendMessageBatch).
pub const BATCH_BYTES_MAX: usize = 1_048_576;
/// Messages of one receive (ReceiveMessage).
pub const RECEIVE_MAX: RangeInclusive<i64> = 1..=10;

/// Attributes of a message (quotas, messages).
pub const ATTRIBUTES_MAX: usize = 10;
/// Bytes of an attribute's name, and of its type (developer guide, `sqs-message-metadata`).
pub const ATTRIBUTE_NAME_BYTES_MAX: usize = 256;
/// Characters of a message group id and of a deduplication id (SendMessage).
pub const FIFO_ID_CHARS: RangeInclusive<usize> = 1..=128;

/// Milliseconds in which a deduplication id is remembered (SendMessage).
pub const DEDUPLICATION_MS: u64 = 300_000;
/// Milliseconds in which a receive attempt may be repeated (ReceiveMessage).
pub const RECEIVE_ATTEMPT_MS: u64 = 300_000;
/// Messages in flight per queue (quotas, messages; the same for standard and FIFO queues).
pub const IN_FLIGHT_MAX: usize = 120_000;
/// Milliseconds between two purges of a queue (PurgeQueue).
pub const PURGE_INTERVAL_MS: u64 = 60_000;

/// Queues in one page of a listing (ListQueues, ListDeadLetterSourceQueues).
pub const LIST_RESULTS: RangeInclusive<i64> = 1..=1000;
/// Actions of one statement of a queue's policy (AddPermission).
pub const POLICY_ACTIONS_MAX: usize = 7;
/// Statements of a queue's policy (quotas, policies).
pub const POLICY_STATEMENTS_MAX: usize = 20;
/// Bytes of a queue's policy (quotas, policies).
pub const POLICY_BYTES_MAX: usize = 8192;
/// Principals of a queue's policy (quotas, policies).
pub const POLICY_PRINCIPALS_MAX: usize = 50;
/// Characters of a label (AddPermission).
pub const LABEL_CHARS: RangeInclusive<usize> = 1..=80;

/// Messages that a move task moves in a second (StartMessageMoveTask).
pub const MOVE_PER_SECOND: RangeInclusive<i64> = 1..=500;
/// Move tasks that are listed (ListMessageMoveTasks).
pub const MOVE_TASKS_LISTED: RangeInclusive<i64> = 1..=10;
