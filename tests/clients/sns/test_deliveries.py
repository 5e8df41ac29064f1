"""Deliveries to HTTP endpoints that fail, are slow, or may not be made."""

import json
import socket

import pytest
from answers import Text, same
from aws import Aws
from endpoint import Endpoint, figure
from policies import let_sns_send, receive
from server import Server
from sns_answers import invalid


@pytest.fixture
def own(own_aws):
    sns = own_aws.client("sns")
    return sns, sns.create_topic(Name="t")["TopicArn"]


def retries(numbers=3, least=5, most=5, **more):
    return {"numRetries": numbers, "minDelayTarget": least, "maxDelayTarget": most, **more}


def policy(**parts):
    return json.dumps(parts)


def test_retries_come_when_they_are_due(own_server, own, endpoint, eventually):
    sns, topic = own
    endpoint.confirmed(sns, topic, DeliveryPolicy=policy(healthyRetryPolicy=retries(
        5, 10, 30, numNoDelayRetries=1, numMinDelayRetries=1, numMaxDelayRetries=1, backoffFunction="linear")))
    for _ in range(5):
        endpoint.answers.put(503)
    sent = sns.publish(TopicArn=topic, Message="m")["MessageId"]
    # At once, once more without delay, after 10 s (before the back-off), 10 s and 30 s (in it), 30 s (after it).
    for failed, wait_s in ((2, 10), (3, 10), (4, 30), (5, 30)):
        eventually(lambda: figure(own_server, "kumiki_sns_failed_tries_total") == failed)
        own_server.forward(wait_s - 4)
        assert figure(own_server, "kumiki_sns_failed_tries_total") == failed
        own_server.forward(5)
    eventually(lambda: figure(own_server, "kumiki_sns_delivered_total") == 2)
    got = [endpoint.next() for _ in range(6)]
    assert {one.headers["x-amz-sns-message-id"] for one in got} == {sent} and endpoint.is_idle()
    assert {one.body for one in got} == {got[0].body}


@pytest.mark.parametrize("raw", ["false", "true"])
def test_a_dead_letter_queue_takes_what_is_given_up(own_server, own_aws, own, endpoint, eventually, raw):
    (sns, topic), sqs = own, own_aws.client("sqs")
    url = sqs.create_queue(QueueName="dead")["QueueUrl"]
    dead = let_sns_send(sqs, url, topic)
    subscription = endpoint.confirmed(
        sns, topic, RawMessageDelivery=raw, RedrivePolicy=json.dumps({"deadLetterTargetArn": dead}),
        DeliveryPolicy=policy(healthyRetryPolicy=retries(2, 20, 20)))
    for _ in range(3):
        endpoint.answers.put(500)
    given = {"a": {"DataType": "String", "StringValue": "b"}}
    sent = sns.publish(TopicArn=topic, Message="m", MessageAttributes=given)["MessageId"]
    for failed in (1, 2):
        eventually(lambda: figure(own_server, "kumiki_sns_failed_tries_total") == failed)
        own_server.forward(21)
    received = receive(sqs, url, MessageAttributeNames=["All"])[0]
    if raw == "true":
        assert (received["Body"], received["MessageAttributes"]) == ("m", given)
    else:
        body = json.loads(received["Body"])
        assert (body["MessageId"], body["Message"], body["Type"]) == (sent, "m", "Notification")
        assert body["UnsubscribeURL"].endswith(subscription) and body["Signature"]
        assert "MessageAttributes" not in received
    assert [endpoint.next().body for _ in range(3)] and endpoint.is_idle()
    assert figure(own_server, "kumiki_sns_given_up_total") == 1


@pytest.mark.parametrize("status", [400, 403, 404, 410, 302])
def test_what_will_not_pass_is_given_up_at_once(sns, sqs, topic, queue, endpoint, status):
    dead = let_sns_send(sqs, queue, topic)
    endpoint.confirmed(sns, topic, RedrivePolicy=json.dumps({"deadLetterTargetArn": dead}))
    endpoint.answers.put((status, {"Location": endpoint.url + "/elsewhere"}))
    sns.publish(TopicArn=topic, Message="m")
    assert json.loads(receive(sqs, queue)[0]["Body"])["Message"] == "m"
    assert endpoint.next().path == "/in" and endpoint.is_idle()


def test_too_many_requests_may_pass(own_server, own, endpoint, eventually):
    sns, topic = own
    endpoint.confirmed(sns, topic)
    endpoint.answers.put(429)
    sns.publish(TopicArn=topic, Message="m")
    endpoint.next()
    eventually(lambda: figure(own_server, "kumiki_sns_failed_tries_total") == 1)
    own_server.forward(21)
    assert endpoint.next().json()["Message"] == "m"


def test_a_slow_endpoint_delays_only_itself(sns, topic, endpoint):
    with Endpoint() as slow:
        for one in (slow, endpoint):
            one.confirmed(sns, topic, RawMessageDelivery="true")
        slow.hold()
        for number in range(20):
            sns.publish(TopicArn=topic, Message=str(number))
        assert sorted(int(endpoint.next().body) for _ in range(20)) == list(range(20))
        slow.held.set()
        assert sorted(int(slow.next().body) for _ in range(20)) == list(range(20))


def test_an_endpoint_that_is_gone_delays_only_itself(sns, topic, endpoint):
    gone = Endpoint()
    gone.confirmed(sns, topic)
    gone.close()
    endpoint.confirmed(sns, topic, RawMessageDelivery="true")
    for number in range(20):
        sns.publish(TopicArn=topic, Message=str(number))
    assert sorted(int(endpoint.next().body) for _ in range(20)) == list(range(20))


def test_nothing_is_lost_over_kill_9(own_server, own, endpoint, eventually):
    sns, topic = own
    endpoint.confirmed(sns, topic, RawMessageDelivery="true", DeliveryPolicy=policy(healthyRetryPolicy=retries(5, 20, 20)))
    endpoint.answers.put(500)
    sns.publish(TopicArn=topic, Message="tried")
    eventually(lambda: figure(own_server, "kumiki_sns_failed_tries_total") == 1)
    endpoint.hold()
    for number in range(20):
        sns.publish(TopicArn=topic, Message=str(number))
    own_server.kill()
    endpoint.held.set()
    own_server.start()
    own_server.forward(21)
    wanted = {"tried", *(str(number) for number in range(20))}
    seen = set()
    eventually(lambda: seen.add(endpoint.next().body) or wanted <= seen)


def test_a_limit_of_deliveries_a_second(own_server, own, endpoint, eventually):
    sns, topic = own
    endpoint.confirmed(sns, topic, RawMessageDelivery="true", DeliveryPolicy=policy(throttlePolicy={"maxReceivesPerSecond": 1}))
    for number in range(40):
        sns.publish(TopicArn=topic, Message=str(number))
    assert int(endpoint.next().body) in range(40)
    assert figure(own_server, "kumiki_sns_delivered_total") < 35
    own_server.forward(60)
    seen = {endpoint.next().body for _ in range(39)}
    assert len(seen) == 39


def test_content_types(sns, name, endpoint):
    topic = sns.create_topic(Name=name(), Attributes={"DeliveryPolicy": policy(
        http={"defaultRequestPolicy": {"headerContentType": "application/json"}})})["TopicArn"]
    arn = endpoint.confirmed(sns, topic)
    for own, seen in ((None, "application/json"), ("text/csv", "text/csv")):
        if own:
            sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="DeliveryPolicy",
                                            AttributeValue=policy(requestPolicy={"headerContentType": own}))
        sns.publish(TopicArn=topic, Message="m")
        assert endpoint.next().headers["content-type"] == seen


DEFAULT = {"minDelayTarget": 20, "maxDelayTarget": 20, "numRetries": 3, "numMaxDelayRetries": 0, "numNoDelayRetries": 0,
           "numMinDelayRetries": 0, "backoffFunction": "linear"}
PLAIN = {"headerContentType": "text/plain; charset=UTF-8"}


def of_topic(sns, topic):
    seen = sns.get_topic_attributes(TopicArn=topic)["Attributes"]
    return [json.loads(seen[name]) if name in seen else None for name in ("DeliveryPolicy", "EffectiveDeliveryPolicy")]


def test_policies_of_topics(sns, topic):
    """As AWS shows them."""
    def given(value):
        same(sns.set_topic_attributes(TopicArn=topic, AttributeName="DeliveryPolicy", AttributeValue=value), 200)
        return of_topic(sns, topic)

    def effective(retries=DEFAULT, request=PLAIN):
        return {"http": {"defaultHealthyRetryPolicy": retries, "disableSubscriptionOverrides": False, "defaultRequestPolicy": request}}

    assert of_topic(sns, topic) == [None, effective()]
    json_ = {"headerContentType": "application/json"}
    assert given(policy(http={"defaultRequestPolicy": json_})) == [
        {"http": {"disableSubscriptionOverrides": False, "defaultRequestPolicy": json_}}, effective(request=json_)]
    own = {"minDelayTarget": 5, "maxDelayTarget": 6, "numRetries": 1}
    assert given(policy(http={"defaultHealthyRetryPolicy": own})) == [
        {"http": {"defaultHealthyRetryPolicy": own, "disableSubscriptionOverrides": False}}, effective({**DEFAULT, **own})]
    assert given(policy(http={"defaultHealthyRetryPolicy": None})) == [
        {"http": {"disableSubscriptionOverrides": False}}, effective()]
    assert given("") == [None, effective()]


def test_policies_of_subscriptions(sns, topic, endpoint):
    arn = endpoint.confirmed(sns, topic)

    def shown():
        seen = sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
        return [json.loads(seen[name]) if name in seen else None for name in ("DeliveryPolicy", "EffectiveDeliveryPolicy")]

    nothing = {"healthyRetryPolicy": None, "sicklyRetryPolicy": None, "throttlePolicy": None, "requestPolicy": None, "guaranteed": False}
    assert shown() == [None, {**nothing, "healthyRetryPolicy": DEFAULT, "requestPolicy": PLAIN}]
    rate, none = {"maxReceivesPerSecond": 1000}, {**DEFAULT, "minDelayTarget": 1, "maxDelayTarget": 1, "numRetries": 0}
    sns.set_subscription_attributes(SubscriptionArn=arn, AttributeName="DeliveryPolicy",
                                    AttributeValue=policy(healthyRetryPolicy=none, throttlePolicy=rate, guaranteed=False))
    assert shown() == [{**nothing, "healthyRetryPolicy": none, "throttlePolicy": rate},
                       {**nothing, "healthyRetryPolicy": none, "throttlePolicy": rate, "requestPolicy": PLAIN}]
    sns.set_topic_attributes(TopicArn=topic, AttributeName="DeliveryPolicy",
                             AttributeValue=policy(http={"disableSubscriptionOverrides": True}))
    assert shown()[1] == {**nothing, "healthyRetryPolicy": DEFAULT, "requestPolicy": PLAIN}


@pytest.mark.parametrize("given, words", [
    ("no json", "failed to parse JSON."),
    ({"healthyRetryPolicy": retries(least=0)}, "healthyRetryPolicy.minDelayTarget must be greater than or equal to 1"),
    ({"healthyRetryPolicy": {"numRetries": 3}}, "healthyRetryPolicy.minDelayTarget must be specified"),
    ({"healthyRetryPolicy": retries(numbers=101)}, "healthyRetryPolicy.numRetries must be less than or equal to 100"),
    ({"healthyRetryPolicy": retries(least=9)},
     "healthyRetryPolicy.maxDelayTarget must be greater than or equal to healthyRetryPolicy.minDelayTarget"),
    ({"healthyRetryPolicy": retries(most=3601)}, "healthyRetryPolicy.maxDelayTarget must be less than or equal to 3600"),
    ({"healthyRetryPolicy": retries(numNoDelayRetries=4)}, Text("healthyRetryPolicy.numRetries must be greater than .*")),
    ({"healthyRetryPolicy": retries(100, 40, 40)}, "healthyRetryPolicy: the total retry time must not exceed 3600 seconds"),
    ({"healthyRetryPolicy": retries(backoffFunction="cubic")}, Text("healthyRetryPolicy.backoffFunction must be one of.*")),
    ({"throttlePolicy": {"maxReceivesPerSecond": 0}}, "throttlePolicy.maxReceivesPerSecond must be greater than or equal to 1"),
    ({"requestPolicy": {"headerContentType": "image/png"}}, "requestPolicy.headerContentType is not a supported content type"),
    ({"http": {}}, "http is not known"),
], ids=str)
def test_policies_that_are_refused(sns, topic, given, words):
    text = given if isinstance(given, str) else json.dumps(given)
    start = "Invalid parameter: Attributes Reason: DeliveryPolicy: "
    words = Text(start + words.pattern) if isinstance(words, Text) else start + words
    with invalid(words):
        sns.subscribe(TopicArn=topic, Protocol="http", Endpoint="http://127.0.0.1:1/", Attributes={"DeliveryPolicy": text})


# An address that no server that refuses private ones may ask.
PRIVATE = ["127.0.0.1", "10.0.0.1", "192.168.0.1", "172.16.0.1", "169.254.169.254", "[::1]", "[fe80::1]", "0.0.0.0",
           "[::ffff:127.0.0.1]", "[fd00:ec2::254]", "100.64.0.1"]
NOT_ALLOWED = "Invalid parameter: Endpoint Reason: its address is not allowed (the setting sns_private_endpoints)"


def test_private_addresses(eventually):
    with Server(args=["--sns-private-endpoints", "refuse"]) as server, Endpoint() as endpoint:
        sns = Aws(server).client("sns")
        topic = sns.create_topic(Name="t")["TopicArn"]
        for host in PRIVATE:
            with invalid(NOT_ALLOWED):
                sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=f"http://{host}:{endpoint.server.server_port}/")
        # A name says nothing until it is resolved; then nobody is asked.
        name = f"http://localhost:{endpoint.server.server_port}/in"
        same(sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=name), 200, {"SubscriptionArn": "pending confirmation"})
        eventually(lambda: figure(server, "kumiki_sns_given_up_total") == 1)
        assert endpoint.is_idle()


def test_metadata_services_are_out_of_reach(sns, topic):
    """Of a server on loopback too, which may deliver to private addresses."""
    for host in ("169.254.169.254", "[fd00:ec2::254]", "[::ffff:169.254.169.254]"):
        with invalid(NOT_ALLOWED):
            sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=f"http://{host}/latest/meta-data/")


def test_an_answer_without_end_is_cut_short(sns, topic, eventually):
    """A head of any length, and nothing that it could hold up."""
    listener = socket.create_server(("127.0.0.1", 0))
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=f"http://127.0.0.1:{listener.getsockname()[1]}/")
    listener.settimeout(30)
    connection, _ = listener.accept()
    connection.settimeout(30)
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    with pytest.raises(OSError):
        for _ in range(100_000):
            connection.sendall(b"X-Long: " + b"x" * 1000 + b"\r\n")
    connection.close()
    listener.close()
