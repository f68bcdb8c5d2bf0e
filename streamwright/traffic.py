"""The requests and sockets open in this process, and whether new ones are still accepted (P17)."""

from collections.abc import Awaitable, Callable
from typing import Any

from workflows.live.pace import Pace

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
# Django, Channels and our code agree about what ASGI messages are, but not about how to write their types.
Application = Callable[[Any, Any, Any], Awaitable[Any]]

# The close code that tells a page that the server is restarting; the page comes back by itself.
RESTARTING = 4012
# Messages from one browser: as many at once as one that was away for long has to say, and per second more than an event
# and an acknowledgement for every batch. Whoever says more is cut off, and the application told this code.
AT_ONCE, A_SECOND = 500, 200.0
FLOODED = 1008
_REFUSAL = "The server is restarting. Try again in a moment.\n"


class OpenSocket:
    """One socket's connection to its browser. After `close` nothing more is sent, whatever the application still
    sends."""

    def __init__(self, send: Send):
        self._send = send
        self._closed = False

    async def send(self, message: Message) -> None:
        if not self._closed:
            await self._send(message)

    def paced(self, receive: Receive) -> Receive:
        """The browser's messages. One that floods is gone for the application, which ends, and the server then closes
        the connection (P13). Daphne's queue has no end, so there it is cut off before (`streamwright/wire/daphne.py`).
        """
        pace = Pace(AT_ONCE, A_SECOND)

        async def next_message() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive" or pace.take():
                return message
            self._closed = True
            return {"type": "websocket.disconnect", "code": FLOODED}

        return next_message

    async def close(self) -> None:
        if not self._closed:
            self._closed = True
            await self._send({"type": "websocket.close", "code": RESTARTING})


class Traffic:
    """`stopping`: nothing new is accepted; `requests` and `sockets`: what is still open."""

    def __init__(self) -> None:
        self.stopping = False
        self.requests = 0
        self.sockets: set[OpenSocket] = set()

    async def request(self, application: Application, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or ask the client to try again later."""
        if self.stopping:
            return await respond(send, 503, _REFUSAL, retry_after="5")
        self.requests += 1
        try:
            await application(scope, receive, send)
        finally:
            self.requests -= 1

    async def socket(self, application: Application, scope: Message, receive: Receive, send: Send) -> None:
        """Serve a socket, or accept it only to close it with the restart code, since a refused handshake cannot carry
        one."""
        opened = OpenSocket(send)
        if self.stopping:
            await send({"type": "websocket.accept"})
            return await opened.close()
        self.sockets.add(opened)
        try:
            # Sessions wrap `send` and look at each message without doing anything with it; tokens bypass them.
            heard = receive if scope.get("paced") else opened.paced(receive)
            await application({**scope, "straight": opened.send}, heard, opened.send)
        finally:
            self.sockets.discard(opened)

    async def stop(self) -> None:
        """Accept nothing new from now on, and close every socket."""
        self.stopping = True
        for opened in list(self.sockets):
            await opened.close()


async def respond(
    send: Send, status: int, text: str, content_type: str = "text/plain; charset=utf-8", **headers: str
) -> None:
    """A complete response, without cookies and never cached."""
    body = text.encode()
    named = {"content_type": content_type, "content_length": str(len(body)), "cache_control": "no-store", **headers}
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": body})


traffic = Traffic()
