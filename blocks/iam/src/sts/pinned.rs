//! Whom a provider's certificate is believed from: the authorities that this host trusts, and where none of them has
//! signed it, the thumbprints of the provider's record.
//!
//! "If your OIDC IdP relies on a certificate that is not signed by one of these trusted CAs, only then we secure
//! communication using the thumbprints set in the IdP's configuration" (CreateOpenIDConnectProvider). A thumbprint is
//! that of a certificate in the chain that the server sends, most often the one nearest to the root; it must have signed
//! the server's, or be the server's.

use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};
use sha1::{Digest, Sha1};
use x509_parser::{parse_x509_certificate, time::ASN1Time};

/// See above.
#[derive(Debug)]
pub(super) struct Pinned {
    /// None where the host trusts nobody.
    usual: Option<Arc<WebPkiServerVerifier>>,
    /// Forty hexadecimal digits in lower case.
    thumbprints: Vec<String>,
    provider: Arc<CryptoProvider>,
}

fn thumbprint(certificate: &[u8]) -> String {
    Sha1::digest(certificate).iter().fold(String::with_capacity(40), |text, byte| format!("{text}{byte:02x}"))
}

impl Pinned {
    pub(super) fn new(
        roots: RootCertStore,
        thumbprints: &[String],
        provider: Arc<CryptoProvider>,
    ) -> Result<Self, String> {
        let usual = if roots.is_empty() {
            None
        } else {
            let made = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
            Some(made.map_err(|e| e.to_string())?)
        };
        let thumbprints = thumbprints.iter().map(|one| one.to_ascii_lowercase()).collect();
        Ok(Self { usual, thumbprints, provider })
    }

    fn is_pinned(&self, certificate: &[u8]) -> bool {
        self.thumbprints.contains(&thumbprint(certificate))
    }

    /// By a certificate of the chain that is pinned.
    fn by_chain(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        (name, now): (&ServerName<'_>, UnixTime),
    ) -> Result<ServerCertVerified, Error> {
        let unknown = || Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let mut roots = RootCertStore::empty();
        for pinned in intermediates.iter().filter(|one| self.is_pinned(one)) {
            // What cannot be an authority is none.
            let _ = roots.add(pinned.clone().into_owned());
        }
        if roots.is_empty() {
            return Err(unknown());
        }
        let by = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), self.provider.clone()).build();
        by.map_err(|_| unknown())?.verify_server_cert(end_entity, intermediates, name, &[], now)
    }

    /// The server's own certificate is pinned: its name and its time still count.
    fn by_itself(
        end_entity: &CertificateDer<'_>,
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        verify_server_name(&ParsedCertificate::try_from(end_entity)?, name)?;
        let bad = |why| Error::InvalidCertificate(why);
        let (_, read) = parse_x509_certificate(end_entity).map_err(|_| bad(CertificateError::BadEncoding))?;
        let now = i64::try_from(now.as_secs()).ok().and_then(|s| ASN1Time::from_timestamp(s).ok());
        let now = now.ok_or_else(|| bad(CertificateError::BadEncoding))?;
        if read.validity().not_before > now {
            return Err(bad(CertificateError::NotValidYet));
        }
        if read.validity().not_after < now {
            return Err(bad(CertificateError::Expired));
        }
        Ok(ServerCertVerified::assertion())
    }
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let refused = match &self.usual {
            None => Error::InvalidCertificate(CertificateError::UnknownIssuer),
            Some(usual) => {
                match usual.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
                    Err(refused @ Error::InvalidCertificate(_)) => refused,
                    other => return other,
                }
            }
        };
        if self.is_pinned(end_entity) {
            return Self::by_itself(end_entity, server_name, now);
        }
        self.by_chain(end_entity, intermediates, (server_name, now)).map_err(|_| refused)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair};

    use super::*;

    fn provider() -> Arc<CryptoProvider> {
        Arc::new(rustls::crypto::ring::default_provider())
    }

    fn store(roots: &[&Certificate]) -> RootCertStore {
        let mut store = RootCertStore::empty();
        for root in roots {
            store.add(root.der().clone()).unwrap();
        }
        store
    }

    fn authority() -> (Certificate, Issuer<'static, KeyPair>) {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        (params.self_signed(&key).unwrap(), Issuer::new(params, key))
    }

    fn server(issuer: &Issuer<'_, KeyPair>, name: &str, years: (i32, i32)) -> CertificateDer<'static> {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = rcgen::date_time_ymd(years.0, 1, 1);
        params.not_after = rcgen::date_time_ymd(years.1, 1, 1);
        params.signed_by(&KeyPair::generate().unwrap(), issuer).unwrap().der().clone()
    }

    /// Whether `example.com` with these certificates is believed in 2026.
    fn believes(pinned: &Pinned, end_entity: &CertificateDer<'_>, chain: &[&Certificate]) -> bool {
        let chain: Vec<_> = chain.iter().map(|one| one.der().clone()).collect();
        let name = ServerName::try_from("example.com").unwrap();
        let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(1_795_000_000));
        pinned.verify_server_cert(end_entity, &chain, &name, &[], now).is_ok()
    }

    #[test]
    fn a_thumbprint_counts_where_no_authority_does() {
        let ((root, issuer), (other, other_issuer)) = (authority(), authority());
        let leaf = server(&issuer, "example.com", (2020, 2030));
        let of = |roots: &[&Certificate], pins: &[&[u8]]| {
            let pins: Vec<String> = pins.iter().map(|one| thumbprint(one).to_uppercase()).collect();
            Pinned::new(store(roots), &pins, provider()).unwrap()
        };
        // As the host trusts it.
        assert!(believes(&of(&[&root], &[]), &leaf, &[]));
        assert!(believes(&of(&[&root], &[other.der()]), &leaf, &[]));
        assert!(!believes(&of(&[&other], &[]), &leaf, &[&root]));
        assert!(!believes(&of(&[], &[]), &leaf, &[&root]));
        // By the thumbprint of the authority in the chain, or of the certificate itself.
        for trusted in [&[][..], &[&other][..]] {
            assert!(believes(&of(trusted, &[root.der()]), &leaf, &[&root]));
            assert!(believes(&of(trusted, &[&leaf]), &leaf, &[]));
            assert!(!believes(&of(trusted, &[root.der()]), &leaf, &[]));
        }
        // A pinned certificate that comes along has signed nothing.
        let foreign = server(&other_issuer, "example.com", (2020, 2030));
        assert!(!believes(&of(&[], &[root.der()]), &foreign, &[&other, &root]));
        // Name and time count all the same.
        for (name, years) in
            [("example.org", (2020, 2030)), ("example.com", (2020, 2025)), ("example.com", (2027, 2030))]
        {
            let wrong = server(&issuer, name, years);
            assert!(!believes(&of(&[], &[root.der()]), &wrong, &[&root]), "{name} {years:?}");
            assert!(!believes(&of(&[], &[&wrong]), &wrong, &[]), "{name} {years:?}");
        }
    }

    #[test]
    fn a_certificate_that_signs_itself() {
        let key = KeyPair::generate().unwrap();
        for is_ca in [IsCa::NoCa, IsCa::Ca(BasicConstraints::Unconstrained)] {
            let mut params = CertificateParams::new(vec!["example.com".to_owned()]).unwrap();
            params.is_ca = is_ca;
            let own = params.self_signed(&key).unwrap();
            let (root, _) = authority();
            let pins = [thumbprint(own.der())];
            assert!(believes(&Pinned::new(store(&[&root]), &pins, provider()).unwrap(), own.der(), &[]));
            assert!(!believes(&Pinned::new(store(&[&root]), &[], provider()).unwrap(), own.der(), &[]));
        }
    }

    #[test]
    fn thumbprints_are_sha_1() {
        assert_eq!(thumbprint(b"abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    }
}
