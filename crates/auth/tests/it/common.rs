//! A signer written from AWS's description of Signature Version 4 alone, sharing no code with the crate, and the
//! little that the tests need around it.

use auth::{AccountId, AuthError, Credential, Identities, Identity, Scheme, Verified, Verifier};
use env::Timestamp;
use futures_util::{FutureExt, future::BoxFuture};
use hmac::{Hmac, Mac};
use http::request::Parts;
use sha2::{Digest, Sha256};
use std::{fmt::Write, sync::Arc};

pub(crate) const KEY: &str = "AKIAIOSFODNN7EXAMPLE";
pub(crate) const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// One access key, optionally a temporary one.
pub(crate) struct Keys {
    pub(crate) key: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
}

impl Identities for Keys {
    fn find<'a>(
        &'a self,
        key: &'a str,
        token: Option<&'a str>,
        _: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        let answer = if key != self.key {
            Err(AuthError::UnknownKey(key.to_owned()))
        } else if token != self.token.as_deref() {
            Err(AuthError::InvalidToken(token.unwrap_or_default().to_owned()))
        } else {
            let identity = Arc::new(Identity::root(AccountId::DEFAULT).with_access_key(key));
            Ok(Credential {
                secret: self.secret.as_str().into(),
                identity,
                generation: 1,
                is_taken_at_its_word: false,
                is_public: false,
            })
        };
        std::future::ready(answer).boxed()
    }
}

pub(crate) fn verifier() -> Verifier {
    verifier_of(KEY, SECRET, None)
}

pub(crate) fn verifier_of(key: &str, secret: &str, token: Option<&str>) -> Verifier {
    let (key, secret) = (key.to_owned(), secret.to_owned());
    Verifier::new(Arc::new(Keys { key, secret, token: token.map(str::to_owned) }))
}

pub(crate) fn verify(
    verifier: &Verifier,
    head: &Parts,
    now: Timestamp,
    scheme: Scheme<'_>,
) -> Result<Verified, AuthError> {
    verifier.verify(head, now, scheme).now_or_never().expect("the keys are at hand")
}

/// A request head from a method, a target and headers.
pub(crate) fn head(method: &str, target: &str, headers: &[(&str, &str)]) -> Parts {
    let mut builder = http::Request::builder().method(method).uri(target);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(()).unwrap().into_parts().0
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

pub(crate) fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

pub(crate) fn signing_key(secret: &str, day: &str, region: &str, service: &str) -> Vec<u8> {
    let key = hmac(format!("AWS4{secret}").as_bytes(), day.as_bytes());
    let key = hmac(&key, region.as_bytes());
    let key = hmac(&key, service.as_bytes());
    hmac(&key, b"aws4_request")
}

pub(crate) fn uri_encode(text: &str, keep_slash: bool) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte as char),
            b'/' if keep_slash => out.push('/'),
            _ => write!(out, "%{byte:02X}").unwrap(),
        }
        out
    })
}

/// A request before signing: everything decoded.
#[derive(Clone, Debug)]
pub(crate) struct Plain {
    pub(crate) s3: bool,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    /// Names in lower case, each once; `host` is among them.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) region: String,
    pub(crate) service: String,
    pub(crate) date: String,
    /// A presigned URL that lives so many seconds.
    pub(crate) expires: Option<u64>,
}

/// What a signature consists of.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) signed_headers: String,
    pub(crate) scope: String,
    pub(crate) hex: String,
}

impl Plain {
    fn scope(&self) -> String {
        format!("{}/{}/{}/aws4_request", &self.date[..8], self.region, self.service)
    }

    fn payload_word(&self) -> String {
        match (self.s3, self.expires) {
            (true, Some(_)) => "UNSIGNED-PAYLOAD".to_owned(),
            _ => sha256(&self.body),
        }
    }

    fn all_headers(&self) -> Vec<(String, String)> {
        let mut headers = self.headers.clone();
        if self.expires.is_none() {
            headers.push(("x-amz-date".into(), self.date.clone()));
            if self.s3 {
                headers.push(("x-amz-content-sha256".into(), self.payload_word()));
            }
        }
        headers.sort();
        headers
    }

    fn all_query(&self, signed_headers: &str) -> Vec<(String, String)> {
        let mut query = self.query.clone();
        if let Some(expires) = self.expires {
            for (name, value) in [
                ("X-Amz-Algorithm", "AWS4-HMAC-SHA256".to_owned()),
                ("X-Amz-Credential", format!("{KEY}/{}", self.scope())),
                ("X-Amz-Date", self.date.clone()),
                ("X-Amz-Expires", expires.to_string()),
                ("X-Amz-SignedHeaders", signed_headers.to_owned()),
            ] {
                query.push((name.to_owned(), value));
            }
        }
        query
    }

    fn signed_headers(&self) -> String {
        self.all_headers().iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(";")
    }

    pub(crate) fn sign(&self) -> Signature {
        let signed_headers = self.signed_headers();
        let path = uri_encode(&self.path, true);
        let path = if self.s3 { path } else { uri_encode(&path, true) };
        let mut query: Vec<(String, String)> = self
            .all_query(&signed_headers)
            .iter()
            .map(|(name, value)| (uri_encode(name, false), uri_encode(value, false)))
            .collect();
        query.sort();
        let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers = self.all_headers().iter().fold(String::new(), |mut out, (name, value)| {
            let words: Vec<&str> = value.split(' ').filter(|word| !word.is_empty()).collect();
            writeln!(out, "{name}:{}", words.join(" ")).unwrap();
            out
        });
        let request =
            [self.method.as_str(), &path, &query.join("&"), &headers, &signed_headers, &self.payload_word()]
                .join("\n");
        let to_sign = ["AWS4-HMAC-SHA256", &self.date, &self.scope(), &sha256(request.as_bytes())].join("\n");
        let key = signing_key(SECRET, &self.date[..8], &self.region, &self.service);
        let signature = hex::encode(hmac(&key, to_sign.as_bytes()));
        Signature { signed_headers, scope: self.scope(), hex: signature }
    }

    /// The request as it goes over the wire, with `by` as its signature.
    pub(crate) fn send(&self, by: &Signature) -> Parts {
        let mut query = self.all_query(&by.signed_headers);
        if self.expires.is_some() {
            query.push(("X-Amz-Signature".into(), by.hex.clone()));
        }
        let query: Vec<String> = query
            .iter()
            .map(|(name, value)| format!("{}={}", uri_encode(name, false), uri_encode(value, false)))
            .collect();
        let target = format!("{}?{}", uri_encode(&self.path, true), query.join("&"));
        let headers = self.all_headers();
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={KEY}/{}, SignedHeaders={}, Signature={}",
            by.scope, by.signed_headers, by.hex
        );
        let mut pairs: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        if self.expires.is_none() {
            pairs.push(("authorization", &authorization));
        }
        head(&self.method, &target, &pairs)
    }

    pub(crate) fn scheme(&self) -> Scheme<'_> {
        if self.s3 {
            Scheme { body: Some(&self.body), ..Scheme::s3() }
        } else {
            Scheme::service(&self.service, &self.body)
        }
    }
}
