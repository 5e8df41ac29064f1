"""Uploads and documents that are cut, tampered with or far too long: AWS's error, nothing visible, what was there stays."""

import base64
import hashlib
import hmac
import os
import socket
import time

import pytest
from answers import refused
from chunks import signed_chunks
from raw import Signer, converse, send, status_of
from s3_answers import MALFORMED_XML

OLD = b"what was there before"
PIECE = 1 << 16


@pytest.fixture(params=["new", "over", "part"])
def place(request, s3, bucket):
    """Where an upload goes to, and what must be there after it failed: a new key, one that is taken, a part."""
    if request.param == "new":
        yield f"/{bucket}/k"
        with refused(404, "404", "Not Found"):
            s3.head_object(Bucket=bucket, Key="k")
    elif request.param == "over":
        s3.put_object(Bucket=bucket, Key="k", Body=OLD)
        yield f"/{bucket}/k"
        assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == OLD
    else:
        upload = s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
        kept = s3.upload_part(Bucket=bucket, Key="k", UploadId=upload, PartNumber=1, Body=OLD)["ETag"]
        yield f"/{bucket}/k?partNumber=1&uploadId={upload}"
        parts = s3.list_parts(Bucket=bucket, Key="k", UploadId=upload)["Parts"]
        assert [(part["PartNumber"], part["ETag"], part["Size"]) for part in parts] == [(1, kept, len(OLD))]
        s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload,
                                     MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": kept}]})
        assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == OLD


def unsigned(server, target, length):
    signer = Signer(server, "s3")
    signer.auth.payload = lambda request: "UNSIGNED-PAYLOAD"
    return signer.head_bytes("PUT", target, {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD", "Content-Length": str(length)})


@pytest.mark.parametrize("tamper", ["data", "signature", "order"])
def test_a_chunk_tampered_with_in_mid_stream(server, place, tamper):
    """The first chunks are good, and far more than is held in memory; a later one is not."""
    chunks = [os.urandom(PIECE) for _ in range(60)]
    headers, body = signed_chunks(server, place, chunks, tamper)
    answer = send(server, "PUT", place, headers, body)
    assert (answer.status, answer.error()[0]) == (403, "SignatureDoesNotMatch")


@pytest.mark.parametrize("length, sent", [(5_000_000, 4_999_999), (5_000_000, 0), (10, 9)])
def test_less_than_was_announced(server, place, length, sent):
    received = converse(server, unsigned(server, place, length) + bytes(sent), close_after_sending=True)
    assert status_of(received) in (None, 400) and (not received or b"<Code>IncompleteBody</Code>" in received)


def test_a_client_that_goes_away_in_the_middle(server, place):
    """Without a word, and without reading: its connection is reset."""
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.sendall(unsigned(server, place, 9_000_000) + bytes(3_000_000))


@pytest.mark.parametrize("header", ["Content-MD5", "x-amz-checksum-sha256", "x-amz-content-sha256"])
def test_a_checksum_of_something_else(server, place, header):
    body = os.urandom(3_000_000)
    wrong = {"Content-MD5": base64.b64encode(hashlib.md5(b"").digest()).decode(),
             "x-amz-checksum-sha256": base64.b64encode(hashlib.sha256(b"").digest()).decode(),
             "x-amz-content-sha256": hashlib.sha256(b"").hexdigest()}[header]
    signer = Signer(server, "s3")
    if header == "x-amz-content-sha256":
        signer.auth.payload = lambda request: wrong
    answer = signer.request("PUT", place, {header: wrong}, body)
    assert answer.status == 400
    assert answer.error()[0] in ("BadDigest", "XAmzContentSHA256Mismatch"), answer.body


def test_a_socket_that_is_half_closed(server, s3, bucket):
    """It cannot be told from one whose client is gone, so there may be no answer; what is there is whole, or nothing is."""
    data = os.urandom(3_000_000)
    received = converse(server, unsigned(server, f"/{bucket}/k", len(data)) + data, close_after_sending=True)
    assert status_of(received) in (None, 200)
    stored = [entry["Size"] for entry in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
    assert stored == [len(data)] or (stored == [] and status_of(received) is None)
    if stored:
        assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == data


def test_a_reader_that_is_slow_gets_all_and_keeps_nobody_out(server, s3, bucket):
    data = os.urandom(4_000_000)
    s3.put_object(Bucket=bucket, Key="k", Body=data)
    head = Signer(server, "s3").head_bytes("GET", f"/{bucket}/k")
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(head)
        received = bytearray(connection.recv(1000))
        # Others read all of it meanwhile, again and again.
        for _ in range(5):
            assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == data
        wanted = received.index(b"\r\n\r\n") + 4 + len(data)
        while len(received) < wanted:
            chunk = connection.recv(100_000)
            assert chunk, "cut off"
            received += chunk
    assert received.endswith(data) and len(received) == wanted


@pytest.mark.parametrize("target, root", [("?versioning", "VersioningConfiguration"), ("?delete", "Delete"),
                                          ("?cors", "CORSConfiguration"), ("?website", "WebsiteConfiguration"),
                                          ("?lifecycle", "LifecycleConfiguration"), ("?acl", "AccessControlPolicy")])
def test_a_document_of_100_megabytes(server, bucket, target, root):
    """It is refused by its length; nobody reads it into memory."""
    method = "POST" if target == "?delete" else "PUT"
    signer = Signer(server, "s3")
    signer.auth.payload = lambda request: "UNSIGNED-PAYLOAD"
    head = signer.head_bytes(method, f"/{bucket}{target}", {
        "X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD", "Content-Length": "100000000", "Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg=="})
    begun, before = time.monotonic(), peak(server)
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        try:
            connection.sendall(head + f"<{root}>".encode())
            for _ in range(95):
                connection.sendall(b"<x>" * 350_000)
        except OSError:
            pass  # it was closed in the middle of it, as it should be
        try:
            received = connection.recv(65_536)
        except OSError:
            received = b""
    assert status_of(received) in (None, 400, 413), received
    assert not received or b"MaxMessageLengthExceeded" in received or b"MalformedXML" in received or (
        b"EntityTooLarge" in received), received
    assert time.monotonic() - begun < 30
    assert peak(server) - before < 32 << 20, "it was held in memory"


def peak(server):
    """The most memory that the process had, in bytes."""
    if not hasattr(server, "process"):
        return 0
    with open(f"/proc/{server.process.pid}/status") as status:
        return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM"))


NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


@pytest.mark.parametrize("document, must_fit", [
    (f'<VersioningConfiguration xmlns="{NAMESPACE}"><Status>Enabled</Status></VersioningConfiguration>', True),
    ("<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>", True),
    (f'<s:VersioningConfiguration xmlns:s="{NAMESPACE}"><s:Status>Enabled</s:Status></s:VersioningConfiguration>', True),
    ('<VersioningConfiguration xmlns="http://example.com/"><Status>Enabled</Status></VersioningConfiguration>', False),
    ("<s:VersioningConfiguration><s:Status>Enabled</s:Status></s:VersioningConfiguration>", False),
])
def test_namespaces(server, s3, bucket, document, must_fit):
    """None is as good as AWS's own, with a prefix or without. Others are refused or taken, and not by half."""
    answer = Signer(server, "s3").request("PUT", f"/{bucket}?versioning", {}, document.encode())
    if answer.status != 200:
        assert not must_fit and (answer.status, *answer.error()) == (400, "MalformedXML", MALFORMED_XML)
    assert (s3.get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled") == (answer.status == 200)


def test_keys_of_every_byte(server, s3, bucket):
    """Each byte alone and between others, as it comes over the wire. What is no UTF-8 is no key."""
    taken = {}
    for byte in range(256):
        for key in (bytes([byte]), b"a" + bytes([byte]) + b"b"):
            target = f"/{bucket}/" + "".join(f"%{each:02X}" for each in key)
            headers = signed(server, "PUT", target)
            answer = send(server, "PUT", target, headers, b"")
            if byte < 0x80:
                assert answer.status == 200, (key, answer.body)
                taken[key.decode()] = True
            else:
                assert 400 <= answer.status < 500, (key, answer.status)
    listed = [entry["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, MaxKeys=7)
              for entry in page.get("Contents", [])]
    assert listed == sorted(taken), set(listed) ^ set(taken)
    s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in taken if key.isprintable()]})
    for key in taken:
        s3.delete_object(Bucket=bucket, Key=key)
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def signed(server, method, target):
    """Headers of a request whose path is signed as it is sent, byte for byte."""
    host, stamp = f"127.0.0.1:{server.port}", time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    scope = f"{stamp[:8]}/us-east-1/s3/aws4_request"
    lines = [method, target, "", f"host:{host}", "x-amz-content-sha256:UNSIGNED-PAYLOAD", f"x-amz-date:{stamp}", "",
             "host;x-amz-content-sha256;x-amz-date", "UNSIGNED-PAYLOAD"]
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256("\n".join(lines).encode()).hexdigest()])
    key = b"AWS4test"
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return {"Host": host, "x-amz-date": stamp, "x-amz-content-sha256": "UNSIGNED-PAYLOAD", "Content-Length": "0",
            "Authorization": f"AWS4-HMAC-SHA256 Credential=test/{scope}, "
                             f"SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={signature}"}


@pytest.mark.parametrize("key", [".", "..", "../other", "a/../b", "a/./b", "a//b", "/a", "//", "a/", "a/..", "%2e%2e", "a%2Fb",
                                 "..\\b", "a?b#c", "\u202e", "\ufeff", "a\u0301"])
def test_keys_that_are_not_paths(s3, bucket, key):
    """A key is a name: nothing is resolved, folded or joined."""
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == [key]
    s3.delete_object(Bucket=bucket, Key=key)


def test_10_001_parts(server, s3, bucket):
    upload = s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
    etag = s3.upload_part(Bucket=bucket, Key="k", UploadId=upload, PartNumber=10_000, Body=b"last")["ETag"]
    with refused(400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive",
                 ArgumentName="partNumber", ArgumentValue="10001"):
        s3.upload_part(Bucket=bucket, Key="k", UploadId=upload, PartNumber=10_001, Body=b"beyond")
    listed = "".join(f"<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>" for number in range(1, 10_002))
    document = f"<CompleteMultipartUpload>{listed}</CompleteMultipartUpload>".encode()
    answer = Signer(server, "s3").request("POST", f"/{bucket}/k?uploadId={upload}", {}, document)
    assert (answer.status, answer.error()[0]) == (400, "InvalidArgument")
    parts = s3.list_parts(Bucket=bucket, Key="k", UploadId=upload)["Parts"]
    assert [part["PartNumber"] for part in parts] == [10_000]
    s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload,
                                 MultipartUpload={"Parts": [{"PartNumber": 10_000, "ETag": etag}]})
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"last"
