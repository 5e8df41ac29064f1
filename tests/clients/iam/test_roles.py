"""Roles: their trust policies, tags, policies and boundaries."""

import json

import pytest
from answers import Now, Text, refused, same

ACCOUNT = "000000000000"
EC2 = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
READ = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
ROLE_ID = Text("AROA[A-Z2-7]{17}")


@pytest.fixture(scope="module")
def iam(aws):
    # The server's own answer to what boto3 would not send.
    return aws.client("iam", parameter_validation=False)


def trusting(**principal):
    return {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]}


def shown(name, path="/", document=None, **more):
    """A role as CreateRole has it."""
    return {"Path": path, "RoleName": name, "RoleId": ROLE_ID, "Arn": f"arn:aws:iam::{ACCOUNT}:role{path}{name}",
            "CreateDate": Now(), "AssumeRolePolicyDocument": document or EC2, **more}


def make(iam, name, document=None, **more):
    return iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(document or EC2), **more)


def no_role(name):
    return refused(404, "NoSuchEntity", f"The role with name {name} cannot be found.", Type="Sender")


def malformed(why):
    return refused(400, "MalformedPolicyDocument", why, Type="Sender")


def test_a_role_from_begin_to_end(iam, name):
    role = name("role")
    same(make(iam, role), 200, {"Role": shown(role)}, {"content-type": "text/xml"})
    same(iam.get_role(RoleName=role), 200, {"Role": shown(role, MaxSessionDuration=3600, RoleLastUsed={})})
    with refused(409, "EntityAlreadyExists", f"Role with name {role.upper()} already exists.", Type="Sender"):
        make(iam, role.upper())
    same(iam.update_role(RoleName=role, Description="for machines", MaxSessionDuration=43200), 200)
    same(iam.update_role(RoleName=role), 200)
    more = {"Description": "for machines", "MaxSessionDuration": 43200, "RoleLastUsed": {}}
    same(iam.get_role(RoleName=role), 200, {"Role": shown(role, **more)})
    same(iam.update_role_description(RoleName=role, Description="x"), 200, {"Role": shown(role, Description="x")})
    other = trusting(AWS=ACCOUNT)
    same(iam.update_assume_role_policy(RoleName=role, PolicyDocument=json.dumps(other)), 200)
    same(iam.get_role(RoleName=role), 200, {"Role": shown(role, document=other, **{**more, "Description": "x"})})
    same(iam.delete_role(RoleName=role), 200)
    for call in (lambda: iam.get_role(RoleName=role), lambda: iam.delete_role(RoleName=role),
                 lambda: iam.update_role(RoleName=role), lambda: iam.tag_role(RoleName=role, Tags=[]),
                 lambda: iam.update_assume_role_policy(RoleName=role, PolicyDocument=json.dumps(EC2)),
                 lambda: iam.list_role_tags(RoleName=role), lambda: iam.untag_role(RoleName=role, TagKeys=["a"]),
                 lambda: iam.list_role_policies(RoleName=role)):
        with no_role(role):
            call()


def test_paths_durations_and_lists(iam, name):
    path = f"/{name('path')}/"
    roles = sorted(name("role") for _ in range(3))
    for role in roles:
        make(iam, role, Path=path, MaxSessionDuration=7200, Description="d", Tags=[{"Key": "a", "Value": "b"}])
    listed = [shown(role, path, Description="d", MaxSessionDuration=7200) for role in roles]
    same(iam.list_roles(PathPrefix=path), 200, {"Roles": listed, "IsTruncated": False})
    first = iam.list_roles(PathPrefix=path, MaxItems=2)
    same(first, 200, {"Roles": listed[:2], "IsTruncated": True, "Marker": first["Marker"]})
    same(iam.list_roles(PathPrefix=path, MaxItems=2, Marker=first["Marker"]), 200,
         {"Roles": listed[2:], "IsTruncated": False})
    for seconds in (3599, 43201):
        with refused(400, "ValidationError", Text(".*maxSessionDuration.*"), Type="Sender"):
            make(iam, name("role"), MaxSessionDuration=seconds)


def test_tags(iam, name):
    role, tags = name("role"), [{"Key": "team", "Value": "a"}, {"Key": "cost", "Value": ""}]
    same(make(iam, role, Tags=tags), 200, {"Role": shown(role, Tags=tags)})
    same(iam.tag_role(RoleName=role, Tags=[{"Key": "Team", "Value": "b"}]), 200)
    same(iam.list_role_tags(RoleName=role), 200,
         {"Tags": [{"Key": "Team", "Value": "b"}, tags[1]], "IsTruncated": False})
    same(iam.untag_role(RoleName=role, TagKeys=["team"]), 200)
    same(iam.list_role_tags(RoleName=role), 200, {"Tags": tags[1:], "IsTruncated": False})
    with refused(400, "InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
                 Type="Sender"):
        iam.tag_role(RoleName=role, Tags=[{"Key": "a", "Value": ""}, {"Key": "A", "Value": ""}])


def test_inline_policies(iam, name):
    role = name("role")
    make(iam, role)
    same(iam.list_role_policies(RoleName=role), 200, {"PolicyNames": [], "IsTruncated": False})
    same(iam.put_role_policy(RoleName=role, PolicyName="read", PolicyDocument=json.dumps(READ)), 200)
    same(iam.get_role_policy(RoleName=role, PolicyName="read"), 200,
         {"RoleName": role, "PolicyName": "read", "PolicyDocument": READ})
    same(iam.list_role_policies(RoleName=role), 200, {"PolicyNames": ["read"], "IsTruncated": False})
    with refused(409, "DeleteConflict", "Cannot delete entity, must delete policies first.", Type="Sender"):
        iam.delete_role(RoleName=role)
    same(iam.delete_role_policy(RoleName=role, PolicyName="read"), 200)
    for call in (iam.get_role_policy, iam.delete_role_policy):
        with refused(404, "NoSuchEntity", "The role policy with name read cannot be found.", Type="Sender"):
            call(RoleName=role, PolicyName="read")
    big = {**READ, "Statement": [{**READ["Statement"][0], "Resource": ["arn:aws:s3:::" + "b" * 10240]}]}
    with refused(409, "LimitExceeded", f"Maximum policy size of 10240 bytes exceeded for role {role}", Type="Sender"):
        iam.put_role_policy(RoleName=role, PolicyName="big", PolicyDocument=json.dumps(big))


def test_managed_policies_and_boundaries(iam, name):
    role = name("role")
    bound = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": ADMIN}
    same(make(iam, role, PermissionsBoundary=ADMIN), 200, {"Role": shown(role, PermissionsBoundary=bound)})
    same(iam.delete_role_permissions_boundary(RoleName=role), 200)
    assert "PermissionsBoundary" not in iam.get_role(RoleName=role)["Role"]
    same(iam.put_role_permissions_boundary(RoleName=role, PermissionsBoundary=ADMIN), 200)
    assert iam.get_role(RoleName=role)["Role"]["PermissionsBoundary"] == bound
    same(iam.attach_role_policy(RoleName=role, PolicyArn=ADMIN), 200)
    same(iam.attach_role_policy(RoleName=role, PolicyArn=ADMIN), 200)
    same(iam.list_attached_role_policies(RoleName=role), 200, {
        "AttachedPolicies": [{"PolicyName": "AdministratorAccess", "PolicyArn": ADMIN}], "IsTruncated": False})
    with refused(409, "DeleteConflict", "Cannot delete entity, must detach all policies first.", Type="Sender"):
        iam.delete_role(RoleName=role)
    same(iam.detach_role_policy(RoleName=role, PolicyArn=ADMIN), 200)
    with refused(404, "NoSuchEntity", f"Policy {ADMIN} was not found.", Type="Sender"):
        iam.detach_role_policy(RoleName=role, PolicyArn=ADMIN)
    nothing = f"arn:aws:iam::{ACCOUNT}:policy/nothing"
    with refused(404, "NoSuchEntity", f"Policy {nothing} does not exist or is not attachable.", Type="Sender"):
        iam.attach_role_policy(RoleName=role, PolicyArn=nothing)
    with refused(400, "ValidationError", "ARN no-arn-but-longer-than-20 is not valid.", Type="Sender"):
        iam.attach_role_policy(RoleName=role, PolicyArn="no-arn-but-longer-than-20")
    same(iam.delete_role(RoleName=role), 200)


@pytest.mark.parametrize("document, why", [
    ("no json", "This policy contains invalid Json"),
    (json.dumps({**EC2, "Statement": [{**EC2["Statement"][0], "Action": "s3:GetObject"}]}),
     "AssumeRole policy may only specify STS AssumeRole actions."),
    (json.dumps({**EC2, "Statement": [{**EC2["Statement"][0], "Resource": "*"}]}), "Has prohibited field Resource"),
    (json.dumps({**EC2, "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole"}]}),
     "Missing required field Principal"),
    (json.dumps(trusting(AWS="nobody")), 'Invalid principal in policy: "AWS":"nobody"'),
    (json.dumps(trusting(Service="nothing")), 'Invalid principal in policy: "SERVICE":"nothing"'),
    (json.dumps(trusting(AWS=[ACCOUNT, f"arn:aws:iam::{ACCOUNT}:user/nobody"])),
     f'Invalid principal in policy: "AWS":"arn:aws:iam::{ACCOUNT}:user/nobody"'),
    (json.dumps(trusting(AWS="AIDAQAAAAAAAEXAMPLE12")), 'Invalid principal in policy: "AWS":"AIDAQAAAAAAAEXAMPLE12"'),
])
def test_what_is_no_trust_policy(iam, name, document, why):
    role = name("role")
    with malformed(why):
        iam.create_role(RoleName=role, AssumeRolePolicyDocument=document)
    make(iam, role)
    with malformed(why):
        iam.update_assume_role_policy(RoleName=role, PolicyDocument=document)


def test_a_trust_policy_of_more_than_2048_characters(iam, name):
    long = trusting(AWS=ACCOUNT)
    long["Statement"][0]["Condition"] = {"StringEquals": {"sts:ExternalId": ["x" * 2048]}}
    with refused(409, "LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048", Type="Sender"):
        make(iam, name("role"), long)


def test_trust_is_in_who_somebody_is_and_not_in_his_name(iam, name):
    """AWS keeps the unique ids of users and roles: renamed they are still trusted, deleted and made anew no more."""
    user, role, other = name("user"), name("role"), name("role")
    user_id = iam.create_user(UserName=user)["User"]["UserId"]
    role_id = make(iam, other)["Role"]["RoleId"]
    arn = f"arn:aws:iam::{ACCOUNT}:user/{user}"
    make(iam, role, trusting(AWS=[arn, f"arn:aws:iam::{ACCOUNT}:role/{other}"]))

    def trusted():
        return iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["AWS"]

    assert trusted() == [arn, f"arn:aws:iam::{ACCOUNT}:role/{other}"]
    iam.update_user(UserName=user, NewUserName=user + "-2", NewPath="/moved/")
    assert trusted()[0] == f"arn:aws:iam::{ACCOUNT}:user/moved/{user}-2"
    iam.delete_user(UserName=user + "-2")
    iam.delete_role(RoleName=other)
    iam.create_user(UserName=user)
    make(iam, other)
    assert trusted() == [user_id, role_id]


def test_names_and_permissions(iam, aws, name):
    with refused(400, "ValidationError", "The specified value for roleName is invalid. It must contain only "
                 "alphanumeric characters and/or the following: +=,.@_-", Type="Sender"):
        make(iam, "a b")
    user, role = name("user"), name("role")
    iam.create_user(UserName=user)
    key = iam.create_access_key(UserName=user)["AccessKey"]
    his = aws.client("iam", key=key["AccessKeyId"], secret=key["SecretAccessKey"])
    who = f"User: arn:aws:iam::{ACCOUNT}:user/{user} is not authorized to perform: iam:"
    why = "because no identity-based policy allows the iam:"
    with refused(403, "AccessDenied", f"{who}CreateRole on resource: arn:aws:iam::{ACCOUNT}:role/{role} "
                 f"{why}CreateRole action", Type="Sender"):
        make(his, role)
    make(iam, role, Tags=[{"Key": "team", "Value": "a"}])
    with refused(403, "AccessDenied", f"{who}GetRole on resource: role {role} {why}GetRole action", Type="Sender"):
        his.get_role(RoleName=role)
    allowed = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "iam:*", "Resource": "*", "Condition": {
            "StringEquals": {"iam:ResourceTag/team": "a"}}},
        {"Effect": "Deny", "Action": "iam:AttachRolePolicy", "Resource": "*", "Condition": {
            "ArnEquals": {"iam:PolicyARN": ADMIN}}}]}
    iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=json.dumps(allowed))
    assert his.get_role(RoleName=role)["Role"]["RoleName"] == role
    with refused(403, "AccessDenied", f"{who}AttachRolePolicy on resource: role {role} with an explicit deny in an "
                 "identity-based policy", Type="Sender"):
        his.attach_role_policy(RoleName=role, PolicyArn=ADMIN)
