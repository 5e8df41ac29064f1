//! Between a connection and what answers its requests: counting, hang-ups, panics.

use std::{
    convert::Infallible,
    error::Error,
    marker::PhantomData,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use floor::Gone;
use futures_util::{FutureExt, future::BoxFuture};
use http::{HeaderValue, Request, Response, header::CONNECTION};
use http_body::{Frame, SizeHint};
use hyper::body::Incoming;
use tokio::runtime::Handle;

use crate::watch::{Asked, InProgress, Pulse};

/// What answers requests.
pub(crate) trait Desk: Send + Sync + 'static {
    /// The body of its answers.
    type Body: http_body::Body<Data = Bytes, Error: Into<Box<dyn Error + Send + Sync>>>
        + Send
        + Unpin
        + 'static;

    /// The same desk for another connection.
    fn another(self: &Arc<Self>) -> Arc<Self> {
        self.clone()
    }

    /// Begins a request. What is returned is polled inside the connection's own task; `gone` is told when the client
    /// has hung up, and the future is then polled to its end elsewhere.
    fn answer(
        self: &Arc<Self>,
        line: &Line,
        request: Request<Incoming>,
        gone: Gone,
    ) -> BoxFuture<'static, Response<Self::Body>>;

    /// Too many requests are in progress.
    fn overloaded(&self, line: &Line, request: Request<Incoming>) -> Response<Self::Body>;

    /// A request's future has panicked.
    fn failed() -> Response<Self::Body>;
}

/// A connection, as the requests on it see it.
pub(crate) struct Line {
    /// Whether it is HTTP/2.
    pub(crate) http2: bool,
    pub(crate) pulse: Arc<Pulse>,
    /// What requests on this connection have in common.
    pub(crate) memory: crate::origin::Memory,
}

/// A desk as hyper's service, for one connection.
pub(crate) struct Attended<D> {
    pub(crate) desk: Arc<D>,
    pub(crate) line: Line,
}

impl<D: Desk> hyper::service::Service<Request<Incoming>> for Attended<D> {
    type Response = Response<Answer<D::Body>>;
    type Error = Infallible;
    type Future = InPlace<D>;

    fn call(&self, request: Request<Incoming>) -> InPlace<D> {
        let Self { desk, line } = self;
        let asked = Some(line.pulse.asked());
        // On HTTP/1 a request's client has hung up when the connection's has; a stream of HTTP/2 may end alone.
        let gone = if line.http2 { Gone::default() } else { line.pulse.gone.clone() };
        // HTTP/1 has one request at a time: its connection counts for it.
        let progress = line.http2.then(|| line.pulse.watch.request());
        let stage = if matches!(progress, Some(None)) {
            Stage::Answered(desk.overloaded(line, request))
        } else {
            Stage::Running(desk.answer(line, request, gone.clone()), progress.flatten())
        };
        InPlace { stage, asked, gone, desk: PhantomData }
    }
}

/// A request, polled inside its connection's task: that saves a task for each. When hyper drops it unfinished, because
/// the client has hung up, the rest runs in a task of its own: a commit is never cut off from what follows it.
pub(crate) struct InPlace<D: Desk> {
    stage: Stage<D::Body>,
    asked: Option<Asked>,
    gone: Gone,
    desk: PhantomData<fn(D)>,
}

enum Stage<B> {
    Running(BoxFuture<'static, Response<B>>, Option<InProgress>),
    Answered(Response<B>),
    Over,
}

impl<D: Desk> Future for InPlace<D> {
    type Output = Result<Response<Answer<D::Body>>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = match &mut self.stage {
            Stage::Running(run, _) => match catch_unwind(AssertUnwindSafe(|| run.as_mut().poll(cx))) {
                Ok(Poll::Pending) => return Poll::Pending,
                Ok(Poll::Ready(response)) => Some(response),
                Err(_) => None, // the panic hook has said what happened
            },
            Stage::Answered(_) | Stage::Over => None,
        };
        let stage = std::mem::replace(&mut self.stage, Stage::Over);
        let mut response = match (response, stage) {
            (Some(response), _) | (None, Stage::Answered(response)) => response,
            (None, _) => D::failed(),
        };
        let asked = self.asked.take();
        if asked.as_ref().is_some_and(Asked::must_close) {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        Poll::Ready(Ok(response.map(|body| Answer { body, _asked: asked })))
    }
}

impl<D: Desk> Unpin for InPlace<D> {}

impl<D: Desk> Drop for InPlace<D> {
    fn drop(&mut self) {
        let Stage::Running(run, progress) = std::mem::replace(&mut self.stage, Stage::Over) else { return };
        self.gone.tell();
        let progress = progress.or_else(|| self.asked.as_ref().map(Asked::left_behind));
        // Without a runtime the process is ending, which no future survives.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move {
                let _ = AssertUnwindSafe(run).catch_unwind().await;
                drop(progress);
            });
        }
    }
}

/// An answer's body; the request is over when it is dropped.
pub(crate) struct Answer<B> {
    body: B,
    _asked: Option<Asked>,
}

impl<B: http_body::Body + Unpin> http_body::Body for Answer<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }
    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
