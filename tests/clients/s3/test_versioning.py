"""Versions, delete markers, the null version."""

import pytest
from answers import TIME, Any, Text, refused, same
from s3_answers import NO_SUCH_KEY, got, head, listed, stored

OWNER = {"ID": Text("[0-9a-f]{64}")}
NO_METHOD = "The specified method is not allowed against this resource."


def turn(s3, bucket, status):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})


@pytest.fixture
def versioned(s3, bucket):
    turn(s3, bucket, "Enabled")
    return bucket


def version(key, data, version_id, latest):
    return listed(key, data, Owner=OWNER, VersionId=version_id, IsLatest=latest)


def marker(key, version_id, latest):
    return {"Key": key, "VersionId": version_id, "IsLatest": latest, "LastModified": TIME, "Owner": OWNER}


def listing(bucket, versions=(), markers=(), **more):
    answer = {"Name": bucket, "Prefix": "", "KeyMarker": "", "VersionIdMarker": "", "MaxKeys": 1000,
              "IsTruncated": False, "EncodingType": "url"}
    if versions:
        answer["Versions"] = list(versions)
    if markers:
        answer["DeleteMarkers"] = list(markers)
    return {**answer, **more}


def test_each_write_makes_a_version(s3, versioned):
    first = same(s3.put_object(Bucket=versioned, Key="k", Body=b"1"), 200, stored(b"1", VersionId=Any(str)))["VersionId"]
    second = s3.put_object(Bucket=versioned, Key="k", Body=b"22")["VersionId"]
    assert first != second
    same(s3.get_object(Bucket=versioned, Key="k"), 200, got(b"22", VersionId=second))
    same(s3.get_object(Bucket=versioned, Key="k", VersionId=first), 200, got(b"1", VersionId=first))
    same(s3.head_object(Bucket=versioned, Key="k", VersionId=first), 200, head(b"1", VersionId=first))
    same(s3.list_object_versions(Bucket=versioned), 200,
         listing(versioned, [version("k", b"22", second, True), version("k", b"1", first, False)]))


def test_version_ids_are_of_32_characters(s3, versioned):
    assert len(s3.put_object(Bucket=versioned, Key="k", Body=b"")["VersionId"]) == 32


def test_a_delete_writes_a_marker(s3, versioned):
    first = s3.put_object(Bucket=versioned, Key="k", Body=b"1")["VersionId"]
    made = same(s3.delete_object(Bucket=versioned, Key="k"), 204, {"DeleteMarker": True, "VersionId": Any(str)})
    with refused(404, "NoSuchKey", NO_SUCH_KEY, {"x-amz-delete-marker": "true", "x-amz-version-id": made["VersionId"]},
                 Key="k"):
        s3.get_object(Bucket=versioned, Key="k")
    with refused(404, "404", "Not Found", {"x-amz-delete-marker": "true"}):
        s3.head_object(Bucket=versioned, Key="k")
    with refused(405, "MethodNotAllowed", NO_METHOD, {"x-amz-delete-marker": "true", "allow": "DELETE"}, Method="GET",
                 ResourceType="DeleteMarker"):
        s3.get_object(Bucket=versioned, Key="k", VersionId=made["VersionId"])
    with refused(405, "405", "Method Not Allowed"):
        s3.head_object(Bucket=versioned, Key="k", VersionId=made["VersionId"])
    same(s3.list_objects_v2(Bucket=versioned), 200,
         {"Name": versioned, "Prefix": "", "MaxKeys": 1000, "KeyCount": 0, "IsTruncated": False, "EncodingType": "url"})
    same(s3.list_object_versions(Bucket=versioned), 200,
         listing(versioned, [version("k", b"1", first, False)], [marker("k", made["VersionId"], True)]))
    same(s3.get_object(Bucket=versioned, Key="k", VersionId=first), 200, got(b"1", VersionId=first))


def test_removing_the_marker_brings_the_object_back(s3, versioned):
    first = s3.put_object(Bucket=versioned, Key="k", Body=b"1")["VersionId"]
    made = s3.delete_object(Bucket=versioned, Key="k")["VersionId"]
    same(s3.delete_object(Bucket=versioned, Key="k", VersionId=made), 204, {"DeleteMarker": True, "VersionId": made})
    same(s3.get_object(Bucket=versioned, Key="k"), 200, got(b"1", VersionId=first))


def test_removing_the_latest_version_shows_the_one_before(s3, versioned):
    first = s3.put_object(Bucket=versioned, Key="k", Body=b"1")["VersionId"]
    second = s3.put_object(Bucket=versioned, Key="k", Body=b"2")["VersionId"]
    same(s3.delete_object(Bucket=versioned, Key="k", VersionId=second), 204, {"VersionId": second})
    same(s3.get_object(Bucket=versioned, Key="k"), 200, got(b"1", VersionId=first))
    with refused(404, "NoSuchVersion", "The specified version does not exist.", Key="k", VersionId=second):
        s3.get_object(Bucket=versioned, Key="k", VersionId=second)


def test_a_version_id_that_is_none(s3, versioned):
    s3.put_object(Bucket=versioned, Key="k", Body=b"1")
    with refused(400, "InvalidArgument", "Invalid version id specified", ArgumentName="versionId",
                 ArgumentValue="nonsense"):
        s3.get_object(Bucket=versioned, Key="k", VersionId="nonsense")


def test_what_was_before_versioning_is_the_null_version(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"old")
    turn(s3, bucket, "Enabled")
    same(s3.get_object(Bucket=bucket, Key="k"), 200, got(b"old", VersionId="null"))
    new = s3.put_object(Bucket=bucket, Key="k", Body=b"new")["VersionId"]
    same(s3.get_object(Bucket=bucket, Key="k", VersionId="null"), 200, got(b"old", VersionId="null"))
    same(s3.list_object_versions(Bucket=bucket), 200,
         listing(bucket, [version("k", b"new", new, True), version("k", b"old", "null", False)]))
    same(s3.delete_object(Bucket=bucket, Key="k", VersionId="null"), 204, {"VersionId": "null"})
    same(s3.list_object_versions(Bucket=bucket), 200, listing(bucket, [version("k", b"new", new, True)]))


def test_suspended_writes_the_null_version_over_and_over(s3, versioned):
    first = s3.put_object(Bucket=versioned, Key="k", Body=b"1")["VersionId"]
    turn(s3, versioned, "Suspended")
    same(s3.put_object(Bucket=versioned, Key="k", Body=b"2"), 200, stored(b"2"))
    same(s3.put_object(Bucket=versioned, Key="k", Body=b"3"), 200, stored(b"3"))
    same(s3.list_object_versions(Bucket=versioned), 200,
         listing(versioned, [version("k", b"3", "null", True), version("k", b"1", first, False)]))


def test_suspended_delete_replaces_the_null_version_by_a_marker(s3, versioned):
    first = s3.put_object(Bucket=versioned, Key="k", Body=b"1")["VersionId"]
    turn(s3, versioned, "Suspended")
    s3.put_object(Bucket=versioned, Key="k", Body=b"2")
    same(s3.delete_object(Bucket=versioned, Key="k"), 204, {"DeleteMarker": True, "VersionId": "null"})
    same(s3.list_object_versions(Bucket=versioned), 200,
         listing(versioned, [version("k", b"1", first, False)], [marker("k", "null", True)]))
    same(s3.put_object(Bucket=versioned, Key="k", Body=b"4"), 200, stored(b"4"))
    same(s3.list_object_versions(Bucket=versioned), 200,
         listing(versioned, [version("k", b"4", "null", True), version("k", b"1", first, False)]))


def test_deleting_many_makes_markers(s3, versioned):
    first = s3.put_object(Bucket=versioned, Key="k", Body=b"1")["VersionId"]
    answer = s3.delete_objects(Bucket=versioned, Delete={"Objects": [{"Key": "k"}, {"Key": "none"}]})
    same(answer, 200, {"Deleted": [
        {"Key": "k", "DeleteMarker": True, "DeleteMarkerVersionId": Any(str)},
        {"Key": "none", "DeleteMarker": True, "DeleteMarkerVersionId": Any(str)}]})
    made = answer["Deleted"][0]["DeleteMarkerVersionId"]
    same(s3.delete_objects(Bucket=versioned, Delete={"Objects": [{"Key": "k", "VersionId": made},
                                                                {"Key": "k", "VersionId": first}]}), 200,
         {"Deleted": [{"Key": "k", "VersionId": made, "DeleteMarker": True, "DeleteMarkerVersionId": made},
                      {"Key": "k", "VersionId": first}]})


def test_versions_in_pages(s3, versioned):
    ids = {}
    for key in ("a", "b"):
        ids[key] = [s3.put_object(Bucket=versioned, Key=key, Body=str(n).encode())["VersionId"] for n in range(3)][::-1]
    order = [("a", 0), ("a", 1), ("a", 2), ("b", 0), ("b", 1), ("b", 2)]
    entries = [version(key, str(2 - n).encode(), ids[key][n], n == 0) for key, n in order]
    first = same(s3.list_object_versions(Bucket=versioned, MaxKeys=2), 200,
                 listing(versioned, entries[:2], MaxKeys=2, IsTruncated=True, NextKeyMarker="a",
                         NextVersionIdMarker=ids["a"][1]))
    same(s3.list_object_versions(Bucket=versioned, MaxKeys=2, KeyMarker=first["NextKeyMarker"],
                                 VersionIdMarker=first["NextVersionIdMarker"]), 200,
         listing(versioned, entries[2:4], MaxKeys=2, IsTruncated=True, KeyMarker="a", VersionIdMarker=ids["a"][1],
                 NextKeyMarker="b", NextVersionIdMarker=ids["b"][0]))
    same(s3.list_object_versions(Bucket=versioned, KeyMarker="a"), 200,
         listing(versioned, entries[3:], KeyMarker="a"))
    with refused(400, "InvalidArgument", "A version-id marker cannot be specified without a key marker.",
                 ArgumentName="version-id-marker", ArgumentValue=ids["a"][1]):
        s3.list_object_versions(Bucket=versioned, VersionIdMarker=ids["a"][1])


def test_versions_with_prefix_and_delimiter(s3, versioned):
    ids = {key: s3.put_object(Bucket=versioned, Key=key, Body=b"")["VersionId"] for key in ("x/1", "x/2", "x", "y/1")}
    same(s3.list_object_versions(Bucket=versioned, Delimiter="/"), 200,
         listing(versioned, [version("x", b"", ids["x"], True)], Delimiter="/",
                 CommonPrefixes=[{"Prefix": "x/"}, {"Prefix": "y/"}]))
    same(s3.list_object_versions(Bucket=versioned, Prefix="x/"), 200,
         listing(versioned, [version(key, b"", ids[key], True) for key in ("x/1", "x/2")], Prefix="x/"))


def test_multipart_makes_a_version(s3, versioned):
    where = {"Bucket": versioned, "Key": "k"}
    where["UploadId"] = s3.create_multipart_upload(**where)["UploadId"]
    part = s3.upload_part(**where, PartNumber=1, Body=b"data")
    answer = s3.complete_multipart_upload(
        **where, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    assert s3.get_object(Bucket=versioned, Key="k", VersionId=answer["VersionId"])["Body"].read() == b"data"


def test_tags_belong_to_a_version(s3, versioned):
    first = s3.put_object(Bucket=versioned, Key="k", Body=b"1", Tagging="v=1")["VersionId"]
    second = s3.put_object(Bucket=versioned, Key="k", Body=b"2")["VersionId"]
    same(s3.get_object_tagging(Bucket=versioned, Key="k", VersionId=first), 200,
         {"TagSet": [{"Key": "v", "Value": "1"}], "VersionId": first})
    same(s3.get_object_tagging(Bucket=versioned, Key="k"), 200, {"TagSet": [], "VersionId": second})
    same(s3.put_object_tagging(Bucket=versioned, Key="k", Tagging={"TagSet": [{"Key": "v", "Value": "2"}]}), 200,
         {"VersionId": second})
    same(s3.delete_object_tagging(Bucket=versioned, Key="k", VersionId=first), 204, {"VersionId": first})
    same(s3.get_object_tagging(Bucket=versioned, Key="k", VersionId=first), 200, {"TagSet": [], "VersionId": first})


def test_tags_of_a_delete_marker(s3, versioned):
    s3.put_object(Bucket=versioned, Key="k", Body=b"1")
    made = s3.delete_object(Bucket=versioned, Key="k")["VersionId"]
    with refused(405, "MethodNotAllowed", NO_METHOD, Method="GET", ResourceType="DeleteMarker"):
        s3.get_object_tagging(Bucket=versioned, Key="k", VersionId=made)
