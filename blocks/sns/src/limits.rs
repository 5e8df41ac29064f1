//! Every limit of the block, with the page it comes from.

/// <https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html>: "up to 256 characters long".
pub(crate) const TOPIC_NAME_CHARS_MAX: usize = 256;
/// <https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html>, `MaximumMessageSize`: "The default is 262144".
pub(crate) const MESSAGE_BYTES_DEFAULT: usize = 256 * 1024;
/// Same page: "Valid values are 1024 to 1048576 (1 MiB)".
pub(crate) const MESSAGE_BYTES: std::ops::RangeInclusive<usize> = 1024..=1024 * 1024;
/// Same page: "above 256 KiB must have 100 or fewer subscriptions".
pub(crate) const LARGE_SUBSCRIPTIONS_MAX: usize = 100;
/// Same page: "each subscription must be an Amazon SQS, Amazon Data Firehose, or Lambda subscription".
pub(crate) const LARGE_PROTOCOLS: [&str; 3] = ["sqs", "firehose", "lambda"];
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html>: no queue takes more,
/// and a record of the outbox has room for it.
pub(crate) const QUEUE_BODY_BYTES_MAX: usize = 1024 * 1024;
/// So much is handed out in one commit, about: a transaction holds 64 MiB, and must be done soon.
pub(crate) const HANDED_OUT_BYTES: usize = 2 << 20;
/// <https://docs.aws.amazon.com/sns/latest/api/API_PutDataProtectionPolicy.html>: "Maximum length of 30,720".
pub(crate) const PROTECTION_BYTES_MAX: usize = 30_720;
/// <https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-topic-owner.html>: "a minimum of one day to a
/// maximum of 365 days".
pub(crate) const ARCHIVE_DAYS: std::ops::RangeInclusive<u64> = 1..=365;
/// How many messages of an archive one commit replays, or forgets.
pub(crate) const ARCHIVE_PAGE: usize = 100;
/// <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>: "must be fewer than 100 characters".
pub(crate) const SUBJECT_CHARS_MAX: usize = 100;
/// Same page: `MessageGroupId` and `MessageDeduplicationId` "can contain up to 128 alphanumeric characters".
pub(crate) const ORDER_ID_BYTES_MAX: usize = 128;
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
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html>: "numRetries: 0 to 100".
pub(crate) const RETRIES_MAX: u64 = 100;
/// Same page: "the total policy retry time for an HTTP/S endpoint cannot be greater than 3,600 seconds".
pub(crate) const RETRY_TIME_MAX: std::time::Duration = std::time::Duration::from_secs(3600);
/// <https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html>: "Confirmation tokens are valid for two days."
pub(crate) const TOKEN_LIFE: std::time::Duration = std::time::Duration::from_secs(2 * 24 * 3600);
/// <https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html>: an endpoint has 15 seconds to answer.
pub(crate) const ENDPOINT_TIME_MAX: std::time::Duration = std::time::Duration::from_secs(15);
/// Ours: as long as AWS's own endpoints are.
pub(crate) const ENDPOINT_CHARS_MAX: usize = 2048;
/// Ours: what is read of an endpoint's answer, head and body each.
pub(crate) const ENDPOINT_ANSWER_BYTES_MAX: usize = 64 * 1024;
/// Ours: connections to endpoints at a time.
pub(crate) const ENDPOINT_CONNECTIONS_MAX: usize = 1000;
/// Ours: of these to one subscription.
pub(crate) const LANES_A_SUBSCRIPTION: u8 = 4;
/// Ours: connections to endpoints that are kept open while nothing is sent.
pub(crate) const LINES_KEPT_MAX: usize = 256;
/// Ours: how long.
pub(crate) const LINE_IDLE_MAX: std::time::Duration = std::time::Duration::from_secs(30);
/// Ours: how long a connection is used before the endpoint's name is looked up again.
pub(crate) const LINE_AGE_MAX: std::time::Duration = std::time::Duration::from_secs(300);
/// Ours: endpoints of which it is remembered how they ask for a password.
pub(crate) const CHALLENGES_KEPT_MAX: usize = 10_000;
/// Ours: how long it is kept what was sent to phones, devices and nobody's mail server.
pub(crate) const SENT_KEPT: std::time::Duration = std::time::Duration::from_secs(14 * 24 * 3600);
/// Ours: how many of them in a region, about.
pub(crate) const SENT_MAX: i64 = 100_000;
/// Ours: how many of these are shown.
pub(crate) const SENT_SHOWN: usize = 1000;
/// <https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformEndpoint.html>: custom user data, "less than 2KB".
pub(crate) const USER_DATA_BYTES_MAX: usize = 2048;
/// <https://docs.aws.amazon.com/sns/latest/api/API_CreatePlatformApplication.html>: "up to 256 characters".
pub(crate) const APPLICATION_NAME_CHARS_MAX: usize = 256;
/// <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>: "1,600 characters" for a text message.
pub(crate) const SMS_CHARS_MAX: usize = 1600;
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-sms-sandbox-verifying-phone-numbers.html>: "up to 10".
pub(crate) const SANDBOX_PHONES_MAX: usize = 10;
/// AWS's own words: "iOS device tokens must be no more than 400 hexadecimal characters".
pub(crate) const IOS_TOKEN_CHARS_MAX: usize = 400;
/// AWS's own words: "must be at most 8192 bytes long in UTF-8 encoding".
pub(crate) const TOKEN_BYTES_MAX: usize = 8192;
/// <https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1>: 64 letters, an @ and 255 letters.
pub(crate) const ADDRESS_BYTES_MAX: usize = 320;
/// Ours: for each step of the talk with a mail server.
pub(crate) const MAIL_TIME_MAX: std::time::Duration = std::time::Duration::from_secs(15);
/// <https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html>: "up to 200 filter policies per
/// topic".
pub(crate) const FILTERS_A_TOPIC_MAX: i64 = 200;
/// Same page: "and 10,000 filter policies per AWS account".
pub(crate) const FILTERS_AN_ACCOUNT_MAX: i64 = 10_000;
/// Ours: connections to the mail server at a time.
pub(crate) const MAIL_CONNECTIONS_MAX: usize = 20;
