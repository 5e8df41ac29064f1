"""S3 as it answered until December 2020, on request: overwrites, deletions and listings are seen late."""

import pytest

from aws import Aws
from answers import refused
from server import Server

KEYS = [f"key-{n:02}" for n in range(24)]
#: Longer than anything lags, in seconds.
LATER = 5
FAILED = "At least one of the pre-conditions you specified did not hold"


@pytest.fixture
def old():
    """A server with the consistency of before, a client of it, and a bucket."""
    with Server(args=["--realistic-consistency", "7"]) as server:
        s3 = Aws(server).client("s3")
        s3.create_bucket(Bucket="old")
        yield server, s3


def body(s3, key):
    """What is read; none where there is nothing."""
    try:
        return s3.get_object(Bucket="old", Key=key)["Body"].read()
    except s3.exceptions.NoSuchKey:
        return None


def seen(s3, look, times=3):
    return {look(s3, key) for _ in range(times) for key in KEYS}


def keys(s3, operation):
    return {found["Key"] for found in getattr(s3, operation)(Bucket="old").get("Contents", [])}


def put(s3, text):
    for key in KEYS:
        s3.put_object(Bucket="old", Key=key, Body=text)


def test_overwrites_and_deletions_are_seen_late(old):
    server, s3 = old
    for key in KEYS:
        s3.put_object(Bucket="old", Key=key, Body=b"one")
        assert body(s3, key) == b"one", "a new object is read at once"
    server.forward(LATER)
    # Each is looked at right behind its change: the machine may be slow.
    late = set()
    for key in KEYS:
        s3.put_object(Bucket="old", Key=key, Body=b"two")
        late |= {body(s3, key) for _ in range(4)}
    assert b"one" in late <= {b"one", b"two"}
    server.forward(LATER)
    assert seen(s3, body) == {b"two"}
    late = set()
    for key in KEYS:
        s3.delete_object(Bucket="old", Key=key)
        late |= {body(s3, key) for _ in range(4)}
    assert b"two" in late <= {b"two", None}
    server.forward(LATER)
    assert seen(s3, body) == {None}


def test_who_asks_first_does_not_see_what_comes(old):
    server, s3 = old
    late = set()
    for key in KEYS:
        with refused(404, "404", "Not Found"):
            s3.head_object(Bucket="old", Key=key)
        s3.put_object(Bucket="old", Key=key, Body=b"there")
        late |= {body(s3, key) for _ in range(4)}
    assert None in late <= {None, b"there"}
    server.forward(LATER)
    assert seen(s3, body) == {b"there"}


@pytest.mark.parametrize("operation", ["list_objects", "list_objects_v2"])
def test_listings_are_late(old, operation):
    server, s3 = old
    put(s3, b"body")
    assert any(keys(s3, operation) < set(KEYS) for _ in range(6))
    server.forward(LATER)
    assert keys(s3, operation) == set(KEYS)
    for key in KEYS:
        s3.delete_object(Bucket="old", Key=key)
    assert any(keys(s3, operation) for _ in range(6))
    server.forward(LATER)
    assert keys(s3, operation) == set()


def test_conditions_see_what_is_there(old):
    _, s3 = old
    for key in KEYS:
        s3.put_object(Bucket="old", Key=key, Body=b"one")
        with refused(412, "PreconditionFailed", FAILED, Condition="If-None-Match"):
            s3.put_object(Bucket="old", Key=key, Body=b"three", IfNoneMatch="*")
