//! TLS: one key, certificates made on demand for the name that a client asks for.

use std::{
    collections::{HashMap, HashSet},
    io,
    net::IpAddr,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use env::{Env, Timestamp};
use parking_lot::Mutex;
use rcgen::KeyPair;
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::PrivatePkcs8KeyDer,
    server::{ClientHello, ResolvesServerCert},
    sign::{CertifiedKey, SigningKey},
};
use tokio::sync::OnceCell;
use tokio_rustls::TlsAcceptor;

use crate::ca::Authority;

/// Certificates kept: names beyond it push out the oldest. One is under 2 KiB.
const LEAVES_MAX: usize = 256;
/// A kept certificate is made anew at this age, long before it ends.
const LEAF_RENEWED_AFTER: Duration = Duration::from_secs(30 * 86_400);
/// The longest DNS name (RFC 1035, 2.3.4).
const NAME_BYTES_MAX: usize = 253;

/// TLS for one data directory. Nothing is made or read before the first TLS connection or [`Tls::ca_pem`].
#[derive(Clone)]
pub struct Tls(Arc<Inner>);

struct Inner {
    env: Env,
    dir: PathBuf,
    hosts: Vec<String>,
    ready: OnceCell<Ready>,
}

struct Ready {
    authority: Arc<Authority>,
    acceptor: TlsAcceptor,
}

impl Tls {
    /// TLS with the authority kept in `dir` (`ca.pem`, `ca.key`). `hosts` are DNS names and IP addresses that clients
    /// use beside `localhost`, `127.0.0.1` and `::1`.
    pub fn new(env: &Env, dir: impl Into<PathBuf>, hosts: Vec<String>) -> Self {
        Self(Arc::new(Inner { env: env.clone(), dir: dir.into(), hosts, ready: OnceCell::new() }))
    }

    /// The authority's certificate, made where there is none.
    pub async fn ca_pem(&self) -> io::Result<String> {
        Ok(self.ready().await?.authority.pem().to_owned())
    }

    pub(crate) async fn acceptor(&self) -> io::Result<&TlsAcceptor> {
        Ok(&self.ready().await?.acceptor)
    }

    async fn ready(&self) -> io::Result<&Ready> {
        let inner = &self.0;
        inner
            .ready
            .get_or_try_init(|| async {
                let (env, dir, hosts) = (inner.env.clone(), inner.dir.clone(), inner.hosts.clone());
                tokio::task::spawn_blocking(move || Ready::open(&env, &dir, hosts))
                    .await
                    .map_err(io::Error::other)?
            })
            .await
    }
}

impl Ready {
    fn open(env: &Env, dir: &std::path::Path, hosts: Vec<String>) -> io::Result<Self> {
        let authority = Arc::new(Authority::open(env, dir)?);
        let leaves = Leaves::new(authority.clone(), env.clone(), hosts)?;
        let provider = Arc::new(ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(leaves));
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        // Sessions resume from tickets that the client keeps: nothing is stored here for a client that went away.
        config.ticketer = ring::Ticketer::new().map_err(io::Error::other)?;
        Ok(Self { authority, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

/// The certificates that clients are shown.
struct Leaves {
    authority: Arc<Authority>,
    env: Env,
    hosts: Vec<String>,
    /// One key for all: what costs is signing, and a key per name would protect nothing more.
    key: KeyPair,
    signer: Arc<dyn SigningKey>,
    made: Mutex<HashMap<String, Leaf>>,
}

struct Leaf {
    at: Timestamp,
    certified: Arc<CertifiedKey>,
}

impl std::fmt::Debug for Leaves {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Leaves").field("hosts", &self.hosts).finish_non_exhaustive()
    }
}

impl Leaves {
    fn new(authority: Arc<Authority>, env: Env, hosts: Vec<String>) -> io::Result<Self> {
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let der = PrivatePkcs8KeyDer::from(key.serialize_der());
        let signer = ring::sign::any_ecdsa_type(&der.into()).map_err(io::Error::other)?;
        Ok(Self { authority, env, hosts, key, signer, made: Mutex::default() })
    }

    /// The certificate for a name; for clients that name none, the one with all names known beforehand.
    fn leaf(&self, name: Option<&str>) -> Option<Arc<CertifiedKey>> {
        let name = name.map(str::to_ascii_lowercase).filter(|n| n.len() <= NAME_BYTES_MAX);
        let covering = name.as_deref().and_then(covering);
        let key = covering.clone().or_else(|| name.clone()).unwrap_or_default();
        let now = self.env.clocks.auth.now();
        let mut made = self.made.lock();
        if let Some(leaf) = made.get(&key).filter(|l| now.since(l.at) < LEAF_RENEWED_AFTER) {
            return Some(leaf.certified.clone());
        }
        let names = match (name, covering) {
            (None, _) => self.known_names(),
            (Some(name), None) => vec![name],
            // The parent itself too: `s3.localhost` beside `*.s3.localhost`.
            (Some(_), Some(wildcard)) => vec![wildcard[2..].to_owned(), wildcard],
        };
        let certified = self.certify(names)?;
        if made.len() >= LEAVES_MAX
            && let Some(oldest) = made.iter().min_by_key(|(_, leaf)| leaf.at).map(|(key, _)| key.clone())
        {
            made.remove(&oldest);
        }
        made.insert(key, Leaf { at: now, certified: certified.clone() });
        Some(certified)
    }

    fn known_names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            ["localhost", "*.localhost", "s3.localhost", "*.s3.localhost"].map(Into::into).into();
        names.extend(["127.0.0.1", "::1"].map(String::from));
        for host in &self.hosts {
            names.push(host.clone());
            if host.parse::<IpAddr>().is_err() {
                names.push(format!("*.{host}"));
            }
        }
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    }

    fn certify(&self, names: Vec<String>) -> Option<Arc<CertifiedKey>> {
        match self.authority.issue(&self.key, names) {
            Ok(cert) => Some(Arc::new(CertifiedKey::new(vec![cert], self.signer.clone()))),
            Err(e) => {
                tracing::warn!(cause = %e, "no certificate could be made");
                None
            }
        }
    }
}

impl ResolvesServerCert for Leaves {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.leaf(hello.server_name())
    }
}

/// `*.s3.localhost` for `photos.s3.localhost`: one certificate serves all buckets. Clients refuse wildcards right under
/// a top-level name (`*.localhost`), so such names get certificates of their own.
fn covering(name: &str) -> Option<String> {
    let (_, parent) = name.split_once('.')?;
    parent.contains('.').then(|| format!("*.{parent}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::{
        ClientConfig, RootCertStore,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    };
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio_rustls::TlsConnector;

    fn trusting(pem: &str) -> TlsConnector {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        TlsConnector::from(Arc::new(config))
    }

    async fn shakes_hands(tls: &Tls, pem: &str, name: &str) -> io::Result<()> {
        let (near, far) = tokio::io::duplex(16 * 1024);
        let server = async {
            let mut stream = tls.acceptor().await?.accept(far).await?;
            stream.write_all(b"hello").await?;
            stream.shutdown().await
        };
        let client = async {
            let name = ServerName::try_from(name.to_owned()).map_err(io::Error::other)?;
            let mut stream = trusting(pem).connect(name, near).await?;
            let mut heard = String::new();
            stream.read_to_string(&mut heard).await?;
            assert_eq!(heard, "hello");
            Ok(())
        };
        let (served, heard): (io::Result<()>, io::Result<()>) = tokio::join!(server, client);
        heard.and(served)
    }

    /// The simulated clock stands still in 2023; rustls' client checks validity by the host's.
    fn world() -> Env {
        let mut env = Env::simulated(1);
        env.clocks = env::Clocks::host();
        env
    }

    #[tokio::test]
    async fn clients_that_trust_the_authority_accept_every_name() {
        let tls = Tls::new(&world(), "/tls", vec!["kumiki.example".into(), "10.1.2.3".into()]);
        let pem = tls.ca_pem().await.unwrap();
        for name in [
            "localhost",
            "127.0.0.1",
            "::1",
            "10.1.2.3",
            "sqs.localhost",
            "photos.s3.localhost",
            "a.photos.s3.eu-west-1.localhost",
            "kumiki.example",
            "photos.s3.kumiki.example",
            "s3.us-east-1.amazonaws.com",
        ] {
            shakes_hands(&tls, &pem, name).await.unwrap_or_else(|e| panic!("{name}: {e}"));
        }
    }

    #[tokio::test]
    async fn the_authority_outlives_the_process() {
        let env = world();
        let first = Tls::new(&env, "/data/tls", vec![]).ca_pem().await.unwrap();
        let again = Tls::new(&env, "/data/tls", vec![]);
        assert_eq!(again.ca_pem().await.unwrap(), first);
        shakes_hands(&again, &first, "photos.s3.localhost").await.unwrap();
        // A key without its certificate (a crash between the two files) names the same authority.
        env.disk.remove(std::path::Path::new("/data/tls/ca.pem")).unwrap();
        let repaired = Tls::new(&env, "/data/tls", vec![]);
        shakes_hands(&repaired, &first, "localhost").await.unwrap();
        let stranger = Tls::new(&world(), "/data/tls", vec![]);
        assert!(shakes_hands(&stranger, &first, "localhost").await.is_err());
    }

    #[tokio::test]
    async fn one_certificate_serves_all_buckets_and_their_number_is_bounded() {
        let env = world();
        let authority = Arc::new(Authority::open(&env, std::path::Path::new("/tls")).unwrap());
        let leaves = Leaves::new(authority, env, vec![]).unwrap();
        let photos = leaves.leaf(Some("photos.s3.localhost")).unwrap();
        assert!(Arc::ptr_eq(&photos, &leaves.leaf(Some("Music.S3.localhost")).unwrap()));
        assert!(!Arc::ptr_eq(&photos, &leaves.leaf(Some("sqs.localhost")).unwrap()));
        for n in 0..LEAVES_MAX + 10 {
            assert!(leaves.leaf(Some(&format!("b.host{n}.example"))).is_some());
        }
        assert_eq!(leaves.made.lock().len(), LEAVES_MAX);
    }
}
