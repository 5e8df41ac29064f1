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
