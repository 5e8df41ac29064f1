"""Replication between buckets of one region and of two, in the role that the configuration names."""

import hashlib
import json

import pytest
from answers import Text, refused, same
from identities import allow, deny
from policies import let_s3_send
from replicating import READ, WRITE, arn, make, rule
from roles import Role, trust
from s3_answers import MALFORMED_XML, got, head

PART = 5 * 1024 * 1024
NOT_FOUND = "The replication configuration was not found"
OLDER_SCHEMA = (" must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 "
                "Developer Guide for more information.")


@pytest.fixture
def role(aws, iam, name):
    """A role that S3 may act in, with all rights that a replication needs."""
    made = Role(aws, iam, name("role"), trust({"Service": "s3.amazonaws.com"}))
    made.may(allow(READ + WRITE))
    return made


@pytest.fixture
def source(s3, name):
    return make(s3, name("source"))


@pytest.fixture
def target(s3, name):
    return make(s3, name("target"))


@pytest.fixture
def replicate(s3, source, role):
    """Puts rules on the source."""
    def put(*rules, **more):
        return s3.put_bucket_replication(Bucket=source, ReplicationConfiguration={"Role": role.arn, "Rules": list(rules)},
                                         **more)
    return put


@pytest.fixture
def settled(s3, source, eventually):
    """Waits until the replication of a key has ended, and answers how."""
    def wait(key, **which):
        seen = {}

        def is_settled():
            seen["status"] = s3.head_object(Bucket=source, Key=key, **which).get("ReplicationStatus")
            return seen["status"] != "PENDING"
        eventually(is_settled)
        return seen["status"]
    return wait


def test_a_replica_is_what_its_source_is(s3, source, target, replicate, settled):
    same(replicate(rule(target)), 200, {})
    tags = [{"Key": "colour", "Value": "blue"}]
    put = s3.put_object(Bucket=source, Key="a/k", Body=b"data", Metadata={"m": "1"}, Tagging="colour=blue",
                        ContentType="text/plain", CacheControl="no-cache")
    assert settled("a/k") == "COMPLETED"
    same(s3.get_object(Bucket=target, Key="a/k"), 200,
         got(b"data", Metadata={"m": "1"}, ContentType="text/plain", CacheControl="no-cache", TagCount=1,
             VersionId=put["VersionId"], ReplicationStatus="REPLICA"))
    same(s3.head_object(Bucket=source, Key="a/k"), 200,
         head(b"data", Metadata={"m": "1"}, ContentType="text/plain", CacheControl="no-cache", TagCount=1,
              VersionId=put["VersionId"], ReplicationStatus="COMPLETED"))
    assert s3.get_object_tagging(Bucket=target, Key="a/k")["TagSet"] == tags
    times = [s3.head_object(Bucket=bucket, Key="a/k")["LastModified"] for bucket in (source, target)]
    assert times[0] == times[1]


@pytest.mark.parametrize("size", [0, 3_000, 100_000, 3_000_000])
def test_bodies_of_every_size(s3, source, target, replicate, settled, size):
    replicate(rule(target))
    body = hashlib.sha256(str(size).encode()).digest() * (size // 32 + 1)
    s3.put_object(Bucket=source, Key="k", Body=body[:size])
    assert settled("k") == "COMPLETED"
    assert s3.get_object(Bucket=target, Key="k")["Body"].read() == body[:size]


@pytest.mark.parametrize("sizes", [[1_000], [PART, 10]])
def test_uploads_in_parts_keep_their_tag(s3, source, target, replicate, settled, sizes):
    replicate(rule(target))
    upload = s3.create_multipart_upload(Bucket=source, Key="k")["UploadId"]
    parts = [{"PartNumber": number, "ETag": s3.upload_part(Bucket=source, Key="k", UploadId=upload, PartNumber=number,
                                                           Body=bytes([number]) * size)["ETag"]}
             for number, size in enumerate(sizes, 1)]
    tag = s3.complete_multipart_upload(Bucket=source, Key="k", UploadId=upload, MultipartUpload={"Parts": parts})["ETag"]
    assert settled("k") == "COMPLETED"
    replica = s3.get_object(Bucket=target, Key="k")
    assert replica["ETag"] == tag
    assert replica["Body"].read() == b"".join(bytes([number]) * size for number, size in enumerate(sizes, 1))


def test_versions_come_in_order_and_once(s3, source, target, replicate, settled):
    replicate(rule(target))
    for number in range(20):
        version = s3.put_object(Bucket=source, Key="k", Body=b"%d" % number)["VersionId"]
    assert settled("k", VersionId=version) == "COMPLETED"
    listed = s3.list_object_versions(Bucket=target)["Versions"]
    bodies = [s3.get_object(Bucket=target, Key="k", VersionId=entry["VersionId"])["Body"].read() for entry in listed]
    assert bodies == [b"%d" % number for number in reversed(range(20))]


def test_copies_are_replicated_and_replicas_are_not(s3, source, target, role, replicate, settled, name):
    third = make(s3, name("third"))
    replicate(rule(target))
    s3.put_bucket_replication(Bucket=target, ReplicationConfiguration={"Role": role.arn, "Rules": [rule(third)]})
    s3.put_object(Bucket=source, Key="k", Body=b"1")
    s3.copy_object(Bucket=source, Key="copy", CopySource=f"{source}/k")
    assert settled("k") == settled("copy") == "COMPLETED"
    assert s3.head_object(Bucket=target, Key="copy")["ReplicationStatus"] == "REPLICA"
    # What comes later than both has gone on; had they, it would be behind them.
    s3.put_object(Bucket=target, Key="k", Body=b"2")
    s3.get_waiter("object_exists").wait(Bucket=third, Key="k", WaiterConfig={"Delay": 1})
    assert [entry["Key"] for entry in s3.list_object_versions(Bucket=third)["Versions"]] == ["k"]


def test_a_replica_has_the_id_of_its_source(s3, source, target, replicate, settled):
    """And is found by it, whatever is asked of it."""
    replicate(rule(target))
    first, second = (s3.put_object(Bucket=source, Key="k", Body=body)["VersionId"] for body in (b"1", b"2"))
    assert settled("k") == "COMPLETED"
    listed = s3.list_object_versions(Bucket=target)["Versions"]
    assert [(one["VersionId"], one["IsLatest"]) for one in listed] == [(second, True), (first, False)]
    page = s3.list_object_versions(Bucket=target, KeyMarker="k", VersionIdMarker=second)["Versions"]
    assert [one["VersionId"] for one in page] == [first]
    assert s3.get_object(Bucket=target, Key="k", VersionId=first)["Body"].read() == b"1"
    s3.put_object_tagging(Bucket=target, Key="k", VersionId=first, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    assert s3.head_object(Bucket=target, Key="k", VersionId=first)["TagCount"] == 1
    answer = s3.delete_objects(Bucket=target, Delete={"Objects": [
        {"Key": "k", "VersionId": first}, {"Key": "other", "VersionId": second}]})
    assert [one["VersionId"] for one in answer["Deleted"]] == [first]
    assert [one["Code"] for one in answer["Errors"]] == ["NoSuchVersion"]
    s3.delete_object(Bucket=target, Key="k", VersionId=second)
    assert "Versions" not in s3.list_object_versions(Bucket=target)
    for version in (first, second):
        with refused(404, "NoSuchVersion", "The specified version does not exist.", Key="k", VersionId=version):
            s3.get_object(Bucket=target, Key="k", VersionId=version)


def test_buckets_that_replicate_into_each_other_end_up_alike(s3, source, target, role, replicate, eventually):
    """What was written last is the latest in both."""
    replicate(rule(target))
    s3.put_bucket_replication(Bucket=target, ReplicationConfiguration={"Role": role.arn, "Rules": [rule(source)]})
    written = [s3.put_object(Bucket=(source, target)[number % 2], Key="k", Body=b"%d" % number)["VersionId"]
               for number in range(8)]
    for bucket in (source, target):
        eventually(lambda: [one["VersionId"] for one in s3.list_object_versions(Bucket=bucket)["Versions"]]
                   == written[::-1])
        assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"7"


def test_changes_of_replicas_go_back_on_request(s3, source, target, role, replicate, settled, eventually):
    back = {"Role": role.arn, "Rules": [rule(source, SourceSelectionCriteria={
        "ReplicaModifications": {"Status": "Enabled"}})]}
    replicate(rule(target))
    version = s3.put_object(Bucket=source, Key="k", Body=b"")["VersionId"]
    assert settled("k") == "COMPLETED"
    here, there = ([{"Key": "a", "Value": value}] for value in "12")
    s3.put_object_tagging(Bucket=target, Key="k", Tagging={"TagSet": here})
    s3.put_bucket_replication(Bucket=target, ReplicationConfiguration=back)
    s3.put_object_tagging(Bucket=target, Key="k", VersionId=version, Tagging={"TagSet": there})
    eventually(lambda: s3.get_object_tagging(Bucket=source, Key="k")["TagSet"] == there)
    assert len(s3.list_object_versions(Bucket=source)["Versions"]) == 1


def test_changes_of_older_versions_follow(s3, source, target, replicate, settled, eventually):
    replicate(rule(target))
    first = s3.put_object(Bucket=source, Key="k", Body=b"1")["VersionId"]
    s3.put_object(Bucket=source, Key="k", Body=b"2")
    assert settled("k") == "COMPLETED"
    tags = [{"Key": "a", "Value": "b"}]
    s3.put_object_tagging(Bucket=source, Key="k", VersionId=first, Tagging={"TagSet": tags})
    eventually(lambda: s3.get_object_tagging(Bucket=target, Key="k", VersionId=first)["TagSet"] == tags)
    assert s3.get_object_tagging(Bucket=target, Key="k")["TagSet"] == []


def test_locks_are_replicated(s3, role, name, eventually):
    """With the rights that they need, into a bucket that has Object Lock."""
    source, target, without = name("source"), name("target"), make(s3, name("without"))
    for bucket in (source, target):
        s3.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    rules = [rule(target), rule(without, 2, Filter={"Prefix": "without/"})]
    s3.put_bucket_replication(Bucket=source, ReplicationConfiguration={"Role": role.arn, "Rules": rules})
    status = lambda key: s3.head_object(Bucket=source, Key=key)["ReplicationStatus"]
    locked = {"ObjectLockLegalHoldStatus": "ON"}
    s3.put_object(Bucket=source, Key="k", Body=b"", **locked)
    eventually(lambda: status("k") == "FAILED")
    role.may(allow([*READ, *WRITE, "s3:GetObjectRetention", "s3:GetObjectLegalHold"]))
    version = s3.put_object(Bucket=source, Key="k", Body=b"", **locked)["VersionId"]
    eventually(lambda: status("k") == "COMPLETED")
    hold = lambda: s3.get_object_legal_hold(Bucket=target, Key="k")["LegalHold"]["Status"]
    assert hold() == "ON"
    with pytest.raises(s3.exceptions.ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=target, Key="k", VersionId=version)
    s3.put_object_legal_hold(Bucket=source, Key="k", LegalHold={"Status": "OFF"})
    eventually(lambda: hold() == "OFF")
    s3.put_object(Bucket=source, Key="without/k", Body=b"", **locked)
    eventually(lambda: status("without/k") == "FAILED")


def test_owners_of_replicas(s3, source, role, other, replicate, settled, name):
    """In a bucket of another account where lists count, the source's owner has them, unless the rule gives them away."""
    theirs, foreign = other.client("s3"), name("foreign")
    theirs.create_bucket(Bucket=foreign, ObjectOwnership="ObjectWriter")
    theirs.put_bucket_versioning(Bucket=foreign, VersioningConfiguration={"Status": "Enabled"})
    may = [*WRITE, "s3:ObjectOwnerOverrideToBucketOwner"]
    theirs.put_bucket_policy(Bucket=foreign, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {**allow(may, f"{arn(foreign)}/*"), "Principal": {"AWS": role.arn}}]}))
    to = {"Bucket": arn(foreign), "Account": other.account}
    given = {**to, "AccessControlTranslation": {"Owner": "Destination"}}
    replicate(rule(foreign, 1, Destination=to), rule(foreign, 2, Filter={"Prefix": "given/"}, Destination=given))
    for key, expected in (("k", "COMPLETED"), ("given/k", "FAILED")):
        s3.put_object(Bucket=source, Key=key, Body=b"1")
        assert settled(key) == expected
    with pytest.raises(theirs.exceptions.ClientError, match="AccessDenied"):
        theirs.get_object(Bucket=foreign, Key="k")
    role.may(allow([*READ, *may]))
    s3.put_object(Bucket=source, Key="given/k", Body=b"1")
    assert settled("given/k") == "COMPLETED"
    assert theirs.get_object(Bucket=foreign, Key="given/k")["Body"].read() == b"1"


def test_lists_are_replicated(s3, role, name, eventually):
    source, target = name("source"), name("target")
    for bucket in (source, target):
        s3.create_bucket(Bucket=bucket, ObjectOwnership="ObjectWriter")
        s3.delete_public_access_block(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_replication(Bucket=source, ReplicationConfiguration={"Role": role.arn, "Rules": [rule(target)]})
    s3.put_object(Bucket=source, Key="k", Body=b"", ACL="public-read")
    eventually(lambda: s3.head_object(Bucket=source, Key="k")["ReplicationStatus"] == "COMPLETED")
    grants = lambda bucket: s3.get_object_acl(Bucket=bucket, Key="k")["Grants"]
    assert len(grants(target)) == 2 and grants(target) == grants(source)
    s3.put_object_acl(Bucket=source, Key="k", ACL="private")
    eventually(lambda: len(grants(target)) == 1)


def test_under_keys_of_kms(s3, aws, source, target, role, replicate, settled):
    kms = aws.client("kms")
    here, there = (kms.create_key()["KeyMetadata"]["Arn"] for _ in range(2))
    chosen = {"SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}},
              "Destination": {"Bucket": arn(target), "EncryptionConfiguration": {"ReplicaKmsKeyID": there}}}
    sealed = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": here}
    replicate(rule(target, **chosen))
    s3.put_object(Bucket=source, Key="k", Body=b"data", **sealed)
    assert settled("k") == "FAILED"
    role.may(allow(READ + WRITE), allow("kms:Decrypt", here), allow(["kms:Encrypt", "kms:GenerateDataKey"], there))
    s3.put_object(Bucket=source, Key="k", Body=b"data", **sealed)
    assert settled("k") == "COMPLETED"
    replica = s3.get_object(Bucket=target, Key="k")
    assert (replica["Body"].read(), replica["ServerSideEncryption"], replica["SSEKMSKeyId"]) == (b"data", "aws:kms", there)


def test_failures_are_told(s3, sqs, queue, source, target, role, replicate, settled):
    """To those who measure: without metrics nobody asks."""
    s3.put_bucket_notification_configuration(Bucket=source, NotificationConfiguration={"QueueConfigurations": [
        {"QueueArn": let_s3_send(sqs, queue, source), "Events": ["s3:Replication:*"]}]})
    sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=10)  # the test event
    role.may(allow(READ))
    measured = {"Bucket": arn(target), "Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 15}}}
    replicate(rule(target))
    s3.put_object(Bucket=source, Key="unmeasured", Body=b"")
    assert settled("unmeasured") == "FAILED"
    replicate(rule(target, Destination=measured))
    version = s3.put_object(Bucket=source, Key="k", Body=b"12")["VersionId"]
    assert settled("k") == "FAILED"
    [message] = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20)["Messages"]
    [record] = json.loads(message["Body"])["Records"]
    seen = record["s3"]["object"]
    assert (record["eventName"], seen["key"], seen["versionId"], seen["size"]) == (
        "Replication:OperationFailedReplication", "k", version, 2)
    assert record["replicationEventData"] == {
        "replicationRule": "rule-1", "destinationBucket": arn(target), "s3Operation": "OBJECT_PUT",
        "requestTime": Text(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"), "failureReason": "DstPutObjectNotPermitted"}


def test_filters(s3, source, target, replicate, settled):
    both = {"Prefix": "logs/", "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]}
    replicate(rule(target, 1, Filter={"Prefix": "keep/"}), rule(target, 2, Filter={"Tag": {"Key": "c", "Value": "3"}}),
              rule(target, 3, Filter={"And": both}), rule(target, 4, Status="Disabled"))
    for key, tagging, expected in [
            ("keep/1", "", "COMPLETED"), ("other", "", None), ("x", "c=3", "COMPLETED"), ("y", "c=4", None),
            ("logs/1", "a=1&b=2&d=4", "COMPLETED"), ("logs/2", "a=1", None), ("a", "a=1&b=2", None)]:
        s3.put_object(Bucket=source, Key=key, Body=b"", **({"Tagging": tagging} if tagging else {}))
        assert settled(key) == expected, key
    assert {entry["Key"] for entry in s3.list_objects_v2(Bucket=target)["Contents"]} == {"keep/1", "x", "logs/1"}


def test_the_foremost_rule_of_a_destination_counts(s3, source, target, replicate, settled):
    cold = {"Bucket": arn(target), "StorageClass": "STANDARD_IA"}
    replicate(rule(target, 1), rule(target, 7, Filter={"Prefix": "cold/"}, Destination=cold))
    for key in ("cold/1", "warm"):
        s3.put_object(Bucket=source, Key=key, Body=b"")
        assert settled(key) == "COMPLETED"
    assert s3.head_object(Bucket=target, Key="cold/1")["StorageClass"] == "STANDARD_IA"
    assert "StorageClass" not in s3.head_object(Bucket=target, Key="warm")


def test_two_destinations(s3, source, target, replicate, settled, name):
    other = make(s3, name("target"))
    replicate(rule(target, 1), rule(other, 2))
    s3.put_object(Bucket=source, Key="k", Body=b"1")
    assert settled("k") == "COMPLETED"
    assert all(s3.head_object(Bucket=bucket, Key="k")["ReplicationStatus"] == "REPLICA" for bucket in (target, other))


@pytest.mark.parametrize("markers", ["Enabled", "Disabled"])
def test_delete_markers(s3, source, target, replicate, settled, eventually, markers):
    replicate(rule(target, DeleteMarkerReplication={"Status": markers}))
    first = s3.put_object(Bucket=source, Key="k", Body=b"1")["VersionId"]
    assert settled("k") == "COMPLETED"
    s3.delete_object(Bucket=source, Key="k")
    s3.delete_object(Bucket=source, Key="k", VersionId=first)  # never replicated
    s3.put_object(Bucket=source, Key="k", Body=b"2")  # behind both in the key's order
    assert settled("k") == "COMPLETED"
    there = s3.list_object_versions(Bucket=target)
    assert len(there["Versions"]) == 2
    assert len(there.get("DeleteMarkers", [])) == (markers == "Enabled")


def test_the_first_version_of_rules(s3, source, target, replicate, settled, eventually):
    """With a prefix beside the other members; deletions go on."""
    first = {"ID": "old", "Prefix": "p/", "Status": "Enabled", "Destination": {"Bucket": arn(target)}}
    replicate(first)
    assert s3.get_bucket_replication(Bucket=source)["ReplicationConfiguration"]["Rules"] == [first]
    s3.put_object(Bucket=source, Key="p/k", Body=b"")
    assert settled("p/k") == "COMPLETED"
    s3.delete_object(Bucket=source, Key="p/k")
    eventually(lambda: "DeleteMarkers" in s3.list_object_versions(Bucket=target))
    s3.put_object(Bucket=source, Key="q", Body=b"")
    assert settled("q") is None


def test_tags_that_change(s3, source, target, replicate, settled, eventually):
    replicate(rule(target))
    s3.put_object(Bucket=source, Key="k", Body=b"")
    assert settled("k") == "COMPLETED"
    tags = [{"Key": "later", "Value": "1"}]
    s3.put_object_tagging(Bucket=source, Key="k", Tagging={"TagSet": tags})
    eventually(lambda: s3.get_object_tagging(Bucket=target, Key="k")["TagSet"] == tags)
    s3.delete_object_tagging(Bucket=source, Key="k")
    eventually(lambda: s3.get_object_tagging(Bucket=target, Key="k")["TagSet"] == [])
    assert len(s3.list_object_versions(Bucket=target)["Versions"]) == 1


def test_existing_objects(s3, source, target, replicate, settled, eventually):
    for number in range(230):
        s3.put_object(Bucket=source, Key=f"{number:03}", Body=b"%d" % number)
    replicate(rule(target, ExistingObjectReplication={"Status": "Enabled"}))
    eventually(lambda: s3.list_objects_v2(Bucket=target)["KeyCount"] == 230)
    assert settled("229") == "COMPLETED"
    assert s3.get_object(Bucket=target, Key="117")["Body"].read() == b"117"
    # The same rules again find nothing to do.
    replicate(rule(target, ExistingObjectReplication={"Status": "Enabled"}))
    s3.put_object(Bucket=source, Key="229", Body=b"new")
    assert settled("229") == "COMPLETED"
    assert len(s3.list_object_versions(Bucket=target, Prefix="22")["Versions"]) == 11


def test_objects_from_before_stay_without(s3, source, target, replicate, settled):
    s3.put_object(Bucket=source, Key="before", Body=b"")
    replicate(rule(target))
    s3.put_object(Bucket=source, Key="k", Body=b"")
    assert settled("k") == "COMPLETED"
    assert "ReplicationStatus" not in s3.head_object(Bucket=source, Key="before")
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=target)["Contents"]] == ["k"]


@pytest.mark.parametrize("missing", ["s3:GetObjectVersionForReplication", "s3:ReplicateObject", "s3:ReplicateTags",
                                     "s3:GetObjectVersionTagging"])
def test_without_a_right_of_the_role_it_fails(s3, source, target, role, replicate, settled, missing):
    replicate(rule(target))
    role.may(allow([action for action in READ + WRITE if action != missing]))
    s3.put_object(Bucket=source, Key="k", Body=b"", Tagging="a=1")
    assert settled("k") == "FAILED"
    assert s3.list_objects_v2(Bucket=target)["KeyCount"] == 0
    role.may(allow(READ + WRITE))
    s3.put_object(Bucket=source, Key="k", Body=b"", Tagging="a=1")
    assert settled("k") == "COMPLETED"


def test_the_policy_of_the_destination_counts(s3, source, target, role, replicate, settled):
    replicate(rule(target))
    s3.put_bucket_policy(Bucket=target, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {**deny("s3:ReplicateObject", f"{arn(target)}/*"), "Principal": {"AWS": role.arn}}]}))
    s3.put_object(Bucket=source, Key="k", Body=b"")
    assert settled("k") == "FAILED"


def test_a_role_that_does_not_trust_s3_fails(s3, aws, iam, source, target, settled, name):
    role = Role(aws, iam, name("role"), trust({"Service": "sqs.amazonaws.com"}))
    role.may(allow("s3:*"))
    s3.put_bucket_replication(Bucket=source, ReplicationConfiguration={"Role": role.arn, "Rules": [rule(target)]})
    s3.put_object(Bucket=source, Key="k", Body=b"")
    assert settled("k") == "FAILED"


def test_another_account_must_let_the_role_in(s3, source, role, other, replicate, settled, name):
    theirs = other.client("s3")
    foreign = make(theirs, name("foreign"))
    replicate(rule(foreign, Destination={"Bucket": arn(foreign), "Account": other.account}))
    s3.put_object(Bucket=source, Key="k", Body=b"1")
    assert settled("k") == "FAILED"
    theirs.put_bucket_policy(Bucket=foreign, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        {**allow(WRITE, f"{arn(foreign)}/*"), "Principal": {"AWS": role.arn}}]}))
    s3.put_object(Bucket=source, Key="k", Body=b"2")
    assert settled("k") == "COMPLETED"
    assert theirs.get_object(Bucket=foreign, Key="k")["Body"].read() == b"2"


def test_a_deleted_destination_fails(s3, source, target, replicate, settled):
    replicate(rule(target))
    s3.delete_bucket(Bucket=target)
    s3.put_object(Bucket=source, Key="k", Body=b"")
    assert settled("k") == "FAILED"


def test_the_destination_tells_of_replicas(s3, sqs, queue, source, target, replicate):
    queue_arn = let_s3_send(sqs, queue, target)
    s3.put_bucket_notification_configuration(Bucket=target, NotificationConfiguration={
        "QueueConfigurations": [{"QueueArn": queue_arn, "Events": ["s3:ObjectCreated:Put"]}]})
    sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=10)  # the test event
    replicate(rule(target))
    s3.put_object(Bucket=source, Key="k", Body=b"12")
    [message] = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=20)["Messages"]
    [record] = json.loads(message["Body"])["Records"]
    assert (record["eventName"], record["s3"]["object"]["key"], record["s3"]["object"]["size"]) == (
        "ObjectCreated:Put", "k", 2)


def test_the_configuration_comes_back_whole(s3, source, target, role, replicate):
    with refused(404, "ReplicationConfigurationNotFoundError", NOT_FOUND, BucketName=source):
        s3.get_bucket_replication(Bucket=source)
    full = rule(target, 3, Filter={"And": {"Prefix": "p", "Tags": [{"Key": "a", "Value": "1"}]}},
                SourceSelectionCriteria={"SseKmsEncryptedObjects": {"Status": "Enabled"},
                                         "ReplicaModifications": {"Status": "Disabled"}},
                ExistingObjectReplication={"Status": "Disabled"},
                Destination={"Bucket": arn(target), "Account": "000000000000", "StorageClass": "GLACIER_IR",
                             "AccessControlTranslation": {"Owner": "Destination"},
                             "EncryptionConfiguration": {"ReplicaKmsKeyID": "alias/k"},
                             "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}},
                             "Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 15}}})
    plain = rule(target, 2, Filter={"Tag": {"Key": "t", "Value": ""}})
    unnamed = {name: value for name, value in rule(target, 1).items() if name != "ID"}
    same(replicate(full, plain, unnamed), 200, {})
    same(s3.get_bucket_replication(Bucket=source), 200, {"ReplicationConfiguration": {
        "Role": role.arn, "Rules": [full, plain, {**unnamed, "ID": Text("[0-9a-f-]{36}")}]}})
    same(s3.delete_bucket_replication(Bucket=source), 204, {})
    with refused(404, "ReplicationConfigurationNotFoundError", NOT_FOUND, BucketName=source):
        s3.get_bucket_replication(Bucket=source)
    same(s3.delete_bucket_replication(Bucket=source), 204, {})


def test_what_is_refused(s3, source, target, bucket, replicate, role):
    def wrong(code, message, *rules, **arguments):
        with refused(400, code, message, **arguments):
            replicate(*rules)

    without = lambda name: {key: value for key, value in rule(target).items() if key != name}
    wrong("InvalidRequest", "Destination bucket must exist.", rule("nowhere-at-all"))
    wrong("InvalidRequest", "Destination bucket must have versioning enabled.", rule(bucket))
    wrong("InvalidRequest", "DeleteMarkerReplication" + OLDER_SCHEMA, without("DeleteMarkerReplication"))
    wrong("InvalidRequest", "Priority" + OLDER_SCHEMA, without("Priority"))
    wrong("InvalidRequest", "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 "
          "Developer Guide for more information.",
          rule(target, Filter={"Tag": {"Key": "a", "Value": "b"}}, DeleteMarkerReplication={"Status": "Enabled"}))
    wrong("MalformedXML", MALFORMED_XML)
    wrong("MalformedXML", MALFORMED_XML, without("Filter"))
    with refused(400, "InvalidRequest", "Versioning must be 'Enabled' on the bucket to apply a replication configuration"):
        s3.put_bucket_replication(Bucket=bucket, ReplicationConfiguration={"Role": role.arn, "Rules": [rule(target)]})


def test_versioning_cannot_be_suspended_meanwhile(s3, source, target, replicate):
    replicate(rule(target))
    message = ("A replication configuration is present on this bucket, so you cannot change the versioning state. To change "
               "the versioning state, first delete the replication configuration.")
    with refused(409, "InvalidBucketState", message):
        s3.put_bucket_versioning(Bucket=source, VersioningConfiguration={"Status": "Suspended"})
    s3.delete_bucket_replication(Bucket=source)
    s3.put_bucket_versioning(Bucket=source, VersioningConfiguration={"Status": "Suspended"})


def test_who_may_configure(s3, user, source, target, role):
    ann = user()
    mine = ann.client("s3")
    given = {"Bucket": source, "ReplicationConfiguration": {"Role": role.arn, "Rules": [rule(target)]}}
    ann.may(allow("s3:PutReplicationConfiguration"))
    with pytest.raises(mine.exceptions.ClientError, match="iam:PassRole"):
        mine.put_bucket_replication(**given)
    ann.may(allow(["s3:PutReplicationConfiguration", "iam:PassRole"]))
    mine.put_bucket_replication(**given)
    with pytest.raises(mine.exceptions.ClientError, match="s3:GetReplicationConfiguration"):
        mine.get_bucket_replication(Bucket=source)
