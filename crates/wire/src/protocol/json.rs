//! `awsJson1.0` and `awsJson1.1`: the operation in `X-Amz-Target`, everything else in one JSON object.

use http::request::Parts;

use super::http::{add_fault_headers, add_query_error, answer, has_content_type};
use super::{Protocol, ReplyContext, plain};
use crate::body::{Request, Response};
use crate::fault::Fault;
use crate::json::{JsonReader, JsonWriter};
use crate::operation::{Meta, OperationRow, ServiceMeta};
use crate::reject::Reject;
use crate::route::{self, Lost};
use crate::shape::{Shape, missing};

/// `awsJson`, in its two versions, which differ in the content type only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwsJson {
    /// `application/x-amz-json-1.0`.
    V1_0,
    /// `application/x-amz-json-1.1`.
    V1_1,
}

impl AwsJson {
    fn content_type(self) -> &'static str {
        match self {
            AwsJson::V1_0 => "application/x-amz-json-1.0",
            AwsJson::V1_1 => "application/x-amz-json-1.1",
        }
    }
}

impl Protocol for AwsJson {
    fn name(&self) -> &'static str {
        match self {
            AwsJson::V1_0 => "awsJson1_0",
            AwsJson::V1_1 => "awsJson1_1",
        }
    }

    fn claims(&self, head: &Parts) -> bool {
        head.headers.contains_key(route::X_AMZ_TARGET) && has_content_type(&head.headers, self.content_type())
    }

    fn find(&self, service: &'static ServiceMeta, request: &Request) -> Result<&'static OperationRow, Lost> {
        route::by_target(service, &request.head)
    }

    fn decode(&self, _meta: &Meta, request: &mut Request, into: &mut dyn Shape) -> Result<(), Reject> {
        let body = request.bytes();
        let schema = into.schema();
        if body.is_empty() {
            return missing(schema, 0);
        }
        let mut reader = JsonReader::new(body)?;
        let seen = reader.members(into, true)?;
        reader.end()?;
        missing(schema, seen)
    }

    fn encode(&self, meta: &Meta, output: &dyn Shape, reply: &ReplyContext<'_>) -> Response {
        let body = if meta.output.name.is_empty() {
            Vec::new()
        } else {
            let mut writer = JsonWriter::new();
            writer.members(output, true);
            writer.finish()
        };
        answer(200, self.content_type(), body.into(), reply)
    }

    fn refuse(&self, meta: Option<&Meta>, fault: &Fault, reply: &ReplyContext<'_>) -> Response {
        let service = reply.service_of(meta);
        let mut response =
            answer(fault.status(), self.content_type(), document(service, fault).into(), reply);
        add_query_error(&mut response, service, fault);
        add_fault_headers(&mut response, fault);
        response
    }

    fn fault(&self, reject: &Reject) -> Fault {
        plain(reject, "SerializationException", "MissingParameter")
    }

    fn lost(&self, lost: &Lost) -> Fault {
        match lost {
            Lost::NoAction => {
                Fault::coded("MissingAction", 400, "The request must name an operation in X-Amz-Target.")
            }
            Lost::Unknown(name) => Fault::coded(
                "UnknownOperationException",
                400,
                format!("The operation {name:?} is not known."),
            ),
            Lost::NoRoute => Fault::coded("UnknownOperationException", 404, "The operation is not known."),
        }
    }
}

/// The document of a fault: `__type`, `message` and what the fault adds.
fn document(service: Option<&ServiceMeta>, fault: &Fault) -> Vec<u8> {
    let mut writer = JsonWriter::new();
    writer.open();
    match service.map_or("", |service| service.namespace) {
        "" => writer.pair("__type", fault.shape()),
        namespace => writer.pair("__type", &format!("{namespace}#{}", fault.shape())),
    }
    add_fault(&mut writer, fault, true);
    writer.close();
    writer.finish()
}

/// Message, structure and fields of a fault. With `all`, members for headers stand in the document too.
pub(super) fn add_fault(writer: &mut JsonWriter, fault: &Fault, all: bool) {
    if let Some(message) = fault.plain_message() {
        writer.pair("message", message);
    }
    if let Some(detail) = fault.detail() {
        writer.add(detail, all);
    }
    for (name, value) in fault.fields() {
        writer.pair(name, value);
    }
}
