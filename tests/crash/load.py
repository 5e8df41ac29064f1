"""Clients that work until the server is killed in the middle of it."""

import threading

from botocore.exceptions import ClientError, EndpointConnectionError, HTTPClientError
from model import Violation
from server import STILL_SECONDS_MAX

LOST = (HTTPClientError, EndpointConnectionError)  # no answer came


class Dead(Exception):
    """The server is gone; the client ends."""


def ask(call, **given):
    """One request; `Dead` where its answer is lost."""
    try:
        return call(**given)
    except LOST as lost:
        raise Dead from lost
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 503:
            raise Dead from error
        raise


class Load:
    """What the clients of a server have done, all together."""

    def __init__(self, server):
        self.server = server
        self.condition, self.done = threading.Condition(), 0

    def progress(self):
        with self.condition:
            self.done += 1
            self.condition.notify_all()

    def until_killed(self, steps, more):
        """Each of `steps` is repeated by a thread of its own; after `more` of them the server is killed."""
        errors = []

        def work(step):
            try:
                while True:
                    step()
                    self.progress()
            except Dead:
                return
            except BaseException as error:
                errors.append(error)
                with self.condition:
                    self.condition.notify_all()

        threads = [threading.Thread(target=work, args=(step,)) for step in steps]
        goal, moving = self.done + more, True
        for thread in threads:
            thread.start()
        with self.condition:
            while moving and self.done < goal and not errors:
                moving = self.condition.wait(timeout=STILL_SECONDS_MAX)
        stacks = "" if moving or errors else self.server.stacks()
        self.server.kill()
        for thread in threads:
            thread.join()
        if errors:
            raise errors[0]
        if not moving:
            raise Violation(f"the load came to a stop: {stacks}{self.server.log_text()}")
