"""A `kumiki serve` process for tests: start, stop, kill, restart on the same data and port.

The binary is `$KUMIKI_BIN`, by default what the workspace built last.
"""

import os
import pathlib
import selectors
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
READY = "kumiki: listening on "
# All of them for a machine that is busy with other things.
START_SECONDS_MAX = 180
STOP_SECONDS_MAX = 90
ASK_SECONDS_MAX = 180
STACKS_SECONDS_MAX = 120
STILL_SECONDS_MAX = 120  # a load that does nothing for so long has come to a stop


def binary():
    """The program under test: KUMIKI_BIN, or what was built last (`./run` builds for release)."""
    target = ROOT / os.environ.get("CARGO_TARGET_DIR", "target")
    named = os.environ.get("KUMIKI_BIN")
    paths = [pathlib.Path(named)] if named else [target / profile / "kumiki" for profile in ("debug", "release")]
    built = [path for path in paths if path.exists()]
    if not built:
        raise FileNotFoundError(f"{paths[0]}: build it with `cargo build -p kumiki`, or set KUMIKI_BIN")
    return str(max(built, key=lambda path: path.stat().st_mtime))


class DidNotStart(Exception):
    """The process ended, or printed nothing, before it was ready."""

    def __init__(self, status, log):
        super().__init__(f"kumiki serve ended with {status} before it was ready:\n{log}")
        self.status, self.log = status, log


class Server:
    """One data directory and, while it runs, the process that serves it."""

    def __init__(self, data=None, *, cells=1, port=0, args=(), environment=None):
        self._made = None if data else tempfile.mkdtemp(prefix="kumiki-test-")
        self.data = pathlib.Path(data or os.path.join(self._made, "data"))
        self.log = self.data.parent / f"{self.data.name}.log"
        self.port, self.args, self.environment = port, list(args), environment
        if cells != 1:
            self.args += ["--cells", str(cells)]
        self.process = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()

    @property
    def endpoint(self):
        """Where it listens, over http."""
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        """Starts it and waits until it says that it listens. The port stays the same after a restart."""
        self.launch()
        line = self._first_line(time.monotonic() + START_SECONDS_MAX)
        if READY not in line:
            self.process.kill()
            raise DidNotStart(self.process.wait(), line + self.log_text())
        self.port = int(line.strip().rsplit(":", 1)[1])
        return self

    def launch(self):
        """Starts it and does not wait."""
        command = [binary(), "serve", "--listen", f"127.0.0.1:{self.port}", "--data", str(self.data), *self.args]
        with open(self.log, "ab") as log:
            environment = {**os.environ, **self.environment} if self.environment else None
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL,
                                            env=environment)

    def _first_line(self, deadline):
        text = b""
        with selectors.DefaultSelector() as ready:
            ready.register(self.process.stdout, selectors.EVENT_READ)
            while b"\n" not in text or READY.encode() not in text:
                left = deadline - time.monotonic()
                if left <= 0 or not ready.select(left):
                    break
                chunk = os.read(self.process.stdout.fileno(), 4096)
                if not chunk:
                    break
                text += chunk
        lines = text.decode(errors="replace").splitlines()
        return next((line for line in lines if READY in line), "\n".join(lines))

    def log_text(self):
        """What it wrote to standard error, its end."""
        return self.log.read_text(errors="replace")[-8000:] if self.log.exists() else ""

    def stacks(self):
        """Where its threads are, if there is a debugger to say so."""
        command = ["gdb", "-p", str(self.process.pid), "-batch", "-ex", "thread apply all backtrace 24"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=STACKS_SECONDS_MAX)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"no stacks: {error}\n"
        return done.stdout

    def running(self):
        return self.process is not None and self.process.poll() is None

    def stop(self, how=signal.SIGTERM):
        """Asks it to end and answers its exit status."""
        self.process.send_signal(how)
        try:
            return self.process.wait(STOP_SECONDS_MAX)
        finally:
            self.process.stdout.close()

    def kill(self):
        """kill -9: nothing is flushed, nobody is asked."""
        return self.stop(signal.SIGKILL)

    def restart(self, how=signal.SIGTERM):
        if self.running():
            self.stop(how)
        return self.start()

    def close(self):
        if self.running():
            self.kill()
        if self._made:
            shutil.rmtree(self._made, ignore_errors=True)

    def admin(self, *words):
        """Runs `kumiki WORDS --data DIR` and answers its standard output."""
        done = subprocess.run([binary(), *words, "--data", str(self.data)], capture_output=True, text=True,
                              timeout=ASK_SECONDS_MAX)
        if done.returncode != 0:
            raise RuntimeError(f"kumiki {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def forward(self, seconds):
        """Turns the service clock (delays, visibility, retention) forward."""
        self.admin("clock", "--forward", str(seconds))

    def ca_file(self):
        """The generated certificate authority, as a PEM file."""
        path = self.data.parent / f"{self.data.name}-ca.pem"
        path.write_text(self.admin("ca"))
        return str(path)


class External:
    """A server that someone else runs (`KUMIKI_TEST_ENDPOINT`); tests that restart it cannot use it."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.port = int(endpoint.rsplit(":", 1)[1])

    def running(self):
        return True

    def close(self):
        pass


def resolve_localhost():
    """Makes `*.localhost` resolve to the loopback address, which Debian's resolver does not do."""
    real = socket.getaddrinfo

    def getaddrinfo(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        if isinstance(name, str) and (name == "localhost" or name.endswith(".localhost")):
            host = "127.0.0.1"
        return real(host, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo
