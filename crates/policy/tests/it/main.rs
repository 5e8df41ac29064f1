//! The crate seen from outside.
#![allow(clippy::unwrap_used, reason = "a test's failure is a panic")]

mod combine;
mod decisions;
mod documents;
mod hostile;
mod properties;
