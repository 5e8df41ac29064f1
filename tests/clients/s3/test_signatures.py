"""Who may come in: signatures in headers and in queries, wrong ones, none at all."""

import contextlib
import datetime
import json
import urllib.request
from urllib.error import HTTPError

import botocore.auth
import pytest
from answers import Any, Text, refused, same
from botocore.exceptions import ClientError
from chunks import signed_chunks
from raw import Signer, send
from s3_answers import got, stored

DATA = b"for everyone who has the link"
MISMATCH = ("The request signature we calculated does not match the signature you provided. Check your key and signing "
            "method.")


def fetch(url, method="GET", data=None, headers=None):
    """(status, body) of a URL that carries its signature."""
    request = urllib.request.Request(url, data=data, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


@pytest.fixture
def key(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a b/ü+", Body=DATA)
    return {"Bucket": bucket, "Key": "a b/ü+"}


@pytest.fixture
def s3(aws):
    return aws.client("s3", signature_version="s3v4")


def test_presigned_as_boto3_does_by_default(aws, bucket, key):
    """In us-east-1 boto3 and the AWS CLI presign with the older signature (HMAC-SHA1) to this day."""
    s3 = aws.client("s3")
    url = s3.generate_presigned_url("get_object", key, ExpiresIn=60)
    assert "AWSAccessKeyId=" in url
    assert fetch(url) == (200, DATA)
    assert fetch(url, "DELETE")[0] == 403
    status, body = fetch(url.replace("Signature=", "Signature=A"))
    assert (status, code_of(body)) == (403, "SignatureDoesNotMatch")
    put = s3.generate_presigned_url("put_object", {"Bucket": bucket, "Key": "up"}, ExpiresIn=60)
    # The type is signed, and urllib makes one up unless it is told one: S3 refuses such an upload too.
    assert fetch(put, "PUT", DATA)[0] == 403
    assert fetch(put, "PUT", DATA, {"Content-Type": ""}) == (200, b"")
    expired = s3.generate_presigned_url("get_object", key, ExpiresIn=-60)
    status, body = fetch(expired)
    assert (status, code_of(body)) == (403, "AccessDenied")
    assert b"<Message>Request has expired</Message>" in body and b"<Expires>" in body and b"<ServerTime>" in body


@pytest.mark.parametrize("style", ["path", "virtual"])
def test_presigned_by_default_in_another_region(aws, name, style):
    """The older signature names no region: the bucket's counts, whatever region the client has."""
    west = aws.client("s3", style=style, region="eu-west-1")
    bucket = name("west")
    west.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    at = {"Bucket": bucket, "Key": "k"}
    put = west.generate_presigned_url("put_object", at, ExpiresIn=60)
    assert "AWSAccessKeyId=" in put
    assert fetch(put, "PUT", DATA, {"Content-Type": ""})[0] == 200
    assert fetch(west.generate_presigned_url("get_object", at, ExpiresIn=60)) == (200, DATA)
    assert fetch(west.generate_presigned_url("get_object", {**at, "Bucket": name()}, ExpiresIn=60))[0] == 404
    # So does an unsigned request, with the policy that allows it.
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}]}
    aws.client("s3", region="eu-west-1").delete_public_access_block(Bucket=bucket)
    aws.client("s3", region="eu-west-1").put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
    url = west.generate_presigned_url("get_object", at, ExpiresIn=60).split("?")[0]
    assert fetch(url) == (200, DATA)


@pytest.mark.parametrize("style", ["path", "virtual"])
def test_presigned_by_default_with_headers_in_the_url(aws, bucket, style):
    s3 = aws.client("s3", style=style)
    put = {"Bucket": bucket, "Key": "a b/ü+", "ContentType": "image/png", "Metadata": {"a": "b c"}}
    url = s3.generate_presigned_url("put_object", put, ExpiresIn=60)
    assert "AWSAccessKeyId=" in url and "content-type=image%2Fpng" in url
    assert fetch(url, "PUT", DATA, {"Content-Type": "image/png"}) == (200, b"")
    head = s3.head_object(Bucket=bucket, Key=put["Key"])
    assert (head["ContentType"], head["Metadata"]) == ("image/png", {"a": "b c"})
    assert fetch(url, "PUT", DATA, {"Content-Type": "image/gif"})[0] == 403
    assert fetch(url + "&versionId=null", "PUT", DATA, {"Content-Type": "image/png"})[0] == 403


def test_presigned_get(s3, key):
    assert fetch(s3.generate_presigned_url("get_object", key, ExpiresIn=60)) == (200, DATA)


def test_presigned_get_with_overrides(s3, key):
    url = s3.generate_presigned_url("get_object", {**key, "ResponseContentType": "text/x"}, ExpiresIn=60)
    with urllib.request.urlopen(url, timeout=30) as answer:
        assert answer.headers["Content-Type"] == "text/x"


def test_presigned_put(s3, bucket):
    url = s3.generate_presigned_url("put_object", {"Bucket": bucket, "Key": "up"}, ExpiresIn=60)
    assert fetch(url, "PUT", DATA) == (200, b"")
    assert s3.get_object(Bucket=bucket, Key="up")["Body"].read() == DATA


def test_presigned_put_with_signed_headers(s3, bucket):
    url = s3.generate_presigned_url(
        "put_object", {"Bucket": bucket, "Key": "up", "ContentType": "image/png", "Metadata": {"a": "b"}}, ExpiresIn=60)
    headers = {"Content-Type": "image/png", "x-amz-meta-a": "b"}
    assert fetch(url, "PUT", DATA, headers) == (200, b"")
    assert s3.head_object(Bucket=bucket, Key="up")["Metadata"] == {"a": "b"}
    assert fetch(url, "PUT", DATA, {**headers, "Content-Type": "image/gif"})[0] == 403


def test_presigned_for_virtual_hosts(aws, s3, key):
    url = aws.client("s3", style="virtual", signature_version="s3v4").generate_presigned_url("get_object", key, ExpiresIn=60)
    assert f"{key['Bucket']}.localhost" in url
    assert fetch(url) == (200, DATA)


def test_presigned_with_another_method(s3, key):
    url = s3.generate_presigned_url("get_object", key, ExpiresIn=60)
    assert fetch(url, "DELETE")[0] == 403
    assert s3.get_object(**key)["Body"].read() == DATA


def code_of(body):
    return body.split(b"<Code>")[1].split(b"</Code>")[0].decode()


@pytest.mark.parametrize("change", [
    lambda url: url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"),
    lambda url: url.replace("/a%20b/", "/a%20c/"),
    lambda url: url + "&versionId=null",
    lambda url: url[:-4] + ("0000" if url[-4:] != "0000" else "1111"),
], ids=["expiry", "key", "parameter", "signature"])
def test_presigned_and_tampered_with(s3, key, change):
    url = s3.generate_presigned_url("get_object", key, ExpiresIn=60)
    changed = change(url)
    assert changed != url
    status, body = fetch(changed)
    assert (status, code_of(body)) == (403, "SignatureDoesNotMatch")


@contextlib.contextmanager
def signing_at(when):
    """botocore signs as of another time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.auth, "get_current_datetime",
                      lambda remove_tzinfo=True: when.replace(tzinfo=None) if remove_tzinfo else when)
        yield


def test_presigned_and_expired(s3, key):
    when = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=10)
    with signing_at(when):
        url = s3.generate_presigned_url("get_object", key, ExpiresIn=60)
    status, body = fetch(url)
    assert (status, code_of(body)) == (403, "AccessDenied")
    assert b"<Message>Request has expired</Message>" in body
    assert b"<X-Amz-Expires>60</X-Amz-Expires>" in body and b"<Expires>" in body and b"<ServerTime>" in body


def test_presigned_for_longer_than_a_week(s3, key):
    status, body = fetch(s3.generate_presigned_url("get_object", key, ExpiresIn=604_801))
    assert (status, code_of(body)) == (400, "AuthorizationQueryParametersError")
    assert b"X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than" \
           b" 604800 seconds" in body


def test_presigned_without_a_parameter(s3, key):
    url = s3.generate_presigned_url("get_object", key, ExpiresIn=60)
    head, tail = url.split("X-Amz-Expires=60&")
    status, body = fetch(head + tail)
    assert (status, code_of(body)) == (400, "AuthorizationQueryParametersError")
    assert b"Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, " \
           b"X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters." in body


def test_anonymous(aws, key):
    s3 = aws.client("s3", anonymous=True)
    with refused(403, "AccessDenied", "Access Denied"):
        s3.get_object(**key)
    with refused(403, "AccessDenied", "Access Denied"):
        s3.put_object(Bucket=key["Bucket"], Key="x", Body=DATA)
    with refused(403, "AccessDenied", "Access Denied"):
        s3.list_buckets()
    with refused(403, "403", "Forbidden"):
        s3.head_object(**key)


@pytest.mark.parametrize("service, call", [
    ("sqs", lambda client: client.list_queues()), ("sns", lambda client: client.list_topics()),
    ("sts", lambda client: client.get_caller_identity()),
])
def test_anonymous_elsewhere(aws, service, call):
    with pytest.raises(ClientError) as error:
        call(aws.client(service, anonymous=True))
    assert error.value.response["Error"]["Code"] in ("MissingAuthenticationToken", "AccessDenied", "MissingAuthenticationTokenException")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_an_unknown_key(aws, key):
    with refused(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.",
                 AWSAccessKeyId="AKIAUNKNOWN"):
        aws.client("s3", key="AKIAUNKNOWN").get_object(**key)


@pytest.mark.parametrize("service, call", [
    ("sqs", lambda client: client.list_queues()), ("sns", lambda client: client.list_topics()),
    ("sts", lambda client: client.get_caller_identity()),
])
def test_an_unknown_key_elsewhere(aws, service, call):
    with pytest.raises(ClientError) as error:
        call(aws.client(service, key="AKIAUNKNOWN"))
    seen = error.value.response
    assert (seen["ResponseMetadata"]["HTTPStatusCode"], seen["Error"]["Code"], seen["Error"]["Message"]) == (
        403, "InvalidClientTokenId", "The security token included in the request is invalid.")


def test_a_wrong_secret(aws, key):
    with refused(403, "SignatureDoesNotMatch", MISMATCH, AWSAccessKeyId="test", StringToSign=Text("AWS4-HMAC-SHA256\n.*"),
                 SignatureProvided=Text("[0-9a-f]{64}"), StringToSignBytes=Text("41 57 53 34 2d .*"),
                 CanonicalRequest=Text("GET\n.*"), CanonicalRequestBytes=Text("47 45 54 0a .*")):
        aws.client("s3", secret="wrong").get_object(**key)


@pytest.mark.parametrize("service, call", [
    ("sqs", lambda client: client.list_queues()), ("sns", lambda client: client.list_topics()),
    ("sts", lambda client: client.get_caller_identity()),
])
def test_a_wrong_secret_elsewhere(aws, service, call):
    with pytest.raises(ClientError) as error:
        call(aws.client(service, secret="wrong"))
    seen = error.value.response
    assert (seen["ResponseMetadata"]["HTTPStatusCode"], seen["Error"]["Code"]) == (403, "SignatureDoesNotMatch")
    assert seen["Error"]["Message"].startswith(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
        "Key and signing method. Consult the service documentation for details.")


@pytest.mark.parametrize("minutes", [-16, 16])
def test_a_clock_that_is_wrong(server, key, minutes):
    with signing_at(datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)):
        answer = Signer(server, "s3").request("GET", f"/{key['Bucket']}")
    error = answer.xml()
    assert (answer.status, error["Code"], error["Message"]) == (
        403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
    assert error["MaxAllowedSkewMilliseconds"] == "900000"
    assert {"RequestTime", "ServerTime"} <= error.keys()


def test_signed_for_another_service(server, bucket):
    answer = Signer(server, "sqs").request("GET", f"/{bucket}", {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"})
    assert answer.status in (400, 403, 404)
    assert b"<ListBucketResult" not in answer.body


@pytest.mark.parametrize("header", [
    "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=test", "Bearer x", "AWS test:signature",
    "AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/s3, SignedHeaders=host, Signature=00",
    "AWS4-HMAC-SHA256 Credential=test/20200101/us-east-1/s3/aws4_request, SignedHeaders=, Signature=" + "0" * 64,
    "AWS4-HMAC-SHA256 " + "x" * 4000,
])
def test_authorization_headers_that_are_none(server, bucket, header):
    answer = send(server, "GET", f"/{bucket}", {"Host": f"127.0.0.1:{server.port}", "Authorization": header,
                                               "X-Amz-Date": "20200101T000000Z",
                                               "X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"})
    assert answer.status in (400, 403)
    assert answer.xml()["Code"] in ("AuthorizationHeaderMalformed", "InvalidArgument", "AccessDenied", "InvalidRequest",
                                    "RequestTimeTooSkewed")


def test_an_unsigned_amz_header(server, bucket):
    signer = Signer(server, "s3")
    headers = signer.headers("PUT", f"/{bucket}/k", body=DATA)
    headers["x-amz-meta-smuggled"] = "1"
    answer = send(server, "PUT", f"/{bucket}/k", headers, DATA)
    assert answer.status == 403
    error = answer.xml()
    assert (error["Code"], error["Message"], error["HeadersNotSigned"]) == (
        "AccessDenied", "There were headers present in the request which were not signed", "x-amz-meta-smuggled")


def test_a_replayed_request_with_another_body(server, s3, bucket):
    headers = Signer(server, "s3").headers("PUT", f"/{bucket}/k", body=DATA)
    assert send(server, "PUT", f"/{bucket}/k", headers, DATA).status == 200
    assert send(server, "PUT", f"/{bucket}/k", headers, bytes(len(DATA))).status == 400
    same(s3.get_object(Bucket=bucket, Key="k"), 200, got(DATA, "CRC64NVME"))


def test_who_am_i(aws):
    same(aws.client("sts").get_caller_identity(), 200,
         {"UserId": Any(str), "Account": "000000000000", "Arn": "arn:aws:iam::000000000000:root"},
         {"content-type": "text/xml"})


def test_any_region_signs(aws, bucket):
    for region in ("us-east-1", "eu-west-1", "ap-southeast-2"):
        identity = aws.client("sts", region=region).get_caller_identity()
        assert identity["Account"] == "000000000000"


def test_signed_chunks(aws, server, s3, bucket):
    """The streaming signature of older SDKs: every chunk signed on top of the one before."""
    head, body = signed_chunks(server, f"/{bucket}/k", [DATA * 3000, DATA], tamper=None)
    answer = send(server, "PUT", f"/{bucket}/k", head, body)
    assert answer.status == 200, answer.body
    same(s3.get_object(Bucket=bucket, Key="k"), 200, got(DATA * 3001, "CRC64NVME"))


@pytest.mark.parametrize("tamper", ["data", "signature", "order", "cut"])
def test_signed_chunks_tampered_with(server, s3, bucket, tamper):
    head, body = signed_chunks(server, f"/{bucket}/k", [b"a" * 70_000, b"b" * 70_000], tamper=tamper)
    answer = send(server, "PUT", f"/{bucket}/k", head, body)
    assert (answer.status, answer.xml()["Code"]) in (
        (403, "SignatureDoesNotMatch"), (400, "IncompleteBody"), (400, "InvalidChunkSizeError"))
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_stored_over_tls_is_the_same(aws, s3, bucket):
    secure = aws.client("s3", scheme="https")
    same(secure.put_object(Bucket=bucket, Key="k", Body=DATA), 200, stored(DATA))
    same(s3.get_object(Bucket=bucket, Key="k"), 200, got(DATA))


def test_a_date_as_mail_writes_it(server, bucket):
    """botocore signs the Date header in place of X-Amz-Date where a request has one, and writes it with -0000."""
    signer = Signer(server, "s3")
    signed = signer.headers("PUT", f"/{bucket}/k", headers={"Date": "now"})
    assert "X-Amz-Date" not in signed and signed["Date"].endswith(" -0000")
    assert signer.request("PUT", f"/{bucket}/k", headers={"Date": "now"}).status == 200
