"""One response on its way to the client: headers, bytes, pauses, an end or a break; it notices when the client
leaves."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Self

from connector.practice.written import compact, encoded

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

# Labels every response: nothing is cached, and no page from here may run a script.
LABELS = (
    (b"x-practice", b"yes"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; sandbox"),
)


class Gone(Exception):
    """The client left: writing stops here."""


class Wire:
    """Used as `async with Wire(receive, send) as wire`; every write and pause raises Gone once the client has left."""

    def __init__(self, receive: Receive, send: Send):
        self._receive = receive
        self._send = send

    async def __aenter__(self) -> Self:
        self._gone = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._gone.cancel()
        await asyncio.wait({self._gone})

    async def start(self, status: int, content_type: str, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        """Send status and headers immediately: an empty first piece makes the server write them."""
        named = ((b"content-type", content_type.encode()), *headers, *LABELS)
        await self._send({"type": "http.response.start", "status": status, "headers": list(named)})
        await self.write(b"")

    async def write(self, data: bytes) -> None:
        if self._gone.done():
            raise Gone
        await self._send({"type": "http.response.body", "body": data, "more_body": True})

    async def finish(self) -> None:
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def whole(
        self, status: int, content_type: str, body: bytes, headers: tuple[tuple[bytes, bytes], ...] = ()
    ) -> None:
        """A response in one piece."""
        await self.start(status, content_type, (*headers, (b"content-length", str(len(body)).encode())))
        await self.write(body)
        await self.finish()

    async def json(self, status: int, value: Any, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        """One JSON value, in one piece."""
        await self.whole(status, "application/json; charset=utf-8", encoded(compact(value)), headers)

    async def pause(self, seconds: float | None) -> None:
        """Let time pass (None: until the client leaves)."""
        await asyncio.wait({self._gone}, timeout=seconds)
        if self._gone.done():
            raise Gone

    def break_off(self) -> None:
        """Close the connection in the middle of the body, so that the client sees that it was not finished.

        ASGI has no message for this. Most servers close when the application returns without finishing; Daphne keeps
        such a connection open for ever, and an exception would stop its own housekeeping. But Daphne binds its request
        to `send`, and that request can close its connection after sending what is pending.
        """
        if isinstance(self._send, partial) and self._send.args:
            self._send.args[0].loseConnection()

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
