//! `restXml` and `restJson1`: members in the path, the query string, headers and the body.

mod bind;
mod payload;

use http::request::Parts;

use super::http::{add_fault_headers, answer, put, s3_answer};
use super::{Protocol, ReplyContext, not_implemented};
use crate::body::{Body, Request, Response};
use crate::fault::Fault;
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
}

const XML_PROLOGUE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

impl Rest {
    fn content_type(self) -> &'static str {
        "application/xml"
    }
}

impl Protocol for Rest {
    fn name(&self) -> &'static str {
        "restXml"
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
        let mut response = if bare {
            frame(fault.status(), "", Body::default(), reply)
        } else if s3 {
            frame(fault.status(), self.content_type(), s3_document(fault, reply).into(), reply)
        } else {
            let namespace = service.map_or("", |service| service.xml_namespace);
            frame(fault.status(), self.content_type(), document(namespace, fault, reply).into(), reply)
        };
        add_fault_headers(&mut response, fault);
        response
    }

    fn fault(&self, reject: &Reject) -> Fault {
        match reject.reason() {
            Reason::Unlisted { name, wire } => not_implemented(name).with("Header", wire.as_str()),
            Reason::BadPath => Fault::coded("InvalidURI", 400, "Couldn't parse the specified URI."),
            Reason::BadValue { name, value } => Fault::coded("InvalidArgument", 400, "Invalid argument.")
                .with("ArgumentName", name.as_str())
                .with("ArgumentValue", value.as_str()),
            Reason::Missing(_) | Reason::Malformed(_) | Reason::TooMuch(_) => Fault::coded(
                "MalformedXML",
                400,
                "The XML you provided was not well-formed or did not validate against our published schema",
            )
            .because(reject),
        }
    }

    fn lost(&self, lost: &Lost) -> Fault {
        let fault = Fault::coded(
            "MethodNotAllowed",
            405,
            "The specified method is not allowed against this resource.",
        );
        fault.because(format_args!("{lost:?}"))
    }
}

/// S3's document of a fault: bare, with what the fault adds.
fn s3_document(fault: &Fault, reply: &ReplyContext<'_>) -> String {
    let mut xml = XmlWriter::new(true);
    xml.raw(XML_PROLOGUE);
    xml.open("Error", "");
    xml.element("Code", fault.code());
    xml.element("Message", fault.message());
    for (name, value) in fault.fields() {
        xml.element(name, value);
    }
    xml.element("RequestId", reply.request_id);
    xml.element("HostId", reply.host_id);
    xml.close("Error");
    xml.finish()
}

/// The document of a fault of the other services.
fn document(namespace: &str, fault: &Fault, reply: &ReplyContext<'_>) -> String {
    let mut xml = XmlWriter::new(false);
    xml.open("ErrorResponse", namespace);
    xml.open("Error", "");
    xml.element("Type", if fault.sender() { "Sender" } else { "Receiver" });
    xml.element("Code", fault.code());
    xml.element("Message", fault.message());
    for (name, value) in fault.fields() {
        xml.element(name, value);
    }
    xml.close("Error");
    xml.element("RequestId", reply.request_id);
    xml.close("ErrorResponse");
    xml.finish()
}

/// Whether any member stands in the document of the body.
fn has_body(schema: &crate::Schema) -> bool {
    schema.members.iter().any(|member| member.at == At::Body)
}
