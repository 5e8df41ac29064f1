#!/usr/bin/env python3
"""Rounds of producers, consumers and fan-out under kill -9: `queues.py --rounds N --seed S [--cells N]`.

Both sides of a FIFO queue duplicate and retry: producers send again what they had no answer to, and now and then what
they had; consumers ask again by the attempt's id, and delete twice. All the same each message is processed once, and those
of a group in their order. A standard queue hands what nobody can process to its dead-letter queue, which loses nothing.
"""

import json
import pathlib
import random
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import rounds  # noqa: E402 (the path comes first)
from aws import Aws  # noqa: E402
from load import Load, ask  # noqa: E402
from model import Deliveries, Messages, Violation  # noqa: E402
from policies import let_sns_send, queue_arn  # noqa: E402
from server import Server  # noqa: E402

PRODUCERS = 3
CONSUMERS = 3
GROUPS_EACH = 2
SECONDS = 60
TIMEOUT = "600"  # longer than a round: only the test ends it
COUNTS = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]


class Client:
    def __init__(self, post, seed):
        self.post, self.random = post, random.Random(seed)

    def connect(self):
        aws = Aws(self.post.server)
        self.sqs, self.sns = aws.client("sqs", read_timeout=60), aws.client("sns", read_timeout=60)


class Producer(Client):
    """Groups of messages, of which one may have had no answer."""

    def __init__(self, post, number, seed):
        super().__init__(post, seed)
        self.groups = [f"g{number}-{group}" for group in range(GROUPS_EACH)]
        self.sent = {group: [] for group in self.groups}  # in order; all will be acknowledged
        self.owed = None  # the entries of the send whose answer was lost
        self.number, self.serial = number, 0

    def body(self, kind):
        self.serial += 1
        return f"{kind}{self.number}-{self.serial}"

    def step(self):
        self.random.choices([self.in_order, self.to_workers, self.publish], [6, 3, 2])[0]()

    def in_order(self):
        """One message or a batch, perhaps again under the same ids."""
        entries = []
        for number in range(self.random.choice([1, 1, 1, 4])):
            group, body = self.random.choice(self.groups), self.body("f")
            entries.append({"Id": str(number), "MessageBody": body, "MessageGroupId": group, "MessageDeduplicationId": body})
            self.sent[group].append(body)
        self.owed = entries
        self.pay()
        if self.random.random() < 0.2:
            self.owed = entries
            self.pay()

    def pay(self):
        """Sends what had no answer, until it has one."""
        if self.owed:
            answer = ask(self.sqs.send_message_batch, QueueUrl=self.post.fifo, Entries=self.owed)
            if "Failed" in answer:
                raise Violation(f"a batch failed: {answer['Failed']}")
            self.owed = None

    def to_workers(self):
        """Some messages nobody can process."""
        body = self.body("poison" if self.random.random() < 0.2 else "job")
        model = self.post.jobs if body.startswith("job") else self.post.poison
        with self.post.lock:
            model.begin_send(body)
        ask(self.sqs.send_message, QueueUrl=self.post.work, MessageBody=body)
        with self.post.lock:
            model.acknowledge_send(body)

    def publish(self):
        body = self.body("p")
        with self.post.lock:
            for _, model in self.post.fans:
                model.begin_send(body)
        ask(self.sns.publish, TopicArn=self.post.topic, Message=body)
        with self.post.lock:
            for _, model in self.post.fans:
                model.acknowledge_send(body)


class Consumer(Client):
    """What it has received and processed it deletes, sooner or later."""

    def __init__(self, post, seed):
        super().__init__(post, seed)
        self.owed = []  # receipt handles of what was processed, whose deletion had no answer
        self.attempt, self.serial = None, 0

    def step(self):
        self.random.choices([self.in_order, self.work], [6, 4])[0]()

    def in_order(self):
        if self.attempt is None:
            self.serial += 1
            self.attempt = f"{id(self)}-{self.serial}"
        answer = ask(self.sqs.receive_message, QueueUrl=self.post.fifo, MaxNumberOfMessages=self.random.randint(1, 10),
                     ReceiveRequestAttemptId=self.attempt, MessageSystemAttributeNames=["MessageGroupId"],
                     WaitTimeSeconds=self.random.choice([0, 1]))
        if self.random.random() < 0.1 and answer.get("Messages"):
            # As if the answer had been lost: the same messages come again, with the same handles.
            again = ask(self.sqs.receive_message, QueueUrl=self.post.fifo, ReceiveRequestAttemptId=self.attempt,
                        MessageSystemAttributeNames=["MessageGroupId"])
            if [m["ReceiptHandle"] for m in again.get("Messages", [])] != [m["ReceiptHandle"] for m in answer["Messages"]]:
                raise Violation(f"a repeated receive has {again.get('Messages')}, the first had {answer['Messages']}")
        self.attempt = None
        messages = answer.get("Messages", [])
        if self.random.random() < 0.1:
            for message in messages:  # it cannot process them now
                ask(self.sqs.change_message_visibility, QueueUrl=self.post.fifo, ReceiptHandle=message["ReceiptHandle"],
                    VisibilityTimeout=0)
            return
        self.post.process(messages)
        self.owed += [message["ReceiptHandle"] for message in messages]
        self.pay()

    def pay(self):
        """Deletes what was processed, now and then twice."""
        while self.owed:
            for _ in range(1 + (self.random.random() < 0.1)):
                ask(self.sqs.delete_message, QueueUrl=self.post.fifo, ReceiptHandle=self.owed[0])
            self.owed.pop(0)

    def work(self):
        answer = ask(self.sqs.receive_message, QueueUrl=self.post.work, MaxNumberOfMessages=10)
        for message in answer.get("Messages", []):
            body = message["Body"]
            if body.startswith("poison"):
                ask(self.sqs.change_message_visibility, QueueUrl=self.post.work, ReceiptHandle=message["ReceiptHandle"],
                    VisibilityTimeout=0)
                continue
            with self.post.lock:
                self.post.jobs.begin_delete(body)
            ask(self.sqs.delete_message, QueueUrl=self.post.work, ReceiptHandle=message["ReceiptHandle"])
            with self.post.lock:
                self.post.jobs.acknowledge_delete(body)


class Post:
    """The server, its queues, and what was sent and processed."""

    def __init__(self, seed, cells=1):
        self.random = random.Random(seed)
        self.server = Server(cells=cells).start()
        self.load, self.lock = Load(self.server), threading.Lock()
        aws = Aws(self.server)
        sqs, sns = aws.client("sqs"), aws.client("sns")
        make = lambda name, **attributes: sqs.create_queue(
            QueueName=name, Attributes={"VisibilityTimeout": TIMEOUT, **attributes})["QueueUrl"]
        self.fifo = make("order.fifo", FifoQueue="true")
        self.dead = make("dead")
        redrive = json.dumps({"deadLetterTargetArn": queue_arn(sqs, self.dead), "maxReceiveCount": "2"})
        self.work = make("work", RedrivePolicy=redrive)
        self.fans = [(make(f"fan{number}"), Deliveries()) for number in range(2)]
        self.topic = sns.create_topic(Name="topic")["TopicArn"]
        for url, _ in self.fans:
            sns.subscribe(TopicArn=self.topic, Protocol="sqs", Endpoint=let_sns_send(sqs, url, self.topic),
                          Attributes={"RawMessageDelivery": "true"})
        self.jobs, self.poison, self.processed = Messages(), Messages(), {}
        self.producers = [Producer(self, number, self.random.getrandbits(64)) for number in range(PRODUCERS)]
        self.consumers = [Consumer(self, self.random.getrandbits(64)) for _ in range(CONSUMERS)]

    @property
    def done(self):
        return self.load.done

    def close(self):
        self.server.close()

    def process(self, messages):
        with self.lock:
            for message in messages:
                self.processed.setdefault(message["Attributes"]["MessageGroupId"], []).append(message["Body"])

    def round(self):
        """Load, kill -9 in the middle of it, restart, check."""
        clients = [*self.producers, *self.consumers]
        for client in clients:
            client.connect()
        for consumer in self.consumers:
            consumer.pay()
        self.load.until_killed([lambda client=client: client.step for client in clients], self.random.randint(20, 200))
        self.server.start()
        for client in clients:
            client.connect()
        # Nobody knows of the crash but by answers that did not come: what was owed is sent and deleted again.
        for client in self.random.sample(clients, len(clients)):
            client.pay()
        self.sqs = clients[0].sqs
        self.check_order()
        self.check_work()
        for url, model in self.fans:
            model.drained(self.take_all(url, lambda bodies, model=model: model.sent <= set(bodies)))
            self.check_empty(url)

    def count(self, url):
        attributes = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=COUNTS)["Attributes"]
        return tuple(int(attributes[name]) for name in COUNTS)

    def check_empty(self, url):
        if self.count(url) != (0, 0, 0):
            raise Violation(f"{url} is empty and counts {self.count(url)}")

    def check_order(self):
        """What is left of the FIFO queue is processed; then everything was, once and in order."""
        self.server.forward(int(TIMEOUT) + 1)
        counted, left, consumer = self.count(self.fifo), 0, self.consumers[0]
        while True:
            messages = self.sqs.receive_message(QueueUrl=self.fifo, MaxNumberOfMessages=10,
                                                MessageSystemAttributeNames=["MessageGroupId"]).get("Messages", [])
            if not messages:
                break
            left += len(messages)
            self.process(messages)
            consumer.owed += [message["ReceiptHandle"] for message in messages]
            consumer.pay()
        if counted != (left, 0, 0):
            raise Violation(f"the FIFO queue counted {counted} and held {left}")
        self.check_empty(self.fifo)
        self.compare()

    def compare(self):
        """What was processed is what was sent, group by group."""
        sent = {group: bodies for producer in self.producers for group, bodies in producer.sent.items() if bodies}
        if self.processed != sent:
            for group in self.processed.keys() | sent.keys():
                was, should = self.processed.get(group, []), sent.get(group, [])
                if was != should:
                    at = next((n for n, (a, b) in enumerate(zip(was, should)) if a != b), min(len(was), len(should)))
                    raise Violation(f"group {group} differs at {at}: processed {was[at:at + 4]}, sent {should[at:at + 4]}")

    def check_work(self):
        """Each job and each message that nobody can process is in the queue or in the dead-letter queue, once."""
        counted, deadline, found, gone = sum(self.count(self.work)), time.monotonic() + SECONDS, [], []
        while True:
            # A receive moves on what was received too often.
            here = self.take_all(self.work, lambda _: True)
            there = self.take_all(self.dead, lambda _: True)
            found, gone = found + here, gone + there
            if not here and not there and self.jobs.sent | self.poison.sent <= set(found + gone):
                break
            if time.monotonic() > deadline:
                missing = (self.jobs.sent | self.poison.sent) - set(found + gone)
                raise Violation(f"{sorted(missing)[:3]} are in neither queue")
        # What the count had more than was found has gone to the dead-letter queue while it was looked for.
        if not 0 <= counted - len(found) <= len(gone):
            raise Violation(f"the queue counted {counted}, held {len(found)}, and {len(gone)} went on")
        jobs = [body for body in found + gone if body.startswith("job")]
        poison = [body for body in found + gone if not body.startswith("job")]
        for bodies in (jobs, poison):
            if len(bodies) != len(set(bodies)):
                raise Violation(f"messages came twice: {sorted(body for body in set(bodies) if bodies.count(body) > 1)[:3]}")
        self.jobs.drained(jobs)
        self.poison.drained(poison)
        self.check_empty(self.work)
        self.check_empty(self.dead)

    def take_all(self, url, enough):
        """Takes messages out until `enough(bodies)` and an empty receive; waits for deliveries by long polls."""
        bodies = []
        while True:
            wait = 0 if enough(bodies) else 10
            messages = self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=wait).get("Messages", [])
            if not messages:
                return bodies
            self.sqs.delete_message_batch(QueueUrl=url, Entries=[
                {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]} for number, message in enumerate(messages)])
            bodies += [message["Body"] for message in messages]

if __name__ == "__main__":
    rounds.main(Post, __doc__, lambda post: f"{post.done} operations")
