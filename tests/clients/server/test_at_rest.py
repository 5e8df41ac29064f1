"""Nothing that users entrust to the server stands in its files as they gave it, whenever it is killed."""

import base64
import secrets

import pytest
from aws import Aws
from botocore.exceptions import ClientError

PART = 5 << 20


def marks(kind):
    """A text that nothing else holds, and the forms in which it might be found."""
    mark = f"{kind}-{secrets.token_hex(16)}"
    return mark, {mark.encode(), mark.encode("utf-16-le"), mark.encode().hex().encode()}


class Marks:
    """Texts that were given to the server."""

    def __init__(self):
        self.all = {}

    def new(self, kind):
        mark, forms = marks(kind)
        self.all[mark] = forms
        return mark

    def found(self, data):
        """What of them stands in the files under `data`, and where."""
        files = [path for path in sorted(data.rglob("*")) if path.is_file()]
        assert files
        held = {path: path.read_bytes() for path in files}
        return [(mark, str(path.relative_to(data))) for mark, forms in self.all.items()
                for path, held_here in held.items() if any(form in held_here for form in forms)]


@pytest.fixture
def given():
    return Marks()


def filled(mark, size):
    """A body of that size that holds the mark at its beginning, in each 4 KiB, and at its end."""
    page = mark.encode().ljust(4096, b".")
    return (page * (size // 4096 + 1))[:size - len(mark)] + mark.encode()


def put_objects(s3, given, key):
    s3.create_bucket(Bucket="sealed")
    s3.put_bucket_encryption(Bucket="sealed", ServerSideEncryptionConfiguration={
        "Rules": [{"BlockedEncryptionTypes": {"EncryptionType": ["NONE"]}}]})
    s3.put_bucket_versioning(Bucket="sealed", VersioningConfiguration={"Status": "Enabled"})
    bodies = {}
    for size in (100, 1000, 20_000, 300_000, 3_000_000):
        for version in ("old", "new"):
            bodies[f"key-{size}"] = filled(given.new(f"{version}-{size}"), size)
            s3.put_object(Bucket="sealed", Key=f"key-{size}", Body=bodies[f"key-{size}"])
        s3.copy_object(Bucket="sealed", Key=f"copy-{size}", CopySource=f"sealed/key-{size}")
        bodies[f"copy-{size}"] = bodies[f"key-{size}"]
        bodies[f"kms-{size}"] = filled(given.new(f"kms-{size}"), size)
        s3.put_object(Bucket="sealed", Key=f"kms-{size}", Body=bodies[f"kms-{size}"], ServerSideEncryption="aws:kms")
        bodies[f"own-{size}"] = filled(given.new(f"own-{size}"), size)
        s3.put_object(Bucket="sealed", Key=f"own-{size}", Body=bodies[f"own-{size}"], **key)
    own_upload = {"Bucket": "sealed", "Key": "own-pending"}
    own_upload["UploadId"] = s3.create_multipart_upload(**own_upload, **key)["UploadId"]
    s3.upload_part(**own_upload, PartNumber=1, Body=filled(given.new("own-pending"), 100_000), **key)
    upload = s3.create_multipart_upload(Bucket="sealed", Key="parts")["UploadId"]
    at = {"Bucket": "sealed", "Key": "parts", "UploadId": upload}
    pieces = [filled(given.new("part"), PART), filled(given.new("last"), 9000)]
    parts = [{"PartNumber": n, "ETag": s3.upload_part(**at, PartNumber=n, Body=piece)["ETag"]}
             for n, piece in enumerate(pieces, 1)]
    s3.complete_multipart_upload(**at, MultipartUpload={"Parts": parts})
    bodies["parts"] = b"".join(pieces)
    pending = s3.create_multipart_upload(Bucket="sealed", Key="pending")["UploadId"]
    for number, size in enumerate((5000, 100_000), 1):
        s3.upload_part(Bucket="sealed", Key="pending", UploadId=pending, PartNumber=number,
                       Body=filled(given.new("pending"), size))
    return bodies


def send_messages(sqs, given):
    def attributes():
        return {"text": {"DataType": "String", "StringValue": given.new("attribute")},
                "bytes": {"DataType": "Binary", "BinaryValue": given.new("binary").encode()}}

    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = f'{{"deadLetterTargetArn":"{arn}","maxReceiveCount":1}}'
    queue = sqs.create_queue(QueueName="queue", Attributes={"RedrivePolicy": redrive})["QueueUrl"]
    fifo = sqs.create_queue(QueueName="q.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
    bodies = [given.new("message"), filled(given.new("long"), 200_000).decode()]
    for body in bodies:
        sqs.send_message(QueueUrl=queue, MessageBody=body, MessageAttributes=attributes())
    sqs.send_message(QueueUrl=queue, MessageBody=given.new("delayed"), DelaySeconds=900)
    sqs.send_message(QueueUrl=fifo, MessageBody=given.new("fifo"), MessageGroupId="g", MessageDeduplicationId="d")
    # Through the outbox into the dead-letter queue.
    for _ in bodies:
        received = sqs.receive_message(QueueUrl=queue, VisibilityTimeout=0)["Messages"]
        assert received[0]["Body"] in bodies
    while sqs.receive_message(QueueUrl=queue, VisibilityTimeout=0).get("Messages"):
        pass
    return dead, bodies


def send_under_kms(sqs, kms, given):
    """Under a key of KMS: one message waits in its queue, one has gone on to a queue that is not encrypted at all, and
    both hold there. Answers the queues, what they hold, and the key."""
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    dead = sqs.create_queue(QueueName="kms-dead", Attributes={"SqsManagedSseEnabled": "false"})["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    queue = sqs.create_queue(QueueName="kms", Attributes={
        "KmsMasterKeyId": key, "VisibilityTimeout": "0",
        "RedrivePolicy": f'{{"deadLetterTargetArn":"{arn}","maxReceiveCount":1}}'})["QueueUrl"]
    gone, stays = given.new("kms-gone"), given.new("kms-stays")
    attribute = {"DataType": "String", "StringValue": given.new("kms-attribute")}
    sqs.send_message(QueueUrl=queue, MessageBody=gone, MessageAttributes={"a": attribute})
    assert sqs.receive_message(QueueUrl=queue)["Messages"][0]["Body"] == gone
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
    got = sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=20, VisibilityTimeout=0, MessageAttributeNames=["All"])
    assert (got["Messages"][0]["Body"], got["Messages"][0]["MessageAttributes"]["a"]) == (gone, attribute)
    sqs.send_message(QueueUrl=queue, MessageBody=stays, MessageAttributes={"a": attribute})
    return {queue: stays, dead: gone}, key


def publish(sns, sqs, given, subscribers, **attributes):
    """To few subscribers a message goes at once; for many it is kept until all of them have it. One of them is no
    more there, and what it does not get stays in the outbox or is dropped."""
    topic = sns.create_topic(Name=f"topic-{subscribers}", Attributes=attributes)["TopicArn"]
    policy = ('{"Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},'
              '"Action":"sqs:SendMessage","Resource":"*"}]}')
    urls = [sqs.create_queue(QueueName=f"to-{subscribers}-{n}", Attributes={"Policy": policy})["QueueUrl"]
            for n in range(subscribers)]
    for url in urls:
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    text = given.new("topic")
    sns.publish(TopicArn=topic, Message=text, Subject=given.new("subject"),
                MessageAttributes={"a": {"DataType": "String", "StringValue": given.new("of-topic")}})
    return urls, text


def test_no_file_holds_what_was_stored(own_server, own_aws, given):
    s3, sqs, sns, kms = (own_aws.client(service) for service in ("s3", "sqs", "sns", "kms"))
    secret = given.new("the key")[-32:]
    given.all[secret] = {secret.encode(), secret.encode().hex().encode(), base64.b64encode(secret.encode())}
    own_key = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": secret.encode()}
    bodies = put_objects(s3, given, own_key)
    dead, messages = send_messages(sqs, given)
    under_kms, kms_key = send_under_kms(sqs, kms, given)
    few, few_text = publish(sns, sqs, given, 2, KmsMasterKeyId="alias/aws/sns")
    many, many_text = publish(sns, sqs, given, 26, KmsMasterKeyId="alias/aws/sns")
    own_server.kill()
    assert given.found(own_server.data) == []

    own_server.start()
    s3, sqs, kms = (own_aws.client(service) for service in ("s3", "sqs", "kms"))
    for key, body in bodies.items():
        more = own_key if key.startswith("own-") else {}
        assert s3.get_object(Bucket="sealed", Key=key, **more)["Body"].read() == body, key
    part = s3.get_object(Bucket="sealed", Key="parts", Range=f"bytes={PART - 5}-{PART + 5}")["Body"].read()
    assert part == bodies["parts"][PART - 5:PART + 6]
    came = set()
    while len(came) < len(messages):
        came |= {m["Body"] for m in sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=20)["Messages"]}
    assert came == set(messages)
    kms.disable_key(KeyId=kms_key)
    for url in under_kms:
        with pytest.raises(ClientError, match="KMS.DisabledException"):
            sqs.receive_message(QueueUrl=url)
    kms.enable_key(KeyId=kms_key)
    for url, text in under_kms.items():
        assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == text
    for url, text in [(few[0], few_text), (many[-1], many_text)]:
        assert text in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"][0]["Body"]
    own_server.kill()
    assert given.found(own_server.data) == []


def test_what_is_not_to_be_encrypted_is_not(own_server, own_aws, given):
    """The search finds what is there: a queue may be told not to encrypt, as on AWS."""
    sqs = own_aws.client("sqs")
    plain = sqs.create_queue(QueueName="plain", Attributes={"SqsManagedSseEnabled": "false"})["QueueUrl"]
    mark = given.new("plain")
    sqs.send_message(QueueUrl=plain, MessageBody=mark)
    own_server.kill()
    assert {found for found, _ in given.found(own_server.data)} == {mark}
    own_server.start()
    sqs = own_aws.client("sqs")
    sqs.set_queue_attributes(QueueUrl=plain, Attributes={"SqsManagedSseEnabled": "true"})
    sealed = given.new("sealed")
    sqs.send_message(QueueUrl=plain, MessageBody=sealed)
    came = set()
    while len(came) < 2:
        came |= {m["Body"] for m in sqs.receive_message(QueueUrl=plain, WaitTimeSeconds=20)["Messages"]}
    assert came == {mark, sealed}
    own_server.kill()
    assert sealed not in {found for found, _ in given.found(own_server.data)}


def test_nothing_is_for_others_to_read(tmp_path, own_server):
    """The directories too, so that names tell nothing; the umask of the tests is the usual 022."""
    aws = Aws(own_server)
    s3, sqs = aws.client("s3"), aws.client("sqs", region="eu-west-1")
    s3.create_bucket(Bucket="kept")
    s3.put_object(Bucket="kept", Key="k", Body=b"x" * 1_000_000)
    sqs.create_queue(QueueName="q")
    own_server.admin("backup", str(tmp_path / "backup"))
    own_server.stop()
    for directory in (own_server.data, tmp_path / "backup"):
        paths = [directory, *directory.rglob("*")]
        assert len(paths) > 5
        open_ones = [f"{path} {path.lstat().st_mode & 0o777:o}" for path in paths if path.lstat().st_mode & 0o077]
        assert not open_ones
    assert list((own_server.data / "access").iterdir())
