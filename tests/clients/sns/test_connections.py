"""Connections to HTTP endpoints: where they may lead, that they are used again, and who has to log in there."""

import hashlib
import json
import pathlib
import re
import subprocess

import pytest
from answers import same
from aws import Aws
from endpoint import Endpoint, figure
from policies import let_sns_send, receive
from server import Server

SOURCE = pathlib.Path(__file__).parents[2] / "support" / "names.c"


@pytest.fixture
def endpoint():
    with Endpoint() as endpoint:
        yield endpoint


def test_connections_are_used_again(sns, topic, endpoint):
    endpoint.confirmed(sns, topic, RawMessageDelivery="true")
    got = []
    for number in range(30):
        sns.publish(TopicArn=topic, Message=str(number))
    got += [endpoint.next() for _ in range(30)]
    for number in range(30, 40):
        sns.publish(TopicArn=topic, Message=str(number))
        got.append(endpoint.next())
    assert sorted(int(one.body) for one in got) == list(range(40))
    assert len({one.connection for one in got}) <= 4, "a subscription has four deliveries under way at a time"


def test_two_topics_share_them(sns, name, endpoint):
    seen = set()
    for _ in range(4):
        topic = sns.create_topic(Name=name())["TopicArn"]
        sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
        seen.add(endpoint.next().connection)
    assert len(seen) < 4


def test_an_endpoint_that_closes_each(own_server, own_aws, endpoint):
    sns = own_aws.client("sns")
    topic = sns.create_topic(Name="t")["TopicArn"]
    endpoint.confirmed(sns, topic, RawMessageDelivery="true")
    seen = set()
    for number in range(5):
        endpoint.answers.put((200, {"Connection": "close"}))
        sns.publish(TopicArn=topic, Message=str(number))
        got = endpoint.next()
        assert got.body == str(number)
        seen.add(got.connection)
    assert len(seen) >= 4 and figure(own_server, "kumiki_sns_failed_tries_total") == 0


def test_an_endpoint_that_hung_up_meanwhile(own_server, own_aws, endpoint, eventually):
    """That is no failed try: the message goes over a new connection at once."""
    sns = own_aws.client("sns")
    topic = sns.create_topic(Name="t")["TopicArn"]
    endpoint.confirmed(sns, topic, RawMessageDelivery="true")
    for number in range(10):
        eventually(lambda: figure(own_server, "kumiki_sns_delivered_total") == number + 1)
        endpoint.hang_up()
        sns.publish(TopicArn=topic, Message=str(number))
        assert endpoint.next().body == str(number)
    assert figure(own_server, "kumiki_sns_failed_tries_total") == 0


# Who has to log in.

BASIC = {"WWW-Authenticate": 'Basic realm="here"'}


def with_login(endpoint, login="me:p%40ss"):
    endpoint.url = endpoint.url.replace("http://", f"http://{login}@")
    return endpoint.url


def test_a_password_is_sent_where_it_is_asked_for(sns, topic, endpoint):
    with_login(endpoint)
    endpoint.answers.put((401, BASIC))
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    first, second = endpoint.next(), endpoint.next()
    assert "authorization" not in first.headers and "@" not in first.headers["host"]
    assert second.headers == {**first.headers, "authorization": "Basic bWU6cEBzcw=="} and second.body == first.body
    # From then on without being asked.
    sns.confirm_subscription(TopicArn=topic, Token=second.json()["Token"])
    sns.publish(TopicArn=topic, Message="m")
    got = endpoint.next()
    assert got.json()["Message"] == "m" and got.headers["authorization"] == "Basic bWU6cEBzcw=="
    assert endpoint.is_idle()


def test_a_name_alone(sns, topic, endpoint):
    with_login(endpoint, "me")
    endpoint.answers.put((401, BASIC))
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    endpoint.next()
    assert endpoint.next().headers["authorization"] == "Basic bWU6"


def test_no_password_is_sent_where_none_is_asked_for(sns, topic, endpoint):
    with_login(endpoint)
    arn = endpoint.confirmed(sns, topic)
    sns.publish(TopicArn=topic, Message="m")
    assert "authorization" not in endpoint.next().headers
    assert sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]["Endpoint"] == endpoint.url


@pytest.mark.parametrize("login, headers", [
    ("me:wrong", BASIC), (None, BASIC), ("me:p", {}), ("me:p", {"WWW-Authenticate": "Negotiate"}),
    ("me:wrong", {"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth"'}),
], ids=["basic", "no-login", "no-challenge", "unknown", "digest"])
def test_an_endpoint_that_lets_nobody_in(sns, sqs, topic, queue, endpoint, login, headers):
    endpoint.confirmed(sns, topic)  # by another address
    if login:
        with_login(endpoint, login)
    endpoint.url += "/locked"
    redrive = json.dumps({"deadLetterTargetArn": let_sns_send(sqs, queue, topic)})
    arn = endpoint.confirmed(sns, topic, RedrivePolicy=redrive)
    tries = 2 if login and "Negotiate" not in str(headers) and headers else 1
    for answer in [(401, headers)] * (tries + 1):  # one of them may go to the other address
        endpoint.answers.put(answer)
    sns.publish(TopicArn=topic, Message="m")
    envelope = json.loads(receive(sqs, queue)[0]["Body"])
    assert envelope["Message"] == "m" and envelope["UnsubscribeURL"].endswith(arn)


class Digests:
    """What RFC 7616 has a server check."""

    def __init__(self, login, algorithm=None, qop="auth", nonce="n0"):
        self.login, self.algorithm, self.qop, self.nonce = login, algorithm, qop, nonce
        self.counts = []

    def challenge(self, **more):
        given = {"realm": '"the, realm"', "nonce": f'"{self.nonce}"', "opaque": '"o="'}
        if self.qop:
            given["qop"] = f'"{self.qop}"'
        if self.algorithm:
            given["algorithm"] = self.algorithm
        return {"WWW-Authenticate": "Digest " + ", ".join(f"{name}={value}" for name, value in {**given, **more}.items())}

    def check(self, got):
        scheme, _, rest = got.headers["authorization"].partition(" ")
        given = {name: quoted or plain for name, quoted, plain in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,]+))', rest)}
        kind = hashlib.sha256 if (self.algorithm or "").startswith("SHA-256") else hashlib.md5

        def hashed(*parts):
            return kind(":".join(parts).encode()).hexdigest()

        user, password = self.login
        assert scheme == "Digest" and (given["username"], given["realm"], given["nonce"], given["opaque"], given["uri"]) == (
            user, "the, realm", self.nonce, "o=", got.path)
        assert given.get("algorithm") == self.algorithm and given.get("qop") == self.qop
        secret = hashed(user, "the, realm", password)
        if (self.algorithm or "").endswith("-sess"):
            secret = hashed(secret, self.nonce, given["cnonce"])
        what = [got.method, got.path]
        if self.qop == "auth-int":
            what.append(hashed(got.body))
        parts = [self.nonce, hashed(*what)]
        if self.qop:
            self.counts.append(int(given["nc"], 16))
            parts[1:1] = [given["nc"], given["cnonce"], self.qop]
        assert given["response"] == hashed(secret, *parts)


@pytest.mark.parametrize("algorithm, qop", [
    (None, "auth"), ("MD5", None), ("MD5-sess", "auth"), ("SHA-256", "auth"), ("SHA-256-sess", "auth-int"), ("MD5", "auth-int"),
])
def test_digests(sns, topic, endpoint, algorithm, qop):
    server = Digests(("me", "p@ss"), algorithm, qop)
    with_login(endpoint)
    endpoint.answers.put((401, server.challenge()))
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    first, second = endpoint.next(), endpoint.next()
    assert "authorization" not in first.headers and first.body == second.body
    server.check(second)
    sns.confirm_subscription(TopicArn=topic, Token=second.json()["Token"])
    for number in range(3):
        sns.publish(TopicArn=topic, Message=str(number))
        got = endpoint.next()
        assert got.json()["Message"] == str(number)
        server.check(got)
    # A nonce that is too old is answered with another one.
    server.nonce = "n1"
    endpoint.answers.put((401, server.challenge(stale="true")))
    sns.publish(TopicArn=topic, Message="after")
    endpoint.next()
    got = endpoint.next()
    assert got.json()["Message"] == "after"
    server.check(got)
    assert server.counts == ([1, 2, 3, 4, 1] if qop else []) and endpoint.is_idle()


def test_the_safer_of_two_ways(sns, topic, endpoint):
    server = Digests(("me", "p@ss"))
    with_login(endpoint)
    challenge = server.challenge()["WWW-Authenticate"]
    endpoint.answers.put((401, {"WWW-Authenticate": f'Basic realm="x", {challenge}'}))
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    endpoint.next()
    server.check(endpoint.next())


# What names mean.


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    made = tmp_path_factory.mktemp("names") / "names.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", made, SOURCE, "-ldl"], check=True, capture_output=True)
    return made


class Names:
    """What names below `.test` mean to a server, lookup by lookup."""

    def __init__(self, library, folder):
        self.file, self.log = folder / "names", folder / "names.asked"
        self.environment = {"LD_PRELOAD": str(library), "NAMES": str(self.file)}

    def mean(self, *lookups):
        self.file.write_text("\n".join(lookups))
        self.log.write_text("")

    def asked(self):
        return self.log.read_text().split()


@pytest.fixture
def names(library, tmp_path):
    return Names(library, tmp_path)


def named(endpoint, name="rebound.test"):
    endpoint.url = f"http://{name}:{endpoint.server.server_port}/in"
    return endpoint.url


def test_a_name_that_means_something_else_later(names, endpoint):
    """Each connection looks the name up once, and goes where it was judged to lead."""
    with Server(environment=names.environment) as server:
        sns, sqs = Aws(server).client("sns"), Aws(server).client("sqs")
        topic, queue = sns.create_topic(Name="t")["TopicArn"], sqs.create_queue(QueueName="q")["QueueUrl"]
        redrive = json.dumps({"deadLetterTargetArn": let_sns_send(sqs, queue, topic)})
        # Were it looked up once to be judged and once more to connect, the second would lead to a metadata service.
        names.mean("127.0.0.1", "169.254.169.254")
        endpoint.answers.put((200, {"Connection": "close"}))
        sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=named(endpoint), Attributes={"RedrivePolicy": redrive})
        got = endpoint.next()
        assert got.headers["host"] == endpoint.url.split("/")[2] and names.asked() == ["rebound.test"]
        sns.confirm_subscription(TopicArn=topic, Token=got.json()["Token"])
        sns.publish(TopicArn=topic, Message="m")
        assert json.loads(receive(sqs, queue)[0]["Body"])["Message"] == "m"
        assert names.asked() == ["rebound.test"] * 2 and endpoint.is_idle()
        assert figure(server, "kumiki_sns_failed_tries_total") == 1, "it is not tried again"
        # An address that is not allowed spoils those that are.
        names.mean("127.0.0.1 169.254.169.254", "127.0.0.1")
        sns.publish(TopicArn=topic, Message="n")
        assert json.loads(receive(sqs, queue)[0]["Body"])["Message"] == "n" and endpoint.is_idle()
        sns.publish(TopicArn=topic, Message="o")
        assert endpoint.next().json()["Message"] == "o"
        # A connection that is open stays where it leads, and asks for no name.
        names.mean("169.254.169.254")
        for text in "pqr":
            sns.publish(TopicArn=topic, Message=text)
            assert endpoint.next().json()["Message"] == text
        assert names.asked() == []


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "169.254.169.254"])
def test_names_of_private_addresses(names, endpoint, eventually, address):
    with Server(environment=names.environment, args=["--sns-private-endpoints", "refuse"]) as server:
        sns = Aws(server).client("sns")
        topic = sns.create_topic(Name="t")["TopicArn"]
        names.mean(address)
        same(sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=named(endpoint)), 200,
             {"SubscriptionArn": "pending confirmation"})
        eventually(lambda: figure(server, "kumiki_sns_given_up_total") == 1)
        assert endpoint.is_idle() and names.asked() == ["rebound.test"]
        assert figure(server, "kumiki_sns_failed_tries_total") == 1


def test_a_name_that_means_nothing(names, endpoint, eventually):
    """That may pass: it is tried again when that is due."""
    with Server(environment=names.environment) as server:
        sns = Aws(server).client("sns")
        topic = sns.create_topic(Name="t")["TopicArn"]
        names.mean("", "127.0.0.1")
        sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=named(endpoint))
        eventually(lambda: figure(server, "kumiki_sns_failed_tries_total") == 1)
        server.forward(21)
        assert endpoint.next().json()["Type"] == "SubscriptionConfirmation"
