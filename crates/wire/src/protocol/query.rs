//! `awsQuery`: the operation in `Action`, a form in, XML in `<XResponse><XResult>` out.

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
}

const CONTENT_TYPE: &str = "text/xml";

impl Protocol for AwsQuery {
    fn name(&self) -> &'static str {
        "awsQuery"
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
        let mut seen = FormReader::new(&form, false).members(into)?;
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
        let response = format!("{}Response", meta.name);
        xml.open(&response, meta.service.xml_namespace);
        if !meta.output.name.is_empty() {
            let result = format!("{}Result", meta.name);
            xml.open(&result, "");
            xml.members(output, true);
            xml.close(&result);
        }
        xml.open("ResponseMetadata", "");
        xml.element("RequestId", reply.request_id);
        xml.close("ResponseMetadata");
        xml.close(&response);
        answer(200, CONTENT_TYPE, xml.finish().into(), reply)
    }

    fn refuse(&self, meta: Option<&Meta>, fault: &Fault, reply: &ReplyContext<'_>) -> Response {
        let mut xml = XmlWriter::new(false);
        xml.open("ErrorResponse", reply.service_of(meta).map_or("", |service| service.xml_namespace));
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
        let mut response = answer(fault.status(), CONTENT_TYPE, xml.finish().into(), reply);
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

/// The address of the request, without its query string.
fn own_url(head: &Parts) -> String {
    let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.or(head.uri.authority().map(http::uri::Authority::as_str)).unwrap_or("");
    format!("http://{host}{}", head.uri.path())
}
