"""ARNs that name no queue or topic are taken nowhere."""

import json

import pytest
from answers import refused, same
from aws import ACCOUNT
from botocore.exceptions import ClientError
from identities import allow, document
from policies import queue_arn

STRANGE = ["arn:aws:sqs:us-east-1:000000000000:111122223333/victim", "arn:aws:sqs:us-east-1:000000000000:a?b",
           "arn:aws:sqs:us-east-1:000000000000:a#b", "arn:aws:sqs:us-east-1:x:q"]


@pytest.mark.parametrize("arn", STRANGE)
def test_arns_of_no_queue(sns, sqs, s3, topic, queue, bucket, arn):
    with refused(400, "InvalidParameter", "Invalid parameter: SQS endpoint ARN", Type="Sender"):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    dead = json.dumps({"deadLetterTargetArn": arn})
    with refused(400, "InvalidParameter", "Invalid parameter: Attributes Reason: RedrivePolicy: deadLetterTargetArn is an "
                 "invalid arn", Type="Sender"):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, queue), Attributes={"RedrivePolicy": dead})
    with pytest.raises(ClientError, match="InvalidArgument.*ARN could not be parsed"):
        s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={
            "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]})
    with pytest.raises(ClientError, match="InvalidArgument.*ARN could not be parsed"):
        s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={
            "TopicConfigurations": [{"TopicArn": arn.replace(":sqs:", ":sns:"), "Events": ["s3:ObjectCreated:*"]}]})
    with pytest.raises(ClientError, match="Invalid value for deadLetterTargetArn"):
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={
            "RedrivePolicy": json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})})


def test_nobody_subscribes_queues_of_the_default_account(sns, aws, sqs, topic, queue):
    """Who shows no identity owns no queue: its owner is asked."""
    sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy",
                             AttributeValue=document(allow("sns:*", topic, Principal="*")))
    nobody, arn = aws.client("sns", anonymous=True), queue_arn(sqs, queue)
    same(nobody.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn), 200, {"SubscriptionArn": "pending confirmation"})
    same(sns.list_subscriptions_by_topic(TopicArn=topic), 200, {"Subscriptions": [
        {"SubscriptionArn": "PendingConfirmation", "Owner": ACCOUNT, "Protocol": "sqs", "Endpoint": arn, "TopicArn": topic}]})
