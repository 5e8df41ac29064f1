//! The policy language of AWS: parsing, matching, and the decision. Pure: no clock, no records, no network.
//!
//! - [`parse`]: from JSON to a compiled [`Policy`], with a reason for everything that is none.
//! - [`request`]: what a decision is asked about.
//! - [`evaluate`]: [`decide`] holds policies of one kind against a request; [`explain`] says why.
//! - [`combine`]: the answer that all kinds of policies come to, within one account and across accounts.
//!
//! Source: "IAM JSON policy reference" and "Policy evaluation logic" of the IAM user guide.

mod actions;
mod arn;
pub mod combine;
mod condition;
pub mod decision;
mod document;
pub mod evaluate;
pub mod parse;
mod pattern;
pub mod policy;
pub mod principal;
mod principals;
pub mod request;
mod value;

pub use combine::{Caller, Outcomes, Source, Verdict, combine};
pub use decision::{Decision, Grant, StatementId};
pub use evaluate::{Line, decide, explain};
pub use parse::{Fault, Malformed};
pub use policy::{Effect, Miss, Policy, Statement, Usage};
pub use principal::Name;
pub use principals::{principals, rename_principals};
pub use request::{Account, Context, Principal, Request, Values};
