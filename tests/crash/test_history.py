"""Histories of contention for few keys are linearizable, through kill -9; and the checker tells those that are not."""

import itertools
import random

import pytest
from history import Arena
from linear import LOST, Operation, linearize, steps

SEED = random.SystemRandom().getrandbits(32)


@pytest.fixture(scope="module")
def arena():
    arena = Arena(SEED)
    yield arena
    arena.close()


@pytest.mark.parametrize("number", range(1, 21))
def test_what_clients_see_is_linearizable(arena, number):
    print(f"seed {SEED}, round {number}")
    arena.round()


def op(began, ended, kind, given=None, condition=None, answer="ok"):
    return Operation(began, ended, kind, given, condition, answer)


def read(began, ended, tag):
    return op(began, ended, "read", answer=tag)


WRONG = {
    "a read of what was replaced": [op(0, 1, "put", "a"), op(2, 3, "put", "b"), read(4, 5, "a")],
    "a read of what nobody wrote": [op(0, 1, "put", "a"), read(2, 3, "b")],
    "an acknowledged write that is gone": [op(0, 1, "put", "a"), read(2, 3, None)],
    "what was deleted is back": [op(0, 1, "put", "a"), op(2, 3, "delete"), read(4, 5, "a")],
    "two reads in opposite orders": [
        op(0, 9, "put", "a"), op(0, 9, "put", "b"), read(1, 2, "a"), read(3, 4, "b"), read(5, 6, "a")],
    "a write that was seen and then was not": [op(0, 9, "put", "a"), read(1, 2, "a"), read(3, 4, None)],
    "two creations, both acknowledged": [op(0, 5, "create", "a"), op(1, 6, "create", "b")],
    "a creation refused where nothing is": [op(0, 1, "create", "a", answer="PreconditionFailed")],
    "two replacements of one": [
        op(0, 1, "put", "a"), op(2, 8, "replace", "b", "a"), op(3, 9, "replace", "c", "a")],
    "a replacement refused though it fits": [
        op(0, 1, "put", "a"), op(2, 3, "replace", "b", "a", answer="PreconditionFailed")],
    "a deletion on a condition that does not hold": [op(0, 1, "put", "a"), op(2, 3, "delete_if", None, "b")],
    "a lost write that comes after the crash": [
        op(0, 5, "put", "a", answer=LOST), read(6, 7, None), read(8, 9, "a")],
    "a lost creation where something is": [
        op(0, 1, "put", "a"), op(2, 5, "create", "b", answer=LOST), read(6, 7, "b")],
}


@pytest.mark.parametrize("name", WRONG)
def test_histories_that_are_not_linearizable_are_noticed(name):
    assert linearize(None, WRONG[name]) is None


@pytest.mark.parametrize("history", [
    [],
    [op(0, 9, "put", "a"), op(0, 9, "put", "b"), read(1, 2, "b"), read(3, 4, "a")],
    [op(0, 5, "put", "a", answer=LOST), read(6, 7, None)],
    [op(0, 5, "put", "a", answer=LOST), read(6, 7, "a")],
    [op(0, 5, "create", "a"), op(1, 6, "create", "b", answer="PreconditionFailed"), read(7, 8, "a")],
    [op(0, 5, "delete_if", None, "a"), read(6, 7, None)],
])
def test_histories_that_are_linearizable_pass(history):
    assert linearize(None, history) is not None


def brute(initial, history):
    """The definition itself: every order that keeps what ended before something else began in front of it."""
    for order in itertools.permutations(history):
        if any(later.ended < earlier.began for earlier, later in itertools.combinations(order, 2)):
            continue
        states = {initial}
        for operation in order:
            states = {after for state in states for after in steps(operation, state)}
        if states:
            return True
    return False


def test_the_search_agrees_with_the_definition():
    chosen, verdicts = random.Random(7), set()
    for _ in range(3000):
        history = []
        for _ in range(chosen.randint(1, 5)):
            began = chosen.randrange(8)
            kind = chosen.choice(["read", "read", "put", "create", "replace", "delete", "delete_if"])
            answer = chosen.choice(["a", "b", None]) if kind == "read" else chosen.choice(
                ["ok", "ok", LOST, "PreconditionFailed"])
            given = chosen.choice("ab") if kind in ("put", "create", "replace") else None
            condition = chosen.choice("ab") if kind in ("replace", "delete_if") else None
            history.append(Operation(began, began + chosen.randint(0, 5), kind, given, condition, answer))
        verdict = linearize("a", history) is not None
        assert verdict == brute("a", history), history
        verdicts.add(verdict)
    assert verdicts == {True, False}
