"""What a user may do, in every block: policies of identities, boundaries, conditions; from the next request on."""

import pytest
from answers import refused
from botocore.exceptions import ClientError
from identities import allow, deny, document

DENIED = "is not authorized to perform: {action} on resource: {on} {because}"


def because(kind, action):
    return f"because no {kind} allows the {action} action"


def denied(user, action, on, reason=None, **extra):
    why = reason or because("identity-based policy", action)
    return refused(403, "AccessDenied", f"User: {user.arn} {DENIED.format(action=action, on=on, because=why)}", **extra)


def test_nothing_without_a_policy(user, bucket, queue, topic):
    ann = user(Path="/eng/")
    with denied(ann, "s3:ListBucket", f'"arn:aws:s3:::{bucket}"'):
        ann.client("s3").list_objects_v2(Bucket=bucket)
    with pytest.raises(ClientError) as error:
        ann.client("s3").list_buckets()
    assert error.value.response["Error"]["Code"] == "AccessDenied"
    with pytest.raises(ClientError) as error:
        ann.client("sqs").send_message(QueueUrl=queue, MessageBody="x")
    assert error.value.response["Error"]["Code"] == "AccessDenied"
    with pytest.raises(ClientError) as error:
        ann.client("sns").publish(TopicArn=topic, Message="x")
    assert error.value.response["Error"]["Code"] == "AuthorizationError"
    with denied(ann, "iam:CreateUser", "arn:aws:iam::000000000000:user/x", Type="Sender"):
        ann.client("iam").create_user(UserName="x")
    with denied(ann, "iam:DeleteUser", f"user {ann.name}", Type="Sender"):
        ann.client("iam").delete_user(UserName=ann.name)
    assert ann.client("sts").get_caller_identity()["Arn"] == ann.arn


def test_a_policy_counts_from_the_next_request_on(user, iam, s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"x")
    ann = user()
    mine = ann.client("s3")
    for _ in range(3):
        ann.may(allow("s3:GetObject", f"arn:aws:s3:::{bucket}/*"))
        assert mine.get_object(Bucket=bucket, Key="a")["Body"].read() == b"x"
        iam.delete_user_policy(UserName=ann.name, PolicyName="inline")
        with denied(ann, "s3:GetObject", f'"arn:aws:s3:::{bucket}/a"'):
            mine.get_object(Bucket=bucket, Key="a")


def test_a_deny_beats_every_allow(user, iam, bucket):
    ann = user()
    iam.attach_user_policy(UserName=ann.name, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    ann.client("s3").put_object(Bucket=bucket, Key="a", Body=b"")
    ann.may(deny("s3:Put*"))
    with denied(ann, "s3:PutObject", f'"arn:aws:s3:::{bucket}/a"', "with an explicit deny in an identity-based policy"):
        ann.client("s3").put_object(Bucket=bucket, Key="a", Body=b"")
    ann.client("s3").get_object(Bucket=bucket, Key="a")


def test_a_boundary_limits_and_grants_nothing(user, iam, bucket):
    ann = user(PermissionsBoundary="arn:aws:iam::aws:policy/AdministratorAccess")
    assert iam.get_user(UserName=ann.name)["User"]["PermissionsBoundary"] == {
        "PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": "arn:aws:iam::aws:policy/AdministratorAccess"}
    with denied(ann, "s3:ListBucket", f'"arn:aws:s3:::{bucket}"'):
        ann.client("s3").list_objects_v2(Bucket=bucket)
    ann.may(allow("s3:ListBucket"))
    ann.client("s3").list_objects_v2(Bucket=bucket)
    iam.delete_user_permissions_boundary(UserName=ann.name)
    ann.client("s3").list_objects_v2(Bucket=bucket)


def test_tags_of_principals_and_variables(user, bucket, s3):
    ann = user(Tags=[{"Key": "team", "Value": "red"}])
    ann.may(allow("s3:PutObject", f"arn:aws:s3:::{bucket}/${{aws:PrincipalTag/team}}/${{aws:username}}/*"))
    ann.client("s3").put_object(Bucket=bucket, Key=f"red/{ann.name}/a", Body=b"")
    with denied(ann, "s3:PutObject", f'"arn:aws:s3:::{bucket}/blue/{ann.name}/a"'):
        ann.client("s3").put_object(Bucket=bucket, Key=f"blue/{ann.name}/a", Body=b"")


def test_a_resource_policy_names_the_user(user, bucket, s3):
    ann, bob = user(), user()
    s3.put_object(Bucket=bucket, Key="a", Body=b"x")
    s3.put_bucket_policy(Bucket=bucket, Policy=document(
        {"Effect": "Allow", "Principal": {"AWS": ann.arn}, "Action": "s3:GetObject",
         "Resource": f"arn:aws:s3:::{bucket}/*"}))
    assert ann.client("s3").get_object(Bucket=bucket, Key="a")["Body"].read() == b"x"
    with denied(bob, "s3:GetObject", f'"arn:aws:s3:::{bucket}/a"'):
        bob.client("s3").get_object(Bucket=bucket, Key="a")


def test_who_lets_others_tag(user, iam, name):
    ann = user()
    ann.may(allow("iam:CreateUser", Condition={"StringEquals": {"aws:RequestTag/team": "red"},
                                               "ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}),
            allow("iam:TagUser", Condition={"StringEquals": {"aws:ResourceTag/team": "red"}}))
    mine, made = ann.client("iam"), name("u")
    mine.create_user(UserName=made, Tags=[{"Key": "team", "Value": "red"}])
    mine.tag_user(UserName=made, Tags=[{"Key": "x", "Value": ""}])
    with pytest.raises(ClientError):
        mine.create_user(UserName=name("u"), Tags=[{"Key": "team", "Value": "blue"}])
    with pytest.raises(ClientError):
        mine.create_user(UserName=name("u"), Tags=[{"Key": "team", "Value": "red"}, {"Key": "y", "Value": ""}])
    other = name("u")
    iam.create_user(UserName=other)
    with denied(ann, "iam:TagUser", f"user {other}", Type="Sender"):
        mine.tag_user(UserName=other, Tags=[{"Key": "x", "Value": ""}])


def test_a_user_that_is_made_anew_is_another(iam, user, bucket):
    ann = user()
    ann.may(allow("s3:*"))
    ann.client("s3").list_objects_v2(Bucket=bucket)
    iam.delete_user_policy(UserName=ann.name, PolicyName="inline")
    iam.delete_access_key(UserName=ann.name, AccessKeyId=ann.key)
    iam.delete_user(UserName=ann.name)
    with refused(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.",
                 AWSAccessKeyId=ann.key):
        ann.client("s3").list_objects_v2(Bucket=bucket)
    iam.create_user(UserName=ann.name)
    with pytest.raises(ClientError):
        ann.client("s3").list_objects_v2(Bucket=bucket)


def test_who_is_gone_may_do_nothing_whatever_resources_say(user, iam, s3, bucket):
    """Sessions outlast who has them, and a bucket's policy still names the ARN."""
    ann = user()
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    s3.put_bucket_policy(Bucket=bucket, Policy=document(
        allow("s3:GetObject", f"arn:aws:s3:::{bucket}/*", Principal={"AWS": ann.arn})))
    given = ann.client("sts").get_session_token()["Credentials"]
    session = ann.aws.client("s3", key=given["AccessKeyId"], secret=given["SecretAccessKey"], token=given["SessionToken"])
    assert session.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x"
    iam.delete_access_key(UserName=ann.name, AccessKeyId=ann.key)
    iam.delete_user(UserName=ann.name)
    with pytest.raises(ClientError) as error:
        session.get_object(Bucket=bucket, Key="k")
    assert error.value.response["Error"]["Code"] == "AccessDenied"


def test_a_role_is_handed_to_instances_only_by_who_may_pass_it(user, iam):
    ann = user()
    role, profile = f"{ann.name}-role", f"{ann.name}-profile"
    arn = iam.create_role(RoleName=role, AssumeRolePolicyDocument=document(
        {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}))["Role"]["Arn"]
    iam.create_instance_profile(InstanceProfileName=profile)
    add = lambda: ann.client("iam").add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role)  # noqa: E731
    ann.may(allow("iam:AddRoleToInstanceProfile"))
    with denied(ann, "iam:PassRole", f"role {role}", Type="Sender"):
        add()
    ann.may(allow("iam:AddRoleToInstanceProfile"), allow("iam:PassRole", arn, Condition={
        "StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}))
    add()
