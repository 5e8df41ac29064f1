//! What the model allows values to be.
// Written by `cargo xtask codegen` from models/: change those.

use wire::Limits;

pub(crate) static ACCESS_KEY_ID_TYPE: Limits =
    Limits { min: Some(16), max: Some(128), pattern: "[\\w]*", ..Limits::NONE };

pub(crate) static ARN_TYPE: Limits = Limits {
    min: Some(20),
    max: Some(2048),
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+",
    ..Limits::NONE
};

pub(crate) static ASSUMED_ROLE_ID_TYPE: Limits =
    Limits { min: Some(2), max: Some(193), pattern: "[\\w+=,.@:-]*", ..Limits::NONE };

pub(crate) static CLIENT_TOKEN_TYPE: Limits = Limits { min: Some(4), max: Some(20000), ..Limits::NONE };

pub(crate) static DURATION_SECONDS_TYPE: Limits =
    Limits { min: Some(900), max: Some(129600), ..Limits::NONE };

pub(crate) static ENCODED_MESSAGE_TYPE: Limits = Limits { min: Some(1), max: Some(10240), ..Limits::NONE };

pub(crate) static EXTERNAL_ID_TYPE: Limits =
    Limits { min: Some(2), max: Some(1224), pattern: "[\\w+=,.@:\\/-]*", ..Limits::NONE };

pub(crate) static FEDERATED_ID_TYPE: Limits =
    Limits { min: Some(2), max: Some(193), pattern: "[\\w+=,.@\\:-]*", ..Limits::NONE };

pub(crate) static JWT_ALGORITHM_TYPE: Limits = Limits { min: Some(5), max: Some(5), ..Limits::NONE };

pub(crate) static MINIMUM_SESSION_TOKEN_SIZE_TYPE: Limits =
    Limits { min: Some(0), max: Some(4096), ..Limits::NONE };

pub(crate) static NON_NEGATIVE_INTEGER_TYPE: Limits = Limits { min: Some(0), ..Limits::NONE };

pub(crate) static ROLE_DURATION_SECONDS_TYPE: Limits =
    Limits { min: Some(900), max: Some(43200), ..Limits::NONE };

pub(crate) static ROLE_SESSION_NAME_TYPE: Limits =
    Limits { min: Some(2), max: Some(64), pattern: "[\\w+=,.@-]*", ..Limits::NONE };

pub(crate) static ROOT_DURATION_SECONDS_TYPE: Limits =
    Limits { min: Some(0), max: Some(900), ..Limits::NONE };

pub(crate) static SAML_ASSERTION_TYPE: Limits = Limits { min: Some(4), max: Some(100000), ..Limits::NONE };

pub(crate) static SERIAL_NUMBER_TYPE: Limits =
    Limits { min: Some(9), max: Some(256), pattern: "[\\w+=/:,.@-]*", ..Limits::NONE };

pub(crate) static SESSION_POLICY_DOCUMENT_TYPE: Limits = Limits {
    min: Some(1),
    max: Some(2048),
    pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    ..Limits::NONE
};

pub(crate) static SESSION_TOKEN_SIZE_TYPE: Limits = Limits { min: Some(0), ..Limits::NONE };

pub(crate) static SESSION_TOKEN_UTILIZATION_TYPE: Limits = Limits { min: Some(0), ..Limits::NONE };

pub(crate) static SOURCE_IDENTITY_TYPE: Limits =
    Limits { min: Some(2), max: Some(64), pattern: "[\\w+=,.@-]*", ..Limits::NONE };

pub(crate) static TAG_KEY_LIST_TYPE: Limits =
    Limits { max: Some(50), item: Some(&TAG_KEY_TYPE), ..Limits::NONE };

pub(crate) static TAG_KEY_TYPE: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+", ..Limits::NONE };

pub(crate) static TAG_LIST_TYPE: Limits = Limits { max: Some(50), ..Limits::NONE };

pub(crate) static TAG_VALUE_TYPE: Limits =
    Limits { min: Some(0), max: Some(256), pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", ..Limits::NONE };

pub(crate) static TARGET_PRINCIPAL_TYPE: Limits = Limits { min: Some(12), max: Some(2048), ..Limits::NONE };

pub(crate) static TOKEN_CODE_TYPE: Limits =
    Limits { min: Some(6), max: Some(6), pattern: "[\\d]*", ..Limits::NONE };

pub(crate) static UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE: Limits =
    Limits { min: Some(1), pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", ..Limits::NONE };

pub(crate) static URL_TYPE: Limits = Limits { min: Some(4), max: Some(2048), ..Limits::NONE };

pub(crate) static USER_NAME_TYPE: Limits =
    Limits { min: Some(2), max: Some(32), pattern: "[\\w+=,.@-]*", ..Limits::NONE };

pub(crate) static WEB_IDENTITY_SUBJECT_TYPE: Limits = Limits { min: Some(6), max: Some(255), ..Limits::NONE };

pub(crate) static WEB_IDENTITY_TOKEN_AUDIENCE_LIST_TYPE: Limits = Limits {
    min: Some(1),
    max: Some(10),
    item: Some(&WEB_IDENTITY_TOKEN_AUDIENCE_STRING_TYPE),
    ..Limits::NONE
};

pub(crate) static WEB_IDENTITY_TOKEN_AUDIENCE_STRING_TYPE: Limits =
    Limits { min: Some(1), max: Some(1000), ..Limits::NONE };

pub(crate) static WEB_IDENTITY_TOKEN_DURATION_SECONDS_TYPE: Limits =
    Limits { min: Some(60), max: Some(3600), ..Limits::NONE };
