"""What the clients know: acknowledged effects, and those whose answer never came.

Each key, upload and message belongs to one worker, so its history is one line. After an operation whose answer was lost,
both its outcome and the state before are possible, until the check after the restart sees which one it was.
"""

import hashlib


def digest(data):
    return hashlib.sha256(data).hexdigest()


class Violation(AssertionError):
    """The server lost, invented or changed something."""


class Keys:
    """The objects of one bucket: key -> the digests that are possible, None for no object."""

    def __init__(self):
        self.possible = {}

    def begin(self, key, outcome):
        """An operation is sent that would leave `outcome`."""
        self.possible.setdefault(key, {None}).add(outcome)

    def acknowledge(self, key, outcome):
        self.possible[key] = {outcome}

    def saw(self, key, outcome):
        """After a restart: what is there settles what happened."""
        if outcome not in self.possible.get(key, {None}):
            raise Violation(f"object {key!r} is {outcome}, possible were {self.possible.get(key, {None})}")
        self.possible[key] = {outcome}

    def settled(self):
        """key -> digest of everything that is there. Only after every key was seen."""
        return {key: next(iter(states)) for key, states in self.possible.items() if states != {None}}


class Messages:
    """The messages of one queue, by their bodies, which are unique."""

    def __init__(self):
        self.sent = set()       # acknowledged, and no delete was sent
        self.unsure = set()     # a send or a delete whose answer was lost
        self.deleting = set()   # of those: a delete was sent, perhaps before the sender saw its answer
        self.deleted = set()    # the delete was acknowledged: never again

    def begin_send(self, body):
        self.unsure.add(body)

    def acknowledge_send(self, body):
        if body not in self.deleting and body not in self.deleted:
            self.unsure.discard(body)
            self.sent.add(body)

    def begin_delete(self, body):
        self.check_known(body)
        self.sent.discard(body)
        self.unsure.add(body)
        self.deleting.add(body)

    def acknowledge_delete(self, body):
        self.unsure.discard(body)
        self.deleting.discard(body)
        self.deleted.add(body)

    def check_known(self, body):
        """A received message must be one that may be there."""
        if body in self.deleted:
            raise Violation(f"message {body!r} came back after its delete was acknowledged")
        if body not in self.sent and body not in self.unsure:
            raise Violation(f"message {body!r} was never sent")

    def drained(self, bodies):
        """Everything that is in the queue, taken out: nothing that was acknowledged may be missing."""
        for body in bodies:
            self.check_known(body)
        missing = self.sent - set(bodies)
        if missing:
            raise Violation(f"{len(missing)} acknowledged messages are gone, one is {sorted(missing)[0]!r}")
        self.deleted |= set(bodies)
        self.sent, self.unsure, self.deleting = set(), set(), set()


class Deliveries(Messages):
    """What a bucket or a topic passes on: at least once, so a repeat is right, also of one that was deleted."""

    def __init__(self):
        super().__init__()
        self.ever = set()

    def begin_send(self, body):
        super().begin_send(body)
        self.ever.add(body)

    def check_known(self, body):
        if body not in self.ever:
            raise Violation(f"{body!r} was delivered and never published")


class Order:
    """The sends of one FIFO group, in the order they were made; `sure` where the answer came."""

    def __init__(self):
        self.sends = []

    def check(self, bodies):
        """What came out must be the sends in their order, leaving out at most unsure ones."""
        expected = iter(self.sends)
        for body in bodies:
            for sent, sure in expected:
                if sent == body:
                    break
                if sure:
                    raise Violation(f"FIFO message {sent!r} is missing or late before {body!r}")
            else:
                raise Violation(f"FIFO message {body!r} is out of order, repeated or was never sent")
        left = [sent for sent, sure in expected if sure]
        if left:
            raise Violation(f"FIFO messages are gone: {left[:3]}")
        self.sends = []
