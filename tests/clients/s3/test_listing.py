"""ListObjects, ListObjectsV2, ListObjectVersions."""

import concurrent.futures

import pytest
from answers import Any, Text, refused, same
from s3_answers import NO_SUCH_BUCKET, listed

OWNER = {"ID": Text("[0-9a-f]{64}")}
TREE = ["a", "a/1", "a/2", "a/b/3", "b", "b/1", "c/1", "c/2", "d"]


@pytest.fixture
def tree(s3, bucket):
    for key in TREE:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    return bucket


def v2(bucket, keys=(), prefixes=(), **more):
    """An answer to ListObjectsV2. boto3 asks for encoding-type=url and decodes."""
    answer = {"Name": bucket, "Prefix": "", "MaxKeys": 1000, "KeyCount": len(keys) + len(prefixes),
              "IsTruncated": False, "EncodingType": "url", **more}
    if keys:
        answer["Contents"] = [listed(key, key.encode()) for key in keys]
    if prefixes:
        answer["CommonPrefixes"] = [{"Prefix": prefix} for prefix in prefixes]
    return answer


def v1(bucket, keys=(), prefixes=(), **more):
    answer = {**v2(bucket, keys, prefixes), "Marker": "", **more}
    del answer["KeyCount"]
    for entry in answer.get("Contents", []):
        entry["Owner"] = OWNER
    return answer


def test_everything(s3, tree):
    same(s3.list_objects_v2(Bucket=tree), 200, v2(tree, TREE),
         {"content-type": "application/xml", "x-amz-bucket-region": "us-east-1"})
    same(s3.list_objects(Bucket=tree), 200, v1(tree, TREE))


def test_nothing(s3, bucket):
    same(s3.list_objects_v2(Bucket=bucket), 200, v2(bucket))
    same(s3.list_objects(Bucket=bucket), 200, v1(bucket))


def test_prefix(s3, tree):
    same(s3.list_objects_v2(Bucket=tree, Prefix="a"), 200, v2(tree, TREE[:4], Prefix="a"))
    same(s3.list_objects_v2(Bucket=tree, Prefix="a/"), 200, v2(tree, TREE[1:4], Prefix="a/"))
    same(s3.list_objects_v2(Bucket=tree, Prefix="nothing"), 200, v2(tree, Prefix="nothing"))


def test_delimiter(s3, tree):
    same(s3.list_objects_v2(Bucket=tree, Delimiter="/"), 200,
         v2(tree, ["a", "b", "d"], ["a/", "b/", "c/"], Delimiter="/"))
    same(s3.list_objects_v2(Bucket=tree, Delimiter="/", Prefix="a/"), 200,
         v2(tree, ["a/1", "a/2"], ["a/b/"], Delimiter="/", Prefix="a/"))
    same(s3.list_objects(Bucket=tree, Delimiter="/"), 200,
         v1(tree, ["a", "b", "d"], ["a/", "b/", "c/"], Delimiter="/"))


def test_delimiter_of_several_characters(s3, bucket):
    for key in ("x--y--1", "x--z", "x-", "日本語--k", "日本"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    same(s3.list_objects_v2(Bucket=bucket, Delimiter="--"), 200,
         v2(bucket, ["x-", "日本"], ["x--", "日本語--"], Delimiter="--"))
    same(s3.list_objects_v2(Bucket=bucket, Delimiter="本"), 200,
         v2(bucket, ["x-", "x--y--1", "x--z"], ["日本"], Delimiter="本"))


def test_pages_by_token(s3, tree):
    first = same(s3.list_objects_v2(Bucket=tree, MaxKeys=4), 200,
                 v2(tree, TREE[:4], MaxKeys=4, IsTruncated=True, NextContinuationToken=Any(str)))
    token = first["NextContinuationToken"]
    second = same(s3.list_objects_v2(Bucket=tree, MaxKeys=4, ContinuationToken=token), 200,
                  v2(tree, TREE[4:8], MaxKeys=4, IsTruncated=True, NextContinuationToken=Any(str),
                     ContinuationToken=token))
    token = second["NextContinuationToken"]
    same(s3.list_objects_v2(Bucket=tree, MaxKeys=4, ContinuationToken=token), 200,
         v2(tree, TREE[8:], MaxKeys=4, ContinuationToken=token))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
@pytest.mark.parametrize("delimiter", ["", "/"])
def test_pages_of_every_size_show_everything_once(s3, tree, size, delimiter):
    given = {"Bucket": tree, **({"Delimiter": delimiter} if delimiter else {})}
    for operation in ("list_objects_v2", "list_objects"):
        pages = list(s3.get_paginator(operation).paginate(**given, PaginationConfig={"PageSize": size}))
        seen = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
        seen += [entry["Prefix"] for page in pages for entry in page.get("CommonPrefixes", [])]
        expected = ["a", "b", "d", "a/", "b/", "c/"] if delimiter else TREE
        assert sorted(seen) == sorted(expected)
        assert all(len(page.get("Contents", [])) + len(page.get("CommonPrefixes", [])) <= size for page in pages)


def test_pages_by_marker(s3, tree):
    same(s3.list_objects(Bucket=tree, MaxKeys=2), 200, v1(tree, TREE[:2], MaxKeys=2, IsTruncated=True))
    same(s3.list_objects(Bucket=tree, MaxKeys=2, Marker="a/1"), 200,
         v1(tree, TREE[2:4], MaxKeys=2, Marker="a/1", IsTruncated=True))
    same(s3.list_objects(Bucket=tree, MaxKeys=2, Delimiter="/"), 200,
         v1(tree, ["a"], ["a/"], MaxKeys=2, Delimiter="/", IsTruncated=True, NextMarker="a/"))
    same(s3.list_objects(Bucket=tree, MaxKeys=2, Delimiter="/", Marker="a/"), 200,
         v1(tree, ["b"], ["b/"], MaxKeys=2, Delimiter="/", Marker="a/", IsTruncated=True, NextMarker="b/"))


def test_start_after(s3, tree):
    same(s3.list_objects_v2(Bucket=tree, StartAfter="b"), 200, v2(tree, TREE[5:], StartAfter="b"))
    same(s3.list_objects_v2(Bucket=tree, StartAfter="a/0"), 200, v2(tree, TREE[1:], StartAfter="a/0"))
    same(s3.list_objects_v2(Bucket=tree, StartAfter="zzz"), 200, v2(tree, StartAfter="zzz"))


def test_no_keys_at_all(s3, tree):
    same(s3.list_objects_v2(Bucket=tree, MaxKeys=0), 200, v2(tree, MaxKeys=0))


def test_more_than_a_thousand_are_a_thousand(s3, tree):
    assert s3.list_objects_v2(Bucket=tree, MaxKeys=5000)["MaxKeys"] == 1000


def test_negative_max_keys(s3, bucket):
    with refused(400, "InvalidArgument", "Argument maxKeys must be an integer between 0 and 2147483647",
                 ArgumentName="maxKeys", ArgumentValue="-1"):
        s3.list_objects_v2(Bucket=bucket, MaxKeys=-1)


def test_fetch_owner(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"k")
    same(s3.list_objects_v2(Bucket=bucket, FetchOwner=True), 200,
         v2(bucket, Contents=[listed("k", b"k", Owner=OWNER)], KeyCount=1))


def test_encoding_type(s3, bucket):
    for key in ("a b", "a+b", "é", "x/y", "100%"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    same_keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    assert same_keys == ["100%", "a b", "a+b", "x/y", "é"]
    encoded = s3.list_objects_v2(Bucket=bucket, EncodingType="url")  # asked for by the caller: not decoded by boto3
    assert [entry["Key"] for entry in encoded["Contents"]] == ["100%25", "a+b", "a%2Bb", "x/y", "%C3%A9"]
    with refused(400, "InvalidArgument", "Invalid Encoding Method specified in Request", ArgumentName="encoding-type",
                 ArgumentValue="value"):
        s3.list_objects_v2(Bucket=bucket, EncodingType="value")


def test_a_token_that_is_none(s3, bucket):
    with refused(400, "InvalidArgument", "The continuation token provided is incorrect",
                 ArgumentName="continuation-token"):
        s3.list_objects_v2(Bucket=bucket, ContinuationToken="no-token")


def test_no_bucket(s3, name):
    bucket = name()
    for call in (s3.list_objects, s3.list_objects_v2, s3.list_object_versions, s3.list_multipart_uploads):
        with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=bucket):
            call(Bucket=bucket)


def test_a_thousand_and_more(aws, bucket):
    keys = [f"{number:05}" for number in range(1205)]
    clients = [aws.client("s3") for _ in range(8)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: clients[number % 8].put_object(Bucket=bucket, Key=keys[number]), range(1205)))
    first = clients[0].list_objects_v2(Bucket=bucket)
    assert (first["KeyCount"], first["IsTruncated"]) == (1000, True)
    rest = clients[0].list_objects_v2(Bucket=bucket, ContinuationToken=first["NextContinuationToken"])
    assert [entry["Key"] for entry in first["Contents"] + rest["Contents"]] == keys


def test_storage_classes_are_listed(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"k", StorageClass="GLACIER_IR")
    same(s3.list_objects_v2(Bucket=bucket), 200,
         v2(bucket, Contents=[listed("k", b"k", StorageClass="GLACIER_IR")], KeyCount=1))
