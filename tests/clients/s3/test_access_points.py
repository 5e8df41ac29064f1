"""Access points: made, listed, used by their ARN and their alias, and who may what through them."""

import json

import pytest
from answers import Now, Text, refused, same
from aws import ACCOUNT, REGION
from identities import allow, deny, document
from s3_answers import got, head, listed, stored

BLOCKED = {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}
OPEN = dict.fromkeys(BLOCKED, False)
GONE = ("NoSuchAccessPoint", "The specified accesspoint does not exist")
NO_POLICY = ("NoSuchAccessPointPolicy", "The specified accesspoint policy does not exist")


@pytest.fixture
def control(aws):
    return aws.client("s3control")


def arn_of(point, account=ACCOUNT, region=REGION):
    return f"arn:aws:s3:{region}:{account}:accesspoint/{point}"


@pytest.fixture
def point(control, bucket, name):
    """An access point of the bucket that blocks nothing."""
    made = name("point")
    control.create_access_point(AccountId=ACCOUNT, Name=made, Bucket=bucket, PublicAccessBlockConfiguration=OPEN)
    return made


@pytest.fixture
def by_arn(aws):
    """Clients that put the access point into the host, as they do with its ARN."""
    return aws.client("s3", style="virtual")


def delegate(s3, bucket, account=ACCOUNT):
    """Lets the access points of an account decide, as AWS's guide has it."""
    resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    only = {"StringEquals": {"s3:DataAccessPointAccount": account}}
    s3.put_bucket_policy(Bucket=bucket, Policy=document(allow("*", resources, Principal={"AWS": "*"}, Condition=only)))


def shown(name, bucket, alias, **more):
    return {"Name": name, "Bucket": bucket, "NetworkOrigin": "Internet", "Alias": alias,
            "AccessPointArn": arn_of(name), "BucketAccountId": ACCOUNT, **more}


def test_from_make_to_remove(control, s3, bucket, name):
    made = name("point")
    alias = Text(rf"{made[:20].rstrip('-')}-[a-z0-9]{{34}}-s3alias")
    answer = same(control.create_access_point(AccountId=ACCOUNT, Name=made, Bucket=bucket), 200,
                  {"AccessPointArn": arn_of(made), "Alias": alias}, {"content-type": "application/xml"})
    alias = answer["Alias"]
    assert len(alias) <= 63
    host = "s3-accesspoint{}.us-east-1.amazonaws.com"
    endpoints = {"ipv4": host.format(""), "dualstack": host.format(".dualstack"), "fips": host.format("-fips"),
                 "fips_dualstack": host.format("-fips.dualstack")}
    same(control.get_access_point(AccountId=ACCOUNT, Name=made), 200,
         shown(made, bucket, alias, PublicAccessBlockConfiguration=BLOCKED, CreationDate=Now(), Endpoints=endpoints))
    same(control.list_access_points(AccountId=ACCOUNT, Bucket=bucket), 200,
         {"AccessPointList": [shown(made, bucket, alias)]})
    with refused(409, "AccessPointAlreadyOwnedByYou",
                 "Your previous request to create the named accesspoint succeeded and you already own it.",
                 AccessPointName=made):
        control.create_access_point(AccountId=ACCOUNT, Name=made, Bucket=bucket)
    with refused(400, "BucketHasAccessPointsAttached",
                 "The bucket that you tried to delete has access points attached. Delete your access points before "
                 "attempting to delete your bucket.", BucketName=bucket):
        s3.delete_bucket(Bucket=bucket)
    same(control.delete_access_point(AccountId=ACCOUNT, Name=made), 200)
    for call in (control.get_access_point, control.delete_access_point, control.get_access_point_policy,
                 control.get_access_point_policy_status, control.delete_access_point_policy):
        with refused(404, *GONE, AccessPointName=made):
            call(AccountId=ACCOUNT, Name=made)
    same(control.list_access_points(AccountId=ACCOUNT, Bucket=bucket), 200, {"AccessPointList": []})
    same(s3.delete_bucket(Bucket=bucket), 204)


def test_what_cannot_be_made(control, aws, other, bucket, name):
    for wrong in ("Upper", "under_score", "-ab", "ab-", "a.b", "x" * 51, "abc-s3alias"):
        with refused(400, "InvalidAccessPoint", "The specified access point name or account is not valid."):
            control.create_access_point(AccountId=ACCOUNT, Name=wrong, Bucket=bucket)
    with refused(400, "InvalidRequest", "Amazon S3 AccessPoint can only be created for existing bucket"):
        control.create_access_point(AccountId=ACCOUNT, Name=name(), Bucket=name("gone"))
    # Somebody else's bucket is named with its owner.
    theirs = other.client("s3control")
    with refused(403, "AccessDenied", "Access Denied"):
        theirs.create_access_point(AccountId=other.account, Name="abc", Bucket=bucket)
    with pytest.raises(theirs.exceptions.ClientError, match="AccessDenied"):
        theirs.create_access_point(AccountId=ACCOUNT, Name="abc", Bucket=bucket)
    with pytest.raises(theirs.exceptions.ClientError, match="NotImplemented"):
        control.create_access_point(AccountId=ACCOUNT, Name="abc", Bucket=bucket, Scope={"Prefixes": ["a"]})


def test_names_are_of_accounts_and_regions(aws, control, other, bucket, name):
    made, theirs, elsewhere = name("point"), name("theirs"), name("elsewhere")
    control.create_access_point(AccountId=ACCOUNT, Name=made, Bucket=bucket)
    other.client("s3").create_bucket(Bucket=theirs)
    answer = other.client("s3control").create_access_point(AccountId=other.account, Name=made, Bucket=theirs)
    assert answer["AccessPointArn"] == arn_of(made, other.account)
    west = {"region": "eu-west-1"}
    aws.client("s3", **west).create_bucket(Bucket=elsewhere,
                                           CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    answer = aws.client("s3control", **west).create_access_point(AccountId=ACCOUNT, Name=made, Bucket=elsewhere)
    assert answer["AccessPointArn"] == arn_of(made, region="eu-west-1")
    with refused(400, "InvalidRequest", "Amazon S3 AccessPoint can only be created for existing bucket"):
        control.create_access_point(AccountId=ACCOUNT, Name=name(), Bucket=elsewhere)
    aws.client("s3", **west).put_object(Bucket=elsewhere, Key="k", Body=b"west")
    through = aws.client("s3", style="virtual", **west)
    same(through.get_object(Bucket=arn_of(made, region="eu-west-1"), Key="k"), 200, got(b"west"))


def test_listings_have_pages(control, s3, other, name):
    theirs, client = other.client("s3control"), other.client("s3")
    bucket, second = name("bucket"), name("bucket")
    for made in (bucket, second):
        client.create_bucket(Bucket=made)
    names = [name("page") for _ in range(5)]
    for i, one in enumerate(names):
        theirs.create_access_point(AccountId=other.account, Name=one, Bucket=second if i == 2 else bucket)
    wanted = sorted(one for i, one in enumerate(names) if i != 2)
    for given, expected in (({}, sorted(names)), ({"Bucket": bucket}, wanted)):
        seen, more = [], {}
        for _ in range(9):
            page = theirs.list_access_points(AccountId=other.account, MaxResults=2, **given, **more)
            seen += [one["Name"] for one in page["AccessPointList"]]
            assert len(page["AccessPointList"]) <= 2
            if "NextToken" not in page:
                break
            more = {"NextToken": page["NextToken"]}
        assert [one for one in seen if one in names] == expected
    with pytest.raises(theirs.exceptions.ClientError, match="InvalidArgument"):
        theirs.list_access_points(AccountId=other.account, NextToken="!")


def test_objects_by_arn_and_by_alias(control, s3, by_arn, bucket, point):
    alias = control.get_access_point(AccountId=ACCOUNT, Name=point)["Alias"]
    for i, (client, named) in enumerate(((by_arn, arn_of(point)), (by_arn, alias), (s3, alias))):
        key = f"dir {i}/k+ü"
        same(client.put_object(Bucket=named, Key=key, Body=b"data"), 200, stored(b"data"))
        same(client.get_object(Bucket=named, Key=key), 200, got(b"data"))
        same(client.head_object(Bucket=named, Key=key), 200, head(b"data"))
        same(s3.get_object(Bucket=bucket, Key=key), 200, got(b"data"))
        answer = client.list_objects_v2(Bucket=named)
        assert answer["Name"] == bucket
        assert answer["Contents"] == [listed(key, b"data")]
        assert client.head_bucket(Bucket=named)["BucketRegion"] == REGION
        upload = client.create_multipart_upload(Bucket=named, Key="m")
        assert upload["Bucket"] == bucket
        part = client.upload_part(Bucket=named, Key="m", UploadId=upload["UploadId"], PartNumber=1, Body=b"p")
        done = client.complete_multipart_upload(
            Bucket=named, Key="m", UploadId=upload["UploadId"],
            MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
        assert done["Bucket"] == bucket
        same(client.delete_objects(Bucket=named, Delete={"Objects": [{"Key": "m"}, {"Key": key}], "Quiet": True}), 200)
        assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_by_the_hosts_of_access_points(aws, s3, bucket, point):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    client = aws.client("s3", host=f"s3-accesspoint.{REGION}.localhost")
    same(client.get_object(Bucket=arn_of(point), Key="k"), 200, got(b"x"))
    gone = "no-such-point"
    with refused(404, *GONE, AccessPointName=f"{gone}-{ACCOUNT}"):
        client.get_object(Bucket=arn_of(gone), Key="k")
    url = client.generate_presigned_url("get_object", Params={"Bucket": arn_of(point), "Key": "k"})
    assert f"//{point}-{ACCOUNT}.s3-accesspoint.{REGION}.localhost" in url


def test_a_bucket_goes_before_an_access_point_of_its_name(aws, control, s3, by_arn, bucket, name):
    """`NAME-ACCOUNT.HOST` may be either, where the host does not say which."""
    short = name("p")
    s3.create_bucket(Bucket=f"{short}-{ACCOUNT}")
    control.create_access_point(AccountId=ACCOUNT, Name=short, Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="k", Body=b"behind")
    s3.put_object(Bucket=f"{short}-{ACCOUNT}", Key="k", Body=b"of the name")
    same(by_arn.get_object(Bucket=arn_of(short), Key="k"), 200, got(b"of the name"))
    exact = aws.client("s3", host=f"s3-accesspoint.{REGION}.localhost")
    same(exact.get_object(Bucket=arn_of(short), Key="k"), 200, got(b"behind"))


def test_copies_through_access_points(control, s3, by_arn, user, bucket, point, name):
    alias = control.get_access_point(AccountId=ACCOUNT, Name=point)["Alias"]
    s3.put_object(Bucket=bucket, Key="a/k", Body=b"x")
    for i, source in enumerate((f"{arn_of(point)}/object/a/k", {"Bucket": arn_of(point), "Key": "a/k"}, f"{alias}/a/k")):
        by_arn.copy_object(Bucket=arn_of(point), Key=f"to{i}", CopySource=source)
        same(s3.get_object(Bucket=bucket, Key=f"to{i}"), 200, got(b"x"))
    upload = s3.create_multipart_upload(Bucket=bucket, Key="m")["UploadId"]
    s3.upload_part_copy(Bucket=bucket, Key="m", UploadId=upload, PartNumber=1, CopySource=f"{alias}/a/k")
    with refused(404, *GONE, AccessPointName="gone"):
        s3.copy_object(Bucket=bucket, Key="t", CopySource=f"{arn_of('gone')}/object/a/k")
    with refused(400, "InvalidAccessPoint", "The specified access point name or account is not valid."):
        s3.copy_object(Bucket=bucket, Key="t", CopySource=f"{arn_of(point, region='eu-west-1')}/object/a/k")
    # The access point of the source has a say of the source alone, and that of the destination of that alone.
    someone, second = user(), name("second")
    control.create_access_point(AccountId=ACCOUNT, Name=second, Bucket=bucket)
    someone.may(allow("s3:GetObject", [f"arn:aws:s3:::{bucket}/*", f"{arn_of(point)}/object/a/*"]),
                allow("s3:PutObject", [f"arn:aws:s3:::{bucket}/*", f"{arn_of(second)}/object/*"]))
    client = someone.client("s3", style="virtual")
    client.copy_object(Bucket=arn_of(second), Key="t", CopySource=f"{arn_of(point)}/object/a/k")
    with pytest.raises(client.exceptions.ClientError, match=f"{point}/object/to0"):
        client.copy_object(Bucket=arn_of(second), Key="t", CopySource=f"{arn_of(point)}/object/to0")
    with pytest.raises(client.exceptions.ClientError, match=f"{point}/object/t"):
        client.copy_object(Bucket=arn_of(point), Key="t", CopySource=f"{arn_of(point)}/object/a/k")


def test_what_is_not_asked_through_access_points(by_arn, point):
    """They are for objects."""
    calls = {
        "DELETE": lambda: by_arn.delete_bucket(Bucket=arn_of(point)),
        "PUT": lambda: by_arn.put_bucket_versioning(Bucket=arn_of(point),
                                                    VersioningConfiguration={"Status": "Enabled"}),
        "GET": lambda: by_arn.get_bucket_tagging(Bucket=arn_of(point)),
    }
    for method, call in calls.items():
        with refused(405, "MethodNotAllowed", "The specified method is not allowed against this resource.",
                     Method=method, ResourceType="ACCESSPOINT"):
            call()


def test_policies_are_set_read_and_removed(control, bucket, point):
    named = {"AccountId": ACCOUNT, "Name": point}
    policy = document(allow("s3:GetObject", f"{arn_of(point)}/object/*", Principal={"AWS": ACCOUNT}))
    with refused(404, *NO_POLICY, AccessPointName=point):
        control.get_access_point_policy(**named)
    with refused(404, *NO_POLICY, AccessPointName=point):
        control.get_access_point_policy_status(**named)
    same(control.put_access_point_policy(**named, Policy=policy), 200)
    same(control.get_access_point_policy(**named), 200, {"Policy": policy})
    same(control.get_access_point_policy_status(**named), 200, {"PolicyStatus": {"IsPublic": False}})
    public = document(allow("s3:GetObject", f"{arn_of(point)}/object/*", Principal="*"))
    same(control.put_access_point_policy(**named, Policy=public), 200)
    same(control.get_access_point_policy_status(**named), 200, {"PolicyStatus": {"IsPublic": True}})
    for resource, action, words in (
        (f"arn:aws:s3:::{bucket}/*", "s3:GetObject", "Policy has invalid resource"),
        (f"{arn_of('other')}/object/*", "s3:GetObject", "Policy has invalid resource"),
        (arn_of(point), "sqs:SendMessage", "Policy has invalid action"),
    ):
        with refused(400, "MalformedPolicy", words):
            control.put_access_point_policy(**named, Policy=document(allow(action, resource, Principal="*")))
    with refused(400, "MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'"):
        control.put_access_point_policy(**named, Policy="no")
    same(control.get_access_point_policy(**named), 200, {"Policy": public})
    for _ in range(2):
        same(control.delete_access_point_policy(**named), 200)
    with refused(404, *NO_POLICY, AccessPointName=point):
        control.get_access_point_policy(**named)


def test_both_the_access_point_and_the_bucket_must_permit(control, s3, user, bucket, point):
    s3.put_object(Bucket=bucket, Key="jane/k", Body=b"x")
    jane = user()
    client, named = jane.client("s3", style="virtual"), {"AccountId": ACCOUNT, "Name": point}
    get = lambda key="jane/k": client.get_object(Bucket=arn_of(point), Key=key)  # noqa: E731

    def denied(resource):
        return refused(403, "AccessDenied", f"User: {jane.arn} is not authorized to perform: s3:GetObject on resource: "
                       f'"{resource}" because no identity-based policy allows the s3:GetObject action')

    with denied(f"{arn_of(point)}/object/jane/k"):
        get()
    control.put_access_point_policy(**named, Policy=document(
        allow("s3:GetObject", f"{arn_of(point)}/object/jane/*", Principal={"AWS": jane.arn})))
    with denied(f"arn:aws:s3:::{bucket}/jane/k"):
        get()
    delegate(s3, bucket)
    same(get(), 200, got(b"x"))
    # The access point's policy says where; the bucket itself is as it was.
    s3.put_object(Bucket=bucket, Key="other/k", Body=b"x")
    with denied(f"{arn_of(point)}/object/other/k"):
        get("other/k")
    with denied(f"arn:aws:s3:::{bucket}/jane/k"):
        client.get_object(Bucket=bucket, Key="jane/k")
    # Identity policies name access points, too.
    control.delete_access_point_policy(**named)
    jane.may(allow("s3:GetObject", f"{arn_of(point)}/object/*"))
    same(get("other/k"), 200, got(b"x"))
    # A denial of either counts.
    control.put_access_point_policy(**named, Policy=document(
        deny("s3:GetObject", f"{arn_of(point)}/object/jane/*", Principal="*")))
    with pytest.raises(client.exceptions.ClientError, match="explicit deny"):
        get()
    same(get("other/k"), 200, got(b"x"))


def test_other_accounts_come_through_access_points(control, s3, other, bucket, point):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    theirs = other.client("s3", style="virtual")
    delegate(s3, bucket)
    with pytest.raises(theirs.exceptions.ClientError, match="AccessDenied"):
        theirs.get_object(Bucket=arn_of(point), Key="k")
    control.put_access_point_policy(AccountId=ACCOUNT, Name=point, Policy=document(
        allow(["s3:GetObject", "s3:ListBucket"], [arn_of(point), f"{arn_of(point)}/object/*"],
              Principal={"AWS": other.account})))
    same(theirs.get_object(Bucket=arn_of(point), Key="k"), 200, got(b"x"))
    assert [one["Key"] for one in theirs.list_objects_v2(Bucket=arn_of(point))["Contents"]] == ["k"]
    for call in (lambda: theirs.get_object(Bucket=bucket, Key="k"),
                 lambda: theirs.put_object(Bucket=arn_of(point), Key="k", Body=b"y")):
        with pytest.raises(theirs.exceptions.ClientError, match="AccessDenied"):
            call()


@pytest.mark.parametrize("key,right,wrong", [
    ("s3:DataAccessPointArn", "{arn}", "arn:aws:s3:us-east-1:000000000000:accesspoint/other"),
    ("s3:DataAccessPointAccount", ACCOUNT, "111122223333"),
    ("s3:AccessPointNetworkOrigin", "Internet", "VPC"),
])
def test_condition_keys(s3, user, bucket, point, key, right, wrong):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    someone = user()
    client = someone.client("s3", style="virtual")
    for value, holds in ((right.format(arn=arn_of(point)), True), (wrong, False)):
        someone.may(allow("s3:GetObject", Condition={"StringEquals": {key: value}}))
        if holds:
            same(client.get_object(Bucket=arn_of(point), Key="k"), 200, got(b"x"))
        else:
            with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
                client.get_object(Bucket=arn_of(point), Key="k")
        # Straight to the bucket the request has no such key.
        with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
            client.get_object(Bucket=bucket, Key="k")


def test_access_points_of_private_networks(control, s3, by_arn, bucket, name):
    """No request here comes from one."""
    made = name("point")
    control.create_access_point(AccountId=ACCOUNT, Name=made, Bucket=bucket, VpcConfiguration={"VpcId": "vpc-1a2b3c4d"})
    answer = control.get_access_point(AccountId=ACCOUNT, Name=made)
    assert answer["NetworkOrigin"] == "VPC" and answer["VpcConfiguration"] == {"VpcId": "vpc-1a2b3c4d"}
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    for named in (arn_of(made), answer["Alias"]):
        with refused(403, "AccessDenied", "Access Denied"):
            by_arn.get_object(Bucket=named, Key="k")
    # Nobody of the public gets there, whatever its policy says.
    named = {"AccountId": ACCOUNT, "Name": made}
    control.put_access_point_policy(**named, Policy=document(
        allow("s3:GetObject", f"{arn_of(made)}/object/*", Principal="*")))
    same(control.get_access_point_policy_status(**named), 200, {"PolicyStatus": {"IsPublic": False}})


def test_the_public_through_access_points(control, s3, aws, bucket, point, name):
    """Each of the three settings counts: the access point's, the bucket's, the account's."""
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    anyone = aws.client("s3", style="virtual", anonymous=True)
    public = lambda of: document(allow("s3:GetObject", f"{arn_of(of)}/object/*", Principal="*"))  # noqa: E731
    control.put_access_point_policy(AccountId=ACCOUNT, Name=point, Policy=public(point))
    with refused(403, "AccessDenied", "Access Denied"):
        anyone.get_object(Bucket=arn_of(point), Key="k")
    delegate(s3, bucket)
    same(anyone.get_object(Bucket=arn_of(point), Key="k"), 200, got(b"x"))
    closed = name("closed")
    control.create_access_point(AccountId=ACCOUNT, Name=closed, Bucket=bucket)
    message = (f"User: arn:aws:iam::{ACCOUNT}:root is not authorized to perform: s3:PutAccessPointPolicy on resource: "
               f'"{arn_of(closed)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block '
               "Public Access.")
    with refused(403, "AccessDenied", message):
        control.put_access_point_policy(AccountId=ACCOUNT, Name=closed, Policy=public(closed))
    half = name("half")
    control.create_access_point(AccountId=ACCOUNT, Name=half, Bucket=bucket,
                                PublicAccessBlockConfiguration={"RestrictPublicBuckets": True})
    control.put_access_point_policy(AccountId=ACCOUNT, Name=half, Policy=public(half))
    with refused(403, "AccessDenied", "Access Denied"):
        anyone.get_object(Bucket=arn_of(half), Key="k")
    same(s3.get_object(Bucket=control.get_access_point(AccountId=ACCOUNT, Name=half)["Alias"], Key="k"), 200, got(b"x"))


def test_lists_through_access_points(control, s3, by_arn, aws, name):
    bucket, closed = name("bucket"), name("closed")
    s3.create_bucket(Bucket=bucket, ObjectOwnership="ObjectWriter")
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", ACL="public-read")
    control.create_access_point(AccountId=ACCOUNT, Name=closed, Bucket=bucket, PublicAccessBlockConfiguration={
        "BlockPublicAcls": True, "IgnorePublicAcls": True})
    control.put_access_point_policy(AccountId=ACCOUNT, Name=closed, Policy=document(
        allow("s3:GetObject", f"{arn_of(closed)}/object/*", Principal="*")))
    anyone = aws.client("s3", style="virtual", anonymous=True)
    same(anyone.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    with refused(403, "AccessDenied", "Access Denied"):
        anyone.get_object(Bucket=arn_of(closed), Key="k")
    with pytest.raises(by_arn.exceptions.ClientError, match="BlockPublicAcls"):
        by_arn.put_object(Bucket=arn_of(closed), Key="l", Body=b"x", ACL="public-read")
    by_arn.put_object(Bucket=bucket, Key="l", Body=b"x", ACL="public-read")


def test_making_asks_for_rights(user, bucket, name):
    someone, made = user(), name("point")
    client, named = someone.client("s3control"), {"AccountId": ACCOUNT, "Name": made}
    policy = document(allow("s3:GetObject", f"{arn_of(made)}/object/*", Principal={"AWS": ACCOUNT}))
    for action, resource, call in (
        ("CreateAccessPoint", arn_of(made), lambda: client.create_access_point(**named, Bucket=bucket)),
        ("GetAccessPoint", arn_of(made), lambda: client.get_access_point(**named)),
        ("ListAccessPoints", "*", lambda: client.list_access_points(AccountId=ACCOUNT)),
        ("PutAccessPointPolicy", arn_of(made), lambda: client.put_access_point_policy(**named, Policy=policy)),
        ("GetAccessPointPolicy", arn_of(made), lambda: client.get_access_point_policy(**named)),
        ("GetAccessPointPolicyStatus", arn_of(made), lambda: client.get_access_point_policy_status(**named)),
        ("DeleteAccessPointPolicy", arn_of(made), lambda: client.delete_access_point_policy(**named)),
        ("DeleteAccessPoint", arn_of(made), lambda: client.delete_access_point(**named)),
    ):
        message = (f'User: {someone.arn} is not authorized to perform: s3:{action} on resource: "{resource}" because no '
                   f"identity-based policy allows the s3:{action} action")
        with refused(403, "AccessDenied", message):
            call()
        someone.may(allow(f"s3:{action}", resource))
        call()
    only = {"StringEquals": {"s3:AccessPointNetworkOrigin": "VPC"}}
    someone.may(allow("s3:CreateAccessPoint", Condition=only))
    with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
        client.create_access_point(**named, Bucket=bucket)
    client.create_access_point(**named, Bucket=bucket, VpcConfiguration={"VpcId": "vpc-1a2b3c4d"})
    with pytest.raises(client.exceptions.ClientError, match="s3:PutAccessPointPublicAccessBlock"):
        client.create_access_point(**{**named, "Name": name()}, Bucket=bucket, VpcConfiguration={"VpcId": "vpc-1a2b3c4d"},
                                   PublicAccessBlockConfiguration=OPEN)


def test_access_points_outlive_a_crash(own_server, own_aws):
    s3, control = own_aws.client("s3"), own_aws.client("s3control")
    s3.create_bucket(Bucket="photos")
    made = control.create_access_point(AccountId=ACCOUNT, Name="abc", Bucket="photos")
    policy = document(allow("s3:GetObject", f"{arn_of('abc')}/object/*", Principal={"AWS": ACCOUNT}))
    control.put_access_point_policy(AccountId=ACCOUNT, Name="abc", Policy=policy)
    own_server.kill()
    own_server.start()
    s3, control = own_aws.client("s3"), own_aws.client("s3control")
    s3.put_object(Bucket=made["Alias"], Key="k", Body=b"x")
    same(s3.get_object(Bucket="photos", Key="k"), 200, got(b"x"))
    assert json.loads(control.get_access_point_policy(AccountId=ACCOUNT, Name="abc")["Policy"]) == json.loads(policy)
