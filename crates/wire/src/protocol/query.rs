//! `awsQuery` and `ec2Query`: the operation in `Action`, a form in, XML out.
//!
//! `ec2Query` capitalises names, has flat lists only, and answers without `<XResult>` and in other wrappers.

use http::Method;
use http::header::HOST;
use http::request::Parts;

use super::http::{add_fault_headers, answer, has_content_type};
use super::{Protocol, ReplyContext, plain};
use crate::body::{Request, Response};
use crate::fault::Fault;
use crate::form::{Form, FormReader};
use crate::operation::{Meta, OperationRow, ServiceMeta};
use crate::reject::Reject;
use crate::route::{self, Lost};
use crate::shape::{Shape, missing};
use crate::text::scalar::TextReader;
use crate::xml::XmlWriter;

/// The two protocols of forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AwsQuery {
    /// `awsQuery`.
    Aws,
    /// `ec2Query`.
    Ec2,
}

const EC2_PROLOGUE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

impl AwsQuery {
    fn content_type(self) -> &'static str {
        match self {
            AwsQuery::Aws => "text/xml",
            AwsQuery::Ec2 => "text/xml;charset=UTF-8",
        }
    }

    /// What stands inside `<XResponse>`.
    fn inside(self, xml: &mut XmlWriter, meta: &Meta, output: &dyn Shape, request_id: &str) {
        if self == AwsQuery::Ec2 {
            xml.element("requestId", request_id);
            xml.members(output, true);
            return;
        }
        if !meta.output.name.is_empty() {
            let result = format!("{}Result", meta.name);
            xml.open(&result, "");
            xml.members(output, true);
            xml.close(&result);
        }
        xml.open("ResponseMetadata", "");
        xml.element("RequestId", request_id);
        xml.close("ResponseMetadata");
    }
}

impl Protocol for AwsQuery {
    fn name(&self) -> &'static str {
        match self {
            AwsQuery::Aws => "awsQuery",
            AwsQuery::Ec2 => "ec2Query",
        }
    }

    fn claims(&self, head: &Parts) -> bool {
        has_content_type(&head.headers, "application/x-www-form-urlencoded")
            || (head.method == Method::GET && route::action_in_query(head).is_some())
    }

    fn find(&self, service: &'static ServiceMeta, request: &Request) -> Result<&'static OperationRow, Lost> {
        route::by_action(service, &request.head, request.bytes())
    }

    fn decode(&self, _meta: &Meta, request: &mut Request, into: &mut dyn Shape) -> Result<(), Reject> {
        let schema = into.schema();
        let form = Form::new(request.bytes(), request.head.uri.query().unwrap_or(""))?;
        let mut seen = FormReader::new(&form, *self == AwsQuery::Ec2).members(into)?;
        for (i, member) in schema.members.iter().enumerate() {
            if member.from_url && seen & (1 << i) == 0 && request.head.uri.path().len() > 1 {
                into.field_mut(i).read(&mut TextReader::new(&own_url(&request.head), member))?;
                seen |= 1 << i;
            }
        }
        missing(schema, seen)
    }

    fn encode(&self, meta: &Meta, output: &dyn Shape, reply: &ReplyContext<'_>) -> Response {
        let mut xml = XmlWriter::new(false);
        if *self == AwsQuery::Ec2 {
            xml.raw(EC2_PROLOGUE);
        }
        let response = format!("{}Response", meta.name);
        xml.open(&response, meta.service.xml_namespace);
        self.inside(&mut xml, meta, output, reply.request_id);
        xml.close(&response);
        answer(200, self.content_type(), xml.finish().into(), reply)
    }

    fn refuse(&self, meta: Option<&Meta>, fault: &Fault, reply: &ReplyContext<'_>) -> Response {
        let namespace = reply.service_of(meta).map_or("", |service| service.xml_namespace);
        let document = match self {
            AwsQuery::Aws if reply.service_of(meta).is_some_and(|service| service.query_compatible) => {
                sqs_document(namespace, fault, reply)
            }
            AwsQuery::Aws => aws_document(namespace, fault, reply),
            AwsQuery::Ec2 => ec2_document(fault, reply),
        };
        let mut response = answer(fault.status(), self.content_type(), document.into(), reply);
        add_fault_headers(&mut response, fault);
        response
    }

    fn fault(&self, reject: &Reject) -> Fault {
        plain(reject, "MalformedInput", "MissingParameter")
    }

    fn lost(&self, lost: &Lost) -> Fault {
        match lost {
            Lost::NoAction => {
                Fault::coded("MissingAction", 400, "The request must contain the parameter Action.")
            }
            Lost::Unknown(name) => Fault::coded(
                "InvalidAction",
                400,
                format!("The action {name} is not valid for this web service."),
            ),
            Lost::NoRoute => Fault::coded("InvalidAction", 404, "The address names no operation."),
        }
    }
}

/// The document of a fault in `awsQuery`, and in `restXml` of services other than S3.
pub(super) fn aws_document(namespace: &str, fault: &Fault, reply: &ReplyContext<'_>) -> String {
    let mut xml = XmlWriter::new(false);
    xml.open("ErrorResponse", namespace);
    xml.open("Error", "");
    xml.element("Type", if fault.sender() { "Sender" } else { "Receiver" });
    error(&mut xml, fault);
    xml.close("Error");
    xml.element("RequestId", reply.request_id);
    xml.close("ErrorResponse");
    xml.finish()
}

/// The same of a service that has left the query protocol for JSON: its words may be older ones, and `Detail` is
/// always there.
fn sqs_document(namespace: &str, fault: &Fault, reply: &ReplyContext<'_>) -> String {
    let mut xml = XmlWriter::new(false);
    xml.open("ErrorResponse", namespace);
    xml.open("Error", "");
    xml.element("Type", if fault.sender() { "Sender" } else { "Receiver" });
    xml.element("Code", fault.code());
    xml.element("Message", fault.query_message().unwrap_or(fault.message()));
    xml.element("Detail", "");
    for (name, value) in fault.fields() {
        xml.element(name, value);
    }
    xml.close("Error");
    xml.element("RequestId", reply.request_id);
    xml.close("ErrorResponse");
    xml.finish()
}

fn ec2_document(fault: &Fault, reply: &ReplyContext<'_>) -> String {
    let mut xml = XmlWriter::new(false);
    xml.raw(EC2_PROLOGUE);
    xml.open("Response", "");
    xml.open("Errors", "");
    xml.open("Error", "");
    error(&mut xml, fault);
    xml.close("Error");
    xml.close("Errors");
    xml.element("RequestID", reply.request_id);
    xml.close("Response");
    xml.finish()
}

/// Code, message and what the fault adds. Members that stand in headers stand there alone.
pub(super) fn error(xml: &mut XmlWriter, fault: &Fault) {
    xml.element("Code", fault.code());
    if let Some(message) = fault.plain_message() {
        xml.element("Message", message);
    }
    if let Some(detail) = fault.detail() {
        xml.members(detail, false);
    }
    for (name, value) in fault.fields() {
        xml.element(name, value);
    }
}

/// The address of the request, without its query string.
fn own_url(head: &Parts) -> String {
    let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.or(head.uri.authority().map(http::uri::Authority::as_str)).unwrap_or("");
    format!("http://{host}{}", head.uri.path())
}
