"""An HTTP endpoint on this machine that keeps what it is sent, and AWS's rules for verifying it.

https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
"""

import base64
import http.server
import json
import queue
import re
import socket
import ssl
import threading
import time
import urllib.request
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding


class Got:
    """One request."""

    def __init__(self, handler, body):
        self.method, self.path, self.body = handler.command, handler.path, body
        self.headers = {name.lower(): value for name, value in handler.headers.items()}
        self.at = time.monotonic()
        self.connection = handler.client_address

    def json(self):
        return json.loads(self.body)


class Endpoint:
    """Answers what `answers` says, one after the other, and 200 when there is no more: a status, or (status, headers)."""

    def __init__(self, host="127.0.0.1"):
        self.all, self.answers, self.held = queue.Queue(), queue.Queue(), threading.Event()
        self.held.set()
        self.sockets = set()
        endpoint = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                endpoint.sockets.add(self.request)

            def finish(self):
                super().finish()
                endpoint.sockets.discard(self.request)

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                endpoint.all.put(Got(self, body))
                endpoint.held.wait(60)
                try:
                    answer = endpoint.answers.get_nowait()
                except queue.Empty:
                    answer = 200
                status, headers = answer if isinstance(answer, tuple) else (answer, {})
                self.send_response(status)
                for name, value in {**headers, "Content-Length": "0"}.items():
                    self.send_header(name, value)
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((host, 0), Handler)
        self.server.handle_error = lambda *_: None
        self.url = f"http://{host}:{self.server.server_port}/in"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.held.set()
        self.server.shutdown()
        self.server.server_close()
        self.hang_up()

    def hang_up(self):
        """Closes the connections that are open."""
        for one in list(self.sockets):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it was closed meanwhile

    def hold(self):
        """Requests are taken and not answered, until `held` is set."""
        self.held.clear()

    def next(self, seconds=30):
        return self.all.get(timeout=seconds)

    def is_idle(self):
        return self.all.empty()

    def confirmed(self, sns, topic, **attributes):
        """Subscribes this endpoint and confirms it. Answers the subscription's ARN."""
        sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=self.url, Attributes=attributes)
        return sns.confirm_subscription(TopicArn=topic, Token=self.next().json()["Token"])["SubscriptionArn"]


def figure(server, name):
    """One of the server's figures about deliveries, by the beginning of its name."""
    with urllib.request.urlopen(f"{server.endpoint}/metrics") as answer:
        lines = [line.split() for line in answer.read().decode().splitlines() if line.startswith(name)]
    return int(float(lines[0][-1])) if lines else 0


SIGNED = {
    "Notification": ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
    "SubscriptionConfirmation": ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
}
SIGNED["UnsubscribeConfirmation"] = SIGNED["SubscriptionConfirmation"]
HASHES = {"1": hashes.SHA1, "2": hashes.SHA256}


def certificate(url, ca_file):
    """Fetched as validators do: over TLS only, under that name only."""
    assert re.fullmatch(r"/SimpleNotificationService-[0-9a-f]{32}\.pem", urlsplit(url).path), url
    assert urlsplit(url).scheme == "https"
    with urllib.request.urlopen(url, context=ssl.create_default_context(cafile=ca_file)) as answer:
        assert answer.headers["Content-Type"] == "application/x-pem-file"
        return x509.load_pem_x509_certificate(answer.read())


def verify(message, ca_file):
    """Raises InvalidSignature where the message is not what was signed."""
    names = [name for name in SIGNED[message["Type"]] if name in message]
    text = "".join(f"{name}\n{message[name]}\n" for name in names)
    key = certificate(message["SigningCertURL"], ca_file).public_key()
    key.verify(base64.b64decode(message["Signature"]), text.encode(), padding.PKCS1v15(), HASHES[message["SignatureVersion"]]())
