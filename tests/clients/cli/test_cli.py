"""The AWS CLI (v1), as a user types it: only AWS_ENDPOINT_URL and the credentials are set."""

import base64
import json
import os
import urllib.request

from awscli_runs import answer
from policies import let_sns_send, receive


def test_s3_from_make_to_remove(cli, tmp_path, name):
    bucket = name("cli")
    assert cli("s3", "mb", f"s3://{bucket}") == f"make_bucket: {bucket}\n"
    (tmp_path / "file.txt").write_text("hello")
    assert "upload: ./file.txt to" in cli("s3", "cp", "file.txt", f"s3://{bucket}/dir/file.txt")
    assert cli("s3", "ls", f"s3://{bucket}").split() == ["PRE", "dir/"]
    listing = cli("s3", "ls", f"s3://{bucket}/dir/").split()
    assert listing[2:] == ["5", "file.txt"]
    assert bucket in cli("s3", "ls")
    assert cli("s3", "cp", f"s3://{bucket}/dir/file.txt", "-") == "hello"
    assert "BucketNotEmpty" in cli("s3", "rb", f"s3://{bucket}", fails=True)
    assert cli("s3", "rm", f"s3://{bucket}/dir/file.txt") == f"delete: s3://{bucket}/dir/file.txt\n"
    assert cli("s3", "rb", f"s3://{bucket}") == f"remove_bucket: {bucket}\n"


def test_access_points(cli, tmp_path, bucket, name):
    """They are made by `s3control`, and named by their ARN wherever a bucket is."""
    point, account = name("point"), ("--account-id", "000000000000")

    def control(*words):
        return answer(cli("s3control", *words, *account, below_localhost=True))

    made = control("create-access-point", "--name", point, "--bucket", bucket)
    arn = made["AccessPointArn"]
    assert arn == f"arn:aws:s3:us-east-1:000000000000:accesspoint/{point}"
    (tmp_path / "file.txt").write_text("hello")
    api = ("s3api", "put-object", "--bucket", arn, "--key", "k", "--body", "file.txt")
    assert answer(cli(*api, below_localhost=True))["ServerSideEncryption"] == "AES256"
    cli("s3api", "get-object", "--bucket", arn, "--key", "k", "got.txt", below_localhost=True)
    assert (tmp_path / "got.txt").read_text() == "hello"
    assert cli("s3", "cp", f"s3://{arn}/k", "-", below_localhost=True) == "hello"
    assert cli("s3", "cp", f"s3://{made['Alias']}/k", "-") == "hello"
    listed = control("list-access-points", "--bucket", bucket)["AccessPointList"]
    assert [one["Name"] for one in listed] == [point]
    control("delete-access-point", "--name", point)
    assert "NoSuchAccessPoint" in cli("s3control", "get-access-point", "--name", point, *account, fails=True,
                                      below_localhost=True)


def test_tags_by_s3control(cli, bucket):
    named = ("--account-id", "000000000000", "--resource-arn", f"arn:aws:s3:::{bucket}")
    cli("s3control", "tag-resource", *named, "--tags", "Key=team,Value=red", below_localhost=True)
    listed = answer(cli("s3control", "list-tags-for-resource", *named, below_localhost=True))
    assert listed == {"Tags": [{"Key": "team", "Value": "red"}]}


def test_s3_from_standard_input(cli, bucket):
    data = bytes(range(256)) * 5000
    cli("s3", "cp", "-", f"s3://{bucket}/piped", stdin=data)
    assert cli("s3", "cp", f"s3://{bucket}/piped", "-", binary=True) == data


def test_s3_large_files_go_in_parts(cli, bucket, tmp_path):
    data = os.urandom(20 * 1024 * 1024 + 1)
    (tmp_path / "big").write_bytes(data)
    cli("s3", "cp", "big", f"s3://{bucket}/big", "--no-progress")
    head = answer(cli("s3api", "head-object", "--bucket", bucket, "--key", "big"))
    assert head["ContentLength"] == len(data) and head["ETag"].endswith('-3"')
    cli("s3", "cp", f"s3://{bucket}/big", "back", "--no-progress")
    assert (tmp_path / "back").read_bytes() == data


def test_s3_sync(cli, bucket, tmp_path):
    tree = {"a.txt": "1", "d/b.txt": "2", "d/e/c é.txt": "3"}
    for path, text in tree.items():
        (tmp_path / "tree" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / path).write_text(text)
        # S3 keeps whole seconds, so a file of this very second would be newer than its copy.
        os.utime(tmp_path / "tree" / path, (1_700_000_000, 1_700_000_000))
    assert cli("s3", "sync", "tree", f"s3://{bucket}").count("upload:") == 3
    assert cli("s3", "sync", "tree", f"s3://{bucket}") == ""
    (tmp_path / "tree/a.txt").unlink()
    assert cli("s3", "sync", "tree", f"s3://{bucket}", "--delete").rstrip() == f"delete: s3://{bucket}/a.txt"
    cli("s3", "sync", f"s3://{bucket}", "copy")
    assert sorted(str(path.relative_to(tmp_path / "copy")) for path in (tmp_path / "copy").rglob("*.txt")) == [
        "d/b.txt", "d/e/c é.txt"]
    assert cli("s3", "rm", f"s3://{bucket}", "--recursive").count("delete:") == 2


def test_s3_move_and_copy_between_buckets(cli, bucket, name):
    other = name("cli")
    cli("s3", "mb", f"s3://{other}")
    cli("s3", "cp", "-", f"s3://{bucket}/k", stdin=b"x")
    moved = cli("s3", "mv", f"s3://{bucket}/k", f"s3://{other}/moved")  # the CLI pads over its progress, if it showed any
    assert moved.split("\r")[-1].rstrip() == f"move: s3://{bucket}/k to s3://{other}/moved"
    assert cli("s3", "cp", f"s3://{other}/moved", "-") == "x"
    assert cli("s3", "ls", f"s3://{bucket}") == ""


def test_s3_under_a_key_of_the_customer(cli, bucket, tmp_path):
    data = bytes(range(256)) * 40_000
    (tmp_path / "large").write_bytes(data)
    (tmp_path / "key").write_bytes(b"k" * 32)
    blocked = {"Rules": [{"BlockedEncryptionTypes": {"EncryptionType": ["NONE"]}}]}
    cli("s3api", "put-bucket-encryption", "--bucket", bucket, "--server-side-encryption-configuration", json.dumps(blocked))
    with_key = ("--sse-c", "AES256", "--sse-c-key", "fileb://key")
    cli("s3", "cp", "large", f"s3://{bucket}/large", *with_key)
    assert "(400)" in cli("s3", "cp", f"s3://{bucket}/large", "back", fails=True)
    cli("s3", "cp", f"s3://{bucket}/large", "back", *with_key)
    assert (tmp_path / "back").read_bytes() == data
    from_key = ("--sse-c-copy-source", "AES256", "--sse-c-copy-source-key", "fileb://key")
    cli("s3", "cp", f"s3://{bucket}/large", f"s3://{bucket}/plain", *from_key)
    assert cli("s3", "cp", f"s3://{bucket}/plain", "-", binary=True) == data


def test_s3_presign(cli, bucket):
    cli("s3", "cp", "-", f"s3://{bucket}/k", stdin=b"signed")
    url = cli("s3", "presign", f"s3://{bucket}/k", "--expires-in", "60").strip()
    with urllib.request.urlopen(url, timeout=30) as got:
        assert got.read() == b"signed"


def test_s3_force_remove(cli, bucket):
    for key in ("a", "b/c"):
        cli("s3", "cp", "-", f"s3://{bucket}/{key}", stdin=b"x")
    assert cli("s3", "rb", f"s3://{bucket}", "--force").endswith(f"remove_bucket: {bucket}\n")


def test_s3_of_nothing(cli, name):
    assert "NoSuchBucket" in cli("s3", "ls", f"s3://{name('none')}", fails=True)


def test_sqs(cli, name):
    queue = name("cli")
    url = answer(cli("sqs", "create-queue", "--queue-name", queue))["QueueUrl"]
    sent = answer(cli("sqs", "send-message", "--queue-url", url, "--message-body", "hello"))
    got = answer(cli("sqs", "receive-message", "--queue-url", url, "--attribute-names", "All"))["Messages"][0]
    assert (got["Body"], got["MessageId"]) == ("hello", sent["MessageId"])
    assert cli("sqs", "delete-message", "--queue-url", url, "--receipt-handle", got["ReceiptHandle"]) == ""
    assert cli("sqs", "receive-message", "--queue-url", url) == ""
    counted = answer(cli("sqs", "get-queue-attributes", "--queue-url", url, "--attribute-names",
                         "ApproximateNumberOfMessages"))
    assert counted == {"Attributes": {"ApproximateNumberOfMessages": "0"}}
    assert "NonExistentQueue" in cli("sqs", "get-queue-url", "--queue-name", queue + "-not", fails=True)
    cli("sqs", "delete-queue", "--queue-url", url)


def test_sqs_with_a_key(cli, name):
    key = answer(cli("kms", "create-key"))["KeyMetadata"]["KeyId"]
    attributes = f"KmsMasterKeyId={key},KmsDataKeyReusePeriodSeconds=60"
    url = answer(cli("sqs", "create-queue", "--queue-name", name(), "--attributes", attributes))["QueueUrl"]
    cli("sqs", "send-message", "--queue-url", url, "--message-body", "hello")
    received = answer(cli("sqs", "receive-message", "--queue-url", url, "--visibility-timeout", "0"))
    assert received["Messages"][0]["Body"] == "hello"


def test_sns(cli, name, sqs):
    topic = answer(cli("sns", "create-topic", "--name", name("cli")))["TopicArn"]
    url = sqs.create_queue(QueueName=name("cli"))["QueueUrl"]
    cli("sns", "subscribe", "--topic-arn", topic, "--protocol", "sqs", "--notification-endpoint",
        let_sns_send(sqs, url, topic), "--attributes", "RawMessageDelivery=true")
    assert answer(cli("sns", "publish", "--topic-arn", topic, "--message", "hello"))["MessageId"]
    assert receive(sqs, url)[0]["Body"] == "hello"


def test_sts(cli):
    assert answer(cli("sts", "get-caller-identity"))["Account"] == "000000000000"


def test_kms(cli, tmp_path):
    key = answer(cli("kms", "create-key", "--tags", "TagKey=team,TagValue=red"))["KeyMetadata"]
    assert (key["KeyState"], key["KeySpec"]) == ("Enabled", "SYMMETRIC_DEFAULT")
    (tmp_path / "plain").write_bytes(b"secret")
    blob = cli("kms", "encrypt", "--key-id", key["KeyId"], "--plaintext", "fileb://plain", "--encryption-context", "a=b",
               "--query", "CiphertextBlob", "--output", "text").strip()
    (tmp_path / "sealed").write_bytes(base64.b64decode(blob))
    opened = answer(cli("kms", "decrypt", "--ciphertext-blob", "fileb://sealed", "--encryption-context", "a=b"))
    assert (base64.b64decode(opened["Plaintext"]), opened["KeyId"]) == (b"secret", key["Arn"])
    error = cli("kms", "decrypt", "--ciphertext-blob", "fileb://sealed", fails=True)
    assert "(InvalidCiphertextException) when calling the Decrypt operation" in error
    assert [one["KeyId"] for one in answer(cli("kms", "list-keys"))["Keys"]].count(key["KeyId"]) == 1
