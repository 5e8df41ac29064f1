"""Every operation that is served, as the server itself lists them: refused to those who may not, and nothing changes."""

import base64
import itertools
import json
import re
import subprocess

import pytest
from aws import Aws
from botocore.exceptions import ClientError
from identities import User, allow
from server import Server, binary

# Anyone who has credentials may call these, whatever policies say. docs/identity.md says why.
ANYONE = {("sts", "GetCallerIdentity"), ("sts", "GetSessionToken")}
# Callers without a signature show another proof of who they are.
UNSIGNED = {("sts", "AssumeRoleWithSAML"), ("sts", "AssumeRoleWithWebIdentity")}
JSON, QUERY, S3, SQS = "json", "query", "s3", "sqs"
PROTOCOLS = {"s3": S3, "s3control": S3, "sqs": SQS, "kms": JSON, "sns": QUERY, "iam": QUERY, "sts": QUERY}
REFUSALS = {
    S3: {"unsigned": ("AccessDenied", 403), "unknown": ("InvalidAccessKeyId", 403),
         "wrong": ("SignatureDoesNotMatch", 403), "token": ("InvalidToken", 400)},
    QUERY: {"unsigned": ("MissingAuthenticationToken", 403), "unknown": ("InvalidClientTokenId", 403),
            "wrong": ("SignatureDoesNotMatch", 403), "token": ("InvalidClientTokenId", 403)},
    # Its JSON carries the codes of the older protocol; a queue's policy may let in callers without credentials.
    SQS: {"unsigned": ("AccessDenied", 403), "unknown": ("InvalidClientTokenId", 403),
          "wrong": ("SignatureDoesNotMatch", 403), "token": ("InvalidClientTokenId", 403)},
    JSON: {"unsigned": ("MissingAuthenticationTokenException", 400), "unknown": ("UnrecognizedClientException", 400),
           "wrong": ("InvalidSignatureException", 400), "token": ("UnrecognizedClientException", 400)},
}
DENIED = {"AccessDenied", "AccessDeniedException", "AuthorizationError"}


def served():
    """(service, operation, actions) of everything that is registered."""
    text = subprocess.run([binary(), "coverage"], capture_output=True, text=True, check=True).stdout
    service, found = None, []
    for line in text.splitlines():
        if line.startswith("## "):
            service = line.split()[1]
        elif match := re.fullmatch(r"\| (\w+) \| yes \| (.*?) ?\|", line):
            found.append((service, match[1], match[2].strip()))
    return found


OPERATIONS = served()


def test_every_operation_says_what_it_asks_for():
    assert len(OPERATIONS) > 150
    without = {(service, operation) for service, operation, actions in OPERATIONS if not actions}
    assert without == ANYONE
    for service, operation, actions in OPERATIONS:
        for action in filter(None, actions.split(", ")):
            assert re.fullmatch(r"[a-z0-9-]+:[A-Z]\w+", action), (operation, action)


COUNT = itertools.count()

# What the model does not ask for, and the operation does.
FURTHER = {
    "Publish": ["TopicArn"], "Decrypt": ["CiphertextBlob"], "ReEncrypt": ["CiphertextBlob"],
    "RetireGrant": ["KeyId", "GrantId"],
}

# Names that mean something else in one service.
OWN = {"s3control": {"ResourceArn": "arn:aws:s3:::kept"}}


class Inputs:
    """The least that an operation's model asks for, about things that are there."""

    def __init__(self, known):
        self.known = known

    def for_operation(self, operation, shape, service=None):
        own = Inputs({**self.known, **OWN.get(service, {})})
        further = {name: self.known[name] for name in FURTHER.get(operation, [])}
        return {**own.of(shape), **further}

    def of(self, shape, name="", depth=0):
        if name in self.known:
            return self.known[name]
        kind = shape.type_name
        if kind == "structure":
            members = shape.required_members if depth < 6 else []
            return {member: self.of(shape.members[member], member, depth + 1) for member in members}
        if kind == "list":
            return [self.of(shape.member, name.rstrip("s"), depth + 1)]
        if kind == "map":
            return {"a": self.of(shape.value, "", depth + 1)}
        if kind in ("integer", "long"):
            return max(1, shape.metadata.get("min", 1))
        if kind == "boolean":
            return True
        if kind == "blob":
            return b"bytes"
        if kind == "timestamp":
            return 1_900_000_000
        if shape.enum:
            return shape.enum[0]
        return "x" * min(max(8, shape.metadata.get("min", 0)), shape.metadata.get("max", 8 ** 8))


@pytest.fixture(scope="module")
def house():
    """A server with one of each thing, and a user who may do nothing."""
    with Server() as server:
        aws = Aws(server)
        aws.client("s3").create_bucket(Bucket="kept")
        etag = aws.client("s3").put_object(Bucket="kept", Key="a", Body=b"x")["ETag"]
        upload = aws.client("s3").create_multipart_upload(Bucket="kept", Key="m")["UploadId"]
        aws.client("s3control").create_access_point(AccountId="000000000000", Name="kept", Bucket="kept")
        queue = aws.client("sqs").create_queue(QueueName="kept")["QueueUrl"]
        topic = aws.client("sns").create_topic(Name="kept")["TopicArn"]
        arn = "arn:aws:sqs:us-east-1:000000000000:kept"
        subscription = aws.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)["SubscriptionArn"]
        application = aws.client("sns").create_platform_application(
            Name="kept", Platform="ADM", Attributes={"PlatformCredential": "x", "PlatformPrincipal": "x"})["PlatformApplicationArn"]
        device = aws.client("sns").create_platform_endpoint(PlatformApplicationArn=application, Token="kept")["EndpointArn"]
        iam = aws.client("iam")
        nobody = User(aws, iam, "nobody")
        trust = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"000000000000"},' \
                '"Action":"sts:AssumeRole"}]}'
        iam.create_user(UserName="kept")
        iam.create_group(GroupName="kept")
        role = iam.create_role(RoleName="kept", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        key = aws.client("kms").create_key()["KeyMetadata"]["KeyId"]
        aws.client("kms").create_alias(AliasName="alias/kept", TargetKeyId=key)
        grant = aws.client("kms").create_grant(KeyId=key, GranteePrincipal="arn:aws:iam::000000000000:user/kept",
                                               Operations=["Decrypt"])["GrantId"]
        sealed = aws.client("kms").encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]
        handle = base64.b64encode(json.dumps({"taskId": "x" * 36, "sourceArn": arn}).encode()).decode()
        known = {
            "AccountId": "000000000000", "Bucket": "kept", "Key": "a", "CopySource": "kept/a", "UploadId": upload, "PartNumber": 1, "ETag": etag,
            "QueueUrl": queue, "QueueName": "kept", "SourceArn": arn, "TopicArn": topic, "ResourceArn": topic,
            "PlatformApplicationArn": application, "EndpointArn": device, "Platform": "ADM", "PhoneNumber": "+15551234567",
            "phoneNumber": "+15551234567", "OneTimePassword": "123456",
            "SubscriptionArn": subscription, "Endpoint": arn, "Protocol": "sqs", "Name": "kept",
            "UserName": "kept", "GroupName": "kept", "RoleName": "kept", "RoleArn": role, "RoleSessionName": "session",
            "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess",
            "PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess",
            "TargetPrincipal": "111122223333",
            "TaskPolicyArn": {"arn": "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"},
            "KeyId": key, "AliasName": "alias/kept", "TargetKeyId": key, "DestinationKeyId": key, "GrantId": grant,
            "CiphertextBlob": sealed, "TaskHandle": handle,
            "Attributes": {"VisibilityTimeout": "30"}, "AssumeRolePolicyDocument": trust, "PolicyDocument": trust,
        }
        yield server, aws, nobody, Inputs(known)


def batches(server):
    """The numbers of the last batch of each cell: they rise with everything that is written. When keys were used is
    stored every minute, whatever is asked for: that is not counted."""
    status = server.admin("status")
    uses = int(re.search(r"^iam-key-use +\d+ +(\d+) ", status, re.M)[1])
    cells = re.findall(r"^(\S+/\d+) +(\d+) ", status, re.M)
    return {cell: int(last) - (uses if cell.startswith("global/") else 0) for cell, last in cells}


def call(client, operation, inputs):
    """The refusal's code and status; `None` for an answer."""
    shape = client.meta.service_model.operation_model(operation).input_shape
    parameters = inputs.for_operation(operation, shape, client.meta.service_model.service_name) if shape else {}
    try:
        answer = client._make_api_call(operation, parameters)
    except ClientError as error:
        answer = error.response
        code = answer["Error"]["Code"]
        status = answer["ResponseMetadata"]["HTTPStatusCode"]
        if code.isdigit():  # a HEAD has no body
            code = {"403": "AccessDenied"}.get(code, code)
        return code, status
    if operation == "DeleteObjects":  # it answers for each key
        return answer["Errors"][0]["Code"], 403
    return None


CLIENTS = {
    "unsigned": {"anonymous": True},
    "unknown": {"key": "AKIAQI52OJVCPZXFYAOI", "secret": "x"},
    "wrong": {"secret": "wrong"},
    "foreign token": {"key": "ASIAQI52OJVCPZXFYAOI", "secret": "x", "token": "bm90IG9uZSBvZiBvdXJz"},
    "tampered token": {},
}


def tampered(aws, role):
    """Temporary credentials that were good until one letter of their token was changed."""
    user = User(aws, aws.client("iam"), f"caller-{next(COUNT)}")
    user.may(allow("sts:AssumeRole"))
    made = user.client("sts").assume_role(RoleArn=role, RoleSessionName="session")["Credentials"]
    signs = {"key": made["AccessKeyId"], "secret": made["SecretAccessKey"], "token": made["SessionToken"]}
    assert "kept" in aws.client("sts", **signs).get_caller_identity()["Arn"]
    at = len(signs["token"]) // 2
    letter = "A" if signs["token"][at] != "A" else "B"
    return {**signs, "token": signs["token"][:at] + letter + signs["token"][at + 1:]}


@pytest.mark.parametrize("who", CLIENTS)
@pytest.mark.parametrize("service", sorted(PROTOCOLS))
def test_strangers_are_refused(house, service, who):
    server, aws, _, inputs = house
    signs = CLIENTS[who] or tampered(aws, inputs.known["RoleArn"])
    client = aws.client(service, parameter_validation=False, **signs)
    expected = REFUSALS[PROTOCOLS[service]][who.split()[-1]]
    before = batches(server)
    wrong = {}
    for its_service, operation, _ in OPERATIONS:
        # Clients do not sign those two, whatever keys they have.
        if its_service != service or (service, operation) in UNSIGNED:
            continue
        seen = call(client, operation, inputs)
        # A link shows a token in place of a signature, and is told what is wrong with that.
        if (who, operation) == ("unsigned", "ConfirmSubscription") and seen == ("InvalidParameter", 400):
            continue
        # A HEAD has no body that could say which refusal it is.
        if seen != expected and not (operation.startswith("Head") and seen and seen[1] == expected[1]):
            wrong[operation] = seen
    assert not wrong, f"expected {expected}"
    assert batches(server) == before, "something was written"


@pytest.mark.parametrize("service", sorted(PROTOCOLS))
def test_a_user_without_permissions_is_refused(house, service):
    server, _, nobody, inputs = house
    before = batches(server)
    client = nobody.client(service, parameter_validation=False)
    wrong = {}
    for its_service, operation, actions in OPERATIONS:
        if its_service != service or not actions or (service, operation) in UNSIGNED:
            continue
        seen = call(client, operation, inputs)
        if seen is None or seen[0] not in DENIED or seen[1] not in (400, 403):
            wrong[operation] = seen
    assert not wrong
    assert batches(server) == before, "something was written"
