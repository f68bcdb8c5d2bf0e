"""The one door to the outside: sends a request, gives the answer's bytes as they come, under the guard and the limits.

    async with send(request, limits) as response:
        async for seconds, data in response.chunks():
            …

Leaving the block, by its end, an error or a cancelled task, closes the connection to the service at once (P10).
"""

import asyncio
import logging
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, lru_cache
from typing import Any, cast

import aiohttp
import certifi
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from django.conf import settings
from httpx_aiohttp import AiohttpTransport

from connector.decoding import Decoder
from connector.failures import in_words
from connector.guard import Guard
from connector.limits import Limits, Watch
from connector.request import Request

# Its lines hold whole URLs, and those may hold keys.
logging.getLogger("httpx").setLevel(logging.WARNING)

_HEADERS_MOST = 65_536
_KEEP_ALIVE = 15
_AGENT = b"Streamwright"


class Response:
    """An answer whose body is still arriving."""

    def __init__(self, answer: httpx.Response, request: Request, limits: Limits, watch: Watch):
        self._answer = answer
        self._request = request
        self._limits = limits
        self._watch = watch
        self.status = answer.status_code
        self.reason = answer.reason_phrase
        self.headers = list(answer.headers.multi_items())
        self.content_type = answer.headers.get("content-type", "")
        # Seconds from the request to the answer's head.
        self.seconds = watch.seconds

    def header(self, name: str) -> str | None:
        """A header of the answer, whatever the case of its name."""
        return self._answer.headers.get(name)

    async def chunks(self) -> AsyncIterator[tuple[float, bytes]]:
        """What each read brought, decoded, with the seconds since the request. Raises LimitCrossed, BrokenOff or
        NotDecodable; what came before has been given by then."""
        decoder = Decoder(self.header("content-encoding"), self._request.service)
        pieces, size, limit = aiter(cast(_Body, self._answer.stream)), 0, "first_byte"
        while True:
            try:
                with self._watch.waiting(limit):
                    data = await anext(pieces)
            except StopAsyncIteration:
                break
            except Exception as error:
                raise in_words(error, self._request, answered=True) from None
            limit = "silence"
            for piece in decoder.feed(data):
                size += len(piece)
                if size > self._limits.size:
                    raise self._limits.crossed("size", self._request.service)
                yield self._watch.seconds, piece
        decoder.close()

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
    """Send a request and give its answer, whatever its status. Redirects are not followed: they are answers (P23).

    Raises NotAllowed, NoAnswer, BadAnswer, BrokenOff or LimitCrossed, each in words and without any header's value.
    """
    limits = limits or Limits()
    guard = guard or _guard(tuple(settings.OUTGOING_ALLOW))
    guard.check(request.address)
    watch = Watch(limits, request.service)
    answer = None
    try:
        try:
            with watch.waiting("first_byte"):
                answer = await _answer(request, limits, guard)
        except Exception as error:
            raise in_words(error, request, limits) from None
        yield Response(answer, request, limits, watch)
    finally:
        watch.stop()
        if answer is not None:
            await answer.aclose()


async def close() -> None:
    """Close this loop's connections; a later call makes new ones."""
    for keeper, _ in _transports.pop(asyncio.get_running_loop(), {}).values():
        await keeper.aclose()


async def _answer(request: Request, limits: Limits, guard: Guard) -> httpx.Response:
    """The answer's head. The library's own timers are off but for connecting: the watch knows the rest."""
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
    transport = await _transport(guard)
    flow = request.auth.async_auth_flow(sent)
    try:
        signed = await anext(flow)
        while True:
            answer = await transport.handle_async_request(signed)
            answer.request = signed
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


_Keeper = AsyncGenerator["_Transport", None]
_transports: dict[asyncio.AbstractEventLoop, dict[Guard, "tuple[_Keeper, _Transport]"]] = {}


async def _transport(guard: Guard) -> "_Transport":
    """The transport of this loop: connections are kept alive, for a handshake costs the visitor the first words."""
    loop = asyncio.get_running_loop()
    if loop not in _transports:
        for closed in [other for other in _transports if other.is_closed()]:
            del _transports[closed]
    of_loop = _transports.setdefault(loop, {})
    if guard not in of_loop:
        keeper = _kept(guard)
        of_loop[guard] = keeper, await anext(keeper)
    return of_loop[guard][1]


async def _kept(guard: Guard) -> AsyncGenerator["_Transport", None]:
    """A transport that is closed with its loop: asyncio ends the generators a loop has begun before it closes."""
    transport = _Transport(client=_session(guard), verify=_tls(), trust_env=False)
    try:
        yield transport
    finally:
        await transport.aclose()


def _session(guard: Guard) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(
        limit=0,
        ssl=_tls(),
        resolver=_Resolver(guard),
        use_dns_cache=False,
        socket_factory=guard.socket,
        keepalive_timeout=_KEEP_ALIVE,
        # Else timeouts over 5 s are rounded up to a whole second.
        timeout_ceil_threshold=float("inf"),
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
        auto_decompress=False,
        trust_env=False,
        skip_auto_headers=("User-Agent", "Content-Type", "Accept", "Accept-Encoding"),
        max_line_size=_HEADERS_MOST,
        max_field_size=_HEADERS_MOST,
        middlewares=(_never_twice,),
    )


@cache
def _tls() -> ssl.SSLContext:
    """Trusts what the system trusts and what Mozilla does: slim images have no certificates of their own."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


@lru_cache(maxsize=8)
def _guard(allow: tuple[str, ...]) -> Guard:
    return Guard(allow)


class _Resolver(AbstractResolver):
    """The guard, as aiohttp asks for names."""

    def __init__(self, guard: Guard):
        self._guard = guard

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_UNSPEC) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
            for address in await self._guard.resolve(host, port)
        ]

    async def close(self) -> None:
        pass


class _NotAnswered(aiohttp.ClientConnectionError):
    """A connection that was lost before the answer, as an error that aiohttp does not answer by sending again."""


async def _never_twice(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Nothing but GET and HEAD is ever sent again (S11): aiohttp would repeat PUT and DELETE too."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        if request.method in ("GET", "HEAD"):
            raise
        raise _NotAnswered from error


class _Transport(AiohttpTransport):
    """httpx-aiohttp's transport with a body that gives every byte that came, and closes at once."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        answer.stream = _Body(answer.stream._aiohttp_response)  # type: ignore[union-attr]
        return answer


class _Body(httpx.AsyncByteStream):
    """The bytes of an answer, all that is there at each read."""

    def __init__(self, answer: aiohttp.ClientResponse):
        self._answer = answer
        self._protocol = answer.connection.protocol if answer.connection else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        content = self._answer.content
        try:
            while data := await content.readany():
                yield data
        except aiohttp.ClientError:
            # The error hides what came before it and was not read yet; the author is promised the text so far.
            content._exception = None
            if left := content.read_nowait():
                yield left
            raise
        # aiohttp takes a reset for a good end where neither a length nor chunks say how much there is.
        if self._protocol is not None and not {"Content-Length", "Transfer-Encoding"} & self._answer.headers.keys():
            lost = self._protocol.exception()
            if isinstance(lost, aiohttp.ClientOSError):
                raise lost

    async def aclose(self) -> None:
        """Cut off a connection that is not finished, without waiting for a TLS goodbye (P10). A finished one has gone
        back to be used again by itself."""
        if self._answer.connection is not None and (transport := self._answer.connection.transport) is not None:
            transport.abort()
        self._answer.close()
