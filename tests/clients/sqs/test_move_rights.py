"""Who may move messages where: the queues that are written to are asked, whatever the request calls them."""

import json

import pytest
from answers import Any, same, sqs_refused
from identities import allow
from policies import queue_arn, receive
from raw import Signer, converse, send, status_of

ACTIONS = [f"sqs:{action}" for action in
           ("StartMessageMoveTask", "ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "ListMessageMoveTasks")]


@pytest.fixture
def dead(sqs, name):
    """(source, dead-letter queue, its ARN), with a dead letter."""
    source, dead = (sqs.create_queue(QueueName=name(kind))["QueueUrl"] for kind in ("source", "dead"))
    arn = queue_arn(sqs, dead)
    sqs.set_queue_attributes(QueueUrl=source, Attributes={
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})})
    sqs.send_message(QueueUrl=source, MessageBody="x")
    while sqs.receive_message(QueueUrl=source, VisibilityTimeout=0).get("Messages"):
        pass
    return source, dead, arn


def denied(who, arn):
    return sqs_refused(403, "AccessDenied", "AccessDeniedException",
                       f"User: {who} is not authorized to perform: sqs:sendmessage on resource: {arn} because no "
                       "identity-based policy allows the sqs:sendmessage action")


def test_the_destination_is_asked(sqs, user, dead, queue):
    ann, (_, _, arn), to = user(), dead, queue_arn(sqs, queue)
    ann.may(allow(ACTIONS, arn), allow("sqs:SendMessage", arn))
    with denied(ann.arn, to):
        ann.client("sqs").start_message_move_task(SourceArn=arn, DestinationArn=to)
    ann.may(allow(ACTIONS, arn), allow("sqs:SendMessage", to))
    same(ann.client("sqs").start_message_move_task(SourceArn=arn, DestinationArn=to), 200, {"TaskHandle": Any(str)})
    assert [message["Body"] for message in receive(sqs, queue)] == ["x"]


def test_the_host_of_the_request_is_not_believed(server, sqs, user, dead, queue, name):
    """`Host: h/ACCOUNT/QUEUE?` once made another queue the one that was asked."""
    ann, (_, mine, arn), to = user(), dead, queue_arn(sqs, queue)
    ann.may(allow(ACTIONS, arn), allow("sqs:SendMessage", arn))
    body = json.dumps({"SourceArn": arn, "DestinationArn": to}).encode()
    account, own = arn.split(":")[4:]
    for host in (f"h/{account}/{own}?", f"h/{account}/{own}#", f"h/{account}/{own}/x", "u@h", "h h", "h\\x", "h:1:2", "h:x",
                 "[::1", "h,g"):
        signer = Signer(server, "sqs", key=ann.key, secret=ann.secret)
        headers = {"Host": host, "X-Amz-Target": "AmazonSQS.StartMessageMoveTask",
                   "Content-Type": "application/x-amz-json-1.0"}
        answer = signer.request("POST", "/", headers, body)
        assert answer.status == 400, (host, answer)
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    assert len(receive(sqs, mine)) == 1
    twice = b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"
    assert status_of(converse(server, twice)) == 400
    assert send(server, "GET", "/_kumiki/health", {"Host": "a/b"}).status == 400


def test_the_sources_are_asked_where_messages_go_back(sqs, user, dead, name):
    ann, (source, _, arn) = user(), dead
    second = sqs.create_queue(QueueName=name("second"), Attributes={
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})})["QueueUrl"]
    sources = [queue_arn(sqs, url) for url in (source, second)]
    for may, missing in ((sources[:1], sources[1]), (sources[1:], sources[0])):
        ann.may(allow(ACTIONS, arn), allow("sqs:SendMessage", may))
        with denied(ann.arn, missing):
            ann.client("sqs").start_message_move_task(SourceArn=arn)
    ann.may(allow(ACTIONS, arn), allow("sqs:SendMessage", sources))
    same(ann.client("sqs").start_message_move_task(SourceArn=arn), 200, {"TaskHandle": Any(str)})
    assert [message["Body"] for message in receive(sqs, source)] == ["x"]


def test_messages_go_back_to_queues_that_were_asked_only(sqs, dead, name, eventually):
    source, _, arn = dead
    sqs.create_queue(QueueName=name("second"), Attributes={
        "RedrivePolicy": json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})})
    sqs.set_queue_attributes(QueueUrl=source, Attributes={"RedrivePolicy": ""})
    sqs.start_message_move_task(SourceArn=arn)
    eventually(lambda: sqs.list_message_move_tasks(SourceArn=arn)["Results"][0]["Status"] == "FAILED")
    assert sqs.list_message_move_tasks(SourceArn=arn)["Results"][0]["FailureReason"] == "CouldNotDetermineMessageSource"
    assert "Messages" not in sqs.receive_message(QueueUrl=source)


def test_no_move_leaves_the_account(sqs, other, dead, name):
    theirs = other.client("sqs")
    url = theirs.create_queue(QueueName=name("theirs"))["QueueUrl"]
    to = queue_arn(theirs, url)
    theirs.add_permission(QueueUrl=url, Label="all", AWSAccountIds=["000000000000"], Actions=["SendMessage"])
    gone = "ResourceNotFoundException"
    with sqs_refused(404, gone, gone, "The resource that you specified for the DestinationArn parameter doesn't exist."):
        sqs.start_message_move_task(SourceArn=dead[2], DestinationArn=to)
