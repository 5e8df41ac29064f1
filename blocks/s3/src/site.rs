//! A bucket as a web site: what browsers are answered at its website endpoint. Nobody signs there; what policies let
//! everybody read is shown.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html>

use std::{fmt::Write as _, sync::Arc};

use api_s3::{GetObject, GetObjectOutput, GetObjectRequest, HeadObject, HeadObjectRequest};
use floor::{As, Cx};
use http::{
    HeaderName, HeaderValue, Method, Request, StatusCode,
    header::{
        CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE,
        LOCATION, RANGE,
    },
    request::Parts,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use wire::{
    Answer, Fault, Operation as _, Protocol as _, ReplyContext, Response, protocol::REST_XML,
    text::percent_decode,
};

use crate::{S3, bucket, fault, website::Website};

/// What stays as it is in the path of an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// What a browser may ask of an object beside its bytes.
const PASSED: [HeaderName; 5] = [RANGE, IF_MATCH, IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE];

/// What becomes of a request.
enum Page {
    /// An object, and the status with which it is shown.
    Object(Box<GetObjectOutput>, Option<u16>),
    /// Elsewhere: status and address.
    Elsewhere(u16, String),
    /// An error, and what was wrong with the error document.
    Error(Fault, Option<Fault>),
}

impl S3 {
    /// Shows a page of the bucket `name`.
    pub(crate) async fn show(&self, cx: &Cx, name: &str, head: &Parts, reply: &ReplyContext<'_>) -> Response {
        let page = self.page(cx, name, head).await.unwrap_or_else(|fault| Page::Error(fault, None));
        match page {
            Page::Object(output, status) => {
                let mut response = REST_XML.encode(GetObject::META, &*output, reply);
                if let Some(status) = status.and_then(|status| StatusCode::from_u16(status).ok()) {
                    *response.status_mut() = status;
                }
                response
            }
            Page::Elsewhere(status, address) => {
                let fault = Fault::coded("Redirect", status, "").header(LOCATION, &address);
                bare(&fault, reply)
            }
            Page::Error(fault, _) if fault.status() == 304 => {
                REST_XML.refuse(Some(GetObject::META), &fault, reply)
            }
            Page::Error(fault, second) => {
                let mut response = bare(&fault, reply);
                let text = document(&fault, second.as_ref(), reply);
                let headers = response.headers_mut();
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
                headers.insert(CONTENT_LENGTH, text.len().into());
                if !reply.head {
                    *response.body_mut() = text.into();
                }
                response
            }
        }
    }

    async fn page(&self, cx: &Cx, name: &str, head: &Parts) -> Answer<Page> {
        if head.method != Method::GET && head.method != Method::HEAD {
            let words = "The specified method is not allowed against this resource.";
            let fault = Fault::coded("MethodNotAllowed", 405, words);
            return Ok(Page::Error(
                fault.with("Method", head.method.as_str()).with("ResourceType", "OBJECT"),
                None,
            ));
        }
        let view = cx.view(&bucket::place(&cx.caller, name)?).await?;
        let found = self.bucket(&view, name).await?.ok_or_else(|| fault::no_such_bucket(name))?;
        let site: Option<Arc<Website>> = self.setting(&view, &found).await?;
        let site = site.ok_or_else(|| fault::no_such_website(name))?;
        let (protocol, host) = cx.caller.origin.base_url.split_once("://").unwrap_or(("http", ""));
        if let Some((to, by)) = &site.all_to {
            let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
            return Ok(Page::Elsewhere(301, format!("{}://{to}{path}", by.as_deref().unwrap_or(protocol))));
        }
        let path = percent_decode(head.uri.path(), false);
        let path =
            path.ok_or_else(|| Fault::coded("InvalidURI", 400, "Couldn't parse the specified URI."))?;
        let asked = path.strip_prefix('/').unwrap_or(&path);
        let onward = |error| {
            let rule = site.rule(asked, error)?;
            let (status, address) = rule.target(asked, protocol, host);
            Some(Page::Elsewhere(status, address_of(&address)))
        };
        if let Some(page) = onward(None) {
            return Ok(page);
        }
        let fault = match read(cx, name, &site.key_of(asked), Some(head)).await {
            Ok(GetObjectOutput { website_redirect_location: Some(to), .. }) => {
                return Ok(Page::Elsewhere(301, to));
            }
            Ok(output) => return Ok(Page::Object(Box::new(output), None)),
            Err(fault) => fault,
        };
        if !matches!(fault.status(), 403 | 404) {
            return Ok(Page::Error(fault, None));
        }
        let is_folder = !asked.is_empty() && !asked.ends_with('/');
        if is_folder && exists(cx, name, &site.key_of(&format!("{asked}/"))).await {
            return Ok(Page::Elsewhere(302, format!("/{}/", utf8_percent_encode(asked, PATH))));
        }
        if let Some(page) = onward(Some(fault.status())) {
            return Ok(page);
        }
        let Some(error) = &site.error else { return Ok(Page::Error(fault, None)) };
        Ok(match read(cx, name, error, None).await {
            Ok(output) => Page::Object(Box::new(output), Some(fault.status())),
            Err(second) => Page::Error(fault, Some(second)),
        })
    }
}

/// An address that a rule has made, with the key encoded as addresses want it.
fn address_of(address: &str) -> String {
    let after = address.find("://").map_or(0, |at| at + 3);
    let path = address[after..].find('/').map_or(address.len(), |at| after + at);
    format!("{}{}", &address[..path], utf8_percent_encode(&address[path..], PATH))
}

async fn read(cx: &Cx, name: &str, key: &str, head: Option<&Parts>) -> Answer<GetObjectOutput> {
    let mut request = Request::get(format!("/{}", utf8_percent_encode(key, PATH)));
    for header in &PASSED {
        if let Some(value) = head.and_then(|head| head.headers.get(header)) {
            request = request.header(header, value);
        }
    }
    let (head, ()) =
        request.body(()).map_err(|error| floor::fault::internal(error.to_string()))?.into_parts();
    let mut request = wire::Request { head, body: wire::Body::default(), bucket: Some(name.into()) };
    let mut input = GetObjectRequest::default();
    REST_XML.decode(GetObject::META, &mut request, &mut input).map_err(|reject| REST_XML.fault(&reject))?;
    cx.call::<GetObject>(As::Caller, cx.region(), input).await
}

async fn exists(cx: &Cx, name: &str, key: &str) -> bool {
    let input =
        HeadObjectRequest { bucket: name.to_owned(), key: key.to_owned(), ..HeadObjectRequest::default() };
    cx.call::<HeadObject>(As::Caller, cx.region(), input).await.is_ok()
}

/// The head of an answer without a document.
fn bare(fault: &Fault, reply: &ReplyContext<'_>) -> Response {
    let without_body = ReplyContext { head: true, ..*reply };
    let mut response = REST_XML.refuse(Some(GetObject::META), fault, &without_body);
    if fault.status() >= 400 {
        let mut say = |name: String, text: &str| {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(text)) {
                response.headers_mut().insert(name, value);
            }
        };
        say("x-amz-error-code".to_owned(), fault.code());
        say("x-amz-error-message".to_owned(), fault.message());
        for (name, value) in fault.fields() {
            say(format!("x-amz-error-detail-{name}"), value);
        }
    }
    response
}

fn document(fault: &Fault, second: Option<&Fault>, reply: &ReplyContext<'_>) -> String {
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let title = format!("{} {}", status.as_str(), status.canonical_reason().unwrap_or_default());
    let mut text = format!("<html>\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<ul>\n");
    let item = |text: &mut String, name: &str, value: &str| {
        let _ = writeln!(text, "<li>{name}: {}</li>", escaped(value));
    };
    let list = |text: &mut String, fault: &Fault| {
        item(text, "Code", fault.code());
        item(text, "Message", fault.message());
        for (name, value) in fault.fields() {
            item(text, name, value);
        }
    };
    list(&mut text, fault);
    let _ =
        write!(text, "<li>RequestId: {}</li>\n<li>HostId: {}</li>\n</ul>\n", reply.request_id, reply.host_id);
    if let Some(second) = second {
        text.push_str(
            "<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n",
        );
        list(&mut text, second);
        text.push_str("</ul>\n");
    }
    text.push_str("<hr/>\n</body>\n</html>\n");
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
