"""The access log of record, `kumiki iam why`, and that no secret is ever written where others read."""

import base64
import json
import secrets

import pytest
from answers import Text
from aws import Aws
from botocore.exceptions import ClientError
from identities import User, allow, deny


def events(server):
    server.stop()
    lines = [line for path in sorted((server.data / "access").iterdir()) for line in path.read_text().splitlines()]
    return [json.loads(line) for line in lines]


def test_every_request_is_on_record(own_server):
    aws = Aws(own_server)
    s3, iam = aws.client("s3"), aws.client("iam")
    s3.create_bucket(Bucket="kept")
    s3.put_object(Bucket="kept", Key="a", Body=b"x")
    s3.copy_object(Bucket="kept", Key="b", CopySource="kept/a")
    ann = User(aws, iam, "ann")
    for call in (lambda: ann.client("s3").get_object(Bucket="kept", Key="a"),
                 lambda: aws.client("s3", secret="wrong").get_object(Bucket="kept", Key="a"),
                 lambda: aws.client("s3", anonymous=True).get_object(Bucket="kept", Key="a"),
                 lambda: s3.get_object(Bucket="kept", Key="none")):
        with pytest.raises(ClientError):
            call()
    seen = events(own_server)
    by = lambda **given: [e for e in seen if all(e.get(k) == v for k, v in given.items())]  # noqa: E731
    put, = by(operation="PutObject")
    assert put == {
        "time": Text(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"), "request_id": Text(r"[0-9A-Z]{16}"),
        "service": "s3", "operation": "PutObject", "principal": "arn:aws:iam::000000000000:root",
        "account": "000000000000", "access_key": "test", "region": "us-east-1", "source_ip": "127.0.0.1",
        "user_agent": Text("Boto3.*"), "secure": False,
        "checks": [{"action": "s3:PutObject", "resource": "arn:aws:s3:::kept/a"}],
        "decision": "allow", "error": None, "status": None, "took_us": put["took_us"]}
    copy, = by(operation="CopyObject")
    assert {c["resource"] for c in copy["checks"]} == {"arn:aws:s3:::kept/a", "arn:aws:s3:::kept/b"}
    denied, = by(operation="GetObject", principal=ann.arn)
    assert (denied["decision"], denied["error"], denied["status"]) == ("deny", "AccessDenied", 403)
    assert by(operation="GetObject", principal="*")[0]["decision"] == "deny"
    assert by(operation="GetObject", error="SignatureDoesNotMatch")[0]["principal"] is None
    assert by(operation="GetObject", error="NoSuchKey", decision="allow")
    assert by(operation="CreateUser", service="iam")


def test_the_decision_is_that_of_the_policies_whatever_the_answer_is_called(own_server):
    aws = Aws(own_server)
    s3, topic = aws.client("s3"), aws.client("sns").create_topic(Name="t")["TopicArn"]
    s3.create_bucket(Bucket="kept")
    with pytest.raises(ClientError) as error:
        aws.client("sns", anonymous=True).publish(TopicArn=topic, Message="m")
    assert error.value.response["Error"]["Code"] == "MissingAuthenticationToken"
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.get_bucket_tagging(Bucket="kept", ExpectedBucketOwner="111111111111")
    aws.client("s3").head_bucket(Bucket="kept")
    seen = {e["operation"]: (e["decision"], e["error"]) for e in events(own_server)}
    assert seen["Publish"] == ("deny", "MissingAuthenticationToken")
    assert seen["GetBucketTagging"] == (None, "AccessDenied")
    assert seen["HeadBucket"] == ("allow", None)


def test_why_a_request_was_denied(own_server):
    aws = Aws(own_server)
    aws.client("s3").create_bucket(Bucket="kept")
    ann = User(aws, aws.client("iam"), "ann")
    ann.may(allow("s3:GetObject", "arn:aws:s3:::other/*", Sid="Elsewhere"),
            allow("s3:GetObject", "arn:aws:s3:::kept/*", Condition={"StringEquals": {"aws:PrincipalTag/team": "red"}}),
            allow("sqs:*"), deny("s3:PutObject", "arn:aws:s3:::kept/*", Sid="ReadOnly"))
    def refused(call, **given):
        with pytest.raises(ClientError) as error:
            call(Bucket="kept", Key="a", **given)
        return own_server.admin("iam", "why", error.value.response["ResponseMetadata"]["RequestId"])

    read = refused(ann.client("s3").get_object)
    assert "s3:GetObject on arn:aws:s3:::kept/a was refused." in read
    assert "inline, statement 1 (Elsewhere) allows otherwise: it is about other resources" in read
    assert "its condition StringEquals on aws:PrincipalTag/team does not hold" in read
    written = refused(ann.client("s3").put_object, Body=b"")
    assert "inline, statement 4 (ReadOnly) denies this" in written
    with pytest.raises(RuntimeError, match="nothing is known"):
        own_server.admin("iam", "why", "ABCDEFGHIJKLMNOP")


def secrets_of_customers(aws):
    """A key that a client sends with its requests, right, wrong and misspelt; a message under a key of KMS."""
    s3, sqs, own = aws.client("s3"), aws.client("sqs"), secrets.token_hex(16)
    given = {"Bucket": "sealed", "Key": "k", "SSECustomerAlgorithm": "AES256", "SSECustomerKey": own}
    s3.create_bucket(Bucket="sealed")
    with pytest.raises(ClientError):
        s3.put_object(**given, Body=b"x")
    s3.put_bucket_encryption(Bucket="sealed", ServerSideEncryptionConfiguration={
        "Rules": [{"BlockedEncryptionTypes": {"EncryptionType": ["NONE"]}}]})
    s3.put_object(**given, Body=b"x")
    s3.get_object(**given)
    for wrong in ({"SSECustomerAlgorithm": "other"}, {"SSECustomerKey": own + "x"}):
        with pytest.raises(ClientError):
            s3.put_object(**{**given, **wrong}, Body=b"x")
        with pytest.raises(ClientError):
            s3.get_object(**{**given, **wrong})
    url = sqs.create_queue(QueueName="sealed", Attributes={"KmsMasterKeyId": "alias/aws/sqs"})["QueueUrl"]
    message = secrets.token_hex(16)
    sqs.send_message(QueueUrl=url, MessageBody=message)
    assert sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)["Messages"][0]["Body"] == message
    return own, message


def test_no_secret_is_written(own_server):
    """Everything that is logged at the most talkative, all files of records included, has no secret in it."""
    own_server.args += ["--log", "trace"]
    own_server.restart()
    aws = Aws(own_server)
    iam = aws.client("iam")
    ann = User(aws, iam, "ann")
    s3 = ann.client("s3")
    url = s3.generate_presigned_url("get_object", Params={"Bucket": "kept", "Key": "a"})
    with pytest.raises(ClientError):
        s3.get_object(Bucket="kept", Key="a")
    root = own_server.admin("root-key", "rotate").split("AWS_SECRET_ACCESS_KEY=")[1].strip()
    with pytest.raises(ClientError):
        aws.client("s3", key=ann.key, secret=ann.secret + "x").list_buckets()
    own, message = secrets_of_customers(aws)
    hidden = [ann.secret, root, url.split("Signature=")[1], own, base64.b64encode(own.encode()).decode(), message]
    own_server.stop()
    places = [own_server.log, *(path for path in own_server.data.rglob("*") if path.is_file())]
    assert any(path.name == "data.mdb" or "log" in path.name for path in places)
    for path in places:
        if path.name == "master.key":
            continue
        content = path.read_bytes()
        for secret in hidden:
            assert secret.encode() not in content, f"{path} has a secret"
