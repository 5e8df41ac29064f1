//! Connections in memory, under clocks that only the test turns.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use bytes::Bytes;
use env::Env;
use floor::Gone;
use futures_util::{FutureExt, future::BoxFuture};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use tokio::{io::DuplexStream, sync::Notify};

use super::*;
use crate::{Limits, watch::Watch};

/// A desk whose requests say what they do by their path.
#[derive(Default)]
struct Toy {
    released: Notify,
    committed: AtomicBool,
    waits_ended: AtomicUsize,
    begun: Notify,
}

fn text(status: u16, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
}

impl Desk for Toy {
    type Body = Full<Bytes>;

    fn answer(
        self: &Arc<Self>,
        line: &Line,
        request: Request<Incoming>,
        gone: Gone,
    ) -> BoxFuture<'static, Response<Full<Bytes>>> {
        let (desk, pulse) = (self.clone(), line.pulse.clone());
        Box::pin(async move {
            desk.begun.notify_one();
            match request.uri().path() {
                "/wait" => {
                    gone.wait().await;
                    desk.waits_ended.fetch_add(1, Ordering::SeqCst);
                    text(200, "nothing came")
                }
                "/commit" => {
                    desk.released.notified().await;
                    desk.committed.store(true, Ordering::SeqCst);
                    desk.begun.notify_one();
                    text(200, "committed")
                }
                "/refuse" => {
                    pulse.left_unread();
                    text(403, "no")
                }
                "/count" => match request.into_body().collect().await {
                    Ok(body) => text(200, body.to_bytes().len().to_string()),
                    Err(_) => text(400, "incomplete"),
                },
                "/big" => text(200, vec![b'x'; 1 << 20]),
                "/panic" => panic!("as asked"),
                _ => text(200, "hello"),
            }
        })
    }
    fn overloaded(&self, _: &Line, _: Request<Incoming>) -> Response<Full<Bytes>> {
        text(503, "later")
    }
    fn failed() -> Response<Full<Bytes>> {
        text(500, "failed")
    }
}

struct Bench {
    env: Env,
    watch: Arc<Watch>,
    toy: Arc<Toy>,
    tls: Option<Tls>,
}

impl Bench {
    fn new(limits: Limits) -> Self {
        let env = Env::simulated(1);
        let watch = Watch::new(&env, limits);
        let watching = watch.clone();
        tokio::spawn(async move { watching.run().await });
        Self { env, watch, toy: Arc::default(), tls: None }
    }

    fn connect(&self) -> DuplexStream {
        let (near, far) = tokio::io::duplex(64 * 1024);
        let house = House { desk: self.toy.clone(), tls: self.tls.clone() };
        let peer = SocketAddr::from(([127, 0, 0, 1], 1));
        if let Some(watched) = self.watch.admit() {
            tokio::spawn(serve(far, peer, watched, house));
        }
        near
    }

    /// Sends, and reads until the server closes.
    async fn exchange(&self, sent: &[u8]) -> String {
        let mut client = self.connect();
        client.write_all(sent).await.unwrap();
        let mut heard = String::new();
        client.read_to_string(&mut heard).await.unwrap();
        heard
    }

    /// Turns the clock until the server closes; how many seconds that took.
    async fn seconds_until_closed(&self, client: &mut DuplexStream) -> u64 {
        let mut heard = [0; 1024];
        for seconds in 0..1000 {
            settle().await;
            if client.read(&mut heard).now_or_never().is_some_and(|n| n.unwrap() == 0) {
                return seconds;
            }
            self.env.clocks.steady.turn(Duration::from_secs(1));
        }
        panic!("never closed");
    }
}

/// Lets every task run until all of them wait.
async fn settle() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

const GET: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const GET_AND_CLOSE: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn http1_is_answered() {
    let heard = Bench::new(Limits::default()).exchange(GET_AND_CLOSE).await;
    assert!(heard.starts_with("HTTP/1.1 200 OK\r\n") && heard.ends_with("\r\n\r\nhello"), "{heard}");
}

#[tokio::test]
async fn http2_is_answered_with_prior_knowledge_and_over_tls() {
    let mut bench = Bench::new(Limits::default());
    bench.env.clocks = env::Clocks::host();
    let plain = bench.connect();
    assert_eq!(over_http2(plain).await, "hello");

    bench.tls = Some(Tls::new(&bench.env, "/tls", vec![]));
    let connector = connector(&bench, &[b"h2"]).await;
    let name = rustls::pki_types::ServerName::try_from("s3.localhost").unwrap();
    let secure = connector.connect(name, bench.connect()).await.unwrap();
    assert_eq!(secure.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
    assert_eq!(over_http2(secure).await, "hello");
}

async fn over_http2<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(stream: S) -> String {
    let request = Request::get("http://s3.localhost/").body(Full::<Bytes>::default()).unwrap();
    let answer = http2_client(stream).await.send_request(request).await.unwrap();
    String::from_utf8(answer.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

async fn http2_client<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    stream: S,
) -> hyper::client::conn::http2::SendRequest<Full<Bytes>> {
    let builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
    let (sender, connection) = builder.handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    sender
}

async fn connector(bench: &Bench, alpn: &[&[u8]]) -> tokio_rustls::TlsConnector {
    use rustls::pki_types::pem::PemObject;
    let pem = bench.tls.as_ref().unwrap().ca_pem().await.unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(rustls::pki_types::CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = alpn.iter().map(|p| p.to_vec()).collect();
    tokio_rustls::TlsConnector::from(Arc::new(config))
}

#[tokio::test]
async fn a_tls_greeting_without_certificates_is_closed() {
    assert_eq!(Bench::new(Limits::default()).exchange(b"\x16\x03\x01\x00\x05hello").await, "");
}

#[tokio::test]
async fn heads_have_a_limit() {
    let bench = Bench::new(Limits::default());
    let limit = Limits::default().head_bytes_max;
    let with_value =
        |n: usize| format!("GET / HTTP/1.1\r\nConnection: close\r\nX: {}\r\n\r\n", "v".repeat(n));
    assert!(bench.exchange(with_value(limit - 100).as_bytes()).await.starts_with("HTTP/1.1 200"));
    assert!(bench.exchange(with_value(limit).as_bytes()).await.starts_with("HTTP/1.1 431"));
    let with_headers =
        |n: usize| format!("GET / HTTP/1.1\r\nConnection: close\r\n{}\r\n", "A: b\r\n".repeat(n));
    assert!(bench.exchange(with_headers(99).as_bytes()).await.starts_with("HTTP/1.1 200"));
    assert!(bench.exchange(with_headers(100).as_bytes()).await.starts_with("HTTP/1.1 431"));
    assert!(bench.exchange(b"what is this\r\n\r\n").await.starts_with("HTTP/1.1 400"));
}

#[tokio::test]
async fn lengths_that_lie_are_told_apart() {
    let bench = Bench::new(Limits::default());
    let mut client = bench.connect();
    client.write_all(b"PUT /count HTTP/1.1\r\nContent-Length: 10\r\n\r\nshort").await.unwrap();
    client.shutdown().await.unwrap();
    let mut heard = String::new();
    client.read_to_string(&mut heard).await.unwrap();
    assert!(heard.starts_with("HTTP/1.1 400") && heard.ends_with("incomplete"), "{heard}");
    let two =
        bench.exchange(b"PUT /count HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd").await;
    assert!(two.starts_with("HTTP/1.1 400"), "{two}");
}

#[tokio::test]
async fn each_way_of_being_slow_has_its_limit() {
    let limits = Limits::default();
    let within = |seconds: u64, limit: Duration| {
        assert!((limit.as_secs()..=limit.as_secs() + 2).contains(&seconds), "{seconds} s against {limit:?}");
    };
    let bench = Bench::new(limits.clone());
    let mut silent = bench.connect();
    within(bench.seconds_until_closed(&mut silent).await, limits.greeting_time_max);

    let mut slow_head = bench.connect();
    slow_head.write_all(b"GET / HTTP/1.1\r\nHost: ").await.unwrap();
    within(bench.seconds_until_closed(&mut slow_head).await, limits.head_time_max);

    // A second head on a used connection too, however steadily it trickles.
    let mut trickle = bench.connect();
    trickle.write_all(GET).await.unwrap();
    settle().await;
    let mut seconds = 0;
    let mut heard = [0; 1024];
    assert!(trickle.read(&mut heard).await.unwrap() > 0);
    while trickle.write_all(b"G").await.is_ok() && seconds < 100 {
        bench.env.clocks.steady.turn(Duration::from_secs(1));
        seconds += 1;
        settle().await;
    }
    within(seconds, limits.head_time_max);

    let mut idle = bench.connect();
    idle.write_all(GET).await.unwrap();
    within(bench.seconds_until_closed(&mut idle).await, limits.idle_time_max);

    // A client that does not read its answer: the pipe between holds 64 KiB of 1 MiB.
    let mut deaf = bench.connect();
    deaf.write_all(b"GET /big HTTP/1.1\r\n\r\n").await.unwrap();
    settle().await;
    let mut seconds = 0;
    while bench.watch.left().0 > 0 && seconds < 1000 {
        bench.env.clocks.steady.turn(Duration::from_secs(1));
        seconds += 1;
        settle().await;
    }
    within(seconds, limits.answer_stall_max);
}

#[tokio::test]
async fn a_hang_up_ends_waits_and_cuts_no_commit() {
    let bench = Bench::new(Limits::default());
    let mut waiting = bench.connect();
    waiting.write_all(b"GET /wait HTTP/1.1\r\n\r\n").await.unwrap();
    bench.toy.begun.notified().await;
    drop(waiting);
    settle().await;
    assert_eq!(bench.toy.waits_ended.load(Ordering::SeqCst), 1);

    let mut committing = bench.connect();
    committing.write_all(b"PUT /commit HTTP/1.1\r\n\r\n").await.unwrap();
    bench.toy.begun.notified().await;
    drop(committing);
    settle().await;
    assert_eq!(bench.watch.left(), (0, 1), "the connection is gone and its request is not");
    assert!(!bench.toy.committed.load(Ordering::SeqCst));
    bench.toy.released.notify_one();
    bench.toy.begun.notified().await;
    assert!(bench.toy.committed.load(Ordering::SeqCst));
    settle().await;
    assert_eq!(bench.watch.left(), (0, 0));
}

#[tokio::test]
async fn a_panic_is_answered_and_the_connection_goes_on() {
    let bench = Bench::new(Limits::default());
    let heard = bench.exchange(&[b"GET /panic HTTP/1.1\r\n\r\n", GET_AND_CLOSE].concat()).await;
    assert!(heard.starts_with("HTTP/1.1 500") && heard.contains("HTTP/1.1 200 OK"), "{heard}");
}

#[tokio::test]
async fn connections_beyond_their_number_are_closed() {
    let bench = Bench::new(Limits { connections_max: 2, requests_max: 1, ..Limits::default() });
    let mut first = bench.connect();
    first.write_all(b"PUT /commit HTTP/1.1\r\n\r\n").await.unwrap();
    bench.toy.begun.notified().await;
    let second = bench.connect();
    assert_eq!(bench.exchange(b"").await, "", "a third connection");
    drop(second);
    settle().await;
    assert!(bench.exchange(GET_AND_CLOSE).await.starts_with("HTTP/1.1 200"));
    // A client that leaves its requests behind does not get ever more connections for that.
    drop(first);
    settle().await;
    assert_eq!(bench.watch.left(), (0, 1));
    assert_eq!(bench.exchange(b"").await, "");
    bench.toy.released.notify_one();
    settle().await;
    assert!(bench.exchange(GET_AND_CLOSE).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn requests_of_http2_beyond_their_number_are_refused() {
    let bench = Bench::new(Limits { requests_max: 1, ..Limits::default() });
    let mut sender = http2_client(bench.connect()).await;
    let request = |path| Request::get(format!("http://a{path}")).body(Full::<Bytes>::default()).unwrap();
    let waiting = tokio::spawn(sender.send_request(request("/wait")));
    bench.toy.begun.notified().await;
    assert_eq!(sender.send_request(request("/")).await.unwrap().status(), 503);
    waiting.abort();
    settle().await;
    assert_eq!(bench.toy.waits_ended.load(Ordering::SeqCst), 1, "a stream that is reset has hung up");
    assert_eq!(sender.send_request(request("/")).await.unwrap().status(), 200);
}

#[tokio::test]
async fn an_early_refusal_reaches_a_client_that_still_sends() {
    let bench = Bench::new(Limits::default());
    let (near, far) = std::os::unix::net::UnixStream::pair().unwrap();
    for side in [&near, &far] {
        side.set_nonblocking(true).unwrap();
    }
    let (mut near, far) =
        (tokio::net::UnixStream::from_std(near).unwrap(), tokio::net::UnixStream::from_std(far).unwrap());
    let house = House { desk: bench.toy.clone(), tls: None };
    let watched = bench.watch.admit().unwrap();
    tokio::spawn(serve(far, SocketAddr::from(([127, 0, 0, 1], 1)), watched, house));
    near.write_all(b"PUT /refuse HTTP/1.1\r\nContent-Length: 10000000\r\n\r\n").await.unwrap();
    near.write_all(&vec![0; 10_000_000]).await.unwrap();
    let mut heard = String::new();
    near.read_to_string(&mut heard).await.unwrap();
    assert!(heard.starts_with("HTTP/1.1 403"), "{heard}");
}

#[tokio::test]
async fn an_expected_continue_is_not_sent_before_a_refusal() {
    let bench = Bench::new(Limits::default());
    let head = "HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n";
    let mut refused = bench.connect();
    refused.write_all(format!("PUT /refuse {head}").as_bytes()).await.unwrap();
    let mut heard = vec![0; 1024];
    let n = refused.read(&mut heard).await.unwrap();
    assert!(heard[..n].starts_with(b"HTTP/1.1 403"));
    let mut taken = bench.connect();
    taken.write_all(format!("PUT /count {head}").as_bytes()).await.unwrap();
    let n = taken.read(&mut heard).await.unwrap();
    assert_eq!(&heard[..n], b"HTTP/1.1 100 Continue\r\n\r\n");
    taken.write_all(b"abc").await.unwrap();
    let mut heard = String::new();
    taken.read_to_string(&mut heard).await.unwrap();
    assert!(heard.ends_with("\r\n\r\n3"), "{heard}");
}

#[tokio::test]
async fn a_drain_lets_requests_end_and_waits_stop() {
    let bench = Bench::new(Limits::default());
    let mut idle = bench.connect();
    idle.write_all(GET).await.unwrap();
    let mut waiting = bench.connect();
    waiting.write_all(b"GET /wait HTTP/1.1\r\n\r\n").await.unwrap();
    let mut committing = bench.connect();
    committing.write_all(b"PUT /commit HTTP/1.1\r\n\r\n").await.unwrap();
    settle().await;
    let watch = bench.watch.clone();
    let drained = tokio::spawn(async move { watch.drain().await });
    settle().await;
    assert_eq!(bench.watch.left(), (1, 0), "only the commit is left");
    assert!(!drained.is_finished());
    bench.toy.released.notify_one();
    drained.await.unwrap();
    let (mut first, mut second) = (String::new(), String::new());
    waiting.read_to_string(&mut first).await.unwrap();
    committing.read_to_string(&mut second).await.unwrap();
    assert!(first.ends_with("nothing came") && second.ends_with("committed"), "{first} {second}");
}

#[tokio::test]
async fn a_drain_has_a_bound() {
    let bench = Bench::new(Limits::default());
    let mut committing = bench.connect();
    committing.write_all(b"PUT /commit HTTP/1.1\r\n\r\n").await.unwrap();
    settle().await;
    let watch = bench.watch.clone();
    let drained = tokio::spawn(async move { watch.drain().await });
    settle().await;
    bench.env.clocks.steady.turn(Limits::default().drain_time_max);
    drained.await.unwrap();
    settle().await;
    assert_eq!(bench.watch.left(), (0, 1), "the connection is cut, the commit goes on");
}
