//! The errors of the model.
// Written by `cargo xtask codegen` from models/: change those.

use wire::ErrorMeta;

/// `AuthorizationError`, status 403.
pub static AUTHORIZATION_ERROR_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "AuthorizationErrorException", code: "AuthorizationError", status: 403, sender: true };

/// `BatchEntryIdsNotDistinct`, status 400.
pub static BATCH_ENTRY_IDS_NOT_DISTINCT_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "BatchEntryIdsNotDistinctException",
    code: "BatchEntryIdsNotDistinct",
    status: 400,
    sender: true,
};

/// `BatchRequestTooLong`, status 400.
pub static BATCH_REQUEST_TOO_LONG_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "BatchRequestTooLongException",
    code: "BatchRequestTooLong",
    status: 400,
    sender: true,
};

/// `ConcurrentAccess`, status 400.
pub static CONCURRENT_ACCESS_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "ConcurrentAccessException", code: "ConcurrentAccess", status: 400, sender: true };

/// `EmptyBatchRequest`, status 400.
pub static EMPTY_BATCH_REQUEST_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "EmptyBatchRequestException", code: "EmptyBatchRequest", status: 400, sender: true };

/// `EndpointDisabled`, status 400.
pub static ENDPOINT_DISABLED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "EndpointDisabledException", code: "EndpointDisabled", status: 400, sender: true };

/// `FilterPolicyLimitExceeded`, status 403.
pub static FILTER_POLICY_LIMIT_EXCEEDED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "FilterPolicyLimitExceededException",
    code: "FilterPolicyLimitExceeded",
    status: 403,
    sender: true,
};

/// `InternalError`, status 500.
pub static INTERNAL_ERROR_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "InternalErrorException", code: "InternalError", status: 500, sender: false };

/// `InvalidBatchEntryId`, status 400.
pub static INVALID_BATCH_ENTRY_ID_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidBatchEntryIdException",
    code: "InvalidBatchEntryId",
    status: 400,
    sender: true,
};

/// `InvalidParameter`, status 400.
pub static INVALID_PARAMETER_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "InvalidParameterException", code: "InvalidParameter", status: 400, sender: true };

/// `ParameterValueInvalid`, status 400.
pub static INVALID_PARAMETER_VALUE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidParameterValueException",
    code: "ParameterValueInvalid",
    status: 400,
    sender: true,
};

/// `InvalidSecurity`, status 403.
pub static INVALID_SECURITY_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "InvalidSecurityException", code: "InvalidSecurity", status: 403, sender: true };

/// `InvalidState`, status 400.
pub static INVALID_STATE_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "InvalidStateException", code: "InvalidState", status: 400, sender: true };

/// `KMSAccessDenied`, status 400.
pub static KMS_ACCESS_DENIED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "KMSAccessDeniedException", code: "KMSAccessDenied", status: 400, sender: true };

/// `KMSDisabled`, status 400.
pub static KMS_DISABLED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "KMSDisabledException", code: "KMSDisabled", status: 400, sender: true };

/// `KMSInvalidState`, status 400.
pub static KMS_INVALID_STATE_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "KMSInvalidStateException", code: "KMSInvalidState", status: 400, sender: true };

/// `KMSNotFound`, status 400.
pub static KMS_NOT_FOUND_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "KMSNotFoundException", code: "KMSNotFound", status: 400, sender: true };

/// `KMSOptInRequired`, status 403.
pub static KMS_OPT_IN_REQUIRED: ErrorMeta =
    ErrorMeta { shape: "KMSOptInRequired", code: "KMSOptInRequired", status: 403, sender: true };

/// `KMSThrottling`, status 400.
pub static KMS_THROTTLING_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "KMSThrottlingException", code: "KMSThrottling", status: 400, sender: true };

/// `NotFound`, status 404.
pub static NOT_FOUND_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "NotFoundException", code: "NotFound", status: 404, sender: true };

/// `OptedOut`, status 400.
pub static OPTED_OUT_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "OptedOutException", code: "OptedOut", status: 400, sender: true };

/// `PlatformApplicationDisabled`, status 400.
pub static PLATFORM_APPLICATION_DISABLED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "PlatformApplicationDisabledException",
    code: "PlatformApplicationDisabled",
    status: 400,
    sender: true,
};

/// `ReplayLimitExceeded`, status 403.
pub static REPLAY_LIMIT_EXCEEDED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "ReplayLimitExceededException",
    code: "ReplayLimitExceeded",
    status: 403,
    sender: true,
};

/// `ResourceNotFound`, status 404.
pub static RESOURCE_NOT_FOUND_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "ResourceNotFoundException", code: "ResourceNotFound", status: 404, sender: true };

/// `StaleTag`, status 400.
pub static STALE_TAG_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "StaleTagException", code: "StaleTag", status: 400, sender: true };

/// `SubscriptionLimitExceeded`, status 403.
pub static SUBSCRIPTION_LIMIT_EXCEEDED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "SubscriptionLimitExceededException",
    code: "SubscriptionLimitExceeded",
    status: 403,
    sender: true,
};

/// `TagLimitExceeded`, status 400.
pub static TAG_LIMIT_EXCEEDED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "TagLimitExceededException", code: "TagLimitExceeded", status: 400, sender: true };

/// `TagPolicy`, status 400.
pub static TAG_POLICY_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "TagPolicyException", code: "TagPolicy", status: 400, sender: true };

/// `Throttled`, status 429.
pub static THROTTLED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "ThrottledException", code: "Throttled", status: 429, sender: true };

/// `TooManyEntriesInBatchRequest`, status 400.
pub static TOO_MANY_ENTRIES_IN_BATCH_REQUEST_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "TooManyEntriesInBatchRequestException",
    code: "TooManyEntriesInBatchRequest",
    status: 400,
    sender: true,
};

/// `TopicLimitExceeded`, status 403.
pub static TOPIC_LIMIT_EXCEEDED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "TopicLimitExceededException", code: "TopicLimitExceeded", status: 403, sender: true };

/// `UserError`, status 400.
pub static USER_ERROR_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "UserErrorException", code: "UserError", status: 400, sender: true };

/// `ValidationException`, status 400.
pub static VALIDATION_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "ValidationException", code: "ValidationException", status: 400, sender: true };

/// `VerificationException`, status 400.
pub static VERIFICATION_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "VerificationException", code: "VerificationException", status: 400, sender: true };
