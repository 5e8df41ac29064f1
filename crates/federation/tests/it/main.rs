//! Tokens and responses made with keys of the tests.

#![allow(clippy::unwrap_used, reason = "tests")]

mod common;
mod hostile;
mod jwt;
mod outbound;
mod properties;
mod saml;
mod vectors;
mod wrapping;
