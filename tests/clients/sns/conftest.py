"""Fixtures of SNS."""

import pytest
from endpoint import Endpoint


@pytest.fixture
def endpoint():
    """An HTTP endpoint of a subscription."""
    with Endpoint() as endpoint:
        yield endpoint
