//! Connections to endpoints that are kept open between deliveries: a few of each endpoint, and not for long.

use std::{collections::HashMap, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::{
    body::Incoming,
    client::conn::http1::{self, SendRequest},
};
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::limits::{
    ENDPOINT_ANSWER_BYTES_MAX, LANES_A_SUBSCRIPTION, LINE_AGE_MAX, LINE_IDLE_MAX, LINES_KEPT_MAX,
};

/// Where a connection leads: whether over TLS, the host and the port.
pub(crate) type Place = (bool, String, u16);

/// A connection. It was made to an address that had been judged, and stays with it.
pub(crate) struct Line {
    sender: SendRequest<Full<Bytes>>,
    _driven: Driven,
    made: Duration,
}

/// A connection's task ends with whoever has the connection.
struct Driven(tokio::task::JoinHandle<Result<(), hyper::Error>>);

impl Drop for Driven {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Line {
    pub(crate) async fn new<S>(socket: S, now: Duration) -> hyper::Result<Self>
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let (sender, connection) = http1::Builder::new()
            .max_buf_size(ENDPOINT_ANSWER_BYTES_MAX)
            .handshake(TokioIo::new(socket))
            .await?;
        Ok(Self { sender, _driven: Driven(tokio::spawn(connection)), made: now })
    }

    pub(crate) async fn send(&mut self, request: Request<Full<Bytes>>) -> hyper::Result<Response<Incoming>> {
        self.sender.send_request(request).await
    }

    /// Waits until it takes another request, after an answer that was read to its end. Answers whether it does.
    pub(crate) async fn is_ready(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }
}

/// Connections that nobody uses at the moment.
#[derive(Default)]
pub(crate) struct Lines(Mutex<Idle>);

#[derive(Default)]
struct Idle {
    by_place: HashMap<Place, Vec<(Line, Duration)>>,
    count: usize,
}

fn is_fresh((line, since): &(Line, Duration), now: Duration) -> bool {
    now < *since + LINE_IDLE_MAX && now < line.made + LINE_AGE_MAX && !line.sender.is_closed()
}

impl Idle {
    fn sweep(&mut self, now: Duration) {
        self.by_place.retain(|_, idle| {
            idle.retain(|one| is_fresh(one, now));
            !idle.is_empty()
        });
        self.count = self.by_place.values().map(Vec::len).sum();
    }
}

impl Lines {
    /// A connection to this place, the one that was used last.
    pub(crate) fn take(&self, place: &Place, now: Duration) -> Option<Line> {
        let all = &mut *self.0.lock();
        let idle = all.by_place.get_mut(place)?;
        let found = loop {
            let Some(last) = idle.pop() else { break None };
            all.count -= 1;
            if is_fresh(&last, now) {
                break Some(last.0);
            }
        };
        if idle.is_empty() {
            all.by_place.remove(place);
        }
        found
    }

    /// Keeps a connection, if there is room.
    pub(crate) fn keep(&self, place: &Place, line: Line, now: Duration) {
        let all = &mut *self.0.lock();
        if all.count >= LINES_KEPT_MAX {
            all.sweep(now);
        }
        let of_place = all.by_place.get(place).map_or(0, Vec::len);
        if all.count < LINES_KEPT_MAX && of_place < usize::from(LANES_A_SUBSCRIPTION) {
            all.count += 1;
            all.by_place.entry(place.clone()).or_default().push((line, now));
        }
    }

    /// Closes those that were not used for a while.
    pub(crate) fn sweep(&self, now: Duration) {
        let all = &mut *self.0.lock();
        if all.count > 0 {
            all.sweep(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::*;

    fn place(port: u16) -> Place {
        (false, "example.com".to_owned(), port)
    }

    async fn line(made_s: u64) -> (Line, DuplexStream) {
        let (here, there) = duplex(1024);
        (Line::new(here, Duration::from_secs(made_s)).await.unwrap(), there)
    }

    #[tokio::test]
    async fn a_few_of_each_place_are_kept() {
        let (lines, now) = (Lines::default(), Duration::from_secs(1));
        let mut others = Vec::new();
        for _ in 0..LANES_A_SUBSCRIPTION + 3 {
            let (line, other) = line(1).await;
            lines.keep(&place(1), line, now);
            others.push(other);
        }
        assert!(lines.take(&place(2), now).is_none());
        let mut taken = 0;
        while lines.take(&place(1), now).is_some() {
            taken += 1;
        }
        assert_eq!(taken, LANES_A_SUBSCRIPTION);
        assert_eq!(lines.0.lock().count, 0);
        assert!(lines.0.lock().by_place.is_empty());
    }

    #[tokio::test]
    async fn no_more_are_kept_than_there_is_room_for() {
        let lines = Lines::default();
        let mut others = Vec::new();
        for port in 0..LINES_KEPT_MAX as u16 + 10 {
            let (line, other) = line(1).await;
            lines.keep(&place(port), line, Duration::from_secs(1));
            others.push(other);
        }
        assert_eq!(lines.0.lock().count, LINES_KEPT_MAX);
        // Those whose time is over make room.
        let later = Duration::from_secs(1) + LINE_IDLE_MAX;
        let (line, _other) = line(60).await;
        lines.keep(&place(9999), line, later);
        assert_eq!(lines.0.lock().count, 1);
    }

    #[tokio::test]
    async fn old_ones_and_idle_ones_are_closed() {
        let lines = Lines::default();
        let (first, mut other) = line(0).await;
        lines.keep(&place(1), first, Duration::ZERO);
        lines.sweep(LINE_IDLE_MAX.saturating_sub(Duration::from_millis(1)));
        assert_eq!(lines.0.lock().count, 1);
        lines.sweep(LINE_IDLE_MAX);
        assert_eq!(lines.0.lock().count, 0);
        assert_eq!(other.read(&mut [0; 8]).await.unwrap(), 0, "it is closed");
        let (second, _other) = line(0).await;
        let late = LINE_AGE_MAX.saturating_sub(Duration::from_millis(1));
        lines.keep(&place(1), second, late);
        assert!(lines.take(&place(1), LINE_AGE_MAX).is_none(), "however much it is used");
    }

    #[tokio::test]
    async fn one_that_the_other_side_closed_is_not_given() {
        let lines = Lines::default();
        let (mut line, other) = line(0).await;
        drop(other);
        assert!(!line.is_ready().await);
        lines.keep(&place(1), line, Duration::ZERO);
        assert!(lines.take(&place(1), Duration::ZERO).is_none());
    }

    #[tokio::test]
    async fn a_line_carries_one_request_after_the_other() {
        let (mut line, mut other) = line(0).await;
        let serve = tokio::spawn(async move {
            let mut seen = Vec::new();
            for _ in 0..2 {
                let mut part = [0; 512];
                let n = other.read(&mut part).await.unwrap();
                seen.push(String::from_utf8_lossy(&part[..n]).into_owned());
                other.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
            }
            (seen, other)
        });
        for text in ["one", "two"] {
            let request = Request::post("/").body(Full::new(Bytes::from(text))).unwrap();
            assert_eq!(line.send(request).await.unwrap().status(), 200);
            assert!(line.is_ready().await);
        }
        let (seen, _other) = serve.await.unwrap();
        assert!(seen[0].ends_with("\r\n\r\none") && seen[1].ends_with("\r\n\r\ntwo"), "{seen:?}");
    }
}
