"""Instance profiles, and roles that are linked to services."""

import json

import pytest
from answers import Now, Text, refused, same

ACCOUNT = "000000000000"
EC2 = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


@pytest.fixture(scope="module")
def iam(aws):
    # The server's own answer to what boto3 would not send.
    return aws.client("iam", parameter_validation=False)


def shown(name, path="/", roles=(), **more):
    return {"Path": path, "InstanceProfileName": name, "InstanceProfileId": Text("AIPA[A-Z2-7]{17}"),
            "Arn": f"arn:aws:iam::{ACCOUNT}:instance-profile{path}{name}", "CreateDate": Now(),
            "Roles": list(roles), **more}


def role_in(name):
    return {"Path": "/", "RoleName": name, "RoleId": Text("AROA[A-Z2-7]{17}"), "CreateDate": Now(),
            "Arn": f"arn:aws:iam::{ACCOUNT}:role/{name}", "AssumeRolePolicyDocument": EC2}


def no_profile(name):
    return refused(404, "NoSuchEntity", f"Instance Profile {name} cannot be found.", Type="Sender")


def test_a_profile_from_begin_to_end(iam, name):
    profile, role, other, path = name("profile"), name("role"), name("role"), f"/{name('path')}/"
    same(iam.create_instance_profile(InstanceProfileName=profile, Path=path), 200,
         {"InstanceProfile": shown(profile, path)})
    with refused(409, "EntityAlreadyExists", f"Instance Profile {profile} already exists.", Type="Sender"):
        iam.create_instance_profile(InstanceProfileName=profile)
    for one in (role, other):
        iam.create_role(RoleName=one, AssumeRolePolicyDocument=json.dumps(EC2), Description="left out")
    same(iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role), 200)
    same(iam.get_instance_profile(InstanceProfileName=profile), 200,
         {"InstanceProfile": shown(profile, path, [role_in(role)], Tags=[])})
    listed = {"InstanceProfiles": [shown(profile, path, [role_in(role)])], "IsTruncated": False}
    same(iam.list_instance_profiles(PathPrefix=path), 200, listed)
    same(iam.list_instance_profiles_for_role(RoleName=role), 200, listed)
    same(iam.list_instance_profiles_for_role(RoleName=other), 200, {"InstanceProfiles": [], "IsTruncated": False})
    with refused(409, "LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
                 Type="Sender"):
        iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=other)
    why = "Cannot delete entity, must remove roles from instance profile first."
    with refused(409, "DeleteConflict", why, Type="Sender"):
        iam.delete_role(RoleName=role)
    with refused(409, "DeleteConflict", why, Type="Sender"):
        iam.delete_instance_profile(InstanceProfileName=profile)
    with refused(404, "NoSuchEntity", f"Role {other} in Instance Profile {profile} cannot be found.", Type="Sender"):
        iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=other)
    same(iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=role), 200)
    same(iam.delete_role(RoleName=role), 200)
    same(iam.delete_instance_profile(InstanceProfileName=profile), 200)
    for call in (lambda: iam.get_instance_profile(InstanceProfileName=profile),
                 lambda: iam.delete_instance_profile(InstanceProfileName=profile),
                 lambda: iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=other),
                 lambda: iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=other),
                 lambda: iam.tag_instance_profile(InstanceProfileName=profile, Tags=[]),
                 lambda: iam.untag_instance_profile(InstanceProfileName=profile, TagKeys=["a"]),
                 lambda: iam.list_instance_profile_tags(InstanceProfileName=profile)):
        with no_profile(profile):
            call()


def test_tags_of_a_profile(iam, name):
    profile, tags = name("profile"), [{"Key": "b", "Value": "1"}, {"Key": "a", "Value": "2"}]
    same(iam.create_instance_profile(InstanceProfileName=profile, Tags=tags), 200,
         {"InstanceProfile": shown(profile, Tags=tags)})
    same(iam.tag_instance_profile(InstanceProfileName=profile, Tags=[{"Key": "A", "Value": ""}]), 200)
    same(iam.list_instance_profile_tags(InstanceProfileName=profile), 200,
         {"Tags": [{"Key": "A", "Value": ""}, tags[1], tags[0]], "IsTruncated": False})
    same(iam.untag_instance_profile(InstanceProfileName=profile, TagKeys=["a", "b"]), 200)
    same(iam.get_instance_profile(InstanceProfileName=profile), 200,
         {"InstanceProfile": shown(profile, Tags=[{"Key": "A", "Value": ""}])})


def test_a_role_of_a_service(iam):
    service, role = "batch.amazonaws.com", "AWSServiceRoleForBatch"
    path, trust = f"/aws-service-role/{service}/", {"Version": "2012-10-17", "Statement": [
        {"Action": ["sts:AssumeRole"], "Effect": "Allow", "Principal": {"Service": [service]}}]}
    arn = f"arn:aws:iam::{ACCOUNT}:role{path}{role}"
    whole = {"Path": path, "RoleName": role, "RoleId": Text("AROA[A-Z2-7]{17}"), "Arn": arn, "CreateDate": Now(),
             "AssumeRolePolicyDocument": trust}
    same(iam.create_service_linked_role(AWSServiceName=service), 200, {"Role": whole})
    same(iam.get_role(RoleName=role), 200, {"Role": {**whole, "MaxSessionDuration": 3600, "RoleLastUsed": {}}})
    policy = "arn:aws:iam::aws:policy/aws-service-role/BatchServiceRolePolicy"
    same(iam.list_attached_role_policies(RoleName=role), 200, {
        "AttachedPolicies": [{"PolicyName": "BatchServiceRolePolicy", "PolicyArn": policy}], "IsTruncated": False})
    with refused(400, "InvalidInput", f"Service role name {role} has been taken in this account, please try a "
                 "different suffix.", Type="Sender"):
        iam.create_service_linked_role(AWSServiceName=service)
    with refused(400, "InvalidInput", f"Custom suffix is not allowed for {service}", Type="Sender"):
        iam.create_service_linked_role(AWSServiceName=service, CustomSuffix="x")
    for call in (lambda: iam.delete_role(RoleName=role), lambda: iam.update_role(RoleName=role, Description="x"),
                 lambda: iam.detach_role_policy(RoleName=role, PolicyArn=policy),
                 lambda: iam.update_assume_role_policy(RoleName=role, PolicyDocument=json.dumps(trust)),
                 lambda: iam.put_role_policy(RoleName=role, PolicyName="p", PolicyDocument="{}")):
        with refused(400, "UnmodifiableEntity", f"Cannot perform the operation on the protected role '{role}' - this "
                     "role is only modifiable by AWS", Type="Sender"):
            call()
    task = iam.delete_service_linked_role(RoleName=role)
    same(task, 200, {"DeletionTaskId": Text(f"task{path}{role}/[0-9a-f-]{{36}}")})
    same(iam.get_service_linked_role_deletion_status(DeletionTaskId=task["DeletionTaskId"]), 200,
         {"Status": "SUCCEEDED"})
    with refused(404, "NoSuchEntity", f"The role with name {role} cannot be found.", Type="Sender"):
        iam.get_role(RoleName=role)


def test_a_role_of_a_service_with_a_suffix(iam, name):
    suffix = name("s")
    made = iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", CustomSuffix=suffix,
                                          Description="mine")
    role = made["Role"]["RoleName"]
    assert role == f"AWSServiceRoleForAutoScaling_{suffix}"
    assert iam.get_role(RoleName=role)["Role"]["Description"] == "mine"
    same(iam.update_role_description(RoleName=role, Description="yours"), 200, {
        "Role": {**made["Role"], "Description": "yours"}})
