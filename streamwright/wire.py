"""How Daphne writes to a WebSocket: at once, where nothing waits to be written before; and how much a request may bring
before anybody is asked.

Twisted keeps what is written for the next turn of its loop, with two system calls to say so and to take it back; and
Autobahn colours the words of a line of its log for every frame, also when nobody logs. Of what a token costs that was
a fifth (tests/bench/relay.py).

Of a request it takes in the whole body, into a file on the disk, before it calls the application: whoever likes could
fill the disk.
"""

from typing import Any

from daphne import http_protocol
from daphne.http_protocol import WebRequest
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet.tcp import Connection

from streamwright import bodies

_TOO_LARGE = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class AtOnce(WebSocketProtocol):
    """Daphne's protocol; only how much it may say, and the last step of a frame's way, are its own."""

    maxMessagePayloadSize: int

    def sendMessage(self, payload: bytes, *how: Any, **more: Any) -> None:
        """The most that a browser may say (`LARGEST_MESSAGE`) Autobahn also holds against what it is told: a long text
        that comes as one message, to a page that is back or was slow, would be lost."""
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
            # Anything else than a number is an error, which the transport finds and tells by itself.
            data = data[sent:] if isinstance(sent, int) else data
        if data:
            transport.write(data)


def waits(transport: Connection) -> bool:
    """Whether something is still to be written, or the connection is on its way to its end."""
    return bool(transport.dataBuffer or transport._tempDataBuffer or transport.disconnecting)


class Bounded(WebRequest):
    """Daphne's request, which ends with its connection once it says or brings too much (P29)."""

    channel: Any
    refused = False
    taken = 0

    @property
    def most(self) -> int:
        """Bytes of its body."""
        is_file = self.channel._path.startswith(bodies.FILES.encode())
        return bodies.LARGEST if is_file else bodies.ANYWHERE

    def gotLength(self, length: int | None) -> None:
        """Its head is there; None where it does not say how long it will be."""
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


def take_over() -> None:
    """From now on Daphne's sockets and requests are of these kinds."""
    WebSocketFactory.protocol = AtOnce
    http_protocol.WebRequest = Bounded
