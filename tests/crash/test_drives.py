"""Drives at fault under load and kill -9, twenty times; longer runs: `drives.py --rounds 1000`."""

import random

import pytest
from drives import SPARE, World
from model import Violation

SEED = random.SystemRandom().getrandbits(32)


@pytest.fixture(scope="module")
def world():
    world = World(SEED)
    yield world
    world.close()


@pytest.mark.parametrize("number", range(1, 21))
def test_nothing_is_lost_with_two_drives_at_fault(world, number):
    print(f"seed {SEED}, round {number}")
    world.round()


@pytest.mark.parametrize("what", ["e", "l"])
def test_more_faults_than_there_are_spare_drives_are_noticed(world, what):
    """Faults that are not there would prove nothing."""
    worker = world.workers[0]
    worker.random = random.Random(1)
    for drive in range(SPARE + 1):
        world.calls(drive, what)
    try:
        with pytest.raises(Violation):
            for _ in range(100):
                worker.get()
    finally:
        for drive in range(SPARE + 1):
            world.calls(drive, ".")
        world.server.restart()
        world.whole()
