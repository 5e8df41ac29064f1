//! One POST to an endpoint: to an address that has been judged, within a time, without redirects, and with little read
//! of the answer.
//!
//! A name is resolved once and its addresses are judged; the connection goes to one of these. Nobody resolves it a
//! second time, so that it cannot mean something else then.

use std::sync::{Arc, OnceLock};

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use rustls::RootCertStore;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
    sync::Semaphore,
    time::timeout,
};
use tokio_rustls::TlsConnector;

use crate::{limits, reach::Reach};

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
}

/// An address of an endpoint, read.
struct Target {
    uri: Uri,
    host: String,
    is_tls: bool,
    /// `Authorization`, where the address has a user and a password.
    basic: Option<HeaderValue>,
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
        let basic = match uri.authority()?.as_str().rsplit_once('@') {
            None => None,
            Some((user, _)) => {
                let plain: Vec<u8> = percent_decode_str(user).collect();
                let mut value =
                    HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(plain))).ok()?;
                value.set_sensitive(true);
                Some(value)
            }
        };
        Some(Self { uri, host, is_tls, basic })
    }

    fn port(&self) -> u16 {
        self.uri.port_u16().unwrap_or(if self.is_tls { 443 } else { 80 })
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

impl Post {
    pub(crate) fn new(reach: Reach) -> Self {
        Self { reach, connections: Semaphore::new(limits::ENDPOINT_CONNECTIONS_MAX) }
    }

    /// Whether an address says by itself that nobody may be asked there.
    pub(crate) fn is_out_of_reach(&self, url: &str) -> bool {
        let address = Target::read(url).and_then(|target| target.host.parse().ok());
        address.is_some_and(|address| !self.reach.covers(address))
    }

    /// Posts a message.
    pub(crate) async fn post(&self, url: &str, headers: HeaderMap, body: String) -> Result<(), Failure> {
        let target = Target::read(url).ok_or_else(|| Failure::ForGood("the endpoint is no URL".into()))?;
        let _one = self.connections.acquire().await.map_err(later)?;
        let status = timeout(limits::ENDPOINT_TIME_MAX, self.asked(&target, headers, body));
        let status = status.await.map_err(|_| later("the endpoint did not answer in time"))??;
        judge(status)
    }

    async fn asked(&self, target: &Target, headers: HeaderMap, body: String) -> Result<StatusCode, Failure> {
        let found = lookup_host((target.host.as_str(), target.port())).await.map_err(later)?;
        let Some(addresses) = self.reach.choose(found) else {
            return Err(Failure::ForGood(format!("{} is at an address that is not allowed", target.host)));
        };
        let socket = TcpStream::connect(&addresses[..]).await.map_err(later)?;
        if !target.is_tls {
            return send(target, socket, headers, body).await;
        }
        let name = rustls::pki_types::ServerName::try_from(target.host.clone());
        let name = name.map_err(|e| Failure::ForGood(e.to_string()))?;
        let tls = TlsConnector::from(tls_config().map_err(later)?).connect(name, socket).await;
        send(target, tls.map_err(later)?, headers, body).await
    }
}

async fn send<S>(
    target: &Target,
    socket: S,
    mut headers: HeaderMap,
    body: String,
) -> Result<StatusCode, Failure>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(limits::ENDPOINT_ANSWER_BYTES_MAX)
        .handshake(TokioIo::new(socket))
        .await
        .map_err(later)?;
    let drive = Driven(tokio::spawn(connection));
    let host = HeaderValue::try_from(target.authority()).map_err(|e| Failure::ForGood(e.to_string()))?;
    headers.insert(header::HOST, host);
    if let Some(basic) = &target.basic {
        headers.insert(header::AUTHORIZATION, basic.clone());
    }
    let path = target.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::post(path).body(Full::new(Bytes::from(body))).map_err(later)?;
    *request.headers_mut() = headers;
    let answer = sender.send_request(request).await.map_err(later)?;
    let status = answer.status();
    // Its end is waited for, so that the other side need not wonder; what is in it does not matter.
    let _ = Limited::new(answer.into_body(), limits::ENDPOINT_ANSWER_BYTES_MAX).collect().await;
    drop(drive);
    Ok(status)
}

/// A connection's task ends with whoever waits for the answer.
struct Driven(tokio::task::JoinHandle<Result<(), hyper::Error>>);

impl Drop for Driven {
    fn drop(&mut self) {
        self.0.abort();
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
        assert_eq!(target.basic.unwrap(), format!("Basic {}", BASE64_STANDARD.encode("me:a@b")));
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
