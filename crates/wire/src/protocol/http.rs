//! What the protocols share of HTTP.

use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Response as HttpResponse, StatusCode};

use super::ReplyContext;
use crate::body::{Body, Response};
use crate::fault::Fault;
use crate::operation::ServiceMeta;

const X_AMZN_REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const X_AMZN_QUERY_ERROR: HeaderName = HeaderName::from_static("x-amzn-query-error");
const X_AMZ_REQUEST_ID: HeaderName = HeaderName::from_static("x-amz-request-id");
const X_AMZ_ID_2: HeaderName = HeaderName::from_static("x-amz-id-2");

/// An answer with a body, its type and the request's id.
pub(super) fn answer(
    status: u16,
    content_type: &'static str,
    body: Body,
    reply: &ReplyContext<'_>,
) -> Response {
    let mut response = HttpResponse::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.reserve(6);
    if !content_type.is_empty() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    put(headers, X_AMZN_REQUEST_ID, reply.request_id);
    response
}

/// The same, with the ids as S3 names them.
pub(super) fn s3_answer(
    status: u16,
    content_type: &'static str,
    body: Body,
    reply: &ReplyContext<'_>,
) -> Response {
    let mut response = answer(status, content_type, body, &ReplyContext::default());
    put(response.headers_mut(), X_AMZ_REQUEST_ID, reply.request_id);
    put(response.headers_mut(), X_AMZ_ID_2, reply.host_id);
    response
}

/// Sets a header, unless its value is empty or cannot stand in one.
pub(super) fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if !value.is_empty()
        && let Ok(value) = HeaderValue::from_bytes(value.as_bytes())
    {
        headers.insert(name, value);
    }
}

/// The query code of a fault, for clients that knew the service before it spoke JSON or CBOR.
pub(super) fn add_query_error(response: &mut Response, service: Option<&ServiceMeta>, fault: &Fault) {
    if service.is_some_and(|service| service.query_compatible) {
        let kind = if fault.sender() { "Sender" } else { "Receiver" };
        put(response.headers_mut(), X_AMZN_QUERY_ERROR, &format!("{};{kind}", fault.code()));
    }
}

/// The headers that a fault brings along.
pub(super) fn add_fault_headers(response: &mut Response, fault: &Fault) {
    for (name, value) in fault.headers() {
        response.headers_mut().insert(name, value.clone());
    }
}

/// Whether the content type is this one, whatever its parameters.
pub(super) fn has_content_type(headers: &HeaderMap, wanted: &str) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let kind = value.split(';').next().unwrap_or("").trim_ascii();
    kind.eq_ignore_ascii_case(wanted)
}
