//! Signature Version 4, the client's side.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html>

use std::fmt::Write;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// The moment at which a simulated world stands.
const DATE: &str = "20231114T221320Z";
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

pub(crate) fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// A request to be signed, written as HTTP/1.1.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) service: &'static str,
    pub(crate) region: &'static str,
    pub(crate) secret: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// `x-amz-content-sha256` where it is not the body's hash.
    pub(crate) payload: Option<String>,
    /// The length that the head says, where it is not the body's; empty for none.
    pub(crate) length: Option<String>,
}

impl Signed {
    pub(crate) fn new(service: &'static str, method: &'static str, path: &str) -> Self {
        Self {
            service,
            region: "us-east-1",
            secret: "test",
            method,
            path: path.to_owned(),
            query: String::new(),
            headers: vec![("host".into(), "localhost:4566".into())],
            body: Vec::new(),
            payload: None,
            length: None,
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(n, _)| n != name);
        self.headers.push((name.into(), value.into()));
        self
    }

    pub(crate) fn body(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    pub(crate) fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", &DATE[..8], self.region, self.service)
    }

    fn key(&self) -> Vec<u8> {
        let day = hmac(format!("AWS4{}", self.secret).as_bytes(), &DATE[..8]);
        let region = hmac(&day, self.region);
        hmac(&hmac(&region, self.service), "aws4_request")
    }

    /// The headers with date and hash, sorted, and the signature over them.
    pub(crate) fn sign(&self) -> (Vec<(String, String)>, String) {
        let payload = self.payload.clone().unwrap_or_else(|| hash(&self.body));
        let mut headers = self.headers.clone();
        headers.push(("x-amz-date".into(), DATE.into()));
        headers.push(("x-amz-content-sha256".into(), payload.clone()));
        headers.sort();
        let signature = self.signature(&headers, &self.query, &payload);
        (headers, signature)
    }

    fn signature(&self, headers: &[(String, String)], query: &str, payload: &str) -> String {
        let lines =
            headers.iter().fold(String::new(), |text, (name, value)| text + name + ":" + value + "\n");
        let canonical =
            format!("{}\n{}\n{query}\n{lines}\n{}\n{payload}", self.method, self.path, names(headers));
        let digest = hash(canonical.as_bytes());
        hex::encode(hmac(&self.key(), &format!("AWS4-HMAC-SHA256\n{DATE}\n{}\n{digest}", self.scope())))
    }

    pub(crate) fn authorization(&self, headers: &[(String, String)], signature: &str) -> String {
        let (scope, names) = (self.scope(), names(headers));
        format!("AWS4-HMAC-SHA256 Credential=test/{scope}, SignedHeaders={names}, Signature={signature}")
    }

    /// The request as bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let (mut headers, signature) = self.sign();
        headers.push(("authorization".into(), self.authorization(&headers, &signature)));
        self.written(&headers, &self.query)
    }

    /// The request as bytes, closing the connection behind it.
    pub(crate) fn last(&self) -> Vec<u8> {
        let (mut headers, signature) = self.sign();
        headers.push(("authorization".into(), self.authorization(&headers, &signature)));
        headers.push(("connection".into(), "close".into()));
        self.written(&headers, &self.query)
    }

    /// The request with its signature in the query.
    pub(crate) fn presigned(&self) -> Vec<u8> {
        let credential = format!("test/{}", self.scope()).replace('/', "%2F");
        let query = format!(
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}&X-Amz-Date={DATE}&X-Amz-Expires=60&X-Amz-SignedHeaders=host"
        );
        let signature = self.signature(&self.headers, &query, UNSIGNED);
        let mut headers = self.headers.clone();
        headers.push(("connection".into(), "close".into()));
        self.written(&headers, &format!("{query}&X-Amz-Signature={signature}"))
    }

    /// The body as signed chunks of `aws-chunked`, each of `chunk_bytes`.
    pub(crate) fn signed_chunks(&self, chunk_bytes: usize) -> Vec<u8> {
        let (_, mut previous) = self.sign();
        let mut out = Vec::new();
        for chunk in self.body.chunks(chunk_bytes).chain([&[][..]]) {
            let (nothing, digest) = (hash(b""), hash(chunk));
            let scope = self.scope();
            let to_sign =
                format!("AWS4-HMAC-SHA256-PAYLOAD\n{DATE}\n{scope}\n{previous}\n{nothing}\n{digest}");
            previous = hex::encode(hmac(&self.key(), &to_sign));
            out.extend_from_slice(format!("{:x};chunk-signature={previous}\r\n", chunk.len()).as_bytes());
            out.extend_from_slice(chunk);
            out.extend_from_slice(b"\r\n");
        }
        out
    }

    fn written(&self, headers: &[(String, String)], query: &str) -> Vec<u8> {
        let mark = if query.is_empty() { "" } else { "?" };
        let mut out = format!("{} {}{mark}{query} HTTP/1.1\r\n", self.method, self.path);
        for (name, value) in headers {
            let _ = write!(out, "{name}: {value}\r\n");
        }
        let length = self.length.clone().unwrap_or_else(|| self.body.len().to_string());
        if !length.is_empty() {
            let _ = write!(out, "content-length: {length}\r\n");
        }
        [out.as_bytes(), b"\r\n", &self.body].concat()
    }
}

fn names(headers: &[(String, String)]) -> String {
    headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";")
}
