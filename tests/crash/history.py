#!/usr/bin/env python3
"""Rounds of contention for few keys, recorded and judged: `history.py --rounds N --seed S [--cells N]`.

Many clients write, read, list and delete the same keys at once, the server is killed in the middle of it and starts
again. What they saw must be linearizable, key by key; a page of a listing is a read of every key that it covers.
"""

import functools
import hashlib
import itertools
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import rounds  # noqa: E402 (the path comes first)
from aws import Aws  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402
from linear import LOST, Operation, linearize  # noqa: E402
from load import Dead, Load, ask  # noqa: E402
from model import Violation  # noqa: E402
from server import Server  # noqa: E402

CLIENTS = 8
KEYS = 5
BUCKETS = ("plain", "versioned")
ROUNDS_PER_KEYS = 10  # listings of versions stay short
REFUSALS = {"PreconditionFailed": "PreconditionFailed", "412": "PreconditionFailed", "NoSuchKey": "NoSuchKey",
            "404": "NoSuchKey"}


class Contender:
    """One client. It knows which tags it saw last, so that some of its conditions hold."""

    def __init__(self, arena, number):
        self.arena, self.number = arena, number
        self.seen, self.records = {}, []

    def begin(self, seed):
        """What its thread repeats."""
        self.random = random.Random(seed)
        self.s3 = Aws(self.arena.server).client("s3", read_timeout=60)
        steps, weights = zip((self.put, 20), (self.create, 12), (self.replace, 14), (self.upload, 4), (self.get, 25),
                             (self.delete, 8), (self.delete_if, 6), (self.list, 12), (self.list_versions, 4))
        return lambda: self.random.choices(steps, weights)[0]()

    def place(self):
        return self.random.choice(BUCKETS), self.random.choice(self.arena.keys)

    def body(self):
        size = self.random.choice([0, 100, 5_000, 70_000, 300_000])
        body = f"{self.arena.serial()} ".encode() + self.random.randbytes(size)
        return body, hashlib.md5(body).hexdigest()

    def write(self, kind, call, place, given=None, condition=None, **more):
        """One write; records what became of it."""
        began = time.monotonic_ns()
        try:
            ask(call, Bucket=place[0], Key=place[1], **more)
            answer = "ok"
        except Dead:
            answer = LOST
        except ClientError as error:
            answer = REFUSALS.get(error.response["Error"]["Code"])
            if answer is None:
                raise
        # What has no answer may still happen for as long as the server lives; the round sets the end.
        ended = None if answer == LOST else time.monotonic_ns()
        self.records.append((place, began, ended, kind, given, condition, answer))
        if answer == LOST:
            raise Dead
        if answer == "ok":
            self.seen[place] = given

    def put(self):
        body, tag = self.body()
        self.write("put", self.s3.put_object, self.place(), tag, Body=body)

    def create(self):
        body, tag = self.body()
        self.write("create", self.s3.put_object, self.place(), tag, Body=body, IfNoneMatch="*")

    def replace(self):
        place, (body, tag) = self.place(), self.body()
        condition = self.seen.get(place) or "0" * 32
        self.write("replace", self.s3.put_object, place, tag, condition, Body=body, IfMatch=f'"{condition}"')

    def delete(self):
        self.write("delete", self.s3.delete_object, self.place())

    def delete_if(self):
        place = self.place()
        condition = self.seen.get(place) or "0" * 32
        self.write("delete_if", self.s3.delete_object, place, None, condition, IfMatch=f'"{condition}"')

    def upload(self):
        place, (body, _) = self.place(), self.body()
        upload = ask(self.s3.create_multipart_upload, Bucket=place[0], Key=place[1])["UploadId"]
        part = ask(self.s3.upload_part, Bucket=place[0], Key=place[1], UploadId=upload, PartNumber=1, Body=body)
        tag = hashlib.md5(hashlib.md5(body).digest()).hexdigest() + "-1"
        self.write("put", self.s3.complete_multipart_upload, place, tag, UploadId=upload,
                   MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})

    def saw(self, place, began, ended, tag):
        self.records.append((place, began, ended, "read", None, None, tag))
        self.seen[place] = tag

    def get(self, place=None):
        place, began = place or self.place(), time.monotonic_ns()
        try:
            answer = ask(self.s3.get_object, Bucket=place[0], Key=place[1])
            tag = answer["ETag"].strip('"')
            # The answer's head says what was read; the body may take its time, and must be that of the head.
            ended = time.monotonic_ns()
            self.check_body(place, tag, answer)
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            tag, ended = None, time.monotonic_ns()
        self.saw(place, began, ended, tag)

    def check_body(self, place, tag, answer):
        try:
            body = answer["Body"].read()
        except Exception as lost:  # whichever of botocore's and urllib3's it is: the connection ended
            raise Dead from lost
        digest = hashlib.md5(body)
        expected = digest.hexdigest() if "-" not in tag else hashlib.md5(digest.digest()).hexdigest() + "-1"
        if tag != expected:
            raise Violation(f"{place} has the tag {tag} and the body of {expected}")

    def list(self):
        """Pages of three: each is a read of the keys behind the page before it up to its own last one."""
        bucket, before, more = self.random.choice(BUCKETS), "", {}
        while True:
            began = time.monotonic_ns()
            page = ask(self.s3.list_objects_v2, Bucket=bucket, Prefix=self.arena.prefix, MaxKeys=3, **more)
            ended = time.monotonic_ns()
            found = {entry["Key"]: entry["ETag"].strip('"') for entry in page.get("Contents", [])}
            last = max(found, default="") if page["IsTruncated"] else "\x7f"
            self.covered(bucket, [key for key in self.arena.keys if before < key <= last], found, began, ended)
            if not page["IsTruncated"]:
                return
            before, more = last, {"ContinuationToken": page["NextContinuationToken"]}

    def list_versions(self):
        began = time.monotonic_ns()
        page = ask(self.s3.list_object_versions, Bucket="versioned", Prefix=self.arena.prefix)
        ended = time.monotonic_ns()
        found = {entry["Key"]: entry["ETag"].strip('"') for entry in page.get("Versions", []) if entry["IsLatest"]}
        # Of a page that is not the last, what is behind its last key was not looked at.
        last = page["NextKeyMarker"] if page["IsTruncated"] else "\x7f"
        self.covered("versioned", [key for key in self.arena.keys if key < last], found, began, ended)

    def covered(self, bucket, keys, found, began, ended):
        if not found.keys() <= set(self.arena.keys):
            raise Violation(f"a listing of {bucket} has keys that nobody wrote: {found.keys()}")
        for key in keys:
            self.saw((bucket, key), began, ended, found.get(key))


class Arena:
    """The server, the keys of the round, and what they held when it began."""

    def __init__(self, seed, cells=1):
        self.random = random.Random(seed)
        self.server = Server(cells=cells).start()
        self.load, self.number, self.judged = Load(self.server), 0, 0
        self.serials = itertools.count()
        s3 = Aws(self.server).client("s3")
        for bucket in BUCKETS:
            s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket="versioned", VersioningConfiguration={"Status": "Enabled"})
        self.prefix, self.keys, self.held = "", [], {}

    def close(self):
        self.server.close()

    def serial(self):
        return next(self.serials)

    def round(self):
        """Contention, kill -9 in the middle of it, restart, a last read of everything; then the verdict."""
        if self.number % ROUNDS_PER_KEYS == 0:
            self.prefix = f"{self.number}/"
            self.keys = [f"{self.prefix}{number}" for number in range(KEYS)]
            self.held = {(bucket, key): None for bucket in BUCKETS for key in self.keys}
        self.number += 1
        contenders = [Contender(self, number) for number in range(CLIENTS)]
        begins = [functools.partial(contender.begin, self.random.getrandbits(64)) for contender in contenders]
        died = self.load.until_killed(begins, self.random.randint(100, 400))
        self.server.start()
        self.judge(contenders, died)

    def judge(self, contenders, died):
        last = Contender(self, CLIENTS)
        last.s3 = Aws(self.server).client("s3", read_timeout=60)
        for place in self.held:
            last.get(place)
        histories = {place: [] for place in self.held}
        for contender in [*contenders, last]:
            for place, began, ended, *rest in contender.records:
                if ended is None and began > died:
                    continue  # it was sent to nobody
                histories[place].append(Operation(began, died if ended is None else ended, *rest))
        for place, history in histories.items():
            found = linearize(self.held[place], history)
            if found is None:
                lines = "\n".join(map(str, sorted(history, key=lambda operation: operation.began)))
                raise Violation(f"{place}, which held {self.held[place]}, has a history that is not linearizable:\n{lines}")
            self.held[place] = found[1]
            self.judged += len(history)


if __name__ == "__main__":
    rounds.main(Arena, __doc__, lambda arena: f"{arena.judged} operations")
