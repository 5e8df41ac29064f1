"""What a request costs: memory that does not grow with the object, and completion that copies nothing.

A server of its own, so that nothing else uses its memory. One request may not take 4 MiB more than a small one before it, and
several at once not 4 MiB each.
"""

import functools
import hashlib
import http.client
import re
import threading

import pytest
from aws import Aws
from raw import Signer
from server import Server

MIB = 1 << 20
PER_REQUEST_MAX = 4 * MIB
BLOCK = bytes(range(256)) * 4096  # a MiB


def anonymous(server):
    """Bytes of memory that are the process's own, and not a file's."""
    with open(f"/proc/{server.process.pid}/status") as status:
        return int(re.search(r"RssAnon:\s+(\d+)", status.read())[1]) << 10


def written(server):
    """Bytes that the process gave to write calls."""
    with open(f"/proc/{server.process.pid}/io") as io:
        return int(re.search(r"wchar: (\d+)", io.read())[1])


class Watch:
    """The most anonymous memory while something goes on. A thread looks as often as it can."""

    def __init__(self, server):
        self.server, self.most, self.over = server, 0, threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self):
        while not self.over.wait(0.005):
            self.most = max(self.most, anonymous(self.server))

    def __enter__(self):
        self.before = anonymous(self.server)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        self.most = max(self.most, anonymous(self.server))

    @property
    def grown(self):
        return self.most - self.before


def up(server, target, blocks):
    """Streams blocks to the server; nothing here holds them all."""
    signer = Signer(server, "s3")
    signer.auth.payload = lambda request: "UNSIGNED-PAYLOAD"
    headers = signer.headers("PUT", target, {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD",
                                             "Content-Length": str(blocks * MIB)})
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request("PUT", target, (BLOCK for _ in range(blocks)), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200
    return answer.headers["ETag"]


def down(server, target):
    """Streams an object from the server: its length and whether it is the block, again and again."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request("GET", target, headers=Signer(server, "s3").headers("GET", target))
    answer, length, right = connection.getresponse(), 0, True
    while block := answer.read(MIB):
        right = right and block == BLOCK[:len(block)]
        length += len(block)
    connection.close()
    return length, right


@pytest.fixture(params=["directory", "drives"])
def own(request, tmp_path):
    """A server that has done all this once with little, so that what is made once is made."""
    paths = [tmp_path / f"drive-{number}" for number in range(6)] if request.param == "drives" else []
    drives = [word for path in paths for word in ("--drive", str(path))]
    with Server(tmp_path / "data", args=drives) as server:
        Aws(server).client("s3").create_bucket(Bucket="kept")
        at_once(*[lambda: up(server, "/kept/warm", 32)] * 2)
        assert down(server, "/kept/warm") == (32 * MIB, True)
        server.blocks = 256 if drives else 1024
        yield server


def at_once(*work):
    threads = [threading.Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_one_that_is_large(own):
    """A GiB in the data directory, a quarter of one over drives."""
    with Watch(own) as watch:
        up(own, "/kept/large", own.blocks)
    print(f"{watch.grown / MIB:.1f} MiB for an upload")
    assert watch.grown < PER_REQUEST_MAX
    with Watch(own) as watch:
        assert down(own, "/kept/large") == (own.blocks * MIB, True)
    print(f"{watch.grown / MIB:.1f} MiB for a download")
    assert watch.grown < PER_REQUEST_MAX


def test_many_at_once(own):
    """Eight uploads and then eight downloads cost eight times as much at most."""
    for work in (lambda number: up(own, f"/kept/{number}", 24), lambda number: down(own, f"/kept/{number}")):
        with Watch(own) as watch:
            at_once(*[functools.partial(work, number) for number in range(8)])
        print(f"{watch.grown / MIB:.1f} MiB for eight")
        assert watch.grown < 8 * PER_REQUEST_MAX


def test_completing_an_upload_copies_nothing(own):
    s3 = Aws(own).client("s3")
    upload = s3.create_multipart_upload(Bucket="kept", Key="parts")["UploadId"]
    before, parts = written(own), []
    for number in range(1, 5):
        etag = up(own, f"/kept/parts?partNumber={number}&uploadId={upload}", 16)
        parts.append({"PartNumber": number, "ETag": etag})
    assert written(own) - before >= 64 * MIB, "what is counted is what is written"
    before = written(own)
    done = s3.complete_multipart_upload(Bucket="kept", Key="parts", UploadId=upload, MultipartUpload={"Parts": parts})
    assert written(own) - before < MIB, "parts were written again"
    whole = hashlib.md5(b"".join(bytes.fromhex(part["ETag"].strip('"')) for part in parts)).hexdigest()
    assert done["ETag"] == f'"{whole}-4"'
    assert down(own, "/kept/parts") == (64 * MIB, True)
