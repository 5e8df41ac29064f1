//! Requests and responses as the protocols see them.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::stream::{Stream, StreamError};

/// A request whose signature has been checked.
#[derive(Debug)]
pub struct Request {
    /// Method, address and headers.
    pub head: http::request::Parts,
    /// The body: whole, or a stream for operations that take one.
    pub body: Body,
    /// The bucket when the host names it; the path is then the key.
    pub bucket: Option<Box<str>>,
}

/// A complete answer.
pub type Response = http::Response<Body>;

/// A body, whole or passing by.
#[derive(Debug)]
pub enum Body {
    /// In memory.
    Full(Bytes),
    /// Passing by.
    Stream(Stream),
}

impl Request {
    /// A request, addressed by its path.
    #[must_use]
    pub fn new(head: http::request::Parts, body: Body) -> Request {
        Request { head, body, bucket: None }
    }

    /// The body in memory; empty while it is a stream.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.body {
            Body::Full(bytes) => bytes,
            Body::Stream(_) => &[],
        }
    }
}

impl Default for Body {
    fn default() -> Body {
        Body::Full(Bytes::new())
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Body {
        Body::Full(bytes.into())
    }
}

impl From<String> for Body {
    fn from(text: String) -> Body {
        Body::Full(text.into())
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        match &mut *self {
            Body::Full(bytes) if bytes.is_empty() => Poll::Ready(None),
            Body::Full(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Body::Stream(stream) => {
                let Some(chunks) = stream.chunks_mut() else { return Poll::Ready(None) };
                let next = ready!(chunks.as_mut().poll_next(cx));
                if next.is_none() {
                    *stream.chunks_mut() = None;
                }
                Poll::Ready(next.map(|chunk| chunk.map(Frame::data)))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Body::Full(bytes) => bytes.is_empty(),
            Body::Stream(stream) => !stream.is_present() || stream.length() == Some(0),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Body::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Body::Stream(stream) => stream.length().map_or_else(SizeHint::default, SizeHint::with_exact),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::Trailers;
    use std::future::poll_fn;

    async fn frames(mut body: Body) -> Vec<Result<Bytes, String>> {
        let mut frames = Vec::new();
        while let Some(frame) = poll_fn(|cx| http_body::Body::poll_frame(Pin::new(&mut body), cx)).await {
            frames.push(frame.map(|f| f.into_data().unwrap_or_default()).map_err(|e| e.to_string()));
        }
        frames
    }

    #[tokio::test]
    async fn a_stream_passes_chunk_by_chunk_and_ends_with_its_error() {
        let gone = StreamError::Gone("closed".into());
        let chunks = vec![Ok(Bytes::from_static(b"a")), Ok(Bytes::from_static(b"b")), Err(gone)];
        let stream = Stream::new(futures_util::stream::iter(chunks), Some(3));
        let body = Body::Stream(stream);
        assert_eq!(http_body::Body::size_hint(&body).exact(), Some(3));
        let frames = frames(body).await;
        assert_eq!(frames[..2], [Ok(Bytes::from_static(b"a")), Ok(Bytes::from_static(b"b"))]);
        assert_eq!(frames[2], Err("the stream ended early: closed".to_owned()));
        assert_eq!(self::frames(Body::from("x".to_owned())).await, [Ok(Bytes::from_static(b"x"))]);
        assert!(self::frames(Body::default()).await.is_empty());
    }

    #[test]
    fn trailers_are_shared_with_their_producer() {
        let trailers = Trailers::default();
        let stream = Stream::from(Bytes::from_static(b"a")).with_trailers(trailers.clone());
        let name = http::HeaderName::from_static("x-amz-checksum-crc32");
        assert_eq!(stream.trailers().get(&name), None);
        trailers.set(http::HeaderMap::from_iter([(name.clone(), http::HeaderValue::from_static("AA=="))]));
        assert_eq!(stream.trailers().get(&name).as_deref(), Some("AA=="));
        assert!(stream.take().is_some() && stream.take().is_none() && stream.is_present());
        assert!(!Stream::default().is_present() && Stream::default().take().is_none());
    }
}
