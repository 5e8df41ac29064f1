"""Requests as bytes: signed by botocore and sent by hand, or not HTTP at all."""

import dataclasses
import datetime
import http.client
import re
import socket
import urllib.parse
import xml.etree.ElementTree as ElementTree

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

SECONDS_MAX = 30


@dataclasses.dataclass
class Answer:
    """An HTTP answer, read whole."""

    status: int
    headers: dict
    body: bytes

    def xml(self):
        """The body as nested dictionaries, without namespaces; repeated elements become lists."""
        return _plain(ElementTree.fromstring(self.body))

    def error(self):
        """(code, message) of an XML error of S3 or of the query protocol."""
        root = self.xml()
        inner = root.get("Error", root)
        return inner["Code"], inner["Message"]


def _plain(element):
    children = list(element)
    if not children:
        return element.text or ""
    members = {}
    for child in children:
        name, value = re.sub(r"\{.*\}", "", child.tag), _plain(child)
        if name in members:
            members[name] = members[name] if isinstance(members[name], list) else [members[name]]
            members[name].append(value)
        else:
            members[name] = value
    return members


def send(server, method, target, headers=(), body=b""):
    """One request over http.client, exactly as given."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=SECONDS_MAX)
    try:
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in dict(headers).items():
            connection.putheader(name, value)
        connection.endheaders()
        if body:
            connection.send(body)
        answer = connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


class Signer:
    """Signs requests for one service as the SDKs do."""

    def __init__(self, server, service, *, region="us-east-1", key="test", secret="test"):
        self.server, self.service = server, service
        kind = botocore.auth.S3SigV4Auth if service == "s3" else botocore.auth.SigV4Auth
        self.auth = kind(Credentials(key, secret), service, region)

    def headers(self, method, target, headers=(), body=b"", length=True):
        """The headers of a signed request, Host and Authorization among them. `length=False` names none."""
        path, _, query = target.partition("?")
        host = f"127.0.0.1:{self.server.port}"
        parameters = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        request = AWSRequest(method, f"http://{host}{path}", data=body, headers=dict(headers), params=parameters)
        if "Host" not in request.headers:
            request.headers["Host"] = host
        if length and "Content-Length" not in request.headers and (body or method in ("PUT", "POST")):
            request.headers["Content-Length"] = str(len(body))
        self.auth.add_auth(request)
        return dict(request.headers.items())

    def request(self, method, target, headers=(), body=b""):
        return send(self.server, method, target, self.headers(method, target, headers, body), body)

    def head_bytes(self, method, target, headers=(), body=b""):
        """The head of a signed request, as it goes over the wire."""
        lines = [f"{method} {target} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in self.headers(method, target, headers, body).items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


def query(server, service, action, version, region="us-east-1", path="/", **parameters):
    """A call in the query protocol: a signed form, an XML answer."""
    body = urllib.parse.urlencode({"Action": action, "Version": version, **parameters}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    return Signer(server, service, region=region).request("POST", path, headers, body)


def converse(server, sent, *, close_after_sending=False, seconds=SECONDS_MAX):
    """Sends bytes and answers everything that comes back until the server closes, or `seconds` pass."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=seconds) as connection:
        received = b""
        try:
            connection.sendall(sent)
            if close_after_sending:
                connection.shutdown(socket.SHUT_WR)
            while chunk := connection.recv(65_536):
                received += chunk
                if _complete(received):
                    break
        except (ConnectionResetError, BrokenPipeError):
            pass
        return received


def _complete(received):
    """Whether this is one whole HTTP/1.1 answer with a Content-Length."""
    head, found, body = received.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)^content-length: *(\d+)", head, re.MULTILINE)
    return bool(found and length and len(body) >= int(length[1]))


def status_of(received):
    """The status of an answer as bytes, or None."""
    match = re.match(rb"HTTP/1\.1 (\d{3})", received)
    return int(match[1]) if match else None


def amz_now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
