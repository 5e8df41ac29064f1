//! Whatever AWS's algorithm signs is accepted, and nothing else: random requests signed by the tests' own signer.
use crate::common::{KEY, Plain, Signature, head, verifier, verify};
use auth::{AuthError, Scheme};
use env::Timestamp;
use proptest::{option, prelude::*, sample::Index};

/// 2024-02-29T12:00:00Z.
const NOW: Timestamp = Timestamp(1_709_208_000_000);

fn text() -> impl Strategy<Value = String> {
    // Everything that encoders disagree about, and letters of one to four bytes.
    "[a-c0-1 +%&=?#;:@!$'()*,/~._\"<>\\\\^`{|}\u{7f}\u{e9}\u{3042}\u{1f600}-]{0,12}"
}

fn path(s3: bool) -> BoxedStrategy<String> {
    if s3 {
        text().prop_map(|text| format!("/{text}")).boxed()
    } else {
        // Others normalise: dot segments and empty ones have their own test.
        proptest::collection::vec("[a-c %+:@\u{e9}]{1,5}", 1..4)
            .prop_map(|segments| format!("/{}", segments.join("/")))
            .boxed()
    }
}

fn header() -> impl Strategy<Value = (String, String)> {
    let name = prop_oneof!["x-amz-meta-[a-c]{1,3}", "x-[a-c]{1,3}", "range", "content-type"];
    (name, " {0,2}[a-c\"=,]{0,4} {0,3}[!-~]{0,8} {0,2}")
}

prop_compose! {
    fn plain()(s3 in any::<bool>())(
        path in path(s3),
        s3 in Just(s3),
        method in prop_oneof!["GET", "PUT", "POST", "DELETE", "HEAD"],
        query in proptest::collection::vec((text(), text()), 0..5),
        headers in proptest::collection::btree_map("x-[a-c]{1,2}", Just(()), 0..2),
        more in proptest::collection::vec(header(), 0..5),
        body in proptest::collection::vec(any::<u8>(), 0..50),
        region in prop_oneof![Just("us-east-1".to_owned()), Just("eu-central-1".to_owned())],
        expires in option::of(1_u64..=604_800),
    ) -> Plain {
        let mut all: std::collections::BTreeMap<String, String> = more.into_iter().collect();
        all.extend(headers.into_keys().map(|name| (name, String::new())));
        all.insert("host".into(), "localhost:4566".into());
        Plain {
            s3, method, path, query, body, region, expires,
            headers: all.into_iter().collect(),
            service: if s3 { "s3".into() } else { "sqs".into() },
            date: "20240229T115900Z".into(),
        }
    }
}

/// Replaces one letter of `text`, so that it differs.
fn spoil(text: &str, at: Index) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return "z".to_owned();
    }
    let at = at.index(letters.len());
    letters[at] = if letters[at] == 'z' { 'y' } else { 'z' };
    letters.into_iter().collect()
}

/// Something else than what was signed, still well-formed.
fn tamper(plain: &Plain, by: &Signature, what: u8, at: Index) -> (Plain, Signature) {
    let (mut plain, mut by) = (plain.clone(), by.clone());
    match what {
        0 => plain.method = if plain.method == "GET" { "PUT" } else { "GET" }.into(),
        1 => plain.path = format!("/{}", spoil(&plain.path[1..], at)),
        2 if !plain.query.is_empty() => {
            let at_pair = at.index(plain.query.len());
            plain.query[at_pair].1 = spoil(&plain.query[at_pair].1, at);
        }
        2 => plain.query.push(("acl".into(), String::new())),
        3 => {
            let at_header = at.index(plain.headers.len());
            plain.headers[at_header].1 = spoil(&plain.headers[at_header].1, at).replace(' ', "z");
        }
        4 if plain.expires.is_none() || !plain.s3 => plain.body.push(b'!'),
        5 => plain.date = "20240229T115901Z".into(),
        6 => by.scope = by.scope.replace("us-east-1", "us-east-2").replace("eu-central-1", "us-east-2"),
        7 => plain.expires = plain.expires.map(|seconds| seconds % 604_800 + 1),
        _ => by.hex = spoil(&by.hex, at),
    }
    (plain, by)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_signed_is_accepted(plain in plain()) {
        let request = plain.send(&plain.sign());
        let verified = verify(&verifier(), &request, NOW, plain.scheme());
        let verified = verified.map_err(|error| TestCaseError::fail(format!("{error} {request:?}")))?;
        prop_assert_eq!(verified.access_key.as_deref(), Some(KEY));
        prop_assert_eq!(verified.region.unwrap().to_string(), plain.region);
    }

    #[test]
    fn what_is_not_is_refused(plain in plain(), what in 0_u8..9, at in any::<Index>()) {
        let by = plain.sign();
        let (plain_after, by_after) = tamper(&plain, &by, what, at);
        let request = plain_after.send(&by_after);
        let changed = format!("{:?}", plain.send(&by)) != format!("{request:?}") || plain.body != plain_after.body;
        prop_assume!(changed);
        let answer = verify(&verifier(), &request, NOW, plain_after.scheme());
        prop_assert!(answer.is_err(), "{:?}", request);
    }

    /// Whatever stands in the header, the verifier answers, and never with yes.
    #[test]
    fn noise_in_the_header_is_refused(
        pieces in proptest::collection::vec(prop_oneof![
            Just("AWS4-HMAC-SHA256".to_owned()), Just(" ".to_owned()), Just(",".to_owned()), Just("/".to_owned()),
            Just("Credential=".to_owned()), Just("SignedHeaders=".to_owned()), Just("Signature=".to_owned()),
            Just("host;x-amz-date".to_owned()), Just("20240229".to_owned()),
            Just(format!("{KEY}/20240229/us-east-1/s3/aws4_request")), "[ -~\u{e9}]{0,6}",
        ], 0..14),
        s3 in any::<bool>(),
    ) {
        let text = pieces.concat();
        let request = head("GET", "/", &[
            ("host", "h"), ("x-amz-date", "20240229T115900Z"), ("x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
            ("authorization", &text),
        ]);
        let scheme = if s3 { Scheme::s3() } else { Scheme::service("sqs", b"") };
        let error = verify(&verifier(), &request, NOW, scheme).unwrap_err();
        for dialect in [auth::Dialect::S3, auth::Dialect::Query, auth::Dialect::Json] {
            let refusal = error.refusal(dialect);
            prop_assert!((400..504).contains(&refusal.status) && !refusal.message.is_empty());
        }
    }

    /// Any byte of a good request's target or headers replaced: refused, or it means the same.
    #[test]
    fn bytes_replaced_anywhere(plain in plain(), at in any::<Index>(), with in any::<u8>()) {
        let mut request = plain.send(&plain.sign());
        let names: Vec<_> = request.headers.keys().cloned().collect();
        let name = &names[at.index(names.len())];
        let mut value = request.headers[name].as_bytes().to_vec();
        prop_assume!(!value.is_empty());
        let at = at.index(value.len());
        let was = std::mem::replace(&mut value[at], with);
        let blank = |byte: u8| byte == b' ' || byte == b'\t';
        // Blanks are not significant everywhere, and the authorization header has free ones.
        prop_assume!(was != with && !blank(was) && !blank(with) && with != b',');
        let Ok(changed) = http::HeaderValue::from_bytes(&value) else { return Ok(()) };
        request.headers.insert(name, changed);
        let answer = verify(&verifier(), &request, NOW, plain.scheme());
        prop_assert!(answer.is_err(), "{:?}", request);
    }
}

#[test]
fn other_services_normalise_the_path() {
    let plain = Plain {
        s3: false,
        method: "GET".into(),
        path: "/a/c/".into(),
        query: vec![],
        headers: vec![("host".into(), "h".into())],
        body: vec![],
        region: "us-east-1".into(),
        service: "sqs".into(),
        date: "20240229T115900Z".into(),
        expires: None,
    };
    let by = plain.sign();
    for (sent, good) in
        [("/a//b/../c/", true), ("/./a/c/", true), ("/a/c", false), ("/a/c/../", false), ("/a/C/", false)]
    {
        let request = Plain { path: sent.into(), ..plain.clone() }.send(&by);
        assert_eq!(verify(&verifier(), &request, NOW, plain.scheme()).is_ok(), good, "{sent}");
    }
    let wrong = Plain { s3: true, service: "s3".into(), path: "/a//b/../c/".into(), ..plain };
    let by = Plain { path: "/a/c/".into(), ..wrong.clone() }.sign();
    let answer = verify(&verifier(), &wrong.send(&by), NOW, wrong.scheme());
    assert!(matches!(answer, Err(AuthError::Mismatch(_))), "S3 keeps keys as they are: {answer:?}");
}
