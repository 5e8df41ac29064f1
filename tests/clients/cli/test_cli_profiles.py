"""Roles with the AWS CLI, as its users have them in ~/.aws/config."""

import json
import os
import pathlib
import subprocess
import sys

import pytest
from aws import ACCOUNT
from identities import allow, document
from roles import Role, trust

AWS = str(pathlib.Path(sys.executable).parent / "aws")


@pytest.fixture
def cli(server, tmp_path):
    """Runs `aws WORDS` in a home of its own; `config` is its ~/.aws/config."""
    home = tmp_path / "home"
    (home / ".aws").mkdir(parents=True)

    def run(*words, config="", fails=False, **environment):
        (home / ".aws" / "config").write_text(config)
        settings = {"PATH": os.environ["PATH"], "HOME": str(home), "AWS_ENDPOINT_URL": server.endpoint,
                    "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true", "LC_ALL": "C.UTF-8"}
        done = subprocess.run([AWS, *words], capture_output=True, env=settings | environment, cwd=tmp_path, timeout=120)
        assert (done.returncode != 0) == fails, done.stderr.decode()
        return done.stderr.decode() if fails else done.stdout.decode()

    return run


def variables(credentials):
    """The credentials of an answer as the CLI reads them."""
    return {"AWS_ACCESS_KEY_ID": credentials["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": credentials["SecretAccessKey"],
            "AWS_SESSION_TOKEN": credentials["SessionToken"]}


def test_a_role_limited_by_policy_boundary_and_session_policy(cli, aws, iam, user, s3, name):
    """`aws sts assume-role`, then `aws s3 ls`: what all three allow, and nothing else."""
    ann, buckets = user(), {way: name(way) for way in ("all", "role", "boundary", "session")}
    for bucket in buckets.values():
        s3.create_bucket(Bucket=bucket)
        s3.put_object(Bucket=bucket, Key="file", Body=b"1")

    def reads(*ways):
        return document(allow("s3:ListBucket", [f"arn:aws:s3:::{buckets[way]}" for way in ways]))

    boundary = iam.create_policy(PolicyName=name("b"), PolicyDocument=reads("all", "role", "session"))["Policy"]["Arn"]
    role = Role(aws, iam, name("role"), trust({"AWS": ann.arn}), PermissionsBoundary=boundary)
    iam.put_role_policy(RoleName=role.name, PolicyName="p", PolicyDocument=reads("all", "boundary", "session"))
    made = json.loads(cli("sts", "assume-role", "--role-arn", role.arn, "--role-session-name", "cli",
                          "--policy", reads("all", "role", "boundary"),
                          AWS_ACCESS_KEY_ID=ann.key, AWS_SECRET_ACCESS_KEY=ann.secret))
    session = variables(made["Credentials"])
    assert cli("s3", "ls", f"s3://{buckets['all']}", **session).split()[2:] == ["1", "file"]
    # Each of the others lacks what its name says.
    for way, why in (("role", "no identity-based policy"), ("boundary", "no permissions boundary"),
                     ("session", "no session policy")):
        said = cli("s3", "ls", f"s3://{buckets[way]}", fails=True, **session)
        assert "AccessDenied" in said and f"because {why} allows the s3:ListBucket action" in said


def test_a_profile_with_a_role_and_an_external_id(cli, aws, iam, user, name):
    ann = user()
    role = Role(aws, iam, name("role"), trust({"AWS": ann.arn}, StringEquals={"sts:ExternalId": "77"}))
    config = f"""
[profile ann]
aws_access_key_id = {ann.key}
aws_secret_access_key = {ann.secret}
[profile deploy]
role_arn = {role.arn}
source_profile = ann
role_session_name = from-cli
external_id = 77
[profile stranger]
role_arn = {role.arn}
source_profile = ann
external_id = 78
"""
    who = json.loads(cli("sts", "get-caller-identity", "--profile", "deploy", config=config))
    assert who == {"UserId": f"{role.id}:from-cli", "Account": ACCOUNT,
                   "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{role.name}/from-cli"}
    said = cli("sts", "get-caller-identity", "--profile", "stranger", config=config, fails=True)
    assert f"User: {ann.arn} is not authorized to perform: sts:AssumeRole on resource: {role.arn}" in said


def test_a_chain_of_profiles(cli, aws, iam, user, name):
    ann = user()
    first = Role(aws, iam, name("role"), trust({"AWS": ann.arn}))
    first.may(allow("sts:AssumeRole"))
    second = Role(aws, iam, name("role"), trust({"AWS": first.arn}))
    config = f"""
[profile ann]
aws_access_key_id = {ann.key}
aws_secret_access_key = {ann.secret}
[profile first]
role_arn = {first.arn}
source_profile = ann
[profile second]
role_arn = {second.arn}
source_profile = first
role_session_name = end
"""
    who = json.loads(cli("sts", "get-caller-identity", "--profile", "second", config=config))
    assert who["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/{second.name}/end"
