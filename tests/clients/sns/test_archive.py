"""The archive of a FIFO topic, and its replay to a subscription, on the service clock."""

import json
from datetime import datetime, timedelta, timezone

import pytest
from answers import Text, refused, same
from policies import empty, let_sns_send, queue_arn, receive
from sns_answers import ISO, SENDER, invalid

DAY = 24 * 3600
KEEP = json.dumps({"MessageRetentionPeriod": "2"})


def make_topic(sns, name, **attributes):
    return sns.create_topic(Name=name + ".fifo", Attributes={"FifoTopic": "true", **attributes})["TopicArn"]


def make_queue(sqs, topic, name):
    url = sqs.create_queue(QueueName=name + ".fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    return url, let_sns_send(sqs, url, topic)


def publish(sns, topic, *words, group="g"):
    return [sns.publish(TopicArn=topic, Message=word, MessageGroupId=group, MessageDeduplicationId=word) for word in words]


def since(when, until=None):
    end = {"EndingPoint": until} if until else {}
    return json.dumps({"PointType": "Timestamp", "StartingPoint": when, **end})


def attribute(sns, topic, name):
    return sns.get_topic_attributes(TopicArn=topic)["Attributes"].get(name)


def status(sns, subscription):
    return sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"].get("ReplayStatus")


def test_policies(sns, topic, name):
    fifo = make_topic(sns, name())
    assert attribute(sns, fifo, "ArchivePolicy") is None and attribute(sns, fifo, "BeginningArchiveTime") is None
    for bad in ("nonsense", '{"MessageRetentionPeriod":"0"}', '{"MessageRetentionPeriod":"366"}', '{"Days":"3"}'):
        with invalid(Text("Invalid parameter: ArchivePolicy: .*")):
            sns.set_topic_attributes(TopicArn=fifo, AttributeName="ArchivePolicy", AttributeValue=bad)
    with invalid("Invalid parameter: Attributes Reason: Unknown attribute ArchivePolicy"):
        sns.set_topic_attributes(TopicArn=topic, AttributeName="ArchivePolicy", AttributeValue=KEEP)
    same(sns.set_topic_attributes(TopicArn=fifo, AttributeName="ArchivePolicy", AttributeValue=KEEP), 200)
    assert attribute(sns, fifo, "ArchivePolicy") == KEEP and attribute(sns, fifo, "BeginningArchiveTime") == ISO
    with refused(400, "InvalidState", "Invalid state: Cannot delete a topic with an ArchivePolicy", **SENDER):
        sns.delete_topic(TopicArn=fifo)
    same(sns.set_topic_attributes(TopicArn=fifo, AttributeName="ArchivePolicy", AttributeValue="{}"), 200)
    assert attribute(sns, fifo, "ArchivePolicy") is None and attribute(sns, fifo, "BeginningArchiveTime") is None
    same(sns.delete_topic(TopicArn=fifo), 200)


def test_replay_policies_that_are_refused(sns, sqs, topic, queue, name):
    fifo = make_topic(sns, name(), ArchivePolicy=KEEP)
    arn = sns.subscribe(TopicArn=fifo, Protocol="sqs", Endpoint=queue_arn(sqs, queue))["SubscriptionArn"]
    for bad in ("nonsense", '{"PointType":"Sequence","StartingPoint":"2026-01-01T00:00:00Z"}', '{"PointType":"Timestamp"}',
                since("yesterday"), since("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z")):
        with invalid(Text("Invalid parameter: ReplayPolicy: .*")):
            sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="ReplayPolicy", AttributeValue=bad)
    for other in (topic, make_topic(sns, name())):
        with invalid(Text("Invalid parameter: Attributes Reason: ReplayPolicy Reason: .*")):
            sns.subscribe(TopicArn=other, Protocol="sqs", Endpoint=queue_arn(sqs, queue),
                          Attributes={"ReplayPolicy": since("2026-01-01T00:00:00Z")})
        same(sns.list_subscriptions_by_topic(TopicArn=other), 200, {"Subscriptions": []})
    assert status(sns, arn) is None


def test_a_new_subscription_gets_what_was(sns, sqs, name, eventually):
    topic = make_topic(sns, name(), ArchivePolicy=KEEP)
    begin = attribute(sns, topic, "BeginningArchiveTime")
    answers = publish(sns, topic, *"0123456789")
    url, arn = make_queue(sqs, topic, name())
    subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn,
                                 Attributes={"ReplayPolicy": since(begin)})["SubscriptionArn"]
    publish(sns, topic, "new")
    bodies = [json.loads(message["Body"]) for message in receive(sqs, url, 11)]
    assert [body["Message"] for body in bodies] == [*"0123456789", "new"]
    assert [body["MessageId"] for body in bodies[:10]] == [answer["MessageId"] for answer in answers]
    assert [body["SequenceNumber"] for body in bodies[:10]] == [answer["SequenceNumber"] for answer in answers]
    assert all(body["Replayed"] == "true" for body in bodies[:10])
    eventually(lambda: status(sns, subscription) == "Completed")
    publish(sns, topic, "newer")
    body = json.loads(receive(sqs, url)[0]["Body"])
    assert body["Message"] == "newer" and "Replayed" not in body
    seen = sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]
    assert seen["ReplayPolicy"] == since(begin)
    assert empty(sqs, url)


def test_filters_raw_delivery_and_many_messages(sns, sqs, name):
    topic = make_topic(sns, name(), ArchivePolicy=KEEP, ContentBasedDeduplication="true")
    begin = attribute(sns, topic, "BeginningArchiveTime")
    for start in range(0, 250, 10):
        sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=[
            {"Id": str(n), "Message": str(n), "MessageGroupId": "g", "MessageAttributes": {
                "n": {"DataType": "Number", "StringValue": str(n)}}} for n in range(start, start + 10)])
    url, arn = make_queue(sqs, topic, name())
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={
        "ReplayPolicy": since(begin), "RawMessageDelivery": "true", "FilterPolicy": '{"n":[{"numeric":[">=",190]}]}'})
    came = receive(sqs, url, 60, MessageAttributeNames=["All"])
    assert [message["Body"] for message in came] == [str(n) for n in range(190, 250)]
    assert came[0]["MessageAttributes"]["Replayed"] == {"DataType": "String", "StringValue": "true"}


def test_a_span_over_a_restart_and_the_retention(own_server, own_aws, name, eventually):
    sns, sqs = own_aws.client("sns"), own_aws.client("sqs")
    topic = make_topic(sns, name(), ArchivePolicy=KEEP)
    now = datetime.now(timezone.utc)

    def ahead(seconds):
        return (now + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")

    for word in ("first", "second", "third"):
        publish(sns, topic, word)
        own_server.forward(DAY // 2)
    own_server.restart()
    url, arn = make_queue(sqs, topic, name())
    subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={
        "ReplayPolicy": since(ahead(DAY // 4), ahead(3 * DAY // 4))})["SubscriptionArn"]
    assert json.loads(receive(sqs, url)[0]["Body"])["Message"] == "second"
    eventually(lambda: status(sns, subscription) == "Completed")
    publish(sns, topic, "behind")
    # A new policy takes the place of the old one; "first" is older than two days by then.
    own_server.forward(3 * DAY // 4)
    same(sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="ReplayPolicy",
                                         AttributeValue=since(ahead(-DAY))), 200)
    came = [json.loads(message["Body"])["Message"] for message in receive(sqs, url, 3)]
    assert came == ["second", "third", "behind"]
    begins = datetime.fromisoformat(attribute(sns, topic, "BeginningArchiveTime"))
    assert abs((begins - (now + timedelta(days=0.25))).total_seconds()) < 600
    # Given up, the archive is gone, and a new one is empty.
    for policy in ("{}", KEEP):
        same(sns.set_topic_attributes(TopicArn=topic, AttributeName="ArchivePolicy", AttributeValue=policy), 200)
    publish(sns, topic, "of-the-new")
    other, arn = make_queue(sqs, topic, name())
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"ReplayPolicy": since(ahead(-DAY))})
    assert json.loads(receive(sqs, other)[0]["Body"])["Message"] == "of-the-new"
    assert empty(sqs, other)


def test_a_replay_that_is_stopped(sns, sqs, name):
    topic = make_topic(sns, name(), ArchivePolicy=KEEP)
    begin = attribute(sns, topic, "BeginningArchiveTime")
    publish(sns, topic, "one")
    url, arn = make_queue(sqs, topic, name())
    subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={
        "ReplayPolicy": since(begin, "2027-01-01T00:00:00Z")})["SubscriptionArn"]
    assert json.loads(receive(sqs, url)[0]["Body"])["Message"] == "one"
    assert status(sns, subscription) == "In progress"
    same(sns.set_subscription_attributes(SubscriptionArn=subscription, AttributeName="ReplayPolicy", AttributeValue="{}"), 200)
    assert status(sns, subscription) is None
    publish(sns, topic, "two")
    body = json.loads(receive(sqs, url)[0]["Body"])
    assert body["Message"] == "two" and "Replayed" not in body


@pytest.mark.parametrize("how", ["kill", "term"])
def test_an_archive_outlives_the_server(own_server, own_aws, name, how):
    sns, sqs = own_aws.client("sns"), own_aws.client("sqs")
    topic = make_topic(sns, name(), ArchivePolicy=KEEP)
    begin = attribute(sns, topic, "BeginningArchiveTime")
    publish(sns, topic, *"abc")
    if how == "kill":
        own_server.kill()
    own_server.restart()
    url, arn = make_queue(sqs, topic, name())
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"ReplayPolicy": since(begin)})
    assert [json.loads(message["Body"])["Message"] for message in receive(sqs, url, 3)] == list("abc")
