"""Signature Version 4A: one signature, good in several regions."""

import urllib.request

import pytest
from answers import refused, same
from awscrt.auth import (
    AwsCredentialsProvider,
    AwsSignatureType,
    AwsSignedBodyHeaderType,
    AwsSigningAlgorithm,
    AwsSigningConfig,
    aws_sign_request,
)
from awscrt.http import HttpHeaders, HttpRequest
from raw import send
from s3_answers import got, stored

DATA = b"good in several regions"
ASYMMETRIC = {"signature_version": "s3v4a"}


@pytest.fixture(params=["http", "https"])
def signer(aws, request):
    return aws.client("s3", **ASYMMETRIC, scheme=request.param)


def test_an_object_goes_in_and_out(signer, s3, bucket):
    same(signer.put_object(Bucket=bucket, Key="a b/ü", Body=DATA), 200, stored(DATA))
    same(signer.get_object(Bucket=bucket, Key="a b/ü"), 200, got(DATA))
    assert [one["Key"] for one in signer.list_objects_v2(Bucket=bucket, Prefix="a b/")["Contents"]] == ["a b/ü"]
    signer.put_object(Bucket=bucket, Key="large", Body=DATA * 100_000)
    assert s3.head_object(Bucket=bucket, Key="large")["ContentLength"] == len(DATA) * 100_000


def test_in_another_region(aws, name):
    made = name("there")
    there = aws.client("s3", region="eu-west-1")
    there.create_bucket(Bucket=made, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    signer = aws.client("s3", region="eu-west-1", **ASYMMETRIC)
    same(signer.put_object(Bucket=made, Key="k", Body=DATA), 200, stored(DATA))


def test_a_wrong_secret(aws, bucket):
    client = aws.client("s3", **ASYMMETRIC, secret="wrong")
    with pytest.raises(client.exceptions.ClientError) as error:
        client.get_object(Bucket=bucket, Key="k")
    error = error.value.response["Error"]
    assert error["Code"] == "SignatureDoesNotMatch" and error["StringToSign"].startswith("AWS4-ECDSA-P256-SHA256\n")


def test_an_unknown_key(aws, bucket):
    client = aws.client("s3", **ASYMMETRIC, key="AKIAUNKNOWN", secret="wrong")
    with refused(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.",
                 AWSAccessKeyId="AKIAUNKNOWN"):
        client.get_object(Bucket=bucket, Key="k")


def test_a_user(user, bucket):
    """With the rights of whoever has the key."""
    someone = user()
    client = someone.client("s3", **ASYMMETRIC)
    with pytest.raises(client.exceptions.ClientError) as error:
        client.list_objects_v2(Bucket=bucket)
    assert error.value.response["Error"]["Code"] == "AccessDenied"
    someone.may({"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"})
    assert client.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def signed(server, target, regions, place, key="test", secret="test"):
    """A GET, signed by AWS's own library: its path and its headers."""
    headers = HttpHeaders([("Host", f"127.0.0.1:{server.port}")])
    request = HttpRequest("GET", target, headers)
    in_header = place == AwsSignatureType.HTTP_REQUEST_HEADERS
    aws_sign_request(request, AwsSigningConfig(
        algorithm=AwsSigningAlgorithm.V4_ASYMMETRIC, signature_type=place, region=regions, service="s3",
        credentials_provider=AwsCredentialsProvider.new_static(key, secret),
        use_double_uri_encode=False, should_normalize_uri_path=False, signed_body_value="UNSIGNED-PAYLOAD",
        **({"signed_body_header_type": AwsSignedBodyHeaderType.X_AMZ_CONTENT_SHA_256} if in_header else {"expiration_in_seconds": 60}))).result(10)
    return request.path, list(request.headers)


@pytest.mark.parametrize("place", [AwsSignatureType.HTTP_REQUEST_HEADERS, AwsSignatureType.HTTP_REQUEST_QUERY_PARAMS])
def test_sets_of_regions(server, s3, bucket, place):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    for regions in ("*", "us-east-1", "us-*", "eu-west-1,us-east-1"):
        path, headers = signed(server, f"/{bucket}/k", regions, place)
        answer = send(server, "GET", path, headers)
        assert (answer.status, answer.body) == (200, DATA), answer.body
    path, headers = signed(server, f"/{bucket}/k", "*", place)
    tampered = [(name, value.replace("Signature=30", "Signature=31")) for name, value in headers]
    answer = send(server, "GET", path.replace("X-Amz-Signature=30", "X-Amz-Signature=31"), tampered)
    assert (answer.status, answer.error()[0]) == (403, "SignatureDoesNotMatch")


def test_a_presigned_url(aws, s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    url = aws.client("s3", signature_version="s3v4a-query").generate_presigned_url(
        "get_object", Params={"Bucket": bucket, "Key": "k"})
    assert "X-Amz-Region-Set" in url
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == DATA
