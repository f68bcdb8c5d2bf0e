"""Connections to services: kept alive for the next call, opened by the guard, and separate for each client certificate.

async with connections(guard, certificate) as transport:
    answer = await transport.handle_async_request(request)
"""

import asyncio
import select
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from httpx_aiohttp import AiohttpTransport

from connector.sending import tls
from connector.sending.body import Body, Protocol
from connector.sending.guard import Guard

_HEADERS_MOST = 65_536
_KEEP_ALIVE = 15
# How many certificates' connections are kept at once, per event loop.
_CERTIFICATES = 16

_Keeper = AsyncGenerator["Transport", None]
_Kept = dict[tuple[Guard, tls.Certificate | None], tuple[_Keeper, "Transport"]]
_transports: dict[asyncio.AbstractEventLoop, _Kept] = {}


@asynccontextmanager
async def connections(guard: Guard, certificate: tls.Certificate | None = None) -> AsyncIterator["Transport"]:
    """This loop's connections, for use within the block. They are kept alive, because a handshake delays the visitor's
    first words. Connections with a client certificate are separate, and never used for anybody else's calls. Raises
    CertificateUnreadable."""
    context = tls.context() if certificate is None else await asyncio.to_thread(tls.context, certificate)
    loop = asyncio.get_running_loop()
    if loop not in _transports:
        for closed in [other for other in _transports if other.is_closed()]:
            del _transports[closed]
    kept = _transports.setdefault(loop, {})
    if (guard, certificate) not in kept:
        keeper = _keep(guard, context)
        kept[guard, certificate] = keeper, await anext(keeper)
    _, transport = kept[guard, certificate] = kept.pop((guard, certificate))
    transport.users += 1
    try:
        yield transport
    finally:
        transport.users -= 1
        await _make_room(kept)


async def warm() -> None:
    """Load the trusted certificates before the first call has to wait for it."""
    await asyncio.to_thread(tls.context)


async def close() -> None:
    """Close this loop's connections; a later call opens new ones."""
    for keeper, _ in _transports.pop(asyncio.get_running_loop(), {}).values():
        await keeper.aclose()


async def _make_room(kept: _Kept) -> None:
    """Close the connections of the certificates that have been unused for longest, if nobody is using them."""
    of_certificates = [key for key in kept if key[1] is not None]
    unused = [key for key in of_certificates[:-_CERTIFICATES] if not kept[key][1].users]
    # All are removed before the first is awaited, since others may be making room at the same time.
    for keeper, _ in [kept.pop(key) for key in unused]:
        await keeper.aclose()


async def _keep(guard: Guard, context: ssl.SSLContext) -> _Keeper:
    """A transport that is closed with its loop: asyncio closes a loop's open async generators before the loop
    itself."""
    transport = Transport(client=_session(guard, context), verify=context, trust_env=False)
    try:
        yield transport
    finally:
        await transport.aclose()


def _session(guard: Guard, context: ssl.SSLContext) -> aiohttp.ClientSession:
    connector = _Connector(
        limit=0,
        ssl=context,
        resolver=_Resolver(guard),
        use_dns_cache=False,
        socket_factory=guard.socket,
        keepalive_timeout=_KEEP_ALIVE,
        # Otherwise timeouts over 5 s are rounded up to whole seconds.
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


class _Connector(aiohttp.TCPConnector):
    """aiohttp's pool, which reuses a connection only if the service has not closed it meanwhile.

    aiohttp knows that only after the loop has looked at the socket. On a busy loop a call would be sent into a closed
    connection, and fail, because nothing tells whether the service has received it (S11).
    """

    def __init__(self, **options: Any):
        super().__init__(**options)
        self._factory = partial(Protocol, loop=self._loop)

    async def _get(self, key: Any, traces: Any) -> Any:
        while (found := await super()._get(key, traces)) is not None:
            if not _has_news(found):
                return found
            found.close()
        return None


def _has_news(connection: Any) -> bool:
    """Whether anything waits to be read from an idle connection: its end, or what nobody asked for."""
    kept = connection.transport.get_extra_info("socket")
    poll = select.poll()
    poll.register(kept.fileno(), select.POLLIN)
    return bool(poll.poll(0))


class _Resolver(AbstractResolver):
    """The guard as aiohttp's name resolver."""

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
    """A connection lost before the response, as an error after which aiohttp does not resend the request."""


async def _never_twice(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Only GET and HEAD are ever resent (S11); aiohttp would repeat PUT and DELETE as well."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        if request.method in ("GET", "HEAD"):
            raise
        raise _NotAnswered from error


class Transport(AiohttpTransport):
    """httpx-aiohttp's transport with a body that yields every byte received, and closes immediately."""

    # How many calls are using it.
    users = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        answer.stream = Body(answer.stream._aiohttp_response)  # type: ignore[union-attr]
        return answer
