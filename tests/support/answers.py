"""Whole answers: what AWS sends and nothing else.

`same` compares a boto3 answer with every member it must have, `refused` does it for an error. Values that differ from
run to run are named by matchers (`Any`, `Text`, `Now`). Headers that no answer of the service may carry fail too.
"""

import contextlib
import datetime
import functools
import re

import botocore.session
from botocore.exceptions import ClientError


def differences(seen, expected, where=""):
    """What differs, one line each; nothing where `expected` holds."""
    if isinstance(seen, dict) and isinstance(expected, dict):
        lines = [f"{where}.{name}: {seen[name]!r} is too much" for name in seen if name not in expected]
        lines += [f"{where}.{name}: missing, expected {expected[name]!r}" for name in expected if name not in seen]
        for name in expected:
            if name in seen:
                lines += differences(seen[name], expected[name], f"{where}.{name}")
        return lines
    if isinstance(seen, list) and isinstance(expected, list) and len(seen) == len(expected):
        return [line for number, pair in enumerate(zip(seen, expected))
                for line in differences(*pair, f"{where}[{number}]")]
    return [] if expected == seen else [f"{where}: {seen!r}, expected {expected!r}"]


def agree(seen, expected):
    """Fails with every difference."""
    lines = differences(seen, expected)
    assert not lines, "\n".join(lines)[:4000]


class Any:
    """Any value of a type."""

    def __init__(self, kind=object):
        self.kind = kind

    def __eq__(self, other):
        return isinstance(other, self.kind)

    def __repr__(self):
        return f"<any {self.kind.__name__}>"


class Text:
    """Text that matches a regular expression as a whole. `group` keeps what it saw."""

    def __init__(self, pattern):
        self.pattern = pattern

    def __eq__(self, other):
        return isinstance(other, str) and re.fullmatch(self.pattern, other, re.DOTALL) is not None

    def __repr__(self):
        return f"<text {self.pattern}>"


class Now:
    """A time within two minutes of now (both sides)."""

    def __eq__(self, other):
        if isinstance(other, str):
            number = int(other)
            other = datetime.datetime.fromtimestamp(number / (1000 if number > 10**11 else 1), datetime.timezone.utc)
        if not isinstance(other, datetime.datetime):
            return False
        return abs((datetime.datetime.now(datetime.timezone.utc) - other).total_seconds()) < 120

    def __repr__(self):
        return "<now>"


class Unordered:
    """A list whose order the API leaves open."""

    def __init__(self, *members):
        self.members = members

    def __eq__(self, other):
        left = list(other) if isinstance(other, list) else None
        if left is None or len(left) != len(self.members):
            return False
        for member in self.members:
            hit = next((i for i, seen in enumerate(left) if member == seen), None)
            if hit is None:
                return False
            del left[hit]
        return True

    def __repr__(self):
        return f"<unordered {list(self.members)!r}>"


UUID = Text(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = Any(datetime.datetime)

# Headers any answer may carry; the others must stand in the service's model.
COMMON_HEADERS = {
    "content-type", "content-length", "date", "server", "connection", "transfer-encoding", "keep-alive", "allow",
    "x-amz-request-id", "x-amz-id-2", "x-amzn-requestid", "x-amzn-query-error", "vary", "location", "etag",
    "last-modified", "accept-ranges", "x-amz-bucket-region", "x-amz-delete-marker", "x-amz-version-id", "content-range",
}


@functools.cache
def modelled_headers():
    """Every header that an output of the three services names."""
    names, session = set(), botocore.session.get_session()
    for service in ("iam", "s3", "sqs", "sns", "sts"):
        model = session.get_service_model(service)
        for operation in model.operation_names:
            shape = model.operation_model(operation).output_shape
            for member in (shape.members.values() if shape else ()):
                if member.serialization.get("location") == "header":
                    names.add(member.serialization["name"].lower())
    return names


def check_headers(metadata, expected):
    """No strange header, a request id that is the same wherever it stands, and those that were asked for."""
    headers = {name.lower(): value for name, value in metadata["HTTPHeaders"].items()}
    strange = [name for name in headers if name not in COMMON_HEADERS | modelled_headers()
               and not name.startswith("x-amz-meta-")]
    assert not strange, f"headers AWS does not send: {strange}"
    request_id = headers.get("x-amz-request-id") or headers.get("x-amzn-requestid")
    assert request_id, f"no request id in {headers}"
    assert metadata.get("RequestId") == request_id
    assert "date" in headers
    for name, value in (expected or {}).items():
        assert headers.get(name.lower()) == value, f"header {name}: {headers.get(name.lower())!r}, expected {value!r}"


def same(answer, status, members=None, headers=None):
    """Fails unless `answer` has this status, exactly these members, and these headers. Answers it without metadata."""
    answer = dict(answer)
    metadata = answer.pop("ResponseMetadata")
    if hasattr(answer.get("Body"), "read"):
        answer["Body"] = answer["Body"].read()
    agree({"status": metadata["HTTPStatusCode"], **answer}, {"status": status, **(members or {})})
    assert metadata["RetryAttempts"] == 0
    check_headers(metadata, headers)
    return answer


@contextlib.contextmanager
def refused(status, code, message, headers=None, top=None, **extra):
    """Fails unless the block is refused with exactly this error: status, code, message and extra members.

    `top` names members that boto3 puts beside `Error` because the model gives the error a shape.
    """
    try:
        yield
    except ClientError as error:
        answer = dict(error.response)
        metadata = answer.pop("ResponseMetadata")
        seen = answer.pop("Error")
        answer.pop("HostId", None)  # boto3 leaves it where S3 Control has it: beside its wrapped error
        agree({"status": metadata["HTTPStatusCode"], **seen}, {"status": status, "Code": code, "Message": message, **extra})
        answer = {name: value for name, value in answer.items() if name.lower() != "message" or value != message}
        # boto3 puts members that the model gives an error beside it as well.
        agree(answer, {name: extra[name] for name in answer if name in extra} | (top or {}))
        check_headers(metadata, headers)
    else:
        raise AssertionError(f"answered instead of {status} {code}")


def sqs_refused(status, code, query_code, message):
    """An error of SQS over JSON, where the codes of the older protocol travel in a header."""
    return refused(status, code, message, QueryErrorCode=query_code, Type="Sender")


class OneOf:
    """One of several values, where AWS's own answers differ."""

    def __init__(self, *values):
        self.values = values

    def __eq__(self, other):
        return other in self.values

    def __repr__(self):
        return f"<one of {self.values!r}>"
