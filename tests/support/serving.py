"""Runs a command beside a fresh server: `serving.py COMMAND...`.

The command finds the server in the variables that AWS's SDKs read, and over TLS in KUMIKI_HTTPS and KUMIKI_CA.
"""

import os
import subprocess
import sys

from server import Server


def main():
    with Server() as server:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            "AWS_ENDPOINT_URL": server.endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true",
            "KUMIKI_HTTPS": f"https://localhost:{server.port}", "KUMIKI_CA": server.ca_file(),
        }
        status = subprocess.run(sys.argv[1:], env=environment).returncode
        if not server.running():
            print(server.log_text(), file=sys.stderr)
            status = status or 1
    sys.exit(status)


if __name__ == "__main__":
    main()
