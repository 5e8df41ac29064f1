"""What SQS's answers carry: message digests computed here, errors with their words."""

import hashlib
import struct

from answers import UUID, Any, sqs_refused

NO_QUEUE = (400, "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist", "The specified queue does not exist.")


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


def md5_of_attributes(attributes):
    """The digest over names, types and values, as the developer guide describes it."""
    digest = hashlib.md5()

    def add(data):
        digest.update(struct.pack("!I", len(data)) + data)

    for name in sorted(attributes):
        attribute = attributes[name]
        add(name.encode())
        add(attribute["DataType"].encode())
        if "BinaryValue" in attribute:
            digest.update(b"\x02")
            add(attribute["BinaryValue"])
        else:
            digest.update(b"\x01")
            add(attribute["StringValue"].encode())
    return digest.hexdigest()


def sent(body, attributes=None, **more):
    """The answer to SendMessage."""
    answer = {"MD5OfMessageBody": md5(body), "MessageId": UUID, **more}
    if attributes:
        answer["MD5OfMessageAttributes"] = md5_of_attributes(attributes)
    return answer


def message(body, attributes=None, **more):
    """One received message."""
    seen = {"MessageId": UUID, "ReceiptHandle": Any(str), "MD5OfBody": md5(body), "Body": body, **more}
    if attributes:
        seen |= {"MessageAttributes": attributes, "MD5OfMessageAttributes": md5_of_attributes(attributes)}
    return seen


def bad_value(message):
    """InvalidParameterValue, SQS's most frequent refusal."""
    return sqs_refused(400, "InvalidParameterValue", "InvalidParameterValueException", message)


def missing(parameter):
    return sqs_refused(400, "MissingParameter", "MissingRequiredParameterException",
                       f"The request must contain the parameter {parameter}.")
