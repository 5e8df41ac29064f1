"""What batches, dead-letter queues, FIFO topics and data protection policies answer."""

import json

import pytest
from answers import UUID, Text, refused, same
from policies import empty, let_sns_send, queue_arn, receive
from sns_answers import SENDER, invalid


@pytest.fixture
def fifo_topic(sns, name):
    return sns.create_topic(Name=name("topic") + ".fifo", Attributes={"FifoTopic": "true"})["TopicArn"]


def entry(id_="a", message="m", **more):
    return {"Id": id_, "Message": message, **more}


GOOD = entry("good", MessageGroupId="g", MessageDeduplicationId="d")


@pytest.mark.parametrize("bad, words", [
    (entry(MessageDeduplicationId="x"), "The MessageGroupId parameter is required for FIFO topics"),
    (entry(MessageGroupId="g"), "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId "
                                "provided explicitly"),
    (entry(MessageStructure="json", message='{"sqs": "x"}', MessageGroupId="g", MessageDeduplicationId="x"),
     "Message Structure - No default entry in JSON message body"),
    (entry(message="", MessageGroupId="g", MessageDeduplicationId="x"), "Empty message"),
    (entry(Subject="s" * 101, MessageGroupId="g", MessageDeduplicationId="x"), "Subject"),
])
def test_one_entry_that_is_wrong_refuses_the_batch(sns, sqs, fifo_topic, fifo, bad, words):
    """AWS answers for the whole request, and nothing is published."""
    sns.subscribe(TopicArn=fifo_topic, Protocol="sqs", Endpoint=let_sns_send(sqs, fifo, fifo_topic))
    with invalid(f"Invalid parameter: {words}"):
        sns.publish_batch(TopicArn=fifo_topic, PublishBatchRequestEntries=[GOOD, bad])
    assert empty(sqs, fifo)


def test_ids_that_queues_would_refuse(sns, fifo_topic):
    for field in ("MessageGroupId", "MessageDeduplicationId"):
        for bad in ("with space", "x" * 129, "é"):
            with invalid(f"Invalid parameter: {field} Reason: Can only include alphanumeric and punctuation characters. 1 to "
                         "128 in length"):
                sns.publish(TopicArn=fifo_topic, Message="m", **{"MessageGroupId": "g", "MessageDeduplicationId": "d", field: bad})
    same(sns.publish(TopicArn=fifo_topic, Message="m", MessageGroupId="!~" * 64, MessageDeduplicationId="x" * 128), 200,
         {"MessageId": UUID, "SequenceNumber": Text("[0-9]{20}")})


def test_attributes_of_a_batch(sns, topic):
    bad = entry(MessageAttributes={"a": {"DataType": "String", "StringValue": ""}})
    with refused(400, "ParameterValueInvalid", "The message attribute 'a' must contain non-empty message attribute value for "
                                               "message attribute type 'String'.", **SENDER):
        sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[entry("b"), bad])
    with refused(400, "EmptyBatchRequest", "The batch request doesn't contain any entries.", **SENDER):
        sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[])


def test_subjects(sns, topic):
    for good in ("s" * 99, "Ä 100 %", "1", "!"):
        same(sns.publish(TopicArn=topic, Message="m", Subject=good), 200, {"MessageId": UUID})
    for bad in ("s" * 100, "two\nlines", "a\ttab", "next\x85line"):
        with invalid("Invalid parameter: Subject"):
            sns.publish(TopicArn=topic, Message="m", Subject=bad)


def test_a_queue_that_denies_fills_the_dead_letter_queue(sns, sqs, topic, queue, name):
    dead = sqs.create_queue(QueueName=name("dead"))["QueueUrl"]
    arn = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue))["SubscriptionArn"]
    policy = json.dumps({"deadLetterTargetArn": let_sns_send(sqs, dead, topic)})
    same(sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="RedrivePolicy", AttributeValue=policy), 200)
    attributes = {"attr1": {"DataType": "Number", "StringValue": "111"}, "attr2": {"DataType": "Binary", "BinaryValue": b"\2"}}
    sns.publish(TopicArn=topic, Message="denied", MessageAttributes=attributes)
    body = json.loads(receive(sqs, dead)[0]["Body"])
    assert (body["Type"], body["TopicArn"], body["Message"], body["MessageAttributes"]) == ("Notification", topic, "denied", {
        "attr1": {"Type": "Number", "Value": "111"}, "attr2": {"Type": "Binary", "Value": "Ag=="}})
    assert empty(sqs, queue)
    let_sns_send(sqs, queue, topic)
    sns.publish(TopicArn=topic, Message="let in")
    assert json.loads(receive(sqs, queue)[0]["Body"])["Message"] == "let in"
    same(sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="RedrivePolicy", AttributeValue=""), 200)
    assert "RedrivePolicy" not in sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]


def test_dead_letters_of_fifo_queues(sns, sqs, fifo_topic, fifo, queue):
    regular = json.dumps({"deadLetterTargetArn": queue_arn(sqs, queue)})
    words = "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic."
    with invalid(f"Invalid parameter: Attributes Reason: {words}"):
        sns.subscribe(TopicArn=fifo_topic, Protocol="sqs", Endpoint=queue_arn(sqs, fifo), Attributes={"RedrivePolicy": regular})
    arn = sns.subscribe(TopicArn=fifo_topic, Protocol="sqs", Endpoint=queue_arn(sqs, fifo))["SubscriptionArn"]
    with invalid(f"Invalid parameter: {words}"):
        sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="RedrivePolicy", AttributeValue=regular)
    with invalid("Invalid parameter: RedrivePolicy: deadLetterTargetArn is an invalid arn"):
        sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="RedrivePolicy",
                                        AttributeValue='{"deadLetterTargetArn": "fake"}')


def test_groups_keep_their_order_in_fifo_and_standard_queues(sns, sqs, fifo_topic, fifo, queue):
    for url in (fifo, queue):
        sns.subscribe(TopicArn=fifo_topic, Protocol="sqs", Endpoint=let_sns_send(sqs, url, fifo_topic))
    published = {group: [] for group in "abc"}
    for number in range(12):
        group = "abc"[number % 3]
        answer = sns.publish(TopicArn=fifo_topic, Message=str(number), MessageGroupId=group, MessageDeduplicationId=str(number))
        published[group].append((str(number), answer["SequenceNumber"]))
    twice = sns.publish(TopicArn=fifo_topic, Message="again", MessageGroupId="a", MessageDeduplicationId="0")
    assert twice["SequenceNumber"] == published["a"][0][1]
    seen = {group: [] for group in "abc"}
    for message in receive(sqs, fifo, 12, MessageSystemAttributeNames=["All"]):
        body = json.loads(message["Body"])
        seen[message["Attributes"]["MessageGroupId"]].append((body["Message"], body["SequenceNumber"]))
    assert seen == published
    bodies = [json.loads(message["Body"]) for message in receive(sqs, queue, 12)]
    assert sorted((body["Message"], body["SequenceNumber"]) for body in bodies) == sorted(sum(published.values(), []))
    assert empty(sqs, fifo) and empty(sqs, queue)


def test_fifo_attributes_whole(sns, fifo_topic):
    seen = sns.get_topic_attributes(TopicArn=fifo_topic)["Attributes"]
    assert {name: value for name, value in seen.items() if name not in ("Policy", "EffectiveDeliveryPolicy")} == {
        "TopicArn": fifo_topic, "Owner": "000000000000", "DisplayName": "", "FifoTopic": "true",
        "ContentBasedDeduplication": "false", "FifoThroughputScope": "Topic", "SubscriptionsConfirmed": "0",
        "SubscriptionsPending": "0", "SubscriptionsDeleted": "0"}
    with invalid("Invalid parameter: AttributeName"):
        sns.set_topic_attributes(TopicArn=fifo_topic, AttributeName="FifoTopic", AttributeValue="false")


PROTECTION = json.dumps({"Name": "p", "Version": "2021-06-01", "Statement": [{
    "DataDirection": "Inbound", "Principal": ["*"], "DataIdentifier": ["arn:aws:dataprotection::aws:data-identifier/Address"],
    "Operation": {"Deny": {}}}]})


def test_data_protection(sns, topic, fifo_topic, name):
    same(sns.get_data_protection_policy(ResourceArn=topic), 200, {})
    same(sns.put_data_protection_policy(ResourceArn=topic, DataProtectionPolicy=PROTECTION), 200)
    same(sns.get_data_protection_policy(ResourceArn=topic), 200, {"DataProtectionPolicy": PROTECTION})
    assert "DataProtectionPolicy" not in sns.get_topic_attributes(TopicArn=topic)["Attributes"]
    with invalid("Invalid parameter: DataProtectionPolicy Reason: failed to parse JSON."):
        sns.put_data_protection_policy(ResourceArn=topic, DataProtectionPolicy="nonsense")
    for policy in ("{}", '{"Name": "n", "Version": "1", "Statement": []}', "x" * 30_721):
        with invalid(Text("Invalid parameter: DataProtectionPolicy Reason: .*")):
            sns.put_data_protection_policy(ResourceArn=topic, DataProtectionPolicy=policy)
    same(sns.put_data_protection_policy(ResourceArn=topic, DataProtectionPolicy=""), 200)
    same(sns.get_data_protection_policy(ResourceArn=topic), 200, {})
    with invalid(Text("Invalid parameter: DataProtectionPolicy Reason: FIFO .*")):
        sns.put_data_protection_policy(ResourceArn=fifo_topic, DataProtectionPolicy=PROTECTION)
    with refused(404, "NotFound", "Topic does not exist", **SENDER):
        sns.get_data_protection_policy(ResourceArn=topic + "-not")
    made = sns.create_topic(Name=name(), DataProtectionPolicy=PROTECTION)["TopicArn"]
    same(sns.get_data_protection_policy(ResourceArn=made), 200, {"DataProtectionPolicy": PROTECTION})
    sns.delete_topic(TopicArn=made)
    again = sns.create_topic(Name=made.rsplit(":", 1)[1])["TopicArn"]
    same(sns.get_data_protection_policy(ResourceArn=again), 200, {})
