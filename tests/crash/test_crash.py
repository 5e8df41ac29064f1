"""kill -9 under load, twenty times; longer runs: `crash.py --rounds 1000`."""

import random

import pytest
from model import Keys, Messages, Order, Violation
from world import World

SEED = random.SystemRandom().getrandbits(32)


@pytest.fixture(scope="module")
def world():
    world = World(SEED)
    yield world
    world.close()


@pytest.mark.parametrize("number", range(1, 21))
def test_nothing_acknowledged_is_lost(world, number):
    print(f"seed {SEED}, round {number}")
    world.round()


def test_the_model_notices_a_lost_object():
    keys = Keys()
    keys.begin("k", "new")
    keys.saw("k", None)  # not acknowledged: either is right
    keys.acknowledge("k", "new")
    with pytest.raises(Violation):
        keys.saw("k", None)


def test_the_model_notices_a_lost_and_a_risen_message():
    messages = Messages()
    messages.begin_send("a")
    messages.acknowledge_send("a")
    with pytest.raises(Violation):
        messages.drained([])
    messages.begin_delete("a")
    messages.acknowledge_delete("a")
    with pytest.raises(Violation):
        messages.check_known("a")


@pytest.mark.parametrize("bodies, right", [("abc", True), ("ac", True), ("ab", False), ("bac", False), ("abcc", False)])
def test_the_model_notices_a_broken_order(bodies, right):
    order = Order()
    order.sends = [("a", True), ("b", False), ("c", True)]
    if right:
        order.check(list(bodies))
    else:
        with pytest.raises(Violation):
            order.check(list(bodies))
