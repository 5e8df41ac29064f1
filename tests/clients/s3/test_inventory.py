"""Inventories: the reports that are written, and who must let them in."""

import base64
import csv
import gzip
import hashlib
import io
import json
import re
import time
from urllib.parse import unquote_plus

import pytest
from aws import ACCOUNT, Aws
from identities import allow
from identities import document as policy
from server import Server

TO = {"Bucket": "arn:aws:s3:::reports", "Format": "CSV", "Prefix": "in"}
ALL = ["Size", "LastModifiedDate", "StorageClass", "ETag", "IsMultipartUploaded", "ReplicationStatus", "EncryptionStatus",
       "ObjectLockRetainUntilDate", "ObjectLockMode", "ObjectLockLegalHoldStatus", "IntelligentTieringAccessTier",
       "BucketKeyStatus", "ChecksumAlgorithm", "ObjectAccessControlList", "ObjectOwner", "LifecycleExpirationDate"]

DAY = 24 * 3600


@pytest.fixture
def house():
    """A server with a bucket `site`, and a bucket `reports` that lets its reports in, in the words of AWS's guide."""
    with Server() as server:
        s3 = Aws(server).client("s3")
        for one in ("site", "reports"):
            s3.create_bucket(Bucket=one)
        s3.put_bucket_policy(Bucket="reports", Policy=policy(allow(
            "s3:PutObject", "arn:aws:s3:::reports/*", Principal={"Service": "s3.amazonaws.com"}, Condition={
                "ArnLike": {"aws:SourceArn": "arn:aws:s3:::site"},
                "StringEquals": {"aws:SourceAccount": ACCOUNT, "s3:x-amz-acl": "bucket-owner-full-control"}})))
        yield server, s3


def configure(s3, to=None, **more):
    s3.put_bucket_inventory_configuration(Bucket="site", Id="all", InventoryConfiguration={
        "Id": "all", "IsEnabled": True, "IncludedObjectVersions": "Current", "Schedule": {"Frequency": "Daily"},
        "Destination": {"S3BucketDestination": {**TO, **(to or {})}}, **more})


def manifests(s3):
    found = s3.list_objects_v2(Bucket="reports").get("Contents", [])
    return sorted(one["Key"] for one in found if one["Key"].endswith("manifest.checksum"))


def reported(server, s3, eventually, wanted=1, forward=0):
    """The rows of the newest report, once so many are there; with everything that stands beside them."""
    server.forward(forward)

    def look():
        server.forward(70)
        return len(manifests(s3)) >= wanted
    eventually(look)
    checksum = manifests(s3)[-1]
    match = re.fullmatch(r"in/site/all/(\d{4}-\d\d-\d\d)T(\d\d-\d\d)Z/manifest.checksum", checksum)
    assert match, checksum
    read = lambda key: s3.get_object(Bucket="reports", Key=key)["Body"].read()  # noqa: E731
    text = read(checksum.replace(".checksum", ".json"))
    assert hashlib.md5(text).hexdigest() == read(checksum).decode()
    manifest = json.loads(text)
    assert {name: manifest[name] for name in ("sourceBucket", "destinationBucket", "version", "fileFormat")} == {
        "sourceBucket": "site", "destinationBucket": "arn:aws:s3:::reports", "version": "2016-11-30",
        "fileFormat": "CSV"}
    assert manifest["creationTimestamp"].isdigit()
    links = read(f"in/site/all/hive/dt={match[1]}-{match[2]}/symlink.txt").decode().splitlines()
    assert links == [f"s3://reports/{one['key']}" for one in manifest["files"]]
    rows, columns = [], manifest["fileSchema"].split(", ")
    for one in manifest["files"]:
        assert re.fullmatch(r"in/site/all/data/[0-9a-f-]{36}\.csv\.gz", one["key"])
        data = read(one["key"])
        assert (len(data), hashlib.md5(data).hexdigest()) == (one["size"], one["MD5checksum"])
        for row in csv.reader(io.StringIO(gzip.decompress(data).decode())):
            rows.append(dict(zip(columns, row, strict=True)))
    return columns, rows


def test_current_objects(house, eventually):
    server, s3 = house
    s3.put_object(Bucket="site", Key="a b/é\",", Body=b"12345", StorageClass="STANDARD_IA")
    upload = s3.create_multipart_upload(Bucket="site", Key="parts")["UploadId"]
    part = s3.upload_part(Bucket="site", Key="parts", UploadId=upload, PartNumber=1, Body=b"x")
    whole = s3.complete_multipart_upload(Bucket="site", Key="parts", UploadId=upload, MultipartUpload={
        "Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    s3.put_bucket_lifecycle_configuration(Bucket="site", LifecycleConfiguration={"Rules": [
        {"ID": "r", "Status": "Enabled", "Filter": {"Prefix": "parts"}, "Expiration": {"Days": 30}}]})
    configure(s3, OptionalFields=ALL)
    columns, rows = reported(server, s3, eventually)
    assert columns == ["Bucket", "Key", "Size", "LastModifiedDate", "ETag", "StorageClass", "IsMultipartUploaded",
                       "ReplicationStatus", "EncryptionStatus", "ObjectLockRetainUntilDate", "ObjectLockMode",
                       "ObjectLockLegalHoldStatus", "IntelligentTieringAccessTier", "BucketKeyStatus",
                       "ChecksumAlgorithm", "ObjectAccessControlList", "ObjectOwner", "LifecycleExpirationDate"]
    first, second = rows
    owner = s3.list_buckets()["Owner"]["ID"]
    listed = json.loads(base64.b64decode(first.pop("ObjectAccessControlList")))
    assert listed == {"version": "2022-11-10", "status": "AVAILABLE", "grants": [
        {"canonicalId": owner, "type": "CanonicalUser", "permissions": ["FULL_CONTROL"]}]}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z", first.pop("LastModifiedDate"))
    assert unquote_plus(first.pop("Key")) == "a b/é\","
    assert first == {"Bucket": "site", "Size": "5", "ETag": hashlib.md5(b"12345").hexdigest(),
                     "StorageClass": "STANDARD_IA", "IsMultipartUploaded": "false", "ReplicationStatus": "",
                     "EncryptionStatus": "SSE-S3", "ObjectLockRetainUntilDate": "", "ObjectLockMode": "",
                     "ObjectLockLegalHoldStatus": "", "IntelligentTieringAccessTier": "", "BucketKeyStatus": "DISABLED",
                     "ChecksumAlgorithm": "CRC32", "ObjectOwner": owner, "LifecycleExpirationDate": ""}
    assert (second["Key"], second["IsMultipartUploaded"], second["ETag"]) == ("parts", "true", whole["ETag"].strip('"'))
    assert second["LifecycleExpirationDate"].endswith("T00:00:00.000Z")
    for one in s3.list_objects_v2(Bucket="reports")["Contents"]:
        assert s3.head_object(Bucket="reports", Key=one["Key"])["ServerSideEncryption"] == "AES256"


def test_all_versions_with_a_prefix(house, eventually):
    server, s3 = house
    s3.put_bucket_versioning(Bucket="site", VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket="site", Key="in/a", Body=b"1")["VersionId"]
    second = s3.put_object(Bucket="site", Key="in/a", Body=b"12")["VersionId"]
    gone = s3.put_object(Bucket="site", Key="in/b", Body=b"123")["VersionId"]
    marker = s3.delete_object(Bucket="site", Key="in/b")["VersionId"]
    for key in ("a", "in", "inx", "z"):
        s3.put_object(Bucket="site", Key=key, Body=b"x")
    configure(s3, IncludedObjectVersions="All", Filter={"Prefix": "in/"}, OptionalFields=["Size"])
    columns, rows = reported(server, s3, eventually)
    assert columns == ["Bucket", "Key", "VersionId", "IsLatest", "IsDeleteMarker", "Size"]
    assert [tuple(row.values())[1:] for row in rows] == [
        ("in/a", second, "true", "false", "2"), ("in/a", first, "false", "false", "1"),
        ("in/b", marker, "true", "true", ""), ("in/b", gone, "false", "false", "3")]
    configure(s3, Filter={"Prefix": "in/"})
    columns, rows = reported(server, s3, eventually, 2)
    assert [row["Key"] for row in rows] == ["in/a"] and columns == ["Bucket", "Key"]


def test_days_and_weeks(house, eventually):
    server, s3 = house
    server.forward(DAY - int(time.time()) % DAY)  # far from the next midnight
    s3.put_object(Bucket="site", Key="k", Body=b"x")
    configure(s3)
    reported(server, s3, eventually)
    for wanted in (2, 3):
        reported(server, s3, eventually, wanted, forward=DAY)
    # A bucket of many pages, in one file.
    for i in range(1200):
        s3.put_object(Bucket="site", Key=f"many/{i:04}", Body=b"")
    _, rows = reported(server, s3, eventually, 4, forward=DAY)
    assert [row["Key"] for row in rows] == ["k", *(f"many/{i:04}" for i in range(1200))]
    s3.delete_bucket_inventory_configuration(Bucket="site", Id="all")
    server.forward(5 * DAY)
    s3.put_bucket_inventory_configuration(Bucket="site", Id="off", InventoryConfiguration={
        "Id": "off", "IsEnabled": False, "IncludedObjectVersions": "Current", "Schedule": {"Frequency": "Weekly"},
        "Destination": {"S3BucketDestination": TO}})
    server.forward(5 * DAY)
    assert len(manifests(s3)) == 4


def test_encryption_and_a_restart(house, eventually):
    server, s3 = house
    kms = Aws(server).client("kms")
    key = kms.create_key(Policy=policy(
        allow("kms:*", "*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"}),
        allow("kms:GenerateDataKey", "*", Principal={"Service": "s3.amazonaws.com"})))["KeyMetadata"]["Arn"]
    s3.put_object(Bucket="site", Key="k", Body=b"x")
    configure(s3, to={"Encryption": {"SSEKMS": {"KeyId": key}}})
    server.restart(how=9)
    _, rows = reported(server, s3, eventually)
    assert [row["Key"] for row in rows] == ["k"]
    for one in s3.list_objects_v2(Bucket="reports")["Contents"]:
        head = s3.head_object(Bucket="reports", Key=one["Key"])
        assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", key)


def test_destinations_that_do_not_let_reports_in(house, eventually):
    server, s3 = house
    s3.delete_bucket_policy(Bucket="reports")
    s3.put_object(Bucket="site", Key="k", Body=b"x")
    configure(s3)

    def tried():
        server.forward(70)
        return "a report is not taken" in server.log_text()
    eventually(tried)
    assert "Contents" not in s3.list_objects_v2(Bucket="reports")
    # The account that is named must be the owner.
    s3.put_bucket_policy(Bucket="reports", Policy=policy(allow(
        "s3:PutObject", "arn:aws:s3:::reports/*", Principal={"Service": "s3.amazonaws.com"})))
    configure(s3, to={"AccountId": "111122223333"})
    server.forward(70)
    configure(s3, to={"AccountId": ACCOUNT})
    reported(server, s3, eventually)
