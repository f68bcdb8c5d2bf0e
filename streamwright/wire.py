"""How Daphne writes to a WebSocket: at once, where nothing waits to be written before.

Twisted keeps what is written for the next turn of its loop, with two system calls to say so and to take it back; and
Autobahn colours the words of a line of its log for every frame, also when nobody logs. Of what a token costs that was
a fifth (tests/bench/relay.py).
"""

from typing import Any

from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet.tcp import Connection


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


def write_at_once() -> None:
    """From now on Daphne's sockets are of this protocol."""
    WebSocketFactory.protocol = AtOnce
