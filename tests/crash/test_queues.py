"""Producers, consumers and fan-out under kill -9, twenty times; longer runs: `queues.py --rounds 1000`."""

import random

import pytest
from model import Violation
from queues import Post

SEED = random.SystemRandom().getrandbits(32)


@pytest.fixture(scope="module")
def post():
    post = Post(SEED)
    yield post
    post.close()


@pytest.mark.parametrize("number", range(1, 21))
def test_each_message_is_processed_once_and_in_order(post, number):
    print(f"seed {SEED}, round {number}")
    post.round()


@pytest.mark.parametrize("processed, right", [
    ("abc", True), ("ab", False), ("abbc", False), ("acb", False), ("abcd", False)])
def test_what_is_lost_doubled_or_out_of_order_is_noticed(processed, right):
    post = Post.__new__(Post)
    producer = type("Producer", (), {"sent": {"g": list("abc"), "none": []}})
    post.processed, post.producers = {"g": list(processed)}, [producer]
    if right:
        post.compare()
    else:
        with pytest.raises(Violation):
            post.compare()
