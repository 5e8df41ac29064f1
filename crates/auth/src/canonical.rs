//! The canonical request and the string to sign, byte for byte as the client has to have computed them.
//!
//! "Create a signed AWS API request", steps 1 to 3, of the IAM user guide; for S3 "Signature Calculations for the
//! Authorization Header" of its API reference.

use crate::keys::write_hex;
use http::{HeaderMap, HeaderValue, Uri, header, request::Parts};
use sha2::{Digest, Sha256};
use std::cell::RefCell;

/// Buffers that one thread uses for one request after the other.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(crate) request: Vec<u8>,
    pub(crate) to_sign: Vec<u8>,
    query: Vec<u8>,
    parts: Vec<QueryPart>,
}

/// A buffer that one odd request made larger than this is given back.
const SCRATCH_BYTES_MAX: usize = 64 * 1024;

/// Lends this thread's buffers to `f`.
pub(crate) fn with_scratch<T>(f: impl FnOnce(&mut Scratch) -> T) -> T {
    thread_local!(static SCRATCH: RefCell<Scratch> = RefCell::default());
    SCRATCH.with_borrow_mut(|scratch| {
        let answer = f(scratch);
        if scratch.request.capacity() > SCRATCH_BYTES_MAX {
            *scratch = Scratch::default();
        }
        answer
    })
}

/// How the path enters the canonical request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PathRule {
    /// S3: decoded and encoded once, nothing else touched.
    Once,
    /// All others: dot segments and repeated slashes removed, then encoded again on top of how it was sent.
    Twice,
    /// As it was sent: what clients sign that do not encode as AWS describes.
    AsSent,
}

/// What goes into a canonical request besides the head.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(crate) path: PathRule,
    /// Whether the query's parameters are signed as they were sent, instead of encoded as AWS describes.
    pub(crate) query_as_sent: bool,
    /// Names separated by `;`.
    pub(crate) signed_headers: &'a str,
    /// The last line: the hash of the payload or the word that stands for it.
    pub(crate) payload: &'a str,
}

impl Scratch {
    /// Leaves the canonical request in `self.request`.
    pub(crate) fn canonical_request(&mut self, head: &Parts, terms: &Terms<'_>) {
        self.request.clear();
        self.request.extend_from_slice(head.method.as_str().as_bytes());
        self.request.push(b'\n');
        write_path(&mut self.request, head.uri.path(), terms.path);
        self.request.push(b'\n');
        self.write_query(head.uri.query().unwrap_or_default(), terms.query_as_sent);
        self.request.push(b'\n');
        for name in names(terms.signed_headers) {
            write_header(&mut self.request, head, name);
        }
        self.request.push(b'\n');
        self.request.extend(terms.signed_headers.bytes().map(|b| b.to_ascii_lowercase()));
        self.request.push(b'\n');
        self.request.extend_from_slice(terms.payload.as_bytes());
    }

    /// Leaves the string to sign for `self.request` in `self.to_sign`.
    pub(crate) fn string_to_sign(&mut self, algorithm: &str, date: &str, scope: &str) {
        let mut digest = [0; 64];
        write_hex(&Sha256::digest(&self.request), &mut digest);
        self.to_sign.clear();
        for line in [algorithm, date, scope] {
            self.to_sign.extend_from_slice(line.as_bytes());
            self.to_sign.push(b'\n');
        }
        self.to_sign.extend_from_slice(&digest);
    }

    /// The parameters by encoded name and then value, without the signature itself.
    fn write_query(&mut self, query: &str, as_sent: bool) {
        if query.is_empty() {
            return;
        }
        self.query.clear();
        self.parts.clear();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            if name == "X-Amz-Signature" {
                continue;
            }
            let start = self.query.len();
            encode_into(&mut self.query, name, as_sent);
            let name_end = self.query.len();
            encode_into(&mut self.query, value, as_sent);
            self.parts.push(QueryPart { start, name_end, end: self.query.len() });
        }
        let bytes = &self.query;
        self.parts.sort_unstable_by(|a, b| a.key(bytes).cmp(&b.key(bytes)));
        for (i, part) in self.parts.iter().enumerate() {
            let (name, value) = part.key(bytes);
            if i > 0 {
                self.request.push(b'&');
            }
            self.request.extend_from_slice(name);
            self.request.push(b'=');
            self.request.extend_from_slice(value);
        }
    }
}

#[derive(Clone, Copy)]
struct QueryPart {
    start: usize,
    name_end: usize,
    end: usize,
}

impl QueryPart {
    fn key<'a>(&self, bytes: &'a [u8]) -> (&'a [u8], &'a [u8]) {
        (&bytes[self.start..self.name_end], &bytes[self.name_end..self.end])
    }
}

/// The names of a list of signed headers.
pub(crate) fn names(signed: &str) -> impl Iterator<Item = &[u8]> {
    signed.as_bytes().split(|b| *b == b';')
}

/// The values of `name`, in any case. A request has few headers: comparing is quicker than hashing.
pub(crate) fn values<'a>(headers: &'a HeaderMap, name: &[u8]) -> impl Iterator<Item = &'a HeaderValue> {
    headers.iter().filter(move |(one, _)| one.as_str().as_bytes().eq_ignore_ascii_case(name)).map(|(_, v)| v)
}

fn encode_into(to: &mut Vec<u8>, text: &str, as_sent: bool) {
    if as_sent {
        to.extend_from_slice(text.as_bytes());
    } else {
        reencode(to, text.as_bytes(), |b| if b == b'+' { b' ' } else { b }, is_unreserved);
    }
}

/// Whether `uri` reads otherwise once it is encoded as AWS describes: path and query.
pub(crate) fn differs_as_sent(uri: &Uri, rule: PathRule) -> (bool, bool) {
    let path = uri.path().as_bytes();
    let mut canonical = Vec::with_capacity(path.len() + 16);
    write_path(&mut canonical, uri.path(), rule);
    let path = canonical != path;
    let query = uri.query().is_some_and(|query| {
        canonical.clear();
        reencode(&mut canonical, query.as_bytes(), |b| b, |b| is_unreserved(b) || matches!(b, b'&' | b'='));
        canonical != query.as_bytes() || query.contains('+')
    });
    (path, query)
}

fn write_path(to: &mut Vec<u8>, path: &str, rule: PathRule) {
    if path.is_empty() {
        return to.push(b'/');
    }
    match rule {
        PathRule::AsSent => to.extend_from_slice(path.as_bytes()),
        PathRule::Once => reencode(to, path.as_bytes(), |b| b, |b| b == b'/' || is_unreserved(b)),
        PathRule::Twice => {
            let start = to.len();
            write_normalised(to, path);
            if to[start..].iter().all(|&b| b == b'/' || is_unreserved(b)) {
                return;
            }
            let plain = to.split_off(start);
            for &byte in &plain {
                encode_byte(to, byte, byte == b'/' || is_unreserved(byte));
            }
        }
    }
}

/// Removes dot segments and empty segments (RFC 3986, section 5.2.4); a slash at the end stays.
fn write_normalised(to: &mut Vec<u8>, path: &str) {
    let start = to.len();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                let last = to[start..].iter().rposition(|&b| b == b'/').unwrap_or(0);
                to.truncate(start + last);
            }
            other => {
                to.push(b'/');
                to.extend_from_slice(other.as_bytes());
            }
        }
    }
    if to.len() == start || path.ends_with('/') {
        to.push(b'/');
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~')
}

/// Percent-decodes `text` and encodes it as AWS's `UriEncode` does: everything that is not `plain`, in upper-case
/// hexadecimal. `raw` stands in for bytes that were not percent-encoded.
fn reencode(to: &mut Vec<u8>, text: &[u8], raw: impl Fn(u8) -> u8, plain: impl Fn(u8) -> bool) {
    let as_it_is = text.iter().position(|b| !plain(*b)).unwrap_or(text.len());
    to.extend_from_slice(&text[..as_it_is]);
    let mut rest = &text[as_it_is..];
    while let [byte, tail @ ..] = rest {
        let (byte, tail) = match (byte, tail) {
            (b'%', [high, low, tail @ ..]) => match (hex_digit(*high), hex_digit(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, tail),
                _ => (b'%', &rest[1..]),
            },
            _ => (raw(*byte), tail),
        };
        encode_byte(to, byte, plain(byte));
        rest = tail;
    }
}

fn encode_byte(to: &mut Vec<u8>, byte: u8, plain: bool) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    if plain {
        to.push(byte);
    } else {
        to.extend_from_slice(&[b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// The host that a request is for, as its signature covers it: `:authority` in HTTP/2, `Host` otherwise.
pub fn host(head: &Parts) -> Option<&[u8]> {
    let authority = || head.uri.authority().map(|authority| authority.as_str().as_bytes());
    let named = || head.headers.get(header::HOST).map(HeaderValue::as_bytes);
    if head.version == http::Version::HTTP_2 {
        authority().or_else(named)
    } else {
        named().or_else(authority)
    }
}

/// `name:value\n`; an absent header has an empty value.
fn write_header(to: &mut Vec<u8>, head: &Parts, name: &[u8]) {
    to.extend(name.iter().map(u8::to_ascii_lowercase));
    to.push(b':');
    if name.eq_ignore_ascii_case(b"host") {
        write_value(to, host(head).unwrap_or_default());
    } else {
        for (i, value) in values(&head.headers, name).enumerate() {
            if i > 0 {
                to.push(b',');
            }
            write_value(to, value.as_bytes());
        }
    }
    to.push(b'\n');
}

/// Blanks at the ends removed, runs of blanks within made one space.
fn write_value(to: &mut Vec<u8>, value: &[u8]) {
    let value = value.trim_ascii();
    let is_blank = |byte: u8| matches!(byte, b' ' | b'\t');
    if !value.iter().any(|b| is_blank(*b)) {
        return to.extend_from_slice(value);
    }
    let mut blank = false;
    for &byte in value {
        if !is_blank(byte) {
            to.push(byte);
        } else if !blank {
            to.push(b' ');
        }
        blank = is_blank(byte);
    }
}

/// Whether `name`, in lower case, stands in the list `signed`.
pub(crate) fn is_signed(signed: &str, name: &str) -> bool {
    names(signed).any(|one| one.eq_ignore_ascii_case(name.as_bytes()))
}

/// Headers that must be signed and are not. S3 wants the host and everything of `x-amz-`; the others the host and
/// what would let a stranger turn a request into another (its date and its target).
pub(crate) fn not_signed(headers: &HeaderMap, signed: &str, s3: bool) -> Vec<String> {
    let mut missing = Vec::new();
    if !is_signed(signed, "host") {
        missing.push("host".to_owned());
    }
    for name in headers.keys().map(http::HeaderName::as_str) {
        let wanted =
            if s3 { name.starts_with("x-amz-") } else { matches!(name, "x-amz-date" | "x-amz-target") };
        if wanted && !is_signed(signed, name) {
            missing.push(name.to_owned());
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(rule: PathRule, path: &str) -> String {
        let mut out = Vec::new();
        write_path(&mut out, path, rule);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn paths() {
        use PathRule::{Once, Twice};
        for (rule, sent, canonical) in [
            (Once, "/", "/"),
            (Once, "/b/a%20b%2Bc", "/b/a%20b%2Bc"),
            (Once, "/b/a+b(1)", "/b/a%2Bb%281%29"),
            (Once, "/b/%e3%81%82", "/b/%E3%81%82"),
            (Once, "/b//c/../d/./", "/b//c/../d/./"),
            (Once, "/b/%7Etilde", "/b/~tilde"),
            (Once, "/b/100%", "/b/100%25"),
            (Once, "/b/%zz", "/b/%25zz"),
            (Twice, "/", "/"),
            (Twice, "/a%20b", "/a%2520b"),
            (Twice, "/a//b/../c/./d/", "/a/c/d/"),
            (Twice, "/../..", "/"),
            (Twice, "//", "/"),
            (Twice, "/000000000000/q", "/000000000000/q"),
            (Twice, "/a:b", "/a%3Ab"),
        ] {
            assert_eq!(path(rule, sent), canonical, "{rule:?} {sent}");
        }
    }

    #[test]
    fn queries() {
        for (sent, canonical) in [
            ("", ""),
            ("acl", "acl="),
            ("b=2&a=1", "a=1&b=2"),
            ("a=2&a=1&a", "a=&a=1&a=2"),
            ("prefix=a+b&x=%7e%2f", "prefix=a%20b&x=~%2F"),
            ("a=1&&X-Amz-Signature=00&b", "a=1&b="),
            ("A=1&a=1&%41b=1", "A=1&Ab=1&a=1"),
            ("k=a=b", "k=a%3Db"),
            ("a-=1&a=1", "a=1&a-=1"),
        ] {
            let mut scratch = Scratch::default();
            scratch.write_query(sent, false);
            assert_eq!(String::from_utf8(scratch.request).unwrap(), canonical, "{sent}");
        }
    }

    #[test]
    fn header_values() {
        for (sent, canonical) in
            [("", ""), ("  a   b \t c ", "a b c"), ("\"a  b\"", "\"a b\""), ("a", "a"), (" \t ", "")]
        {
            let mut out = Vec::new();
            write_value(&mut out, sent.as_bytes());
            assert_eq!(String::from_utf8(out).unwrap(), canonical);
        }
    }
}
