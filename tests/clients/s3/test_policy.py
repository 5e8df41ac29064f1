"""Bucket policies: kept, validated, honoured."""

import json

import identities
import pytest
from answers import refused, same
from s3_answers import NO_SUCH_BUCKET, PRECONDITION, got, listed, stored

NONE = ("NoSuchBucketPolicy", "The bucket policy does not exist")


@pytest.fixture
def bucket(s3, bucket):
    """A bucket that may have public policies."""
    s3.delete_public_access_block(Bucket=bucket)
    return bucket


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


def test_whether_it_is_public(s3, aws, bucket, name):
    with refused(404, *NONE, BucketName=bucket):
        s3.get_bucket_policy_status(Bucket=bucket)
    with denied():
        aws.client("s3", anonymous=True).get_bucket_policy_status(Bucket=bucket)
    with denied():
        s3.get_bucket_policy_status(Bucket=bucket, ExpectedBucketOwner="111122223333")
    other = name()
    with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=other):
        s3.get_bucket_policy_status(Bucket=other)
    for statement, public in [
        ({}, False),
        ({"Principal": "*"}, True),
        ({"Principal": "*", "Effect": "Deny"}, False),
        ({"Principal": "*", "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-91237329"}}}, False),
        ({"Principal": "*", "Condition": {"StringLike": {"aws:SourceVpc": "vpc-*"}}}, True),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}, False),
        ({"Principal": "*", "Condition": {"IpAddress": {"aws:SourceIp": "0.0.0.0/1"}}}, True),
    ]:
        s3.put_bucket_policy(Bucket=bucket, Policy=policy(bucket, **statement))
        same(s3.get_bucket_policy_status(Bucket=bucket), 200, {"PolicyStatus": {"IsPublic": public}},
             {"content-type": "application/xml"})


def test_its_status_may_be_granted_and_denied(s3, anyone, bucket):
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetBucketPolicyStatus",
         "Resource": f"arn:aws:s3:::{bucket}"}]}))
    same(anyone.get_bucket_policy_status(Bucket=bucket), 200, {"PolicyStatus": {"IsPublic": True}})


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


@pytest.fixture
def anyone(aws):
    """A client that signs nothing."""
    return aws.client("s3", anonymous=True)


def allow(s3, bucket, *statements):
    """Allows everyone actions on the bucket or its objects, each under its condition."""
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": action, "Condition": condition or {},
         "Resource": f"arn:aws:s3:::{bucket}" + ("" if "List" in action else "/*")}
        for action, condition in statements]}))


def denied():
    return refused(403, "AccessDenied", "Access Denied")


def v2(bucket, keys, **more):
    return {"Name": bucket, "MaxKeys": 1000, "KeyCount": len(keys), "IsTruncated": False, "EncodingType": "url",
            **({"Contents": keys} if keys else {}), **more}


def test_listings_are_bound_to_a_prefix(s3, anyone, bucket):
    for name in ("open/a", "shut/b"):
        s3.put_object(Bucket=bucket, Key=name, Body=b"x")
    allow(s3, bucket, ("s3:ListBucket", {"StringEquals": {"s3:prefix": ["open/", "empty/"]}}))
    same(anyone.list_objects_v2(Bucket=bucket, Prefix="open/"), 200,
         v2(bucket, [listed("open/a", b"x")], Prefix="open/"))
    same(anyone.list_objects_v2(Bucket=bucket, Prefix="empty/"), 200, v2(bucket, [], Prefix="empty/"))
    for wrong in ({}, {"Prefix": ""}, {"Prefix": "shut/"}, {"Prefix": "open/a"}):
        with denied():
            anyone.list_objects_v2(Bucket=bucket, **wrong)
        with denied():
            anyone.list_objects(Bucket=bucket, **wrong)
    with denied():
        anyone.list_object_versions(Bucket=bucket, Prefix="open/")


def test_listings_are_bound_to_a_delimiter_and_a_number(s3, anyone, bucket):
    s3.put_object(Bucket=bucket, Key="open/a", Body=b"x")
    allow(s3, bucket, ("s3:ListBucket", {"StringEquals": {"s3:delimiter": "/"},
                                         "NumericLessThanEquals": {"s3:max-keys": "10"}}))
    same(anyone.list_objects_v2(Bucket=bucket, Delimiter="/", MaxKeys=10), 200, {
        **v2(bucket, [], Prefix="", Delimiter="/", MaxKeys=10, KeyCount=1), "CommonPrefixes": [{"Prefix": "open/"}]})
    for wrong in ({"Delimiter": "/"}, {"MaxKeys": 10}, {"Delimiter": "/", "MaxKeys": 11},
                  {"Delimiter": "a", "MaxKeys": 1}):
        with denied():
            anyone.list_objects_v2(Bucket=bucket, **wrong)


def test_reads_are_bound_to_tags(s3, anyone, bucket):
    s3.put_object(Bucket=bucket, Key="open", Body=b"x", Tagging="security=public&a=b")
    s3.put_object(Bucket=bucket, Key="shut", Body=b"x", Tagging="security=private")
    s3.put_object(Bucket=bucket, Key="bare", Body=b"x")
    condition = {"StringEquals": {"s3:ExistingObjectTag/security": "public"}}
    allow(s3, bucket, ("s3:GetObject", condition), ("s3:GetObjectTagging", condition))
    same(anyone.get_object(Bucket=bucket, Key="open"), 200, got(b"x", TagCount=2))
    same(anyone.get_object_tagging(Bucket=bucket, Key="open"), 200, {
        "TagSet": [{"Key": "a", "Value": "b"}, {"Key": "security", "Value": "public"}]})
    for key in ("shut", "bare", "none"):
        with denied():
            anyone.get_object(Bucket=bucket, Key=key)
        with denied():
            anyone.get_object_tagging(Bucket=bucket, Key=key)
        with refused(403, "403", "Forbidden"):
            anyone.head_object(Bucket=bucket, Key=key)
    s3.put_object_tagging(Bucket=bucket, Key="open", Tagging={"TagSet": []})
    with denied():
        anyone.get_object(Bucket=bucket, Key="open")


def test_writes_are_bound_to_tags(s3, anyone, bucket):
    condition = {"StringEquals": {"s3:RequestObjectTag/a": "1"},
                 "ForAllValues:StringEquals": {"s3:RequestObjectTagKeys": ["a", "b"]}}
    allow(s3, bucket, ("s3:PutObject", condition), ("s3:PutObjectTagging", condition))
    where = {"Bucket": bucket, "Key": "k"}
    for tagging in ("a=1", "a=1&b=2"):
        same(anyone.put_object(**where, Body=b"x", Tagging=tagging), 200, stored(b"x"))
    tags = [{"Key": "a", "Value": "1"}]
    same(anyone.put_object_tagging(**where, Tagging={"TagSet": tags}), 200)
    for wrong in ({}, {"Tagging": "a=2"}, {"Tagging": "b=2"}, {"Tagging": "a=1&c=1"}):
        with denied():
            anyone.put_object(**where, Body=b"x", **wrong)
    with denied():
        anyone.put_object_tagging(**where, Tagging={"TagSet": [*tags, {"Key": "c", "Value": ""}]})
    same(s3.get_object_tagging(**where), 200, {"TagSet": tags})


def test_reads_are_bound_to_a_version(s3, anyone, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first, second = (s3.put_object(Bucket=bucket, Key="k", Body=body)["VersionId"] for body in (b"1", b"2"))
    allow(s3, bucket, ("s3:GetObjectVersion", {"StringEquals": {"s3:versionid": first}}))
    same(anyone.get_object(Bucket=bucket, Key="k", VersionId=first), 200, got(b"1", VersionId=first))
    for wrong in ({"VersionId": second}, {}):
        with denied():
            anyone.get_object(Bucket=bucket, Key="k", **wrong)


def test_writes_are_bound_to_a_condition(s3, anyone, bucket):
    """As AWS's guide has it: without `s3:ObjectCreationOperation` no upload in parts could begin."""
    allow(s3, bucket,
          ("s3:PutObject", {"Null": {"s3:if-none-match": "false"}, "Bool": {"s3:ObjectCreationOperation": "true"}}),
          ("s3:PutObject", {"Bool": {"s3:ObjectCreationOperation": "false"}}))
    with denied():
        anyone.put_object(Bucket=bucket, Key="k", Body=b"x")
    same(anyone.put_object(Bucket=bucket, Key="k", Body=b"x", IfNoneMatch="*"), 200, stored(b"x"))
    with refused(412, "PreconditionFailed", PRECONDITION, Condition="If-None-Match"):
        anyone.put_object(Bucket=bucket, Key="k", Body=b"x", IfNoneMatch="*")
    where = {"Bucket": bucket, "Key": "parts"}
    where["UploadId"] = anyone.create_multipart_upload(**where)["UploadId"]
    part = anyone.upload_part(**where, PartNumber=1, Body=b"x")
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    with denied():
        anyone.complete_multipart_upload(**where, MultipartUpload=parts)
    done = anyone.complete_multipart_upload(**where, MultipartUpload=parts, IfNoneMatch="*")
    assert (done["Bucket"], done["Key"]) == (bucket, "parts")


def test_deletions_are_bound_to_a_condition(s3, anyone, bucket):
    tag = s3.put_object(Bucket=bucket, Key="a", Body=b"x")["ETag"]
    s3.put_object(Bucket=bucket, Key="b", Body=b"x")
    allow(s3, bucket, ("s3:DeleteObject", {"Null": {"s3:if-match": "false"}}), ("s3:GetObject", None))
    with denied():
        anyone.delete_object(Bucket=bucket, Key="a")
    same(anyone.delete_object(Bucket=bucket, Key="a", IfMatch=tag), 204)
    s3.put_object(Bucket=bucket, Key="a", Body=b"x")
    objects = [{"Key": "a", "ETag": tag}, {"Key": "b"}]
    same(anyone.delete_objects(Bucket=bucket, Delete={"Objects": objects}), 200, {
        "Deleted": [{"Key": "a"}], "Errors": [{"Key": "b", "Code": "AccessDenied", "Message": "Access Denied"}]})


def test_who_may_know_that_a_key_is_missing(s3, user, bucket):
    """Those who may list it, also where a policy asks for the prefix of listings."""
    someone = user()
    client = someone.client("s3")
    someone.may(identities.allow("s3:GetObject"),
                identities.allow("s3:ListBucket", Condition={"StringLike": {"s3:prefix": "public/*"}}))
    for read in (client.get_object, client.head_object):
        with pytest.raises(client.exceptions.ClientError) as error:
            read(Bucket=bucket, Key="public/k")
        assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
        with pytest.raises(client.exceptions.ClientError) as error:
            read(Bucket=bucket, Key="private/k")
        assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
