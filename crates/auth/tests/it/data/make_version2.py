"""Writes version2.tsv: requests that boto3 and botocore signed with Version 2, which tests/version2.rs verifies.

Run it with boto3 installed: python3 make_version2.py > version2.tsv
Columns: place, method, bucket of a virtual host, target, headers (name=value, separated by 0x1f), session token.
"""

import random
import time

import boto3
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

random.seed(20240229)
NOW = 1709208000  # 2024-02-29T12:00:00Z
time.time = lambda: NOW
botocore.auth.formatdate = lambda usegmt: "Thu, 29 Feb 2024 11:59:00 GMT"

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
ALPHABET = list("abcXYZ019 +%&=?#;:@!$'()*,/~._-\"<>[]|\\^`{}\u00e9\u3042\U0001f600")
BUCKETS = ["photos", "my.photos", "a-b"]


def text(most):
    return "".join(random.choice(ALPHABET) for _ in range(random.randrange(1, most)))


def one_of(**parameters):
    return {name: value for name, value in parameters.items() if random.random() < 0.4}


def operations(bucket):
    key = text(14)
    both, plain = {"Bucket": bucket, "Key": key}, {"Bucket": bucket}
    overrides = one_of(
        ResponseContentType=text(8),
        ResponseContentDisposition='attachment; filename="%s"' % text(6),
        ResponseCacheControl="no-cache, max-age=0",
        ResponseContentLanguage="de",
        ResponseContentEncoding="gzip",
        VersionId=text(9),
        PartNumber=3,
        Range="bytes=0-3",
    )
    given = one_of(
        ContentType="text/plain; charset=utf-8",
        ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==",
        ACL="public-read",
        Metadata={"Name": "two  words", "other": "a+b%c"},
        StorageClass="STANDARD_IA",
        ServerSideEncryption="AES256",
        CacheControl="no-store",
    )
    upload = dict(both, UploadId=text(9), PartNumber=7)
    return [
        ("get_object", dict(both, **overrides)),
        ("put_object", dict(both, **given)),
        ("head_object", dict(both, **one_of(VersionId=text(5)))),
        ("delete_object", dict(both, **one_of(VersionId=text(5)))),
        ("copy_object", dict(both, CopySource={"Bucket": "from", "Key": text(9)})),
        ("get_object_tagging", both),
        ("get_object_acl", both),
        ("create_multipart_upload", dict(both, **one_of(ContentType="image/png"))),
        ("upload_part", upload),
        ("upload_part_copy", dict(upload, CopySource="from/" + text(5))),
        ("list_parts", dict(both, UploadId=text(9))),
        ("abort_multipart_upload", dict(both, UploadId=text(9))),
        ("list_objects_v2", dict(plain, Prefix=text(5), Delimiter="/")),
        ("list_objects", dict(plain, MaxKeys=7)),
        ("list_object_versions", plain),
        ("list_multipart_uploads", plain),
        ("get_bucket_policy", plain),
        ("get_bucket_location", plain),
        ("get_bucket_cors", plain),
        ("head_bucket", plain),
        ("list_buckets", {}),
    ]


def row(place, method, host, target, headers, token):
    bucket = host.removesuffix("localhost:4566").removesuffix(".")
    pairs = "\x1f".join("%s=%s" % (name, value) for name, value in headers.items())
    print(place, method, bucket, target, pairs, token or "", sep="\t")


def split(url):
    host, _, target = url.split("://", 1)[1].partition("/")
    return host, "/" + target


def presigned(style, token):
    client = boto3.client(
        "s3",
        region_name="us-east-1",
        endpoint_url="http://localhost:4566",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        aws_session_token=token,
        config=Config(s3={"addressing_style": style}),
    )
    # The method and what is sent besides the URL, which boto3 does not hand out.
    seen = {}
    client.meta.events.register("before-sign.s3", lambda request, **_: seen.update(request=request))
    for name, parameters in operations(random.choice(BUCKETS)):
        lifetime = random.choice([60, 3600, 10**8])
        url = client.generate_presigned_url(name, Params=dict(parameters), ExpiresIn=lifetime)
        assert "&Signature=" in url and "X-Amz-Algorithm" not in url
        host, target = split(url)
        # Some clients send the headers as well as the URL that carries them.
        headers = {"host": host}
        if random.random() < 0.5:
            for header, value in seen["request"].headers.items():
                if header.lower() != "date":
                    headers[header.lower()] = value.decode() if isinstance(value, bytes) else value
        row("query", seen["request"].method, host, target, headers, token)


def in_header(token):
    from botocore.utils import percent_encode

    path = "/photos/" + percent_encode(text(12), safe="/~")
    query = random.choice(["", "?acl", "?uploads", "?versionId=" + percent_encode(text(5), safe="")])
    headers = random.choice(
        [{}, {"Content-Type": "text/plain"}, {"x-amz-meta-b": " b  c ", "X-Amz-Acl": "private", "x-amz-meta-a": "1"}]
    )
    method = random.choice(["GET", "PUT", "POST", "DELETE", "HEAD"])
    request = AWSRequest(method=method, url="http://localhost:4566" + path + query, headers=headers)
    botocore.auth.HmacV1Auth(Credentials(KEY, SECRET, token)).add_auth(request)
    host, target = split(request.url)
    row("header", method, host, target, {"host": host, **{k.lower(): v for k, v in request.headers.items()}}, token)


for style in ["path", "virtual"]:
    for token in [None, "the/token+1=="]:
        presigned(style, token)
        presigned(style, token)
for i in range(24):
    in_header("the/token+1==" if i % 3 == 0 else None)
