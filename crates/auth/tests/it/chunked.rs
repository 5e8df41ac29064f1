//! `aws-chunked` bodies: AWS's two worked examples, what is refused, and seeded fuzzing.
use crate::common::{KEY, SECRET, head, hmac, sha256, signing_key, verifier, verify};
use auth::{
    AuthError, Dialect, Payload, Scheme,
    chunked::{Decoder, Trailer},
};
use bytes::Bytes;
use env::Timestamp;
use http::request::Parts;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1_369_353_600_000);
const DATE: &str = "20130524T000000Z";
const SCOPE: &str = "20130524/us-east-1/s3/aws4_request";

/// Decodes `body` in pieces of `step` bytes.
fn decode(
    payload: &Payload,
    request: &Parts,
    body: &[u8],
    step: usize,
) -> Result<(Vec<u8>, Trailer), AuthError> {
    let mut decoder = Decoder::for_request(payload, &request.headers)?.expect("a chunked payload");
    let mut data = Vec::new();
    for piece in body.chunks(step) {
        let mut piece = Bytes::copy_from_slice(piece);
        while let Some(part) = decoder.decode(&mut piece)? {
            data.extend_from_slice(&part);
        }
    }
    decoder.finish().map(|trailers| (data, trailers))
}

fn verified(request: &Parts) -> Payload {
    verify(&verifier(), request, NOW, Scheme::s3()).unwrap().payload
}

/// The request of the reference's example; its data is 66,560 times the letter a.
fn example(word: &str, signed: &str, more: &[(&str, &str)], signature: &str) -> Parts {
    let authorization =
        format!("AWS4-HMAC-SHA256 Credential={KEY}/{SCOPE},SignedHeaders={signed},Signature={signature}");
    let mut headers = vec![
        ("host", "s3.amazonaws.com"),
        ("x-amz-date", DATE),
        ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ("x-amz-content-sha256", word),
        ("content-encoding", "aws-chunked"),
        ("x-amz-decoded-content-length", "66560"),
        ("authorization", &authorization),
    ];
    headers.extend_from_slice(more);
    head("PUT", "/examplebucket/chunkObject.txt", &headers)
}

fn chunk(bytes: usize, signature: &str) -> String {
    let end = if bytes == 0 { "" } else { "\r\n" };
    format!("{bytes:x};chunk-signature={signature}\r\n{}{end}", "a".repeat(bytes))
}

#[test]
fn the_example_of_signed_chunks() {
    let request = example(
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;\
         x-amz-storage-class",
        &[("content-length", "66824")],
        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
    );
    let body = [
        chunk(65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"),
        chunk(1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
        chunk(0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"),
        "\r\n".to_owned(),
    ]
    .concat();
    assert_eq!(body.len(), 66824, "the length in the reference");
    let payload = verified(&request);
    for step in [1, 7, 4096, body.len()] {
        let (data, trailers) = decode(&payload, &request, body.as_bytes(), step).unwrap();
        assert_eq!((data.len(), trailers.len()), (66560, 0));
        assert!(data.iter().all(|&b| b == b'a'));
    }
}

#[test]
fn the_example_with_a_signed_trailer() {
    let request = example(
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;\
         x-amz-trailer",
        &[("x-amz-trailer", "x-amz-checksum-crc32c")],
        "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
    );
    let chunks = [
        chunk(65536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"),
        chunk(1024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"),
        chunk(0, "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"),
    ]
    .concat();
    let payload = verified(&request);
    // As the SDKs write it, and as the reference prints it.
    for between in ["\r\n", "\n\r\n"] {
        let body = format!(
            "{chunks}x-amz-checksum-crc32c:sOO8/Q=={between}x-amz-trailer-signature:\
             d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n"
        );
        let (data, trailers) = decode(&payload, &request, body.as_bytes(), 1000).unwrap();
        assert_eq!(data.len(), 66560);
        assert_eq!(trailers, [("x-amz-checksum-crc32c".to_owned(), "sOO8/Q==".to_owned())]);
    }
}

/// A request and a payload of each kind, signed by the tests' own signer.
struct Sample {
    request: Parts,
    payload: Payload,
    body: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Signed,
    SignedTrailer,
    UnsignedTrailer,
}

fn sample(mode: Mode, chunks: &[Vec<u8>]) -> Sample {
    let word = match mode {
        Mode::Signed => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        Mode::SignedTrailer => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        Mode::UnsignedTrailer => "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    };
    let length: usize = chunks.iter().map(Vec::len).sum();
    let signed = "host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-trailer";
    let canonical = format!(
        "PUT\n/b/k\n\nhost:h\nx-amz-content-sha256:{word}\nx-amz-date:{DATE}\nx-amz-decoded-content-length:{length}\n\
         x-amz-trailer:x-amz-checksum-crc32\n\n{signed}\n{word}"
    );
    let key = signing_key(SECRET, "20130524", "us-east-1", "s3");
    let to_sign = format!("AWS4-HMAC-SHA256\n{DATE}\n{SCOPE}\n{}", sha256(canonical.as_bytes()));
    let mut previous = hex::encode(hmac(&key, to_sign.as_bytes()));
    let authorization =
        format!("AWS4-HMAC-SHA256 Credential={KEY}/{SCOPE}, SignedHeaders={signed}, Signature={previous}");
    let request = head(
        "PUT",
        "/b/k",
        &[
            ("host", "h"),
            ("x-amz-content-sha256", word),
            ("x-amz-date", DATE),
            ("x-amz-decoded-content-length", &length.to_string()),
            ("x-amz-trailer", "x-amz-checksum-crc32"),
            ("authorization", &authorization),
        ],
    );
    let mut body = Vec::new();
    for data in chunks.iter().map(Vec::as_slice).chain([&[][..]]) {
        body.extend_from_slice(format!("{:x}", data.len()).as_bytes());
        if mode != Mode::UnsignedTrailer {
            let to_sign = format!(
                "AWS4-HMAC-SHA256-PAYLOAD\n{DATE}\n{SCOPE}\n{previous}\n{}\n{}",
                sha256(b""),
                sha256(data)
            );
            previous = hex::encode(hmac(&key, to_sign.as_bytes()));
            body.extend_from_slice(format!(";chunk-signature={previous}").as_bytes());
        }
        body.extend_from_slice(b"\r\n");
        body.extend_from_slice(data);
        body.extend_from_slice(if data.is_empty() { b"" } else { b"\r\n" });
    }
    if mode != Mode::Signed {
        body.extend_from_slice(b"x-amz-checksum-crc32:AAAAAA==\r\n");
    }
    if mode == Mode::SignedTrailer {
        let hash = sha256(b"x-amz-checksum-crc32:AAAAAA==\n");
        let to_sign = format!("AWS4-HMAC-SHA256-TRAILER\n{DATE}\n{SCOPE}\n{previous}\n{hash}");
        let signature = hex::encode(hmac(&key, to_sign.as_bytes()));
        body.extend_from_slice(format!("x-amz-trailer-signature:{signature}\r\n").as_bytes());
    }
    body.extend_from_slice(b"\r\n");
    let payload = verified(&request);
    Sample { request, payload, body }
}

fn code(error: &AuthError) -> &'static str {
    error.refusal(Dialect::S3).code
}

#[test]
fn malformed_bodies_are_named_as_aws_names_them() {
    let long = vec![b'x'; 8192];
    let good = sample(Mode::UnsignedTrailer, &[long.clone(), b"end".to_vec()]);
    let text = String::from_utf8(good.body.clone()).unwrap();
    let trailer = "x-amz-checksum-crc32:AAAAAA==";
    let table = [
        (text.replace("\r\n0\r\n", "\r\n1\r\n"), "InvalidChunkSizeError"),
        (text.replace("3\r\nend", "4\r\nend!"), "IncompleteBody"),
        (text.replace("3\r\nend", "2\r\nen"), "IncompleteBody"),
        (text.replace("3\r\nend", "3\r\nend,"), "IncompleteBody"),
        (text.replace("3\r\nend", "+3\r\nend"), "IncompleteBody"),
        (text.replace("3\r\nend", "0x3\r\nend"), "IncompleteBody"),
        (text.replace("3\r\nend", "\r\nend"), "IncompleteBody"),
        (text.replace("3\r\nend", "ffffffffffffffff\r\nend"), "IncompleteBody"),
        (text.replace("3\r\nend", "00000000000000003\r\nend"), "IncompleteBody"),
        (text.replace("3\r\nend", "1\r\ne\r\n2\r\nnd"), "InvalidChunkSizeError"),
        (text.replace(trailer, "x-amz-checksum-sha1:AAAA"), "MalformedTrailerError"),
        (text.replace(trailer, &format!("{trailer}\r\n{trailer}")), "MalformedTrailerError"),
        (text.replace(trailer, "no colon"), "MalformedTrailerError"),
        (text.replace(&format!("{trailer}\r\n"), ""), "MalformedTrailerError"),
        (text.replace(trailer, &"y".repeat(2000)), "IncompleteBody"),
        (text.clone() + "more", "IncompleteBody"),
        (text[..text.len() - 2].to_owned(), "IncompleteBody"),
        (String::new(), "IncompleteBody"),
    ];
    for (i, (body, expected)) in table.iter().enumerate() {
        for step in [1, body.len().max(1)] {
            let error = decode(&good.payload, &good.request, body.as_bytes(), step).unwrap_err();
            assert_eq!(code(&error), *expected, "row {i}: {error}");
        }
    }
    let error = decode(&good.payload, &good.request, b"1\r\ne\r\n2\r\nnd\r\n0\r\n\r\n", 5).unwrap_err();
    let refusal = error.refusal(Dialect::S3);
    assert_eq!(refusal.fields, [("Chunk", "1".to_owned()), ("BadChunkSize", "1".to_owned())]);
}

#[test]
fn signed_trailers_are_checked() {
    let good = sample(Mode::SignedTrailer, &[b"abc".to_vec()]);
    let text = String::from_utf8(good.body.clone()).unwrap();
    let decode = |body: &str| decode(&good.payload, &good.request, body.as_bytes(), 100);
    assert!(decode(&text).is_ok());
    let start = text.find("x-amz-trailer-signature:").unwrap();
    let unsigned = format!("{}\r\n", &text[..start]);
    for (body, expected) in [
        (text.replace("AAAAAA==", "AAAAAB=="), "SignatureDoesNotMatch"),
        (format!("{}{}\r\n\r\n", &text[..start + 24], "0".repeat(64)), "SignatureDoesNotMatch"),
        (format!("{}\r\n\r\n", &text[..text.len() - 5]), "SignatureDoesNotMatch"),
        (unsigned.clone(), "IncompleteBody"),
        (format!("{unsigned}\r\n"), "MalformedTrailerError"),
        (text.replace("x-amz-trailer-signature:", "x-amz-trailer-signatures:"), "MalformedTrailerError"),
        (
            text[..text.len() - 2].to_owned() + "x-amz-checksum-crc32:AAAAAA==\r\n\r\n",
            "MalformedTrailerError",
        ),
    ] {
        assert_eq!(code(&decode(&body).unwrap_err()), expected, "{body}");
    }
}

#[test]
fn lengths_and_trailers_must_be_announced() {
    let good = sample(Mode::UnsignedTrailer, &[b"abc".to_vec()]);
    let with = |name: &'static str, value: Option<&'static str>| {
        let mut request = good.request.clone();
        request.headers.remove(name);
        if let Some(value) = value {
            request.headers.insert(name, value.parse().unwrap());
        }
        decode(&good.payload, &request, &good.body, 10).map_err(|error| code(&error))
    };
    let length = "x-amz-decoded-content-length";
    assert_eq!(with(length, None), Err("MissingContentLength"));
    assert_eq!(with(length, Some("-1")), Err("MissingContentLength"));
    assert_eq!(with(length, Some("4")), Err("IncompleteBody"));
    assert_eq!(with(length, Some("2")), Err("IncompleteBody"));
    assert_eq!(with("x-amz-trailer", Some("content-md5")), Err("InvalidRequest"));
    assert_eq!(with("x-amz-trailer", None), Err("MalformedTrailerError"));
    assert!(with("x-amz-trailer", Some(" X-Amz-Checksum-CRC32 ")).is_ok());
}

#[test]
fn no_body_without_a_frame_has_a_decoder() {
    let headers = http::HeaderMap::new();
    for payload in [Payload::Unsigned, Payload::Checked, Payload::Hash([0; 32])] {
        assert!(Decoder::for_request(&payload, &headers).unwrap().is_none());
    }
}

fn mode() -> impl Strategy<Value = Mode> {
    prop_oneof![Just(Mode::Signed), Just(Mode::SignedTrailer), Just(Mode::UnsignedTrailer)]
}

fn chunks() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let long = proptest::collection::vec(any::<u8>(), 8192..8200);
    let last = proptest::collection::vec(any::<u8>(), 1..64);
    (proptest::collection::vec(long, 0..3), proptest::option::of(last))
        .prop_map(|(chunks, last)| chunks.into_iter().chain(last).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// However the bytes arrive, what went in comes out.
    #[test]
    fn good_bodies_are_decoded(mode in mode(), chunks in chunks(), step in 1_usize..20_000) {
        let sample = sample(mode, &chunks);
        let (data, trailers) = decode(&sample.payload, &sample.request, &sample.body, step).unwrap();
        prop_assert_eq!(data, chunks.concat());
        prop_assert_eq!(trailers.len(), usize::from(mode != Mode::Signed));
    }

    /// No byte of a signed body can be changed, dropped or doubled.
    #[test]
    fn changed_signed_bodies_are_refused(
        trailer in any::<bool>(), chunks in chunks(), at in any::<prop::sample::Index>(),
        at_end in any::<bool>(), change in 0_u8..3, by in 1_u8..=255,
    ) {
        let mode = if trailer { Mode::SignedTrailer } else { Mode::Signed };
        let sample = sample(mode, &chunks);
        let mut body = sample.body.clone();
        // The lines at the end are few bytes among many, and have rules of their own.
        let tail = if at_end { body.len().min(300) } else { body.len() };
        let at = body.len() - tail + at.index(tail);
        match change {
            0 => body[at] ^= by,
            1 => drop(body.remove(at)),
            _ => body.insert(at, body[at]),
        }
        if let Ok((data, trailers)) = decode(&sample.payload, &sample.request, &body, 5000) {
            // Only what says the same in other letters: the case of a hexadecimal size or of a trailer's name, a
            // leading zero, blanks around a trailer's value, a line end without its CR.
            prop_assert_eq!(data, chunks.concat());
            prop_assert!(trailers.iter().all(|(name, value)| name == "x-amz-checksum-crc32" && value == "AAAAAA=="));
        }
    }

    /// Whatever comes, the decoder answers, hands out no more than was announced, and stays small.
    #[test]
    fn noise_is_survived(
        mode in mode(),
        noise in proptest::collection::vec(
            prop_oneof![
                any::<u8>().prop_map(|b| vec![b]),
                Just(b"\r\n".to_vec()), Just(b"0".to_vec()), Just(b"5\r\n".to_vec()), Just(b";".to_vec()),
                Just(b"0\r\n\r\n".to_vec()), Just(b"chunk-signature=".to_vec()), Just(vec![b'f'; 64]),
                Just(b"x-amz-checksum-crc32:".to_vec()),
            ], 0..40),
        step in 1_usize..50,
    ) {
        let sample = sample(mode, &[b"hello".to_vec()]);
        if let Ok((data, _)) = decode(&sample.payload, &sample.request, &noise.concat(), step) {
            prop_assert_eq!(data.len(), 5);
        }
    }
}
