"""Damaged and missing files: found and named, never served; what is whole goes on."""

import contextlib
import shutil

import pytest
from aws import Aws
from botocore.exceptions import BotoCoreError, ClientError
from server import Server

BODY = b"the body of a small object, " * 20
# Bodies are encrypted; what is said of an object is not, and so can be found in the files.
NOTE = b"said-of-a-small-object-" * 20
SMALL = {"Bucket": "kept", "Key": "small", "Body": BODY, "Metadata": {"note": NOTE.decode()}}


def damaged(content):
    """`content` with one bit changed in its middle. Done twice, it is as before."""
    at = len(content) // 2
    return content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1:]


def damage(path, what=None):
    """Changes one bit of a file: in the middle of `what`, which is in it, or of the whole."""
    content = path.read_bytes()
    what = content if what is None else what
    assert what in content
    path.write_bytes(content.replace(what, damaged(what)))


def records(server, region="us-east-1"):
    return server.data / "regions" / region / "cell-0" / "records"


def refused(call, **parameters):
    with pytest.raises(ClientError) as error:
        call(**parameters)
    answer = error.value.response
    return answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"]


@pytest.fixture
def single():
    """A server with one cell, so that the files are known, and its S3 with a bucket."""
    with Server() as server:
        s3 = Aws(server).client("s3")
        s3.create_bucket(Bucket="kept")
        yield server, s3


def test_a_damaged_chunk_is_not_served(single):
    server, s3 = single
    s3.put_object(Bucket="kept", Key="big", Body=bytes(3_000_000))
    s3.put_object(Bucket="kept", Key="whole", Body=bytes(2_000_000))
    [blob] = [path for path in (server.data / "regions").rglob("blobs/*/*") if path.stat().st_size > 2_900_000]
    damage(blob)
    server.restart()
    with pytest.raises((BotoCoreError, ClientError)):
        s3.get_object(Bucket="kept", Key="big")["Body"].read()
    # What is asked of the whole part of it is answered, and so is everything else.
    assert s3.get_object(Bucket="kept", Key="big", Range="bytes=0-99")["Body"].read() == bytes(100)
    assert s3.head_object(Bucket="kept", Key="big")["ContentLength"] == 3_000_000
    assert s3.get_object(Bucket="kept", Key="whole")["Body"].read() == bytes(2_000_000)
    assert blob.name in server.log_text()
    # A copy would spread it.
    status, _ = refused(s3.copy_object, Bucket="kept", Key="copy", CopySource="kept/big")
    assert status == 500
    assert refused(s3.head_object, Bucket="kept", Key="copy")[0] == 404
    s3.put_object(Bucket="kept", Key="big", Body=b"again")
    assert s3.get_object(Bucket="kept", Key="big")["Body"].read() == b"again"


def test_a_damaged_record_is_not_served(single):
    server, s3 = single
    s3.put_object(**SMALL)
    s3.put_object(Bucket="kept", Key="whole", Body=b"whole")
    assert server.stop() == 0
    damage(records(server) / "records" / "data.mdb", NOTE)
    server.start()
    assert refused(s3.get_object, Bucket="kept", Key="small") == (500, "InternalError")
    assert s3.get_object(Bucket="kept", Key="whole")["Body"].read() == b"whole"
    s3.put_object(Bucket="kept", Key="new", Body=b"new")
    assert "damage" in server.log_text()
    assert NOTE[:23].decode() not in server.log_text()


def test_a_damaged_log_is_named_and_not_used(single):
    """The cell stays shut, and its files as they are; every other region is served."""
    server, s3 = single
    s3.put_object(**SMALL)
    for number in range(20):
        s3.put_object(Bucket="kept", Key=str(number), Body=b"after")
    server.kill()
    [log] = [path for path in records(server).glob("log-*") if NOTE in path.read_bytes()]
    damage(log, NOTE)
    before = log.read_bytes()
    server.start()
    assert refused(s3.get_object, Bucket="kept", Key="19") == (500, "InternalError")
    assert refused(s3.put_object, Bucket="kept", Key="new", Body=b"x") == (500, "InternalError")
    Aws(server).client("sqs", region="eu-west-1").create_queue(QueueName="elsewhere")
    for text in (server.log_text(), server.admin("status")):
        assert "damaged: batch " in text and str(log.parent.parent) in text
    server.stop()
    assert log.read_bytes() == before
    damage(log, damaged(NOTE))  # as it was
    server.start()
    assert s3.get_object(Bucket="kept", Key="small")["Body"].read() == BODY
    assert s3.list_objects_v2(Bucket="kept")["KeyCount"] == 21


@contextlib.contextmanager
def away(path):
    """The directory is somewhere else for a while."""
    hidden = path.with_name(f"{path.name}-away")
    path.rename(hidden)
    try:
        yield
    finally:
        shutil.rmtree(path, ignore_errors=True)
        hidden.rename(path)


@pytest.mark.parametrize("while_it_runs", [True, False], ids=["running", "restarted"])
def test_regions_are_islands(own_server, own_aws, while_it_runs):
    """With another region's directory moved away, this one answers."""
    west, east = ({service: own_aws.client(service, region=region) for service in ("s3", "sqs", "sns")}
                  for region in ("eu-west-1", "us-east-1"))
    west["s3"].create_bucket(Bucket="west", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    west["s3"].put_object(Bucket="west", Key="k", Body=b"west")
    queue = west["sqs"].create_queue(QueueName="q")["QueueUrl"]
    west["sqs"].send_message(QueueUrl=queue, MessageBody="west")
    east["s3"].create_bucket(Bucket="east")
    if not while_it_runs:
        own_server.stop()
    with away(own_server.data / "regions" / "eu-west-1"):
        if not while_it_runs:
            own_server.start()
        east["s3"].put_object(Bucket="east", Key="k", Body=b"x" * 1_000_000)
        assert east["s3"].get_object(Bucket="east", Key="k")["Body"].read() == b"x" * 1_000_000
        url = east["sqs"].create_queue(QueueName="q")["QueueUrl"]
        east["sqs"].send_message(QueueUrl=url, MessageBody="east")
        assert east["sqs"].receive_message(QueueUrl=url)["Messages"][0]["Body"] == "east"
        topic = east["sns"].create_topic(Name="t")["TopicArn"]
        assert east["sns"].publish(TopicArn=topic, Message="m")["MessageId"]
        assert {bucket["Name"] for bucket in east["s3"].list_buckets()["Buckets"]} == {"east", "west"}
        own_server.stop()
    own_server.start()
    assert west["s3"].get_object(Bucket="west", Key="k")["Body"].read() == b"west"
    assert west["sqs"].receive_message(QueueUrl=queue)["Messages"][0]["Body"] == "west"
    assert east["s3"].get_object(Bucket="east", Key="k")["Body"].read() == b"x" * 1_000_000
