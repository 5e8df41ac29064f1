//! Fuzz targets for what strangers sign requests with, driven by the mutator of `crates/wire` for a bounded time: the
//! Authorization header and those around it, presigned URLs, and the fields of a browser's form.

#![allow(clippy::unwrap_used, reason = "tests")]

#[path = "../it/common.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod common;
#[path = "../../../wire/tests/fuzz/hunt.rs"]
mod hunt;

use auth::{AuthError, Dialect, Form, Scheme, Verified, form::Fields};
use common::{KEY, Plain, SECRET, verifier_of, verify};
use env::Timestamp;
use futures_util::FutureExt as _;
use http::request::Parts;
use hunt::{must_find, number, run};

/// 2024-02-29T12:00:00Z.
const NOW: Timestamp = Timestamp(1_709_208_000_000);

fn plain(s3: bool, expires: Option<u64>) -> Plain {
    let headers = [("host", "localhost:4566"), ("x-amz-meta-a", " b  c "), ("range", "bytes=0-1")];
    Plain {
        s3,
        method: "GET".into(),
        path: if s3 { "/bucket/a b+\u{e9}/..//c" } else { "/a b+\u{e9}/c" }.into(),
        query: vec![("prefix".into(), "a%2F b".into()), ("acl".into(), String::new())],
        headers: headers.map(|(name, value)| (name.into(), value.into())).to_vec(),
        body: vec![],
        region: "us-east-1".into(),
        service: if s3 { "s3".into() } else { "sqs".into() },
        date: "20240229T115900Z".into(),
        expires,
    }
}

/// A request as lines: method and target, then the headers.
fn lines(head: &Parts) -> Vec<u8> {
    let mut out = format!("{} {}", head.method, head.uri).into_bytes();
    for (name, value) in &head.headers {
        out.extend_from_slice(format!("\n{name}: ").as_bytes());
        out.extend_from_slice(value.as_bytes());
    }
    out
}

fn read(input: &[u8]) -> Option<Parts> {
    let mut lines = input.split(|byte| *byte == b'\n');
    let first = str::from_utf8(lines.next()?).ok()?;
    let (method, target) = first.split_once(' ')?;
    let mut request = http::Request::builder().method(method).uri(target);
    for line in lines {
        let colon = line.windows(2).position(|two| two == b": ")?;
        request = request.header(&line[..colon], &line[colon + 2..]);
    }
    Some(request.body(()).ok()?.into_parts().0)
}

fn seeds() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for s3 in [false, true] {
        for expires in [None, Some(3600)] {
            let plain = plain(s3, expires);
            all.push(lines(&plain.send(&plain.sign())));
        }
    }
    let streaming = "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    all.push(String::from_utf8_lossy(&all[2]).replace("x-amz-content-sha256: ", streaming).into_bytes());
    let old = [
        "GET /b/k\nhost: localhost:4566\ndate: Thu, 29 Feb 2024 11:59:00 GMT\nauthorization: AWS AKIAIOSFODNN7EXAMPLE:c2ln",
        "GET /b/k?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Expires=1709209000&Signature=c2ln&x-amz-acl=private\nhost: a.b",
    ];
    all.extend(old.map(|text| text.as_bytes().to_vec()));
    all
}

/// The refusal in every service's words; they repeat nothing secret.
fn refused(error: &AuthError) -> u64 {
    let words = [Dialect::S3, Dialect::Query].map(|dialect| {
        let refusal = error.refusal(dialect);
        assert!((400..=503).contains(&refusal.status) && !refusal.code.is_empty());
        assert!(!format!("{refusal:?}").contains(SECRET));
        refusal.code
    });
    number((words, format!("{error:?}").split(['(', '{']).next().unwrap_or_default().len()))
}

fn asked(secret: &str, head: &Parts, s3: bool) -> Result<Verified, AuthError> {
    let scheme = if s3 { Scheme::s3() } else { Scheme::service("sqs", b"") };
    verify(&verifier_of(KEY, secret, None), head, NOW, scheme)
}

/// Nobody is let in who has not signed with the right secret, and who has is who the key says.
fn request(input: &[u8]) -> u64 {
    let Some(head) = read(input) else { return 0 };
    let outcome = [false, true].map(|s3| {
        let other = asked("another secret", &head, s3);
        assert!(other.as_ref().map_or(true, |other| other.identity.is_anonymous()), "nobody signed this");
        match asked(SECRET, &head, s3) {
            Err(error) => refused(&error),
            Ok(verified) => {
                assert_eq!(verified.form == Form::Anonymous, verified.identity.is_anonymous());
                assert_eq!(other.is_ok(), verified.identity.is_anonymous());
                number((verified.form.auth_type(), format!("{:?}", verified.payload).len().min(40)))
            }
        }
    });
    outcome[0].wrapping_mul(31).wrapping_add(outcome[1])
}

/// The fields of a form in a fixed order, one a line; an empty line is a field that is not there.
fn form(input: &[u8]) -> u64 {
    let Ok(text) = str::from_utf8(input) else { return 0 };
    let mut lines = text.split('\n').map(|line| Some(line).filter(|line| !line.is_empty()));
    let mut field = || lines.next().flatten();
    let fields = Fields {
        policy: field(),
        algorithm: field(),
        credential: field(),
        date: field(),
        signature: field(),
        token: field(),
        access_key: field(),
        version2: field(),
    };
    let verifier = verifier_of(KEY, "another secret", None);
    let verified = verifier.verify_form(fields, NOW, Scheme::s3()).now_or_never().unwrap();
    refused(&verified.expect_err("nobody signed this"))
}

fn form_seeds() -> Vec<Vec<u8>> {
    let scope = "AKIAIOSFODNN7EXAMPLE/20240229/us-east-1/s3/aws4_request";
    let four = format!("e30=\nAWS4-HMAC-SHA256\n{scope}\n20240229T115900Z\n{}\n\n\n", "0".repeat(64));
    let two = format!("e30=\n\n\n\n\n\n{KEY}\nc2lnbmF0dXJl");
    vec![four.into_bytes(), two.into_bytes()]
}

#[test]
fn requests() {
    // What the seeds say is good is good, or the target would see refusals only.
    let good = seeds().into_iter().filter(|seed| {
        let head = read(seed).unwrap();
        [false, true].iter().any(|s3| asked(SECRET, &head, *s3).is_ok())
    });
    assert!(good.count() >= 4);
    run(request, &seeds());
}

#[test]
fn forms() {
    run(form, &form_seeds());
}

/// A reader with a planted error, which the mutator must find.
#[test]
fn the_canary_is_found() {
    let canary = |input: &[u8]| {
        let target = read(input).map(|head| head.uri.query().unwrap_or_default().to_owned());
        assert!(target.is_none_or(|query| query.matches("X-Amz-Date").count() < 2), "planted");
        request(input)
    };
    must_find(canary, &seeds());
}
