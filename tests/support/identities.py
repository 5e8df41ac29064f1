"""IAM users with keys, and their policies."""

import json
import re


def document(*statements):
    """A policy of these statements."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action, resource="*", **more):
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


class User:
    """An IAM user with a key, and clients that sign with it."""

    def __init__(self, aws, iam, name, **given):
        self.aws, self.iam, self.name = aws, iam, name
        self.record = iam.create_user(UserName=name, **given)["User"]
        self.arn = self.record["Arn"]
        made = iam.create_access_key(UserName=name)["AccessKey"]
        self.key, self.secret = made["AccessKeyId"], made["SecretAccessKey"]

    def client(self, service, **options):
        return self.aws.client(service, key=self.key, secret=self.secret, **options)

    def may(self, *statements, policy="inline"):
        """Puts an inline policy."""
        self.iam.put_user_policy(UserName=self.name, PolicyName=policy, PolicyDocument=document(*statements))


class Root:
    """The root of another account, made by the operator, and clients that sign with its key."""

    def __init__(self, aws, server, account):
        self.aws, self.account, self.arn = aws, account, f"arn:aws:iam::{account}:root"
        printed = server.admin("account", "create", "--name", f"a{account}", "--id", account)
        self.key, self.secret = re.search(r"AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+)", printed).groups()

    def client(self, service, **options):
        return self.aws.client(service, key=self.key, secret=self.secret, **options)
