"""Topics that have a key of KMS."""

import pytest
from answers import UUID, Text, refused, same
from identities import allow, document
from policies import let_s3_publish, let_sns_send, queue_arn, receive
from sns_answers import SENDER


@pytest.fixture(scope="session")
def kms(aws):
    return aws.client("kms")


@pytest.fixture
def cmk(kms):
    """The ARN of a key."""
    return kms.create_key()["KeyMetadata"]["Arn"]


@pytest.fixture
def sealed(sns, name, cmk):
    """The ARN of a topic that encrypts with `cmk`."""
    return sns.create_topic(Name=name("sealed"), Attributes={"KmsMasterKeyId": cmk})["TopicArn"]


def key_of(sns, topic):
    return sns.get_topic_attributes(TopicArn=topic)["Attributes"].get("KmsMasterKeyId")


def kms_refused(code, message, kms_code):
    """What KMS refuses, in SNS's words."""
    passed_on = rf" \(Service: AWSKMS; Status Code: 400; Error Code: {kms_code}; Request ID: [0-9a-f-]{{36}}; Proxy: null\)"
    return refused(400, code, Text(message + passed_on), **SENDER)


def is_denied(action):
    return kms_refused("KMSAccessDenied", f"User: .* is not authorized to perform: {action} on .*", "AccessDeniedException")


def test_the_attribute(sns, name, cmk):
    topic = sns.create_topic(Name=name(), Attributes={"KmsMasterKeyId": "alias/aws/sns"})["TopicArn"]
    assert key_of(sns, topic) == "alias/aws/sns"
    assert sns.create_topic(Name=topic.rsplit(":", 1)[1], Attributes={"KmsMasterKeyId": "alias/aws/sns"})["TopicArn"] == topic
    same(sns.set_topic_attributes(TopicArn=topic, AttributeName="KmsMasterKeyId", AttributeValue=cmk), 200)
    assert key_of(sns, topic) == cmk
    with refused(400, "InvalidParameter",
                 "Invalid parameter: Attributes Reason: Topic already exists with different attributes", **SENDER):
        sns.create_topic(Name=topic.rsplit(":", 1)[1], Attributes={"KmsMasterKeyId": "alias/aws/sns"})
    same(sns.set_topic_attributes(TopicArn=topic, AttributeName="KmsMasterKeyId", AttributeValue=""), 200)
    assert key_of(sns, topic) is None
    assert key_of(sns, sns.create_topic(Name=name(), Attributes={"KmsMasterKeyId": ""})["TopicArn"]) is None


@pytest.mark.parametrize("subscribers", [1, 27])
def test_published_under_a_key(sns, sqs, kms, name, subscribers):
    topic = sns.create_topic(Name=name(), Attributes={"KmsMasterKeyId": "alias/aws/sns"})["TopicArn"]
    urls = [sqs.create_queue(QueueName=name())["QueueUrl"] for _ in range(subscribers)]
    for url in urls:
        let_sns_send(sqs, url, topic)
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn(sqs, url), Attributes={"RawMessageDelivery": "true"})
    same(sns.publish(TopicArn=topic, Message="m"), 200, {"MessageId": UUID})
    entries = [{"Id": "1", "Message": "n"}]
    same(sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries), 200,
         {"Successful": [{"Id": "1", "MessageId": UUID}], "Failed": []})
    for url in urls:
        assert {m["Body"] for m in receive(sqs, url, 2)} == {"m", "n"}
    assert kms.describe_key(KeyId="alias/aws/sns")["KeyMetadata"]["KeyManager"] == "AWS"


def test_a_key_that_cannot_be_used(sns, kms, cmk, sealed):
    def publish():
        sns.publish(TopicArn=sealed, Message="m")

    kms.disable_key(KeyId=cmk)
    with kms_refused("KMSDisabled", f"{cmk} is disabled.", "DisabledException"):
        publish()
    with kms_refused("KMSDisabled", f"{cmk} is disabled.", "DisabledException"):
        sns.publish_batch(TopicArn=sealed, PublishBatchRequestEntries=[{"Id": "1", "Message": "n"}])
    kms.enable_key(KeyId=cmk)
    kms.schedule_key_deletion(KeyId=cmk, PendingWindowInDays=7)
    with kms_refused("KMSInvalidState", f"{cmk} is pending deletion.", "KMSInvalidStateException"):
        publish()
    missing = cmk.rsplit("/", 1)[0] + "/00000000-0000-4000-8000-000000000000"
    sns.set_topic_attributes(TopicArn=sealed, AttributeName="KmsMasterKeyId", AttributeValue=missing)
    with kms_refused("KMSNotFound", f"Key '{missing}' does not exist", "NotFoundException"):
        publish()


def test_it_is_asked_as_the_publisher(sns, user, cmk, sealed):
    ann = user()
    via = {"StringEquals": {"kms:ViaService": "sns.us-east-1.amazonaws.com",
                            "kms:EncryptionContext:aws:sns:topicArn": sealed}}
    ann.may(allow("sns:*"))
    with is_denied("kms:GenerateDataKey"):
        ann.client("sns").publish(TopicArn=sealed, Message="m")
    ann.may(allow("sns:*"), allow("kms:GenerateDataKey*", cmk, Condition=via))
    with is_denied("kms:Decrypt"):
        ann.client("sns").publish(TopicArn=sealed, Message="m")
    ann.may(allow("sns:*"), allow(["kms:GenerateDataKey*", "kms:Decrypt"], cmk, Condition=via))
    same(ann.client("sns").publish(TopicArn=sealed, Message="m"), 200, {"MessageId": UUID})


def test_data_keys_are_used_for_five_minutes(own_server, own_aws):
    sns, kms = own_aws.client("sns"), own_aws.client("kms")
    cmk = kms.create_key()["KeyMetadata"]["Arn"]
    topic = sns.create_topic(Name="t", Attributes={"KmsMasterKeyId": cmk})["TopicArn"]
    sns.publish(TopicArn=topic, Message="m")
    kms.disable_key(KeyId=cmk)
    sns.publish(TopicArn=topic, Message="m")
    own_server.forward(301)
    with kms_refused("KMSDisabled", f"{cmk} is disabled.", "DisabledException"):
        sns.publish(TopicArn=topic, Message="m")


def test_from_a_bucket_to_an_encrypted_queue(s3, sns, sqs, kms, name, bucket, cmk, sealed):
    """The services on the way are let by the key's policy, as AWS's guides have it."""
    account = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "kms:*", "Resource": "*"}
    services = {"Effect": "Allow", "Principal": {"Service": ["s3.amazonaws.com", "sns.amazonaws.com"]}, "Resource": "*",
                "Action": ["kms:GenerateDataKey*", "kms:Decrypt"]}
    kms.put_key_policy(KeyId=cmk, PolicyName="default", Policy=document(account, services))
    url = sqs.create_queue(QueueName=name(), Attributes={"KmsMasterKeyId": cmk})["QueueUrl"]
    let_sns_send(sqs, url, sealed)
    let_s3_publish(sns, sealed, bucket)
    sns.subscribe(TopicArn=sealed, Protocol="sqs", Endpoint=queue_arn(sqs, url), Attributes={"RawMessageDelivery": "true"})
    wanted = {"TopicConfigurations": [{"TopicArn": sealed, "Events": ["s3:ObjectCreated:*"]}]}
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=wanted)
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    assert any("ObjectCreated:Put" in m["Body"] for m in receive(sqs, url, 2))
