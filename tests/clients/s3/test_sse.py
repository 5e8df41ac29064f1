"""Encryption of objects with keys of KMS, and what a bucket does by default."""

import base64
import json

import pytest
from answers import Text, agree, refused, same
from botocore.exceptions import ClientError
from identities import allow, document
from raw import Signer

DATA = b"sealed with a key of KMS"
MD5 = '"' + __import__("hashlib").md5(DATA).hexdigest() + '"'
TAG = Text('"[0-9a-f]{32}"')


@pytest.fixture(scope="session")
def kms(aws):
    return aws.client("kms")


@pytest.fixture
def cmk(kms):
    """The ARN of a key."""
    return kms.create_key()["KeyMetadata"]["Arn"]


def encryption(answer):
    """What an answer says of encryption."""
    names = ("ServerSideEncryption", "SSEKMSKeyId", "BucketKeyEnabled", "SSEKMSEncryptionContext")
    return {name: answer[name] for name in names if name in answer}


def of_kms(key, **more):
    return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key, **more}


AES = {"ServerSideEncryption": "AES256"}


@pytest.mark.parametrize("size", [10, 10_000, 400_000])
def test_objects_under_a_key_of_kms(s3, bucket, cmk, size):
    data = DATA * (size // len(DATA) + 1)
    put = s3.put_object(Bucket=bucket, Key="k", Body=data, ServerSideEncryption="aws:kms", SSEKMSKeyId=cmk)
    agree(encryption(put), of_kms(cmk))
    head, got = s3.head_object(Bucket=bucket, Key="k"), s3.get_object(Bucket=bucket, Key="k")
    assert got["Body"].read() == data
    for answer in (head, got):
        agree(encryption(answer), of_kms(cmk))
        assert answer["ETag"] == put["ETag"] == TAG and put["ETag"] != MD5
    part = s3.get_object(Bucket=bucket, Key="k", Range="bytes=3-8")
    assert part["Body"].read() == data[3:9]


def test_the_key_of_s3_itself(s3, kms, bucket):
    put = s3.put_object(Bucket=bucket, Key="k", Body=DATA, ServerSideEncryption="aws:kms")
    own = kms.describe_key(KeyId="alias/aws/s3")["KeyMetadata"]
    assert own["KeyManager"] == "AWS"
    agree(encryption(put), of_kms(own["Arn"]))
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == DATA


def test_a_bucket_key_and_a_context(s3, bucket, cmk):
    context = base64.b64encode(json.dumps({"for": "tests"}).encode()).decode()
    put = s3.put_object(Bucket=bucket, Key="k", Body=DATA, ServerSideEncryption="aws:kms", SSEKMSKeyId=cmk,
                        SSEKMSEncryptionContext=context, BucketKeyEnabled=True)
    agree(encryption(put), of_kms(cmk, BucketKeyEnabled=True, SSEKMSEncryptionContext=context))
    got = s3.get_object(Bucket=bucket, Key="k")
    agree(encryption(got), of_kms(cmk, BucketKeyEnabled=True))
    assert got["Body"].read() == DATA


def test_a_disabled_key_fails_reads_and_writes(s3, kms, bucket, cmk):
    given = {"Bucket": bucket, "Key": "k", "ServerSideEncryption": "aws:kms", "SSEKMSKeyId": cmk}
    s3.put_object(**given, Body=DATA)
    kms.disable_key(KeyId=cmk)
    with refused(400, "KMS.DisabledException", f"{cmk} is disabled."):
        s3.get_object(Bucket=bucket, Key="k")
    with refused(400, "KMS.DisabledException", f"{cmk} is disabled."):
        s3.put_object(**given, Body=DATA)
    with refused(400, "KMS.DisabledException", f"{cmk} is disabled."):
        s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k")
    agree(encryption(s3.head_object(Bucket=bucket, Key="k")), of_kms(cmk))
    kms.enable_key(KeyId=cmk)
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == DATA
    kms.schedule_key_deletion(KeyId=cmk, PendingWindowInDays=7)
    with refused(400, "KMS.KMSInvalidStateException", f"{cmk} is pending deletion."):
        s3.get_object(Bucket=bucket, Key="k")


def test_a_key_that_is_not_there(s3, bucket, cmk):
    missing = cmk.rsplit("/", 1)[0] + "/00000000-0000-4000-8000-000000000000"
    with refused(400, "KMS.NotFoundException", Text(f".*{missing}.*")):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, ServerSideEncryption="aws:kms", SSEKMSKeyId=missing)
    with pytest.raises(ClientError, match="NoSuchKey"):
        s3.get_object(Bucket=bucket, Key="k")


def test_it_is_asked_as_the_caller(s3, user, bucket, cmk):
    ann = user()
    given = {"Bucket": bucket, "Key": "k", "ServerSideEncryption": "aws:kms", "SSEKMSKeyId": cmk}
    ann.may(allow("s3:*"))
    with refused(403, "AccessDenied", Text(".*is not authorized to perform: kms:GenerateDataKey on.*")):
        ann.client("s3").put_object(**given, Body=DATA)
    via = {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com",
                            "kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{bucket}/k"}}
    ann.may(allow("s3:*"), allow(["kms:GenerateDataKey"], cmk, Condition=via))
    ann.client("s3").put_object(**given, Body=DATA)
    with refused(403, "AccessDenied", Text(".*is not authorized to perform: kms:Decrypt on.*")):
        ann.client("s3").get_object(Bucket=bucket, Key="k")
    ann.may(allow("s3:*"), allow(["kms:GenerateDataKey", "kms:Decrypt"], cmk, Condition=via))
    assert ann.client("s3").get_object(Bucket=bucket, Key="k")["Body"].read() == DATA
    with refused(403, "AccessDenied", Text(".*kms:GenerateDataKey.*")):
        ann.client("s3").put_object(**given | {"Key": "other"}, Body=DATA)
    with pytest.raises(ClientError, match="AccessDenied"):
        ann.client("kms").generate_data_key(KeyId=cmk, KeySpec="AES_256")


def test_strangers_have_no_key(aws, s3, bucket):
    """A bucket may let anybody in; a key of KMS lets in nobody whom it does not know."""
    anybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": f"arn:aws:s3:::{bucket}/*"}
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=document(anybody))
    s3.put_object(Bucket=bucket, Key="k", Body=DATA, ServerSideEncryption="aws:kms")
    stranger = aws.client("s3", anonymous=True)
    with refused(403, "AccessDenied", Text("User: anonymous is not authorized to perform: kms:Decrypt on .*")):
        stranger.get_object(Bucket=bucket, Key="k")
    with refused(403, "AccessDenied", Text("User: anonymous is not authorized to perform: kms:GenerateDataKey on .*")):
        stranger.put_object(Bucket=bucket, Key="k2", Body=DATA, ServerSideEncryption="aws:kms")
    stranger.put_object(Bucket=bucket, Key="k2", Body=DATA)


def test_copies_are_encrypted_as_they_say(s3, bucket, cmk):
    s3.put_object(Bucket=bucket, Key="plain", Body=DATA)
    to = {"Bucket": bucket, "Key": "k", "CopySource": f"{bucket}/plain"}
    agree(encryption(s3.copy_object(**to, ServerSideEncryption="aws:kms", SSEKMSKeyId=cmk)), of_kms(cmk))
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == DATA
    back = {"Bucket": bucket, "Key": "back", "CopySource": f"{bucket}/k"}
    copied = s3.copy_object(**back)
    agree(encryption(copied), AES)
    assert copied["CopyObjectResult"]["ETag"] == MD5
    assert s3.get_object(Bucket=bucket, Key="back")["Body"].read() == DATA


def test_uploads_in_parts(s3, kms, bucket, cmk):
    at = {"Bucket": bucket, "Key": "k"}
    begun = s3.create_multipart_upload(**at, ServerSideEncryption="aws:kms", SSEKMSKeyId=cmk)
    agree(encryption(begun), of_kms(cmk))
    at["UploadId"] = begun["UploadId"]
    pieces = [b"1" * (5 << 20), b"2" * 1000]
    parts = []
    for number, piece in enumerate(pieces, 1):
        part = s3.upload_part(**at, PartNumber=number, Body=piece)
        agree(encryption(part), of_kms(cmk))
        parts.append({"PartNumber": number, "ETag": part["ETag"]})
    agree(encryption(s3.complete_multipart_upload(**at, MultipartUpload={"Parts": parts})), of_kms(cmk))
    got = s3.get_object(Bucket=bucket, Key="k")
    agree(encryption(got), of_kms(cmk))
    assert got["Body"].read() == b"".join(pieces)
    kms.disable_key(KeyId=cmk)
    with refused(400, "KMS.DisabledException", f"{cmk} is disabled."):
        s3.get_object(Bucket=bucket, Key="k")


def rules(algorithm, key=None, bucket_key=False):
    default = {"SSEAlgorithm": algorithm, **({"KMSMasterKeyID": key} if key else {})}
    return {"Rules": [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": bucket_key,
                       "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]}}]}


def configured(s3, bucket):
    answer = s3.get_bucket_encryption(Bucket=bucket)
    same(answer, 200, {"ServerSideEncryptionConfiguration": answer["ServerSideEncryptionConfiguration"]})
    return answer["ServerSideEncryptionConfiguration"]


def test_what_a_bucket_does_by_default(s3, bucket, cmk):
    agree(configured(s3, bucket), rules("AES256"))
    wanted = rules("aws:kms", cmk, True)
    same(s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration=wanted), 200)
    agree(configured(s3, bucket), wanted)
    put = s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    agree(encryption(put), of_kms(cmk, BucketKeyEnabled=True))
    plain = s3.put_object(Bucket=bucket, Key="plain", Body=DATA, ServerSideEncryption="AES256")
    agree(encryption(plain), AES)
    same(s3.delete_bucket_encryption(Bucket=bucket), 204)
    agree(configured(s3, bucket), rules("AES256"))
    agree(encryption(s3.put_object(Bucket=bucket, Key="k2", Body=DATA)), AES)
    agree(encryption(s3.head_object(Bucket=bucket, Key="k")), of_kms(cmk, BucketKeyEnabled=True))
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == DATA


def test_configurations_that_are_refused(s3, bucket, cmk):
    def put(configuration):
        s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration=configuration)

    with refused(400, "InvalidArgument", "a KMSMasterKeyID is not applicable if the default sse algorithm is not "
                 "aws:kms or aws:kms:dsse", ArgumentName="ApplyServerSideEncryptionByDefault", ArgumentValue="AES256"):
        put(rules("AES256", cmk))
    for wrong in ({"Rules": []}, rules("AES512"), {"Rules": rules("AES256")["Rules"] * 2}):
        with pytest.raises(ClientError, match="MalformedXML"):
            put(wrong)
    agree(configured(s3, bucket), rules("AES256"))


def test_headers_that_do_not_go_together(s3, bucket, cmk):
    needs = "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms"
    header = "x-amz-server-side-encryption"
    with refused(400, "InvalidArgument", needs, ArgumentName=header, ArgumentValue="AES256"):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, ServerSideEncryption="AES256", SSEKMSKeyId=cmk)
    with refused(400, "InvalidArgument", needs, ArgumentName=header, ArgumentValue="null"):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, SSEKMSKeyId=cmk)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("asked", ["AES256", "aws:kms"])
def test_a_read_that_asks_for_encryption(server, s3, bucket, method, asked):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    header = "x-amz-server-side-encryption"
    answer = Signer(server, "s3").request(method, f"/{bucket}/k", headers={header: asked})
    assert answer.status == 400
    if method == "GET":
        error = answer.xml()
        assert (error["Code"], error["ArgumentName"], error["ArgumentValue"]) == ("InvalidArgument", header, asked)
        assert error["Message"] == f"{header} header is not supported for this operation."
