"""The AWS CLI (v1), as a user types it: only AWS_ENDPOINT_URL and the credentials are set."""

import json
import os
import pathlib
import re
import subprocess
import sys

from answers import agree

AWS = str(pathlib.Path(sys.executable).parent / "aws")
# The same, where clients put something before the host: Debian's resolver does not know `*.localhost`.
AWS_BELOW_LOCALHOST = [sys.executable, "-c", f"""
import sys
sys.path.insert(0, {str(pathlib.Path(__file__).parent)!r})
from server import resolve_localhost
resolve_localhost()
from awscli.clidriver import main
sys.exit(main())
"""]


class Cli:
    """Runs `aws WORDS` in an empty home and answers its output."""

    def __init__(self, server, home):
        self.server, self.home = server, home
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(home), "AWS_ENDPOINT_URL": server.endpoint,
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true", "LC_ALL": "C.UTF-8",
        }

    def __call__(self, *words, stdin=None, fails=False, binary=False, below_localhost=False):
        if words[0] == "sqs":  # version 1 of the CLI sends these to Amazon whatever AWS_ENDPOINT_URL says
            words = ("--endpoint-url", self.server.endpoint, *words)
        program = [AWS]
        if below_localhost:
            program, words = AWS_BELOW_LOCALHOST, ("--endpoint-url", f"http://localhost:{self.server.port}", *words)
        done = subprocess.run([*program, *words], input=stdin, capture_output=True, env=self.environment, cwd=self.home, timeout=120)
        assert (done.returncode != 0) == fails, done.stderr.decode()
        if fails:
            return done.stderr.decode()
        # Without progress lines, and the blanks that wipe them out.
        return done.stdout if binary else re.sub(r"[^\n]*\r| +$", "", done.stdout.decode(), flags=re.MULTILINE)


def answer(output):
    return json.loads(output) if output.strip() else None


def _words(words):
    return [word if isinstance(word, str) else json.dumps(word) for word in words]


def comparing(cli, service):
    """Runs `aws SERVICE WORDS`, and compares all that is printed."""
    def run(expected, *words):
        seen = answer(cli(service, *_words(words)))
        agree(seen, expected)
        return seen
    return run


def refusing(cli, *service):
    """Fails unless the CLI says this error and nothing else."""
    def run(code, operation, message, *words):
        said = cli(*service, *_words(words), fails=True).strip().removeprefix("aws: [ERROR]: ")
        agree(said, f"An error occurred ({code}) when calling the {operation} operation: {message}")
    return run
