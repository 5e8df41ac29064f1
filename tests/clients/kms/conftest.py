"""Fixtures of KMS."""

import time

import pytest


@pytest.fixture(scope="session")
def kms(aws):
    return aws.client("kms")


@pytest.fixture
def key(kms):
    """The metadata of a fresh symmetric key."""
    return kms.create_key()["KeyMetadata"]


@pytest.fixture
def eventually():
    """Waits until a condition holds."""
    def wait(condition, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not come true"
            time.sleep(0.05)
    return wait
