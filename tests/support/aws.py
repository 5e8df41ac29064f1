"""boto3 clients of a server under test."""

import boto3
from botocore import UNSIGNED
from botocore.config import Config

ACCOUNT = "000000000000"
REGION = "us-east-1"


class Aws:
    """Makes clients of one server. Nothing is taken from the environment or from ~/.aws."""

    def __init__(self, server):
        self.server = server

    def client(self, service, *, scheme="http", style="path", region=REGION, key="test", secret="test",
               anonymous=False, s3=None, **config):
        """A client. `style` is S3's addressing; `virtual` goes through the name `localhost`."""
        if style == "virtual":
            host = "localhost"
        else:
            host = "127.0.0.1"
        options = {"addressing_style": style, **(s3 or {})}
        settings = {"retries": {"max_attempts": 0}, "s3": options, "connect_timeout": 10, "read_timeout": 60, **config}
        if anonymous:
            settings["signature_version"] = UNSIGNED
        session = boto3.session.Session(aws_access_key_id=key, aws_secret_access_key=secret, region_name=region)
        return session.client(
            service,
            endpoint_url=f"{scheme}://{host}:{self.server.port}",
            config=Config(**settings),
            verify=self.server.ca_file() if scheme == "https" else None,
        )
