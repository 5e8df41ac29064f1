"""Writes botocore.tsv: requests signed by botocore, which tests/botocore.rs verifies.

Run it with botocore installed: python3 make_botocore.py > botocore.tsv
Columns: signer, method, target, headers (name=value, separated by 0x1f), body in hexadecimal.
"""

import datetime
import random

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

random.seed(20240229)
NOW = datetime.datetime(2024, 2, 29, 11, 59, 0, tzinfo=datetime.timezone.utc)
botocore.auth.get_current_datetime = lambda remove_tzinfo=True: NOW.replace(tzinfo=None)

ALPHABET = list("abcXYZ019 +%&=?#;:@!$'()*,/~._-\"<>[]\u00e9\u3042\U0001f600")


def text(most):
    return "".join(random.choice(ALPHABET) for _ in range(random.randrange(most)))


def request(s3, presigned):
    from botocore.utils import percent_encode

    host = random.choice(["localhost:4566", "bucket.s3.localhost:4566", "127.0.0.1:4566"])
    path = "/" + percent_encode(text(12), safe="/~" if s3 else "~")
    params = {text(6) or "acl": text(8) for _ in range(random.randrange(4))}
    headers = {"X-Amz-Meta-%s" % n: "  a   b%d " % n for n in range(random.randrange(3))}
    body = b"" if presigned else random.randbytes(random.randrange(30))
    method = random.choice(["GET", "PUT", "POST", "DELETE"])
    return AWSRequest(method=method, url="http://" + host + path, params=params, headers=headers, data=body)


SIGNERS = {
    "s3": lambda c: botocore.auth.S3SigV4Auth(c, "s3", "us-east-1"),
    "s3-query": lambda c: botocore.auth.S3SigV4QueryAuth(c, "s3", "us-east-1", expires=3600),
    "sqs": lambda c: botocore.auth.SigV4Auth(c, "sqs", "us-east-1"),
    "sqs-query": lambda c: botocore.auth.SigV4QueryAuth(c, "sqs", "us-east-1", expires=3600),
}

for name, signer in SIGNERS.items():
    for i in range(25):
        token = "the/token+%d==" % i if i % 3 == 0 else None
        one = request(name.startswith("s3"), name.endswith("query"))
        one.context["client_config"] = None
        signer(Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", token)).add_auth(one)
        sent = one.prepare()
        rest = sent.url.split("://", 1)[1]
        host, target = rest.split("/", 1)
        headers = {"host": host, **{k.lower(): v for k, v in sent.headers.items()}}
        pairs = "\x1f".join(
            "%s=%s" % (k, v.decode() if isinstance(v, bytes) else v) for k, v in headers.items()
        )
        body = sent.body if isinstance(sent.body, bytes) else (sent.body or "").encode()
        print(name, one.method, "/" + target, pairs, body.hex(), token or "", sep="\t")
