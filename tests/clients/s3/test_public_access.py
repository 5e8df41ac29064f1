"""Who owns what is written, and the block of public access: what new buckets begin with, and what it keeps out."""

import json

import pytest
from answers import refused, same
from aws import Aws
from identities import allow, document
from s3_answers import MALFORMED_XML, NO_SUCH_BUCKET, got
from server import Server

NO_CONTROLS = ("OwnershipControlsNotFoundError", "The bucket ownership controls were not found")
NO_BLOCK = ("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")
BLOCKED = {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}


def ownership(setting):
    return {"Rules": [{"ObjectOwnership": setting}]}


def block(**on):
    return {name: name in on for name in BLOCKED}


def anybody(bucket, action="s3:GetObject", principal="*", **more):
    return document({"Effect": "Allow", "Principal": principal, "Action": action,
                     "Resource": f"arn:aws:s3:::{bucket}/*", **more})


def test_new_buckets_belong_to_their_owner(s3, bucket):
    same(s3.get_bucket_ownership_controls(Bucket=bucket), 200, {"OwnershipControls": ownership("BucketOwnerEnforced")},
         {"content-type": "application/xml"})


@pytest.mark.parametrize("setting", ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"])
def test_ownership_is_set(s3, bucket, name, setting):
    same(s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=ownership(setting)), 200)
    same(s3.get_bucket_ownership_controls(Bucket=bucket), 200, {"OwnershipControls": ownership(setting)})
    made = name("owned")
    s3.create_bucket(Bucket=made, ObjectOwnership=setting)
    same(s3.get_bucket_ownership_controls(Bucket=made), 200, {"OwnershipControls": ownership(setting)})


def test_ownership_is_removed(s3, bucket):
    for _ in range(2):
        same(s3.delete_bucket_ownership_controls(Bucket=bucket), 204)
        with refused(404, *NO_CONTROLS, BucketName=bucket):
            s3.get_bucket_ownership_controls(Bucket=bucket)


def test_ownership_has_one_rule_of_three(s3, bucket, name):
    for rules in ([], ownership("Nobody")["Rules"], ownership("ObjectWriter")["Rules"] * 2):
        with refused(400, "MalformedXML", MALFORMED_XML):
            s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": rules})
    with refused(400, "InvalidArgument", "Invalid x-amz-object-ownership header: Nobody",
                 ArgumentName="x-amz-object-ownership", ArgumentValue="Nobody"):
        s3.create_bucket(Bucket=name(), ObjectOwnership="Nobody")


def test_of_no_bucket(s3, name):
    gone = name()
    for call in (lambda: s3.get_bucket_ownership_controls(Bucket=gone),
                 lambda: s3.delete_bucket_ownership_controls(Bucket=gone),
                 lambda: s3.put_bucket_ownership_controls(Bucket=gone, OwnershipControls=ownership("ObjectWriter")),
                 lambda: s3.get_public_access_block(Bucket=gone),
                 lambda: s3.delete_public_access_block(Bucket=gone),
                 lambda: s3.put_public_access_block(Bucket=gone, PublicAccessBlockConfiguration=BLOCKED)):
        with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=gone):
            call()


def test_new_buckets_block_the_public(s3, bucket):
    same(s3.get_public_access_block(Bucket=bucket), 200, {"PublicAccessBlockConfiguration": BLOCKED},
         {"content-type": "application/xml"})


def test_the_block_is_set_and_removed(s3, bucket):
    same(s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={"BlockPublicAcls": True}), 200)
    same(s3.get_public_access_block(Bucket=bucket), 200,
         {"PublicAccessBlockConfiguration": block(BlockPublicAcls=True)})
    for _ in range(2):
        same(s3.delete_public_access_block(Bucket=bucket), 204)
        with refused(404, *NO_BLOCK, BucketName=bucket):
            s3.get_public_access_block(Bucket=bucket)


def test_public_policies_are_blocked(s3, bucket):
    message = ("User: arn:aws:iam::000000000000:root is not authorized to perform: s3:PutBucketPolicy on resource: "
               f'"arn:aws:s3:::{bucket}" because public policies are prevented by the BlockPublicPolicy setting in S3 '
               "Block Public Access.")
    with refused(403, "AccessDenied", message):
        s3.put_bucket_policy(Bucket=bucket, Policy=anybody(bucket))
    same(s3.put_bucket_policy(Bucket=bucket, Policy=anybody(bucket, principal={"AWS": "111122223333"})), 204)
    only = {"StringEquals": {"aws:SourceVpc": "vpc-1"}}
    same(s3.put_bucket_policy(Bucket=bucket, Policy=anybody(bucket, Condition=only)), 204)
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block(RestrictPublicBuckets=True))
    same(s3.put_bucket_policy(Bucket=bucket, Policy=anybody(bucket)), 204)


def test_public_buckets_are_restricted_to_their_account(s3, aws, user, bucket):
    """What is denied stays denied, and what the policy says to the own account counts."""
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    anyone = aws.client("s3", anonymous=True)
    own = user().client("s3")
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=anybody(bucket))
    for reader in (anyone, own):
        same(reader.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block(RestrictPublicBuckets=True))
    with refused(403, "AccessDenied", "Access Denied"):
        anyone.get_object(Bucket=bucket, Key="k")
    same(own.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    same(s3.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    both = json.loads(anybody(bucket))
    both["Statement"].append({"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject",
                              "Resource": f"arn:aws:s3:::{bucket}/*"})
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(both))
    with pytest.raises(own.exceptions.ClientError) as error:
        own.get_object(Bucket=bucket, Key="k")
    assert "explicit deny" in error.value.response["Error"]["Message"]


def test_rights_are_asked_for(s3, user, bucket):
    someone = user()
    client = someone.client("s3")
    calls = {
        "s3:GetBucketOwnershipControls": lambda: client.get_bucket_ownership_controls(Bucket=bucket),
        "s3:PutBucketOwnershipControls": lambda: client.delete_bucket_ownership_controls(Bucket=bucket),
        "s3:GetBucketPublicAccessBlock": lambda: client.get_public_access_block(Bucket=bucket),
        "s3:PutBucketPublicAccessBlock": lambda: client.delete_public_access_block(Bucket=bucket),
    }
    for action, call in calls.items():
        message = (f'User: {someone.arn} is not authorized to perform: {action} on resource: "arn:aws:s3:::{bucket}" '
                   f"because no identity-based policy allows the {action} action")
        with refused(403, "AccessDenied", message):
            call()
    for action, call in calls.items():
        someone.may(allow(action))
        call()


def test_creations_may_be_bound_to_an_ownership(user, name):
    someone = user()
    client = someone.client("s3")
    only = {"StringEquals": {"s3:x-amz-object-ownership": "BucketOwnerEnforced"}}
    someone.may(allow("s3:CreateBucket", Condition=only), allow("s3:PutBucketOwnershipControls"))
    client.create_bucket(Bucket=name("b"), ObjectOwnership="BucketOwnerEnforced")
    for wrong in ({}, {"ObjectOwnership": "ObjectWriter"}):
        with pytest.raises(client.exceptions.ClientError) as error:
            client.create_bucket(Bucket=name("b"), **wrong)
        assert error.value.response["Error"]["Code"] == "AccessDenied"


def test_legacy_defaults(name):
    """Buckets as they were before April 2023."""
    with Server(args=["--s3-legacy-defaults"]) as server:
        s3 = Aws(server).client("s3")
        bucket = name("old")
        s3.create_bucket(Bucket=bucket)
        with refused(404, *NO_CONTROLS, BucketName=bucket):
            s3.get_bucket_ownership_controls(Bucket=bucket)
        with refused(404, *NO_BLOCK, BucketName=bucket):
            s3.get_public_access_block(Bucket=bucket)
        rule = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
        assert rule["BlockedEncryptionTypes"] == {"EncryptionType": ["NONE"]}
        same(s3.put_bucket_policy(Bucket=bucket, Policy=anybody(bucket)), 204)
        me = s3.list_buckets()["Owner"]
        assert me["DisplayName"] == me["ID"]
        s3.put_object(Bucket=bucket, Key="k")
        assert s3.list_objects(Bucket=bucket)["Contents"][0]["Owner"] == me
        owned = {"Owner": me, "Grants": [{"Grantee": {**me, "Type": "CanonicalUser"}, "Permission": "FULL_CONTROL"}]}
        same(s3.get_bucket_acl(Bucket=bucket), 200, owned)
        same(s3.get_object_acl(Bucket=bucket, Key="k"), 200, owned)
        made = name("new")
        s3.create_bucket(Bucket=made, ObjectOwnership="BucketOwnerEnforced")
        same(s3.get_bucket_ownership_controls(Bucket=made), 200,
             {"OwnershipControls": ownership("BucketOwnerEnforced")})
