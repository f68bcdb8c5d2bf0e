"""A vendor that streams as OpenAI does, in the process of the bench: each token is a moment, so whoever gets it knows
how long it was on its way.

    vendor = await Vendor(port).start()
    vendor.rate, vendor.tokens = 40, None     # for the streams that are asked for from now on: 40 a second, endless
    … POST http://127.0.0.1:{vendor.port}/…
    vendor.end()                              # every stream says [DONE]

A rate of 0 is as fast as it goes: as `ahead` tells how many tokens are on their way, no stream gets far ahead of whoever
reads it, and no window begins with what the one before left in the buffers.
"""

import asyncio
import heapq
import json
import time
from collections.abc import Callable
from itertools import count

# About the 295 bytes of PERFORMANCE.md, with a token of 7 bytes.
CHUNK = {
    "id": "chatcmpl-CaB0xUq2hT4d9eM7sVfLrW3nYkPzQ",
    "object": "chat.completion.chunk",
    "created": 1741944000,
    "model": "gpt-4o-mini-2024-07-18",
    "service_tier": "default",
    "choices": [{"index": 0, "delta": {"content": " token "}, "logprobs": None, "finish_reason": None}],
    "usage": None,
    "obfuscation": "Zx8vKq2M",
}
FRAME = b"data: " + json.dumps(CHUNK, separators=(",", ":")).encode() + b"\n\n"
_BEFORE, _AFTER = (b"%x\r\n" % len(FRAME) + FRAME + b"\r\n").split(b" token ")
_END = b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
# Stamps count tens of microseconds, and begin again after 167 s.
_TURN = 0x1000000
_UNIT = 1e5
# Frames of one write where a stream goes as fast as it can, and how many of its tokens may be on their way.
_BLOCK, _AHEAD = 16, 500


def stamp(now: float) -> bytes:
    """A moment as a token: a space and six digits."""
    return b" %06x" % (int(now * _UNIT) % _TURN)


def age(token: bytes, now: float) -> float:
    """The seconds since a token was stamped."""
    return ((int(now * _UNIT) - int(token[1:], 16)) % _TURN) / _UNIT


class Vendor:
    """`sent` counts the tokens of all streams, `streaming` holds those that go on."""

    def __init__(self, port: int):
        self.port = port
        self.rate: float = 40
        self.tokens: int | None = None
        self.sent = 0
        self.ahead: Callable[[], int] = lambda: 0
        self.streaming: set[_Connection] = set()
        self._due: list[tuple[float, int, _Connection, float]] = []
        self._turns = count()
        self._timer: asyncio.TimerHandle | None = None

    async def start(self) -> "Vendor":
        self._loop = asyncio.get_running_loop()
        self._server = await self._loop.create_server(lambda: _Connection(self), "127.0.0.1", self.port, backlog=1024)
        return self

    def end(self) -> None:
        """End every stream as its service does."""
        for connection in list(self.streaming):
            connection.end()

    def begin(self, connection: "_Connection") -> None:
        """A stream was asked for. The only one speaks at once; where there are more, those of a rate begin anywhere in
        their first interval, so that they do not all speak at the same time."""
        self.streaming.add(connection)
        if self.rate == 0:
            if len(self.streaming) == 1:
                self._pouring = self._loop.create_task(self._pour())
            return
        wait = (next(self._turns) * 0.618034 % 1) / self.rate if len(self.streaming) > 1 else 0
        self._plan(time.monotonic() + wait, connection, 1 / self.rate)

    async def _pour(self) -> None:
        while self.streaming:
            poured = False
            if self.ahead() < _AHEAD * len(self.streaming):
                for connection in [each for each in self.streaming if not each.full]:
                    connection.say(_BLOCK)
                    poured = True
            await asyncio.sleep(0 if poured else 0.001)

    def _plan(self, due: float, connection: "_Connection", interval: float) -> None:
        heapq.heappush(self._due, (due, next(self._turns), connection, interval))
        if self._timer is None or self._due[0][0] == due:
            self._wait()

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = (
            self._loop.call_later(max(0, self._due[0][0] - time.monotonic()), self._speak) if self._due else None
        )

    def _speak(self) -> None:
        """One token of every stream that is due."""
        due, now = self._due, time.monotonic()
        while due and due[0][0] <= now:
            then, turn, connection, interval = due[0]
            if connection in self.streaming:
                connection.say(1)
                heapq.heapreplace(due, (then + interval, turn, connection, interval))
            else:
                heapq.heappop(due)
        self._timer = None
        self._wait()


class _Connection(asyncio.Protocol):
    def __init__(self, vendor: Vendor):
        self._vendor = vendor
        self._asked = b""
        self._left: int | None = None
        self.full = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._asked += data
        head, complete, body = self._asked.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
        if complete and len(body) >= int(length or 0):
            self._asked, self._left = b"", self._vendor.tokens
            self._transport.write(_HEAD)
            self._vendor.begin(self)

    def say(self, tokens: int) -> None:
        if self._left is not None:
            tokens = min(tokens, self._left)
            self._left -= tokens
        self._transport.write((_BEFORE + stamp(time.monotonic()) + _AFTER) * tokens)
        self._vendor.sent += tokens
        if self._left == 0:
            self.end()

    def end(self) -> None:
        self._vendor.streaming.discard(self)
        self._transport.write(_END)

    def pause_writing(self) -> None:
        self.full = True

    def resume_writing(self) -> None:
        self.full = False

    def connection_lost(self, error: Exception | None) -> None:
        self._vendor.streaming.discard(self)
