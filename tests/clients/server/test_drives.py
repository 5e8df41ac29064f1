"""Objects over six drives, of which any two may be deleted, damaged or exchanged while the server runs."""

import concurrent.futures
import hashlib
import io
import pathlib
import random
import re
import shutil
import subprocess
import time

import pytest
from aws import Aws
from boto3.s3.transfer import TransferConfig
from server import DidNotStart, Server

DRIVES = 6
WAIT_SECONDS_MAX = 60


class Rack:
    """A server with six drives, four of which are enough."""

    def __init__(self, directory, groups=()):
        self.paths = [directory / f"drive-{number}" for number in range(DRIVES)]
        names = [f"{path}@{groups[n % len(groups)]}" if groups else str(path) for n, path in enumerate(self.paths)]
        self.flags = [word for name in names for word in ("--drive", name)]
        self.server = Server(directory / "data", args=self.flags)
        self.kept = {}

    def put(self, s3, key, size):
        body = random.Random(f"{key}{size}").randbytes(size)
        s3.put_object(Bucket="kept", Key=key, Body=body)
        self.kept[key] = hashlib.sha256(body).digest()

    def check(self, s3):
        for key, digest in self.kept.items():
            body = s3.get_object(Bucket="kept", Key=key)["Body"].read()
            assert hashlib.sha256(body).digest() == digest, key

    def shards(self, number):
        return {path.name: path for path in self.paths[number].rglob("blobs/*/*")}

    def scrubbed(self):
        return int(re.search(r"scrub since the start: (\d+) blobs", self.server.admin("status"))[1])

    def until_whole(self):
        """Waits until every drive has a shard of everything, whole. Each look asks the server."""
        deadline = time.monotonic() + WAIT_SECONDS_MAX
        while time.monotonic() < deadline:
            shown = self.server.admin("drives")
            shards = [set(self.shards(number)) for number in range(DRIVES)]
            same = all(shard == shards[0] for shard in shards) and not any("." in name for name in shards[0])
            every = set.union(*shards)
            for number in range(DRIVES):
                health = next(line for line in shown.splitlines() if re.match(rf" +{number} +\S", line))
                is_called_well = not re.search("away|being|full", health)
                assert not is_called_well or shards[number] == every, f"drive {number} lacks shards:\n{shown}"
            if same and not re.search(" is away|being (rebuilt|compared)", shown):
                return shown
        raise AssertionError(self.server.admin("drives") + self.server.log_text())


@pytest.fixture
def rack(tmp_path):
    rack = Rack(tmp_path)
    with rack.server:
        Aws(rack.server).client("s3").create_bucket(Bucket="kept")
        yield rack


def some(rack, s3, prefix):
    for size in (10, 33_000, 700_000, 3_000_001):
        rack.put(s3, f"{prefix}/{size}", size)


def test_two_drives_are_deleted_and_come_back_empty(rack):
    s3 = Aws(rack.server).client("s3")
    some(rack, s3, "before")
    s3.upload_fileobj(io.BytesIO(bytes(11_000_000)), "kept", "parts",
                      Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))
    rack.kept["parts"] = hashlib.sha256(bytes(11_000_000)).digest()
    shutil.rmtree(rack.paths[1])
    shutil.rmtree(rack.paths[4])
    rack.check(s3)
    some(rack, s3, "without")
    rack.check(s3)
    assert not rack.paths[1].exists(), "a drive that is gone is not made anew in its place"
    rack.server.restart()
    rack.check(s3)
    rack.paths[1].mkdir()
    rack.paths[4].mkdir()
    rack.server.restart()
    shown = rack.until_whole()
    assert "may be lost\n" not in shown.split("health")[1], "all drives are well"
    # Now others may go.
    shutil.rmtree(rack.paths[0])
    shutil.rmtree(rack.paths[5])
    rack.check(s3)
    s3.delete_object(Bucket="kept", Key="parts")
    assert "ServiceUnavailable" not in rack.server.log_text()


def test_what_is_damaged_is_read_right_and_mended(rack):
    s3 = Aws(rack.server).client("s3")
    some(rack, s3, "before")
    for number in (2, 3):
        for path in rack.shards(number).values():
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 0x10
            path.write_bytes(content)
    rack.check(s3)
    # The scrub finds what no read needed, and reports it. (It leaves alone what this process wrote within two minutes.)
    rack.server.restart()
    deadline = time.monotonic() + WAIT_SECONDS_MAX
    while rack.scrubbed() < 3 and time.monotonic() < deadline:
        rack.server.forward(60)
    assert rack.scrubbed() >= 3, rack.server.admin("status")
    rack.until_whole()
    shutil.rmtree(rack.paths[0])
    shutil.rmtree(rack.paths[1])
    rack.check(s3)


def test_a_stale_drive_brings_nothing_back(rack, tmp_path, eventually):
    s3 = Aws(rack.server).client("s3")
    some(rack, s3, "before")
    rack.paths[3].rename(tmp_path / "pulled")
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: rack.put(s3, f"while/{n % 5}", 50_000 + n), range(40)))
    for key in list(rack.kept):
        if key.startswith("while"):
            s3.delete_object(Bucket="kept", Key=key)
            del rack.kept[key]
    s3.delete_object(Bucket="kept", Key="before/33000")
    del rack.kept["before/33000"]
    some(rack, s3, "after")
    (tmp_path / "pulled").rename(rack.paths[3])
    others = set(rack.shards(0))
    eventually(lambda: rack.server.admin("drives") and others <= set(rack.shards(3)), WAIT_SECONDS_MAX)
    listed = s3.list_objects_v2(Bucket="kept")
    assert {entry["Key"] for entry in listed["Contents"]} == set(rack.kept)
    rack.check(s3)
    shutil.rmtree(rack.paths[0])
    shutil.rmtree(rack.paths[5])
    rack.check(s3)


def test_a_group_and_a_drive_may_vanish(tmp_path):
    rack = Rack(tmp_path, groups=("a", "b", "c"))
    with rack.server:
        s3 = Aws(rack.server).client("s3")
        s3.create_bucket(Bucket="kept")
        some(rack, s3, "before")
        for number in (0, 3, 4):  # group a, and one of b
            shutil.rmtree(rack.paths[number])
        rack.check(s3)
        some(rack, s3, "without")
        rack.check(s3)
        said = rack.server.admin("durability")
        assert "one AZ group away" in said and "nines" in said
        assert "3 drives" in said or "3 with parity" in said
        shutil.rmtree(rack.paths[1])
        with pytest.raises(Exception):  # three of the six are needed
            s3.get_object(Bucket="kept", Key="before/700000")["Body"].read()
        assert s3.get_object(Bucket="kept", Key="before/10")["Body"].read()
        assert "can be neither read nor written" in rack.server.admin("drives")


def test_a_backup_has_the_drives(rack, tmp_path):
    s3 = Aws(rack.server).client("s3")
    some(rack, s3, "before")
    copy = tmp_path / "copy"
    rack.server.admin("backup", str(copy))
    shutil.copy(rack.server.data / "master.key", copy / "master.key")
    shutil.rmtree(copy / "drives" / "2")
    flags = [word for number in range(DRIVES) for word in ("--drive", str(copy / "drives" / str(number)))]
    with Server(copy, args=flags) as restored:
        rack.check(Aws(restored).client("s3"))


def test_what_does_not_fit_is_refused(rack, tmp_path):
    rack.server.stop()
    for flags, why in (([], "name all of them"), (rack.flags[:-2], "over 6 drives"),
                       ([*rack.flags, "--spare-drives", "1"], "fixed")):
        with pytest.raises(DidNotStart) as refused:
            Server(rack.server.data, args=flags).start()
        assert why in str(refused.value)
    other = tmp_path / "full"
    other.mkdir()
    pathlib.Path(other / "something").write_text("of somebody")
    with pytest.raises(DidNotStart) as refused:
        Server(tmp_path / "new", args=["--drive", str(other)]).start()
    assert "is not empty" in str(refused.value)
    assert subprocess.run(["ls", str(other)], capture_output=True, text=True, check=True).stdout == "something\n"


def test_the_data_directory_is_lost_and_the_drives_are_not(tmp_path):
    """A copy of the data directory alone, and drives of which a whole group is lost, are enough for what was there then."""
    rack = Rack(tmp_path, groups=("a", "b", "c"))
    copy = tmp_path / "copy"
    with rack.server:
        s3 = Aws(rack.server).client("s3")
        s3.create_bucket(Bucket="kept")
        some(rack, s3, "before")
        s3.put_object(Bucket="kept", Key="changed", Body=bytes(50_000))
        s3.put_object(Bucket="kept", Key="changed-small", Body=b"old")
        rack.server.admin("backup", str(copy), "--without-drives")
        assert not (copy / "drives").exists() and not list(copy.rglob("blobs/*/*"))
        shutil.copy(rack.server.data / "master.key", copy / "master.key")
        # What happens after the copy is lost with the data directory.
        s3.put_object(Bucket="kept", Key="after", Body=bytes(50_000))
        s3.put_object(Bucket="kept", Key="changed", Body=bytes(60_000))
        s3.put_object(Bucket="kept", Key="changed-small", Body=b"new")
        rack.server.kill()
    for number in (0, 3):
        shutil.rmtree(rack.paths[number])
        rack.paths[number].mkdir()
    with Server(copy, args=rack.flags) as restored:
        s3 = Aws(restored).client("s3")
        rack.check(s3)
        listed = {entry["Key"] for entry in s3.list_objects_v2(Bucket="kept")["Contents"]}
        assert listed == {*rack.kept, "changed", "changed-small"}
        assert s3.get_object(Bucket="kept", Key="changed-small")["Body"].read() == b"old"
        # Its bytes were removed when it was replaced; the page on storage says so.
        with pytest.raises(s3.exceptions.ClientError) as lost:
            s3.get_object(Bucket="kept", Key="changed")
        assert lost.value.response["ResponseMetadata"]["HTTPStatusCode"] in (500, 503)
        some(rack, s3, "again")
        rack.check(s3)
