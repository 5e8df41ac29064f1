"""SSE-C: objects under keys that clients send with each request."""

import base64
import hashlib
import urllib.request

import pytest
from answers import Any, Text, agree, refused, same
from botocore.exceptions import ClientError
from identities import allow, document
from raw import Signer

DATA = b"sealed with a key of the customer"
KEY, OTHER = b"k" * 32, b"o" * 32
TAG = Text('"[0-9a-f]{32}"')
HEADER = "x-amz-server-side-encryption"
MISSING = ("The object was stored using a form of Server Side Encryption. The correct parameters must be provided to "
           "retrieve the object.")
WRONG = "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key."
NOT_APPLICABLE = "The encryption parameters are not applicable to this object."
OF_UPLOAD = ("The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate "
             "encryption parameters.")


def md5(data):
    return base64.b64encode(hashlib.md5(data).digest()).decode()


def under(key, prefix=""):
    """The parameters of a request."""
    return {f"{prefix}SSECustomerAlgorithm": "AES256", f"{prefix}SSECustomerKey": key}


def spelt(key):
    """The same for the operations in which boto3 does not encode keys itself."""
    return {**of(key), "SSECustomerKey": base64.b64encode(key).decode()}


def encryption(answer):
    """What an answer says of encryption."""
    return {name: value for name, value in answer.items() if "SSE" in name or "Encryption" in name}


def of(key):
    return {"SSECustomerAlgorithm": "AES256", "SSECustomerKeyMD5": md5(key)}


def blocked(s3, bucket, kind, **more):
    rule = {"BlockedEncryptionTypes": {"EncryptionType": [kind]}, **more}
    return s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})


@pytest.fixture
def bucket(s3, bucket):
    """A bucket that takes keys of customers, which new ones do not."""
    same(blocked(s3, bucket, "NONE"), 200)
    return bucket


@pytest.mark.parametrize("size", [10, 20_000, 400_000])
def test_an_object_under_a_key(s3, bucket, size):
    data = DATA * (size // len(DATA) + 1)
    at = {"Bucket": bucket, "Key": "k"}
    put = s3.put_object(**at, Body=data, ChecksumAlgorithm="CRC32", **under(KEY))
    same(put, 200, {"ETag": TAG, "ChecksumCRC32": Any(str), "ChecksumType": "FULL_OBJECT", **of(KEY)})
    assert put["ETag"].strip('"') != hashlib.md5(data).hexdigest()
    head, got = s3.head_object(**at, **under(KEY)), s3.get_object(**at, **under(KEY))
    assert got["Body"].read() == data
    for answer in (head, got):
        agree(encryption(answer), of(KEY))
        assert (answer["ETag"], answer["ContentLength"]) == (put["ETag"], len(data))
    part = s3.get_object(**at, **under(KEY), Range="bytes=3-8")
    assert part["Body"].read() == data[3:9]
    got = s3.get_object_attributes(**at, **spelt(KEY), ObjectAttributes=["ETag", "ObjectSize"])
    assert (got["ETag"], got["ObjectSize"]) == (put["ETag"].strip('"'), len(data))
    assert s3.list_objects_v2(Bucket=bucket)["Contents"][0]["ETag"] == put["ETag"]
    same(s3.delete_object(**at), 204)


def test_over_https(aws, bucket):
    s3 = aws.client("s3", scheme="https")
    s3.put_object(Bucket=bucket, Key="k", Body=DATA, **under(KEY))
    assert s3.get_object(Bucket=bucket, Key="k", **under(KEY))["Body"].read() == DATA


def test_a_read_without_the_key(s3, bucket):
    at = {"Bucket": bucket, "Key": "k"}
    s3.put_object(**at, Body=DATA, **under(KEY))
    with refused(400, "InvalidRequest", MISSING):
        s3.get_object(**at)
    with refused(400, "InvalidRequest", MISSING):
        s3.get_object_attributes(**at, ObjectAttributes=["ETag"])
    with refused(400, "InvalidRequest", MISSING):
        s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k")
    with refused(403, "AccessDenied", WRONG):
        s3.get_object(**at, **under(OTHER))
    with refused(403, "AccessDenied", WRONG):
        s3.get_object(**at, **under(b"short"))
    with refused(403, "AccessDenied", WRONG):
        s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k", **under(OTHER, "CopySource"))
    with refused(400, "400", "Bad Request"):
        s3.head_object(**at)
    with refused(403, "403", "Forbidden"):
        s3.head_object(**at, **under(OTHER))
    # A condition that does not hold tells nothing to whoever has not the key.
    with refused(400, "InvalidRequest", MISSING):
        s3.get_object(**at, IfMatch='"0"')


def test_a_key_for_what_has_none(s3, bucket):
    at = {"Bucket": bucket, "Key": "k"}
    s3.put_object(**at, Body=DATA)
    for call in (lambda: s3.get_object(**at, **under(KEY)),
                 lambda: s3.get_object_attributes(**at, ObjectAttributes=["ETag"], **spelt(KEY)),
                 lambda: s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k", **under(KEY, "CopySource"))):
        with refused(400, "InvalidRequest", NOT_APPLICABLE):
            call()
    with refused(400, "400", "Bad Request"):
        s3.head_object(**at, **under(KEY))


@pytest.mark.parametrize("given, code, message, value", [
    ({**under(KEY), "ServerSideEncryption": "AES256"}, "InvalidArgument",
     "Server Side Encryption with Customer provided key is incompatible with the encryption method specified", "AES256"),
    ({"SSECustomerKey": KEY}, "InvalidArgument",
     "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
     "null"),
    ({"SSECustomerAlgorithm": "AES256"}, "InvalidArgument",
     "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
     "null"),
    ({"SSECustomerAlgorithm": "aes", "SSECustomerKey": KEY}, "InvalidEncryptionAlgorithmError",
     "The Encryption request you specified is not valid. Supported value: AES256.", "aes"),
    ({**under(KEY), "SSECustomerKeyMD5": "x"}, "InvalidArgument",
     "The calculated MD5 hash of the key did not match the hash that was provided.", "null"),
    (under(b"short"), "InvalidArgument", "The secret key was invalid for the specified algorithm.", "null"),
], ids=["both", "algorithm", "key", "other", "md5", "short"])
def test_headers_that_are_refused(s3, bucket, given, code, message, value):
    if given.get("SSECustomerKeyMD5") == "x":
        given = {**given, "SSECustomerKey": base64.b64encode(KEY).decode()}  # boto3 leaves both as they are
    with refused(400, code, message, ArgumentName=HEADER, ArgumentValue=value):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, **given)
    with refused(400, code, message, ArgumentName=HEADER, ArgumentValue=value):
        s3.create_multipart_upload(Bucket=bucket, Key="k", **given)
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_copies_from_one_key_to_another(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA, **under(KEY), Metadata={"a": "b"})
    to = {"Bucket": bucket, "Key": "copy", "CopySource": f"{bucket}/k"}
    copied = s3.copy_object(**to, **under(KEY, "CopySource"), **under(OTHER))
    agree(encryption(copied), of(OTHER))
    got = s3.get_object(Bucket=bucket, Key="copy", **under(OTHER))
    assert (got["Body"].read(), got["Metadata"]) == (DATA, {"a": "b"})
    plain = s3.copy_object(**to, **under(KEY, "CopySource"))
    agree(encryption(plain), {"ServerSideEncryption": "AES256"})
    assert plain["CopyObjectResult"]["ETag"].strip('"') == hashlib.md5(DATA).hexdigest()
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == DATA
    # Another key for an object is a change of it.
    onto = s3.copy_object(Bucket=bucket, Key="k", CopySource=f"{bucket}/k", **under(KEY, "CopySource"), **under(OTHER))
    agree(encryption(onto), of(OTHER))
    assert s3.get_object(Bucket=bucket, Key="k", **under(OTHER))["Body"].read() == DATA


def test_a_copy_from_another_region(aws, s3, bucket, name):
    there = name("there")
    far = aws.client("s3", region="eu-west-1")
    far.create_bucket(Bucket=there, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    blocked(far, there, "NONE")
    far.put_object(Bucket=there, Key="k", Body=DATA, **under(KEY))
    to = {"Bucket": bucket, "Key": "copy", "CopySource": f"{there}/k"}
    with pytest.raises(ClientError, match="40[03]|Access|Bad|Invalid"):
        s3.copy_object(**to)
    s3.copy_object(**to, **under(KEY, "CopySource"), **under(OTHER))
    assert s3.get_object(Bucket=bucket, Key="copy", **under(OTHER))["Body"].read() == DATA


def test_versions_have_keys_of_their_own(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    at = {"Bucket": bucket, "Key": "k"}
    first = s3.put_object(**at, Body=b"first", **under(KEY))["VersionId"]
    second = s3.put_object(**at, Body=b"second", **under(OTHER))["VersionId"]
    assert s3.get_object(**at, VersionId=first, **under(KEY))["Body"].read() == b"first"
    assert s3.get_object(**at, VersionId=second, **under(OTHER))["Body"].read() == b"second"
    with refused(403, "AccessDenied", WRONG):
        s3.get_object(**at, **under(KEY))


def test_uploads_in_parts(s3, bucket):
    at = {"Bucket": bucket, "Key": "k"}
    s3.put_object(Bucket=bucket, Key="source", Body=b"3" * 1000, **under(OTHER))
    begun = s3.create_multipart_upload(**at, **under(KEY))
    same(begun, 200, {"Bucket": bucket, "Key": "k", "UploadId": Any(str), **of(KEY)})
    at["UploadId"] = begun["UploadId"]
    with refused(400, "InvalidRequest", OF_UPLOAD):
        s3.upload_part(**at, PartNumber=1, Body=b"1")
    with refused(400, "InvalidRequest", "The provided encryption parameters did not match the ones used originally."):
        s3.upload_part(**at, PartNumber=1, Body=b"1", **under(OTHER))
    pieces = [b"1" * (5 << 20), b"2" * (5 << 20)]
    parts = []
    for number, piece in enumerate(pieces, 1):
        part = s3.upload_part(**at, PartNumber=number, Body=piece, **under(KEY))
        agree(encryption(part), of(KEY))
        parts.append({"PartNumber": number, "ETag": part["ETag"]})
    copy = {**at, "PartNumber": 3, "CopySource": f"{bucket}/source"}
    with refused(400, "InvalidRequest", MISSING):
        s3.upload_part_copy(**copy, **under(KEY))
    copied = s3.upload_part_copy(**copy, **under(KEY), **under(OTHER, "CopySource"))
    agree(encryption(copied), of(KEY))
    parts.append({"PartNumber": 3, "ETag": copied["CopyPartResult"]["ETag"]})
    assert len(s3.list_parts(**at)["Parts"]) == len(s3.list_parts(**at, **spelt(KEY))["Parts"]) == 3
    with refused(400, "InvalidRequest", "The provided encryption parameters did not match the ones used originally."):
        s3.complete_multipart_upload(**at, MultipartUpload={"Parts": parts}, **spelt(OTHER))
    agree(encryption(s3.complete_multipart_upload(**at, MultipartUpload={"Parts": parts}, **spelt(KEY))), {})
    with refused(400, "InvalidRequest", MISSING):
        s3.get_object(Bucket=bucket, Key="k")
    got = s3.get_object(Bucket=bucket, Key="k", **under(KEY))
    agree(encryption(got), of(KEY))
    assert got["Body"].read() == b"".join(pieces) + b"3" * 1000
    plain = s3.create_multipart_upload(Bucket=bucket, Key="plain")["UploadId"]
    with refused(400, "InvalidRequest", OF_UPLOAD):
        s3.upload_part(Bucket=bucket, Key="plain", UploadId=plain, PartNumber=1, Body=b"1", **under(KEY))


def test_a_presigned_url(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=DATA, **under(KEY))
    url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "k", **under(KEY)})
    headers = {f"{HEADER}-customer-algorithm": "AES256", f"{HEADER}-customer-key": base64.b64encode(KEY).decode(),
               f"{HEADER}-customer-key-MD5": md5(KEY)}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        assert answer.read() == DATA


def configured(s3, bucket):
    return s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]


def rule(kind, algorithm="AES256"):
    return [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}, "BucketKeyEnabled": False,
             "BlockedEncryptionTypes": {"EncryptionType": [kind]}}]


def test_new_buckets_block_keys_of_customers(s3, name):
    """As AWS's do since April 2026."""
    bucket = name("bucket")
    s3.create_bucket(Bucket=bucket)
    agree(configured(s3, bucket), rule("SSE-C"))
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)

    def why(action):
        return (f'User: arn:aws:iam::000000000000:root is not authorized to perform: {action} on resource: '
                f'"arn:aws:s3:::{bucket}/k" because this bucket has blocked upload requests that specify Server Side '
                "Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type")

    for call, action in ((lambda: s3.put_object(Bucket=bucket, Key="k", Body=DATA, **under(KEY)), "s3:PutObject"),
                         (lambda: s3.copy_object(Bucket=bucket, Key="k", CopySource=f"{bucket}/k", **under(KEY)),
                          "s3:CopyObject"),
                         (lambda: s3.create_multipart_upload(Bucket=bucket, Key="k", **under(KEY)), "s3:PutObject")):
        with refused(403, "AccessDenied", why(action)):
            call()
    same(blocked(s3, bucket, "NONE"), 200)
    agree(configured(s3, bucket), rule("NONE"))
    s3.put_object(Bucket=bucket, Key="k", Body=DATA, **under(KEY))
    # What a configuration leaves out stays.
    kms = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [kms]})
    agree(configured(s3, bucket), rule("NONE", "aws:kms"))
    same(blocked(s3, bucket, "SSE-C"), 200)
    agree(configured(s3, bucket), rule("SSE-C", "aws:kms"))
    assert s3.get_object(Bucket=bucket, Key="k", **under(KEY))["Body"].read() == DATA
    with refused(403, "AccessDenied", why("s3:PutObject")):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, **under(KEY))
    blocked(s3, bucket, "NONE")
    same(s3.delete_bucket_encryption(Bucket=bucket), 204)
    agree(configured(s3, bucket), rule("SSE-C"))


@pytest.mark.parametrize("rules", [[{}], [{"BlockedEncryptionTypes": {}}],
                                   [{"BlockedEncryptionTypes": {"EncryptionType": ["NONE", "SSE-C"]}}],
                                   [{"BlockedEncryptionTypes": {"EncryptionType": ["SSE-KMS"]}}]])
def test_configurations_that_are_refused(s3, bucket, rules):
    with pytest.raises(ClientError, match="MalformedXML"):
        s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})
    agree(configured(s3, bucket), rule("NONE"))


def test_a_policy_on_keys_of_customers(s3, user, bucket):
    """AWS's example of a bucket that wants them for all its objects."""
    ann = user()
    ann.may(allow("s3:*"))
    needs = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{bucket}/*",
             "Condition": {"Null": {"s3:x-amz-server-side-encryption-customer-algorithm": "true"}}}
    s3.put_bucket_policy(Bucket=bucket, Policy=document(needs))
    mine = ann.client("s3")
    with refused(403, "AccessDenied", Text(".*with an explicit deny in a resource-based policy")):
        mine.put_object(Bucket=bucket, Key="k", Body=DATA)
    mine.put_object(Bucket=bucket, Key="k", Body=DATA, **under(KEY))
    upload = mine.create_multipart_upload(Bucket=bucket, Key="parts", **under(KEY))["UploadId"]
    mine.upload_part(Bucket=bucket, Key="parts", UploadId=upload, PartNumber=1, Body=b"1", **under(KEY))
    never = {**needs, "Condition": {"Null": {"s3:x-amz-server-side-encryption-customer-algorithm": "false"}}}
    s3.put_bucket_policy(Bucket=bucket, Policy=document(never))
    with refused(403, "AccessDenied", Text(".*with an explicit deny in a resource-based policy")):
        mine.put_object(Bucket=bucket, Key="k", Body=DATA, **under(KEY))
    with refused(403, "AccessDenied", Text(".*with an explicit deny in a resource-based policy")):
        mine.copy_object(Bucket=bucket, Key="c", CopySource=f"{bucket}/k", **under(KEY, "CopySource"), **under(KEY))
    mine.put_object(Bucket=bucket, Key="k", Body=DATA)


def test_a_key_without_its_digest(server, s3, bucket):
    """The SDKs always send one."""
    headers = {f"{HEADER}-customer-algorithm": "AES256",
               f"{HEADER}-customer-key": base64.b64encode(KEY).decode()}
    answer = Signer(server, "s3").request("PUT", f"/{bucket}/k", headers=headers, body=DATA)
    assert answer.status == 400
    assert answer.error() == ("InvalidArgument", "Requests specifying Server Side Encryption with Customer provided keys "
                              "must provide the client calculated MD5 of the secret key.")
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
