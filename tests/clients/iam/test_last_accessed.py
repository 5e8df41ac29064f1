"""When roles were used and services asked for, and by which policies."""

import pytest
from answers import UUID, Now, Text, refused, same
from aws import ACCOUNT
from identities import User, allow, deny, document
from roles import Role, trust

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
READ = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
NAMES = {"iam": "AWS Identity and Access Management", "kms": "AWS Key Management Service", "s3": "Amazon S3",
         "sns": "Amazon SNS", "sqs": "Amazon SQS", "sts": "AWS Security Token Service"}


def never(service):
    return {"ServiceName": NAMES[service], "ServiceNamespace": service, "TotalAuthenticatedEntities": 0}


def seen(service, arn, region="us-east-1", entities=1, **more):
    return {"ServiceName": NAMES[service], "ServiceNamespace": service, "LastAuthenticated": Now(),
            "LastAuthenticatedEntity": arn, "LastAuthenticatedRegion": region, "TotalAuthenticatedEntities": entities,
            **more}


def job(iam, arn, **given):
    answer = iam.generate_service_last_accessed_details(Arn=arn, **given)
    return same(answer, 200, {"JobId": UUID}, {"content-type": "text/xml"})["JobId"]


def report(services, level="SERVICE_LEVEL"):
    return {"JobStatus": "COMPLETED", "JobType": level, "JobCreationDate": Now(), "ServicesLastAccessed": services,
            "JobCompletionDate": Now(), "IsTruncated": False}


class TestReports:
    """GenerateServiceLastAccessedDetails and what is got of it."""

    def test_of_a_user(self, iam, user, queue):
        ann = user()
        ann.may(allow(["sqs:GetQueueAttributes", "s3:*", "sns:*"]), deny("sns:*"))
        ann.client("sqs", region="us-east-1").get_queue_attributes(QueueUrl=queue)
        ann.client("s3", region="eu-west-1").list_buckets()
        first = job(iam, ann.arn)
        same(iam.get_service_last_accessed_details(JobId=first), 200,
             report([seen("s3", ann.arn, "eu-west-1"), seen("sqs", ann.arn)]))
        # A report is as it was made; what was refused is an access too.
        with pytest.raises(Exception, match="AccessDenied"):
            ann.client("sqs", region="ap-south-1").list_queues()
        same(iam.get_service_last_accessed_details(JobId=first), 200,
             report([seen("s3", ann.arn, "eu-west-1"), seen("sqs", ann.arn)]))
        same(iam.get_service_last_accessed_details(JobId=job(iam, ann.arn, Granularity="SERVICE_LEVEL")), 200,
             report([seen("s3", ann.arn, "eu-west-1"), seen("sqs", ann.arn, "ap-south-1")]))

    def test_by_action(self, iam, user, s3, bucket):
        """What CloudTrail calls data events is not reported by itself."""
        ann = user()
        ann.may(allow(["s3:*", "iam:*"]))
        mine = ann.client("s3")
        mine.list_buckets()
        mine.put_object(Bucket=bucket, Key="k", Body=b"1")
        mine.get_bucket_location(Bucket=bucket)
        mine.list_objects_v2(Bucket=bucket)

        def action(name):
            return {"ActionName": name, "LastAccessedEntity": ann.arn, "LastAccessedTime": Now(),
                    "LastAccessedRegion": "us-east-1"}
        answer = iam.get_service_last_accessed_details(JobId=job(iam, ann.arn, Granularity="ACTION_LEVEL"))
        same(answer, 200, report([never("iam"), seen("s3", ann.arn, TrackedActionsLastAccessed=[
            action("GetBucketLocation"), action("ListAllMyBuckets")])], "ACTION_LEVEL"))

    def test_of_a_group_and_a_policy(self, iam, user, aws, name):
        ann, ben, carl = user(), user(), user()
        group, policy = name("group"), iam.create_policy(
            PolicyName=name("p"), PolicyDocument=document(allow(["s3:ListAllMyBuckets", "sns:Publish"])))["Policy"]["Arn"]
        made = iam.create_group(GroupName=group)["Group"]
        iam.attach_group_policy(GroupName=group, PolicyArn=policy)
        for one in (ann, ben):
            iam.add_user_to_group(GroupName=group, UserName=one.name)
        iam.attach_user_policy(UserName=ann.name, PolicyArn=policy)
        role = Role(aws, iam, name("role"), trust({"AWS": ACCOUNT}), Path="/apps/")
        iam.attach_role_policy(RoleName=role.name, PolicyArn=policy)
        ann.client("s3").list_buckets()
        carl.may(allow("sts:AssumeRole"))
        role.session(carl.client("sts")).client("s3", region="eu-west-1").list_buckets()

        def entity(kind, arn, made, **more):
            return {"EntityInfo": {"Arn": arn, "Name": made.get("UserName") or made["RoleName"], "Type": kind,
                                   "Id": made.get("UserId") or made["RoleId"], "Path": made["Path"]}, **more}

        done = {"JobStatus": "COMPLETED", "JobCreationDate": Now(), "JobCompletionDate": Now(), "IsTruncated": False}
        of_ann = entity("USER", ann.arn, ann.record, LastAuthenticated=Now())
        of_group = job(iam, made["Arn"])
        same(iam.get_service_last_accessed_details(JobId=of_group), 200, report([seen("s3", ann.arn), never("sns")]))
        same(iam.get_service_last_accessed_details_with_entities(JobId=of_group, ServiceNamespace="s3"), 200,
             {**done, "EntityDetailsList": [of_ann, entity("USER", ben.arn, ben.record)]})
        of_policy = job(iam, policy)
        answer = iam.get_service_last_accessed_details(JobId=of_policy)
        assert [one["TotalAuthenticatedEntities"] for one in answer["ServicesLastAccessed"]] == [2, 0]
        assert answer["ServicesLastAccessed"][0]["LastAuthenticatedEntity"] in (ann.arn, role.arn)
        entities = iam.get_service_last_accessed_details_with_entities(JobId=of_policy, ServiceNamespace="s3")
        listed = same(entities, 200, {**done, "EntityDetailsList": entities["EntityDetailsList"]})["EntityDetailsList"]
        of_role = entity("ROLE", role.arn, role.record, LastAuthenticated=Now())
        assert [one for one in listed if "LastAuthenticated" not in one] == [entity("USER", ben.arn, ben.record)]
        assert len(listed) == 3 and of_ann in listed[:2] and of_role in listed[:2]
        first = same(iam.get_service_last_accessed_details_with_entities(JobId=of_policy, ServiceNamespace="s3", MaxItems=2),
                     200, {**done, "IsTruncated": True, "Marker": Text(".+"), "EntityDetailsList": listed[:2]})
        same(iam.get_service_last_accessed_details_with_entities(JobId=of_policy, ServiceNamespace="s3",
                                                                 Marker=first["Marker"]),
             200, {**done, "EntityDetailsList": listed[2:]})

    def test_every_service_is_in_that_of_an_administrator(self, iam, user):
        """And in the order of the namespaces, in pages."""
        ann = user()
        iam.attach_user_policy(UserName=ann.name, PolicyArn=ADMIN)
        made = job(iam, ann.arn)
        same(iam.get_service_last_accessed_details(JobId=made), 200, report([never(one) for one in sorted(NAMES)]))
        page = iam.get_service_last_accessed_details(JobId=made, MaxItems=4)
        same(page, 200, {**report([never(one) for one in sorted(NAMES)[:4]]), "IsTruncated": True, "Marker": Text(".+")})
        same(iam.get_service_last_accessed_details(JobId=made, Marker=page["Marker"]), 200,
             report([never(one) for one in sorted(NAMES)[4:]]))

    def test_whose_it_is(self, iam, user):
        ann = user()
        ann.may(allow("iam:*"))
        made = job(iam, ann.arn)
        unknown = "11111111-2222-4333-8444-555555555555"
        for client, which in ((ann.client("iam"), made), (iam, unknown)):
            with refused(404, "NoSuchEntity", f"Job {which} was not found.", Type="Sender"):
                client.get_service_last_accessed_details(JobId=which)
            with refused(404, "NoSuchEntity", f"Job {which} was not found.", Type="Sender"):
                client.get_service_last_accessed_details_with_entities(JobId=which, ServiceNamespace="s3")
        with refused(404, "NoSuchEntity", f"Service s3 is not in the report of job {made}.", Type="Sender"):
            iam.get_service_last_accessed_details_with_entities(JobId=made, ServiceNamespace="s3")

    @pytest.mark.parametrize("arn, why", [
        (f"arn:aws:iam::{ACCOUNT}:user/nobody-here", "ARN arn:aws:iam::000000000000:user/nobody-here was not found."),
        (f"arn:aws:iam::{ACCOUNT}:policy/none", f"Policy arn:aws:iam::{ACCOUNT}:policy/none was not found."),
        ("arn:aws:iam::999999999999:role/there", "ARN arn:aws:iam::999999999999:role/there was not found."),
        ("arn:aws:s3:::some-bucket-of-ours", "ARN arn:aws:s3:::some-bucket-of-ours was not found."),
    ])
    def test_of_nothing(self, iam, arn, why):
        with refused(404, "NoSuchEntity", why, Type="Sender"):
            iam.generate_service_last_accessed_details(Arn=arn)


class TestUseOfRoles:
    """RoleLastUsed."""

    def test_in_both_places(self, iam, aws, user, name):
        ann = user()
        ann.may(allow("sts:AssumeRole"))
        role = Role(aws, iam, name("role"), trust({"AWS": ann.arn}))
        session = role.session(ann.client("sts"))
        assert iam.get_role(RoleName=role.name)["Role"]["RoleLastUsed"] == {}
        with pytest.raises(Exception, match="AccessDenied"):
            session.client("sqs", region="eu-west-1").list_queues()
        used = {"LastUsedDate": Now(), "Region": "eu-west-1"}
        assert iam.get_role(RoleName=role.name)["Role"]["RoleLastUsed"] == used
        pages = iam.get_paginator("get_account_authorization_details").paginate(Filter=["Role"])
        found = [one for page in pages for one in page["RoleDetailList"] if one["RoleName"] == role.name]
        assert found[0]["RoleLastUsed"] == used
        assert "RoleLastUsed" not in iam.update_role_description(RoleName=role.name, Description="d")["Role"]
        # Another role of the same name was never used.
        iam.delete_role(RoleName=role.name)
        Role(aws, iam, role.name, trust({"AWS": ann.arn}))
        assert iam.get_role(RoleName=role.name)["Role"]["RoleLastUsed"] == {}

    def test_over_a_restart(self, own_server, own_aws, eventually):
        """It is stored every minute of the service clock, and forgotten after 400 days."""
        iam = own_aws.client("iam")
        ann = User(own_aws, iam, "ann")
        ann.may(allow("*"))
        role = Role(own_aws, iam, "role", trust({"AWS": ann.arn}))
        role.session(ann.client("sts")).client("sts", region="eu-west-1").get_caller_identity()

        def stored():
            return int(next(line for line in own_server.admin("status").splitlines()
                            if line.startswith("iam-key-use")).split()[2])
        before = stored()
        own_server.forward(61)
        eventually(lambda: stored() > before)
        own_server.kill()
        own_server.start()
        used = iam.get_role(RoleName="role")["Role"]["RoleLastUsed"]
        assert used == {"LastUsedDate": Now(), "Region": "eu-west-1"}
        services = iam.get_service_last_accessed_details(JobId=job(iam, ann.arn))["ServicesLastAccessed"]
        assert [one["ServiceNamespace"] for one in services if "LastAuthenticated" in one] == ["sts"]
        own_server.forward(401 * 86_400)
        assert iam.get_role(RoleName="role")["Role"]["RoleLastUsed"] == {}


class TestPolicies:
    """ListPoliciesGrantingServiceAccess."""

    def test_of_a_user_with_its_groups(self, iam, user, name):
        ann, group = user(), name("group")
        made = iam.create_group(GroupName=group)["Group"]
        iam.add_user_to_group(GroupName=group, UserName=ann.name)
        iam.attach_group_policy(GroupName=group, PolicyArn=READ)
        iam.put_group_policy(GroupName=group, PolicyName="queues", PolicyDocument=document(allow("SQS:Get*")))
        ann.may(allow("s3:GetObject"), policy="objects")
        ann.may(allow("*"), deny("s3:*"), policy="all-but-s3")
        iam.attach_user_policy(UserName=ann.name, PolicyArn=ADMIN)
        iam.put_user_permissions_boundary(UserName=ann.name, PermissionsBoundary="arn:aws:iam::aws:policy/ReadOnlyAccess")
        admin = {"PolicyName": "AdministratorAccess", "PolicyType": "MANAGED", "PolicyArn": ADMIN}
        read = {"PolicyName": "AmazonS3ReadOnlyAccess", "PolicyType": "MANAGED", "PolicyArn": READ}

        def inline(policy, kind, holder):
            return {"PolicyName": policy, "PolicyType": "INLINE", "EntityType": kind, "EntityName": holder}

        answer = iam.list_policies_granting_service_access(Arn=ann.arn, ServiceNamespaces=["s3", "sqs", "ec2"])
        rest = inline("all-but-s3", "USER", ann.name)
        same(answer, 200, {"IsTruncated": False, "PoliciesGrantingServiceAccess": [
            {"ServiceNamespace": "s3", "Policies": [admin, inline("objects", "USER", ann.name), read]},
            {"ServiceNamespace": "sqs", "Policies": [admin, rest, inline("queues", "GROUP", group)]},
            {"ServiceNamespace": "ec2", "Policies": [admin, rest]}]}, {"content-type": "text/xml"})
        same(iam.list_policies_granting_service_access(Arn=made["Arn"], ServiceNamespaces=["s3", "sqs", "iam"]), 200,
             {"IsTruncated": False, "PoliciesGrantingServiceAccess": [
                 {"ServiceNamespace": "s3", "Policies": [read]},
                 {"ServiceNamespace": "sqs", "Policies": [inline("queues", "GROUP", group)]},
                 {"ServiceNamespace": "iam", "Policies": []}]})

    def test_of_a_role_in_pages(self, iam, aws, name):
        role = Role(aws, iam, name("role"))
        role.may(allow("a1:*"), policy="p")
        names = [f"a{number}" for number in range(120)]
        first = iam.list_policies_granting_service_access(Arn=role.arn, ServiceNamespaces=names)
        second = iam.list_policies_granting_service_access(Arn=role.arn, ServiceNamespaces=names, Marker=first["Marker"])
        assert first["IsTruncated"] and not second["IsTruncated"] and "Marker" not in second
        both = first["PoliciesGrantingServiceAccess"] + second["PoliciesGrantingServiceAccess"]
        assert [one["ServiceNamespace"] for one in both] == names
        assert [one["ServiceNamespace"] for one in both if one["Policies"]] == ["a1"]

    def test_what_is_refused(self, iam, user):
        gone = f"arn:aws:iam::{ACCOUNT}:user/nobody-here"
        with refused(404, "NoSuchEntity", f"ARN {gone} was not found.", Type="Sender"):
            iam.list_policies_granting_service_access(Arn=gone, ServiceNamespaces=["s3"])
        ann = user()
        with refused(400, "ValidationError", "1 validation error detected: Value 'a b' at 'serviceNamespaces' failed to "
                     r"satisfy constraint: Member must satisfy regular expression pattern: [\w-]*", Type="Sender"):
            iam.list_policies_granting_service_access(Arn=ann.arn, ServiceNamespaces=["s3", "a b"])
        with pytest.raises(Exception, match=f"iam:ListPoliciesGrantingServiceAccess on resource: user {ann.name}|{ann.arn}"):
            ann.client("iam").list_policies_granting_service_access(Arn=ann.arn, ServiceNamespaces=["s3"])
