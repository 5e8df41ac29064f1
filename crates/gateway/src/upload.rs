//! Uploads from browsers' forms. The fields before the file are read into memory, within their limit; the file passes
//! by. Who signed the form is found out here, what its policy says by the service.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use auth::{Dialect, Region, Scheme, Verified, form};
use bytes::Bytes;
use floor::{
    Cx,
    cx::{Caller, Signed},
    web::Upload,
};
use futures_util::{Stream as Chunks, StreamExt as _};
use http::{Method, Response, header::CONTENT_TYPE};
use wire::{
    Body, Fault, Stream, StreamError, Trailers,
    multipart::{Event, FormParts, PartHead},
    stream::BoxStream,
};

use crate::{
    claim, cross, fault,
    front::{Front, Manner, Refused},
    intake::{Check, Passing},
    job::{Job, Visit},
    page,
};

/// How long all that stands before the file may be.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>
const FIELDS_BYTES_MAX: usize = 20 * 1024;

/// The bucket that a browser's form is for, where a request brings one.
pub(crate) fn asked(request: &wire::Request) -> Option<String> {
    let head = &request.head;
    if head.method != Method::POST || head.uri.query().is_some() || !claim::is_upload_form(&head.headers) {
        return None;
    }
    let (name, has_key) = cross::addressed(request.bucket.as_deref(), head.uri.path())?;
    (!has_key).then(|| name.into_owned())
}

impl Front {
    /// Takes a form with a file.
    pub(crate) async fn upload(&self, job: &mut Job, manner: Manner, bucket: String) -> Response<Body> {
        match self.uploaded(job, manner, bucket).await {
            Ok(mut response) => {
                crate::front::named(&mut response, manner.service);
                response
            }
            Err(fault) => {
                let reply = self.reply(&job.visit, Some(manner.service));
                self.refuse(manner.protocol, Refused::from(fault), &reply, &job.visit.origin)
            }
        }
    }

    async fn uploaded(&self, job: &mut Job, manner: Manner, bucket: String) -> Result<Response<Body>, Fault> {
        let Job { request, body, visit, .. } = job;
        let (request, visit) = (&*request, &*visit);
        let body = body.take().ok_or_else(fault::internal)?;
        let service = manner.service;
        let Some(web) = self.floor.registry.web(service.id) else { return Err(fault::upload_form()) };
        let kind = request.head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let parts = FormParts::new(kind.unwrap_or_default()).map_err(|_| fault::malformed_form())?;
        let chunks: BoxStream = Box::pin(Passing::new(body, Check::None, Trailers::default()));
        let mut form = Form { parts, chunks, file: Reading::Before };
        let (fields, file) = form.fields().await?;

        let verified = self.signer(visit, manner, request, &fields, &bucket).await?;
        let is_signed = verified.is_some();
        let region = verified.as_ref().and_then(|v| v.region.clone()).or_else(|| visit.region.clone());
        let mut cx = self.context(visit, verified, region.as_ref());
        if region.is_none()
            && let Some(region) = self.floor.registry.home(service.id, &mut cx, &bucket).await?
        {
            cx.caller.region = region;
        }
        let body = Stream::new(form, None);
        let upload = Upload { bucket, fields, file: file.file, body, is_signed };
        let answer = web.upload(&mut cx, upload, &self.reply(visit, Some(service))).await;
        let mut response = answer?;
        self.tell_asker(&mut response, &cx).await;
        Ok(response)
    }

    /// Who signed the form; none: nobody did.
    async fn signer(
        &self,
        visit: &Visit,
        manner: Manner,
        request: &wire::Request,
        fields: &[(String, String)],
        bucket: &str,
    ) -> Result<Option<Verified>, Fault> {
        let field = |name: &str| {
            let mut named = fields.iter().filter(|(given, _)| given.eq_ignore_ascii_case(name));
            named.next().map(|(_, value)| value.as_str())
        };
        let given = form::Fields {
            policy: field("policy"),
            algorithm: field("x-amz-algorithm"),
            credential: field("x-amz-credential"),
            date: field("x-amz-date"),
            signature: field("x-amz-signature"),
            token: field("x-amz-security-token"),
            access_key: field("AWSAccessKeyId"),
            version2: field("signature"),
        };
        let proofs = [given.policy, given.algorithm, given.signature, given.access_key, given.version2];
        if proofs.iter().all(Option::is_none) {
            return Ok(None);
        }
        let service = manner.service;
        let region = visit.region.as_ref().map(Region::as_str);
        let scheme =
            Scheme { s3: true, service: service.signing_name, region, bucket: Some(bucket), body: None };
        let now = self.floor.env.clocks.auth.now();
        let verified = self.verifier.verify_form(given, now, scheme).await;
        let verified = verified.map_err(|error| fault::of_auth(&error, Dialect::S3))?;
        let strange = || page::judge(&request.head, true, &self.config.hosts);
        match verified.is_public.then(strange).flatten() {
            Some(stranger) => Err(fault::of_stranger(stranger, Dialect::S3)),
            None => Ok(Some(verified)),
        }
    }

    fn context(&self, visit: &Visit, verified: Option<Verified>, region: Option<&Region>) -> Cx {
        let mut cx = self.stranger(visit);
        let Some(verified) = verified else {
            cx.caller.signed.is_upload_form = true;
            return cx;
        };
        let is_version2 = verified.region.is_none();
        let age_ms = self.floor.env.clocks.auth.now().0.saturating_sub(verified.date.0);
        let signed = Signed {
            form: verified.form.auth_type(),
            version: Some(if is_version2 { "AWS" } else { "AWS4-HMAC-SHA256" }),
            age_ms: (!is_version2).then_some(age_ms),
            content: None,
            is_upload_form: true,
        };
        let region = region.cloned().unwrap_or_else(|| cx.caller.region.clone());
        cx.caller = Caller { who: verified.identity, region, signed, ..cx.caller.clone() };
        cx
    }
}

/// A form on its way in: its fields, then its file as a stream.
struct Form {
    parts: FormParts,
    chunks: BoxStream,
    file: Reading,
}

/// How far the file is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Before,
    Within,
    /// What follows it is read and ignored.
    Behind,
}

impl Form {
    /// The fields before the file, and the file's head.
    async fn fields(&mut self) -> Result<(Vec<(String, String)>, PartHead), Fault> {
        let malformed = |_| fault::malformed_form();
        let mut fields: Vec<(String, String)> = Vec::new();
        let (mut name, mut value, mut total) = (String::new(), Vec::new(), 0);
        loop {
            match self.parts.step().map_err(malformed)? {
                Event::More => match self.chunks.next().await {
                    Some(bytes) => self.parts.feed(&bytes?),
                    None => self.parts.end().map_err(malformed)?,
                },
                Event::Part(head) if head.name.eq_ignore_ascii_case("file") => {
                    self.file = Reading::Within;
                    return Ok((fields, head));
                }
                Event::Part(head) => {
                    total += head.name.len();
                    name = head.name;
                }
                Event::Data(bytes) => {
                    total += bytes.len();
                    value.extend_from_slice(&bytes);
                }
                Event::End => {
                    let text = String::from_utf8(std::mem::take(&mut value));
                    fields.push((std::mem::take(&mut name), text.map_err(|_| fault::malformed_form())?));
                }
                Event::Done => return Err(fault::no_file()),
            }
            if total > FIELDS_BYTES_MAX {
                return Err(fault::fields_too_long(FIELDS_BYTES_MAX));
            }
        }
    }
}

impl Chunks for Form {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let refused = || Poll::Ready(Some(Err(StreamError::Refused(fault::malformed_form()))));
        loop {
            if this.file == Reading::Within {
                match this.parts.step() {
                    Ok(Event::Data(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                    Ok(Event::More) => {}
                    Ok(Event::Part(_) | Event::End | Event::Done) => this.file = Reading::Behind,
                    Err(_) => return refused(),
                }
            }
            match ready!(this.chunks.as_mut().poll_next(cx)) {
                Some(Ok(bytes)) if this.file == Reading::Within => this.parts.feed(&bytes),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None if this.file == Reading::Within => return refused(),
                None => return Poll::Ready(None),
            }
        }
    }
}
