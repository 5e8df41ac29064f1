//! What the tests of the wire share: structures made from a model while the test runs.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test uses a part of it")]

pub mod build;
pub mod client;
pub mod dynamic;
pub mod random;
pub mod tree;
