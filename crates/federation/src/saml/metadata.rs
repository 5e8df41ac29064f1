//! The metadata document of a provider (`SAMLMetadataDocument` of `CreateSAMLProvider`).

use super::{decode, ns, time};
use crate::key::{BadKey, PublicKey};
use crate::xml::{Element, Limits, parse};

/// `SAMLMetadataDocument`: at most 10,000,000 characters.
pub const METADATA_BYTES_MAX: usize = 10_000_000;

/// "the x.509 certificate [...] must use a key size of at least 1024 bits" (IAM user guide, "Troubleshoot SAML").
pub const RSA_BITS_MIN: usize = 1024;

/// Signing keys of one provider. Each is tried on a signature.
pub const KEYS_MAX: usize = 50;

/// A federation's metadata lists some thousand claims and endpoints.
const ELEMENTS_MAX: usize = 100_000;

/// Why a document is no metadata of a provider. IAM's message is the same for all; the reason is for the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Could not parse metadata")]
pub struct BadMetadata {
    /// What is wrong.
    pub reason: String,
}

fn bad<T>(reason: impl Into<String>) -> Result<T, BadMetadata> {
    Err(BadMetadata { reason: reason.into() })
}

impl From<String> for BadMetadata {
    fn from(reason: String) -> BadMetadata {
        BadMetadata { reason }
    }
}

impl From<BadKey> for BadMetadata {
    fn from(reason: BadKey) -> BadMetadata {
        BadMetadata { reason: reason.to_string() }
    }
}

/// What counts of a provider's metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// `entityID`: the issuer of its assertions.
    pub entity_id: String,
    /// `validUntil`, the earliest that the document has, in seconds since 1970.
    pub valid_until_s: Option<i64>,
    keys: Vec<PublicKey>,
}

impl Metadata {
    /// Reads a document: one `EntityDescriptor` with an `IDPSSODescriptor` that has certificates for signing.
    pub fn parse(text: &str) -> Result<Metadata, BadMetadata> {
        let limits = Limits { bytes_max: METADATA_BYTES_MAX, elements_max: ELEMENTS_MAX };
        if text.starts_with('\u{feff}') {
            return bad("a byte order mark");
        }
        let root = parse(text, limits)?;
        if !root.is(ns::METADATA, "EntityDescriptor") {
            return bad("not an EntityDescriptor");
        }
        let Some(entity_id) = root.attribute("entityID").filter(|id| !id.is_empty()) else {
            return bad("no entityID");
        };
        let mut valid_until_s = valid_until(&root)?;
        let mut keys = Vec::new();
        for descriptor in root.all(ns::METADATA, "IDPSSODescriptor") {
            valid_until_s = earlier(valid_until_s, valid_until(descriptor)?);
            let for_signing = |key: &&Element| matches!(key.attribute("use"), None | Some("signing"));
            for key in descriptor.all(ns::METADATA, "KeyDescriptor").filter(for_signing) {
                read_keys(key, &mut keys)?;
            }
        }
        if keys.is_empty() {
            return bad("no certificate for signing");
        }
        Ok(Metadata { entity_id: entity_id.to_owned(), valid_until_s, keys })
    }

    /// The keys that may have signed an assertion.
    pub fn keys(&self) -> &[PublicKey] {
        &self.keys
    }
}

fn earlier(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    one.into_iter().chain(other).min()
}

fn valid_until(element: &Element) -> Result<Option<i64>, BadMetadata> {
    match element.attribute("validUntil") {
        None => Ok(None),
        Some(text) => match time::parse(text) {
            Some(until_s) => Ok(Some(until_s)),
            None => bad("validUntil is not a time"),
        },
    }
}

fn read_keys(descriptor: &Element, keys: &mut Vec<PublicKey>) -> Result<(), BadMetadata> {
    let infos = descriptor.all(ns::SIGNATURE, "KeyInfo");
    let data = infos.flat_map(|info| info.all(ns::SIGNATURE, "X509Data"));
    for certificate in data.flat_map(|data| data.all(ns::SIGNATURE, "X509Certificate")) {
        let Some(der) = certificate.text().as_deref().and_then(decode) else {
            return bad("a certificate that is not base64");
        };
        let key = PublicKey::from_certificate(&der, RSA_BITS_MIN)?;
        if !keys.contains(&key) {
            keys.push(key);
        }
        if keys.len() > KEYS_MAX {
            return bad("too many certificates");
        }
    }
    Ok(())
}
