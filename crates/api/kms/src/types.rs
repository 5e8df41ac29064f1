//! The structures that listed operations carry.
// Written by `cargo xtask codegen` from models/: change those.

use wire::{Blob, Map, Time, shape};

use crate::limits;

shape! {
    /// `AliasListEntry`.
    #[derive(Clone)]
    AliasListEntry {
        0 alias_name: Option<String> = text("AliasName").limits(&limits::ALIAS_NAME_TYPE);
        1 alias_arn: Option<String> = text("AliasArn").limits(&limits::ARN_TYPE);
        2 target_key_id: Option<String> = text("TargetKeyId").limits(&limits::KEY_ID_TYPE);
        3 creation_date: Option<Time> = time("CreationDate");
        4 last_updated_date: Option<Time> = time("LastUpdatedDate");
    }
}

shape! {
    /// `CancelKeyDeletionRequest`.
    #[derive(Clone)]
    CancelKeyDeletionRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `CancelKeyDeletionResponse`.
    #[derive(Clone)]
    CancelKeyDeletionResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `ConnectCustomKeyStoreRequest`.
    #[derive(Clone)]
    ConnectCustomKeyStoreRequest {
        0 custom_key_store_id: String = text("CustomKeyStoreId").required().limits(&limits::CUSTOM_KEY_STORE_ID_TYPE);
    }
}

shape! {
    /// `ConnectCustomKeyStoreResponse`.
    #[derive(Clone)]
    ConnectCustomKeyStoreResponse {
    }
}

shape! {
    /// `CreateAliasRequest`.
    #[derive(Clone)]
    CreateAliasRequest {
        0 alias_name: String = text("AliasName").required().limits(&limits::ALIAS_NAME_TYPE);
        1 target_key_id: String = text("TargetKeyId").required().limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `CreateCustomKeyStoreRequest`.
    #[derive(Clone)]
    CreateCustomKeyStoreRequest {
        0 custom_key_store_name: String = text("CustomKeyStoreName").required().limits(&limits::CUSTOM_KEY_STORE_NAME_TYPE);
        1 cloud_hsm_cluster_id: Option<String> = text("CloudHsmClusterId").limits(&limits::CLOUD_HSM_CLUSTER_ID_TYPE);
        2 trust_anchor_certificate: Option<String> = text("TrustAnchorCertificate").limits(&limits::TRUST_ANCHOR_CERTIFICATE_TYPE);
        3 key_store_password: Option<String> = text("KeyStorePassword").sensitive().limits(&limits::KEY_STORE_PASSWORD_TYPE);
        4 custom_key_store_type: Option<String> = text("CustomKeyStoreType").limits(&limits::CUSTOM_KEY_STORE_TYPE);
        5 xks_proxy_uri_endpoint: Option<String> = text("XksProxyUriEndpoint").limits(&limits::XKS_PROXY_URI_ENDPOINT_TYPE);
        6 xks_proxy_uri_path: Option<String> = text("XksProxyUriPath").limits(&limits::XKS_PROXY_URI_PATH_TYPE);
        7 xks_proxy_vpc_endpoint_service_name: Option<String> = text("XksProxyVpcEndpointServiceName").limits(&limits::XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME_TYPE);
        8 xks_proxy_vpc_endpoint_service_owner: Option<String> = text("XksProxyVpcEndpointServiceOwner").limits(&limits::ACCOUNT_ID_TYPE);
        9 xks_proxy_authentication_credential: Option<XksProxyAuthenticationCredentialType> = shape("XksProxyAuthenticationCredential");
        10 xks_proxy_connectivity: Option<String> = text("XksProxyConnectivity").limits(&limits::XKS_PROXY_CONNECTIVITY_TYPE);
    }
}

shape! {
    /// `CreateCustomKeyStoreResponse`.
    #[derive(Clone)]
    CreateCustomKeyStoreResponse {
        0 custom_key_store_id: Option<String> = text("CustomKeyStoreId").limits(&limits::CUSTOM_KEY_STORE_ID_TYPE);
    }
}

shape! {
    /// `CreateGrantRequest`.
    #[derive(Clone)]
    CreateGrantRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 grantee_principal: Option<String> = text("GranteePrincipal").limits(&limits::PRINCIPAL_ID_TYPE);
        2 retiring_principal: Option<String> = text("RetiringPrincipal").limits(&limits::PRINCIPAL_ID_TYPE);
        3 operations: Vec<String> = list("Operations").required().limits(&limits::GRANT_OPERATION_LIST);
        4 constraints: Option<GrantConstraints> = shape("Constraints");
        5 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        6 name: Option<String> = text("Name").limits(&limits::GRANT_NAME_TYPE);
        7 dry_run: Option<bool> = boolean("DryRun");
        8 grantee_service_principal: Option<String> = text("GranteeServicePrincipal").limits(&limits::SERVICE_PRINCIPAL_TYPE);
        9 retiring_service_principal: Option<String> = text("RetiringServicePrincipal").limits(&limits::SERVICE_PRINCIPAL_TYPE);
    }
}

shape! {
    /// `CreateGrantResponse`.
    #[derive(Clone)]
    CreateGrantResponse {
        0 grant_token: Option<String> = text("GrantToken").limits(&limits::GRANT_TOKEN_TYPE);
        1 grant_id: Option<String> = text("GrantId").limits(&limits::GRANT_ID_TYPE);
    }
}

shape! {
    /// `CreateKeyRequest`.
    #[derive(Clone)]
    CreateKeyRequest {
        0 policy: Option<String> = text("Policy").limits(&limits::POLICY_TYPE);
        1 description: Option<String> = text("Description").limits(&limits::DESCRIPTION_TYPE);
        2 key_usage: Option<String> = text("KeyUsage").limits(&limits::KEY_USAGE_TYPE);
        3 customer_master_key_spec: Option<String> = text("CustomerMasterKeySpec").limits(&limits::CUSTOMER_MASTER_KEY_SPEC);
        4 key_spec: Option<String> = text("KeySpec").limits(&limits::KEY_SPEC);
        5 origin: Option<String> = text("Origin").limits(&limits::ORIGIN_TYPE);
        6 custom_key_store_id: Option<String> = text("CustomKeyStoreId").limits(&limits::CUSTOM_KEY_STORE_ID_TYPE);
        7 bypass_policy_lockout_safety_check: Option<bool> = boolean("BypassPolicyLockoutSafetyCheck");
        8 tags: Option<Vec<Tag>> = list("Tags");
        9 multi_region: Option<bool> = boolean("MultiRegion");
        10 xks_key_id: Option<String> = text("XksKeyId").limits(&limits::XKS_KEY_ID_TYPE);
    }
}

shape! {
    /// `CreateKeyResponse`.
    #[derive(Clone)]
    CreateKeyResponse {
        0 key_metadata: Option<KeyMetadata> = shape("KeyMetadata");
    }
}

shape! {
    /// `CustomKeyStoresListEntry`.
    #[derive(Clone)]
    CustomKeyStoresListEntry {
        0 custom_key_store_id: Option<String> = text("CustomKeyStoreId").limits(&limits::CUSTOM_KEY_STORE_ID_TYPE);
        1 custom_key_store_name: Option<String> = text("CustomKeyStoreName").limits(&limits::CUSTOM_KEY_STORE_NAME_TYPE);
        2 cloud_hsm_cluster_id: Option<String> = text("CloudHsmClusterId").limits(&limits::CLOUD_HSM_CLUSTER_ID_TYPE);
        3 trust_anchor_certificate: Option<String> = text("TrustAnchorCertificate").limits(&limits::TRUST_ANCHOR_CERTIFICATE_TYPE);
        4 connection_state: Option<String> = text("ConnectionState").limits(&limits::CONNECTION_STATE_TYPE);
        5 connection_error_code: Option<String> = text("ConnectionErrorCode").limits(&limits::CONNECTION_ERROR_CODE_TYPE);
        6 creation_date: Option<Time> = time("CreationDate");
        7 custom_key_store_type: Option<String> = text("CustomKeyStoreType").limits(&limits::CUSTOM_KEY_STORE_TYPE);
        8 xks_proxy_configuration: Option<XksProxyConfigurationType> = shape("XksProxyConfiguration");
    }
}

shape! {
    /// `DecapsulateRequest`.
    #[derive(Clone)]
    DecapsulateRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 shared_secret_ciphertext_blob: Blob = blob("SharedSecretCiphertextBlob").required().limits(&limits::CIPHERTEXT_TYPE);
        2 encapsulation_algorithm: String = text("EncapsulationAlgorithm").required().limits(&limits::ENCAPSULATION_ALGORITHM_SPEC);
        3 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        4 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `DecapsulateResponse`.
    #[derive(Clone)]
    DecapsulateResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 shared_secret: Option<Blob> = blob("SharedSecret").sensitive().limits(&limits::PLAINTEXT_TYPE);
        2 encapsulation_algorithm: Option<String> = text("EncapsulationAlgorithm").limits(&limits::ENCAPSULATION_ALGORITHM_SPEC);
    }
}

shape! {
    /// `DecryptRequest`.
    #[derive(Clone)]
    DecryptRequest {
        0 ciphertext_blob: Option<Blob> = blob("CiphertextBlob").limits(&limits::CIPHERTEXT_TYPE);
        1 encryption_context: Option<Map<String>> = map("EncryptionContext");
        2 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        3 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        4 encryption_algorithm: Option<String> = text("EncryptionAlgorithm").limits(&limits::ENCRYPTION_ALGORITHM_SPEC);
        5 recipient: Option<RecipientInfo> = shape("Recipient");
        6 dry_run: Option<bool> = boolean("DryRun");
        7 dry_run_modifiers: Option<Vec<String>> = list("DryRunModifiers").limits(&limits::DRY_RUN_MODIFIER_LIST);
    }
}

shape! {
    /// `DecryptResponse`.
    #[derive(Clone)]
    DecryptResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 plaintext: Option<Blob> = blob("Plaintext").sensitive().limits(&limits::PLAINTEXT_TYPE);
        2 encryption_algorithm: Option<String> = text("EncryptionAlgorithm").limits(&limits::ENCRYPTION_ALGORITHM_SPEC);
        3 ciphertext_for_recipient: Option<Blob> = blob("CiphertextForRecipient").limits(&limits::CIPHERTEXT_TYPE);
        4 key_material_id: Option<String> = text("KeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
    }
}

shape! {
    /// `DeleteAliasRequest`.
    #[derive(Clone)]
    DeleteAliasRequest {
        0 alias_name: String = text("AliasName").required().limits(&limits::ALIAS_NAME_TYPE);
    }
}

shape! {
    /// `DeleteCustomKeyStoreRequest`.
    #[derive(Clone)]
    DeleteCustomKeyStoreRequest {
        0 custom_key_store_id: String = text("CustomKeyStoreId").required().limits(&limits::CUSTOM_KEY_STORE_ID_TYPE);
    }
}

shape! {
    /// `DeleteCustomKeyStoreResponse`.
    #[derive(Clone)]
    DeleteCustomKeyStoreResponse {
    }
}

shape! {
    /// `DeleteImportedKeyMaterialRequest`.
    #[derive(Clone)]
    DeleteImportedKeyMaterialRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 key_material_id: Option<String> = text("KeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
    }
}

shape! {
    /// `DeleteImportedKeyMaterialResponse`.
    #[derive(Clone)]
    DeleteImportedKeyMaterialResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 key_material_id: Option<String> = text("KeyMaterialId").limits(&limits::BACKING_KEY_ID_RESPONSE_TYPE);
    }
}

shape! {
    /// `DeriveSharedSecretRequest`.
    #[derive(Clone)]
    DeriveSharedSecretRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 key_agreement_algorithm: String = text("KeyAgreementAlgorithm").required().limits(&limits::KEY_AGREEMENT_ALGORITHM_SPEC);
        2 public_key: Blob = blob("PublicKey").required().limits(&limits::PUBLIC_KEY_TYPE);
        3 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        4 dry_run: Option<bool> = boolean("DryRun");
        5 recipient: Option<RecipientInfo> = shape("Recipient");
    }
}

shape! {
    /// `DeriveSharedSecretResponse`.
    #[derive(Clone)]
    DeriveSharedSecretResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 shared_secret: Option<Blob> = blob("SharedSecret").sensitive().limits(&limits::PLAINTEXT_TYPE);
        2 ciphertext_for_recipient: Option<Blob> = blob("CiphertextForRecipient").limits(&limits::CIPHERTEXT_TYPE);
        3 key_agreement_algorithm: Option<String> = text("KeyAgreementAlgorithm").limits(&limits::KEY_AGREEMENT_ALGORITHM_SPEC);
        4 key_origin: Option<String> = text("KeyOrigin").limits(&limits::ORIGIN_TYPE);
    }
}

shape! {
    /// `DescribeCustomKeyStoresRequest`.
    #[derive(Clone)]
    DescribeCustomKeyStoresRequest {
        0 custom_key_store_id: Option<String> = text("CustomKeyStoreId").limits(&limits::CUSTOM_KEY_STORE_ID_TYPE);
        1 custom_key_store_name: Option<String> = text("CustomKeyStoreName").limits(&limits::CUSTOM_KEY_STORE_NAME_TYPE);
        2 limit: Option<i32> = integer("Limit").limits(&limits::LIMIT_TYPE);
        3 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
    }
}

shape! {
    /// `DescribeCustomKeyStoresResponse`.
    #[derive(Clone)]
    DescribeCustomKeyStoresResponse {
        0 custom_key_stores: Option<Vec<CustomKeyStoresListEntry>> = list("CustomKeyStores");
        1 next_marker: Option<String> = text("NextMarker").limits(&limits::MARKER_TYPE);
        2 truncated: Option<bool> = boolean("Truncated");
    }
}

shape! {
    /// `DescribeKeyRequest`.
    #[derive(Clone)]
    DescribeKeyRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
    }
}

shape! {
    /// `DescribeKeyResponse`.
    #[derive(Clone)]
    DescribeKeyResponse {
        0 key_metadata: Option<KeyMetadata> = shape("KeyMetadata");
    }
}

shape! {
    /// `DisableKeyRequest`.
    #[derive(Clone)]
    DisableKeyRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `DisableKeyRotationRequest`.
    #[derive(Clone)]
    DisableKeyRotationRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `DisconnectCustomKeyStoreRequest`.
    #[derive(Clone)]
    DisconnectCustomKeyStoreRequest {
        0 custom_key_store_id: String = text("CustomKeyStoreId").required().limits(&limits::CUSTOM_KEY_STORE_ID_TYPE);
    }
}

shape! {
    /// `DisconnectCustomKeyStoreResponse`.
    #[derive(Clone)]
    DisconnectCustomKeyStoreResponse {
    }
}

shape! {
    /// `EnableKeyRequest`.
    #[derive(Clone)]
    EnableKeyRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `EnableKeyRotationRequest`.
    #[derive(Clone)]
    EnableKeyRotationRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 rotation_period_in_days: Option<i32> = integer("RotationPeriodInDays").limits(&limits::ROTATION_PERIOD_IN_DAYS_TYPE);
    }
}

shape! {
    /// `EncapsulateRequest`.
    #[derive(Clone)]
    EncapsulateRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 encapsulation_algorithm: String = text("EncapsulationAlgorithm").required().limits(&limits::ENCAPSULATION_ALGORITHM_SPEC);
        2 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        3 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `EncapsulateResponse`.
    #[derive(Clone)]
    EncapsulateResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 shared_secret: Option<Blob> = blob("SharedSecret").sensitive().limits(&limits::PLAINTEXT_TYPE);
        2 shared_secret_ciphertext_blob: Option<Blob> = blob("SharedSecretCiphertextBlob").limits(&limits::CIPHERTEXT_TYPE);
        3 encapsulation_algorithm: Option<String> = text("EncapsulationAlgorithm").limits(&limits::ENCAPSULATION_ALGORITHM_SPEC);
    }
}

shape! {
    /// `EncryptRequest`.
    #[derive(Clone)]
    EncryptRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 plaintext: Blob = blob("Plaintext").required().sensitive().limits(&limits::PLAINTEXT_TYPE);
        2 encryption_context: Option<Map<String>> = map("EncryptionContext");
        3 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        4 encryption_algorithm: Option<String> = text("EncryptionAlgorithm").limits(&limits::ENCRYPTION_ALGORITHM_SPEC);
        5 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `EncryptResponse`.
    #[derive(Clone)]
    EncryptResponse {
        0 ciphertext_blob: Option<Blob> = blob("CiphertextBlob").limits(&limits::CIPHERTEXT_TYPE);
        1 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        2 encryption_algorithm: Option<String> = text("EncryptionAlgorithm").limits(&limits::ENCRYPTION_ALGORITHM_SPEC);
    }
}

shape! {
    /// `GenerateDataKeyPairRequest`.
    #[derive(Clone)]
    GenerateDataKeyPairRequest {
        0 encryption_context: Option<Map<String>> = map("EncryptionContext");
        1 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        2 key_pair_spec: String = text("KeyPairSpec").required().limits(&limits::DATA_KEY_PAIR_SPEC);
        3 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        4 recipient: Option<RecipientInfo> = shape("Recipient");
        5 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `GenerateDataKeyPairResponse`.
    #[derive(Clone)]
    GenerateDataKeyPairResponse {
        0 private_key_ciphertext_blob: Option<Blob> = blob("PrivateKeyCiphertextBlob").limits(&limits::CIPHERTEXT_TYPE);
        1 private_key_plaintext: Option<Blob> = blob("PrivateKeyPlaintext").sensitive().limits(&limits::PLAINTEXT_TYPE);
        2 public_key: Option<Blob> = blob("PublicKey").limits(&limits::PUBLIC_KEY_TYPE);
        3 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        4 key_pair_spec: Option<String> = text("KeyPairSpec").limits(&limits::DATA_KEY_PAIR_SPEC);
        5 ciphertext_for_recipient: Option<Blob> = blob("CiphertextForRecipient").limits(&limits::CIPHERTEXT_TYPE);
        6 key_material_id: Option<String> = text("KeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
    }
}

shape! {
    /// `GenerateDataKeyPairWithoutPlaintextRequest`.
    #[derive(Clone)]
    GenerateDataKeyPairWithoutPlaintextRequest {
        0 encryption_context: Option<Map<String>> = map("EncryptionContext");
        1 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        2 key_pair_spec: String = text("KeyPairSpec").required().limits(&limits::DATA_KEY_PAIR_SPEC);
        3 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        4 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `GenerateDataKeyPairWithoutPlaintextResponse`.
    #[derive(Clone)]
    GenerateDataKeyPairWithoutPlaintextResponse {
        0 private_key_ciphertext_blob: Option<Blob> = blob("PrivateKeyCiphertextBlob").limits(&limits::CIPHERTEXT_TYPE);
        1 public_key: Option<Blob> = blob("PublicKey").limits(&limits::PUBLIC_KEY_TYPE);
        2 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        3 key_pair_spec: Option<String> = text("KeyPairSpec").limits(&limits::DATA_KEY_PAIR_SPEC);
        4 key_material_id: Option<String> = text("KeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
    }
}

shape! {
    /// `GenerateDataKeyRequest`.
    #[derive(Clone)]
    GenerateDataKeyRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 encryption_context: Option<Map<String>> = map("EncryptionContext");
        2 number_of_bytes: Option<i32> = integer("NumberOfBytes").limits(&limits::NUMBER_OF_BYTES_TYPE);
        3 key_spec: Option<String> = text("KeySpec").limits(&limits::DATA_KEY_SPEC);
        4 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        5 recipient: Option<RecipientInfo> = shape("Recipient");
        6 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `GenerateDataKeyResponse`.
    #[derive(Clone)]
    GenerateDataKeyResponse {
        0 ciphertext_blob: Option<Blob> = blob("CiphertextBlob").limits(&limits::CIPHERTEXT_TYPE);
        1 plaintext: Option<Blob> = blob("Plaintext").sensitive().limits(&limits::PLAINTEXT_TYPE);
        2 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        3 ciphertext_for_recipient: Option<Blob> = blob("CiphertextForRecipient").limits(&limits::CIPHERTEXT_TYPE);
        4 key_material_id: Option<String> = text("KeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
    }
}

shape! {
    /// `GenerateDataKeyWithoutPlaintextRequest`.
    #[derive(Clone)]
    GenerateDataKeyWithoutPlaintextRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 encryption_context: Option<Map<String>> = map("EncryptionContext");
        2 key_spec: Option<String> = text("KeySpec").limits(&limits::DATA_KEY_SPEC);
        3 number_of_bytes: Option<i32> = integer("NumberOfBytes").limits(&limits::NUMBER_OF_BYTES_TYPE);
        4 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        5 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `GenerateDataKeyWithoutPlaintextResponse`.
    #[derive(Clone)]
    GenerateDataKeyWithoutPlaintextResponse {
        0 ciphertext_blob: Option<Blob> = blob("CiphertextBlob").limits(&limits::CIPHERTEXT_TYPE);
        1 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        2 key_material_id: Option<String> = text("KeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
    }
}

shape! {
    /// `GenerateMacRequest`.
    #[derive(Clone)]
    GenerateMacRequest {
        0 message: Blob = blob("Message").required().sensitive().limits(&limits::PLAINTEXT_TYPE);
        1 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        2 mac_algorithm: String = text("MacAlgorithm").required().limits(&limits::MAC_ALGORITHM_SPEC);
        3 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        4 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `GenerateMacResponse`.
    #[derive(Clone)]
    GenerateMacResponse {
        0 mac: Option<Blob> = blob("Mac").limits(&limits::CIPHERTEXT_TYPE);
        1 mac_algorithm: Option<String> = text("MacAlgorithm").limits(&limits::MAC_ALGORITHM_SPEC);
        2 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `GenerateRandomRequest`.
    #[derive(Clone)]
    GenerateRandomRequest {
        0 number_of_bytes: Option<i32> = integer("NumberOfBytes").limits(&limits::NUMBER_OF_BYTES_TYPE);
        1 custom_key_store_id: Option<String> = text("CustomKeyStoreId").limits(&limits::CUSTOM_KEY_STORE_ID_TYPE);
        2 recipient: Option<RecipientInfo> = shape("Recipient");
    }
}

shape! {
    /// `GenerateRandomResponse`.
    #[derive(Clone)]
    GenerateRandomResponse {
        0 plaintext: Option<Blob> = blob("Plaintext").sensitive().limits(&limits::PLAINTEXT_TYPE);
        1 ciphertext_for_recipient: Option<Blob> = blob("CiphertextForRecipient").limits(&limits::CIPHERTEXT_TYPE);
    }
}

shape! {
    /// `GetKeyLastUsageRequest`.
    #[derive(Clone)]
    GetKeyLastUsageRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `GetKeyLastUsageResponse`.
    #[derive(Clone)]
    GetKeyLastUsageResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 key_last_usage: Option<KeyLastUsageData> = shape("KeyLastUsage");
        2 tracking_start_date: Option<Time> = time("TrackingStartDate");
        3 key_creation_date: Option<Time> = time("KeyCreationDate");
    }
}

shape! {
    /// `GetKeyPolicyRequest`.
    #[derive(Clone)]
    GetKeyPolicyRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 policy_name: Option<String> = text("PolicyName").limits(&limits::POLICY_NAME_TYPE);
    }
}

shape! {
    /// `GetKeyPolicyResponse`.
    #[derive(Clone)]
    GetKeyPolicyResponse {
        0 policy: Option<String> = text("Policy").limits(&limits::POLICY_TYPE);
        1 policy_name: Option<String> = text("PolicyName").limits(&limits::POLICY_NAME_TYPE);
    }
}

shape! {
    /// `GetKeyRotationStatusRequest`.
    #[derive(Clone)]
    GetKeyRotationStatusRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `GetKeyRotationStatusResponse`.
    #[derive(Clone)]
    GetKeyRotationStatusResponse {
        0 key_rotation_enabled: Option<bool> = boolean("KeyRotationEnabled");
        1 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        2 rotation_period_in_days: Option<i32> = integer("RotationPeriodInDays").limits(&limits::ROTATION_PERIOD_IN_DAYS_TYPE);
        3 next_rotation_date: Option<Time> = time("NextRotationDate");
        4 on_demand_rotation_start_date: Option<Time> = time("OnDemandRotationStartDate");
    }
}

shape! {
    /// `GetParametersForImportRequest`.
    #[derive(Clone)]
    GetParametersForImportRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 wrapping_algorithm: String = text("WrappingAlgorithm").required().limits(&limits::ALGORITHM_SPEC);
        2 wrapping_key_spec: String = text("WrappingKeySpec").required().limits(&limits::WRAPPING_KEY_SPEC);
    }
}

shape! {
    /// `GetParametersForImportResponse`.
    #[derive(Clone)]
    GetParametersForImportResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 import_token: Option<Blob> = blob("ImportToken").limits(&limits::CIPHERTEXT_TYPE);
        2 public_key: Option<Blob> = blob("PublicKey").sensitive().limits(&limits::PLAINTEXT_TYPE);
        3 parameters_valid_to: Option<Time> = time("ParametersValidTo");
    }
}

shape! {
    /// `GetPublicKeyRequest`.
    #[derive(Clone)]
    GetPublicKeyRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
    }
}

shape! {
    /// `GetPublicKeyResponse`.
    #[derive(Clone)]
    GetPublicKeyResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 public_key: Option<Blob> = blob("PublicKey").limits(&limits::PUBLIC_KEY_TYPE);
        2 customer_master_key_spec: Option<String> = text("CustomerMasterKeySpec").limits(&limits::CUSTOMER_MASTER_KEY_SPEC);
        3 key_spec: Option<String> = text("KeySpec").limits(&limits::KEY_SPEC);
        4 key_usage: Option<String> = text("KeyUsage").limits(&limits::KEY_USAGE_TYPE);
        5 encryption_algorithms: Option<Vec<String>> = list("EncryptionAlgorithms").limits(&limits::ENCRYPTION_ALGORITHM_SPEC_LIST);
        6 signing_algorithms: Option<Vec<String>> = list("SigningAlgorithms").limits(&limits::SIGNING_ALGORITHM_SPEC_LIST);
        7 key_agreement_algorithms: Option<Vec<String>> = list("KeyAgreementAlgorithms").limits(&limits::KEY_AGREEMENT_ALGORITHM_SPEC_LIST);
        8 encapsulation_algorithms: Option<Vec<String>> = list("EncapsulationAlgorithms").limits(&limits::ENCAPSULATION_ALGORITHM_SPEC_LIST);
    }
}

shape! {
    /// `GrantConstraints`.
    #[derive(Clone)]
    GrantConstraints {
        0 encryption_context_subset: Option<Map<String>> = map("EncryptionContextSubset");
        1 encryption_context_equals: Option<Map<String>> = map("EncryptionContextEquals");
        2 source_arn: Option<String> = text("SourceArn").limits(&limits::GRANT_CONSTRAINT_SOURCE_ARN_TYPE);
    }
}

shape! {
    /// `GrantListEntry`.
    #[derive(Clone)]
    GrantListEntry {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 grant_id: Option<String> = text("GrantId").limits(&limits::GRANT_ID_TYPE);
        2 name: Option<String> = text("Name").limits(&limits::GRANT_NAME_TYPE);
        3 creation_date: Option<Time> = time("CreationDate");
        4 grantee_principal: Option<String> = text("GranteePrincipal").limits(&limits::PRINCIPAL_ID_TYPE);
        5 retiring_principal: Option<String> = text("RetiringPrincipal").limits(&limits::PRINCIPAL_ID_TYPE);
        6 issuing_account: Option<String> = text("IssuingAccount").limits(&limits::PRINCIPAL_ID_TYPE);
        7 operations: Option<Vec<String>> = list("Operations").limits(&limits::GRANT_OPERATION_LIST);
        8 constraints: Option<GrantConstraints> = shape("Constraints");
        9 grantee_service_principal: Option<String> = text("GranteeServicePrincipal").limits(&limits::SERVICE_PRINCIPAL_TYPE);
        10 retiring_service_principal: Option<String> = text("RetiringServicePrincipal").limits(&limits::SERVICE_PRINCIPAL_TYPE);
    }
}

shape! {
    /// `ImportKeyMaterialRequest`.
    #[derive(Clone)]
    ImportKeyMaterialRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 import_token: Blob = blob("ImportToken").required().limits(&limits::CIPHERTEXT_TYPE);
        2 encrypted_key_material: Blob = blob("EncryptedKeyMaterial").required().limits(&limits::CIPHERTEXT_TYPE);
        3 valid_to: Option<Time> = time("ValidTo");
        4 expiration_model: Option<String> = text("ExpirationModel").limits(&limits::EXPIRATION_MODEL_TYPE);
        5 import_type: Option<String> = text("ImportType").limits(&limits::IMPORT_TYPE);
        6 key_material_description: Option<String> = text("KeyMaterialDescription").limits(&limits::KEY_MATERIAL_DESCRIPTION_TYPE);
        7 key_material_id: Option<String> = text("KeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
    }
}

shape! {
    /// `ImportKeyMaterialResponse`.
    #[derive(Clone)]
    ImportKeyMaterialResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 key_material_id: Option<String> = text("KeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
    }
}

shape! {
    /// `KeyLastUsageData`.
    #[derive(Clone)]
    KeyLastUsageData {
        0 operation: Option<String> = text("Operation").limits(&limits::KEY_LAST_USAGE_TRACKING_OPERATION);
        1 timestamp: Option<Time> = time("Timestamp");
        2 cloud_trail_event_id: Option<String> = text("CloudTrailEventId");
        3 kms_request_id: Option<String> = text("KmsRequestId");
    }
}

shape! {
    /// `KeyListEntry`.
    #[derive(Clone)]
    KeyListEntry {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 key_arn: Option<String> = text("KeyArn").limits(&limits::ARN_TYPE);
    }
}

shape! {
    /// `KeyMetadata`.
    #[derive(Clone)]
    KeyMetadata {
        0 aws_account_id: Option<String> = text("AWSAccountId");
        1 key_id: Option<String> = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        2 arn: Option<String> = text("Arn").limits(&limits::ARN_TYPE);
        3 creation_date: Option<Time> = time("CreationDate");
        4 enabled: Option<bool> = boolean("Enabled");
        5 description: Option<String> = text("Description").limits(&limits::DESCRIPTION_TYPE);
        6 key_usage: Option<String> = text("KeyUsage").limits(&limits::KEY_USAGE_TYPE);
        7 key_state: Option<String> = text("KeyState").limits(&limits::KEY_STATE);
        8 deletion_date: Option<Time> = time("DeletionDate");
        9 valid_to: Option<Time> = time("ValidTo");
        10 origin: Option<String> = text("Origin").limits(&limits::ORIGIN_TYPE);
        11 custom_key_store_id: Option<String> = text("CustomKeyStoreId").limits(&limits::CUSTOM_KEY_STORE_ID_TYPE);
        12 cloud_hsm_cluster_id: Option<String> = text("CloudHsmClusterId").limits(&limits::CLOUD_HSM_CLUSTER_ID_TYPE);
        13 expiration_model: Option<String> = text("ExpirationModel").limits(&limits::EXPIRATION_MODEL_TYPE);
        14 key_manager: Option<String> = text("KeyManager").limits(&limits::KEY_MANAGER_TYPE);
        15 customer_master_key_spec: Option<String> = text("CustomerMasterKeySpec").limits(&limits::CUSTOMER_MASTER_KEY_SPEC);
        16 key_spec: Option<String> = text("KeySpec").limits(&limits::KEY_SPEC);
        17 encryption_algorithms: Option<Vec<String>> = list("EncryptionAlgorithms").limits(&limits::ENCRYPTION_ALGORITHM_SPEC_LIST);
        18 signing_algorithms: Option<Vec<String>> = list("SigningAlgorithms").limits(&limits::SIGNING_ALGORITHM_SPEC_LIST);
        19 key_agreement_algorithms: Option<Vec<String>> = list("KeyAgreementAlgorithms").limits(&limits::KEY_AGREEMENT_ALGORITHM_SPEC_LIST);
        20 encapsulation_algorithms: Option<Vec<String>> = list("EncapsulationAlgorithms").limits(&limits::ENCAPSULATION_ALGORITHM_SPEC_LIST);
        21 multi_region: Option<bool> = boolean("MultiRegion");
        22 multi_region_configuration: Option<MultiRegionConfiguration> = shape("MultiRegionConfiguration");
        23 pending_deletion_window_in_days: Option<i32> = integer("PendingDeletionWindowInDays").limits(&limits::PENDING_WINDOW_IN_DAYS_TYPE);
        24 mac_algorithms: Option<Vec<String>> = list("MacAlgorithms").limits(&limits::MAC_ALGORITHM_SPEC_LIST);
        25 xks_key_configuration: Option<XksKeyConfigurationType> = shape("XksKeyConfiguration");
        26 current_key_material_id: Option<String> = text("CurrentKeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
    }
}

shape! {
    /// `ListAliasesRequest`.
    #[derive(Clone)]
    ListAliasesRequest {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 limit: Option<i32> = integer("Limit").limits(&limits::LIMIT_TYPE);
        2 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
    }
}

shape! {
    /// `ListAliasesResponse`.
    #[derive(Clone)]
    ListAliasesResponse {
        0 aliases: Option<Vec<AliasListEntry>> = list("Aliases");
        1 next_marker: Option<String> = text("NextMarker").limits(&limits::MARKER_TYPE);
        2 truncated: Option<bool> = boolean("Truncated");
    }
}

shape! {
    /// `ListGrantsRequest`.
    #[derive(Clone)]
    ListGrantsRequest {
        0 limit: Option<i32> = integer("Limit").limits(&limits::LIMIT_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        3 grant_id: Option<String> = text("GrantId").limits(&limits::GRANT_ID_TYPE);
        4 grantee_principal: Option<String> = text("GranteePrincipal").limits(&limits::PRINCIPAL_ID_TYPE);
        5 grantee_service_principal: Option<String> = text("GranteeServicePrincipal").limits(&limits::SERVICE_PRINCIPAL_TYPE);
    }
}

shape! {
    /// `ListGrantsResponse`.
    #[derive(Clone)]
    ListGrantsResponse {
        0 grants: Option<Vec<GrantListEntry>> = list("Grants");
        1 next_marker: Option<String> = text("NextMarker").limits(&limits::MARKER_TYPE);
        2 truncated: Option<bool> = boolean("Truncated");
    }
}

shape! {
    /// `ListKeyPoliciesRequest`.
    #[derive(Clone)]
    ListKeyPoliciesRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 limit: Option<i32> = integer("Limit").limits(&limits::LIMIT_TYPE);
        2 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
    }
}

shape! {
    /// `ListKeyPoliciesResponse`.
    #[derive(Clone)]
    ListKeyPoliciesResponse {
        0 policy_names: Option<Vec<String>> = list("PolicyNames").limits(&limits::POLICY_NAME_LIST);
        1 next_marker: Option<String> = text("NextMarker").limits(&limits::MARKER_TYPE);
        2 truncated: Option<bool> = boolean("Truncated");
    }
}

shape! {
    /// `ListKeyRotationsRequest`.
    #[derive(Clone)]
    ListKeyRotationsRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 include_key_material: Option<String> = text("IncludeKeyMaterial").limits(&limits::INCLUDE_KEY_MATERIAL);
        2 limit: Option<i32> = integer("Limit").limits(&limits::LIMIT_TYPE);
        3 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
    }
}

shape! {
    /// `ListKeyRotationsResponse`.
    #[derive(Clone)]
    ListKeyRotationsResponse {
        0 rotations: Option<Vec<RotationsListEntry>> = list("Rotations");
        1 next_marker: Option<String> = text("NextMarker").limits(&limits::MARKER_TYPE);
        2 truncated: Option<bool> = boolean("Truncated");
    }
}

shape! {
    /// `ListKeysRequest`.
    #[derive(Clone)]
    ListKeysRequest {
        0 limit: Option<i32> = integer("Limit").limits(&limits::LIMIT_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 resource_owners: Option<Vec<String>> = list("ResourceOwners").limits(&limits::RESOURCE_OWNERS_LIST);
    }
}

shape! {
    /// `ListKeysResponse`.
    #[derive(Clone)]
    ListKeysResponse {
        0 keys: Option<Vec<KeyListEntry>> = list("Keys");
        1 next_marker: Option<String> = text("NextMarker").limits(&limits::MARKER_TYPE);
        2 truncated: Option<bool> = boolean("Truncated");
    }
}

shape! {
    /// `ListResourceTagsRequest`.
    #[derive(Clone)]
    ListResourceTagsRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 limit: Option<i32> = integer("Limit").limits(&limits::LIMIT_TYPE);
        2 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
    }
}

shape! {
    /// `ListResourceTagsResponse`.
    #[derive(Clone)]
    ListResourceTagsResponse {
        0 tags: Option<Vec<Tag>> = list("Tags");
        1 next_marker: Option<String> = text("NextMarker").limits(&limits::MARKER_TYPE);
        2 truncated: Option<bool> = boolean("Truncated");
    }
}

shape! {
    /// `ListRetirableGrantsRequest`.
    #[derive(Clone)]
    ListRetirableGrantsRequest {
        0 limit: Option<i32> = integer("Limit").limits(&limits::LIMIT_TYPE);
        1 marker: Option<String> = text("Marker").limits(&limits::MARKER_TYPE);
        2 retiring_principal: Option<String> = text("RetiringPrincipal").limits(&limits::PRINCIPAL_ID_TYPE);
        3 retiring_service_principal: Option<String> = text("RetiringServicePrincipal").limits(&limits::SERVICE_PRINCIPAL_TYPE);
    }
}

shape! {
    /// `MultiRegionConfiguration`.
    #[derive(Clone)]
    MultiRegionConfiguration {
        0 multi_region_key_type: Option<String> = text("MultiRegionKeyType").limits(&limits::MULTI_REGION_KEY_TYPE);
        1 primary_key: Option<MultiRegionKey> = shape("PrimaryKey");
        2 replica_keys: Option<Vec<MultiRegionKey>> = list("ReplicaKeys");
    }
}

shape! {
    /// `MultiRegionKey`.
    #[derive(Clone)]
    MultiRegionKey {
        0 arn: Option<String> = text("Arn").limits(&limits::ARN_TYPE);
        1 region: Option<String> = text("Region").limits(&limits::REGION_TYPE);
    }
}

shape! {
    /// `PutKeyPolicyRequest`.
    #[derive(Clone)]
    PutKeyPolicyRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 policy_name: Option<String> = text("PolicyName").limits(&limits::POLICY_NAME_TYPE);
        2 policy: String = text("Policy").required().limits(&limits::POLICY_TYPE);
        3 bypass_policy_lockout_safety_check: Option<bool> = boolean("BypassPolicyLockoutSafetyCheck");
    }
}

shape! {
    /// `ReEncryptRequest`.
    #[derive(Clone)]
    ReEncryptRequest {
        0 ciphertext_blob: Option<Blob> = blob("CiphertextBlob").limits(&limits::CIPHERTEXT_TYPE);
        1 source_encryption_context: Option<Map<String>> = map("SourceEncryptionContext");
        2 source_key_id: Option<String> = text("SourceKeyId").limits(&limits::KEY_ID_TYPE);
        3 destination_key_id: String = text("DestinationKeyId").required().limits(&limits::KEY_ID_TYPE);
        4 destination_encryption_context: Option<Map<String>> = map("DestinationEncryptionContext");
        5 source_encryption_algorithm: Option<String> = text("SourceEncryptionAlgorithm").limits(&limits::ENCRYPTION_ALGORITHM_SPEC);
        6 destination_encryption_algorithm: Option<String> = text("DestinationEncryptionAlgorithm").limits(&limits::ENCRYPTION_ALGORITHM_SPEC);
        7 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        8 dry_run: Option<bool> = boolean("DryRun");
        9 dry_run_modifiers: Option<Vec<String>> = list("DryRunModifiers").limits(&limits::DRY_RUN_MODIFIER_LIST);
    }
}

shape! {
    /// `ReEncryptResponse`.
    #[derive(Clone)]
    ReEncryptResponse {
        0 ciphertext_blob: Option<Blob> = blob("CiphertextBlob").limits(&limits::CIPHERTEXT_TYPE);
        1 source_key_id: Option<String> = text("SourceKeyId").limits(&limits::KEY_ID_TYPE);
        2 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        3 source_encryption_algorithm: Option<String> = text("SourceEncryptionAlgorithm").limits(&limits::ENCRYPTION_ALGORITHM_SPEC);
        4 destination_encryption_algorithm: Option<String> = text("DestinationEncryptionAlgorithm").limits(&limits::ENCRYPTION_ALGORITHM_SPEC);
        5 source_key_material_id: Option<String> = text("SourceKeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
        6 destination_key_material_id: Option<String> = text("DestinationKeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
    }
}

shape! {
    /// `RecipientInfo`.
    #[derive(Clone)]
    RecipientInfo {
        0 key_encryption_algorithm: Option<String> = text("KeyEncryptionAlgorithm").limits(&limits::KEY_ENCRYPTION_MECHANISM);
        1 attestation_document: Option<Blob> = blob("AttestationDocument").limits(&limits::ATTESTATION_DOCUMENT_TYPE);
    }
}

shape! {
    /// `ReplicateKeyRequest`.
    #[derive(Clone)]
    ReplicateKeyRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 replica_region: String = text("ReplicaRegion").required().limits(&limits::REGION_TYPE);
        2 policy: Option<String> = text("Policy").limits(&limits::POLICY_TYPE);
        3 bypass_policy_lockout_safety_check: Option<bool> = boolean("BypassPolicyLockoutSafetyCheck");
        4 description: Option<String> = text("Description").limits(&limits::DESCRIPTION_TYPE);
        5 tags: Option<Vec<Tag>> = list("Tags");
    }
}

shape! {
    /// `ReplicateKeyResponse`.
    #[derive(Clone)]
    ReplicateKeyResponse {
        0 replica_key_metadata: Option<KeyMetadata> = shape("ReplicaKeyMetadata");
        1 replica_policy: Option<String> = text("ReplicaPolicy").limits(&limits::POLICY_TYPE);
        2 replica_tags: Option<Vec<Tag>> = list("ReplicaTags");
    }
}

shape! {
    /// `RetireGrantRequest`.
    #[derive(Clone)]
    RetireGrantRequest {
        0 grant_token: Option<String> = text("GrantToken").limits(&limits::GRANT_TOKEN_TYPE);
        1 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        2 grant_id: Option<String> = text("GrantId").limits(&limits::GRANT_ID_TYPE);
        3 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `RevokeGrantRequest`.
    #[derive(Clone)]
    RevokeGrantRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 grant_id: String = text("GrantId").required().limits(&limits::GRANT_ID_TYPE);
        2 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `RotateKeyOnDemandRequest`.
    #[derive(Clone)]
    RotateKeyOnDemandRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `RotateKeyOnDemandResponse`.
    #[derive(Clone)]
    RotateKeyOnDemandResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `RotationsListEntry`.
    #[derive(Clone)]
    RotationsListEntry {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 key_material_id: Option<String> = text("KeyMaterialId").limits(&limits::BACKING_KEY_ID_TYPE);
        2 key_material_description: Option<String> = text("KeyMaterialDescription").limits(&limits::KEY_MATERIAL_DESCRIPTION_TYPE);
        3 import_state: Option<String> = text("ImportState").limits(&limits::IMPORT_STATE);
        4 key_material_state: Option<String> = text("KeyMaterialState").limits(&limits::KEY_MATERIAL_STATE);
        5 expiration_model: Option<String> = text("ExpirationModel").limits(&limits::EXPIRATION_MODEL_TYPE);
        6 valid_to: Option<Time> = time("ValidTo");
        7 rotation_date: Option<Time> = time("RotationDate");
        8 rotation_type: Option<String> = text("RotationType").limits(&limits::ROTATION_TYPE);
    }
}

shape! {
    /// `ScheduleKeyDeletionRequest`.
    #[derive(Clone)]
    ScheduleKeyDeletionRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 pending_window_in_days: Option<i32> = integer("PendingWindowInDays").limits(&limits::PENDING_WINDOW_IN_DAYS_TYPE);
    }
}

shape! {
    /// `ScheduleKeyDeletionResponse`.
    #[derive(Clone)]
    ScheduleKeyDeletionResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 deletion_date: Option<Time> = time("DeletionDate");
        2 key_state: Option<String> = text("KeyState").limits(&limits::KEY_STATE);
        3 pending_window_in_days: Option<i32> = integer("PendingWindowInDays").limits(&limits::PENDING_WINDOW_IN_DAYS_TYPE);
    }
}

shape! {
    /// `SignRequest`.
    #[derive(Clone)]
    SignRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 message: Blob = blob("Message").required().sensitive().limits(&limits::PLAINTEXT_TYPE);
        2 message_type: Option<String> = text("MessageType").limits(&limits::MESSAGE_TYPE);
        3 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        4 signing_algorithm: String = text("SigningAlgorithm").required().limits(&limits::SIGNING_ALGORITHM_SPEC);
        5 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `SignResponse`.
    #[derive(Clone)]
    SignResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 signature: Option<Blob> = blob("Signature").limits(&limits::CIPHERTEXT_TYPE);
        2 signing_algorithm: Option<String> = text("SigningAlgorithm").limits(&limits::SIGNING_ALGORITHM_SPEC);
    }
}

shape! {
    /// `Tag`.
    #[derive(Clone)]
    Tag {
        0 tag_key: String = text("TagKey").required().limits(&limits::TAG_KEY_TYPE);
        1 tag_value: String = text("TagValue").required().limits(&limits::TAG_VALUE_TYPE);
    }
}

shape! {
    /// `TagResourceRequest`.
    #[derive(Clone)]
    TagResourceRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 tags: Vec<Tag> = list("Tags").required();
    }
}

shape! {
    /// `UntagResourceRequest`.
    #[derive(Clone)]
    UntagResourceRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 tag_keys: Vec<String> = list("TagKeys").required().limits(&limits::TAG_KEY_LIST);
    }
}

shape! {
    /// `UpdateAliasRequest`.
    #[derive(Clone)]
    UpdateAliasRequest {
        0 alias_name: String = text("AliasName").required().limits(&limits::ALIAS_NAME_TYPE);
        1 target_key_id: String = text("TargetKeyId").required().limits(&limits::KEY_ID_TYPE);
    }
}

shape! {
    /// `UpdateCustomKeyStoreRequest`.
    #[derive(Clone)]
    UpdateCustomKeyStoreRequest {
        0 custom_key_store_id: String = text("CustomKeyStoreId").required().limits(&limits::CUSTOM_KEY_STORE_ID_TYPE);
        1 new_custom_key_store_name: Option<String> = text("NewCustomKeyStoreName").limits(&limits::CUSTOM_KEY_STORE_NAME_TYPE);
        2 key_store_password: Option<String> = text("KeyStorePassword").sensitive().limits(&limits::KEY_STORE_PASSWORD_TYPE);
        3 cloud_hsm_cluster_id: Option<String> = text("CloudHsmClusterId").limits(&limits::CLOUD_HSM_CLUSTER_ID_TYPE);
        4 xks_proxy_uri_endpoint: Option<String> = text("XksProxyUriEndpoint").limits(&limits::XKS_PROXY_URI_ENDPOINT_TYPE);
        5 xks_proxy_uri_path: Option<String> = text("XksProxyUriPath").limits(&limits::XKS_PROXY_URI_PATH_TYPE);
        6 xks_proxy_vpc_endpoint_service_name: Option<String> = text("XksProxyVpcEndpointServiceName").limits(&limits::XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME_TYPE);
        7 xks_proxy_vpc_endpoint_service_owner: Option<String> = text("XksProxyVpcEndpointServiceOwner").limits(&limits::ACCOUNT_ID_TYPE);
        8 xks_proxy_authentication_credential: Option<XksProxyAuthenticationCredentialType> = shape("XksProxyAuthenticationCredential");
        9 xks_proxy_connectivity: Option<String> = text("XksProxyConnectivity").limits(&limits::XKS_PROXY_CONNECTIVITY_TYPE);
    }
}

shape! {
    /// `UpdateCustomKeyStoreResponse`.
    #[derive(Clone)]
    UpdateCustomKeyStoreResponse {
    }
}

shape! {
    /// `UpdateKeyDescriptionRequest`.
    #[derive(Clone)]
    UpdateKeyDescriptionRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 description: String = text("Description").required().limits(&limits::DESCRIPTION_TYPE);
    }
}

shape! {
    /// `UpdatePrimaryRegionRequest`.
    #[derive(Clone)]
    UpdatePrimaryRegionRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 primary_region: String = text("PrimaryRegion").required().limits(&limits::REGION_TYPE);
    }
}

shape! {
    /// `VerifyMacRequest`.
    #[derive(Clone)]
    VerifyMacRequest {
        0 message: Blob = blob("Message").required().sensitive().limits(&limits::PLAINTEXT_TYPE);
        1 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        2 mac_algorithm: String = text("MacAlgorithm").required().limits(&limits::MAC_ALGORITHM_SPEC);
        3 mac: Blob = blob("Mac").required().limits(&limits::CIPHERTEXT_TYPE);
        4 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        5 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `VerifyMacResponse`.
    #[derive(Clone)]
    VerifyMacResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 mac_valid: Option<bool> = boolean("MacValid");
        2 mac_algorithm: Option<String> = text("MacAlgorithm").limits(&limits::MAC_ALGORITHM_SPEC);
    }
}

shape! {
    /// `VerifyRequest`.
    #[derive(Clone)]
    VerifyRequest {
        0 key_id: String = text("KeyId").required().limits(&limits::KEY_ID_TYPE);
        1 message: Blob = blob("Message").required().sensitive().limits(&limits::PLAINTEXT_TYPE);
        2 message_type: Option<String> = text("MessageType").limits(&limits::MESSAGE_TYPE);
        3 signature: Blob = blob("Signature").required().limits(&limits::CIPHERTEXT_TYPE);
        4 signing_algorithm: String = text("SigningAlgorithm").required().limits(&limits::SIGNING_ALGORITHM_SPEC);
        5 grant_tokens: Option<Vec<String>> = list("GrantTokens").limits(&limits::GRANT_TOKEN_LIST);
        6 dry_run: Option<bool> = boolean("DryRun");
    }
}

shape! {
    /// `VerifyResponse`.
    #[derive(Clone)]
    VerifyResponse {
        0 key_id: Option<String> = text("KeyId").limits(&limits::KEY_ID_TYPE);
        1 signature_valid: Option<bool> = boolean("SignatureValid");
        2 signing_algorithm: Option<String> = text("SigningAlgorithm").limits(&limits::SIGNING_ALGORITHM_SPEC);
    }
}

shape! {
    /// `XksKeyConfigurationType`.
    #[derive(Clone)]
    XksKeyConfigurationType {
        0 id: Option<String> = text("Id").limits(&limits::XKS_KEY_ID_TYPE);
    }
}

shape! {
    /// `XksProxyAuthenticationCredentialType`.
    #[derive(Clone)]
    XksProxyAuthenticationCredentialType {
        0 access_key_id: String = text("AccessKeyId").required().sensitive().limits(&limits::XKS_PROXY_AUTHENTICATION_ACCESS_KEY_ID_TYPE);
        1 raw_secret_access_key: String = text("RawSecretAccessKey").required().sensitive().limits(&limits::XKS_PROXY_AUTHENTICATION_RAW_SECRET_ACCESS_KEY_TYPE);
    }
}

shape! {
    /// `XksProxyConfigurationType`.
    #[derive(Clone)]
    XksProxyConfigurationType {
        0 connectivity: Option<String> = text("Connectivity").limits(&limits::XKS_PROXY_CONNECTIVITY_TYPE);
        1 access_key_id: Option<String> = text("AccessKeyId").sensitive().limits(&limits::XKS_PROXY_AUTHENTICATION_ACCESS_KEY_ID_TYPE);
        2 uri_endpoint: Option<String> = text("UriEndpoint").limits(&limits::XKS_PROXY_URI_ENDPOINT_TYPE);
        3 uri_path: Option<String> = text("UriPath").limits(&limits::XKS_PROXY_URI_PATH_TYPE);
        4 vpc_endpoint_service_name: Option<String> = text("VpcEndpointServiceName").limits(&limits::XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME_TYPE);
        5 vpc_endpoint_service_owner: Option<String> = text("VpcEndpointServiceOwner").limits(&limits::ACCOUNT_ID_TYPE);
    }
}
