//! Requests to buckets that have access logs: what is kept of a head until the answer has gone out. Where no bucket is
//! logged, that is one look.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use floor::{
    Cx, Floor,
    cx::Signed,
    web::{Asker, Refusal, Seen, Web},
};
use futures_util::Stream as Chunks;
use http::{
    HeaderMap, Method, Response,
    header::{CONTENT_LENGTH, CONTENT_RANGE},
};
use wire::{Body, Fault, ServiceMeta, Stream, StreamError, stream::BoxStream, text::percent_decode};

use crate::{cross, front::Front, job::Visit};

/// The service that notes requests to its buckets.
pub(crate) fn by(floor: &Floor) -> Option<Arc<dyn Web>> {
    let s3 = floor.registry.services().iter().find(|service| service.objects)?;
    floor.registry.web(s3.id).cloned()
}

/// A request that may have to be noted.
pub(crate) struct Kept {
    seen: Seen,
    started: Duration,
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// How long the object is of which an answer brings all or a part.
fn whole_bytes(headers: &HeaderMap) -> Option<u64> {
    match headers.get(CONTENT_RANGE) {
        Some(range) => range.to_str().ok()?.rsplit_once('/')?.1.parse().ok(),
        None => number(headers, CONTENT_LENGTH.as_str()),
    }
}

impl Front {
    pub(crate) fn notes_any(&self) -> bool {
        self.noting.as_ref().is_some_and(|web| web.notes_any())
    }

    /// Keeps what a note will need, where there may be one.
    pub(crate) fn keep(&self, visit: &Visit, request: &wire::Request, is_website: bool) -> Option<Box<Kept>> {
        if !self.notes_any() {
            return None;
        }
        let (head, bucket) = (&request.head, request.bucket.as_deref());
        let path = head.uri.path();
        let (name, has_key) = cross::addressed(bucket, path)?;
        let key = has_key.then(|| {
            let path = path.strip_prefix('/').unwrap_or(path);
            let key = if bucket.is_some() { path } else { path.split_once('/').map_or("", |(_, key)| key) };
            percent_decode(key, false).map(std::borrow::Cow::into_owned)
        });
        let headers = &head.headers;
        let taken_bytes = number(headers, "x-amz-decoded-content-length");
        let host = auth::host(head).and_then(|host| std::str::from_utf8(host).ok()).unwrap_or_default();
        let env = &self.floor.env;
        let seen = Seen {
            at_ms: env.clocks.service.now().0,
            region: visit.region.clone().unwrap_or_else(|| self.default_region.clone()),
            bucket: name.into_owned(),
            key: key.flatten(),
            method: head.method.clone(),
            uri: head.uri.clone(),
            version: head.version,
            host: host.to_owned(),
            is_website,
            copied: text(headers, "x-amz-copy-source").filter(|_| head.method == Method::PUT),
            taken_bytes: taken_bytes.or_else(|| number(headers, CONTENT_LENGTH.as_str())),
            origin: visit.origin.clone(),
            who: None,
            signed: Signed::default(),
            by_list: false,
            request_id: visit.request_id.clone(),
            host_id: self.host_id.clone(),
            status: 0,
            error: None,
            bytes_sent: 0,
            whole_bytes: None,
            version_id: None,
            total_ms: 0,
            turnaround_ms: 0,
        };
        Some(Box::new(Kept { seen, started: env.clocks.steady.now() }))
    }

    /// An answer carries who has asked for it.
    pub(crate) async fn tell_asker(&self, response: &mut Response<Body>, cx: &Cx) {
        if !self.notes_any() {
            return;
        }
        let caller = &cx.caller;
        let by_list = cx.leaned_on_lists().await;
        let (who, region, signed) = (caller.who.clone(), caller.region.clone(), caller.signed.clone());
        response.extensions_mut().insert(Asker { who, region, signed, by_list });
        if let Some(code) = cx.refused() {
            response.extensions_mut().insert(Refusal(code.into()));
        }
    }

    /// An answer carries why nothing was done.
    pub(crate) fn tell_refusal(&self, response: &mut Response<Body>, service: &ServiceMeta, fault: &Fault) {
        if service.objects && self.notes_any() {
            response.extensions_mut().insert(Refusal(fault.code().into()));
        }
    }

    /// Notes the request when its answer has gone out, where its bucket has an access log.
    pub(crate) fn note(&self, kept: Box<Kept>, mut response: Response<Body>) -> Response<Body> {
        let Kept { mut seen, started } = *kept;
        let Some(web) = &self.noting else { return response };
        if !web.notes(&seen.bucket) && seen.copied.is_none() {
            return response;
        }
        if let Some(asker) = response.extensions_mut().remove::<Asker>() {
            let Asker { who, region, signed, by_list } = asker;
            seen = Seen { who: Some(who), region, signed, by_list, ..seen };
        }
        let code = response.extensions_mut().remove::<Refusal>().map(|refusal| refusal.0);
        let headers = response.headers();
        seen.error = code.or_else(|| text(headers, "x-amz-error-code").map(Into::into));
        seen.status = response.status().as_u16();
        seen.whole_bytes = whole_bytes(headers);
        seen.version_id = text(headers, "x-amz-version-id");
        seen.turnaround_ms = self.floor.env.clocks.steady.now().saturating_sub(started).as_millis() as u64;
        let mut noting = Noting { web: web.clone(), floor: self.floor.clone(), seen, started };
        let (head, body) = response.into_parts();
        let body = match body {
            Body::Full(bytes) => {
                noting.seen.bytes_sent = bytes.len() as u64;
                Body::Full(bytes)
            }
            Body::Stream(stream) => match stream.take() {
                Some(chunks) => Body::Stream(Stream::new(Counted { chunks, noting }, stream.length())),
                None => Body::Stream(stream),
            },
        };
        Response::from_parts(head, body)
    }
}

/// A note that is made when it is dropped: the answer has gone out, or nobody wants it any more.
struct Noting {
    web: Arc<dyn Web>,
    floor: Arc<Floor>,
    seen: Seen,
    started: Duration,
}

impl Drop for Noting {
    fn drop(&mut self) {
        let took = self.floor.env.clocks.steady.now().saturating_sub(self.started);
        self.seen.total_ms = took.as_millis() as u64;
        self.web.note(&self.floor, &self.seen);
    }
}

/// A body whose bytes are counted.
struct Counted {
    chunks: BoxStream,
    noting: Noting,
}

impl Chunks for Counted {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.chunks.as_mut().poll_next(cx));
        if let Some(Ok(chunk)) = &next {
            self.noting.seen.bytes_sent += chunk.len() as u64;
        }
        Poll::Ready(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_say_how_long_the_whole_is() {
        let headers = |pairs: &[(&'static str, &str)]| {
            let pairs = pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            pairs.collect::<HeaderMap>()
        };
        assert_eq!(whole_bytes(&headers(&[("content-length", "7")])), Some(7));
        let part = [("content-length", "7"), ("content-range", "bytes 0-6/100")];
        assert_eq!(whole_bytes(&headers(&part)), Some(100));
        assert_eq!(whole_bytes(&headers(&[("content-range", "bytes */*")])), None);
    }
}
