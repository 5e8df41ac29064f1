"""Dead-letter queues and message move tasks."""

import json

import pytest
from answers import Any, Now, Text, Unordered, same, sqs_refused
from botocore.exceptions import ClientError
from policies import queue_arn, receive
from sqs_answers import bad_value, message

SOURCE_ATTRIBUTE = "DeadLetterQueueSourceArn"


def redrive(sqs, source, target_arn, count=1):
    sqs.set_queue_attributes(QueueUrl=source, Attributes={
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": target_arn, "maxReceiveCount": count})})


@pytest.fixture
def pair(sqs, name):
    """(source, dead-letter queue), wired after one receive."""
    source, dead = (sqs.create_queue(QueueName=name(kind))["QueueUrl"] for kind in ("source", "dead"))
    redrive(sqs, source, queue_arn(sqs, dead))
    return source, dead


def die(sqs, source, count=1):
    """Receives each message once too often."""
    for _ in range(count + 1):
        for _ in range(50):
            if not sqs.receive_message(QueueUrl=source, MaxNumberOfMessages=10, VisibilityTimeout=0).get("Messages"):
                break


def test_after_too_many_receives(sqs, pair):
    source, dead = pair
    attributes = {"a": {"DataType": "String", "StringValue": "x"}}
    sent = sqs.send_message(QueueUrl=source, MessageBody="b", MessageAttributes=attributes)
    first = sqs.receive_message(QueueUrl=source, VisibilityTimeout=0, MessageSystemAttributeNames=["SentTimestamp"])
    stamp = first["Messages"][0]["Attributes"]["SentTimestamp"]
    same(sqs.receive_message(QueueUrl=source), 200)
    answer = sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=20, MessageAttributeNames=["All"],
                                 MessageSystemAttributeNames=["All"])
    same(answer, 200, {"Messages": [message("b", attributes, MessageId=sent["MessageId"], Attributes={
        "SenderId": Any(str), "SentTimestamp": stamp, "ApproximateReceiveCount": Text("[12]"),
        "ApproximateFirstReceiveTimestamp": Now(), SOURCE_ATTRIBUTE: queue_arn(sqs, source)})]})


def test_the_count_is_respected(sqs, pair):
    source, dead = pair
    redrive(sqs, source, queue_arn(sqs, dead), 3)
    sqs.send_message(QueueUrl=source, MessageBody="b")
    for _ in range(3):
        assert sqs.receive_message(QueueUrl=source, VisibilityTimeout=0)["Messages"][0]["Body"] == "b"
    same(sqs.receive_message(QueueUrl=source), 200)
    assert receive(sqs, dead)[0]["Body"] == "b"


def test_sources_of_a_dead_letter_queue(sqs, pair, name):
    source, dead = pair
    other = sqs.create_queue(QueueName=name("source"))["QueueUrl"]
    redrive(sqs, other, queue_arn(sqs, dead))
    same(sqs.list_dead_letter_source_queues(QueueUrl=dead), 200, {"queueUrls": Unordered(source, other)})
    first = same(sqs.list_dead_letter_source_queues(QueueUrl=dead, MaxResults=1), 200,
                 {"queueUrls": [Any(str)], "NextToken": Any(str)})
    second = same(sqs.list_dead_letter_source_queues(QueueUrl=dead, MaxResults=1, NextToken=first["NextToken"]), 200,
                  {"queueUrls": [Any(str)]})
    assert {first["queueUrls"][0], second["queueUrls"][0]} == {source, other}
    same(sqs.list_dead_letter_source_queues(QueueUrl=source), 200, {"queueUrls": []})


@pytest.mark.parametrize("policy", [
    {"deadLetterTargetArn": "arn:aws:sqs:us-east-1:000000000000:not-there", "maxReceiveCount": 1},
    {"deadLetterTargetArn": "dummy", "maxReceiveCount": 1}, {"maxReceiveCount": 1},
    {"deadLetterTargetArn": "SELF", "maxReceiveCount": 0}, {"deadLetterTargetArn": "SELF", "maxReceiveCount": 1001},
])
def test_policies_that_are_refused(sqs, pair, policy):
    _, dead = pair
    text = json.dumps(policy).replace("SELF", queue_arn(sqs, dead))
    with pytest.raises(ClientError) as error:
        sqs.set_queue_attributes(QueueUrl=pair[0], Attributes={"RedrivePolicy": text})
    assert error.value.response["Error"]["Code"] in (
        "InvalidParameterValue", "InvalidAttributeValue", "AWS.SimpleQueueService.NonExistentQueue")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_allow_policy(sqs, pair, name):
    _, dead = pair
    sqs.set_queue_attributes(QueueUrl=dead, Attributes={
        "RedriveAllowPolicy": json.dumps({"redrivePermission": "denyAll"})})
    other = sqs.create_queue(QueueName=name("source"))["QueueUrl"]
    with pytest.raises(ClientError) as error:
        redrive(sqs, other, queue_arn(sqs, dead))
    assert error.value.response["Error"]["Code"] in ("InvalidParameterValue", "InvalidAttributeValue")


def test_a_standard_queue_is_no_dead_letter_queue_of_a_fifo_queue(sqs, fifo, pair):
    with pytest.raises(ClientError) as error:
        redrive(sqs, fifo, queue_arn(sqs, pair[1]))
    assert error.value.response["Error"]["Code"] in ("InvalidParameterValue", "InvalidAttributeValue")


def dead_messages(sqs, pair, bodies):
    source, dead = pair
    for body in bodies:
        sqs.send_message(QueueUrl=source, MessageBody=body)
    die(sqs, source)
    arn = queue_arn(sqs, dead)
    names = ["ApproximateNumberOfMessages"]
    for _ in range(200):
        if sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=names)["Attributes"][names[0]] == str(len(bodies)):
            return arn
        sqs.receive_message(QueueUrl=source)
    raise AssertionError("the messages did not reach the dead-letter queue")


def test_move_back(sqs, pair):
    source, dead = pair
    arn = dead_messages(sqs, pair, ["1", "2", "3"])
    same(sqs.start_message_move_task(SourceArn=arn), 200, {"TaskHandle": Any(str)})
    assert sorted(entry["Body"] for entry in receive(sqs, source, 3)) == ["1", "2", "3"]
    for _ in range(100):
        results = sqs.list_message_move_tasks(SourceArn=arn)["Results"]
        if results[0]["Status"] == "COMPLETED":
            break
    assert results == [{"Status": "COMPLETED", "SourceArn": arn, "ApproximateNumberOfMessagesMoved": 3,
                        "ApproximateNumberOfMessagesToMove": 3, "StartedTimestamp": Any(int)}]


def test_move_elsewhere(sqs, pair, queue):
    arn = dead_messages(sqs, pair, ["1", "2"])
    same(sqs.start_message_move_task(SourceArn=arn, DestinationArn=queue_arn(sqs, queue)), 200, {"TaskHandle": Any(str)})
    assert sorted(entry["Body"] for entry in receive(sqs, queue, 2)) == ["1", "2"]


def test_moves_that_are_refused(sqs, pair, queue):
    with bad_value("Source queue must be configured as a Dead Letter Queue."):
        sqs.start_message_move_task(SourceArn=queue_arn(sqs, queue))
    gone = "ResourceNotFoundException"
    with sqs_refused(404, gone, gone, "The resource that you specified for the SourceArn parameter doesn't exist."):
        sqs.start_message_move_task(SourceArn="arn:aws:sqs:us-east-1:000000000000:not-there")
    with sqs_refused(404, gone, gone, "The resource that you specified for the DestinationArn parameter doesn't exist."):
        sqs.start_message_move_task(SourceArn=queue_arn(sqs, pair[1]),
                                    DestinationArn="arn:aws:sqs:us-east-1:000000000000:not-there")
    with bad_value("Value for parameter TaskHandle is invalid."):
        sqs.cancel_message_move_task(TaskHandle="garbage")


def test_a_slow_move_is_cancelled(own_aws):
    sqs = own_aws.client("sqs")
    source, dead = (sqs.create_queue(QueueName=kind)["QueueUrl"] for kind in ("source", "dead"))
    redrive(sqs, source, queue_arn(sqs, dead))
    arn = dead_messages(sqs, (source, dead), [str(number) for number in range(10)])
    handle = sqs.start_message_move_task(SourceArn=arn, MaxNumberOfMessagesPerSecond=1)["TaskHandle"]
    running = sqs.list_message_move_tasks(SourceArn=arn)["Results"]
    assert running == [{"TaskHandle": handle, "Status": "RUNNING", "SourceArn": arn, "MaxNumberOfMessagesPerSecond": 1,
                        "ApproximateNumberOfMessagesMoved": Any(int), "ApproximateNumberOfMessagesToMove": 10,
                        "StartedTimestamp": Any(int)}]
    with bad_value("There is already a task running. Only one active task is allowed for a source queue arn at a given "
                   "time."):
        sqs.start_message_move_task(SourceArn=arn)
    same(sqs.cancel_message_move_task(TaskHandle=handle), 200, {"ApproximateNumberOfMessagesMoved": Any(int)})
    assert sqs.list_message_move_tasks(SourceArn=arn)["Results"][0]["Status"] in ("CANCELLING", "CANCELLED")
