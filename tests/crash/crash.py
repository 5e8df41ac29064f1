#!/usr/bin/env python3
"""Rounds of load and kill -9: `crash.py --rounds N --seed S [--cells N]`. Ends at the first thing lost."""

import argparse
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from world import World  # noqa: E402 (the path comes first)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
    arguments.add_argument("--cells", type=int, default=1)
    given = arguments.parse_args()
    begun = time.monotonic()
    world = World(given.seed, given.cells)
    try:
        for number in range(1, given.rounds + 1):
            world.round()
            print(f"round {number} of {given.rounds}: {world.done} operations, {time.monotonic() - begun:.0f} s", flush=True)
    except BaseException:
        print(f"seed {given.seed}; the server wrote:\n{world.server.log_text()}", file=sys.stderr)
        raise
    finally:
        world.close()
    print(f"{given.rounds} passed, 0 failed (seed {given.seed}, {world.done} operations acknowledged)")


if __name__ == "__main__":
    main()
