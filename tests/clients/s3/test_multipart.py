"""Multipart uploads."""

import concurrent.futures

import pytest
from answers import TIME, Any, Text, refused, same
from botocore.exceptions import ClientError
from checksums import COMPOSITE, FULL_OBJECT, checksum, composite, etag, multipart_etag
from s3_answers import INVALID_PART, NO_SUCH_KEY, NO_SUCH_UPLOAD, PRECONDITION, MALFORMED_XML, got, head

MIB = 1024 * 1024
FIRST, SECOND, LAST = b"1" * (5 * MIB), b"2" * (5 * MIB + 1), b"the end"
OWNER = {"ID": Text("[0-9a-f]{64}")}


class Upload:
    """An upload under way."""

    def __init__(self, s3, bucket, key="k", **given):
        self.s3 = s3
        self.where = {"Bucket": bucket, "Key": key}
        self.created = s3.create_multipart_upload(**self.where, **given)
        self.where["UploadId"] = self.created["UploadId"]
        self.parts = {}

    def put(self, number, data, **given):
        answer = self.s3.upload_part(**self.where, PartNumber=number, Body=data, **given)
        sums = {name: answer[name] for name in answer if name.startswith("Checksum")}
        self.parts[number] = {"PartNumber": number, "ETag": answer["ETag"], **sums}
        return answer

    def complete(self, parts=None, **given):
        if parts is None:
            parts = [self.parts[number] for number in sorted(self.parts)]
        return self.s3.complete_multipart_upload(**self.where, MultipartUpload={"Parts": parts}, **given)

    def listed(self, **given):
        return self.s3.list_parts(**self.where, **given)


@pytest.fixture
def upload(s3, bucket):
    return Upload(s3, bucket)


def plain(parts):
    """Parts by number and ETag only, as an upload without a checksum algorithm wants them."""
    return [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in parts.values()]


def test_the_whole_way(s3, bucket):
    upload = Upload(s3, bucket, "a/b", ContentType="image/jpeg", Metadata={"m": "1"})
    same(upload.created, 200, {"Bucket": bucket, "Key": "a/b", "UploadId": Any(str), "ServerSideEncryption": "AES256"})
    for number, data in ((1, FIRST), (2, LAST)):
        same(upload.put(number, data), 200, {"ETag": etag(data), "ChecksumCRC32": checksum("CRC32", data),
                                             "ServerSideEncryption": "AES256"})
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="a/b"):
        s3.get_object(Bucket=bucket, Key="a/b")
    data, parts = FIRST + LAST, [FIRST, LAST]
    same(upload.complete(plain(upload.parts)), 200, {
        "Bucket": bucket, "Key": "a/b", "Location": Text(f"http.*{bucket}.*a(/|%2F)b"), "ETag": multipart_etag(parts),
        "ChecksumCRC64NVME": checksum("CRC64NVME", data), "ChecksumType": "FULL_OBJECT",
        "ServerSideEncryption": "AES256"})
    same(s3.get_object(Bucket=bucket, Key="a/b"), 200,
         got(data, "CRC64NVME", ETag=multipart_etag(parts), ContentType="image/jpeg", Metadata={"m": "1"}))
    with refused(404, "NoSuchUpload", NO_SUCH_UPLOAD, UploadId=upload.where["UploadId"]):
        upload.listed()


def test_completed_twice(upload):
    upload.put(1, LAST)
    first = upload.complete(plain(upload.parts))
    again = upload.complete(plain(upload.parts))
    assert (again["ETag"], again["Key"]) == (first["ETag"], first["Key"])


def test_a_part_sent_again_replaces(s3, bucket, upload):
    upload.put(1, b"wrong")
    upload.put(1, b"right")
    upload.complete(plain(upload.parts))
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"right"


def test_parts_left_out_are_not_in_the_object(s3, bucket, upload):
    for number, data in ((1, FIRST), (3, SECOND), (9, LAST)):
        upload.put(number, data)
    upload.complete(plain({number: upload.parts[number] for number in (1, 9)}))
    same(s3.get_object(Bucket=bucket, Key="k", Range=f"bytes={5 * MIB - 2}-"), 206,
         {**head(b"11" + LAST, ETag=multipart_etag([FIRST, LAST])), "Body": b"11" + LAST,
          "ContentRange": f"bytes {5 * MIB - 2}-{5 * MIB + 6}/{5 * MIB + 7}"})


def test_parts_sent_in_any_order_at_once(aws, s3, bucket, upload):
    bodies = {number: bytes([number]) * (5 * MIB + number) for number in range(1, 5)}
    clients = {number: aws.client("s3") for number in bodies}
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = dict(zip(bodies, pool.map(
            lambda number: clients[number].upload_part(**upload.where, PartNumber=number, Body=bodies[number]), bodies)))
    upload.complete([{"PartNumber": number, "ETag": answers[number]["ETag"]} for number in bodies])
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"".join(bodies.values())


def test_reading_by_part(s3, bucket, upload):
    upload.put(1, FIRST)
    upload.put(2, LAST)
    upload.complete(plain(upload.parts))
    tag, whole = multipart_etag([FIRST, LAST]), len(FIRST) + len(LAST)
    expected = head(LAST, ETag=tag, PartsCount=2, ContentRange=f"bytes {len(FIRST)}-{whole - 1}/{whole}")
    same(s3.head_object(Bucket=bucket, Key="k", PartNumber=2), 206, expected)
    same(s3.get_object(Bucket=bucket, Key="k", PartNumber=2), 206, {**expected, "Body": LAST})
    with refused(416, "InvalidPartNumber", "The requested partnumber is not satisfiable", ActualPartCount="2",
                 PartNumberRequested="3"):
        s3.get_object(Bucket=bucket, Key="k", PartNumber=3)


def test_aborted(s3, bucket, upload):
    upload.put(1, LAST)
    same(s3.abort_multipart_upload(**upload.where), 204)
    gone = {"UploadId": upload.where["UploadId"]}
    with refused(404, "NoSuchUpload", NO_SUCH_UPLOAD, **gone):
        upload.put(2, LAST)
    with refused(404, "NoSuchUpload", NO_SUCH_UPLOAD, **gone):
        upload.complete(plain(upload.parts))
    with refused(404, "NoSuchUpload", NO_SUCH_UPLOAD, **gone):
        upload.listed()
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="k"):
        s3.get_object(Bucket=bucket, Key="k")


@pytest.mark.parametrize("call", [
    lambda s3, where: s3.upload_part(**where, PartNumber=1, Body=b"x"),
    lambda s3, where: s3.complete_multipart_upload(
        **where, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag(b"x")}]}),
    lambda s3, where: s3.abort_multipart_upload(**where),
    lambda s3, where: s3.list_parts(**where),
], ids=["upload_part", "complete", "abort", "list_parts"])
def test_an_upload_that_is_none(s3, bucket, upload, call):
    with refused(404, "NoSuchUpload", NO_SUCH_UPLOAD, UploadId="fakeid"):
        call(s3, {**upload.where, "UploadId": "fakeid"})
    with refused(404, "NoSuchUpload", NO_SUCH_UPLOAD, UploadId=upload.where["UploadId"]):
        call(s3, {**upload.where, "Key": "other-key"})


@pytest.mark.parametrize("number", [0, -1, 10_001])
def test_part_numbers_that_are_none(upload, number):
    with refused(400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive",
                 ArgumentName="partNumber", ArgumentValue=str(number)):
        upload.put(number, b"x")


def test_too_small(upload):
    upload.put(1, b"data")
    upload.put(2, b"data")
    with refused(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size",
                 ETag=etag(b"data").strip('"'), MinSizeAllowed="5242880", PartNumber="1", ProposedSize="4"):
        upload.complete(plain(upload.parts))
    assert len(upload.listed()["Parts"]) == 2  # a refused completion changes nothing


def test_a_part_that_is_not_there(upload):
    upload.put(1, LAST)
    tag = etag(LAST)
    with refused(400, "InvalidPart", INVALID_PART, UploadId=upload.where["UploadId"], PartNumber="2",
                 ETag=tag.strip('"')):
        upload.complete([{"PartNumber": 2, "ETag": tag}])
    wrong = etag(b"other")
    with refused(400, "InvalidPart", INVALID_PART, UploadId=upload.where["UploadId"], PartNumber="1",
                 ETag=wrong.strip('"')):
        upload.complete([{"PartNumber": 1, "ETag": wrong}])


def test_etags_without_quotes(s3, bucket, upload):
    upload.put(1, LAST)
    upload.complete([{"PartNumber": 1, "ETag": etag(LAST).strip('"')}])
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == LAST


def test_out_of_order(upload):
    upload.put(1, FIRST)
    upload.put(2, LAST)
    with refused(400, "InvalidPartOrder",
                 "The list of parts was not in ascending order. Parts must be ordered by part number.",
                 UploadId=upload.where["UploadId"]):
        upload.complete(plain(upload.parts)[::-1])


def test_no_parts(upload):
    with refused(400, "InvalidRequest", "You must specify at least one part"):
        upload.s3.complete_multipart_upload(**upload.where)
    with refused(400, "MalformedXML", MALFORMED_XML):
        upload.complete([])


def test_size_of_the_whole(upload):
    upload.put(1, b"data")
    with refused(400, "InvalidRequest",
                 "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4"):
        upload.complete(plain(upload.parts), MpuObjectSize=5)
    upload.complete(plain(upload.parts), MpuObjectSize=4)


def test_completed_only_if_there_is_none(s3, bucket, upload):
    upload.put(1, LAST)
    s3.put_object(Bucket=bucket, Key="k", Body=b"in between")
    with refused(412, "PreconditionFailed", PRECONDITION, Condition="If-None-Match"):
        upload.complete(plain(upload.parts), IfNoneMatch="*")
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"in between"


@pytest.mark.parametrize("algorithm", COMPOSITE)
def test_composite_checksum(s3, bucket, algorithm):
    upload = Upload(s3, bucket, ChecksumAlgorithm=algorithm)
    same(upload.created, 200, {"Bucket": bucket, "Key": "k", "UploadId": Any(str), "ChecksumAlgorithm": algorithm,
                               "ChecksumType": "COMPOSITE", "ServerSideEncryption": "AES256"})
    parts = [FIRST, LAST]
    for number, data in enumerate(parts, 1):
        given = {f"Checksum{algorithm}": checksum(algorithm, data)}
        same(upload.put(number, data, **given), 200, {"ETag": etag(data), **given, "ServerSideEncryption": "AES256"})
    with refused(400, "InvalidRequest", f"The upload was created using a {algorithm.lower()} checksum. The complete "
                 "request must include the checksum for each part. It was missing for part 1 in the request."):
        upload.complete(plain(upload.parts))
    whole = {f"Checksum{algorithm}": composite(algorithm, parts), "ChecksumType": "COMPOSITE"}
    answer = same(upload.complete(), 200, {
        "Bucket": bucket, "Key": "k", "Location": Any(str), "ETag": multipart_etag(parts), **whole,
        "ServerSideEncryption": "AES256"})
    same(s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED"), 200,
         head(FIRST + LAST, ETag=answer["ETag"], **whole))


@pytest.mark.parametrize("algorithm", FULL_OBJECT)
def test_full_object_checksum(s3, bucket, algorithm):
    upload = Upload(s3, bucket, ChecksumAlgorithm=algorithm, ChecksumType="FULL_OBJECT")
    parts = [FIRST, LAST]
    for number, data in enumerate(parts, 1):
        upload.put(number, data, **{f"Checksum{algorithm}": checksum(algorithm, data)})
    whole = {f"Checksum{algorithm}": checksum(algorithm, FIRST + LAST), "ChecksumType": "FULL_OBJECT"}
    same(upload.complete(**whole), 200, {
        "Bucket": bucket, "Key": "k", "Location": Any(str), "ETag": multipart_etag(parts), **whole,
        "ServerSideEncryption": "AES256"})


def test_full_object_checksum_of_other_data(s3, bucket):
    upload = Upload(s3, bucket, ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    upload.put(1, LAST)
    with pytest.raises(ClientError) as error:
        upload.complete(ChecksumCRC32=checksum("CRC32", b"other"), ChecksumType="FULL_OBJECT")
    assert (error.value.response["Error"]["Code"], error.value.response["ResponseMetadata"]["HTTPStatusCode"]) == (
        "BadDigest", 400)


@pytest.mark.parametrize("algorithm, kind", [("CRC64NVME", "COMPOSITE"), ("SHA1", "FULL_OBJECT"),
                                             ("SHA256", "FULL_OBJECT")])
def test_checksum_types_that_do_not_go_together(s3, bucket, algorithm, kind):
    with refused(400, "InvalidRequest",
                 f"The {kind} checksum type cannot be used with the {algorithm.lower()} checksum algorithm."):
        Upload(s3, bucket, ChecksumAlgorithm=algorithm, ChecksumType=kind)


def test_checksum_of_a_part_of_other_data(upload):
    with refused(400, "BadDigest", "The SHA1 you specified did not match the calculated checksum."):
        upload.put(1, LAST, ChecksumSHA1=checksum("SHA1", b"other"))
    assert "Parts" not in upload.listed()


def test_another_algorithm_than_the_uploads(s3, bucket):
    upload = Upload(s3, bucket, ChecksumAlgorithm="SHA256")
    with refused(400, "InvalidRequest",
                 "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type: crc32"):
        upload.put(1, LAST, ChecksumCRC32=checksum("CRC32", LAST))


def copied_part(data):
    return {"CopyPartResult": {"ETag": etag(data), "LastModified": TIME}, "ServerSideEncryption": "AES256"}


def test_parts_by_copy(s3, bucket, upload):
    s3.put_object(Bucket=bucket, Key="source", Body=SECOND)
    source = {"Bucket": bucket, "Key": "source"}
    same(s3.upload_part_copy(**upload.where, PartNumber=1, CopySource=source), 200, copied_part(SECOND))
    same(s3.upload_part_copy(**upload.where, PartNumber=2, CopySource=source, CopySourceRange="bytes=0-8"), 200,
         copied_part(SECOND[:9]))
    parts = [{"PartNumber": 1, "ETag": etag(SECOND)}, {"PartNumber": 2, "ETag": etag(SECOND[:9])}]
    upload.complete(parts)
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == SECOND + SECOND[:9]


FORM = ("The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the "
        "zero-based offsets of the first and last bytes to copy")


@pytest.mark.parametrize("wanted", ["0-8", "bytes=-", "bytes=-2", "bytes=1-", "bytes=1-0", "bytes=0-1,3-4"])
def test_copy_ranges_that_are_none(s3, bucket, upload, wanted):
    s3.put_object(Bucket=bucket, Key="source", Body=b"0123456789")
    with refused(400, "InvalidArgument", FORM, ArgumentName="x-amz-copy-source-range", ArgumentValue=wanted):
        s3.upload_part_copy(**upload.where, PartNumber=1, CopySource=f"{bucket}/source", CopySourceRange=wanted)


def test_copy_ranges_beyond_the_end(s3, bucket, upload):
    s3.put_object(Bucket=bucket, Key="source", Body=b"0123456789")
    with refused(400, "InvalidArgument", "Range specified is not valid for source object of size: 10",
                 ArgumentName="x-amz-copy-source-range", ArgumentValue="bytes=0-100"):
        s3.upload_part_copy(**upload.where, PartNumber=1, CopySource=f"{bucket}/source", CopySourceRange="bytes=0-100")


def test_list_parts(bucket, upload):
    def listing(shown, **more):
        return {
            "Bucket": bucket, "Key": "k", "UploadId": upload.where["UploadId"], "PartNumberMarker": 0,
            "NextPartNumberMarker": shown[-1] if shown else 0, "MaxParts": 1000, "IsTruncated": False,
            "StorageClass": "STANDARD", "Owner": OWNER, "Initiator": OWNER,
            **({"Parts": [{"PartNumber": number, "LastModified": TIME, "ETag": etag(LAST), "Size": len(LAST)}
                          for number in shown]} if shown else {}), **more}

    same(upload.listed(), 200, listing([]))
    for number in (1, 2, 5):
        upload.put(number, LAST)
    same(upload.listed(), 200, listing([1, 2, 5]))
    same(upload.listed(MaxParts=2), 200, listing([1, 2], MaxParts=2, IsTruncated=True))
    same(upload.listed(MaxParts=2, PartNumberMarker=2), 200, listing([5], MaxParts=2, PartNumberMarker=2))


def test_list_uploads(s3, bucket):
    nothing = {"Bucket": bucket, "KeyMarker": "", "UploadIdMarker": "", "NextKeyMarker": "", "NextUploadIdMarker": "",
               "MaxUploads": 1000, "IsTruncated": False}
    same(s3.list_multipart_uploads(Bucket=bucket), 200, nothing)
    made = {key: Upload(s3, bucket, key).where["UploadId"] for key in ("a/1", "a/2", "b")}

    def entry(key):
        return {"Key": key, "UploadId": made[key], "Initiated": TIME, "StorageClass": "STANDARD", "Owner": OWNER,
                "Initiator": OWNER}

    same(s3.list_multipart_uploads(Bucket=bucket), 200,
         {**nothing, "Uploads": [entry(key) for key in made], "NextKeyMarker": "b", "NextUploadIdMarker": made["b"]})
    first = {**nothing, "Uploads": [entry("a/1")], "MaxUploads": 1, "IsTruncated": True, "NextKeyMarker": "a/1",
             "NextUploadIdMarker": made["a/1"]}
    same(s3.list_multipart_uploads(Bucket=bucket, MaxUploads=1), 200, first)
    same(s3.list_multipart_uploads(Bucket=bucket, KeyMarker="a/1", UploadIdMarker=made["a/1"]), 200,
         {**nothing, "KeyMarker": "a/1", "UploadIdMarker": made["a/1"], "Uploads": [entry("a/2"), entry("b")],
          "NextKeyMarker": "b", "NextUploadIdMarker": made["b"]})
    same(s3.list_multipart_uploads(Bucket=bucket, Delimiter="/"), 200,
         {**nothing, "Delimiter": "/", "CommonPrefixes": [{"Prefix": "a/"}], "Uploads": [entry("b")],
          "NextKeyMarker": "b", "NextUploadIdMarker": made["b"]})
    same(s3.list_multipart_uploads(Bucket=bucket, Prefix="a/"), 200,
         {**nothing, "Prefix": "a/", "Uploads": [entry("a/1"), entry("a/2")], "NextKeyMarker": "a/2",
          "NextUploadIdMarker": made["a/2"]})


def test_a_bucket_with_an_upload_can_be_deleted_only_when_empty_of_objects(s3, bucket, upload):
    upload.put(1, LAST)
    upload.complete(plain(upload.parts))
    with refused(409, "BucketNotEmpty", "The bucket you tried to delete is not empty", BucketName=bucket):
        s3.delete_bucket(Bucket=bucket)


def test_attributes(s3, bucket, upload):
    upload.put(1, FIRST)
    upload.put(2, LAST)
    upload.complete(plain(upload.parts))
    data = FIRST + LAST
    same(s3.get_object_attributes(Bucket=bucket, Key="k",
                                  ObjectAttributes=["ETag", "Checksum", "ObjectParts", "ObjectSize", "StorageClass"]),
         200, {"LastModified": TIME, "ETag": multipart_etag([FIRST, LAST]).strip('"'), "ObjectSize": len(data),
               "StorageClass": "STANDARD", "ObjectParts": {"TotalPartsCount": 2},
               "Checksum": {"ChecksumCRC64NVME": checksum("CRC64NVME", data), "ChecksumType": "FULL_OBJECT"}})
