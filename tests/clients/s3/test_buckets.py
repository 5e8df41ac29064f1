"""Buckets: made, found, listed, removed."""

import pytest
from answers import TIME, Any, Text, refused, same
from identities import allow
from raw import Signer
from s3_answers import MALFORMED_XML, NO_SUCH_BUCKET

OWNED = "Your previous request to create the named bucket succeeded and you already own it."
ILLEGAL = "The {} location constraint is incompatible for the region specific endpoint this request was sent to."
OWNER = {"ID": Text("[0-9a-f]{64}")}


def test_create_answers_location_and_arn(s3, name):
    bucket = name()
    same(s3.create_bucket(Bucket=bucket), 200,
         {"Location": f"/{bucket}", "BucketArn": f"arn:aws:s3:::{bucket}"}, {"content-length": "0"})


def test_create_again_is_200_in_us_east_1(s3, bucket):
    same(s3.create_bucket(Bucket=bucket), 200, {"Location": f"/{bucket}", "BucketArn": f"arn:aws:s3:::{bucket}"})


def test_create_in_another_region(aws, name):
    s3, bucket = aws.client("s3", region="eu-west-1"), name()
    answer = s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    same(answer, 200, {"Location": Text(f"http://.*{bucket}.*/"), "BucketArn": f"arn:aws:s3:::{bucket}"})
    same(s3.get_bucket_location(Bucket=bucket), 200, {"LocationConstraint": "eu-west-1"})
    with refused(409, "BucketAlreadyOwnedByYou", OWNED, BucketName=bucket):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})


def test_what_is_created_again_in_us_east_1_has_the_list_of_a_new_bucket(s3, name):
    bucket = name()
    s3.create_bucket(Bucket=bucket, ObjectOwnership="ObjectWriter")
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read")
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    grants = lambda: len(s3.get_bucket_acl(Bucket=bucket)["Grants"])  # noqa: E731
    assert grants() == 2
    same(s3.create_bucket(Bucket=bucket), 200, {"Location": f"/{bucket}", "BucketArn": f"arn:aws:s3:::{bucket}"})
    assert grants() == 1
    # The rest of it stays as it was.
    assert s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"] == [
        {"ObjectOwnership": "ObjectWriter"}]
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x"


def test_the_namespace_of_an_account_in_a_region(aws, s3, other, user, name):
    def make(client, bucket, region="us-east-1", **more):
        where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        return client.create_bucket(Bucket=bucket, BucketNamespace="account-regional", **where, **more)

    prefix = name("mine")
    bucket = f"{prefix}-000000000000-us-east-1-an"
    same(make(s3, bucket), 200, {"Location": f"/{bucket}", "BucketArn": f"arn:aws:s3:::{bucket}"})
    west = f"{prefix}-000000000000-eu-west-1-an"
    make(aws.client("s3", region="eu-west-1"), west, "eu-west-1")
    theirs = f"{prefix}-{other.account}-us-east-1-an"
    make(other.client("s3"), theirs)
    listed = [one["Name"] for one in s3.list_buckets(Prefix=prefix)["Buckets"]]
    assert listed == sorted([bucket, west])
    for client, wrong in ((s3, theirs), (s3, west), (s3, prefix), (s3, f"{prefix}-000000000000-us-east-1"),
                          (other.client("s3"), bucket)):
        with refused(400, "InvalidBucketName", "The specified bucket is not valid.", BucketName=wrong):
            make(client, wrong)
    for more in ({}, {"BucketNamespace": "global"}):
        with refused(400, "InvalidBucketName", "The specified bucket is not valid.", BucketName=f"x{bucket}"):
            s3.create_bucket(Bucket=f"x{bucket}", **more)
    with refused(400, "InvalidArgument", "Invalid x-amz-bucket-namespace header: mine",
                 ArgumentName="x-amz-bucket-namespace", ArgumentValue="mine"):
        s3.create_bucket(Bucket=name(), BucketNamespace="mine")
    someone = user()
    client = someone.client("s3")
    someone.may(allow("s3:CreateBucket", Condition={"StringEquals": {"s3:x-amz-bucket-namespace": "account-regional"}}))
    make(client, f"{name()}-000000000000-us-east-1-an")
    with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
        client.create_bucket(Bucket=name())


def test_create_without_constraint_outside_us_east_1(aws, name):
    with refused(400, "IllegalLocationConstraintException", ILLEGAL.format("unspecified")):
        aws.client("s3", region="eu-west-1").create_bucket(Bucket=name())


def test_create_with_another_regions_constraint(aws, name):
    with refused(400, "IllegalLocationConstraintException", ILLEGAL.format("us-west-2")):
        aws.client("s3", region="eu-west-1").create_bucket(
            Bucket=name(), CreateBucketConfiguration={"LocationConstraint": "us-west-2"})


def test_create_with_a_constraint_that_is_no_region(s3, name):
    with refused(400, "InvalidLocationConstraint", "The specified location-constraint is not valid",
                 LocationConstraint="nowhere-1"):
        s3.create_bucket(Bucket=name(), CreateBucketConfiguration={"LocationConstraint": "nowhere-1"})


@pytest.mark.parametrize("bad", [
    "ab", "a" * 64, "Upper-case", "under_score", "-starts", "ends-", "two..dots", "dot.-dash", "192.168.5.4",
    "xn--punycode", "alias-s3alias", "outpost--ol-s3",
])
def test_names_that_are_refused(s3, bad):
    with refused(400, "InvalidBucketName", "The specified bucket is not valid.", BucketName=bad):
        s3.create_bucket(Bucket=bad)


@pytest.mark.parametrize("good", ["abc", "with.dots.{}", "1-{}", "a" * 50 + "{}"])
def test_names_that_are_accepted(s3, name, good):
    bucket = good.format(name("x"))[:63]
    same(s3.create_bucket(Bucket=bucket), 200, {"Location": f"/{bucket}", "BucketArn": f"arn:aws:s3:::{bucket}"})
    s3.delete_bucket(Bucket=bucket)


def test_head(s3, bucket):
    same(s3.head_bucket(Bucket=bucket), 200,
         {"BucketArn": f"arn:aws:s3:::{bucket}", "BucketRegion": "us-east-1", "AccessPointAlias": False},
         {"x-amz-bucket-region": "us-east-1"})


def test_head_of_nothing(s3, name):
    with refused(404, "404", "Not Found"):
        s3.head_bucket(Bucket=name())


def test_head_from_the_wrong_region_redirects(server, bucket):
    answer = Signer(server, "s3", region="eu-west-1").request("HEAD", f"/{bucket}")
    assert answer.status == 301
    assert answer.headers["x-amz-bucket-region"] == "us-east-1"


def test_location_of_us_east_1_is_null(s3, bucket):
    same(s3.get_bucket_location(Bucket=bucket), 200, {"LocationConstraint": None})


def test_location_of_nothing(s3, name):
    bucket = name()
    boto3s_own = {"LocationConstraint": None}  # boto3 reads it from any answer, this one too
    with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, top=boto3s_own, BucketName=bucket):
        s3.get_bucket_location(Bucket=bucket)


def test_delete(s3, bucket):
    same(s3.delete_bucket(Bucket=bucket), 204)
    with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=bucket):
        s3.delete_bucket(Bucket=bucket)
    with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=bucket):
        s3.list_objects_v2(Bucket=bucket)


def test_delete_of_a_bucket_with_an_object(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    with refused(409, "BucketNotEmpty", "The bucket you tried to delete is not empty", BucketName=bucket):
        s3.delete_bucket(Bucket=bucket)
    s3.delete_object(Bucket=bucket, Key="k")
    same(s3.delete_bucket(Bucket=bucket), 204)


def test_delete_of_a_bucket_with_versions(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    s3.delete_object(Bucket=bucket, Key="k")
    with refused(409, "BucketNotEmpty",
                 "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
                 BucketName=bucket):
        s3.delete_bucket(Bucket=bucket)


def test_a_deleted_bucket_can_be_made_again_and_is_empty(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    s3.delete_object(Bucket=bucket, Key="k")
    s3.delete_bucket(Bucket=bucket)
    s3.create_bucket(Bucket=bucket)
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def entry(bucket, region="us-east-1"):
    return {"Name": bucket, "CreationDate": TIME, "BucketArn": f"arn:aws:s3:::{bucket}", "BucketRegion": region}


def test_list_with_prefix(s3, name):
    prefix = name("list")
    names = [f"{prefix}-{letter}" for letter in "abc"]
    for bucket in reversed(names):
        s3.create_bucket(Bucket=bucket)
    same(s3.list_buckets(Prefix=prefix), 200,
         {"Buckets": [entry(bucket) for bucket in names], "Owner": OWNER, "Prefix": prefix})


def test_list_in_pages(s3, name):
    prefix = name("page")
    names = [f"{prefix}-{letter}" for letter in "abcde"]
    for bucket in names:
        s3.create_bucket(Bucket=bucket)
    first = same(s3.list_buckets(Prefix=prefix, MaxBuckets=2), 200,
                 {"Buckets": [entry(bucket) for bucket in names[:2]], "Owner": OWNER, "Prefix": prefix,
                  "ContinuationToken": Any(str)})
    second = same(s3.list_buckets(Prefix=prefix, MaxBuckets=2, ContinuationToken=first["ContinuationToken"]), 200,
                  {"Buckets": [entry(bucket) for bucket in names[2:4]], "Owner": OWNER, "Prefix": prefix,
                   "ContinuationToken": Any(str)})
    same(s3.list_buckets(Prefix=prefix, MaxBuckets=2, ContinuationToken=second["ContinuationToken"]), 200,
         {"Buckets": [entry(names[4])], "Owner": OWNER, "Prefix": prefix})
    pages = s3.get_paginator("list_buckets").paginate(Prefix=prefix, PaginationConfig={"PageSize": 1})
    assert [bucket["Name"] for page in pages for bucket in page["Buckets"]] == names


def test_list_by_region(aws, s3, name):
    prefix = name("region")
    s3.create_bucket(Bucket=f"{prefix}-here")
    aws.client("s3", region="eu-central-1").create_bucket(
        Bucket=f"{prefix}-there", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    same(s3.list_buckets(Prefix=prefix, BucketRegion="us-east-1"), 200,
         {"Buckets": [entry(f"{prefix}-here")], "Owner": OWNER, "Prefix": prefix})
    same(s3.list_buckets(Prefix=prefix), 200,
         {"Buckets": [entry(f"{prefix}-here"), entry(f"{prefix}-there", "eu-central-1")], "Owner": OWNER,
          "Prefix": prefix})


def test_list_without_a_match(s3, name):
    prefix = name("none")
    same(s3.list_buckets(Prefix=prefix), 200, {"Buckets": [], "Owner": OWNER, "Prefix": prefix})


def test_list_with_a_region_that_is_none(s3):
    with refused(400, "InvalidArgument", "Argument value eu-east-1 is not a valid AWS Region",
                 ArgumentName="bucket-region"):
        s3.list_buckets(BucketRegion="eu-east-1")


def test_list_with_a_token_that_is_none(s3):
    with refused(400, "InvalidArgument", "The continuation token provided is incorrect",
                 ArgumentName="continuation-token"):
        s3.list_buckets(ContinuationToken="no-token-at-all")


def test_versioning_configuration(s3, bucket):
    same(s3.get_bucket_versioning(Bucket=bucket), 200)
    same(s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"}), 200)
    same(s3.get_bucket_versioning(Bucket=bucket), 200, {"Status": "Enabled"})
    same(s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"}), 200)
    same(s3.get_bucket_versioning(Bucket=bucket), 200, {"Status": "Suspended"})


def test_second_factors_for_deletion(s3, bucket):
    configuration = {"Status": "Enabled", "MFADelete": "Disabled"}
    same(s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=configuration), 200)
    same(s3.get_bucket_versioning(Bucket=bucket), 200, configuration)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    same(s3.get_bucket_versioning(Bucket=bucket), 200, {"Status": "Suspended", "MFADelete": "Disabled"})
    with refused(501, "NotImplemented", "MfaDelete is not implemented."):
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled", "MFADelete": "Enabled"})


def test_versioning_with_a_status_that_is_none(s3, bucket):
    with refused(400, "MalformedXML", MALFORMED_XML):
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "enabled"})
    with refused(400, "IllegalVersioningConfigurationException", "The Versioning element must be specified"):
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={})


def test_versioning_of_no_bucket(s3, name):
    bucket = name()
    with refused(404, "NoSuchBucket", NO_SUCH_BUCKET, BucketName=bucket):
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
