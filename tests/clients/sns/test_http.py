"""Subscriptions of HTTP endpoints: confirmed, signed, ended."""

import json
import urllib.request
from urllib.error import HTTPError

import pytest
from answers import UUID, Any, Text, same
from cryptography.exceptions import InvalidSignature
from endpoint import Endpoint, verify
from sns_answers import ISO, invalid

PLAIN = "text/plain; charset=UTF-8"
TOKEN = Text("[0-9a-f]{128}")


@pytest.fixture(scope="session")
def ca_file(server):
    return server.ca_file()


def headers(endpoint, kind, message, topic, **more):
    return {"content-type": PLAIN, "host": endpoint.url.split("/")[2], "accept-encoding": "gzip,deflate",
            "user-agent": "Amazon Simple Notification Service Agent", "content-length": Any(str),
            "x-amz-sns-message-type": kind, "x-amz-sns-message-id": message, "x-amz-sns-topic-arn": topic, **more}


def signed(server, **fields):
    return {"SignatureVersion": "1", "Signature": Any(str), "MessageId": UUID, "Timestamp": ISO,
            "SigningCertURL": Text(f"https://127.0.0.1:{server.port}/SimpleNotificationService-[0-9a-f]{{32}}\\.pem"), **fields}


def counts(sns, topic):
    seen = sns.get_topic_attributes(TopicArn=topic)["Attributes"]
    return [int(seen[f"Subscriptions{what}"]) for what in ("Confirmed", "Pending", "Deleted")]


def listed(sns, topic):
    return sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]


def get(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read().decode()


def test_a_subscription_waits_to_be_confirmed(server, sns, topic, endpoint, ca_file):
    given = {"TopicArn": topic, "Protocol": "http", "Endpoint": endpoint.url}
    same(sns.subscribe(**given), 200, {"SubscriptionArn": "pending confirmation"})
    got = endpoint.next()
    message = got.json()
    assert got.headers == headers(endpoint, "SubscriptionConfirmation", message["MessageId"], topic)
    assert message == signed(
        server, Type="SubscriptionConfirmation", TopicArn=topic, Token=TOKEN,
        Message=f"You have chosen to subscribe to the topic {topic}.\nTo confirm the subscription, visit the SubscribeURL "
                "included in this message.",
        SubscribeURL=f"{server.endpoint}/?Action=ConfirmSubscription&TopicArn={topic}&Token={message['Token']}")
    verify(message, ca_file)
    assert counts(sns, topic) == [0, 1, 0]
    entry = {"Owner": "000000000000", "Protocol": "http", "Endpoint": endpoint.url, "TopicArn": topic}
    assert listed(sns, topic) == [{**entry, "SubscriptionArn": "PendingConfirmation"}]
    # Asked again, with another token and the ARN.
    arn = same(sns.subscribe(**given, ReturnSubscriptionArn=True), 200,
               {"SubscriptionArn": Text(f"{topic}:[0-9a-f-]{{36}}")})["SubscriptionArn"]
    seen = sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    assert (seen["PendingConfirmation"], seen["ConfirmationWasAuthenticated"]) == ("true", "false")
    token = endpoint.next().json()["Token"]
    assert token != message["Token"] and counts(sns, topic) == [0, 1, 0]
    sns.publish(TopicArn=topic, Message="nobody gets this")
    same(sns.confirm_subscription(TopicArn=topic, Token=token), 200, {"SubscriptionArn": arn})
    same(sns.confirm_subscription(TopicArn=topic, Token=token), 200, {"SubscriptionArn": arn})
    assert counts(sns, topic) == [1, 0, 0]
    assert listed(sns, topic) == [{**entry, "SubscriptionArn": arn}]
    same(sns.subscribe(**given), 200, {"SubscriptionArn": arn})
    seen = sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    assert (seen["PendingConfirmation"], seen["ConfirmationWasAuthenticated"]) == ("false", "false")
    assert json.loads(seen["EffectiveDeliveryPolicy"])["requestPolicy"] == {"headerContentType": PLAIN}
    sns.publish(TopicArn=topic, Message="first")
    assert endpoint.next().json()["Message"] == "first"


def test_by_its_link(server, sns, topic, endpoint):
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    url = endpoint.next().json()["SubscribeURL"]
    assert "<ConfirmSubscriptionResponse" in get(url) and f"<SubscriptionArn>{topic}:" in get(url)
    assert counts(sns, topic) == [1, 0, 0]
    for wrong, status in ((url[:-1], 400), (url.replace(topic, topic + "x"), 400), (url + "&AuthenticateOnUnsubscribe=true", 403)):
        with pytest.raises(HTTPError) as caught:
            get(wrong)
        assert caught.value.code == status, wrong


def test_in_another_region(aws, endpoint, name):
    sns = aws.client("sns", region_name="eu-central-1")
    topic = sns.create_topic(Name=name())["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    get(endpoint.next().json()["SubscribeURL"])
    sns.publish(TopicArn=topic, Message="m")
    message = endpoint.next().json()
    get(message["UnsubscribeURL"])
    assert endpoint.next().json()["Type"] == "UnsubscribeConfirmation"
    assert listed(sns, topic) == []


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_message(server, sns, name, endpoint, ca_file, version):
    topic = sns.create_topic(Name=name(), Attributes={"SignatureVersion": version})["TopicArn"]
    arn = endpoint.confirmed(sns, topic)
    sent = sns.publish(TopicArn=topic, Message="héllo \"x\"\nline", Subject="About",
                       MessageAttributes={"a": {"DataType": "String", "StringValue": "b"}})["MessageId"]
    got = endpoint.next()
    assert got.headers == headers(endpoint, "Notification", sent, topic, **{"x-amz-sns-subscription-arn": arn})
    message = got.json()
    assert message == signed(
        server, Type="Notification", TopicArn=topic, Message="héllo \"x\"\nline", Subject="About",
        SignatureVersion=version, MessageId=sent, MessageAttributes={"a": {"Type": "String", "Value": "b"}},
        UnsubscribeURL=f"{server.endpoint}/?Action=Unsubscribe&SubscriptionArn={arn}")
    assert list(message)[:9] == ["Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "SignatureVersion",
                                 "Signature", "SigningCertURL"]
    verify(message, ca_file)
    for field in ("Message", "Subject", "Timestamp", "MessageId"):
        with pytest.raises(InvalidSignature):
            verify({**message, field: message[field] + "!"}, ca_file)


def test_raw(sns, topic, endpoint):
    arn = endpoint.confirmed(sns, topic, RawMessageDelivery="true")
    sent = sns.publish(TopicArn=topic, Message='{"a":1}', Subject="dropped")["MessageId"]
    got = endpoint.next()
    assert got.body == '{"a":1}'
    assert got.headers == headers(endpoint, "Notification", sent, topic,
                                  **{"x-amz-sns-subscription-arn": arn, "x-amz-sns-rawdelivery": "true"})


def test_texts_and_filters_of_its_own(sns, topic, endpoint):
    endpoint.confirmed(sns, topic, RawMessageDelivery="true", FilterPolicy=json.dumps({"color": ["red"]}))
    red = {"color": {"DataType": "String", "StringValue": "red"}}
    sns.publish(TopicArn=topic, Message="not this")
    texts = json.dumps({"default": "d", "http": "for http", "sqs": "s"})
    sns.publish(TopicArn=topic, MessageStructure="json", Message=texts, MessageAttributes=red)
    assert endpoint.next().body == "for http"


def test_unsubscribed_by_its_owner_and_brought_back(server, sns, topic, endpoint, ca_file):
    arn = endpoint.confirmed(sns, topic)
    same(sns.unsubscribe(SubscriptionArn=arn), 200)
    got = endpoint.next()
    message = got.json()
    assert got.headers == headers(endpoint, "UnsubscribeConfirmation", message["MessageId"], topic,
                                  **{"x-amz-sns-subscription-arn": arn})
    assert message == signed(
        server, Type="UnsubscribeConfirmation", TopicArn=topic, Token=TOKEN,
        Message=f"You have chosen to deactivate subscription {arn}.\nTo cancel this operation and restore the subscription, "
                "visit the SubscribeURL included in this message.",
        SubscribeURL=f"{server.endpoint}/?Action=ConfirmSubscription&TopicArn={topic}&Token={message['Token']}")
    verify(message, ca_file)
    assert counts(sns, topic) == [0, 0, 1] and listed(sns, topic) == []
    get(message["SubscribeURL"])
    assert counts(sns, topic) == [1, 0, 0] and listed(sns, topic)[0]["SubscriptionArn"] == arn
    sns.publish(TopicArn=topic, Message="again")
    assert endpoint.next().json()["Message"] == "again"


def test_a_guarded_subscription_is_not_ended_by_a_link(server, sns, topic, endpoint):
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    token = endpoint.next().json()["Token"]
    arn = sns.confirm_subscription(TopicArn=topic, Token=token, AuthenticateOnUnsubscribe="true")["SubscriptionArn"]
    assert sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]["ConfirmationWasAuthenticated"] == "true"
    with pytest.raises(HTTPError) as caught:
        get(f"{server.endpoint}/?Action=Unsubscribe&SubscriptionArn={arn}")
    assert caught.value.code == 403 and counts(sns, topic) == [1, 0, 0]
    same(sns.unsubscribe(SubscriptionArn=arn), 200)
    assert counts(sns, topic) == [0, 0, 1]


def test_tokens_that_are_none(server, sns, topic):
    for arn, token, words in [(topic, "randomtoken", "Invalid token"), (topic, "5" * 128, "Invalid parameter: Token"),
                              (topic + "i", "5" * 128, "Invalid parameter: Token"), ("x", "5" * 128, "Invalid parameter: Topic")]:
        with invalid(words):
            sns.confirm_subscription(TopicArn=arn, Token=token)
        with pytest.raises(HTTPError) as caught:
            get(f"{server.endpoint}/?Action=ConfirmSubscription&TopicArn={arn}&Token={token}")
        assert caught.value.code == 400
        assert f"<Code>InvalidParameter</Code><Message>{words}</Message>" in caught.value.read().decode()


def test_tokens_end_after_two_days(own_server, own_aws, eventually):
    sns = own_aws.client("sns")
    topic = sns.create_topic(Name="t")["TopicArn"]
    with Endpoint() as endpoint:
        sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
        token = endpoint.next().json()["Token"]
        own_server.forward(2 * 24 * 3600 + 1)
        with invalid("Invalid parameter: Token"):
            sns.confirm_subscription(TopicArn=topic, Token=token)
        own_server.forward(61)
        eventually(lambda: counts(sns, topic) == [0, 0, 0] and listed(sns, topic) == [])
        assert sns.list_subscriptions()["Subscriptions"] == []


@pytest.mark.parametrize("protocol, url, words", [
    ("http", "https://example.com/", "Invalid parameter: Endpoint must match the specified protocol"),
    ("https", "http://example.com/", "Invalid parameter: Endpoint must match the specified protocol"),
    ("http", "example.com", "Invalid parameter: Endpoint must match the specified protocol"),
    ("http", "http://", "Invalid parameter: Endpoint"),
    ("http", "http://example.com/" + "x" * 2048, "Invalid parameter: Endpoint"),
])
def test_endpoints_that_are_refused(sns, topic, protocol, url, words):
    with invalid(words):
        sns.subscribe(TopicArn=topic, Protocol=protocol, Endpoint=url)


def test_a_link_leads_here_whatever_host_was_named(server, other, name, endpoint):
    sns = other.client("sns")
    topic = sns.create_topic(Name=name())["TopicArn"]

    def of_another_host(request, **_):
        request.headers["Host"] = "evil.example"

    sns.meta.events.register_last("before-sign.sns.Subscribe", of_another_host)
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    message = endpoint.next().json()
    assert message["SubscribeURL"].startswith(f"https://localhost:{server.port}/?")
    assert message["SigningCertURL"].startswith(f"https://localhost:{server.port}/Simple")


def test_certificates_of_other_hosts(server, sns, topic, endpoint):
    endpoint.confirmed(sns, topic)
    sns.publish(TopicArn=topic, Message="m")
    name = endpoint.next().json()["SigningCertURL"].rsplit("/", 1)[1]
    assert "BEGIN CERTIFICATE" in get(f"{server.endpoint}/{name}")
    for path, host, status in ((name, "evil.example", 421), (name.replace("a", "b").replace("1", "2"), None, 404)):
        request = urllib.request.Request(f"{server.endpoint}/{path}", headers={"Host": host} if host else {})
        with pytest.raises(HTTPError) as caught:
            urllib.request.urlopen(request)
        assert caught.value.code == status


def test_a_queue_gets_signed_envelopes(sns, sqs, topic, queue, ca_file):
    from policies import let_sns_send, receive
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=let_sns_send(sqs, queue, topic))
    sns.publish(TopicArn=topic, Message="m", Subject="s")
    verify(json.loads(receive(sqs, queue)[0]["Body"]), ca_file)


def test_the_certificate_outlives_the_process(own_server, own_aws):
    sns = own_aws.client("sns")
    topic = sns.create_topic(Name="t")["TopicArn"]
    with Endpoint() as endpoint:
        endpoint.confirmed(sns, topic)
        sns.publish(TopicArn=topic, Message="before")
        before = endpoint.next().json()
        own_server.restart()
        sns.publish(TopicArn=topic, Message="after")
        after = endpoint.next().json()
        assert before["SigningCertURL"] == after["SigningCertURL"]
        for message in (before, after):
            verify(message, own_server.ca_file())
