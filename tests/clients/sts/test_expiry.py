"""Session tokens whose time is over, in the words of each protocol.

Credentials end by the host's wall clock, which a test cannot turn for real: this server has a library loaded before all
others that moves what it reads.
"""

import pathlib
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from aws import Aws
from identities import User, allow
from roles import Role, Session, trust
from server import Server

SOURCE = pathlib.Path(__file__).parents[2] / "support" / "clock.c"
EXPIRED = {
    "s3": ("list_buckets", 400, "ExpiredToken", "The provided token has expired."),
    "sqs": ("list_queues", 403, "ExpiredToken", "The security token included in the request is expired"),
    "sns": ("list_topics", 403, "ExpiredToken", "The security token included in the request is expired"),
    "sts": ("get_caller_identity", 403, "ExpiredToken", "The security token included in the request is expired"),
    "iam": ("list_users", 403, "ExpiredToken", "The security token included in the request is expired"),
    "kms": ("list_keys", 400, "ExpiredTokenException", "The security token included in the request is expired"),
}


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    """Sessions of 15 minutes whose time is over, on a server whose clock agrees well enough with ours for signatures."""
    folder = tmp_path_factory.mktemp("clock")
    library, ahead = folder / "clock.so", folder / "ahead"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True, capture_output=True)
    ahead.write_text("-600")
    with Server(environment={"LD_PRELOAD": str(library), "CLOCK_AHEAD": str(ahead)}) as server:
        aws = Aws(server)
        ann = User(aws, aws.client("iam"), "ann")
        ann.may(allow("*"))
        role = Role(aws, aws.client("iam"), "role", trust({"AWS": ann.arn}))
        role.may(allow("*"))
        made = [Session(aws, ann.client("sts").get_session_token(DurationSeconds=900)["Credentials"]),
                role.session(ann.client("sts"), DurationSeconds=900),
                Session(aws, ann.client("sts").get_federation_token(Name="bob", DurationSeconds=900)["Credentials"])]
        assert all(abs(one.credentials["Expiration"].timestamp() - time.time() - 300) < 120 for one in made)
        for one in made:
            one.client("sts").get_caller_identity()
        ahead.write_text("600")
        yield made


@pytest.mark.parametrize("of", range(3), ids=["user", "role", "federated"])
@pytest.mark.parametrize("service", EXPIRED)
def test_an_expired_token(late, service, of):
    call, status, code, message = EXPIRED[service]
    client = late[of].client(service)
    with pytest.raises(client.exceptions.ClientError) as error:
        getattr(client, call)()
    answer = error.value.response
    seen = answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"], answer["Error"]["Message"]
    assert seen == (status, code, message)


def test_a_presigned_url_with_an_expired_token(late):
    """The URL has time left; what it was signed with has none."""
    url = late[1].client("s3").generate_presigned_url("list_buckets", ExpiresIn=3000)
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(url)
    assert error.value.code == 400 and b"<Code>ExpiredToken</Code>" in error.value.read()
