"""Buckets as web sites: what is configured, and what browsers are shown at the website endpoint."""

import json

import pytest
from answers import refused, same
from raw import send

NONE = ("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration")
INDEX = {"IndexDocument": {"Suffix": "index.html"}}


@pytest.fixture
def site(s3, bucket):
    """A bucket that everybody may read and list."""
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:ListBucket"],
         "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]}]}))
    for key, text in [("index.html", "home"), ("docs/index.html", "docs"), ("error.html", "lost"), ("a b.html", "ab")]:
        s3.put_object(Bucket=bucket, Key=key, Body=text.encode(), ContentType="text/html")
    return bucket


def see(server, bucket, path="/", method="GET", host="s3-website.localhost", headers=()):
    return send(server, method, path, {"Host": f"{bucket}.{host}", **dict(headers)})


def test_kept_and_given_back(s3, bucket):
    with refused(404, *NONE, BucketName=bucket):
        s3.get_bucket_website(Bucket=bucket)
    for given in [INDEX, {"RedirectAllRequestsTo": {"HostName": "other.example", "Protocol": "https"}},
                  {**INDEX, "ErrorDocument": {"Key": "error.html"}, "RoutingRules": [
                      {"Condition": {"KeyPrefixEquals": "a/", "HttpErrorCodeReturnedEquals": "404"},
                       "Redirect": {"HostName": "other.example", "Protocol": "https", "HttpRedirectCode": "302",
                                    "ReplaceKeyPrefixWith": "b/"}},
                      {"Redirect": {"ReplaceKeyWith": "error.html"}}]}]:
        same(s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration=given), 200)
        same(s3.get_bucket_website(Bucket=bucket), 200, given)
    same(s3.delete_bucket_website(Bucket=bucket), 204)
    same(s3.delete_bucket_website(Bucket=bucket), 204)
    with refused(404, *NONE, BucketName=bucket):
        s3.get_bucket_website(Bucket=bucket)


def one(redirect, **condition):
    rule = {"Redirect": redirect, **({"Condition": condition} if condition else {})}
    return {**INDEX, "RoutingRules": [rule]}


@pytest.mark.parametrize("given, code, message", [
    ({}, "InvalidArgument", "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty"),
    ({"IndexDocument": {"Suffix": "a/b"}}, "InvalidArgument", "The IndexDocument Suffix is not well formed"),
    ({**INDEX, "RedirectAllRequestsTo": {"HostName": "h"}}, "InvalidArgument",
     "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules."),
    (one({"ReplaceKeyWith": "a", "ReplaceKeyPrefixWith": "b"}), "InvalidRequest",
     "You can only define ReplaceKeyPrefix or ReplaceKey but not both."),
    (one({"HostName": "h", "HttpRedirectCode": "300"}), "InvalidRequest",
     "The provided HTTP redirect code (300) is not valid. Valid codes are 3XX except 300."),
    (one({"HostName": "h"}, HttpErrorCodeReturnedEquals="200"), "InvalidRequest",
     "The provided HTTP error code (200) is not valid. Valid codes are 4XX or 5XX."),
    (one({"HostName": "h", "Protocol": "ftp"}), "MalformedXML",
     "The XML you provided was not well-formed or did not validate against our published schema"),
])
def test_refused_configurations(s3, bucket, given, code, message):
    with pytest.raises(s3.exceptions.ClientError) as error:
        s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration=given)
    seen = error.value.response["Error"]
    assert (seen["Code"], seen["Message"]) == (code, message)


def test_too_many_rules(s3, bucket):
    with refused(400, "InvalidRequest", "51 routing rules provided, the number of routing rules in a website "
                                        "configuration is limited to 50."):
        s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration={
            **INDEX, "RoutingRules": [{"Redirect": {"HostName": "h"}}] * 51})


def test_pages(s3, server, site):
    s3.put_bucket_website(Bucket=site, WebsiteConfiguration=INDEX)
    for path, text in [("/", b"home"), ("/index.html", b"home"), ("/docs/", b"docs"), ("/a%20b.html", b"ab"),
                       ("/?query=1", b"home")]:
        answer = see(server, site, path)
        assert (answer.status, answer.body, answer.headers["content-type"]) == (200, text, "text/html"), path
    for host in ("s3-website.us-east-1.amazonaws.com", "s3-website-us-east-1.amazonaws.com"):
        assert see(server, site, host=host).body == b"home"
    folder = see(server, site, "/docs")
    assert (folder.status, folder.headers["location"], folder.body) == (302, "/docs/", b"")
    head = see(server, site, method="HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", "4")
    etag = see(server, site).headers["etag"]
    assert see(server, site, headers={"If-None-Match": etag}).status == 304
    assert see(server, site, headers={"Range": "bytes=1-2"}).body == b"om"


def test_errors(s3, server, site, name):
    s3.put_bucket_website(Bucket=site, WebsiteConfiguration=INDEX)
    answer = see(server, site, "/no%3Cne%3E")
    assert answer.status == 404 and answer.headers["content-type"] == "text/html; charset=utf-8"
    assert (answer.headers["x-amz-error-code"], answer.headers["x-amz-error-message"]) == (
        "NoSuchKey", "The specified key does not exist.")
    text = answer.body.decode()
    ids = f"<li>RequestId: {answer.headers['x-amz-request-id']}</li>\n<li>HostId: {answer.headers['x-amz-id-2']}</li>"
    assert text == ("<html>\n<head><title>404 Not Found</title></head>\n<body>\n<h1>404 Not Found</h1>\n<ul>\n"
                    "<li>Code: NoSuchKey</li>\n<li>Message: The specified key does not exist.</li>\n"
                    f"<li>Key: no&lt;ne&gt;</li>\n{ids}\n</ul>\n<hr/>\n</body>\n</html>\n")
    s3.put_bucket_website(Bucket=site, WebsiteConfiguration={**INDEX, "ErrorDocument": {"Key": "error.html"}})
    answer = see(server, site, "/none")
    assert (answer.status, answer.body, answer.headers["content-type"]) == (404, b"lost", "text/html")
    s3.put_bucket_website(Bucket=site, WebsiteConfiguration={**INDEX, "ErrorDocument": {"Key": "absent.html"}})
    answer = see(server, site, "/none")
    assert answer.status == 404
    assert b"<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>" in answer.body
    s3.delete_bucket_policy(Bucket=site)
    answer = see(server, site)
    assert (answer.status, answer.headers["x-amz-error-code"]) == (403, "AccessDenied")
    answer = see(server, site, method="POST", headers={"Content-Length": "0"})
    assert (answer.status, answer.headers["x-amz-error-code"]) == (405, "MethodNotAllowed")
    s3.delete_bucket_website(Bucket=site)
    answer = see(server, site)
    assert (answer.status, answer.headers["x-amz-error-code"]) == (404, "NoSuchWebsiteConfiguration")
    answer = see(server, name("nobody"))
    assert (answer.status, answer.headers["x-amz-error-code"]) == (404, "NoSuchBucket")


def test_redirects(s3, server, site):
    s3.put_bucket_website(Bucket=site, WebsiteConfiguration={**INDEX, "RoutingRules": [
        {"Condition": {"KeyPrefixEquals": "old/"}, "Redirect": {"ReplaceKeyPrefixWith": "docs/"}},
        {"Condition": {"KeyPrefixEquals": "gone/", "HttpErrorCodeReturnedEquals": "404"},
         "Redirect": {"HostName": "other.example", "Protocol": "https", "HttpRedirectCode": "307",
                      "ReplaceKeyWith": "gone page.html"}}]})
    answer = see(server, site, "/old/index.html")
    assert (answer.status, answer.headers["location"], answer.body) == (
        301, f"http://{site}.s3-website.localhost/docs/index.html", b"")
    answer = see(server, site, "/gone/x")
    assert (answer.status, answer.headers["location"]) == (307, "https://other.example/gone%20page.html")
    assert see(server, site, "/none").status == 404
    s3.put_bucket_website(Bucket=site, WebsiteConfiguration={"RedirectAllRequestsTo": {"HostName": "other.example"}})
    answer = see(server, site, "/a/b?c=d")
    assert (answer.status, answer.headers["location"]) == (301, "http://other.example/a/b?c=d")


def test_the_endpoint_of_the_api_is_no_site(s3, server, site):
    s3.put_bucket_website(Bucket=site, WebsiteConfiguration=INDEX)
    answer = send(server, "GET", "/", {"Host": f"{site}.s3.localhost"})
    assert answer.status == 200 and b"<ListBucketResult" in answer.body


def test_pages_send_on(s3, server, site):
    """A page may say itself where browsers go; read as an object, it only says it."""
    s3.put_bucket_website(Bucket=site, WebsiteConfiguration=INDEX)
    to = "https://other.example/new?x=1#top"
    s3.put_object(Bucket=site, Key="old.html", Body=b"old", WebsiteRedirectLocation=to)
    answer = see(server, site, "/old.html")
    assert (answer.status, answer.headers["location"], answer.body) == (301, to, b"")
    for read in (s3.get_object, s3.head_object):
        assert read(Bucket=site, Key="old.html")["WebsiteRedirectLocation"] == to
    # It belongs to one object, and is not copied.
    s3.copy_object(Bucket=site, Key="copy.html", CopySource=f"{site}/old.html")
    assert "WebsiteRedirectLocation" not in s3.head_object(Bucket=site, Key="copy.html")
    s3.copy_object(Bucket=site, Key="old.html", CopySource=f"{site}/old.html", WebsiteRedirectLocation="/docs/")
    answer = see(server, site, "/old.html", method="HEAD")
    assert (answer.status, answer.headers["location"]) == (301, "/docs/")
    upload = s3.create_multipart_upload(Bucket=site, Key="parts.html", WebsiteRedirectLocation="/index.html")["UploadId"]
    part = s3.upload_part(Bucket=site, Key="parts.html", UploadId=upload, PartNumber=1, Body=b"x")
    s3.complete_multipart_upload(Bucket=site, Key="parts.html", UploadId=upload, MultipartUpload={
        "Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    answer = see(server, site, "/parts.html")
    assert (answer.status, answer.headers["location"]) == (301, "/index.html")


@pytest.mark.parametrize("to, message", [
    ("other.html", "The website redirect location must have a prefix of 'http://' or 'https://' or '/'."),
    ("ftp://x", "The website redirect location must have a prefix of 'http://' or 'https://' or '/'."),
    ("/" + "x" * 2048, "The length of website redirect location cannot exceed 2,048 characters."),
])
def test_pages_that_cannot_send_on(s3, bucket, to, message):
    for call in (lambda **more: s3.put_object(Bucket=bucket, Key="k", **more),
                 lambda **more: s3.create_multipart_upload(Bucket=bucket, Key="k", **more)):
        with refused(400, "InvalidRedirectLocation", message):
            call(WebsiteRedirectLocation=to)
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_redirects_are_a_condition(s3, user, bucket):
    one = user()
    one.may({"Effect": "Allow", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{bucket}/*", "Condition": {
        "StringEquals": {"s3:x-amz-website-redirect-location": "/allowed"}}})
    theirs = one.client("s3")
    theirs.put_object(Bucket=bucket, Key="k", WebsiteRedirectLocation="/allowed")
    for more in ({"WebsiteRedirectLocation": "/other"}, {}):
        with pytest.raises(theirs.exceptions.ClientError, match="AccessDenied"):
            theirs.put_object(Bucket=bucket, Key="k", **more)
