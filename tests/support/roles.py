"""IAM roles, and the sessions that STS makes of them."""

import datetime

from answers import Now, Text
from identities import document

ROOT_OF = "arn:aws:iam::{}:root"


def trust(principal, *actions, **condition):
    """A statement of a trust policy."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": list(actions) or "sts:AssumeRole"}
    return {**statement, "Condition": condition} if condition else statement


class Role:
    """A role, and clients that act in its sessions."""

    def __init__(self, aws, iam, name, *statements, **given):
        self.aws, self.iam, self.name = aws, iam, name
        trusted = statements or [trust({"AWS": "*"})]
        self.record = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(*trusted), **given)["Role"]
        self.arn, self.id = self.record["Arn"], self.record["RoleId"]

    def may(self, *statements, policy="inline"):
        """Puts an inline policy."""
        self.iam.put_role_policy(RoleName=self.name, PolicyName=policy, PolicyDocument=document(*statements))

    def assume(self, sts, session="session", **given):
        """The whole answer of AssumeRole."""
        return sts.assume_role(RoleArn=self.arn, RoleSessionName=session, **given)

    def session(self, sts, session="session", **given):
        """Makes clients that act in a new session."""
        return Session(self.aws, self.assume(sts, session, **given)["Credentials"])


class Session:
    """Temporary credentials, and clients that sign with them."""

    def __init__(self, aws, credentials):
        self.aws, self.credentials = aws, credentials

    def client(self, service, **options):
        made = self.credentials
        return self.aws.client(service, key=made["AccessKeyId"], secret=made["SecretAccessKey"],
                               token=made["SessionToken"], **options)


class In(Now):
    """A time that many seconds from now (within two minutes)."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __eq__(self, other):
        return super().__eq__(other - datetime.timedelta(seconds=self.seconds))

    def __repr__(self):
        return f"<in {self.seconds} s>"


def credentials(seconds):
    """Temporary credentials as answers have them."""
    return {"AccessKeyId": Text("ASIA[A-Z2-7]{16}"), "SecretAccessKey": Text("[A-Za-z0-9+/]{40}"),
            "SessionToken": Text("[A-Za-z0-9+/=]+"), "Expiration": In(seconds)}


def sizes(answer):
    """What an answer says of its token, as it must be."""
    size = len(answer["Credentials"]["SessionToken"])
    return {"SessionTokenSize": size, "SessionTokenUtilization": min(100, -(-size * 100 // 4096))}
