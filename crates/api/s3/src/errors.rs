//! The errors of the model.
// Written by `cargo xtask codegen` from models/: change those.

use wire::ErrorMeta;

/// `AccessDenied`, status 403.
pub static ACCESS_DENIED: ErrorMeta =
    ErrorMeta { shape: "AccessDenied", code: "AccessDenied", status: 403, sender: true };

/// `AnnotationLimitExceeded`, status 400.
pub static ANNOTATION_LIMIT_EXCEEDED: ErrorMeta = ErrorMeta {
    shape: "AnnotationLimitExceeded",
    code: "AnnotationLimitExceeded",
    status: 400,
    sender: true,
};

/// `AnnotationNameTooLong`, status 400.
pub static ANNOTATION_NAME_TOO_LONG: ErrorMeta =
    ErrorMeta { shape: "AnnotationNameTooLong", code: "AnnotationNameTooLong", status: 400, sender: true };

/// `BucketAlreadyExists`, status 409.
pub static BUCKET_ALREADY_EXISTS: ErrorMeta =
    ErrorMeta { shape: "BucketAlreadyExists", code: "BucketAlreadyExists", status: 409, sender: true };

/// `BucketAlreadyOwnedByYou`, status 409.
pub static BUCKET_ALREADY_OWNED_BY_YOU: ErrorMeta = ErrorMeta {
    shape: "BucketAlreadyOwnedByYou",
    code: "BucketAlreadyOwnedByYou",
    status: 409,
    sender: true,
};

/// `EncryptionTypeMismatch`, status 400.
pub static ENCRYPTION_TYPE_MISMATCH: ErrorMeta =
    ErrorMeta { shape: "EncryptionTypeMismatch", code: "EncryptionTypeMismatch", status: 400, sender: true };

/// `IdempotencyParameterMismatch`, status 400.
pub static IDEMPOTENCY_PARAMETER_MISMATCH: ErrorMeta = ErrorMeta {
    shape: "IdempotencyParameterMismatch",
    code: "IdempotencyParameterMismatch",
    status: 400,
    sender: true,
};

/// `InvalidAnnotationName`, status 400.
pub static INVALID_ANNOTATION_NAME: ErrorMeta =
    ErrorMeta { shape: "InvalidAnnotationName", code: "InvalidAnnotationName", status: 400, sender: true };

/// `InvalidObjectState`, status 403.
pub static INVALID_OBJECT_STATE: ErrorMeta =
    ErrorMeta { shape: "InvalidObjectState", code: "InvalidObjectState", status: 403, sender: true };

/// `InvalidPrefix`, status 400.
pub static INVALID_PREFIX: ErrorMeta =
    ErrorMeta { shape: "InvalidPrefix", code: "InvalidPrefix", status: 400, sender: true };

/// `InvalidRequest`, status 400.
pub static INVALID_REQUEST: ErrorMeta =
    ErrorMeta { shape: "InvalidRequest", code: "InvalidRequest", status: 400, sender: true };

/// `InvalidWriteOffset`, status 400.
pub static INVALID_WRITE_OFFSET: ErrorMeta =
    ErrorMeta { shape: "InvalidWriteOffset", code: "InvalidWriteOffset", status: 400, sender: true };

/// `NoSuchAnnotation`, status 404.
pub static NO_SUCH_ANNOTATION: ErrorMeta =
    ErrorMeta { shape: "NoSuchAnnotation", code: "NoSuchAnnotation", status: 404, sender: true };

/// `NoSuchBucket`, status 404.
pub static NO_SUCH_BUCKET: ErrorMeta =
    ErrorMeta { shape: "NoSuchBucket", code: "NoSuchBucket", status: 404, sender: true };

/// `NoSuchKey`, status 404.
pub static NO_SUCH_KEY: ErrorMeta =
    ErrorMeta { shape: "NoSuchKey", code: "NoSuchKey", status: 404, sender: true };

/// `NoSuchUpload`, status 404.
pub static NO_SUCH_UPLOAD: ErrorMeta =
    ErrorMeta { shape: "NoSuchUpload", code: "NoSuchUpload", status: 404, sender: true };

/// `ObjectAlreadyInActiveTierError`, status 403.
pub static OBJECT_ALREADY_IN_ACTIVE_TIER_ERROR: ErrorMeta = ErrorMeta {
    shape: "ObjectAlreadyInActiveTierError",
    code: "ObjectAlreadyInActiveTierError",
    status: 403,
    sender: true,
};

/// `ObjectNotInActiveTierError`, status 403.
pub static OBJECT_NOT_IN_ACTIVE_TIER_ERROR: ErrorMeta = ErrorMeta {
    shape: "ObjectNotInActiveTierError",
    code: "ObjectNotInActiveTierError",
    status: 403,
    sender: true,
};

/// `TooManyParts`, status 400.
pub static TOO_MANY_PARTS: ErrorMeta =
    ErrorMeta { shape: "TooManyParts", code: "TooManyParts", status: 400, sender: true };

/// `UnsupportedMediaType`, status 415.
pub static UNSUPPORTED_MEDIA_TYPE: ErrorMeta =
    ErrorMeta { shape: "UnsupportedMediaType", code: "UnsupportedMediaType", status: 415, sender: true };
