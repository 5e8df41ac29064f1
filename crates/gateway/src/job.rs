//! A request on its way, and what its head says.

use std::sync::Arc;

use auth::{Form, Region, Verified};
use env::Timestamp;
use floor::{
    Gone,
    cx::{Origin, Signed},
};
use http::{
    HeaderValue, Method,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, TRANSFER_ENCODING},
    request::Parts,
};
use wire::{Body, Fault, ServiceMeta};

use crate::{
    claim::Claimed,
    desk::Line,
    fault,
    host::Endpoint,
    intake::{Held, Intake},
};

/// A request as it came. It stands once, in the future that answers it, and is lent to the stages.
pub(crate) struct Job {
    /// Without its body at first.
    pub(crate) request: wire::Request,
    /// Until a stage takes it.
    pub(crate) body: Option<Intake>,
    pub(crate) claimed: Claimed,
    pub(crate) visit: Visit,
}

/// What is known of a request beside its head and body.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) origin: Arc<Origin>,
    pub(crate) request_id: Arc<str>,
    pub(crate) gone: Gone,
    /// Whether it is a HEAD.
    pub(crate) is_head: bool,
    /// The region that the host names.
    pub(crate) region: Option<Region>,
    /// Which of S3's endpoints it is.
    pub(crate) endpoint: Endpoint,
}

impl Job {
    /// Whether it came by a website endpoint, to a bucket.
    pub(crate) fn is_website(&self) -> bool {
        self.claimed.endpoint == Endpoint::Website && self.request.bucket.is_some()
    }

    /// Reads the whole body into the request.
    pub(crate) async fn collect(&mut self, bytes_max: u64) -> Result<Held, Fault> {
        let body = self.body.take().ok_or_else(fault::internal)?;
        let (bytes, held) = body.collect(bytes_max).await?;
        self.request.body = Body::Full(bytes);
        Ok(held)
    }
}

/// What a host names beside a bucket: the region, and which of S3's endpoints it is.
pub(crate) type Named = (Option<Region>, Endpoint);

impl Visit {
    pub(crate) fn new(line: &Line, head: &Parts, s3: bool, (region, endpoint): Named, gone: Gone) -> Self {
        Self {
            origin: line.memory.origin(head),
            request_id: if s3 { line.memory.id_of_s3() } else { line.memory.id_as_uuid() },
            gone,
            is_head: head.method == Method::HEAD,
            region,
            endpoint,
        }
    }
}

/// How a request was signed. A URL of Version 2 does not say when.
pub(crate) fn signed(verified: &Verified, now: Timestamp, head: &Parts, service: &ServiceMeta) -> Signed {
    // Only S3's policies ask for it, and it keeps the whole head in memory.
    let content = head.headers.get("x-amz-content-sha256").filter(|_| service.s3).cloned();
    let Some(form) = verified.form.auth_type() else { return Signed { content, ..Signed::default() } };
    let is_version2 = verified.region.is_none();
    let age_ms = now.0.saturating_sub(verified.date.0);
    Signed {
        form: Some(form),
        version: Some(if is_version2 { "AWS" } else { "AWS4-HMAC-SHA256" }),
        age_ms: (!is_version2 || verified.form == Form::Header).then_some(age_ms),
        content,
        is_upload_form: false,
    }
}

/// The head as it would be without `aws-chunked`: handlers see the length and encoding of the data.
pub(crate) fn unframed(head: &mut Parts, length: u64) {
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    let Some(encoding) = head.headers.get(CONTENT_ENCODING).and_then(|v| v.to_str().ok()) else { return };
    let others: Vec<&str> = encoding
        .split(',')
        .map(str::trim)
        .filter(|e| !e.is_empty() && !e.eq_ignore_ascii_case("aws-chunked"))
        .collect();
    if others.is_empty() {
        head.headers.remove(CONTENT_ENCODING);
    } else if let Ok(others) = HeaderValue::from_str(&others.join(",")) {
        head.headers.insert(CONTENT_ENCODING, others);
    }
}

/// Who reads has nothing to encrypt.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>
pub(crate) fn no_encryption(head: &Parts) -> Result<(), Fault> {
    const ENCRYPTION: &str = "x-amz-server-side-encryption";
    let Some(asked) = head.headers.get(ENCRYPTION) else { return Ok(()) };
    if head.method != Method::GET && head.method != Method::HEAD {
        return Ok(());
    }
    let message = format!("{ENCRYPTION} header is not supported for this operation.");
    let fault = Fault::coded("InvalidArgument", 400, message).with("ArgumentName", ENCRYPTION);
    Err(fault.with("ArgumentValue", String::from_utf8_lossy(asked.as_bytes())))
}

/// An upload must say how long it is.
pub(crate) fn needs_length(head: &Parts, length: Option<u64>) -> Result<(), Fault> {
    let has = |name| head.headers.contains_key(name);
    if length.is_none() && has(TRANSFER_ENCODING) {
        return Err(fault::chunked_transfer());
    }
    if length.is_none() || !has(CONTENT_LENGTH) {
        return Err(fault::no_length());
    }
    Ok(())
}
