"""Clients that work until the server is killed in the middle of it."""

import threading
import time

from botocore.exceptions import ClientError, EndpointConnectionError, HTTPClientError
from model import Violation
from server import STILL_SECONDS_MAX

LOST = (HTTPClientError, EndpointConnectionError)  # no answer came


class Dead(Exception):
    """The server is gone; the client ends."""


def unavailable(error):
    """A server that ends may say that it is not available."""
    if error.response["ResponseMetadata"]["HTTPStatusCode"] == 503:
        raise Dead from error


def ask(call, *, judge=unavailable, **given):
    """One request; `Dead` where its answer is lost. `judge` may take a refusal for something else."""
    try:
        return call(**given)
    except LOST as lost:
        raise Dead from lost
    except ClientError as error:
        judge(error)
        raise


class Load:
    """What the clients of a server do, all together. Anything but a lost answer is an error of the server; where
    `must_answer`, a lost answer is one as well until the server is killed. `said`: what tells of the server then."""

    def __init__(self, server, *, must_answer=False, said=None):
        self.server, self.must_answer, self.said = server, must_answer, said or server.log_text
        self.condition, self.done = threading.Condition(), 0
        self.threads, self.errors, self.is_over = [], [], False

    def begin(self, clients):
        """Each of `clients` has a thread of its own; it is called there, and what it answers is called again and again."""
        self.errors, self.is_over = [], False
        self.threads = [threading.Thread(target=self.work, args=(client,)) for client in clients]
        for thread in self.threads:
            thread.start()

    def work(self, client):
        try:
            step = client()
            while True:
                step()
                with self.condition:
                    self.done += 1
                    self.condition.notify_all()
        except Dead:
            if self.must_answer and not self.is_over:
                self.fails(Violation(f"a request had no answer: {self.server.stacks()}{self.said()}"))
        except BaseException as error:
            self.fails(error)

    def fails(self, error):
        with self.condition:
            self.errors.append(error)
            self.condition.notify_all()

    def until(self, more):
        """Waits for so many more steps; whether they came."""
        with self.condition:
            goal, moving = self.done + more, True
            while moving and self.done < goal and not self.errors:
                moving = self.condition.wait(timeout=STILL_SECONDS_MAX)
        if not moving:
            self.fails(Violation(f"the load came to a stop: {self.server.stacks()}{self.said()}"))
        return not self.errors

    def end(self):
        """Kills the server; answers when."""
        self.is_over = True
        self.server.kill()
        died = time.monotonic_ns()
        for thread in self.threads:
            thread.join()
        if self.errors:
            raise self.errors[0]
        return died

    def until_killed(self, clients, more):
        """A load of so many steps, in the middle of which the server is killed; answers when it was."""
        self.begin(clients)
        self.until(more)
        return self.end()
