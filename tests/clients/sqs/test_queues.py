"""Queues: made, found, listed, described, changed, removed."""

import json

import pytest
from answers import Any, Now, Text, same, sqs_refused
from botocore.exceptions import ClientError
from sqs_answers import NO_QUEUE, bad_value

ARN = "arn:aws:sqs:us-east-1:000000000000:"
STANDARD = {
    "ApproximateNumberOfMessages": "0", "ApproximateNumberOfMessagesNotVisible": "0",
    "ApproximateNumberOfMessagesDelayed": "0", "CreatedTimestamp": Now(), "LastModifiedTimestamp": Now(),
    "VisibilityTimeout": "30", "MaximumMessageSize": "1048576", "MessageRetentionPeriod": "345600",
    "DelaySeconds": "0", "ReceiveMessageWaitTimeSeconds": "0", "SqsManagedSseEnabled": "true",
}


def test_create(sqs, server, name):
    queue = name()
    same(sqs.create_queue(QueueName=queue), 200, {"QueueUrl": f"{server.endpoint}/000000000000/{queue}"},
         {"content-type": "application/x-amz-json-1.0"})


def test_create_again_with_equal_attributes(sqs, name):
    given = {"QueueName": name(), "Attributes": {"VisibilityTimeout": "60"}}
    url = sqs.create_queue(**given)["QueueUrl"]
    same(sqs.create_queue(**given), 200, {"QueueUrl": url})
    same(sqs.create_queue(QueueName=given["QueueName"]), 200, {"QueueUrl": url})
    with sqs_refused(400, "QueueAlreadyExists", "QueueNameExists",
                     "A queue already exists with the same name and a different value for attribute VisibilityTimeout"):
        sqs.create_queue(QueueName=given["QueueName"], Attributes={"VisibilityTimeout": "61"})


@pytest.mark.parametrize("bad", ["", "a" * 81, "with space", "dot.ted", "slash/ed", "ümlaut"])
def test_names_that_are_refused(sqs, bad):
    with bad_value("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"):
        sqs.create_queue(QueueName=bad)


def test_fifo_names(sqs, name):
    with pytest.raises(ClientError) as error:
        sqs.create_queue(QueueName=name(), Attributes={"FifoQueue": "true"})
    assert error.value.response["Error"]["Code"] == "InvalidParameterValue"
    assert "must end with .fifo suffix" in error.value.response["Error"]["Message"]


def test_url(sqs, server, name):
    queue = name()
    sqs.create_queue(QueueName=queue)
    same(sqs.get_queue_url(QueueName=queue), 200, {"QueueUrl": f"{server.endpoint}/000000000000/{queue}"})
    same(sqs.get_queue_url(QueueName=queue, QueueOwnerAWSAccountId="000000000000"), 200,
         {"QueueUrl": f"{server.endpoint}/000000000000/{queue}"})
    with sqs_refused(*NO_QUEUE):
        sqs.get_queue_url(QueueName=queue + "-not")


def test_list(sqs, name):
    prefix = name("list")
    urls = [sqs.create_queue(QueueName=f"{prefix}-{number}")["QueueUrl"] for number in range(5)]
    same(sqs.list_queues(QueueNamePrefix=prefix), 200, {"QueueUrls": urls})
    first = same(sqs.list_queues(QueueNamePrefix=prefix, MaxResults=2), 200,
                 {"QueueUrls": urls[:2], "NextToken": Any(str)})
    second = same(sqs.list_queues(QueueNamePrefix=prefix, MaxResults=2, NextToken=first["NextToken"]), 200,
                  {"QueueUrls": urls[2:4], "NextToken": Any(str)})
    same(sqs.list_queues(QueueNamePrefix=prefix, MaxResults=2, NextToken=second["NextToken"]), 200,
         {"QueueUrls": urls[4:]})


def test_list_of_nothing(sqs, name):
    same(sqs.list_queues(QueueNamePrefix=name("none")), 200)


def test_attributes(sqs, queue):
    same(sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"]), 200,
         {"Attributes": {**STANDARD, "QueueArn": ARN + queue.rsplit("/", 1)[1]}})
    same(sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["DelaySeconds", "VisibilityTimeout"]), 200,
         {"Attributes": {"DelaySeconds": "0", "VisibilityTimeout": "30"}})
    same(sqs.get_queue_attributes(QueueUrl=queue), 200)


def test_attributes_of_a_fifo_queue(sqs, fifo):
    same(sqs.get_queue_attributes(QueueUrl=fifo, AttributeNames=["All"]), 200, {"Attributes": {
        **STANDARD, "QueueArn": ARN + fifo.rsplit("/", 1)[1], "FifoQueue": "true", "ContentBasedDeduplication": "false",
        "DeduplicationScope": "queue", "FifoThroughputLimit": "perQueue"}})


def test_attributes_given_and_changed(sqs, name):
    given = {"VisibilityTimeout": "20", "MaximumMessageSize": "2048", "MessageRetentionPeriod": "604800",
             "DelaySeconds": "5", "ReceiveMessageWaitTimeSeconds": "10"}
    url = sqs.create_queue(QueueName=name(), Attributes=given)["QueueUrl"]
    same(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(given)), 200, {"Attributes": given})
    changed = {"VisibilityTimeout": "69", "DelaySeconds": "420"}
    same(sqs.set_queue_attributes(QueueUrl=url, Attributes=changed), 200)
    same(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(given)), 200, {"Attributes": {**given, **changed}})


def test_an_attribute_that_is_none(sqs, queue):
    with sqs_refused(400, "InvalidAttributeName", "InvalidAttributeName", "Unknown Attribute Nonsense."):
        sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Nonsense"])
    with sqs_refused(400, "InvalidAttributeName", "InvalidAttributeName", "Unknown Attribute Nonsense."):
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Nonsense": "1"})


@pytest.mark.parametrize("attribute, values", [
    ("VisibilityTimeout", ["-1", "43201", "x", "1.5"]), ("MaximumMessageSize", ["1023", "1048577"]),
    ("MessageRetentionPeriod", ["59", "1209601"]), ("DelaySeconds", ["-1", "901"]),
    ("ReceiveMessageWaitTimeSeconds", ["-1", "21"]), ("Policy", ["no json"]), ("RedrivePolicy", ["no json"]),
])
def test_values_out_of_range(sqs, queue, name, attribute, values):
    for value in values:
        for call in (lambda: sqs.set_queue_attributes(QueueUrl=queue, Attributes={attribute: value}),
                     lambda: sqs.create_queue(QueueName=name(), Attributes={attribute: value})):
            with pytest.raises(ClientError) as error:
                call()
            seen = error.value.response
            assert (seen["Error"]["Code"], seen["ResponseMetadata"]["HTTPStatusCode"]) in (
                ("InvalidAttributeValue", 400), ("InvalidParameterValue", 400)), value
            assert f"parameter {attribute}" in seen["Error"]["Message"]
    kept = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert kept.get(attribute) == STANDARD.get(attribute)


def test_fifo_attributes_of_a_standard_queue(sqs, queue, fifo):
    with sqs_refused(400, "InvalidAttributeName", "InvalidAttributeName", "Unknown Attribute FifoQueue."):
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"FifoQueue": "true"})
    with sqs_refused(400, "InvalidAttributeValue", "InvalidAttributeValue",
                     "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported."):
        sqs.set_queue_attributes(QueueUrl=fifo, Attributes={"FifoQueue": "false"})
    with sqs_refused(400, "InvalidAttributeName", "InvalidAttributeName", "Unknown Attribute ContentBasedDeduplication."):
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"ContentBasedDeduplication": "true"})
    with sqs_refused(400, "InvalidAttributeName", "InvalidAttributeName",
                     "You can specify the DeduplicationScope only when FifoQueue is set to true."):
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"DeduplicationScope": "queue"})


def test_delete(sqs, name):
    queue = name()
    url = sqs.create_queue(QueueName=queue)["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="lost")
    same(sqs.delete_queue(QueueUrl=url), 200)
    for call in (lambda: sqs.delete_queue(QueueUrl=url), lambda: sqs.send_message(QueueUrl=url, MessageBody="x"),
                 lambda: sqs.receive_message(QueueUrl=url), lambda: sqs.get_queue_url(QueueName=queue),
                 lambda: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])):
        with sqs_refused(*NO_QUEUE):
            call()


def test_a_name_used_again_within_a_minute(own_server, own_aws):
    sqs = own_aws.client("sqs")
    url = sqs.create_queue(QueueName="again")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="old")
    sqs.delete_queue(QueueUrl=url)
    own_server.forward(61)
    url = sqs.create_queue(QueueName="again")["QueueUrl"]
    same(sqs.receive_message(QueueUrl=url), 200)


def test_regions_are_separate(aws, name):
    queue = name()
    here, there = aws.client("sqs"), aws.client("sqs", region="eu-west-1")
    here.create_queue(QueueName=queue)
    with sqs_refused(*NO_QUEUE):
        there.get_queue_url(QueueName=queue)
    url = there.create_queue(QueueName=queue)["QueueUrl"]
    arn = there.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    assert arn == f"arn:aws:sqs:eu-west-1:000000000000:{queue}"


def test_queue_urls_of_every_form(aws, server, name):
    """Clients keep URLs from elsewhere: only account and name count, and the signature's region."""
    sqs, queue = aws.client("sqs"), name()
    sqs.create_queue(QueueName=queue)
    for url in (f"{server.endpoint}/000000000000/{queue}", f"https://sqs.us-east-1.amazonaws.com/000000000000/{queue}",
                f"http://sqs.us-east-1.localhost:{server.port}/000000000000/{queue}",
                f"http://localhost:{server.port}/000000000000/{queue}"):
        assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["DelaySeconds"])["Attributes"]


def test_tags(sqs, queue, name):
    same(sqs.list_queue_tags(QueueUrl=queue), 200)
    same(sqs.tag_queue(QueueUrl=queue, Tags={"a": "1", "b": ""}), 200)
    same(sqs.tag_queue(QueueUrl=queue, Tags={"a": "2", "c": "3"}), 200)
    same(sqs.list_queue_tags(QueueUrl=queue), 200, {"Tags": {"a": "2", "b": "", "c": "3"}})
    same(sqs.untag_queue(QueueUrl=queue, TagKeys=["a", "none"]), 200)
    same(sqs.list_queue_tags(QueueUrl=queue), 200, {"Tags": {"b": "", "c": "3"}})
    tagged = sqs.create_queue(QueueName=name(), tags={"x": "y"})["QueueUrl"]
    same(sqs.list_queue_tags(QueueUrl=tagged), 200, {"Tags": {"x": "y"}})


def test_permissions_write_the_policy(sqs, queue):
    arn = ARN + queue.rsplit("/", 1)[1]

    def statement(label):
        return {"Sid": label, "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
                "Action": "SQS:ReceiveMessage", "Resource": arn}

    def policy():
        return json.loads(sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])["Attributes"]["Policy"])

    given = {"QueueUrl": queue, "AWSAccountIds": ["111111111111"], "Actions": ["ReceiveMessage"]}
    same(sqs.add_permission(**given, Label="one"), 200)
    assert policy() == {"Version": "2008-10-17", "Id": f"{arn}/SQSDefaultPolicy", "Statement": [statement("one")]}
    with bad_value("Value one for parameter Label is invalid. Reason: Already exists."):
        sqs.add_permission(**given, Label="one")
    same(sqs.add_permission(**given, Label="two"), 200)
    assert policy()["Statement"] == [statement("one"), statement("two")]
    same(sqs.remove_permission(QueueUrl=queue, Label="one"), 200)
    assert policy()["Statement"] == [statement("two")]
    with bad_value("Value one for parameter Label is invalid. Reason: can't find label."):
        sqs.remove_permission(QueueUrl=queue, Label="one")
    same(sqs.remove_permission(QueueUrl=queue, Label="two"), 200)
    same(sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"]), 200)


def test_a_policy_is_kept(sqs, queue):
    text = json.dumps({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sqs:SendMessage",
        "Resource": ARN + queue.rsplit("/", 1)[1]}]})
    same(sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": text}), 200)
    kept = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])["Attributes"]["Policy"]
    assert json.loads(kept) == json.loads(text)
    same(sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": ""}), 200)
    same(sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"]), 200)


def test_purge(own_server, own_aws):
    sqs = own_aws.client("sqs")
    url = sqs.create_queue(QueueName="purged")["QueueUrl"]
    for number in range(30):
        sqs.send_message(QueueUrl=url, MessageBody=str(number))
    sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    same(sqs.purge_queue(QueueUrl=url), 200)
    with sqs_refused(403, "AWS.SimpleQueueService.PurgeQueueInProgress", "PurgeQueueInProgress",
                     "Only one PurgeQueue operation on purged is allowed every 60 seconds."):
        sqs.purge_queue(QueueUrl=url)
    own_server.forward(61)
    same(sqs.receive_message(QueueUrl=url), 200)
    sqs.send_message(QueueUrl=url, MessageBody="after")
    assert [entry["Body"] for entry in sqs.receive_message(QueueUrl=url)["Messages"]] == ["after"]
    same(sqs.purge_queue(QueueUrl=url), 200)


def test_request_ids(sqs):
    answer = sqs.list_queues(QueueNamePrefix="none")
    assert answer["ResponseMetadata"]["RequestId"] == Text("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
