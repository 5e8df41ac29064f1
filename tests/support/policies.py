"""Resource policies that let S3 and SNS reach queues and topics, as the AWS documentation writes them."""

import json

from aws import ACCOUNT


def allow(service, action, resource, source_arn):
    """One service may do one thing here, on behalf of one resource of this account."""
    return json.dumps({
        "Version": "2012-10-17",
        "Statement": [{
            "Sid": "kumiki-test", "Effect": "Allow", "Principal": {"Service": service}, "Action": action,
            "Resource": resource,
            "Condition": {"ArnLike": {"aws:SourceArn": source_arn}, "StringEquals": {"aws:SourceAccount": ACCOUNT}},
        }],
    })


def queue_arn(sqs, url):
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def let_s3_send(sqs, url, bucket):
    """Answers the queue's ARN."""
    arn = queue_arn(sqs, url)
    policy = allow("s3.amazonaws.com", "sqs:SendMessage", arn, f"arn:aws:s3:::{bucket}")
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    return arn


def let_sns_send(sqs, url, topic):
    """Answers the queue's ARN. The condition is on the topic alone, as in AWS's examples for SNS."""
    arn = queue_arn(sqs, url)
    policy = json.dumps({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage",
        "Resource": arn, "Condition": {"ArnEquals": {"aws:SourceArn": topic}}}]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    return arn


def let_s3_publish(sns, topic, bucket):
    policy = allow("s3.amazonaws.com", "sns:Publish", topic, f"arn:aws:s3:::{bucket}")
    sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy)


def receive(sqs, url, count=1, seconds=20, **given):
    """Receives and deletes until `count` messages came; long polls, so it waits for deliveries without sleeping."""
    seen = []
    while len(seen) < count:
        answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=min(10, count - len(seen)),
                                     WaitTimeSeconds=seconds, **given)
        messages = answer.get("Messages", [])
        if not messages:
            raise AssertionError(f"{len(seen)} of {count} messages came within {seconds} s")
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        seen += messages
    return seen


def empty(sqs, url):
    """Whether the queue has no message, visible, in flight or delayed."""
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return all(counts[name] == "0" for name in names)
