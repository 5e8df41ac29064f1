//! Which operation an S3 request asks for, and what it carries.

#![allow(clippy::unwrap_used, reason = "tests")]

use api_s3::{
    Bucket, CompleteMultipartUpload, CopyObject, CreateBucket, DeleteObjects, GetBucketLocation,
    GetBucketLocationOutput, GetBucketPolicy, GetBucketPolicyOutput, GetObject, GetObjectOutput, ListBuckets,
    ListBucketsOutput, ListObjectsV2, ListObjectsV2Output, Object, PutBucketPolicy, PutObject, SERVICE,
};
use wire::protocol::REST_XML;
use wire::{
    Body, Fault, Map, Operation, Protocol, Reason, Reject, ReplyContext, Request, Response, Stream, Time,
};

fn request(method: &str, uri: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let mut builder = http::Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    let (head, ()) = builder.body(()).unwrap().into_parts();
    Request::new(head, Body::Full(bytes::Bytes::copy_from_slice(body.as_bytes())))
}

fn decode<O: Operation>(mut request: Request) -> Result<O::Input, Reject> {
    let row = REST_XML.find(&SERVICE, &request).expect("an operation");
    assert_eq!(row.name, O::META.name);
    let mut input = O::Input::default();
    REST_XML.decode(O::META, &mut request, &mut input).map(|()| input)
}

fn text(response: &Response) -> &str {
    match response.body() {
        Body::Full(bytes) => std::str::from_utf8(bytes).unwrap(),
        Body::Stream(_) => panic!("no stream expected"),
    }
}

const REPLY: ReplyContext<'_> =
    ReplyContext { request_id: "R1", host_id: "H1", service: Some(&SERVICE), head: false };

#[test]
fn every_request_finds_its_operation() {
    let copy: &[(&str, &str)] = &[("x-amz-copy-source", "/b/k")];
    for (method, uri, headers, expected) in [
        ("GET", "/", &[][..], "ListBuckets"),
        ("GET", "/?x-id=ListBuckets", &[], "ListBuckets"),
        ("PUT", "/b", &[], "CreateBucket"),
        ("PUT", "/b/", &[], "CreateBucket"),
        ("HEAD", "/b", &[], "HeadBucket"),
        ("DELETE", "/b", &[], "DeleteBucket"),
        ("GET", "/b?location", &[], "GetBucketLocation"),
        ("GET", "/b/?location=", &[], "GetBucketLocation"),
        ("GET", "/b", &[], "ListObjects"),
        ("GET", "/b?prefix=x&marker=y", &[], "ListObjects"),
        ("GET", "/b?list-type=2&prefix=x", &[], "ListObjectsV2"),
        ("GET", "/b?versions", &[], "ListObjectVersions"),
        ("GET", "/b?uploads", &[], "ListMultipartUploads"),
        ("POST", "/b?delete", &[], "DeleteObjects"),
        ("PUT", "/b/k", &[], "PutObject"),
        ("PUT", "/b/k?x-id=PutObject", &[], "PutObject"),
        ("PUT", "/b/k", copy, "CopyObject"),
        ("PUT", "/b/k?partNumber=1&uploadId=u", &[], "UploadPart"),
        ("PUT", "/b/k?partNumber=1&uploadId=u", copy, "UploadPartCopy"),
        ("POST", "/b/k?uploads", &[], "CreateMultipartUpload"),
        ("POST", "/b/k?uploadId=u", &[], "CompleteMultipartUpload"),
        ("DELETE", "/b/k?uploadId=u", &[], "AbortMultipartUpload"),
        ("DELETE", "/b/k", &[], "DeleteObject"),
        ("DELETE", "/b/k?versionId=v", &[], "DeleteObject"),
        ("GET", "/b/k?uploadId=u", &[], "ListParts"),
        ("GET", "/b/k", &[], "GetObject"),
        ("GET", "/b//", &[], "GetObject"),
        ("GET", "/b/k?attributes", &[], "GetObjectAttributes"),
        ("HEAD", "/b/k/l/m", &[], "HeadObject"),
        ("GET", "/b/k?tagging", &[], "GetObjectTagging"),
        ("PUT", "/b/k?tagging", &[], "PutObjectTagging"),
        ("GET", "/b?tagging", &[], "GetBucketTagging"),
        ("PUT", "/b?notification", &[], "PutBucketNotificationConfiguration"),
        ("GET", "/b?policy", &[], "GetBucketPolicy"),
        ("GET", "/b?acl", &[], "GetBucketAcl"),
        ("PUT", "/b?cors", &[], "PutBucketCors"),
        ("PUT", "/b?lifecycle", &[], "PutBucketLifecycleConfiguration"),
        ("DELETE", "/b?analytics", &[], "DeleteBucketAnalyticsConfiguration"),
        ("POST", "/b/k?select&select-type=2", &[], "SelectObjectContent"),
    ] {
        let request = request(method, uri, headers, "");
        let row = REST_XML.find(&SERVICE, &request).unwrap_or_else(|lost| panic!("{method} {uri}: {lost:?}"));
        assert_eq!(row.name, expected, "{method} {uri}");
        let mut request = request;
        if let Some(rest) = request.head.uri.to_string().strip_prefix("/b") {
            let rest = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
            request.head.uri = rest.parse().unwrap();
            request.bucket = Some("b".into());
            let row = REST_XML.find(&SERVICE, &request).unwrap();
            assert_eq!(row.name, expected, "{method} {rest} at the bucket's host");
        }
    }
    for (method, uri) in
        [("POST", "/b/k"), ("POST", "/b"), ("PATCH", "/b"), ("DELETE", "/b/k?acl"), ("DELETE", "/")]
    {
        assert!(REST_XML.find(&SERVICE, &request(method, uri, &[], "")).is_err(), "{method} {uri}");
    }
}

#[test]
fn a_sub_resource_never_reaches_the_plain_operation() {
    let plain = ["DeleteBucket", "DeleteObject", "PutObject", "CreateBucket", "GetObject", "ListObjects"];
    for key in SERVICE.literals {
        for (method, path) in [
            ("DELETE", "/b"),
            ("PUT", "/b"),
            ("GET", "/b"),
            ("DELETE", "/b/k"),
            ("PUT", "/b/k"),
            ("GET", "/b/k"),
        ] {
            if let Ok(row) = REST_XML.find(&SERVICE, &request(method, &format!("{path}?{key}"), &[], "")) {
                assert!(!plain.contains(&row.name), "{method} {path}?{key} found {}", row.name);
            }
        }
    }
}

#[test]
fn keys_are_any_bytes_of_utf8() {
    for (uri, key) in [
        ("/b/a%20b+c", "a b+c"),
        ("/b//a//b/", "/a//b/"),
        ("/b/./../x", "./../x"),
        ("/b/%C3%A9%2F%3F", "é/?"),
        ("/b/100%", "100%"),
    ] {
        let input = decode::<GetObject>(request("GET", uri, &[], "")).unwrap();
        assert_eq!((input.bucket.as_str(), input.key.as_str()), ("b", key));
    }
    let mut at_host = request("GET", "//a", &[], "");
    at_host.bucket = Some("b.c".into());
    let input = decode::<GetObject>(at_host).unwrap();
    assert_eq!((input.bucket.as_str(), input.key.as_str()), ("b.c", "/a"));
    let reject = decode::<GetObject>(request("GET", "/b/%ff", &[], "")).unwrap_err();
    assert_eq!(REST_XML.fault(&reject).code(), "InvalidURI");
}

#[test]
fn put_object_takes_its_headers_and_its_stream() {
    let input = decode::<PutObject>(request(
        "PUT",
        "/b/k",
        &[
            ("content-type", "text/plain"),
            ("content-length", "5"),
            ("x-amz-meta-One", "1"),
            ("x-amz-meta-two", "zwei"),
            ("x-amz-server-side-encryption", "AES256"),
            ("x-amz-checksum-crc32", "AAAAAA=="),
        ],
        "hello",
    ))
    .unwrap();
    assert_eq!(input.content_type.as_deref(), Some("text/plain"));
    assert_eq!(input.content_length, Some(5));
    assert_eq!(input.metadata, Some(Map::from([("one".into(), "1".into()), ("two".into(), "zwei".into())])));
    assert_eq!(input.checksum_crc32.as_deref(), Some("AAAAAA=="));
    assert_eq!(input.body.length(), Some(5));
    assert!(input.body.take().is_some() && input.body.take().is_none());
}

#[test]
fn unlisted_members_are_refused_by_name() {
    let (name, member) = ("x-amz-write-offset-bytes", "WriteOffsetBytes");
    let reject = decode::<PutObject>(request("PUT", "/b/k", &[(name, "x")], "")).unwrap_err();
    assert_eq!(reject.reason(), &Reason::Unlisted { name: member.into(), wire: name.into() });
    let fault = REST_XML.fault(&reject);
    assert_eq!((fault.code(), fault.status()), ("NotImplemented", 501));
    let body = "<CreateBucketConfiguration><Location><Name>a</Name></Location></CreateBucketConfiguration>";
    let reject = decode::<CreateBucket>(request("PUT", "/b", &[], body)).unwrap_err();
    assert_eq!(reject.reason(), &Reason::Unlisted { name: "Location".into(), wire: "Location".into() });
}

#[test]
fn documents_are_read() {
    let body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- two -->\
        <CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\
        <Part><ETag>&quot;a&quot;</ETag><PartNumber>1</PartNumber></Part>\n \
        <Part><PartNumber>2</PartNumber><ETag><![CDATA[\"b\"]]></ETag></Part></CompleteMultipartUpload>";
    let input = decode::<CompleteMultipartUpload>(request("POST", "/b/k?uploadId=u%2B1", &[], body)).unwrap();
    assert_eq!(input.upload_id, "u+1");
    let parts = input.multipart_upload.unwrap().parts.unwrap();
    let parts: Vec<_> = parts.iter().map(|p| (p.part_number, p.etag.as_deref())).collect();
    assert_eq!(parts, [(Some(1), Some("\"a\"")), (Some(2), Some("\"b\""))]);

    let body = "<Delete><Quiet>true</Quiet><Object><Key> a&#233;&lt; </Key></Object></Delete>";
    let input = decode::<DeleteObjects>(request("POST", "/b?delete", &[], body)).unwrap();
    assert_eq!(input.delete.objects[0].key, " aé< ");
    assert_eq!(input.delete.quiet, Some(true));

    for bad in [
        "",
        "<Delete>",
        "<Delete><Quiet>true</Quiet></Delete>",
        "<Delete><Object><Key>a</Object></Key></Delete>",
        "<!DOCTYPE x [<!ENTITY y \"z\">]><Delete><Object><Key>&y;</Key></Object></Delete>",
        "<Delete><Object><Key>&y;</Key></Object></Delete>",
        "<Delete><Surprise/></Delete>",
    ] {
        let reject = decode::<DeleteObjects>(request("POST", "/b?delete", &[], bad)).unwrap_err();
        assert_eq!(REST_XML.fault(&reject).code(), "MalformedXML", "{bad}");
    }
}

#[test]
fn copies_name_their_source() {
    let headers = [
        ("x-amz-copy-source", "/b/k%20l"),
        ("x-amz-copy-source-if-modified-since", "Mon, 12 Oct 2009 17:50:30 GMT"),
    ];
    let input = decode::<CopyObject>(request("PUT", "/b/k", &headers, "")).unwrap();
    assert_eq!(input.copy_source, "/b/k%20l");
    assert_eq!(input.copy_source_if_modified_since, Some(Time::from_seconds(1_255_369_830)));
    let headers = [("x-amz-copy-source", "/b/k"), ("x-amz-copy-source-if-modified-since", "yesterday")];
    let reject = decode::<CopyObject>(request("PUT", "/b/k", &headers, "")).unwrap_err();
    assert_eq!(REST_XML.fault(&reject).code(), "InvalidArgument");
}

#[test]
fn answers_as_s3_does() {
    let bucket = Bucket {
        name: Some("b".into()),
        creation_date: Some(Time::from_seconds(1_255_369_830)),
        ..Bucket::default()
    };
    let output = ListBucketsOutput { buckets: Some(vec![bucket]), ..ListBucketsOutput::default() };
    let response = REST_XML.encode(ListBuckets::META, &output, &REPLY);
    assert_eq!(
        text(&response),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListAllMyBucketsResult \
         xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Buckets><Bucket><Name>b</Name>\
         <CreationDate>2009-10-12T17:50:30.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>"
    );
    assert_eq!(response.headers()["x-amz-request-id"], "R1");
    assert_eq!(response.headers()["x-amz-id-2"], "H1");
    assert_eq!(response.headers()["content-type"], "application/xml");

    let object =
        |key: &str| Object { key: Some(key.into()), etag: Some("\"e\"".into()), ..Object::default() };
    let contents = Some(vec![object("a"), object("b\u{1}")]);
    let output = ListObjectsV2Output { contents, key_count: Some(2), ..ListObjectsV2Output::default() };
    let response = REST_XML.encode(ListObjectsV2::META, &output, &REPLY);
    assert!(
        text(&response).contains(
            "<Contents><Key>a</Key><ETag>&quot;e&quot;</ETag></Contents><Contents><Key>b&#x1;</Key>"
        )
    );

    for (location, inside) in
        [(None, "></LocationConstraint>"), (Some("eu-west-1".to_owned()), ">eu-west-1</LocationConstraint>")]
    {
        let output = GetBucketLocationOutput { location_constraint: location };
        let response = REST_XML.encode(GetBucketLocation::META, &output, &REPLY);
        let expected = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<LocationConstraint \
             xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"{inside}"
        );
        assert_eq!(text(&response), expected);
    }
}

#[test]
fn an_object_is_headers_and_a_stream() {
    let output = GetObjectOutput {
        body: Stream::from(bytes::Bytes::from_static(b"hello")),
        content_length: Some(5),
        etag: Some("\"e\"".into()),
        last_modified: Some(Time::from_seconds(1_255_369_830)),
        metadata: Some(Map::from([("one".into(), "1".into())])),
        ..GetObjectOutput::default()
    };
    let response = REST_XML.encode(GetObject::META, &output, &REPLY);
    assert_eq!(response.headers()["last-modified"], "Mon, 12 Oct 2009 17:50:30 GMT");
    assert_eq!(response.headers()["x-amz-meta-one"], "1");
    assert_eq!(response.headers()["etag"], "\"e\"");
    assert!(matches!(response.body(), Body::Stream(stream) if stream.length() == Some(5)));
}

#[test]
fn a_policy_is_the_whole_body() {
    let input = decode::<PutBucketPolicy>(request("PUT", "/b?policy", &[], "{\"a\": 1}")).unwrap();
    assert_eq!(input.policy.as_deref(), Some("{\"a\": 1}"));
    let output = GetBucketPolicyOutput { policy: input.policy };
    let response = REST_XML.encode(GetBucketPolicy::META, &output, &REPLY);
    assert_eq!(text(&response), "{\"a\": 1}");
    assert_eq!(response.headers()["content-type"], "application/json");
}

#[test]
fn refuses_as_s3_does() {
    let fault = Fault::coded("NoSuchKey", 404, "The specified key does not exist.").with("Key", "a<b");
    let response = REST_XML.refuse(Some(GetObject::META), &fault, &REPLY);
    assert_eq!(response.status(), 404);
    assert_eq!(
        text(&response),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does \
         not exist.</Message><Key>a&lt;b</Key><RequestId>R1</RequestId><HostId>H1</HostId></Error>"
    );
    let response = REST_XML.refuse(None, &fault, &ReplyContext { head: true, ..REPLY });
    assert_eq!(text(&response), "");
}
