"""Conditional reads and writes."""

import concurrent.futures
import datetime

import pytest
from answers import refused, same
from botocore.exceptions import ClientError
from checksums import etag
from s3_answers import NO_SUCH_KEY, PRECONDITION, got, head, stored

DATA = b"data"
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def stamp(s3, bucket):
    """When the object `k` was written."""
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    return s3.head_object(Bucket=bucket, Key="k")["LastModified"]


@pytest.mark.parametrize("conditions", [
    {"IfMatch": etag(DATA)}, {"IfMatch": etag(DATA).strip('"')}, {"IfMatch": "*"}, {"IfNoneMatch": '"other"'},
    {"IfModifiedSince": -1}, {"IfModifiedSince": 24}, {"IfUnmodifiedSince": 1}, {"IfUnmodifiedSince": 0},
    {"IfMatch": etag(DATA), "IfUnmodifiedSince": -1},  # a matching ETag outweighs the date
    {"IfNoneMatch": '"other"', "IfModifiedSince": 0},  # an ETag that does not match outweighs the date
], ids=str)
def test_reads_that_hold(s3, bucket, stamp, conditions):
    given = {name: stamp + HOUR * value if isinstance(value, int) else value for name, value in conditions.items()}
    same(s3.get_object(Bucket=bucket, Key="k", **given), 200, got(DATA))
    same(s3.head_object(Bucket=bucket, Key="k", **given), 200, head(DATA))


@pytest.mark.parametrize("conditions", [
    {"IfNoneMatch": etag(DATA)}, {"IfNoneMatch": "*"}, {"IfModifiedSince": 0},
    {"IfNoneMatch": etag(DATA), "IfModifiedSince": -1},
], ids=str)
def test_reads_that_are_not_modified(s3, bucket, stamp, conditions):
    given = {name: stamp + HOUR * value if isinstance(value, int) else value for name, value in conditions.items()}
    for call in (s3.get_object, s3.head_object):
        with refused(304, "304", "Not Modified", {"etag": etag(DATA)}):
            call(Bucket=bucket, Key="k", **given)


@pytest.mark.parametrize("conditions, named", [
    ({"IfMatch": '"other"'}, "If-Match"), ({"IfUnmodifiedSince": -1}, "If-Unmodified-Since"),
    ({"IfMatch": '"other"', "IfUnmodifiedSince": 1}, "If-Match"),
], ids=str)
def test_reads_that_fail(s3, bucket, stamp, conditions, named):
    given = {name: stamp + HOUR * value if isinstance(value, int) else value for name, value in conditions.items()}
    with refused(412, "PreconditionFailed", PRECONDITION, Condition=named):
        s3.get_object(Bucket=bucket, Key="k", **given)
    with refused(412, "412", "Precondition Failed"):
        s3.head_object(Bucket=bucket, Key="k", **given)


def test_write_if_there_is_none(s3, bucket):
    same(s3.put_object(Bucket=bucket, Key="k", Body=DATA, IfNoneMatch="*"), 200, stored(DATA))
    with refused(412, "PreconditionFailed", PRECONDITION, Condition="If-None-Match"):
        s3.put_object(Bucket=bucket, Key="k", Body=b"other", IfNoneMatch="*")
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == DATA
    s3.delete_object(Bucket=bucket, Key="k")
    same(s3.put_object(Bucket=bucket, Key="k", Body=DATA, IfNoneMatch="*"), 200, stored(DATA))


def test_write_if_it_is_this_one(s3, bucket):
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="k"):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, IfMatch=etag(DATA))
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    same(s3.put_object(Bucket=bucket, Key="k", Body=b"two", IfMatch=etag(DATA)), 200, stored(b"two"))
    with refused(412, "PreconditionFailed", PRECONDITION, Condition="If-Match"):
        s3.put_object(Bucket=bucket, Key="k", Body=b"three", IfMatch=etag(DATA))
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"two"


def test_write_conditions_that_s3_has_not(s3, bucket):
    not_implemented = "A header you provided implies functionality that is not implemented"
    with refused(501, "NotImplemented", not_implemented, Header="If-None-Match",
                 additionalMessage="We don't accept the provided value of If-None-Match header for this API"):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, IfNoneMatch=etag(DATA))
    with refused(501, "NotImplemented", not_implemented, Header="If-Match",
                 additionalMessage="We don't accept the provided value of If-Match header for this API"):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, IfMatch="*")
    with refused(501, "NotImplemented", not_implemented, Header="If-Match,If-None-Match",
                 additionalMessage="Multiple conditional request headers present in the request"):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, IfMatch=etag(DATA), IfNoneMatch="*")


def test_of_many_who_write_if_there_is_none_one_wins(aws, bucket):
    clients = [aws.client("s3") for _ in range(16)]

    def put(number):
        try:
            clients[number].put_object(Bucket=bucket, Key="race", Body=str(number).encode(), IfNoneMatch="*")
        except ClientError as error:
            return error.response["Error"]["Code"]
        return number

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        results = list(pool.map(put, range(16)))
    winners = [result for result in results if isinstance(result, int)]
    assert len(winners) == 1
    assert {result for result in results if isinstance(result, str)} <= {
        "PreconditionFailed", "ConditionalRequestConflict"}
    assert clients[0].get_object(Bucket=bucket, Key="race")["Body"].read() == str(winners[0]).encode()


def test_if_match_is_a_counter_without_lost_updates(aws, bucket):
    clients = [aws.client("s3") for _ in range(8)]
    clients[0].put_object(Bucket=bucket, Key="count", Body=b"0")

    def add(client):
        for _ in range(200):
            seen = client.get_object(Bucket=bucket, Key="count")
            body = str(int(seen["Body"].read()) + 1).encode()
            try:
                client.put_object(Bucket=bucket, Key="count", Body=body, IfMatch=seen["ETag"])
                return True
            except ClientError as error:
                assert error.response["Error"]["Code"] in ("PreconditionFailed", "ConditionalRequestConflict")
        return False

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(pool.map(add, clients))
    assert clients[0].get_object(Bucket=bucket, Key="count")["Body"].read() == b"8"


def test_delete_if_match(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    with refused(412, "PreconditionFailed", PRECONDITION, Condition="If-Match"):
        s3.delete_object(Bucket=bucket, Key="k", IfMatch='"d41d8cd98f00b204e9800998ecf8427e"')
    same(s3.delete_object(Bucket=bucket, Key="k", IfMatch=etag(DATA)), 204)
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="k"):
        s3.get_object(Bucket=bucket, Key="k")


def test_delete_conditions_of_directory_buckets(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    not_implemented = "A header you provided implies functionality that is not implemented: x-amz-if-match-size"
    with refused(501, "NotImplemented", not_implemented, Header="x-amz-if-match-size"):
        s3.delete_object(Bucket=bucket, Key="k", IfMatchSize=len(DATA))
