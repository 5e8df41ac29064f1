//! S3's way in: streams, virtual hosts, early refusals.

use gateway::{Config, Limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{
    house::{House, read_all, read_one},
    sign::Signed,
};

fn put(path: &str, body: &[u8]) -> Signed {
    Signed::new("s3", "PUT", path).body(body)
}

fn get(path: &str) -> Signed {
    Signed::new("s3", "GET", path)
}

#[tokio::test]
async fn an_object_goes_in_and_out_by_path_and_by_host() {
    let house = House::new(Config::default());
    let answer = house
        .exchange([put("/photos/cat.jpg", b"meow").bytes(), get("/photos/cat.jpg").last()].concat())
        .await;
    let (stored, fetched) = answer.split_at(answer.rfind("HTTP/1.1 ").unwrap());
    assert!(stored.starts_with("HTTP/1.1 200 OK\r\n") && stored.contains("etag: \"e\"\r\n"), "{stored}");
    for header in ["server: AmazonS3\r\n", "x-amz-request-id: ", "x-amz-id-2: ", "date: "] {
        assert!(fetched.contains(header), "{header} in {fetched}");
    }
    assert!(fetched.contains("content-length: 4\r\n") && fetched.ends_with("\r\n\r\nmeow"), "{fetched}");

    let by_host = get("/cat.jpg").header("host", "photos.s3.us-east-1.localhost:4566").last();
    assert!(house.exchange(by_host).await.ends_with("\r\n\r\nmeow"));
    let presigned = get("/photos/cat.jpg").presigned();
    assert!(house.exchange(presigned).await.ends_with("\r\n\r\nmeow"));
}

#[tokio::test]
async fn the_region_is_the_scopes() {
    let house = House::new(Config::default());
    let mut request = put("/b/k", b"");
    request.region = "eu-west-3";
    assert!(house.exchange(request.last()).await.starts_with("HTTP/1.1 200"));
    let kept = house.objects.kept.lock()["b/k"].clone();
    assert_eq!((kept.region.as_str(), kept.base_url.as_str()), ("eu-west-3", "http://localhost:4566"));
    // A host that names another region is another endpoint.
    let request = request.header("host", "s3.eu-west-1.localhost").last();
    let answer = house.exchange(request).await;
    assert!(
        answer.contains("<Code>AuthorizationHeaderMalformed</Code>") && answer.contains("eu-west-1"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_wrong_signature_is_refused_before_the_body() {
    let house = House::new(Config::default());
    let mut request = put("/b/k", b"12345678").header("expect", "100-continue");
    request.secret = "wrong";
    let head_only = request.bytes()[..request.bytes().len() - 8].to_vec();
    let mut stream = house.connect().await;
    stream.write_all(&head_only).await.unwrap();
    let answer = read_one(&mut stream).await;
    assert!(
        answer.starts_with("HTTP/1.1 403") && answer.contains("<Code>SignatureDoesNotMatch</Code>"),
        "{answer}"
    );
    assert!(answer.contains("<CanonicalRequest>PUT\n/b/k\n"), "{answer}");
    assert!(house.objects.kept.lock().is_empty());

    request.secret = "test";
    let mut stream = house.connect().await;
    let whole = request.bytes();
    stream.write_all(&whole[..whole.len() - 8]).await.unwrap();
    let mut heard = [0; 25];
    stream.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"12345678").await.unwrap();
    assert!(read_one(&mut stream).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn an_answer_before_the_body_ends_the_connection_unless_the_body_is_there() {
    let house = House::new(Config::default());
    let mut small = put("/b/k", b"small");
    small.secret = "wrong";
    let both = house.exchange([small.bytes(), get("/b/k").last()].concat()).await;
    assert_eq!(both.matches("HTTP/1.1 40").count(), 2, "{both}");
    assert!(!both.split("HTTP/1.1 40").nth(1).unwrap().contains("connection: close"), "{both}");
    let mut large = small.clone();
    large.length = Some("1000000".to_owned());
    let answer = house.exchange(large.bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 403") && answer.contains("\r\nconnection: close\r\n"), "{answer}");
}

#[tokio::test]
async fn a_body_that_was_not_signed_is_not_stored() {
    let house = House::new(Config::default());
    let mut request = put("/b/k", b"false");
    request.payload = Some(crate::sign::hash(b"true"));
    let answer = house.exchange(request.last()).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("XAmzContentSHA256Mismatch"), "{answer}");
    let mut document =
        Signed::new("s3", "POST", "/b").body(b"<Delete><Object><Key>k</Key></Object></Delete>");
    document.query = "delete=".to_owned();
    document.payload = Some(crate::sign::hash(b"something else"));
    let answer = house.exchange(document.last()).await;
    assert!(answer.contains("XAmzContentSHA256Mismatch"), "{answer}");
    document.payload = None;
    assert!(house.exchange(document.last()).await.starts_with("HTTP/1.1 200"));
    assert!(house.objects.kept.lock().is_empty());
}

#[tokio::test]
async fn chunks_are_decoded_and_their_signatures_checked() {
    let house = House::new(Config::default());
    let data = vec![7; 20_000];
    let framed = |request: &Signed| Signed {
        length: Some(request.signed_chunks(8192).len().to_string()),
        ..request.clone()
    };
    let mut request = put("/b/signed", &data)
        .header("x-amz-decoded-content-length", "20000")
        .header("content-encoding", "gzip,aws-chunked");
    request.payload = Some("STREAMING-AWS4-HMAC-SHA256-PAYLOAD".to_owned());
    let head = |request: &Signed| Signed { body: vec![], ..framed(request) }.last();
    let answer = house.exchange([head(&request), request.signed_chunks(8192)].concat()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let kept = house.objects.kept.lock()["b/signed"].clone();
    assert!(kept.bytes == data && kept.length == Some(20_000));
    assert_eq!(kept.encoding.as_deref(), Some("gzip"));

    let mut bad = request.signed_chunks(8192);
    let at = bad.len() / 2;
    bad[at] ^= 1;
    let request = Signed { path: "/b/bad".to_owned(), ..request };
    let answer = house.exchange([head(&request), bad].concat()).await;
    assert!(answer.starts_with("HTTP/1.1 403") && answer.contains("SignatureDoesNotMatch"), "{answer}");
    assert!(!house.objects.kept.lock().contains_key("b/bad"));
}

#[tokio::test]
async fn an_unsigned_trailer_comes_with_the_body() {
    let house = House::new(Config::default());
    let framed = b"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
    let mut request = put("/b/k", framed)
        .header("x-amz-decoded-content-length", "5")
        .header("content-encoding", "aws-chunked")
        .header("x-amz-trailer", "x-amz-checksum-crc32");
    request.payload = Some("STREAMING-UNSIGNED-PAYLOAD-TRAILER".to_owned());
    let answer = house.exchange(request.last()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let kept = house.objects.kept.lock()["b/k"].clone();
    assert_eq!((kept.bytes.as_slice(), kept.length, kept.encoding), (&b"hello"[..], Some(5), None));
    assert_eq!(kept.crc32.as_deref(), Some("NhCmhg=="));

    // Framed once more by HTTP itself, without a length of the whole.
    request.length = Some(String::new());
    request.headers.push(("transfer-encoding".into(), "chunked".into()));
    request.body = [format!("{:x}\r\n", framed.len()).as_bytes(), framed, b"\r\n0\r\n\r\n"].concat();
    request.path = "/b/twice".to_owned();
    let answer = house.exchange(request.last()).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(house.objects.kept.lock()["b/twice"].bytes, b"hello");
}

#[tokio::test]
async fn lengths_are_required_and_checked() {
    let house = House::new(Config::default());
    let mut lie = put("/b/k", b"short");
    (lie.length, lie.payload) = (Some("10".to_owned()), Some("UNSIGNED-PAYLOAD".to_owned()));
    let mut stream = house.connect().await;
    stream.write_all(&lie.bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let answer = read_all(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("<Code>IncompleteBody</Code>"), "{answer}");

    let mut none = put("/b/k", b"");
    none.length = Some(String::new());
    let answer = house.exchange(none.last()).await;
    assert!(
        answer.starts_with("HTTP/1.1 411") && answer.contains("<Code>MissingContentLength</Code>"),
        "{answer}"
    );
    none.headers.push(("transfer-encoding".into(), "chunked".into()));
    none.body = b"0\r\n\r\n".to_vec();
    none.payload = Some("UNSIGNED-PAYLOAD".to_owned());
    let answer = house.exchange(none.last()).await;
    assert!(
        answer.starts_with("HTTP/1.1 501") && answer.contains("<Header>Transfer-Encoding</Header>"),
        "{answer}"
    );
    assert!(house.objects.kept.lock().is_empty());
}

#[tokio::test]
async fn a_client_that_stalls_is_told_and_cut_off() {
    let house = House::new(Config::default());
    let mut request = put("/b/stalled", b"only this");
    request.length = Some("1000".to_owned());
    request.payload = Some("UNSIGNED-PAYLOAD".to_owned());
    let mut stream = house.connect().await;
    stream.write_all(&request.bytes()).await.unwrap();
    house.objects.waiting.notified().await;
    let labels = r#"service="s3",operation="PutObject",fault="client""#;
    let faults = house.env.metrics.counter("kumiki_request_faults_total", labels);
    let (seconds, ()) = house.turn_until(|| (faults.get() == 1).then_some(())).await;
    let limit = Limits::default().body_stall_max.as_secs();
    assert!((limit..=limit + 2).contains(&seconds), "{seconds} s");
    let answer = read_one(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("<Code>RequestTimeout</Code>"), "{answer}");
    assert!(answer.contains("<Message>Your socket connection to the server was not read from"), "{answer}");
}

#[tokio::test]
async fn what_is_not_served_is_refused_by_name() {
    let house = House::new(Config::default());
    let mut acl = get("/b/k");
    acl.query = "acl=".to_owned();
    let answer = house.exchange(acl.last()).await;
    assert!(
        answer.starts_with("HTTP/1.1 501") && answer.contains("GetObjectAcl is not implemented"),
        "{answer}"
    );
    let answer = house.exchange(put("/b/k", b"").header("x-amz-write-offset-bytes", "0").last()).await;
    assert!(answer.starts_with("HTTP/1.1 501") && answer.contains("x-amz-write-offset-bytes"), "{answer}");
    let answer = house.exchange(Signed::new("s3", "DELETE", "/b/k").last()).await;
    assert!(
        answer.starts_with("HTTP/1.1 501") && answer.contains("DeleteObject is not implemented"),
        "{answer}"
    );
    for method in ["OPTIONS", "TRACE", "PATCH", "BREW"] {
        let answer = house.exchange(Signed::new("s3", method, "/b/k").last()).await;
        assert!(
            answer.starts_with("HTTP/1.1 405") && answer.contains("<Code>MethodNotAllowed</Code>"),
            "{answer}"
        );
    }
    let form = b"POST /b HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let answer = house.exchange(form).await;
    assert!(answer.starts_with("HTTP/1.1 501") && answer.contains("<Code>NotImplemented</Code>"), "{answer}");
    let answer = house.exchange(Signed::new("glacier", "GET", "/-/vaults").last()).await;
    assert!(answer.starts_with("HTTP/1.1 501") && answer.contains("glacier"), "{answer}");
}

#[tokio::test]
async fn strangers_are_refused_and_heads_have_no_body() {
    let house = House::new(Config::default());
    let answer = house.exchange(b"GET /b/k HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 403") && answer.contains("<Code>AccessDenied</Code>"), "{answer}");
    for (request, status) in [
        (Signed::new("s3", "HEAD", "/b/none"), "404"),
        (Signed { secret: "wrong", ..Signed::new("s3", "HEAD", "/b/none") }, "403"),
    ] {
        let answer = house.exchange(request.last()).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")) && answer.ends_with("\r\n\r\n"),
            "{answer}"
        );
    }
    let both = [put("/b/k", b"12345").bytes(), Signed::new("s3", "HEAD", "/b/k").last()].concat();
    let answer = house.exchange(both).await;
    let head = &answer[answer.rfind("HTTP/1.1").unwrap()..];
    assert!(head.contains("content-length: 5\r\n") && head.ends_with("\r\n\r\n"), "{head}");
}

#[tokio::test]
async fn documents_have_a_limit() {
    let limits = Limits { document_bytes_max: 100, ..Limits::default() };
    let house = House::new(Config { limits, ..Config::default() });
    let mut document = Signed::new("s3", "POST", "/b").body(&[b' '; 101]);
    document.query = "delete=".to_owned();
    let answer = house.exchange(document.last()).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("MaxMessageLengthExceeded"), "{answer}");
}

#[tokio::test]
async fn a_hang_up_does_not_cut_a_commit() {
    let mut house = House::new(Config::default());
    let mut stream = house.connect().await;
    stream.write_all(&put("/b/slow", b"kept").bytes()).await.unwrap();
    house.objects.waiting.notified().await;
    drop(stream);
    house.stop();
    house.objects.release.notify_one();
    let left = house.stopped().await;
    assert_eq!((left.connections, left.requests), (0, 0));
    assert_eq!(house.objects.kept.lock()["b/slow"].bytes, b"kept");
}

#[tokio::test]
async fn http2_names_the_bucket_in_its_authority() {
    use http_body_util::{BodyExt, Full};
    use hyper_util::rt::{TokioExecutor, TokioIo};
    let house = House::new(Config::default());
    let builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
    let (mut sender, connection) = builder.handshake(TokioIo::new(house.connect().await)).await.unwrap();
    tokio::spawn(connection);
    for (method, sent) in [("PUT", &b"meow"[..]), ("GET", b"")] {
        let signed =
            Signed::new("s3", method, "/cat.jpg").header("host", "photos.s3.localhost:4566").body(sent);
        let (headers, signature) = signed.sign();
        let mut request =
            http::Request::builder().method(method).uri("http://photos.s3.localhost:4566/cat.jpg");
        for (name, value) in headers.iter().filter(|(name, _)| name != "host") {
            request = request.header(name, value);
        }
        request = request.header("authorization", signed.authorization(&headers, &signature));
        request = request.header("content-length", sent.len());
        let body = Full::new(bytes::Bytes::copy_from_slice(sent));
        let answer = sender.send_request(request.body(body).unwrap()).await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), answer.headers()["server"].to_str().unwrap()),
            (200, "AmazonS3")
        );
        let got = answer.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(got, if method == "GET" { &b"meow"[..] } else { b"" });
    }
    let kept = house.objects.kept.lock()["photos/cat.jpg"].clone();
    assert_eq!(kept.base_url, "http://photos.s3.localhost:4566");
}
