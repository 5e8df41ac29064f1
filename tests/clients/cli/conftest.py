"""What the tests of the AWS CLI share."""

import pytest
from awscli_runs import Cli


@pytest.fixture
def cli(server, tmp_path):
    """Runs `aws WORDS` in an empty home and answers its output."""
    return Cli(server, tmp_path)
