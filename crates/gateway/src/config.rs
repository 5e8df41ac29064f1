//! What the gateway is told, and its limits.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;

use crate::Tls;

/// Empties an ephemeral server (`POST /_localstack/state/reset`); the error's text goes to the log only.
pub type Reset = Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// A document of an issuer of tokens, by the issuer's id, or none; the error's text goes to the log only.
pub type Issuers =
    Arc<dyn Fn(String, Paper) -> BoxFuture<'static, Result<Option<String>, String>> + Send + Sync>;

/// The documents that an issuer of tokens publishes (OpenID Connect Discovery 1.0).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Paper {
    /// `/.well-known/openid-configuration`.
    Configuration,
    /// `/.well-known/jwks.json`.
    Keys,
}

/// A certificate that messages of SNS are verified with, by its name, or none; the error's text goes to the log only.
pub type Certificates =
    Arc<dyn Fn(String) -> BoxFuture<'static, Result<Option<String>, String>> + Send + Sync>;

/// What people ask about messages that SNS could deliver nowhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Errand {
    /// Which were sent by this account.
    Sent(String),
    /// A phone wants no more of an account's messages, in this region.
    OptOut {
        /// The account's id.
        account: String,
        /// Its number.
        phone: String,
        /// The region.
        region: String,
    },
}

/// Does an errand and answers in JSON; the error's text goes to the asker.
pub type Errands = Arc<dyn Fn(Errand) -> BoxFuture<'static, Result<String, String>> + Send + Sync>;

/// How the gateway is set up.
#[derive(Clone)]
pub struct Config {
    /// Certificates; without them a TLS greeting is refused.
    pub tls: Option<Tls>,
    /// Host names under which this server is reached beside `localhost` and the names of AWS: what stands before them
    /// in a request's host is a bucket (`photos.kumiki.example`) or a service. Lower case, no port. Pages of these
    /// hosts may ask with a credential that everybody knows.
    pub hosts: Vec<String>,
    /// What `/_kumiki/health` calls itself.
    pub version: &'static str,
    /// Given by an ephemeral server only; without it the reset is refused.
    pub reset: Option<Reset>,
    /// What the issuers of tokens publish; without it there are none.
    pub issuers: Option<Issuers>,
    /// What messages are verified with; without it there is nothing.
    pub certificates: Option<Certificates>,
    /// Given by a server on loopback only; without it errands are refused.
    pub errands: Option<Errands>,
    /// The limits.
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            tls: None,
            hosts: Vec::new(),
            version: env!("CARGO_PKG_VERSION"),
            reset: None,
            issuers: None,
            certificates: None,
            errands: None,
            limits: Limits::default(),
        }
    }
}

/// What a client may take. Times are enforced to within two seconds above their value, by one watch over all
/// connections instead of a timer for each request.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Open connections; one more is closed at once. Each holds one descriptor and, while busy, some 30 KiB.
    pub connections_max: usize,
    /// Requests in progress over HTTP/2, and those whose client has gone, of which each counts on until it ends (an
    /// HTTP/1 connection has one request at a time and stands for it). Beyond it a request is answered 503, and a
    /// connection closed.
    pub requests_max: usize,
    /// Streams of one HTTP/2 connection that may be open at a time; the protocol recommends no fewer than 100.
    pub streams_max: u32,
    /// Request line and headers, in bytes; more is 431. S3 takes 8 KiB, but a query request or a session token in a
    /// URL may be longer. (The number of headers is hyper's own limit: 100, more is 431.)
    pub head_bytes_max: usize,
    /// From the first byte of a request's head to its last; S3 cuts slow clients off after some 20 s.
    pub head_time_max: Duration,
    /// From the connection to its first request head or the end of the TLS handshake.
    pub greeting_time_max: Duration,
    /// Without a request. Above the 90 s for which Go's and Rust's clients keep an idle connection, so that they
    /// close it first and never meet a connection that closes under their request.
    pub idle_time_max: Duration,
    /// Without a byte of a request body that is due; then S3's RequestTimeout.
    pub body_stall_max: Duration,
    /// Without the client taking a byte of an answer that is ready.
    pub answer_stall_max: Duration,
    /// From the signal to stop until requests in progress are left behind; a long poll waits 20 s at most.
    pub drain_time_max: Duration,
    /// A body that is read whole before its operation begins, for APIs other than S3. SQS and SNS take 1 MiB of
    /// message, whose JSON text may be six times as long.
    pub body_bytes_max: u64,
    /// The same for S3's documents: CompleteMultipartUpload's 10,000 parts with checksums take some 2.5 MiB.
    pub document_bytes_max: u64,
    /// All bodies being collected at one time, in bytes, beyond the first 64 KiB of each; more is answered 503.
    pub collected_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 10_000,
            requests_max: 10_000,
            streams_max: 128,
            head_bytes_max: 64 * 1024,
            head_time_max: Duration::from_secs(20),
            greeting_time_max: Duration::from_secs(20),
            idle_time_max: Duration::from_secs(120),
            body_stall_max: Duration::from_secs(20),
            answer_stall_max: Duration::from_secs(60),
            drain_time_max: Duration::from_secs(25),
            body_bytes_max: 8 << 20,
            document_bytes_max: 4 << 20,
            collected_bytes_max: 256 << 20,
        }
    }
}
