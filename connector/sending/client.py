"""The one way out: sends a request and yields the response's bytes as they arrive, under the guard and the limits.

    async with send(request, limits) as response:
        async for seconds, data in response.chunks():
            …

Leaving the block, whether by its end, an error or cancellation, closes the connection to the service at once (P10).
"""

import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import TypeAlias, cast

import httpx

from connector.answers.decoding import Decoder
from connector.asking.address import read
from connector.asking.headers import REFUSED
from connector.asking.request import Request
from connector.auth import Scheme
from connector.errors import ConnectorError, TooManyRedirects
from connector.sending.allowed import allowed
from connector.sending.body import Body, Take, in_turns
from connector.sending.connections import Transport, connections
from connector.sending.failures import in_words
from connector.sending.guard import Guard
from connector.sending.redirects import MOST_HOPS, onward
from connector.spending.limits import MEGABYTE, Limits, Watch

# Its log lines contain whole URLs, which may contain keys.
logging.getLogger("httpx").setLevel(logging.WARNING)

_AGENT = b"Streamwright"
# For requests made on the way to a call, such as for a token.
_ASKED = Limits(first_byte=30, silence=30, total=60, size=MEGABYTE)

Flow: TypeAlias = AsyncGenerator[httpx.Request, httpx.Response]


class Response:
    """A response whose body is still arriving."""

    def __init__(self, answer: httpx.Response, request: Request, limits: Limits, watch: Watch):
        self._answer = answer
        self._body = cast(Body, answer.stream)
        self._request = request
        self._limits = limits
        self._watch = watch
        self.status = answer.status_code
        self.reason = answer.reason_phrase
        self.headers = list(answer.headers.multi_items())
        self.content_type = answer.headers.get("content-type", "")
        # Seconds from the request to the head of the response.
        self.seconds = watch.seconds

    def header(self, name: str) -> str | None:
        """A header of the answer, whatever the case of its name."""
        return self._answer.headers.get(name)

    async def chunks(self) -> AsyncIterator[tuple[float, bytes]]:
        """The decoded bytes of each read, with the seconds since the request. Raises LimitCrossed, BrokenOff or
        NotDecodable, after everything before the error has been yielded."""
        decoder = self._decoder()
        async for data in self._reads():
            for piece in decoder.feed(data):
                yield self._watch.seconds, piece
        decoder.close()

    async def pour(self, take: Take) -> None:
        """Pass the decoded bytes to `take`, at most `AT_ONCE` at a time, until it returns True. Most reads get there in
        the turn of the event loop in which they came, in this task's context. Raises what `chunks` does, and what
        `take` does."""
        decoder, watch, broke = self._decoder(), self._watch, list[Exception]()

        def straight(data: bytes) -> bool:
            watch.since = watch.loop.time()
            try:
                decoder.size += len(data)
                return take(data) if decoder.size <= decoder.most else decoder.refuse()
            except Exception as error:
                broke.append(error)
                return True

        try:
            async for data in self._reads():
                for piece in decoder.feed(data):
                    if await in_turns(take, piece):
                        return
                # What is compressed may be any number of bytes.
                if decoder.is_plain:
                    self._body.straight = straight
        finally:
            # It refers to this response, and so to itself.
            self._body.straight = None
        if broke:
            # Taken out, since the error's traceback leads back here.
            raise broke.pop()
        decoder.close()

    async def _reads(self) -> AsyncIterator[bytes]:
        """The body as it comes, before it is decoded."""
        pieces, limit = aiter(self._body), "first_byte"
        while True:
            try:
                with self._watch.waiting(limit):
                    data = await anext(pieces)
            except StopAsyncIteration:
                return
            except Exception as error:
                raise in_words(error, self._request, answered=True) from None
            limit = "silence"
            yield data

    def _decoder(self) -> Decoder:
        return Decoder(self.header("content-encoding"), self._request.service, self._limits.size)

    async def read(self, most: int | None = None) -> bytes:
        """The whole body, or its first `most` bytes."""
        found = bytearray()
        async for _, data in self.chunks():
            found += data
            if most is not None and len(found) >= most:
                return bytes(found[:most])
        return bytes(found)

    def __repr__(self) -> str:
        return f"<Response {self.status} to {self._request!r}>"


@asynccontextmanager
async def send(request: Request, limits: Limits | None = None, guard: Guard | None = None) -> AsyncIterator[Response]:
    """Send a request and yield its response, whatever its status. A redirect counts as a response, too, unless the
    request follows redirects (P23).

    Raises NotAllowed, NoAnswer, BadAnswer, BrokenOff or LimitCrossed, whose messages never contain a header's value.
    """
    limits = limits or Limits()
    guard = guard or _guard(allowed())
    watch = Watch(limits, request.service)
    asked: Request | None = request
    hops = 0
    try:
        while asked is not None:
            async with _sent(asked, limits, guard, watch) as response:
                asked = onward(asked, response.status, response.header("location"))
                if asked is None:
                    yield response
            if asked is not None and (hops := hops + 1) > MOST_HOPS:
                raise TooManyRedirects(service=request.service, most=MOST_HOPS)
    finally:
        watch.stop()


@asynccontextmanager
async def _sent(request: Request, limits: Limits, guard: Guard, watch: Watch) -> AsyncIterator[Response]:
    """A single request and its response."""
    guard.check(request.address)
    async with connections(guard, request.auth.certificate) as transport:
        answer = None
        try:
            try:
                with watch.waiting("first_byte"):
                    answer = await _answer(request, limits, guard, transport)
            except Exception as error:
                raise in_words(error, request, limits) from None
            yield Response(answer, request, limits, watch)
        finally:
            if answer is not None:
                await answer.aclose()


async def _answer(request: Request, limits: Limits, guard: Guard, transport: Transport) -> httpx.Response:
    """The head of the response. The library's own timers are off except for connecting; the watch covers the rest."""
    headers = [(name.encode(), value) for name, value in request.headers]
    if request.header("user-agent") is None:
        headers.append((b"User-Agent", _AGENT))
    sent = httpx.Request(
        request.method,
        request.url,
        headers=headers,
        content=request.body,
        extensions={"timeout": {"connect": None, "read": None, "write": None, "pool": limits.connect}},
    )
    flow = request.auth.async_auth_flow(sent)
    try:
        signed = await anext(flow)
        while True:
            if signed is not sent:
                signed = await _asked(flow, signed, request, guard)
                continue
            answer = await transport.handle_async_request(sent)
            answer.request = sent
            try:
                signed = await flow.asend(answer)
            except StopAsyncIteration:
                return answer
            except BaseException:
                await answer.aclose()
                raise
            await answer.aclose()
    finally:
        await flow.aclose()


async def _asked(flow: Flow, question: httpx.Request, request: Request, guard: Guard) -> httpx.Request:
    """Send what the authentication needs on the way to a call, such as a token request, under the same guard and with
    nothing of the call in it; report the response, or why there is none, and return what the authentication wants to
    send next."""
    headers = [(name.decode(), value) for name, value in question.headers.raw if name.lower().decode() not in REFUSED]
    service = f"The token service of {request.service}" if request.service else "The token service"
    own = Request(question.method, read(str(question.url)), headers, question.content or None, Scheme(), service)
    try:
        async with send(own, _ASKED, guard) as response:
            content, kind = await response.read(), {"content-type": response.content_type}
    except ConnectorError as error:
        return await flow.athrow(error)
    finally:
        # What was allowed for the token's service is not allowed for the call.
        guard.check(request.address)
    return await flow.asend(httpx.Response(response.status, headers=kind, content=content, request=question))


@lru_cache(maxsize=8)
def _guard(allow: tuple[str, ...]) -> Guard:
    return Guard(allow)
