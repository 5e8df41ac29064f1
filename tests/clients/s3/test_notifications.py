"""Event notifications to SQS and SNS."""

import json

import pytest
from answers import UUID, Any, Text, refused, same
from checksums import etag
from policies import empty, let_s3_publish, let_s3_send, let_sns_send, queue_arn, receive
from s3_answers import NO_SUCH_BUCKET

UNABLE = "Unable to validate the following destination configurations"
ISO = Text(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
DATA = b"picture"


def event(bucket, kind, key, data=None, *, configuration="conf", version_id=None, sequencer=True):
    """One record of an event, whole."""
    stored = {"key": key}
    if data is not None:
        stored |= {"size": len(data), "eTag": etag(data).strip('"')}
    if version_id:
        stored["versionId"] = version_id
    if sequencer:
        stored["sequencer"] = Text("[0-9A-F]{16,}")
    return {
        "eventVersion": Text(r"2\.\d"), "eventSource": "aws:s3", "awsRegion": "us-east-1", "eventTime": ISO,
        "eventName": kind, "userIdentity": {"principalId": Any(str)}, "requestParameters": {"sourceIPAddress": "127.0.0.1"},
        "responseElements": {"x-amz-request-id": Any(str), "x-amz-id-2": Any(str)},
        "s3": {"s3SchemaVersion": "1.0", "configurationId": configuration,
               "bucket": {"name": bucket, "ownerIdentity": {"principalId": Any(str)}, "arn": f"arn:aws:s3:::{bucket}"},
               "object": stored},
    }


def records(sqs, url, count=1):
    return [record for message in receive(sqs, url, count) for record in json.loads(message["Body"])["Records"]]


def configure(s3, bucket, arn, events=("s3:ObjectCreated:*",), **more):
    configuration = {"Id": "conf", "QueueArn": arn, "Events": list(events), **more}
    return s3.put_bucket_notification_configuration(
        Bucket=bucket, NotificationConfiguration={"QueueConfigurations": [configuration]})


@pytest.fixture
def wired(s3, sqs, bucket, queue):
    """A bucket whose events of every kind go to a queue; the test event is taken out already."""
    arn = let_s3_send(sqs, queue, bucket)
    configure(s3, bucket, arn, ["s3:ObjectCreated:*", "s3:ObjectRemoved:*", "s3:ObjectTagging:*"])
    receive(sqs, queue)
    return bucket


def test_the_test_event(s3, sqs, bucket, queue):
    arn = let_s3_send(sqs, queue, bucket)
    same(configure(s3, bucket, arn), 200)
    assert json.loads(receive(sqs, queue)[0]["Body"]) == {
        "Service": "Amazon S3", "Event": "s3:TestEvent", "Time": ISO, "Bucket": bucket, "RequestId": Any(str),
        "HostId": Any(str)}


def test_configuration_is_kept(s3, sqs, bucket, queue):
    same(s3.get_bucket_notification_configuration(Bucket=bucket), 200)
    arn = let_s3_send(sqs, queue, bucket)
    rules = [{"Name": "prefix", "Value": "in/"}, {"Name": "suffix", "Value": ".jpg"}]
    configure(s3, bucket, arn, Filter={"Key": {"FilterRules": rules}})
    same(s3.get_bucket_notification_configuration(Bucket=bucket), 200, {"QueueConfigurations": [{
        "Id": "conf", "QueueArn": arn, "Events": ["s3:ObjectCreated:*"],
        "Filter": {"Key": {"FilterRules": [{"Name": "Prefix", "Value": "in/"}, {"Name": "Suffix", "Value": ".jpg"}]}}}]})
    same(s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={}), 200)
    same(s3.get_bucket_notification_configuration(Bucket=bucket), 200)


def test_an_id_is_given_where_there_is_none(s3, sqs, bucket, queue):
    arn = let_s3_send(sqs, queue, bucket)
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={
        "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:Put"]}]})
    same(s3.get_bucket_notification_configuration(Bucket=bucket), 200, {"QueueConfigurations": [
        {"Id": Any(str), "QueueArn": arn, "Events": ["s3:ObjectCreated:Put"]}]})


def test_put(s3, sqs, wired, queue):
    s3.put_object(Bucket=wired, Key="a/photo one.jpg", Body=DATA)
    assert records(sqs, queue) == [event(wired, "ObjectCreated:Put", "a/photo+one.jpg", DATA)]
    assert empty(sqs, queue)


@pytest.mark.parametrize("key, encoded", [("a@b", "a%40b"), ("é", "%C3%A9"), ("a+b", "a%2Bb"), ("a/b", "a/b"),
                                          ("%2F", "%252F"), ("~x*", "%7Ex*")])
def test_keys_are_encoded(s3, sqs, wired, queue, key, encoded):
    s3.put_object(Bucket=wired, Key=key, Body=DATA)
    seen = records(sqs, queue)[0]["s3"]["object"]["key"]
    assert seen in (encoded, encoded.replace("%7E", "~"))


def test_copy(s3, sqs, wired, queue):
    s3.put_object(Bucket=wired, Key="k", Body=DATA)
    s3.copy_object(Bucket=wired, Key="copy", CopySource=f"{wired}/k")
    kinds = {record["eventName"]: record for record in records(sqs, queue, 2)}
    assert kinds["ObjectCreated:Copy"] == event(wired, "ObjectCreated:Copy", "copy", DATA)


def test_multipart(s3, sqs, wired, queue):
    where = {"Bucket": wired, "Key": "k"}
    where["UploadId"] = s3.create_multipart_upload(**where)["UploadId"]
    part = s3.upload_part(**where, PartNumber=1, Body=DATA)
    done = s3.complete_multipart_upload(**where, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    expected = event(wired, "ObjectCreated:CompleteMultipartUpload", "k", DATA)
    expected["s3"]["object"]["eTag"] = done["ETag"].strip('"')
    assert records(sqs, queue) == [expected]


def test_delete(s3, sqs, wired, queue):
    s3.put_object(Bucket=wired, Key="k", Body=DATA)
    s3.delete_object(Bucket=wired, Key="k")
    kinds = {record["eventName"]: record for record in records(sqs, queue, 2)}
    assert kinds["ObjectRemoved:Delete"] == event(wired, "ObjectRemoved:Delete", "k")


def test_delete_many(s3, sqs, wired, queue):
    for key in ("a", "b"):
        s3.put_object(Bucket=wired, Key=key, Body=DATA)
    records(sqs, queue, 2)
    s3.delete_objects(Bucket=wired, Delete={"Objects": [{"Key": "a"}, {"Key": "b"}]})
    seen = sorted(records(sqs, queue, 2), key=lambda record: record["s3"]["object"]["key"])
    assert seen == [event(wired, "ObjectRemoved:Delete", key) for key in ("a", "b")]


def test_versions(s3, sqs, wired, queue):
    s3.put_bucket_versioning(Bucket=wired, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=wired, Key="k", Body=DATA)["VersionId"]
    assert records(sqs, queue) == [event(wired, "ObjectCreated:Put", "k", DATA, version_id=first)]
    marker = s3.delete_object(Bucket=wired, Key="k")["VersionId"]
    made = records(sqs, queue)[0]
    assert (made["eventName"], made["s3"]["object"]["versionId"]) == ("ObjectRemoved:DeleteMarkerCreated", marker)
    s3.delete_object(Bucket=wired, Key="k", VersionId=first)
    gone = records(sqs, queue)[0]
    assert (gone["eventName"], gone["s3"]["object"]["versionId"]) == ("ObjectRemoved:Delete", first)


def test_tagging(s3, sqs, wired, queue):
    s3.put_object(Bucket=wired, Key="k", Body=DATA)
    records(sqs, queue)
    s3.put_object_tagging(Bucket=wired, Key="k", Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    put = event(wired, "ObjectTagging:Put", "k", sequencer=False)
    put["s3"]["object"]["eTag"] = etag(DATA).strip('"')
    assert records(sqs, queue) == [put]
    s3.delete_object_tagging(Bucket=wired, Key="k")
    assert records(sqs, queue)[0]["eventName"] == "ObjectTagging:Delete"


def test_sequencers_of_one_key_rise(s3, sqs, wired, queue):
    for turn in range(8):
        s3.put_object(Bucket=wired, Key="k", Body=str(turn).encode())
    seen = sorted(records(sqs, queue, 8), key=lambda record: record["s3"]["object"]["sequencer"].zfill(64))
    assert [record["s3"]["object"]["eTag"] for record in seen] == [
        etag(str(turn).encode()).strip('"') for turn in range(8)]


def test_filters(s3, sqs, bucket, queue):
    arn = let_s3_send(sqs, queue, bucket)
    rules = [{"Name": "prefix", "Value": "in/"}, {"Name": "suffix", "Value": ".jpg"}]
    configure(s3, bucket, arn, Filter={"Key": {"FilterRules": rules}})
    receive(sqs, queue)
    for key in ("in/a.png", "out/a.jpg", "in/deep/b.jpg", "in/.jpg"):
        s3.put_object(Bucket=bucket, Key=key, Body=DATA)
    s3.delete_object(Bucket=bucket, Key="in/deep/b.jpg")
    assert {record["s3"]["object"]["key"] for record in records(sqs, queue, 2)} == {"in/deep/b.jpg", "in/.jpg"}
    assert empty(sqs, queue)


def test_a_refused_put_sends_nothing(s3, sqs, wired, queue):
    with pytest.raises(s3.exceptions.ClientError):
        s3.put_object(Bucket=wired, Key="k", Body=DATA, ContentMD5="MTIzNDU2Nzg5MDEyMzQ1Ng==")
    s3.put_object(Bucket=wired, Key="after", Body=DATA)
    assert [record["s3"]["object"]["key"] for record in records(sqs, queue)] == ["after"]
    assert empty(sqs, queue)


def test_a_queue_without_a_policy(s3, sqs, bucket, queue):
    arn = queue_arn(sqs, queue)
    with refused(400, "InvalidArgument", UNABLE, ArgumentName1=arn,
                 ArgumentValue1="Permissions on the destination queue do not allow S3 to publish notifications from "
                                "this bucket"):
        configure(s3, bucket, arn)
    same(s3.get_bucket_notification_configuration(Bucket=bucket), 200)


def test_a_queue_whose_policy_names_another_bucket(s3, sqs, bucket, queue):
    arn = let_s3_send(sqs, queue, "some-other-bucket")
    with refused(400, "InvalidArgument", UNABLE, ArgumentName1=arn,
                 ArgumentValue1="Permissions on the destination queue do not allow S3 to publish notifications from "
                                "this bucket"):
        configure(s3, bucket, arn)


def test_a_queue_that_is_not_there(s3, bucket):
    arn = "arn:aws:sqs:us-east-1:000000000000:not-there"
    with refused(400, "InvalidArgument", UNABLE, ArgumentName1=arn,
                 ArgumentValue1="The destination queue does not exist"):
        configure(s3, bucket, arn)


def test_destinations_may_go_unchecked(s3, bucket):
    arn = "arn:aws:sqs:us-east-1:000000000000:not-there"
    s3.put_bucket_notification_configuration(
        Bucket=bucket, SkipDestinationValidation=True,
        NotificationConfiguration={"QueueConfigurations": [{"Id": "x", "QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]})
    same(s3.get_bucket_notification_configuration(Bucket=bucket), 200, {"QueueConfigurations": [
        {"Id": "x", "QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]})


def test_an_arn_that_is_none(s3, bucket):
    with refused(400, "InvalidArgument", "The ARN could not be parsed", ArgumentName="Queue",
                 ArgumentValue="invalid-queue"):
        configure(s3, bucket, "invalid-queue")


def test_a_filter_that_is_none(s3, sqs, bucket, queue):
    arn = let_s3_send(sqs, queue, bucket)
    with refused(400, "InvalidArgument", "filter rule name must be either prefix or suffix",
                 ArgumentName="FilterRule.Name", ArgumentValue="INVALID"):
        configure(s3, bucket, arn, Filter={"Key": {"FilterRules": [{"Name": "INVALID", "Value": "x"}]}})


def test_of_no_bucket(s3, name):
    bucket = name()
    with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=bucket):
        s3.get_bucket_notification_configuration(Bucket=bucket)


def test_through_a_topic(s3, sqs, sns, bucket, queue, topic):
    let_s3_publish(sns, topic, bucket)
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=let_sns_send(sqs, queue, topic))
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={
        "TopicConfigurations": [{"Id": "conf", "TopicArn": topic, "Events": ["s3:ObjectCreated:*"]}]})
    receive(sqs, queue)
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    envelope = json.loads(receive(sqs, queue)[0]["Body"])
    message = json.loads(envelope.pop("Message"))
    assert message == {"Records": [event(bucket, "ObjectCreated:Put", "k", DATA)]}
    assert envelope == {
        "Type": "Notification", "MessageId": UUID, "TopicArn": topic, "Subject": "Amazon S3 Notification",
        "Timestamp": ISO, "SignatureVersion": "1", "Signature": Any(str), "SigningCertURL": Any(str),
        "UnsubscribeURL": Any(str)}


def test_a_topic_without_a_policy_for_s3(s3, sns, bucket, topic):
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "sns:Publish",
        "Resource": topic}]})
    sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)
    with refused(400, "InvalidArgument", UNABLE, ArgumentName1=topic,
                 ArgumentValue1="Permissions on the destination topic do not allow S3 to publish notifications from "
                                "this bucket"):
        s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={
            "TopicConfigurations": [{"TopicArn": topic, "Events": ["s3:ObjectCreated:*"]}]})
