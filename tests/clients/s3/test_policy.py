"""Bucket policies: kept, validated, honoured."""

import json

import pytest
from answers import refused, same
from s3_answers import NO_SUCH_BUCKET, got

NONE = ("NoSuchBucketPolicy", "The bucket policy does not exist")


def policy(bucket, **more):
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "s3:GetObject",
         "Resource": f"arn:aws:s3:::{bucket}/*", **more}]})


def test_kept_byte_by_byte(s3, bucket):
    with refused(404, *NONE, BucketName=bucket):
        s3.get_bucket_policy(Bucket=bucket)
    text = policy(bucket).replace(": ", ":  ")
    same(s3.put_bucket_policy(Bucket=bucket, Policy=text), 204)
    answer = s3.get_bucket_policy(Bucket=bucket)
    assert json.loads(answer["Policy"]) == json.loads(text)
    same(s3.delete_bucket_policy(Bucket=bucket), 204)
    with refused(404, *NONE, BucketName=bucket):
        s3.get_bucket_policy(Bucket=bucket)
    same(s3.delete_bucket_policy(Bucket=bucket), 204)


@pytest.mark.parametrize("text, message", [
    ("", "Policies must be valid JSON and the first byte must be '{'"),
    ("random text", "Policies must be valid JSON and the first byte must be '{'"),
    ("{}", "Missing required field Statement"),
])
def test_refused(s3, bucket, text, message):
    with refused(400, "MalformedPolicy", message):
        s3.put_bucket_policy(Bucket=bucket, Policy=text)


def test_of_no_bucket(s3, name):
    bucket = name()
    with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=bucket):
        s3.get_bucket_policy(Bucket=bucket)


def test_a_deny_outweighs_the_owners_rights(s3, bucket):
    s3.put_object(Bucket=bucket, Key="open/k", Body=b"x")
    s3.put_object(Bucket=bucket, Key="shut/k", Body=b"x")
    text = policy(bucket, Effect="Deny", Principal="*", Resource=f"arn:aws:s3:::{bucket}/shut/*")
    s3.put_bucket_policy(Bucket=bucket, Policy=text)
    same(s3.get_object(Bucket=bucket, Key="open/k"), 200, got(b"x"))
    with pytest.raises(s3.exceptions.ClientError) as error:
        s3.get_object(Bucket=bucket, Key="shut/k")
    assert error.value.response["Error"]["Code"] == "AccessDenied"
    s3.delete_bucket_policy(Bucket=bucket)
    same(s3.get_object(Bucket=bucket, Key="shut/k"), 200, got(b"x"))
