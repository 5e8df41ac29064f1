"""Lifecycle rules: what is valid, and what becomes of objects as time passes."""

import concurrent.futures
import datetime
import json

import pytest
from answers import refused, same
from policies import let_s3_send
from s3_answers import MALFORMED_XML

DAY = 24 * 3600
MINIMUM = "all_storage_classes_128K"


def rule(name="r", **more):
    return {"ID": name, "Filter": {}, "Status": "Enabled", **more}


def put(s3, bucket, *rules, **more):
    return s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": list(rules)}, **more)


RULES = [
    rule("days", Filter={"Prefix": "a/"}, Expiration={"Days": 365},
         Transitions=[{"Days": 30, "StorageClass": "STANDARD_IA"}, {"Days": 90, "StorageClass": "GLACIER"}]),
    rule("date", Filter={"Tag": {"Key": "k", "Value": "v"}}, Status="Disabled",
         Expiration={"Date": datetime.datetime(2035, 1, 1, tzinfo=datetime.timezone.utc)}),
    rule("old", Filter={"And": {"Prefix": "b", "Tags": [{"Key": "k", "Value": "v"}, {"Key": "l", "Value": ""}],
                                "ObjectSizeGreaterThan": 5, "ObjectSizeLessThan": 50}},
         NoncurrentVersionExpiration={"NoncurrentDays": 40, "NewerNoncurrentVersions": 3},
         NoncurrentVersionTransitions=[{"NoncurrentDays": 30, "StorageClass": "ONEZONE_IA"}]),
    rule("marker", Filter={"Prefix": ""}, Expiration={"ExpiredObjectDeleteMarker": True},
         AbortIncompleteMultipartUpload={"DaysAfterInitiation": 2}),
    {"ID": "dialect", "Prefix": "c", "Status": "Enabled", "Expiration": {"Days": 1}},
    rule("large", Filter={"ObjectSizeGreaterThan": 0}, Transitions=[{"Days": 0, "StorageClass": "DEEP_ARCHIVE"}]),
    rule("small", Filter={"ObjectSizeLessThan": 9}, Expiration={"Days": 1}),
]


def test_a_configuration_comes_back(s3, bucket):
    with refused(404, "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", BucketName=bucket):
        s3.get_bucket_lifecycle_configuration(Bucket=bucket)
    same(put(s3, bucket, *RULES), 200, {"TransitionDefaultMinimumObjectSize": MINIMUM})
    same(s3.get_bucket_lifecycle_configuration(Bucket=bucket), 200,
         {"Rules": RULES, "TransitionDefaultMinimumObjectSize": MINIMUM})
    varies = "varies_by_storage_class"
    same(put(s3, bucket, RULES[0], TransitionDefaultMinimumObjectSize=varies), 200,
         {"TransitionDefaultMinimumObjectSize": varies})
    same(s3.get_bucket_lifecycle_configuration(Bucket=bucket), 200,
         {"Rules": RULES[:1], "TransitionDefaultMinimumObjectSize": varies})
    same(s3.delete_bucket_lifecycle(Bucket=bucket), 204, {})
    same(s3.delete_bucket_lifecycle(Bucket=bucket), 204, {})
    with refused(404, "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", BucketName=bucket):
        s3.get_bucket_lifecycle_configuration(Bucket=bucket)


def test_a_rule_gets_a_name(s3, bucket):
    put(s3, bucket, {"Prefix": "", "Status": "Enabled", "Expiration": {"Days": 1}})
    assert len(s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"][0]["ID"]) > 8


@pytest.mark.parametrize(("rules", "code", "message"), [
    ([], "MalformedXML", MALFORMED_XML),
    ([{"ID": "r", "Status": "Enabled", "Expiration": {"Days": 1}}], "MalformedXML", MALFORMED_XML),
    ([rule(Prefix="a", Expiration={"Days": 1})], "MalformedXML", MALFORMED_XML),
    ([rule(Status="enabled", Expiration={"Days": 1})], "MalformedXML", MALFORMED_XML),
    ([rule(Expiration={"Days": 1, "ExpiredObjectDeleteMarker": True})], "MalformedXML", MALFORMED_XML),
    ([rule(Filter={"And": {"Prefix": "a"}}, Expiration={"Days": 1})], "MalformedXML", MALFORMED_XML),
    ([rule(Filter={"Prefix": "a", "ObjectSizeLessThan": 1}, Expiration={"Days": 1})], "MalformedXML", MALFORMED_XML),
    ([rule(Expiration={"Days": 0})], "InvalidArgument", "'Days' for Expiration action must be a positive integer"),
    ([rule(Expiration={"Date": datetime.datetime(2035, 1, 1, 1)})], "InvalidArgument",
     "'Date' must be at midnight GMT"),
    ([rule("x" * 256, Expiration={"Days": 1})], "InvalidArgument",
     "ID length should not exceed allowed limit of 255"),
    ([rule(Expiration={"Days": 1}), rule(Expiration={"Days": 2})], "InvalidArgument",
     "Rule ID must be unique. Found same ID for more than one rule"),
    ([rule()], "InvalidRequest", "At least one action needs to be specified in a rule"),
    ([rule(Transitions=[{"Days": 29, "StorageClass": "STANDARD_IA"}])], "InvalidArgument",
     "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'"),
    ([rule(Expiration={"Days": 30}, Transitions=[{"Days": 30, "StorageClass": "GLACIER"}])], "InvalidArgument",
     "'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition action"),
    ([rule(Filter={"Tag": {"Key": "k", "Value": "v"}}, AbortIncompleteMultipartUpload={"DaysAfterInitiation": 1})],
     "InvalidRequest", "AbortIncompleteMultipartUpload cannot be specified with Tags."),
    ([rule(Filter={"And": {"Tags": [{"Key": "k", "Value": "v"}, {"Key": "k", "Value": "w"}]}},
           Expiration={"Days": 1})], "InvalidRequest", "Duplicate Tag Keys are not allowed."),
    ([rule(NoncurrentVersionExpiration={"NoncurrentDays": 0})], "InvalidArgument",
     "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer"),
])
def test_rules_that_are_none(s3, bucket, rules, code, message):
    with pytest.raises(s3.exceptions.ClientError) as error:
        put(s3, bucket, *rules)
    seen = error.value.response
    assert (seen["ResponseMetadata"]["HTTPStatusCode"], seen["Error"]["Code"], seen["Error"]["Message"]) \
        == (400, code, message)


def test_an_answer_says_when_the_object_goes(s3, bucket):
    put(s3, bucket, rule("my rule/1", Filter={"Prefix": "a"}, Expiration={"Days": 3}),
        rule("up", Filter={"Prefix": "a"}, AbortIncompleteMultipartUpload={"DaysAfterInitiation": 2}))
    now = datetime.datetime.now(datetime.timezone.utc)
    midnight = (now + datetime.timedelta(days=4)).replace(hour=0, minute=0, second=0, microsecond=0)
    expected = f'expiry-date="{midnight:%a, %d %b %Y %H:%M:%S} GMT", rule-id="my%20rule/1"'
    seen = {
        s3.put_object(Bucket=bucket, Key="a", Body=b"x")["Expiration"],
        s3.head_object(Bucket=bucket, Key="a")["Expiration"],
        s3.get_object(Bucket=bucket, Key="a")["Expiration"],
        s3.copy_object(Bucket=bucket, Key="ab", CopySource=f"{bucket}/a")["Expiration"],
    }
    upload = s3.create_multipart_upload(Bucket=bucket, Key="ac")
    assert (upload["AbortDate"], upload["AbortRuleId"]) == (midnight - datetime.timedelta(days=1), "up")
    parts = s3.list_parts(Bucket=bucket, Key="ac", UploadId=upload["UploadId"])
    assert (parts["AbortDate"], parts["AbortRuleId"]) == (upload["AbortDate"], "up")
    part = s3.upload_part(Bucket=bucket, Key="ac", UploadId=upload["UploadId"], PartNumber=1, Body=b"x")
    done = s3.complete_multipart_upload(Bucket=bucket, Key="ac", UploadId=upload["UploadId"],
                                        MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    assert seen | {done["Expiration"]} == {expected}
    assert "Expiration" not in s3.put_object(Bucket=bucket, Key="b", Body=b"x")


def keys(s3, bucket):
    return [one["Key"] for one in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]


def history(s3, bucket):
    found = s3.list_object_versions(Bucket=bucket)
    return [v["VersionId"] for v in found.get("Versions", [])], [m["VersionId"] for m in found.get("DeleteMarkers", [])]


def test_objects_expire_at_midnight(own_server, own_aws, eventually):
    s3, sqs = own_aws.client("s3"), own_aws.client("sqs")
    s3.create_bucket(Bucket="plain")
    url = sqs.create_queue(QueueName="told")["QueueUrl"]
    arn = let_s3_send(sqs, url, "plain")
    s3.put_bucket_notification_configuration(Bucket="plain", NotificationConfiguration={
        "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:LifecycleExpiration:*", "s3:LifecycleTransition"]}]})
    put(s3, "plain",
        rule("days", Filter={"Prefix": "a"}, Expiration={"Days": 2}),
        rule("tagged", Filter={"Tag": {"Key": "k", "Value": "v"}}, Expiration={"Days": 1}),
        rule("move", Filter={"Prefix": "m"}, Transitions=[{"Days": 3, "StorageClass": "GLACIER"}]),
        rule("up", Filter={"Prefix": "u"}, AbortIncompleteMultipartUpload={"DaysAfterInitiation": 1}))
    s3.put_object(Bucket="plain", Key="a1", Body=b"x")
    s3.put_object(Bucket="plain", Key="a2", Body=b"x", Tagging="k=v")
    s3.put_object(Bucket="plain", Key="b", Body=b"x", Tagging="k=w")
    s3.put_object(Bucket="plain", Key="m1", Body=b"x" * 131_072)
    s3.put_object(Bucket="plain", Key="m2", Body=b"small")
    s3.create_multipart_upload(Bucket="plain", Key="u")
    own_server.forward(2 * DAY)
    eventually(lambda: keys(s3, "plain") == ["a1", "b", "m1", "m2"])
    eventually(lambda: "Uploads" not in s3.list_multipart_uploads(Bucket="plain"))
    own_server.restart()
    own_server.forward(DAY)
    eventually(lambda: keys(s3, "plain") == ["b", "m1", "m2"])
    own_server.forward(DAY)
    eventually(lambda: s3.head_object(Bucket="plain", Key="m1").get("StorageClass") == "GLACIER")
    assert "StorageClass" not in s3.head_object(Bucket="plain", Key="m2")
    with refused(403, "InvalidObjectState", "The operation is not valid for the object's storage class",
                 StorageClass="GLACIER"):
        s3.get_object(Bucket="plain", Key="m1")
    told = []

    def all_told():
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
            for record in json.loads(message["Body"]).get("Records", []):
                told.append((record["eventName"], record["s3"]["object"]["key"],
                             record["userIdentity"]["principalId"], record.get("lifecycleEventData")))
        return len(told) >= 3
    eventually(all_told)
    moved = {"transitionEventData": {"destinationStorageClass": "GLACIER"}}
    assert sorted(told, key=lambda one: one[1]) == [
        ("LifecycleExpiration:Delete", "a1", "s3.amazonaws.com", None),
        ("LifecycleExpiration:Delete", "a2", "s3.amazonaws.com", None),
        ("LifecycleTransition", "m1", "s3.amazonaws.com", moved)]


def test_versions_expire(own_server, own_aws, eventually):
    s3 = own_aws.client("s3")
    s3.create_bucket(Bucket="versioned", ObjectLockEnabledForBucket=True)
    put(s3, "versioned",
        rule("keep", Filter={"Prefix": "k"}, NoncurrentVersionExpiration={"NoncurrentDays": 1, "NewerNoncurrentVersions": 2}),
        rule("current", Filter={"Prefix": "c"}, Expiration={"Days": 1}, NoncurrentVersionExpiration={"NoncurrentDays": 1}))
    kept = [s3.put_object(Bucket="versioned", Key="k", Body=b"x")["VersionId"] for _ in range(6)]
    s3.put_object_legal_hold(Bucket="versioned", Key="k", VersionId=kept[0], LegalHold={"Status": "ON"})
    current = s3.put_object(Bucket="versioned", Key="c", Body=b"x")["VersionId"]
    own_server.forward(2 * DAY)
    eventually(lambda: len(history(s3, "versioned")[1]) == 1)
    # The latest, the two newest behind it, and the one that is held.
    eventually(lambda: set(history(s3, "versioned")[0]) == {current, kept[5], kept[4], kept[3], kept[0]})
    # What the marker hides goes next, and then the marker.
    own_server.forward(2 * DAY)
    eventually(lambda: set(history(s3, "versioned")[0]) == {kept[5], kept[4], kept[3], kept[0]})
    own_server.forward(2 * DAY)
    eventually(lambda: history(s3, "versioned")[1] == [])


def test_versions_change_their_class(own_server, own_aws, eventually):
    """So long after they were replaced, all but the newest of them."""
    s3 = own_aws.client("s3")
    s3.create_bucket(Bucket="versioned")
    s3.put_bucket_versioning(Bucket="versioned", VersioningConfiguration={"Status": "Enabled"})
    put(s3, "versioned", rule("move", NoncurrentVersionTransitions=[
        {"NoncurrentDays": 30, "StorageClass": "STANDARD_IA", "NewerNoncurrentVersions": 1},
        {"NoncurrentDays": 90, "StorageClass": "GLACIER", "NewerNoncurrentVersions": 1}]))
    body = bytes(200_000)
    versions = [s3.put_object(Bucket="versioned", Key="k", Body=body)["VersionId"] for _ in range(4)]
    small = [s3.put_object(Bucket="versioned", Key="small", Body=b"x")["VersionId"] for _ in range(3)]

    def classes(key, ids):
        listed = s3.list_object_versions(Bucket="versioned", Prefix=key)["Versions"]
        by_id = {one["VersionId"]: one["StorageClass"] for one in listed}
        return [by_id[version] for version in ids]

    own_server.forward(32 * DAY)
    eventually(lambda: classes("k", versions) == ["STANDARD_IA"] * 2 + ["STANDARD"] * 2)
    own_server.forward(60 * DAY)
    eventually(lambda: classes("k", versions) == ["GLACIER"] * 2 + ["STANDARD"] * 2)
    # Objects under 128 KiB stay where they are.
    assert classes("small", small) == ["STANDARD"] * 3
    with pytest.raises(s3.exceptions.ClientError, match="InvalidObjectState"):
        s3.get_object(Bucket="versioned", Key="k", VersionId=versions[0])


def test_rules_are_followed_over_many_pages(own_server, own_aws, eventually):
    """A pass reads 500 versions at a time, and goes on where it was after the server was killed."""
    s3 = own_aws.client("s3", max_pool_connections=16)
    s3.create_bucket(Bucket="many")
    put(s3, "many", rule("old", Filter={"Prefix": "old/"}, Expiration={"Days": 1}))
    keys = [f"{('old', 'new')[number % 2]}/{number:04}" for number in range(1200)]
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda key: s3.put_object(Bucket="many", Key=key, Body=b"x"), keys))
    own_server.forward(2 * DAY)
    own_server.kill()
    own_server.start()
    count = lambda prefix: sum(page["KeyCount"] for page in s3.get_paginator("list_objects_v2").paginate(
        Bucket="many", Prefix=prefix))
    eventually(lambda: count("old/") == 0, seconds=120)
    assert count("new/") == 600


def test_what_is_archived_is_restored_for_a_while(own_server, own_aws, eventually):
    s3 = own_aws.client("s3")
    s3.create_bucket(Bucket="archive")
    s3.put_object(Bucket="archive", Key="k", Body=b"cold", StorageClass="GLACIER")
    s3.put_object(Bucket="archive", Key="warm", Body=b"warm")
    days = {"Days": 1, "GlacierJobParameters": {"Tier": "Standard"}}
    with refused(403, "InvalidObjectState", "Restore is not allowed for the object's current storage class",
                 StorageClass="STANDARD"):
        s3.restore_object(Bucket="archive", Key="warm", RestoreRequest=days)
    with refused(404, "NoSuchKey", "The specified key does not exist.", Key="none"):
        s3.restore_object(Bucket="archive", Key="none", RestoreRequest=days)
    same(s3.restore_object(Bucket="archive", Key="k", RestoreRequest=days), 202, {})
    with refused(409, "RestoreAlreadyInProgress", "Object restore is already in progress"):
        s3.restore_object(Bucket="archive", Key="k", RestoreRequest=days)
    assert s3.head_object(Bucket="archive", Key="k")["Restore"] == 'ongoing-request="true"'
    asked = {"Bucket": "archive", "OptionalObjectAttributes": ["RestoreStatus"]}
    assert s3.list_objects_v2(**asked)["Contents"][0]["RestoreStatus"] == {"IsRestoreInProgress": True}
    assert "RestoreStatus" not in s3.list_objects_v2(Bucket="archive")["Contents"][0]
    own_server.forward(5 * 3600)
    got = s3.get_object(Bucket="archive", Key="k")
    assert got["Body"].read() == b"cold" and got["StorageClass"] == "GLACIER"
    assert got["Restore"].startswith('ongoing-request="false", expiry-date="')
    status = s3.list_object_versions(**asked)["Versions"][0]["RestoreStatus"]
    assert not status["IsRestoreInProgress"] and status["RestoreExpiryDate"].hour == 0
    same(s3.restore_object(Bucket="archive", Key="k", RestoreRequest={"Days": 2}), 200, {})
    own_server.forward(4 * DAY)
    assert "Restore" not in s3.head_object(Bucket="archive", Key="k")
    with pytest.raises(s3.exceptions.ClientError, match="InvalidObjectState"):
        s3.get_object(Bucket="archive", Key="k")
