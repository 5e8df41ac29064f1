//! The errors of the model.
// Written by `cargo xtask codegen` from models/: change those.

use wire::ErrorMeta;

/// `AccountNotManagementOrDelegatedAdministratorException`, status 400.
pub static ACCOUNT_NOT_MANAGEMENT_OR_DELEGATED_ADMINISTRATOR_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "AccountNotManagementOrDelegatedAdministratorException",
    code: "AccountNotManagementOrDelegatedAdministratorException",
    status: 400,
    sender: true,
};

/// `CallerIsNotManagementAccountException`, status 400.
pub static CALLER_IS_NOT_MANAGEMENT_ACCOUNT_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CallerIsNotManagementAccountException",
    code: "CallerIsNotManagementAccountException",
    status: 400,
    sender: true,
};

/// `ConcurrentModification`, status 409.
pub static CONCURRENT_MODIFICATION_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "ConcurrentModificationException",
    code: "ConcurrentModification",
    status: 409,
    sender: true,
};

/// `ReportExpired`, status 410.
pub static CREDENTIAL_REPORT_EXPIRED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "CredentialReportExpiredException", code: "ReportExpired", status: 410, sender: true };

/// `ReportNotPresent`, status 410.
pub static CREDENTIAL_REPORT_NOT_PRESENT_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CredentialReportNotPresentException",
    code: "ReportNotPresent",
    status: 410,
    sender: true,
};

/// `ReportInProgress`, status 404.
pub static CREDENTIAL_REPORT_NOT_READY_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CredentialReportNotReadyException",
    code: "ReportInProgress",
    status: 404,
    sender: true,
};

/// `DeleteConflict`, status 409.
pub static DELETE_CONFLICT_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "DeleteConflictException", code: "DeleteConflict", status: 409, sender: true };

/// `DuplicateCertificate`, status 409.
pub static DUPLICATE_CERTIFICATE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "DuplicateCertificateException",
    code: "DuplicateCertificate",
    status: 409,
    sender: true,
};

/// `DuplicateSSHPublicKey`, status 400.
pub static DUPLICATE_SSH_PUBLIC_KEY_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "DuplicateSSHPublicKeyException",
    code: "DuplicateSSHPublicKey",
    status: 400,
    sender: true,
};

/// `EntityAlreadyExists`, status 409.
pub static ENTITY_ALREADY_EXISTS_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "EntityAlreadyExistsException",
    code: "EntityAlreadyExists",
    status: 409,
    sender: true,
};

/// `EntityTemporarilyUnmodifiable`, status 409.
pub static ENTITY_TEMPORARILY_UNMODIFIABLE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "EntityTemporarilyUnmodifiableException",
    code: "EntityTemporarilyUnmodifiable",
    status: 409,
    sender: true,
};

/// `FeatureDisabled`, status 404.
pub static FEATURE_DISABLED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "FeatureDisabledException", code: "FeatureDisabled", status: 404, sender: true };

/// `FeatureEnabled`, status 409.
pub static FEATURE_ENABLED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "FeatureEnabledException", code: "FeatureEnabled", status: 409, sender: true };

/// `InvalidAuthenticationCode`, status 403.
pub static INVALID_AUTHENTICATION_CODE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidAuthenticationCodeException",
    code: "InvalidAuthenticationCode",
    status: 403,
    sender: true,
};

/// `InvalidCertificate`, status 400.
pub static INVALID_CERTIFICATE_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "InvalidCertificateException", code: "InvalidCertificate", status: 400, sender: true };

/// `InvalidInput`, status 400.
pub static INVALID_INPUT_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "InvalidInputException", code: "InvalidInput", status: 400, sender: true };

/// `InvalidPublicKey`, status 400.
pub static INVALID_PUBLIC_KEY_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "InvalidPublicKeyException", code: "InvalidPublicKey", status: 400, sender: true };

/// `InvalidUserType`, status 400.
pub static INVALID_USER_TYPE_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "InvalidUserTypeException", code: "InvalidUserType", status: 400, sender: true };

/// `KeyPairMismatch`, status 400.
pub static KEY_PAIR_MISMATCH_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "KeyPairMismatchException", code: "KeyPairMismatch", status: 400, sender: true };

/// `LimitExceeded`, status 409.
pub static LIMIT_EXCEEDED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "LimitExceededException", code: "LimitExceeded", status: 409, sender: true };

/// `MalformedCertificate`, status 400.
pub static MALFORMED_CERTIFICATE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "MalformedCertificateException",
    code: "MalformedCertificate",
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

/// `NameConflict`, status 409.
pub static NAME_CONFLICT_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "NameConflictException", code: "NameConflict", status: 409, sender: true };

/// `NoSuchEntity`, status 404.
pub static NO_SUCH_ENTITY_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "NoSuchEntityException", code: "NoSuchEntity", status: 404, sender: true };

/// `OpenIdIdpCommunicationError`, status 400.
pub static OPEN_ID_IDP_COMMUNICATION_ERROR_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "OpenIdIdpCommunicationErrorException",
    code: "OpenIdIdpCommunicationError",
    status: 400,
    sender: true,
};

/// `OrganizationNotFoundException`, status 400.
pub static ORGANIZATION_NOT_FOUND_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "OrganizationNotFoundException",
    code: "OrganizationNotFoundException",
    status: 400,
    sender: true,
};

/// `OrganizationNotInAllFeaturesModeException`, status 400.
pub static ORGANIZATION_NOT_IN_ALL_FEATURES_MODE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "OrganizationNotInAllFeaturesModeException",
    code: "OrganizationNotInAllFeaturesModeException",
    status: 400,
    sender: true,
};

/// `PasswordPolicyViolation`, status 400.
pub static PASSWORD_POLICY_VIOLATION_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "PasswordPolicyViolationException",
    code: "PasswordPolicyViolation",
    status: 400,
    sender: true,
};

/// `PolicyEvaluation`, status 500.
pub static POLICY_EVALUATION_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "PolicyEvaluationException", code: "PolicyEvaluation", status: 500, sender: false };

/// `PolicyNotAttachable`, status 400.
pub static POLICY_NOT_ATTACHABLE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "PolicyNotAttachableException",
    code: "PolicyNotAttachable",
    status: 400,
    sender: true,
};

/// `ReportGenerationLimitExceeded`, status 409.
pub static REPORT_GENERATION_LIMIT_EXCEEDED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "ReportGenerationLimitExceededException",
    code: "ReportGenerationLimitExceeded",
    status: 409,
    sender: true,
};

/// `RoleModified`, status 409.
pub static ROLE_MODIFIED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "RoleModifiedException", code: "RoleModified", status: 409, sender: true };

/// `RoleTemplateDisabled`, status 400.
pub static ROLE_TEMPLATE_DISABLED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "RoleTemplateDisabledException",
    code: "RoleTemplateDisabled",
    status: 400,
    sender: true,
};

/// `ServiceAccessNotEnabledException`, status 400.
pub static SERVICE_ACCESS_NOT_ENABLED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "ServiceAccessNotEnabledException",
    code: "ServiceAccessNotEnabledException",
    status: 400,
    sender: true,
};

/// `ServiceFailure`, status 500.
pub static SERVICE_FAILURE_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "ServiceFailureException", code: "ServiceFailure", status: 500, sender: false };

/// `NotSupportedService`, status 404.
pub static SERVICE_NOT_SUPPORTED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "ServiceNotSupportedException",
    code: "NotSupportedService",
    status: 404,
    sender: true,
};

/// `UnmodifiableEntity`, status 400.
pub static UNMODIFIABLE_ENTITY_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "UnmodifiableEntityException", code: "UnmodifiableEntity", status: 400, sender: true };

/// `UnrecognizedPublicKeyEncoding`, status 400.
pub static UNRECOGNIZED_PUBLIC_KEY_ENCODING_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "UnrecognizedPublicKeyEncodingException",
    code: "UnrecognizedPublicKeyEncoding",
    status: 400,
    sender: true,
};
