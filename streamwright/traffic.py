"""What is open in this process, requests and sockets, and whether anything new is still taken (P17)."""

from collections.abc import Awaitable, Callable
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# Django's, Channels' and ours agree in what they do, not in how they write its types.
Application = Callable[[Any, Any, Any], Awaitable[Any]]

# The close code by which a page learns that the server is restarting: it comes back by itself.
RESTARTING = 4012
_REFUSAL = "The server is restarting. Try again in a moment.\n"


class OpenSocket:
    """One socket's way to its browser. After `close` nothing more is said, whatever the application still sends."""

    def __init__(self, send: Send):
        self._send = send
        self._closed = False

    async def send(self, message: Message) -> None:
        if not self._closed:
            await self._send(message)

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            await self._send({"type": "websocket.close", "code": RESTARTING})


class Traffic:
    """`stopping` says that nothing new is taken; `requests` and `sockets` what is still open."""

    def __init__(self) -> None:
        self.stopping = False
        self.requests = 0
        self.sockets: set[OpenSocket] = set()

    async def request(self, application: Application, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or say that it has to come again."""
        if self.stopping:
            return await respond(send, 503, _REFUSAL, retry_after="5")
        self.requests += 1
        try:
            await application(scope, receive, send)
        finally:
            self.requests -= 1

    async def socket(self, application: Application, scope: Message, receive: Receive, send: Send) -> None:
        """Serve a socket, or open it only to say that the server is restarting: a refusal has no code."""
        opened = OpenSocket(send)
        if self.stopping:
            await send({"type": "websocket.accept"})
            return await opened.close()
        self.sockets.add(opened)
        try:
            # Sessions look at each message of a socket and do nothing with it: what is said for every token goes past.
            await application({**scope, "straight": opened.send}, receive, opened.send)
        finally:
            self.sockets.discard(opened)

    async def stop(self) -> None:
        """Take nothing new from now on, and close every socket."""
        self.stopping = True
        for opened in list(self.sockets):
            await opened.close()


async def respond(
    send: Send, status: int, text: str, content_type: str = "text/plain; charset=utf-8", **headers: str
) -> None:
    """A whole answer without cookies, which nobody keeps."""
    body = text.encode()
    named = {"content_type": content_type, "content_length": str(len(body)), "cache_control": "no-store", **headers}
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


traffic = Traffic()
