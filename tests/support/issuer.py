"""An OpenID Connect provider on this machine, which signs what it is told to. Its keys are made by OpenSSL."""

import base64
import http.server
import json
import subprocess
import threading
import time


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    """A private RSA key in a file."""

    def __init__(self, folder, kid):
        self.kid, self.file = kid, folder / f"{kid}.pem"
        self._openssl("genrsa", "-out", self.file, "2048")

    def _openssl(self, *words, stdin=None):
        return subprocess.run(["openssl", *map(str, words)], input=stdin, capture_output=True, check=True).stdout

    def jwk(self):
        modulus = self._openssl("rsa", "-in", self.file, "-noout", "-modulus").decode().strip().partition("=")[2]
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "e": "AQAB", "n": b64(bytes.fromhex(modulus))}

    def sign(self, data):
        return self._openssl("dgst", "-sha256", "-sign", self.file, stdin=data)


class Issuer:
    """Serves its discovery document and keys over HTTP; `asked` counts what was fetched."""

    def __init__(self, folder):
        issuer = self
        self.keys, self.asked, self.folder, self.instead = [Key(folder, "one")], [], folder, {}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.asked.append(self.path)
                status, body = issuer.instead.get(self.path) or issuer.answer(self.path)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.url = f"https://{self.host}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path):
        if path == "/.well-known/openid-configuration":
            return 200, json.dumps({"issuer": self.url, "jwks_uri": f"{self.url}/keys"}).encode()
        if path == "/keys":
            return 200, json.dumps({"keys": [key.jwk() for key in self.keys]}).encode()
        return 404, b"{}"

    def new_key(self, kid):
        self.keys = [Key(self.folder, kid)]

    def token(self, key=None, header=None, **claims):
        """A token for `client`, unless the claims say otherwise."""
        key, now = key or self.keys[0], int(time.time())
        head = {"alg": "RS256", "kid": key.kid, "typ": "JWT", **(header or {})}
        body = {"iss": self.url, "sub": "subject-7", "aud": "client", "iat": now, "exp": now + 600, **claims}
        signed = ".".join(b64(json.dumps({k: v for k, v in part.items() if v is not None}).encode()) for part in (head, body))
        return f"{signed}.{b64(key.sign(signed.encode()))}"
