#!/usr/bin/env python3
"""The building-block story, on real photographs: `pipeline.py [--worker python|rust] [--photos N]`.

    photos bucket --event--> jobs queue --> two workers --> thumbnails bucket --event--> topic --> audit, gallery queues

Photographs are uploaded with the AWS CLI. One of the two workers is killed in mid-work: its message shows again and the
other finishes the picture. Then Kumiki itself is killed (kill -9) in mid-flow and started again, and everything that was
acknowledged is accounted for. With a server that listens on 127.0.0.1:4566 already, that last part is left out.
"""

import argparse
import io
import json
import os
import pathlib
import queue
import secrets
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests/support"))

import boto3  # noqa: E402 (the path comes first)
from botocore.config import Config  # noqa: E402
from photos import HEIGHT, WIDTH, photograph  # noqa: E402
from PIL import Image  # noqa: E402
from server import Server  # noqa: E402

LISTENING = "http://127.0.0.1:4566"
ACCOUNT = "000000000000"
HIDDEN_SECONDS = 8  # how long a worker has for a picture before another one may take it
SECONDS_MAX = 120
EDGE = 1024


def tell(text):
    print(f"  {text}", flush=True)


def listens(endpoint):
    try:
        with urllib.request.urlopen(f"{endpoint}/_kumiki/health", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


class Worker:
    """A worker process, and the lines it prints."""

    def __init__(self, command, environment, name):
        self.name, self.lines = name, queue.Queue()
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())
        self.lines.put(None)

    def wait_for(self, word, deadline):
        """The rest of the next line that begins with `word`."""
        while True:
            line = self.lines.get(timeout=max(0.1, deadline - time.monotonic()))
            if line is None:
                raise SystemExit(f"{self.name} ended with status {self.process.wait()}")
            if line.startswith(word + " "):
                return line.removeprefix(word + " ")

    def kill(self):
        self.process.kill()
        self.process.wait()


class Pipeline:
    """The buckets, queues and topic of one run, made with the ordinary API."""

    def __init__(self, endpoint, worker):
        self.run = secrets.token_hex(3)
        self.environment = {**os.environ, "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "test",
                            "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1", "AWS_REGION": "us-east-1",
                            "AWS_EC2_METADATA_DISABLED": "true"}
        session = boto3.session.Session("test", "test", region_name="us-east-1")
        patient = Config(retries={"mode": "standard", "max_attempts": 8})
        self.s3, self.sqs, self.sns = (
            session.client(service, endpoint_url=endpoint, config=patient) for service in ("s3", "sqs", "sns"))
        self.photos, self.thumbnails = f"photos-{self.run}", f"thumbnails-{self.run}"
        self.worker_command = worker
        self.workers = []

    def build(self):
        for bucket in (self.photos, self.thumbnails):
            self.s3.create_bucket(Bucket=bucket)
        self.jobs, jobs_arn = self.queue("jobs", "s3.amazonaws.com", f"arn:aws:s3:::{self.photos}",
                                         VisibilityTimeout=str(HIDDEN_SECONDS))
        self.topic = self.sns.create_topic(Name=f"pictures-{self.run}")["TopicArn"]
        self.sns.set_topic_attributes(TopicArn=self.topic, AttributeName="Policy", AttributeValue=allow(
            "s3.amazonaws.com", "sns:Publish", self.topic, f"arn:aws:s3:::{self.thumbnails}"))
        self.listeners = {}
        for name in ("audit", "gallery"):
            url, arn = self.queue(name, "sns.amazonaws.com", self.topic)
            self.sns.subscribe(TopicArn=self.topic, Protocol="sqs", Endpoint=arn)
            self.listeners[name] = url
        created = ["s3:ObjectCreated:*"]
        self.s3.put_bucket_notification_configuration(Bucket=self.photos, NotificationConfiguration={
            "QueueConfigurations": [{"QueueArn": jobs_arn, "Events": created}]})
        self.s3.put_bucket_notification_configuration(Bucket=self.thumbnails, NotificationConfiguration={
            "TopicConfigurations": [{"TopicArn": self.topic, "Events": created}]})
        tell(f"{self.photos} -> jobs -> workers -> {self.thumbnails} -> topic -> audit, gallery")

    def queue(self, name, service, source, **attributes):
        url = self.sqs.create_queue(QueueName=f"{name}-{self.run}", Attributes=attributes)["QueueUrl"]
        arn = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        policy = allow(service, "sqs:SendMessage", arn, source)
        self.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
        return url, arn

    def upload(self, path):
        """With the AWS CLI, as anyone would. Answers whether it was acknowledged."""
        done = subprocess.run(["aws", "s3", "cp", "--no-progress", str(path), f"s3://{self.photos}/{path.name}"],
                              env=self.environment, capture_output=True, text=True)
        if done.returncode == 0:
            tell(f"uploaded {path.name}, {path.stat().st_size / 1e6:.1f} MB")
        return done.returncode == 0

    def start_worker(self):
        worker = Worker([*self.worker_command, self.jobs, self.thumbnails], self.environment,
                        f"worker {len(self.workers) + 1}")
        self.workers.append(worker)
        return worker

    def finished(self, keys, deadline):
        """Waits until each picture has its thumbnail, and checks it."""
        for key in sorted(keys):
            self.s3.get_waiter("object_exists").wait(
                Bucket=self.thumbnails, Key=key, WaiterConfig={"Delay": 1, "MaxAttempts": SECONDS_MAX})
            small = self.s3.get_object(Bucket=self.thumbnails, Key=key)["Body"].read()
            with Image.open(io.BytesIO(small)) as picture:
                picture.load()  # decodes the whole of it
                expected = (EDGE, EDGE * HEIGHT // WIDTH)
                assert (picture.format, picture.size) == ("JPEG", expected), (key, picture.format, picture.size)
            assert time.monotonic() < deadline, "too slow"

    def announced(self, keys, deadline):
        """Each listener heard of each thumbnail, through S3's event and the topic."""
        for name, url in self.listeners.items():
            missing = set(keys)
            while missing:
                assert time.monotonic() < deadline, f"{name} did not hear of {missing}"
                answer = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5)
                for message in answer.get("Messages", []):
                    event = json.loads(json.loads(message["Body"])["Message"])
                    missing -= {urllib.parse.unquote_plus(record["s3"]["object"]["key"])
                                for record in event.get("Records", [])}
                    self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            tell(f"{name} heard of all {len(keys)}")

    def nothing_left(self, deadline):
        """No job is waiting, in flight or delayed."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]
        while True:
            counts = self.sqs.get_queue_attributes(QueueUrl=self.jobs, AttributeNames=names)["Attributes"]
            if set(counts.values()) == {"0"}:
                return tell("the jobs queue is empty")
            assert time.monotonic() < deadline, f"jobs are left: {counts}"
            # A long poll of an empty queue is a wait that the server ends: one second of it.
            self.sqs.receive_message(QueueUrl=self.listeners["audit"], WaitTimeSeconds=1)

    def close(self):
        for worker in self.workers:
            worker.kill()


def allow(service, action, resource, source):
    return json.dumps({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": service}, "Action": action, "Resource": resource,
        "Condition": {"ArnLike": {"aws:SourceArn": source}}}]})


def a_worker_dies(pipeline, paths):
    """One of two workers is killed in mid-work; the other finishes everything, that picture too."""
    deadline = time.monotonic() + SECONDS_MAX
    assert pipeline.upload(paths[0]), "the upload failed"
    victim = pipeline.start_worker()
    key = victim.wait_for("working on", deadline)
    victim.kill()
    assert not any(line and line.startswith("done") for line in list(victim.lines.queue)), "it was too quick to be killed"
    tell(f"killed {victim.name} while it worked on {key}")
    other = pipeline.start_worker()
    for path in paths[1:]:
        assert pipeline.upload(path), "the upload failed"
    done = set()
    while done != {path.name for path in paths}:
        done.add(other.wait_for("done", deadline))
    tell(f"{other.name} finished all {len(done)}; {key} showed again after its visibility timeout")
    keys = {path.name for path in paths}
    pipeline.finished(keys, deadline)
    pipeline.announced(keys, deadline)
    pipeline.nothing_left(deadline)
    return other


def the_server_dies(pipeline, server, paths):
    """kill -9 while photographs are uploaded and shrunk; after the restart all that was acknowledged is there."""
    deadline = time.monotonic() + SECONDS_MAX
    worker = pipeline.workers[-1]
    acknowledged, halfway = [], threading.Event()

    def upload_all():
        for number, path in enumerate(paths):
            if number == len(paths) // 2:
                halfway.set()
            if pipeline.upload(path):
                acknowledged.append(path.name)

    uploading = threading.Thread(target=upload_all)
    uploading.start()
    halfway.wait(SECONDS_MAX)
    worker.wait_for("working on", deadline)
    server.kill()
    tell(f"killed Kumiki (kill -9) with {len(acknowledged)} uploads acknowledged, one under way, a worker at work")
    server.start()
    tell("started it again on the same data")
    uploading.join()
    assert acknowledged, "nothing was acknowledged"
    for path in paths:
        if path.name not in acknowledged:
            assert pipeline.upload(path), "the upload failed"
            acknowledged.append(path.name)
    stored = {entry["Key"] for entry in pipeline.s3.list_objects_v2(Bucket=pipeline.photos)["Contents"]}
    assert set(acknowledged) <= stored, f"acknowledged and gone: {set(acknowledged) - stored}"
    for path in paths:
        assert pipeline.s3.get_object(Bucket=pipeline.photos, Key=path.name)["Body"].read() == path.read_bytes()
    pipeline.finished(acknowledged, deadline)
    pipeline.announced(acknowledged, deadline)
    pipeline.nothing_left(deadline)


def worker_command(kind):
    if kind == "python":
        return [sys.executable, str(HERE / "worker.py")]
    manifest = HERE / "rust/Cargo.toml"
    built = subprocess.run(["cargo", "build", "--message-format=json", "--manifest-path", str(manifest)],
                           stdout=subprocess.PIPE, text=True, check=True).stdout
    return [json.loads(line)["executable"] for line in built.splitlines() if '"executable":"' in line][-1:]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--worker", choices=["python", "rust"], default="python")
    arguments.add_argument("--photos", type=int, default=4, help="in each half of the story")
    arguments.add_argument("--own-server", action="store_true", help="start one even if 127.0.0.1:4566 is served")
    given = arguments.parse_args()
    begun = time.monotonic()
    command = worker_command(given.worker)
    with tempfile.TemporaryDirectory(prefix="kumiki-photos-") as folder:
        paths = [photograph(pathlib.Path(folder) / f"photo {number}.jpg", number) for number in range(2 * given.photos)]
        tell(f"made {len(paths)} photographs of {WIDTH * HEIGHT / 1e6:.0f} megapixels")
        running = listens(LISTENING) and not given.own_server
        server = None if running else Server().start()
        pipeline = Pipeline(LISTENING if running else server.endpoint, command)
        try:
            pipeline.build()
            a_worker_dies(pipeline, paths[:given.photos])
            if server:
                the_server_dies(pipeline, server, paths[given.photos:])
            else:
                tell(f"the server on {LISTENING} is not ours to kill: that part is left out")
        finally:
            pipeline.close()
            if server:
                server.close()
    print(f"everything acknowledged is accounted for ({time.monotonic() - begun:.0f} s)")


if __name__ == "__main__":
    main()
