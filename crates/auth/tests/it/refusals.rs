//! What is refused, and in which words.
use crate::common::{KEY, Plain, head, verifier, verifier_of, verify};
use auth::{AuthError, Dialect, Form, Payload, Refusal, Scheme};
use env::Timestamp;
use http::request::Parts;

/// 2024-02-29T12:00:00Z.
const NOW: Timestamp = Timestamp(1_709_208_000_000);
const DATE: &str = "20240229T115900Z";

fn plain(s3: bool) -> Plain {
    Plain {
        s3,
        method: "GET".into(),
        path: "/bucket/key".into(),
        query: vec![],
        headers: vec![("host".into(), "localhost:4566".into())],
        body: vec![],
        region: "us-east-1".into(),
        service: if s3 { "s3".into() } else { "sqs".into() },
        date: DATE.into(),
        expires: None,
    }
}

fn refused(request: &Parts, scheme: Scheme<'_>, now: Timestamp) -> AuthError {
    verify(&verifier(), request, now, scheme).expect_err("a refusal")
}

/// The good request with its `Authorization` header replaced.
fn with_authorization(s3: bool, text: &str) -> Parts {
    let plain = plain(s3);
    let mut request = plain.send(&plain.sign());
    request.headers.insert("authorization", text.parse().unwrap());
    request
}

fn short(refusal: &Refusal) -> (u16, &'static str, &str) {
    (refusal.status, refusal.code, &refusal.message)
}

#[test]
fn malformed_headers_in_both_dialects() {
    let good = format!("{KEY}/20240229/us-east-1/s3/aws4_request");
    let credential = |old: &str, new: &str| {
        format!("AWS4-HMAC-SHA256 Credential={}, SignedHeaders=host, Signature=00", good.replace(old, new))
    };
    const HEADER: &str = "AuthorizationHeaderMalformed";
    let malformed = |detail: &str| format!("The authorization header is malformed; {detail}");
    let three = malformed(
        "the authorization header requires three components: Credential, SignedHeaders, and Signature.",
    );
    let table: Vec<(String, u16, &str, String)> = vec![
        ("Bearer token".into(), 400, "InvalidArgument", "Unsupported Authorization Type".into()),
        (
            "AWS4-HMAC-SHA256".into(),
            400,
            "InvalidArgument",
            "Authorization header is invalid -- one and only one ' ' (space) required".into(),
        ),
        ("AWS4-HMAC-SHA256 ,".into(), 400, HEADER, three.clone()),
        ("AWS4-HMAC-SHA256 Credential=a, Credential=b".into(), 400, HEADER, three.clone()),
        ("AWS4-HMAC-SHA256 Credential=a, Other=b".into(), 400, HEADER, three),
        (
            format!("AWS4-HMAC-SHA256 Credential={good}, SignedHeaders=host"),
            400,
            HEADER,
            malformed("missing Signature."),
        ),
        (
            format!("AWS4-HMAC-SHA256 {good}, SignedHeaders=host"),
            400,
            HEADER,
            malformed(&format!("the authorization component \"{good}\" is malformed.")),
        ),
        (
            credential("/s3", ""),
            400,
            HEADER,
            malformed(
                "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".",
            ),
        ),
        (
            credential("20240229", "20230229"),
            400,
            HEADER,
            malformed(
                "incorrect date format \"20230229\". This date in the credential must be in the format \"yyyyMMdd\".",
            ),
        ),
        (
            credential("20240229", "20240228"),
            400,
            HEADER,
            malformed("Invalid credential date. Date is not the same as X-Amz-Date."),
        ),
        (
            credential("/s3", "/sqs"),
            400,
            HEADER,
            malformed("incorrect service \"sqs\". This endpoint belongs to \"s3\"."),
        ),
        (
            credential("aws4_request", "aws5_request"),
            400,
            HEADER,
            malformed("incorrect terminal \"aws5_request\". This endpoint uses \"aws4_request\"."),
        ),
        (
            credential("us-east-1", "us_east_1"),
            400,
            HEADER,
            malformed("the region 'us_east_1' is wrong; expecting 'us-east-1'"),
        ),
    ];
    for (text, status, code, message) in &table {
        let refusal = refused(&with_authorization(true, text), Scheme::s3(), NOW).refusal(Dialect::S3);
        assert_eq!(short(&refusal), (*status, *code, message.as_str()), "{text}");
    }
}

#[test]
fn malformed_headers_of_other_services() {
    let good = format!("{KEY}/20240229/us-east-1/sqs/aws4_request");
    let credential = |old: &str, new: &str| {
        format!("AWS4-HMAC-SHA256 Credential={}, SignedHeaders=host, Signature=00", good.replace(old, new))
    };
    let table = [
        (
            "Bearer".to_owned(),
            400,
            "IncompleteSignature",
            "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' \
             parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires \
             existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=Bearer",
        ),
        (
            "AWS4-HMAC-SHA256 junk".to_owned(),
            400,
            "IncompleteSignature",
            "'junk' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 \
             junk'.",
        ),
        (
            credential("/sqs", "/sns"),
            403,
            "SignatureDoesNotMatch",
            "Credential should be scoped to correct service: 'sqs'. ",
        ),
        (
            credential("20240229", "20240228"),
            403,
            "SignatureDoesNotMatch",
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20240228' != \
             '20240229', from '20240229T115900Z'.",
        ),
        (
            format!("AWS4-HMAC-SHA256 Credential={good}, SignedHeaders=x-amz-date, Signature=00"),
            403,
            "SignatureDoesNotMatch",
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
        ),
        (
            format!("AWS4-HMAC-SHA256 Credential={good}, SignedHeaders=host;x-amz-date;x-none, Signature=00"),
            403,
            "SignatureDoesNotMatch",
            "'x-none' is named as a SignedHeader, but it does not exist in the HTTP request",
        ),
    ];
    for (text, status, code, message) in &table {
        let error = refused(&with_authorization(false, text), Scheme::service("sqs", b""), NOW);
        assert_eq!(short(&error.refusal(Dialect::Query)), (*status, *code, *message), "{text}");
        assert_eq!(error.refusal(Dialect::Json).status, 400);
    }
}

#[test]
fn signatures_that_differ_show_what_was_expected() {
    let signed = plain(true);
    let mut by = signed.sign();
    by.hex = "0".repeat(64);
    let refusal = refused(&signed.send(&by), Scheme::s3(), NOW).refusal(Dialect::S3);
    assert_eq!((refusal.status, refusal.code), (403, "SignatureDoesNotMatch"));
    let names: Vec<&str> = refusal.fields.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        [
            "AWSAccessKeyId",
            "StringToSign",
            "SignatureProvided",
            "StringToSignBytes",
            "CanonicalRequest",
            "CanonicalRequestBytes"
        ]
    );
    assert!(
        refusal.fields[1]
            .1
            .starts_with("AWS4-HMAC-SHA256\n20240229T115900Z\n20240229/us-east-1/s3/aws4_request\n")
    );
    assert!(refusal.fields[3].1.starts_with("41 57 53 34 2d"));
    assert!(refusal.fields[4].1.starts_with("GET\n/bucket/key\n\nhost:localhost:4566\n"));

    let signed = plain(false);
    let refusal = refused(&signed.send(&by), Scheme::service("sqs", b""), NOW).refusal(Dialect::Query);
    // The scope is checked before the signature, and `by` was made for S3.
    assert_eq!(refusal.message, "Credential should be scoped to correct service: 'sqs'. ");
    by = signed.sign();
    by.hex.replace_range(..1, "g");
    let refusal = refused(&signed.send(&by), Scheme::service("sqs", b""), NOW).refusal(Dialect::Query);
    assert!(
        refusal
            .message
            .contains("The Canonical String for this request should have been\n'GET\n/bucket/key\n")
    );
    assert!(refusal.message.contains("The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n"));
}

#[test]
fn clocks_may_differ_by_a_quarter_of_an_hour() {
    let minute = 60_000;
    let signed_at = NOW.0 - minute;
    let s3 = plain(true).send(&plain(true).sign());
    let sqs = plain(false).send(&plain(false).sign());
    for (now, good) in [
        (signed_at + 15 * minute, true),
        (signed_at + 15 * minute + 1, false),
        (signed_at - 15 * minute, true),
        (signed_at - 15 * minute - 1, false),
    ] {
        assert_eq!(verify(&verifier(), &s3, Timestamp(now), Scheme::s3()).is_ok(), good);
        let answer = verify(&verifier(), &sqs, Timestamp(now), Scheme::service("sqs", b""));
        assert_eq!(answer.is_ok(), good);
    }
    let late = Timestamp(signed_at + 16 * minute);
    let refusal = refused(&s3, Scheme::s3(), late).refusal(Dialect::S3);
    assert_eq!((refusal.status, refusal.code), (403, "RequestTimeTooSkewed"));
    let fields = [
        ("RequestTime", "20240229T115900Z".to_owned()),
        ("ServerTime", "2024-02-29T12:15:00Z".to_owned()),
        ("MaxAllowedSkewMilliseconds", "900000".to_owned()),
    ];
    assert_eq!(refusal.fields, fields);
    let refusal = refused(&sqs, Scheme::service("sqs", b""), late).refusal(Dialect::Query);
    let message = "Signature expired: 20240229T115900Z is now earlier than 20240229T120000Z (20240229T121500Z - 15 min.)";
    assert_eq!(short(&refusal), (403, "SignatureDoesNotMatch", message));
    let early = Timestamp(signed_at - 16 * minute);
    let refusal = refused(&sqs, Scheme::service("sqs", b""), early).refusal(Dialect::Query);
    let message = "Signature not yet current: 20240229T115900Z is still later than 20240229T115800Z \
                   (20240229T114300Z + 15 min.)";
    assert_eq!(refusal.message, message);
}

#[test]
fn presigned_requests() {
    let presigned = |expires| Plain { expires: Some(expires), ..plain(true) };
    let target = |request: &Parts, old: &str, new: &str| {
        let mut request = request.clone();
        let target = request.uri.to_string();
        assert!(target.contains(old), "{old} in {target}");
        request.uri = target.replace(old, new).parse().unwrap();
        request
    };
    let good = presigned(60).send(&presigned(60).sign());
    let query = "AuthorizationQueryParametersError";
    let table = [
        ("X-Amz-Expires=60", "X-Amz-Expires=-1", query, "X-Amz-Expires must be non-negative"),
        ("X-Amz-Expires=60", "X-Amz-Expires=x", query, "X-Amz-Expires should be a number"),
        (
            "X-Amz-Expires=60",
            "X-Amz-Expires=604801",
            query,
            "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than \
             604800 seconds",
        ),
        (
            "X-Amz-Expires=60",
            "",
            query,
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, \
             X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
        ),
        (
            "HMAC-SHA256",
            "HMAC-MD5",
            query,
            "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"",
        ),
        (
            "20240229T115900Z",
            "2024-02-29",
            query,
            "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
        ),
        (
            "20240229%2F",
            "20240228%2F",
            query,
            "Invalid credential date \"20240228\". This date is not the same as X-Amz-Date: \"20240229\".",
        ),
        (
            "%2Fs3%2F",
            "%2Fsqs%2F",
            query,
            "Error parsing the X-Amz-Credential parameter; incorrect service \"sqs\". This endpoint belongs to \"s3\".",
        ),
    ];
    for (old, new, code, message) in table {
        let refusal = refused(&target(&good, old, new), Scheme::s3(), NOW).refusal(Dialect::S3);
        assert_eq!(short(&refusal), (400, code, message));
    }

    let ended = refused(&good, Scheme::s3(), Timestamp(NOW.0 + 1)).refusal(Dialect::S3);
    assert_eq!(short(&ended), (403, "AccessDenied", "Request has expired"));
    let fields = [
        ("X-Amz-Expires", "60".to_owned()),
        ("Expires", "2024-02-29T12:00:00Z".to_owned()),
        ("ServerTime", "2024-02-29T12:00:00Z".to_owned()),
    ];
    assert_eq!(ended.fields, fields);
    let early = refused(&good, Scheme::s3(), Timestamp(NOW.0 - 17 * 60_000));
    assert_eq!(early, AuthError::NotYetValid);

    let mut both = good.clone();
    both.headers.insert("authorization", "AWS4-HMAC-SHA256 x".parse().unwrap());
    assert!(matches!(refused(&both, Scheme::s3(), NOW), AuthError::TwoMechanisms(_)));
}

#[test]
fn presigned_requests_of_other_services_live_a_quarter_of_an_hour_at_least() {
    let plain = Plain { expires: Some(60), ..plain(false) };
    let request = plain.send(&plain.sign());
    let verified = verify(&verifier(), &request, Timestamp(NOW.0 + 14 * 60_000), plain.scheme()).unwrap();
    assert_eq!(verified.form, Form::Query);
    let refusal =
        refused(&request, plain.scheme(), Timestamp(NOW.0 + 14 * 60_000 + 1)).refusal(Dialect::Query);
    assert!(
        refusal.message.starts_with("Signature expired: 20240229T115900Z is now earlier than"),
        "{refusal:?}"
    );
}

#[test]
fn everything_of_amz_must_be_signed_for_s3() {
    let plain = plain(true);
    let mut request = plain.send(&plain.sign());
    request.headers.insert("x-amz-acl", "public-read".parse().unwrap());
    request.headers.insert("x-amzn-trace-id", "Root=1".parse().unwrap());
    let refusal = refused(&request, Scheme::s3(), NOW).refusal(Dialect::S3);
    let message = "There were headers present in the request which were not signed";
    assert_eq!(short(&refusal), (403, "AccessDenied", message));
    assert_eq!(refusal.fields, [("HeadersNotSigned", "x-amz-acl".to_owned())]);
    request.headers.remove("x-amz-acl");
    assert!(verify(&verifier(), &request, NOW, Scheme::s3()).is_ok());
}

#[test]
fn the_target_of_a_json_request_must_be_signed() {
    let plain = plain(false);
    let mut request = plain.send(&plain.sign());
    request.headers.insert("x-amz-target", "AmazonSQS.PurgeQueue".parse().unwrap());
    let error = refused(&request, Scheme::service("sqs", b""), NOW);
    assert_eq!(error, AuthError::NotSigned(vec!["x-amz-target".to_owned()]));
}

#[test]
fn content_hashes() {
    let word = |word: Option<&str>| {
        let plain = plain(true);
        let mut request = plain.send(&plain.sign());
        request.headers.remove("x-amz-content-sha256");
        if let Some(word) = word {
            request.headers.insert("x-amz-content-sha256", word.parse().unwrap());
        }
        refused(&request, Scheme::s3(), NOW)
    };
    assert_eq!(word(None), AuthError::NoContentSha256);
    assert!(matches!(word(Some("UNSIGNED-PAYLOAD")), AuthError::Mismatch(_)));
    let refusal = AuthError::BadContentSha256("x".into()).refusal(Dialect::S3);
    assert_eq!((refusal.status, refusal.code), (400, "InvalidArgument"));

    let anonymous = |word: &str| {
        let request = head("PUT", "/b/k", &[("host", "h"), ("x-amz-content-sha256", word)]);
        verify(&verifier(), &request, NOW, Scheme::s3()).map(|verified| verified.payload)
    };
    assert!(matches!(anonymous("UNSIGNED-PAYLOAD"), Ok(Payload::Unsigned)));
    assert!(matches!(anonymous("STREAMING-UNSIGNED-PAYLOAD-TRAILER"), Ok(Payload::UnsignedTrailer)));
    assert!(matches!(anonymous(&"0".repeat(64)), Ok(Payload::Hash(_))));
    assert_eq!(anonymous("nonsense").unwrap_err(), AuthError::BadContentSha256("nonsense".into()));
    let streaming = anonymous("STREAMING-AWS4-HMAC-SHA256-PAYLOAD").unwrap_err();
    assert_eq!(streaming, AuthError::AnonymousStreaming);

    let signed = Plain { body: b"abc".to_vec(), ..plain(true) };
    let request = signed.send(&signed.sign());
    let scheme = Scheme { body: Some(b"abd"), ..Scheme::s3() };
    let refusal = refused(&request, scheme, NOW).refusal(Dialect::S3);
    assert_eq!((refusal.status, refusal.code), (400, "XAmzContentSHA256Mismatch"));
    let names: Vec<&str> = refusal.fields.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["ClientComputedContentSHA256", "S3ComputedContentSHA256"]);
}

#[test]
fn keys_and_tokens() {
    let plain = plain(true);
    let request = plain.send(&plain.sign());
    let unknown = verifier_of("OTHER", "x", None);
    let error = verify(&unknown, &request, NOW, Scheme::s3()).unwrap_err();
    let refusal = error.refusal(Dialect::S3);
    assert_eq!((refusal.status, refusal.code), (403, "InvalidAccessKeyId"));
    assert_eq!(refusal.fields, [("AWSAccessKeyId", KEY.to_owned())]);
    assert_eq!(error.refusal(Dialect::Query).code, "InvalidClientTokenId");
    assert_eq!(error.refusal(Dialect::Json).code, "UnrecognizedClientException");

    let temporary = verifier_of(KEY, crate::common::SECRET, Some("the token"));
    assert!(verify(&temporary, &request, NOW, Scheme::s3()).is_err(), "a temporary key needs its token");
    let mut with_token = plain.clone();
    with_token.headers.push(("x-amz-security-token".into(), "the token".into()));
    let request = with_token.send(&with_token.sign());
    assert!(verify(&temporary, &request, NOW, Scheme::s3()).is_ok());
    assert!(verify(&verifier(), &request, NOW, Scheme::s3()).is_err(), "a long-lived key has none");
    let mut in_query = Plain { expires: Some(60), ..plain };
    in_query.query.push(("X-Amz-Security-Token".into(), "the token".into()));
    assert!(verify(&temporary, &in_query.send(&in_query.sign()), NOW, Scheme::s3()).is_ok());
}

#[test]
fn requests_without_credentials_are_anonymous() {
    let request = head("GET", "/b/k?Expires=1&X-Amz-Date=2", &[("host", "h")]);
    for scheme in [Scheme::s3(), Scheme::service("sqs", b"")] {
        let verified = verify(&verifier(), &request, NOW, scheme).unwrap();
        assert!(verified.identity.is_anonymous());
        assert_eq!((verified.form, verified.region), (Form::Anonymous, None));
    }
    let refusal = AuthError::MissingToken.refusal(Dialect::Query);
    assert_eq!(
        short(&refusal),
        (403, "MissingAuthenticationToken", "Request is missing Authentication Token")
    );
}

#[test]
fn clients_write_the_header_in_many_ways() {
    let plain = plain(true);
    let by = plain.sign();
    let (scope, names, signature) = (&by.scope, &by.signed_headers, &by.hex);
    for text in [
        format!("AWS4-HMAC-SHA256 Credential={KEY}/{scope},SignedHeaders={names},Signature={signature}"),
        format!(
            "AWS4-HMAC-SHA256   Credential={KEY}/{scope} ,  SignedHeaders={names} ,\tSignature={signature}"
        ),
        format!("AWS4-HMAC-SHA256 Signature={signature}, SignedHeaders={names}, Credential={KEY}/{scope}"),
        format!(
            "AWS4-HMAC-SHA256 Credential = {KEY}/{scope}, SignedHeaders = {names}, Signature = {signature},"
        ),
    ] {
        let answer = verify(&verifier(), &with_authorization(true, &text), NOW, Scheme::s3());
        assert!(answer.is_ok(), "{text}: {answer:?}");
    }
}

#[test]
fn regions_where_the_host_names_one() {
    let plain = plain(true);
    let request = plain.send(&plain.sign());
    let scheme = |region| Scheme { region: Some(region), ..Scheme::s3() };
    assert!(verify(&verifier(), &request, NOW, scheme("us-east-1")).is_ok());
    let refusal = refused(&request, scheme("eu-west-1"), NOW).refusal(Dialect::S3);
    let message =
        "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'";
    assert_eq!(short(&refusal), (400, "AuthorizationHeaderMalformed", message));
    assert_eq!(refusal.fields, [("Region", "eu-west-1".to_owned())]);
}

#[test]
fn the_date_header_will_do() {
    let mut dated = plain(false);
    dated.headers.push(("date".into(), "Thu, 29 Feb 2024 11:59:00 GMT".into()));
    // The signer also signs x-amz-date; take the request as one that never had it.
    let canonical = format!(
        "GET\n/bucket/key\n\ndate:Thu, 29 Feb 2024 11:59:00 GMT\nhost:localhost:4566\n\ndate;host\n{}",
        crate::common::sha256(b"")
    );
    let scope = "20240229/us-east-1/sqs/aws4_request";
    let to_sign =
        format!("AWS4-HMAC-SHA256\n{DATE}\n{scope}\n{}", crate::common::sha256(canonical.as_bytes()));
    let key = crate::common::signing_key(crate::common::SECRET, "20240229", "us-east-1", "sqs");
    let signature = hex::encode(crate::common::hmac(&key, to_sign.as_bytes()));
    let text =
        format!("AWS4-HMAC-SHA256 Credential={KEY}/{scope}, SignedHeaders=date;host, Signature={signature}");
    let mut request = with_authorization(false, &text);
    request.headers.remove("x-amz-date");
    assert!(matches!(refused(&request, Scheme::service("sqs", b""), NOW), AuthError::NoDate(_)));
    request.headers.insert("date", "Thu, 29 Feb 2024 11:59:00 GMT".parse().unwrap());
    let answer = verify(&verifier(), &request, NOW, Scheme::service("sqs", b""));
    assert!(answer.is_ok(), "{answer:?}");
}

#[test]
fn http2_signs_the_authority() {
    let plain = plain(true);
    let mut request = plain.send(&plain.sign());
    request.headers.remove("host");
    assert!(verify(&verifier(), &request, NOW, Scheme::s3()).is_err());
    request.version = http::Version::HTTP_2;
    request.uri = format!("http://localhost:4566{}", request.uri).parse().unwrap();
    assert!(verify(&verifier(), &request, NOW, Scheme::s3()).is_ok());
    request.headers.insert("host", "elsewhere".parse().unwrap());
    assert_eq!(auth::host(&request), Some(&b"localhost:4566"[..]));
    assert!(verify(&verifier(), &request, NOW, Scheme::s3()).is_ok());
}
