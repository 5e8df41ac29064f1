"""SQS and SNS with the AWS CLI (v1): what it prints, as a whole."""

import base64
import hashlib
import json

import pytest
from answers import UUID, Any, Now, Text, Unordered, agree
from awscli_runs import answer, comparing, refusing
from aws import ACCOUNT

HANDLE = Text("[A-Za-z0-9+/=]{20,}")
MD5 = Text("[0-9a-f]{32}")


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


@pytest.fixture
def sqs(cli):
    """Runs `aws sqs WORDS` on a queue, and compares all that is printed."""
    run = comparing(cli, "sqs")
    return lambda expected, operation, url=None, *words: run(expected, operation, *(["--queue-url", url] if url else []), *words)


@pytest.fixture
def sns(cli):
    """The same of `aws sns`."""
    return comparing(cli, "sns")


@pytest.fixture
def refused(cli):
    return refusing(cli)


@pytest.fixture
def queue(sqs, name, server):
    """Makes queues; answers URL and ARN."""
    def make(suffix="", **attributes):
        called = name("cli") + suffix
        url = f"{server.endpoint}/{ACCOUNT}/{called}"
        words = ["--queue-name", called] + (["--attributes", attributes] if attributes else [])
        sqs({"QueueUrl": url}, "create-queue", None, *words)
        return url, f"arn:aws:sqs:us-east-1:{ACCOUNT}:{called}"
    return make


GONE = "The specified queue does not exist."


def test_queues(cli, sqs, refused, name, server):
    called = name("cli")
    url, words = f"{server.endpoint}/{ACCOUNT}/{called}", ["--queue-name", called]
    given = ["--attributes", "VisibilityTimeout=5,DelaySeconds=1"]
    sqs({"QueueUrl": url}, "create-queue", None, *words, *given, "--tags", "team=red,stage=test")
    sqs({"QueueUrl": url}, "create-queue", None, *words, *given)
    refused("QueueAlreadyExists", "CreateQueue", "A queue already exists with the same name and a different value for attribute "
            "VisibilityTimeout", "sqs", "create-queue", *words, "--attributes", "VisibilityTimeout=6")
    refused("InvalidParameterValue", "CreateQueue", "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 "
            "in length", "sqs", "create-queue", "--queue-name", "a b")
    sqs({"QueueUrl": url}, "get-queue-url", None, *words)
    sqs({"QueueUrls": [url]}, "list-queues", None, "--queue-name-prefix", called)
    expected = {
        "QueueArn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:{called}", "ApproximateNumberOfMessages": "0",
        "ApproximateNumberOfMessagesNotVisible": "0", "ApproximateNumberOfMessagesDelayed": "0", "CreatedTimestamp": Now(),
        "LastModifiedTimestamp": Now(), "VisibilityTimeout": "5", "MaximumMessageSize": "1048576",
        "MessageRetentionPeriod": "345600", "DelaySeconds": "1", "ReceiveMessageWaitTimeSeconds": "0",
        "SqsManagedSseEnabled": "true"}
    sqs({"Attributes": expected}, "get-queue-attributes", url, "--attribute-names", "All")
    sqs(None, "set-queue-attributes", url, "--attributes", {"VisibilityTimeout": "43200", "MessageRetentionPeriod": "60"})
    sqs({"Attributes": {"VisibilityTimeout": "43200", "MessageRetentionPeriod": "60"}}, "get-queue-attributes", url,
        "--attribute-names", "VisibilityTimeout", "MessageRetentionPeriod")
    refused("InvalidAttributeValue", "SetQueueAttributes", "Invalid value for the parameter VisibilityTimeout.",
            "sqs", "set-queue-attributes", "--queue-url", url, "--attributes", {"VisibilityTimeout": "43201"})
    sqs({"Tags": {"team": "red", "stage": "test"}}, "list-queue-tags", url)
    sqs(None, "tag-queue", url, "--tags", "team=blue,owner=me")
    sqs(None, "untag-queue", url, "--tag-keys", "stage", "not-there")
    sqs({"Tags": {"team": "blue", "owner": "me"}}, "list-queue-tags", url)
    sqs(None, "delete-queue", url)
    gone = ("AWS.SimpleQueueService.NonExistentQueue", "GetQueueUrl", GONE)
    refused(*gone, "sqs", "get-queue-url", *words)
    sqs(None, "list-queues", None, "--queue-name-prefix", called)


def test_pages_of_queues(sqs, queue):
    urls = sorted(queue()[0] for _ in range(3))
    prefix = urls[0].rsplit("/", 1)[1][:-1].rstrip("0123456789")
    listed = sqs({"QueueUrls": Any(list)}, "list-queues", None, "--queue-name-prefix", prefix)["QueueUrls"]
    assert set(urls) <= set(listed)
    paged = sqs({"QueueUrls": Any(list)}, "list-queues", None, "--queue-name-prefix", prefix, "--page-size", "2")["QueueUrls"]
    assert paged == listed


def test_messages(sqs, queue):
    url, _ = queue()
    attributes = {"color": {"DataType": "String", "StringValue": "red"}, "n": {"DataType": "Number", "StringValue": "1.5"},
                  "b": {"DataType": "Binary", "BinaryValue": "AAH/"}}
    trace = "Root=1-5759e988-bd862e3fe1be46a994272793"
    sent = sqs({"MessageId": UUID, "MD5OfMessageBody": md5("héllo"), "MD5OfMessageAttributes": MD5,
                "MD5OfMessageSystemAttributes": MD5}, "send-message", url, "--message-body", "héllo",
               "--message-attributes", attributes, "--message-system-attributes",
               {"AWSTraceHeader": {"DataType": "String", "StringValue": trace}})
    message = {"MessageId": sent["MessageId"], "ReceiptHandle": HANDLE, "MD5OfBody": md5("héllo"), "Body": "héllo"}
    # Version 1 of the CLI takes text for bytes, and prints them in base64.
    shown = {**attributes, "b": {"DataType": "Binary", "BinaryValue": base64.b64encode(b"AAH/").decode()}}
    got = sqs({"Messages": [{**message, "MD5OfMessageAttributes": sent["MD5OfMessageAttributes"], "MessageAttributes": shown,
                             "Attributes": {"SenderId": Any(str), "SentTimestamp": Now(), "ApproximateReceiveCount": "1",
                                            "ApproximateFirstReceiveTimestamp": Now(), "AWSTraceHeader": trace}}]},
              "receive-message", url, "--attribute-names", "All", "--message-attribute-names", "All")["Messages"][0]
    sqs(None, "receive-message", url)
    sqs(None, "change-message-visibility", url, "--receipt-handle", got["ReceiptHandle"], "--visibility-timeout", "0")
    again = sqs({"Messages": [{**message, "Attributes": {"ApproximateReceiveCount": "2"}}]}, "receive-message", url,
                "--attribute-names", "ApproximateReceiveCount", "--wait-time-seconds", "1")["Messages"][0]
    assert again["ReceiptHandle"] != got["ReceiptHandle"]
    sqs({"Attributes": {"ApproximateNumberOfMessagesNotVisible": "1"}}, "get-queue-attributes", url, "--attribute-names",
        "ApproximateNumberOfMessagesNotVisible")
    sqs(None, "delete-message", url, "--receipt-handle", again["ReceiptHandle"])
    sqs(None, "delete-message", url, "--receipt-handle", again["ReceiptHandle"])
    sqs({"Attributes": {"ApproximateNumberOfMessagesNotVisible": "0"}}, "get-queue-attributes", url, "--attribute-names",
        "ApproximateNumberOfMessagesNotVisible")


def test_messages_that_are_refused(sqs, refused, queue):
    url, _ = queue(MaximumMessageSize="1024")
    on = ("--queue-url", url)
    refused("InvalidParameterValue", "SendMessage", "One or more parameters are invalid. Reason: Message must be shorter than 1024 "
            "bytes.", "sqs", "send-message", *on, "--message-body", "x" * 1025)
    refused("InvalidParameterValue", "SendMessage", "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be "
            ">= 0 and <= 900.", "sqs", "send-message", *on, "--message-body", "m", "--delay-seconds", "901")
    refused("InvalidParameterValue", "ReceiveMessage", "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be "
            "between 1 and 10, if provided.", "sqs", "receive-message", *on, "--max-number-of-messages", "11")
    refused("ReceiptHandleIsInvalid", "DeleteMessage", 'The input receipt handle "forged" is not a valid receipt handle.',
            "sqs", "delete-message", *on, "--receipt-handle", "forged")
    refused("AWS.SimpleQueueService.NonExistentQueue", "SendMessage", GONE, "sqs", "send-message", "--queue-url", url + "-not",
            "--message-body", "m")
    sqs({"Attributes": {"ApproximateNumberOfMessages": "0"}}, "get-queue-attributes", url, "--attribute-names",
        "ApproximateNumberOfMessages")


def test_batches(sqs, refused, queue):
    url, _ = queue()
    entries = [{"Id": "a", "MessageBody": "one"}, {"Id": "b", "MessageBody": "two", "MessageAttributes": {
        "k": {"DataType": "String", "StringValue": "v"}}}, {"Id": "c", "MessageBody": "no", "DelaySeconds": 1000}]
    sent = sqs({"Successful": [
        {"Id": "a", "MessageId": UUID, "MD5OfMessageBody": md5("one")},
        {"Id": "b", "MessageId": UUID, "MD5OfMessageBody": md5("two"), "MD5OfMessageAttributes": MD5}],
        "Failed": [{"Id": "c", "SenderFault": True, "Code": "InvalidParameterValue", "Message":
                    "Value 1000 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."}]},
        "send-message-batch", url, "--entries", entries)["Successful"]
    message = {"ReceiptHandle": HANDLE}
    got = sqs({"Messages": [{**message, "MessageId": sent[0]["MessageId"], "MD5OfBody": md5("one"), "Body": "one"},
                            {**message, "MessageId": sent[1]["MessageId"], "MD5OfBody": md5("two"), "Body": "two"}]},
              "receive-message", url, "--max-number-of-messages", "10")["Messages"]
    forged = {"SenderFault": True, "Code": "ReceiptHandleIsInvalid", "Message":
              'The input receipt handle "forged" is not a valid receipt handle.'}
    sqs({"Successful": [{"Id": "a"}, {"Id": "b"}], "Failed": [{"Id": "c", **forged}]}, "change-message-visibility-batch", url,
        "--entries", [{"Id": name, "ReceiptHandle": handle, "VisibilityTimeout": 60} for name, handle in
                      zip("abc", [got[0]["ReceiptHandle"], got[1]["ReceiptHandle"], "forged"])])
    sqs({"Successful": [{"Id": "a"}, {"Id": "b"}], "Failed": [{"Id": "c", **forged}]}, "delete-message-batch", url,
        "--entries", [{"Id": name, "ReceiptHandle": handle} for name, handle in
                      zip("abc", [got[0]["ReceiptHandle"], got[1]["ReceiptHandle"], "forged"])])
    batch = ("sqs", "send-message-batch", "--queue-url", url, "--entries")
    refused("AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "SendMessageBatch", "Id a repeated.", *batch,
            [{"Id": "a", "MessageBody": "1"}] * 2)
    refused("AWS.SimpleQueueService.TooManyEntriesInBatchRequest", "SendMessageBatch", "Maximum number of entries per request are "
            "10. You have sent 11.", *batch, [{"Id": str(n), "MessageBody": "m"} for n in range(11)])


def test_purge(sqs, refused, queue):
    url, _ = queue()
    sqs({"MessageId": UUID, "MD5OfMessageBody": md5("m")}, "send-message", url, "--message-body", "m")
    sqs(None, "purge-queue", url)
    sqs(None, "receive-message", url)
    refused("AWS.SimpleQueueService.PurgeQueueInProgress", "PurgeQueue", f"Only one PurgeQueue operation on {url.rsplit('/', 1)[1]} "
            "is allowed every 60 seconds.", "sqs", "purge-queue", "--queue-url", url)


def test_dead_letters_and_their_way_back(cli, sqs, refused, queue, eventually):
    (dead, dead_arn) = queue()
    url, arn = queue(RedrivePolicy=json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": "1"}))
    sqs({"queueUrls": [url]}, "list-dead-letter-source-queues", dead)
    sent = sqs({"MessageId": UUID, "MD5OfMessageBody": md5("poison")}, "send-message", url, "--message-body", "poison")
    message = {"MessageId": sent["MessageId"], "ReceiptHandle": HANDLE, "MD5OfBody": md5("poison"), "Body": "poison"}
    sqs({"Messages": [message]}, "receive-message", url, "--visibility-timeout", "0")
    sqs(None, "receive-message", url)
    got = sqs({"Messages": [{**message, "Attributes": {"ApproximateReceiveCount": "2", "DeadLetterQueueSourceArn": arn}}]},
              "receive-message", dead, "--wait-time-seconds", "20", "--visibility-timeout", "0", "--attribute-names",
              "ApproximateReceiveCount", "DeadLetterQueueSourceArn")
    assert got["Messages"][0]["MessageId"] == sent["MessageId"]
    task = sqs({"TaskHandle": Any(str)}, "start-message-move-task", None, "--source-arn", dead_arn,
               "--max-number-of-messages-per-second", "500")["TaskHandle"]
    eventually(lambda: answer(cli("sqs", "list-message-move-tasks", "--source-arn", dead_arn))["Results"][0]["Status"] == "COMPLETED")
    sqs({"Results": [{"Status": "COMPLETED", "SourceArn": dead_arn, "MaxNumberOfMessagesPerSecond": 500,
                      "ApproximateNumberOfMessagesMoved": 1, "ApproximateNumberOfMessagesToMove": 1,
                      "StartedTimestamp": Any(int)}]}, "list-message-move-tasks", None, "--source-arn", dead_arn)
    sqs({"Messages": [{**message, "MessageId": UUID}]}, "receive-message", url, "--wait-time-seconds", "20")
    refused("InvalidParameterValue", "CancelMessageMoveTask", "Only active tasks can be cancelled.", "sqs", "cancel-message-move-task",
            "--task-handle", task)
    refused("ResourceNotFoundException", "StartMessageMoveTask", "The resource that you specified for the SourceArn parameter "
            "doesn't exist.", "sqs", "start-message-move-task", "--source-arn", dead_arn + "-not")


def test_permissions(cli, sqs, refused, queue):
    url, arn = queue()
    words = ("--label", "friends", "--aws-account-ids", "111122223333", "--actions", "SendMessage", "ReceiveMessage")
    sqs(None, "add-permission", url, *words)
    refused("InvalidParameterValue", "AddPermission", "Value friends for parameter Label is invalid. Reason: Already exists.",
            "sqs", "add-permission", "--queue-url", url, *words)
    seen = sqs({"Attributes": {"Policy": Any(str)}}, "get-queue-attributes", url, "--attribute-names", "Policy")
    agree(json.loads(seen["Attributes"]["Policy"]), {
        "Version": "2008-10-17", "Id": f"{arn}/SQSDefaultPolicy", "Statement": [{
            "Sid": "friends", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
            "Action": Unordered("SQS:SendMessage", "SQS:ReceiveMessage"), "Resource": arn}]})
    sqs(None, "remove-permission", url, "--label", "friends")
    sqs(None, "get-queue-attributes", url, "--attribute-names", "Policy")
    refused("InvalidParameterValue", "RemovePermission", "Value friends for parameter Label is invalid. Reason: can't find label.",
            "sqs", "remove-permission", "--queue-url", url, "--label", "friends")


def test_fifo(sqs, refused, queue):
    url, _ = queue(".fifo", FifoQueue="true")
    words = ("--message-group-id", "g", "--message-deduplication-id", "d")
    sent = sqs({"MessageId": UUID, "MD5OfMessageBody": md5("m"), "SequenceNumber": Text("[0-9]{20}")}, "send-message", url,
               "--message-body", "m", *words)
    sqs(sent, "send-message", url, "--message-body", "m", *words)
    sqs({"Messages": [{"MessageId": sent["MessageId"], "ReceiptHandle": HANDLE, "MD5OfBody": md5("m"), "Body": "m", "Attributes": {
        "MessageGroupId": "g", "MessageDeduplicationId": "d", "SequenceNumber": sent["SequenceNumber"]}}]},
        "receive-message", url, "--attribute-names", "MessageGroupId", "MessageDeduplicationId", "SequenceNumber",
        "--receive-request-attempt-id", "once")
    refused("MissingParameter", "SendMessage", "The request must contain the parameter MessageGroupId.", "sqs", "send-message",
            "--queue-url", url, "--message-body", "m")


@pytest.fixture
def topic(sns, name):
    """The ARN of a topic."""
    called = name("cli")
    return sns({"TopicArn": f"arn:aws:sns:us-east-1:{ACCOUNT}:{called}"}, "create-topic", "--name", called)["TopicArn"]


@pytest.fixture
def subscribed(sns, sqs, queue, topic):
    """Subscribes a new queue to the topic; answers the queue's URL, its ARN and the subscription's."""
    def subscribe(attributes=None):
        url, arn = queue()
        policy = {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": topic}}}]}
        sqs(None, "set-queue-attributes", url, "--attributes", {"Policy": json.dumps(policy)})
        made = sns({"SubscriptionArn": Text(f"{topic}:[0-9a-f-]{{36}}")}, "subscribe", "--topic-arn", topic, "--protocol", "sqs",
                   "--notification-endpoint", arn, *(["--attributes", attributes] if attributes else []))
        return url, arn, made["SubscriptionArn"]
    return subscribe


def test_topics(cli, sns, refused, name):
    called = name("cli")
    topic = f"arn:aws:sns:us-east-1:{ACCOUNT}:{called}"
    words = ("--name", called, "--attributes", "DisplayName=Shown", "--tags", "Key=team,Value=red")
    sns({"TopicArn": topic}, "create-topic", *words)
    sns({"TopicArn": topic}, "create-topic", *words)
    listed = answer(cli("sns", "list-topics"))
    assert list(listed) == ["Topics"] and {"TopicArn": topic} in listed["Topics"]
    retries = {"minDelayTarget": 20, "maxDelayTarget": 20, "numRetries": 3, "numMaxDelayRetries": 0, "numNoDelayRetries": 0,
               "numMinDelayRetries": 0, "backoffFunction": "linear"}
    seen = sns({"Attributes": {
        "TopicArn": topic, "Owner": ACCOUNT, "DisplayName": "Shown", "Policy": Any(str), "SubscriptionsConfirmed": "0",
        "SubscriptionsPending": "0", "SubscriptionsDeleted": "0", "EffectiveDeliveryPolicy": Any(str)}},
        "get-topic-attributes", "--topic-arn", topic)["Attributes"]
    agree(json.loads(seen["EffectiveDeliveryPolicy"]), {"http": {
        "defaultHealthyRetryPolicy": retries, "disableSubscriptionOverrides": False,
        "defaultRequestPolicy": {"headerContentType": "text/plain; charset=UTF-8"}}})
    statement = {
        "Sid": "__default_statement_ID", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": [
            f"SNS:{action}" for action in ("GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission",
                                           "DeleteTopic", "Subscribe", "ListSubscriptionsByTopic", "Publish")],
        "Resource": topic, "Condition": {"StringEquals": {"AWS:SourceOwner": ACCOUNT}}}
    agree(json.loads(seen["Policy"]), {"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [statement]})
    sns(None, "set-topic-attributes", "--topic-arn", topic, "--attribute-name", "DisplayName", "--attribute-value", "Other")
    sns(None, "add-permission", "--topic-arn", topic, "--label", "friends", "--aws-account-id", "111122223333",
        "--action-name", "Publish")
    seen = answer(cli("sns", "get-topic-attributes", "--topic-arn", topic))["Attributes"]
    assert seen["DisplayName"] == "Other"
    agree(json.loads(seen["Policy"])["Statement"], [statement, {
        "Sid": "friends", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "SNS:Publish",
        "Resource": topic}])
    sns(None, "remove-permission", "--topic-arn", topic, "--label", "friends")
    of = ("--resource-arn", topic)
    sns({"Tags": [{"Key": "team", "Value": "red"}]}, "list-tags-for-resource", *of)
    sns(None, "tag-resource", *of, "--tags", "Key=owner,Value=me")
    sns(None, "untag-resource", *of, "--tag-keys", "team")
    sns({"Tags": [{"Key": "owner", "Value": "me"}]}, "list-tags-for-resource", *of)
    sns(None, "delete-topic", "--topic-arn", topic)
    sns(None, "delete-topic", "--topic-arn", topic)
    refused("NotFound", "GetTopicAttributes", "Topic does not exist", "sns", "get-topic-attributes", "--topic-arn", topic)
    refused("InvalidParameter", "CreateTopic", "Invalid parameter: Topic Name", "sns", "create-topic", "--name", "a b")


def test_published(sns, sqs, refused, topic, subscribed):
    url, _, arn = subscribed()
    raw, _, _ = subscribed({"RawMessageDelivery": "true"})
    attributes = {"color": {"DataType": "String", "StringValue": "red"}}
    sent = sns({"MessageId": UUID}, "publish", "--topic-arn", topic, "--message", "hello", "--subject", "About",
               "--message-attributes", attributes)["MessageId"]
    received = sqs({"Messages": [{"MessageId": UUID, "ReceiptHandle": HANDLE, "MD5OfBody": MD5, "Body": Any(str)}]},
                   "receive-message", url, "--wait-time-seconds", "20")["Messages"][0]
    assert md5(received["Body"]) == received["MD5OfBody"]
    agree(json.loads(received["Body"]), {
        "Type": "Notification", "MessageId": sent, "TopicArn": topic, "Subject": "About", "Message": "hello",
        "Timestamp": Text(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"), "SignatureVersion": "1", "Signature": Any(str),
        "SigningCertURL": Text(r"https://127\.0\.0\.1:\d+/SimpleNotificationService-[0-9a-f]{32}\.pem"),
        "UnsubscribeURL": Text(rf"http://127\.0\.0\.1:\d+/\?Action=Unsubscribe&SubscriptionArn={arn}"),
        "MessageAttributes": {"color": {"Type": "String", "Value": "red"}}})
    sqs({"Messages": [{"MessageId": UUID, "ReceiptHandle": HANDLE, "MD5OfBody": md5("hello"), "Body": "hello",
                       "MD5OfMessageAttributes": MD5, "MessageAttributes": attributes}]},
        "receive-message", raw, "--wait-time-seconds", "20", "--message-attribute-names", "All")
    sns({"MessageId": UUID}, "publish", "--target-arn", topic, "--message-structure", "json", "--message",
        {"default": "for all", "sqs": "for queues"})
    sqs({"Messages": [{"MessageId": UUID, "ReceiptHandle": HANDLE, "MD5OfBody": md5("for queues"), "Body": "for queues"}]},
        "receive-message", raw, "--wait-time-seconds", "20")
    publish = ("sns", "publish", "--topic-arn", topic, "--message")
    refused("InvalidParameter", "Publish", "Invalid parameter: Message Structure - No default entry in JSON message body", *publish,
            {"sqs": "x"}, "--message-structure", "json")
    refused("InvalidParameter", "Publish", "Invalid parameter: Empty message", *publish, "")
    refused("InvalidParameter", "Publish", "Invalid parameter: Subject", *publish, "m", "--subject", "s" * 101)
    refused("NotFound", "Publish", "Topic does not exist", "sns", "publish", "--topic-arn", topic + "-not", "--message", "m")


def test_published_in_batches(sns, sqs, refused, topic, subscribed):
    url, _, _ = subscribed({"RawMessageDelivery": "true"})
    batch = ("--topic-arn", topic, "--publish-batch-request-entries")
    sns({"Successful": [{"Id": "a", "MessageId": UUID}, {"Id": "b", "MessageId": UUID}], "Failed": []}, "publish-batch", *batch,
        [{"Id": "a", "Message": "one"}, {"Id": "b", "Message": "two"}])
    seen = []
    while len(seen) < 2:
        seen += sqs({"Messages": Any(list)}, "receive-message", url, "--wait-time-seconds", "20", "--max-number-of-messages",
                    "10")["Messages"]
    assert sorted(message["Body"] for message in seen) == ["one", "two"]
    refused("BatchEntryIdsNotDistinct", "PublishBatch", "Two or more batch entries in the request have the same Id.",
            "sns", "publish-batch", *batch, [{"Id": "a", "Message": "m"}] * 2)
    refused("TooManyEntriesInBatchRequest", "PublishBatch", "The batch request contains more entries than permissible.",
            "sns", "publish-batch", *batch, [{"Id": str(n), "Message": "m"} for n in range(11)])


def test_filters(sns, sqs, refused, topic, subscribed):
    url, arn, subscription = subscribed({"RawMessageDelivery": "true", "FilterPolicy": json.dumps({"color": ["red"]})})
    of = ("--subscription-arn", subscription)
    sns({"Attributes": {
        "SubscriptionArn": subscription, "TopicArn": topic, "Owner": ACCOUNT, "Protocol": "sqs", "Endpoint": arn,
        "PendingConfirmation": "false", "ConfirmationWasAuthenticated": "true", "RawMessageDelivery": "true",
        "FilterPolicy": '{"color": ["red"]}', "FilterPolicyScope": "MessageAttributes",
        "SubscriptionPrincipal": f"arn:aws:iam::{ACCOUNT}:root"}}, "get-subscription-attributes", *of)

    def publish(body, color):
        sns({"MessageId": UUID}, "publish", "--topic-arn", topic, "--message", body, "--message-attributes",
            {"color": {"DataType": "String", "StringValue": color}})

    def received(body):
        got = sqs({"Messages": [{"MessageId": UUID, "ReceiptHandle": HANDLE, "MD5OfBody": md5(body), "Body": body}]},
                  "receive-message", url, "--wait-time-seconds", "20")["Messages"][0]
        sqs(None, "delete-message", url, "--receipt-handle", got["ReceiptHandle"])

    publish("no", "blue")
    publish("yes", "red")
    received("yes")
    sns(None, "set-subscription-attributes", *of, "--attribute-name", "FilterPolicy", "--attribute-value",
        {"color": [{"anything-but": ["red"]}]})
    publish("not now", "red")
    publish("but now", "blue")
    received("but now")
    refused("InvalidParameter", "SetSubscriptionAttributes", "Invalid parameter: FilterPolicy: Filter policy can not have more than "
            "5 keys", "sns", "set-subscription-attributes", *of, "--attribute-name", "FilterPolicy", "--attribute-value",
            {str(n): [1] for n in range(6)})


def test_subscriptions(cli, sns, refused, topic, subscribed):
    sns({"Subscriptions": []}, "list-subscriptions-by-topic", "--topic-arn", topic)
    _, arn, subscription = subscribed()
    entry = {"SubscriptionArn": subscription, "Owner": ACCOUNT, "Protocol": "sqs", "Endpoint": arn, "TopicArn": topic}
    sns({"Subscriptions": [entry]}, "list-subscriptions-by-topic", "--topic-arn", topic)
    assert entry in answer(cli("sns", "list-subscriptions"))["Subscriptions"]
    sns({"SubscriptionArn": "pending confirmation"}, "subscribe", "--topic-arn", topic, "--protocol", "http",
        "--notification-endpoint", "http://127.0.0.1:9/")
    sns({"Subscriptions": Unordered(entry, {**entry, "SubscriptionArn": "PendingConfirmation", "Protocol": "http",
                                            "Endpoint": "http://127.0.0.1:9/"})},
        "list-subscriptions-by-topic", "--topic-arn", topic)
    refused("InvalidParameter", "ConfirmSubscription", "Invalid token", "sns", "confirm-subscription", "--topic-arn", topic,
            "--token", "short")
    refused("InvalidParameter", "ConfirmSubscription", "Invalid parameter: Token", "sns", "confirm-subscription", "--topic-arn",
            topic, "--token", "5" * 128)
    sns(None, "unsubscribe", "--subscription-arn", subscription)
    sns(None, "unsubscribe", "--subscription-arn", subscription)
    refused("NotFound", "GetSubscriptionAttributes", "Subscription does not exist", "sns", "get-subscription-attributes",
            "--subscription-arn", subscription)
    refused("InvalidParameter", "Subscribe", "Invalid parameter: Amazon SNS does not support this protocol string: pigeon",
            "sns", "subscribe", "--topic-arn", topic, "--protocol", "pigeon", "--notification-endpoint", "coop")
