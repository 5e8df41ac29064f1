"""Topics and subscriptions: made, described, listed, removed."""

import json

import pytest
from answers import Any, Text, refused, same
from policies import queue_arn
from sns_answers import SENDER, invalid

NO_TOPIC = (404, "NotFound", "Topic does not exist")
ARN = "arn:aws:sns:us-east-1:000000000000:"


def default_policy(arn):
    return {"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [{
        "Sid": "__default_statement_ID", "Effect": "Allow", "Principal": {"AWS": "*"},
        "Action": ["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission", "SNS:RemovePermission",
                   "SNS:DeleteTopic", "SNS:Subscribe", "SNS:ListSubscriptionsByTopic", "SNS:Publish"],
        "Resource": arn, "Condition": {"StringEquals": {"AWS:SourceOwner": "000000000000"}}}]}


DELIVERY = {"http": {
    "defaultHealthyRetryPolicy": {"minDelayTarget": 20, "maxDelayTarget": 20, "numRetries": 3, "numMaxDelayRetries": 0,
                                  "numNoDelayRetries": 0, "numMinDelayRetries": 0, "backoffFunction": "linear"},
    "disableSubscriptionOverrides": False, "defaultRequestPolicy": {"headerContentType": "text/plain; charset=UTF-8"}}}


def attributes(sns, topic):
    seen = dict(sns.get_topic_attributes(TopicArn=topic)["Attributes"])
    for name in ("Policy", "EffectiveDeliveryPolicy"):
        seen[name] = json.loads(seen[name])
    return seen


def test_create(sns, name):
    topic = name()
    same(sns.create_topic(Name=topic), 200, {"TopicArn": ARN + topic}, {"content-type": "text/xml"})
    same(sns.create_topic(Name=topic), 200, {"TopicArn": ARN + topic})


def test_attributes(sns, topic):
    assert attributes(sns, topic) == {
        "TopicArn": topic, "Owner": "000000000000", "DisplayName": "", "Policy": default_policy(topic),
        "EffectiveDeliveryPolicy": DELIVERY, "SubscriptionsConfirmed": "0", "SubscriptionsPending": "0",
        "SubscriptionsDeleted": "0"}


def test_attributes_given_and_changed(sns, name):
    topic = sns.create_topic(Name=name(), Attributes={"DisplayName": "Shown"})["TopicArn"]
    assert attributes(sns, topic)["DisplayName"] == "Shown"
    same(sns.set_topic_attributes(TopicArn=topic, AttributeName="DisplayName", AttributeValue="Other"), 200)
    assert attributes(sns, topic)["DisplayName"] == "Other"
    with invalid("Invalid parameter: AttributeName"):
        sns.set_topic_attributes(TopicArn=topic, AttributeName="Nonsense", AttributeValue="x")
    with invalid("Invalid parameter: Attributes Reason: Topic already exists with different attributes"):
        sns.create_topic(Name=topic.rsplit(":", 1)[1], Attributes={"DisplayName": "Third"})


def test_fifo_attributes(sns, name):
    topic = sns.create_topic(Name=name() + ".fifo", Attributes={"FifoTopic": "true"})["TopicArn"]
    seen = attributes(sns, topic)
    assert (seen["FifoTopic"], seen["ContentBasedDeduplication"]) == ("true", "false")


@pytest.mark.parametrize("bad", ["", "with space", "a" * 257, "dot.ted", "sla/sh", "x.fifo"])
def test_names_that_are_refused(sns, bad):
    with invalid("Invalid parameter: Topic Name"):
        sns.create_topic(Name=bad)


def test_fifo_names(sns, name):
    with pytest.raises(sns.exceptions.InvalidParameterException):
        sns.create_topic(Name=name(), Attributes={"FifoTopic": "true"})


def test_delete(sns, topic):
    same(sns.delete_topic(TopicArn=topic), 200)
    same(sns.delete_topic(TopicArn=topic), 200)
    for call in (lambda: sns.get_topic_attributes(TopicArn=topic), lambda: sns.publish(TopicArn=topic, Message="x"),
                 lambda: sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:us-east-1:000000000000:q")):
        with refused(*NO_TOPIC, **SENDER):
            call()


@pytest.mark.parametrize("arn, words", [
    ("nonsense", "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1"),
    ("arn:aws:sns:us-east-1:000000000000", "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 5"),
])
def test_arns_that_are_none(sns, arn, words):
    with invalid(words):
        sns.get_topic_attributes(TopicArn=arn)


def test_list_in_pages(own_aws):
    sns = own_aws.client("sns")
    same(sns.list_topics(), 200, {"Topics": []})
    topics = [sns.create_topic(Name=f"t{number:03}")["TopicArn"] for number in range(101)]
    first = sns.list_topics()
    assert len(first["Topics"]) == 100 and first["NextToken"]
    second = same(sns.list_topics(NextToken=first["NextToken"]), 200, {"Topics": [{"TopicArn": Any(str)}]})
    assert sorted(entry["TopicArn"] for entry in first["Topics"] + second["Topics"]) == topics


def test_tags(sns, topic, name):
    def tags(**pairs):
        return [{"Key": key, "Value": value} for key, value in pairs.items()]

    same(sns.list_tags_for_resource(ResourceArn=topic), 200, {"Tags": []})
    same(sns.tag_resource(ResourceArn=topic, Tags=tags(k1="v1", k2="v2")), 200)
    same(sns.list_tags_for_resource(ResourceArn=topic), 200, {"Tags": tags(k1="v1", k2="v2")})
    same(sns.untag_resource(ResourceArn=topic, TagKeys=["k1"]), 200)
    same(sns.tag_resource(ResourceArn=topic, Tags=tags(k2="v2b")), 200)
    same(sns.list_tags_for_resource(ResourceArn=topic), 200, {"Tags": tags(k2="v2b")})
    with invalid("Invalid parameter: Duplicated keys are not allowed."):
        sns.tag_resource(ResourceArn=topic, Tags=tags(a="1") * 2)
    for call in (lambda: sns.tag_resource(ResourceArn=topic + "x", Tags=tags(a="1")),
                 lambda: sns.untag_resource(ResourceArn=topic + "x", TagKeys=["a"]),
                 lambda: sns.list_tags_for_resource(ResourceArn=topic + "x")):
        with refused(404, "ResourceNotFound", "Resource does not exist", **SENDER):
            call()
    tagged = sns.create_topic(Name=name(), Tags=tags(a="1"))["TopicArn"]
    same(sns.list_tags_for_resource(ResourceArn=tagged), 200, {"Tags": tags(a="1")})
    with invalid("Invalid parameter: Tags Reason: Topic already exists with different tags"):
        sns.create_topic(Name=tagged.rsplit(":", 1)[1], Tags=tags(a="2"))


def test_permissions(sns, topic):
    given = {"TopicArn": topic, "AWSAccountId": ["111111111111"], "ActionName": ["Publish"]}
    same(sns.add_permission(**given, Label="one"), 200)
    assert attributes(sns, topic)["Policy"]["Statement"][1:] == [{
        "Sid": "one", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
        "Action": "SNS:Publish", "Resource": topic}]
    with invalid("Invalid parameter: Statement already exists"):
        sns.add_permission(**given, Label="one")
    with invalid("Invalid parameter: Policy statement action out of service scope!"):
        sns.add_permission(**{**given, "ActionName": ["Nonsense"]}, Label="two")
    for wrong in ("InvalidAccountId", "11111111111"):
        with invalid("Invalid parameter: A provided account ID is not valid"):
            sns.add_permission(**{**given, "AWSAccountId": [wrong]}, Label="two")
    same(sns.remove_permission(TopicArn=topic, Label="one"), 200)
    assert attributes(sns, topic)["Policy"] == default_policy(topic)


def subscription(topic, endpoint, arn):
    return {"SubscriptionArn": arn, "Owner": "000000000000", "Protocol": "sqs", "Endpoint": endpoint, "TopicArn": topic}


def test_subscribe(sns, sqs, topic, queue):
    endpoint = queue_arn(sqs, queue)
    arn = same(sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=endpoint), 200,
               {"SubscriptionArn": Text(f"{topic}:[0-9a-f-]{{36}}")})["SubscriptionArn"]
    same(sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=endpoint), 200, {"SubscriptionArn": arn})
    same(sns.get_subscription_attributes(SubscriptionArn=arn), 200, {"Attributes": {
        "SubscriptionArn": arn, "TopicArn": topic, "Protocol": "sqs", "Endpoint": endpoint, "Owner": "000000000000",
        "ConfirmationWasAuthenticated": "true", "PendingConfirmation": "false", "RawMessageDelivery": "false",
        "SubscriptionPrincipal": "arn:aws:iam::000000000000:root"}})
    same(sns.list_subscriptions_by_topic(TopicArn=topic), 200, {"Subscriptions": [subscription(topic, endpoint, arn)]})
    assert attributes(sns, topic)["SubscriptionsConfirmed"] == "1"
    with invalid("Invalid parameter: Attributes Reason: Subscription already exists with different attributes"):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=endpoint, Attributes={"RawMessageDelivery": "true"})


def test_unsubscribe(sns, sqs, topic, queue):
    arn = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue))["SubscriptionArn"]
    same(sns.unsubscribe(SubscriptionArn=arn), 200)
    same(sns.unsubscribe(SubscriptionArn=arn), 200)
    same(sns.list_subscriptions_by_topic(TopicArn=topic), 200, {"Subscriptions": []})
    with refused(404, "NotFound", "Subscription does not exist", **SENDER):
        sns.get_subscription_attributes(SubscriptionArn=arn)


def test_subscription_attributes(sns, sqs, topic, queue):
    given = {"RawMessageDelivery": "true", "FilterPolicy": json.dumps({"a": ["b"]}), "FilterPolicyScope": "MessageAttributes"}
    arn = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue), Attributes=given,
                        ReturnSubscriptionArn=True)["SubscriptionArn"]
    seen = sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    assert {name: seen[name] for name in given} == given
    same(sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="RawMessageDelivery", AttributeValue="False"), 200)
    assert sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]["RawMessageDelivery"] == "false"
    with invalid("Invalid parameter: RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false."):
        sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="RawMessageDelivery", AttributeValue="test-ValUe")
    with invalid("Invalid parameter: AttributeName"):
        sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="fake_attr", AttributeValue="x")
    with invalid("Invalid parameter: FilterPolicyScope: Invalid value [RandomValue]. Please use either MessageBody or "
                 "MessageAttributes"):
        sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="FilterPolicyScope", AttributeValue="RandomValue")


def test_subscriptions_that_are_refused(sns, topic, queue, fifo, sqs):
    with invalid("Invalid parameter: Amazon SNS does not support this protocol string: test-protocol"):
        sns.subscribe(TopicArn=topic, Protocol="test-protocol", Endpoint="x")
    with invalid("Invalid parameter: SQS endpoint ARN"):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    with invalid("Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to "
                 "standard SNS topics"):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, fifo))
    with invalid("Invalid parameter: Attributes Reason: RawMessageDelivery: Invalid value [wrongvalue]. Must be true or "
                 "false."):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue),
                      Attributes={"RawMessageDelivery": "wrongvalue"})


@pytest.mark.parametrize("arn, words", [
    ("nonsense", "Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1"),
])
def test_subscription_arns_that_are_none(sns, arn, words):
    with invalid(words):
        sns.unsubscribe(SubscriptionArn=arn)


def test_subscriptions_in_pages(own_aws):
    sns, sqs = own_aws.client("sns"), own_aws.client("sqs")
    topics = [sns.create_topic(Name=name)["TopicArn"] for name in ("one", "two")]
    arn = queue_arn(sqs, sqs.create_queue(QueueName="q")["QueueUrl"])
    made = {sns.subscribe(TopicArn=topics[0], Protocol="sqs", Endpoint=f"{arn}-{number}")["SubscriptionArn"]
            for number in range(101)}
    other = sns.subscribe(TopicArn=topics[1], Protocol="sqs", Endpoint=arn)["SubscriptionArn"]
    for call, expected in ((lambda **more: sns.list_subscriptions_by_topic(TopicArn=topics[0], **more), made),
                           (sns.list_subscriptions, made | {other})):
        first = call()
        second = call(NextToken=first["NextToken"])
        assert "NextToken" not in second and len(first["Subscriptions"]) == 100
        assert {entry["SubscriptionArn"] for entry in first["Subscriptions"] + second["Subscriptions"]} == expected


def test_deleting_the_topic_ends_its_subscriptions(sns, sqs, name, queue):
    topic = sns.create_topic(Name=name())["TopicArn"]
    arn = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue))["SubscriptionArn"]
    sns.delete_topic(TopicArn=topic)
    with refused(404, "NotFound", "Subscription does not exist", **SENDER):
        sns.get_subscription_attributes(SubscriptionArn=arn)
