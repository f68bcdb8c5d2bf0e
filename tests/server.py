"""A real Streamwright in a process of its own, with a temporary home: for journeys in a browser and over sockets.

def test_a_page(server):
    assert httpx.get(server.url + "/sign-in/").status_code == 200
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from tests.shell import Shell

ROOT = Path(__file__).resolve().parent.parent
# What a child process keeps of this one's environment. Settings are chosen here, never inherited.
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")
SECONDS_TO_START = 60
SECONDS_TO_END = 10
# Characters of its log that a failure shows.
LOG_SHOWN = 8000


class CommandFailed(AssertionError):
    """A `manage.py` command ended with an error; what it printed is in the message."""


class StreamwrightServer:
    """Daphne with the shipped settings on a free port. A context manager; `environment` overrides settings."""

    def __init__(self, home: Path, arguments: tuple[str, ...] = (), **environment: str):
        self.home = home
        self.arguments = arguments
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.origin = self.url
        self.log_file = home / "server.log"
        self.environment = {name: os.environ[name] for name in INHERITED if name in os.environ} | {
            "STREAMWRIGHT_HOME": str(home),
            "PORT": str(self.port),
            "PRACTICE": "1",
            "OUTGOING_ALLOW": f"127.0.0.1:{self.port}",
            # A test that ends a server while something streams need not wait for it.
            "STOP_GRACE": "1",
            **environment,
        }
        self._shell = Shell(self.environment)

    def __enter__(self) -> "StreamwrightServer":
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                self.command("serve", *self.arguments),
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._wait_until_it_answers()
        return self

    def __exit__(self, *exception: object) -> None:
        self.end()

    def end(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop, as an operator does, and give its exit status."""
        self._shell.end()
        self.process.send_signal(sign)
        try:
            return self.process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise

    @property
    def log(self) -> str:
        """All that it has printed so far."""
        return self.log_file.read_text(errors="replace")

    def manage(self, *arguments: str) -> str:
        """What a `manage.py` command prints, run in this home."""
        done = subprocess.run(
            self.command(*arguments), cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120
        )
        if done.returncode:
            printed = done.stdout + done.stderr
            raise CommandFailed(f"manage.py {arguments[0]} ended with {done.returncode}:\n{printed}")
        return done.stdout

    def shell(self, code: str) -> str:
        """What Python code prints when it runs inside Django, in this home: how a journey prepares and checks rows."""
        return self._shell.run(code)

    def sign_in_link(self, email: str | None = None) -> str:
        """A link that signs in the owner, or whoever has the address."""
        arguments = ["link", *([email] if email else [])]
        return self.shell(f"from django.core.management import call_command; call_command(*{arguments!r})").strip()

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "manage.py", *arguments]

    def _wait_until_it_answers(self) -> None:
        give_up = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < give_up:
            assert self.process.poll() is None, f"The server ended with {self.process.returncode}:\n{self.log}"
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        self.end()
        raise AssertionError(f"The server did not answer within {SECONDS_TO_START} s:\n{self.log}")


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test shows what its server has printed."""
    report = yield
    if report.failed:
        for given in getattr(item, "funcargs", {}).values():
            if isinstance(given, StreamwrightServer):
                report.sections.append((f"Log of the server at {given.url}", given.log[-LOG_SHOWN:]))
    return report


def prepare(shared: Path) -> Path:
    """A home as `./run setup` leaves it: keys, owner, demo app, static files collected. Made once for all who give the
    same folder, by the first of them."""
    home, ready = shared / "prepared", shared / "prepared.ready"
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            nobody = StreamwrightServer(home)
            nobody.manage("migrate", "--noinput", "-v", "0")
            nobody.manage("collectstatic", "--noinput", "-v", "0")
            nobody.manage("seed")
            ready.touch()
    return home


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """To be copied: shared by the workers, and by both parts of `./run test`, which begins it before they ask."""
    here = tmp_path_factory.getbasetemp()
    workers = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    return prepare(Path(os.environ.get("TESTS_SHARE") or workers))


@pytest.fixture(scope="session")
def new_home(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Makes homes: everything of their own but the collected static files, which nobody writes to."""

    def make() -> Path:
        home = tmp_path_factory.mktemp("server") / "home"
        shutil.copytree(prepared_home, home, ignore=shutil.ignore_patterns("static"))
        (home / "static").symlink_to(prepared_home / "static")
        return home

    return make


@pytest.fixture(scope="session")
def server(new_home: Callable[[], Path]) -> Iterator[StreamwrightServer]:
    """One server for all tests that only need some server."""
    with StreamwrightServer(new_home()) as running:
        yield running


@pytest.fixture
def own_server(new_home: Callable[[], Path]) -> Iterator[StreamwrightServer]:
    """A server for one test that changes what others would see, or ends it."""
    with StreamwrightServer(new_home()) as running:
        yield running


if __name__ == "__main__":
    prepare(Path(sys.argv[1]))
