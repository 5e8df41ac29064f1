//! A stream of bytes as a field: the body of an object, in either direction.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::Stream as Chunks;
use http::{HeaderMap, HeaderName, HeaderValue};
use parking_lot::Mutex;

use crate::fault::Fault;

/// The chunks of a body.
pub type BoxStream = Pin<Box<dyn Chunks<Item = Result<Bytes, StreamError>> + Send>>;

/// A body as a field of a structure. Absent by default; taken once.
#[derive(Default)]
pub struct Stream {
    chunks: Mutex<Option<BoxStream>>,
    present: bool,
    length: Option<u64>,
    trailers: Option<Trailers>,
}

/// Why a stream ended early.
#[derive(Debug)]
pub enum StreamError {
    /// The content is refused: a wrong signature or checksum, a malformed chunk.
    Refused(Fault),
    /// The other side went away, or sent less than it said.
    Gone(String),
}

impl Stream {
    /// From chunks, with the length in bytes when it is known.
    pub fn new<S>(chunks: S, length: Option<u64>) -> Stream
    where
        S: Chunks<Item = Result<Bytes, StreamError>> + Send + 'static,
    {
        Stream { chunks: Mutex::new(Some(Box::pin(chunks))), present: true, length, trailers: None }
    }

    /// The same stream; `trailers` will be filled by whoever produces the chunks, before their end.
    #[must_use]
    pub fn with_trailers(mut self, trailers: Trailers) -> Stream {
        self.trailers = Some(trailers);
        self
    }

    /// Whether there is (or was) a body at all.
    pub fn is_present(&self) -> bool {
        self.present
    }

    /// Its length in bytes, when it is known ahead.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The chunks; `None` when they have been taken before, or the stream is absent.
    pub fn take(&self) -> Option<BoxStream> {
        self.chunks.lock().take()
    }

    /// What follows the last chunk: complete once the chunks have ended. Empty when nobody produces any.
    pub fn trailers(&self) -> Trailers {
        self.trailers.clone().unwrap_or_default()
    }

    /// The same stream for someone else: what is left of it moves there.
    pub(crate) fn hand_over(&self) -> Option<Stream> {
        let chunks = self.chunks.lock().take()?;
        let (present, length, trailers) = (true, self.length, self.trailers.clone());
        Some(Stream { chunks: Mutex::new(Some(chunks)), present, length, trailers })
    }

    pub(crate) fn chunks_mut(&mut self) -> &mut Option<BoxStream> {
        self.chunks.get_mut()
    }
}

impl From<Bytes> for Stream {
    fn from(bytes: Bytes) -> Stream {
        let length = bytes.len() as u64;
        let chunk = (!bytes.is_empty()).then_some(Ok(bytes));
        Stream::new(futures_util::stream::iter(chunk), Some(length))
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.present, self.length) {
            (false, _) => f.write_str("no stream"),
            (true, Some(length)) => write!(f, "stream of {length} bytes"),
            (true, None) => f.write_str("stream"),
        }
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StreamError::Refused(fault) => fault.fmt(f),
            StreamError::Gone(why) => write!(f, "the stream ended early: {why}"),
        }
    }
}

impl std::error::Error for StreamError {}

impl From<StreamError> for Fault {
    fn from(error: StreamError) -> Fault {
        match error {
            StreamError::Refused(fault) => fault,
            // What a client sends too little of is refused by who reads it; this was ours.
            StreamError::Gone(why) => {
                Fault::coded("InternalError", 500, "We encountered an internal error. Please try again.")
                    .because(why)
            }
        }
    }
}

/// Where the names of trailers stand until these come.
const ANNOUNCED: HeaderName = HeaderName::from_static("x-amz-trailer");

/// Header fields behind a body. Shared between the producer, which sets them, and the reader.
#[derive(Debug, Clone)]
pub struct Trailers(Arc<Mutex<HeaderMap>>);

impl Default for Trailers {
    fn default() -> Trailers {
        Trailers(Arc::new(Mutex::new(HeaderMap::new())))
    }
}

impl Trailers {
    /// Says ahead which fields will follow (`x-amz-trailer`).
    pub fn announce(&self, names: HeaderValue) {
        self.0.lock().insert(ANNOUNCED, names);
    }

    /// The names of the fields that will follow, with commas between; none where nothing was said.
    pub fn announced(&self) -> Option<String> {
        self.get(&ANNOUNCED)
    }

    /// Sets all of them, at the end of the body.
    pub fn set(&self, fields: HeaderMap) {
        *self.0.lock() = fields;
    }

    /// One of them, when it is there and is text.
    pub fn get(&self, name: &HeaderName) -> Option<String> {
        self.0.lock().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    }

    /// All of them.
    pub fn all(&self) -> HeaderMap {
        self.0.lock().clone()
    }
}
