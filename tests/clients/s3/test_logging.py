"""Server access logs: what buckets say of them, and the files that are delivered."""

import re
import shlex

import pytest
from answers import refused, same
from aws import ACCOUNT, Aws
from botocore.exceptions import ClientError
from identities import allow
from identities import document as policy
from raw import send
from server import Server

FIELDS = ("owner bucket time ip requester request_id operation key uri status error bytes size total turnaround referer "
          "agent version_id host_id signature cipher auth host tls access_point acl_required source_region").split()
NAME = re.compile(r"\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-[0-9A-F]{16}")
GROUP = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}


def letting_in(target, prefix="", **condition):
    """The policy that AWS's guide has."""
    return policy(allow("s3:PutObject", f"arn:aws:s3:::{target}/{prefix}*",
                        Principal={"Service": "logging.s3.amazonaws.com"}, **condition))


def enabled(target, prefix="logs/", **more):
    return {"LoggingEnabled": {"TargetBucket": target, "TargetPrefix": prefix, **more}}


@pytest.fixture
def target(s3, name):
    made = name("logs")
    s3.create_bucket(Bucket=made)
    return made


def test_kept_and_given_back(s3, bucket, target):
    same(s3.get_bucket_logging(Bucket=bucket), 200)
    s3.delete_bucket_ownership_controls(Bucket=target)
    owner = s3.list_buckets()["Owner"]["ID"]
    for given in (enabled(target), enabled(target, ""),
                  enabled(target, TargetObjectKeyFormat={"SimplePrefix": {}}),
                  enabled(target, TargetObjectKeyFormat={"PartitionedPrefix": {}}),
                  enabled(target, TargetObjectKeyFormat={"PartitionedPrefix": {"PartitionDateSource": "EventTime"}}),
                  enabled(target, TargetObjectKeyFormat={"PartitionedPrefix": {"PartitionDateSource": "DeliveryTime"}}),
                  enabled(target, TargetGrants=[{"Grantee": {"Type": "CanonicalUser", "ID": owner},
                                                 "Permission": "READ"},
                                                {"Grantee": GROUP, "Permission": "READ_ACP"}])):
        same(s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus=given), 200)
        same(s3.get_bucket_logging(Bucket=bucket), 200, given)
    same(s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={}), 200)
    same(s3.get_bucket_logging(Bucket=bucket), 200)


def test_targets_that_cannot_be(s3, aws, other, bucket, target, name):
    def put(given):
        return s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus=given)

    absent, theirs, far, paid = name("absent"), name("theirs"), name("far"), name("paid")
    with refused(400, "InvalidTargetBucketForLogging", "The target bucket for logging does not exist",
                 TargetBucket=absent):
        put(enabled(absent))
    other.client("s3").create_bucket(Bucket=theirs)
    with refused(400, "InvalidTargetBucketForLogging",
                 "The owner for the bucket to be logged and the target bucket must be the same.", TargetBucket=theirs):
        put(enabled(theirs))
    west = aws.client("s3", region="eu-west-1")
    west.create_bucket(Bucket=far, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    with refused(403, "CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ",
                 TargetBucketLocation="eu-west-1"):
        put(enabled(far))
    with refused(403, "CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ",
                 SourceBucketLocation="eu-west-1", TargetBucketLocation="us-east-1"):
        west.put_bucket_logging(Bucket=far, BucketLoggingStatus=enabled(bucket))
    s3.create_bucket(Bucket=paid)
    s3.put_bucket_request_payment(Bucket=paid, RequestPaymentConfiguration={"Payer": "Requester"})
    with refused(400, "InvalidTargetBucketForLogging",
                 "The target bucket for logging cannot be a Requester Pays bucket", TargetBucket=paid):
        put(enabled(paid))
    with refused(400, "AccessControlListNotSupported", "The bucket does not allow ACLs"):
        put(enabled(target, TargetGrants=[{"Grantee": GROUP, "Permission": "READ"}]))
    with pytest.raises(ClientError, match="MalformedXML"):
        put(enabled(target, TargetObjectKeyFormat={"PartitionedPrefix": {"PartitionDateSource": "Never"}}))
    same(s3.get_bucket_logging(Bucket=bucket), 200)


def test_only_the_owner(s3, other, bucket, target):
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=policy(allow("s3:PutBucketLogging", f"arn:aws:s3:::{bucket}",
                                                            Principal="*")))
    for given in (enabled(target), {}):
        with refused(403, "AccessDenied", "Access Denied"):
            other.client("s3").put_bucket_logging(Bucket=bucket, BucketLoggingStatus=given)


@pytest.fixture
def house():
    """A server of the test's own, with a bucket `site` that is logged to `logs`, which lets logs in."""
    with Server() as server:
        s3 = Aws(server).client("s3")
        for one in ("site", "logs", "quiet"):
            s3.create_bucket(Bucket=one)
        s3.put_bucket_policy(Bucket="logs", Policy=letting_in("logs", "in/", Condition={
            "ArnLike": {"aws:SourceArn": "arn:aws:s3:::site"}, "StringEquals": {"aws:SourceAccount": ACCOUNT}}))
        s3.put_bucket_logging(Bucket="site", BucketLoggingStatus=enabled("logs", "in/"))
        yield server, s3


def delivered(server, s3, eventually, wanted, bucket="logs", prefix=""):
    """The lines that come when the clock is turned, once there are as many as wanted."""
    lines = []

    def look():
        server.forward(400)
        lines.clear()
        for one in s3.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", []):
            text = s3.get_object(Bucket=bucket, Key=one["Key"])["Body"].read().decode()
            assert text.endswith("\n")
            lines.extend(parsed(line) for line in text.splitlines())
        return len(lines) >= wanted
    eventually(look)
    return lines


def parsed(line):
    values = shlex.split(line.replace("[", '"', 1).replace("]", '"', 1))
    assert len(values) == len(FIELDS), line
    return dict(zip(FIELDS, values))


def test_lines(house, eventually):
    server, s3 = house
    s3.put_object(Bucket="site", Key="a b/é.txt", Body=b"12345")
    s3.get_object(Bucket="site", Key="a b/é.txt", Range="bytes=1-2")["Body"].read()
    s3.head_object(Bucket="site", Key="a b/é.txt")
    with pytest.raises(ClientError):
        s3.get_object(Bucket="site", Key="none")
    s3.list_objects_v2(Bucket="site")
    anonymous = send(server, "GET", "/site/none?x=%22", {"Host": f"localhost:{server.port}", "User-Agent": 'a "b" c',
                                                        "Referer": "http://from.example/"})
    assert anonymous.status == 403
    s3.copy_object(Bucket="site", Key="copy", CopySource={"Bucket": "site", "Key": "a b/é.txt"})
    s3.delete_objects(Bucket="site", Delete={"Objects": [{"Key": "copy"}, {"Key": "x", "VersionId": "wrong"}]})
    s3.put_object(Bucket="quiet", Key="k", Body=b"x")
    lines = delivered(server, s3, eventually, 10)
    owner = s3.list_buckets()["Owner"]["ID"]
    by = {(line["operation"], line["key"]): line for line in lines}
    assert {line["bucket"] for line in lines} == {"site"} and {line["owner"] for line in lines} == {owner}
    key = "a%20b/%C3%A9.txt"
    put, got = by["REST.PUT.OBJECT", key], by["REST.GET.OBJECT", key]
    assert (put["status"], put["error"], put["bytes"], put["size"]) == ("200", "-", "-", "5")
    assert put["uri"].startswith("PUT /site/a%20b/%C3%A9.txt") and put["uri"].endswith(" HTTP/1.1")
    assert (put["requester"], put["ip"], put["signature"], put["auth"]) == (owner, "127.0.0.1", "SigV4", "AuthHeader")
    assert put["host"] == f"127.0.0.1:{server.port}" and (put["tls"], put["cipher"]) == ("-", "-")
    assert re.fullmatch(r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000", put["time"])
    assert re.fullmatch(r"[0-9A-Z]{16}", put["request_id"]) and len(put["host_id"]) > 50
    assert put["total"].isdigit() and put["turnaround"].isdigit() and put["version_id"] == "-"
    assert (got["status"], got["bytes"], got["size"]) == ("206", "2", "5")
    head = by["REST.HEAD.OBJECT", key]
    assert (head["status"], head["bytes"], head["size"]) == ("200", "-", "5")
    missing = [line for line in lines if line["key"] == "none"]
    assert [(line["status"], line["error"], line["requester"]) for line in missing] == [
        ("404", "NoSuchKey", owner), ("403", "AccessDenied", "-")]
    stranger = missing[1]
    assert (stranger["agent"], stranger["referer"]) == ("a %22b%22 c", "http://from.example/")
    assert (stranger["uri"], stranger["signature"], stranger["auth"]) == ("GET /site/none?x=%22 HTTP/1.1", "-", "-")
    assert int(stranger["bytes"]) == len(anonymous.body)
    assert by["REST.GET.BUCKET", "-"]["status"] == "200"
    assert by["REST.COPY.OBJECT", "copy"]["status"] == by["REST.COPY.OBJECT_GET", key]["status"] == "200"
    assert by["REST.POST.MULTI_OBJECT_DELETE", "-"]["status"] == "200"
    assert by["BATCH.DELETE.OBJECT", "copy"]["status"] == "204"
    batched = by["BATCH.DELETE.OBJECT", "x"]
    assert (batched["status"], batched["error"], batched["version_id"]) == ("404", "NoSuchVersion", "wrong")
    for one in s3.list_objects_v2(Bucket="logs")["Contents"]:
        assert one["Key"].startswith("in/") and NAME.fullmatch(one["Key"].removeprefix("in/"))
        assert s3.head_object(Bucket="logs", Key=one["Key"])["ContentType"] == "text/plain"


def test_lines_survive_a_kill(house, eventually):
    server, s3 = house
    keys = [f"k{i}" for i in range(50)]
    for key in keys:
        s3.put_object(Bucket="site", Key=key, Body=b"x")
    # The last of them are written behind their answers: this one waits until they are.
    s3.put_object(Bucket="quiet", Key="k", Body=b"x")
    eventually(lambda: "s3-logs" in server.admin("status"))
    server.restart(how=9)
    s3.get_object(Bucket="site", Key="k0")
    lines = delivered(server, s3, eventually, 50)
    seen = [line["key"] for line in lines if line["operation"] == "REST.PUT.OBJECT"]
    # AWS delivers as well as it can; here the newest line at most is lost.
    assert len(set(keys) - set(seen)) <= 1, sorted(set(keys) - set(seen))


def test_folders_by_day(house, eventually):
    server, s3 = house
    s3.put_bucket_logging(Bucket="site", BucketLoggingStatus=enabled("logs", "in/", TargetObjectKeyFormat={
        "PartitionedPrefix": {"PartitionDateSource": "EventTime"}}))
    s3.put_object(Bucket="site", Key="today", Body=b"x")
    server.forward(24 * 3600)
    s3.put_object(Bucket="site", Key="tomorrow", Body=b"x")
    delivered(server, s3, eventually, 3)
    keys = [one["Key"] for one in s3.list_objects_v2(Bucket="logs")["Contents"]]
    days = set()
    for key in keys:
        match = re.fullmatch(rf"in/{ACCOUNT}/us-east-1/site/(\d{{4}})/(\d\d)/(\d\d)/(.*)", key)
        assert match and NAME.fullmatch(match[4]), key
        day = "-".join(match.groups()[:3])
        assert match[4].startswith(f"{day}-00-00-00-")
        days.add(day)
    assert len(days) >= 2


def test_targets_that_do_not_let_logs_in(house, eventually):
    server, s3 = house
    s3.delete_bucket_policy(Bucket="logs")
    s3.put_object(Bucket="site", Key="k", Body=b"x")

    def tried():
        server.forward(400)
        return "an access log is not taken" in server.log_text()
    eventually(tried)
    assert "Contents" not in s3.list_objects_v2(Bucket="logs")
    # What waits comes when it may; a list of the bucket lets it in as well, and lines of the configuration permit more.
    s3.put_bucket_ownership_controls(Bucket="logs", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})
    s3.put_bucket_acl(Bucket="logs", ACL="log-delivery-write")
    s3.put_bucket_logging(Bucket="site", BucketLoggingStatus=enabled("logs", "in/", TargetGrants=[
        {"Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"},
         "Permission": "READ"}]))
    s3.delete_public_access_block(Bucket="logs")
    lines = delivered(server, s3, eventually, 1)
    assert "k" in [line["key"] for line in lines]
    key = s3.list_objects_v2(Bucket="logs")["Contents"][0]["Key"]
    grants = s3.get_object_acl(Bucket="logs", Key=key)["Grants"]
    assert sorted(grant["Permission"] for grant in grants) == ["FULL_CONTROL", "READ"]


def test_no_more_lines(house, eventually):
    server, s3 = house
    s3.put_object(Bucket="site", Key="before", Body=b"x")
    lines = delivered(server, s3, eventually, 1)
    count = len(lines)
    s3.put_bucket_logging(Bucket="site", BucketLoggingStatus={})
    s3.put_object(Bucket="site", Key="after", Body=b"x")
    s3.put_bucket_logging(Bucket="site", BucketLoggingStatus=enabled("logs", "in/"))
    s3.get_object(Bucket="site", Key="before")["Body"].read()
    lines = delivered(server, s3, eventually, count + 1)
    assert "after" not in [line["key"] for line in lines]
