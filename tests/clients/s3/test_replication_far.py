"""Replication into a region that is away for a while."""

import contextlib
import json
import shutil

from identities import allow
from policies import let_s3_send
from replicating import READ, WRITE, arn, make, rule
from roles import Role, trust


@contextlib.contextmanager
def away(region):
    aside = region.with_name(region.name + "-away")
    region.rename(aside)
    yield
    shutil.rmtree(region, ignore_errors=True)
    aside.rename(region)


def test_a_region_that_is_away_for_a_while(own_server, own_aws, eventually):
    """What could not be replicated waits, through a restart too, and is when the region is back: in order and once."""
    east, west = own_aws.client("s3"), own_aws.client("s3", region="eu-west-1")
    role = Role(own_aws, own_aws.client("iam"), "replicator", trust({"Service": "s3.amazonaws.com"}))
    role.may(allow(READ + WRITE))
    make(east, "east")
    make(west, "west", "eu-west-1")
    east.put_bucket_replication(Bucket="east", ReplicationConfiguration={
        "Role": role.arn, "Rules": [rule("west", DeleteMarkerReplication={"Status": "Enabled"})]})
    status = lambda key: east.head_object(Bucket="east", Key=key)["ReplicationStatus"]
    east.put_object(Bucket="east", Key="k", Body=b"0")
    eventually(lambda: status("k") == "COMPLETED")
    assert west.get_object(Bucket="west", Key="k")["Body"].read() == b"0"
    own_server.stop()
    with away(own_server.data / "regions" / "eu-west-1"):
        own_server.start()
        for number in range(1, 4):
            east.put_object(Bucket="east", Key="k", Body=b"%d" % number)
        east.delete_object(Bucket="east", Key="k")
        east.put_object(Bucket="east", Key="last", Body=bytes(2_000_000))
        assert status("last") == "PENDING"
        own_server.kill()
        own_server.start()
        assert status("last") == "PENDING"
        waiting = " waits for arn:aws:s3:::east: "
        eventually(lambda: waiting in own_server.admin("status"))
        own_server.stop()
    own_server.start()
    eventually(lambda: status("last") == "COMPLETED", seconds=60)
    eventually(lambda: "DeleteMarkers" in west.list_object_versions(Bucket="west"), seconds=60)
    said = own_server.admin("status")
    assert "replications since the start: 4 completed, 0 failed" in said and waiting not in said
    there = west.list_object_versions(Bucket="west", Prefix="k")
    bodies = [west.get_object(Bucket="west", Key="k", VersionId=entry["VersionId"])["Body"].read()
              for entry in there["Versions"]]
    assert (bodies, len(there["DeleteMarkers"])) == ([b"3", b"2", b"1", b"0"], 1)


def test_what_takes_longer_than_it_may_is_told(own_server, own_aws, eventually):
    """Once when it is late, and once when it is done after all."""
    east, west, sqs = own_aws.client("s3"), own_aws.client("s3", region="eu-west-1"), own_aws.client("sqs")
    role = Role(own_aws, own_aws.client("iam"), "replicator", trust({"Service": "s3.amazonaws.com"}))
    role.may(allow(READ + WRITE))
    make(east, "east")
    make(west, "west", "eu-west-1")
    queue = sqs.create_queue(QueueName="told")["QueueUrl"]
    east.put_bucket_notification_configuration(Bucket="east", NotificationConfiguration={"QueueConfigurations": [
        {"QueueArn": let_s3_send(sqs, queue, "east"), "Events": ["s3:Replication:*"]}]})
    timed = {"Bucket": arn("west"), "Metrics": {"Status": "Enabled", "EventThreshold": {"Minutes": 15}},
             "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}}}
    east.put_bucket_replication(Bucket="east", ReplicationConfiguration={
        "Role": role.arn, "Rules": [rule("west", Destination=timed)]})
    told = []

    def hear():
        for message in sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
            told.extend(record["eventName"] for record in json.loads(message["Body"]).get("Records", []))
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return told

    own_server.stop()
    with away(own_server.data / "regions" / "eu-west-1"):
        own_server.start()
        east.put_object(Bucket="east", Key="k", Body=b"x")
        own_server.forward(16 * 60)
        eventually(lambda: hear() == ["Replication:OperationMissedThreshold"], seconds=90)
        own_server.stop()
    own_server.start()
    eventually(lambda: len(hear()) > 1, seconds=90)
    assert told == ["Replication:OperationMissedThreshold", "Replication:OperationReplicatedAfterThreshold"]
    assert west.get_object(Bucket="west", Key="k")["Body"].read() == b"x"
