//! `x-amz-content-sha256`: what a request says about its body, and the check of a plain body's hash as it streams.

use crate::{
    AuthError, Payload, Scheme, Seed, claim::Claim, error::Place, keys::write_hex, verify::hash_text,
};
use http::{HeaderMap, HeaderName, header, request::Parts};
use sha2::{Digest, Sha256};
use std::{borrow::Cow, sync::Arc};
use subtle::ConstantTimeEq;

const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";
const SIGNED_CHUNKS: &str = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
const SIGNED_TRAILER: &str = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
const UNSIGNED_TRAILER: &str = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
const CHUNKS_4A: [&str; 2] =
    ["STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER"];

/// The last line of the canonical request. Other services hash the body whatever the header says; for S3 the header
/// is required, except that a presigned URL without it stands for any body.
pub(crate) fn signed_as<'a>(
    head: &'a Parts,
    claim: &Claim<'a>,
    scheme: &Scheme<'_>,
) -> Result<Cow<'a, str>, AuthError> {
    if let (false, Some(body)) = (scheme.s3, scheme.body) {
        return Ok(hash_text(body));
    }
    match claim.content_sha256.clone().or_else(|| declared(&head.headers)) {
        Some(word) => Ok(word),
        None if claim.place == Place::Query => Ok(UNSIGNED.into()),
        None => Err(AuthError::NoContentSha256),
    }
}

/// What is left to check once the head's signature, which covers `word`, was found good.
pub(crate) fn to_check(
    word: &str,
    head: &Parts,
    scheme: &Scheme<'_>,
    seed: impl FnOnce() -> Result<Arc<Seed>, AuthError>,
) -> Result<Payload, AuthError> {
    if !scheme.s3 && scheme.body.is_some() {
        return Ok(Payload::Checked);
    }
    Ok(match word {
        UNSIGNED if is_chunked(&head.headers) => Payload::UnsignedTrailer,
        UNSIGNED => Payload::Unsigned,
        UNSIGNED_TRAILER => Payload::UnsignedTrailer,
        SIGNED_CHUNKS => Payload::ChunkedSigned(seed()?),
        SIGNED_TRAILER => Payload::ChunkedSignedTrailer(seed()?),
        word if CHUNKS_4A.contains(&word) => return Err(AuthError::Version4A),
        word => of_hash(word, scheme)?,
    })
}

/// What an anonymous request says about its body.
pub(crate) fn anonymous(head: &Parts, scheme: &Scheme<'_>) -> Result<Payload, AuthError> {
    if !scheme.s3 {
        return Ok(Payload::Unsigned);
    }
    match declared(&head.headers).as_deref() {
        None | Some(UNSIGNED) if is_chunked(&head.headers) => Ok(Payload::UnsignedTrailer),
        None | Some(UNSIGNED) => Ok(Payload::Unsigned),
        Some(UNSIGNED_TRAILER) => Ok(Payload::UnsignedTrailer),
        Some(word) if word.starts_with("STREAMING-") => Err(AuthError::AnonymousStreaming),
        Some(word) => of_hash(word, scheme),
    }
}

fn of_hash(word: &str, scheme: &Scheme<'_>) -> Result<Payload, AuthError> {
    let mut expected = [0; 32];
    hex::decode_to_slice(word, &mut expected).map_err(|_| AuthError::BadContentSha256(word.to_owned()))?;
    let Some(body) = scheme.body else { return Ok(Payload::Hash(expected)) };
    let mut check = HashCheck::new(expected);
    check.update(body);
    check.finish().map(|()| Payload::Checked)
}

fn declared(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    headers.get(CONTENT_SHA256).map(|value| String::from_utf8_lossy(value.as_bytes().trim_ascii()))
}

/// Whether the body is framed although no signature says so: SDKs frame anonymous and presigned uploads too.
fn is_chunked(headers: &HeaderMap) -> bool {
    let names = |value: &str| value.split(',').any(|one| one.trim().eq_ignore_ascii_case("aws-chunked"));
    headers.contains_key("x-amz-decoded-content-length")
        && headers.get_all(header::CONTENT_ENCODING).iter().any(|value| value.to_str().is_ok_and(names))
}

/// Checks a plain body against the SHA-256 that was signed ([`Payload::Hash`]) as it streams.
///
/// ```
/// let mut check = auth::payload::HashCheck::new([0; 32]);
/// check.update(b"first part, ");
/// check.update(b"second part");
/// assert!(check.finish().is_err());
/// ```
#[derive(Clone)]
pub struct HashCheck {
    digest: Sha256,
    expected: [u8; 32],
}

impl HashCheck {
    /// A check against `expected`.
    pub fn new(expected: [u8; 32]) -> HashCheck {
        HashCheck { digest: Sha256::new(), expected }
    }

    /// Takes the next bytes of the body.
    pub fn update(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
    }

    /// [`AuthError::BodyHash`] if the body was another one.
    pub fn finish(self) -> Result<(), AuthError> {
        let computed: [u8; 32] = self.digest.finalize().into();
        if computed.ct_eq(&self.expected).into() {
            return Ok(());
        }
        Err(AuthError::BodyHash { claimed: text(&self.expected), computed: text(&computed) })
    }
}

fn text(hash: &[u8; 32]) -> String {
    let mut text = [0; 64];
    write_hex(hash, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}
