"""The practice API under a real Daphne on a free port of 127.0.0.1, asked over real sockets."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[3]
QUESTION = "Why is there a tide, and what has the moon to do with it?"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The address of the running API; at the end, nothing may have gone wrong in its log."""
    log = tmp_path_factory.mktemp("practice") / "daphne.log"
    command = [sys.executable, "-m", "daphne", "-e", "tcp:port=0:interface=127.0.0.1"]
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*command, "tests.connector.practice.served:application"],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=written,
            stderr=written,
        )
    try:
        yield f"http://127.0.0.1:{_port(log, process)}"
    finally:
        process.terminate()
        process.wait(10)
    assert "Traceback" not in log.read_text()


@pytest.fixture(scope="session")
def api(server):
    """A client of the API; pieces come as fast as possible unless a test says otherwise."""
    with httpx.Client(base_url=f"{server}/practice", timeout=10, params={"speed": "0", "seed": "7"}) as client:
        yield client


@pytest.fixture
def alive(server, api):
    """Asks for the names of what still runs in the server."""
    return lambda: api.get(f"{server}/alive").json()


@pytest.fixture
def raw(server):
    """Send a request over a socket of one's own; it gives the socket."""

    def connect(path: str, body: object) -> socket.socket:
        content = json.dumps(body).encode()
        head = f"POST /practice{path} HTTP/1.1\r\nHost: practice\r\nContent-Length: {len(content)}\r\n\r\n"
        opened = socket.create_connection(("127.0.0.1", int(server.rsplit(":", 1)[1])), timeout=5)
        opened.sendall(head.encode() + content)
        sockets.append(opened)
        return opened

    sockets: list[socket.socket] = []
    yield connect
    for opened in sockets:
        opened.close()


def _port(log: Path, process: subprocess.Popen) -> int:
    for _ in range(400):
        if found := re.search(r"Listening on TCP address 127\.0\.0\.1:(\d+)", log.read_text()):
            return int(found[1])
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(f"Daphne did not start: {log.read_text()}")
