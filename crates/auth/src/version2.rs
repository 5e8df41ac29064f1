//! Signature Version 2, as S3 alone still takes it: presigned URLs (`?AWSAccessKeyId=..&Signature=..&Expires=..`), the
//! header `Authorization: AWS KEY:SIGNATURE`, and the forms of browsers.
//!
//! Source: "Signing and authenticating REST requests" of the S3 user guide
//! (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html>). boto3 presigns so unless it is
//! told otherwise; `docs/decisions` says why that is enough to take it.
//!
//! The signature covers the method, the resource and the headers of `x-amz-`, `Content-MD5` and `Content-Type`; neither
//! the host nor the body nor the other parameters of the query. So everything that decides *which* operation is meant,
//! or on which version, must be part of the resource: see [`SUBRESOURCES`].

use crate::{
    AuthError, Credential, Form, Scheme, Verified,
    claim::{QueryClaim, SKEW_S, header_date, token_of},
    error::{Mismatch, Version2Fault},
    payload,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use env::Timestamp;
use hmac::{Hmac, Mac};
use http::{HeaderMap, HeaderName, HeaderValue, header, request::Parts};
use percent_encoding::{percent_decode, percent_decode_str};
use sha1::Sha1;
use std::borrow::Cow;
use subtle::ConstantTimeEq;

/// Parameters of the query that are part of the signed resource, sorted. Those of AWS's page and of its SDKs, and with
/// them every parameter that names a sub-resource today: one that was left out could be added to a signed URL by
/// whoever holds it, and would make another operation of it.
pub const SUBRESOURCES: &[&str] = &[
    "abac",
    "accelerate",
    "acl",
    "analytics",
    "annotation",
    "annotationName",
    "attributes",
    "cors",
    "defaultObjectAcl",
    "delete",
    "encryption",
    "intelligent-tiering",
    "inventory",
    "legal-hold",
    "lifecycle",
    "location",
    "logging",
    "metadataAnnotationTable",
    "metadataConfiguration",
    "metadataInventoryTable",
    "metadataJournalTable",
    "metadataTable",
    "metrics",
    "notification",
    "object-lock",
    "ownershipControls",
    "partNumber",
    "policy",
    "policyStatus",
    "publicAccessBlock",
    "renameObject",
    "replication",
    "requestPayment",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "restore",
    "retention",
    "select",
    "select-type",
    "session",
    "storageClass",
    "tagging",
    "torrent",
    "uploadId",
    "uploads",
    "versionId",
    "versioning",
    "versions",
    "website",
];

/// A date beyond this is none to S3: what clients write so are milliseconds.
const EXPIRES_MAX: i64 = i32::MAX as i64;
const AMZ: &str = "x-amz-";

/// A request's claim to be signed with Version 2.
pub(crate) struct Claim<'a> {
    access_key: Cow<'a, str>,
    /// In base64.
    signature: Cow<'a, str>,
    made: Made<'a>,
    /// The request's headers, and those that a presigned URL carries in its query.
    headers: Cow<'a, HeaderMap>,
    /// The latter alone.
    carried: HeaderMap,
}

/// Where the claim was made, and when it is good.
enum Made<'a> {
    /// In the `Authorization` header, at this time; the client's own words for it.
    InHeader { at: Timestamp, written: String },
    /// In the query, until this time.
    InQuery { until: Timestamp, written: Cow<'a, str> },
}

impl<'a> Claim<'a> {
    /// Reads the header `text`, which begins with `AWS `.
    pub(crate) fn of_header(text: &'a str, head: &'a Parts, scheme: &Scheme<'_>) -> Result<Self, AuthError> {
        let fault = || AuthError::InVersion2(Version2Fault::Authorization(text.to_owned()));
        let (_, pair) = text.trim().split_once([' ', '\t']).ok_or_else(fault)?;
        let (access_key, signature) = pair.trim().rsplit_once(':').ok_or_else(fault)?;
        if access_key.is_empty() || signature.is_empty() {
            return Err(fault());
        }
        let (_, at) = header_date(text, &head.headers, scheme)?;
        let written = head.headers.get("x-amz-date").or_else(|| head.headers.get(header::DATE));
        let written = written.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        Ok(Claim {
            access_key: access_key.into(),
            signature: signature.into(),
            made: Made::InHeader { at, written: written.unwrap_or_default() },
            headers: Cow::Borrowed(&head.headers),
            carried: HeaderMap::new(),
        })
    }

    /// Reads the parameters of a presigned URL.
    pub(crate) fn of_query(query: &QueryClaim<'a>, head: &'a Parts) -> Result<Self, AuthError> {
        let fault = |fault| Err(AuthError::InVersion2(fault));
        // A `+` stays one: there are no blanks in base64, and some clients forget to encode it.
        let decoded = |value: &'a str| percent_decode_str(value).decode_utf8_lossy();
        let (Some(access_key), Some(signature), Some(expires)) =
            (query.access_key.map(decoded), query.version2.map(decoded), query.version2_expires.map(decoded))
        else {
            return fault(Version2Fault::Incomplete);
        };
        let seconds = expires.parse::<i64>().ok().filter(|seconds| *seconds <= EXPIRES_MAX);
        let Some(seconds) = seconds.and_then(|seconds| u64::try_from(seconds).ok()) else {
            return fault(Version2Fault::Expires(expires.into_owned()));
        };
        let carried = carried(head);
        let mut headers = Cow::Borrowed(&head.headers);
        if !carried.is_empty() {
            headers.to_mut().extend(carried.clone());
        }
        let made = Made::InQuery { until: Timestamp(seconds * 1000), written: expires };
        Ok(Claim { access_key, signature, made, headers, carried })
    }

    pub(crate) fn access_key(&self) -> &str {
        &self.access_key
    }

    pub(crate) fn token(&self) -> Option<Cow<'_, str>> {
        token_of(&self.headers)
    }

    /// Whether `now` is within the time that the signature is good for.
    pub(crate) fn check_time(&self, now: Timestamp) -> Result<(), AuthError> {
        match &self.made {
            Made::InQuery { until, .. } if *until < now => {
                Err(AuthError::InVersion2(Version2Fault::Expired { at: *until, now }))
            }
            Made::InHeader { at, written } if at.0.abs_diff(now.0) > SKEW_S * 1000 => {
                let (request, ahead) = (written.clone(), at.0 > now.0);
                Err(AuthError::Skewed { request, now, ahead, allowed_s: SKEW_S })
            }
            _ => Ok(()),
        }
    }

    /// Checks the signature with the key that was found.
    pub(crate) fn verified(
        self,
        head: &Parts,
        now: Timestamp,
        scheme: &Scheme<'_>,
        credential: Credential,
    ) -> Result<Verified, AuthError> {
        if !credential.is_taken_at_its_word {
            self.check_signature(head, scheme, &credential.secret)?;
        }
        let (date, form) = match self.made {
            Made::InHeader { at, .. } => (at, Form::Header),
            Made::InQuery { .. } => (now, Form::Query),
        };
        Ok(Verified {
            identity: credential.identity,
            access_key: Some(self.access_key.into_owned()),
            date,
            region: None,
            // The signature does not cover the body: only its headers say what it should be, as without one.
            payload: payload::anonymous(head, scheme)?,
            form,
            carried: self.carried,
            is_public: credential.is_public,
        })
    }

    /// Clients write the same resource in more than one way. Each is tried: they all name what is served.
    fn check_signature(&self, head: &Parts, scheme: &Scheme<'_>, secret: &str) -> Result<(), AuthError> {
        let mut first = None;
        for way in Way::of(head, scheme.bucket) {
            let to_sign = self.string_to_sign(head, scheme.bucket, way);
            if is_signature(&self.signature, secret, &to_sign) {
                return Ok(());
            }
            first.get_or_insert(to_sign);
        }
        Err(mismatch(&self.access_key, &self.signature, &first.unwrap_or_default()))
    }

    fn string_to_sign(&self, head: &Parts, bucket: Option<&str>, way: Way) -> Vec<u8> {
        let mut text = Vec::with_capacity(256);
        let has_amz_date = self.headers.contains_key("x-amz-date");
        let date: &[u8] = match &self.made {
            Made::InQuery { written, .. } => written.as_bytes(),
            Made::InHeader { .. } if has_amz_date => b"",
            Made::InHeader { written, .. } => written.trim_ascii().as_bytes(),
        };
        let header = |name| self.headers.get(name).map_or(&b""[..], |value| value.as_bytes().trim_ascii());
        let lines = [head.method.as_str().as_bytes(), header("content-md5"), header("content-type"), date];
        for line in lines {
            text.extend_from_slice(line);
            text.push(b'\n');
        }
        write_amz_headers(&mut text, &self.headers);
        write_resource(&mut text, head, bucket, way);
        text
    }
}

/// How a client may have written the resource.
#[derive(Clone, Copy)]
struct Way {
    /// `/bucket/` for the path `/bucket`: SDKs sign a bucket's path as a virtual host has it.
    slash: bool,
    /// `acl` for the parameter `acl=`.
    bare: bool,
}

impl Way {
    /// The ways that differ for this request; first the one that is as it was sent.
    fn of(head: &Parts, bucket: Option<&str>) -> impl Iterator<Item = Way> {
        let path = head.uri.path();
        let may_slash = bucket.is_none() && path.len() > 1 && !path[1..].contains('/');
        let query = head.uri.query().unwrap_or_default();
        let may_bare = signed_parameters(query).iter().any(|(_, value)| value.as_deref() == Some(b""));
        let all = [(false, false), (true, false), (false, true), (true, true)];
        all.into_iter()
            .filter(move |(slash, bare)| (may_slash || !slash) && (may_bare || !bare))
            .map(|(slash, bare)| Way { slash, bare })
    }
}

/// `name:value\n` for each header of `x-amz-` in order, its values joined by commas.
fn write_amz_headers(to: &mut Vec<u8>, headers: &HeaderMap) {
    let mut names: Vec<&str> =
        headers.keys().map(HeaderName::as_str).filter(|name| name.starts_with(AMZ)).collect();
    names.sort_unstable();
    for name in names {
        to.extend_from_slice(name.as_bytes());
        for (i, value) in headers.get_all(name).iter().enumerate() {
            to.push(if i == 0 { b':' } else { b',' });
            to.extend_from_slice(value.as_bytes().trim_ascii());
        }
        to.push(b'\n');
    }
}

/// The path as it was sent, below the bucket where the host names it, and the sub-resources with their values decoded.
fn write_resource(to: &mut Vec<u8>, head: &Parts, bucket: Option<&str>, way: Way) {
    if let Some(bucket) = bucket {
        to.push(b'/');
        to.extend_from_slice(bucket.as_bytes());
    }
    let path = head.uri.path();
    to.extend_from_slice(if path.is_empty() { b"/" } else { path.as_bytes() });
    if way.slash {
        to.push(b'/');
    }
    let mut before = b'?';
    for (name, value) in signed_parameters(head.uri.query().unwrap_or_default()) {
        to.push(before);
        before = b'&';
        to.extend_from_slice(name.as_bytes());
        if let Some(value) = value.filter(|value| !(way.bare && value.is_empty())) {
            to.push(b'=');
            to.extend_from_slice(&value);
        }
    }
}

/// The sub-resources of a query in order, and what they are set to. Names are decoded first, as the reader of the
/// operation's parameters does: one cannot be hidden by writing it otherwise.
fn signed_parameters(query: &str) -> Vec<(&'static str, Option<Cow<'_, [u8]>>)> {
    let mut found: Vec<_> = query
        .split('&')
        .filter_map(|part| {
            let (name, value) =
                part.split_once('=').map_or((part, None), |(name, value)| (name, Some(value)));
            let name = decoded(name);
            let at = SUBRESOURCES.binary_search_by(|known| known.as_bytes().cmp(&name)).ok()?;
            Some((SUBRESOURCES[at], value.map(decoded)))
        })
        .collect();
    found.sort_by_key(|(name, _)| *name);
    found
}

/// Percent-decoded, with `+` for a space.
fn decoded(text: &str) -> Cow<'_, [u8]> {
    if text.contains('+') {
        let text = text.replace('+', " ");
        return Cow::Owned(percent_decode(text.as_bytes()).collect());
    }
    percent_decode_str(text).into()
}

/// What a presigned URL carries in its query for headers: SDKs sign `Content-MD5`, `Content-Type` and everything of
/// `x-amz-` as headers and then write them there. S3 serves them as if they had come as headers; what did come as a
/// header goes before.
fn carried(head: &Parts) -> HeaderMap {
    let mut carried = HeaderMap::new();
    for part in head.uri.query().unwrap_or_default().split('&') {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let Ok(name) = HeaderName::from_bytes(&decoded(name)) else { continue };
        let is_one =
            name.as_str().starts_with(AMZ) || matches!(name.as_str(), "content-md5" | "content-type");
        if !is_one || head.headers.contains_key(&name) {
            continue;
        }
        if let Ok(value) = HeaderValue::from_bytes(decoded(value).trim_ascii()) {
            carried.entry(name).or_insert(value);
        }
    }
    carried
}

/// Whether `given` is the base64 of the HMAC-SHA1 of `text`.
fn is_signature(given: &str, secret: &str, text: &[u8]) -> bool {
    // HMAC is defined for keys of every length (RFC 2104), so this cannot fail.
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(text);
    let expected = BASE64_STANDARD.encode(mac.finalize().into_bytes());
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}

fn mismatch(access_key: &str, given: &str, to_sign: &[u8]) -> AuthError {
    AuthError::Mismatch(Box::new(Mismatch {
        access_key: access_key.to_owned(),
        string_to_sign: String::from_utf8_lossy(to_sign).into_owned(),
        provided: given.to_owned(),
        canonical_request: String::new(),
    }))
}

/// Checks the signature of a form's policy, which is the whole of what Version 2 signs there.
pub(crate) fn check_form(access_key: &str, given: &str, policy: &str, secret: &str) -> Result<(), AuthError> {
    if is_signature(given, secret, policy.as_bytes()) {
        return Ok(());
    }
    Err(mismatch(access_key, given, policy.as_bytes()))
}
