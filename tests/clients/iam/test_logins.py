"""Login profiles and passwords. No answer and no file has a password's text."""

import pytest
from answers import Now, refused, same
from identities import User, allow, deny

GOOD, OTHER = "Correct-horse-1", "Battery-staple-2"
WRONG_OLD = (403, "AccessDenied", "The old password was incorrect.")


def profile(name, must_reset=False):
    return {"LoginProfile": {"UserName": name, "CreateDate": Now(), "PasswordResetRequired": must_reset}}


def absent(name):
    return refused(404, "NoSuchEntity", f"Login Profile for User {name} cannot be found.", Type="Sender")


def violation(message):
    return refused(400, "PasswordPolicyViolation", message, Type="Sender")


@pytest.fixture
def own(own_server, own_aws):
    """The root's client of a server of the test's own, and a user."""
    iam = own_aws.client("iam")
    return iam, User(own_aws, iam, "ann")


def test_made_shown_changed_and_deleted(iam, user):
    someone = user().name
    for call in (iam.get_login_profile, iam.delete_login_profile, iam.update_login_profile):
        with absent(someone):
            call(UserName=someone)
    same(iam.create_login_profile(UserName=someone, Password=GOOD), 200, profile(someone), {"content-type": "text/xml"})
    with refused(409, "EntityAlreadyExists", f"Login Profile for user {someone} already exists.", Type="Sender"):
        iam.create_login_profile(UserName=someone, Password=GOOD)
    same(iam.get_login_profile(UserName=someone.upper()), 200, profile(someone))
    same(iam.update_login_profile(UserName=someone, PasswordResetRequired=True), 200)
    same(iam.get_login_profile(UserName=someone), 200, profile(someone, True))
    same(iam.delete_login_profile(UserName=someone), 200)
    with absent(someone):
        iam.get_login_profile(UserName=someone)
    with refused(404, "NoSuchEntity", "The user with name nobody cannot be found.", Type="Sender"):
        iam.create_login_profile(UserName="nobody", Password=GOOD)


def test_users_with_a_password_stay(iam, user, name):
    someone, other = user().name, name("renamed")
    iam.create_login_profile(UserName=someone, Password=GOOD, PasswordResetRequired=True)
    for key in iam.list_access_keys(UserName=someone)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=someone, AccessKeyId=key["AccessKeyId"])
    with refused(409, "DeleteConflict", "Cannot delete entity, must delete login profile first.", Type="Sender"):
        iam.delete_user(UserName=someone)
    iam.update_user(UserName=someone, NewUserName=other)
    same(iam.get_login_profile(UserName=other), 200, profile(other, True))
    # Who gets the name next has nothing of what was under it.
    iam.create_user(UserName=someone)
    with absent(someone):
        iam.get_login_profile(UserName=someone)
    iam.delete_login_profile(UserName=other)
    same(iam.delete_user(UserName=other), 200)


def test_without_a_policy_three_classes_of_eight(iam, user):
    someone = user().name
    for password, message in [
        ("Abc-123", "Password should have a minimum length of 8"),
        ("abcdefg1", "Password should include a minimum of three of the following mix of character types: uppercase, "
                     "lowercase, numbers, and non-alphanumeric characters"),
    ]:
        with violation(message):
            iam.create_login_profile(UserName=someone, Password=password)
    same(iam.create_login_profile(UserName=someone, Password="Abcdefg1"), 200, profile(someone))


def test_the_policy_is_kept_to(own):
    iam, ann = own
    iam.update_account_password_policy(MinimumPasswordLength=12, RequireSymbols=True, RequireNumbers=True,
                                       RequireUppercaseCharacters=True, RequireLowercaseCharacters=True)
    iam.create_login_profile(UserName="ann", Password=GOOD)
    for password, missing in [
        ("Short-1", "a minimum length of 12"),
        ("correct-horse-1", "at least one uppercase letter"),
        ("CORRECT-HORSE-1", "at least one lowercase letter"),
        ("CorrectHorse1", "at least one symbol"),
        ("Correct-horse", "at least one number"),
    ]:
        with violation(f"Password should have {missing}"):
            iam.update_login_profile(UserName="ann", Password=password)
    same(iam.update_login_profile(UserName="ann", Password=OTHER), 200)


def test_changed_by_the_user(own, own_server):
    iam, ann = own
    mine = ann.client("iam")
    with refused(400, "InvalidUserType", "Only IAM Users can change their own password", Type="Sender"):
        iam.change_password(OldPassword=GOOD, NewPassword=OTHER)
    with pytest.raises(mine.exceptions.ClientError, match="iam:ChangePassword on resource: user ann because"):
        mine.change_password(OldPassword=GOOD, NewPassword=OTHER)
    # The account's policy lets users change their own, and read the policy.
    iam.update_account_password_policy(AllowUsersToChangePassword=True, PasswordReusePrevention=2)
    with absent("ann"):
        mine.change_password(OldPassword=GOOD, NewPassword=OTHER)
    iam.create_login_profile(UserName="ann", Password=GOOD, PasswordResetRequired=True)
    assert mine.get_account_password_policy()["PasswordPolicy"]["PasswordReusePrevention"] == 2
    with refused(*WRONG_OLD, Type="Sender"):
        mine.change_password(OldPassword=OTHER, NewPassword=GOOD)
    with violation("Password should have a minimum length of 6"):
        mine.change_password(OldPassword=GOOD, NewPassword="abcde")
    same(mine.change_password(OldPassword=GOOD, NewPassword=OTHER), 200)
    same(iam.get_login_profile(UserName="ann"), 200, profile("ann"))
    for again in (GOOD, OTHER):
        with violation("Policy constraint violation with password reuse prevention during password change."):
            mine.change_password(OldPassword=OTHER, NewPassword=again)
    same(mine.change_password(OldPassword=OTHER, NewPassword="third-one"), 200)
    same(mine.change_password(OldPassword="third-one", NewPassword=GOOD), 200)
    # A policy that denies wins.
    ann.may(deny("iam:ChangePassword"))
    with pytest.raises(mine.exceptions.ClientError, match="explicit deny"):
        mine.change_password(OldPassword=GOOD, NewPassword=OTHER)
    # It is over with the next start, and no text of a password is on the disk.
    own_server.stop()
    for file in own_server.data.rglob("*"):
        if file.is_file():
            assert not any(text.encode() in file.read_bytes() for text in (GOOD, OTHER, "third-one")), file
    own_server.start()
    ann.may(allow("iam:ChangePassword", ann.arn))
    same(mine.change_password(OldPassword=GOOD, NewPassword=OTHER), 200)


def test_last_login_is_not_made_up(iam, user):
    someone = user().name
    iam.create_login_profile(UserName=someone, Password=GOOD)
    assert "PasswordLastUsed" not in iam.get_user(UserName=someone)["User"]
