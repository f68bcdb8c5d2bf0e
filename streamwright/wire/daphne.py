"""How Daphne writes to a WebSocket (immediately, if nothing else is waiting to be written), how much a request may
carry before the application is called, and by which clock it tells time.

Twisted postpones every write to its loop's next turn, with two system calls to register and unregister it, and Autobahn
formats a coloured log line for every frame, even if nobody logs. Together that was a fifth of a token's cost
(tests/bench/relay.py).

Daphne reads a request's whole body into a file on disk before it calls the application, so anybody could fill the disk.
"""

import time
from types import SimpleNamespace
from typing import Any

from daphne import http_protocol, server, ws_protocol
from daphne.http_protocol import WebRequest
from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet.tcp import Connection

from builder.frames import UNREAD, frame
from streamwright import bodies
from streamwright.traffic import A_SECOND, AT_ONCE
from workflows.live.pace import Pace

_TOO_LARGE = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class AtOnce(WebSocketProtocol):
    """Daphne's protocol; only the size limit for what it sends, the last step of sending a frame and the limits for
    what it is told and for what waits to be read are our own.

    Daphne has no such limits. A page waits for acknowledgements (P12), but a browser may acknowledge what it has never
    read; it is cut off, as it would be once it does not answer.
    """

    maxMessagePayloadSize: int
    pace: Pace | None = None
    # Bytes of the longest frame that could not be written in one piece.
    longest = 0

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """Daphne puts everything into a queue without an end. A browser that says more than any page would is cut off,
        so that a flood fills neither the memory nor the loop (P13)."""
        self.pace = self.pace or Pace(AT_ONCE, A_SECOND)
        if self.pace.take():
            super().onMessage(payload, isBinary)
        else:
            self.dropConnection(abort=True)

    def say(self, text: str) -> None:
        """Send a text as one frame (RFC 6455, 5.2). Most of what is sent is a token, and Autobahn's way, which is for
        frames of every kind, takes longer than that."""
        if self.state == self.STATE_OPEN:
            self.sendData(frame(text))

    def sendMessage(self, payload: bytes, *how: Any, **more: Any) -> None:
        """Autobahn applies the limit for what a browser may send (`LARGEST_MESSAGE`) to what it is sent as well, so a
        long text in one message, to a page that came back or was slow, would be lost."""
        most, self.maxMessagePayloadSize = self.maxMessagePayloadSize, 0
        try:
            super().sendMessage(payload, *how, **more)
        finally:
            self.maxMessagePayloadSize = most

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:
        if sync or chopsize or self.send_queue:
            return super().sendData(data, sync, chopsize)
        transport = self.transport
        if isinstance(transport, Connection) and transport.connected and not waits(transport):
            sent = transport.writeSomeData(data)
            # Anything but a number is an error, which the transport will notice and report itself.
            data = data[sent:] if isinstance(sent, int) else data
        if data:
            self.longest = max(self.longest, len(data))
            if isinstance(transport, Connection) and waiting(transport) > self.longest + UNREAD:
                self.dropConnection(abort=True)
            else:
                transport.write(data)


def waits(transport: Connection) -> bool:
    """Whether something is still waiting to be written, or the connection is closing."""
    return bool(transport.dataBuffer or transport._tempDataBuffer or transport.disconnecting)


def waiting(transport: Connection) -> int:
    """How many bytes are waiting to be written."""
    return int(len(transport.dataBuffer) - transport.offset + transport._tempDataLen)


class Bounded(WebRequest):
    """Daphne's request, whose connection ends as soon as it announces or sends too much (P29)."""

    channel: Any
    refused = False
    taken = 0

    @property
    def most(self) -> int:
        """The largest body it may have, in bytes."""
        is_file = self.channel._path.startswith(bodies.FILES.encode())
        return bodies.LARGEST if is_file else bodies.ANYWHERE

    def gotLength(self, length: int | None) -> None:
        """Called once the headers are read; `length` is None if they do not announce one."""
        is_too_long = length is not None and length > self.most
        super().gotLength(0 if is_too_long else length)
        if is_too_long:
            self.refuse()

    def handleContentChunk(self, data: bytes) -> None:
        self.taken += len(data)
        if not self.refused and self.taken > self.most:
            self.refuse()
        if not self.refused:
            super().handleContentChunk(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:
        if not self.refused:
            super().requestReceived(command, path, version)

    def refuse(self) -> None:
        self.refused = True
        self.channel.transport.write(_TOO_LARGE)
        self.channel.loseConnection()


class Straight(Server):
    """Daphne, which tells sockets how to `write` a text to the browser without a coroutine and a message about it, and
    that their browsers are `paced` already."""

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if isinstance(protocol, AtOnce):
            scope = {**scope, "write": protocol.say, "paced": True}
        return super().create_application(protocol, scope)


def take_over(reactor: Any) -> None:
    """Make Daphne use these classes for its sockets and requests from now on, and tell time by a clock that nobody
    sets.

    Twisted's timers and Daphne's timeouts go by the clock on the wall. After it was set back they would rest for as
    long, and a browser that is gone would stay on its page; after a jump forward all of them would be over at once.
    """
    WebSocketFactory.protocol = AtOnce
    http_protocol.WebRequest = Bounded
    reactor.seconds = time.monotonic
    for module in (server, ws_protocol, http_protocol):
        vars(module)["time"] = SimpleNamespace(time=time.monotonic)
