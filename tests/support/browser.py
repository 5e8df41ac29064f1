"""Headless Chromium, driven over the pipe of its DevTools protocol: nothing but the browser itself is needed.

The browser is `$KUMIKI_BROWSER`, or Chromium or Chrome by one of its usual names.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
SECONDS_MAX = 60


def program():
    """The browser's path. None is an error: what was not tried in a browser was not tested."""
    named = os.environ.get("KUMIKI_BROWSER")
    found = [path for path in map(shutil.which, [named] if named else NAMES) if path]
    if not found:
        raise FileNotFoundError(f"no browser: none of {', '.join([named] if named else NAMES)} is installed "
                                "(apt-get install chromium, or set KUMIKI_BROWSER)")
    return found[0]


class Browser:
    """A browser with a profile of its own. `hosts` maps names to 127.0.0.1:PORT."""

    def __init__(self, hosts=()):
        self.profile = tempfile.mkdtemp(prefix="kumiki-browser-")
        rules = ",".join(f"MAP {name} 127.0.0.1:{port}" for name, port in dict(hosts).items())
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
                 "--disable-extensions", "--disable-sync", "--no-proxy-server", "--remote-debugging-pipe",
                 f"--user-data-dir={self.profile}", *([f"--host-resolver-rules={rules}"] if rules else [])]
        ours, theirs = os.pipe(), os.pipe()  # what it reads as 3, and what it writes to as 4
        self._to, self._from = ours[1], theirs[0]
        # The numbers may be taken by the pipes themselves, so they are moved out of the way first.
        shell = f'exec 8<&{ours[0]} 9>&{theirs[1]}; exec 3<&8 4>&9 8<&- 9>&-; exec "$@"'
        with open(os.path.join(self.profile, "log"), "wb") as log:
            self.process = subprocess.Popen(
                ["bash", "-c", shell, "browser", program(), *flags, "about:blank"], pass_fds=(ours[0], theirs[1]),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        os.close(ours[0])
        os.close(theirs[1])
        self._buffer, self._count, self.events = b"", 0, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        os.close(self._to)
        os.close(self._from)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _next(self, deadline):
        """The next message."""
        while b"\0" not in self._buffer:
            left = deadline - time.monotonic()
            ready = left > 0 and select.select([self._from], [], [], left)[0]
            chunk = os.read(self._from, 1 << 20) if ready else b""
            if not chunk:
                with open(os.path.join(self.profile, "log"), errors="replace") as log:
                    why = "the browser ended" if ready else "the browser does not answer"
                    raise RuntimeError(f"{why}:\n{log.read()[-4000:]}")
            self._buffer += chunk
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def ask(self, method, session=None, **parameters):
        """A command's result. Events that come meanwhile are kept."""
        self._count += 1
        command = {"id": self._count, "method": method, "params": parameters}
        if session:
            command["sessionId"] = session
        os.write(self._to, json.dumps(command).encode() + b"\0")
        deadline = time.monotonic() + SECONDS_MAX
        while True:
            message = self._next(deadline)
            if "id" not in message:
                self.events.append(message)
            elif message["id"] == self._count:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]

    def until(self, session, fits):
        """The first event of a page, from those not looked at on, that fits."""
        deadline = time.monotonic() + SECONDS_MAX
        while True:
            while self.events:
                event = self.events.pop(0)
                if event.get("sessionId") == session and fits(event["method"], event["params"]):
                    return event["params"]
            message = self._next(deadline)
            if "id" not in message:
                self.events.append(message)

    def page(self, url=None):
        """A new page."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        page = Page(self, self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        if url:
            page.go(url)
        return page


class Page:
    """One page."""

    def __init__(self, browser, session):
        self.browser, self.session = browser, session
        for domain in ("Page", "Network", "Runtime", "DOM"):
            self.ask(f"{domain}.enable")

    def ask(self, method, **parameters):
        return self.browser.ask(method, self.session, **parameters)

    def go(self, url):
        """Goes to an address and answers the status of the document that was shown in the end."""
        self.browser.events.clear()
        went = self.ask("Page.navigate", url=url)
        if "errorText" in went:
            raise RuntimeError(f"{url}: {went['errorText']}")
        return self._loaded()

    def click(self, selector):
        """Clicks something that leads to another document, and answers that one's status."""
        self.browser.events.clear()
        self.run(f"void setTimeout(() => document.querySelector({json.dumps(selector)}).click())")
        return self._loaded()

    def _loaded(self):
        answer = self.browser.until(self.session, lambda method, given: (
            method == "Network.responseReceived" and given["type"] == "Document"))
        self.browser.until(self.session, lambda method, _: method == "Page.loadEventFired")
        return answer["response"]["status"]

    def run(self, script):
        """What an expression comes to; promises are waited for. What is thrown is raised."""
        did = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True)
        if "exceptionDetails" in did:
            thrown = did["exceptionDetails"].get("exception", {})
            raise Thrown(thrown.get("description") or thrown.get("value") or did["exceptionDetails"]["text"])
        return did["result"].get("value")

    def choose(self, selector, path):
        """Chooses a file of the disk in a form."""
        root = self.ask("DOM.getDocument")["root"]["nodeId"]
        node = self.ask("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.ask("DOM.setFileInputFiles", nodeId=node, files=[str(path)])

    @property
    def url(self):
        return self.run("location.href")

    @property
    def text(self):
        return self.run("document.documentElement.textContent")


class Thrown(Exception):
    """What a script threw."""
