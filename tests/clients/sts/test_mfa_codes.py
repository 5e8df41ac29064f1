"""Codes of MFA devices that requests to STS show."""

import os
import pathlib
import subprocess
import sys

import pytest
from answers import refused, same
from aws import ACCOUNT
from identities import allow, document
from roles import Role, Session, credentials, sizes, trust
from totp import code

PRESENT = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
WRONG = "MultiFactorAuthentication failed with invalid MFA one time pass code. "
AWS = str(pathlib.Path(sys.executable).parent / "aws")


class Device:
    """A device that a user has enabled. Each code works once."""

    def __init__(self, iam, name, user):
        made = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
        self.serial, self.seed = made["SerialNumber"], made["Base32StringSeed"]
        iam.enable_mfa_device(UserName=user.name, SerialNumber=self.serial, AuthenticationCode1=code(self.seed, -2),
                              AuthenticationCode2=code(self.seed, -1))
        self.step = -1

    def code(self):
        """The next one: those of the present step and of one ahead are taken."""
        self.step += 1
        return code(self.seed, self.step)

    def shown(self):
        return {"SerialNumber": self.serial, "TokenCode": self.code()}


@pytest.fixture
def ann(user):
    return user()


@pytest.fixture
def device(iam, name, ann):
    return Device(iam, name("mfa"), ann)


@pytest.fixture
def role(aws, iam, name, ann):
    """Only those may assume it who show a code."""
    return Role(aws, iam, name("role"), trust({"AWS": ann.arn}, Bool={"aws:MultiFactorAuthPresent": "true"}))


def test_a_role_that_wants_a_code(aws, ann, device, role):
    sts = ann.client("sts")
    with refused(403, "AccessDenied",
                 f"User: {ann.arn} is not authorized to perform: sts:AssumeRole on resource: {role.arn}", Type="Sender"):
        role.assume(sts)
    shown = device.shown()
    answer = role.assume(sts, **shown)
    arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/{role.name}/session"
    same(answer, 200, {"Credentials": credentials(3600), "AssumedRoleUser": {"AssumedRoleId": f"{role.id}:session", "Arn": arn},
                       **sizes(answer)}, {"content-type": "text/xml"})
    with refused(403, "AccessDenied", WRONG, Type="Sender"):
        role.assume(sts, **shown)
    with refused(403, "AccessDenied", WRONG, Type="Sender"):
        role.assume(sts, SerialNumber=device.serial, TokenCode=code(device.seed, -100))
    with refused(403, "AccessDenied", "MultiFactorAuthentication failed, must provide both MFA serial number and one time "
                 "pass code.", Type="Sender"):
        role.assume(sts, SerialNumber=device.serial)


def test_the_session_itself_has_none(aws, iam, ann, device, role, queue):
    """"temporary security credentials returned by AssumeRole ... do not include MFA information in the context"."""
    role.may(allow("sqs:*", Condition=PRESENT))
    session = role.session(ann.client("sts"), **device.shown()).client("sqs")
    with pytest.raises(session.exceptions.ClientError, match="AccessDenied"):
        session.get_queue_attributes(QueueUrl=queue)
    role.may(allow("sqs:*"))
    session.get_queue_attributes(QueueUrl=queue)


def test_how_long_ago(aws, iam, ann, device, role):
    """The age counts from the code: none at AssumeRole itself."""
    iam.update_assume_role_policy(RoleName=role.name, PolicyDocument=document(
        trust({"AWS": ann.arn}, NumericLessThan={"aws:MultiFactorAuthAge": "1"})))
    role.assume(ann.client("sts"), **device.shown())


def test_a_session_of_a_user_with_a_code_may_assume_it(aws, ann, device, role, iam):
    session = Session(aws, ann.client("sts").get_session_token(**device.shown())["Credentials"])
    role.assume(session.client("sts"))
    ann.may(allow("iam:GetUser"))
    assert session.client("iam").get_user()["User"]["UserName"] == ann.name


def test_a_device_of_another(aws, iam, name, user, ann, role):
    other = Device(iam, name("mfa"), user())
    with refused(403, "AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your "
                 "MFA serial number is valid and associated with this user.", Type="Sender"):
        role.assume(ann.client("sts"), **other.shown())


def test_a_profile_of_the_cli(server, tmp_path, ann, device, role):
    """The CLI asks for the code and keeps the session."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text(f"""
[profile ann]
aws_access_key_id = {ann.key}
aws_secret_access_key = {ann.secret}
[profile safe]
role_arn = {role.arn}
source_profile = ann
mfa_serial = {device.serial}
role_session_name = from-cli
""")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "AWS_ENDPOINT_URL": server.endpoint,
                   "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true", "LC_ALL": "C.UTF-8"}

    def whoami(given):
        return subprocess.run([AWS, "sts", "get-caller-identity", "--query", "Arn", "--output", "text", "--profile", "safe"],
                              input=given, capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=120,
                              start_new_session=True)

    arn = f"arn:aws:sts::{ACCOUNT}:assumed-role/{role.name}/from-cli"
    wrong = whoami("000000\n") if code(device.seed) != "000000" else whoami("111111\n")
    assert wrong.returncode != 0 and "invalid MFA one time pass code" in wrong.stderr
    right = whoami(device.code() + "\n")
    assert right.returncode == 0 and right.stdout.strip() == arn, right.stderr
    again = whoami("")
    assert again.returncode == 0 and again.stdout.strip() == arn, again.stderr


def test_codes_are_not_guessed(ann, device):
    """After some wrong ones not even the right one is taken, for a while."""
    sts = ann.client("sts")
    for _ in range(10):
        with refused(403, "AccessDenied", WRONG, Type="Sender"):
            sts.get_session_token(SerialNumber=device.serial, TokenCode="000000")
    with refused(403, "AccessDenied", WRONG, Type="Sender"):
        sts.get_session_token(**device.shown())
