"""How uvicorn writes to a WebSocket. It takes this class by name, see docs/performance.md:

uvicorn --ws streamwright.wire.uvicorn:AtOnce
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from builder.frames import UNREAD, frame


class AtOnce(WebSocketsSansIOProtocol):
    """uvicorn's protocol, which also tells sockets how to `write` a text to the browser without a coroutine and a
    message about it."""

    scope: Any
    # Bytes of the longest frame that could not be written at once.
    longest = 0

    async def run_asgi(self) -> None:
        self.scope["write"] = self.say
        await super().run_asgi()

    def say(self, text: str) -> None:
        """Send a text as one frame, unless the connection is closing. A browser that acknowledges what it has never
        read is cut off, as it would be once it does not answer (P12)."""
        if self.conn.state is not State.OPEN:
            return
        data = frame(text)
        self.transport.write(data)
        waiting = self.transport.get_write_buffer_size()
        if waiting:
            self.longest = max(self.longest, len(data))
            if waiting > self.longest + UNREAD:
                self.transport.abort()
