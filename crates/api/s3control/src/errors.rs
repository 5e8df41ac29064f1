//! The errors of the model.
// Written by `cargo xtask codegen` from models/: change those.

use wire::ErrorMeta;

/// `BadRequestException`, status 400.
pub static BAD_REQUEST_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "BadRequestException", code: "BadRequestException", status: 400, sender: true };

/// `BucketAlreadyExists`, status 400.
pub static BUCKET_ALREADY_EXISTS: ErrorMeta =
    ErrorMeta { shape: "BucketAlreadyExists", code: "BucketAlreadyExists", status: 400, sender: true };

/// `BucketAlreadyOwnedByYou`, status 400.
pub static BUCKET_ALREADY_OWNED_BY_YOU: ErrorMeta = ErrorMeta {
    shape: "BucketAlreadyOwnedByYou",
    code: "BucketAlreadyOwnedByYou",
    status: 400,
    sender: true,
};

/// `IdempotencyException`, status 400.
pub static IDEMPOTENCY_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "IdempotencyException", code: "IdempotencyException", status: 400, sender: true };

/// `InternalServiceException`, status 500.
pub static INTERNAL_SERVICE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InternalServiceException",
    code: "InternalServiceException",
    status: 500,
    sender: false,
};

/// `InvalidNextTokenException`, status 400.
pub static INVALID_NEXT_TOKEN_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidNextTokenException",
    code: "InvalidNextTokenException",
    status: 400,
    sender: true,
};

/// `InvalidRequestException`, status 400.
pub static INVALID_REQUEST_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidRequestException",
    code: "InvalidRequestException",
    status: 400,
    sender: true,
};

/// `JobStatusException`, status 400.
pub static JOB_STATUS_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "JobStatusException", code: "JobStatusException", status: 400, sender: true };

/// `NoSuchPublicAccessBlockConfiguration`, status 404.
pub static NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION: ErrorMeta = ErrorMeta {
    shape: "NoSuchPublicAccessBlockConfiguration",
    code: "NoSuchPublicAccessBlockConfiguration",
    status: 404,
    sender: true,
};

/// `NotFoundException`, status 400.
pub static NOT_FOUND_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "NotFoundException", code: "NotFoundException", status: 400, sender: true };

/// `TooManyRequestsException`, status 400.
pub static TOO_MANY_REQUESTS_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "TooManyRequestsException",
    code: "TooManyRequestsException",
    status: 400,
    sender: true,
};

/// `TooManyTagsException`, status 400.
pub static TOO_MANY_TAGS_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "TooManyTagsException", code: "TooManyTagsException", status: 400, sender: true };
