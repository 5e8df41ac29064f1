"""The policy simulator: its answers, and that what it says is what happens."""

import json
import random

import pytest
from answers import refused, same
from botocore.exceptions import ClientError

ACCOUNT = "000000000000"


@pytest.fixture(scope="module")
def iam(aws):
    # The server's own answer to what boto3 would not send.
    return aws.client("iam", parameter_validation=False)


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action, resource="*", **more):
    return {**allow(action, resource, **more), "Effect": "Deny"}


def matched(source, start, end, kind="IAM Policy"):
    return {"SourcePolicyId": source, "SourcePolicyType": kind,
            "StartPosition": {"Line": start[0], "Column": start[1]}, "EndPosition": {"Line": end[0], "Column": end[1]}}


def test_policies_of_the_request(iam):
    text = '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},' \
           '\n    {"Effect": "Deny", "Action": "s3:Delete*", "Resource": "*"}\n  ]\n}'
    allowed, denied = matched("PolicyInputList.1", (3, 17), (4, 59)), matched("PolicyInputList.1", (4, 60), (5, 64))
    answer = iam.simulate_custom_policy(PolicyInputList=[text], ActionNames=[
        "s3:GetObject", "s3:DeleteObject", "sqs:SendMessage"])
    same(answer, 200, {"IsTruncated": False, "EvaluationResults": [
        {"EvalActionName": "s3:GetObject", "EvalResourceName": "*", "EvalDecision": "allowed",
         "MatchedStatements": [allowed], "MissingContextValues": []},
        {"EvalActionName": "s3:DeleteObject", "EvalResourceName": "*", "EvalDecision": "explicitDeny",
         "MatchedStatements": [denied], "MissingContextValues": []},
        {"EvalActionName": "sqs:SendMessage", "EvalResourceName": "*", "EvalDecision": "implicitDeny",
         "MatchedStatements": [], "MissingContextValues": []}]})
    first = iam.simulate_custom_policy(PolicyInputList=[text], MaxItems=2, ActionNames=[
        "s3:GetObject", "s3:DeleteObject", "sqs:SendMessage"])
    assert first["IsTruncated"] and len(first["EvaluationResults"]) == 2
    rest = iam.simulate_custom_policy(PolicyInputList=[text], MaxItems=2, Marker=first["Marker"], ActionNames=[
        "s3:GetObject", "s3:DeleteObject", "sqs:SendMessage"])
    assert [one["EvalActionName"] for one in rest["EvaluationResults"]] == ["sqs:SendMessage"]


def test_resources_and_context(iam):
    text = policy(allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}/*", Condition={
        "NumericLessThan": {"s3:max-keys": "10"}, "Bool": {"aws:SecureTransport": "true"}}))
    arn = "arn:aws:s3:::b/ann/x"

    def ask(*entries):
        return iam.simulate_custom_policy(PolicyInputList=[text], ActionNames=["s3:GetObject"], ResourceArns=[arn],
                                          ContextEntries=[{"ContextKeyName": key, "ContextKeyType": kind,
                                                           "ContextKeyValues": [value]} for key, kind, value in entries])

    def answered(decision, statements, missing):
        return {"IsTruncated": False, "EvaluationResults": [
            {"EvalActionName": "s3:GetObject", "EvalResourceName": arn, "EvalDecision": decision,
             "MatchedStatements": statements, "MissingContextValues": [], "EvalDecisionDetails": {},
             "ResourceSpecificResults": [
                {"EvalResourceName": arn, "EvalResourceDecision": decision, "MatchedStatements": statements,
                 "MissingContextValues": missing, "EvalDecisionDetails": {}}]}]}

    whole = matched("PolicyInputList.1", (1, 41), (1, len(text) - 1))
    name, keys, secure = ("aws:username", "string", "ann"), ("s3:max-keys", "numeric", "9"), (
        "aws:SecureTransport", "boolean", "true")
    same(ask(name, keys, secure), 200, answered("allowed", [whole], []))
    same(ask(name, keys), 200, answered("implicitDeny", [], ["aws:SecureTransport"]))
    same(ask(keys, secure), 200, answered("implicitDeny", [], ["aws:username"]))
    with refused(400, "InvalidInput", "Invalid value for context key s3:max-keys of type numeric.", Type="Sender"):
        ask(("s3:max-keys", "numeric", "nine"))
    same(iam.get_context_keys_for_custom_policy(PolicyInputList=[text]), 200,
         {"ContextKeyNames": ["aws:username", "s3:max-keys", "aws:SecureTransport"]})
    with refused(400, "InvalidInput", "Invalid input: Syntax errors in policy.", Type="Sender"):
        iam.simulate_custom_policy(PolicyInputList=["{"], ActionNames=["s3:GetObject"])


def test_boundaries_organisations_and_resource_policies(iam):
    wide, narrow = policy(allow("s3:*")), policy(allow("s3:Get*"))

    def one(**more):
        return iam.simulate_custom_policy(PolicyInputList=[wide], **more)["EvaluationResults"][0]

    limited = one(ActionNames=["s3:PutObject"], PermissionsBoundaryPolicyInputList=[narrow])
    assert limited["EvalDecision"] == "implicitDeny"
    assert limited["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    assert one(ActionNames=["s3:GetObject"], PermissionsBoundaryPolicyInputList=[narrow])["EvalDecision"] == "allowed"
    levels = [{"ServiceControlPolicyInputList": [wide]}, {"ServiceControlPolicyInputList": [narrow]}]
    under = one(ActionNames=["s3:PutObject"], OrderedOrganizationPolicyInputList=levels)
    assert (under["EvalDecision"], under["OrganizationsDecisionDetail"]) == (
        "implicitDeny", {"AllowedByOrganizations": False})

    ann = "arn:aws:iam::111122223333:user/ann"
    shared = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ann}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]})
    abroad = one(ActionNames=["s3:GetObject"], ResourceArns=["arn:aws:s3:::b/x"], ResourcePolicy=shared, CallerArn=ann,
                 ResourceOwner="arn:aws:iam::444455556666:root")
    assert abroad["EvalDecision"] == "allowed"
    assert abroad["EvalDecisionDetails"] == {"IAM Policy": "allowed", "Resource Policy": "allowed"}
    assert [s["SourcePolicyType"] for s in abroad["MatchedStatements"]] == ["IAM Policy", "Resource Policy"]
    other = one(ActionNames=["s3:PutObject"], ResourceArns=["arn:aws:s3:::b/x"], ResourcePolicy=shared, CallerArn=ann,
                ResourceOwner="444455556666")
    assert other["EvalDecision"] == "implicitDeny"


def test_policies_of_a_principal(iam, name):
    user, group, managed = name("user"), name("group"), name("policy")
    iam.create_user(UserName=user)
    iam.create_group(GroupName=group)
    iam.add_user_to_group(UserName=user, GroupName=group)
    iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=policy(allow("s3:GetObject", Condition={
        "StringLike": {"aws:UserAgent": "*"}})))
    iam.put_group_policy(GroupName=group, PolicyName="shared", PolicyDocument=policy(deny("s3:PutObject")))
    arn = iam.create_policy(PolicyName=managed, PolicyDocument=policy(allow("sqs:*")))["Policy"]["Arn"]
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    source = f"arn:aws:iam::{ACCOUNT}:user/{user}"

    def ask(action, **more):
        answer = iam.simulate_principal_policy(PolicySourceArn=source, ActionNames=[action], **more)
        result = answer["EvaluationResults"][0]
        return result["EvalDecision"], [one["SourcePolicyId"] for one in result["MatchedStatements"]]

    assert ask("sqs:SendMessage") == ("allowed", [managed])
    assert ask("sqs:SendMessage", PolicyExclusionList=[{"PolicyArn": arn}]) == ("implicitDeny", [])
    assert ask("s3:PutObject") == ("explicitDeny", [f"group_{group}_shared"])
    agent = [{"ContextKeyName": "aws:UserAgent", "ContextKeyType": "string", "ContextKeyValues": ["x"]}]
    assert ask("s3:GetObject", ContextEntries=agent) == ("allowed", [f"user_{user}_own"])
    assert ask("ec2:RunInstances", PolicyInputList=[policy(allow("ec2:*"))]) == ("allowed", ["PolicyInputList.1"])
    iam.put_user_permissions_boundary(UserName=user, PermissionsBoundary="arn:aws:iam::aws:policy/AmazonS3FullAccess")
    assert ask("sqs:SendMessage") == ("implicitDeny", [])
    same(iam.get_context_keys_for_principal_policy(PolicySourceArn=source), 200,
         {"ContextKeyNames": ["aws:UserAgent"]})
    with refused(404, "NoSuchEntity", "The user with name nobody-here cannot be found.", Type="Sender"):
        iam.simulate_principal_policy(PolicySourceArn=f"arn:aws:iam::{ACCOUNT}:user/nobody-here",
                                      ActionNames=["s3:GetObject"])
    with refused(400, "InvalidInput", "Invalid Entity Arn: arn:aws:s3:::not-an-entity", Type="Sender"):
        iam.simulate_principal_policy(PolicySourceArn="arn:aws:s3:::not-an-entity", ActionNames=["s3:GetObject"])


@pytest.mark.parametrize("seed", range(12))
def test_what_it_says_is_what_happens(iam, aws, s3, bucket, name, seed):
    """Random policies: the simulator's decisions against real requests."""
    chance = random.Random(seed)
    user = name("user")
    iam.create_user(UserName=user)
    key = iam.create_access_key(UserName=user)["AccessKey"]
    his = aws.client("s3", key=key["AccessKeyId"], secret=key["SecretAccessKey"])
    for object_key in ("a", "b/c"):
        s3.put_object(Bucket=bucket, Key=object_key, Body=b"x")

    def statement():
        effect = chance.choice(["Allow", "Allow", "Deny"])
        element = chance.choice(["Action", "Action", "NotAction"])
        actions = chance.sample(["s3:*", "s3:Get*", "s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:List*"], 2)
        where = chance.choice(["Resource", "Resource", "NotResource"])
        places = chance.sample(["*", f"arn:aws:s3:::{bucket}/*", f"arn:aws:s3:::{bucket}/b/*",
                                f"arn:aws:s3:::{bucket}/?", f"arn:aws:s3:::{bucket}", "arn:aws:s3:::other/*"], 2)
        return {"Effect": effect, element: actions, where: places}

    if chance.random() < 0.5:
        boundary = iam.create_policy(PolicyName=name("policy"), PolicyDocument=policy(
            *(statement() for _ in range(2))))["Policy"]["Arn"]
        iam.put_user_permissions_boundary(UserName=user, PermissionsBoundary=boundary)
    for number in range(2):
        iam.put_user_policy(UserName=user, PolicyName=f"p{number}", PolicyDocument=policy(
            *(statement() for _ in range(chance.randint(1, 3)))))
    source, differing = f"arn:aws:iam::{ACCOUNT}:user/{user}", []
    for object_key in ("a", "b/c"):
        calls = {"s3:GetObject": lambda key=object_key: his.get_object(Bucket=bucket, Key=key),
                 "s3:PutObject": lambda key=object_key: his.put_object(Bucket=bucket, Key=key, Body=b"y")}
        arn = f"arn:aws:s3:::{bucket}/{object_key}"
        said = iam.simulate_principal_policy(PolicySourceArn=source, ActionNames=list(calls), ResourceArns=[arn])
        for result in said["EvaluationResults"]:
            try:
                calls[result["EvalActionName"]]()
                happened = "allowed"
            except ClientError as error:
                assert error.response["Error"]["Code"] == "AccessDenied"
                is_explicit = "explicit deny" in error.response["Error"]["Message"]
                happened = "explicitDeny" if is_explicit else "implicitDeny"
            if happened != result["EvalDecision"]:
                differing.append((result["EvalActionName"], arn, result["EvalDecision"], happened))
    assert not differing, differing


def test_policies_that_are_left_out(iam, name):
    """By type, by ARN, and inline policies by the entity that they are embedded in."""
    user, group, managed = name("user"), name("group"), name("policy")
    iam.create_user(UserName=user)
    iam.create_group(GroupName=group)
    iam.add_user_to_group(UserName=user, GroupName=group)
    for how, who in (("user", {"UserName": user}), ("group", {"GroupName": group})):
        getattr(iam, f"put_{how}_policy")(**who, PolicyName="p", PolicyDocument=policy(allow(f"sns:{how}")))
    arn = iam.create_policy(PolicyName=managed, Path="/team/", PolicyDocument=policy(allow("sqs:*")))["Policy"]["Arn"]
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    iam.attach_group_policy(GroupName=group, PolicyArn="arn:aws:iam::aws:policy/AmazonS3FullAccess")
    source = f"arn:aws:iam::{ACCOUNT}:user/{user}"
    actions = {"sns:user": "user", "sns:group": "group", "sqs:SendMessage": "own", "s3:GetObject": "aws"}

    def without(*excluded):
        results = iam.simulate_principal_policy(PolicySourceArn=source, ActionNames=list(actions),
                                                PolicyExclusionList=list(excluded))["EvaluationResults"]
        return {actions[one["EvalActionName"]] for one in results if one["EvalDecision"] == "allowed"}

    def embedded(kind, holder, policy="p"):
        return {"InlinePolicyIdentifier": {"PolicyName": policy, "AttachmentType": kind, "AttachmentName": holder}}

    everything = set(actions.values())
    assert without() == everything
    assert without({"PolicyType": "inline"}) == {"own", "aws"}
    assert without({"PolicyType": "aws-managed"}) == everything - {"aws"}
    assert without({"PolicyType": "user-managed"}) == everything - {"own"}
    assert without({"PolicyType": "inline"}, {"PolicyType": "user-managed"}) == {"aws"}
    assert without({"PolicyArn": arn}) == everything - {"own"}
    assert without({"PolicyArn": f"arn:aws:iam::{ACCOUNT}:policy/t?am/*"}) == everything - {"own"}
    assert without({"PolicyArn": "arn:aws:iam::aws:policy/Amazon*FullAccess"}) == everything - {"aws"}
    assert without(embedded("user", user)) == everything - {"user"}
    assert without(embedded("group", "gr?up-*")) == everything - {"group"}
    # What matches nothing is ignored; so are policies of organizations.
    assert without(embedded("role", user), embedded("user", user, "q"), {"PolicyType": "scp"}, {"PolicyType": "rcp"},
                   {"PolicyArn": f"arn:aws:iam::{ACCOUNT}:policy/{managed}"}, {"PolicyType": "permission-boundary"}
                   ) == everything
    iam.put_user_permissions_boundary(UserName=user, PermissionsBoundary="arn:aws:iam::aws:policy/AmazonS3FullAccess")
    assert without() == {"aws"}
    assert without({"PolicyType": "permission-boundary"}) == everything

    start = "Invalid policy identifier in PolicyExclusionList: "
    for wrong, why in [
        ({"PolicyArn": "arn:aws:iam::*:policy/everything"}, "arn:aws:iam::*:policy/everything"),
        ({"PolicyArn": "arn:aws:iam::aws:policy/*Full*"}, "arn:aws:iam::aws:policy/*Full*"),
        ({"PolicyArn": "AdministratorAccess-and-more"}, "AdministratorAccess-and-more"),
        (embedded("user", "*a*"), "*a*"),
        (embedded("user", user, "p*"), "p*"),
    ]:
        with refused(400, "InvalidInput", start + why, Type="Sender"):
            without(wrong)
    with refused(400, "MalformedInput", "PolicyExclusionList.1: exactly one member must be set", Type="Sender"):
        without({"PolicyArn": arn, "PolicyType": "inline"})
