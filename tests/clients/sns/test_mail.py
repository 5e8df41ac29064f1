"""E-mail: letters that ask, letters that tell, by a mail server or to be read here."""

import datetime
import json
import urllib.request

import pytest
from answers import UUID, Any, Text, agree, same
from aws import Aws
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from endpoint import verify
from policies import let_sns_send, receive
from post_office import PostOffice, sent
from server import Server
from sns_answers import ISO, invalid

ME = "me@example.com"
HEADS = {"To": ME, "Content-Type": 'text/plain; charset="utf-8"', "Content-Transfer-Encoding": Any(str),
         "Date": Any(str), "Message-ID": Text(r"<[0-9a-f-]{73}@localhost>"), "MIME-Version": "1.0"}


@pytest.fixture(scope="module")
def office():
    with PostOffice() as office:
        yield office


@pytest.fixture(scope="module")
def mailing(office):
    """A server that has the post office."""
    with Server(args=["--smtp", office.url]) as server:
        yield server


@pytest.fixture(scope="module")
def mail(mailing):
    return Aws(mailing)


def get(url):
    with urllib.request.urlopen(url) as answer:
        return answer.read().decode()


def topic_of(aws, name, **attributes):
    return aws.client("sns").create_topic(Name=name(), Attributes=attributes)["TopicArn"]


def counts(sns, topic):
    seen = sns.get_topic_attributes(TopicArn=topic)["Attributes"]
    return [int(seen[f"Subscriptions{what}"]) for what in ("Confirmed", "Pending", "Deleted")]


def test_from_the_first_letter_to_the_last(mailing, mail, office, name):
    sns, topic = mail.client("sns"), topic_of(mail, name, DisplayName="Große News")
    same(sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=ME), 200, {"SubscriptionArn": "pending confirmation"})
    letter = office.next()
    assert (letter.sender, letter.to) == ("no-reply@localhost", [ME])
    # What is asked is asked by AWS, whatever the topic calls itself.
    agree(letter.heads, {**HEADS, "From": "AWS Notifications <no-reply@localhost>", "Subject": "AWS Notification - Subscription Confirmation"})
    assert letter.body == (
        f"You have chosen to subscribe to the topic:\n{topic}\n\nTo confirm this subscription, click or visit the link below "
        f"(If this was in error no action is necessary):\n{letter.url()}\n")
    assert letter.url().startswith(f"{mailing.endpoint}/?Action=ConfirmSubscription&TopicArn={topic}&Token=")
    sns.publish(TopicArn=topic, Message="nobody gets this")
    assert "<SubscriptionArn>" in get(letter.url()) and counts(sns, topic) == [1, 0, 0]
    arn = sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"][0]["SubscriptionArn"]
    same(sns.get_subscription_attributes(SubscriptionArn=arn), 200, {"Attributes": {
        "ConfirmationWasAuthenticated": "false", "Endpoint": ME, "Owner": "000000000000", "PendingConfirmation": "false",
        "Protocol": "email", "RawMessageDelivery": "false", "SubscriptionArn": arn,
        "SubscriptionPrincipal": "arn:aws:iam::000000000000:root", "TopicArn": topic}})
    message = sns.publish(TopicArn=topic, Message="Grüße,\n.\nund mehr\n", Subject="Über alles")["MessageId"]
    letter = office.next()
    agree(letter.heads, {**HEADS, "From": "Große News <no-reply@localhost>", "Subject": "Über alles",
                         "Message-ID": f"<{message}-{arn.rsplit(':', 1)[1]}@localhost>"})
    stop = f"{mailing.endpoint}/?Action=Unsubscribe&SubscriptionArn={arn}"
    assert letter.body == (
        "Grüße,\n.\nund mehr\n\n\n--\nIf you wish to stop receiving notifications from this topic, please click or visit the link "
        f"below to unsubscribe:\n{stop}\n")
    sns.publish(TopicArn=topic, MessageStructure="json", Message=json.dumps({"default": "d", "email": "for people"}))
    letter = office.next()
    assert letter.heads["Subject"] == "AWS Notification Message" and letter.body.startswith("for people\n\n--\n")
    get(stop)
    letter = office.next()
    agree(letter.heads, {**HEADS, "From": "AWS Notifications <no-reply@localhost>", "Subject": "AWS Notification - Unsubscribe Confirmation"})
    assert letter.body == (
        f"Your subscription to the topic below has been deactivated:\n{topic}\n\nIf this was not intended, click or visit the link "
        f"below to restore the subscription:\n{letter.url()}\n")
    assert counts(sns, topic) == [0, 0, 1]
    get(letter.url())
    assert counts(sns, topic) == [1, 0, 0]
    # Whoever ends it with a signature is told nothing.
    sns.unsubscribe(SubscriptionArn=arn)
    assert counts(sns, topic) == [0, 0, 1] and office.is_idle() and sent(mailing) == []


def test_letters_for_programs(mailing, mail, office, name):
    sns, topic = mail.client("sns"), topic_of(mail, name, SignatureVersion="2")
    sns.subscribe(TopicArn=topic, Protocol="email-json", Endpoint=ME)
    letter = office.next()
    assert letter.heads["Subject"] == "AWS Notification - Subscription Confirmation"
    asked = json.loads(letter.body)
    signed = {"MessageId": UUID, "TopicArn": topic, "Timestamp": ISO, "SignatureVersion": "2", "Signature": Any(str),
              "SigningCertURL": Text(r"https://127.0.0.1:\d+/SimpleNotificationService-[0-9a-f]{32}\.pem")}
    agree(asked, {**signed, "Type": "SubscriptionConfirmation", "Token": Text("[0-9a-f]{128}"),
                  "SubscribeURL": Text(r"http://127.0.0.1:\d+/\?Action=ConfirmSubscription.*"),
                  "Message": f"You have chosen to subscribe to the topic {topic}.\nTo confirm the subscription, visit the "
                             "SubscribeURL included in this message."})
    verify(asked, mailing.ca_file())
    arn = sns.confirm_subscription(TopicArn=topic, Token=asked["Token"])["SubscriptionArn"]
    texts = json.dumps({"default": "d", "email-json": "for programs", "email": "x"})
    sns.publish(TopicArn=topic, MessageStructure="json", Message=texts, Subject="About",
                MessageAttributes={"a": {"DataType": "String", "StringValue": "b"}})
    letter = office.next()
    assert letter.heads["Subject"] == "About"
    told = json.loads(letter.body)
    agree(told, {**signed, "Type": "Notification", "Subject": "About", "Message": "for programs",
                 "MessageAttributes": {"a": {"Type": "String", "Value": "b"}},
                 "UnsubscribeURL": f"{mailing.endpoint}/?Action=Unsubscribe&SubscriptionArn={arn}"})
    verify(told, mailing.ca_file())


@pytest.mark.parametrize("protocol", ["email", "email-json"])
def test_addresses_that_are_none(sns, topic, protocol):
    for wrong in ("nobody", "", "a@", "@example.com", "a@b@example.com", "Me <me@example.com>", "a b@example.com", "a@example.com\r\nBcc: x"):
        with invalid("Invalid parameter: Email address"):
            sns.subscribe(TopicArn=topic, Protocol=protocol, Endpoint=wrong)


def test_fifo_topics_send_no_letters(sns, name):
    topic = sns.create_topic(Name=name() + ".fifo", Attributes={"FifoTopic": "true"})["TopicArn"]
    for protocol, endpoint in (("email", ME), ("email-json", ME), ("sms", "+15551234567")):
        with pytest.raises(sns.exceptions.InvalidParameterException):
            sns.subscribe(TopicArn=topic, Protocol=protocol, Endpoint=endpoint)


def confirmed(sns, topic, office, **attributes):
    sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=ME, Attributes=attributes)
    get(office.next().url())


def test_what_is_not_taken_is_tried_again(eventually):
    with PostOffice() as office, Server(args=["--smtp", office.url]) as server:
        sns = Aws(server).client("sns")
        topic = sns.create_topic(Name="t")["TopicArn"]
        confirmed(sns, topic, office)
        before = office.tries
        for _ in range(3):
            office.answers.put("451 later")
        message = sns.publish(TopicArn=topic, Message="m")["MessageId"]
        # Two tries ten seconds apart, and then with growing distance.
        for tries in range(1, 4):
            eventually(lambda: office.tries == before + tries)
            assert office.is_idle()
            server.forward(11)
        letter = office.next()
        assert letter.body.startswith("m\n\n--\n") and letter.heads["Message-ID"].startswith(f"<{message}-")
        assert office.tries == before + 4


def test_what_is_refused_for_good_is_not(eventually):
    with PostOffice() as office, Server(args=["--smtp", office.url]) as server:
        aws = Aws(server)
        sns, sqs = aws.client("sns"), aws.client("sqs")
        topic, queue = sns.create_topic(Name="t")["TopicArn"], sqs.create_queue(QueueName="dead")["QueueUrl"]
        confirmed(sns, topic, office, RedrivePolicy=json.dumps({"deadLetterTargetArn": let_sns_send(sqs, queue, topic)}))
        before = office.tries
        office.answers.put("550 no such user")
        sns.publish(TopicArn=topic, Message="m")
        assert json.loads(receive(sqs, queue)[0]["Body"])["Message"] == "m"
        assert office.tries == before + 1 and office.is_idle()


def test_a_post_office_that_opens_later(eventually):
    office = PostOffice()
    with Server(args=["--smtp", office.url]) as server:
        sns = Aws(server).client("sns")
        topic = sns.create_topic(Name="t")["TopicArn"]
        sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=ME)
        eventually(lambda: "kumiki_sns_failed_tries_total 1" in get(f"{server.endpoint}/metrics"))
        server.kill()  # what waits for its next try is not forgotten
        with office:
            server.start()
            server.forward(11)
            get(office.next().url())
            assert counts(sns, topic) == [1, 0, 0]


def authority(path):
    """A certificate of its own for localhost; answers the files of the certificate and of its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.timezone.utc)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post office")])
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number(),
                                   now - datetime.timedelta(days=1), now + datetime.timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    made = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    files = path / "post.pem", path / "post.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return files


def test_over_tls_with_a_password(tmp_path):
    files = authority(tmp_path)
    with PostOffice(tls=files, password="p@ss") as office:
        url = f"smtp://me:p%40ss@localhost:{office.port}?tls=required"
        environment = {"KUMIKI_SMTP": url, "KUMIKI_MAIL_FROM": "Kumiki <post@kumiki.example>", "SSL_CERT_FILE": str(files[0])}
        with Server(environment=environment) as server:
            sns = Aws(server).client("sns")
            topic = sns.create_topic(Name="t")["TopicArn"]
            sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=ME)
            letter = office.next()
            assert letter.sender == "post@kumiki.example" and letter.heads["From"] == "Kumiki <post@kumiki.example>"
            assert "p%40ss" not in server.log_text()


def test_without_a_post_office(server, sns, topic, name, eventually):
    to = f"{name('me')}@example.com"
    sns.subscribe(TopicArn=topic, Protocol="email-json", Endpoint=to)
    eventually(lambda: sent(server, to))
    asked = sent(server, to)[0]
    token = json.loads(asked["Message"])["Token"]
    arn = sns.confirm_subscription(TopicArn=topic, Token=token)["SubscriptionArn"]
    shown = {"Protocol": "email-json", "To": to, "Region": "us-east-1", "TopicArn": topic, "SubscriptionArn": arn,
             "MessageId": UUID, "Subject": "AWS Notification - Subscription Confirmation", "Message": Any(str),
             "MessageAttributes": {}, "Timestamp": ISO}
    agree(asked, shown)
    given = {"a": {"DataType": "Binary", "BinaryValue": b"\x00\xff"}}
    message = sns.publish(TopicArn=topic, Message="m", MessageAttributes=given)["MessageId"]
    eventually(lambda: len(sent(server, to)) == 2)
    told = sent(server, to)[0]
    agree(told, {**shown, "MessageId": message, "Subject": "AWS Notification Message",
                 "MessageAttributes": {"a": {"Type": "Binary", "Value": "AP8="}}})
    assert json.loads(told["Message"])["Message"] == "m"
