"""A service on this machine that tells a text piece by piece, and counts who asked.

async with Teller(["Leaf ", "drop"], pause=0.1) as teller:
    app = await asking_app(server, session, teller)   # the server may call teller.port
"""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress

import aiohttp

from tests.live import demo_app, post_json
from tests.server import StreamwrightServer

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
END = b"data: [DONE]\n\n"


def frame(piece: str) -> bytes:
    """A frame of the shape that the demo app reads."""
    return b"data: " + json.dumps({"choices": [{"index": 0, "delta": {"content": piece}}]}).encode() + b"\n\n"


class Teller:
    """`asked` and `ended` count calls; a call that was left before its end counts as `left`."""

    def __init__(self, port: int, pieces: Sequence[str], pause: float = 0.0):
        self.port, self.pieces, self.pause = port, pieces, pause
        self.asked = self.ended = self.left = 0

    @property
    def whole(self) -> str:
        return "".join(self.pieces)

    async def __aenter__(self) -> "Teller":
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, backlog=1000)
        return self

    async def __aexit__(self, *exception: object) -> None:
        self.server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            self.asked += 1
            try:
                await self._tell(writer)
                self.ended += 1
            except ConnectionError:
                self.left += 1
        with suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()

    async def _tell(self, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD)
        for piece in self.pieces:
            writer.write(frame(piece))
            await writer.drain()
            await asyncio.sleep(self.pause)
        writer.write(END)
        await writer.drain()


async def asking_app(server: StreamwrightServer, session: aiohttp.ClientSession, teller: Teller) -> str:
    """A new demo app whose Send does nothing but ask the teller; its address."""
    slug = await demo_app(server, session, "")
    url = {"base_url": f"http://127.0.0.1:{teller.port}"}
    changes = [
        {"do": "update", "doc": "api/ai_pract1", "node": "ai_pract1", "set": url},
        *({"do": "remove", "doc": "workflow/wf_send01", "node": f"sp_{each}1"} for each in ("save0", "keep0", "reset")),
    ]
    answer = await post_json(session, f"{server.url}/apps/{slug}/changes/", {"label": "Only ask", "changes": changes})
    assert answer.get("ok"), answer
    return slug
