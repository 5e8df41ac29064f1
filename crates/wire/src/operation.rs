//! What the model says of services, operations and errors: data only, written by `cargo xtask codegen`.

use crate::protocol::Protocol;
use crate::schema::Schema;
use crate::shape::Shape;

/// A structure with nothing in it, behind a pointer.
#[must_use]
pub fn blank<S: Shape + Default + 'static>() -> Box<dyn Shape> {
    Box::<S>::default()
}

/// An operation: its types and its facts. Implemented by a unit structure of its name.
pub trait Operation: Send + Sync + 'static {
    /// Facts of the model.
    const META: &'static Meta;
    /// What the caller sends.
    type Input: Shape + Default;
    /// What the caller gets.
    type Output: Shape + Default;
}

/// Facts of a listed operation.
pub struct Meta {
    /// The service it belongs to.
    pub service: &'static ServiceMeta,
    /// The model's name.
    pub name: &'static str,
    /// Its place in HTTP.
    pub http: &'static Http,
    /// Table of the input.
    pub input: &'static Schema,
    /// Table of the output; without a name when the model has no output.
    pub output: &'static Schema,
    /// The errors the model names for it.
    pub errors: &'static [&'static ErrorMeta],
    /// Without streams: the input can be stored and sent on as bytes.
    pub whole: bool,
    /// The request's body is a stream: it is not collected before decoding.
    pub streaming_input: bool,
    /// The answer's body is a stream.
    pub streaming_output: bool,
    /// The rule on checksums of the request.
    pub checksum: Option<Checksum>,
    /// An input with nothing in it, for callers that know the operation by name only.
    pub new_input: fn() -> Box<dyn Shape>,
    /// An output with nothing in it.
    pub new_output: fn() -> Box<dyn Shape>,
}

/// The rule on checksums of a request (Smithy's `httpChecksum`).
#[derive(Debug, Clone, Copy)]
pub struct Checksum {
    /// A request without `Content-MD5` or an `x-amz-checksum-*` is refused.
    pub required: bool,
    /// The member that names the algorithm; empty without one.
    pub algorithm_member: &'static str,
    /// The member that asks for checksums in the answer; empty without one.
    pub validation_member: &'static str,
}

/// Where an operation stands in HTTP.
#[derive(Debug)]
pub struct Http {
    /// The method.
    pub method: &'static str,
    /// The pattern of the model, such as `/{Bucket}/{Key+}?tagging`.
    pub uri: &'static str,
    /// The path of the pattern, piece by piece.
    pub path: &'static [Segment],
    /// Literals of the query string: key and value, the value empty when any will do.
    pub literals: &'static [(&'static str, &'static str)],
    /// Keys of the query string that tell this operation from others of the same pattern.
    pub with_query: &'static [&'static str],
    /// Headers that tell this operation from others of the same pattern.
    pub with_header: &'static [&'static str],
    /// The status of a success.
    pub status: u16,
}

/// A piece of a path pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// This word.
    Word(&'static str),
    /// One segment, for the member of this name.
    Label(&'static str),
    /// One or more segments, slashes included, for the member of this name.
    Greedy(&'static str),
}

/// One operation of the model, listed or not.
#[derive(Debug)]
pub struct OperationRow {
    /// The model's name.
    pub name: &'static str,
    /// Its place in HTTP.
    pub http: &'static Http,
    /// Its facts, when it is listed.
    pub meta: Option<&'static Meta>,
}

/// An error of the model.
#[derive(Debug, PartialEq, Eq)]
pub struct ErrorMeta {
    /// The model's name: the `__type` of JSON.
    pub shape: &'static str,
    /// The code in XML and query answers.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The sender is to blame.
    pub sender: bool,
}

/// Facts of a service.
pub struct ServiceMeta {
    /// The short name: `s3`, `sqs`.
    pub id: &'static str,
    /// The name for people: `Amazon S3`.
    pub title: &'static str,
    /// The service of a credential's scope.
    pub signing_name: &'static str,
    /// First label of the endpoint's host name.
    pub endpoint_prefix: &'static str,
    /// `Version` of query requests.
    pub api_version: &'static str,
    /// What stands before the operation in `X-Amz-Target`, without the dot; empty without JSON.
    pub target_prefix: &'static str,
    /// What stands before an error's name in `__type`, without the `#`.
    pub namespace: &'static str,
    /// XML namespace of the answers.
    pub xml_namespace: &'static str,
    /// Query error codes travel in `x-amzn-query-error` (Smithy's `awsQueryCompatible`).
    pub query_compatible: bool,
    /// S3's own ways, which its control plane has too: milliseconds, `x-amz-request-id` and `x-amz-id-2`, signatures.
    pub s3: bool,
    /// S3 itself: paths are buckets and objects, and `<Error>` documents are bare.
    pub objects: bool,
    /// The protocols it speaks, the model's own first.
    pub protocols: &'static [&'static dyn Protocol],
    /// Every operation of the model, by name.
    pub operations: &'static [OperationRow],
    /// Keys without value in the query strings of the patterns, sorted: they name sub-resources.
    pub literals: &'static [&'static str],
    /// Positions in `operations`, most specific first: what REST requests are compared with.
    pub routes: &'static [u16],
}

impl ServiceMeta {
    /// The operation of this name.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<&'static OperationRow> {
        let found = self.operations.binary_search_by(|row| row.name.cmp(name)).ok()?;
        Some(&self.operations[found])
    }

    /// The first of the service's protocols that takes a request for its own.
    #[must_use]
    pub fn protocol(&self, head: &http::request::Parts) -> Option<&'static dyn Protocol> {
        self.protocols.iter().copied().find(|protocol| protocol.claims(head))
    }
}

impl std::fmt::Debug for Meta {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.service.id, self.name)
    }
}

impl std::fmt::Debug for ServiceMeta {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}
