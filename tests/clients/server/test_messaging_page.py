"""Every command of docs/messaging.md, as a reader types it."""

import os
import pathlib
import re
import subprocess
import sys

from server import ROOT, binary

EXPECTED = re.compile(r"^(?P<command>.*?) +# => (?P<text>.*)$")


def script(server, page):
    """The page's commands as one script, and what some of them must print."""
    lines, expected = ["set -e -o pipefail", 'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }',
                       f'kumiki() {{ {binary()} "$@" --data {server.data}; }}'], []
    for block in re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if match := EXPECTED.match(line):
                lines.append(f"{{ {match['command']}; }} > out.{len(expected)}")
                expected.append(match["text"])
            else:
                lines.append(line)
    return "\n".join(lines), expected


def test_every_command(own_server, tmp_path):
    page = (ROOT / "docs" / "messaging.md").read_text()
    commands, expected = script(own_server, page)
    assert len(expected) >= 7
    environment = {
        "PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8",
        "AWS_ENDPOINT_URL": own_server.endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
    }
    done = subprocess.run(["bash", "-c", commands], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    printed = [(tmp_path / f"out.{number}").read_text().strip() for number in range(len(expected))]
    assert printed == expected, done.stdout + done.stderr
