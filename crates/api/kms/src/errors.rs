//! The errors of the model.
// Written by `cargo xtask codegen` from models/: change those.

use wire::ErrorMeta;

/// `AlreadyExistsException`, status 400.
pub static ALREADY_EXISTS_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "AlreadyExistsException", code: "AlreadyExistsException", status: 400, sender: true };

/// `CloudHsmClusterInUseException`, status 400.
pub static CLOUD_HSM_CLUSTER_IN_USE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CloudHsmClusterInUseException",
    code: "CloudHsmClusterInUseException",
    status: 400,
    sender: true,
};

/// `CloudHsmClusterInvalidConfigurationException`, status 400.
pub static CLOUD_HSM_CLUSTER_INVALID_CONFIGURATION_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CloudHsmClusterInvalidConfigurationException",
    code: "CloudHsmClusterInvalidConfigurationException",
    status: 400,
    sender: true,
};

/// `CloudHsmClusterNotActiveException`, status 400.
pub static CLOUD_HSM_CLUSTER_NOT_ACTIVE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CloudHsmClusterNotActiveException",
    code: "CloudHsmClusterNotActiveException",
    status: 400,
    sender: true,
};

/// `CloudHsmClusterNotFoundException`, status 400.
pub static CLOUD_HSM_CLUSTER_NOT_FOUND_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CloudHsmClusterNotFoundException",
    code: "CloudHsmClusterNotFoundException",
    status: 400,
    sender: true,
};

/// `CloudHsmClusterNotRelatedException`, status 400.
pub static CLOUD_HSM_CLUSTER_NOT_RELATED_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CloudHsmClusterNotRelatedException",
    code: "CloudHsmClusterNotRelatedException",
    status: 400,
    sender: true,
};

/// `ConflictException`, status 400.
pub static CONFLICT_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "ConflictException", code: "ConflictException", status: 400, sender: true };

/// `CustomKeyStoreHasCMKsException`, status 400.
pub static CUSTOM_KEY_STORE_HAS_CMKS_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CustomKeyStoreHasCMKsException",
    code: "CustomKeyStoreHasCMKsException",
    status: 400,
    sender: true,
};

/// `CustomKeyStoreInvalidStateException`, status 400.
pub static CUSTOM_KEY_STORE_INVALID_STATE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CustomKeyStoreInvalidStateException",
    code: "CustomKeyStoreInvalidStateException",
    status: 400,
    sender: true,
};

/// `CustomKeyStoreNameInUseException`, status 400.
pub static CUSTOM_KEY_STORE_NAME_IN_USE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CustomKeyStoreNameInUseException",
    code: "CustomKeyStoreNameInUseException",
    status: 400,
    sender: true,
};

/// `CustomKeyStoreNotFoundException`, status 400.
pub static CUSTOM_KEY_STORE_NOT_FOUND_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "CustomKeyStoreNotFoundException",
    code: "CustomKeyStoreNotFoundException",
    status: 400,
    sender: true,
};

/// `DependencyTimeoutException`, status 500.
pub static DEPENDENCY_TIMEOUT_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "DependencyTimeoutException",
    code: "DependencyTimeoutException",
    status: 500,
    sender: false,
};

/// `DisabledException`, status 400.
pub static DISABLED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "DisabledException", code: "DisabledException", status: 400, sender: true };

/// `DryRunOperationException`, status 400.
pub static DRY_RUN_OPERATION_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "DryRunOperationException",
    code: "DryRunOperationException",
    status: 400,
    sender: true,
};

/// `ExpiredImportTokenException`, status 400.
pub static EXPIRED_IMPORT_TOKEN_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "ExpiredImportTokenException",
    code: "ExpiredImportTokenException",
    status: 400,
    sender: true,
};

/// `IncorrectKeyException`, status 400.
pub static INCORRECT_KEY_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "IncorrectKeyException", code: "IncorrectKeyException", status: 400, sender: true };

/// `IncorrectKeyMaterialException`, status 400.
pub static INCORRECT_KEY_MATERIAL_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "IncorrectKeyMaterialException",
    code: "IncorrectKeyMaterialException",
    status: 400,
    sender: true,
};

/// `IncorrectTrustAnchorException`, status 400.
pub static INCORRECT_TRUST_ANCHOR_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "IncorrectTrustAnchorException",
    code: "IncorrectTrustAnchorException",
    status: 400,
    sender: true,
};

/// `InvalidAliasNameException`, status 400.
pub static INVALID_ALIAS_NAME_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidAliasNameException",
    code: "InvalidAliasNameException",
    status: 400,
    sender: true,
};

/// `InvalidArnException`, status 400.
pub static INVALID_ARN_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "InvalidArnException", code: "InvalidArnException", status: 400, sender: true };

/// `InvalidCiphertextException`, status 400.
pub static INVALID_CIPHERTEXT_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidCiphertextException",
    code: "InvalidCiphertextException",
    status: 400,
    sender: true,
};

/// `InvalidGrantIdException`, status 400.
pub static INVALID_GRANT_ID_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidGrantIdException",
    code: "InvalidGrantIdException",
    status: 400,
    sender: true,
};

/// `InvalidGrantTokenException`, status 400.
pub static INVALID_GRANT_TOKEN_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidGrantTokenException",
    code: "InvalidGrantTokenException",
    status: 400,
    sender: true,
};

/// `InvalidImportTokenException`, status 400.
pub static INVALID_IMPORT_TOKEN_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidImportTokenException",
    code: "InvalidImportTokenException",
    status: 400,
    sender: true,
};

/// `InvalidKeyUsageException`, status 400.
pub static INVALID_KEY_USAGE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "InvalidKeyUsageException",
    code: "InvalidKeyUsageException",
    status: 400,
    sender: true,
};

/// `InvalidMarkerException`, status 400.
pub static INVALID_MARKER_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "InvalidMarkerException", code: "InvalidMarkerException", status: 400, sender: true };

/// `KMSInternalException`, status 500.
pub static KMS_INTERNAL_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "KMSInternalException", code: "KMSInternalException", status: 500, sender: false };

/// `KMSInvalidMacException`, status 400.
pub static KMS_INVALID_MAC_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "KMSInvalidMacException", code: "KMSInvalidMacException", status: 400, sender: true };

/// `KMSInvalidSignatureException`, status 400.
pub static KMS_INVALID_SIGNATURE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "KMSInvalidSignatureException",
    code: "KMSInvalidSignatureException",
    status: 400,
    sender: true,
};

/// `KMSInvalidStateException`, status 400.
pub static KMS_INVALID_STATE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "KMSInvalidStateException",
    code: "KMSInvalidStateException",
    status: 400,
    sender: true,
};

/// `KeyUnavailableException`, status 500.
pub static KEY_UNAVAILABLE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "KeyUnavailableException",
    code: "KeyUnavailableException",
    status: 500,
    sender: false,
};

/// `LimitExceededException`, status 400.
pub static LIMIT_EXCEEDED_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "LimitExceededException", code: "LimitExceededException", status: 400, sender: true };

/// `MalformedPolicyDocumentException`, status 400.
pub static MALFORMED_POLICY_DOCUMENT_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "MalformedPolicyDocumentException",
    code: "MalformedPolicyDocumentException",
    status: 400,
    sender: true,
};

/// `NotFoundException`, status 400.
pub static NOT_FOUND_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "NotFoundException", code: "NotFoundException", status: 400, sender: true };

/// `TagException`, status 400.
pub static TAG_EXCEPTION: ErrorMeta =
    ErrorMeta { shape: "TagException", code: "TagException", status: 400, sender: true };

/// `UnsupportedOperationException`, status 400.
pub static UNSUPPORTED_OPERATION_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "UnsupportedOperationException",
    code: "UnsupportedOperationException",
    status: 400,
    sender: true,
};

/// `XksKeyAlreadyInUseException`, status 400.
pub static XKS_KEY_ALREADY_IN_USE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksKeyAlreadyInUseException",
    code: "XksKeyAlreadyInUseException",
    status: 400,
    sender: true,
};

/// `XksKeyInvalidConfigurationException`, status 400.
pub static XKS_KEY_INVALID_CONFIGURATION_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksKeyInvalidConfigurationException",
    code: "XksKeyInvalidConfigurationException",
    status: 400,
    sender: true,
};

/// `XksKeyNotFoundException`, status 400.
pub static XKS_KEY_NOT_FOUND_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksKeyNotFoundException",
    code: "XksKeyNotFoundException",
    status: 400,
    sender: true,
};

/// `XksProxyIncorrectAuthenticationCredentialException`, status 400.
pub static XKS_PROXY_INCORRECT_AUTHENTICATION_CREDENTIAL_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksProxyIncorrectAuthenticationCredentialException",
    code: "XksProxyIncorrectAuthenticationCredentialException",
    status: 400,
    sender: true,
};

/// `XksProxyInvalidConfigurationException`, status 400.
pub static XKS_PROXY_INVALID_CONFIGURATION_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksProxyInvalidConfigurationException",
    code: "XksProxyInvalidConfigurationException",
    status: 400,
    sender: true,
};

/// `XksProxyInvalidResponseException`, status 400.
pub static XKS_PROXY_INVALID_RESPONSE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksProxyInvalidResponseException",
    code: "XksProxyInvalidResponseException",
    status: 400,
    sender: true,
};

/// `XksProxyUriEndpointInUseException`, status 400.
pub static XKS_PROXY_URI_ENDPOINT_IN_USE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksProxyUriEndpointInUseException",
    code: "XksProxyUriEndpointInUseException",
    status: 400,
    sender: true,
};

/// `XksProxyUriInUseException`, status 400.
pub static XKS_PROXY_URI_IN_USE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksProxyUriInUseException",
    code: "XksProxyUriInUseException",
    status: 400,
    sender: true,
};

/// `XksProxyUriUnreachableException`, status 400.
pub static XKS_PROXY_URI_UNREACHABLE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksProxyUriUnreachableException",
    code: "XksProxyUriUnreachableException",
    status: 400,
    sender: true,
};

/// `XksProxyVpcEndpointServiceInUseException`, status 400.
pub static XKS_PROXY_VPC_ENDPOINT_SERVICE_IN_USE_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksProxyVpcEndpointServiceInUseException",
    code: "XksProxyVpcEndpointServiceInUseException",
    status: 400,
    sender: true,
};

/// `XksProxyVpcEndpointServiceInvalidConfigurationException`, status 400.
pub static XKS_PROXY_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksProxyVpcEndpointServiceInvalidConfigurationException",
    code: "XksProxyVpcEndpointServiceInvalidConfigurationException",
    status: 400,
    sender: true,
};

/// `XksProxyVpcEndpointServiceNotFoundException`, status 400.
pub static XKS_PROXY_VPC_ENDPOINT_SERVICE_NOT_FOUND_EXCEPTION: ErrorMeta = ErrorMeta {
    shape: "XksProxyVpcEndpointServiceNotFoundException",
    code: "XksProxyVpcEndpointServiceNotFoundException",
    status: 400,
    sender: true,
};
