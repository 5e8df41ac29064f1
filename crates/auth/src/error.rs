//! What can be wrong with a request's credentials, its signature or its signed body.

use crate::Dialect;
use env::Timestamp;

/// Why a request was not accepted as signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthError {
    /// The operation needs a signature and there is none. For callers of this crate: an anonymous request is no
    /// error to the verifier.
    MissingToken,
    /// Signature Version 2 where it is not taken (only S3 does); the value is the `Authorization` header or empty for a
    /// signed query.
    Version2(String),
    /// Signature Version 2, and what is wrong with it.
    InVersion2(Version2Fault),
    /// A body in chunks that are signed with Signature Version 4A (ECDSA).
    Version4A,
    /// Two of: `Authorization` header, `X-Amz-Algorithm` query, `Signature` query.
    TwoMechanisms(String),
    /// A field of a browser's form.
    Form(FormFault),
    /// The `Authorization` header or the query parameters cannot be read, or name another scope.
    Malformed(Place, Malformed),
    /// Neither `X-Amz-Date` nor `Date` is present and readable.
    NoDate(String),
    /// Headers that must be signed are not; lower-case names.
    NotSigned(Vec<String>),
    /// A header named in SignedHeaders is not in the request.
    SignedButAbsent(String),
    /// No such access key, or it is inactive.
    UnknownKey(String),
    /// The session token does not belong to the access key, or is not one of ours.
    InvalidToken(String),
    /// The session token was good once.
    ExpiredToken(String),
    /// The header-signed request's clock and ours differ too much.
    Skewed {
        /// As the client wrote it.
        request: String,
        /// Our time.
        now: Timestamp,
        /// Whether the request is from the future.
        ahead: bool,
        /// How much is allowed.
        allowed_s: u64,
    },
    /// A presigned request past its `X-Amz-Expires`.
    Expired {
        /// As the client wrote `X-Amz-Date`.
        request: String,
        /// `X-Amz-Expires`.
        expires_s: u64,
        /// When it ended.
        at: Timestamp,
        /// Our time.
        now: Timestamp,
    },
    /// A presigned request from the future.
    NotYetValid,
    /// The signature is another one.
    Mismatch(Box<Mismatch>),
    /// `x-amz-content-sha256` is missing where S3 requires it.
    NoContentSha256,
    /// `x-amz-content-sha256` is none of its allowed values.
    BadContentSha256(String),
    /// An anonymous request with a signed streaming payload.
    AnonymousStreaming,
    /// The body's SHA-256 is not the signed one; lower-case hexadecimal.
    BodyHash {
        /// What the request said.
        claimed: String,
        /// What the body has.
        computed: String,
    },
    /// An `aws-chunked` body that does not follow its grammar or ends early.
    IncompleteBody,
    /// The decoded body is not as long as `x-amz-decoded-content-length` said.
    DecodedLength {
        /// What the request said.
        expected: u64,
        /// What the body had so far.
        provided: u64,
    },
    /// `x-amz-decoded-content-length` is missing or no number.
    NoDecodedLength,
    /// A chunk that is not the last has fewer than 8,192 bytes.
    ChunkSize {
        /// Which chunk, from 1.
        chunk: u64,
        /// Its size.
        bytes: u64,
    },
    /// The trailer is not what `x-amz-trailer` announced, or not well-formed.
    MalformedTrailer,
    /// `x-amz-trailer` names something that cannot be a trailer.
    UnsupportedTrailer,
    /// The place where keys are kept cannot answer; the text is for the log only.
    Unavailable(String),
}

/// Where credentials were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The `Authorization` header.
    Header,
    /// The `X-Amz-...` query parameters.
    Query,
}

/// What is wrong with a request that is signed with Version 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version2Fault {
    /// The query has not all of its three parameters.
    Incomplete,
    /// `Expires` is no date.
    Expires(String),
    /// The URL was good once.
    Expired {
        /// When it ended.
        at: Timestamp,
        /// Our time.
        now: Timestamp,
    },
    /// The `Authorization` header is not of its form.
    Authorization(String),
}

/// What is wrong with the fields of a browser's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormFault {
    /// A field is absent.
    Missing(&'static str),
    /// `x-amz-algorithm` is another one.
    Algorithm(String),
    /// `x-amz-date` is not of its form.
    Date(String),
    /// `x-amz-credential`, and what is wrong with it.
    Credential(String, Malformed),
}

/// What is wrong with the `Authorization` header or the query parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// No space between algorithm and parameters.
    NoSpace(String),
    /// An algorithm nobody knows.
    Algorithm(String),
    /// A component without `=`: the component and the whole header.
    Component(String, String),
    /// Parameters that are absent: their names and the whole header.
    Missing(Vec<&'static str>, String),
    /// The credential has not five parts.
    Credential(String),
    /// The day of the credential is no date.
    Day(String),
    /// The credential does not end in `aws4_request`.
    Terminal(String),
    /// Signed for another service.
    Service {
        /// In the credential.
        given: String,
        /// This endpoint's.
        expected: String,
    },
    /// Signed for another region.
    Region {
        /// In the credential.
        given: String,
        /// This endpoint's or this bucket's.
        expected: String,
    },
    /// The credential's day is not the request's.
    DayMismatch {
        /// The day of the credential.
        given: String,
        /// `X-Amz-Date`.
        date: String,
    },
    /// `X-Amz-Date` in the query is not of its form.
    DateFormat(String),
    /// `X-Amz-Expires` is no number.
    ExpiresNumber,
    /// `X-Amz-Expires` is negative.
    ExpiresNegative,
    /// `X-Amz-Expires` is over a week.
    ExpiresTooLarge,
}

/// The two texts that a client compares with its own when signatures differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The access key of the request.
    pub access_key: String,
    /// The string to sign, as we computed it.
    pub string_to_sign: String,
    /// The signature of the request.
    pub provided: String,
    /// The canonical request, as we computed it; of a chunk: of the request it came with, or empty.
    pub canonical_request: String,
}

impl std::fmt::Display for AuthError {
    /// For logs: S3's words, and the private cause of [`AuthError::Unavailable`].
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let refusal = self.refusal(Dialect::S3);
        write!(f, "{}: {}", refusal.code, refusal.message)?;
        match self {
            AuthError::Unavailable(cause) => write!(f, " ({cause})"),
            _ => Ok(()),
        }
    }
}

impl std::error::Error for AuthError {}
