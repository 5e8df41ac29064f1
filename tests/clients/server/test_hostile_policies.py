"""Policies that are made to cost much, at every door where a caller can hand one in: refused in AWS's words, and soon."""

import json
import time

import pytest
from answers import Text, refused, sqs_refused
from botocore.exceptions import ClientError

ALLOW = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}
SECONDS_MAX = 20


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


HOSTILE = {
    "ten thousand statements": document(*({**ALLOW, "Sid": f"S{n}"} for n in range(10_000))),
    "three megabytes": document({**ALLOW, "Sid": "x" * 3_000_000}),
    "nested without end": '{"Version":"2012-10-17","Statement":' + "[" * 100_000 + "]" * 100_000 + "}",
    "nested a little": '{"Version":"2012-10-17","Statement":' + "[" * 200 + "]" * 200 + "}",
    "a name twice": '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Effect":"Deny","Principal":"*",'
                    '"Action":"*","Resource":"*"}}',
}


@pytest.fixture
def doors(aws, bucket, queue, topic, name):
    """What takes a policy, and the codes that it refuses one with."""
    iam, s3, sqs, sns, kms, sts = (aws.client(service) for service in ("iam", "s3", "sqs", "sns", "kms", "sts"))
    user, key = name("user"), kms.create_key()["KeyMetadata"]["KeyId"]
    iam.create_user(UserName=user)
    of_iam = {"ValidationError", "LimitExceeded", "MalformedPolicyDocument"}
    return [
        (lambda text: iam.create_policy(PolicyName=name("policy"), PolicyDocument=text), of_iam),
        (lambda text: iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=text), of_iam),
        (lambda text: iam.create_role(RoleName=name("role"), AssumeRolePolicyDocument=text), of_iam),
        (lambda text: iam.simulate_custom_policy(PolicyInputList=[text], ActionNames=["s3:GetObject"]),
         {"ValidationError", "InvalidInput"}),
        (lambda text: sts.get_federation_token(Name="bob", Policy=text), of_iam | {"PackedPolicyTooLarge"}),
        (lambda text: s3.put_bucket_policy(Bucket=bucket, Policy=text), {"MalformedPolicy"}),
        (lambda text: sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": text}),
         {"OverLimit", "InvalidAttributeValue"}),
        (lambda text: sqs.create_queue(QueueName=name("queue"), Attributes={"Policy": text}),
         {"OverLimit", "InvalidAttributeValue"}),
        (lambda text: sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=text),
         {"InvalidParameter"}),
        (lambda text: sns.create_topic(Name=name("topic"), Attributes={"Policy": text}), {"InvalidParameter"}),
        (lambda text: kms.put_key_policy(KeyId=key, PolicyName="default", Policy=text),
         {"ValidationException", "MalformedPolicyDocumentException"}),
        (lambda text: kms.create_key(Policy=text), {"ValidationException", "MalformedPolicyDocumentException"}),
    ]


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_everywhere(doors, kind):
    for hand_in, codes in doors:
        began = time.monotonic()
        with pytest.raises(ClientError) as error:
            hand_in(HOSTILE[kind])
        answer = error.value.response
        assert answer["Error"]["Code"] in codes, answer
        assert answer["ResponseMetadata"]["HTTPStatusCode"] < 500
        assert time.monotonic() - began < SECONDS_MAX


def test_wildcards_in_masses_are_evaluated_soon(aws, bucket, s3, user):
    """As many wildcards as a bucket's policy has room for, against a key as long as one can be."""
    key = "a" * 1024
    s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    ann = user()
    bombs = [f"arn:aws:s3:::{bucket}/*" + "?a*" * 110 + f"{n}" for n in range(50)]
    text = document({"Effect": "Allow", "Principal": {"AWS": ann.arn}, "Action": "s3:*", "Resource": bombs})
    assert 15_000 < len(text) <= 20_480
    s3.put_bucket_policy(Bucket=bucket, Policy=text)
    began = time.monotonic()
    with refused(403, "AccessDenied", Text(".*is not authorized to perform: s3:GetObject.*")):
        ann.client("s3").get_object(Bucket=bucket, Key=key)
    assert time.monotonic() - began < SECONDS_MAX


def test_quotas_of_a_queues_policy(sqs, queue):
    def put(*statements):
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": document(*statements)})

    one = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}
    accounts = [f"{n:012}" for n in range(51)]
    put(*[one] * 20)
    put({**one, "Principal": {"AWS": accounts[:50]}})
    put({**one, "Action": ["sqs:SendMessage"] * 7, "Sid": "x" * 7_800})
    with sqs_refused(403, "OverLimit", "OverLimit", "21 Statements were found, maximum allowed is 20."):
        put(*[one] * 21)
    with sqs_refused(403, "OverLimit", "OverLimit", "51 Principals were found, maximum allowed is 50."):
        put({**one, "Principal": {"AWS": accounts}})
    with sqs_refused(403, "OverLimit", "OverLimit",
                     "8 actions were found in a statement from the submitted policy, max allowed is 7"):
        put({**one, "Action": ["sqs:SendMessage"] * 8})
    with sqs_refused(403, "OverLimit", "OverLimit", "Submitted policy is over max allowed size."):
        put({**one, "Sid": "x" * 8_192})
    with sqs_refused(403, "OverLimit", "OverLimit", "Submitted policy is over max allowed size."):
        sqs.add_permission(QueueUrl=queue, Label="y" * 80, AWSAccountIds=accounts[:3], Actions=["SendMessage"])


def test_quotas_of_a_topics_policy(sns, topic):
    def put(*statements):
        sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=document(*statements))

    one = {"Effect": "Allow", "Principal": "*", "Action": "sns:Publish", "Resource": topic}
    put(*[one] * 100)
    put({**one, "Principal": {"AWS": [f"{n:012}" for n in range(200)]}})
    for statements in ([one] * 101, [{**one, "Principal": {"AWS": [f"{n:012}" for n in range(201)]}}],
                       [{**one, "Sid": "x" * 30_720}]):
        with refused(400, "InvalidParameter", "Invalid parameter: Policy Error: null", Type="Sender"):
            put(*statements)
