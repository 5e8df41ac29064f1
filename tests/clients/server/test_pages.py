"""What web pages may ask with the default credential (docs/decisions/016-pages-and-the-default-credential.md)."""

import json
import urllib.parse

import pytest
from aws import Aws
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from raw import Signer, send
from server import Server

EVIL, MINE = {"Origin": "https://evil.example"}, {"Origin": "http://localhost:3000"}
IMAGE = {"Sec-Fetch-Site": "cross-site"}
JSON = {"X-Amz-Target": "AmazonSQS.ListQueues", "Content-Type": "application/x-amz-json-1.0"}


def call(server, service, method, target, headers=(), body=b"", **credentials):
    """A signed request with headers that a browser adds to what its page signed."""
    signer = Signer(server, service, **credentials)
    headers = dict(headers)
    signed = signer.headers(method, target, {k: v for k, v in headers.items() if k in ("Host", *JSON)}, body)
    return send(server, method, target, {**signed, **headers}, body)


def presigned(client, operation, **parameters):
    """The path and query of a presigned URL."""
    return "/" + client.generate_presigned_url(operation, Params=parameters).split("/", 3)[3]


def host(server):
    return {"Host": f"127.0.0.1:{server.port}"}


def test_an_image_does_not_purge_a_queue(server, sqs, queue):
    request = AWSRequest("GET", f"http://127.0.0.1:{server.port}/?" + urllib.parse.urlencode(
        {"Action": "PurgeQueue", "Version": "2012-11-05", "QueueUrl": queue}))
    SigV4QueryAuth(Credentials("test", "test"), "sqs", "us-east-1").add_auth(request)
    target = "/" + request.url.split("/", 3)[3]
    sqs.send_message(QueueUrl=queue, MessageBody="x")
    for page in (IMAGE, EVIL, {**IMAGE, **EVIL}, {"Origin": "null"}, {"Origin": "null", **IMAGE}):
        answer = send(server, "GET", target, {**host(server), **page})
        assert answer.status == 403 and b"a page of another site" in answer.body, (page, answer)
    assert sqs.receive_message(QueueUrl=queue, VisibilityTimeout=0)["Messages"]
    for page in (MINE, {**IMAGE, **MINE}, {"Sec-Fetch-Site": "same-origin"}):
        assert call(server, "sqs", "POST", "/", {**JSON, **page}, b"{}").status == 200, page
    assert send(server, "GET", target, {**host(server), **MINE}).status == 200
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)


def test_objects_are_read_and_not_written(server, aws, s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    client = aws.client("s3", signature_version="s3v4")
    get, put = (presigned(client, operation, Bucket=bucket, Key="k") for operation in ("get_object", "put_object"))
    for page in (IMAGE, EVIL, MINE):
        answer = send(server, "GET", get, {**host(server), **page})
        assert (answer.status, answer.body) == (200, b"x"), page
    upload = {**host(server), "Content-Length": "1"}
    assert send(server, "PUT", put, {**upload, **EVIL}, b"y").error()[0] == "AccessDenied"
    assert send(server, "PUT", put, {**upload, **MINE}, b"z").status == 200
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"z"


@pytest.mark.parametrize("host, status", [
    ("localhost", 200), ("127.0.0.1", 200), ("[::1]", 200), ("kumiki", 200), ("host.docker.internal", 200),
    ("sqs.us-east-1.localhost", 200), ("sqs.us-east-1.amazonaws.com", 200), ("localhost.localstack.cloud", 200),
    ("10.1.2.3", 200), ("evil.example", 403), ("localhost.evil.example", 403), ("127.0.0.1.evil.example", 403),
])
def test_a_name_that_resolves_to_loopback(server, host, status):
    answer = call(server, "sqs", "POST", "/", {**JSON, "Host": f"{host}:{server.port}"}, b"{}")
    assert answer.status == status, answer
    if status == 403:
        assert json.loads(answer.body)["message"].startswith("Access Denied: with the default credential")


def test_keys_of_ones_own_are_not_bound(server, user):
    ann = user()
    ann.may({"Effect": "Allow", "Action": "sqs:*", "Resource": "*"})
    own = {"key": ann.key, "secret": ann.secret}
    answer = call(server, "sqs", "POST", "/", {**JSON, **EVIL, "Host": "files.example.com"}, b"{}", **own)
    assert answer.status == 200, answer


def test_a_reset_and_names_that_are_configured(tmp_path):
    with Server(tmp_path / "data", args=["--ephemeral", "--hosts", "app.example,other.example"]) as server:
        Aws(server).client("sqs").create_queue(QueueName="q")
        reset = "/_localstack/state/reset"
        empty = {"Content-Length": "0"}
        for page in (EVIL, IMAGE, {"Origin": "null"}, {"Origin": "http://evil.example", "Host": "evil.example"}):
            assert send(server, "POST", reset, {**host(server), **empty, **page}).status == 403, page
        assert Aws(server).client("sqs").list_queues()["QueueUrls"]
        mine = {**JSON, "Host": "other.example", "Origin": "https://www.app.example"}
        assert call(server, "sqs", "POST", "/", mine, b"{}").status == 200
        assert send(server, "POST", reset, {**host(server), **empty, **MINE}).status == 200
        assert "QueueUrls" not in Aws(server).client("sqs").list_queues()
