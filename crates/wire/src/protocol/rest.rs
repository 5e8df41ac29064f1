//! `restXml` and `restJson1`: members in the path, the query string, headers and the body.

mod bind;
mod payload;

use http::header::HeaderName;
use http::request::Parts;

use super::http::{add_fault_headers, answer, put, s3_answer};
use super::json::add_fault;
use super::query::{aws_document, error};
use super::{Protocol, ReplyContext, not_implemented, plain};
use crate::body::{Body, Request, Response};
use crate::fault::Fault;
use crate::json::JsonWriter;
use crate::operation::{Meta, OperationRow, ServiceMeta};
use crate::reject::{Reason, Reject};
use crate::route::{self, Lost};
use crate::schema::At;
use crate::shape::{Shape, missing};
use crate::xml::XmlWriter;

/// The two REST protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// `restXml`.
    Xml,
    /// `restJson1`.
    Json,
}

const X_AMZN_ERRORTYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const XML_PROLOGUE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

impl Rest {
    fn content_type(self) -> &'static str {
        match self {
            Rest::Xml => "application/xml",
            Rest::Json => "application/json",
        }
    }
}

impl Protocol for Rest {
    fn name(&self) -> &'static str {
        match self {
            Rest::Xml => "restXml",
            Rest::Json => "restJson1",
        }
    }

    fn claims(&self, _head: &Parts) -> bool {
        true
    }

    fn find(&self, service: &'static ServiceMeta, request: &Request) -> Result<&'static OperationRow, Lost> {
        route::by_path(service, &request.head, request.bucket.as_deref())
    }

    fn decode(&self, meta: &Meta, request: &mut Request, into: &mut dyn Shape) -> Result<(), Reject> {
        let schema = into.schema();
        let mut seen = bind::labels(meta, request, into)?;
        seen |= bind::query(request, into)?;
        seen |= bind::headers(request, into)?;
        seen |= payload::decode(*self, request, into)?;
        let absent = schema.members.iter().enumerate().filter(|(i, _)| seen & (1 << i) == 0);
        for (_, member) in absent.filter(|(_, member)| member.required) {
            if let At::Header(name) | At::Query(name) = member.at {
                return Err(bind::bad_value(name, ""));
            }
        }
        missing(schema, seen)
    }

    fn encode(&self, meta: &Meta, output: &dyn Shape, reply: &ReplyContext<'_>) -> Response {
        let (body, content_type) = payload::encode(*self, meta, output);
        let frame = if meta.service.s3 { s3_answer } else { answer };
        let mut response = frame(meta.http.status, content_type, body, reply);
        bind::write_headers(output, &mut response);
        response
    }

    fn refuse(&self, meta: Option<&Meta>, fault: &Fault, reply: &ReplyContext<'_>) -> Response {
        let service = reply.service_of(meta);
        let bare = reply.head || matches!(fault.status(), 204 | 304);
        let s3 = service.is_some_and(|service| service.s3);
        let frame = if s3 { s3_answer } else { answer };
        let document = || match self {
            Rest::Json => json_document(fault),
            Rest::Xml if s3 => s3_document(fault, reply, !service.is_some_and(|service| service.objects)),
            Rest::Xml => aws_document(service.map_or("", |service| service.xml_namespace), fault, reply),
        };
        let mut response = if bare {
            frame(fault.status(), "", Body::default(), reply)
        } else {
            frame(fault.status(), self.content_type(), document().into(), reply)
        };
        if *self == Rest::Json {
            put(response.headers_mut(), X_AMZN_ERRORTYPE, fault.shape());
        }
        if let Some(detail) = fault.detail() {
            bind::write_headers(detail, &mut response);
        }
        add_fault_headers(&mut response, fault);
        response
    }

    fn fault(&self, reject: &Reject) -> Fault {
        match (self, reject.reason()) {
            (Rest::Json, _) => plain(reject, "SerializationException", "ValidationException"),
            (_, Reason::Unlisted { name, wire }) if wire.starts_with("x-amz-") => Fault::coded(
                "NotImplemented",
                501,
                // Clients show the message alone: S3's words, and the name.
                format!("A header you provided implies functionality that is not implemented: {wire}"),
            )
            .with("Header", wire.as_str())
            .because(name),
            (_, Reason::Unlisted { name, .. }) => not_implemented(name),
            (_, Reason::BadPath) => Fault::coded("InvalidURI", 400, "Couldn't parse the specified URI."),
            (_, Reason::BadValue { name, value }) => {
                Fault::coded("InvalidArgument", 400, "Invalid argument.")
                    .with("ArgumentName", name.as_str())
                    .with("ArgumentValue", value.as_str())
            }
            (_, Reason::Missing(_) | Reason::Malformed(_) | Reason::TooMuch(_)) => Fault::coded(
                "MalformedXML",
                400,
                "The XML you provided was not well-formed or did not validate against our published schema",
            )
            .because(reject),
        }
    }

    fn lost(&self, lost: &Lost) -> Fault {
        let fault = match self {
            Rest::Xml => Fault::coded(
                "MethodNotAllowed",
                405,
                "The specified method is not allowed against this resource.",
            ),
            Rest::Json => Fault::coded("UnknownOperationException", 404, "The operation is not known."),
        };
        fault.because(format_args!("{lost:?}"))
    }
}

/// S3's document of a fault, with what the fault adds: bare, or for its control plane wrapped.
fn s3_document(fault: &Fault, reply: &ReplyContext<'_>, is_wrapped: bool) -> String {
    let mut xml = XmlWriter::new(true);
    xml.raw(XML_PROLOGUE);
    if is_wrapped {
        xml.open("ErrorResponse", "");
        xml.open("Error", "");
        error(&mut xml, fault);
        xml.close("Error");
        xml.element("RequestId", reply.request_id);
        xml.element("HostId", reply.host_id);
        xml.close("ErrorResponse");
        return xml.finish();
    }
    xml.open("Error", "");
    error(&mut xml, fault);
    xml.element("RequestId", reply.request_id);
    xml.element("HostId", reply.host_id);
    xml.close("Error");
    xml.finish()
}

/// The document of a fault in JSON; its name stands in a header.
fn json_document(fault: &Fault) -> String {
    let mut writer = JsonWriter::new();
    writer.open();
    add_fault(&mut writer, fault, false);
    writer.close();
    String::from_utf8(writer.finish()).unwrap_or_default()
}

/// Whether any member stands in the document of the body.
fn has_body(schema: &crate::Schema) -> bool {
    schema.members.iter().any(|member| member.at == At::Body)
}
