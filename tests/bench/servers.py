"""The servers that are measured, each a process of its own on the server's core: the product under Daphne as
`manage.py serve` runs it, the product under uvicorn, and the bare relay."""

import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.load import BUTTON, PAGE, LiveSocket, Socket
from tests.bench.machine import SERVER_CORE, on_core
from tests.server import ROOT, StreamwrightServer, free_port

SECONDS_TO_START = 30


class Bare:
    """The relay of tests/bench/bare.py."""

    name = "bare relay"

    def __init__(self, process: subprocess.Popen[bytes], port: int):
        self.pid, self.url = process.pid, f"http://127.0.0.1:{port}"
        self.url_of_ten = f"{self.url}/?streams=10"

    def page(self) -> Socket:
        return Socket(f"{self.url}/ws")


class Product:
    """A real Streamwright with the published app of tests/bench/app.py. Every page is another visitor's."""

    def __init__(self, name: str, server: StreamwrightServer):
        self.name, self.pid, self.server = name, server.process.pid, server
        self.url = f"http://localhost:{server.port}/bench/"
        self.url_of_ten = f"http://localhost:{server.port}/ten/"

    def page(self) -> LiveSocket:
        published = f"localhost:{self.server.port}"
        where = f"{self.server.url}/ws/app/bench/{PAGE}/"
        cookie = f"sw_visitor={uuid.uuid4().hex}"
        return LiveSocket(where, BUTTON, Host=published, Origin=f"http://{published}", Cookie=cookie)


Contender = Bare | Product


class Uvicorn(StreamwrightServer):
    """The same application under uvicorn, as docs/performance.md says it is run."""

    def command(self, *arguments: str) -> list[str]:
        if arguments[0] != "serve":
            return super().command(*arguments)
        here = ["--port", str(self.port), "--log-level", "error", "--timeout-graceful-shutdown", "1"]
        return [sys.executable, "-m", "uvicorn", "streamwright.asgi:application", *here, *UVICORN.split()]


UVICORN = (
    "--lifespan on --loop uvloop --ws streamwright.wire.uvicorn:AtOnce --ws-per-message-deflate false --ws-max-size 1048576 "
    "--no-server-header"
)
KINDS: dict[str, type[StreamwrightServer]] = {"daphne": StreamwrightServer, "uvicorn": Uvicorn}


@contextmanager
def prepared(service: int) -> Iterator[Path]:
    """A home with two apps whose calls go to the vendor at a port of this machine: `bench` with one stream, `ten` with
    ten. To be copied for each product."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        nobody = StreamwrightServer(Path(folder) / "prepared")
        for command in (("migrate", "--noinput", "-v", "0"), ("collectstatic", "--noinput", "-v", "0"), ("seed",)):
            nobody.manage(*command)
        for slug, streams in (("bench", 1), ("ten", 10)):
            nobody.shell(
                f"from tests.bench.app import make; make('http://127.0.0.1:{service}/v1', '{slug}', {streams})"
            )
        yield nobody.home


@contextmanager
def product(name: str, prepared: Path, service: int) -> Iterator[Product]:
    """The product under `daphne` or `uvicorn`, with a home of its own."""
    home = prepared.with_name(f"{name}-{uuid.uuid4().hex[:6]}")
    shutil.copytree(prepared, home)
    with ExitStack() as stack:
        with on_core(SERVER_CORE):
            server = KINDS[name](home, PRACTICE="0", OUTGOING_ALLOW=f"127.0.0.1:{service}")
            stack.enter_context(server)
        yield Product(name, server)


@contextmanager
def bare(service: int) -> Iterator[Bare]:
    port = free_port()
    with on_core(SERVER_CORE):
        command = [sys.executable, "-m", "tests.bench.bare", str(port), f"http://127.0.0.1:{service}/v1"]
        process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield Bare(process, _listening(process, port))
    finally:
        process.terminate()
        process.wait()


def _listening(process: subprocess.Popen[bytes], port: int) -> int:
    give_up = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up and process.poll() is None:
        if str(f"{port:04X}") in Path("/proc/net/tcp").read_text():
            return port
        time.sleep(0.05)
    raise RuntimeError("The bare relay did not start.")
