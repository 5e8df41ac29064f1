"""Session tokens that are not what STS made, in the words of each protocol; and what is made of nothing else."""

import base64
import re

import pytest
from answers import refused
from aws import ACCOUNT, Aws
from identities import User, allow
from roles import Role, Session, trust
from server import Server

INVALID = {
    "s3": (400, "InvalidToken", "The provided token is malformed or otherwise invalid."),
    "sqs": (403, "InvalidClientTokenId", "The security token included in the request is invalid."),
    "sns": (403, "InvalidClientTokenId", "The security token included in the request is invalid."),
    "sts": (403, "InvalidClientTokenId", "The security token included in the request is invalid."),
    "kms": (400, "UnrecognizedClientException", "The security token included in the request is invalid."),
}
CALLS = {"s3": "list_buckets", "sqs": "list_queues", "sns": "list_topics", "sts": "get_caller_identity", "kms": "list_keys"}


@pytest.fixture(scope="module")
def made(aws):
    """Credentials of the root's own session."""
    return aws.client("sts").get_session_token()["Credentials"]


def flipped(token):
    raw = bytearray(base64.b64decode(token))
    raw[len(raw) // 2] ^= 1
    return base64.b64encode(raw).decode()


SPOILT = {
    "tampered": flipped,
    "truncated": lambda token: token[: len(token) // 2],
    "longer": lambda token: token + "AAAA",
    "no base64": lambda _: "not-a-token",
    "empty": lambda _: base64.b64encode(b"x").decode(),
}


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("service", CALLS)
def test_a_spoilt_token(aws, made, service, how):
    client = aws.client(service, key=made["AccessKeyId"], secret=made["SecretAccessKey"],
                        token=SPOILT[how](made["SessionToken"]))

    with pytest.raises(client.exceptions.ClientError) as error:
        getattr(client, CALLS[service])()
    answer = error.value.response
    assert (answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"], answer["Error"]["Message"]) == INVALID[service]


def test_a_token_with_another_key_of_the_same_kind(aws, made):
    other = aws.client("sts").get_session_token()["Credentials"]
    for key, secret in ((other["AccessKeyId"], other["SecretAccessKey"]), (other["AccessKeyId"], made["SecretAccessKey"])):
        with refused(*INVALID["sts"], Type="Sender"):
            aws.client("sts", key=key, secret=secret, token=made["SessionToken"]).get_caller_identity()


def test_another_secret(aws, made):
    client = aws.client("sts", key=made["AccessKeyId"], secret="x" * 40, token=made["SessionToken"])
    with pytest.raises(client.exceptions.ClientError, match="SignatureDoesNotMatch"):
        client.get_caller_identity()


def test_a_token_of_another_installation(made):
    with Server() as elsewhere:
        client = Session(Aws(elsewhere), made).client("sts")
        with refused(*INVALID["sts"], Type="Sender"):
            client.get_caller_identity()


def test_a_token_holds_over_a_restart(own_server, own_aws):
    made = own_aws.client("sts").get_session_token()["Credentials"]
    own_server.stop()
    own_server.start()
    assert Session(own_aws, made).client("sts").get_caller_identity()["Account"] == ACCOUNT


class TestMessages:
    """DecodeAuthorizationMessage."""

    def test_what_is_no_message(self, aws):
        for text in ("x", "AAAA", "a b", "x" * 10240):
            with refused(400, "InvalidAuthorizationMessageException", "Message is not valid", Type="Sender"):
                aws.client("sts").decode_authorization_message(EncodedMessage=text)

    def test_who_may(self, user):
        ann = user()
        with refused(403, "AccessDenied", f"User: {ann.arn} is not authorized to perform: "
                     "sts:DecodeAuthorizationMessage", Type="Sender"):
            ann.client("sts").decode_authorization_message(EncodedMessage="x")


class TestRoots:
    """AssumeRoot."""

    TASK = "arn:aws:iam::aws:policy/root-task/{}"

    @pytest.fixture
    def member(self, own_server):
        own_server.admin("account", "create", "--name", "member", "--id", "111122223333")
        return "111122223333"

    @pytest.fixture
    def ann(self, own_aws):
        ann = User(own_aws, own_aws.client("iam"), "ann")
        ann.may(allow("sts:AssumeRoot"))
        return ann

    def test_one_task(self, own_aws, ann, member):
        given = ann.client("sts").assume_root(
            TargetPrincipal=member, TaskPolicyArn={"arn": self.TASK.format("SQSUnlockQueuePolicy")})
        session = Session(own_aws, given["Credentials"])
        who = session.client("sts").get_caller_identity()
        assert (who["Arn"], who["UserId"]) == (f"arn:aws:iam::{member}:root", member)
        assert "QueueUrls" not in session.client("sqs").list_queues()
        for call in (lambda: session.client("sqs").create_queue(QueueName="q"), lambda: session.client("s3").list_buckets()):
            with pytest.raises(Exception, match="AccessDenied"):
                call()

    def test_who_may_not(self, own_aws, ann, member):
        task = {"arn": self.TASK.format("S3UnlockBucketPolicy")}
        with refused(403, "AccessDenied", "AssumeRoot may not be called by root accounts.", Type="Sender"):
            own_aws.client("sts").assume_root(TargetPrincipal=member, TaskPolicyArn=task)
        for target in (ACCOUNT, "444455556666"):
            with refused(403, "AccessDenied", f"User: {ann.arn} is not authorized to perform: sts:AssumeRoot on "
                         f"resource: arn:aws:iam::{target}:root", Type="Sender"):
                ann.client("sts").assume_root(TargetPrincipal=target, TaskPolicyArn=task)
        with refused(400, "ValidationError", "The policy arn:aws:iam::aws:policy/AdministratorAccess is not a policy of "
                     "a root task.", Type="Sender"):
            ann.client("sts").assume_root(TargetPrincipal=member,
                                          TaskPolicyArn={"arn": "arn:aws:iam::aws:policy/AdministratorAccess"})


def test_a_trade_in_token(aws):
    with refused(400, "ValidationError", "The trade-in token is not valid: no delegation request was made with this "
                 "installation.", Type="Sender"):
        aws.client("sts").get_delegated_access_token(TradeInToken="x")


def test_a_role_of_another_account(own_server, own_aws):
    """Both sides must agree: the trust policy, and the caller's own."""
    printed = own_server.admin("account", "create", "--name", "other", "--id", "111122223333")
    key, secret = re.search(r"AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+)", printed).groups()
    iam = own_aws.client("iam", key=key, secret=secret)
    ann = User(own_aws, own_aws.client("iam"), "ann")
    role = Role(own_aws, iam, "there", trust({"AWS": ann.arn}))
    message = f"User: {ann.arn} is not authorized to perform: sts:AssumeRole on resource: {role.arn}"
    with refused(403, "AccessDenied", message, Type="Sender"):
        role.assume(ann.client("sts"))
    ann.may(allow("sts:AssumeRole", role.arn))
    who = role.session(ann.client("sts"), "visit").client("sts").get_caller_identity()
    assert who["Arn"] == "arn:aws:sts::111122223333:assumed-role/there/visit"
    iam.update_assume_role_policy(RoleName="there", PolicyDocument=(
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},'
        '"Action":"sts:AssumeRole"}]}'))
    with refused(403, "AccessDenied", message, Type="Sender"):
        role.assume(ann.client("sts"))
