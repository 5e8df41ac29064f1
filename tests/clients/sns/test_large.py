"""Messages above 256 KiB, for topics that say so."""

import json

import pytest
from answers import UUID, refused, same
from policies import empty, let_sns_send, queue_arn, receive
from sns_answers import SENDER, invalid

KIB = 1024


def test_the_attribute(sns, topic, name):
    assert "MaximumMessageSize" not in sns.get_topic_attributes(TopicArn=topic)["Attributes"]
    for bad in ("1023", "1048577", "much", "-1"):
        with invalid(f"Invalid parameter: MaximumMessageSize: Invalid value [{bad}]. Must be an integer between 1024 and 1048576"):
            sns.set_topic_attributes(TopicArn=topic, AttributeName="MaximumMessageSize", AttributeValue=bad)
    same(sns.set_topic_attributes(TopicArn=topic, AttributeName="MaximumMessageSize", AttributeValue="1024"), 200)
    assert sns.get_topic_attributes(TopicArn=topic)["Attributes"]["MaximumMessageSize"] == "1024"
    same(sns.publish(TopicArn=topic, Message="x" * 1024), 200, {"MessageId": UUID})
    with invalid("Invalid parameter: Message too long"):
        sns.publish(TopicArn=topic, Message="x" * 1025)
    with invalid("Invalid parameter: Message too long"):  # names, types and values of attributes count
        sns.publish(TopicArn=topic, Message="x" * 1018, MessageAttributes={"a": {"DataType": "String", "StringValue": "x"}})
    entries = [{"Id": str(n), "Message": "x" * 600} for n in range(2)]
    with refused(400, "BatchRequestTooLong", "The length of all the messages put together is more than the limit.", **SENDER):
        sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)
    large = sns.create_topic(Name=name(), Attributes={"MaximumMessageSize": "1048576"})["TopicArn"]
    assert sns.get_topic_attributes(TopicArn=large)["Attributes"]["MaximumMessageSize"] == "1048576"


@pytest.fixture
def large(sns, name):
    return sns.create_topic(Name=name("large"), Attributes={"MaximumMessageSize": "1048576"})["TopicArn"]


def test_a_mebibyte_to_queues(sns, sqs, large, name, eventually):
    queues = [sqs.create_queue(QueueName=name(), Attributes={"MaximumMessageSize": "1048576"})["QueueUrl"] for _ in range(6)]
    for url in queues:
        sns.subscribe(TopicArn=large, Protocol="sqs", Endpoint=let_sns_send(sqs, url, large),
                      Attributes={"RawMessageDelivery": "true"})
    body = "é" * (512 * KIB)
    same(sns.publish(TopicArn=large, Message=body), 200, {"MessageId": UUID})
    for url in queues:
        eventually(lambda: not empty(sqs, url), 120)
        assert receive(sqs, url)[0]["Body"] == body
    with invalid("Invalid parameter: Message too long"):
        sns.publish(TopicArn=large, Message=body + "x")
    answer = sns.publish_batch(TopicArn=large, PublishBatchRequestEntries=[
        {"Id": str(n), "Message": f"{n}" + "x" * (100 * KIB)} for n in range(10)])
    assert len(answer["Successful"]) == 10 and answer["Failed"] == []
    for url in queues:
        assert sorted(entry["Body"][0] for entry in receive(sqs, url, 10)) == list("0123456789")


def test_a_mebibyte_to_the_dead_letter_queue(sns, sqs, large, name, eventually):
    gone, dead = (sqs.create_queue(QueueName=name())["QueueUrl"] for _ in range(2))
    sqs.set_queue_attributes(QueueUrl=dead, Attributes={"MaximumMessageSize": "1048576"})
    arn = let_sns_send(sqs, gone, large)
    sns.subscribe(TopicArn=large, Protocol="sqs", Endpoint=arn, Attributes={
        "RawMessageDelivery": "true", "RedrivePolicy": json.dumps({"deadLetterTargetArn": let_sns_send(sqs, dead, large)})})
    sqs.delete_queue(QueueUrl=gone)
    body = "x" * (1024 * KIB)
    sns.publish(TopicArn=large, Message=body)
    eventually(lambda: not empty(sqs, dead), 120)
    assert receive(sqs, dead)[0]["Body"] == body
    assert empty(sqs, dead)


def test_at_most_a_hundred_subscriptions(sns, sqs, large, topic, queue):
    arn = queue_arn(sqs, queue)
    for number in range(100):
        sns.subscribe(TopicArn=large, Protocol="sqs", Endpoint=f"{arn}-{number}")
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=f"{arn}-{number}")
    sns.subscribe(TopicArn=large, Protocol="sqs", Endpoint=f"{arn}-99")
    refusal = "Invalid parameter: MaximumMessageSize Reason: A topic with a MaximumMessageSize above 262144 bytes must have " \
              "100 or fewer subscriptions"
    with invalid(refusal):
        sns.subscribe(TopicArn=large, Protocol="sqs", Endpoint=arn)
    same(sns.set_topic_attributes(TopicArn=topic, AttributeName="MaximumMessageSize", AttributeValue="262145"), 200)
    same(sns.set_topic_attributes(TopicArn=topic, AttributeName="MaximumMessageSize", AttributeValue="262144"), 200)
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    with invalid(refusal):
        sns.set_topic_attributes(TopicArn=topic, AttributeName="MaximumMessageSize", AttributeValue="262145")
    assert sns.get_topic_attributes(TopicArn=topic)["Attributes"]["MaximumMessageSize"] == "262144"
