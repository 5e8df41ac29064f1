"""Messages of standard queues: sent, received, hidden, shown again, deleted."""

import concurrent.futures
import time

import pytest
from answers import UUID, Any, Now, OneOf, Text, Unordered, same, sqs_refused
from botocore.exceptions import ClientError
from sqs_answers import NO_QUEUE, bad_value, md5, md5_of_attributes, message, missing, sent

COUNTS = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]


def counts(sqs, url):
    """(visible, in flight, delayed)."""
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=COUNTS)["Attributes"]
    return tuple(int(attributes[name]) for name in COUNTS)


@pytest.fixture
def timed(own_server, own_aws):
    """(client, URL, forward) on a server whose clock the test may turn."""
    sqs = own_aws.client("sqs")
    return sqs, sqs.create_queue(QueueName="timed")["QueueUrl"], own_server.forward


def test_the_whole_way(aws, queue, scheme):
    sqs = aws.client("sqs", scheme=scheme)
    body = "héllo <b>&amp; \U0001f980\n"
    answer = same(sqs.send_message(QueueUrl=queue, MessageBody=body), 200, sent(body))
    received = sqs.receive_message(QueueUrl=queue)
    same(received, 200, {"Messages": [message(body, MessageId=answer["MessageId"])]})
    assert counts(sqs, queue) == (0, 1, 0)
    same(sqs.delete_message(QueueUrl=queue, ReceiptHandle=received["Messages"][0]["ReceiptHandle"]), 200)
    same(sqs.receive_message(QueueUrl=queue), 200)
    assert counts(sqs, queue) == (0, 0, 0)


def test_attributes(sqs, queue):
    attributes = {
        "text": {"DataType": "String", "StringValue": "välue"}, "number": {"DataType": "Number", "StringValue": "12.50"},
        "custom": {"DataType": "String.my-type", "StringValue": "x"},
        "bytes": {"DataType": "Binary", "BinaryValue": bytes(range(256))},
    }
    same(sqs.send_message(QueueUrl=queue, MessageBody="b", MessageAttributes=attributes), 200, sent("b", attributes))
    answer = sqs.receive_message(QueueUrl=queue, MessageAttributeNames=["All"], VisibilityTimeout=0)
    same(answer, 200, {"Messages": [message("b", attributes)]})
    some = {"text": attributes["text"]}
    same(sqs.receive_message(QueueUrl=queue, MessageAttributeNames=["text", "none"], VisibilityTimeout=0), 200,
         {"Messages": [message("b", some)]})
    same(sqs.receive_message(QueueUrl=queue, MessageAttributeNames=["te.*"], VisibilityTimeout=0), 200,
         {"Messages": [message("b", some)]})
    same(sqs.receive_message(QueueUrl=queue), 200, {"Messages": [message("b")]})


def test_system_attributes(sqs, queue):
    trace = {"AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5759e988-bd862e3fe1be46a994272793"}}
    same(sqs.send_message(QueueUrl=queue, MessageBody="b", MessageSystemAttributes=trace), 200,
         sent("b", MD5OfMessageSystemAttributes=md5_of_attributes(trace)))
    answer = sqs.receive_message(QueueUrl=queue, MessageSystemAttributeNames=["All"], VisibilityTimeout=0)
    same(answer, 200, {"Messages": [message("b", Attributes={
        "SenderId": Any(str), "SentTimestamp": Now(), "ApproximateReceiveCount": "1",
        "ApproximateFirstReceiveTimestamp": Now(), "AWSTraceHeader": trace["AWSTraceHeader"]["StringValue"]})]})
    same(sqs.receive_message(QueueUrl=queue, AttributeNames=["ApproximateReceiveCount"]), 200,
         {"Messages": [message("b", Attributes={"ApproximateReceiveCount": "2"})]})


@pytest.mark.parametrize("attribute, words", [
    ({"DataType": "String", "StringValue": ""},
     "Message (user) attribute 'a' must contain a non-empty value of type 'String'."),
    ({"DataType": "Nonsense", "StringValue": "x"}, None),
    ({"DataType": "Number", "StringValue": "abc"}, None),
    ({"DataType": "String", "BinaryValue": b"x"}, None),
    ({"DataType": "Binary", "StringValue": "x"}, None),
])
def test_attributes_that_are_refused(sqs, queue, attribute, words):
    with bad_value(words or Any(str)):
        sqs.send_message(QueueUrl=queue, MessageBody="b", MessageAttributes={"a": attribute})
    assert counts(sqs, queue) == (0, 0, 0)


@pytest.mark.parametrize("bad", ["with space", ".dot", "dot.", "a..b", "AWS.x", "amazon.x", "a" * 257, "", "é"])
def test_attribute_names_that_are_refused(sqs, queue, bad):
    with pytest.raises(ClientError) as error:
        sqs.send_message(QueueUrl=queue, MessageBody="b", MessageAttributes={
            bad: {"DataType": "String", "StringValue": "x"}})
    assert error.value.response["Error"]["Code"] == "InvalidParameterValue"


def test_more_than_ten_attributes(sqs, queue):
    attributes = {f"a{number}": {"DataType": "String", "StringValue": "x"} for number in range(11)}
    with bad_value(Text("Number of message attributes \\[11\\] exceeds the allowed maximum \\[10\\]\\.")):
        sqs.send_message(QueueUrl=queue, MessageBody="b", MessageAttributes=attributes)


def test_sizes(sqs, queue):
    whole = "x" * 1_048_576
    same(sqs.send_message(QueueUrl=queue, MessageBody=whole), 200, sent(whole))
    assert sqs.receive_message(QueueUrl=queue)["Messages"][0]["Body"] == whole
    with bad_value("One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes."):
        sqs.send_message(QueueUrl=queue, MessageBody=whole + "x")
    with bad_value("One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes."):
        sqs.send_message(QueueUrl=queue, MessageBody=whole, MessageAttributes={
            "a": {"DataType": "String", "StringValue": "x"}})
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"MaximumMessageSize": "1024"})
    with bad_value("One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes."):
        sqs.send_message(QueueUrl=queue, MessageBody="x" * 1025)


def test_no_body(sqs, queue):
    with missing("MessageBody"):
        sqs.send_message(QueueUrl=queue, MessageBody="")


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1f", "\ufffe", "\uffff"])
def test_characters_that_xml_has_not(sqs, queue, character):
    with sqs_refused(400, OneOf("InvalidMessageContents", "AWS.SimpleQueueService.InvalidMessageContents"),
                     "InvalidMessageContents", Any(str)):
        sqs.send_message(QueueUrl=queue, MessageBody=f"a{character}b")
    same(sqs.send_message(QueueUrl=queue, MessageBody="\t\n\r \ud7ff\ue000\ufffd\U00010000"), 200,
         sent("\t\n\r \ud7ff\ue000\ufffd\U00010000"))


def test_at_most_ten_at_once(sqs, queue):
    for number in range(15):
        sqs.send_message(QueueUrl=queue, MessageBody=str(number))
    first = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    assert 1 <= len(first) <= 10
    seen = [entry["Body"] for entry in first]
    while len(seen) < 15:
        seen += [entry["Body"] for entry in sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]]
    assert sorted(seen, key=int) == [str(number) for number in range(15)]


@pytest.mark.parametrize("given, words", [
    ({"MaxNumberOfMessages": 0}, "Value 0 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."),
    ({"MaxNumberOfMessages": 11}, "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."),
    ({"WaitTimeSeconds": 21}, "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."),
    ({"WaitTimeSeconds": -1}, "Value -1 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."),
    ({"VisibilityTimeout": 43_201}, Text("Value 43201 for parameter VisibilityTimeout is invalid\\. Reason: .*")),
    ({"VisibilityTimeout": -1}, Text("Value -1 for parameter VisibilityTimeout is invalid\\. Reason: .*")),
])
def test_receives_that_are_refused(sqs, queue, given, words):
    with bad_value(words):
        sqs.receive_message(QueueUrl=queue, **given)


def test_hidden_and_shown_again(timed):
    sqs, url, forward = timed
    sqs.send_message(QueueUrl=url, MessageBody="b")
    first = sqs.receive_message(QueueUrl=url, VisibilityTimeout=30)["Messages"][0]
    forward(29)
    same(sqs.receive_message(QueueUrl=url), 200)
    forward(2)
    second = sqs.receive_message(QueueUrl=url, MessageSystemAttributeNames=["ApproximateReceiveCount"])["Messages"][0]
    assert (second["MessageId"], second["Attributes"]["ApproximateReceiveCount"]) == (first["MessageId"], "2")
    assert second["ReceiptHandle"] != first["ReceiptHandle"]


def test_a_long_poll_wakes_when_the_timeout_ends(timed):
    sqs, url, forward = timed
    sqs.send_message(QueueUrl=url, MessageBody="b")
    sqs.receive_message(QueueUrl=url, VisibilityTimeout=600)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(sqs.receive_message, QueueUrl=url, WaitTimeSeconds=20)
        forward(601)
        assert waiting.result(30)["Messages"][0]["Body"] == "b"


def test_visibility_changed(timed):
    sqs, url, forward = timed
    sqs.send_message(QueueUrl=url, MessageBody="b")
    handle = sqs.receive_message(QueueUrl=url)["Messages"][0]["ReceiptHandle"]
    same(sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=3600), 200)
    forward(3000)
    same(sqs.receive_message(QueueUrl=url), 200)
    same(sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0), 200)
    assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "b"


def test_visibility_that_is_refused(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="b")
    handle = sqs.receive_message(QueueUrl=queue)["Messages"][0]["ReceiptHandle"]
    with bad_value(Text("Value 43201 for parameter VisibilityTimeout is invalid\\. Reason: .*")):
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=handle, VisibilityTimeout=43_201)
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=handle)
    with bad_value(Text(".*Message does not exist or is not available for visibility timeout change\\.")):
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=handle, VisibilityTimeout=0)


def test_receipt_handles_that_are_none(sqs, queue):
    for call in (lambda: sqs.delete_message(QueueUrl=queue, ReceiptHandle="garbage"),
                 lambda: sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle="garbage", VisibilityTimeout=1)):
        with sqs_refused(OneOf(400, 404), "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid",
                         'The input receipt handle "garbage" is not a valid receipt handle.'):
            call()


def test_deleting_twice(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="b")
    handle = sqs.receive_message(QueueUrl=queue)["Messages"][0]["ReceiptHandle"]
    same(sqs.delete_message(QueueUrl=queue, ReceiptHandle=handle), 200)
    same(sqs.delete_message(QueueUrl=queue, ReceiptHandle=handle), 200)


def test_an_old_handle_still_deletes_a_standard_message_that_is_visible_again(timed):
    sqs, url, forward = timed
    sqs.send_message(QueueUrl=url, MessageBody="b")
    handle = sqs.receive_message(QueueUrl=url)["Messages"][0]["ReceiptHandle"]
    forward(31)
    same(sqs.delete_message(QueueUrl=url, ReceiptHandle=handle), 200)
    same(sqs.receive_message(QueueUrl=url), 200)


def test_delay(timed):
    sqs, url, forward = timed
    sqs.send_message(QueueUrl=url, MessageBody="later", DelaySeconds=60)
    assert counts(sqs, url) == (0, 0, 1)
    same(sqs.receive_message(QueueUrl=url), 200)
    forward(61)
    assert counts(sqs, url) == (1, 0, 0)
    assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "later"


def test_delay_of_the_queue(timed):
    sqs, url, forward = timed
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "900"})
    sqs.send_message(QueueUrl=url, MessageBody="late")
    sqs.send_message(QueueUrl=url, MessageBody="now", DelaySeconds=0)
    assert [entry["Body"] for entry in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]] == ["now"]
    forward(901)
    assert "late" in [entry["Body"] for entry in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]]


def test_delay_out_of_range(sqs, queue):
    with bad_value(Text("Value 901 for parameter DelaySeconds is invalid\\. Reason: .*")):
        sqs.send_message(QueueUrl=queue, MessageBody="b", DelaySeconds=901)


def test_retention(timed):
    sqs, url, forward = timed
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"MessageRetentionPeriod": "60"})
    sqs.send_message(QueueUrl=url, MessageBody="old")
    forward(61)
    sqs.send_message(QueueUrl=url, MessageBody="new")
    assert [entry["Body"] for entry in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]] == ["new"]


def test_a_long_poll_wakes_at_once(aws, queue):
    reader, writer = aws.client("sqs"), aws.client("sqs")
    latencies = []
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        for turn in range(5):
            waiting = pool.submit(reader.receive_message, QueueUrl=queue, WaitTimeSeconds=20)
            # The receive is waiting once a poll of another queue came back: both went the same way.
            writer.get_queue_attributes(QueueUrl=queue, AttributeNames=["DelaySeconds"])
            begun = time.monotonic()
            writer.send_message(QueueUrl=queue, MessageBody=str(turn))
            messages = waiting.result(30)["Messages"]
            latencies.append(time.monotonic() - begun)
            assert messages[0]["Body"] == str(turn)
            reader.delete_message(QueueUrl=queue, ReceiptHandle=messages[0]["ReceiptHandle"])
    assert min(latencies) < 0.5, latencies


def test_a_long_poll_ends_by_itself(sqs, queue):
    begun = time.monotonic()
    same(sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1), 200)
    assert 0.9 < time.monotonic() - begun < 5


def test_waiting_consumers_each_get_one(aws, queue):
    clients = [aws.client("sqs") for _ in range(12)]
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        waiting = [pool.submit(client.receive_message, QueueUrl=queue, WaitTimeSeconds=20) for client in clients]
        sender = aws.client("sqs")
        for number in range(12):
            sender.send_message(QueueUrl=queue, MessageBody=str(number))
        bodies = [entry["Body"] for answer in waiting for entry in answer.result(30)["Messages"]]
    assert sorted(bodies, key=int) == [str(number) for number in range(12)]


def test_no_message_comes_twice_while_hidden(aws, queue):
    sender = aws.client("sqs")
    for start in range(0, 100, 10):
        sender.send_message_batch(QueueUrl=queue, Entries=[
            {"Id": str(number), "MessageBody": str(start + number)} for number in range(10)])

    def drain(client):
        seen = []
        while messages := client.receive_message(QueueUrl=queue, MaxNumberOfMessages=7).get("Messages"):
            seen += [entry["Body"] for entry in messages]
        return seen

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        bodies = [body for seen in pool.map(drain, [aws.client("sqs") for _ in range(8)]) for body in seen]
    assert sorted(bodies, key=int) == [str(number) for number in range(100)]


def test_send_batch(sqs, queue):
    attributes = {"a": {"DataType": "String", "StringValue": "x"}}
    answer = sqs.send_message_batch(QueueUrl=queue, Entries=[
        {"Id": "one", "MessageBody": "1"}, {"Id": "two", "MessageBody": "2", "MessageAttributes": attributes},
        {"Id": "bad", "MessageBody": "3", "DelaySeconds": 1000}])
    same(answer, 200, {
        "Successful": [{"Id": "one", "MessageId": UUID, "MD5OfMessageBody": md5("1")},
                       {"Id": "two", "MessageId": UUID, "MD5OfMessageBody": md5("2"),
                        "MD5OfMessageAttributes": md5_of_attributes(attributes)}],
        "Failed": [{"Id": "bad", "SenderFault": True, "Code": "InvalidParameterValue", "Message": Any(str)}]})


@pytest.mark.parametrize("entries, code, query, words", [
    ([], "EmptyBatchRequest", "EmptyBatchRequest", Text("There should be at least one .* in the request\\.")),
    ([("a", "x")] * 2, "BatchEntryIdsNotDistinct", "BatchEntryIdsNotDistinct", "Id a repeated."),
    ([("a b", "x")], "InvalidBatchEntryId", "InvalidBatchEntryId",
     "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."),
    ([(str(n), "x") for n in range(11)], "TooManyEntriesInBatchRequest", "TooManyEntriesInBatchRequest",
     "Maximum number of entries per request are 10. You have sent 11."),
    ([("a", "x" * 524_288), ("b", "x" * 524_289)], "BatchRequestTooLong", "BatchRequestTooLong",
     "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes."),
], ids=["empty", "twice", "id", "many", "long"])
def test_batches_that_are_refused(sqs, queue, entries, code, query, words):
    with sqs_refused(400, f"AWS.SimpleQueueService.{code}", query, words):
        sqs.send_message_batch(QueueUrl=queue, Entries=[{"Id": id_, "MessageBody": body} for id_, body in entries])
    assert counts(sqs, queue) == (0, 0, 0)


def test_delete_and_visibility_batches(sqs, queue):
    for number in range(3):
        sqs.send_message(QueueUrl=queue, MessageBody=str(number))
    handles = []
    while len(handles) < 3:
        handles += [entry["ReceiptHandle"] for entry in
                    sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]]
    answer = sqs.change_message_visibility_batch(QueueUrl=queue, Entries=[
        {"Id": "a", "ReceiptHandle": handles[0], "VisibilityTimeout": 0},
        {"Id": "b", "ReceiptHandle": "garbage", "VisibilityTimeout": 0}])
    same(answer, 200, {"Successful": [{"Id": "a"}], "Failed": [
        {"Id": "b", "SenderFault": True, "Code": "ReceiptHandleIsInvalid", "Message": Any(str)}]})
    assert counts(sqs, queue) == (1, 2, 0)
    answer = sqs.delete_message_batch(QueueUrl=queue, Entries=[
        *({"Id": str(number), "ReceiptHandle": handle} for number, handle in enumerate(handles)),
        {"Id": "bad", "ReceiptHandle": "garbage"}])
    same(answer, 200, {"Successful": Unordered({"Id": "0"}, {"Id": "1"}, {"Id": "2"}), "Failed": [
        {"Id": "bad", "SenderFault": True, "Code": "ReceiptHandleIsInvalid", "Message": Any(str)}]})
    assert counts(sqs, queue) == (0, 0, 0)


def test_no_queue(sqs, queue):
    url = queue + "-not"
    for call in (lambda: sqs.send_message(QueueUrl=url, MessageBody="b"), lambda: sqs.receive_message(QueueUrl=url),
                 lambda: sqs.delete_message(QueueUrl=url, ReceiptHandle="x"), lambda: sqs.purge_queue(QueueUrl=url),
                 lambda: sqs.list_queue_tags(QueueUrl=url)):
        with sqs_refused(*NO_QUEUE):
            call()


def test_group_ids_of_standard_queues(sqs, queue):
    """Fair queues: a standard queue takes a group id, and gives it back."""
    same(sqs.send_message(QueueUrl=queue, MessageBody="b", MessageGroupId="tenant"), 200, sent("b"))
    answer = sqs.receive_message(QueueUrl=queue, MessageSystemAttributeNames=["MessageGroupId"])
    same(answer, 200, {"Messages": [message("b", Attributes={"MessageGroupId": "tenant"})]})
