//! The AWS protocols: how a request becomes an input, and an output or a fault becomes an answer.

mod cbor;
mod http;
mod json;
mod query;
mod rest;

use ::http::request::Parts;

use crate::body::{Request, Response};
use crate::fault::Fault;
use crate::operation::{Meta, OperationRow, ServiceMeta};
use crate::reject::{Reason, Reject};
use crate::route::Lost;
use crate::shape::Shape;

pub use cbor::RpcV2Cbor;
pub use json::AwsJson;
pub use query::AwsQuery;
pub use rest::Rest;

/// `awsJson1.0`.
pub static AWS_JSON_1_0: AwsJson = AwsJson::V1_0;
/// `awsJson1.1`.
pub static AWS_JSON_1_1: AwsJson = AwsJson::V1_1;
/// `awsQuery`.
pub static AWS_QUERY: AwsQuery = AwsQuery::Aws;
/// `ec2Query`.
pub static EC2_QUERY: AwsQuery = AwsQuery::Ec2;
/// `restXml`.
pub static REST_XML: Rest = Rest::Xml;
/// `restJson1`.
pub static REST_JSON: Rest = Rest::Json;
/// `rpcv2Cbor`.
pub static RPC_V2_CBOR: RpcV2Cbor = RpcV2Cbor;

/// One protocol. Chosen per request; handlers never learn which.
pub trait Protocol: Send + Sync {
    /// Its name in Smithy.
    fn name(&self) -> &'static str;

    /// Whether a request is in this protocol, as far as the head tells.
    fn claims(&self, head: &Parts) -> bool;

    /// The operation that a request asks for. `awsQuery` and `ec2Query` look into the body, so it must have been
    /// collected; the others need the head alone.
    fn find(&self, service: &'static ServiceMeta, request: &Request) -> Result<&'static OperationRow, Lost>;

    /// Fills the input. The body must have been collected, unless the operation takes a stream; a stream is
    /// taken out of the request.
    fn decode(&self, meta: &Meta, request: &mut Request, into: &mut dyn Shape) -> Result<(), Reject>;

    /// Writes a success. A stream is taken out of the output.
    fn encode(&self, meta: &Meta, output: &dyn Shape, reply: &ReplyContext<'_>) -> Response;

    /// Writes a failure. `meta` is absent when no operation was found.
    fn refuse(&self, meta: Option<&Meta>, fault: &Fault, reply: &ReplyContext<'_>) -> Response;

    /// The usual code, status and wording for a request that could not be decoded. Services that word it
    /// otherwise look at the [`Reject`] themselves.
    fn fault(&self, reject: &Reject) -> Fault;

    /// The usual code, status and wording for a request whose operation was not found.
    fn lost(&self, lost: &Lost) -> Fault;
}

/// What an answer says beside output or fault.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReplyContext<'a> {
    /// The request's id.
    pub request_id: &'a str,
    /// S3's second id (`x-amz-id-2`); empty without one.
    pub host_id: &'a str,
    /// The service, for failures before an operation was found.
    pub service: Option<&'static ServiceMeta>,
    /// The request was a HEAD: failures carry no body.
    pub head: bool,
}

impl ReplyContext<'_> {
    fn service_of(&self, meta: Option<&Meta>) -> Option<&'static ServiceMeta> {
        meta.map(|meta| meta.service).or(self.service)
    }
}

/// The wording that all protocols share: a member that is known and not listed.
fn not_implemented(name: &str) -> Fault {
    Fault::coded("NotImplemented", 501, format!("{name} is not implemented."))
}

/// The refusal of an operation that the model has and we do not list.
#[must_use]
pub fn unlisted_operation(row: &OperationRow) -> Fault {
    not_implemented(row.name)
}

/// What a reject says when no protocol has a better wording.
fn plain(reject: &Reject, malformed: &'static str, missing: &'static str) -> Fault {
    match reject.reason() {
        Reason::Unlisted { name, .. } => not_implemented(name),
        Reason::Missing(names) => Fault::coded(
            missing,
            400,
            format!("The request must contain the parameter {}.", names.first().map_or("", String::as_str)),
        ),
        _ => Fault::coded(malformed, 400, reject.to_string()),
    }
}
