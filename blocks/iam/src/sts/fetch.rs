//! One document from an identity provider, over HTTPS: bounded in size and time, without redirects.
//!
//! The provider's certificate must be one that the host trusts (its own store; `SSL_CERT_FILE` names another), or that a
//! thumbprint of the provider's record vouches for. A provider on this very machine is asked without TLS: that is for tests and development.

use std::{sync::OnceLock, time::Duration};

use bytes::Bytes;
use http::{Request, Uri, header};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::RootCertStore;
use std::sync::Arc;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;

use super::pinned::Pinned;

/// How long one document may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotFetched {
    #[error("{0} is no URL that can be asked")]
    Url(String),
    #[error("{0} did not answer in time")]
    Slow(String),
    #[error("{0} cannot be reached: {1}")]
    Unreachable(String, String),
    #[error("{0} answered with {1}")]
    Status(String, u16),
    #[error("the answer of {0} cannot be used: {1}")]
    Answer(String, String),
}

/// Whether a host is this machine itself.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// The text at `url`, `https://...`. Certificates that nobody here has signed are believed by `thumbprints`.
pub(crate) async fn text(url: &str, bytes_max: usize, thumbprints: &[String]) -> Result<String, NotFetched> {
    timeout(PATIENCE, get(url, bytes_max, thumbprints)).await.map_err(|_| NotFetched::Slow(url.to_owned()))?
}

async fn get(url: &str, bytes_max: usize, thumbprints: &[String]) -> Result<String, NotFetched> {
    let uri: Uri = url.parse().map_err(|_| NotFetched::Url(url.to_owned()))?;
    let host = uri.host().filter(|_| uri.scheme_str() == Some("https"));
    let host = host.ok_or_else(|| NotFetched::Url(url.to_owned()))?;
    let unreachable = |why: String| NotFetched::Unreachable(url.to_owned(), why);
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let socket = TcpStream::connect((bare, uri.port_u16().unwrap_or(443))).await;
    let socket = socket.map_err(|e| unreachable(e.to_string()))?;
    if is_loopback(host) {
        return ask(&uri, host, socket, bytes_max).await;
    }
    let name = rustls::pki_types::ServerName::try_from(bare.to_owned());
    let name = name.map_err(|_| NotFetched::Url(url.to_owned()))?;
    let tls = TlsConnector::from(config(thumbprints).map_err(unreachable)?).connect(name, socket).await;
    ask(&uri, host, tls.map_err(|e| unreachable(e.to_string()))?, bytes_max).await
}

async fn ask<S>(uri: &Uri, host: &str, socket: S, bytes_max: usize) -> Result<String, NotFetched>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let unusable = |why: String| NotFetched::Answer(uri.to_string(), why);
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(socket)).await.map_err(|e| unusable(e.to_string()))?;
    let drive = tokio::spawn(connection);
    let authority = uri.authority().map_or(host, |authority| authority.as_str());
    let request = Request::get(uri.path_and_query().map_or("/", |path| path.as_str()))
        .header(header::HOST, authority)
        .header(header::ACCEPT, "application/json")
        .header(header::USER_AGENT, "kumiki")
        .body(Empty::<Bytes>::new())
        .map_err(|e| unusable(e.to_string()))?;
    let answer = sender.send_request(request).await.map_err(|e| unusable(e.to_string()))?;
    if answer.status() != http::StatusCode::OK {
        return Err(NotFetched::Status(uri.to_string(), answer.status().as_u16()));
    }
    let body = Limited::new(answer.into_body(), bytes_max).collect().await;
    drive.abort();
    let body = body.map_err(|e| unusable(e.to_string()))?.to_bytes();
    String::from_utf8(body.into()).map_err(|e| unusable(e.to_string()))
}

/// TLS as the host trusts it, or else the thumbprints.
fn config(thumbprints: &[String]) -> Result<Arc<rustls::ClientConfig>, String> {
    static ROOTS: OnceLock<RootCertStore> = OnceLock::new();
    let roots = ROOTS.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots
    });
    if roots.is_empty() && thumbprints.is_empty() {
        return Err("this host trusts no certificate authority".to_owned());
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let pinned = Pinned::new(roots.clone(), thumbprints, provider.clone())?;
    let made = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| e.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(pinned))
        .with_no_client_auth();
    Ok(Arc::new(made))
}
