"""The process: starting, stopping, dying, what it shows of itself."""

import concurrent.futures
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import urllib.error
import urllib.request

import pytest
from aws import Aws
from raw import send
from server import DidNotStart, Server, binary


def get(server, path, **more):
    return send(server, "GET", path, {"Host": f"127.0.0.1:{server.port}"}, **more)


def test_health(server):
    answer = get(server, "/_kumiki/health")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("application/json")
    json.loads(answer.body)


def test_health_as_localstacks_tools_look_for_it(server):
    answer = get(server, "/_localstack/health")
    assert answer.status == 200
    services = json.loads(answer.body)["services"]
    assert {"s3", "sqs", "sns", "sts"} <= services.keys()
    assert set(services.values()) <= {"available", "running"}


def test_localstack_init(server):
    assert get(server, "/_localstack/init").status == 200


def test_state_is_reset_only_on_an_ephemeral_server(own_server, own_aws):
    own_aws.client("s3").create_bucket(Bucket="kept")
    answer = send(own_server, "POST", "/_localstack/state/reset",
                  {"Host": f"127.0.0.1:{own_server.port}", "Content-Length": "0"})
    assert 400 <= answer.status < 500
    assert own_aws.client("s3").head_bucket(Bucket="kept")


def test_an_ephemeral_server_forgets_on_reset():
    with Server(args=["--ephemeral"]) as server:
        s3 = Aws(server).client("s3")
        s3.create_bucket(Bucket="gone")
        answer = send(server, "POST", "/_localstack/state/reset",
                      {"Host": f"127.0.0.1:{server.port}", "Content-Length": "0"})
        assert answer.status == 200
        assert s3.list_buckets()["Buckets"] == []


LINE = re.compile(r'[a-zA-Z_:][a-zA-Z0-9_:]*(\{[^{}]*\})? [-+0-9.eEinfNa]+( \d+)?')


def test_metrics(server, s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    answer = get(server, "/metrics")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.body.decode().splitlines()
    assert [line for line in lines if line and not line.startswith("#") and not LINE.fullmatch(line)] == []
    assert any("PutObject" in line for line in lines)
    assert bucket not in answer.body.decode()  # names of resources are not shown to strangers


def test_a_second_process_on_the_same_data_is_refused(own_server, own_aws):
    with pytest.raises(DidNotStart) as error:
        Server(own_server.data).start()
    assert error.value.status not in (0, None)
    assert re.search("in use|locked|lock|another", error.value.log, re.IGNORECASE)
    assert own_aws.client("s3").list_buckets()["Buckets"] == []


def test_the_port_that_is_taken_is_named(own_server):
    with pytest.raises(DidNotStart) as error:
        Server(port=own_server.port).start()
    assert str(own_server.port) in error.value.log


def fill(aws):
    s3, sqs, sns = aws.client("s3"), aws.client("sqs"), aws.client("sns")
    s3.create_bucket(Bucket="kept")
    s3.put_object(Bucket="kept", Key="small", Body=b"small", Metadata={"a": "b"})
    s3.put_object(Bucket="kept", Key="big", Body=bytes(3_000_000))
    s3.put_object(Bucket="kept", Key="gone", Body=b"x")
    s3.delete_object(Bucket="kept", Key="gone")
    url = sqs.create_queue(QueueName="kept")["QueueUrl"]
    for number in range(20):
        sqs.send_message(QueueUrl=url, MessageBody=str(number))
    sns.create_topic(Name="kept")


def check(aws):
    s3, sqs, sns = aws.client("s3"), aws.client("sqs"), aws.client("sns")
    assert [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]] == ["kept"]
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket="kept")["Contents"]] == ["big", "small"]
    small = s3.get_object(Bucket="kept", Key="small")
    assert (small["Body"].read(), small["Metadata"]) == (b"small", {"a": "b"})
    assert s3.get_object(Bucket="kept", Key="big")["Body"].read() == bytes(3_000_000)
    url = sqs.get_queue_url(QueueName="kept")["QueueUrl"]
    seen = set()
    while len(seen) < 20:
        messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5).get("Messages", [])
        assert messages, f"only {len(seen)} messages are there"
        seen |= {message["Body"] for message in messages}
    assert [topic["TopicArn"] for topic in sns.list_topics()["Topics"]] == ["arn:aws:sns:us-east-1:000000000000:kept"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda how: how.name)
def test_everything_is_there_after_a_restart(own_server, own_aws, how):
    fill(own_aws)
    status = own_server.stop(how)
    if how != signal.SIGKILL:
        assert status == 0, own_server.log_text()
    own_server.start()
    check(own_aws)
    own_server.kill()
    own_server.start()
    assert own_aws.client("s3").get_object(Bucket="kept", Key="small")["Body"].read() == b"small"


def test_sigterm_lets_requests_finish(own_server, own_aws):
    s3 = own_aws.client("s3")
    s3.create_bucket(Bucket="many")
    with concurrent.futures.ThreadPoolExecutor(9) as pool:
        puts = [pool.submit(own_aws.client("s3").put_object, Bucket="many", Key=str(n), Body=os.urandom(2_000_000))
                for n in range(8)]
        concurrent.futures.wait(puts[:1])
        stopping = pool.submit(own_server.stop)
        done = [number for number, put in enumerate(puts) if put.exception() is None]
        assert stopping.result() == 0
    own_server.start()
    stored = {entry["Key"] for entry in s3.list_objects_v2(Bucket="many").get("Contents", [])}
    assert {str(number) for number in done} <= stored
    assert len(done) >= 1


def test_sigterm_ends_long_polls(own_server, own_aws):
    sqs = own_aws.client("sqs")
    url = sqs.create_queue(QueueName="q")["QueueUrl"]
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(own_aws.client("sqs").receive_message, QueueUrl=url, WaitTimeSeconds=20)
        sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["DelaySeconds"])
        assert own_server.stop() == 0
        waiting.exception(30)


def test_the_service_clock_never_goes_back(own_server, own_aws):
    """What was hidden or written in a time that was turned forward stays behind the clock after a crash, too."""
    s3, sqs = own_aws.client("s3"), own_aws.client("sqs")
    s3.create_bucket(Bucket="clock")
    url = sqs.create_queue(QueueName="clock")["QueueUrl"]
    own_server.forward(7200)
    sqs.send_message(QueueUrl=url, MessageBody="hidden")
    sqs.receive_message(QueueUrl=url)
    s3.put_object(Bucket="clock", Key="before")
    own_server.kill()
    own_server.start()
    s3.put_object(Bucket="clock", Key="after")
    stamps = [s3.head_object(Bucket="clock", Key=key)["LastModified"] for key in ("before", "after")]
    assert stamps[0] <= stamps[1]
    own_server.forward(31)
    assert sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "hidden"


def test_the_service_clock_has_an_end(own_server, own_aws):
    """Without one, a slip of the finger would leave a directory whose clock nobody can turn back."""
    own_server.forward(7200)
    for seconds in (200 * 365 * 24 * 3600, 2**64 - 1):
        with pytest.raises(RuntimeError, match="100 years"):
            own_server.forward(seconds)
    own_server.restart()
    assert "7300 s" in own_server.admin("clock", "--forward", "100")


def test_status(own_server, own_aws):
    own_aws.client("s3").create_bucket(Bucket="many")
    assert own_server.admin("status").strip()


def test_the_admin_socket_is_for_the_owner_alone(own_server):
    sockets = [path for path in own_server.data.rglob("*") if path.is_socket()]
    assert sockets
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in sockets)


def test_backup(own_server, own_aws, tmp_path):
    fill(own_aws)
    own_server.admin("backup", str(tmp_path / "backup"))
    own_aws.client("s3").delete_object(Bucket="kept", Key="small")
    assert (tmp_path / "backup" / "SEAL").exists() and not (tmp_path / "backup" / "master.key").exists()
    with pytest.raises(DidNotStart, match="master key"), Server(tmp_path / "backup"):
        pass
    shutil.copy(own_server.data / "master.key", tmp_path / "backup")
    with Server(tmp_path / "backup") as copy:
        check(Aws(copy))


def test_the_certificate_is_good_for_every_name(own_server):
    context = ssl.create_default_context(cafile=own_server.ca_file())
    for host in ("127.0.0.1", "localhost", "bucket.localhost", "s3.us-east-1.localhost", "b.s3.us-east-1.localhost"):
        url = f"https://{host}:{own_server.port}/"  # who asks is not signed in; only the TLS greeting counts
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(url, context=context, timeout=30)


def test_the_certificate_authority_stays(own_server):
    first = own_server.admin("ca")
    own_server.restart()
    assert own_server.admin("ca") == first


def test_usage():
    done = subprocess.run([binary(), "--help"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "serve" in done.stdout
    done = subprocess.run([binary(), "serve", "--no-such-flag"], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and "--no-such-flag" in done.stderr


def test_unknown_settings_are_refused(tmp_path):
    configuration = tmp_path / "kumiki.toml"
    configuration.write_text("no_such_setting = 1\n")
    with pytest.raises(DidNotStart) as error:
        Server(args=["--config", str(configuration)]).start()
    assert "no_such_setting" in error.value.log


def test_variables_that_are_no_text_are_not_ours():
    environment = {**os.environb, b"SOMEBODY_ELSES": b"\xff"}
    done = subprocess.run([binary(), "config", "show"], env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert 'listen = "127.0.0.1:4566"  # default' in done.stdout


def test_settings_that_cannot_be_served_with_are_shown_and_refused():
    done = subprocess.run([binary(), "config", "show", "--listen", "4600"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert 'listen = "4600"  # flag' in done.stdout
    assert "not an address and port" in done.stderr


def test_fifty_clients_at_once(aws, name):
    """Fifty clients write, read, send and receive side by side; nobody gets anybody else's data."""
    bucket = name("many")
    aws.client("s3").create_bucket(Bucket=bucket)
    url = aws.client("sqs").create_queue(QueueName=name("many"))["QueueUrl"]

    def work(number):
        s3, sqs = aws.client("s3"), aws.client("sqs")
        for turn in range(10):
            key, body = f"{number}/{turn}", f"{number}-{turn}-".encode() * (1 + 97 * turn * number)
            s3.put_object(Bucket=bucket, Key=key, Body=body)
            assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == body
            sqs.send_message(QueueUrl=url, MessageBody=key)
            seen = s3.list_objects_v2(Bucket=bucket, Prefix=f"{number}/")
            assert seen["KeyCount"] == turn + 1
        return number

    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        assert sorted(pool.map(work, range(50))) == list(range(50))

    def drain(_):
        sqs, seen = aws.client("sqs"), []
        while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            sqs.delete_message_batch(QueueUrl=url, Entries=[
                {"Id": str(n), "ReceiptHandle": message["ReceiptHandle"]} for n, message in enumerate(messages)])
            seen += [message["Body"] for message in messages]
        return seen

    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        bodies = [body for seen in pool.map(drain, range(10)) for body in seen]
    assert sorted(bodies) == sorted(f"{number}/{turn}" for number in range(50) for turn in range(10))
