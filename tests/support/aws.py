"""boto3 clients of a server under test."""

import os
import threading

# AWS's own library is there for Signature Version 4A alone; with it botocore would sign otherwise than most users do.
os.environ["BOTO_DISABLE_CRT"] = "true"

import boto3  # noqa: E402
import botocore.auth  # noqa: E402
import botocore.crt.auth  # noqa: E402
from botocore import UNSIGNED  # noqa: E402
from botocore.config import Config  # noqa: E402

botocore.auth.AUTH_TYPE_MAPS.update({
    "s3v4a": botocore.crt.auth.CrtS3SigV4AsymAuth, "s3v4a-query": botocore.crt.auth.CrtS3SigV4AsymQueryAuth})

ACCOUNT = "000000000000"
REGION = "us-east-1"

_sessions, _making = {}, threading.Lock()


def _session(key, secret, region, token):
    """Sessions keep the models that they have read, which takes longer than most tests. Making a client is not safe
    beside another; call with `_making` held."""
    made = _sessions.get((key, secret, region, token))
    if made is None:
        made = boto3.session.Session(aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token,
                                     region_name=region)
        _sessions[key, secret, region, token] = made
    return made


class Aws:
    """Makes clients of one server. Nothing is taken from the environment or from ~/.aws."""

    def __init__(self, server):
        self.server = server

    def client(self, service, *, scheme="http", style="path", region=REGION, key="test", secret="test",
               token=None, anonymous=False, s3=None, host=None, **config):
        """A client. `style` is S3's addressing; `virtual` goes through the name `localhost`, and so does S3 Control,
        before whose host clients put the account."""
        if host:
            style = "virtual"
        elif style == "virtual" or service == "s3control":
            host = "localhost"
        else:
            host = "127.0.0.1"
        options = {"addressing_style": style, **(s3 or {})}
        settings = {"retries": {"max_attempts": 0}, "s3": options, "connect_timeout": 10, "read_timeout": 60, **config}
        if anonymous:
            settings["signature_version"] = UNSIGNED
        verify = self.server.ca_file() if scheme == "https" else None
        with _making:
            return _session(key, secret, region, token).client(
                service,
                endpoint_url=f"{scheme}://{host}:{self.server.port}",
                config=Config(**settings),
                verify=verify,
            )
