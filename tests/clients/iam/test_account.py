"""What an account sets for itself: alias, password policy; and when keys were used."""

import re
import time

import pytest
from answers import Now, refused, same
from aws import Aws
from identities import User
from server import Server


@pytest.fixture(scope="module")
def own():
    """A server whose accounts nobody else changes."""
    with Server(args=["--auth", "relaxed"]) as server:
        yield Aws(server)


@pytest.fixture
def root(own):
    """Root clients of IAM, by account."""
    return lambda account="111122223333": own.client("iam", key=account, parameter_validation=False)


def test_one_alias_that_nobody_else_has(root):
    iam, other = root(), root("444455556666")
    same(iam.list_account_aliases(), 200, {"AccountAliases": [], "IsTruncated": False})
    same(iam.create_account_alias(AccountAlias="first-one"), 200, headers={"content-type": "text/xml"})
    same(iam.create_account_alias(AccountAlias="first-one"), 200)
    with refused(409, "EntityAlreadyExists", "The account alias first-one already exists.", Type="Sender"):
        other.create_account_alias(AccountAlias="first-one")
    same(iam.create_account_alias(AccountAlias="second"), 200)
    same(iam.list_account_aliases(), 200, {"AccountAliases": ["second"], "IsTruncated": False})
    same(other.create_account_alias(AccountAlias="first-one"), 200)
    with refused(404, "NoSuchEntity", "The account alias first-one cannot be found.", Type="Sender"):
        iam.delete_account_alias(AccountAlias="first-one")
    same(iam.delete_account_alias(AccountAlias="second"), 200)
    same(iam.list_account_aliases(), 200, {"AccountAliases": [], "IsTruncated": False})
    same(other.list_account_aliases(), 200, {"AccountAliases": ["first-one"], "IsTruncated": False})


@pytest.mark.parametrize("alias", ["-ab", "ab-", "a--b", "Abc", "a_b", "a.b"])
def test_what_is_no_alias(root, alias):
    with refused(400, "ValidationError", f"1 validation error detected: Value '{alias}' at 'accountAlias' failed to "
                 "satisfy constraint: Member must satisfy regular expression pattern: "
                 "^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", Type="Sender"):
        root().create_account_alias(AccountAlias=alias)


def test_the_password_policy_and_its_defaults(root):
    iam = root("777788889999")
    with refused(404, "NoSuchEntity", "The Password Policy with domain name 777788889999 cannot be found.",
                 Type="Sender"):
        iam.get_account_password_policy()
    with refused(404, "NoSuchEntity", "The account policy with name PasswordPolicy cannot be found.", Type="Sender"):
        iam.delete_account_password_policy()
    same(iam.update_account_password_policy(), 200)
    plain = {"MinimumPasswordLength": 6, "RequireSymbols": False, "RequireNumbers": False,
             "RequireUppercaseCharacters": False, "RequireLowercaseCharacters": False,
             "AllowUsersToChangePassword": False, "ExpirePasswords": False}
    same(iam.get_account_password_policy(), 200, {"PasswordPolicy": plain})
    given = {"MinimumPasswordLength": 10, "RequireSymbols": True, "RequireNumbers": True,
             "RequireUppercaseCharacters": True, "RequireLowercaseCharacters": True,
             "AllowUsersToChangePassword": True, "MaxPasswordAge": 90, "PasswordReusePrevention": 5,
             "HardExpiry": True}
    same(iam.update_account_password_policy(**given), 200)
    same(iam.get_account_password_policy(), 200, {"PasswordPolicy": {**given, "ExpirePasswords": True}})
    # Nothing is kept of what is not named.
    same(iam.update_account_password_policy(MinimumPasswordLength=7), 200)
    same(iam.get_account_password_policy(), 200, {"PasswordPolicy": {**plain, "MinimumPasswordLength": 7}})
    same(iam.delete_account_password_policy(), 200)
    with refused(400, "ValidationError", "3 validation errors detected: Value '5' at 'minimumPasswordLength' failed "
                 "to satisfy constraint: Member must have value greater than or equal to 6; Value '1096' at "
                 "'maxPasswordAge' failed to satisfy constraint: Member must have value less than or equal to 1095; "
                 "Value '25' at 'passwordReusePrevention' failed to satisfy constraint: Member must have value less "
                 "than or equal to 24", Type="Sender"):
        iam.update_account_password_policy(MinimumPasswordLength=5, MaxPasswordAge=1096, PasswordReusePrevention=25)


def test_token_preferences(root):
    same(root().set_security_token_service_preferences(GlobalEndpointTokenVersion="v2Token"), 200)
    with refused(400, "ValidationError", "1 validation error detected: Value 'v3' at 'globalEndpointTokenVersion' "
                 "failed to satisfy constraint: Member must satisfy enum value set: [v1Token, v2Token]", Type="Sender"):
        root().set_security_token_service_preferences(GlobalEndpointTokenVersion="v3")


def test_users_need_rights(user):
    someone = user().client("iam")
    for call, action in [
        (lambda: someone.create_account_alias(AccountAlias="abc"), "CreateAccountAlias"),
        (lambda: someone.delete_account_alias(AccountAlias="abc"), "DeleteAccountAlias"),
        (someone.list_account_aliases, "ListAccountAliases"),
        (someone.update_account_password_policy, "UpdateAccountPasswordPolicy"),
        (someone.get_account_password_policy, "GetAccountPasswordPolicy"),
        (someone.delete_account_password_policy, "DeleteAccountPasswordPolicy"),
    ]:
        with pytest.raises(someone.exceptions.ClientError, match=f"not authorized to perform: iam:{action} on res"):
            call()


def test_when_a_key_was_used(aws, iam, user):
    someone = user()
    never = {"UserName": someone.name, "AccessKeyLastUsed": {"ServiceName": "N/A", "Region": "N/A"}}
    same(iam.get_access_key_last_used(AccessKeyId=someone.key), 200, never)
    # A signature that is wrong is no use of the key.
    with pytest.raises(Exception, match="SignatureDoesNotMatch"):
        aws.client("sts", key=someone.key, secret="wrong").get_caller_identity()
    same(iam.get_access_key_last_used(AccessKeyId=someone.key), 200, never)
    someone.client("sts", region="eu-west-1").get_caller_identity()

    def used(service, region):
        return {"UserName": someone.name,
                "AccessKeyLastUsed": {"LastUsedDate": Now(), "ServiceName": service, "Region": region}}
    same(iam.get_access_key_last_used(AccessKeyId=someone.key), 200, used("sts", "eu-west-1"))
    with pytest.raises(Exception, match="AccessDenied"):
        someone.client("s3", region="ap-south-1").list_buckets()
    same(iam.get_access_key_last_used(AccessKeyId=someone.key), 200, used("s3", "ap-south-1"))


@pytest.mark.parametrize("key", ["AKIAIOSFODNN7EXAMPLE", "AKIAQI52OJVCPZXFYAOI"])
def test_keys_of_others(iam, key):
    with refused(403, "AccessDenied", "User: arn:aws:iam::000000000000:root is not authorized to perform: "
                 f"iam:GetAccessKeyLastUsed on resource: access key {key}", Type="Sender"):
        iam.get_access_key_last_used(AccessKeyId=key)


def test_the_last_use_is_stored_every_minute(own_server, own_aws):
    someone = User(own_aws, own_aws.client("iam"), "ann")
    someone.client("sts").get_caller_identity()
    own_server.forward(61)
    deadline = time.monotonic() + 30
    while not re.search(r"^iam-key-use +[1-9]\d* +[1-9]", own_server.admin("status"), re.MULTILINE):
        assert time.monotonic() < deadline, own_server.admin("status")
    own_server.kill()
    own_server.start()
    same(own_aws.client("iam").get_access_key_last_used(AccessKeyId=someone.key), 200, {
        "UserName": "ann",
        "AccessKeyLastUsed": {"LastUsedDate": Now(), "ServiceName": "sts", "Region": "us-east-1"}})


@pytest.mark.parametrize("call", [
    "disable_organizations_root_credentials_management", "disable_organizations_root_sessions",
    "enable_organizations_root_credentials_management", "enable_organizations_root_sessions",
    "list_organizations_features",
])
def test_no_account_is_in_an_organization(root, call):
    with refused(400, "OrganizationNotFoundException",
                 "The request was rejected because no organization is associated with your account.", Type="Sender"):
        getattr(root(), call)()
