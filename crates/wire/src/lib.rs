//! Schema-driven readers and writers of the AWS protocols. Knows no service.
//!
//! A generated structure is its fields, a static table of members ([`schema`]) and two small functions that
//! hand out field *i* ([`shape`]). There is one reader and one writer per format ([`format`]), never one per
//! structure. A protocol ([`protocol`]) combines them, and is chosen per request.

pub mod body;
pub mod cbor;
pub mod check;
pub mod fault;
pub mod form;
pub mod format;
pub mod json;
pub mod multipart;
pub mod operation;
pub mod pack;
pub mod protocol;
pub mod reject;
pub mod route;
pub mod schema;
pub mod shape;
pub mod stream;
pub mod text;
pub mod time;
pub mod value;
pub mod xml;

pub use body::{Body, Request, Response};
pub use check::{Broken, Violation, check};
pub use fault::{Answer, Fault};
pub use operation::{Checksum, ErrorMeta, Http, Meta, Operation, OperationRow, ServiceMeta};
pub use protocol::{Protocol, ReplyContext};
pub use reject::{Reason, Reject};
pub use schema::{Limits, Member, Schema};
pub use shape::{Empty, Field, Shape};
pub use stream::{Stream, StreamError, Trailers};
pub use time::Time;
pub use value::{Blob, Document, Map};
