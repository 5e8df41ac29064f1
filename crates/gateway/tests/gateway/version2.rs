//! URLs signed with Version 2, over a socket.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html>

use base64::{Engine, prelude::BASE64_STANDARD};
use gateway::Config;
use hmac::{Hmac, Mac};
use sha1::Sha1;

use crate::house::House;

/// The moment at which a simulated world stands, in seconds.
const NOW: u64 = 1_700_000_000;

/// A presigned request.
#[derive(Clone, Copy)]
struct Url<'a> {
    method: &'a str,
    host: &'a str,
    target: &'a str,
    /// `Content-Type`, as it was signed.
    content_type: &'a str,
    /// The lines of the headers of `x-amz-`, each with its end.
    amz: &'a str,
    resource: &'a str,
    expires: u64,
    body: &'a str,
}

impl Url<'_> {
    fn request(&self) -> String {
        let Url { method, host, target, content_type, amz, resource, expires, body } = self;
        let mut mac = Hmac::<Sha1>::new_from_slice(b"test").expect("HMAC takes keys of any length");
        mac.update(format!("{method}\n\n{content_type}\n{expires}\n{amz}{resource}").as_bytes());
        let signature = BASE64_STANDARD.encode(mac.finalize().into_bytes());
        let mark = if target.contains('?') { '&' } else { '?' };
        format!(
            "{method} {target}{mark}AWSAccessKeyId=test&Signature={signature}&Expires={expires} HTTP/1.1\r\n\
             host: {host}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    }
}

const PUT: Url<'_> = Url {
    method: "PUT",
    host: "localhost:4566",
    target: "/photos/a%20cat.jpg",
    content_type: "",
    amz: "",
    resource: "/photos/a%20cat.jpg",
    expires: NOW + 60,
    body: "meow",
};
const GET: Url<'_> = Url { method: "GET", body: "", ..PUT };

#[tokio::test]
async fn a_url_uploads_and_another_fetches_by_path_and_by_host() {
    let house = House::new(Config::default());
    let answer = house.exchange(PUT.request()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let kept = house.objects.kept.lock()["photos/a cat.jpg"].clone();
    assert_eq!((kept.bytes.as_slice(), kept.region.as_str()), (&b"meow"[..], "us-east-1"));
    assert!(house.exchange(GET.request()).await.ends_with("\r\n\r\nmeow"));

    let by_host = Url { host: "photos.s3.eu-west-1.localhost:4566", target: "/a%20cat.jpg", ..GET };
    assert!(house.exchange(by_host.request()).await.ends_with("\r\n\r\nmeow"));
    let upload = Url { method: "PUT", body: "purr", ..by_host };
    assert!(house.exchange(upload.request()).await.starts_with("HTTP/1.1 200"));
    assert_eq!(house.objects.kept.lock()["photos/a cat.jpg"].region, "eu-west-1");
    // The host is not signed, but the bucket that it names is.
    let elsewhere = Url { host: "other.s3.localhost:4566", ..by_host };
    let answer = house.exchange(elsewhere.request()).await;
    assert!(answer.starts_with("HTTP/1.1 403") && answer.contains("<Code>SignatureDoesNotMatch"), "{answer}");
    assert!(answer.contains("\n/other/a%20cat.jpg</StringToSign>"), "{answer}");
    assert!(!answer.contains("CanonicalRequest"), "{answer}");
}

#[tokio::test]
async fn what_a_url_carries_for_headers_counts() {
    let house = House::new(Config::default());
    let typed = Url {
        target: "/photos/a%20cat.jpg?content-type=image%2Fpng&x-amz-meta-a=b",
        content_type: "image/png",
        amz: "x-amz-meta-a:b\n",
        ..PUT
    };
    assert!(house.exchange(typed.request()).await.starts_with("HTTP/1.1 200"));
    let kept = house.objects.kept.lock()["photos/a cat.jpg"].clone();
    let metadata = [("a".to_owned(), "b".to_owned())].into_iter().collect();
    assert_eq!((kept.content_type.as_deref(), kept.metadata), (Some("image/png"), Some(metadata)));
    // It names another operation, which nothing here serves: no upload of its empty body.
    let copy = Url {
        target: "/photos/copy?x-amz-copy-source=photos%2Fother",
        resource: "/photos/copy",
        amz: "x-amz-copy-source:photos/other\n",
        body: "",
        ..PUT
    };
    let answer = house.exchange(copy.request()).await;
    assert!(
        answer.starts_with("HTTP/1.1 501") && answer.contains("CopyObject is not implemented"),
        "{answer}"
    );
    assert!(!house.objects.kept.lock().contains_key("photos/copy"));
}

#[tokio::test]
async fn urls_end() {
    let house = House::new(Config::default());
    let answer = house.exchange(Url { expires: NOW - 1, ..GET }.request()).await;
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
    let said = "<Code>AccessDenied</Code><Message>Request has expired</Message>\
                <Expires>2023-11-14T22:13:19Z</Expires><ServerTime>2023-11-14T22:13:20Z</ServerTime>";
    assert!(answer.contains(said), "{answer}");
}

/// Parameters that tell one operation from another and are not signed: the two listings of a bucket differ in nothing
/// that is to be allowed or refused, and no SDK ever signed the id of a bucket's configuration.
const UNSIGNED: [&str; 2] = ["id", "list-type"];

#[test]
fn what_names_an_operation_is_signed() {
    let mut seen = 0;
    for row in api_s3::SERVICE.operations {
        let keys = row.http.literals.iter().map(|(key, _)| key).chain(row.http.with_query);
        for key in keys.filter(|key| !UNSIGNED.contains(key)) {
            seen += 1;
            assert!(auth::version2::SUBRESOURCES.contains(key), "{key} of {}", row.name);
        }
    }
    assert!(seen > 80, "{seen}");
}
