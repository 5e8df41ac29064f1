//! What the model allows values to be.
// Written by `cargo xtask codegen` from models/: change those.

use wire::Limits;

pub(crate) static ACCESS_POINT_BUCKET_NAME: Limits = Limits { max: Some(255), ..Limits::NONE };

pub(crate) static ACCESS_POINT_NAME: Limits = Limits { min: Some(3), max: Some(255), ..Limits::NONE };

pub(crate) static ACCOUNT_ID: Limits = Limits { max: Some(64), pattern: "^\\d{12}$", ..Limits::NONE };

pub(crate) static ALIAS: Limits = Limits { max: Some(63), pattern: "^[0-9a-z\\\\-]{63}", ..Limits::NONE };

pub(crate) static BUCKET_NAME: Limits = Limits { min: Some(3), max: Some(255), ..Limits::NONE };

pub(crate) static ENDPOINTS: Limits = Limits {
    item: Some(&NON_EMPTY_MAX_LENGTH1024_STRING),
    key: Some(&NON_EMPTY_MAX_LENGTH64_STRING),
    ..Limits::NONE
};

pub(crate) static MAX_RESULTS: Limits = Limits { min: Some(0), max: Some(1000), ..Limits::NONE };

pub(crate) static NETWORK_ORIGIN: Limits = Limits { words: &["Internet", "VPC"], ..Limits::NONE };

pub(crate) static NON_EMPTY_MAX_LENGTH1024_STRING: Limits =
    Limits { min: Some(1), max: Some(1024), ..Limits::NONE };

pub(crate) static NON_EMPTY_MAX_LENGTH64_STRING: Limits =
    Limits { min: Some(1), max: Some(64), ..Limits::NONE };

pub(crate) static S3_ACCESS_POINT_ARN: Limits = Limits { min: Some(4), max: Some(128), ..Limits::NONE };

pub(crate) static S3_RESOURCE_ARN: Limits =
    Limits { max: Some(1011), pattern: "arn:[^:]+:s3(express)?:[^:].*", ..Limits::NONE };

pub(crate) static TAG_KEY_LIST: Limits =
    Limits { min: Some(0), max: Some(50), item: Some(&TAG_KEY_STRING), ..Limits::NONE };

pub(crate) static TAG_KEY_STRING: Limits =
    Limits { min: Some(1), max: Some(128), pattern: "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$", ..Limits::NONE };

pub(crate) static TAG_LIST: Limits = Limits { min: Some(0), max: Some(50), ..Limits::NONE };

pub(crate) static TAG_VALUE_STRING: Limits =
    Limits { min: Some(0), max: Some(256), pattern: "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$", ..Limits::NONE };

pub(crate) static VPC_ID: Limits = Limits { min: Some(1), max: Some(1024), ..Limits::NONE };
