"""Whether a recorded history of one key could have happened one operation at a time.

The search of Wing and Gong with Lowe's memory of what was tried ("Testing for linearizability", 2017), as in Porcupine:
an operation may come next if none that is still to come ended before it began. Histories are checked key by key, which is
enough: a history is linearizable exactly when that of each object is (Herlihy and Wing, 1990).
"""

from dataclasses import dataclass
from typing import Any

LOST = "lost"  # no answer came: it happened before the server died, or never


@dataclass(frozen=True)
class Operation:
    """One operation on one key, from `began` to `ended`. A state is an ETag, or None where there is no object."""

    began: int
    ended: int
    kind: str
    given: Any  # the tag that it writes
    condition: Any  # the tag that it wants there
    answer: Any  # of reads: what they saw; of others: the code of the answer, or LOST


def steps(operation, state):
    """The states that `operation` may leave where it finds `state`; none where its answer would have been another."""
    kind, answer = operation.kind, operation.answer
    if kind == "read":
        return (state,) if answer == state else ()
    wanted = {
        "put": lambda: "ok",
        "create": lambda: "ok" if state is None else "PreconditionFailed",
        "replace": lambda: "NoSuchKey" if state is None else "ok" if state == operation.condition else "PreconditionFailed",
        "delete": lambda: "ok",
        "delete_if": lambda: "ok" if state is None or state == operation.condition else "PreconditionFailed",
    }[kind]()
    # What is hidden by a delete marker is there without a tag, what never was is not.
    either = kind == "delete_if" and state is None and answer == "PreconditionFailed"
    left = operation.given if wanted == "ok" else state
    if answer == LOST:
        return (state, left) if left != state else (state,)
    return (left if not either else state,) if answer == wanted or either else ()


def linearize(initial, history):
    """The order in which `history` can have happened and the state at its end, or None where there is no such order."""
    history = sorted(history, key=lambda operation: (operation.began, operation.ended))
    whole = (1 << len(history)) - 1
    tried = set()
    stack = [(0, initial, None)]  # what has happened as bits, the state, how it came to be
    while stack:
        done, state, way = stack.pop()
        if done == whole:
            order = []
            while way:
                number, way = way
                order.append(history[number])
            return order[::-1], state
        if (done, state) in tried:
            continue
        tried.add((done, state))
        for number in candidates(history, done):
            for after in steps(history[number], state):
                stack.append((done | 1 << number, after, (number, way)))
    return None


def candidates(history, done):
    """Those that may come next: begun before any other that is to come has ended."""
    first = (~done & (done + 1)).bit_length() - 1  # the lowest that has not happened
    found, ended = [], None
    for number in range(first, len(history)):
        if done >> number & 1:
            continue
        operation = history[number]
        if ended is not None and operation.began > ended:
            break
        ended = operation.ended if ended is None else min(ended, operation.ended)
        found.append(number)
    return [number for number in found if history[number].began <= ended]
