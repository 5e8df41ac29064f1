"""Buckets whose requesters pay: who has to say so, and who is told that it was charged."""

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from answers import refused, same
from identities import allow, document
from s3_answers import MALFORMED_XML, got, head, stored

PAYS = {"Payer": "Requester"}
DENIED = (403, "AccessDenied", "Access Denied")
CHARGED = {"RequestCharged": "requester"}
ME = {"RequestPayer": "requester"}


@pytest.fixture
def paid(s3, bucket):
    """A bucket with one object that everybody may use, and pays for."""
    s3.put_object(Bucket=bucket, Key="k", Body=b"abc")
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=document(
        allow("s3:*", [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"], Principal="*")))
    s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration=PAYS)
    return bucket


def test_kept_and_given_back(s3, bucket):
    same(s3.get_bucket_request_payment(Bucket=bucket), 200, {"Payer": "BucketOwner"})
    for payer in ("Requester", "BucketOwner"):
        same(s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": payer}), 200)
        same(s3.get_bucket_request_payment(Bucket=bucket), 200, {"Payer": payer})
    with refused(400, "MalformedXML", MALFORMED_XML):
        s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": "Nobody"})


def test_owners_are_not_charged(s3, paid):
    same(s3.get_object(Bucket=paid, Key="k"), 200, got(b"abc"))
    same(s3.head_object(Bucket=paid, Key="k", **ME), 200, head(b"abc"))
    same(s3.put_object(Bucket=paid, Key="k2", Body=b"x"), 200, stored(b"x"))


def uses(theirs, bucket, **more):
    """Every kind of use, in an order that works."""
    key = {"Bucket": bucket, "Key": "theirs"}
    yield theirs.put_object(**key, Body=b"x", **more)
    yield theirs.copy_object(**key, CopySource=f"{bucket}/k", **more)
    yield theirs.get_object(Bucket=bucket, Key="k", **more)
    yield theirs.head_object(Bucket=bucket, Key="k", **more)
    yield theirs.get_object_attributes(Bucket=bucket, Key="k", ObjectAttributes=["ETag"], **more)
    yield theirs.get_object_acl(Bucket=bucket, Key="k", **more)
    yield theirs.list_objects(Bucket=bucket, **more)
    yield theirs.list_objects_v2(Bucket=bucket, **more)
    yield theirs.list_object_versions(Bucket=bucket, **more)
    yield theirs.list_multipart_uploads(Bucket=bucket, **more)
    upload = theirs.create_multipart_upload(**key, **more)
    yield upload
    part = {**key, "UploadId": upload["UploadId"], "PartNumber": 1}
    yield theirs.upload_part(**part, Body=b"x", **more)
    copied = theirs.upload_part_copy(**part, CopySource=f"{bucket}/k", **more)
    yield copied
    yield theirs.list_parts(**key, UploadId=upload["UploadId"], **more)
    etag = copied["CopyPartResult"]["ETag"]
    yield theirs.complete_multipart_upload(**key, UploadId=upload["UploadId"], **more,
                                           MultipartUpload={"Parts": [{"ETag": etag, "PartNumber": 1}]})
    second = theirs.create_multipart_upload(**key, **more)["UploadId"]
    yield theirs.abort_multipart_upload(**key, UploadId=second, **more)
    yield theirs.delete_object(**key, **more)
    yield theirs.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "theirs"}]}, **more)
    yield theirs.get_bucket_accelerate_configuration(Bucket=bucket, **more)


def test_others_say_that_they_pay_and_are_charged(s3, other, paid):
    for answer in uses(other.client("s3"), paid, **ME):
        assert answer["RequestCharged"] == "requester", answer
    s3.put_bucket_request_payment(Bucket=paid, RequestPaymentConfiguration={"Payer": "BucketOwner"})
    for answer in uses(other.client("s3"), paid):
        assert "RequestCharged" not in answer


def test_whole_answers(other, paid):
    theirs = other.client("s3")
    same(theirs.get_object(Bucket=paid, Key="k", **ME), 200, got(b"abc", **CHARGED))
    same(theirs.head_object(Bucket=paid, Key="k", **ME), 200, head(b"abc", **CHARGED))
    same(theirs.put_object(Bucket=paid, Key="p", Body=b"x", **ME), 200, stored(b"x", **CHARGED))
    # These take the header, and say nothing of it.
    same(theirs.get_object_tagging(Bucket=paid, Key="k", **ME), 200, {"TagSet": []})
    same(theirs.put_object_tagging(Bucket=paid, Key="k", Tagging={"TagSet": []}, **ME), 200)


@pytest.mark.parametrize("call", [
    lambda c, b: c.get_object(Bucket=b, Key="k"),
    lambda c, b: c.put_object(Bucket=b, Key="x", Body=b""),
    lambda c, b: c.delete_object(Bucket=b, Key="k"),
    lambda c, b: c.list_objects_v2(Bucket=b),
    lambda c, b: c.create_multipart_upload(Bucket=b, Key="k"),
    lambda c, b: c.delete_objects(Bucket=b, Delete={"Objects": [{"Key": "k"}]}),
    lambda c, b: c.get_object_tagging(Bucket=b, Key="k"),
    lambda c, b: c.copy_object(Bucket=b, Key="x", CopySource=f"{b}/k"),
])
def test_others_who_do_not_say_so_are_refused(aws, s3, other, paid, call):
    with refused(*DENIED):
        call(other.client("s3"), paid)
    # Nobody can be charged who does not say who it is.
    with refused(*DENIED):
        call(aws.client("s3", anonymous=True), paid)
    assert s3.get_object(Bucket=paid, Key="k")["Body"].read() == b"abc"


def test_a_head_is_refused(other, paid):
    with refused(403, "403", "Forbidden"):
        other.client("s3").head_object(Bucket=paid, Key="k")


def test_a_copy_pays_for_its_source(other, paid, name):
    theirs = other.client("s3")
    mine = name("bucket")
    theirs.create_bucket(Bucket=mine)
    with refused(*DENIED):
        theirs.copy_object(Bucket=mine, Key="c", CopySource=f"{paid}/k")
    answer = theirs.copy_object(Bucket=mine, Key="c", CopySource=f"{paid}/k", **ME)
    assert answer["RequestCharged"] == "requester"


def test_a_url_says_it(other, paid):
    theirs = other.client("s3")
    url = theirs.generate_presigned_url("get_object", {"Bucket": paid, "Key": "k", **ME})
    assert "x-amz-request-payer=requester" in url
    with urlopen(url, timeout=30) as seen:
        assert (seen.read(), seen.headers["x-amz-request-charged"]) == (b"abc", "requester")
    plain = theirs.generate_presigned_url("get_object", {"Bucket": paid, "Key": "k"})
    with pytest.raises(HTTPError, match="403"):
        urlopen(plain, timeout=30)
