//! The errors of the model.
// Written by `cargo xtask codegen` from models/: change those.

use wire::ErrorMeta;

/// `AWS.SimpleQueueService.BatchEntryIdsNotDistinct`, status 400.
pub static BATCH_ENTRY_IDS_NOT_DISTINCT: ErrorMeta = ErrorMeta {
    shape: "BatchEntryIdsNotDistinct",
    code: "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
    status: 400,
    sender: true,
};

/// `AWS.SimpleQueueService.BatchRequestTooLong`, status 400.
pub static BATCH_REQUEST_TOO_LONG: ErrorMeta = ErrorMeta {
    shape: "BatchRequestTooLong",
    code: "AWS.SimpleQueueService.BatchRequestTooLong",
    status: 400,
    sender: true,
};

/// `AWS.SimpleQueueService.EmptyBatchRequest`, status 400.
pub static EMPTY_BATCH_REQUEST: ErrorMeta = ErrorMeta {
    shape: "EmptyBatchRequest",
    code: "AWS.SimpleQueueService.EmptyBatchRequest",
    status: 400,
    sender: true,
};

/// `InvalidAddress`, status 404.
pub static INVALID_ADDRESS: ErrorMeta =
    ErrorMeta { shape: "InvalidAddress", code: "InvalidAddress", status: 404, sender: true };

/// `InvalidAttributeName`, status 400.
pub static INVALID_ATTRIBUTE_NAME: ErrorMeta =
    ErrorMeta { shape: "InvalidAttributeName", code: "InvalidAttributeName", status: 400, sender: true };

/// `InvalidAttributeValue`, status 400.
pub static INVALID_ATTRIBUTE_VALUE: ErrorMeta =
    ErrorMeta { shape: "InvalidAttributeValue", code: "InvalidAttributeValue", status: 400, sender: true };

/// `AWS.SimpleQueueService.InvalidBatchEntryId`, status 400.
pub static INVALID_BATCH_ENTRY_ID: ErrorMeta = ErrorMeta {
    shape: "InvalidBatchEntryId",
    code: "AWS.SimpleQueueService.InvalidBatchEntryId",
    status: 400,
    sender: true,
};

/// `InvalidIdFormat`, status 400.
pub static INVALID_ID_FORMAT: ErrorMeta =
    ErrorMeta { shape: "InvalidIdFormat", code: "InvalidIdFormat", status: 400, sender: true };

/// `InvalidMessageContents`, status 400.
pub static INVALID_MESSAGE_CONTENTS: ErrorMeta =
    ErrorMeta { shape: "InvalidMessageContents", code: "InvalidMessageContents", status: 400, sender: true };

/// `InvalidSecurity`, status 403.
pub static INVALID_SECURITY: ErrorMeta =
    ErrorMeta { shape: "InvalidSecurity", code: "InvalidSecurity", status: 403, sender: true };

/// `KMS.AccessDeniedException`, status 400.
pub static KMS_ACCESS_DENIED: ErrorMeta =
    ErrorMeta { shape: "KmsAccessDenied", code: "KMS.AccessDeniedException", status: 400, sender: true };

/// `KMS.DisabledException`, status 400.
pub static KMS_DISABLED: ErrorMeta =
    ErrorMeta { shape: "KmsDisabled", code: "KMS.DisabledException", status: 400, sender: true };

/// `KMS.InvalidKeyUsageException`, status 400.
pub static KMS_INVALID_KEY_USAGE: ErrorMeta = ErrorMeta {
    shape: "KmsInvalidKeyUsage",
    code: "KMS.InvalidKeyUsageException",
    status: 400,
    sender: true,
};

/// `KMS.InvalidStateException`, status 400.
pub static KMS_INVALID_STATE: ErrorMeta =
    ErrorMeta { shape: "KmsInvalidState", code: "KMS.InvalidStateException", status: 400, sender: true };

/// `KMS.NotFoundException`, status 400.
pub static KMS_NOT_FOUND: ErrorMeta =
    ErrorMeta { shape: "KmsNotFound", code: "KMS.NotFoundException", status: 400, sender: true };

/// `KMS.OptInRequired`, status 403.
pub static KMS_OPT_IN_REQUIRED: ErrorMeta =
    ErrorMeta { shape: "KmsOptInRequired", code: "KMS.OptInRequired", status: 403, sender: true };

/// `KMS.ThrottlingException`, status 400.
pub static KMS_THROTTLED: ErrorMeta =
    ErrorMeta { shape: "KmsThrottled", code: "KMS.ThrottlingException", status: 400, sender: true };

/// `AWS.SimpleQueueService.MessageNotInflight`, status 400.
pub static MESSAGE_NOT_INFLIGHT: ErrorMeta = ErrorMeta {
    shape: "MessageNotInflight",
    code: "AWS.SimpleQueueService.MessageNotInflight",
    status: 400,
    sender: true,
};

/// `OverLimit`, status 403.
pub static OVER_LIMIT: ErrorMeta =
    ErrorMeta { shape: "OverLimit", code: "OverLimit", status: 403, sender: true };

/// `AWS.SimpleQueueService.PurgeQueueInProgress`, status 403.
pub static PURGE_QUEUE_IN_PROGRESS: ErrorMeta = ErrorMeta {
    shape: "PurgeQueueInProgress",
    code: "AWS.SimpleQueueService.PurgeQueueInProgress",
    status: 403,
    sender: true,
};

/// `AWS.SimpleQueueService.QueueDeletedRecently`, status 400.
pub static QUEUE_DELETED_RECENTLY: ErrorMeta = ErrorMeta {
    shape: "QueueDeletedRecently",
    code: "AWS.SimpleQueueService.QueueDeletedRecently",
    status: 400,
    sender: true,
};

/// `AWS.SimpleQueueService.NonExistentQueue`, status 400.
pub static QUEUE_DOES_NOT_EXIST: ErrorMeta = ErrorMeta {
    shape: "QueueDoesNotExist",
    code: "AWS.SimpleQueueService.NonExistentQueue",
    status: 400,
    sender: true,
};

/// `QueueAlreadyExists`, status 400.
pub static QUEUE_NAME_EXISTS: ErrorMeta =
    ErrorMeta { shape: "QueueNameExists", code: "QueueAlreadyExists", status: 400, sender: true };

/// `ReceiptHandleIsInvalid`, status 404.
pub static RECEIPT_HANDLE_IS_INVALID: ErrorMeta =
    ErrorMeta { shape: "ReceiptHandleIsInvalid", code: "ReceiptHandleIsInvalid", status: 404, sender: true };

/// `RequestThrottled`, status 403.
pub static REQUEST_THROTTLED: ErrorMeta =
    ErrorMeta { shape: "RequestThrottled", code: "RequestThrottled", status: 403, sender: true };

/// `ResourceNotFoundException`, status 404.
pub static RESOURCE_NOT_FOUND_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "ResourceNotFoundException",
    code: "ResourceNotFoundException",
    status: 404,
    sender: true,
};

/// `AWS.SimpleQueueService.TooManyEntriesInBatchRequest`, status 400.
pub static TOO_MANY_ENTRIES_IN_BATCH_REQUEST: ErrorMeta = ErrorMeta {
    shape: "TooManyEntriesInBatchRequest",
    code: "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
    status: 400,
    sender: true,
};

/// `AWS.SimpleQueueService.UnsupportedOperation`, status 400.
pub static UNSUPPORTED_OPERATION: ErrorMeta = ErrorMeta {
    shape: "UnsupportedOperation",
    code: "AWS.SimpleQueueService.UnsupportedOperation",
    status: 400,
    sender: true,
};
