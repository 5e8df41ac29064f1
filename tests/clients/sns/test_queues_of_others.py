"""Queues of other accounts: whoever owns the queue subscribes it, or confirms that somebody else did.

https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html
"""

import json
import urllib.request
from urllib.error import HTTPError

import pytest
from answers import UUID, Any, Text, refused, same
from aws import ACCOUNT
from endpoint import verify
from identities import allow, document
from policies import empty, let_sns_send, queue_arn, receive
from sns_answers import ISO, SENDER, invalid

TOKEN = Text("[0-9a-f]{128}")


@pytest.fixture
def theirs(other, name):
    """The URL of another account's queue, and its owner's client."""
    sqs = other.client("sqs")
    return sqs.create_queue(QueueName=name("queue"))["QueueUrl"], sqs


def subscribe(sns, topic, arn, **more):
    return sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, **more)


def counts(sns, topic):
    seen = sns.get_topic_attributes(TopicArn=topic)["Attributes"]
    return [int(seen[f"Subscriptions{what}"]) for what in ("Confirmed", "Pending", "Deleted")]


def asked(theirs, topic, sns):
    """Subscribes their queue, as the topic's owner, and answers what the queue was sent."""
    url, sqs = theirs
    same(subscribe(sns, topic, let_sns_send(sqs, url, topic)), 200, {"SubscriptionArn": "pending confirmation"})
    return json.loads(receive(sqs, url)[0]["Body"])


def test_the_queue_is_asked(server, sns, other, topic, theirs):
    url, sqs = theirs
    arn = let_sns_send(sqs, url, topic)
    same(subscribe(sns, topic, arn, Attributes={"RawMessageDelivery": "true"}), 200,
         {"SubscriptionArn": "pending confirmation"})
    got = receive(sqs, url, AttributeNames=["All"], MessageAttributeNames=["All"])[0]
    message = json.loads(got["Body"])
    assert "MessageAttributes" not in got and got["Body"].startswith('{\n  "Type" : "SubscriptionConfirmation",\n')
    assert message == {
        "Type": "SubscriptionConfirmation", "MessageId": UUID, "Token": TOKEN, "TopicArn": topic,
        "Message": f"You have chosen to subscribe to the topic {topic}.\nTo confirm the subscription, visit the SubscribeURL "
                   "included in this message.",
        "SubscribeURL": f"{server.endpoint}/?Action=ConfirmSubscription&TopicArn={topic}&Token={message['Token']}",
        "Timestamp": ISO, "SignatureVersion": "1", "Signature": Any(str),
        "SigningCertURL": Text(rf"https://127\.0\.0\.1:{server.port}/SimpleNotificationService-[0-9a-f]{{32}}\.pem")}
    verify(message, server.ca_file())
    entry = {"Owner": ACCOUNT, "Protocol": "sqs", "Endpoint": arn, "TopicArn": topic}
    same(sns.list_subscriptions_by_topic(TopicArn=topic), 200,
         {"Subscriptions": [{**entry, "SubscriptionArn": "PendingConfirmation"}]})
    assert counts(sns, topic) == [0, 1, 0]
    sns.publish(TopicArn=topic, Message="nobody gets this")
    subscription = same(other.client("sns").confirm_subscription(TopicArn=topic, Token=message["Token"]), 200,
                        {"SubscriptionArn": Text(f"{topic}:[0-9a-f-]{{36}}")})["SubscriptionArn"]
    assert counts(sns, topic) == [1, 0, 0]
    same(sns.get_subscription_attributes(SubscriptionArn=subscription), 200, {"Attributes": {
        "SubscriptionArn": subscription, "TopicArn": topic, "Owner": ACCOUNT, "Protocol": "sqs", "Endpoint": arn,
        "PendingConfirmation": "false", "ConfirmationWasAuthenticated": "false", "RawMessageDelivery": "true",
        "SubscriptionPrincipal": f"arn:aws:iam::{ACCOUNT}:root"}})
    sns.publish(TopicArn=topic, Message="first")
    assert receive(sqs, url)[0]["Body"] == "first"
    same(subscribe(sns, topic, arn), 200, {"SubscriptionArn": subscription})
    # Once more is no mistake, as long as the token is known.
    same(sns.confirm_subscription(TopicArn=topic, Token=message["Token"]), 200, {"SubscriptionArn": subscription})
    assert empty(sqs, url)


def test_by_its_link(sns, topic, theirs):
    url, sqs = theirs
    link = asked(theirs, topic, sns)["SubscribeURL"]
    with pytest.raises(HTTPError) as caught:
        urllib.request.urlopen(link[:-1] + ("0" if link[-1] != "0" else "1"))
    assert caught.value.code == 400 and counts(sns, topic) == [0, 1, 0]
    with urllib.request.urlopen(link) as answer:
        assert f"<SubscriptionArn>{topic}:" in answer.read().decode()
    sns.publish(TopicArn=topic, Message="m", Subject="s")
    message = json.loads(receive(sqs, url)[0]["Body"])
    assert (message["Type"], message["Message"]) == ("Notification", "m")
    # Queues are left by their owners and the topic's, not by a link.
    with pytest.raises(HTTPError) as caught:
        urllib.request.urlopen(message["UnsubscribeURL"])
    assert caught.value.code == 403
    same(sns.unsubscribe(SubscriptionArn=sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"][0]["SubscriptionArn"]),
         200)
    assert counts(sns, topic) == [0, 0, 1] and empty(sqs, url)


def test_each_time_with_another_token(sns, topic, theirs):
    url, sqs = theirs
    first = asked(theirs, topic, sns)["Token"]
    arn = same(subscribe(sns, topic, queue_arn(sqs, url), ReturnSubscriptionArn=True), 200,
               {"SubscriptionArn": Text(f"{topic}:[0-9a-f-]{{36}}")})["SubscriptionArn"]
    second = json.loads(receive(sqs, url)[0]["Body"])["Token"]
    assert first != second and counts(sns, topic) == [0, 1, 0]
    with invalid("Invalid parameter: Token"):
        sns.confirm_subscription(TopicArn=topic, Token="5" * 128)
    same(sns.confirm_subscription(TopicArn=topic, Token=second, AuthenticateOnUnsubscribe="true"), 200, {"SubscriptionArn": arn})
    seen = sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    assert (seen["PendingConfirmation"], seen["ConfirmationWasAuthenticated"]) == ("false", "true")


def test_whoever_owns_the_queue_need_not_confirm(sns, other, topic, theirs):
    url, sqs = theirs
    mine, arn = other.client("sns"), let_sns_send(sqs, url, topic)
    with refused(403, "AuthorizationError", Text(rf"User: {other.arn} is not authorized to perform: SNS:Subscribe on resource: "
                                                 rf"{topic} because no resource-based policy allows the sns:Subscribe action"),
                 **SENDER):
        subscribe(mine, topic, arn)
    sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=document(
        allow("sns:Subscribe", topic, Principal={"AWS": other.account})))
    subscription = same(subscribe(mine, topic, arn), 200, {"SubscriptionArn": Text(f"{topic}:[0-9a-f-]{{36}}")})["SubscriptionArn"]
    entry = {"SubscriptionArn": subscription, "Owner": other.account, "Protocol": "sqs", "Endpoint": arn, "TopicArn": topic}
    same(sns.list_subscriptions_by_topic(TopicArn=topic), 200, {"Subscriptions": [entry]})
    assert entry in mine.list_subscriptions()["Subscriptions"]
    seen = mine.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]
    assert (seen["PendingConfirmation"], seen["ConfirmationWasAuthenticated"]) == ("false", "true")
    sns.publish(TopicArn=topic, Message="m")
    assert json.loads(receive(sqs, url)[0]["Body"])["Message"] == "m"
    same(mine.unsubscribe(SubscriptionArn=subscription), 200)
    assert counts(sns, topic) == [0, 0, 1]


def test_a_queue_that_lets_nobody_send_is_not_written_to(sns, topic, theirs, queue, sqs):
    url, owner = theirs
    same(subscribe(sns, topic, queue_arn(owner, url)), 200, {"SubscriptionArn": "pending confirmation"})
    # What comes after it shows that it was not delivered.
    subscribe(sns, topic, let_sns_send(sqs, queue, topic))
    sns.publish(TopicArn=topic, Message="m")
    receive(sqs, queue)
    assert empty(owner, url) and counts(sns, topic) == [1, 1, 0]


def test_fifo(sns, other, name):
    sqs = other.client("sqs")
    url = sqs.create_queue(QueueName=name("queue") + ".fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    topic = sns.create_topic(Name=name("topic") + ".fifo", Attributes={"FifoTopic": "true"})["TopicArn"]
    message = asked((url, sqs), topic, sns)
    assert (message["Type"], message["TopicArn"]) == ("SubscriptionConfirmation", topic)
    other.client("sns").confirm_subscription(TopicArn=topic, Token=message["Token"])
    for n in range(3):
        sns.publish(TopicArn=topic, Message=str(n), MessageGroupId="g", MessageDeduplicationId=str(n))
    assert [json.loads(got["Body"])["Message"] for got in receive(sqs, url, 3)] == ["0", "1", "2"]


def test_unconfirmed_ones_end_after_two_days(own_server, own_aws, eventually):
    from identities import Root
    sns, other = own_aws.client("sns"), Root(own_aws, own_server, "111122223333")
    sqs, topic = other.client("sqs"), sns.create_topic(Name="t")["TopicArn"]
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    token = asked((url, sqs), topic, sns)["Token"]
    own_server.forward(2 * 24 * 3600 + 1)
    with invalid("Invalid parameter: Token"):
        sns.confirm_subscription(TopicArn=topic, Token=token)
    own_server.forward(61)
    eventually(lambda: counts(sns, topic) == [0, 0, 0])


def test_the_question_outlives_the_process(own_server, own_aws):
    from identities import Root
    sns, other = own_aws.client("sns"), Root(own_aws, own_server, "111122223333")
    sqs, topic = other.client("sqs"), sns.create_topic(Name="t")["TopicArn"]
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    subscribe(sns, topic, let_sns_send(sqs, url, topic))
    own_server.kill()
    own_server.start()
    message = json.loads(receive(sqs, url)[0]["Body"])
    same(sns.confirm_subscription(TopicArn=topic, Token=message["Token"]), 200,
         {"SubscriptionArn": Text(f"{topic}:[0-9a-f-]{{36}}")})
