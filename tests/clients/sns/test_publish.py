"""Publishing, and what arrives at the queues."""

import json
import re

import pytest
from answers import UUID, Any, Now, Text, Unordered, refused, same
from policies import empty, let_sns_send, queue_arn, receive
from sns_answers import ISO, SENDER, invalid
from sqs_answers import md5, md5_of_attributes


def value_invalid(message):
    return refused(400, "ParameterValueInvalid", message, **SENDER)


@pytest.fixture
def wire(sns, sqs):
    """Subscribes a queue whose policy lets the topic in."""
    def wire(topic, url, **attributes):
        return sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=let_sns_send(sqs, url, topic),
                             Attributes=attributes)["SubscriptionArn"]
    return wire


def envelope(topic, subscription, message, **more):
    """The whole envelope. Those of standard topics are signed."""
    signed = {"SignatureVersion": "1", "Signature": Any(str),
              "SigningCertURL": Text(r"https://.*/SimpleNotificationService-[0-9a-f]{32}\.pem")}
    return {**({} if topic.endswith(".fifo") else signed), "Type": "Notification", "MessageId": UUID, "TopicArn": topic, "Message": message, "Timestamp": ISO,
            "UnsubscribeURL": Text(f"https?://.*\\?Action=Unsubscribe&SubscriptionArn={subscription}"), **more}


def test_in_an_envelope(sns, sqs, topic, queue, wire):
    subscription = wire(topic, queue)
    answer = same(sns.publish(TopicArn=topic, Message="héllo \"x\"", Subject="About"), 200, {"MessageId": UUID})
    received = receive(sqs, queue)[0]
    body = json.loads(received["Body"])
    assert body == envelope(topic, subscription, "héllo \"x\"", Subject="About", MessageId=answer["MessageId"])
    assert received["MD5OfBody"] == md5(received["Body"]) and received["MessageId"] != answer["MessageId"]
    assert list(body)[:4] == ["Type", "MessageId", "TopicArn", "Subject"]


def test_attributes_in_an_envelope(sns, sqs, topic, queue, wire):
    subscription = wire(topic, queue)
    sns.publish(TopicArn=topic, Message="m", MessageAttributes={
        "text": {"DataType": "String", "StringValue": "x"}, "number": {"DataType": "Number", "StringValue": "1.5"},
        "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\x01"}})
    received = receive(sqs, queue, MessageAttributeNames=["All"])[0]
    assert "MessageAttributes" not in received
    assert json.loads(received["Body"]) == envelope(topic, subscription, "m", MessageAttributes={
        "text": {"Type": "String", "Value": "x"}, "number": {"Type": "Number", "Value": "1.5"},
        "bytes": {"Type": "Binary", "Value": "AAE="}})


def test_raw(sns, sqs, topic, queue, wire):
    wire(topic, queue, RawMessageDelivery="true")
    attributes = {"a": {"DataType": "Number", "StringValue": "99.12"}, "b": {"DataType": "Binary", "BinaryValue": b"\xff"}}
    sns.publish(TopicArn=topic, Message="m", Subject="dropped", MessageAttributes=attributes)
    received = receive(sqs, queue, MessageAttributeNames=["All"])[0]
    assert received == {"MessageId": UUID, "ReceiptHandle": Any(str), "Body": "m", "MD5OfBody": md5("m"),
                        "MessageAttributes": attributes, "MD5OfMessageAttributes": md5_of_attributes(attributes)}


def test_to_several_queues(sns, sqs, topic, name, wire):
    queues = [sqs.create_queue(QueueName=name("fan"))["QueueUrl"] for _ in range(10)]
    for url in queues:
        wire(topic, url, RawMessageDelivery="true")
    for number in range(5):
        sns.publish(TopicArn=topic, Message=str(number))
    for url in queues:
        assert sorted(entry["Body"] for entry in receive(sqs, url, 5)) == list("01234")


def test_nobody_listens(sns, topic):
    same(sns.publish(TopicArn=topic, Message="m"), 200, {"MessageId": UUID})


def test_a_queue_without_a_policy_gets_nothing(sns, sqs, topic, queue, name, wire):
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue))
    open_queue = sqs.create_queue(QueueName=name("open"))["QueueUrl"]
    wire(topic, open_queue, RawMessageDelivery="true")
    sns.publish(TopicArn=topic, Message="m")
    assert receive(sqs, open_queue)[0]["Body"] == "m"
    assert empty(sqs, queue)


def test_after_unsubscribe_nothing_comes(sns, sqs, topic, queue, name, wire):
    subscription = wire(topic, queue)
    other = sqs.create_queue(QueueName=name("other"))["QueueUrl"]
    wire(topic, other, RawMessageDelivery="true")
    sns.unsubscribe(SubscriptionArn=subscription)
    sns.publish(TopicArn=topic, Message="m")
    assert receive(sqs, other)[0]["Body"] == "m"
    assert empty(sqs, queue)


def test_structure(sns, sqs, topic, queue, wire):
    wire(topic, queue, RawMessageDelivery="true")
    sns.publish(TopicArn=topic, MessageStructure="json", Message=json.dumps({"default": "d", "sqs": "for queues"}))
    sns.publish(TopicArn=topic, MessageStructure="json", Message=json.dumps({"default": "d", "http": "x"}))
    assert sorted(entry["Body"] for entry in receive(sqs, queue, 2)) == ["d", "for queues"]
    with invalid("Invalid parameter: Message Structure - No default entry in JSON message body"):
        sns.publish(TopicArn=topic, MessageStructure="json", Message=json.dumps({"sqs": "x"}))
    with invalid("Invalid parameter: Message Structure - JSON message body failed to parse"):
        sns.publish(TopicArn=topic, MessageStructure="json", Message="not json")


def test_by_target_arn(sns, sqs, topic, queue, wire):
    wire(topic, queue, RawMessageDelivery="true")
    same(sns.publish(TargetArn=topic, Message="m"), 200, {"MessageId": UUID})
    assert receive(sqs, queue)[0]["Body"] == "m"


def test_publishes_that_are_refused(sns, topic):
    with invalid("Invalid parameter: Empty message"):
        sns.publish(TopicArn=topic, Message="")
    with invalid("Invalid parameter: Message too long"):
        sns.publish(TopicArn=topic, Message="x" * (256 * 1024 + 1))
    same(sns.publish(TopicArn=topic, Message="x" * (256 * 1024)), 200, {"MessageId": UUID})
    with invalid("Invalid parameter: Subject"):
        sns.publish(TopicArn=topic, Message="m", Subject="s" * 101)
    with invalid("Invalid parameter: Subject"):
        sns.publish(TopicArn=topic, Message="m", Subject="")
    with invalid("Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1"):
        sns.publish(TopicArn="nonsense", Message="m")
    with refused(404, "NotFound", "Topic does not exist", **SENDER):
        sns.publish(TopicArn=topic + "-not", Message="m")
    with invalid("Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter "
                 "that is not valid for this topic type"):
        sns.publish(TopicArn=topic, Message="m", MessageDeduplicationId="d")


@pytest.mark.parametrize("name_, attribute, words", [
    ("a", {"DataType": "String", "StringValue": ""},
     "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'."),
    ("a", {"DataType": "Nonsense", "StringValue": "x"},
     "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, "
     "Number, and String."),
    ("a", {"DataType": "Binary", "StringValue": "x"}, "The message attribute 'a' with type 'Binary' must use field 'Binary'."),
    ("a", {"DataType": "String", "BinaryValue": b"x"}, "The message attribute 'a' with type 'String' must use field 'String'."),
    (".a", {"DataType": "String", "StringValue": "x"}, "Invalid message attribute name starting with character '.' was found."),
    ("a.", {"DataType": "String", "StringValue": "x"}, "Invalid message attribute name ending with character '.' was found."),
    ("a..b", {"DataType": "String", "StringValue": "x"}, "Message attribute name can not have successive '.' character."),
    ("a^b", {"DataType": "String", "StringValue": "x"},
     "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric "
     "characters, hyphens, underscores, or dots."),
])
def test_attributes_that_are_refused(sns, topic, name_, attribute, words):
    with value_invalid(words):
        sns.publish(TopicArn=topic, Message="m", MessageAttributes={name_: attribute})


def test_batch(sns, sqs, topic, queue, wire):
    wire(topic, queue, RawMessageDelivery="true")
    entries = [{"Id": str(number), "Message": f"m{number}"} for number in range(10)]
    same(sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries), 200, {
        "Successful": Unordered(*({"Id": str(number), "MessageId": UUID} for number in range(10))), "Failed": []})
    assert sorted(entry["Body"] for entry in receive(sqs, queue, 10)) == [f"m{number}" for number in range(10)]


@pytest.mark.parametrize("entries, code, words", [
    ([("a", "x")] * 2, "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id."),
    ([("a.b", "x")], "InvalidBatchEntryId",
     "The Id of a batch entry in the batch request contains an impermissible character: a.b"),
    ([("a" * 81, "x")], "InvalidBatchEntryId", f"The Id of a batch entry in the batch request is too long: {'a' * 81}"),
    ([(str(n), "x") for n in range(11)], "TooManyEntriesInBatchRequest",
     "The batch request contains more entries than permissible."),
    ([("a", "x" * 131_072), ("b", "x" * 131_073)], "BatchRequestTooLong",
     "The length of all the messages put together is more than the limit."),
], ids=["twice", "id", "long-id", "many", "long"])
def test_batches_that_are_refused(sns, topic, entries, code, words):
    with refused(400, code, words, **SENDER):
        sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[
            {"Id": id_, "Message": message} for id_, message in entries])


def text(value):
    return {"DataType": "String", "StringValue": value}


def number(value):
    return {"DataType": "Number", "StringValue": str(value)}


FILTERS = [
    ({"color": ["red", "blue"]}, {"color": text("red")}, {"color": text("green")}),
    ({"color": ["red"]}, {"color": {"DataType": "String.Array", "StringValue": '["green","red"]'}}, {}),
    ({"color": [{"prefix": "re"}]}, {"color": text("red")}, {"color": text("green")}),
    ({"color": [{"suffix": "ed"}]}, {"color": text("red")}, {"color": text("green")}),
    ({"color": [{"equals-ignore-case": "RED"}]}, {"color": text("red")}, {"color": text("green")}),
    ({"color": [{"wildcard": "r*d"}]}, {"color": text("red")}, {"color": text("green")}),
    ({"color": [{"anything-but": ["red", "blue"]}]}, {"color": text("green")}, {"color": text("red")}),
    ({"color": [{"anything-but": {"prefix": "re"}}]}, {"color": text("green")}, {"color": text("red")}),
    ({"color": [{"exists": True}]}, {"color": text("x")}, {"other": text("x")}),
    ({"color": [{"exists": False}]}, {"other": text("x")}, {"color": text("x")}),
    ({"price": [{"numeric": ["=", 10]}]}, {"price": number("10.0")}, {"price": number(11)}),
    ({"price": [{"numeric": [">", 10, "<=", 20]}]}, {"price": number(20)}, {"price": number(10)}),
    ({"price": [10]}, {"price": number("1e1")}, {"price": text("10")}),
    ({"ip": [{"cidr": "10.0.0.0/24"}]}, {"ip": text("10.0.0.255")}, {"ip": text("10.0.1.0")}),
    ({"a": ["1"], "b": ["2"]}, {"a": text("1"), "b": text("2")}, {"a": text("1")}),
    ({"$or": [{"a": ["1"]}, {"b": ["2"]}]}, {"b": text("2")}, {"a": text("2")}),
]


@pytest.mark.parametrize("policy, let_in, kept_out", FILTERS, ids=[json.dumps(entry[0]) for entry in FILTERS])
def test_filters(sns, sqs, topic, queue, name, wire, policy, let_in, kept_out):
    wire(topic, queue, RawMessageDelivery="true", FilterPolicy=json.dumps(policy))
    everything = sqs.create_queue(QueueName=name("all"))["QueueUrl"]
    wire(topic, everything, RawMessageDelivery="true")
    sns.publish(TopicArn=topic, Message="out", MessageAttributes=kept_out)
    sns.publish(TopicArn=topic, Message="in", MessageAttributes=let_in)
    assert sorted(entry["Body"] for entry in receive(sqs, everything, 2)) == ["in", "out"]
    assert [entry["Body"] for entry in receive(sqs, queue)] == ["in"]
    assert empty(sqs, queue)


@pytest.mark.parametrize("policy, words", [
    ('{"key":[]}', "Empty arrays are not allowed"), ('{"key":"value"}', '"key" must be an object or an array'),
    ('{"key":[{"wrong-operator":true}]}', "Unrecognized match type wrong-operator"),
    ('{"key":[{"numeric":[">",3,"<",1]}]}', "Bottom must be less than top"),
    ('{"key":[{"suffix":100}]}', "suffix match pattern must be a string"), ("not json", "failed to parse JSON"),
    (json.dumps({f"k{n}": ["v"] for n in range(6)}), "Filter policy can not have more than 5 keys"),
])
def test_filters_that_are_refused(sns, sqs, topic, queue, policy, words):
    with invalid(Text(f"Invalid parameter: (Attributes Reason: )?FilterPolicy: {re.escape(words)}.*")):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue), Attributes={"FilterPolicy": policy})


@pytest.fixture
def fifo_topic(sns, name):
    return sns.create_topic(Name=name("topic") + ".fifo", Attributes={"FifoTopic": "true"})["TopicArn"]


def test_fifo_to_fifo_keeps_order(sns, sqs, fifo_topic, fifo, wire):
    wire(fifo_topic, fifo, RawMessageDelivery="true")
    answers = [same(sns.publish(TopicArn=fifo_topic, Message=str(number), MessageGroupId="g",
                                MessageDeduplicationId=f"d{number}"), 200,
                    {"MessageId": UUID, "SequenceNumber": Text("[0-9]{20}")}) for number in range(6)]
    numbers = [answer["SequenceNumber"] for answer in answers]
    assert numbers == sorted(numbers)
    received = receive(sqs, fifo, 6, MessageSystemAttributeNames=["All"])
    assert [entry["Body"] for entry in received] == [str(number) for number in range(6)]
    assert received[0]["Attributes"] == {
        "SenderId": Any(str), "SentTimestamp": Now(), "ApproximateReceiveCount": "1",
        "ApproximateFirstReceiveTimestamp": Now(), "MessageGroupId": "g", "MessageDeduplicationId": "d0",
        "SequenceNumber": Text("[0-9]{20}")}


def test_fifo_envelope(sns, sqs, fifo_topic, fifo, wire):
    subscription = wire(fifo_topic, fifo)
    answer = sns.publish(TopicArn=fifo_topic, Message="m", MessageGroupId="g", MessageDeduplicationId="d")
    whole = envelope(fifo_topic, subscription, "m", SequenceNumber=answer["SequenceNumber"])
    assert json.loads(receive(sqs, fifo)[0]["Body"]) == whole


def test_fifo_deduplicates(sns, sqs, fifo_topic, fifo, wire):
    wire(fifo_topic, fifo, RawMessageDelivery="true")
    for body in ("one", "two"):
        sns.publish(TopicArn=fifo_topic, Message=body, MessageGroupId="g", MessageDeduplicationId="same")
    sns.publish(TopicArn=fifo_topic, Message="last", MessageGroupId="g", MessageDeduplicationId="other")
    assert [entry["Body"] for entry in receive(sqs, fifo, 2)] == ["one", "last"]
    assert empty(sqs, fifo)


def test_fifo_to_a_standard_queue(sns, sqs, fifo_topic, queue, wire):
    wire(fifo_topic, queue, RawMessageDelivery="true")
    sns.publish(TopicArn=fifo_topic, Message="m", MessageGroupId="g", MessageDeduplicationId="d")
    assert receive(sqs, queue)[0]["Body"] == "m"


def test_fifo_batch(sns, sqs, fifo_topic, fifo, wire):
    wire(fifo_topic, fifo, RawMessageDelivery="true")
    entries = [{"Id": str(number), "Message": str(number), "MessageGroupId": "g", "MessageDeduplicationId": str(number)}
               for number in range(4)]
    same(sns.publish_batch(TopicArn=fifo_topic, PublishBatchRequestEntries=entries), 200, {
        "Successful": [{"Id": str(number), "MessageId": UUID, "SequenceNumber": Text("[0-9]{20}")}
                       for number in range(4)], "Failed": []})
    assert [entry["Body"] for entry in receive(sqs, fifo, 4)] == list("0123")


def test_fifo_publishes_that_are_refused(sns, fifo_topic):
    with invalid("Invalid parameter: The MessageGroupId parameter is required for FIFO topics"):
        sns.publish(TopicArn=fifo_topic, Message="m")
    with invalid("Invalid parameter: The topic should either have ContentBasedDeduplication enabled or "
                 "MessageDeduplicationId provided explicitly"):
        sns.publish(TopicArn=fifo_topic, Message="m", MessageGroupId="g")


def test_dead_letters_of_a_subscription(sns, sqs, topic, name):
    """A queue that is gone: what was meant for it goes to the subscription's dead-letter queue."""
    doomed, dead = (sqs.create_queue(QueueName=name(kind))["QueueUrl"] for kind in ("doomed", "dead"))
    arn = let_sns_send(sqs, doomed, topic)
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={
        "RawMessageDelivery": "true",
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": let_sns_send(sqs, dead, topic)})})
    sqs.delete_queue(QueueUrl=doomed)
    sns.publish(TopicArn=topic, Message="m")
    assert receive(sqs, dead)[0]["Body"] == "m"
