"""What SQS does on request alone: quotas of requests a second, and the doubts of standard queues."""

import http.client
import json
import threading
import time

import pytest
from answers import UUID, sqs_refused
from aws import Aws
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from raw import query
from server import Server

#: Longer than a message takes to come once more, in seconds.
LATER = 6
RECENTLY = "You must wait 60 seconds after deleting a queue before you can create another with the same name."
SECONDS = 60


@pytest.fixture
def unsure():
    """A server whose queues are as unsure as AWS's."""
    with Server(args=["--realistic-consistency", "2006"]) as server:
        yield server, Aws(server).client("sqs")


def test_the_name_of_a_deleted_queue_is_blocked(unsure):
    server, sqs = unsure
    sqs.delete_queue(QueueUrl=sqs.create_queue(QueueName="jobs")["QueueUrl"])
    with sqs_refused(400, "AWS.SimpleQueueService.QueueDeletedRecently", "QueueDeletedRecently", RECENTLY):
        sqs.create_queue(QueueName="jobs")
    answer = query(server, "sqs", "CreateQueue", "2012-11-05", QueueName="jobs")
    assert answer.status == 400
    assert answer.xml()["Error"] == {"Type": "Sender", "Code": "AWS.SimpleQueueService.QueueDeletedRecently",
                                     "Message": RECENTLY, "Detail": ""}
    sqs.create_queue(QueueName="other")
    server.forward(61)
    sqs.create_queue(QueueName="jobs")


def test_a_consumer_sees_messages_twice_in_disorder_and_not_at_all(unsure):
    server, sqs = unsure
    url = sqs.create_queue(QueueName="jobs")["QueueUrl"]
    sent = [str(number) for number in range(200)]
    for start in range(0, 200, 10):
        sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": body, "MessageBody": body} for body in sent[start:start + 10]])
    seen, missed = [], 0
    while set(seen) != set(sent):
        messages = sqs.receive_message(QueueUrl=url).get("Messages", [])
        missed += not messages
        for message in messages:
            seen.append(message["Body"])
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    assert missed and seen != sorted(seen, key=int)
    # What was deleted comes once more, though the queue is empty.
    server.forward(LATER)
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
    assert counts == {"ApproximateNumberOfMessages": "0"}
    again = sqs.receive_message(QueueUrl=url)["Messages"][0]
    assert again["Body"] in sent
    sqs.delete_message(QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])


def flood(server, body, headers, usual=200):
    """Sends one signed request on four connections until one is not answered as usual; answers that."""
    found, over = [], threading.Event()

    def ask():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SECONDS)
        until = time.monotonic() + SECONDS
        while not over.is_set() and time.monotonic() < until:
            connection.request("POST", "/", body=body, headers=headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != usual:
                found.append((answer.status, dict(answer.getheaders()), text))
                over.set()
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found[0]


def signed(server, headers, body):
    request = AWSRequest("POST", f"http://127.0.0.1:{server.port}/", headers=headers, data=body)
    SigV4Auth(Credentials("test", "test"), "sqs", "us-east-1").add_auth(request)
    return dict(request.headers)


@pytest.fixture
def strict():
    with Server(args=["--enforce-quotas"]) as server:
        yield server, Aws(server).client("sqs")


def test_more_than_300_requests_a_second_are_throttled(strict):
    server, sqs = strict
    url = sqs.create_queue(QueueName="jobs.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    body = b'{"QueueUrl": "%s"}' % url.encode()
    headers = signed(server, {"X-Amz-Target": "AmazonSQS.ReceiveMessage", "Content-Type": "application/x-amz-json-1.0"}, body)
    status, answered, text = flood(server, body, headers)
    answered = {name.lower(): value for name, value in answered.items()}
    assert (status, answered["x-amzn-query-error"]) == (403, "RequestThrottled;Sender")
    assert text == b'{"__type":"com.amazonaws.sqs#RequestThrottled","message":"Request is throttled."}'


def test_the_older_protocol_says_the_same(strict):
    server, sqs = strict
    url = sqs.create_queue(QueueName="jobs.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    body = f"Action=ReceiveMessage&Version=2012-11-05&QueueUrl={url}".encode()
    headers = signed(server, {"Content-Type": "application/x-www-form-urlencoded"}, body)
    status, _, text = flood(server, body, headers)
    assert status == 403
    error = b"<Error><Type>Sender</Type><Code>RequestThrottled</Code><Message>Request is throttled.</Message><Detail/></Error>"
    assert error in text.replace(b"<Detail></Detail>", b"<Detail/>")
    # A second later there is room again, also for boto3, which knows the error by its name.
    assert UUID == sqs.send_message(QueueUrl=url, MessageBody="a", MessageGroupId="g", MessageDeduplicationId="d")["MessageId"]
    assert hasattr(sqs.exceptions, "RequestThrottled")


HIGH = {"FifoQueue": "true", "DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"}


def test_message_groups_have_their_own_300_requests(strict):
    """With high throughput: of receives, which pass over groups that have used up theirs, and of deletes."""
    server, sqs = strict
    url = sqs.create_queue(QueueName="jobs.fifo", Attributes=HIGH)["QueueUrl"]

    def send(group):
        sqs.send_message(QueueUrl=url, MessageBody=group, MessageGroupId=group, MessageDeduplicationId="d")

    def throttled(action, usual=200, **given):
        body = json.dumps({"QueueUrl": url, **given}).encode()
        headers = signed(server, {"X-Amz-Target": f"AmazonSQS.{action}", "Content-Type": "application/x-amz-json-1.0"}, body)
        status, _, text = flood(server, body, headers, usual)
        assert (status, json.loads(text)) == (403, {"__type": "com.amazonaws.sqs#RequestThrottled",
                                                    "message": "Request is throttled."})

    send("busy")
    throttled("ReceiveMessage", VisibilityTimeout=0)
    send("calm")
    while sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] != "calm":
        pass  # some of the other's quota has come back
    server.forward(60)
    old = sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)["Messages"][0]["ReceiptHandle"]
    sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)
    throttled("DeleteMessage", 400, ReceiptHandle=old)
