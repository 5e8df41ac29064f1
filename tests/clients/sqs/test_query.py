"""The older protocol of SQS: signed forms, XML answers. The same handlers stand behind it."""

import pytest
from answers import UUID, Any, Now
from policies import queue_arn
from raw import query
from sqs_answers import md5, md5_of_attributes

VERSION = "2012-11-05"
NAMESPACE = b'xmlns="http://queue.amazonaws.com/doc/2012-11-05/"'


@pytest.fixture
def call(server):
    def call(action, path="/", **parameters):
        return query(server, "sqs", action, VERSION, path=path, **parameters)
    return call


def ok(answer, action, result=None):
    """The answer's result; fails unless it is 200 and has nothing but result and request id."""
    assert answer.status == 200, answer.body
    assert answer.headers["content-type"] == "text/xml"
    assert NAMESPACE in answer.body and f"<{action}Response ".encode() in answer.body
    members = answer.xml()
    assert members.pop("ResponseMetadata") == {"RequestId": UUID}
    assert answer.headers["x-amzn-requestid"] == UUID
    if result is None:
        assert members in ({}, {f"{action}Result": ""})
        return None
    assert members == {f"{action}Result": result}
    return members[f"{action}Result"]


def error(answer, status, code, message):
    assert answer.status == status
    assert answer.xml() == {"Error": {"Type": "Sender", "Code": code, "Message": message, "Detail": ""},
                            "RequestId": UUID}
    assert NAMESPACE in answer.body


def test_the_whole_way(call, server, name):
    queue = name()
    url = f"{server.endpoint}/000000000000/{queue}"
    given = {"Attribute.1.Name": "VisibilityTimeout", "Attribute.1.Value": "40"}
    ok(call("CreateQueue", QueueName=queue, **given), "CreateQueue", {"QueueUrl": url})
    ok(call("GetQueueUrl", QueueName=queue), "GetQueueUrl", {"QueueUrl": url})
    attribute = {"a": {"DataType": "String", "StringValue": "x"}}
    sent = ok(call("SendMessage", QueueUrl=url, MessageBody="a&b <ü>", **{
        "MessageAttribute.1.Name": "a", "MessageAttribute.1.Value.DataType": "String",
        "MessageAttribute.1.Value.StringValue": "x"}), "SendMessage", {
            "MessageId": UUID, "MD5OfMessageBody": md5("a&b <ü>"), "MD5OfMessageAttributes": md5_of_attributes(attribute)})
    received = ok(call("ReceiveMessage", QueueUrl=url, **{"AttributeName.1": "All", "MessageAttributeName.1": "All"}),
                  "ReceiveMessage", {"Message": {
                      "MessageId": sent["MessageId"], "ReceiptHandle": Any(str), "MD5OfBody": md5("a&b <ü>"),
                      "Body": "a&b <ü>", "Attribute": Any(list), "MD5OfMessageAttributes": md5_of_attributes(attribute),
                      "MessageAttribute": {"Name": "a", "Value": {"DataType": "String", "StringValue": "x"}}}})
    attributes = {entry["Name"]: entry["Value"] for entry in received["Message"]["Attribute"]}
    assert attributes == {"SenderId": Any(str), "SentTimestamp": Now(), "ApproximateReceiveCount": "1",
                          "ApproximateFirstReceiveTimestamp": Now()}
    handle = received["Message"]["ReceiptHandle"]
    ok(call("ChangeMessageVisibility", QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout="0"),
       "ChangeMessageVisibility")
    ok(call("DeleteMessage", QueueUrl=url, ReceiptHandle=handle), "DeleteMessage")
    ok(call("ReceiveMessage", QueueUrl=url), "ReceiveMessage", "")
    ok(call("DeleteQueue", QueueUrl=url), "DeleteQueue")


def test_the_queue_in_the_path(call, sqs, queue):
    path = "/" + queue.split("/", 3)[3]
    assert call("SendMessage", path=path, MessageBody="by path").status == 200
    assert sqs.receive_message(QueueUrl=queue)["Messages"][0]["Body"] == "by path"


def test_attributes(call, sqs, queue):
    answer = ok(call("GetQueueAttributes", QueueUrl=queue, **{"AttributeName.1": "QueueArn", "AttributeName.2": "DelaySeconds"}),
                "GetQueueAttributes", {"Attribute": Any(list)})
    assert {entry["Name"]: entry["Value"] for entry in answer["Attribute"]} == {
        "QueueArn": queue_arn(sqs, queue), "DelaySeconds": "0"}
    ok(call("SetQueueAttributes", QueueUrl=queue, **{"Attribute.Name": "DelaySeconds", "Attribute.Value": "7"}),
       "SetQueueAttributes")
    assert sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["DelaySeconds"])["Attributes"] == {"DelaySeconds": "7"}


def test_lists(call, name, sqs):
    prefix = name("list")
    urls = [sqs.create_queue(QueueName=f"{prefix}-{number}")["QueueUrl"] for number in range(2)]
    ok(call("ListQueues", QueueNamePrefix=prefix), "ListQueues", {"QueueUrl": urls})
    ok(call("ListQueues", QueueNamePrefix=prefix + "-none"), "ListQueues", "")


def test_batch(call, queue):
    entries = {}
    for number in (1, 2):
        entries |= {f"SendMessageBatchRequestEntry.{number}.Id": f"id{number}",
                    f"SendMessageBatchRequestEntry.{number}.MessageBody": f"body{number}"}
    entries["SendMessageBatchRequestEntry.2.DelaySeconds"] = "1000"
    ok(call("SendMessageBatch", QueueUrl=queue, **entries), "SendMessageBatch", {
        "SendMessageBatchResultEntry": {"Id": "id1", "MessageId": UUID, "MD5OfMessageBody": md5("body1")},
        "BatchResultErrorEntry": {"Id": "id2", "SenderFault": "true", "Code": "InvalidParameterValue",
                                  "Message": Any(str)}})


def test_tags(call, sqs, queue):
    ok(call("TagQueue", QueueUrl=queue, **{"Tag.1.Key": "a", "Tag.1.Value": "1"}), "TagQueue")
    ok(call("ListQueueTags", QueueUrl=queue), "ListQueueTags", {"Tag": {"Key": "a", "Value": "1"}})


def test_errors(call, queue):
    error(call("SendMessage", QueueUrl=queue + "-not", MessageBody="b"), 400, "AWS.SimpleQueueService.NonExistentQueue",
          "The specified queue does not exist for this wsdl version.")
    error(call("ReceiveMessage", QueueUrl=queue, MaxNumberOfMessages="11"), 400, "InvalidParameterValue",
          "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.")
    error(call("SendMessage", QueueUrl=queue), 400, "MissingParameter",
          "The request must contain the parameter MessageBody.")


def test_actions_that_are_none(call):
    answer = call("Nonsense")
    assert (answer.status, answer.xml()["Error"]["Code"]) == (400, "InvalidAction")
