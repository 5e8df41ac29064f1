"""Accounts: made by the operator, separate from one another; relaxed authentication only when asked for."""

import re
import shutil
import subprocess

import pytest
from answers import refused
from aws import Aws
from botocore.exceptions import ClientError
from identities import User, allow
from server import DidNotStart, Server, binary


def credentials(text):
    return re.search(r"AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+)", text).groups()


def test_accounts_are_islands(own_server):
    aws, server = Aws(own_server), own_server
    key, secret = credentials(server.admin("account", "create", "--name", "prod", "--id", "123456789012"))
    assert key.startswith("AKIA") and server.admin("account", "list") == "123456789012 prod\n"
    prod = lambda service: aws.client(service, key=key, secret=secret)  # noqa: E731
    assert prod("sts").get_caller_identity()["Arn"] == "arn:aws:iam::123456789012:root"
    assert aws.client("sts").get_access_key_info(AccessKeyId=key)["Account"] == "123456789012"
    prod("iam").create_user(UserName="ann")
    aws.client("iam").create_user(UserName="ann")
    prod("iam").delete_user(UserName="ann")
    assert [user["UserName"] for user in aws.client("iam").list_users()["Users"]] == ["ann"]
    aws.client("s3").create_bucket(Bucket="ours")
    with pytest.raises(ClientError) as error:
        prod("s3").list_objects_v2(Bucket="ours")
    assert error.value.response["Error"]["Code"] == "AccessDenied"
    with pytest.raises(RuntimeError, match="account 123456789012 is there already"):
        server.admin("account", "create", "--name", "again", "--id", "123456789012")
    with pytest.raises(RuntimeError, match="twelve digits"):
        server.admin("account", "create", "--name", "x", "--id", "12")


def test_a_root_key_is_rotated(own_server):
    aws, server = Aws(own_server), own_server
    old = credentials(server.admin("root-key", "rotate"))
    assert aws.client("sts", key=old[0], secret=old[1]).get_caller_identity()["Account"] == "000000000000"
    new = credentials(server.admin("root-key", "rotate"))
    assert aws.client("sts", key=new[0], secret=new[1]).get_caller_identity()["Account"] == "000000000000"
    with refused(403, "InvalidClientTokenId", "The security token included in the request is invalid.", Type="Sender"):
        aws.client("sts", key=old[0], secret=old[1]).get_caller_identity()
    with pytest.raises(RuntimeError, match="there is no account 999999999999"):
        server.admin("root-key", "rotate", "--account", "999999999999")


def serve(data, *args):
    return subprocess.run([binary(), "serve", "--data", str(data), *args], capture_output=True, text=True, timeout=60)


def test_listening_elsewhere_needs_real_credentials(tmp_path):
    data = tmp_path / "data"
    done = serve(data, "--listen", "0.0.0.0:0")
    assert done.returncode == 1 and "kumiki root-key rotate" in done.stderr and "kumiki account create" in done.stderr
    done = serve(data, "--listen", "0.0.0.0:0", "--auth", "relaxed")
    assert done.returncode == 1 and "loopback only" in done.stderr
    # No server runs: the command opens the data itself.
    made = subprocess.run([binary(), "account", "create", "--name", "prod", "--data", str(data)],
                          capture_output=True, text=True, timeout=60, check=True)
    key, secret = credentials(made.stdout)

    class Elsewhere(Server):
        def launch(self):
            self.args = []
            command = [binary(), "serve", "--listen", f"0.0.0.0:{self.port}", "--data", str(self.data)]
            with open(self.log, "ab") as log:
                self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL)

    with Elsewhere(data) as server:
        aws = Aws(server)
        assert aws.client("sts", key=key, secret=secret).get_caller_identity()["Arn"].endswith(":root")
        with refused(403, "InvalidClientTokenId", "The security token included in the request is invalid.",
                     Type="Sender"):
            aws.client("sts").get_caller_identity()


def test_relaxed_is_asked_for_and_shown():
    with Server(args=["--auth", "relaxed"]) as server:
        aws = Aws(server)
        assert "auth is relaxed" in server.admin("status")
        who = lambda key, secret: aws.client("sts", key=key, secret=secret).get_caller_identity()["Arn"]  # noqa: E731
        assert who("123456789012", "anything") == "arn:aws:iam::123456789012:root"
        assert who("AKIAQI52OJVCPZXFYAOI", "x") == "arn:aws:iam::019181489476:root"
        assert who("minioadmin", "minioadmin") == "arn:aws:iam::000000000000:root"
        assert who("test", "not-test") == "arn:aws:iam::000000000000:root"
        s3 = aws.client("s3", key="any", secret="key")
        s3.create_bucket(Bucket="relaxed")
        s3.put_object(Bucket="relaxed", Key="a", Body=b"x")
        # Users that are recorded are themselves, and their signatures are checked.
        ann = User(aws, aws.client("iam"), "ann")
        assert ann.client("sts").get_caller_identity()["Arn"] == ann.arn
        with pytest.raises(ClientError):
            ann.client("s3").get_object(Bucket="relaxed", Key="a")
        with pytest.raises(ClientError) as error:
            aws.client("sts", key=ann.key, secret="wrong").get_caller_identity()
        assert error.value.response["Error"]["Code"] == "SignatureDoesNotMatch"
        # A key that was taken away is no unknown one.
        aws.client("iam").update_access_key(UserName="ann", AccessKeyId=ann.key, Status="Inactive")
        with pytest.raises(ClientError) as error:
            aws.client("sts", key=ann.key, secret="wrong").get_caller_identity()
        assert error.value.response["Error"]["Code"] == "InvalidClientTokenId"
    with pytest.raises(DidNotStart, match="neither strict nor relaxed"):
        Server(args=["--auth", "none"]).start()


def test_a_region_without_the_global_cell_authenticates_and_authorises():
    with Server() as server:
        aws = Aws(server)
        iam, s3 = aws.client("iam"), aws.client("s3")
        s3.create_bucket(Bucket="kept")
        s3.put_object(Bucket="kept", Key="a", Body=b"x")
        ann = User(aws, iam, "ann")
        ann.may(allow("s3:GetObject"))
        ann.client("s3").get_object(Bucket="kept", Key="a")
        status = server.admin("status")
        assert re.search(r"identities in us-east-1 +lags 0 changes behind", status), status
        server.stop()
        shutil.move(server.data / "global", server.data.parent / "global.away")
        server.start()
        assert ann.client("s3").get_object(Bucket="kept", Key="a")["Body"].read() == b"x"
        with pytest.raises(ClientError) as error:
            ann.client("s3").put_object(Bucket="kept", Key="a", Body=b"")
        assert error.value.response["Error"]["Code"] == "AccessDenied"
        server.stop()
        shutil.rmtree(server.data / "global", ignore_errors=True)
        shutil.move(server.data.parent / "global.away", server.data / "global")
        server.start()
        iam.delete_user_policy(UserName="ann", PolicyName="inline")
        with pytest.raises(ClientError):
            ann.client("s3").get_object(Bucket="kept", Key="a")
