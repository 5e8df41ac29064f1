#!/usr/bin/env python3
"""Runs the commands of README.md against a fresh server and compares their output with the blocks that follow them."""

import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tests/support"))

from server import Server  # noqa: E402 (the path comes first)

MARK = "---- end of block ----"


def blocks(text):
    """(commands, expected output) of each exercise step."""
    found = re.findall(r"^```(sh|text)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    steps = []
    for kind, body in found:
        if kind == "sh":
            steps.append([body, ""])
        else:
            steps[-1][1] = body
    return steps


def matches(expected, seen):
    """Whether the output is the expected one, `…` standing for anything."""
    pattern = ".*".join(re.escape(part) for part in expected.strip().split("…"))
    return re.fullmatch(pattern, seen.strip(), re.DOTALL) is not None


def main():
    steps = blocks((HERE / "README.md").read_text())
    with Server() as server, tempfile.TemporaryDirectory(prefix="kumiki-hands-on-") as folder:
        script = "set -e\n" + "".join(f"{commands}\necho '{MARK}'\n" for commands, _ in steps)
        done = subprocess.run(["bash", "-c", f"export AWS_ENDPOINT_URL={server.endpoint}\n{script}"], cwd=folder,
                              stdout=subprocess.PIPE, timeout=300)
    outputs = re.sub(r"[^\n]*\r", "", done.stdout.decode()).split(MARK)  # without the CLI's progress lines
    for (commands, expected), seen in zip(steps, outputs):
        print(f"$ {commands.strip()}\n{seen.strip()}\n")
        if not matches(expected, seen):
            raise SystemExit(f"README.md promises:\n{expected}")
    if done.returncode != 0 or len(outputs) != len(steps) + 1:
        raise SystemExit(f"the commands ended with status {done.returncode} after {len(outputs) - 1} of {len(steps)} blocks")


if __name__ == "__main__":
    main()
