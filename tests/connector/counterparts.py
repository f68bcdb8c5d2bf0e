"""Services that others wrote, on loopback: an emulator of the language models' APIs, and a streaming web framework.

The emulator (`@copilotkit/aimock`) answers as its vendors document; nothing of it is ours, so that we cannot have
misread a format in the same way twice.
"""

import json
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from sse_starlette import EventSourceResponse, ServerSentEvent

from tests.server import ROOT, free_port

QUESTION = "What moves the tides?"
ANSWER = (
    'Mostly the Moon: it pulls the near side of the Earth harder than the far side, and so "stretches" the sea.\n\n'
    "* twice a day, on most coasts\n* more at new and full moon, when the Sun helps — Zoë calls them springs 🌊\n"
)
_EMULATOR = ROOT / "node_modules/@copilotkit/aimock/dist/cli.js"
_SECONDS_TO_START = 60


@contextmanager
def emulator(home: Path) -> Iterator[str]:
    """The emulator, which answers QUESTION by ANSWER in pieces of seven characters. Gives its address."""
    known = {"fixtures": [{"match": {"userMessage": QUESTION}, "response": {"content": ANSWER}}]}
    fixtures = home / "fixtures.json"
    fixtures.write_text(json.dumps(known))
    url = f"http://127.0.0.1:{(port := free_port())}"
    arguments = ["-p", str(port), "-f", str(fixtures), "--chunk-size", "7", "--log-level", "silent"]
    process = subprocess.Popen(["node", str(_EMULATOR), *arguments], stdin=subprocess.DEVNULL, cwd=home)
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        assert process.poll() is None, "The emulator ended at once."
        try:
            httpx.get(url, timeout=1)
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("The emulator does not answer.")


@contextmanager
def framework() -> Iterator[str]:
    """An ASGI application that streams ANSWER by `sse-starlette`, with its pings, CRLF and names of events."""
    server = uvicorn.Server(uvicorn.Config(_application, port=(port := free_port()), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + _SECONDS_TO_START
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


async def _application(scope: dict[str, object], receive: object, send: object) -> None:
    await EventSourceResponse(_events(), ping=1)(scope, receive, send)  # type: ignore[arg-type]


async def _events() -> AsyncIterator[ServerSentEvent]:
    yield ServerSentEvent(json.dumps({"session": "s-1"}), event="open", id="0", retry=5000)
    pieces = [ANSWER[start : start + 7] for start in range(0, len(ANSWER), 7)]
    for number, piece in enumerate(pieces, 1):
        yield ServerSentEvent(
            json.dumps({"text": piece, "n": number}, ensure_ascii=False), event="piece", id=str(number)
        )
    yield ServerSentEvent(json.dumps({"pieces": len(pieces)}), event="finished", comment="that is all")
