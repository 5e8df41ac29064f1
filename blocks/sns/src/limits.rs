//! Every limit of the block, with the page it comes from.

/// <https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html>: "up to 256 characters long".
pub(crate) const TOPIC_NAME_CHARS_MAX: usize = 256;
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html>: 256 KB with attributes.
pub(crate) const MESSAGE_BYTES_MAX: usize = 256 * 1024;
/// <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>: "must be fewer than 100 characters".
pub(crate) const SUBJECT_CHARS_MAX: usize = 100;
/// <https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html>
pub(crate) const BATCH_ENTRIES_MAX: usize = 10;
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html>: raw delivery maps
/// attributes to SQS's, which are ten at most.
pub(crate) const RAW_ATTRIBUTES_MAX: usize = 10;
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html>: shorter than this.
pub(crate) const ATTRIBUTE_NAME_BYTES_END: usize = 256;
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-tags.html>
pub(crate) const TAGS_MAX: usize = 50;
/// <https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html>: "each call returns a limited list ... up to 100".
pub(crate) const LIST_PAGE: usize = 100;
/// <https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html>
pub(crate) const FILTER_POLICY_BYTES_MAX: usize = 256 * 1024;
/// Same page: "the total combination of values ... must not exceed 150".
pub(crate) const FILTER_COMBINATIONS_MAX: u64 = 150;
/// Same page: "a filter policy can have a maximum of five attribute names".
pub(crate) const FILTER_KEYS_MAX: usize = 5;
/// Same page: numeric values from -10^9 to 10^9.
pub(crate) const FILTER_NUMBER_MAX: f64 = 1e9;
/// Same page: "up to three wildcard characters".
pub(crate) const FILTER_WILDCARDS_MAX: usize = 3;
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html>: "30 kb".
pub(crate) const POLICY_BYTES_MAX: usize = 30 * 1024;
/// Same page: statements of a policy.
pub(crate) const POLICY_STATEMENTS_MAX: usize = 100;
/// Same page: its principals.
pub(crate) const POLICY_PRINCIPALS_MAX: usize = 200;
/// How many subscribers a publish delivers to in its own commit; more are paged through afterwards.
pub(crate) const FAN_OUT_AT_ONCE: usize = 25;
/// How many subscribers one page of a fan-out takes.
pub(crate) const FAN_OUT_PAGE: usize = 100;
/// <https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html>: the five-minute interval.
pub(crate) const DEDUPLICATION: std::time::Duration = std::time::Duration::from_secs(300);
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html>: "Amazon SNS reuses a data key for up to 5 minutes".
pub(crate) const DATA_KEY_REUSE: std::time::Duration = std::time::Duration::from_secs(300);
