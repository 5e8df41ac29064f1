//! One connection, from its first byte to its last.
//!
//! hyper's own choices that matter here. A request line or header that it cannot parse is answered 400 with an empty
//! body, a head that is too large 431, a request line that is too long 414: no AWS error document, because there is
//! no request yet to answer. A client that closes its sending half while it waits for an answer is taken to have hung
//! up (`half_close` off): the two cannot be told apart, and a long poll whose client is gone must end. Answers to
//! pipelined requests are not held back to be sent together (`pipeline_flush` off): no AWS client pipelines, and it
//! would delay the others.

use std::{future::poll_fn, io, net::SocketAddr, pin::pin, sync::Arc, task::Poll, time::Duration};

use hyper::server::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ProtocolVersion;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::{
    Tls,
    desk::{Attended, Desk, Line},
    greet::{Tongue, greet},
    link::Link,
    origin::Memory,
    watch::{Order, Pulse, Watched},
};

/// How long a connection is read on after its last answer when the client may still be sending: closing with unread
/// bytes resets the connection, and the client would lose the answer that says what was wrong.
const LINGER: Duration = Duration::from_secs(5);

/// How requests on a connection are to be answered.
pub(crate) struct House<D> {
    pub(crate) desk: Arc<D>,
    pub(crate) tls: Option<Tls>,
}

impl<D> Clone for House<D> {
    fn clone(&self) -> Self {
        Self { desk: self.desk.clone(), tls: self.tls.clone() }
    }
}

/// Serves a connection until it ends.
pub(crate) async fn serve<S, D>(stream: S, peer: SocketAddr, watched: Watched, house: House<D>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    D: Desk,
{
    let pulse = &watched.pulse;
    let steady = &pulse.watch.env.clocks.steady;
    let opened = tokio::select! {
        biased;
        opened = open(stream, house.tls.as_ref()) => opened,
        () = steady.wait(pulse.watch.limits.greeting_time_max) => return,
        () = ordered(pulse) => return,
    };
    let line =
        |tls, http2| Line { http2, pulse: pulse.clone(), memory: Memory::new(&pulse.watch.env, peer, tls) };
    let attended = |line| Attended { desk: house.desk.another(), line };
    match opened {
        Ok(Opened::Plain(stream, false)) => http1(stream, attended(line(None, false)), pulse).await,
        Ok(Opened::Plain(stream, true)) => http2(stream, attended(line(None, true)), pulse).await,
        Ok(Opened::Secure(stream, tls, false)) => {
            http1(stream, attended(line(Some(tls), false)), pulse).await;
        }
        Ok(Opened::Secure(stream, tls, true)) => http2(stream, attended(line(Some(tls), true)), pulse).await,
        Err(e) => tracing::debug!(%peer, cause = %e, "no connection came about"),
    }
}

/// A connection whose language is known; the flag says whether that is HTTP/2.
enum Opened<S> {
    Plain(S, bool),
    /// With the version and the cipher suite of TLS.
    Secure(Box<tokio_rustls::server::TlsStream<S>>, (&'static str, &'static str), bool),
}

async fn open<S>(stream: S, tls: Option<&Tls>) -> io::Result<Opened<crate::link::Rewound<S>>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (tongue, stream) = greet(stream).await?;
    match (tongue, tls) {
        (Tongue::Http1, _) => Ok(Opened::Plain(stream, false)),
        (Tongue::Http2, _) => Ok(Opened::Plain(stream, true)),
        (Tongue::Tls, None) => Err(io::Error::other("TLS is not set up")),
        (Tongue::Tls, Some(tls)) => {
            let stream = tls.acceptor().await?.accept(stream).await?;
            let session = stream.get_ref().1;
            let http2 = session.alpn_protocol() == Some(b"h2");
            let version = match session.protocol_version() {
                Some(ProtocolVersion::TLSv1_2) => "1.2",
                _ => "1.3",
            };
            let cipher = session.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str());
            let tls = (version, cipher.unwrap_or_default());
            Ok(Opened::Secure(Box::new(stream), tls, http2))
        }
    }
}

/// Waits for an order to end.
async fn ordered(pulse: &Pulse) {
    poll_fn(|cx| {
        pulse.listen(cx.waker());
        if pulse.order() == Order::Run { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

async fn http1<S, D>(stream: S, attended: Attended<D>, pulse: &Arc<Pulse>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    D: Desk,
{
    pulse.speaks_http1();
    let link = TokioIo::new(Link::new(stream, pulse.clone()));
    let mut connection = http1::Builder::new()
        .max_header_size(pulse.watch.limits.head_bytes_max)
        .header_read_timeout(None) // the watch's work
        .serve_connection(link, attended);
    let mut orders = Orders::new(pulse);
    let ended = poll_fn(|cx| {
        match orders.next(cx) {
            Order::Run => {}
            Order::Finish => std::pin::Pin::new(&mut connection).graceful_shutdown(),
            Order::Cut => return Poll::Ready(None),
        }
        connection.poll_without_shutdown(cx).map(Some)
    })
    .await;
    let Some(result) = ended else { return };
    let unparsed = result.as_ref().is_err_and(hyper::Error::is_parse);
    if let Err(e) = result {
        tracing::debug!(cause = %e, "connection ended");
    }
    let mut stream = connection.into_parts().io.into_inner();
    if stream.shutdown().await.is_ok() && (unparsed || pulse.has_unread()) {
        linger(stream, pulse).await;
    }
}

async fn http2<S, D>(stream: S, attended: Attended<D>, pulse: &Arc<Pulse>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    D: Desk,
{
    let limits = &pulse.watch.limits;
    let link = TokioIo::new(Link::new(stream, pulse.clone()));
    let connection = http2::Builder::new(TokioExecutor::new())
        .max_concurrent_streams(limits.streams_max)
        .max_header_list_size(u32::try_from(limits.head_bytes_max).unwrap_or(u32::MAX))
        .serve_connection(link, attended);
    let mut connection = pin!(connection);
    let mut orders = Orders::new(pulse);
    poll_fn(|cx| {
        match orders.next(cx) {
            Order::Run => {}
            Order::Finish => connection.as_mut().graceful_shutdown(),
            Order::Cut => return Poll::Ready(()),
        }
        connection.as_mut().poll(cx).map(|ended| {
            if let Err(e) = ended {
                tracing::debug!(cause = %e, "connection ended");
            }
        })
    })
    .await;
}

/// The watch's orders, each handed out once; free while there are none.
struct Orders<'a> {
    pulse: &'a Pulse,
    waker: Option<std::task::Waker>,
    finishing: bool,
}

impl<'a> Orders<'a> {
    fn new(pulse: &'a Pulse) -> Self {
        Self { pulse, waker: None, finishing: false }
    }

    fn next(&mut self, cx: &std::task::Context<'_>) -> Order {
        // A task keeps its waker for life: it is registered once, and anew where an order has used it up.
        if !self.waker.as_ref().is_some_and(|w| w.will_wake(cx.waker())) {
            self.pulse.listen(cx.waker());
            self.waker = Some(cx.waker().clone());
        }
        match self.pulse.order() {
            Order::Finish if self.finishing => Order::Run,
            Order::Finish => {
                self.finishing = true;
                self.pulse.listen(cx.waker());
                self.pulse.order()
            }
            order => order,
        }
    }
}

/// Reads and forgets, until the client closes or the time is up.
async fn linger<S: AsyncRead + Unpin>(mut stream: S, pulse: &Pulse) {
    let steady = &pulse.watch.env.clocks.steady;
    let drained = async {
        let mut bytes = vec![0; 16 * 1024];
        while stream.read(&mut bytes).await.is_ok_and(|n| n > 0) {}
    };
    tokio::select! {
        () = drained => {}
        () = steady.wait(LINGER) => {}
        () = ordered(pulse) => {}
    }
}

#[cfg(test)]
mod tests;
