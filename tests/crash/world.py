"""A server under mixed load that is killed again and again, and the check of everything it acknowledged."""

import functools
import json
import random
import threading
import urllib.parse

from aws import Aws
from botocore.exceptions import ClientError
from identities import User, allow, document
from load import Load, ask, unavailable
from model import Deliveries, Keys, Messages, Order, Violation, digest
from policies import let_s3_send, let_sns_send
from server import Server

WORKERS = 6
PART = 5 * 1024 * 1024


class Worker:
    """One client. Its keys, uploads and messages are its own; its choices come from its seed."""

    def __init__(self, world, number):
        self.world, self.number = world, number
        self.objects, self.versions = Keys(), {}
        self.uploads = {}  # (key, upload id) -> {part number: (etag, data)}
        self.serial = 0
        self.order = Order()
        self.completing = None  # the upload whose completion was sent last
        self.rights, self.user = Keys(), None  # what the worker's own user may do, and who that is

    def clients(self):
        aws = Aws(self.world.server)
        self.s3, self.sqs, self.sns, self.iam = (
            aws.client(service, read_timeout=60) for service in ("s3", "sqs", "sns", "iam"))

    def steps(self):
        """What it does, and how often."""
        return [(self.put, 30), (self.delete, 12), (self.copy, 6), (self.put_version, 8), (self.upload, 5),
                (self.send, 25), (self.receive, 25), (self.publish, 12), (self.send_in_order, 12),
                (self.permit, 4), (self.forbid, 4)]

    def begin(self, seed):
        """What its thread repeats."""
        self.random = random.Random(seed)
        self.clients()
        steps, weights = zip(*self.steps(), strict=True)
        return lambda: self.random.choices(steps, weights)[0]()

    def ask(self, call, **given):
        """One request; `Dead` where its answer is lost."""
        return ask(call, judge=self.judge, **given)

    def judge(self, error):
        """What a refusal means besides itself."""
        unavailable(error)

    def fresh(self):
        self.serial += 1
        return f"{self.number}-{self.serial}"

    def key(self):
        return f"w{self.number}/{self.random.randrange(24)}"

    def data(self):
        size = self.random.choice([0, 1, 100, 5_000, 70_000, 300_000, 2_500_000])
        return self.random.randbytes(size)

    def put(self):
        key, data = self.key(), self.data()
        self.objects.begin(key, digest(data))
        self.world.events.model.begin_send(key)
        self.ask(self.s3.put_object, Bucket="plain", Key=key, Body=data)
        self.objects.acknowledge(key, digest(data))
        self.world.events.model.acknowledge_send(key)

    def delete(self):
        key = self.key()
        self.objects.begin(key, None)
        self.ask(self.s3.delete_object, Bucket="plain", Key=key)
        self.objects.acknowledge(key, None)

    def copy(self):
        here = [key for key, states in self.objects.possible.items() if len(states) == 1 and states != {None}]
        if not here:
            return
        source, key = self.random.choice(here), self.key()
        if source == key:
            return
        outcome = next(iter(self.objects.possible[source]))
        self.objects.begin(key, outcome)
        self.world.events.model.begin_send(key)
        self.ask(self.s3.copy_object, Bucket="plain", Key=key, CopySource={"Bucket": "plain", "Key": source})
        self.objects.acknowledge(key, outcome)
        self.world.events.model.acknowledge_send(key)

    def put_version(self):
        key, data = f"v{self.number}/{self.random.randrange(4)}", self.random.randbytes(500)
        answer = self.ask(self.s3.put_object, Bucket="versioned", Key=key, Body=data)
        self.versions[key, answer["VersionId"]] = digest(data)

    def upload(self):
        key = self.key()
        upload = self.ask(self.s3.create_multipart_upload, Bucket="plain", Key=key)["UploadId"]
        parts = self.uploads[key, upload] = {}
        bodies = [self.random.randbytes(PART)] if self.random.random() < 0.3 else []
        for number, data in enumerate([*bodies, self.random.randbytes(1000)], 1):
            answer = self.ask(self.s3.upload_part, Bucket="plain", Key=key, UploadId=upload, PartNumber=number, Body=data)
            parts[number] = (answer["ETag"], data)
        whole = digest(b"".join(data for _, data in parts.values()))
        self.objects.begin(key, whole)
        self.completing = (key, upload)
        self.complete(key, upload)
        self.objects.acknowledge(key, whole)
        self.world.events.model.acknowledge_send(key)

    def complete(self, key, upload):
        parts = [{"PartNumber": number, "ETag": tag} for number, (tag, _) in self.uploads[key, upload].items()]
        self.world.events.model.begin_send(key)
        self.ask(self.s3.complete_multipart_upload, Bucket="plain", Key=key, UploadId=upload,
                 MultipartUpload={"Parts": parts})
        del self.uploads[key, upload]

    def send(self):
        body = self.fresh()
        queue = self.world.queues[self.number % 2]
        queue.model.begin_send(body)
        self.ask(self.sqs.send_message, QueueUrl=queue.url, MessageBody=body)
        queue.model.acknowledge_send(body)

    def receive(self):
        queue = self.world.queues[self.number % 2]
        answer = self.ask(self.sqs.receive_message, QueueUrl=queue.url, MaxNumberOfMessages=self.random.randint(1, 10))
        for message in answer.get("Messages", []):
            if self.random.random() < 0.3:
                queue.model.check_known(message["Body"])
                continue
            queue.model.begin_delete(message["Body"])
            self.ask(self.sqs.delete_message, QueueUrl=queue.url, ReceiptHandle=message["ReceiptHandle"])
            queue.model.acknowledge_delete(message["Body"])

    def publish(self):
        body = self.fresh()
        for queue in self.world.fans:
            queue.model.begin_send(body)
        self.ask(self.sns.publish, TopicArn=self.world.topic, Message=body)
        for queue in self.world.fans:
            queue.model.acknowledge_send(body)

    def send_in_order(self):
        body = self.fresh()
        self.order.sends.append((body, False))
        self.ask(self.sqs.send_message, QueueUrl=self.world.fifo, MessageBody=body, MessageGroupId=f"g{self.number}",
                 MessageDeduplicationId=body)
        self.order.sends[-1] = (body, True)

    def permit(self):
        self.rights.begin("list", "allowed")
        self.ask(self.iam.put_user_policy, UserName=self.user.name, PolicyName="p",
                 PolicyDocument=document(allow("s3:ListBucket")))
        self.rights.acknowledge("list", "allowed")

    def forbid(self):
        if self.rights.possible.get("list") != {"allowed"}:
            return
        self.rights.begin("list", None)
        self.ask(self.iam.delete_user_policy, UserName=self.user.name, PolicyName="p")
        self.rights.acknowledge("list", None)

    def check_rights(self):
        """What was answered last is what counts. A write brings the region's copy up to date with what was not answered."""
        self.iam.tag_user(UserName=self.user.name, Tags=[{"Key": "checked", "Value": str(self.world.done)}])
        try:
            self.user.client("s3").list_objects_v2(Bucket="plain", MaxKeys=1)
            self.rights.saw("list", "allowed")
        except ClientError as error:
            if error.response["Error"]["Code"] != "AccessDenied":
                raise
            self.rights.saw("list", None)

    def check_objects(self):
        for key in sorted(self.objects.possible):
            try:
                self.objects.saw(key, digest(self.s3.get_object(Bucket="plain", Key=key)["Body"].read()))
            except self.s3.exceptions.NoSuchKey:
                self.objects.saw(key, None)
        for (key, version), expected in self.versions.items():
            seen = digest(self.s3.get_object(Bucket="versioned", Key=key, VersionId=version)["Body"].read())
            if seen != expected:
                raise Violation(f"version {version} of {key!r} changed")

    def check_uploads(self):
        """Uploads that were cut off: the acknowledged parts are there, unless the lost answer was their completion's."""
        for (key, upload), parts in list(self.uploads.items()):
            try:
                listed = self.s3.list_parts(Bucket="plain", Key=key, UploadId=upload).get("Parts", [])
            except self.s3.exceptions.ClientError as error:
                completed = error.response["Error"]["Code"] == "NoSuchUpload" and (key, upload) == self.completing
                if not completed:
                    raise Violation(f"upload {upload} of {key!r}: {error}") from error
                del self.uploads[key, upload]
                continue
            there = {part["PartNumber"]: part["ETag"] for part in listed}
            if any(there.get(number) != tag for number, (tag, _) in parts.items()):
                raise Violation(f"upload {upload} of {key!r} has {there}, acknowledged were {parts.keys()}")
            if parts and self.random.random() < 0.5:
                whole = digest(b"".join(data for _, data in parts.values()))
                self.complete(key, upload)
                self.objects.acknowledge(key, whole)
            else:
                self.s3.abort_multipart_upload(Bucket="plain", Key=key, UploadId=upload)
                del self.uploads[key, upload]

class Shared:
    """`Messages` of a queue that several workers use at once."""

    def __init__(self, messages):
        self.messages, self.lock = messages, threading.Lock()

    def __getattr__(self, name):
        member = getattr(self.messages, name)
        if not callable(member):
            return member

        def locked(*given):
            with self.lock:
                return member(*given)
        return locked


class Queue:
    def __init__(self, url, messages):
        self.url, self.model = url, Shared(messages)


class World:
    """The server, its clients and what they know."""

    def __init__(self, seed, cells=1):
        self.random = random.Random(seed)
        self.server = Server(cells=cells).start()
        self.load = Load(self.server)
        aws = Aws(self.server)
        s3, sqs, sns = (aws.client(service) for service in ("s3", "sqs", "sns"))
        for bucket in ("plain", "versioned"):
            s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket="versioned", VersioningConfiguration={"Status": "Enabled"})
        make = lambda name, **more: sqs.create_queue(QueueName=name, **more)["QueueUrl"]
        self.queues = [Queue(make(f"queue{number}"), Messages()) for number in range(2)]
        self.fans = [Queue(make(f"fan{number}"), Deliveries()) for number in range(2)]
        self.fifo = make("order.fifo", Attributes={"FifoQueue": "true"})
        self.events = Queue(make("events"), Deliveries())
        self.topic = sns.create_topic(Name="topic")["TopicArn"]
        for fan in self.fans:
            sns.subscribe(TopicArn=self.topic, Protocol="sqs", Endpoint=let_sns_send(sqs, fan.url, self.topic),
                          Attributes={"RawMessageDelivery": "true"})
        arn = let_s3_send(sqs, self.events.url, "plain")
        s3.put_bucket_notification_configuration(Bucket="plain", NotificationConfiguration={
            "QueueConfigurations": [{"QueueArn": arn, "Events": ["s3:ObjectCreated:*"]}]})
        self.workers = [Worker(self, number) for number in range(WORKERS)]
        for worker in self.workers:
            worker.user = User(aws, aws.client("iam"), f"worker{worker.number}")

    def close(self):
        self.server.close()

    @property
    def done(self):
        return self.load.done

    def round(self):
        """Load, kill -9 in the middle of it, restart, check."""
        workers = [functools.partial(worker.begin, self.random.getrandbits(64)) for worker in self.workers]
        self.load.until_killed(workers, self.random.randint(20, 200))
        for _ in range(self.random.choice([0, 0, 1, 2])):  # it may die while it comes up, too
            self.server.launch()
            self.server.kill()
        self.server.start()
        self.check()

    def check(self):
        """Everything that was acknowledged is there, with the right content, and nothing that is not."""
        for worker in self.workers:
            worker.clients()
            worker.check_rights()
            worker.check_objects()
            worker.check_uploads()
        self.check_listings()
        self.server.forward(3600)  # what was in flight shows again
        for queue in self.queues:
            bodies = self.drain(queue)
            if len(bodies) != len(set(bodies)):
                raise Violation(f"messages came twice: {sorted(body for body in set(bodies) if bodies.count(body) > 1)[:3]}")
            queue.model.drained(bodies)
        for fan in self.fans:
            fan.model.drained(self.drain(fan))
        self.check_order()
        self.events.model.drained(self.drain_events())

    def check_listings(self):
        s3 = self.workers[0].s3
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket="plain")
        listed = sorted(entry["Key"] for page in pages for entry in page.get("Contents", []))
        expected = sorted(key for worker in self.workers for key in worker.objects.settled())
        if listed != expected:
            raise Violation(f"the listing differs: {sorted(set(listed) ^ set(expected))[:5]}")
        pages = s3.get_paginator("list_object_versions").paginate(Bucket="versioned")
        versions = {(entry["Key"], entry["VersionId"]) for page in pages for entry in page.get("Versions", [])}
        missing = {version for worker in self.workers for version in worker.versions} - versions
        if missing:
            raise Violation(f"versions are not listed: {sorted(missing)[:3]}")

    def receive_all(self, url, enough):
        """Takes messages out until `enough(bodies)` and an empty receive; waits for deliveries by long polls."""
        sqs, bodies = self.workers[0].sqs, []
        while True:
            wait = 0 if enough(bodies) else 10
            messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=wait).get("Messages", [])
            if not messages:
                return bodies
            sqs.delete_message_batch(QueueUrl=url, Entries=[
                {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]} for number, message in enumerate(messages)])
            bodies += [message["Body"] for message in messages]

    def drain(self, queue):
        return self.receive_all(queue.url, lambda bodies: queue.model.sent <= set(bodies))

    def drain_events(self):
        def keys(bodies):
            return {urllib.parse.unquote_plus(record["s3"]["object"]["key"])
                    for body in bodies for record in json.loads(body).get("Records", [])}

        return keys(self.receive_all(self.events.url, lambda bodies: self.events.model.sent <= keys(bodies)))

    def check_order(self):
        sqs, groups = self.workers[0].sqs, {}
        while True:
            messages = sqs.receive_message(
                QueueUrl=self.fifo, MaxNumberOfMessages=10,
                MessageSystemAttributeNames=["MessageGroupId"]).get("Messages", [])
            for message in messages:
                groups.setdefault(message["Attributes"]["MessageGroupId"], []).append(message["Body"])
                sqs.delete_message(QueueUrl=self.fifo, ReceiptHandle=message["ReceiptHandle"])
            if not messages:
                break
        for worker in self.workers:
            worker.order.check(groups.pop(f"g{worker.number}", []))
        if groups:
            raise Violation(f"FIFO groups nobody sent to: {groups.keys()}")
