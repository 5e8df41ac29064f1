//! One operation, one file.

pub mod get_caller_identity;
