//! Amazon Simple Notification Service: 42 of 42 operations are listed.
// Written by `cargo xtask codegen` from models/: change those.

#![allow(clippy::unreadable_literal, clippy::large_types_passed_by_value, reason = "generated")]

pub mod errors;
mod limits;
mod meta;
mod ops;
mod types;

pub use meta::SERVICE;
pub use ops::*;
pub use types::*;
