"""Truncated, oversized, malformed and hostile requests: an AWS error or a closed connection, nothing stored, nothing lost."""

import base64
import concurrent.futures
import hashlib
import json
import select
import socket
import time
from urllib.parse import quote

import pytest
from answers import OneOf
from raw import Signer, converse, query, send, status_of
from s3_answers import MALFORMED_XML

DATA = b"twelve bytes"
CLOSED = (None, 400, 408)  # the connection just ended, or an answer said why


@pytest.fixture(autouse=True)
def unharmed(server, s3, bucket):
    """After each attack the server answers, and what was stored is as it was."""
    s3.put_object(Bucket=bucket, Key="witness", Body=DATA)
    yield
    assert s3.get_object(Bucket=bucket, Key="witness")["Body"].read() == DATA
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["witness"]


def put_head(server, bucket, **headers):
    """The head of an upload whose payload is not part of the signature."""
    signer = Signer(server, "s3")
    signer.auth.payload = lambda request: "UNSIGNED-PAYLOAD"
    return signer.head_bytes("PUT", f"/{bucket}/k", {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD", **headers})


def test_a_body_that_ends_early(server, bucket):
    head = put_head(server, bucket, **{"Content-Length": "1000"})
    received = converse(server, head + b"only this", close_after_sending=True)
    assert status_of(received) in CLOSED


def test_a_body_that_ends_early_in_the_middle_of_megabytes(server, bucket):
    head = put_head(server, bucket, **{"Content-Length": str(9_000_000)})
    received = converse(server, head + bytes(4_000_000), close_after_sending=True)
    assert status_of(received) in CLOSED


def test_a_chunked_body_without_an_end(server, bucket):
    signer = Signer(server, "s3")
    signer.auth.payload = lambda request: "UNSIGNED-PAYLOAD"
    headers = signer.headers("PUT", f"/{bucket}/k", {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}, length=False)
    head = "".join([f"PUT /{bucket}/k HTTP/1.1\r\n", *(f"{name}: {value}\r\n" for name, value in headers.items())])
    received = converse(server, f"{head}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n".encode(), close_after_sending=True)
    assert status_of(received) in (*CLOSED, 411, 501)


@pytest.mark.parametrize("lines", [
    b"Content-Length: 5\r\nContent-Length: 6\r\n", b"Content-Length: -1\r\n", b"Content-Length: five\r\n",
    b"Content-Length: 18446744073709551616\r\n", b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: gzip, chunked, identity\r\n", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
], ids=repr)
def test_lengths_that_contradict_themselves(server, bucket, lines):
    head = put_head(server, bucket)
    kept = b"\r\n".join(line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length"))
    received = converse(server, kept[:-2] + lines + b"\r\nhello", close_after_sending=True)
    assert status_of(received) in (*CLOSED, 403, 411, 501)


def test_more_body_than_announced_is_not_read_as_part_of_it(server, s3, bucket):
    body = DATA + b"GET / HTTP/1.1\r\n\r\n"
    head = put_head(server, bucket, **{"Content-Length": str(len(DATA))})
    received = converse(server, head + body, close_after_sending=True)
    assert status_of(received) == 200
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == DATA
    s3.delete_object(Bucket=bucket, Key="k")


@pytest.mark.parametrize("lines", [
    b"".join(b"x-%d: y\r\n" % number for number in range(5000)), b"x: " + b"y" * 2_000_000 + b"\r\n",
    b"x" * 100_000 + b": y\r\n", b"no colon here\r\n", b"x: a\x00b\r\n", b": empty\r\n", b"x y: z\r\n", b"\xff\xfe: x\r\n",
], ids=["many", "long-value", "long-name", "no-colon", "nul", "no-name", "space", "bytes"])
def test_headers_that_are_none(server, lines):
    received = converse(server, b"GET / HTTP/1.1\r\nHost: localhost\r\n" + lines + b"\r\n")
    assert status_of(received) in (None, 400, 403, 431)


@pytest.mark.parametrize("sent", [
    b"\x00" * 1000, b"\r\n" * 1000, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
    b"GET " + b"/" * 300_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00" + b"\xff" * 600,
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 600, b"SSH-2.0-x\r\n", b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"FOO / HTTP/1.1\r\nHost: x\r\n\r\n", b"CONNECT example.com:80 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
], ids=lambda sent: repr(sent[:24]))
def test_not_a_request(server, sent):
    received = converse(server, sent, close_after_sending=True)
    status = status_of(received)
    assert status is None or 400 <= status < 500 or status in (501, 505)


@pytest.mark.parametrize("host", ["", "[::1", "a" * 5000, "b ucket.localhost", "..localhost", "%2e%2e.localhost", "\x7f"])
def test_hosts_that_are_none(server, host):
    received = converse(server, f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    status = status_of(received)
    assert status is None or 400 <= status < 500


def dribble(server, first, rest, seconds):
    """Sends `first`, then a byte of `rest` each half second; answers how long the server bore it."""
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        connection.sendall(first)
        for byte in rest:
            if time.monotonic() - begun > seconds:
                return None
            readable, _, _ = select.select([connection], [], [], 0.5)
            try:
                if readable and not connection.recv(65_536):
                    return time.monotonic() - begun
                connection.sendall(bytes([byte]))
            except OSError:
                return time.monotonic() - begun
    return None


def stalled(server, sent, seconds):
    """Sends and then nothing; answers how long the server waited."""
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        try:
            connection.sendall(sent)
            while connection.recv(65_536):
                pass
        except TimeoutError:
            return None
        except OSError:
            pass
    return time.monotonic() - begun


def test_slow_and_stalled_clients_are_cut_off(server, bucket):
    """All at once, so that the test takes as long as the longest of them."""
    body = put_head(server, bucket, **{"Content-Length": "1000000"})
    with concurrent.futures.ThreadPoolExecutor(5) as pool:
        ends = {
            "silent": pool.submit(stalled, server, b"", 90),
            "half a head": pool.submit(stalled, server, b"GET / HTTP/1.1\r\nHost: x\r\n", 90),
            "a head byte by byte": pool.submit(dribble, server, b"GET / HTTP/1.1\r\n", b"x: " + b"y" * 400, 90),
            "half a body": pool.submit(stalled, server, body + b"x" * 1000, 90),
            "half a TLS greeting": pool.submit(stalled, server, b"\x16\x03\x01", 90),
        }
        waited = {name: end.result() for name, end in ends.items()}
    assert None not in waited.values(), waited


def test_many_idle_connections_do_not_keep_others_out(server, s3, bucket):
    idle = [socket.create_connection(("127.0.0.1", server.port), timeout=30) for _ in range(300)]
    try:
        assert s3.get_object(Bucket=bucket, Key="witness")["Body"].read() == DATA
    finally:
        for connection in idle:
            connection.close()


LAUGHS = ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "lol">'
          + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>{}")
XML_TARGETS = [("PUT", "?versioning", "VersioningConfiguration"), ("POST", "?delete", "Delete"),
               ("PUT", "?tagging", "Tagging"), ("PUT", "?notification", "NotificationConfiguration")]


@pytest.mark.parametrize("method, target, root", XML_TARGETS)
@pytest.mark.parametrize("document", [
    "", "not xml", "<{root}>", "<{root}></Other>", "<Other/>", "<{root}><Unknown/></{root}", "<{root}/><{root}/>",
    "<?xml version='1.0' encoding='UTF-16'?><{root}/>", LAUGHS.replace("{}", "<{root}><Status>&j;</Status></{root}>"),
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><{root}><Status>&x;</Status></{root}>',
    "<a>" * 100_000, "<{root} " + "a='b' " * 50_000 + "/>", "<{root}>&#0;</{root}>", "<{root}>&unknown;</{root}>",
], ids=lambda document: repr(document[:32]))
def test_documents_that_are_none(server, bucket, method, target, root, document):
    body = document.replace("{root}", root).encode()
    md5 = base64.b64encode(hashlib.md5(body).digest()).decode()
    answer = Signer(server, "s3").request(method, f"/{bucket}{target}", {"Content-MD5": md5}, body)
    assert answer.status == 400, answer.body
    code, message = answer.error()
    assert code in ("MalformedXML", "MissingRequestBodyError", "IllegalVersioningConfigurationException"), code
    if code == "MalformedXML":
        assert message == MALFORMED_XML
    assert b"root:" not in answer.body


def test_documents_of_bytes_that_are_no_text(server, bucket):
    answer = Signer(server, "s3").request("PUT", f"/{bucket}?versioning", body=b"<VersioningConfiguration>\xff\xfe")
    assert (answer.status, answer.error()[0]) == (400, "MalformedXML")


def json_call(server, body, target="AmazonSQS.ListQueues", **headers):
    return Signer(server, "sqs").request("POST", "/", {
        "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": target, **headers}, body)


@pytest.mark.parametrize("body", [
    b"{", b"not json", b"[]", b'"text"', b"1", b"null", b'{"QueueNamePrefix": 5}', b'{"QueueNamePrefix": {"a": 1}}',
    b'{"MaxResults": "ten"}', b'{"MaxResults": 1e400}', b'{"MaxResults": 99999999999999999999}', b"\xff\xfe\xfd",
    b'{"QueueNamePrefix": "\\ud800"}', b"[" * 200_000, b'{"a":' * 100_000, b'{"QueueNamePrefix": "x",}',
    b'{"QueueNamePrefix": "\x01"}', b'{} {}',
], ids=lambda body: repr(body[:32]))
def test_json_that_is_none(server, body):
    answer = json_call(server, body)
    assert answer.status == 400, answer.body
    error = json.loads(answer.body)
    assert error["__type"].split("#")[-1] == OneOf(
        "SerializationException", "InvalidParameterValue", "InvalidParameterValueException", "MalformedInput",
        "ValidationException", "InvalidRequest"), error


@pytest.mark.parametrize("target", ["", "AmazonSQS", "AmazonSQS.", "AmazonSQS.Nonsense", "Other.ListQueues", "a" * 5000])
def test_targets_that_are_none(server, target):
    assert 400 <= json_call(server, b"{}", target).status < 500


def test_json_with_a_member_that_is_not_in_the_model(server):
    """AWS ignores what it does not know; what it knows and we do not serve is refused."""
    assert json_call(server, b'{"QueueNamePrefix": "none", "Unknown": {"deep": [1, 2, {"x": null}]}}').status == 200


@pytest.mark.parametrize("parameters", [
    {"Tag.99999999999.Key": "a", "Tag.99999999999.Value": "b"}, {"Tag.-1.Key": "a"}, {"Tag.x.Key": "a"},
    {"Tag.1.Key.deeper.still": "a"}, {".": "a"}, {"Tag.": "a"}, {"Tag.1": "a"},
])
def test_forms_with_odd_names(server, queue, parameters):
    answer = query(server, "sqs", "TagQueue", "2012-11-05", QueueUrl=queue, **parameters)
    assert 200 <= answer.status < 500


@pytest.mark.parametrize("body", [
    b"", b"&&&&", b"Action", b"Action=%zz", b"Action=%ff%fe", b"=x", b"Action=ListQueues&Action=DeleteQueue",
    b"Action=ListQueues&Version=2000-01-01", b"Action=" + b"a" * 100_000, b"a=b&" * 200_000,
], ids=lambda body: repr(body[:32]))
def test_forms_that_are_none(server, body):
    answer = Signer(server, "sqs").request("POST", "/", {"Content-Type": "application/x-www-form-urlencoded"}, body)
    assert 400 <= answer.status < 500 or (answer.status == 200 and b"ListQueues" in body)


def test_bodies_beyond_any_limit(server):
    answer = json_call(server, b'{"QueueNamePrefix": "' + b"x" * 20_000_000 + b'"}')
    assert answer.status in (400, 413)


def test_a_length_beyond_any_limit_is_refused_before_the_body(server, bucket):
    head = put_head(server, bucket, **{"Content-Length": str(6 * 1024**4), "Expect": "100-continue"})
    received = converse(server, head)
    assert status_of(received) == 400
    assert b"EntityTooLarge" in received


def test_expect_continue(server, s3, bucket):
    head = put_head(server, bucket, **{"Content-Length": str(len(DATA)), "Expect": "100-continue"})
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(head)
        assert connection.recv(1000).startswith(b"HTTP/1.1 100")
        connection.sendall(DATA)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
    s3.delete_object(Bucket=bucket, Key="k")


def test_a_refused_upload_is_not_asked_for_its_body(server, bucket):
    head = put_head(server, bucket, **{"Content-Length": "1000000", "Expect": "100-continue"})
    forged = head.replace(b"Signature=", b"Signature=0")
    received = converse(server, forged)
    assert status_of(received) in (400, 403)
    assert b"HTTP/1.1 100" not in received


@pytest.mark.parametrize("expect", [{}, {"Expect": "100-continue"}], ids=["", "expect"])
def test_an_answer_before_the_body_says_that_the_connection_ends(server, bucket, expect):
    """A client that keeps the connection would send its next request into a closed one."""
    head = put_head(server, bucket + "-not", **{"Content-Length": "100000", **expect})
    received = converse(server, head)
    assert status_of(received) == 404
    assert b"\r\nconnection: close\r\n" in received.lower()


@pytest.mark.parametrize("path", [
    "/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/..%5c..%5cetc", "//etc/passwd",
    "/{bucket}/../other", "/{bucket}/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/{bucket}/%00", "/{bucket}/%ff%fe", "/{bucket}/%",
    "/{bucket}/%zz", "/{bucket}%2fwitness", "/.{bucket}/witness", "/{bucket}/./witness", "/{bucket}//witness",
])
def test_paths_that_would_confuse_a_file_system(server, bucket, path):
    target = path.replace("{bucket}", bucket)
    try:
        headers = Signer(server, "s3").headers("GET", target)
    except ValueError:
        headers = {"Host": f"127.0.0.1:{server.port}"}
    answer = send(server, "GET", target, headers)
    assert 300 <= answer.status < 500, answer.body
    assert b"root:" not in answer.body and answer.body != DATA


@pytest.mark.parametrize("bucket_name", ["..", ".", "a/b", "%2e%2e", "a\x00b", "x" * 300])
def test_bucket_names_that_would_confuse_a_file_system(server, bucket_name):
    answer = Signer(server, "s3").request("PUT", f"/{quote(bucket_name, safe='')}")
    assert answer.status in (400, 403, 404, 405)


@pytest.mark.parametrize("body", [
    b"-5\r\nhello\r\n0\r\n\r\n", b"zz\r\nhello\r\n0\r\n\r\n", b"5\r\nhelloX\r\n0\r\n\r\n", b"ffffffffffffffffff\r\nhello\r\n",
    b"5;chunk-signature=" + b"0" * 100_000 + b"\r\nhello\r\n0\r\n\r\n", b"5\r\nhello\r\n", b"5\r\nhello\r\n0\r\n",
    b"5\nhello\n0\n\n", b"0\r\n\r\n", b"9\r\nhello\r\n0\r\n\r\n", b"\r\n\r\n",
], ids=lambda body: repr(body[:24]))
def test_aws_chunked_bodies_that_are_none(server, bucket, body):
    signer = Signer(server, "s3")
    signer.auth.payload = lambda request: "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    answer = signer.request("PUT", f"/{bucket}/k", {
        "X-Amz-Content-SHA256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "Content-Encoding": "aws-chunked",
        "X-Amz-Decoded-Content-Length": "5", "X-Amz-Trailer": "x-amz-checksum-crc32",
        "Content-Length": str(len(body))}, body)
    assert 400 <= answer.status < 500, answer.body


@pytest.mark.parametrize("length", ["4", "6", "-1", "x", "99999999999999999999999"])
def test_decoded_lengths_that_lie(server, bucket, length):
    signer = Signer(server, "s3")
    signer.auth.payload = lambda request: "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    body = b"5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n"
    answer = signer.request("PUT", f"/{bucket}/k", {
        "X-Amz-Content-SHA256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "Content-Encoding": "aws-chunked",
        "X-Amz-Decoded-Content-Length": length, "X-Amz-Trailer": "x-amz-checksum-crc32",
        "Content-Length": str(len(body))}, body)
    assert 400 <= answer.status < 500, answer.body


def test_a_put_without_a_length(server, bucket):
    signer = Signer(server, "s3")
    headers = signer.headers("PUT", f"/{bucket}/k", length=False)
    head = f"PUT /{bucket}/k HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    received = converse(server, head.encode())
    assert status_of(received) == 411
    assert b"<Code>MissingContentLength</Code><Message>You must provide the Content-Length HTTP header.</Message>" in received


def test_pipelined_requests_are_answered_in_order(server):
    request = b"GET /_kumiki/health HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(request * 3 + request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        received = b""
        while chunk := connection.recv(65_536):
            received += chunk
    assert received.count(b"HTTP/1.1 200") == 4
