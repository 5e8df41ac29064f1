//! What the verifier is told about an endpoint, and what it says about a request.

use crate::{AccountId, Dialect, Identity, Region, keys::SigningKey};
use env::Timestamp;
use http::HeaderMap;
use std::sync::Arc;

/// How the endpoint that a request was sent to wants it signed.
#[derive(Clone, Copy, Debug)]
pub struct Scheme<'a> {
    /// S3's rules: the path signed as sent, `x-amz-content-sha256` required, every `x-amz-` header signed.
    pub s3: bool,
    /// The service name that the credential scope must carry (`s3`, `sqs`).
    pub service: &'a str,
    /// The region the scope must carry, where the host names one; `None` accepts any.
    pub region: Option<&'a str>,
    /// The bucket that the host names: Signature Version 2 covers it in place of the host.
    pub bucket: Option<&'a str>,
    /// The whole body, where it has been read already: its SHA-256 is what was signed, and is checked here. `None`
    /// for bodies that stream: the answer's [`Verified::payload`] says what they have to be checked against.
    pub body: Option<&'a [u8]>,
}

impl<'a> Scheme<'a> {
    /// S3's rules with a streaming body, in any region.
    pub fn s3() -> Scheme<'a> {
        Scheme { s3: true, service: "s3", region: None, bucket: None, body: None }
    }

    /// The rules of all other services, for a request with this whole body, in any region.
    pub fn service(service: &'a str, body: &'a [u8]) -> Scheme<'a> {
        Scheme { s3: false, service, region: None, bucket: None, body: Some(body) }
    }

    /// The words to refuse in: S3's for S3 and the query protocol's for others.
    pub fn dialect(&self) -> Dialect {
        if self.s3 { Dialect::S3 } else { Dialect::Query }
    }
}

/// A request whose signature is good, or that has none.
#[derive(Clone, Debug)]
pub struct Verified {
    /// Who signed it; [`Identity::anonymous`] for a request without credentials.
    pub identity: Arc<Identity>,
    /// The access key, unless anonymous.
    pub access_key: Option<String>,
    /// When it was signed; now for an anonymous request, and for a URL or form of Signature Version 2, which do not say.
    pub date: Timestamp,
    /// The region in the credential scope, unless anonymous or of Signature Version 2, which has none.
    pub region: Option<Region>,
    /// What the body has to be checked against.
    pub payload: Payload,
    /// How it was signed.
    pub form: Form,
    /// What a URL of Signature Version 2 carries in its query for headers, where the request has no such header. They
    /// were signed as headers: serve the request as if they had come so. They may make another operation of it
    /// (`x-amz-copy-source`).
    pub carried: HeaderMap,
    /// Everybody can sign so: see [`crate::Credential::is_public`].
    pub is_public: bool,
}

impl Verified {
    /// The account of the caller.
    pub fn account(&self) -> AccountId {
        self.identity.account
    }
}

/// How a request carries its signature.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Not at all.
    Anonymous,
    /// In the `Authorization` header.
    Header,
    /// In the query: a presigned URL.
    Query,
    /// In the fields of a browser's form (S3's POST).
    Form,
}

impl Form {
    /// The value of the condition key `s3:authType`.
    pub fn auth_type(self) -> Option<&'static str> {
        match self {
            Form::Anonymous => None,
            Form::Header => Some("REST-HEADER"),
            Form::Query => Some("REST-QUERY-STRING"),
            Form::Form => Some("POST"),
        }
    }
}

/// What a body has to be checked against as it streams.
#[derive(Clone, Debug)]
pub enum Payload {
    /// Nothing: `UNSIGNED-PAYLOAD`, or an anonymous request.
    Unsigned,
    /// The body handed in with the [`Scheme`] was the signed one: nothing is left to check.
    Checked,
    /// The SHA-256 of the body; check with [`crate::payload::HashCheck`].
    Hash([u8; 32]),
    /// `aws-chunked`, each chunk signed; decode with [`crate::chunked::Decoder`].
    ChunkedSigned(Arc<Seed>),
    /// `aws-chunked`, each chunk and the trailer signed.
    ChunkedSignedTrailer(Arc<Seed>),
    /// `aws-chunked` with an unsigned trailer.
    UnsignedTrailer,
}

/// What the signatures of an `aws-chunked` body start from.
#[derive(Clone)]
pub struct Seed {
    pub(crate) key: SigningKey,
    /// `X-Amz-Date`, and the credential scope, as they stand in each string to sign.
    pub(crate) date: String,
    pub(crate) scope: String,
    /// The request's own signature, hexadecimal.
    pub(crate) signature: String,
    pub(crate) access_key: String,
    /// As the credential's.
    pub(crate) is_taken_at_its_word: bool,
}

impl std::fmt::Debug for Seed {
    /// Leaves the signing key out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seed").field("scope", &self.scope).finish_non_exhaustive()
    }
}
