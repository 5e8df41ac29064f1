"""CopyObject."""

import datetime

import pytest
from answers import TIME, refused, same
from checksums import checksum, etag
from s3_answers import NO_SUCH_BUCKET, NO_SUCH_KEY, PRECONDITION, got, head

DATA = b"something to copy"
SELF = ("This copy request is illegal because it is trying to copy an object to itself without changing the object's "
        "metadata, storage class, website redirect location or encryption attributes.")
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def source(s3, bucket):
    s3.put_object(Bucket=bucket, Key="source", Body=DATA, ContentType="text/plain", Metadata={"from": "source"},
                  Tagging="color=red")
    return {"Bucket": bucket, "Key": "source"}


def copied(data=DATA, algorithm="CRC32", **more):
    return {"CopyObjectResult": {"ETag": etag(data), "LastModified": TIME, "ChecksumType": "FULL_OBJECT",
                                 f"Checksum{algorithm}": checksum(algorithm, data)},
            "ServerSideEncryption": "AES256", **more}


def test_copy(s3, bucket, source):
    same(s3.copy_object(Bucket=bucket, Key="k", CopySource=source), 200, copied())
    same(s3.get_object(Bucket=bucket, Key="k"), 200,
         got(DATA, ContentType="text/plain", Metadata={"from": "source"}, TagCount=1))


def test_copy_to_another_bucket(s3, source, name):
    other = name("other")
    s3.create_bucket(Bucket=other)
    same(s3.copy_object(Bucket=other, Key="deep/k", CopySource=source), 200, copied())
    assert s3.get_object(Bucket=other, Key="deep/k")["Body"].read() == DATA


@pytest.mark.parametrize("key", ["a b", "a+b", "a%2Fb", "é/😀", "a//b"])
def test_odd_keys(s3, bucket, key):
    s3.put_object(Bucket=bucket, Key=key, Body=DATA)
    same(s3.copy_object(Bucket=bucket, Key=key + "-copy", CopySource={"Bucket": bucket, "Key": key}), 200, copied())
    assert s3.get_object(Bucket=bucket, Key=key + "-copy")["Body"].read() == DATA


def test_replaced_metadata(s3, bucket, source):
    same(s3.copy_object(Bucket=bucket, Key="k", CopySource=source, MetadataDirective="REPLACE", ContentType="a/b",
                        Metadata={"new": "one"}), 200, copied())
    same(s3.head_object(Bucket=bucket, Key="k"), 200, head(DATA, ContentType="a/b", Metadata={"new": "one"}, TagCount=1))


def test_metadata_without_the_directive_is_not_taken(s3, bucket, source):
    same(s3.copy_object(Bucket=bucket, Key="k", CopySource=source, Metadata={"new": "one"}), 200, copied())
    same(s3.head_object(Bucket=bucket, Key="k"), 200,
         head(DATA, ContentType="text/plain", Metadata={"from": "source"}, TagCount=1))


def test_replaced_tags(s3, bucket, source):
    s3.copy_object(Bucket=bucket, Key="k", CopySource=source, TaggingDirective="REPLACE", Tagging="a=b&c=d")
    same(s3.get_object_tagging(Bucket=bucket, Key="k"), 200,
         {"TagSet": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d"}]})


def test_onto_itself(s3, bucket, source):
    with refused(400, "InvalidRequest", SELF):
        s3.copy_object(Bucket=bucket, Key="source", CopySource=source)
    same(s3.copy_object(Bucket=bucket, Key="source", CopySource=source, MetadataDirective="REPLACE",
                        Metadata={"n": "1"}), 200, copied())
    same(s3.copy_object(Bucket=bucket, Key="source", CopySource=source, StorageClass="STANDARD_IA"), 200, copied())
    assert s3.head_object(Bucket=bucket, Key="source")["StorageClass"] == "STANDARD_IA"


def test_with_another_checksum(s3, bucket, source):
    same(s3.copy_object(Bucket=bucket, Key="k", CopySource=source, ChecksumAlgorithm="SHA256"), 200,
         copied(algorithm="SHA256"))


def test_from_nothing(s3, bucket, name):
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="none"):
        s3.copy_object(Bucket=bucket, Key="k", CopySource={"Bucket": bucket, "Key": "none"})
    other = name("none")
    with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=other):
        s3.copy_object(Bucket=bucket, Key="k", CopySource={"Bucket": other, "Key": "none"})


def test_to_nothing(s3, source, name):
    other = name("none")
    with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=other):
        s3.copy_object(Bucket=other, Key="k", CopySource=source)


def test_a_source_that_is_none(s3, bucket):
    with refused(400, "InvalidArgument", "Invalid copy source object key", ArgumentName="x-amz-copy-source",
                 ArgumentValue="x-amz-copy-source"):
        s3.copy_object(Bucket=bucket, Key="k", CopySource=f"{bucket}/")


@pytest.mark.parametrize("conditions, named", [
    ({"CopySourceIfMatch": '"other"'}, "x-amz-copy-source-If-Match"),
    ({"CopySourceIfNoneMatch": etag(DATA)}, "x-amz-copy-source-If-None-Match"),
    ({"CopySourceIfModifiedSince": 0}, "x-amz-copy-source-If-Modified-Since"),
    ({"CopySourceIfUnmodifiedSince": -1}, "x-amz-copy-source-If-Unmodified-Since"),
], ids=str)
def test_conditions_that_fail(s3, bucket, source, conditions, named):
    stamp = s3.head_object(**source)["LastModified"]
    given = {name: stamp + HOUR * value if isinstance(value, int) else value for name, value in conditions.items()}
    with refused(412, "PreconditionFailed", PRECONDITION, Condition=named):
        s3.copy_object(Bucket=bucket, Key="k", CopySource=source, **given)


@pytest.mark.parametrize("conditions", [
    {"CopySourceIfMatch": etag(DATA)}, {"CopySourceIfNoneMatch": '"other"'}, {"CopySourceIfModifiedSince": -1},
    {"CopySourceIfUnmodifiedSince": 1}, {"CopySourceIfMatch": etag(DATA), "CopySourceIfUnmodifiedSince": -1},
], ids=str)
def test_conditions_that_hold(s3, bucket, source, conditions):
    stamp = s3.head_object(**source)["LastModified"]
    given = {name: stamp + HOUR * value if isinstance(value, int) else value for name, value in conditions.items()}
    same(s3.copy_object(Bucket=bucket, Key="k", CopySource=source, **given), 200, copied())


def test_conditions_on_the_destination(s3, bucket, source):
    same(s3.copy_object(Bucket=bucket, Key="k", CopySource=source, IfNoneMatch="*"), 200, copied())
    with refused(412, "PreconditionFailed", PRECONDITION, Condition="If-None-Match"):
        s3.copy_object(Bucket=bucket, Key="k", CopySource=source, IfNoneMatch="*")


def test_of_a_version(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=bucket, Key="k", Body=DATA)["VersionId"]
    s3.put_object(Bucket=bucket, Key="k", Body=b"second")
    answer = s3.copy_object(Bucket=bucket, Key="k", CopySource={"Bucket": bucket, "Key": "k", "VersionId": first})
    version = answer["VersionId"]
    same(answer, 200, copied(VersionId=version, CopySourceVersionId=first))
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == DATA


def test_of_a_delete_marker(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    marker = s3.delete_object(Bucket=bucket, Key="k")["VersionId"]
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="k"):
        s3.copy_object(Bucket=bucket, Key="x", CopySource={"Bucket": bucket, "Key": "k"})
    with refused(400, "InvalidRequest",
                 "The source of a copy request may not specifically refer to a delete marker by version id."):
        s3.copy_object(Bucket=bucket, Key="x", CopySource={"Bucket": bucket, "Key": "k", "VersionId": marker})
