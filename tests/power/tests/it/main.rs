//! The server on a disk that loses power, and on one that is full.

#![allow(clippy::unwrap_used, reason = "a test")]
#![allow(unreachable_pub, reason = "a test has no users")]

mod client;
mod full;
mod power_loss;
