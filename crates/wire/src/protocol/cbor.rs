//! `rpcv2Cbor`: the operation in the path, everything else in one CBOR map.

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::request::Parts;

use super::http::{add_fault_headers, add_query_error, answer};
use super::{Protocol, ReplyContext, plain};
use crate::body::{Request, Response};
use crate::cbor::{CborReader, CborWriter};
use crate::fault::Fault;
use crate::format::{Reader as _, Writer as _};
use crate::operation::{Meta, OperationRow, ServiceMeta};
use crate::reject::Reject;
use crate::route::{self, Lost};
use crate::shape::{Shape, missing};

const SMITHY_PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");
const NAME: &str = "rpc-v2-cbor";

/// `rpcv2Cbor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RpcV2Cbor;

fn frame(status: u16, body: Vec<u8>, reply: &ReplyContext<'_>) -> Response {
    let kind = if body.is_empty() { "" } else { "application/cbor" };
    let mut response = answer(status, kind, body.into(), reply);
    response.headers_mut().insert(SMITHY_PROTOCOL, HeaderValue::from_static(NAME));
    response
}

impl Protocol for RpcV2Cbor {
    fn name(&self) -> &'static str {
        "rpcv2Cbor"
    }

    fn claims(&self, head: &Parts) -> bool {
        head.headers.get(SMITHY_PROTOCOL).is_some_and(|value| value == NAME)
    }

    fn find(&self, service: &'static ServiceMeta, request: &Request) -> Result<&'static OperationRow, Lost> {
        route::by_rpc_path(service, &request.head)
    }

    fn decode(&self, _meta: &Meta, request: &mut Request, into: &mut dyn Shape) -> Result<(), Reject> {
        let body = request.bytes();
        if body.is_empty() {
            return missing(into.schema(), 0);
        }
        if request.head.headers.get(CONTENT_TYPE).is_some_and(|kind| kind != "application/cbor") {
            return Err(Reject::malformed("the content type is not application/cbor"));
        }
        let mut reader = CborReader::new(body);
        reader.shape(into)?;
        reader.end()
    }

    fn encode(&self, meta: &Meta, output: &dyn Shape, reply: &ReplyContext<'_>) -> Response {
        if meta.output.name.is_empty() {
            return frame(200, Vec::new(), reply);
        }
        let mut writer = CborWriter::new();
        writer.shape(output);
        frame(200, writer.finish(), reply)
    }

    fn refuse(&self, meta: Option<&Meta>, fault: &Fault, reply: &ReplyContext<'_>) -> Response {
        let service = reply.service_of(meta);
        let mut writer = CborWriter::new();
        let message = fault.plain_message();
        let detail = fault.detail();
        let members = detail.map_or(0, CborWriter::present);
        writer.open(1 + usize::from(message.is_some()) + members + fault.fields().count());
        writer.text("__type");
        match service.map_or("", |service| service.namespace) {
            "" => writer.text(fault.shape()),
            namespace => writer.text(&format!("{namespace}#{}", fault.shape())),
        }
        if let Some(message) = message {
            writer.text("message");
            writer.text(message);
        }
        if let Some(detail) = detail {
            writer.add(detail);
        }
        for (name, value) in fault.fields() {
            writer.text(name);
            writer.text(value);
        }
        let mut response = frame(fault.status(), writer.finish(), reply);
        add_query_error(&mut response, service, fault);
        add_fault_headers(&mut response, fault);
        response
    }

    fn fault(&self, reject: &Reject) -> Fault {
        plain(reject, "SerializationException", "MissingParameter")
    }

    fn lost(&self, lost: &Lost) -> Fault {
        Fault::coded("UnknownOperationException", 404, "The operation is not known.")
            .because(format_args!("{lost:?}"))
    }
}
