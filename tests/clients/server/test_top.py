"""`kumiki top` and `kumiki metrics`: queues and topics by name, for the owner of the data directory; `/metrics` names nobody."""

import json
import os
import re
import subprocess
import urllib.request

import pytest
from aws import Aws
from policies import let_sns_send, queue_arn, receive
from server import Server, binary


@pytest.fixture
def house(own_server, own_aws, eventually):
    """A topic with two queues, one of which filters, a queue whose messages fail, and its dead-letter queue."""
    sns, sqs = own_aws.client("sns"), own_aws.client("sqs")
    topic = sns.create_topic(Name="news")["TopicArn"]
    work, picky, dead, gone = (sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("work", "picky", "dead", "gone"))
    redrive = json.dumps({"deadLetterTargetArn": queue_arn(sqs, dead), "maxReceiveCount": "1"})
    sqs.set_queue_attributes(QueueUrl=work, Attributes={"RedrivePolicy": redrive, "VisibilityTimeout": "60"})
    for url, attributes in ((work, {}), (picky, {"FilterPolicy": '{"k":["v"]}'}), (gone, {})):
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=let_sns_send(sqs, url, topic), Attributes=attributes)
    sqs.delete_queue(QueueUrl=gone)
    for number in range(4):
        sns.publish(TopicArn=topic, Message=str(number))
    eventually(lambda: figures(own_server)["kumiki_sns_number_of_notifications_failed_total", "news"] == 4)
    receive(sqs, work, 1)
    sqs.send_message(QueueUrl=work, MessageBody="later", DelaySeconds=300)
    sqs.receive_message(QueueUrl=picky)
    return own_server, sqs, work


def figures(server):
    """The figures of `kumiki metrics`, by their name and that of the queue or topic."""
    found = {}
    for line in server.admin("metrics").splitlines():
        if not line.startswith("#"):
            name, labels, value = re.fullmatch(r"(\w+)\{(.*)\} (\d+)", line).groups()
            of = re.search(r'(?:queue="|topic=".*:)([^":]+)"', labels)[1]
            found[name, of] = int(value)
    return found


def test_figures_by_name(house):
    server, sqs, work = house
    sqs.receive_message(QueueUrl=work)
    server.forward(30)
    seen = figures(server)
    queue = {name: value for (name, of), value in seen.items() if of == "work"}
    age = queue.pop("kumiki_sqs_approximate_age_of_oldest_message_seconds")
    assert queue == {
        "kumiki_sqs_number_of_messages_sent_total": 5, "kumiki_sqs_number_of_messages_received_total": 2,
        "kumiki_sqs_number_of_messages_deleted_total": 1, "kumiki_sqs_number_of_empty_receives_total": 0,
        "kumiki_sqs_approximate_number_of_messages_visible": 2, "kumiki_sqs_approximate_number_of_messages_not_visible": 1,
        "kumiki_sqs_approximate_number_of_messages_delayed": 1}
    assert 30 <= age < 90
    assert seen["kumiki_sqs_number_of_empty_receives_total", "picky"] == 1
    assert {name: value for (name, of), value in seen.items() if of == "news"} == {
        "kumiki_sns_number_of_messages_published_total": 4, "kumiki_sns_number_of_notifications_delivered_total": 4,
        "kumiki_sns_number_of_notifications_failed_total": 4, "kumiki_sns_number_of_notifications_filtered_out_total": 4}
    with urllib.request.urlopen(f"{server.endpoint}/metrics") as answer:
        text = answer.read().decode()
    assert "kumiki_sns_messages_published_total 4\n" in text and "kumiki_sns_notifications_filtered_out_total 4\n" in text
    assert "news" not in text and "picky" not in text, "anybody may ask: no names"


def test_one_picture(house, eventually):
    server, sqs, work = house
    sqs.receive_message(QueueUrl=work)
    server.forward(120)
    sqs.receive_message(QueueUrl=work)
    eventually(lambda: "dead: 1" in server.admin("top", "--once"))
    text = server.admin("top", "--once")
    assert text.startswith("3 queues\n"), text
    rows = {line.split()[0].rsplit("/", 1)[1]: line.split()[1:] for line in text.splitlines() if "/000000000000/" in line}
    sent, received, deleted, empty, visible, in_flight, delayed, *_ = rows["work"]
    assert (sent, deleted, empty, delayed) == ("5", "1", "0", "1"), text
    assert rows["work"][-2:] == ["dead:", "1"] and int(in_flight) >= 1, text
    assert rows["dead"][4] == "1" and rows["picky"][:4] == ["0", "0", "0", "1"], text
    assert re.search(r"^000000000000/news +4 +4 +4 +4$", text.replace("us-east-1/", ""), re.M), text


def test_live_pictures(house):
    """It goes on until it is interrupted, with rates from the second picture on."""
    server, sqs, work = house
    with subprocess.Popen([binary(), "top", "--data", str(server.data), "--every", "0.1"], stdout=subprocess.PIPE) as process:
        text = b""
        while text.count(b"\x1b[H\x1b[2J") < 3:
            chunk = os.read(process.stdout.fileno(), 65536)
            assert chunk, text
            text += chunk
        process.terminate()
    assert b"sent/s" in text and b"published/s" in text


def test_where_no_server_runs(tmp_path):
    for words in (["top", "--once"], ["metrics"]):
        done = subprocess.run([binary(), *words, "--data", str(tmp_path)], capture_output=True, text=True)
        assert done.returncode == 1 and "no server answers" in done.stderr, done


def test_after_a_restart_what_is_held_is_known(house):
    server, sqs, work = house
    server.restart()
    seen = figures(server)
    assert seen["kumiki_sqs_approximate_number_of_messages_visible", "work"] == 3
    assert seen["kumiki_sqs_approximate_number_of_messages_delayed", "work"] == 1
    assert seen["kumiki_sqs_number_of_messages_sent_total", "work"] == 0


def test_an_empty_server(tmp_path):
    with Server(tmp_path / "data") as server:
        assert server.admin("top", "--once").startswith("0 queues\n")
        Aws(server).client("sqs").create_queue(QueueName="q")
        assert "us-east-1/000000000000/q" in server.admin("top", "--once")
