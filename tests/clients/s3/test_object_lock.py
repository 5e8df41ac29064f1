"""Object Lock: retention, legal holds, and who may pass them."""

import datetime
import json

import pytest
from answers import Any, refused, same
from identities import allow
from s3_answers import MALFORMED_XML, head, stored

LATER = datetime.datetime(2031, 5, 6, 7, 8, 9, tzinfo=datetime.timezone.utc)
SOONER = LATER - datetime.timedelta(days=1)
PROTECTED = "Access Denied because object protected by object lock."
MISSING = "Bucket is missing Object Lock Configuration"
BOTH = "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied"


def rule(mode="GOVERNANCE", **period):
    return {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": mode, **period}}}


def retention(mode, until=LATER):
    return {"Mode": mode, "RetainUntilDate": until}


@pytest.fixture
def locked(s3, name):
    bucket = name("lock")
    s3.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
    return bucket


def put(s3, bucket, key="k", **more):
    return s3.put_object(Bucket=bucket, Key=key, Body=b"x", **more)["VersionId"]


def test_a_bucket_that_begins_with_it_keeps_versions(s3, locked):
    same(s3.get_bucket_versioning(Bucket=locked), 200, {"Status": "Enabled"})
    same(s3.get_object_lock_configuration(Bucket=locked), 200,
         {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}})
    with refused(409, "InvalidBucketState", "An Object Lock configuration is present on this bucket, so the versioning "
                                            "state cannot be changed."):
        s3.put_bucket_versioning(Bucket=locked, VersioningConfiguration={"Status": "Suspended"})
    s3.put_bucket_versioning(Bucket=locked, VersioningConfiguration={"Status": "Enabled"})


def test_a_bucket_without(s3, bucket):
    with refused(404, "ObjectLockConfigurationNotFoundError",
                 "Object Lock configuration does not exist for this bucket", BucketName=bucket):
        s3.get_object_lock_configuration(Bucket=bucket)
    with refused(409, "InvalidBucketState",
                 "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"):
        s3.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration=rule(Days=1))
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    for call, more in [
        (s3.put_object_retention, {"Retention": retention("GOVERNANCE")}), (s3.get_object_retention, {}),
        (s3.put_object_legal_hold, {"LegalHold": {"Status": "ON"}}), (s3.get_object_legal_hold, {}),
    ]:
        with refused(400, "InvalidRequest", MISSING):
            call(Bucket=bucket, Key="k", **more)
    with refused(400, "InvalidRequest", "Bucket is missing ObjectLockConfiguration"):
        s3.put_object(Bucket=bucket, Key="k", Body=b"x", ObjectLockLegalHoldStatus="ON")
    with refused(400, "InvalidRequest", "Bucket is missing ObjectLockConfiguration"):
        s3.create_multipart_upload(Bucket=bucket, Key="k", ObjectLockMode="GOVERNANCE",
                                   ObjectLockRetainUntilDate=LATER)
    with refused(400, "InvalidArgument",
                 "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
                 ArgumentName="x-amz-bypass-governance-retention"):
        s3.delete_object(Bucket=bucket, Key="k", BypassGovernanceRetention=True)


def test_enabled_later(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    same(s3.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration=rule(Years=1)), 200, {})
    same(s3.get_object_lock_configuration(Bucket=bucket), 200, {"ObjectLockConfiguration": rule(Years=1)})
    s3.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration={"ObjectLockEnabled": "Enabled"})
    same(s3.get_object_lock_configuration(Bucket=bucket), 200,
         {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}})


@pytest.mark.parametrize(("configuration", "code"), [
    (rule(Days=0), "InvalidRetentionPeriod"), (rule(Years=-1), "InvalidRetentionPeriod"),
    (rule(Days=36_501), "InvalidRetentionPeriod"), (rule(Days=1, Years=1), "MalformedXML"), (rule(), "MalformedXML"),
    (rule("governance", Days=1), "MalformedXML"), ({"ObjectLockEnabled": "Disabled"}, "MalformedXML"), ({}, "MalformedXML"),
])
def test_configurations_that_are_none(s3, locked, configuration, code):
    with refused(400, code, Any(str)):
        s3.put_object_lock_configuration(Bucket=locked, ObjectLockConfiguration=configuration)
    same(s3.get_object_lock_configuration(Bucket=locked), 200,
         {"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}})


def test_new_objects_get_the_default(s3, locked):
    s3.put_object_lock_configuration(Bucket=locked, ObjectLockConfiguration=rule("COMPLIANCE", Days=3))
    before = datetime.datetime.now(datetime.timezone.utc)
    put(s3, locked)
    s3.copy_object(Bucket=locked, Key="copy", CopySource=f"{locked}/k")
    upload = s3.create_multipart_upload(Bucket=locked, Key="parts")["UploadId"]
    part = s3.upload_part(Bucket=locked, Key="parts", UploadId=upload, PartNumber=1, Body=b"x")
    parts = [{"PartNumber": 1, "ETag": part["ETag"]}]
    s3.complete_multipart_upload(Bucket=locked, Key="parts", UploadId=upload, MultipartUpload={"Parts": parts})
    for key in ("k", "copy", "parts"):
        found = s3.get_object_retention(Bucket=locked, Key=key)["Retention"]
        assert found["Mode"] == "COMPLIANCE"
        assert datetime.timedelta(0) <= found["RetainUntilDate"] - before - datetime.timedelta(days=3) \
            < datetime.timedelta(minutes=1)


def test_a_write_says_it(s3, locked):
    lock = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": LATER, "ObjectLockLegalHoldStatus": "ON"}
    version = same(s3.put_object(Bucket=locked, Key="k", Body=b"x", **lock), 200,
                   stored(b"x", VersionId=Any(str)))["VersionId"]
    same(s3.head_object(Bucket=locked, Key="k"), 200, head(b"x", VersionId=version, **lock))
    assert {name: s3.get_object(Bucket=locked, Key="k")[name] for name in lock} == lock
    upload = s3.create_multipart_upload(Bucket=locked, Key="parts", **lock)["UploadId"]
    part = s3.upload_part(Bucket=locked, Key="parts", UploadId=upload, PartNumber=1, Body=b"x")
    parts = [{"PartNumber": 1, "ETag": part["ETag"]}]
    s3.complete_multipart_upload(Bucket=locked, Key="parts", UploadId=upload, MultipartUpload={"Parts": parts})
    s3.copy_object(Bucket=locked, Key="copy", CopySource=f"{locked}/k", **lock)
    for key in ("parts", "copy"):
        found = s3.head_object(Bucket=locked, Key=key)
        assert {name: found[name] for name in lock} == lock
    # A copy does not take the lock of its source along.
    s3.copy_object(Bucket=locked, Key="free", CopySource=f"{locked}/k")
    assert "ObjectLockMode" not in s3.head_object(Bucket=locked, Key="free")


@pytest.mark.parametrize(("lock", "message", "fields"), [
    ({"ObjectLockMode": "GOVERNANCE"}, BOTH, {"ArgumentName": "x-amz-object-lock-retain-until-date"}),
    ({"ObjectLockRetainUntilDate": LATER}, BOTH, {"ArgumentName": "x-amz-object-lock-mode"}),
    ({"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": datetime.datetime(2001, 1, 1)},
     "The retain until date must be in the future!",
     {"ArgumentName": "x-amz-object-lock-retain-until-date", "ArgumentValue": "2001-01-01T00:00:00Z"}),
    ({"ObjectLockMode": "governance", "ObjectLockRetainUntilDate": LATER}, "Unknown wormMode directive.",
     {"ArgumentName": "x-amz-object-lock-mode", "ArgumentValue": "governance"}),
    ({"ObjectLockLegalHoldStatus": "on"}, "Legal Hold must be either of 'ON' or 'OFF'",
     {"ArgumentName": "x-amz-object-lock-legal-hold", "ArgumentValue": "on"}),
])
def test_locks_that_are_none(s3, locked, lock, message, fields):
    with refused(400, "InvalidArgument", message, **fields):
        s3.put_object(Bucket=locked, Key="k", Body=b"x", **lock)


def test_a_locked_object_must_have_a_digest(aws, locked):
    plain = aws.client("s3", request_checksum_calculation="when_required")
    with refused(400, "InvalidRequest", "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object "
                                        "requests with Object Lock parameters"):
        plain.put_object(Bucket=locked, Key="k", Body=b"x", ObjectLockLegalHoldStatus="ON")
    plain.put_object(Bucket=locked, Key="k", Body=b"x")


def test_compliance_holds_against_everybody(s3, locked):
    version = put(s3, locked, ObjectLockMode="COMPLIANCE", ObjectLockRetainUntilDate=LATER)
    for bypass in ({}, {"BypassGovernanceRetention": True}):
        with refused(403, "AccessDenied", PROTECTED):
            s3.delete_object(Bucket=locked, Key="k", VersionId=version, **bypass)
        for weaker in (retention("COMPLIANCE", SOONER), retention("GOVERNANCE"), {}):
            with refused(403, "AccessDenied", PROTECTED):
                s3.put_object_retention(Bucket=locked, Key="k", Retention=weaker, **bypass)
    longer = retention("COMPLIANCE", LATER + datetime.timedelta(days=1))
    same(s3.put_object_retention(Bucket=locked, Key="k", VersionId=version, Retention=longer), 200, {})
    same(s3.get_object_retention(Bucket=locked, Key="k", VersionId=version), 200, {"Retention": longer})
    # A delete marker is always possible, and hides what is locked.
    marker = s3.delete_object(Bucket=locked, Key="k")["VersionId"]
    with refused(405, "MethodNotAllowed", Any(str), {"x-amz-delete-marker": "true"}, Method="PUT", ResourceType="DeleteMarker"):
        s3.put_object_retention(Bucket=locked, Key="k", VersionId=marker, Retention=longer)
    s3.delete_object(Bucket=locked, Key="k", VersionId=marker)
    assert s3.get_object(Bucket=locked, Key="k")["VersionId"] == version


def test_governance_holds_against_those_who_may_not_pass_it(s3, locked, user):
    version = put(s3, locked, ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=LATER)
    someone = user()
    someone.may(allow(["s3:DeleteObjectVersion", "s3:PutObjectRetention", "s3:GetObjectVersion", "s3:GetObject"]))
    theirs = someone.client("s3")
    with refused(403, "AccessDenied", PROTECTED):
        s3.delete_object(Bucket=locked, Key="k", VersionId=version)
    with refused(403, "AccessDenied", Any(str)):
        theirs.delete_object(Bucket=locked, Key="k", VersionId=version, BypassGovernanceRetention=True)
    answer = s3.delete_objects(Bucket=locked, Delete={"Objects": [{"Key": "k", "VersionId": version}, {"Key": "no"}]})
    agreed = [{"Key": "k", "VersionId": version, "Code": "AccessDenied", "Message": PROTECTED}]
    assert answer["Errors"] == agreed and [one["Key"] for one in answer["Deleted"]] == ["no"]
    with refused(403, "AccessDenied", PROTECTED):
        s3.put_object_retention(Bucket=locked, Key="k", Retention=retention("GOVERNANCE", SOONER))
    with refused(403, "AccessDenied", Any(str)):
        theirs.put_object_retention(Bucket=locked, Key="k", Retention=retention("GOVERNANCE", SOONER),
                                    BypassGovernanceRetention=True)
    s3.put_object_retention(Bucket=locked, Key="k", Retention=retention("GOVERNANCE", SOONER),
                            BypassGovernanceRetention=True)
    # Who may not read the lock is not told of it.
    assert "ObjectLockMode" not in theirs.head_object(Bucket=locked, Key="k")
    same(s3.delete_object(Bucket=locked, Key="k", VersionId=version, BypassGovernanceRetention=True), 204,
         {"VersionId": version})


def test_a_retention_can_be_taken_away_with_the_right_to(s3, locked):
    put(s3, locked, ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=LATER)
    s3.put_object_retention(Bucket=locked, Key="k", Retention={}, BypassGovernanceRetention=True)
    with refused(404, "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration",
                 Key="k"):
        s3.get_object_retention(Bucket=locked, Key="k")


@pytest.mark.parametrize("given", [{"Mode": "GOVERNANCE"}, {"RetainUntilDate": LATER}, retention("abc")])
def test_retentions_that_are_none(s3, locked, given):
    put(s3, locked)
    with refused(400, "MalformedXML", MALFORMED_XML):
        s3.put_object_retention(Bucket=locked, Key="k", Retention=given)


def test_a_legal_hold_has_no_end(s3, locked):
    version = put(s3, locked)
    with refused(404, "NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration",
                 Key="k"):
        s3.get_object_legal_hold(Bucket=locked, Key="k")
    same(s3.put_object_legal_hold(Bucket=locked, Key="k", LegalHold={"Status": "ON"}), 200, {})
    same(s3.get_object_legal_hold(Bucket=locked, Key="k"), 200, {"LegalHold": {"Status": "ON"}})
    with refused(403, "AccessDenied", PROTECTED):
        s3.delete_object(Bucket=locked, Key="k", VersionId=version, BypassGovernanceRetention=True)
    with refused(400, "MalformedXML", MALFORMED_XML):
        s3.put_object_legal_hold(Bucket=locked, Key="k", LegalHold={"Status": "abc"})
    s3.put_object_legal_hold(Bucket=locked, Key="k", LegalHold={"Status": "OFF"})
    same(s3.get_object_legal_hold(Bucket=locked, Key="k"), 200, {"LegalHold": {"Status": "OFF"}})
    s3.delete_object(Bucket=locked, Key="k", VersionId=version)


def test_policies_see_how_long(s3, locked, user):
    """The documented example: nobody retains for longer than ten days."""
    someone = user()
    someone.may(allow("s3:PutObject*"))
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObjectRetention",
         "Resource": f"arn:aws:s3:::{locked}/*",
         "Condition": {"NumericGreaterThan": {"s3:object-lock-remaining-retention-days": "10"}}},
        {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObjectLegalHold",
         "Resource": f"arn:aws:s3:::{locked}/*", "Condition": {"StringEquals": {"s3:object-lock-legal-hold": "ON"}}},
    ]}
    s3.put_bucket_policy(Bucket=locked, Policy=json.dumps(policy))
    theirs = someone.client("s3")
    soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=9)
    late = soon + datetime.timedelta(days=3)
    put(theirs, locked, ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=soon)
    theirs.put_object_retention(Bucket=locked, Key="k", Retention=retention("GOVERNANCE", soon + datetime.timedelta(days=1)))
    with refused(403, "AccessDenied", Any(str)):
        put(theirs, locked, ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=late)
    with refused(403, "AccessDenied", Any(str)):
        theirs.put_object_retention(Bucket=locked, Key="k", Retention=retention("GOVERNANCE", late))
    with refused(403, "AccessDenied", Any(str)):
        put(theirs, locked, ObjectLockLegalHoldStatus="ON")


def test_time_passes(own_server, own_aws):
    s3 = own_aws.client("s3")
    s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    s3.put_object_lock_configuration(Bucket="locked", ObjectLockConfiguration=rule("COMPLIANCE", Days=2))
    version = put(s3, "locked")
    own_server.forward(47 * 3600)
    with refused(403, "AccessDenied", PROTECTED):
        s3.delete_object(Bucket="locked", Key="k", VersionId=version)
    own_server.forward(3600)
    same(s3.delete_object(Bucket="locked", Key="k", VersionId=version), 204, {"VersionId": version})
