//! The crate seen from outside.
#![allow(clippy::unwrap_used, reason = "a test's failure is a panic")]

mod botocore;
mod chunked;
mod common;
mod form;
mod properties;
mod refusals;
mod vectors;
mod version2;
