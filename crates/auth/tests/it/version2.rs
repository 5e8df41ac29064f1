//! Signature Version 2, which S3 takes: AWS's own examples, what boto3 signs, and what must not pass.

use crate::common::{KEY, SECRET, head, verifier, verifier_of, verify};
use auth::{AuthError, Dialect, Form, Payload, Scheme, error::Version2Fault, version2::SUBRESOURCES};
use base64::{Engine, prelude::BASE64_STANDARD};
use env::Timestamp;
use hmac::{Hmac, Mac};
use http::request::Parts;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::prelude::*;
use sha1::Sha1;

/// 2024-02-29T12:00:00Z.
const NOW: Timestamp = Timestamp(1_709_208_000_000);
/// A minute later, as `Expires` says it.
const SOON: u64 = 1_709_208_060;

fn sign(to_sign: &str) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(to_sign.as_bytes());
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// A presigned request to `target` whose signature is of `to_sign`.
fn presigned(method: &str, target: &str, to_sign: &str) -> Parts {
    presigned_until(SOON, method, target, to_sign)
}

fn presigned_until(expires: u64, method: &str, target: &str, to_sign: &str) -> Parts {
    let mark = if target.contains('?') { '&' } else { '?' };
    let signature = encoded(&sign(to_sign));
    let target = format!("{target}{mark}AWSAccessKeyId={KEY}&Signature={signature}&Expires={expires}");
    head(method, &target, &[("host", "localhost:4566")])
}

fn good() -> Parts {
    presigned("GET", "/b/k", &format!("GET\n\n\n{SOON}\n/b/k"))
}

fn at(request: &Parts, now: Timestamp) -> Result<auth::Verified, AuthError> {
    verify(&verifier(), request, now, Scheme::s3())
}

fn refused(request: &Parts) -> AuthError {
    at(request, NOW).expect_err("a refusal")
}

fn in_bucket(bucket: &str) -> Scheme<'_> {
    Scheme { bucket: Some(bucket).filter(|bucket| !bucket.is_empty()), ..Scheme::s3() }
}

/// The bucket of the host, the request line, the signature, the minute of 27 March 2007, the headers.
type Example<'a> = (&'a str, &'a str, &'a str, u64, &'a [(&'a str, &'a str)]);

/// The examples of "Signing and authenticating REST requests", with the signatures that stand there.
#[test]
fn examples_of_aws() {
    let march_27 = |minute: u64| Timestamp(1_174_953_600_000 + minute * 60_000);
    let table: &[Example<'_>] = &[
        (
            "johnsmith",
            "GET /photos/puppy.jpg",
            "bWq2s1WEIj+Ydj0vQ697zp+IXMU=",
            19 * 60 + 36,
            &[("date", "Tue, 27 Mar 2007 19:36:42 +0000")],
        ),
        (
            "johnsmith",
            "PUT /photos/puppy.jpg",
            "MyyxeRY7whkBe+bq8fHCL/2kKUg=",
            21 * 60 + 15,
            &[("content-type", "image/jpeg"), ("date", "Tue, 27 Mar 2007 21:15:45 +0000")],
        ),
        (
            "johnsmith",
            "GET /?prefix=photos&max-keys=50&marker=puppy",
            "htDYFYduRNen8P9ZfE/s9SuKy0U=",
            19 * 60 + 42,
            &[("date", "Tue, 27 Mar 2007 19:42:41 +0000")],
        ),
        (
            "johnsmith",
            "GET /?acl",
            "c2WLPFtWHVgbEmeEG93a4cG37dM=",
            19 * 60 + 44,
            &[("date", "Tue, 27 Mar 2007 19:44:46 +0000")],
        ),
        (
            "",
            "DELETE /johnsmith/photos/puppy.jpg",
            "R4dJ53KECjStyBO5iTBJZ4XVOaI=",
            21 * 60 + 20,
            &[("date", "Tue, 27 Mar 2007 21:20:27 +0000"), ("x-amz-date", "Tue, 27 Mar 2007 21:20:26 +0000")],
        ),
        (
            "static.johnsmith.net",
            "PUT /db-backup.dat.gz",
            "ilyl83RwaSoYIEdixDQcA4OnAnc=",
            21 * 60 + 6,
            &[
                ("date", "Tue, 27 Mar 2007 21:06:08 +0000"),
                ("x-amz-acl", "public-read"),
                ("content-type", "application/x-download"),
                ("content-md5", "4gJE4saaMU4BqNR0kLY+lw=="),
                ("x-amz-meta-reviewedby", "joe@johnsmith.net"),
                ("x-amz-meta-reviewedby", "jane@johnsmith.net"),
                ("x-amz-meta-filechecksum", "0x02661779"),
                ("x-amz-meta-checksumalgorithm", "crc32"),
                ("content-disposition", "attachment; filename=database.dat"),
            ],
        ),
        (
            "",
            "GET /",
            "qGdzdERIC03wnaRNKh6OqZehG9s=",
            25 * 60 + 29,
            &[("date", "Wed, 28 Mar 2007 01:29:59 +0000")],
        ),
        (
            "",
            "GET /dictionary/fran%C3%A7ais/pr%c3%a9f%c3%a8re",
            "DNEZGsoieTZ92F3bUfSPQcbGmlM=",
            25 * 60 + 49,
            &[("date", "Wed, 28 Mar 2007 01:49:49 +0000")],
        ),
    ];
    for (bucket, line, signature, minute, headers) in table {
        let authorization = format!("AWS {KEY}:{signature}");
        let mut headers = headers.to_vec();
        headers.push(("authorization", &authorization));
        let (method, target) = line.split_once(' ').unwrap();
        let request = head(method, target, &headers);
        let verified = verify(&verifier(), &request, march_27(*minute), in_bucket(bucket)).expect(line);
        assert_eq!((verified.form, verified.region), (Form::Header, None));
        assert_eq!(verified.date.0 / 60_000, march_27(*minute).0 / 60_000);
    }
    let target = format!(
        "/photos/puppy.jpg?AWSAccessKeyId={KEY}&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620"
    );
    let request = head("GET", &target, &[("host", "johnsmith.s3.amazonaws.com")]);
    let verified = verify(&verifier(), &request, march_27(0), in_bucket("johnsmith")).unwrap();
    assert_eq!((verified.form, verified.access_key.as_deref()), (Form::Query, Some(KEY)));
    assert!(matches!(verified.payload, Payload::Unsigned) && verified.carried.is_empty());
}

/// `data/make_version2.py` wrote the table. Each request is also changed in ways that its signature must not cover up.
#[test]
fn what_boto3_signs_is_accepted_and_nothing_else() {
    let table = include_str!("data/version2.tsv");
    assert_eq!(table.lines().count(), 192);
    for line in table.lines() {
        let [place, method, bucket, target, headers, token] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("six columns: {line}");
        };
        let headers: Vec<(&str, &str)> =
            headers.split('\x1f').map(|pair| pair.split_once('=').expect("name=value")).collect();
        let verifier = verifier_of(KEY, SECRET, Some(token).filter(|token| !token.is_empty()));
        let tried = |method: &str, target: &str, headers: &[(&str, &str)], bucket: &str| {
            verify(&verifier, &head(method, target, headers), NOW, in_bucket(bucket))
        };
        let answer = tried(method, target, &headers, bucket);
        assert!(answer.is_ok(), "{line}: {answer:?}");
        let form = if place == "query" { Form::Query } else { Form::Header };
        assert_eq!(answer.unwrap().form, form, "{line}");

        let mismatch = |answer| assert!(matches!(answer, Err(AuthError::Mismatch(_))), "{line}: {answer:?}");
        mismatch(tried("PATCH", target, &headers, bucket));
        mismatch(tried(method, &target.replacen('/', "/x", 1), &headers, bucket));
        mismatch(tried(method, target, &headers, "other"));
        let more = if target.contains('?') { '&' } else { '?' };
        for added in ["restore", "versionId=x", "response%2Dexpires=x", "%61ccelerate"] {
            mismatch(tried(method, &format!("{target}{more}{added}"), &headers, bucket));
        }
        for added in [("x-amz-copy-source", "a/b"), ("x-amz-new", "")] {
            if !line.contains(added.0) {
                mismatch(tried(method, target, &[&headers[..], &[added]].concat(), bucket));
            }
        }
    }
}

#[test]
fn the_time_of_a_url_ends_and_s3_says_when() {
    let end = Timestamp(SOON * 1000);
    assert!(at(&good(), end).is_ok());
    let late = Timestamp(end.0 + 1_000);
    let error = at(&good(), late).unwrap_err();
    assert_eq!(error, AuthError::InVersion2(Version2Fault::Expired { at: end, now: late }));
    let refusal = error.refusal(Dialect::S3);
    assert_eq!(
        (refusal.status, refusal.code, &*refusal.message),
        (403, "AccessDenied", "Request has expired")
    );
    let fields =
        [("Expires", "2024-02-29T12:01:00Z".to_owned()), ("ServerTime", "2024-02-29T12:01:01Z".to_owned())];
    assert_eq!(refusal.fields, fields);
    // An expired URL is refused as such even with a wrong signature or an unknown key.
    let strange = head("GET", "/b/k?AWSAccessKeyId=strange&Signature=x&Expires=0", &[]);
    assert!(matches!(refused(&strange), AuthError::InVersion2(Version2Fault::Expired { .. })));
    // There is no longest time but the last second that AWS can write.
    let last = i32::MAX as u64;
    assert!(at(&presigned_until(last, "GET", "/b/k", &format!("GET\n\n\n{last}\n/b/k")), NOW).is_ok());
}

#[test]
fn urls_that_cannot_be_read() {
    let table = [
        (
            "Signature=x&Expires=1",
            "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
        ),
        (
            "Signature=x",
            "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
        ),
        (
            "Signature=x&AWSAccessKeyId=a",
            "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
        ),
        ("Signature=x&AWSAccessKeyId=a&Expires=", "Invalid date (should be seconds since epoch): "),
        (
            "Signature=x&AWSAccessKeyId=a&Expires=1465482452.339",
            "Invalid date (should be seconds since epoch): 1465482452.339",
        ),
        (
            "Signature=x&AWSAccessKeyId=a&Expires=1709208060000",
            "Invalid date (should be seconds since epoch): 1709208060000",
        ),
        ("Signature=x&AWSAccessKeyId=a&Expires=-1", "Invalid date (should be seconds since epoch): -1"),
    ];
    for (query, message) in table {
        let refusal = refused(&head("GET", &format!("/b/k?{query}"), &[])).refusal(Dialect::S3);
        assert_eq!(
            (refusal.status, refusal.code, &*refusal.message),
            (403, "AccessDenied", message),
            "{query}"
        );
    }
}

#[test]
fn a_wrong_signature_shows_what_was_expected() {
    let request = presigned("PUT", "/b/k?versionId=a%20b&acl&prefix=p", "something else");
    let refusal = refused(&request).refusal(Dialect::S3);
    assert_eq!((refusal.status, refusal.code), (403, "SignatureDoesNotMatch"));
    let to_sign = format!("PUT\n\n\n{SOON}\n/b/k?acl&versionId=a b");
    let fields = [
        ("AWSAccessKeyId", KEY.to_owned()),
        ("StringToSign", to_sign.clone()),
        ("SignatureProvided", sign("something else")),
        (
            "StringToSignBytes",
            to_sign.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" "),
        ),
    ];
    assert_eq!(refusal.fields, fields);
}

#[test]
fn keys_and_tokens() {
    let unknown = head("GET", &format!("/b/k?AWSAccessKeyId=strange&Signature=x&Expires={SOON}"), &[]);
    let refusal = refused(&unknown).refusal(Dialect::S3);
    assert_eq!((refusal.status, refusal.code), (403, "InvalidAccessKeyId"));
    assert_eq!(refusal.fields, [("AWSAccessKeyId", "strange".to_owned())]);

    let temporary = verifier_of(KEY, SECRET, Some("the token"));
    assert!(matches!(verify(&temporary, &good(), NOW, Scheme::s3()), Err(AuthError::InvalidToken(_))));
    let to_sign = format!("GET\n\n\n{SOON}\nx-amz-security-token:the token\n/b/k");
    let in_query = presigned("GET", "/b/k?x-amz-security-token=the%20token", &to_sign);
    assert!(verify(&temporary, &in_query, NOW, Scheme::s3()).is_ok());
    let mut in_header = presigned("GET", "/b/k", &to_sign);
    in_header.headers.insert("x-amz-security-token", "the token".parse().unwrap());
    assert!(verify(&temporary, &in_header, NOW, Scheme::s3()).is_ok());
}

#[test]
fn authorization_headers() {
    let signed = |authorization: &str, dates: &[(&str, &str)]| {
        head("GET", "/b/k", &[&[("authorization", authorization)][..], dates].concat())
    };
    let date = ("date", "Thu, 29 Feb 2024 11:59:00 GMT");
    let signature = sign(&format!("GET\n\n\n{}\n/b/k", date.1));
    let text = format!("AWS {KEY}:{signature}");
    assert!(at(&signed(&text, &[date]), NOW).is_ok());
    assert!(at(&signed(&format!("AWS  {KEY}:{signature} "), &[date]), NOW).is_ok());

    for wrong in ["AWS", "AWS ", "AWS key", "AWS :signature", "AWS key:"] {
        let refusal = refused(&signed(wrong, &[date])).refusal(Dialect::S3);
        let message = "AWS authorization header is invalid.  Expected AwsAccessKeyId:signature";
        assert_eq!(
            (refusal.status, refusal.code, &*refusal.message),
            (400, "InvalidArgument", message),
            "{wrong}"
        );
    }
    assert!(matches!(refused(&signed(&text, &[])), AuthError::NoDate(_)));
    assert!(matches!(refused(&signed(&text, &[("date", "today")])), AuthError::NoDate(_)));

    let minute = 60_000;
    for (now, is_good) in [
        (NOW.0 + 14 * minute, true),
        (NOW.0 + 14 * minute + 1, false),
        (NOW.0 - 16 * minute, true),
        (NOW.0 - 16 * minute - 1, false),
    ] {
        let answer = at(&signed(&text, &[date]), Timestamp(now));
        assert_eq!(answer.is_ok(), is_good, "{now}");
        let Err(error) = answer else { continue };
        let refusal = error.refusal(Dialect::S3);
        assert_eq!((refusal.status, refusal.code), (403, "RequestTimeTooSkewed"));
        assert_eq!(refusal.fields[0], ("RequestTime", date.1.to_owned()));
    }
}

#[test]
fn every_sub_resource_is_signed_however_it_is_written() {
    assert!(SUBRESOURCES.is_sorted());
    let url = |added: &str| {
        let to_sign = format!("GET\n\n\n{SOON}\n/b/k");
        presigned("GET", &format!("/b/k?{added}"), &to_sign)
    };
    assert!(at(&url("list-type=2&prefix=p"), NOW).is_ok());
    for name in SUBRESOURCES {
        for written in
            [name.to_string(), format!("{name}=1"), format!("%{:02x}{}", name.as_bytes()[0], &name[1..])]
        {
            assert!(matches!(refused(&url(&written)), AuthError::Mismatch(_)), "{written}");
        }
    }
}

#[test]
fn one_resource_is_written_in_more_than_one_way() {
    let of = |resource: &str| format!("GET\n\n\n{SOON}\n{resource}");
    for (bucket, target, resource) in [
        ("", "/b/a%20b", "/b/a%20b"),
        ("b", "/a%20b", "/b/a%20b"),
        ("b", "/", "/b/"),
        ("", "/b", "/b"),
        ("", "/b", "/b/"),
        ("", "/b?acl=", "/b/?acl"),
        ("", "/b?acl=", "/b?acl="),
        ("", "/b?versionId=%2B+&acl", "/b?acl&versionId=+ "),
        ("", "/", "/"),
    ] {
        let request = presigned("GET", target, &of(resource));
        let answer = verify(&verifier(), &request, NOW, in_bucket(bucket));
        assert!(answer.is_ok(), "{target}: {answer:?}");
    }
    for (bucket, target, resource) in
        [("", "/b/", "/b"), ("", "/b/k", "/b/k/"), ("b", "/k", "/k"), ("b", "/k", "/b/k/"), ("", "/", "//")]
    {
        let request = presigned("GET", target, &of(resource));
        let answer = verify(&verifier(), &request, NOW, in_bucket(bucket));
        assert!(matches!(answer, Err(AuthError::Mismatch(_))), "{target} as {resource}");
    }
}

#[test]
fn what_a_url_carries_for_headers_is_handed_on() {
    let to_sign = format!(
        "PUT\n1B2M2Y8AsgTpgAmY7PhCfg==\nimage/png\n{SOON}\nx-amz-acl:private\nx-amz-meta-a:b c\n/b/k"
    );
    let target = "/b/k?Content-Type=image%2Fpng&content-md5=1B2M2Y8AsgTpgAmY7PhCfg%3D%3D&x-amz-meta-A=b%20c\
                  &x-amz-acl=private&x-amz-acl=public-read&Cache-Control=no-store";
    let request = presigned("PUT", target, &to_sign);
    let carried = at(&request, NOW).unwrap().carried;
    let mut pairs: Vec<_> = carried.iter().map(|(n, v)| (n.as_str(), v.to_str().unwrap())).collect();
    pairs.sort_unstable();
    let expected = [
        ("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg=="),
        ("content-type", "image/png"),
        ("x-amz-acl", "private"),
        ("x-amz-meta-a", "b c"),
    ];
    assert_eq!(pairs, expected);

    // What came as a header goes before, and has to be what was signed.
    let mut same = request.clone();
    same.headers.insert("content-type", "image/png".parse().unwrap());
    let carried = at(&same, NOW).unwrap().carried;
    assert!(!carried.contains_key("content-type") && carried.contains_key("x-amz-acl"));
    same.headers.insert("content-type", "image/gif".parse().unwrap());
    assert!(matches!(refused(&same), AuthError::Mismatch(_)));
}

#[test]
fn only_one_mechanism_and_only_s3() {
    let mut both = good();
    both.headers.insert("authorization", format!("AWS {KEY}:x").parse().unwrap());
    assert!(matches!(refused(&both), AuthError::TwoMechanisms(_)));
    let four = head("GET", &format!("{}&X-Amz-Algorithm=AWS4-HMAC-SHA256", good().uri), &[]);
    assert!(matches!(refused(&four), AuthError::TwoMechanisms(_)));

    let sqs = verify(&verifier(), &good(), NOW, Scheme::service("sqs", b"")).unwrap_err();
    assert_eq!(sqs.refusal(Dialect::Query).code, "IncompleteSignature");
    let in_header =
        head("GET", "/", &[("authorization", "AWS a:b"), ("date", "Thu, 29 Feb 2024 11:59:00 GMT")]);
    let sqs = verify(&verifier(), &in_header, NOW, Scheme::service("sqs", b"")).unwrap_err();
    assert!(matches!(sqs, AuthError::Version2(_)));
}

#[test]
fn bodies_are_checked_against_what_the_headers_say() {
    let payload = |value: &str, header: bool| {
        let to_sign = format!("PUT\n\n\n{SOON}\nx-amz-content-sha256:{value}\n/b/k");
        let mut request = presigned("PUT", "/b/k", &to_sign);
        if header {
            request.headers.insert("x-amz-content-sha256", value.parse().unwrap());
        }
        at(&request, NOW).map(|verified| verified.payload)
    };
    assert!(matches!(payload(&"0".repeat(64), true), Ok(Payload::Hash(_))));
    assert!(matches!(payload("UNSIGNED-PAYLOAD", true), Ok(Payload::Unsigned)));
    assert!(matches!(payload("UNSIGNED-PAYLOAD", false), Err(AuthError::Mismatch(_))));
}

proptest! {
    #[test]
    fn nothing_that_is_not_signed_passes(
        path in "/[a-z%/?&=+0-9]{0,20}",
        signature in "[A-Za-z0-9%+/=]{0,40}",
        expires in "[0-9]{0,12}",
        authorization in proptest::option::of("AWS [ -~]{0,30}"),
    ) {
        let target = format!("{path}?AWSAccessKeyId={KEY}&Signature={signature}&Expires={expires}");
        let headers: Vec<(&str, &str)> = authorization
            .iter()
            .map(|text| ("authorization", text.as_str()))
            .chain([("date", "Thu, 29 Feb 2024 11:59:00 GMT")])
            .collect();
        prop_assert!(at(&head("GET", &target, &headers), NOW).is_err());
        let by_header = verify(&verifier(), &head("GET", &path, &headers), NOW, in_bucket("b"));
        prop_assert!(by_header.map_or(true, |verified| verified.identity.is_anonymous()));
    }

    #[test]
    fn what_is_signed_as_described_passes(
        bucket in proptest::option::of("[a-z]{3,8}"),
        key in "[ -~é]{1,12}",
        version in "[ -~é]{0,8}",
        meta in "[!-~]([ -~]{0,8}[!-~])?",
    ) {
        let path = format!("/{}", encoded(&key));
        let (path, resource) = match &bucket {
            Some(bucket) => (path.clone(), format!("/{bucket}{path}")),
            None => (format!("/b{path}"), format!("/b{path}")),
        };
        let to_sign = format!("PUT\n\n\n{SOON}\nx-amz-meta-x:{meta}\n{resource}?uploads&versionId={version}");
        let target = format!("{path}?versionId={}&uploads&x-amz-meta-x={}", encoded(&version), encoded(&meta));
        let request = presigned("PUT", &target, &to_sign);
        let answer = verify(&verifier(), &request, NOW, in_bucket(bucket.as_deref().unwrap_or_default()));
        prop_assert!(answer.is_ok(), "{:?}", answer);
    }
}
