"""The block of public access of an account: for all its buckets, in all regions, also those made later."""

import json

import pytest
from answers import refused, same
from aws import Aws
from identities import Root, allow, document
from s3_answers import got
from server import Server

BLOCKED = {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}
NO_BLOCK = ("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")
TENANT = "444455556666"


@pytest.fixture(scope="module")
def tenant(server, aws):
    """An account of its own: what it blocks, others do not notice."""
    return Root(aws, server, TENANT)


@pytest.fixture
def control(tenant):
    client = tenant.client("s3control")
    yield client
    client.delete_public_access_block(AccountId=TENANT)


def block(**on):
    return {name: name in on for name in BLOCKED}


def anybody(bucket):
    return document(allow("s3:GetObject", f"arn:aws:s3:::{bucket}/*", Principal="*"))


def opened(client, name, region=None, **more):
    """A bucket that blocks nothing itself."""
    if region:
        more["CreateBucketConfiguration"] = {"LocationConstraint": region}
    client.create_bucket(Bucket=name, ObjectOwnership="ObjectWriter", **more)
    client.delete_public_access_block(Bucket=name)
    return name


def test_it_is_set_read_and_removed(control):
    with refused(404, *NO_BLOCK, AccountId=TENANT):
        control.get_public_access_block(AccountId=TENANT)
    same(control.put_public_access_block(AccountId=TENANT, PublicAccessBlockConfiguration=BLOCKED), 200)
    same(control.get_public_access_block(AccountId=TENANT), 200, {"PublicAccessBlockConfiguration": BLOCKED},
         {"content-type": "application/xml"})
    # What a configuration does not name is not blocked.
    same(control.put_public_access_block(
        AccountId=TENANT, PublicAccessBlockConfiguration={"IgnorePublicAcls": True}), 200)
    same(control.get_public_access_block(AccountId=TENANT), 200,
         {"PublicAccessBlockConfiguration": block(IgnorePublicAcls=True)})
    for _ in range(2):
        same(control.delete_public_access_block(AccountId=TENANT), 200)
        with refused(404, *NO_BLOCK, AccountId=TENANT):
            control.get_public_access_block(AccountId=TENANT)


def test_it_is_the_accounts_own(aws, control, user):
    someone = user()
    for client, account, words in (
        (aws.client("s3control"), TENANT, "Access Denied"),
        (someone.client("s3control"), "000000000000",
         f"User: {someone.arn} is not authorized to perform: s3:{{0}}AccountPublicAccessBlock on resource: \"*\" because "
         "no identity-based policy allows the s3:{0}AccountPublicAccessBlock action"),
    ):
        for action, call in (
            ("Get", lambda: client.get_public_access_block(AccountId=account)),
            ("Put", lambda: client.delete_public_access_block(AccountId=account)),
            ("Put", lambda: client.put_public_access_block(
                AccountId=account, PublicAccessBlockConfiguration=BLOCKED)),
        ):
            with refused(403, "AccessDenied", words.format(action)):
                call()
    with refused(403, "AccessDenied", "Access Denied"):
        aws.client("s3control", anonymous=True).get_public_access_block(AccountId=TENANT)
    with refused(400, "InvalidRequest", "Invalid account id"):
        aws.client("s3control").get_public_access_block(AccountId="12345")


def test_public_policies_are_refused_and_restricted(tenant, control, aws, name):
    s3, anyone = tenant.client("s3"), aws.client("s3", anonymous=True)
    bucket = opened(s3, name())
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    s3.put_bucket_policy(Bucket=bucket, Policy=anybody(bucket))
    same(anyone.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    control.put_public_access_block(AccountId=TENANT, PublicAccessBlockConfiguration=block(BlockPublicPolicy=True))
    same(anyone.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    message = (f"User: {tenant.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "
               f'"arn:aws:s3:::{bucket}" because public policies are prevented by the BlockPublicPolicy setting in S3 '
               "Block Public Access.")
    with refused(403, "AccessDenied", message):
        s3.put_bucket_policy(Bucket=bucket, Policy=anybody(bucket))
    control.put_public_access_block(AccountId=TENANT, PublicAccessBlockConfiguration=block(RestrictPublicBuckets=True))
    with refused(403, "AccessDenied", "Access Denied"):
        anyone.get_object(Bucket=bucket, Key="k")
    same(s3.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    # Its own setting says nothing of it, and is not changed.
    with refused(404, *NO_BLOCK, BucketName=bucket):
        s3.get_public_access_block(Bucket=bucket)
    control.delete_public_access_block(AccountId=TENANT)
    same(anyone.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))


def test_public_lists_are_refused_and_ignored(tenant, control, aws, name):
    s3, anyone = tenant.client("s3"), aws.client("s3", anonymous=True)
    bucket = opened(s3, name())
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", ACL="public-read")
    same(anyone.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    control.put_public_access_block(AccountId=TENANT, PublicAccessBlockConfiguration=block(BlockPublicAcls=True))
    same(anyone.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    for action, resource, call in (
        ("s3:PutObject", bucket, lambda: s3.put_object(Bucket=bucket, Key="l", Body=b"x", ACL="public-read")),
        ("s3:PutBucketAcl", bucket, lambda: s3.put_bucket_acl(Bucket=bucket, ACL="public-read")),
        ("s3:PutObjectAcl", f"{bucket}/k", lambda: s3.put_object_acl(Bucket=bucket, Key="k", ACL="public-read")),
    ):
        message = (f'User: {tenant.arn} is not authorized to perform: {action} on resource: "arn:aws:s3:::{resource}" '
                   "because public access control lists (ACLs) are prevented by the BlockPublicAcls setting in S3 Block "
                   "Public Access.")
        with refused(403, "AccessDenied", message):
            call()
    with pytest.raises(s3.exceptions.ClientError, match="InvalidBucketAclWithBlockPublicAccessError"):
        s3.create_bucket(Bucket=name(), ObjectOwnership="ObjectWriter", ACL="public-read")
    control.put_public_access_block(AccountId=TENANT, PublicAccessBlockConfiguration=block(IgnorePublicAcls=True))
    with refused(403, "AccessDenied", "Access Denied"):
        anyone.get_object(Bucket=bucket, Key="k")
    same(s3.put_object_acl(Bucket=bucket, Key="k", ACL="public-read"), 200)


def test_it_holds_in_all_regions_and_for_new_buckets(tenant, control, aws, name):
    """Also in a region that held nothing when it was set."""
    control.put_public_access_block(AccountId=TENANT, PublicAccessBlockConfiguration=block(RestrictPublicBuckets=True))
    for region in ("us-east-1", "eu-west-2", "ap-south-1"):
        s3 = tenant.client("s3", region=region)
        bucket = opened(s3, name(), None if region == "us-east-1" else region)
        s3.put_object(Bucket=bucket, Key="k", Body=b"x")
        s3.put_bucket_policy(Bucket=bucket, Policy=anybody(bucket))
        with refused(403, "AccessDenied", "Access Denied"):
            aws.client("s3", region=region, anonymous=True).get_object(Bucket=bucket, Key="k")


def test_it_outlives_a_crash():
    with Server() as server:
        aws = Aws(server)
        s3, control, anyone = aws.client("s3"), aws.client("s3control"), aws.client("s3", anonymous=True)
        opened(s3, "photos")
        s3.put_object(Bucket="photos", Key="k", Body=b"x")
        s3.put_bucket_policy(Bucket="photos", Policy=anybody("photos"))
        control.put_public_access_block(AccountId="000000000000", PublicAccessBlockConfiguration=BLOCKED)
        server.kill()
        server.start()
        same(aws.client("s3control").get_public_access_block(AccountId="000000000000"), 200,
             {"PublicAccessBlockConfiguration": BLOCKED})
        with refused(403, "AccessDenied", "Access Denied"):
            anyone.get_object(Bucket="photos", Key="k")


def test_tags_of_buckets(s3, aws, bucket):
    control, arn = aws.client("s3control"), f"arn:aws:s3:::{bucket}"
    named = {"AccountId": "000000000000", "ResourceArn": arn}
    same(control.list_tags_for_resource(**named), 200, {"Tags": []})
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "team", "Value": "red"}]})
    same(control.tag_resource(**named, Tags=[{"Key": "stage", "Value": "test"}, {"Key": "team", "Value": "blue"}]), 204)
    tags = [{"Key": "stage", "Value": "test"}, {"Key": "team", "Value": "blue"}]
    same(control.list_tags_for_resource(**named), 200, {"Tags": tags}, {"content-type": "application/xml"})
    same(s3.get_bucket_tagging(Bucket=bucket), 200, {"TagSet": tags})
    for _ in range(2):
        same(control.untag_resource(**named, TagKeys=["stage", "nothing"]), 204)
        same(control.list_tags_for_resource(**named), 200, {"Tags": tags[1:]})
    with refused(400, "BadRequest", "Bucket tag count cannot be greater than 50"):
        control.tag_resource(**named, Tags=[{"Key": f"k{i}", "Value": ""} for i in range(50)])
    with refused(400, "InvalidTag", "System tags cannot be added/updated by requester", TagKey="aws:a"):
        control.tag_resource(**named, Tags=[{"Key": "aws:a", "Value": ""}])
    same(control.list_tags_for_resource(**named), 200, {"Tags": tags[1:]})


def test_tags_of_what_is_no_bucket(aws, bucket, name):
    control, gone = aws.client("s3control"), name()
    with refused(404, "NoSuchBucket", "The specified bucket does not exist", BucketName=gone):
        control.list_tags_for_resource(AccountId="000000000000", ResourceArn=f"arn:aws:s3:::{gone}")
    with refused(403, "AccessDenied", "Access Denied"):
        control.list_tags_for_resource(AccountId="111122223333", ResourceArn=f"arn:aws:s3:::{bucket}")
    with refused(400, "InvalidRequest", "The resource ARN is not valid."):
        control.list_tags_for_resource(AccountId="000000000000", ResourceArn="arn:aws:sqs:us-east-1:000000000000:q")


def test_tagging_asks_for_rights(aws, user, bucket):
    someone, arn = user(), f"arn:aws:s3:::{bucket}"
    client, named = someone.client("s3control"), {"AccountId": "000000000000", "ResourceArn": arn}
    for action, call in (
        ("TagResource", lambda: client.tag_resource(**named, Tags=[{"Key": "team", "Value": "red"}])),
        ("ListTagsForResource", lambda: client.list_tags_for_resource(**named)),
        ("UntagResource", lambda: client.untag_resource(**named, TagKeys=["team"])),
    ):
        message = (f'User: {someone.arn} is not authorized to perform: s3:{action} on resource: "{arn}" because no '
                   f"identity-based policy allows the s3:{action} action")
        with refused(403, "AccessDenied", message):
            call()
        someone.may(allow(f"s3:{action}", arn))
        call()
    only = {"StringEquals": {"aws:RequestTag/team": "red"}}
    someone.may(allow("s3:TagResource", arn, Condition=only))
    client.tag_resource(**named, Tags=[{"Key": "team", "Value": "red"}])
    with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
        client.tag_resource(**named, Tags=[{"Key": "team", "Value": "blue"}])


def test_what_is_not_served_is_refused_by_name(aws, bucket):
    """A bucket may have the name that the paths of S3 Control begin with."""
    with pytest.raises(Exception) as error:
        aws.client("s3control").list_jobs(AccountId="000000000000")
    assert error.value.response["Error"]["Code"] == "NotImplemented"
    assert "ListJobs" in json.dumps(error.value.response)
    s3 = aws.client("s3")
    s3.create_bucket(Bucket="v20180820")
    s3.put_object(Bucket="v20180820", Key="accesspoint/x", Body=b"x")
    same(s3.get_object(Bucket="v20180820", Key="accesspoint/x"), 200, got(b"x"))
