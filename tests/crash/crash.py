#!/usr/bin/env python3
"""Rounds of load and kill -9: `crash.py --rounds N --seed S [--cells N]`. Ends at the first thing lost."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import rounds  # noqa: E402 (the path comes first)
from world import World  # noqa: E402


if __name__ == "__main__":
    rounds.main(World, __doc__, lambda world: f"{world.done} operations")
