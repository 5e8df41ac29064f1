//! Request bodies: collected within their limit, or passing by; never waited for without end.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, atomic::Ordering},
    task::{Context, Poll, Waker, ready},
    time::Duration,
};

use auth::{AuthError, Dialect, Payload, chunked::Decoder, payload::HashCheck};
use bytes::{Bytes, BytesMut};
use futures_util::Stream as Chunks;
use http::{HeaderMap, HeaderName, HeaderValue, header::EXPECT};
use http_body::Body;
use hyper::body::Incoming;
use wire::{Fault, StreamError, Trailers};

use crate::{
    fault,
    watch::{Pulse, Watch},
};

/// What each body may hold without being counted: the many small ones cost nothing, and the number of requests
/// bounds them.
const FREE_BYTES: u64 = 64 * 1024;

/// Pieces of an unwanted body that are read and forgotten; each is what came in one read.
const UNWANTED_PIECES_MAX: usize = 4;

/// A body on its way in.
pub(crate) struct Intake {
    body: Incoming,
    pulse: Arc<Pulse>,
    /// For the words of refusals.
    s3: bool,
    ended: bool,
    /// The client waits to be asked for the body (`Expect: 100-continue`): reading on is asking.
    waits: bool,
    /// Runs while nothing comes; made when that happens first.
    stall: Option<Stall>,
}

struct Stall {
    timer: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// When the last bytes came.
    heard: Duration,
}

impl Intake {
    pub(crate) fn new(body: Incoming, headers: &HeaderMap, pulse: Arc<Pulse>, s3: bool) -> Self {
        let ended = body.is_end_stream();
        let waits = !ended && headers.contains_key(EXPECT);
        Self { body, pulse, s3, ended, waits, stall: None }
    }

    /// The length in bytes, where the head says it.
    pub(crate) fn length(&self) -> Option<u64> {
        self.body.size_hint().exact()
    }

    /// The next bytes; `None` at the end.
    fn poll_bytes(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Fault>>> {
        self.waits = false;
        loop {
            match Pin::new(&mut self.body).poll_frame(cx) {
                Poll::Ready(Some(Ok(frame))) => {
                    if let Some(stall) = &mut self.stall {
                        stall.heard = self.pulse.watch.env.clocks.steady.now();
                    }
                    // Trailers of HTTP itself mean nothing to any AWS API.
                    let Ok(bytes) = frame.into_data() else { continue };
                    if !bytes.is_empty() {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
                Poll::Ready(Some(Err(cause))) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(fault::incomplete().because(cause))));
                }
                Poll::Ready(None) => {
                    self.ended = true;
                    return Poll::Ready(None);
                }
                Poll::Pending => {
                    ready!(self.poll_stall(cx));
                    return Poll::Ready(Some(Err(fault::stalled(self.s3))));
                }
            }
        }
    }

    /// Ready when nothing has come for too long.
    fn poll_stall(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let watch = &self.pulse.watch;
        let until = |at: Duration| -> Pin<Box<dyn Future<Output = ()> + Send>> {
            let steady = watch.env.clocks.steady.clone();
            Box::pin(async move { steady.until(at).await })
        };
        let limit = watch.limits.body_stall_max;
        let now = || watch.env.clocks.steady.now();
        let stall = self.stall.get_or_insert_with(|| {
            let heard = now();
            Stall { timer: until(heard + limit), heard }
        });
        loop {
            ready!(stall.timer.as_mut().poll(cx));
            let end = stall.heard + limit;
            if now() >= end {
                return Poll::Ready(());
            }
            stall.timer = until(end);
        }
    }

    /// Reads the whole body, of `bytes_max` at most.
    pub(crate) async fn collect(mut self, bytes_max: u64) -> Result<(Bytes, Held), Fault> {
        let expected = self.length();
        if self.ended {
            return Ok(Default::default());
        }
        if expected.is_some_and(|length| length > bytes_max) {
            return Err(fault::too_large(self.s3, bytes_max));
        }
        let mut held = Held::default();
        let mut all = Gathered::None;
        while let Some(bytes) = std::future::poll_fn(|cx| self.poll_bytes(cx)).await {
            let total = all.add(bytes?, expected);
            if total > bytes_max {
                return Err(fault::too_large(self.s3, bytes_max));
            }
            if !held.raise(&self.pulse.watch, total) {
                return Err(fault::overloaded(self.s3));
            }
        }
        Ok((all.finish(), held))
    }
}

impl Drop for Intake {
    /// A body that nobody wants: what has come of it already is taken, so that a small one does not cost the client
    /// its connection.
    fn drop(&mut self) {
        let mut cx = Context::from_waker(Waker::noop());
        for _ in 0..UNWANTED_PIECES_MAX {
            if self.ended || self.waits {
                break;
            }
            match Pin::new(&mut self.body).poll_frame(&mut cx) {
                Poll::Ready(Some(Ok(_))) => {}
                Poll::Ready(None) => self.ended = true,
                Poll::Ready(Some(Err(_))) | Poll::Pending => break,
            }
        }
        if !self.ended {
            self.pulse.left_unread();
        }
    }
}

/// A body as far as it has come. One that comes in one piece, as small ones do, is not copied.
enum Gathered {
    None,
    One(Bytes),
    Many(BytesMut),
}

impl Gathered {
    /// Adds `bytes`; the length now.
    fn add(&mut self, bytes: Bytes, expected: Option<u64>) -> u64 {
        *self = match std::mem::replace(self, Self::None) {
            Self::None => Self::One(bytes),
            Self::One(first) => {
                // What the head promises is not reserved at once: a promise costs a client nothing.
                let promised = expected.unwrap_or(0).min(FREE_BYTES) as usize;
                let room = promised.max(first.len() + bytes.len());
                let mut all = BytesMut::with_capacity(room);
                all.extend_from_slice(&first);
                all.extend_from_slice(&bytes);
                Self::Many(all)
            }
            Self::Many(mut all) => {
                all.extend_from_slice(&bytes);
                Self::Many(all)
            }
        };
        match self {
            Self::None => 0,
            Self::One(all) => all.len() as u64,
            Self::Many(all) => all.len() as u64,
        }
    }

    fn finish(self) -> Bytes {
        match self {
            Self::None => Bytes::new(),
            Self::One(all) => all,
            Self::Many(all) => all.freeze(),
        }
    }
}

/// A share of what all bodies together may take, until it is dropped.
#[derive(Default)]
pub(crate) struct Held {
    watch: Option<Arc<Watch>>,
    bytes: u64,
}

impl Held {
    /// Whether `total` bytes may be held.
    fn raise(&mut self, watch: &Arc<Watch>, total: u64) -> bool {
        let more = total.saturating_sub(FREE_BYTES).saturating_sub(self.bytes);
        if more == 0 {
            return true;
        }
        self.watch.get_or_insert_with(|| watch.clone());
        self.bytes += more;
        watch.collected.fetch_add(more, Ordering::Relaxed) + more <= watch.limits.collected_bytes_max
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(watch) = &self.watch {
            watch.collected.fetch_sub(self.bytes, Ordering::Relaxed);
        }
    }
}

/// The SHA-256 of no bytes: what most requests are signed with, and need not be computed for each.
const HASH_OF_NOTHING: [u8; 32] = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27,
    0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

/// What a body is checked against, or decoded by.
pub(crate) enum Check {
    None,
    Hash(HashCheck),
    Chunked(Box<Decoder>),
}

impl Check {
    pub(crate) fn new(payload: &Payload, headers: &HeaderMap, body: &Intake) -> Result<Self, AuthError> {
        if let Some(decoder) = Decoder::for_request(payload, headers)? {
            return Ok(Self::Chunked(Box::new(decoder)));
        }
        Ok(match payload {
            Payload::Hash(HASH_OF_NOTHING) if body.ended => Self::None,
            Payload::Hash(expected) => Self::Hash(HashCheck::new(*expected)),
            _ => Self::None,
        })
    }

    /// The length of the decoded body, where that is not the length of the body.
    pub(crate) fn decoded_bytes(&self) -> Option<u64> {
        match self {
            Self::Chunked(decoder) => Some(decoder.decoded_bytes()),
            Self::None | Self::Hash(_) => None,
        }
    }

    /// Checks and decodes a body that is there as a whole; the trailers come with it.
    pub(crate) fn whole(self, body: Bytes) -> Result<(Bytes, HeaderMap), AuthError> {
        match self {
            Self::None => Ok((body, HeaderMap::new())),
            Self::Hash(mut check) => {
                check.update(&body);
                check.finish().map(|()| (body, HeaderMap::new()))
            }
            Self::Chunked(decoder) => {
                decoder.decode_whole(body).map(|(data, trailer)| (data, fields(trailer)))
            }
        }
    }
}

fn fields(trailer: auth::chunked::Trailer) -> HeaderMap {
    let pair = |(name, value): (String, String)| {
        Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_str(&value).ok()?))
    };
    trailer.into_iter().filter_map(pair).collect()
}

/// A body passing by: checked and decoded as it comes. Its last bytes are followed by an error where the whole was not
/// what was signed, so that nobody who reads to the end can take a false body for a true one.
pub(crate) struct Passing {
    intake: Intake,
    check: Check,
    trailers: Trailers,
    /// Came in and not decoded yet.
    undecoded: Bytes,
}

impl Passing {
    pub(crate) fn new(intake: Intake, check: Check, trailers: Trailers) -> Self {
        Self { intake, check, trailers, undecoded: Bytes::new() }
    }

    fn finish(&mut self) -> Result<(), AuthError> {
        match std::mem::replace(&mut self.check, Check::None) {
            Check::None => Ok(()),
            Check::Hash(check) => check.finish(),
            Check::Chunked(decoder) => decoder.finish().map(|trailer| self.trailers.set(fields(trailer))),
        }
    }
}

/// Only S3's operations take streams.
fn refused(error: &AuthError) -> StreamError {
    StreamError::Refused(fault::of_auth(error, Dialect::S3))
}

impl Chunks for Passing {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Check::Chunked(decoder) = &mut this.check
                && !this.undecoded.is_empty()
            {
                match decoder.decode(&mut this.undecoded) {
                    Ok(Some(data)) => return Poll::Ready(Some(Ok(data))),
                    Ok(None) => {}
                    Err(error) => return Poll::Ready(Some(Err(refused(&error)))),
                }
            }
            let bytes = match ready!(this.intake.poll_bytes(cx)) {
                Some(Ok(bytes)) => bytes,
                Some(Err(fault)) => return Poll::Ready(Some(Err(StreamError::Refused(fault)))),
                None => {
                    let ended = this.finish();
                    return Poll::Ready(ended.err().map(|error| Err(refused(&error))));
                }
            };
            match &mut this.check {
                Check::None => return Poll::Ready(Some(Ok(bytes))),
                Check::Hash(check) => {
                    check.update(&bytes);
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Check::Chunked(_) => this.undecoded = bytes,
            }
        }
    }
}
