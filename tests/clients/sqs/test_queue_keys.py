"""Queues whose messages are encrypted with keys of KMS."""

import json
import re

import pytest
from answers import Text, agree, refused, same, sqs_refused
from identities import allow, document
from policies import queue_arn, receive
from raw import query
from roles import Role
from sqs_answers import message, sent

NAMES = ["KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled"]
ATTRIBUTES = {"a": {"DataType": "String", "StringValue": "x"}}


@pytest.fixture(scope="session")
def kms(aws):
    return aws.client("kms")


@pytest.fixture
def cmk(kms):
    """The ARN of a key."""
    return kms.create_key()["KeyMetadata"]["Arn"]


@pytest.fixture
def sealed(sqs, name, cmk):
    """The URL of a queue that encrypts with `cmk`."""
    return sqs.create_queue(QueueName=name("sealed"), Attributes={"KmsMasterKeyId": cmk})["QueueUrl"]


def encryption(sqs, url):
    answer = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=NAMES)
    same(answer, 200, {"Attributes": answer["Attributes"]})
    return answer["Attributes"]


def of_kms(key, seconds="300"):
    return dict(zip(NAMES, (key, seconds, "false")))


def kms_refused(code, query_code, message, kms_code):
    """What KMS refuses, in SQS's words."""
    passed_on = rf" \(Service: AWSKMS; Status Code: 400; Error Code: {kms_code}; Request ID: [0-9a-f-]{{36}}; Proxy: null\)"
    return sqs_refused(400, code, query_code, Text(message + passed_on))


def is_disabled(key):
    return kms_refused("KMS.DisabledException", "KmsDisabled", f"{key} is disabled.", "DisabledException")


def is_denied(action):
    return kms_refused("KMS.AccessDeniedException", "KmsAccessDenied", f"User: .* is not authorized to perform: {action} on .*",
                       "AccessDeniedException")


def test_one_encryption_at_a_time(sqs, name):
    url = sqs.create_queue(QueueName=name(), Attributes={"KmsMasterKeyId": "alias/aws/sqs"})["QueueUrl"]
    agree(encryption(sqs, url), of_kms("alias/aws/sqs"))
    assert sqs.create_queue(QueueName=url.rsplit("/", 1)[1], Attributes=of_kms("alias/aws/sqs"))["QueueUrl"] == url
    same(sqs.set_queue_attributes(QueueUrl=url, Attributes={"KmsDataKeyReusePeriodSeconds": "60"}), 200)
    agree(encryption(sqs, url), of_kms("alias/aws/sqs", "60"))
    same(sqs.set_queue_attributes(QueueUrl=url, Attributes={"SqsManagedSseEnabled": "true"}), 200)
    agree(encryption(sqs, url), {"SqsManagedSseEnabled": "true"})
    same(sqs.set_queue_attributes(QueueUrl=url, Attributes={"KmsMasterKeyId": "any"}), 200)
    agree(encryption(sqs, url), of_kms("any", "60"))
    same(sqs.set_queue_attributes(QueueUrl=url, Attributes={"KmsMasterKeyId": ""}), 200)
    agree(encryption(sqs, url), {"SqsManagedSseEnabled": "false"})
    both = {"KmsMasterKeyId": "any", "SqsManagedSseEnabled": "true"}
    words = ("You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS "
             "SSE.")
    for call in (lambda: sqs.create_queue(QueueName=name(), Attributes=both),
                 lambda: sqs.set_queue_attributes(QueueUrl=url, Attributes=both)):
        with sqs_refused(400, "InvalidAttributeName", "InvalidAttributeName", words):
            call()
    for seconds in ("59", "86401", "x"):
        with sqs_refused(400, "InvalidAttributeValue", "InvalidAttributeValue",
                         "Invalid value for the parameter KmsDataKeyReusePeriodSeconds."):
            sqs.create_queue(QueueName=name(), Attributes={"KmsDataKeyReusePeriodSeconds": seconds})
    agree(encryption(sqs, url), {"SqsManagedSseEnabled": "false"})


def test_every_name_of_a_key(sqs, kms, name, cmk):
    alias = "alias/" + name("alias")
    kms.create_alias(AliasName=alias, TargetKeyId=cmk)
    for key in ("alias/aws/sqs", cmk, cmk.rsplit("/", 1)[1], alias, cmk.rsplit(":", 1)[0] + ":" + alias):
        url = sqs.create_queue(QueueName=name(), Attributes={"KmsMasterKeyId": key})["QueueUrl"]
        agree(encryption(sqs, url), of_kms(key))
        same(sqs.send_message(QueueUrl=url, MessageBody="b", MessageAttributes=ATTRIBUTES), 200, sent("b", ATTRIBUTES))
        same(sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"], WaitTimeSeconds=20), 200,
             {"Messages": [message("b", ATTRIBUTES)]})
    assert kms.describe_key(KeyId="alias/aws/sqs")["KeyMetadata"]["KeyManager"] == "AWS"


def test_a_batch_and_a_fifo_queue(sqs, name, cmk):
    url = sqs.create_queue(QueueName=name() + ".fifo", Attributes={
        "FifoQueue": "true", "ContentBasedDeduplication": "true", "KmsMasterKeyId": cmk})["QueueUrl"]
    entries = [{"Id": f"{n}", "MessageBody": f"b{n}", "MessageGroupId": "g"} for n in range(3)]
    assert len(sqs.send_message_batch(QueueUrl=url, Entries=entries)["Successful"]) == 3
    again = sqs.send_message(QueueUrl=url, MessageBody="b0", MessageGroupId="g")
    at = {"QueueUrl": url, "MaxNumberOfMessages": 10, "ReceiveRequestAttemptId": "a"}
    first, second = sqs.receive_message(**at)["Messages"], sqs.receive_message(**at)["Messages"]
    assert [m["Body"] for m in first] == [m["Body"] for m in second] == ["b0", "b1", "b2"]
    assert first[0]["MessageId"] == again["MessageId"]


def test_what_was_sent_before_and_after(sqs, name, cmk):
    url = sqs.create_queue(QueueName=name())["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="before")
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"KmsMasterKeyId": cmk})
    sqs.send_message(QueueUrl=url, MessageBody="under the key")
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"KmsMasterKeyId": ""})
    sqs.send_message(QueueUrl=url, MessageBody="after")
    assert sorted(m["Body"] for m in receive(sqs, url, 3)) == ["after", "before", "under the key"]


def test_a_key_that_cannot_be_used(sqs, kms, cmk, sealed, name):
    kms.disable_key(KeyId=cmk)
    with is_disabled(cmk):
        sqs.send_message(QueueUrl=sealed, MessageBody="b")
    with is_disabled(cmk):
        sqs.send_message_batch(QueueUrl=sealed, Entries=[{"Id": "1", "MessageBody": "b"}])
    kms.enable_key(KeyId=cmk)
    kms.schedule_key_deletion(KeyId=cmk, PendingWindowInDays=7)
    with kms_refused("KMS.InvalidStateException", "KmsInvalidState", f"{cmk} is pending deletion.",
                     "KMSInvalidStateException"):
        sqs.send_message(QueueUrl=sealed, MessageBody="b")
    missing = cmk.rsplit("/", 1)[0] + "/00000000-0000-4000-8000-000000000000"
    sqs.set_queue_attributes(QueueUrl=sealed, Attributes={"KmsMasterKeyId": missing})
    with kms_refused("KMS.NotFoundException", "KmsNotFound", f"Key '{missing}' does not exist", "NotFoundException"):
        sqs.send_message(QueueUrl=sealed, MessageBody="b")
    signing = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"]
    sqs.set_queue_attributes(QueueUrl=sealed, Attributes={"KmsMasterKeyId": signing})
    with kms_refused("KMS.InvalidKeyUsageException", "KmsInvalidKeyUsage", f"{signing} key usage is SIGN_VERIFY.*",
                     "InvalidKeyUsageException"):
        sqs.send_message(QueueUrl=sealed, MessageBody="b")
    same(sqs.receive_message(QueueUrl=sealed), 200)


def test_it_is_asked_as_the_caller(sqs, kms, user, cmk, sealed):
    ann, ben = user(), user()
    via = {"StringEquals": {"kms:ViaService": "sqs.us-east-1.amazonaws.com",
                            "kms:EncryptionContext:aws:sqs:arn": queue_arn(sqs, sealed)}}
    ann.may(allow("sqs:*"))
    with is_denied("kms:GenerateDataKey"):
        ann.client("sqs").send_message(QueueUrl=sealed, MessageBody="b")
    ann.may(allow("sqs:*"), allow("kms:GenerateDataKey", cmk, Condition=via))
    with is_denied("kms:Decrypt"):
        ann.client("sqs").send_message(QueueUrl=sealed, MessageBody="b")
    ann.may(allow("sqs:*"), allow(["kms:GenerateDataKey", "kms:Decrypt"], cmk, Condition=via))
    ann.client("sqs").send_message(QueueUrl=sealed, MessageBody="b")
    ben.may(allow("sqs:*"))
    with is_denied("kms:Decrypt"):
        ben.client("sqs").receive_message(QueueUrl=sealed)
    ben.may(allow("sqs:*"), allow("kms:Decrypt", cmk, Condition=via))
    with is_denied("kms:GenerateDataKey"):
        ben.client("sqs").send_message(QueueUrl=sealed, MessageBody="b")
    # Whoever could not decrypt it has not received it.
    got = ben.client("sqs").receive_message(QueueUrl=sealed, MessageSystemAttributeNames=["ApproximateReceiveCount"])
    same(got, 200, {"Messages": [message("b", Attributes={"ApproximateReceiveCount": "1"})]})
    with refused(400, "AccessDeniedException", Text(".*kms:Decrypt.*")):
        ben.client("kms").decrypt(KeyId=cmk, CiphertextBlob=kms.encrypt(KeyId=cmk, Plaintext=b"x")["CiphertextBlob"])


def test_a_key_disabled_between_send_and_receive(sqs, kms, user, cmk, sealed):
    """Who has sent holds the data key for the reuse period; another must ask for it."""
    ann = user()
    ann.may(allow(["sqs:*", "kms:*"]))
    sqs.send_message(QueueUrl=sealed, MessageBody="b")
    kms.disable_key(KeyId=cmk)
    with is_disabled(cmk):
        ann.client("sqs").receive_message(QueueUrl=sealed)
    with is_disabled(cmk):
        ann.client("sqs").send_message(QueueUrl=sealed, MessageBody="b")
    sqs.send_message(QueueUrl=sealed, MessageBody="c")
    assert {m["Body"] for m in receive(sqs, sealed, 2)} == {"b", "c"}
    kms.enable_key(KeyId=cmk)
    same(ann.client("sqs").receive_message(QueueUrl=sealed), 200)


def test_sessions_of_one_role_are_one_requester(aws, sqs, kms, iam, user, name, cmk, sealed):
    """Unless a session policy tells them apart."""
    role = Role(aws, iam, name("role"))
    role.may(allow(["sqs:*", "kms:*"]))
    ann = user()
    ann.may(allow("sts:AssumeRole"))
    sts = ann.client("sts")
    one, two = role.session(sts, "one"), role.session(sts, "two")
    less = role.session(sts, "three", Policy=document(allow("sqs:*"), allow("kms:*")))
    one.client("sqs").send_message(QueueUrl=sealed, MessageBody="b")
    kms.disable_key(KeyId=cmk)
    with is_disabled(cmk):
        less.client("sqs").receive_message(QueueUrl=sealed)
    same(two.client("sqs").receive_message(QueueUrl=sealed), 200, {"Messages": [message("b")]})


def test_a_sender_of_another_account(own_server, own_aws):
    """The queue's alias is one of its owner's; both policies must let the sender in."""
    printed = own_server.admin("account", "create", "--name", "other", "--id", "111122223333")
    key, secret = re.search(r"AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+)", printed).groups()
    sqs, kms = own_aws.client("sqs"), own_aws.client("kms")
    theirs = own_aws.client("sqs", key=key, secret=secret)
    cmk = kms.create_key()["KeyMetadata"]["Arn"]
    kms.create_alias(AliasName="alias/q", TargetKeyId=cmk)
    other = {"AWS": "arn:aws:iam::111122223333:root"}
    policy = document({"Effect": "Allow", "Principal": other, "Action": "sqs:SendMessage", "Resource": "*"})
    url = sqs.create_queue(QueueName="q", Attributes={"KmsMasterKeyId": "alias/q", "Policy": policy})["QueueUrl"]
    with is_denied("kms:GenerateDataKey"):
        theirs.send_message(QueueUrl=url, MessageBody="b")
    account = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "kms:*", "Resource": "*"}
    sender = {"Effect": "Allow", "Principal": other, "Action": ["kms:GenerateDataKey", "kms:Decrypt"], "Resource": "*"}
    kms.put_key_policy(KeyId=cmk, PolicyName="default", Policy=document(account, sender))
    theirs.send_message(QueueUrl=url, MessageBody="b")
    same(sqs.receive_message(QueueUrl=url), 200, {"Messages": [message("b")]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"KmsMasterKeyId": "alias/aws/sqs"})
    sqs.send_message(QueueUrl=url, MessageBody="c")
    with is_denied("kms:GenerateDataKey"):
        theirs.send_message(QueueUrl=url, MessageBody="d")


def test_the_reuse_period(own_server, own_aws):
    sqs, kms = own_aws.client("sqs"), own_aws.client("kms")
    cmk = kms.create_key()["KeyMetadata"]["Arn"]
    url = sqs.create_queue(QueueName="q", Attributes={"KmsMasterKeyId": cmk, "KmsDataKeyReusePeriodSeconds": "600",
                                                      "VisibilityTimeout": "0"})["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="b")
    kms.disable_key(KeyId=cmk)
    own_server.forward(590)
    assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "b"
    own_server.forward(20)
    with is_disabled(cmk):
        sqs.receive_message(QueueUrl=url)
    with is_disabled(cmk):
        sqs.send_message(QueueUrl=url, MessageBody="c")
    kms.enable_key(KeyId=cmk)
    assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "b"
    kms.disable_key(KeyId=cmk)
    own_server.restart()
    sqs, kms = own_aws.client("sqs"), own_aws.client("kms")
    with is_disabled(cmk):
        sqs.receive_message(QueueUrl=url)
    kms.enable_key(KeyId=cmk)
    assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "b"


def test_to_a_dead_letter_queue_and_back(sqs, user, name, cmk):
    """A message keeps its encryption on the way: to a queue that is not encrypted, and back by a task."""
    dead = sqs.create_queue(QueueName=name("dead"), Attributes={"SqsManagedSseEnabled": "false"})["QueueUrl"]
    redrive = json.dumps({"deadLetterTargetArn": queue_arn(sqs, dead), "maxReceiveCount": 1})
    source = sqs.create_queue(QueueName=name("source"), Attributes={
        "KmsMasterKeyId": cmk, "RedrivePolicy": redrive, "VisibilityTimeout": "0"})["QueueUrl"]
    ann, ben = user(), user()
    ann.may(allow("sqs:*"))
    ben.may(allow("sqs:*"))
    sqs.send_message(QueueUrl=source, MessageBody="b", MessageAttributes=ATTRIBUTES)
    assert sqs.receive_message(QueueUrl=source)["Messages"][0]["Body"] == "b"
    # To leave its queue a message needs no key.
    same(ann.client("sqs").receive_message(QueueUrl=source), 200)
    with is_denied("kms:Decrypt"):
        ann.client("sqs").receive_message(QueueUrl=dead, WaitTimeSeconds=20)
    ann.may(allow("sqs:*"), allow("kms:Decrypt", cmk))
    got = ann.client("sqs").receive_message(QueueUrl=dead, VisibilityTimeout=0, MessageAttributeNames=["All"])
    same(got, 200, {"Messages": [message("b", ATTRIBUTES)]})
    task = {"SourceArn": queue_arn(sqs, dead), "DestinationArn": queue_arn(sqs, source)}
    with is_denied("kms:Decrypt"):
        ben.client("sqs").start_message_move_task(**task)
    with is_denied("kms:GenerateDataKey"):
        ann.client("sqs").start_message_move_task(**task)
    sqs.start_message_move_task(**task)
    got = sqs.receive_message(QueueUrl=source, WaitTimeSeconds=20, MessageAttributeNames=["All"])
    same(got, 200, {"Messages": [message("b", ATTRIBUTES)]})


def test_strangers_have_no_key(aws, sqs, cmk, sealed, kms):
    """A queue may let anybody in; a key lets in nobody whom it does not know."""
    anybody = document({"Effect": "Allow", "Principal": "*", "Action": ["sqs:SendMessage", "sqs:ReceiveMessage"],
                        "Resource": "*"})
    everything = document({"Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"})
    kms.put_key_policy(KeyId=cmk, PolicyName="default", Policy=everything)
    stranger = aws.client("sqs", anonymous=True)
    for key in (cmk, "alias/aws/sqs"):
        sqs.set_queue_attributes(QueueUrl=sealed, Attributes={"Policy": anybody, "KmsMasterKeyId": key})
        with is_denied("kms:GenerateDataKey"):
            stranger.send_message(QueueUrl=sealed, MessageBody="b")
        sqs.send_message(QueueUrl=sealed, MessageBody="b")
        with is_denied("kms:Decrypt"):
            stranger.receive_message(QueueUrl=sealed)
    assert [m["Body"] for m in receive(sqs, sealed, 2)] == ["b", "b"]


def of_service(cmk, *services):
    """The policy of a key that services may use to send to encrypted queues, as AWS's guide has it."""
    root = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{cmk.split(':')[4]}:root"}, "Action": "kms:*",
            "Resource": "*"}
    service = {"Effect": "Allow", "Principal": {"Service": list(services)}, "Resource": "*",
               "Action": ["kms:GenerateDataKey*", "kms:Decrypt"]}
    return document(root, service)


def may_send(service):
    return document({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sqs:SendMessage", "Resource": "*"})


def test_a_topic_that_sends_to_it(sns, sqs, kms, queue, cmk, sealed, topic):
    for url in (queue, sealed):
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": may_send("sns.amazonaws.com")})
    dead = json.dumps({"deadLetterTargetArn": queue_arn(sqs, queue)})
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, sealed),
                  Attributes={"RawMessageDelivery": "true", "RedrivePolicy": dead})
    sns.publish(TopicArn=topic, Message="is refused by the key")
    assert receive(sqs, queue)[0]["Body"] == "is refused by the key"
    # Nobody may change the policy of AWS's key, and it lets no service in: before its first use, and after.
    sqs.set_queue_attributes(QueueUrl=sealed, Attributes={"KmsMasterKeyId": "alias/aws/sqs"})
    for _ in range(2):
        sns.publish(TopicArn=topic, Message="is refused by the key of SQS")
        assert receive(sqs, queue)[0]["Body"] == "is refused by the key of SQS"
        sqs.send_message(QueueUrl=sealed, MessageBody="b")
        receive(sqs, sealed)
    sqs.set_queue_attributes(QueueUrl=sealed, Attributes={"KmsMasterKeyId": cmk})
    kms.put_key_policy(KeyId=cmk, PolicyName="default", Policy=of_service(cmk, "sns.amazonaws.com"))
    sns.publish(TopicArn=topic, Message="is let in")
    assert receive(sqs, sealed)[0]["Body"] == "is let in"


def test_a_bucket_that_sends_to_it(s3, sqs, kms, cmk, sealed, bucket):
    sqs.set_queue_attributes(QueueUrl=sealed, Attributes={"Policy": may_send("s3.amazonaws.com")})
    wanted = {"QueueConfigurations": [{"QueueArn": queue_arn(sqs, sealed), "Events": ["s3:ObjectCreated:*"]}]}
    kms.put_key_policy(KeyId=cmk, PolicyName="default", Policy=of_service(cmk, "s3.amazonaws.com"))
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=wanted)
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    bodies = [m["Body"] for m in receive(sqs, sealed, 2)]
    assert any("ObjectCreated:Put" in body for body in bodies)


def test_codes_of_the_older_protocol(server, kms, sealed, cmk):
    kms.disable_key(KeyId=cmk)
    answer = query(server, "sqs", "SendMessage", "2012-11-05", QueueUrl=sealed, MessageBody="b")
    assert (answer.status, answer.error()) == (400, ("KMS.DisabledException", Text(f"{cmk} is disabled. .*")))
