"""How uvicorn writes to a WebSocket. It takes this class by name, see docs/performance.md:

uvicorn --ws streamwright.wire.uvicorn:AtOnce
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from builder.frames import UNREAD, frame


class AtOnce(WebSocketsSansIOProtocol):
    """uvicorn's protocol, which also tells sockets how to `write` a text to the browser without a coroutine and a
    message about it."""

    scope: Any
    # Whether the application has closed the socket; uvicorn may wait before it does.
    is_over = False
    # Bytes of the longest frame that could not be written at once.
    longest = 0

    async def run_asgi(self) -> None:
        self.scope["write"] = self.say
        try:
            await super().run_asgi()
        finally:
            # It refers to this object, and so to itself.
            del self.scope["write"]

    async def send(self, message: Any) -> None:
        self.is_over = self.is_over or message["type"] == "websocket.close"
        await super().send(message)

    def say(self, text: str) -> None:
        """Send a text as one frame, unless the connection is closing. A browser that acknowledges what it has never
        read is cut off, as it would be once it does not answer (P12)."""
        transport = self.transport
        if self.is_over or not self.handshake_complete or transport.is_closing():
            return
        data = frame(text)
        transport.write(data)
        waiting = transport.get_write_buffer_size()
        if waiting:
            self.longest = max(self.longest, len(data))
            if waiting > self.longest + UNREAD:
                transport.abort()
