"""Access control lists: kept, shown, honoured, and refused where they do not count."""

import json

import pytest
from answers import Any, refused, same
from identities import allow, document
from raw import Signer
from s3_answers import got, stored

UNSUPPORTED = ("AccessControlListNotSupported", "The bucket does not allow ACLs")
MALFORMED = ("MalformedACLError", "The XML you provided was not well-formed or did not validate against our published "
                                  "schema")
ALL = "http://acs.amazonaws.com/groups/global/AllUsers"
SIGNED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery"
EC2 = "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c"


@pytest.fixture
def bucket(s3, bucket):
    """A bucket in which lists count, and nothing is blocked."""
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})
    s3.delete_public_access_block(Bucket=bucket)
    return bucket


@pytest.fixture(scope="session")
def me(s3):
    """The canonical id of the account."""
    return s3.list_buckets()["Owner"]["ID"]


@pytest.fixture
def them(other):
    """The root of another account, and its canonical id."""
    client = other.client("s3")
    return client, client.list_buckets()["Owner"]["ID"]


@pytest.fixture
def anyone(aws):
    return aws.client("s3", anonymous=True)


def to(grantee, permission="FULL_CONTROL"):
    kind = {"URI": grantee, "Type": "Group"} if "/" in grantee else {"ID": grantee, "Type": "CanonicalUser"}
    return {"Grantee": kind, "Permission": permission}


def acl(owner, *grants):
    return {"Owner": {"ID": owner}, "Grants": list(grants)}


def denied():
    return refused(403, "AccessDenied", Any(str))


@pytest.mark.parametrize(("canned", "grants"), [
    ("private", []),
    ("public-read", [(ALL, "READ")]),
    ("public-read-write", [(ALL, "READ"), (ALL, "WRITE")]),
    ("authenticated-read", [(SIGNED, "READ")]),
])
def test_canned(s3, bucket, name, me, canned, grants):
    expected = acl(me, to(me), *[to(*grant) for grant in grants])
    same(s3.put_bucket_acl(Bucket=bucket, ACL=canned), 200)
    same(s3.get_bucket_acl(Bucket=bucket), 200, expected, {"content-type": "application/xml"})
    same(s3.put_object(Bucket=bucket, Key="k", Body=b"x", ACL=canned), 200, stored(b"x"))
    same(s3.get_object_acl(Bucket=bucket, Key="k"), 200, expected, {"content-type": "application/xml"})
    same(s3.put_object_acl(Bucket=bucket, Key="k", ACL="private"), 200)
    same(s3.get_object_acl(Bucket=bucket, Key="k"), 200, acl(me, to(me)))
    same(s3.put_object_acl(Bucket=bucket, Key="k", ACL=canned), 200)
    same(s3.get_object_acl(Bucket=bucket, Key="k"), 200, expected)
    copied = s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k")
    assert copied["CopyObjectResult"]["ETag"]
    same(s3.get_object_acl(Bucket=bucket, Key="copy"), 200, acl(me, to(me)))
    s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k", ACL=canned)
    same(s3.get_object_acl(Bucket=bucket, Key="copy"), 200, expected)


def test_canned_for_others(s3, bucket, me):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", ACL="aws-exec-read")
    same(s3.get_object_acl(Bucket=bucket, Key="k"), 200, acl(me, to(me), to(EC2, "READ")))
    s3.put_bucket_acl(Bucket=bucket, ACL="log-delivery-write")
    same(s3.get_bucket_acl(Bucket=bucket), 200, acl(me, to(me), to(LOGS, "WRITE"), to(LOGS, "READ_ACP")))
    for call in (lambda: s3.put_bucket_acl(Bucket=bucket, ACL="bucket-owner-read"),
                 lambda: s3.put_object_acl(Bucket=bucket, Key="k", ACL="bucket-owner-read-all"),
                 lambda: s3.put_object(Bucket=bucket, Key="n", Body=b"", ACL="log-delivery-write")):
        with pytest.raises(s3.exceptions.ClientError) as error:
            call()
        assert error.value.response["Error"]["Code"] == "InvalidArgument"
        assert error.value.response["Error"]["ArgumentName"] == "x-amz-acl"


def test_lists_of_new_buckets(s3, name, me, them):
    """Lists must count, and may let in the public only where that is not blocked: a new bucket blocks it."""
    theirs = them[1]
    with refused(400, "InvalidBucketAclWithObjectOwnership",
                 "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"):
        s3.create_bucket(Bucket=name(), ACL="public-read")
    with refused(400, "InvalidBucketAclWithBlockPublicAccessError",
                 "Bucket cannot have public ACLs set with BlockPublicAccess enabled"):
        s3.create_bucket(Bucket=name(), ACL="public-read", ObjectOwnership="ObjectWriter")
    same(s3.create_bucket(Bucket=name("p"), ACL="private"), 200, {"Location": Any(str), "BucketArn": Any(str)})
    made = name("granted")
    s3.create_bucket(Bucket=made, ObjectOwnership="BucketOwnerPreferred", GrantRead=f"id={theirs}",
                     GrantWrite=f'id="{theirs}"', GrantFullControl=f"id={me}")
    same(s3.get_bucket_acl(Bucket=made), 200, acl(me, to(theirs, "READ"), to(theirs, "WRITE"), to(me)))


def test_grants(s3, bucket, me, them):
    theirs = them[1]
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", GrantRead=f'uri="{ALL}", id={theirs}', GrantReadACP=f"id={theirs}",
                  GrantWriteACP=f"id={theirs}", GrantFullControl=f"id={me}")
    expected = acl(me, to(ALL, "READ"), to(theirs, "READ"), to(theirs, "READ_ACP"), to(theirs, "WRITE_ACP"), to(me))
    same(s3.get_object_acl(Bucket=bucket, Key="k"), 200, expected)
    given = acl(me, to(me), to(SIGNED, "READ"), to(theirs, "WRITE"))
    same(s3.put_object_acl(Bucket=bucket, Key="k", AccessControlPolicy=given), 200)
    same(s3.get_object_acl(Bucket=bucket, Key="k"), 200, given)
    same(s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy=given), 200)
    same(s3.get_bucket_acl(Bucket=bucket), 200, given)
    same(s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy=acl(me)), 200)
    same(s3.get_bucket_acl(Bucket=bucket), 200, acl(me))


@pytest.mark.parametrize(("value", "refusal"), [
    ("nobody", ("Argument format not recognized", "nobody")),
    ("name=x", ("Argument format not recognized", "name=x")),
    ("id=12", ("Invalid id", "12")),
    ("uri=http://example.com", ("Invalid group uri", "http://example.com")),
])
def test_grants_that_cannot_be_read(s3, bucket, value, refusal):
    with refused(400, "InvalidArgument", refusal[0], ArgumentName="x-amz-grant-read", ArgumentValue=refusal[1]):
        s3.put_bucket_acl(Bucket=bucket, GrantRead=value)


def test_refused(s3, bucket, me, them):
    theirs, email = them[1], {"Grantee": {"EmailAddress": "a@example.com", "Type": "AmazonCustomerByEmail"},
                              "Permission": "READ"}
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    not_allowed = ("MethodNotAllowed", "The specified method is not allowed against this resource.")
    for put in (lambda **given: s3.put_bucket_acl(Bucket=bucket, **given),
                lambda **given: s3.put_object_acl(Bucket=bucket, Key="k", **given)):
        with refused(405, *not_allowed):
            put(GrantRead="emailAddress=a@example.com")
        with refused(405, *not_allowed):
            put(AccessControlPolicy=acl(me, email))
        with refused(400, "InvalidRequest", "Specifying both Canned ACLs and Header Grants is not allowed"):
            put(ACL="private", GrantRead=f"id={theirs}")
        with refused(400, "UnexpectedContent", "This request does not support content"):
            put(ACL="private", AccessControlPolicy=acl(me, to(me)))
        with refused(400, "MissingSecurityHeader", "Your request was missing a required header",
                     MissingHeaderName="x-amz-acl"):
            put()
        with refused(403, "AccessDenied", "Access Denied"):
            put(AccessControlPolicy=acl(theirs, to(me)))
        for wrong in ({"Grants": []}, acl(me, to(me, "EVERYTHING")), acl(me, {"Permission": "READ"}),
                      acl(me, *[to(me)] * 101)):
            with refused(400, *MALFORMED):
                put(AccessControlPolicy=wrong)
        with refused(400, "InvalidArgument", "Invalid id", ArgumentName="CanonicalUser/ID", ArgumentValue="_foo"):
            put(AccessControlPolicy=acl(me, to("_foo")))
        with refused(400, "InvalidArgument", "Invalid group uri", ArgumentName="Group/URI", ArgumentValue="http://x/"):
            put(AccessControlPolicy=acl(me, to("http://x/")))
    with refused(404, "NoSuchKey", "The specified key does not exist.", Key="none"):
        s3.put_object_acl(Bucket=bucket, Key="none", ACL="private")
    with refused(404, "NoSuchKey", "The specified key does not exist.", Key="none"):
        s3.get_object_acl(Bucket=bucket, Key="none")


def test_where_lists_do_not_count(s3, name, me):
    bucket = name("enforced")
    s3.create_bucket(Bucket=bucket)
    for given in ({}, {"ACL": "bucket-owner-full-control"}, {"GrantFullControl": f"id={me}"}):
        same(s3.put_object(Bucket=bucket, Key="k", Body=b"x", **given), 200, stored(b"x"))
        s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k", **given)
        s3.create_multipart_upload(Bucket=bucket, Key="parts", **given)
    for given in ({"ACL": "private"}, {"ACL": "public-read"}, {"GrantRead": f"id={me}"}):
        for call in (lambda: s3.put_object(Bucket=bucket, Key="k", Body=b"x", **given),
                     lambda: s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k", **given),
                     lambda: s3.create_multipart_upload(Bucket=bucket, Key="parts", **given),
                     lambda: s3.put_object_acl(Bucket=bucket, Key="k", **given),
                     lambda: s3.put_bucket_acl(Bucket=bucket, **given)):
            with refused(400, *UNSUPPORTED):
                call()
    same(s3.put_object_acl(Bucket=bucket, Key="k", ACL="bucket-owner-full-control"), 200)
    same(s3.put_object_acl(Bucket=bucket, Key="k", AccessControlPolicy=acl(me, to(me))), 200)
    same(s3.get_object_acl(Bucket=bucket, Key="k"), 200, acl(me, to(me)))
    same(s3.get_bucket_acl(Bucket=bucket), 200, acl(me, to(me)))


def test_lists_stop_counting_and_count_again(s3, anyone, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", ACL="public-read")
    same(anyone.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read")
    enforced = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    with refused(400, "InvalidBucketAclWithObjectOwnership",
                 "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting"):
        s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=enforced)
    s3.put_bucket_acl(Bucket=bucket, ACL="private")
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=enforced)
    with denied():
        anyone.get_object(Bucket=bucket, Key="k")
    s3.delete_bucket_ownership_controls(Bucket=bucket)
    same(anyone.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))


def test_public_buckets(s3, anyone, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    with denied():
        anyone.list_objects_v2(Bucket=bucket)
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read")
    assert anyone.list_objects_v2(Bucket=bucket)["KeyCount"] == 1
    assert len(anyone.list_object_versions(Bucket=bucket)["Versions"]) == 1
    same(anyone.head_bucket(Bucket=bucket), 200, {"BucketRegion": "us-east-1", "AccessPointAlias": False,
                                                  "BucketArn": f"arn:aws:s3:::{bucket}"})
    with denied():
        anyone.get_object(Bucket=bucket, Key="k")
    with refused(404, "NoSuchKey", "The specified key does not exist.", Key="none"):
        anyone.get_object(Bucket=bucket, Key="none")
    with denied():
        anyone.put_object(Bucket=bucket, Key="new", Body=b"y")
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read-write")
    same(anyone.put_object(Bucket=bucket, Key="new", Body=b"y"), 200, stored(b"y"))
    same(anyone.delete_object(Bucket=bucket, Key="k"), 204)
    for call in (lambda: anyone.get_bucket_acl(Bucket=bucket), lambda: anyone.delete_bucket(Bucket=bucket),
                 lambda: anyone.put_bucket_acl(Bucket=bucket, ACL="private")):
        with denied():
            call()


def test_those_who_sign(s3, user, anyone, them, bucket):
    """A group lets in users who have no policies; an account is let in as far as its own policies go."""
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", ACL="authenticated-read")
    for reader in (user().client("s3"), them[0]):
        same(reader.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    with denied():
        anyone.get_object(Bucket=bucket, Key="k")


def test_permissions_of_an_account(s3, me, them, bucket):
    client, theirs = them
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    calls = {
        "READ": lambda: client.list_objects(Bucket=bucket),
        "WRITE": lambda: client.put_object(Bucket=bucket, Key="theirs", Body=b"y"),
        "READ_ACP": lambda: client.get_bucket_acl(Bucket=bucket),
        "WRITE_ACP": lambda: client.put_bucket_acl(
            Bucket=bucket, AccessControlPolicy=acl(me, to(me), to(theirs, "WRITE_ACP"))),
    }
    for permission in calls:
        s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy=acl(me, to(me), to(theirs, permission)))
        for needed, call in calls.items():
            if needed == permission:
                call()
            else:
                with denied():
                    call()
    s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy=acl(me, to(me), to(theirs)))
    for call in calls.values():
        s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy=acl(me, to(me), to(theirs)))
        call()
    of_object = {
        "READ": lambda: client.get_object(Bucket=bucket, Key="k"),
        "READ_ACP": lambda: client.get_object_acl(Bucket=bucket, Key="k"),
        "WRITE_ACP": lambda: client.put_object_acl(
            Bucket=bucket, Key="k", AccessControlPolicy=acl(me, to(me), to(theirs, "WRITE_ACP"))),
    }
    for permission in of_object:
        s3.put_object_acl(Bucket=bucket, Key="k", AccessControlPolicy=acl(me, to(me), to(theirs, permission)))
        for needed, call in of_object.items():
            if needed == permission:
                call()
            else:
                with denied():
                    call()


def test_whose_an_object_is(s3, me, them, bucket):
    """Writers own what they write: the bucket's owner reads it only where they let it, and may always delete it."""
    client, theirs = them
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read-write")
    client.put_object(Bucket=bucket, Key="k", Body=b"y")
    same(client.get_object_acl(Bucket=bucket, Key="k"), 200, acl(theirs, to(theirs)))
    with denied():
        s3.get_object(Bucket=bucket, Key="k")
    with denied():
        s3.get_object_acl(Bucket=bucket, Key="k")
    open_to_all = document({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                            "Resource": f"arn:aws:s3:::{bucket}/*"})
    s3.put_bucket_policy(Bucket=bucket, Policy=open_to_all)
    with denied():
        s3.get_object(Bucket=bucket, Key="k")
    same(client.get_object(Bucket=bucket, Key="k"), 200, got(b"y"))
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(
        {**json.loads(open_to_all), "Statement": [{**json.loads(open_to_all)["Statement"][0], "Effect": "Deny"}]}))
    with denied():
        client.get_object(Bucket=bucket, Key="k")
    s3.delete_bucket_policy(Bucket=bucket)
    owners = [entry["Owner"]["ID"] for entry in s3.list_objects(Bucket=bucket)["Contents"]]
    assert owners == [theirs]
    assert s3.list_object_versions(Bucket=bucket)["Versions"][0]["Owner"] == {"ID": theirs}
    client.put_object_acl(Bucket=bucket, Key="k", ACL="bucket-owner-read")
    same(client.get_object_acl(Bucket=bucket, Key="k"), 200, acl(theirs, to(theirs), to(me, "READ")))
    same(s3.get_object(Bucket=bucket, Key="k"), 200, got(b"y"))
    same(s3.delete_object(Bucket=bucket, Key="k"), 204)


@pytest.mark.parametrize(("setting", "given_away"), [("ObjectWriter", False), ("BucketOwnerPreferred", True)])
def test_objects_are_given_to_the_buckets_owner(s3, me, them, bucket, setting, given_away):
    client, theirs = them
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": setting}]})
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read-write")
    expected = acl(me, to(me)) if given_away else acl(theirs, to(theirs), to(me))
    client.put_object(Bucket=bucket, Key="k", Body=b"y", ACL="bucket-owner-full-control")
    same(s3.get_object_acl(Bucket=bucket, Key="k"), 200, expected)
    upload = client.create_multipart_upload(Bucket=bucket, Key="p", ACL="bucket-owner-full-control")["UploadId"]
    part = client.upload_part(Bucket=bucket, Key="p", UploadId=upload, PartNumber=1, Body=b"z")
    client.complete_multipart_upload(Bucket=bucket, Key="p", UploadId=upload, MultipartUpload={
        "Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})
    same(s3.get_object_acl(Bucket=bucket, Key="p"), 200, expected)


def test_blocked(s3, anyone, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", ACL="public-read")
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read")
    def block(**on):
        s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=on)
    block(BlockPublicAcls=True)
    why = "because public access control lists (ACLs) are prevented by the BlockPublicAcls setting in S3 Block Public Access."
    me = "User: arn:aws:iam::000000000000:root is not authorized to perform: "
    for canned in ("public-read", "authenticated-read", "public-read-write"):
        with refused(403, "AccessDenied", f'{me}s3:PutBucketAcl on resource: "arn:aws:s3:::{bucket}" {why}'):
            s3.put_bucket_acl(Bucket=bucket, ACL=canned)
        with refused(403, "AccessDenied", f'{me}s3:PutObjectAcl on resource: "arn:aws:s3:::{bucket}/k" {why}'):
            s3.put_object_acl(Bucket=bucket, Key="k", ACL=canned)
        with denied():
            s3.put_object(Bucket=bucket, Key="n", Body=b"", ACL=canned)
    same(s3.put_object(Bucket=bucket, Key="n", Body=b"x", ACL="private"), 200, stored(b"x"))
    same(anyone.get_object(Bucket=bucket, Key="k"), 200, got(b"x"))
    block(IgnorePublicAcls=True)
    with denied():
        anyone.get_object(Bucket=bucket, Key="k")
    with denied():
        anyone.list_objects(Bucket=bucket)
    same(s3.put_object_acl(Bucket=bucket, Key="k", ACL="public-read"), 200)


def test_rights_and_conditions(s3, user, bucket):
    ann = user()
    client = ann.client("s3")
    ann.may(allow("s3:PutObject"))
    same(client.put_object(Bucket=bucket, Key="k", Body=b"x"), 200, stored(b"x"))
    message = (f'User: {ann.arn} is not authorized to perform: s3:PutObjectAcl on resource: "arn:aws:s3:::{bucket}/k" '
               "because no identity-based policy allows the s3:PutObjectAcl action")
    with refused(403, "AccessDenied", message):
        client.put_object(Bucket=bucket, Key="k", Body=b"x", ACL="private")
    ann.may(allow("s3:PutObject*", Condition={"StringEquals": {"s3:x-amz-acl": "private"}}))
    same(client.put_object(Bucket=bucket, Key="k", Body=b"x", ACL="private"), 200, stored(b"x"))
    same(client.put_object_acl(Bucket=bucket, Key="k", ACL="private"), 200)
    for wrong in ({}, {"ACL": "public-read"}):
        with denied():
            client.put_object(Bucket=bucket, Key="k", Body=b"x", **wrong)
    grant = f"uri={ALL}"
    ann.may(allow("s3:PutBucketAcl", Condition={"StringEquals": {"s3:x-amz-grant-read": grant}}))
    same(client.put_bucket_acl(Bucket=bucket, GrantRead=grant), 200)
    with denied():
        client.put_bucket_acl(Bucket=bucket, GrantWrite=grant)


def test_versions_have_lists_of_their_own(s3, anyone, me, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=bucket, Key="k", Body=b"1", ACL="public-read")["VersionId"]
    s3.put_object(Bucket=bucket, Key="k", Body=b"2")
    with denied():
        anyone.get_object(Bucket=bucket, Key="k")
    assert anyone.get_object(Bucket=bucket, Key="k", VersionId=first)["Body"].read() == b"1"
    same(s3.put_object_acl(Bucket=bucket, Key="k", VersionId=first, ACL="private"), 200)
    same(s3.get_object_acl(Bucket=bucket, Key="k", VersionId=first), 200, acl(me, to(me)))
    with denied():
        anyone.get_object(Bucket=bucket, Key="k", VersionId=first)
    marker = s3.delete_object(Bucket=bucket, Key="k")["VersionId"]
    with pytest.raises(s3.exceptions.ClientError) as error:
        s3.put_object_acl(Bucket=bucket, Key="k", VersionId=marker, ACL="private")
    assert error.value.response["Error"]["Code"] == "MethodNotAllowed"


def test_the_document(server, s3, me, bucket):
    """As it is on the wire."""
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read")
    answer = Signer(server, "s3").request("GET", f"/{bucket}?acl")
    assert answer.body.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        f"<Owner><ID>{me}</ID></Owner><AccessControlList>"
        '<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">'
        f"<ID>{me}</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant>"
        '<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group">'
        f"<URI>{ALL}</URI></Grantee><Permission>READ</Permission></Grant>"
        "</AccessControlList></AccessControlPolicy>")


def test_who_began_an_upload_may_end_it(s3, me, them, bucket):
    client, theirs = them
    s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy=acl(me, to(me), to(theirs, "WRITE")))
    upload = {"Bucket": bucket, "Key": "k",
              "UploadId": client.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]}
    client.upload_part(**upload, PartNumber=1, Body=b"x")
    assert [part["Size"] for part in client.list_parts(**upload)["Parts"]] == [1]
    same(client.abort_multipart_upload(**upload), 204)
    ours = {"Bucket": bucket, "Key": "k", "UploadId": s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]}
    with denied():
        client.list_parts(**ours)
    with denied():
        client.abort_multipart_upload(**ours)
    # What the bucket's policy denies is denied.
    upload["UploadId"] = client.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
    s3.put_bucket_policy(Bucket=bucket, Policy=document({
        "Effect": "Deny", "Principal": "*", "Action": "s3:AbortMultipartUpload", "Resource": f"arn:aws:s3:::{bucket}/*"}))
    with denied():
        client.abort_multipart_upload(**upload)
