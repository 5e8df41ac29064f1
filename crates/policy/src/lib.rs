//! The policy language of AWS: parsing, matching, and the decision. Pure: no clock, no records, no network.
//!
//! - [`request`]: what a decision is asked about.
//! - [`decision`]: what comes out, and which statement decided.

pub mod decision;
mod interim;
pub mod request;

pub use decision::{Decision, Grant, StatementId};
pub use interim::Policy;
pub use request::{Context, Principal, Request, Values};
