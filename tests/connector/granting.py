"""A service on 127.0.0.1 that hands out tokens at /token and answers calls that carry the newest one."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

from tests.connector.loopback import Service, service


class Granting:
    """What the service does next, and what it was asked."""

    here: Service

    def __init__(self, **answer: Any):
        # What every token's answer holds beside the token.
        self.more = answer
        self.asked: list[dict[str, str]] = []
        self.was_asked = asyncio.Event()
        self.called: list[str] = []
        self.newest = ""
        # Seconds that a token takes; statuses that calls get instead of theirs; what is sent instead of a token.
        self.slowly = 0.0
        self.statuses: list[int] = []
        self.instead: bytes | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.here.port}/token"

    def void(self) -> None:
        """No token that was handed out is good any more."""
        self.newest = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # The request of this very connection: others may have come meanwhile.
        head, _, body = self.here.heads[-1].partition(b"\r\n\r\n")
        path, lines = head.split()[1].decode(), head.decode().split("\r\n")[1:]
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        said = self.grant(body.decode(), headers) if path.startswith("/token") else self.call(headers)
        await asyncio.sleep(self.slowly if path.startswith("/token") else 0)
        writer.write(said)
        await writer.drain()

    def grant(self, body: str, headers: dict[str, str]) -> bytes:
        self.asked.append({**dict(parse_qsl(body)), **{k: v for k, v in headers.items() if k == "authorization"}})
        self.was_asked.set()
        if self.instead is not None:
            return self.instead
        self.newest = f"granted-{len(self.asked)}-0123456789abcdef"
        return reply(200, {"access_token": self.newest, "token_type": "bearer"} | self.more)

    def call(self, headers: dict[str, str]) -> bytes:
        self.called.append(headers.get("authorization", ""))
        if self.statuses:
            return reply(self.statuses.pop(0), {})
        good = bool(self.newest) and self.called[-1] == f"Bearer {self.newest}"
        return reply(200 if good else 401, {"ok": good})


def reply(status: int, value: Any, *lines: str) -> bytes:
    """An answer of JSON."""
    body = json.dumps(value).encode()
    head = [
        f"HTTP/1.1 {status} X",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return "\r\n".join([*head, *lines, "", ""]).encode() + body


@asynccontextmanager
async def granting(**answer: Any) -> AsyncIterator[Granting]:
    """The service, up."""
    asked = Granting(**answer)
    async with service(asked.answer) as asked.here:
        yield asked
