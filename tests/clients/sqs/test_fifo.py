"""FIFO queues: order, groups, deduplication."""

import hashlib
import json

import pytest
from answers import UUID, Any, Now, Text, same
from botocore.exceptions import ClientError
from policies import queue_arn
from sqs_answers import bad_value, md5, message, missing, sent

SEQUENCE = Text("[0-9]{20}")


def send(sqs, url, body, group="g", deduplication=None):
    return sqs.send_message(QueueUrl=url, MessageBody=body, MessageGroupId=group,
                            MessageDeduplicationId=deduplication or f"{group}-{body}")


def bodies(sqs, url, **given):
    return [entry["Body"] for entry in
            sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, **given).get("Messages", [])]


@pytest.fixture
def content(sqs, name):
    """A FIFO queue that deduplicates by content."""
    return sqs.create_queue(QueueName=name("queue") + ".fifo", Attributes={
        "FifoQueue": "true", "ContentBasedDeduplication": "true"})["QueueUrl"]


def test_order_and_members(sqs, fifo):
    answers = [same(send(sqs, fifo, str(number)), 200, sent(str(number), SequenceNumber=SEQUENCE))
               for number in range(5)]
    numbers = [answer["SequenceNumber"] for answer in answers]
    assert numbers == sorted(numbers) and len(set(numbers)) == 5
    received = sqs.receive_message(QueueUrl=fifo, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"])
    same(received, 200, {"Messages": [message(str(number), Attributes={
        "SenderId": Any(str), "SentTimestamp": Now(), "ApproximateReceiveCount": "1",
        "ApproximateFirstReceiveTimestamp": Now(), "MessageGroupId": "g", "MessageDeduplicationId": f"g-{number}",
        "SequenceNumber": numbers[number]}) for number in range(5)]})


def test_a_group_waits_for_the_message_in_flight(sqs, fifo):
    for number in range(3):
        send(sqs, fifo, str(number))
    first = sqs.receive_message(QueueUrl=fifo)["Messages"][0]
    assert first["Body"] == "0"
    assert bodies(sqs, fifo) == []
    sqs.delete_message(QueueUrl=fifo, ReceiptHandle=first["ReceiptHandle"])
    assert bodies(sqs, fifo) == ["1", "2"]


def test_groups_do_not_wait_for_each_other(sqs, fifo):
    send(sqs, fifo, "a1", "a")
    send(sqs, fifo, "a2", "a")
    send(sqs, fifo, "b1", "b")
    first = sqs.receive_message(QueueUrl=fifo)["Messages"][0]
    assert first["Body"] == "a1"
    assert bodies(sqs, fifo) == ["b1"]


def test_shown_again_in_the_same_place(own_server, own_aws):
    sqs = own_aws.client("sqs")
    url = sqs.create_queue(QueueName="q.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    for number in range(3):
        send(sqs, url, str(number))
    assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "0"
    own_server.forward(31)
    assert bodies(sqs, url) == ["0", "1", "2"]


def test_deduplication_by_id(sqs, fifo):
    first = send(sqs, fifo, "one", deduplication="same")
    again = send(sqs, fifo, "two", deduplication="same")
    assert (again["MessageId"], again["SequenceNumber"]) == (first["MessageId"], first["SequenceNumber"])
    assert bodies(sqs, fifo) == ["one"]


def test_deduplication_holds_after_the_delete_and_for_five_minutes(own_server, own_aws):
    sqs = own_aws.client("sqs")
    url = sqs.create_queue(QueueName="q.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    send(sqs, url, "one", deduplication="same")
    handle = sqs.receive_message(QueueUrl=url)["Messages"][0]["ReceiptHandle"]
    sqs.delete_message(QueueUrl=url, ReceiptHandle=handle)
    own_server.forward(290)
    send(sqs, url, "two", deduplication="same")
    assert bodies(sqs, url) == []
    own_server.forward(20)
    send(sqs, url, "three", deduplication="same")
    assert bodies(sqs, url) == ["three"]


def test_deduplication_by_content(sqs, content):
    given = {"QueueUrl": content, "MessageGroupId": "g"}
    sqs.send_message(**given, MessageBody="same")
    sqs.send_message(**given, MessageBody="same")
    sqs.send_message(**given, MessageBody="other")
    received = sqs.receive_message(QueueUrl=content, MaxNumberOfMessages=10,
                                   MessageSystemAttributeNames=["MessageDeduplicationId"])["Messages"]
    assert [(entry["Body"], entry["Attributes"]["MessageDeduplicationId"]) for entry in received] == [
        (body, hashlib.sha256(body.encode()).hexdigest()) for body in ("same", "other")]


def test_deduplication_by_group(sqs, name):
    url = sqs.create_queue(QueueName=name() + ".fifo", Attributes={
        "FifoQueue": "true", "DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"})["QueueUrl"]
    send(sqs, url, "a", "a", "same")
    send(sqs, url, "b", "b", "same")
    send(sqs, url, "b2", "b", "same")
    assert sorted(bodies(sqs, url)) == ["a", "b"]


def test_a_receive_attempt_repeated(sqs, fifo):
    send(sqs, fifo, "x")
    first = sqs.receive_message(QueueUrl=fifo, ReceiveRequestAttemptId="try")["Messages"]
    again = sqs.receive_message(QueueUrl=fifo, ReceiveRequestAttemptId="try")["Messages"]
    assert [entry["MessageId"] for entry in again] == [entry["MessageId"] for entry in first]


def test_batch_keeps_its_order(sqs, fifo):
    entries = [{"Id": str(number), "MessageBody": str(number), "MessageGroupId": "g",
                "MessageDeduplicationId": str(number)} for number in range(10)]
    same(sqs.send_message_batch(QueueUrl=fifo, Entries=entries), 200, {"Successful": [
        {"Id": str(number), "MessageId": UUID, "MD5OfMessageBody": md5(str(number)), "SequenceNumber": SEQUENCE}
        for number in range(10)]})
    assert bodies(sqs, fifo) == [str(number) for number in range(10)]


def test_what_is_refused(sqs, fifo, queue):
    with missing("MessageGroupId"):
        sqs.send_message(QueueUrl=fifo, MessageBody="b", MessageDeduplicationId="d")
    with bad_value("The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided "
                   "explicitly"):
        sqs.send_message(QueueUrl=fifo, MessageBody="b", MessageGroupId="g")
    with bad_value("Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not "
                   "valid for this queue type."):
        sqs.send_message(QueueUrl=fifo, MessageBody="b", MessageGroupId="g", MessageDeduplicationId="d", DelaySeconds=2)
    for bad in ("group 123", "a" * 129):
        words = ("Value {0} for parameter {1} is invalid. Reason: {1} can only include alphanumeric and punctuation "
                 "characters. 1 to 128 in length.")
        with bad_value(words.format(bad, "MessageGroupId")):
            sqs.send_message(QueueUrl=fifo, MessageBody="b", MessageGroupId=bad, MessageDeduplicationId="d")
        with bad_value(words.format(bad, "MessageDeduplicationId")):
            sqs.send_message(QueueUrl=fifo, MessageBody="b", MessageGroupId="g", MessageDeduplicationId=bad)
    with pytest.raises(ClientError):
        sqs.send_message(QueueUrl=queue, MessageBody="b", MessageDeduplicationId="d")


def test_an_expired_handle_is_refused(own_server, own_aws):
    sqs = own_aws.client("sqs")
    url = sqs.create_queue(QueueName="q.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    send(sqs, url, "x")
    handle = sqs.receive_message(QueueUrl=url)["Messages"][0]["ReceiptHandle"]
    own_server.forward(31)
    with bad_value(f"Value {handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."):
        sqs.delete_message(QueueUrl=url, ReceiptHandle=handle)
    assert bodies(sqs, url) == ["x"]


def test_a_dead_letter_lets_the_group_go_on(sqs, fifo, name):
    dead = sqs.create_queue(QueueName=name("dead") + ".fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=fifo, Attributes={"RedrivePolicy": json.dumps(
        {"deadLetterTargetArn": queue_arn(sqs, dead), "maxReceiveCount": 1})})
    send(sqs, fifo, "poison")
    send(sqs, fifo, "good")
    assert sqs.receive_message(QueueUrl=fifo, VisibilityTimeout=0)["Messages"][0]["Body"] == "poison"
    assert bodies(sqs, fifo, WaitTimeSeconds=5) == ["good"]
    assert bodies(sqs, dead, WaitTimeSeconds=20) == ["poison"]
