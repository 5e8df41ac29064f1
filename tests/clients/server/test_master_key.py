"""The master key of a data directory: made at the first start, or given; a wrong or missing one touches nothing."""

import base64
import os
import random
import shutil
import subprocess
import time

import pytest
from aws import Aws
from server import DidNotStart, Server, binary


def snapshot(data):
    return {str(path.relative_to(data)): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(data.rglob("*")) if path.is_file() and path.name != "LOCK"}


def refused(server):
    before = snapshot(server.data)
    with pytest.raises(DidNotStart) as error:
        server.start()
    assert error.value.status not in (0, None)
    assert snapshot(server.data) == before
    return error.value.log


@pytest.fixture
def stopped(own_server, own_aws):
    own_aws.client("s3").create_bucket(Bucket="kept")
    own_server.stop()
    return own_server


def another_key():
    return base64.b64encode(os.urandom(32)).decode()


def test_it_is_made_for_its_owner_alone(own_server):
    for name in ("master.key", "SEAL"):
        assert (own_server.data / name).stat().st_mode & 0o777 == 0o600
    assert len(base64.b64decode((own_server.data / "master.key").read_text())) == 32


def test_a_missing_key_is_refused(stopped):
    key = (stopped.data / "master.key").rename(stopped.data.parent / "elsewhere.key")
    log = refused(stopped)
    assert "KUMIKI_MASTER_KEY" in log and "master.key" in log
    shutil.move(key, stopped.data / "master.key")
    stopped.start()
    assert Aws(stopped).client("s3").list_buckets()["Buckets"][0]["Name"] == "kept"


def test_a_wrong_key_is_refused_and_not_shown(stopped, monkeypatch):
    wrong = another_key()
    monkeypatch.setenv("KUMIKI_MASTER_KEY", wrong)
    log = refused(stopped)
    assert "is sealed with master key" in log and "KUMIKI_MASTER_KEY" in log
    assert wrong not in log
    monkeypatch.setenv("KUMIKI_MASTER_KEY", "no key")
    assert "32 bytes" in refused(stopped)
    monkeypatch.delenv("KUMIKI_MASTER_KEY")
    (stopped.data / "master.key").write_text(wrong)
    log = refused(stopped)
    assert "is sealed with master key" in log and wrong not in log


def test_a_key_that_others_can_read_is_refused(stopped):
    (stopped.data / "master.key").chmod(0o644)
    assert "chmod 600" in refused(stopped)
    (stopped.data / "master.key").chmod(0o600)
    stopped.start()


@pytest.mark.parametrize("form", ["base64", "hex"])
def test_a_key_from_the_environment_is_not_stored(tmp_path, monkeypatch, form):
    key = os.urandom(32)
    text = key.hex() if form == "hex" else base64.b64encode(key).decode()
    monkeypatch.setenv("KUMIKI_MASTER_KEY", text)
    with Server(tmp_path / "data") as server:
        Aws(server).client("s3").create_bucket(Bucket="kept")
        server.restart()
        assert Aws(server).client("s3").list_buckets()["Buckets"][0]["Name"] == "kept"
        assert text not in server.admin("config", "show")
        assert text not in server.log_text()
        server.stop()
        assert not (server.data / "master.key").exists()
        for content, _ in snapshot(server.data).values():
            assert key not in content and text.encode() not in content
        monkeypatch.delenv("KUMIKI_MASTER_KEY")
        assert "master.key" in refused(server)
        assert not (server.data / "master.key").exists()


def test_a_backup_has_the_seal_and_not_the_key(own_server, own_aws, tmp_path):
    own_aws.client("s3").create_bucket(Bucket="kept")
    copy = tmp_path / "copy"
    assert "without the master key" in own_server.admin("backup", str(copy))
    assert (copy / "SEAL").exists() and not (copy / "master.key").exists()
    assert "a backup has no key" in refused(Server(copy))
    shutil.copy(own_server.data / "master.key", copy)
    with Server(copy) as restored:
        assert Aws(restored).client("s3").list_buckets()["Buckets"][0]["Name"] == "kept"


def test_an_ephemeral_server_keeps_none(tmp_path):
    with Server(tmp_path / "data", args=["--ephemeral"]) as server:
        Aws(server).client("s3").create_bucket(Bucket="gone")
    assert not (tmp_path / "data" / "master.key").exists()


def rotate(data, **variables):
    return subprocess.run([binary(), "master-key", "rotate", "--data", str(data)], capture_output=True, text=True,
                          timeout=60, env={**os.environ, **variables})


@pytest.fixture
def filled(own_server, own_aws):
    """A stopped server with an object, a message, an IAM secret and a key of KMS; and how they are looked for."""
    s3, sqs, kms, iam = (own_aws.client(name) for name in ("s3", "sqs", "kms", "iam"))
    s3.create_bucket(Bucket="kept")
    s3.put_object(Bucket="kept", Key="k", Body=b"a body" * 20_000)
    queue = sqs.create_queue(QueueName="kept")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="a message")
    blob = kms.encrypt(KeyId=kms.create_key()["KeyMetadata"]["KeyId"], Plaintext=b"secret")["CiphertextBlob"]
    iam.create_user(UserName="ann")
    key = iam.create_access_key(UserName="ann")["AccessKey"]
    own_server.stop()

    def look(server):
        aws = Aws(server)
        assert aws.client("s3").get_object(Bucket="kept", Key="k")["Body"].read() == b"a body" * 20_000
        url = aws.client("sqs").get_queue_url(QueueName="kept")["QueueUrl"]
        got = aws.client("sqs").receive_message(QueueUrl=url, VisibilityTimeout=0)
        assert got["Messages"][0]["Body"] == "a message"
        assert aws.client("kms").decrypt(CiphertextBlob=blob)["Plaintext"] == b"secret"
        ann = aws.client("sts", key=key["AccessKeyId"], secret=key["SecretAccessKey"])
        assert ann.get_caller_identity()["Arn"].endswith(":user/ann")

    own_server.look = look
    return own_server


def test_the_key_is_rotated(filled, monkeypatch, tmp_path):
    data = filled.data
    former, others = (data / "master.key").read_text(), snapshot(data)
    done = rotate(data)
    assert done.returncode == 0 and "is sealed with master key" in done.stdout and str(data / "master.key") in done.stdout
    after = snapshot(data)
    # One small file and the key's are written, and nothing else is.
    assert {name for name in after if after[name] != others.get(name)} == {"SEAL", "master.key"}
    assert after.keys() == others.keys()
    for name in ("master.key", "SEAL"):
        assert (data / name).stat().st_mode & 0o777 == 0o600
    text = (data / "master.key").read_text()
    assert text != former and text.strip() not in done.stdout + done.stderr
    filled.start()
    filled.look(filled)
    assert "is in use by another kumiki" in rotate(data).stderr
    copy = tmp_path / "copy"
    filled.admin("backup", str(copy))
    filled.stop()
    # The former one opens it no more.
    (data / "master.key").write_text(former)
    assert "is sealed with master key" in refused(filled)
    assert rotate(data).returncode == 1
    (data / "master.key").write_text(text)
    # Out of the file.
    outside, next_one = another_key(), another_key()
    done = rotate(data, KUMIKI_NEW_MASTER_KEY=outside)
    assert done.returncode == 0 and outside not in done.stdout + done.stderr
    assert not (data / "master.key").exists() and "neither in KUMIKI_MASTER_KEY nor" in refused(filled)
    assert "KUMIKI_NEW_MASTER_KEY" in rotate(data, KUMIKI_MASTER_KEY=outside).stderr
    assert "32 bytes" in rotate(data, KUMIKI_MASTER_KEY=outside, KUMIKI_NEW_MASTER_KEY="short").stderr
    assert rotate(data, KUMIKI_MASTER_KEY=outside, KUMIKI_NEW_MASTER_KEY=next_one).returncode == 0
    monkeypatch.setenv("KUMIKI_MASTER_KEY", next_one)
    filled.start()
    filled.look(filled)
    filled.stop()
    # A copy of before is opened with the key of before.
    monkeypatch.delenv("KUMIKI_MASTER_KEY")
    (copy / "master.key").write_text(text)
    (copy / "master.key").chmod(0o600)
    with Server(copy) as restored:
        restored.look = filled.look
        restored.look(restored)


def test_what_cannot_be_rotated(stopped, tmp_path):
    assert "is no data directory" in rotate(tmp_path / "nothing").stderr
    assert not (tmp_path / "nothing").exists()
    (stopped.data / "SEAL").rename(tmp_path / "SEAL")
    assert "put it back from a backup" in rotate(stopped.data).stderr
    assert "put it back from a backup" in refused(stopped)
    shutil.move(tmp_path / "SEAL", stopped.data / "SEAL")
    stopped.start()


def test_a_rotation_that_is_killed_locks_nobody_out(filled):
    """Killed at any moment: what is there then opens everything, and the next rotation ends what it began."""
    began = time.monotonic()
    assert rotate(filled.data).returncode == 0
    took, seen = time.monotonic() - began, set()
    for n in range(40):
        before = (filled.data / "master.key").read_text()
        process = subprocess.Popen([binary(), "master-key", "rotate", "--data", str(filled.data)],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + random.random() * took * 1.5
        while time.monotonic() < end and process.poll() is None:
            pass
        process.kill()
        process.wait()
        seals = (filled.data / "SEAL").read_text().count("\nkey ")
        seen.add((seals, (filled.data / "master.key").read_text() == before))
        if n % 10 == 9 or seals == 2:
            filled.start()
            filled.look(filled)
            filled.stop()
    assert len(seen) > 1, "it was killed before it began, or after its end, each time"
    assert rotate(filled.data).returncode == 0
    assert (filled.data / "SEAL").read_text().count("\nkey ") == 1
    filled.start()
    filled.look(filled)
