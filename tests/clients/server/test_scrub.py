"""The scrub of a server without drives: damage is found without anybody reading it, named and counted, and not mended."""

import re
import time

from aws import Aws
from raw import send
from server import Server

SECONDS_MAX = 60


def scrubbed(server):
    """(blobs, damaged or missing, rebuilt, lost, whole passes) since the start."""
    line = re.search(r"scrub since the start: (.*)", server.admin("drives"))[1]
    return [int(number) for words in ("blobs", "damaged", "rebuilt", "lost", "whole")
            for number in re.findall(rf"(\d+) {words}", line)]


def passed(server):
    """Turns the service clock until a pass from end to end is over; what it found."""
    deadline = time.monotonic() + SECONDS_MAX
    while scrubbed(server)[4] == 0:
        assert time.monotonic() < deadline, server.admin("status")
        server.forward(60)
    return scrubbed(server)


def test_damage_is_found_and_reported():
    with Server() as server:
        s3 = Aws(server).client("s3")
        s3.create_bucket(Bucket="kept")
        for name in ("one", "two", "three"):
            s3.put_object(Bucket="kept", Key=name, Body=name.encode() * 20_000)
        server.restart()  # what a process wrote itself it leaves alone for two minutes
        assert passed(server)[1:4] == [0, 0, 0] and scrubbed(server)[0] >= 3
        damaged, gone, _ = sorted((server.data / "regions").rglob("blobs/*/*"))
        content = bytearray(damaged.read_bytes())
        content[len(content) // 2] ^= 1
        damaged.write_bytes(content)
        gone.unlink()
        server.restart()
        # A name that is gone is not in the listing that a pass follows; who reads it is told.
        blobs, wrong, rebuilt, lost, _ = passed(server)
        assert blobs >= 1 and wrong >= 1 and rebuilt == 0 and lost >= 1, server.admin("status")
        assert f"id={damaged.name}" in server.log_text() and str(damaged) in server.log_text()
        figures = send(server, "GET", "/metrics", {"Host": "localhost"}).body.decode()
        assert re.search(r"^kumiki_scrub_lost_total [1-9]", figures, re.MULTILINE), figures
        # What is whole is served as before, and what is not is refused, by name.
        answers = {}
        for name in ("one", "two", "three"):
            try:
                answers[name] = s3.get_object(Bucket="kept", Key=name)["Body"].read() == name.encode() * 20_000
            except Exception as error:
                answers[name] = type(error).__name__
        assert list(answers.values()).count(True) == 1, answers
