"""How much there may be, and what a topic says of the logs of its deliveries."""

import json

import pytest
from answers import refused, same
from sns_answers import SENDER, invalid

FILTER = json.dumps({"a": ["b"]})


def test_filter_policies_of_a_topic(sns, topic):
    arns = [sns.subscribe(TopicArn=topic, Protocol="sms", Endpoint=f"+1556{number:07}", Attributes={"FilterPolicy": FILTER})
            ["SubscriptionArn"] for number in range(200)]
    over = lambda: refused(403, "FilterPolicyLimitExceeded", "Filter policy limit exceeded", **SENDER)
    with over():
        sns.subscribe(TopicArn=topic, Protocol="sms", Endpoint="+15569999999", Attributes={"FilterPolicy": FILTER})
    plain = sns.subscribe(TopicArn=topic, Protocol="sms", Endpoint="+15569999999")["SubscriptionArn"]
    policy = lambda arn, text: sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="FilterPolicy", AttributeValue=text)
    with over():
        policy(plain, FILTER)
    same(policy(arns[0], json.dumps({"a": ["c"]})), 200)
    sns.unsubscribe(SubscriptionArn=arns[1])
    same(policy(plain, FILTER), 200)
    with over():
        sns.subscribe(TopicArn=topic, Protocol="sms", Endpoint="+15568888888", Attributes={"FilterPolicy": FILTER})


ROLE = "arn:aws:iam::000000000000:role/logs"


def test_attributes_for_logs(sns, name):
    given = {"SQSSuccessFeedbackRoleArn": ROLE, "SQSFailureFeedbackRoleArn": ROLE, "SQSSuccessFeedbackSampleRate": "100",
             "HTTPFailureFeedbackRoleArn": ROLE, "ApplicationSuccessFeedbackSampleRate": "0"}
    named = {"Name": name(), "Attributes": given}
    topic = sns.create_topic(**named)["TopicArn"]
    same(sns.create_topic(**named), 200, {"TopicArn": topic})
    kept = lambda: {name: value for name, value in sns.get_topic_attributes(TopicArn=topic)["Attributes"].items() if "Feedback" in name}
    assert kept() == given
    same(sns.set_topic_attributes(TopicArn=topic, AttributeName="LambdaSuccessFeedbackSampleRate", AttributeValue="7"), 200)
    same(sns.set_topic_attributes(TopicArn=topic, AttributeName="SQSSuccessFeedbackRoleArn", AttributeValue=""), 200)
    given.pop("SQSSuccessFeedbackRoleArn")
    assert kept() == {**given, "LambdaSuccessFeedbackSampleRate": "7"}


@pytest.mark.parametrize("attribute, value, words", [
    ("SQSSuccessFeedbackSampleRate", "500", "500 value provided is not an integer between 0-100"),
    ("HTTPSuccessFeedbackSampleRate", "all", "all value provided is not an integer between 0-100"),
    ("FirehoseFailureFeedbackRoleArn", "logs", "logs is not the ARN of an IAM role"),
])
def test_attributes_for_logs_that_are_refused(sns, topic, name, attribute, value, words):
    with invalid(f"Invalid parameter: {attribute}: {words}"):
        sns.set_topic_attributes(TopicArn=topic, AttributeName=attribute, AttributeValue=value)
    with invalid(f"Invalid parameter: Attributes Reason: {attribute}: {words}"):
        sns.create_topic(Name=name(), Attributes={attribute: value})
    for unknown in ("SMSSuccessFeedbackRoleArn", "SQSFailureFeedbackSampleRate"):
        with invalid("Invalid parameter: AttributeName"):
            sns.set_topic_attributes(TopicArn=topic, AttributeName=unknown, AttributeValue=ROLE)
