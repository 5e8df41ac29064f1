//! What the service refuses, in AWS's words: code, status and message for both protocols.
//!
//! Codes and statuses are those of the service's model when it still was a query API (botocore before 1.31) and of
//! the API reference; messages are AWS's where they are known from its answers.

use std::fmt;

use api_sqs::errors;
use floor::Denial;
use wire::{ErrorMeta, Fault, Violation};

/// Why a request is refused. The text of a variant is the message that the caller reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    // Queues.
    /// No such queue.
    #[error("The specified queue does not exist.")]
    NoSuchQueue,
    /// The text cannot be the URL of a queue.
    #[error("The address {0} is not valid for this endpoint.")]
    Address(String),
    /// No queue may have this name.
    #[error("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")]
    Name,
    /// No FIFO queue may have this name.
    #[error(
        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length"
    )]
    FifoName,
    /// CreateQueue of a queue that is there and has other attributes.
    #[error("A queue already exists with the same name and a different value for attribute {0}")]
    QueueExists(&'static str),
    /// A purge within 60 seconds of another.
    #[error("Only one PurgeQueue operation on {0} is allowed every 60 seconds.")]
    PurgeInProgress(String),

    // Attributes of queues.
    /// No such attribute, or none that may be set.
    #[error("Unknown Attribute {0}.")]
    UnknownAttribute(String),
    /// A value out of range.
    #[error("Invalid value for the parameter {0}.")]
    AttributeValue(&'static str),
    /// A queue stays what it is.
    #[error("Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.")]
    QueueType,
    /// An attribute of FIFO queues.
    #[error("You can specify the {0} only when FifoQueue is set to true.")]
    OnlyForFifo(&'static str),
    /// High throughput wants deduplication per group.
    #[error(
        "Invalid value for the parameter FifoThroughputLimit. Reason: The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup."
    )]
    ThroughputNeedsScope,
    /// A key of KMS beside the queue's own.
    #[error(
        "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE."
    )]
    OneEncryption,

    // Parameters.
    /// A parameter that is required.
    #[error("The request must contain the parameter {0}.")]
    Missing(&'static str),
    /// A parameter with a value out of range; the reason is a sentence.
    #[error("Value {value} for parameter {name} is invalid. Reason: {reason}")]
    Parameter {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: String,
        /// Why.
        reason: String,
    },
    /// A parameter that is wrong in a way that AWS has a sentence of its own for.
    #[error("{0}")]
    Wrong(String),

    // Messages.
    /// A body with characters that XML cannot carry.
    #[error(
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"
    )]
    BodyCharacters,
    /// A message that is too long.
    #[error("One or more parameters are invalid. Reason: Message must be shorter than {0} bytes.")]
    MessageLength(u64),
    /// The same in a batch.
    #[error("One or more parameters cannot be validated. Reason: Message must be shorter than {0} bytes.")]
    EntryLength(u64),
    /// Too many attributes.
    #[error("Number of message attributes [{0}] exceeds the allowed maximum [10].")]
    TooManyAttributes(usize),
    /// A name that is too long.
    #[error("Message (user) attribute names must be shorter than 256 Bytes")]
    AttributeNameLength,
    /// A name with other characters than it may have.
    #[error(
        "Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores. "
    )]
    AttributeNameCharacters,
    /// A name that is AWS's own.
    #[error(
        "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use. Additionally, they cannot start or end with '.'."
    )]
    AttributeNameReserved,
    /// A type that is too long.
    #[error("Message (user) attribute types must be shorter than 256 Bytes")]
    AttributeTypeLength,
    /// A type that is none.
    #[error(
        "The message attribute '{0}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."
    )]
    AttributeType(String),
    /// A value that is absent or empty.
    #[error("Message (user) attribute '{name}' must contain a non-empty value of type '{base}'.")]
    AttributeEmpty {
        /// The attribute.
        name: String,
        /// Its type, without the label.
        base: String,
    },
    /// A number that is none.
    #[error("Can't cast the value of message (user) attribute '{0}' to a number.")]
    AttributeNumber(String),
    /// A FIFO queue must know what a message repeats.
    #[error(
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"
    )]
    NoDeduplicationId,
    /// A value with characters that XML cannot carry.
    #[error(
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"
    )]
    AttributeCharacters,

    // Receipts.
    /// A receipt handle that this queue never gave.
    #[error("The input receipt handle \"{0}\" is not a valid receipt handle.")]
    Receipt(String),
    /// Too many messages in flight.
    #[error("Too many messages in flight: no more than 120000 may be received and not yet deleted.")]
    InFlight,

    /// More requests than the queue's quota allows.
    #[error("Request is throttled.")]
    Throttled,
    /// The queue of this name was deleted less than a minute ago.
    #[error(
        "You must wait 60 seconds after deleting a queue before you can create another with the same name."
    )]
    DeletedRecently,

    // Batches.
    /// A batch without entries.
    #[error("There should be at least one {0}RequestEntry in the request.")]
    EmptyBatch(&'static str),
    /// More than ten entries.
    #[error("Maximum number of entries per request are 10. You have sent {0}.")]
    TooManyEntries(usize),
    /// An id twice.
    #[error("Id {0} repeated.")]
    EntryIdTwice(String),
    /// An id that is none.
    #[error(
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."
    )]
    EntryId,
    /// More bytes in all than a batch may have.
    #[error("Batch requests cannot be longer than 1048576 bytes. You have sent {0} bytes.")]
    BatchLength(usize),

    // Permissions, move tasks.
    /// More than a policy may hold.
    #[error("{0}")]
    OverLimit(String),
    /// A queue or task that is not there.
    #[error("{0}")]
    NoSuchResource(String),
    /// Something that cannot be done.
    #[error("{0}")]
    Unsupported(String),
}

impl Refused {
    /// A parameter with a value out of range.
    pub fn parameter(name: &'static str, value: impl fmt::Display, reason: impl Into<String>) -> Self {
        Self::Parameter { name, value: value.to_string(), reason: reason.into() }
    }

    /// A redrive policy that is refused.
    pub fn redrive(text: &str, why: &str) -> Self {
        Self::parameter("RedrivePolicy", text, why)
    }

    /// A redrive allow policy that is refused.
    pub fn redrive_allow(text: &str, why: &str) -> Self {
        Self::parameter("RedriveAllowPolicy", text, why)
    }

    /// A receipt handle that was good once.
    pub fn expired(handle: &str) -> Self {
        Self::parameter("ReceiptHandle", handle, "The receipt handle has expired.")
    }

    /// A receipt handle of a message that cannot be hidden any more.
    pub fn not_available(handle: &str) -> Self {
        Self::parameter(
            "ReceiptHandle",
            handle,
            "Message does not exist or is not available for visibility timeout change.",
        )
    }

    /// Code and status.
    pub fn meta(&self) -> &'static ErrorMeta {
        match self {
            Self::NoSuchQueue => &errors::QUEUE_DOES_NOT_EXIST,
            Self::Address(_) => &errors::INVALID_ADDRESS,
            Self::QueueExists(_) => &errors::QUEUE_NAME_EXISTS,
            Self::PurgeInProgress(_) => &errors::PURGE_QUEUE_IN_PROGRESS,
            Self::UnknownAttribute(_) | Self::OnlyForFifo(_) | Self::OneEncryption => {
                &errors::INVALID_ATTRIBUTE_NAME
            }
            Self::AttributeValue(_) | Self::QueueType | Self::ThroughputNeedsScope => {
                &errors::INVALID_ATTRIBUTE_VALUE
            }
            Self::Missing(_) => &metas::MISSING_PARAMETER,
            Self::BodyCharacters => &errors::INVALID_MESSAGE_CONTENTS,
            Self::Receipt(_) => &errors::RECEIPT_HANDLE_IS_INVALID,
            Self::Throttled => &errors::REQUEST_THROTTLED,
            Self::DeletedRecently => &errors::QUEUE_DELETED_RECENTLY,
            Self::InFlight | Self::OverLimit(_) => &errors::OVER_LIMIT,
            Self::EmptyBatch(_) => &errors::EMPTY_BATCH_REQUEST,
            Self::TooManyEntries(_) => &errors::TOO_MANY_ENTRIES_IN_BATCH_REQUEST,
            Self::EntryIdTwice(_) => &errors::BATCH_ENTRY_IDS_NOT_DISTINCT,
            Self::EntryId => &errors::INVALID_BATCH_ENTRY_ID,
            Self::BatchLength(_) => &errors::BATCH_REQUEST_TOO_LONG,
            Self::NoSuchResource(_) => &errors::RESOURCE_NOT_FOUND_EXCEPTION,
            Self::Unsupported(_) => &errors::UNSUPPORTED_OPERATION,
            _ => &metas::INVALID_PARAMETER_VALUE,
        }
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        let fault = Self::new(refused.meta(), refused.to_string());
        match refused {
            // Recorded from AWS: only the query protocol still says it so.
            Refused::NoSuchQueue => {
                fault.in_query("The specified queue does not exist for this wsdl version.")
            }
            _ => fault,
        }
    }
}

/// The errors that the service has and its model has not.
mod metas {
    use wire::ErrorMeta;

    const fn sender(shape: &'static str, code: &'static str, status: u16) -> ErrorMeta {
        ErrorMeta { shape, code, status, sender: true }
    }

    pub(super) static INVALID_PARAMETER_VALUE: ErrorMeta =
        sender("InvalidParameterValueException", "InvalidParameterValue", 400);
    pub(super) static MISSING_PARAMETER: ErrorMeta =
        sender("MissingRequiredParameterException", "MissingParameter", 400);
    pub(super) static ACCESS_DENIED: ErrorMeta = sender("AccessDeniedException", "AccessDenied", 403);
}

/// Input that names what does not exist: attributes, all of them.
pub(crate) fn violated(violations: &[Violation]) -> Fault {
    let of_sends = |v: &&Violation| v.path.iter().any(|p| p == "MessageSystemAttributes");
    match violations.iter().find(of_sends) {
        Some(v) => {
            let name = v.path.last().map_or("", String::as_str);
            Refused::Wrong(format!(
                "Message system attribute name '{name}' is invalid: only AWSTraceHeader may be sent."
            ))
            .into()
        }
        None => {
            Refused::UnknownAttribute(violations.first().map(|v| v.value.clone()).unwrap_or_default()).into()
        }
    }
}

/// A caller who may not. SQS writes its actions in lower case.
pub(crate) fn denied(denial: &Denial<'_>) -> Fault {
    let lower = denial.action.to_ascii_lowercase();
    Fault::new(&metas::ACCESS_DENIED, denial.message().replace(denial.action, &lower))
}
