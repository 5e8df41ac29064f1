"""Condition keys of signatures and TLS, and of calls that S3 makes to itself."""

import json

import pytest
from answers import refused, same
from botocore.exceptions import ClientError
from identities import allow
from raw import send

NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture
def deny(s3, bucket):
    """Denies reading where a condition holds."""
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")

    def put(operator, key, value):
        s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [{
            "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*",
            "Condition": {operator: {key: value}}}]}))
    return put


def read(server, bucket, client, how):
    """The status of a read with the signature in the header, or in the URL."""
    if how == "header":
        try:
            return client.get_object(Bucket=bucket, Key="k")["ResponseMetadata"]["HTTPStatusCode"]
        except ClientError as error:
            return error.response["ResponseMetadata"]["HTTPStatusCode"]
    url = client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k"})
    return send(server, "GET", "/" + url.split("/", 3)[3], {"Host": f"127.0.0.1:{server.port}"}).status


@pytest.mark.parametrize("condition, header, url, old_url", [
    (("StringNotEquals", "s3:authType", "REST-HEADER"), 200, 403, 403),
    (("StringEquals", "s3:authType", "REST-QUERY-STRING"), 200, 403, 403),
    (("StringEquals", "s3:signatureversion", "AWS"), 200, 200, 403),
    (("StringEquals", "s3:signatureversion", "AWS4-HMAC-SHA256"), 403, 403, 200),
    (("NumericGreaterThan", "s3:signatureAge", "600000"), 200, 200, 200),
    (("NumericLessThan", "s3:signatureAge", "600000"), 403, 403, 200),
    (("StringEquals", "s3:x-amz-content-sha256", NOTHING), 403, 200, 200),
])
def test_signatures(server, aws, bucket, deny, condition, header, url, old_url):
    deny(*condition)
    client = aws.client("s3", signature_version="s3v4")
    assert read(server, bucket, client, "header") == header
    assert read(server, bucket, client, "url") == url
    assert read(server, bucket, aws.client("s3", signature_version="s3"), "url") == old_url


def test_the_version_of_tls(server, aws, bucket, deny):
    deny("NumericLessThan", "s3:TlsVersion", "1.4")
    assert read(server, bucket, aws.client("s3", scheme="https"), "header") == 403
    assert read(server, bucket, aws.client("s3"), "header") == 200, "no TLS has no version"
    deny("NumericLessThan", "s3:TlsVersion", "1.2")
    assert read(server, bucket, aws.client("s3", scheme="https"), "header") == 200


def test_a_copy_from_another_region_is_asked_by_the_caller(aws, user, bucket, name):
    there = aws.client("s3", region="eu-west-1")
    source = name("source")
    there.create_bucket(Bucket=source, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    there.put_object(Bucket=source, Key="k", Body=b"x", Tagging="a=b")
    ann = user()
    ann.may(allow("s3:*", Condition={"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}, "Bool": {"aws:ViaAWSService": "false"}}))
    assert ann.client("s3").copy_object(Bucket=bucket, Key="k", CopySource={"Bucket": source, "Key": "k"})
    assert ann.client("s3").get_object_tagging(Bucket=bucket, Key="k")["TagSet"] == [{"Key": "a", "Value": "b"}]


def test_tags_that_are_copied_are_asked_for(s3, user, bucket):
    s3.put_object(Bucket=bucket, Key="red", Body=b"x", Tagging="color=red")
    s3.put_object(Bucket=bucket, Key="plain", Body=b"x")
    ann, arn = user(), f"arn:aws:s3:::{bucket}/*"

    def copy(source, **given):
        ann.client("s3").copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": source}, **given)

    def denied():
        return refused(403, "AccessDenied", f"User: {ann.arn} is not authorized to perform: s3:PutObjectTagging on resource: "
                       f'"arn:aws:s3:::{bucket}/copy" because no identity-based policy allows the s3:PutObjectTagging action')

    reads = allow(["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject"], arn)
    ann.may(reads)
    with denied():
        copy("red")
    copy("plain")
    copy("red", TaggingDirective="REPLACE")
    blue = {"StringEquals": {"s3:RequestObjectTag/color": "blue"}}
    ann.may(reads, allow("s3:PutObjectTagging", arn, Condition=blue))
    with denied():
        copy("red")
    with denied():
        copy("red", Tagging="color=blue")  # not taken with COPY
    ann.may(reads, allow("s3:PutObjectTagging", arn))
    copy("red")
    same(s3.get_object_tagging(Bucket=bucket, Key="copy"), 200, {"TagSet": [{"Key": "color", "Value": "red"}]})
