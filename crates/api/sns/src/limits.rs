//! What the model allows values to be.
// Written by `cargo xtask codegen` from models/: change those.

use wire::Limits;

pub(crate) static AMAZON_RESOURCE_NAME: Limits = Limits { min: Some(1), max: Some(1011), ..Limits::NONE };

pub(crate) static TAG_KEY: Limits = Limits { min: Some(1), max: Some(128), ..Limits::NONE };

pub(crate) static TAG_KEY_LIST: Limits = Limits { item: Some(&TAG_KEY), ..Limits::NONE };

pub(crate) static TAG_VALUE: Limits = Limits { min: Some(0), max: Some(256), ..Limits::NONE };
