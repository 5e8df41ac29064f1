"""GetAccountAuthorizationDetails."""

import json

import pytest
from answers import Now, Text, agree, same

ACCOUNT = "000000000000"
EC2 = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
LIST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}]}


@pytest.fixture(scope="module")
def iam(aws):
    return aws.client("iam")


def whole(iam, kind):
    """All pages of a filter, put together."""
    put = {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [], "Policies": []}
    for page in iam.get_paginator("get_account_authorization_details").paginate(Filter=[kind]):
        for name in put:
            put[name] += page[name]
    return put


def only(entries, member, value):
    return [one for one in entries if one[member] == value]


def test_users_groups_roles_and_policies(iam, name):
    user, group, role, managed, profile = (name(kind) for kind in ("user", "group", "role", "policy", "profile"))
    tags, text = [{"Key": "k", "Value": "v"}], json.dumps(LIST)
    arn = iam.create_policy(PolicyName=managed, PolicyDocument=text)["Policy"]["Arn"]
    attached = [{"PolicyName": managed, "PolicyArn": arn}]
    listed = [{"PolicyName": "own", "PolicyDocument": LIST}]
    iam.create_user(UserName=user, Tags=tags, PermissionsBoundary=arn)
    iam.create_group(GroupName=group)
    iam.add_user_to_group(UserName=user, GroupName=group)
    iam.create_role(RoleName=role, Path="/p/", AssumeRolePolicyDocument=json.dumps(EC2), Tags=tags)
    iam.create_instance_profile(InstanceProfileName=profile)
    iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role)
    for kind, of in (("user", user), ("group", group), ("role", role)):
        member = {f"{kind.title()}Name": of}
        getattr(iam, f"put_{kind}_policy")(**member, PolicyName="own", PolicyDocument=text)
        getattr(iam, f"attach_{kind}_policy")(**member, PolicyArn=arn)

    users = only(whole(iam, "User")["UserDetailList"], "UserName", user)
    agree(users, [{
        "Path": "/", "UserName": user, "UserId": Text("AIDA[A-Z2-7]{17}"),
        "Arn": f"arn:aws:iam::{ACCOUNT}:user/{user}", "CreateDate": Now(), "UserPolicyList": listed,
        "GroupList": [group], "AttachedManagedPolicies": attached, "Tags": tags,
        "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}}])
    groups = only(whole(iam, "Group")["GroupDetailList"], "GroupName", group)
    agree(groups, [{
        "Path": "/", "GroupName": group, "GroupId": Text("AGPA[A-Z2-7]{17}"),
        "Arn": f"arn:aws:iam::{ACCOUNT}:group/{group}", "CreateDate": Now(), "GroupPolicyList": listed,
        "AttachedManagedPolicies": attached}])
    roles = only(whole(iam, "Role")["RoleDetailList"], "RoleName", role)
    shown = {"Path": "/p/", "RoleName": role, "RoleId": Text("AROA[A-Z2-7]{17}"), "CreateDate": Now(),
             "Arn": f"arn:aws:iam::{ACCOUNT}:role/p/{role}", "AssumeRolePolicyDocument": EC2}
    agree(roles, [{
        **shown, "RolePolicyList": listed, "AttachedManagedPolicies": attached, "Tags": tags, "RoleLastUsed": {},
        "InstanceProfileList": [{
            "Path": "/", "InstanceProfileName": profile, "InstanceProfileId": Text("AIPA[A-Z2-7]{17}"),
            "Arn": f"arn:aws:iam::{ACCOUNT}:instance-profile/{profile}", "CreateDate": Now(), "Roles": [shown]}]}])
    policies = only(whole(iam, "LocalManagedPolicy")["Policies"], "PolicyName", managed)
    agree(policies, [{
        "PolicyName": managed, "PolicyId": Text("ANPA[A-Z2-7]{17}"), "Arn": arn, "Path": "/", "DefaultVersionId": "v1",
        "AttachmentCount": 3, "PermissionsBoundaryUsageCount": 1, "IsAttachable": True, "CreateDate": Now(),
        "UpdateDate": Now(), "PolicyVersionList": [
            {"VersionId": "v1", "IsDefaultVersion": True, "CreateDate": Now(), "Document": LIST}]}])


def test_filters_and_pages(iam, name):
    user = name("user")
    iam.create_user(UserName=user)
    of_aws = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"
    iam.attach_user_policy(UserName=user, PolicyArn=of_aws)
    used = whole(iam, "AWSManagedPolicy")
    assert [used["UserDetailList"], used["GroupDetailList"], used["RoleDetailList"]] == [[], [], []]
    assert len(only(used["Policies"], "Arn", of_aws)) == 1
    assert not only(used["Policies"], "Arn", "arn:aws:iam::aws:policy/AmazonSNSReadOnlyAccess")
    first = iam.get_account_authorization_details(MaxItems=1)
    same(first, 200, {"UserDetailList": [first["UserDetailList"][0]], "GroupDetailList": [], "RoleDetailList": [],
                      "Policies": [], "IsTruncated": True, "Marker": first["Marker"]})
