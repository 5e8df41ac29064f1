"""Rounds of a world that is hurt again and again, from the command line: `FILE --rounds N --seed S [--cells C]`."""

import argparse
import random
import sys
import time


def main(make, description, done, *, cells=True, said=lambda world: world.server.log_text()):
    """Plays the rounds of the world that `make` makes of a seed (and a number of cells). `done` says what was done, `said`
    what happened where it goes wrong."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("--rounds", type=int, default=20)
    arguments.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
    if cells:
        arguments.add_argument("--cells", type=int, default=1)
    given = arguments.parse_args()
    begun = time.monotonic()
    world = make(given.seed, given.cells) if cells else make(given.seed)
    try:
        for number in range(1, given.rounds + 1):
            world.round()
            print(f"round {number} of {given.rounds}: {done(world)}, {time.monotonic() - begun:.0f} s", flush=True)
    except BaseException:
        print(f"seed {given.seed}; the server wrote:\n{said(world)}", file=sys.stderr)
        raise
    finally:
        world.close()
    print(f"{given.rounds} passed, 0 failed (seed {given.seed}, {done(world)})")
