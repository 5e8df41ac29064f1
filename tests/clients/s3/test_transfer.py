"""boto3's transfer manager: files in parts, several at once."""

import hashlib
import io
import os

import pytest
from boto3.s3.transfer import TransferConfig

MIB = 1024 * 1024
PARTS = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB, max_concurrency=4)


@pytest.fixture(scope="module")
def twenty_mib():
    return os.urandom(20 * MIB + 17)


def test_up_and_down(aws, bucket, scheme, tmp_path, twenty_mib):
    s3 = aws.client("s3", scheme=scheme)
    source, target = tmp_path / "up", tmp_path / "down"
    source.write_bytes(twenty_mib)
    s3.upload_file(str(source), bucket, "big", Config=PARTS, ExtraArgs={"ContentType": "video/x", "Metadata": {"a": "b"}})
    seen = s3.head_object(Bucket=bucket, Key="big", ChecksumMode="ENABLED")
    assert (seen["ContentLength"], seen["ContentType"], seen["Metadata"]) == (len(twenty_mib), "video/x", {"a": "b"})
    assert seen["ETag"].endswith('-5"') and seen["ChecksumType"] == "COMPOSITE"
    s3.download_file(bucket, "big", str(target), Config=PARTS)
    assert hashlib.sha256(target.read_bytes()).digest() == hashlib.sha256(twenty_mib).digest()


def test_from_and_to_streams(s3, bucket, twenty_mib):
    s3.upload_fileobj(io.BytesIO(twenty_mib), bucket, "big", Config=PARTS)
    target = io.BytesIO()
    s3.download_fileobj(bucket, "big", target, Config=PARTS)
    assert target.getvalue() == twenty_mib


def test_copy_in_parts(s3, bucket, twenty_mib):
    s3.upload_fileobj(io.BytesIO(twenty_mib), bucket, "big", Config=PARTS)
    s3.copy({"Bucket": bucket, "Key": "big"}, bucket, "copy", Config=PARTS)
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == twenty_mib


def test_a_small_file_goes_in_one_piece(s3, bucket):
    s3.upload_fileobj(io.BytesIO(b"small"), bucket, "small")
    assert s3.head_object(Bucket=bucket, Key="small")["ETag"] == f'"{hashlib.md5(b"small").hexdigest()}"'
