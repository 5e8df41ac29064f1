"""Fixtures: one server for the session, clients of it, and fresh names.

`KUMIKI_TEST_CELLS=1,3` runs everything once with each number of cells; `KUMIKI_TEST_ENDPOINT` uses a server that is
running already (tests that need one of their own are skipped then).
"""

import itertools
import os
import secrets
import time

import pytest

pytest.register_assert_rewrite("answers")

from aws import Aws  # noqa: E402 (pytest explains the asserts of modules imported after the line above)
from identities import Root, User  # noqa: E402
from server import External, Server, resolve_localhost  # noqa: E402

resolve_localhost()

CELLS = [int(cells) for cells in os.environ.get("KUMIKI_TEST_CELLS", "1").split(",")]
_count = itertools.count()
_run = secrets.token_hex(3)


def pytest_configure():
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"


@pytest.fixture(scope="session", params=CELLS, ids=lambda cells: f"cells{cells}")
def server(request):
    """The server that most tests share."""
    running = os.environ.get("KUMIKI_TEST_ENDPOINT")
    server = External(running) if running else Server(cells=request.param).start()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def alive(server):
    """A test that ends the shared server fails, with what the server wrote; the next ones find it running again."""
    yield
    if not server.running():
        status, log = server.process.returncode, server.log_text()
        server.start()
        pytest.fail(f"the server ended with {status}:\n{log}")


@pytest.fixture
def own_server():
    """A server of the test's own: to stop, to kill, to turn its clock."""
    if os.environ.get("KUMIKI_TEST_ENDPOINT"):
        pytest.skip("needs a server of its own")
    with Server(cells=CELLS[-1]) as server:
        yield server


@pytest.fixture(scope="session")
def aws(server):
    """Makes clients of the shared server."""
    return Aws(server)


@pytest.fixture
def own_aws(own_server):
    """Makes clients of the test's own server."""
    return Aws(own_server)


@pytest.fixture(scope="session")
def s3(aws):
    return aws.client("s3")


@pytest.fixture(scope="session")
def sqs(aws):
    return aws.client("sqs")


@pytest.fixture(scope="session")
def sns(aws):
    return aws.client("sns")


@pytest.fixture(scope="session")
def iam(aws):
    # The server's own answer to what boto3 would not send.
    return aws.client("iam", parameter_validation=False)


@pytest.fixture
def user(aws, iam, name):
    """Makes IAM users that have a key."""
    return lambda **given: User(aws, iam, name("user"), **given)


@pytest.fixture(scope="session")
def other(server, aws):
    """The root of another account."""
    if os.environ.get("KUMIKI_TEST_ENDPOINT"):
        pytest.skip("needs the operator's commands")
    return Root(aws, server, "111122223333")


@pytest.fixture(params=["http", "https"])
def scheme(request):
    """Both transports. SDKs send checksums as trailers over https only."""
    return request.param


@pytest.fixture
def name():
    """Makes names that nothing else in this run has."""
    return lambda kind="t": f"{kind}-{_run}-{next(_count)}"


@pytest.fixture
def bucket(s3, name):
    """An empty bucket."""
    made = name("bucket")
    s3.create_bucket(Bucket=made)
    return made


@pytest.fixture
def queue(sqs, name):
    """The URL of an empty standard queue."""
    return sqs.create_queue(QueueName=name("queue"))["QueueUrl"]


@pytest.fixture
def fifo(sqs, name):
    """The URL of an empty FIFO queue without content-based deduplication."""
    return sqs.create_queue(QueueName=name("queue") + ".fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]


@pytest.fixture
def topic(sns, name):
    """The ARN of a standard topic without subscriptions."""
    return sns.create_topic(Name=name("topic"))["TopicArn"]


@pytest.fixture
def eventually():
    """Waits until a condition holds. Each look is a request, which gives the server its turn."""
    def wait(condition, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not come true"
    return wait
