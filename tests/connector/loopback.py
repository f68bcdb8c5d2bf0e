"""A service on 127.0.0.1 that says exactly the bytes a test wants and notices when it is left."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from connector.asking.address import read
from connector.asking.request import Request
from connector.auth.none import NoAuthentication
from connector.sending.guard import Guard


@dataclass
class Service:
    port: int = 0
    heads: list[bytes] = field(default_factory=list)
    connections: int = 0
    left: asyncio.Event = field(default_factory=asyncio.Event)
    left_at: float = 0

    @cached_property
    def guard(self) -> Guard:
        return Guard([f"127.0.0.1:{self.port}"])

    def request(self, method: str = "POST", path: str = "/", body: bytes | None = b"{}", **facts: object) -> Request:
        address = read(f"http://127.0.0.1:{self.port}{path}")
        return Request(
            method, address, **({"headers": [], "body": body, "auth": NoAuthentication(), "service": "Acme"} | facts)
        )


Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def service(
    script: Script | bytes, tls: Path | ssl.SSLContext | None = None, greets: bool = False
) -> AsyncIterator[Service]:
    """A service that answers each request by `script`, or with these bytes and a close; `greets` without a request."""
    context = tls if isinstance(tls, ssl.SSLContext) else None
    if isinstance(tls, Path):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
    here = Service()
    tasks = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.current_task())
        here.connections += 1
        try:
            if not greets:
                await _request(reader, here)
            if isinstance(script, bytes):
                writer.write(script)
                await writer.drain()
            else:
                await script(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass  # The client left, or the test is over.
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    here.port = server.sockets[0].getsockname()[1]
    try:
        yield here
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _request(reader: asyncio.StreamReader, here: Service) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    here.heads.append(head)
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            here.heads[-1] += await reader.readexactly(int(line.split(b":")[1]))


def answer(*lines: str, body: bytes = b"") -> bytes:
    """The bytes of a 200 with these header lines."""
    return "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode() + body


def chunk(data: bytes) -> bytes:
    """One chunk of a chunked body."""
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


CHUNKED = answer("Content-Type: text/event-stream", "Transfer-Encoding: chunked")
