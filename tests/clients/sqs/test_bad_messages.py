"""What clients must not send to queues: AWS's refusal, in bounded time, and nothing is lost."""

import base64
import json

import pytest
from answers import Any, refused, sqs_refused
from raw import Signer
from sqs_answers import bad_value

FORM = "application/x-www-form-urlencoded"
JSON = "application/x-amz-json-1.0"


def call(server, operation, body):
    return Signer(server, "sqs").request(
        "POST", "/", {"X-Amz-Target": f"AmazonSQS.{operation}", "Content-Type": JSON}, body)


def held(sqs, url):
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return int(attributes["ApproximateNumberOfMessages"]) + int(attributes["ApproximateNumberOfMessagesNotVisible"])


@pytest.mark.parametrize("bad", [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"a\xf4\x90\x80\x80", b"\\ud800", b"\\udc00x"],
                         ids=["byte", "long", "surrogate", "beyond", "escaped", "escaped-low"])
def test_bytes_that_are_no_utf8(server, sqs, queue, bad):
    answer = call(server, "SendMessage", b'{"QueueUrl": "%s", "MessageBody": "%s"}' % (queue.encode(), bad))
    assert answer.status == 400
    assert json.loads(answer.body)["__type"].endswith("#SerializationException")
    answer = call(server, "SendMessageBatch", b'{"QueueUrl": "%s", "Entries": [{"Id": "a", "MessageBody": "%s"}]}' % (
        queue.encode(), bad))
    assert answer.status == 400
    assert held(sqs, queue) == 0


def test_bytes_that_are_no_utf8_in_a_form(server, sqs, queue):
    body = b"Action=SendMessage&Version=2012-11-05&QueueUrl=" + queue.encode() + b"&MessageBody=%ff%fe"
    answer = Signer(server, "sqs").request("POST", "/", {"Content-Type": FORM}, body)
    assert answer.status == 400
    assert held(sqs, queue) == 0


@pytest.mark.parametrize("value", ["a\x00", "\x1b[31m", "\ufffe", "\uffff"])
def test_characters_that_attributes_may_not_have(sqs, queue, value):
    with sqs_refused(400, "InvalidParameterValue", "InvalidParameterValueException", Any(str)):
        sqs.send_message(QueueUrl=queue, MessageBody="b", MessageAttributes={"a": {"DataType": "String", "StringValue": value}})
    assert held(sqs, queue) == 0


def test_one_bad_message_of_a_batch_leaves_the_others(sqs, queue):
    answer = sqs.send_message_batch(QueueUrl=queue, Entries=[
        {"Id": "good", "MessageBody": "a"}, {"Id": "characters", "MessageBody": "\x01"},
        {"Id": "many", "MessageBody": "a", "MessageAttributes": {
            f"a{n}": {"DataType": "String", "StringValue": "x"} for n in range(11)}}])
    assert [entry["Id"] for entry in answer["Successful"]] == ["good"]
    failed = {entry["Id"]: entry["Code"] for entry in answer["Failed"]}
    assert failed.keys() == {"characters", "many"} and failed["many"] == "InvalidParameterValue"
    assert failed["characters"].endswith("InvalidMessageContents")
    assert held(sqs, queue) == 1


def receive(sqs, url, **more):
    return sqs.receive_message(QueueUrl=url, **more)["Messages"][0]["ReceiptHandle"]


def not_valid(handle):
    return sqs_refused(404, "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid",
                       f'The input receipt handle "{handle}" is not a valid receipt handle.')


def changed(handle):
    """Handles of which one bit is another, and some that are cut or longer."""
    whole = base64.b64decode(handle)
    for at in range(0, len(whole), 5):
        yield base64.b64encode(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:]).decode()
    yield handle[:-4]
    yield handle + "AAAA"
    yield base64.b64encode(bytes(len(whole))).decode()
    yield "A" * 100_000


def test_forged_receipt_handles(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="b")
    handle = receive(sqs, queue)
    for forged in changed(handle):
        with not_valid(forged):
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=forged)
        with not_valid(forged):
            sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=forged, VisibilityTimeout=0)
    assert held(sqs, queue) == 1
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=handle)
    assert held(sqs, queue) == 0


def test_receipt_handles_of_another_queue(sqs, queue, name):
    other = sqs.create_queue(QueueName=name())["QueueUrl"]
    for url in (queue, other):
        sqs.send_message(QueueUrl=url, MessageBody="b")
    mine, others = receive(sqs, queue), receive(sqs, other)
    for url, handle in ((queue, others), (other, mine)):
        with not_valid(handle):
            sqs.delete_message(QueueUrl=url, ReceiptHandle=handle)
        with not_valid(handle):
            sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
    answer = sqs.delete_message_batch(QueueUrl=queue, Entries=[
        {"Id": "mine", "ReceiptHandle": mine}, {"Id": "others", "ReceiptHandle": others}])
    assert [entry["Id"] for entry in answer["Successful"]] == ["mine"]
    assert [(entry["Id"], entry["Code"]) for entry in answer["Failed"]] == [("others", "ReceiptHandleIsInvalid")]
    assert (held(sqs, queue), held(sqs, other)) == (0, 1)


def test_receipt_handles_of_a_queue_of_before(sqs, name):
    """A queue that is made anew under the same name is another."""
    named = name()
    url = sqs.create_queue(QueueName=named)["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="b")
    handle = receive(sqs, url)
    sqs.delete_queue(QueueUrl=url)
    sqs.create_queue(QueueName=named)
    with not_valid(handle):
        sqs.delete_message(QueueUrl=url, ReceiptHandle=handle)


def test_receipt_handles_of_an_earlier_receive(sqs, queue, fifo):
    """A standard queue takes them to delete, and not to hide what another has received; a FIFO queue takes none."""
    sqs.send_message(QueueUrl=queue, MessageBody="b")
    old = receive(sqs, queue, VisibilityTimeout=0)
    receive(sqs, queue)
    with bad_value(f"Value {old} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available "
                   "for visibility timeout change."):
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=old, VisibilityTimeout=0)
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=old)
    assert held(sqs, queue) == 0
    sqs.send_message(QueueUrl=fifo, MessageBody="b", MessageGroupId="g", MessageDeduplicationId="d")
    old = receive(sqs, fifo, VisibilityTimeout=0)
    new = receive(sqs, fifo)
    expired = f"Value {old} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."
    with bad_value(expired):
        sqs.delete_message(QueueUrl=fifo, ReceiptHandle=old)
    with bad_value(expired):
        sqs.change_message_visibility(QueueUrl=fifo, ReceiptHandle=old, VisibilityTimeout=0)
    sqs.delete_message(QueueUrl=fifo, ReceiptHandle=new)
    assert held(sqs, fifo) == 0


@pytest.mark.parametrize("operation", ["delete_message_batch", "change_message_visibility_batch"])
def test_ids_of_a_batch_that_are_there_twice(sqs, queue, operation):
    sqs.send_message(QueueUrl=queue, MessageBody="b")
    entry = {"Id": "a", "ReceiptHandle": receive(sqs, queue)}
    if operation.startswith("change"):
        entry["VisibilityTimeout"] = 0
    with refused(400, "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "Id a repeated.",
                 QueryErrorCode="BatchEntryIdsNotDistinct", Type="Sender"):
        getattr(sqs, operation)(QueueUrl=queue, Entries=[entry, entry])
    assert held(sqs, queue) == 1
