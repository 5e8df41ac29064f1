"""Managed policies: an account's own with their versions, and those of AWS."""

import json

import pytest
from answers import Now, Text, refused, same

ACCOUNT = "000000000000"
READ = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
LIST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}]}
EC2 = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
POLICY_ID = Text("ANPA[A-Z2-7]{17}")
AWS_MANAGED = "arn:aws:iam::aws:policy/"


@pytest.fixture(scope="module")
def iam(aws):
    # The server's own answer to what boto3 would not send.
    return aws.client("iam", parameter_validation=False)


def arn_of(name, path="/"):
    return f"arn:aws:iam::{ACCOUNT}:policy{path}{name}"


def shown(name, path="/", version=1, attached=0, boundary=0, **more):
    """A policy as lists have it."""
    return {"PolicyName": name, "PolicyId": POLICY_ID, "Arn": arn_of(name, path), "Path": path,
            "DefaultVersionId": f"v{version}", "AttachmentCount": attached,
            "PermissionsBoundaryUsageCount": boundary, "IsAttachable": True, "CreateDate": Now(),
            "UpdateDate": Now(), **more}


def make(iam, name, document=None, **more):
    return iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(document or READ), **more)


def not_found(arn):
    return refused(404, "NoSuchEntity", f"Policy {arn} was not found.", Type="Sender")


def no_version(arn, version):
    return refused(404, "NoSuchEntity", f"Policy {arn} version {version} does not exist or is not attachable.",
                   Type="Sender")


def test_a_policy_from_begin_to_end(iam, name):
    policy, path = name("policy"), f"/{name('path')}/"
    arn = arn_of(policy, path)
    same(make(iam, policy, Path=path, Description="reads"), 200, {"Policy": shown(policy, path)})
    same(iam.get_policy(PolicyArn=arn), 200, {"Policy": shown(policy, path, Description="reads", Tags=[])})
    same(iam.list_policies(PathPrefix=path), 200, {"Policies": [shown(policy, path)], "IsTruncated": False})
    with refused(409, "EntityAlreadyExists", f"A policy called {policy} already exists. Duplicate names are not "
                 "allowed.", Type="Sender"):
        make(iam, policy)
    same(iam.delete_policy(PolicyArn=arn), 200)
    for call in (iam.get_policy, iam.delete_policy, iam.list_policy_versions, iam.list_policy_tags,
                 iam.list_entities_for_policy):
        with not_found(arn):
            call(PolicyArn=arn)
    with not_found(arn):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(READ))


def test_versions(iam, name):
    policy = name("policy")
    arn = make(iam, policy)["Policy"]["Arn"]

    def version(number, default, **more):
        return {"VersionId": f"v{number}", "IsDefaultVersion": default, "CreateDate": Now(), **more}

    new = {"PolicyArn": arn, "PolicyDocument": json.dumps(LIST)}
    same(iam.create_policy_version(**new, SetAsDefault=True), 200, {"PolicyVersion": version(2, True)})
    same(iam.create_policy_version(**new), 200, {"PolicyVersion": version(3, False)})
    same(iam.get_policy_version(PolicyArn=arn, VersionId="v1"), 200,
         {"PolicyVersion": version(1, False, Document=READ)})
    same(iam.list_policy_versions(PolicyArn=arn), 200, {
        "Versions": [version(3, False), version(2, True), version(1, False)], "IsTruncated": False})
    first = iam.list_policy_versions(PolicyArn=arn, MaxItems=2)
    same(first, 200, {"Versions": [version(3, False), version(2, True)], "IsTruncated": True,
                      "Marker": first["Marker"]})
    with refused(409, "DeleteConflict", "Cannot delete the default version of a policy.", Type="Sender"):
        iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
    same(iam.set_default_policy_version(PolicyArn=arn, VersionId="v1"), 200)
    same(iam.delete_policy_version(PolicyArn=arn, VersionId="v2"), 200)
    for _ in range(3):
        iam.create_policy_version(**new)
    with refused(409, "LimitExceeded", "A managed policy can have up to 5 versions. Before you create a new version, "
                 "you must delete an existing version.", Type="Sender"):
        iam.create_policy_version(**new)
    assert [v["VersionId"] for v in iam.list_policy_versions(PolicyArn=arn)["Versions"]] == [
        "v6", "v5", "v4", "v3", "v1"]
    with refused(409, "DeleteConflict", "This policy has more than one version. Before you delete a policy, you must "
                 "delete the policy's versions. The default version is deleted with the policy.", Type="Sender"):
        iam.delete_policy(PolicyArn=arn)
    for call in (iam.get_policy_version, iam.delete_policy_version, iam.set_default_policy_version):
        with no_version(arn, "v9"):
            call(PolicyArn=arn, VersionId="v9")
        with refused(400, "ValidationError", Text("1 validation error detected: Value .*at 'versionId' failed to satisfy "
                     "constraint: Member must satisfy regular expression pattern: .*"), Type="Sender"):
            call(PolicyArn=arn, VersionId="1")
    for call in (iam.get_policy_version, iam.set_default_policy_version):
        with no_version(arn_of("nothing"), "v1"):
            call(PolicyArn=arn_of("nothing"), VersionId="v1")


def test_the_default_version_is_what_counts(iam, aws, name):
    user, policy = name("user"), name("policy")
    iam.create_user(UserName=user)
    key = iam.create_access_key(UserName=user)["AccessKey"]
    his = aws.client("iam", key=key["AccessKeyId"], secret=key["SecretAccessKey"])
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*"}]}
    arn = make(iam, policy)["Policy"]["Arn"]
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    with refused(403, "AccessDenied", Text(".*iam:GetUser action"), Type="Sender"):
        his.get_user()
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(document), SetAsDefault=True)
    assert his.get_user()["User"]["UserName"] == user
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    with refused(403, "AccessDenied", Text(".*iam:GetUser action"), Type="Sender"):
        his.get_user()


def test_who_has_it(iam, name):
    policy, user, role, group = name("policy"), name("user"), name("role"), name("group")
    arn = make(iam, policy)["Policy"]["Arn"]
    user_id = iam.create_user(UserName=user, Path="/a/")["User"]["UserId"]
    role_id = iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(EC2))["Role"]["RoleId"]
    group_id = iam.create_group(GroupName=group)["Group"]["GroupId"]
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    iam.attach_group_policy(GroupName=group, PolicyArn=arn)
    iam.put_role_permissions_boundary(RoleName=role, PermissionsBoundary=arn)
    same(iam.get_policy(PolicyArn=arn), 200, {"Policy": shown(policy, attached=2, boundary=1, Tags=[])})
    users, groups = [{"UserName": user, "UserId": user_id}], [{"GroupName": group, "GroupId": group_id}]
    roles = [{"RoleName": role, "RoleId": role_id}]

    def holders(users=(), groups=(), roles=(), **more):
        return {"PolicyUsers": list(users), "PolicyGroups": list(groups), "PolicyRoles": list(roles),
                "IsTruncated": False, **more}

    same(iam.list_entities_for_policy(PolicyArn=arn), 200, holders(users, groups, roles))
    same(iam.list_entities_for_policy(PolicyArn=arn, EntityFilter="User"), 200, holders(users))
    same(iam.list_entities_for_policy(PolicyArn=arn, PathPrefix="/a/"), 200, holders(users))
    same(iam.list_entities_for_policy(PolicyArn=arn, PolicyUsageFilter="PermissionsBoundary"), 200,
         holders(roles=roles))
    same(iam.list_entities_for_policy(PolicyArn=arn, PolicyUsageFilter="PermissionsPolicy"), 200,
         holders(users, groups))
    first = iam.list_entities_for_policy(PolicyArn=arn, MaxItems=2)
    assert first["IsTruncated"] and first["PolicyRoles"] == []
    same(iam.list_entities_for_policy(PolicyArn=arn, MaxItems=2, Marker=first["Marker"]), 200, holders(roles=roles))

    def listed(**more):
        return arn in [p["Arn"] for page in iam.get_paginator("list_policies").paginate(**more)
                       for p in page["Policies"]]

    assert listed(OnlyAttached=True) and listed(Scope="Local") and not listed(Scope="AWS")
    assert listed(PolicyUsageFilter="PermissionsBoundary")
    with refused(409, "DeleteConflict", "Cannot delete a policy attached to entities.", Type="Sender"):
        iam.delete_policy(PolicyArn=arn)
    iam.detach_user_policy(UserName=user, PolicyArn=arn)
    iam.detach_group_policy(GroupName=group, PolicyArn=arn)
    with refused(409, "DeleteConflict", "Cannot delete a policy attached to entities.", Type="Sender"):
        iam.delete_policy(PolicyArn=arn)
    iam.delete_role(RoleName=role)
    same(iam.delete_policy(PolicyArn=arn), 200)


def test_tags_differ_by_case(iam, name):
    policy, tags = name("policy"), [{"Key": "a", "Value": "small"}, {"Key": "A", "Value": "big"}]
    same(make(iam, policy, Tags=tags), 200, {"Policy": shown(policy, Tags=tags)})
    arn = arn_of(policy)
    same(iam.list_policy_tags(PolicyArn=arn), 200, {"Tags": [tags[1], tags[0]], "IsTruncated": False})
    same(iam.tag_policy(PolicyArn=arn, Tags=[{"Key": "a", "Value": ""}]), 200)
    same(iam.untag_policy(PolicyArn=arn, TagKeys=["A"]), 200)
    same(iam.get_policy(PolicyArn=arn), 200, {"Policy": shown(policy, Tags=[{"Key": "a", "Value": ""}])})
    with refused(400, "InvalidInput", "Duplicate tag keys found.", Type="Sender"):
        iam.tag_policy(PolicyArn=arn, Tags=[{"Key": "b", "Value": ""}, {"Key": "b", "Value": "c"}])
    for call in (lambda: iam.tag_policy(PolicyArn=arn_of("no"), Tags=[]),
                 lambda: iam.untag_policy(PolicyArn=arn_of("no"), TagKeys=["a"])):
        with not_found(arn_of("no")):
            call()


def test_sizes(iam, name):
    def of(characters):
        document = {**READ, "Statement": [{**READ["Statement"][0], "Resource": ["arn:aws:s3:::"]}]}
        room = characters - len(json.dumps(document, separators=(",", ":")))
        document["Statement"][0]["Resource"][0] += "b" * room
        return document

    # White space does not count.
    document = json.dumps(of(6144), indent=4)
    arn = iam.create_policy(PolicyName=name("policy"), PolicyDocument=document)["Policy"]["Arn"]
    too_big = json.dumps(of(6145))
    for call in (lambda: iam.create_policy(PolicyName=name("policy"), PolicyDocument=too_big),
                 lambda: iam.create_policy_version(PolicyArn=arn, PolicyDocument=too_big)):
        with refused(409, "LimitExceeded", "Cannot exceed quota for PolicySize: 6144", Type="Sender"):
            call()


def test_policies_of_aws(iam, name):
    password = AWS_MANAGED + "IAMUserChangePassword"
    policy = iam.get_policy(PolicyArn=password)["Policy"]
    assert policy["Description"] == "Provides the ability for an IAM user to change their own password."
    assert (policy["Tags"], policy["Path"], policy["IsAttachable"]) == ([], "/", True)
    version = policy["DefaultVersionId"]
    document = iam.get_policy_version(PolicyArn=password, VersionId=version)["PolicyVersion"]["Document"]
    assert "iam:ChangePassword" in json.dumps(document)
    assert [v["VersionId"] for v in iam.list_policy_versions(PolicyArn=password)["Versions"]] == [version]
    names = [p["Arn"][len(AWS_MANAGED):] for page in iam.get_paginator("list_policies").paginate(Scope="AWS")
             for p in page["Policies"]]
    assert {"AdministratorAccess", "ReadOnlyAccess", "job-function/ViewOnlyAccess", "PowerUserAccess",
            "service-role/AWSLambdaBasicExecutionRole", "root-task/S3UnlockBucketPolicy"} <= set(names)
    assert len(names) == len(set(names)) > 1000
    assert iam.get_policy(PolicyArn=AWS_MANAGED + "AdministratorAccess")["Policy"]["PolicyId"] == (
        "ANPAIWMBCKSKIEE64ZLYK")
    for call in (lambda: iam.delete_policy(PolicyArn=password),
                 lambda: iam.create_policy_version(PolicyArn=password, PolicyDocument=json.dumps(READ)),
                 lambda: iam.tag_policy(PolicyArn=password, Tags=[])):
        with refused(403, "AccessDenied", Text("User: arn:aws:iam::000000000000:root is not authorized to perform: "
                     f"iam:[A-Za-z]+ on resource: policy {password}"), Type="Sender"):
            call()
    role = name("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(EC2))
    with refused(400, "PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.",
                 Type="Sender"):
        iam.attach_role_policy(RoleName=role, PolicyArn=AWS_MANAGED + "aws-service-role/AutoScalingServiceRolePolicy")


def test_an_attached_policy_of_aws_is_enforced(iam, aws, name):
    user = name("user")
    iam.create_user(UserName=user)
    key = iam.create_access_key(UserName=user)["AccessKey"]
    theirs = {"key": key["AccessKeyId"], "secret": key["SecretAccessKey"]}
    iam.attach_user_policy(UserName=user, PolicyArn=AWS_MANAGED + "AmazonS3ReadOnlyAccess")
    s3 = aws.client("s3", **theirs)
    assert "Buckets" in s3.list_buckets()
    with refused(403, "AccessDenied", Text(".*s3:CreateBucket action")):
        s3.create_bucket(Bucket=name("bucket"))
    iam.attach_user_policy(UserName=user, PolicyArn=AWS_MANAGED + "AWSDenyAll")
    with refused(403, "AccessDenied", Text(".*with an explicit deny in an identity-based policy")):
        s3.list_buckets()
