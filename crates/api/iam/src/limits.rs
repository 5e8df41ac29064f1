//! What the model allows values to be.
// Written by `cargo xtask codegen` from models/: change those.

use wire::Limits;

pub(crate) static ACCESS_ADVISOR_USAGE_GRANULARITY_TYPE: Limits =
    Limits { words: &["SERVICE_LEVEL", "ACTION_LEVEL"], ..Limits::NONE };

pub(crate) static ACCESS_KEY_ID_TYPE: Limits =
    Limits { min: Some(16), max: Some(128), pattern: "[\\w]+", ..Limits::NONE };

pub(crate) static ACCOUNT_ALIAS_LIST_TYPE: Limits =
    Limits { item: Some(&ACCOUNT_ALIAS_TYPE), ..Limits::NONE };

pub(crate) static ACCOUNT_ALIAS_TYPE: Limits = Limits {
    min: Some(3),
    max: Some(63),
    pattern: "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$",
    ..Limits::NONE
};

pub(crate) static ACTION_NAME_LIST_TYPE: Limits = Limits { item: Some(&ACTION_NAME_TYPE), ..Limits::NONE };

pub(crate) static ACTION_NAME_TYPE: Limits = Limits { min: Some(3), max: Some(128), ..Limits::NONE };

pub(crate) static ARN_LIST_TYPE: Limits = Limits { item: Some(&ARN_TYPE), ..Limits::NONE };

pub(crate) static ARN_TYPE: Limits = Limits { min: Some(20), max: Some(2048), ..Limits::NONE };

pub(crate) static ASSERTION_ENCRYPTION_MODE_TYPE: Limits =
    Limits { words: &["Required", "Allowed"], ..Limits::NONE };

pub(crate) static ASSIGNMENT_STATUS_TYPE: Limits =
    Limits { words: &["Assigned", "Unassigned", "Any"], ..Limits::NONE };

pub(crate) static ATTACHMENT_NAME: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\w+=,.@-]+", ..Limits::NONE };

pub(crate) static ATTACHMENT_TYPE: Limits = Limits { words: &["user", "group", "role"], ..Limits::NONE };

pub(crate) static AUTHENTICATION_CODE_TYPE: Limits =
    Limits { min: Some(6), max: Some(6), pattern: "[\\d]+", ..Limits::NONE };

pub(crate) static CERTIFICATE_BODY_TYPE: Limits = Limits {
    min: Some(1),
    max: Some(16384),
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    ..Limits::NONE
};

pub(crate) static CERTIFICATE_CHAIN_TYPE: Limits = Limits {
    min: Some(1),
    max: Some(2097152),
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    ..Limits::NONE
};

pub(crate) static CERTIFICATE_ID_TYPE: Limits =
    Limits { min: Some(24), max: Some(128), pattern: "[\\w]+", ..Limits::NONE };

pub(crate) static CERTIFICATION_KEY_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\u0020-\\u00FF]+", ..Limits::NONE };

pub(crate) static CERTIFICATION_MAP_TYPE: Limits =
    Limits { item: Some(&CERTIFICATION_VALUE_TYPE), key: Some(&CERTIFICATION_KEY_TYPE), ..Limits::NONE };

pub(crate) static CERTIFICATION_VALUE_TYPE: Limits =
    Limits { min: Some(1), max: Some(32), pattern: "[\\u0020-\\u00FF]+", ..Limits::NONE };

pub(crate) static CLIENT_ID_LIST_TYPE: Limits = Limits { item: Some(&CLIENT_ID_TYPE), ..Limits::NONE };

pub(crate) static CLIENT_ID_TYPE: Limits = Limits { min: Some(1), max: Some(255), ..Limits::NONE };

pub(crate) static CONTEXT_KEY_NAMES_RESULT_LIST_TYPE: Limits =
    Limits { item: Some(&CONTEXT_KEY_NAME_TYPE), ..Limits::NONE };

pub(crate) static CONTEXT_KEY_NAME_TYPE: Limits = Limits { min: Some(5), max: Some(256), ..Limits::NONE };

pub(crate) static CONTEXT_KEY_TYPE_ENUM: Limits = Limits {
    words: &[
        "string",
        "stringList",
        "numeric",
        "numericList",
        "boolean",
        "booleanList",
        "ip",
        "ipList",
        "binary",
        "binaryList",
        "date",
        "dateList",
    ],
    ..Limits::NONE
};

pub(crate) static CREDENTIAL_AGE_DAYS: Limits = Limits { min: Some(1), max: Some(36600), ..Limits::NONE };

pub(crate) static CUSTOM_SUFFIX_TYPE: Limits =
    Limits { min: Some(1), max: Some(64), pattern: "[\\w+=,.@-]+", ..Limits::NONE };

pub(crate) static DELETION_TASK_ID_TYPE: Limits = Limits { min: Some(1), max: Some(1000), ..Limits::NONE };

pub(crate) static DELETION_TASK_STATUS_TYPE: Limits =
    Limits { words: &["SUCCEEDED", "IN_PROGRESS", "FAILED", "NOT_STARTED"], ..Limits::NONE };

pub(crate) static ENCODING_TYPE: Limits = Limits { words: &["SSH", "PEM"], ..Limits::NONE };

pub(crate) static ENTITY_LIST_TYPE: Limits = Limits { item: Some(&ENTITY_TYPE), ..Limits::NONE };

pub(crate) static ENTITY_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\w+=,.@-]+", ..Limits::NONE };

pub(crate) static ENTITY_TYPE: Limits =
    Limits { words: &["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"], ..Limits::NONE };

pub(crate) static EVAL_DECISION_DETAILS_TYPE: Limits = Limits {
    item: Some(&POLICY_EVALUATION_DECISION_TYPE),
    key: Some(&EVAL_DECISION_SOURCE_TYPE),
    ..Limits::NONE
};

pub(crate) static EVAL_DECISION_SOURCE_TYPE: Limits = Limits { min: Some(3), max: Some(256), ..Limits::NONE };

pub(crate) static EXISTING_USER_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\w+=,.@-]+", ..Limits::NONE };

pub(crate) static FEATURES_LIST_TYPE: Limits = Limits { item: Some(&FEATURE_TYPE), ..Limits::NONE };

pub(crate) static FEATURE_TYPE: Limits =
    Limits { words: &["RootCredentialsManagement", "RootSessions"], ..Limits::NONE };

pub(crate) static GLOBAL_ENDPOINT_TOKEN_VERSION: Limits =
    Limits { words: &["v1Token", "v2Token"], ..Limits::NONE };

pub(crate) static GROUP_NAME_LIST_TYPE: Limits = Limits { item: Some(&GROUP_NAME_TYPE), ..Limits::NONE };

pub(crate) static GROUP_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\w+=,.@-]+", ..Limits::NONE };

pub(crate) static ID_TYPE: Limits =
    Limits { min: Some(16), max: Some(128), pattern: "[\\w]+", ..Limits::NONE };

pub(crate) static INSTANCE_PROFILE_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\w+=,.@-]+", ..Limits::NONE };

pub(crate) static JOB_ID_TYPE: Limits = Limits { min: Some(36), max: Some(36), ..Limits::NONE };

pub(crate) static JOB_STATUS_TYPE: Limits =
    Limits { words: &["IN_PROGRESS", "COMPLETED", "FAILED"], ..Limits::NONE };

pub(crate) static MARKER_TYPE: Limits =
    Limits { min: Some(1), max: Some(320), pattern: "[\\u0020-\\u00FF]+", ..Limits::NONE };

pub(crate) static MAX_ITEMS_TYPE: Limits = Limits { min: Some(1), max: Some(1000), ..Limits::NONE };

pub(crate) static MAX_PASSWORD_AGE_TYPE: Limits = Limits { min: Some(1), max: Some(1095), ..Limits::NONE };

pub(crate) static MINIMUM_PASSWORD_LENGTH_TYPE: Limits =
    Limits { min: Some(6), max: Some(128), ..Limits::NONE };

pub(crate) static OPEN_ID_CONNECT_PROVIDER_URL_TYPE: Limits =
    Limits { min: Some(1), max: Some(255), ..Limits::NONE };

pub(crate) static ORGANIZATION_ID_TYPE: Limits =
    Limits { max: Some(34), pattern: "^o-[a-z0-9]{10,32}$", ..Limits::NONE };

pub(crate) static ORGANIZATION_POLICY_LIST_TYPE: Limits = Limits { max: Some(7), ..Limits::NONE };

pub(crate) static PASSWORD_REUSE_PREVENTION_TYPE: Limits =
    Limits { min: Some(1), max: Some(24), ..Limits::NONE };

pub(crate) static PASSWORD_TYPE: Limits = Limits {
    min: Some(1),
    max: Some(128),
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    ..Limits::NONE
};

pub(crate) static PATH_PREFIX_TYPE: Limits =
    Limits { min: Some(1), max: Some(512), pattern: "\\u002F[\\u0021-\\u007F]*", ..Limits::NONE };

pub(crate) static PATH_TYPE: Limits = Limits {
    min: Some(1),
    max: Some(512),
    pattern: "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)",
    ..Limits::NONE
};

pub(crate) static PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE: Limits =
    Limits { words: &["PermissionsBoundaryPolicy"], ..Limits::NONE };

pub(crate) static POLICY_DESCRIPTION_TYPE: Limits = Limits { max: Some(1000), ..Limits::NONE };

pub(crate) static POLICY_DOCUMENT_TYPE: Limits = Limits {
    min: Some(1),
    max: Some(131072),
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    ..Limits::NONE
};

pub(crate) static POLICY_EVALUATION_DECISION_TYPE: Limits =
    Limits { words: &["allowed", "explicitDeny", "implicitDeny"], ..Limits::NONE };

pub(crate) static POLICY_EXCLUSIONS_LIST_TYPE: Limits = Limits { max: Some(256), ..Limits::NONE };

pub(crate) static POLICY_IDENTIFIER_POLICY_TYPE: Limits = Limits {
    words: &["inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp"],
    ..Limits::NONE
};

pub(crate) static POLICY_NAME_LIST_TYPE: Limits = Limits { item: Some(&POLICY_NAME_TYPE), ..Limits::NONE };

pub(crate) static POLICY_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\w+=,.@-]+", ..Limits::NONE };

pub(crate) static POLICY_OWNER_ENTITY_TYPE: Limits =
    Limits { words: &["USER", "ROLE", "GROUP"], ..Limits::NONE };

pub(crate) static POLICY_PATH_TYPE: Limits =
    Limits { min: Some(1), max: Some(512), pattern: "((/[A-Za-z0-9\\.,\\+@=_-]+)*)/", ..Limits::NONE };

pub(crate) static POLICY_SCOPE_TYPE: Limits = Limits { words: &["All", "AWS", "Local"], ..Limits::NONE };

pub(crate) static POLICY_SOURCE_TYPE: Limits = Limits {
    words: &["user", "group", "role", "aws-managed", "user-managed", "resource", "none"],
    ..Limits::NONE
};

pub(crate) static POLICY_TYPE: Limits = Limits { words: &["INLINE", "MANAGED"], ..Limits::NONE };

pub(crate) static POLICY_USAGE_TYPE: Limits =
    Limits { words: &["PermissionsPolicy", "PermissionsBoundary"], ..Limits::NONE };

pub(crate) static POLICY_VERSION_ID_TYPE: Limits =
    Limits { pattern: "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?", ..Limits::NONE };

pub(crate) static PRIVATE_KEY_ID_TYPE: Limits =
    Limits { min: Some(22), max: Some(64), pattern: "[A-Z0-9]+", ..Limits::NONE };

pub(crate) static PRIVATE_KEY_LIST: Limits = Limits { max: Some(2), ..Limits::NONE };

pub(crate) static PRIVATE_KEY_TYPE: Limits = Limits {
    min: Some(1),
    max: Some(16384),
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    ..Limits::NONE
};

pub(crate) static PUBLIC_KEY_FINGERPRINT_TYPE: Limits =
    Limits { min: Some(48), max: Some(48), pattern: "[:\\w]+", ..Limits::NONE };

pub(crate) static PUBLIC_KEY_ID_TYPE: Limits =
    Limits { min: Some(20), max: Some(128), pattern: "[\\w]+", ..Limits::NONE };

pub(crate) static PUBLIC_KEY_MATERIAL_TYPE: Limits = Limits {
    min: Some(1),
    max: Some(16384),
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    ..Limits::NONE
};

pub(crate) static REASON_TYPE: Limits = Limits { max: Some(1000), ..Limits::NONE };

pub(crate) static REGION_NAME_TYPE: Limits = Limits { min: Some(1), max: Some(100), ..Limits::NONE };

pub(crate) static REPORT_FORMAT_TYPE: Limits = Limits { words: &["text/csv"], ..Limits::NONE };

pub(crate) static REPORT_STATE_TYPE: Limits =
    Limits { words: &["STARTED", "INPROGRESS", "COMPLETE"], ..Limits::NONE };

pub(crate) static RESOURCE_HANDLING_OPTION_TYPE: Limits =
    Limits { min: Some(1), max: Some(64), ..Limits::NONE };

pub(crate) static RESOURCE_NAME_LIST_TYPE: Limits =
    Limits { item: Some(&RESOURCE_NAME_TYPE), ..Limits::NONE };

pub(crate) static RESOURCE_NAME_TYPE: Limits = Limits { min: Some(1), max: Some(2048), ..Limits::NONE };

pub(crate) static ROLE_DESCRIPTION_TYPE: Limits = Limits {
    max: Some(1000),
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*",
    ..Limits::NONE
};

pub(crate) static ROLE_MAX_SESSION_DURATION_TYPE: Limits =
    Limits { min: Some(3600), max: Some(43200), ..Limits::NONE };

pub(crate) static ROLE_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(64), pattern: "[\\w+=,.@-]+", ..Limits::NONE };

pub(crate) static SAML_METADATA_DOCUMENT_TYPE: Limits =
    Limits { min: Some(1000), max: Some(10000000), ..Limits::NONE };

pub(crate) static SAML_PROVIDER_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\w._-]+", ..Limits::NONE };

pub(crate) static SERIAL_NUMBER_TYPE: Limits =
    Limits { min: Some(9), max: Some(256), pattern: "[\\w+=/:,.@-]+", ..Limits::NONE };

pub(crate) static SERVER_CERTIFICATE_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\w+=,.@-]+", ..Limits::NONE };

pub(crate) static SERVICE_CREDENTIAL_ALIAS: Limits =
    Limits { min: Some(0), max: Some(200), pattern: "[\\w+=,.@-]+", ..Limits::NONE };

pub(crate) static SERVICE_NAMESPACE_LIST_TYPE: Limits =
    Limits { min: Some(1), max: Some(200), item: Some(&SERVICE_NAMESPACE_TYPE), ..Limits::NONE };

pub(crate) static SERVICE_NAMESPACE_TYPE: Limits =
    Limits { min: Some(1), max: Some(64), pattern: "[\\w-]*", ..Limits::NONE };

pub(crate) static SERVICE_SPECIFIC_CREDENTIAL_ID: Limits =
    Limits { min: Some(20), max: Some(128), pattern: "[\\w]+", ..Limits::NONE };

pub(crate) static SERVICE_USER_NAME: Limits =
    Limits { min: Some(0), max: Some(200), pattern: "[\\w+=,.@-]*", ..Limits::NONE };

pub(crate) static SIMULATION_POLICY_LIST_TYPE: Limits =
    Limits { item: Some(&POLICY_DOCUMENT_TYPE), ..Limits::NONE };

pub(crate) static STATUS_TYPE: Limits = Limits { words: &["Active", "Inactive", "Expired"], ..Limits::NONE };

pub(crate) static SUMMARY_KEY_TYPE: Limits = Limits {
    words: &[
        "Users",
        "UsersQuota",
        "Groups",
        "GroupsQuota",
        "ServerCertificates",
        "ServerCertificatesQuota",
        "UserPolicySizeQuota",
        "GroupPolicySizeQuota",
        "GroupsPerUserQuota",
        "SigningCertificatesPerUserQuota",
        "AccessKeysPerUserQuota",
        "MFADevices",
        "MFADevicesInUse",
        "AccountMFAEnabled",
        "AccountAccessKeysPresent",
        "AccountPasswordPresent",
        "AccountSigningCertificatesPresent",
        "AttachedPoliciesPerGroupQuota",
        "AttachedPoliciesPerRoleQuota",
        "AttachedPoliciesPerUserQuota",
        "Policies",
        "PoliciesQuota",
        "PolicySizeQuota",
        "PolicyVersionsInUse",
        "PolicyVersionsInUseQuota",
        "VersionsPerPolicyQuota",
        "GlobalEndpointTokenVersion",
        "AssumeRolePolicySizeQuota",
        "InstanceProfiles",
        "InstanceProfilesQuota",
        "Providers",
        "RolePolicySizeQuota",
        "Roles",
        "RolesQuota",
    ],
    ..Limits::NONE
};

pub(crate) static SUMMARY_MAP_TYPE: Limits = Limits { key: Some(&SUMMARY_KEY_TYPE), ..Limits::NONE };

pub(crate) static TAG_KEY_LIST_TYPE: Limits =
    Limits { max: Some(50), item: Some(&TAG_KEY_TYPE), ..Limits::NONE };

pub(crate) static TAG_KEY_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+", ..Limits::NONE };

pub(crate) static TAG_LIST_TYPE: Limits = Limits { max: Some(50), ..Limits::NONE };

pub(crate) static TAG_VALUE_TYPE: Limits =
    Limits { min: Some(0), max: Some(256), pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", ..Limits::NONE };

pub(crate) static THUMBPRINT_LIST_TYPE: Limits = Limits { item: Some(&THUMBPRINT_TYPE), ..Limits::NONE };

pub(crate) static THUMBPRINT_TYPE: Limits = Limits { min: Some(40), max: Some(40), ..Limits::NONE };

pub(crate) static USER_NAME_TYPE: Limits =
    Limits { min: Some(1), max: Some(64), pattern: "[\\w+=,.@-]+", ..Limits::NONE };

pub(crate) static VIRTUAL_MFA_DEVICE_NAME: Limits =
    Limits { min: Some(1), pattern: "[\\w+=,.@-]+", ..Limits::NONE };
