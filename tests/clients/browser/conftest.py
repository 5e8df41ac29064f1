"""A browser, and a site of somebody else that its pages come from."""

import http.server
import threading

import pytest
from browser import Browser
from identities import allow


class App:
    """A web server with pages of the test, at http://app.example and http://other.example."""

    def __init__(self):
        pages = self.pages = {"/": "<title>app</title>"}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = pages.get(self.path.partition("?")[0])
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len((body or "").encode())))
                self.end_headers()
                self.wfile.write((body or "").encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def port(self):
        return self.server.server_address[1]

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture(scope="session")
def app():
    app = App()
    yield app
    app.close()


@pytest.fixture(scope="session")
def browser(app):
    # The website endpoint is at a port, which the names of redirects do not have.
    with Browser(hosts={"*.example": app.port}) as browser:
        yield browser


@pytest.fixture
def page(browser):
    """A page of http://app.example."""
    return browser.page("http://app.example/")


@pytest.fixture
def signer(user):
    """A client with a key of its own: pages of other sites may not use the default one (decision 016)."""
    someone = user()
    someone.may(allow("s3:*", "*"))
    return someone.client("s3", signature_version="s3v4")
