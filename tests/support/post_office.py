"""A mail server on this machine that keeps what it is sent, and the errands that show what nobody could be sent."""

import asyncio
import email
import email.policy
import json
import queue
import re
import socket
import ssl
import urllib.parse
import urllib.request

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult


class Letter:
    """One letter, and the envelope that it came in."""

    def __init__(self, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.sender, self.to = envelope.mail_from, envelope.rcpt_tos
        self.heads = {name: str(value) for name, value in message.items()}
        self.body = message.get_content().replace("\r\n", "\n")

    def url(self):
        """The link in it."""
        return re.search(r"^http\S+", self.body, re.MULTILINE)[0]


class PostOffice:
    """Answers letters with what `answers` says, one after the other, and takes them when there is no more. With
    `tls` (certificate and key, as files) it insists on STARTTLS, with `password` on that of the user `me`."""

    def __init__(self, tls=None, password=None):
        self.all, self.answers = queue.Queue(), queue.Queue()
        self.tries = 0
        office, context = self, None
        if tls:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(*tls)

        class Handler:
            async def handle_DATA(self, _server, _session, envelope):
                office.tries += 1
                try:
                    return office.answers.get_nowait()
                except queue.Empty:
                    office.all.put(Letter(envelope))
                    return "250 fine"

        def authenticate(_server, _session, _envelope, _mechanism, given):
            return AuthResult(success=given.login == b"me" and given.password == password.encode())

        class Office(Controller):
            def factory(self):
                asked = {"auth_required": True, "authenticator": authenticate} if password else {}
                return SMTP(self.handler, hostname="post.office", tls_context=context, require_starttls=bool(tls),
                            auth_require_tls=bool(tls), **asked)

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.controller = Office(Handler(), hostname="127.0.0.1", port=self.port, loop=asyncio.new_event_loop())
        self.url = f"smtp://127.0.0.1:{self.port}"

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        if self.controller.server:
            self.controller.stop(no_assert=True)

    def next(self, seconds=30):
        return self.all.get(timeout=seconds)

    def is_idle(self):
        return self.all.empty()


def ask(server, errand, data=None, **named):
    """Does an errand of SNS (`sent`, `opt-out`)."""
    url = f"{server.endpoint}/_kumiki/sns/{errand}?{urllib.parse.urlencode(named)}"
    with urllib.request.urlopen(url, data=data) as answer:
        assert answer.headers["Content-Type"] == "application/json"
        return json.load(answer)


def sent(server, to=None, **named):
    """What was sent to an address, the latest first."""
    found = ask(server, "sent", **named)["Messages"]
    return [one for one in found if to is None or one["To"] == to]


def opt_out(server, phone, **named):
    """The phone answers STOP."""
    assert ask(server, "opt-out", data=b"", phone=phone, **named) == {}
