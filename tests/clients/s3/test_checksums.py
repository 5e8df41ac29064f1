"""Checksums: every algorithm, as header and (over https) as trailer; wrong ones refused and nothing stored."""

import pytest
from answers import TIME, OneOf, refused, same
from checksums import DIGESTS, checksum, etag, md5_base64
from raw import Signer, send
from s3_answers import NO_SUCH_KEY, got, head, stored

DATA = b"test data.."


@pytest.fixture(params=sorted(DIGESTS))
def algorithm(request):
    return request.param


def plain(aws, scheme="http"):
    """A client that sends and checks no checksum of its own accord."""
    return aws.client("s3", scheme=scheme, request_checksum_calculation="when_required",
                      response_checksum_validation="when_required")


def sum_of(algorithm, data=DATA):
    return {f"Checksum{algorithm}": checksum(algorithm, data)}


def test_crc64nvme_when_none_is_sent(aws, bucket, scheme):
    s3 = plain(aws, scheme)
    same(s3.put_object(Bucket=bucket, Key="k", Body=DATA), 200, stored(DATA, "CRC64NVME"))
    same(s3.get_object(Bucket=bucket, Key="k"), 200, {**head(DATA), "Body": DATA})
    same(s3.get_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED"), 200, got(DATA, "CRC64NVME"))


@pytest.mark.parametrize("sdk", ["CRC32", "SHA1", "SHA256"])
def test_computed_by_the_sdk(aws, bucket, scheme, sdk):
    s3 = aws.client("s3", scheme=scheme)
    same(s3.put_object(Bucket=bucket, Key="k", Body=DATA, ChecksumAlgorithm=sdk), 200, stored(DATA, sdk))
    same(s3.get_object(Bucket=bucket, Key="k"), 200, got(DATA, sdk))


def test_given_by_the_caller(s3, bucket, algorithm):
    same(s3.put_object(Bucket=bucket, Key="k", Body=DATA, **sum_of(algorithm)), 200, stored(DATA, algorithm))
    same(s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED"), 200,
         head(DATA, **sum_of(algorithm), ChecksumType="FULL_OBJECT"))
    same(s3.get_object_attributes(Bucket=bucket, Key="k", ObjectAttributes=["Checksum"]), 200,
         {"LastModified": TIME, "Checksum": {**sum_of(algorithm), "ChecksumType": "FULL_OBJECT"}})
    listing = s3.list_objects_v2(Bucket=bucket)["Contents"][0]
    assert (listing["ChecksumAlgorithm"], listing["ChecksumType"]) == ([algorithm], "FULL_OBJECT")


def test_not_base64(s3, bucket, algorithm):
    with refused(400, "InvalidRequest", f"Value for x-amz-checksum-{algorithm.lower()} header is invalid."):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, **{f"Checksum{algorithm}": "not-base64"})


def test_of_other_data(s3, bucket, algorithm):
    with refused(400, "BadDigest", f"The {algorithm} you specified did not match the calculated checksum."):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, **sum_of(algorithm, b"other"))
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="k"):
        s3.get_object(Bucket=bucket, Key="k")


def test_of_another_length(s3, bucket):
    with refused(400, "InvalidRequest", "Value for x-amz-checksum-crc32 header is invalid."):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, ChecksumCRC32=checksum("SHA1", DATA))


def test_two_at_once(s3, bucket):
    with refused(400, "InvalidRequest",
                 "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, **sum_of("CRC32"), **sum_of("SHA1"))


def test_of_a_failed_overwrite_the_old_object_stays(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"old")
    with refused(400, "BadDigest", "The SHA256 you specified did not match the calculated checksum."):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, **sum_of("SHA256", b"other"))
    same(s3.get_object(Bucket=bucket, Key="k"), 200, got(b"old"))


def trailer_request(server, bucket, algorithm, value, chunks):
    """An unsigned-payload upload whose checksum comes behind the data, as SDKs send it over https."""
    body = b"".join(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n" for chunk in [*chunks, b""])
    body = body[:-2] + f"x-amz-checksum-{algorithm.lower()}:{value}\r\n\r\n".encode()
    signer = Signer(server, "s3")
    length = sum(len(chunk) for chunk in chunks)
    headers = {
        "X-Amz-Content-SHA256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "Content-Encoding": "aws-chunked",
        "X-Amz-Decoded-Content-Length": str(length), "X-Amz-Trailer": f"x-amz-checksum-{algorithm.lower()}",
        "Content-Length": str(len(body)),
    }
    signer.auth.payload = lambda request: "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
    return signer.request("PUT", f"/{bucket}/k", headers, body)


def test_trailer(server, s3, bucket, algorithm):
    answer = trailer_request(server, bucket, algorithm, checksum(algorithm, DATA), [DATA])
    assert (answer.status, answer.headers[f"x-amz-checksum-{algorithm.lower()}"]) == (200, checksum(algorithm, DATA))
    same(s3.get_object(Bucket=bucket, Key="k"), 200, got(DATA, algorithm))


def test_trailer_of_other_data(server, s3, bucket, algorithm):
    answer = trailer_request(server, bucket, algorithm, checksum(algorithm, b"other"), [DATA])
    assert (answer.status, *answer.error()) == (
        400, "BadDigest", f"The {algorithm} you specified did not match the calculated checksum.")
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="k"):
        s3.get_object(Bucket=bucket, Key="k")


def test_trailer_behind_a_chunk_too_small(server, bucket):
    answer = trailer_request(server, bucket, "CRC32", checksum("CRC32", DATA), [DATA[:3], DATA[3:]])
    assert answer.status in (400, 403)
    assert answer.error() == ("InvalidChunkSizeError",
                              "Only the last chunk is allowed to have a size less than 8192 bytes")


def test_trailer_over_http_in_large_chunks(server, s3, bucket):
    chunks = [bytes([number]) * 100_000 for number in range(30)]
    answer = trailer_request(server, bucket, "SHA256", checksum("SHA256", b"".join(chunks)), chunks)
    assert answer.status == 200
    same(s3.get_object(Bucket=bucket, Key="k"), 200, got(b"".join(chunks), "SHA256"))


def test_content_md5(s3, bucket):
    same(s3.put_object(Bucket=bucket, Key="k", Body=DATA, ContentMD5=md5_base64(DATA)), 200,
         stored(DATA))


def test_content_md5_of_other_data(s3, bucket):
    with refused(400, "BadDigest", "The Content-MD5 you specified did not match what we received.",
                 ExpectedDigest=OneOf(md5_base64(b"other"), etag(b"other").strip('"')), CalculatedDigest=md5_base64(DATA)):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, ContentMD5=md5_base64(b"other"))
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="k"):
        s3.get_object(Bucket=bucket, Key="k")


@pytest.mark.parametrize("wrong", ["000", "not base64", "MTIz"])
def test_content_md5_that_is_none(s3, bucket, wrong):
    with refused(400, "InvalidDigest", "The Content-MD5 you specified was invalid.", **{"Content-MD5": wrong}):
        s3.put_object(Bucket=bucket, Key="k", Body=DATA, ContentMD5=wrong)


def test_content_encoding_is_kept_without_aws_chunked(aws, bucket, scheme):
    s3 = aws.client("s3", scheme=scheme)
    s3.put_object(Bucket=bucket, Key="k", Body=DATA, ContentEncoding="gzip")
    assert s3.head_object(Bucket=bucket, Key="k")["ContentEncoding"] == "gzip"
    s3.put_object(Bucket=bucket, Key="k", Body=DATA)
    assert "ContentEncoding" not in s3.head_object(Bucket=bucket, Key="k")


def test_body_hash_of_other_data(server, s3, bucket):
    signer = Signer(server, "s3")
    headers = signer.headers("PUT", f"/{bucket}/k", body=DATA)
    answer = send(server, "PUT", f"/{bucket}/k", headers, DATA[::-1])
    assert answer.status == 400
    error = answer.xml()
    assert (error["Code"], error["Message"]) == (
        "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.")
    assert error["ClientComputedContentSHA256"] == headers["X-Amz-Content-SHA256"]
    with refused(404, "NoSuchKey", NO_SUCH_KEY, Key="k"):
        s3.get_object(Bucket=bucket, Key="k")


def test_etag_is_the_md5(s3, bucket):
    assert s3.put_object(Bucket=bucket, Key="k", Body=DATA)["ETag"] == etag(DATA)
