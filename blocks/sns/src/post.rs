//! One POST to an endpoint: to an address that has been judged, within a time, without redirects, and with little read
//! of the answer.
//!
//! A name is resolved once and its addresses are judged; the connection goes to one of these. Nobody resolves it a
//! second time, so that it cannot mean something else then. Connections are kept open for a while, each with the address
//! that it was made to.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
    time::Duration,
};

use bytes::Bytes;
use env::Env;
use http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use parking_lot::Mutex;
use rustls::RootCertStore;
use tokio::{
    net::{TcpStream, lookup_host},
    sync::Semaphore,
    time::timeout,
};
use tokio_rustls::TlsConnector;

use crate::{
    digest::{Asked, Challenge, Login},
    limits,
    lines::{Line, Lines, Place},
    reach::Reach,
};

/// Why a delivery failed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum Failure {
    /// {0}
    #[error("{0}")]
    Later(String),
    /// {0}
    #[error("{0}")]
    ForGood(String),
}

/// Who carries messages to endpoints.
pub(crate) struct Post {
    reach: Reach,
    connections: Semaphore,
    lines: Lines,
    /// What endpoints with a password asked for last, by their addresses.
    challenges: Mutex<HashMap<String, Challenge>>,
}

/// An address of an endpoint, read.
struct Target {
    uri: Uri,
    host: String,
    is_tls: bool,
    login: Option<Login>,
}

impl Target {
    fn read(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let is_tls = match uri.scheme_str()? {
            "http" => false,
            "https" => true,
            _ => return None,
        };
        let host = uri.host().filter(|host| !host.is_empty())?;
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let login = uri.authority()?.as_str().rsplit_once('@').map(|(user, _)| Login::read(user));
        Some(Self { uri, host, is_tls, login })
    }

    fn port(&self) -> u16 {
        self.uri.port_u16().unwrap_or(if self.is_tls { 443 } else { 80 })
    }

    fn place(&self) -> Place {
        (self.is_tls, self.host.to_ascii_lowercase(), self.port())
    }

    fn path(&self) -> &str {
        self.uri.path_and_query().map_or("/", |path| path.as_str())
    }

    /// The host and the port, as `Host` has them.
    fn authority(&self) -> &str {
        let whole = self.uri.authority().map_or("", |authority| authority.as_str());
        whole.rsplit_once('@').map_or(whole, |(_, bare)| bare)
    }
}

/// Whether an address can be asked at all.
pub(crate) fn is_url(text: &str) -> bool {
    Target::read(text).is_some()
}

fn later(why: impl std::fmt::Display) -> Failure {
    Failure::Later(why.to_string())
}

/// What is posted.
struct Letter {
    headers: HeaderMap,
    body: Bytes,
}

impl Letter {
    fn request(
        &self,
        target: &Target,
        authorization: Option<&HeaderValue>,
    ) -> Result<Request<Full<Bytes>>, Failure> {
        let host = HeaderValue::try_from(target.authority()).map_err(|e| Failure::ForGood(e.to_string()))?;
        let mut request = Request::post(target.path()).body(Full::new(self.body.clone())).map_err(later)?;
        let headers = request.headers_mut();
        headers.clone_from(&self.headers);
        headers.insert(header::HOST, host);
        if let Some(authorization) = authorization {
            headers.insert(header::AUTHORIZATION, authorization.clone());
        }
        Ok(request)
    }
}

/// How an endpoint answered.
type Answered = (StatusCode, HeaderMap);

impl Post {
    pub(crate) fn new(reach: Reach) -> Self {
        Self {
            reach,
            connections: Semaphore::new(limits::ENDPOINT_CONNECTIONS_MAX),
            lines: Lines::default(),
            challenges: Mutex::default(),
        }
    }

    /// Whether an address says by itself that nobody may be asked there.
    pub(crate) fn is_out_of_reach(&self, url: &str) -> bool {
        let address = Target::read(url).and_then(|target| target.host.parse().ok());
        address.is_some_and(|address| !self.reach.covers(address))
    }

    /// Closes the connections that were not used for a while.
    pub(crate) fn sweep(&self, now: Duration) {
        self.lines.sweep(now);
    }

    /// Posts a message.
    pub(crate) async fn post(
        &self,
        env: &Env,
        url: &str,
        headers: HeaderMap,
        body: String,
    ) -> Result<(), Failure> {
        let target = Target::read(url).ok_or_else(|| Failure::ForGood("the endpoint is no URL".into()))?;
        let _one = self.connections.acquire().await.map_err(later)?;
        let letter = Letter { headers, body: body.into() };
        let status = timeout(limits::ENDPOINT_TIME_MAX, self.asked(env, &target, &letter));
        let status = status.await.map_err(|_| later("the endpoint did not answer in time"))??;
        judge(status)
    }

    /// Asks, and once more with the name and the password where the endpoint wants to have them.
    async fn asked(&self, env: &Env, target: &Target, letter: &Letter) -> Result<StatusCode, Failure> {
        let now = env.clocks.steady.now();
        let Some(login) = &target.login else {
            return Ok(self.exchanged(target, letter, None, now).await?.0);
        };
        let known = self.authorization(env, target, letter, login);
        let (status, headers) = self.exchanged(target, letter, known.as_ref(), now).await?;
        if status != StatusCode::UNAUTHORIZED {
            return Ok(status);
        }
        let wanted = headers.get_all(header::WWW_AUTHENTICATE);
        let Some(challenge) = Challenge::choose(wanted.iter().filter_map(|value| value.to_str().ok())) else {
            return Ok(status);
        };
        if known.is_some() && challenge == Challenge::Basic {
            return Ok(status); // it would be the same again
        }
        self.remember(target, challenge);
        let answer = self.authorization(env, target, letter, login);
        let status = self.exchanged(target, letter, answer.as_ref(), now).await?.0;
        if status == StatusCode::UNAUTHORIZED {
            self.challenges.lock().remove(&target.uri.to_string());
        }
        Ok(status)
    }

    fn remember(&self, target: &Target, challenge: Challenge) {
        let mut all = self.challenges.lock();
        if all.len() >= limits::CHALLENGES_KEPT_MAX {
            all.clear();
        }
        all.insert(target.uri.to_string(), challenge);
    }

    /// The answer to what the endpoint asked for last.
    fn authorization(
        &self,
        env: &Env,
        target: &Target,
        letter: &Letter,
        login: &Login,
    ) -> Option<HeaderValue> {
        let random = hex::encode(env.random.bytes16());
        let asked = Asked { method: "POST", uri: target.path(), body: &letter.body };
        self.challenges.lock().get_mut(&target.uri.to_string())?.answer(login, asked, &random)
    }

    /// One request, on a connection that is open still or on a new one.
    async fn exchanged(
        &self,
        target: &Target,
        letter: &Letter,
        authorization: Option<&HeaderValue>,
        now: Duration,
    ) -> Result<Answered, Failure> {
        let place = target.place();
        if let Some(line) = self.lines.take(&place, now) {
            let request = letter.request(target, authorization)?;
            // Where it fails it was closed meanwhile, as endpoints may do at any time.
            if let Ok(answered) = self.on(&place, line, request, now).await {
                return Ok(answered);
            }
        }
        let line = self.connected(target, now).await?;
        self.on(&place, line, letter.request(target, authorization)?, now).await
    }

    async fn on(
        &self,
        place: &Place,
        mut line: Line,
        request: Request<Full<Bytes>>,
        now: Duration,
    ) -> Result<Answered, Failure> {
        let (parts, body) = line.send(request).await.map_err(later)?.into_parts();
        // Its end is waited for, so that the other side need not wonder; what is in it does not matter.
        let end = Limited::new(body, limits::ENDPOINT_ANSWER_BYTES_MAX).collect().await;
        if end.is_ok() && line.is_ready().await {
            self.lines.keep(place, line, now);
        }
        Ok((parts.status, parts.headers))
    }

    async fn connected(&self, target: &Target, now: Duration) -> Result<Line, Failure> {
        let found = lookup_host((target.host.as_str(), target.port())).await.map_err(later)?;
        let Some(addresses) = self.reach.choose(found) else {
            return Err(Failure::ForGood(format!("{} is at an address that is not allowed", target.host)));
        };
        let socket = TcpStream::connect(&addresses[..]).await.map_err(later)?;
        if !target.is_tls {
            return Line::new(socket, now).await.map_err(later);
        }
        let name = rustls::pki_types::ServerName::try_from(target.host.clone());
        let name = name.map_err(|e| Failure::ForGood(e.to_string()))?;
        let tls = TlsConnector::from(tls_config().map_err(later)?).connect(name, socket).await;
        Line::new(tls.map_err(later)?, now).await.map_err(later)
    }
}

/// 429 and the server's own errors may pass; other errors, and addresses that have moved, will not.
/// <https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html>
fn judge(status: StatusCode) -> Result<(), Failure> {
    let why = || format!("the endpoint answered {}", status.as_u16());
    if status.is_success() {
        Ok(())
    } else if status.is_server_error() || status.is_informational() || status == StatusCode::TOO_MANY_REQUESTS
    {
        Err(Failure::Later(why()))
    } else {
        Err(Failure::ForGood(why()))
    }
}

/// TLS as the host trusts it.
pub(crate) fn tls_config() -> Result<Arc<rustls::ClientConfig>, String> {
    static CONFIG: OnceLock<Result<Arc<rustls::ClientConfig>, String>> = OnceLock::new();
    let make = || {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            return Err("this host trusts no certificate authority".to_owned());
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let made = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| e.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Arc::new(made))
    };
    CONFIG.get_or_init(make).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let target = Target::read("https://me:a%40b@example.com:8443/in?x=1").unwrap();
        assert_eq!(
            (target.host.as_str(), target.port(), target.authority()),
            ("example.com", 8443, "example.com:8443")
        );
        assert!(target.login == Some(Login::read("me:a%40b")) && target.path() == "/in?x=1");
        assert_eq!(Target::read("http://[::1]/").unwrap().host, "::1");
        for wrong in ["", "example.com", "ftp://example.com", "http://", "http:///x", "//example.com/"] {
            assert!(!is_url(wrong), "{wrong}");
        }
    }

    #[test]
    fn answers_are_judged() {
        let judged = |code: u16| judge(StatusCode::from_u16(code).unwrap());
        for code in [200, 201, 204] {
            assert_eq!(judged(code), Ok(()));
        }
        for code in [429, 500, 503, 599] {
            assert!(matches!(judged(code), Err(Failure::Later(_))), "{code}");
        }
        for code in [301, 302, 307, 400, 401, 403, 404, 410] {
            assert!(matches!(judged(code), Err(Failure::ForGood(_))), "{code}");
        }
    }
}
