"""Pages of visitors without a browser: raw WebSockets that cost the load side little, and note every token's way.

page = await LiveSocket(...).open()
page.click()
page.record()
…
tokens = page.tokens()      # the seconds each was on its way
"""

import asyncio
import os
import re
import time
import uuid
from urllib.parse import urlsplit

import orjson

from tests.bench.vendor import age

# The page of tests/bench/app.py, its button and its input.
PAGE, BUTTON, OTHER = "pg_bench1", "el_go0001", "el_other1"

_TOKEN = re.compile(rb" [0-9a-f]{6}")
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
# As static/js/live/socket.js acknowledges.
ACK_SECONDS, ACK_BYTES = 1.0, 32 * 1024


class Socket(asyncio.Protocol):
    """A WebSocket that notes when what message came. `bytes` are those on the wire, `messages` their number since
    `record`, `count` all tokens that ever came."""

    def __init__(self, url: str, **headers: str):
        self._url, self._headers = urlsplit(url), headers
        self._rest = b""
        self._open = False
        self._recording = False
        self.heard: list[tuple[float, bytes]] = []
        self.bytes = self.messages = self.count = 0
        self.closed = False

    async def open(self) -> "Socket":
        self._opened = asyncio.get_running_loop().create_future()
        await asyncio.get_running_loop().create_connection(lambda: self, self._url.hostname, self._url.port)
        lines = {
            "Host": self._url.netloc,
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            # As browsers offer it. Who takes it up pays for it with CPU.
            "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
            **self._headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.transport.write(f"GET {self._url.path} HTTP/1.1\r\n{head}\r\n".encode())
        await asyncio.wait_for(self._opened, 60)
        return self

    def click(self) -> None:
        """Ask for the stream."""
        self.say(b"go")

    def say(self, text: bytes, opcode: int = _TEXT) -> None:
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(text))
        size = bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2, "big")
        self.transport.write(bytes([0x80 | opcode]) + size + mask + masked)

    def record(self) -> None:
        """From now on what comes is kept, to be counted later."""
        self._recording = True
        self.heard, self.bytes, self.messages = [], 0, 0

    def rest(self) -> None:
        self._recording = False

    def tokens(self) -> list[float]:
        """The tokens that came while it was recording, each as the seconds it was on its way."""
        return [age(token, at) for at, message in self.heard for token in _TOKEN.findall(message)]

    def close(self) -> None:
        self.transport.abort()

    def take(self, now: float, message: bytes) -> None:
        """A message has come."""
        self.messages += 1
        self.count += len(_TOKEN.findall(message))
        if self._recording:
            self.heard.append((now, message))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = True
        if not self._opened.done():
            self._opened.set_exception(ConnectionError(f"The socket was closed before it was open: {self._rest!r}"))

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        self.bytes += len(data)
        data = self._rest + data
        at = 0 if self._open else self._shake_hands(data)
        while (begin := self._begin(data, at)) and len(data) >= begin[1]:
            first, at_end = begin[0], begin[1]
            self._frame(now, data[at] & 0x0F, data[first:at_end])
            at = at_end
        self._rest = data[at:]

    def _shake_hands(self, data: bytes) -> int:
        head, complete, _ = data.partition(b"\r\n\r\n")
        if not complete:
            return 0
        if not head.startswith(b"HTTP/1.1 101"):
            self._opened.set_exception(ConnectionError(head.decode()))
            return len(data)
        assert b"permessage-deflate" not in head.lower(), "the server compresses"
        self._open = True
        self._opened.set_result(None)
        return len(head) + 4

    def _begin(self, data: bytes, at: int) -> tuple[int, int] | None:
        """Where the content of the frame at `at` begins and ends, once that can be told."""
        if not self._open or len(data) < at + 2:
            return None
        length = data[at + 1]
        if length < 126:
            return at + 2, at + 2 + length
        size = 2 if length == 126 else 8
        if len(data) < at + 2 + size:
            return None
        return at + 2 + size, at + 2 + size + int.from_bytes(data[at + 2 : at + 2 + size], "big")

    def _frame(self, now: float, opcode: int, content: bytes) -> None:
        if opcode == _PING:
            self.say(content, _PONG)
        elif opcode == _CLOSE:
            self.transport.close()
        elif opcode == _TEXT:
            self.take(now, content)


class LiveSocket(Socket):
    """A live page of the product: says hello, clicks its button, acknowledges as the page's script does."""

    def __init__(self, url: str, button: str, **headers: str):
        super().__init__(url, **headers)
        self._button = button
        self._owed = 0
        self._acknowledged = 0.0

    async def open(self) -> "LiveSocket":
        await super().open()
        self._greeted = asyncio.get_running_loop().create_future()
        self.say(orjson.dumps({"t": "hello", "visit": None, "have": 0, "v": 1}))
        await asyncio.wait_for(self._greeted, 60)
        return self

    def click(self) -> None:
        event = {"t": "event", "id": str(uuid.uuid4()), "el": self._button, "on": "clicked", "values": {}}
        self.say(orjson.dumps(event))

    def take(self, now: float, message: bytes) -> None:
        super().take(now, message)
        if not message.startswith(b'{"n":'):
            if b'"error"' in message[:9] and not self._greeted.done():
                self._greeted.set_exception(ConnectionError(message.decode()))
            return
        if not self._greeted.done():
            self._greeted.set_result(None)
        self._owed += len(message)
        if self._owed >= ACK_BYTES or now - self._acknowledged >= ACK_SECONDS:
            self.say(b'{"t":"ack","n":%s}' % message[5 : message.index(b",", 5)])
            self._owed, self._acknowledged = 0, now
