"""The bytes of a response as they arrive.

A read may be passed on in the very turn of the event loop in which it came. To wake the task that waits for it takes
another turn, with system calls of its own, which was a sixth of what a token costs (tests/bench/relay.py).
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextvars import Context, copy_context
from typing import Any, TypeAlias

import aiohttp
import httpx
from aiohttp.client_proto import ResponseHandler

from builder.tempo import tempo

# Bytes that are taken in one turn of the event loop, so that a service that pours without a pause leaves the others
# theirs (P13).
AT_ONCE = 16_384
# Gets bytes of a response; returns whether that is enough of it.
Take: TypeAlias = Callable[[bytes], bool]


class Protocol(ResponseHandler):
    """aiohttp's side of a connection; `heard` is called after each of its reads and when it is lost.

    `has_paused`: more came at once than aiohttp holds. From then on it may hold back part of what it has read until
    that is asked for, so it takes somebody who asks.
    """

    heard: Callable[[], None] | None = None
    has_paused = False

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.heard is not None:
            self.heard()

    def pause_reading(self) -> None:
        self.has_paused = True
        super().pause_reading()

    def resume_reading(self, resume_parser: bool = True) -> None:
        """aiohttp calls this after each read, and would each time have its parser and the loop look at nothing."""
        if self.has_paused:
            super().resume_reading(resume_parser)

    def set_exception(self, error: BaseException, *cause: BaseException) -> None:
        """What is no longer HTTP ends the body, too: aiohttp would tell only those who wait for a head, and on a
        connection that is lost nobody."""
        super().set_exception(error, *cause)
        body = self._payload
        if body is not None and not body.is_eof() and body.exception() is None:
            body.set_exception(aiohttp.ClientPayloadError())

    def connection_lost(self, error: BaseException | None) -> None:
        super().connection_lost(error)
        if self.heard is not None:
            self.heard()


class Body(httpx.AsyncByteStream):
    """The body of a response: iterating it gives the bytes that are available at each read.

    If `straight` is set, what comes while the iterator waits goes there at once, unless it is more than `AT_ONCE`, and
    the iterator goes on waiting; when `straight` returns True, it ends. While the core is full, and more than one such
    read comes per batch, the connection rests for the time of a batch after each of them.
    """

    def __init__(self, answer: aiohttp.ClientResponse):
        self._answer = answer
        self._protocol: Any = answer.connection.protocol if answer.connection else None
        self.straight: Take | None = None
        self._waits: asyncio.Future[None] | None = None
        # That of the task that waits.
        self._context: Context | None = None
        # What was too much for `straight`.
        self._left = b""
        # When it was last heard, or listened to again after a rest.
        self._since = 0.0
        self._has_enough = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        content = self._answer.content
        try:
            while data := await self._next():
                yield data
        except aiohttp.ClientError:
            # The error would hide bytes that arrived before it and have not been read; the author is promised the text
            # so far.
            content._exception = None
            if left := content.read_nowait():
                yield left
            raise
        if self._has_enough:
            return
        # Without a length or chunks, aiohttp takes a reset for a proper end.
        if self._protocol is not None and not {"Content-Length", "Transfer-Encoding"} & self._answer.headers.keys():
            lost = self._protocol.exception()
            if isinstance(lost, aiohttp.ClientOSError):
                raise lost

    async def _next(self) -> bytes:
        """What is there, once something is; nothing at the end."""
        content = self._answer.content
        while self.straight is not None and self._goes_on():
            if data := content.read_nowait():
                return data
            await self._until_woken(self._protocol)
            if self._has_enough:
                return b""
            if self._left:
                data, self._left = self._left, b""
                return data
        return await content.readany()

    def _goes_on(self) -> bool:
        """Whether more may come on a connection that holds nothing back."""
        content = self._answer.content
        return not content.is_eof() and content.exception() is None and not self._protocol.has_paused

    async def _until_woken(self, protocol: Protocol) -> None:
        self._waits, self._context = asyncio.get_running_loop().create_future(), copy_context()
        protocol.heard = self._heard
        try:
            await self._waits
        finally:
            self._waits = self._context = None
            # The connection may have another response by now.
            if protocol.heard == self._heard:
                protocol.heard = None

    def _heard(self) -> None:
        """Something has come, or the end."""
        content, context = self._answer.content, self._context
        if context is None or self.straight is None or self._protocol.has_paused or content.exception() is not None:
            return self._wake()
        data = content.read_nowait()
        if len(data) > AT_ONCE:
            self._left = data
            self._wake()
        elif data and context.run(self.straight, data):
            self._has_enough = True
            self._wake()
        elif content.is_eof():
            self._wake()
        elif tempo.is_slow:
            self._rest()

    def _rest(self) -> None:
        """The core is full: a service that says more than one thing per batch is heard once per batch, so that a read
        brings several tokens for little more than the cost of one."""
        loop, transport = asyncio.get_running_loop(), self._protocol.transport
        if transport is None or transport.is_closing() or loop.time() - self._since > tempo.frame:
            self._since = loop.time()
            return
        transport.pause_reading()
        loop.call_later(tempo.frame, self._rested, transport)

    def _rested(self, transport: asyncio.Transport) -> None:
        self._since = asyncio.get_running_loop().time()
        if not transport.is_closing():
            transport.resume_reading()

    def _wake(self) -> None:
        self._protocol.heard = self._context = None
        if self._waits is not None and not self._waits.done():
            self._waits.set_result(None)

    async def aclose(self) -> None:
        """Abort an unfinished connection without waiting for TLS to close (P10). A finished one has already been
        returned to the pool."""
        if self._answer.connection is not None and (transport := self._answer.connection.transport) is not None:
            transport.abort()
        self._answer.close()


async def in_turns(take: Take, data: bytes) -> bool:
    """Pass bytes on in as many turns of the event loop as they need; returns whether they were enough."""
    for at in range(0, len(data), AT_ONCE):
        if at:
            await asyncio.sleep(0)
        if take(data[at : at + AT_ONCE]):
            return True
    return False
