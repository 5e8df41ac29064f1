//! The errors of the model.
// Written by `cargo xtask codegen` from models/: change those.

use wire::ErrorMeta;

/// `ExpiredTokenException`, status 400.
pub static EXPIRED_TOKEN_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "ExpiredTokenException", code: "ExpiredTokenException", status: 400, sender: true };

/// `ExpiredTradeInTokenException`, status 400.
pub static EXPIRED_TRADE_IN_TOKEN_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "ExpiredTradeInTokenException",
    code: "ExpiredTradeInTokenException",
    status: 400,
    sender: true,
};

/// `IDPCommunicationError`, status 400.
pub static IDP_COMMUNICATION_ERROR_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "IDPCommunicationErrorException",
    code: "IDPCommunicationError",
    status: 400,
    sender: true,
};

/// `IDPRejectedClaim`, status 403.
pub static IDP_REJECTED_CLAIM_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "IDPRejectedClaimException", code: "IDPRejectedClaim", status: 403, sender: true };

/// `InvalidAuthorizationMessageException`, status 400.
pub static INVALID_AUTHORIZATION_MESSAGE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidAuthorizationMessageException",
    code: "InvalidAuthorizationMessageException",
    status: 400,
    sender: true,
};

/// `InvalidIdentityToken`, status 400.
pub static INVALID_IDENTITY_TOKEN_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidIdentityTokenException",
    code: "InvalidIdentityToken",
    status: 400,
    sender: true,
};

/// `JWTPayloadSizeExceededException`, status 400.
pub static JWT_PAYLOAD_SIZE_EXCEEDED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "JWTPayloadSizeExceededException",
    code: "JWTPayloadSizeExceededException",
    status: 400,
    sender: true,
};

/// `MalformedPolicyDocument`, status 400.
pub static MALFORMED_POLICY_DOCUMENT_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "MalformedPolicyDocumentException",
    code: "MalformedPolicyDocument",
    status: 400,
    sender: true,
};

/// `OutboundWebIdentityFederationDisabledException`, status 403.
pub static OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "OutboundWebIdentityFederationDisabledException",
    code: "OutboundWebIdentityFederationDisabledException",
    status: 403,
    sender: true,
};

/// `PackedPolicyTooLarge`, status 400.
pub static PACKED_POLICY_TOO_LARGE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "PackedPolicyTooLargeException",
    code: "PackedPolicyTooLarge",
    status: 400,
    sender: true,
};

/// `RegionDisabledException`, status 403.
pub static REGION_DISABLED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "RegionDisabledException",
    code: "RegionDisabledException",
    status: 403,
    sender: true,
};

/// `SessionDurationEscalationException`, status 403.
pub static SESSION_DURATION_ESCALATION_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "SessionDurationEscalationException",
    code: "SessionDurationEscalationException",
    status: 403,
    sender: true,
};
