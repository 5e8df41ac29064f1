"""The master key of a data directory: made at the first start, or given; a wrong or missing one touches nothing."""

import base64
import os
import shutil

import pytest
from aws import Aws
from server import DidNotStart, Server


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
