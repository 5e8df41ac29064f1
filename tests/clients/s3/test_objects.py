"""Objects: written, read, removed; keys, metadata, ranges."""

import datetime

import pytest
from answers import refused, same
from s3_answers import MALFORMED_XML, NO_SUCH_BUCKET, NO_SUCH_KEY, got, head, stored

DATA = b"The quick brown fox jumps over the lazy dog"


@pytest.mark.parametrize("style", ["path", "virtual"])
def test_round_trip_over_each_way_in(aws, bucket, scheme, style):
    s3 = aws.client("s3", scheme=scheme, style=style)
    same(s3.put_object(Bucket=bucket, Key="a/b c", Body=DATA), 200, stored(DATA), {"content-length": "0"})
    same(s3.get_object(Bucket=bucket, Key="a/b c"), 200, got(DATA), {"content-length": str(len(DATA))})
    same(s3.head_object(Bucket=bucket, Key="a/b c"), 200, head(DATA))
    same(s3.delete_object(Bucket=bucket, Key="a/b c"), 204)


def test_through_the_regional_virtual_host(aws, server, bucket):
    s3 = aws.client("s3", style="virtual")
    s3._endpoint.host = f"http://s3.us-east-1.localhost:{server.port}"
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    assert aws.client("s3").get_object(Bucket=bucket, Key="k")["Body"].read() == DATA


def test_zero_bytes(s3, bucket, aws, scheme):
    s3 = aws.client("s3", scheme=scheme)
    same(s3.put_object(Bucket=bucket, Key="empty"), 200, stored(b""))
    same(s3.get_object(Bucket=bucket, Key="empty"), 200, got(b""), {"content-length": "0"})


@pytest.mark.parametrize("size", [1, 65_535, 65_536, 65_537, 1_048_576, 9_000_001])
def test_sizes(aws, bucket, scheme, size):
    s3 = aws.client("s3", scheme=scheme)
    data = (bytes(range(251)) * (size // 251 + 1))[:size]
    same(s3.put_object(Bucket=bucket, Key="sized", Body=data), 200, stored(data))
    same(s3.get_object(Bucket=bucket, Key="sized"), 200, got(data))


def test_an_overwrite_is_seen_at_once(s3, bucket):
    for turn in range(20):
        data = str(turn).encode()
        s3.put_object(Bucket=bucket, Key="k", Body=data)
        assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == data
        assert s3.list_objects_v2(Bucket=bucket)["Contents"][0]["Size"] == len(data)


def test_no_key(s3, bucket):
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="none/here"):
        s3.get_object(Bucket=bucket, Key="none/here")
    with refused(404, "404", "Not Found"):
        s3.head_object(Bucket=bucket, Key="none/here")
    same(s3.delete_object(Bucket=bucket, Key="none/here"), 204)


def test_no_bucket(s3, name):
    bucket = name()
    for call in (lambda: s3.put_object(Bucket=bucket, Key="k", Body=b"x"), lambda: s3.get_object(Bucket=bucket, Key="k"),
                 lambda: s3.delete_object(Bucket=bucket, Key="k")):
        with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=bucket):
            call()
    with refused(404, "404", "Not Found"):
        s3.head_object(Bucket=bucket, Key="k")


KEYS = [
    "a", "a/b", "a//b", "a/./b", "./x", "../x", "a/../b", "/leading", "trailing/", "//", "/", ".", "..", "file%2Fname",
    "100%", "%", "a+b", "a b", " lead", "tail ", "~tilde", "q?mark", "hash#tag", "amp&er=sand", "semi;colon", "colon:x",
    "quote'\"x", "back\\slash", "<angle>", "brace{x}|", "star*", "comma,", "at@x", "$dollar", "grüße", "日本語",
    "emoji-😀/🦀", "e\u0301-nfd", "é-nfc", "tab\tx", "%F0%9F%98%80", "a" * 1024, "é" * 512,
]


@pytest.mark.parametrize("style", ["path", "virtual"])
@pytest.mark.parametrize("key", KEYS, ids=lambda key: repr(key[:20]))
def test_any_key_is_an_ordinary_key(aws, bucket, key, style):
    s3 = aws.client("s3", style=style)
    data = key.encode()
    same(s3.put_object(Bucket=bucket, Key=key, Body=data), 200, stored(data))
    same(s3.get_object(Bucket=bucket, Key=key), 200, got(data))
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == [key]
    same(s3.delete_object(Bucket=bucket, Key=key), 204)
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key=key):
        s3.get_object(Bucket=bucket, Key=key)


def test_keys_do_not_run_into_each_other(s3, bucket):
    for key in KEYS:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    for key in KEYS:
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    listed = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    assert listed == sorted(KEYS, key=lambda key: key.encode())


def test_a_key_too_long(s3, bucket):
    with refused(400, "KeyTooLongError", "Your key is too long", Size="1025", MaxSizeAllowed="1024"):
        s3.put_object(Bucket=bucket, Key="k" * 1025, Body=b"x")


def test_system_headers_and_metadata(s3, bucket):
    expires = datetime.datetime(2030, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    given = {
        "CacheControl": "max-age=60", "ContentDisposition": 'attachment; filename="x.txt"', "ContentEncoding": "gzip",
        "ContentLanguage": "de", "ContentType": "text/plain; charset=utf-8",
        "Metadata": {"one": "1", "mixed-case": "Value With Spaces", "empty": ""},
    }
    s3.put_object(Bucket=bucket, Key="k", Body=DATA, Expires=expires, **given)
    same(s3.get_object(Bucket=bucket, Key="k"), 200,
         got(DATA, **given, Expires=expires, ExpiresString="Wed, 02 Jan 2030 03:04:05 GMT"))
    same(s3.head_object(Bucket=bucket, Key="k"), 200,
         head(DATA, **given, Expires=expires, ExpiresString="Wed, 02 Jan 2030 03:04:05 GMT"))


def test_metadata_keys_are_lower_case(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA, Metadata={"UPPER": "Kept"})
    same(s3.head_object(Bucket=bucket, Key="k"), 200, head(DATA, Metadata={"upper": "Kept"}))


def test_metadata_too_large(s3, bucket):
    s3.put_object(Bucket=bucket, Key="fits", Body=b"", Metadata={"key": "v" * (2048 - 3)})
    with refused(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size",
                 Size="2049", MaxSizeAllowed="2048"):
        s3.put_object(Bucket=bucket, Key="k", Body=b"", Metadata={"key": "v" * (2049 - 3)})


def test_storage_class(s3, bucket):
    same(s3.put_object(Bucket=bucket, Key="k", Body=DATA, StorageClass="STANDARD_IA"), 200, stored(DATA))
    same(s3.head_object(Bucket=bucket, Key="k"), 200, head(DATA, StorageClass="STANDARD_IA"))
    with refused(400, "InvalidStorageClass", "The storage class you specified is not valid",
                 StorageClassRequested="SOMETHING"):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, StorageClass="SOMETHING")


def test_response_overrides(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA, ContentType="text/plain")
    answer = s3.get_object(
        Bucket=bucket, Key="k", ResponseContentType="application/json", ResponseContentLanguage="fr",
        ResponseCacheControl="no-cache", ResponseContentDisposition="inline", ResponseContentEncoding="identity")
    same(answer, 200, got(DATA, ContentType="application/json", ContentLanguage="fr", CacheControl="no-cache",
                          ContentDisposition="inline", ContentEncoding="identity"))


@pytest.mark.parametrize("wanted, first, last", [
    ("bytes=0-0", 0, 0), ("bytes=0-9", 0, 9), ("bytes=10-", 10, 42), ("bytes=-5", 38, 42), ("bytes=40-1000", 40, 42),
    ("bytes=-1000", 0, 42), ("bytes=0-42", 0, 42),
])
def test_ranges(s3, bucket, wanted, first, last):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    part = DATA[first:last + 1]
    whole = {"ETag": stored(DATA)["ETag"], "ContentRange": f"bytes {first}-{last}/{len(DATA)}"}
    sums = "CRC32" if part == DATA else None  # the checksum comes with a range only if that is the whole
    same(s3.get_object(Bucket=bucket, Key="k", Range=wanted), 206, got(part, sums, **whole))
    same(s3.head_object(Bucket=bucket, Key="k", Range=wanted), 206, head(part, **whole))


@pytest.mark.parametrize("wanted", ["bytes=43-", "bytes=100-200", "bytes=-0"])
def test_ranges_that_cannot_be_had(s3, bucket, wanted):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    with refused(416, "InvalidRange", "The requested range is not satisfiable", RangeRequested=wanted,
                 ActualObjectSize="43"):
        s3.get_object(Bucket=bucket, Key="k", Range=wanted)


@pytest.mark.parametrize("wanted", ["bytes=9-3", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes=-", "bytes=-1-"])
def test_ranges_that_are_none_give_the_whole(s3, bucket, wanted):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    same(s3.get_object(Bucket=bucket, Key="k", Range=wanted), 200, got(DATA))


def test_ranges_across_a_large_object(s3, bucket):
    data = bytes(range(256)) * 12_289  # 3 MiB and a bit: several chunks whatever their size
    s3.put_object(Bucket=bucket, Key="big", Body=data)
    for first in (0, 1, 65_535, 65_536, 1_048_575, 1_048_576, 2_097_151, len(data) - 2):
        for length in (1, 2, 65_537, 1_048_577):
            body = s3.get_object(Bucket=bucket, Key="big", Range=f"bytes={first}-{first + length - 1}")["Body"].read()
            assert body == data[first:first + length]


def test_part_number_of_an_object_without_parts(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    whole = {"ContentRange": f"bytes 0-42/{len(DATA)}"}
    same(s3.get_object(Bucket=bucket, Key="k", PartNumber=1), 206, got(DATA, **whole))
    with refused(416, "InvalidPartNumber", "The requested partnumber is not satisfiable", ActualPartCount="1",
                 PartNumberRequested="2"):
        s3.get_object(Bucket=bucket, Key="k", PartNumber=2)
    with refused(400, "InvalidRequest", "Cannot specify both Range header and partNumber query parameter"):
        s3.get_object(Bucket=bucket, Key="k", PartNumber=1, Range="bytes=0-1")


def test_attributes(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    answer = s3.get_object_attributes(
        Bucket=bucket, Key="k", ObjectAttributes=["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"])
    whole = stored(DATA)
    same(answer, 200, {
        "LastModified": head(DATA)["LastModified"], "ETag": whole["ETag"].strip('"'),
        "Checksum": {"ChecksumCRC32": whole["ChecksumCRC32"], "ChecksumType": "FULL_OBJECT"},
        "StorageClass": "STANDARD", "ObjectSize": len(DATA)})
    same(s3.get_object_attributes(Bucket=bucket, Key="k", ObjectAttributes=["ObjectSize"]), 200,
         {"LastModified": head(DATA)["LastModified"], "ObjectSize": len(DATA)})


def test_attributes_of_nothing(s3, bucket):
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="none"):
        s3.get_object_attributes(Bucket=bucket, Key="none", ObjectAttributes=["ETag"])


def test_expected_owner(s3, bucket):
    same(s3.put_object(Bucket=bucket, Key="k", Body=DATA, ExpectedBucketOwner="000000000000"), 200, stored(DATA))
    with refused(403, "AccessDenied", "Access Denied"):
        s3.get_object(Bucket=bucket, Key="k", ExpectedBucketOwner="111111111111")
    with refused(403, "403", "Forbidden"):
        s3.head_bucket(Bucket=bucket, ExpectedBucketOwner="111111111111")


def test_delete_many(s3, bucket):
    for key in ("a", "b", "c/d"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in ("a", "none", "c/d")]})
    same(answer, 200, {"Deleted": [{"Key": "a"}, {"Key": "none"}, {"Key": "c/d"}]})
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["b"]


def test_delete_many_quietly(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"x")
    same(s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "a"}, {"Key": "b"}], "Quiet": True}), 200)
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="a"):
        s3.get_object(Bucket=bucket, Key="a")


def test_delete_many_with_errors(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    version = s3.put_object(Bucket=bucket, Key="a", Body=b"x")["VersionId"]
    wrong = s3.put_object(Bucket=bucket, Key="c", Body=b"x")["VersionId"]
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "a", "VersionId": version},
                                                                 {"Key": "b", "VersionId": wrong}]})
    same(answer, 200, {
        "Deleted": [{"Key": "a", "VersionId": version}],
        "Errors": [{"Key": "b", "VersionId": wrong, "Code": "NoSuchVersion",
                    "Message": "The specified version does not exist."}]})


def test_delete_a_thousand_and_one_more(s3, bucket):
    keys = [{"Key": f"k{number}"} for number in range(1001)]
    assert len(s3.delete_objects(Bucket=bucket, Delete={"Objects": keys[:1000]})["Deleted"]) == 1000
    with refused(400, "MalformedXML", MALFORMED_XML):
        s3.delete_objects(Bucket=bucket, Delete={"Objects": keys})


def test_delete_many_of_no_bucket(s3, name):
    bucket = name()
    with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=bucket):
        s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "a"}]})
