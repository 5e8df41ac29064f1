//! What the model allows values to be.
// Written by `cargo xtask codegen` from models/: change those.

use wire::Limits;

pub(crate) static ACCOUNT_ID_TYPE: Limits =
    Limits { min: Some(12), max: Some(12), pattern: "[0-9]{12}", ..Limits::NONE };

pub(crate) static ALGORITHM_SPEC: Limits = Limits {
    words: &[
        "RSAES_PKCS1_V1_5",
        "RSAES_OAEP_SHA_1",
        "RSAES_OAEP_SHA_256",
        "RSA_AES_KEY_WRAP_SHA_1",
        "RSA_AES_KEY_WRAP_SHA_256",
        "SM2PKE",
    ],
    ..Limits::NONE
};

pub(crate) static ALIAS_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(256), pattern: "^[a-zA-Z0-9:/_-]+$", ..Limits::NONE };

pub(crate) static ARN_TYPE: Limits = Limits { min: Some(20), max: Some(2048), ..Limits::NONE };

pub(crate) static ATTESTATION_DOCUMENT_TYPE: Limits =
    Limits { min: Some(1), max: Some(262144), ..Limits::NONE };

pub(crate) static BACKING_KEY_ID_RESPONSE_TYPE: Limits =
    Limits { min: Some(0), max: Some(64), pattern: "^[a-f0-9]+$", ..Limits::NONE };

pub(crate) static BACKING_KEY_ID_TYPE: Limits =
    Limits { min: Some(64), max: Some(64), pattern: "^[a-f0-9]+$", ..Limits::NONE };

pub(crate) static CIPHERTEXT_TYPE: Limits = Limits { min: Some(1), max: Some(6144), ..Limits::NONE };

pub(crate) static CLOUD_HSM_CLUSTER_ID_TYPE: Limits =
    Limits { min: Some(19), max: Some(24), pattern: "cluster-[2-7a-zA-Z]{11,16}", ..Limits::NONE };

pub(crate) static CONNECTION_ERROR_CODE_TYPE: Limits = Limits {
    words: &[
        "INVALID_CREDENTIALS",
        "CLUSTER_NOT_FOUND",
        "NETWORK_ERRORS",
        "INTERNAL_ERROR",
        "INSUFFICIENT_CLOUDHSM_HSMS",
        "USER_LOCKED_OUT",
        "USER_NOT_FOUND",
        "USER_LOGGED_IN",
        "SUBNET_NOT_FOUND",
        "INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET",
        "XKS_PROXY_ACCESS_DENIED",
        "XKS_PROXY_NOT_REACHABLE",
        "XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND",
        "XKS_PROXY_INVALID_RESPONSE",
        "XKS_PROXY_INVALID_CONFIGURATION",
        "XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION",
        "XKS_PROXY_TIMED_OUT",
        "XKS_PROXY_INVALID_TLS_CONFIGURATION",
    ],
    ..Limits::NONE
};

pub(crate) static CONNECTION_STATE_TYPE: Limits =
    Limits { words: &["CONNECTED", "CONNECTING", "FAILED", "DISCONNECTED", "DISCONNECTING"], ..Limits::NONE };

pub(crate) static CUSTOMER_MASTER_KEY_SPEC: Limits = Limits {
    words: &[
        "RSA_2048",
        "RSA_3072",
        "RSA_4096",
        "ECC_NIST_P256",
        "ECC_NIST_P384",
        "ECC_NIST_P521",
        "ECC_SECG_P256K1",
        "SYMMETRIC_DEFAULT",
        "HMAC_224",
        "HMAC_256",
        "HMAC_384",
        "HMAC_512",
        "SM2",
    ],
    ..Limits::NONE
};

pub(crate) static CUSTOM_KEY_STORE_ID_TYPE: Limits = Limits { min: Some(1), max: Some(64), ..Limits::NONE };

pub(crate) static CUSTOM_KEY_STORE_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(256), ..Limits::NONE };

pub(crate) static CUSTOM_KEY_STORE_TYPE: Limits =
    Limits { words: &["AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"], ..Limits::NONE };

pub(crate) static DATA_KEY_PAIR_SPEC: Limits = Limits {
    words: &[
        "RSA_2048",
        "RSA_3072",
        "RSA_4096",
        "ECC_NIST_P256",
        "ECC_NIST_P384",
        "ECC_NIST_P521",
        "ECC_SECG_P256K1",
        "SM2",
        "ECC_NIST_EDWARDS25519",
        "ML_KEM_512",
        "ML_KEM_768",
        "ML_KEM_1024",
    ],
    ..Limits::NONE
};

pub(crate) static DATA_KEY_SPEC: Limits = Limits { words: &["AES_256", "AES_128"], ..Limits::NONE };

pub(crate) static DESCRIPTION_TYPE: Limits = Limits { min: Some(0), max: Some(8192), ..Limits::NONE };

pub(crate) static DRY_RUN_MODIFIER_LIST: Limits =
    Limits { item: Some(&DRY_RUN_MODIFIER_TYPE), ..Limits::NONE };

pub(crate) static DRY_RUN_MODIFIER_TYPE: Limits = Limits { words: &["IGNORE_CIPHERTEXT"], ..Limits::NONE };

pub(crate) static ENCAPSULATION_ALGORITHM_SPEC: Limits = Limits { words: &["ML_KEM"], ..Limits::NONE };

pub(crate) static ENCAPSULATION_ALGORITHM_SPEC_LIST: Limits =
    Limits { item: Some(&ENCAPSULATION_ALGORITHM_SPEC), ..Limits::NONE };

pub(crate) static ENCRYPTION_ALGORITHM_SPEC: Limits = Limits {
    words: &["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"],
    ..Limits::NONE
};

pub(crate) static ENCRYPTION_ALGORITHM_SPEC_LIST: Limits =
    Limits { item: Some(&ENCRYPTION_ALGORITHM_SPEC), ..Limits::NONE };

pub(crate) static EXPIRATION_MODEL_TYPE: Limits =
    Limits { words: &["KEY_MATERIAL_EXPIRES", "KEY_MATERIAL_DOES_NOT_EXPIRE"], ..Limits::NONE };

pub(crate) static GRANT_CONSTRAINT_SOURCE_ARN_TYPE: Limits = Limits {
    min: Some(20),
    max: Some(512),
    pattern: "^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$",
    ..Limits::NONE
};

pub(crate) static GRANT_ID_TYPE: Limits = Limits { min: Some(1), max: Some(128), ..Limits::NONE };

pub(crate) static GRANT_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(256), pattern: "^[a-zA-Z0-9:/_-]+$", ..Limits::NONE };

pub(crate) static GRANT_OPERATION: Limits = Limits {
    words: &[
        "Decrypt",
        "Encrypt",
        "GenerateDataKey",
        "GenerateDataKeyWithoutPlaintext",
        "ReEncryptFrom",
        "ReEncryptTo",
        "Sign",
        "Verify",
        "GetPublicKey",
        "CreateGrant",
        "RetireGrant",
        "DescribeKey",
        "GenerateDataKeyPair",
        "GenerateDataKeyPairWithoutPlaintext",
        "GenerateMac",
        "VerifyMac",
        "DeriveSharedSecret",
        "Encapsulate",
        "Decapsulate",
    ],
    ..Limits::NONE
};

pub(crate) static GRANT_OPERATION_LIST: Limits = Limits { item: Some(&GRANT_OPERATION), ..Limits::NONE };

pub(crate) static GRANT_TOKEN_LIST: Limits =
    Limits { min: Some(0), max: Some(10), item: Some(&GRANT_TOKEN_TYPE), ..Limits::NONE };

pub(crate) static GRANT_TOKEN_TYPE: Limits = Limits { min: Some(1), max: Some(8192), ..Limits::NONE };

pub(crate) static IMPORT_STATE: Limits = Limits { words: &["IMPORTED", "PENDING_IMPORT"], ..Limits::NONE };

pub(crate) static IMPORT_TYPE: Limits =
    Limits { words: &["NEW_KEY_MATERIAL", "EXISTING_KEY_MATERIAL"], ..Limits::NONE };

pub(crate) static INCLUDE_KEY_MATERIAL: Limits =
    Limits { words: &["ALL_KEY_MATERIAL", "ROTATIONS_ONLY"], ..Limits::NONE };

pub(crate) static KEY_AGREEMENT_ALGORITHM_SPEC: Limits = Limits { words: &["ECDH"], ..Limits::NONE };

pub(crate) static KEY_AGREEMENT_ALGORITHM_SPEC_LIST: Limits =
    Limits { item: Some(&KEY_AGREEMENT_ALGORITHM_SPEC), ..Limits::NONE };

pub(crate) static KEY_ENCRYPTION_MECHANISM: Limits =
    Limits { words: &["RSAES_OAEP_SHA_256"], ..Limits::NONE };

pub(crate) static KEY_ID_TYPE: Limits = Limits { min: Some(1), max: Some(2048), ..Limits::NONE };

pub(crate) static KEY_LAST_USAGE_TRACKING_OPERATION: Limits = Limits {
    words: &[
        "Decrypt",
        "DeriveSharedSecret",
        "Encrypt",
        "GenerateDataKey",
        "GenerateDataKeyPair",
        "GenerateDataKeyPairWithoutPlaintext",
        "GenerateDataKeyWithoutPlaintext",
        "GenerateMac",
        "ReEncrypt",
        "Sign",
        "Verify",
        "VerifyMac",
        "Encapsulate",
        "Decapsulate",
    ],
    ..Limits::NONE
};

pub(crate) static KEY_MANAGER_TYPE: Limits = Limits { words: &["AWS", "CUSTOMER"], ..Limits::NONE };

pub(crate) static KEY_MATERIAL_DESCRIPTION_TYPE: Limits =
    Limits { min: Some(0), max: Some(256), pattern: "^[a-zA-Z0-9:/_\\s.-]+$", ..Limits::NONE };

pub(crate) static KEY_MATERIAL_STATE: Limits = Limits {
    words: &["NON_CURRENT", "CURRENT", "PENDING_ROTATION", "PENDING_MULTI_REGION_IMPORT_AND_ROTATION"],
    ..Limits::NONE
};

pub(crate) static KEY_SPEC: Limits = Limits {
    words: &[
        "RSA_2048",
        "RSA_3072",
        "RSA_4096",
        "ECC_NIST_P256",
        "ECC_NIST_P384",
        "ECC_NIST_P521",
        "ECC_SECG_P256K1",
        "SYMMETRIC_DEFAULT",
        "HMAC_224",
        "HMAC_256",
        "HMAC_384",
        "HMAC_512",
        "SM2",
        "ML_DSA_44",
        "ML_DSA_65",
        "ML_DSA_87",
        "ECC_NIST_EDWARDS25519",
        "ML_KEM_512",
        "ML_KEM_768",
        "ML_KEM_1024",
    ],
    ..Limits::NONE
};

pub(crate) static KEY_STATE: Limits = Limits {
    words: &[
        "Creating",
        "Enabled",
        "Disabled",
        "PendingDeletion",
        "PendingImport",
        "PendingReplicaDeletion",
        "Unavailable",
        "Updating",
    ],
    ..Limits::NONE
};

pub(crate) static KEY_STORE_PASSWORD_TYPE: Limits = Limits { min: Some(7), max: Some(32), ..Limits::NONE };

pub(crate) static KEY_USAGE_TYPE: Limits = Limits {
    words: &[
        "SIGN_VERIFY",
        "ENCRYPT_DECRYPT",
        "GENERATE_VERIFY_MAC",
        "KEY_AGREEMENT",
        "ENCAPSULATE_DECAPSULATE",
    ],
    ..Limits::NONE
};

pub(crate) static LIMIT_TYPE: Limits = Limits { min: Some(1), max: Some(1000), ..Limits::NONE };

pub(crate) static MAC_ALGORITHM_SPEC: Limits =
    Limits { words: &["HMAC_SHA_224", "HMAC_SHA_256", "HMAC_SHA_384", "HMAC_SHA_512"], ..Limits::NONE };

pub(crate) static MAC_ALGORITHM_SPEC_LIST: Limits =
    Limits { item: Some(&MAC_ALGORITHM_SPEC), ..Limits::NONE };

pub(crate) static MARKER_TYPE: Limits =
    Limits { min: Some(1), max: Some(1024), pattern: "[\\u0020-\\u00FF]*", ..Limits::NONE };

pub(crate) static MESSAGE_TYPE: Limits = Limits { words: &["RAW", "DIGEST", "EXTERNAL_MU"], ..Limits::NONE };

pub(crate) static MULTI_REGION_KEY_TYPE: Limits = Limits { words: &["PRIMARY", "REPLICA"], ..Limits::NONE };

pub(crate) static NUMBER_OF_BYTES_TYPE: Limits = Limits { min: Some(1), max: Some(1024), ..Limits::NONE };

pub(crate) static ORIGIN_TYPE: Limits =
    Limits { words: &["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"], ..Limits::NONE };

pub(crate) static PENDING_WINDOW_IN_DAYS_TYPE: Limits =
    Limits { min: Some(1), max: Some(365), ..Limits::NONE };

pub(crate) static PLAINTEXT_TYPE: Limits = Limits { min: Some(1), max: Some(4096), ..Limits::NONE };

pub(crate) static POLICY_NAME_LIST: Limits = Limits { item: Some(&POLICY_NAME_TYPE), ..Limits::NONE };

pub(crate) static POLICY_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\w]+", ..Limits::NONE };

pub(crate) static POLICY_TYPE: Limits = Limits {
    min: Some(1),
    max: Some(131072),
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    ..Limits::NONE
};

pub(crate) static PRINCIPAL_ID_TYPE: Limits =
    Limits { min: Some(1), max: Some(256), pattern: "^[\\w+=,.@:/-]+$", ..Limits::NONE };

pub(crate) static PUBLIC_KEY_TYPE: Limits = Limits { min: Some(1), max: Some(8192), ..Limits::NONE };

pub(crate) static REGION_TYPE: Limits =
    Limits { min: Some(1), max: Some(32), pattern: "^([a-z]+-){2,3}\\d+$", ..Limits::NONE };

pub(crate) static RESOURCE_OWNERS_LIST: Limits =
    Limits { min: Some(1), max: Some(2), item: Some(&RESOURCE_OWNER_TYPE), ..Limits::NONE };

pub(crate) static RESOURCE_OWNER_TYPE: Limits =
    Limits { words: &["SELF", "OTHER_ACCOUNTS_VIA_RAM"], ..Limits::NONE };

pub(crate) static ROTATION_PERIOD_IN_DAYS_TYPE: Limits =
    Limits { min: Some(90), max: Some(2560), ..Limits::NONE };

pub(crate) static ROTATION_TYPE: Limits = Limits { words: &["AUTOMATIC", "ON_DEMAND"], ..Limits::NONE };

pub(crate) static SERVICE_PRINCIPAL_TYPE: Limits = Limits {
    min: Some(1),
    max: Some(128),
    pattern: "^([A-Za-z0-9\\-]+)\\.([A-Za-z0-9\\-]+)(\\.[A-Za-z0-9\\-]+)+$",
    ..Limits::NONE
};

pub(crate) static SIGNING_ALGORITHM_SPEC: Limits = Limits {
    words: &[
        "RSASSA_PSS_SHA_256",
        "RSASSA_PSS_SHA_384",
        "RSASSA_PSS_SHA_512",
        "RSASSA_PKCS1_V1_5_SHA_256",
        "RSASSA_PKCS1_V1_5_SHA_384",
        "RSASSA_PKCS1_V1_5_SHA_512",
        "ECDSA_SHA_256",
        "ECDSA_SHA_384",
        "ECDSA_SHA_512",
        "SM2DSA",
        "ML_DSA_SHAKE_256",
        "ED25519_SHA_512",
        "ED25519_PH_SHA_512",
    ],
    ..Limits::NONE
};

pub(crate) static SIGNING_ALGORITHM_SPEC_LIST: Limits =
    Limits { item: Some(&SIGNING_ALGORITHM_SPEC), ..Limits::NONE };

pub(crate) static TAG_KEY_LIST: Limits = Limits { item: Some(&TAG_KEY_TYPE), ..Limits::NONE };

pub(crate) static TAG_KEY_TYPE: Limits = Limits { min: Some(1), max: Some(128), ..Limits::NONE };

pub(crate) static TAG_VALUE_TYPE: Limits = Limits { min: Some(0), max: Some(256), ..Limits::NONE };

pub(crate) static TRUST_ANCHOR_CERTIFICATE_TYPE: Limits =
    Limits { min: Some(1), max: Some(5000), ..Limits::NONE };

pub(crate) static WRAPPING_KEY_SPEC: Limits =
    Limits { words: &["RSA_2048", "RSA_3072", "RSA_4096", "SM2"], ..Limits::NONE };

pub(crate) static XKS_KEY_ID_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "^[a-zA-Z0-9-_.]+$", ..Limits::NONE };

pub(crate) static XKS_PROXY_AUTHENTICATION_ACCESS_KEY_ID_TYPE: Limits =
    Limits { min: Some(20), max: Some(30), pattern: "^[A-Z2-7]+$", ..Limits::NONE };

pub(crate) static XKS_PROXY_AUTHENTICATION_RAW_SECRET_ACCESS_KEY_TYPE: Limits =
    Limits { min: Some(43), max: Some(64), pattern: "^[a-zA-Z0-9\\/+=]+$", ..Limits::NONE };

pub(crate) static XKS_PROXY_CONNECTIVITY_TYPE: Limits =
    Limits { words: &["PUBLIC_ENDPOINT", "VPC_ENDPOINT_SERVICE"], ..Limits::NONE };

pub(crate) static XKS_PROXY_URI_ENDPOINT_TYPE: Limits =
    Limits { min: Some(10), max: Some(128), pattern: "^https://[a-zA-Z0-9.-]+$", ..Limits::NONE };

pub(crate) static XKS_PROXY_URI_PATH_TYPE: Limits = Limits {
    min: Some(10),
    max: Some(128),
    pattern: "^(/[a-zA-Z0-9\\/_-]+/kms/xks/v\\d{1,2})$|^(/kms/xks/v\\d{1,2})$",
    ..Limits::NONE
};

pub(crate) static XKS_PROXY_VPC_ENDPOINT_SERVICE_NAME_TYPE: Limits = Limits {
    min: Some(20),
    max: Some(64),
    pattern: "^(com|eu)\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+$",
    ..Limits::NONE
};
