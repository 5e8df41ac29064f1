"""Tags of objects and buckets."""

import pytest
from answers import Unordered, refused, same
from s3_answers import NO_SUCH_KEY, got, stored

DATA = b"tagged"


def tags(**pairs):
    return [{"Key": key, "Value": value} for key, value in pairs.items()]


@pytest.fixture
def key(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    return {"Bucket": bucket, "Key": "k"}


def test_tags_of_an_object(s3, key):
    same(s3.get_object_tagging(**key), 200, {"TagSet": []})
    same(s3.put_object_tagging(**key, Tagging={"TagSet": tags(a="1", b="")}), 200)
    same(s3.get_object_tagging(**key), 200, {"TagSet": tags(a="1", b="")})
    same(s3.get_object(**key), 200, got(DATA, TagCount=2))
    same(s3.put_object_tagging(**key, Tagging={"TagSet": tags(c="3")}), 200)
    same(s3.get_object_tagging(**key), 200, {"TagSet": tags(c="3")})
    same(s3.delete_object_tagging(**key), 204)
    same(s3.get_object_tagging(**key), 200, {"TagSet": []})
    same(s3.get_object(**key), 200, got(DATA))


def test_tags_given_with_the_object(s3, bucket):
    same(s3.put_object(Bucket=bucket, Key="k", Body=DATA, Tagging="tag1=one&tag2=a%20b&tag"), 200, stored(DATA))
    same(s3.get_object_tagging(Bucket=bucket, Key="k"), 200, {"TagSet": Unordered(*tags(tag1="one", tag2="a b", tag=""))})


def test_an_overwrite_drops_the_tags(s3, key):
    s3.put_object_tagging(**key, Tagging={"TagSet": tags(a="1")})
    s3.put_object(**key, Body=DATA)
    same(s3.get_object_tagging(**key), 200, {"TagSet": []})


def test_too_many_tags(s3, key):
    with refused(400, "BadRequest", "Object tags cannot be greater than 10"):
        s3.put_object_tagging(**key, Tagging={"TagSet": tags(**{f"k{n}": "v" for n in range(11)})})
    same(s3.put_object_tagging(**key, Tagging={"TagSet": tags(**{f"k{n}": "v" for n in range(10)})}), 200)


@pytest.mark.parametrize("given, code, message, extra", [
    (tags(a="1") * 2, "InvalidTag", "Cannot provide multiple Tags with the same key", {"TagKey": "a"}),
    (tags(**{"a,b": "1"}), "InvalidTag", "The TagKey you have provided is invalid", {"TagKey": "a,b"}),
    (tags(a="1,2"), "InvalidTag", "The TagValue you have provided is invalid", {"TagKey": "a", "TagValue": "1,2"}),
    (tags(**{"k" * 129: "1"}), "InvalidTag", "The TagKey you have provided is invalid", {"TagKey": "k" * 129}),
    (tags(a="v" * 257), "InvalidTag", "The TagValue you have provided is invalid", {"TagKey": "a", "TagValue": "v" * 257}),
    (tags(**{"aws:x": "1"}), "InvalidTag", "Your TagKey cannot be prefixed with aws:", {"TagKey": "aws:x"}),
], ids=["twice", "key", "value", "long-key", "long-value", "aws"])
def test_tags_that_are_refused(s3, key, given, code, message, extra):
    with refused(400, code, message, **extra):
        s3.put_object_tagging(**key, Tagging={"TagSet": given})
    same(s3.get_object_tagging(**key), 200, {"TagSet": []})


def test_tags_that_are_no_query(s3, bucket):
    with refused(400, "InvalidArgument", "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL "
                 "query parameters without tag name duplicates.", ArgumentName="x-amz-tagging", ArgumentValue="a=1&a=2"):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, Tagging="a=1&a=2")


def test_tags_of_nothing(s3, bucket):
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="none"):
        s3.get_object_tagging(Bucket=bucket, Key="none")
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="none"):
        s3.put_object_tagging(Bucket=bucket, Key="none", Tagging={"TagSet": []})


def test_tags_of_a_bucket(s3, bucket):
    none = ("NoSuchTagSet", "The TagSet does not exist")
    with refused(404, *none, BucketName=bucket):
        s3.get_bucket_tagging(Bucket=bucket)
    same(s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": tags(a="1", b="")}), 204)
    same(s3.get_bucket_tagging(Bucket=bucket), 200, {"TagSet": Unordered(*tags(a="1", b=""))})
    same(s3.delete_bucket_tagging(Bucket=bucket), 204)
    with refused(404, *none, BucketName=bucket):
        s3.get_bucket_tagging(Bucket=bucket)


def test_tags_of_a_bucket_that_are_refused(s3, bucket):
    with refused(400, "InvalidTag", "System tags cannot be added/updated by requester", TagKey="aws:x"):
        s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": tags(**{"aws:x": "1"})})
    with refused(400, "InvalidTag", "Cannot provide multiple Tags with the same key", TagKey="a"):
        s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": tags(a="1") * 2})
    with refused(400, "InvalidTag", "The TagValue you have provided is invalid", TagKey="a", TagValue="1,2"):
        s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": tags(a="1,2")})
