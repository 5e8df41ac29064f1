#!/usr/bin/env python3
"""Rounds of load on six drives in three AZs, two of which are at fault: `drives.py --rounds N --seed S`.

In each round two of the drives fail, lie, hang, fill up, vanish, are exchanged or come back stale while clients write and
read; the server is killed in the middle of it. No answer may be wrong or an error meanwhile, what was acknowledged is there,
nothing deleted returns. Then the drives are well again: everything is rebuilt, a whole scrub finds nothing lost, and there is
a file of everything on each drive, and of nothing else.
"""

import functools
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import rounds  # noqa: E402 (the path comes first)
from aws import Aws  # noqa: E402
from botocore.exceptions import ClientError, HTTPClientError, ResponseStreamingError  # noqa: E402
from load import Dead, Load  # noqa: E402
from model import Deliveries, Violation, digest  # noqa: E402
from server import STILL_SECONDS_MAX, Server  # noqa: E402
from world import Queue, Worker  # noqa: E402

DRIVES, SPARE, WORKERS, VERSIONS = 6, 2, 3, 4
SMALL = 32 * 1024  # up to here objects are in the records
WAIT_SECONDS_MAX = 1800
SOURCE = pathlib.Path(__file__).resolve().parents[1] / "support" / "faults.c"
# What a drive's calls do (tests/support/faults.c), and what happens to its directory.
CALLS = {"fails": "e", "fails to read": "r", "fails to write": "w", "is slow": "s", "hangs": "h", "is full": "f",
         "lies": "l", "forgets": "d"}
DIRECTORY = ["vanishes", "is exchanged", "is damaged", "loses files", "has a file for a directory"]


@functools.cache
def library():
    """The library that makes calls fail, compiled once."""
    made = pathlib.Path(tempfile.mkdtemp(prefix="kumiki-faults-")) / "faults.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", made, SOURCE, "-ldl"], check=True)
    return made


class Client(Worker):
    """A worker that knows objects only, most of them large, and reads while it works."""

    def __init__(self, world, number):
        super().__init__(world, number)
        self.files = {}  # digest -> how many blobs an object of it is
        self.gone, self.aborted = [], []  # versions and uploads whose end was sent

    def steps(self):
        return [(self.put, 25), (self.get, 30), (self.delete, 10), (self.copy, 5), (self.put_version, 6), (self.upload, 8)]

    def judge(self, error):
        """A refusal of a server that lives is a violation: enough drives are well."""
        if error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500:
            raise Violation(f"{error}: {self.world.said()}") from error

    def blobs(self, data, parts=None):
        self.files[digest(data)] = sum(len(part) > SMALL for part in parts or [data])
        return data

    def key(self):
        return f"w{self.number}/{self.random.randrange(8)}"

    def data(self):
        size = self.random.choice([0, 100, 33_000, 60_000, 200_000, 700_000])
        return self.blobs(self.random.randbytes(size))

    def get(self):
        """A read of what is known, whole or a part."""
        known = [(key, *states) for key, states in self.objects.possible.items() if len(states) == 1]
        if not known:
            return
        key, expected = self.random.choice(known)
        try:
            answer = self.ask(self.s3.get_object, Bucket="plain", Key=key)
            seen = digest(answer["Body"].read())
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            seen = None
        except (HTTPClientError, ResponseStreamingError, OSError) as lost:
            raise Dead from lost
        if seen != expected:
            raise Violation(f"object {key!r} is {seen} and not {expected}: {self.world.said()}")

    def put_version(self):
        key, data = f"v{self.number}/{self.random.randrange(3)}", self.blobs(self.random.randbytes(50_000))
        answer = self.ask(self.s3.put_object, Bucket="versioned", Key=key, Body=data)
        self.versions[key, answer["VersionId"]] = digest(data)
        if len(self.versions) > VERSIONS:
            key, version = next(iter(self.versions))
            del self.versions[key, version]  # before it is sent: nobody looks at it again, whatever becomes of it
            self.gone.append((key, version))
            self.ask(self.s3.delete_object, Bucket="versioned", Key=key, VersionId=version)

    def upload(self):
        """An upload in one part, or one that is given up or cut off."""
        key, data = self.key(), self.random.randbytes(self.random.choice([40_000, 600_000]))
        upload = self.ask(self.s3.create_multipart_upload, Bucket="plain", Key=key)["UploadId"]
        parts = self.uploads[key, upload] = {}
        for _ in range(self.random.randint(1, 2)):  # a part may be sent again
            answer = self.ask(self.s3.upload_part, Bucket="plain", Key=key, UploadId=upload, PartNumber=1, Body=data)
            parts[1] = (answer["ETag"], data)
        if self.random.random() < 0.3:
            self.aborted.append((key, upload))
            del self.uploads[key, upload]
            self.ask(self.s3.abort_multipart_upload, Bucket="plain", Key=key, UploadId=upload)
            return
        whole = digest(self.blobs(data, [data]))
        self.objects.begin(key, whole)
        self.completing = (key, upload)
        self.complete(key, upload)
        self.objects.acknowledge(key, whole)

    def check_uploads(self):
        for (key, upload), parts in self.uploads.items():
            whole = [data for _, data in parts.values()]
            self.blobs(b"".join(whole), whole)
        super().check_uploads()

    def delete_again(self):
        """What was deleted is gone; where no answer came, it goes now, and so do versions whose writing was not answered."""
        pages = self.s3.get_paginator("list_object_versions").paginate(Bucket="versioned", Prefix=f"v{self.number}/")
        there = {(entry["Key"], entry["VersionId"]) for page in pages for entry in page.get("Versions", [])}
        for key, version in {*self.gone, *there} - self.versions.keys():
            self.s3.delete_object(Bucket="versioned", Key=key, VersionId=version)
        for key, upload in self.aborted:
            try:
                self.s3.abort_multipart_upload(Bucket="plain", Key=key, UploadId=upload)
            except self.s3.exceptions.NoSuchUpload:
                pass
        self.gone, self.aborted = [], []

    def kept(self):
        """How many blobs what is there consists of."""
        return sum(self.files[state] for state in [*self.objects.settled().values(), *self.versions.values()])


class World:
    """A server with six drives, and clients of it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="kumiki-drives-"))
        self.paths = [self.directory / f"drive-{number}" for number in range(DRIVES)]
        self.faults = self.directory / "faults"
        self.faults.write_bytes(b"." * 32)
        flags = [word for number, path in enumerate(self.paths) for word in ("--drive", f"{path}@az{number % 3}")]
        self.server = Server(self.directory / "data", args=[*flags, "--spare-drives", "0"], environment={
            "LD_PRELOAD": str(library()), "FAULTS": str(self.faults), "FAULTS_DRIVES": str(self.directory)}).start()
        assert f"{DRIVES - SPARE} are enough to read, {SPARE} may be lost" in self.server.admin("drives")
        self.work, self.happened = Load(self.server, must_answer=True, said=self.said), []
        self.events = Queue(None, Deliveries())
        s3 = Aws(self.server).client("s3")
        for bucket in ("plain", "versioned"):
            s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket="versioned", VersioningConfiguration={"Status": "Enabled"})
        self.workers = [Client(self, number) for number in range(WORKERS)]

    def close(self):
        self.server.close()
        shutil.rmtree(self.directory, ignore_errors=True)

    def said(self):
        """What happened first; then what the server says, if it says anything."""
        return f"{self.happened}\n{self.drives_as_shown()}{self.server.log_text()}"

    def drives_as_shown(self):
        if not self.server.running():
            return ""
        try:
            return self.server.admin("drives")
        except Exception as error:  # what is being told is worse
            return f"no drives are shown: {error}\n{self.server.stacks()}"

    @property
    def done(self):
        return self.work.done

    # What happens to drives.

    def calls(self, drive, mode):
        with open(self.faults, "r+b") as file:
            file.seek(drive)
            file.write(mode.encode())

    def blobs(self, drive):
        return self.paths[drive] / "regions" / "us-east-1" / "cell-0" / "blobs"

    def shards(self, drive):
        return [path for path in self.paths[drive].rglob("blobs/*/*") if path.is_file()]

    def aside(self, drive):
        return self.directory / f"aside-{drive}"

    def strike(self, drive):
        """Something happens to a drive that nothing is wrong with, or to what is left of it."""
        what = self.random.choice([*CALLS, *DIRECTORY])
        self.happened.append((drive, what))
        self.calls(drive, CALLS.get(what, "."))
        if what not in DIRECTORY or not (self.paths[drive] / "DRIVE").exists():
            return
        if what == "vanishes":
            self.paths[drive].rename(self.aside(drive))
        elif what == "is exchanged":
            self.paths[drive].rename(self.aside(drive))
            shutil.rmtree(self.aside(drive))
            shutil.rmtree(self.directory / f"blobs-{drive}", ignore_errors=True)  # it went with the drive
            self.paths[drive].mkdir()
        elif what == "has a file for a directory" and self.blobs(drive).is_dir():
            self.blobs(drive).rename(self.directory / f"blobs-{drive}")
            self.blobs(drive).write_text("")
        elif what in ("is damaged", "loses files"):
            for path in self.shards(drive):
                if self.random.random() < 0.5:
                    self.damage(path, what == "loses files")

    def damage(self, path, lose):
        try:
            if lose:
                return path.unlink()
            with open(path, "r+b") as file:
                length = file.seek(0, 2)
                at = self.random.randrange(length) if length else 0
                file.seek(at)
                byte = file.read(1)
                file.seek(at)
                file.write(bytes(value ^ 1 << self.random.randrange(8) for value in byte))
        except FileNotFoundError:
            pass  # it was deleted meanwhile

    def mend(self, drive):
        """A drive is well again: as it was before it went, or an empty one in its place."""
        self.calls(drive, ".")
        aside = self.directory / f"blobs-{drive}"
        if aside.exists():
            if self.blobs(drive).is_file():
                self.blobs(drive).unlink()
            if not self.blobs(drive).exists() and self.paths[drive].exists() and self.random.random() < 0.7:
                aside.rename(self.blobs(drive))
            shutil.rmtree(aside, ignore_errors=True)
        if self.aside(drive).exists():
            if self.random.random() < 0.7:
                shutil.rmtree(self.paths[drive], ignore_errors=True)
                self.aside(drive).rename(self.paths[drive])  # stale
            else:
                shutil.rmtree(self.aside(drive))
        if self.blobs(drive).is_file():  # it went away so
            self.blobs(drive).unlink()
        if not (self.paths[drive] / "DRIVE").exists() or not self.is_readable(drive):
            shutil.rmtree(self.paths[drive], ignore_errors=True)
            self.paths[drive].mkdir()

    def is_readable(self, drive):
        """Whether its identity is; what a drive forgot to write is not."""
        return re.fullmatch(rf"kumiki drive 1\narray .{{32}}\ndrive {drive}\ncheck .{{8}}\n",
                            (self.paths[drive] / "DRIVE").read_text(errors="replace"))

    # Rounds.

    def round(self):
        """Load while two drives are at fault, kill -9, a check, drives that are well, and a check of all."""
        self.happened = []
        # Two of one AZ, every third time.
        first = self.random.randrange(DRIVES)
        others = [number for number in range(DRIVES) if number != first]
        hit = [first, (first + 3) % DRIVES if self.random.random() < 0.3 else self.random.choice(others)]
        self.load(hit)
        for drive in hit:
            if self.faults.read_bytes()[drive] == ord("h"):
                self.calls(drive, "e")  # a start waits for its drives
        self.server.start()
        for worker in self.workers:
            worker.clients()
            worker.check_objects()
        for drive in hit:
            self.mend(drive)
        if self.random.random() < 0.5:
            self.well()  # while it runs
        self.server.restart()
        self.whole()
        for worker in self.workers:
            worker.clients()
            worker.check_uploads()
            worker.delete_again()
            worker.check_objects()
        self.space_comes_back()

    def load(self, hit):
        self.work.begin([functools.partial(worker.begin, self.random.getrandbits(64)) for worker in self.workers])
        moving = self.work.until(self.random.randint(5, 25))
        for _ in range(self.random.randint(2, 4)):
            if not moving:
                break
            self.strike(self.random.choice(hit))
            moving = self.work.until(self.random.randint(10, 30))
        self.work.end()

    def figure(self, words):
        return int(re.search(words, self.server.admin("drives"))[1])

    def wait(self, condition, what):
        """Waits for as long as something changes on the drives and in what is known of them."""
        begun = since = time.monotonic()
        seen = None
        while not condition():
            # The health and figures of each drive, without the room of their disk, which others use, too.
            known = re.sub(r" +[0-9.-]+ +[0-9.-]+(?=( +\d+){4}  /)", "", self.server.admin("drives"))
            now = (known, [len(self.shards(drive)) for drive in range(DRIVES)])
            if now != seen:
                seen, since = now, time.monotonic()
            if time.monotonic() > min(since + STILL_SECONDS_MAX, begun + WAIT_SECONDS_MAX):
                raise Violation(f"{what}: {self.said()}")

    def well(self):
        """Waits until every drive is well and has what it missed."""
        self.wait(lambda: not re.search("is away|being rebuilt|being compared", self.server.admin("drives")), "drives do not get well")

    def whole(self):
        """All is well, and a scrub from end to end finds nothing lost."""
        self.well()

        def passed():
            self.server.forward(60)
            return self.figure(r"(\d+) whole passes") >= 1

        self.wait(passed, "no pass of the scrub comes to its end")
        if self.figure(r"(\d+) lost"):
            raise Violation(f"the scrub found something lost: {self.said()}")

    def space_comes_back(self):
        """After a day nobody's files are gone: what is left are the shards of what there is."""
        kept = sum(worker.kept() for worker in self.workers)

        def exact():
            names = [sorted(path.name for path in self.shards(drive)) for drive in range(DRIVES)]
            return all(len(each) == kept and each == names[0] for each in names)
        self.server.forward(25 * 3600)
        self.server.forward(3700)
        self.wait(exact, f"not {kept} shards on each drive: {[len(self.shards(drive)) for drive in range(DRIVES)]}")


if __name__ == "__main__":
    rounds.main(World, __doc__, lambda world: f"{world.done} operations", cells=False, said=World.said)
