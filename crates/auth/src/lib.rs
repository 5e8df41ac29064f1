//! Who is calling: principals, and the proof that a request was signed by one (AWS Signature Version 4, and for S3 also
//! Version 2).
//!
//! - [`account`]: account ids and regions.
//! - [`identity`]: principals as they act in a request, and where access keys are found.
//! - [`verified`]: how an endpoint wants requests signed, and what is known of a signed one.
//! - [`verify`]: [`Verifier`], which checks a request's head.
//! - [`version2`]: what S3 still takes of the signature before.
//! - [`form`]: signed uploads from a browser's form.
//! - [`payload`], [`chunked`]: the checks of a body as it streams.
//! - [`error`], [`refusal`]: what can be wrong, and AWS's words for it.
//!
//! The algorithm is the one in AWS's "Signature Version 4 signing process" and, for what S3 does differently,
//! "Authenticating Requests (AWS Signature Version 4)" of the S3 API reference. Nothing here reads a clock, a file
//! or a socket; the access keys come through [`Identities`].

pub mod account;
mod canonical;
pub mod chunked;
mod claim;
mod date;
pub mod error;
pub mod form;
pub mod identity;
mod keys;
pub mod payload;
pub mod refusal;
mod trailer;
pub mod verified;
pub mod verify;
pub mod version2;
mod version4a;

pub use account::{AccountId, Region};
pub use canonical::host;
pub use error::AuthError;
pub use identity::{Credential, Identities, Identity, Kind, Session, SessionForm};
pub use refusal::{Dialect, Refusal};
pub use verified::{Form, Payload, Scheme, Seed, Verified};
pub use verify::Verifier;
