"""Groups, who is in them, and their policies."""

import json

import pytest
from answers import Now, Text, refused, same
from aws import ACCOUNT

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
POLICY = json.dumps({"Version": "2012-10-17",
                     "Statement": [{"Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "*"}]})


@pytest.fixture(scope="module")
def iam(aws):
    return aws.client("iam")


@pytest.fixture
def group(iam, name):
    made = name("group")
    iam.create_group(GroupName=made)
    return made


@pytest.fixture
def user(iam, name):
    made = name("user")
    iam.create_user(UserName=made)
    return made


def a_group(name, path="/"):
    return {"Path": path, "GroupName": name, "GroupId": Text("AGPA[A-Z2-7]{17}"),
            "Arn": f"arn:aws:iam::{ACCOUNT}:group{path}{name}", "CreateDate": Now()}


def a_user(name, path="/"):
    return {"Path": path, "UserName": name, "UserId": Text("AIDA[A-Z2-7]{17}"),
            "Arn": f"arn:aws:iam::{ACCOUNT}:user{path}{name}", "CreateDate": Now()}


def absent(name):
    return refused(404, "NoSuchEntity", f"The group with name {name} cannot be found.", Type="Sender")


def test_made_shown_and_deleted(iam, name):
    made, path = name("Group"), "/division/team/"
    same(iam.create_group(GroupName=made, Path=path), 200, {"Group": a_group(made, path)}, {"content-type": "text/xml"})
    with refused(409, "EntityAlreadyExists", f"Group with name {made.lower()} already exists.", Type="Sender"):
        iam.create_group(GroupName=made.lower())
    same(iam.get_group(GroupName=made.upper()), 200,
         {"Group": a_group(made, path), "Users": [], "IsTruncated": False})
    same(iam.list_groups(PathPrefix="/division/"), 200, {"Groups": [a_group(made, path)], "IsTruncated": False})
    same(iam.list_groups(PathPrefix="/other/"), 200, {"Groups": [], "IsTruncated": False})
    same(iam.delete_group(GroupName=made), 200)
    for call in (iam.get_group, iam.delete_group, iam.update_group, iam.list_group_policies,
                 iam.list_attached_group_policies):
        with absent(made):
            call(GroupName=made)


def test_wrong_names_and_paths(iam):
    with refused(400, "ValidationError", "The specified value for groupName is invalid. It must contain only "
                 "alphanumeric characters and/or the following: +=,.@_-", Type="Sender"):
        iam.create_group(GroupName="a b")
    with refused(400, "ValidationError", "The specified value for path is invalid. It must begin and end with / and "
                 "contain only alphanumeric characters and/or / characters.", Type="Sender"):
        iam.create_group(GroupName="ab", Path="/a")


def test_members_in_pages(iam, name, group):
    users = sorted(name("member") for _ in range(5))
    for one in users:
        iam.create_user(UserName=one)
        same(iam.add_user_to_group(GroupName=group, UserName=one), 200)
    same(iam.add_user_to_group(GroupName=group, UserName=users[0]), 200)
    first = same(iam.get_group(GroupName=group, MaxItems=3), 200, {
        "Group": a_group(group), "Users": [a_user(one) for one in users[:3]], "IsTruncated": True,
        "Marker": Text(".+")})
    same(iam.get_group(GroupName=group, MaxItems=3, Marker=first["Marker"]), 200,
         {"Group": a_group(group), "Users": [a_user(one) for one in users[3:]], "IsTruncated": False})
    same(iam.list_groups_for_user(UserName=users[0]), 200, {"Groups": [a_group(group)], "IsTruncated": False})
    with refused(409, "DeleteConflict", "Cannot delete entity, must remove users from group first.", Type="Sender"):
        iam.delete_group(GroupName=group)
    with refused(409, "DeleteConflict", "Cannot delete entity, must remove users from group first.", Type="Sender"):
        iam.delete_user(UserName=users[0])
    for one in users:
        same(iam.remove_user_from_group(GroupName=group, UserName=one), 200)
        iam.delete_user(UserName=one)
    same(iam.delete_group(GroupName=group), 200)


def test_who_is_not_there(iam, name, group, user):
    same(iam.remove_user_from_group(GroupName=group, UserName=user), 200)
    for call in (iam.add_user_to_group, iam.remove_user_from_group):
        with absent("nobody"):
            call(GroupName="nobody", UserName=user)
        with refused(404, "NoSuchEntity", "The user with name nobody cannot be found.", Type="Sender"):
            call(GroupName=group, UserName="nobody")
    with refused(404, "NoSuchEntity", "The user with name nobody cannot be found.", Type="Sender"):
        iam.list_groups_for_user(UserName="nobody")


def test_ten_groups_for_one_user(iam, name, user):
    groups = [name("one-of-many") for _ in range(11)]
    for one in groups:
        iam.create_group(GroupName=one)
    for one in groups[:10]:
        iam.add_user_to_group(GroupName=one, UserName=user)
    with refused(409, "LimitExceeded", "Cannot exceed quota for GroupsPerUser: 10", Type="Sender"):
        iam.add_user_to_group(GroupName=groups[10], UserName=user)
    first = same(iam.list_groups_for_user(UserName=user, MaxItems=9), 200, {
        "Groups": [a_group(one) for one in sorted(groups[:10])[:9]], "IsTruncated": True, "Marker": Text(".+")})
    same(iam.list_groups_for_user(UserName=user, Marker=first["Marker"]), 200, {
        "Groups": [a_group(one) for one in sorted(groups[:10])[9:]], "IsTruncated": False})


def test_another_name(iam, name, group, user):
    iam.add_user_to_group(GroupName=group, UserName=user)
    iam.attach_group_policy(GroupName=group, PolicyArn=ADMIN)
    other, taken = name("Other"), name("taken")
    iam.create_group(GroupName=taken)
    with refused(409, "EntityAlreadyExists", f"Group with name {taken} already exists.", Type="Sender"):
        iam.update_group(GroupName=group, NewGroupName=taken)
    same(iam.update_group(GroupName=group, NewGroupName=other, NewPath="/moved/"), 200)
    with absent(group):
        iam.get_group(GroupName=group)
    same(iam.get_group(GroupName=other), 200,
         {"Group": a_group(other, "/moved/"), "Users": [a_user(user)], "IsTruncated": False})
    same(iam.list_groups_for_user(UserName=user), 200, {"Groups": [a_group(other, "/moved/")], "IsTruncated": False})
    same(iam.list_attached_group_policies(GroupName=other), 200, {
        "AttachedPolicies": [{"PolicyName": "AdministratorAccess", "PolicyArn": ADMIN}], "IsTruncated": False})


def test_inline_policies(iam, group):
    same(iam.put_group_policy(GroupName=group, PolicyName="p", PolicyDocument=POLICY), 200)
    same(iam.list_group_policies(GroupName=group), 200, {"PolicyNames": ["p"], "IsTruncated": False})
    same(iam.get_group_policy(GroupName=group, PolicyName="p"), 200,
         {"GroupName": group, "PolicyName": "p", "PolicyDocument": json.loads(POLICY)})
    with refused(409, "DeleteConflict", "Cannot delete entity, must delete policies first.", Type="Sender"):
        iam.delete_group(GroupName=group)
    long = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "arn:aws:sqs:us-east-1:1:" + "x" * 5120}]})
    with refused(409, "LimitExceeded", f"Maximum policy size of 5120 bytes exceeded for group {group}", Type="Sender"):
        iam.put_group_policy(GroupName=group, PolicyName="q", PolicyDocument=long)
    same(iam.delete_group_policy(GroupName=group, PolicyName="p"), 200)
    for call in (iam.get_group_policy, iam.delete_group_policy):
        with refused(404, "NoSuchEntity", "The group policy with name p cannot be found.", Type="Sender"):
            call(GroupName=group, PolicyName="p")
    with refused(400, "MalformedPolicyDocument", Text(".+"), Type="Sender"):
        iam.put_group_policy(GroupName=group, PolicyName="p", PolicyDocument="{")


def test_managed_policies(iam, group):
    same(iam.attach_group_policy(GroupName=group, PolicyArn=ADMIN), 200)
    with refused(409, "DeleteConflict", "Cannot delete entity, must detach all policies first.", Type="Sender"):
        iam.delete_group(GroupName=group)
    same(iam.detach_group_policy(GroupName=group, PolicyArn=ADMIN), 200)
    same(iam.list_attached_group_policies(GroupName=group), 200, {"AttachedPolicies": [], "IsTruncated": False})
    with refused(404, "NoSuchEntity", f"Policy {ADMIN} was not found.", Type="Sender"):
        iam.detach_group_policy(GroupName=group, PolicyArn=ADMIN)


def test_what_the_group_may_its_users_may(aws, iam, group, user):
    key = iam.create_access_key(UserName=user)["AccessKey"]
    mine = aws.client("sqs", key=key["AccessKeyId"], secret=key["SecretAccessKey"])
    denied = refused(403, "AccessDenied", Text(".*not authorized to perform: sqs:listqueues.*"), Type="Sender",
                     QueryErrorCode=Text(".*"))
    with denied:
        mine.list_queues()
    iam.put_group_policy(GroupName=group, PolicyName="p", PolicyDocument=POLICY)
    iam.add_user_to_group(GroupName=group, UserName=user)
    assert mine.list_queues()["ResponseMetadata"]["HTTPStatusCode"] == 200
    with refused(403, "AccessDenied", f"User: arn:aws:iam::{ACCOUNT}:user/{user} is not authorized to perform: "
                 f"iam:GetGroup on resource: group {group} because no identity-based policy allows the iam:GetGroup "
                 "action", Type="Sender"):
        aws.client("iam", key=key["AccessKeyId"], secret=key["SecretAccessKey"]).get_group(GroupName=group)
    iam.remove_user_from_group(GroupName=group, UserName=user)
    with pytest.raises(mine.exceptions.ClientError):
        mine.list_queues()
