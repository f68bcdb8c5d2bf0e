"""What is written to a WebSocket under uvicorn goes out at once, in order, and not to whoever never reads (P12, P13)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
import uvloop
from uvicorn import Config
from uvicorn.server import ServerState

from builder.frames import UNREAD
from streamwright.wire.uvicorn import AtOnce

Application = Callable[[Any, Any, Any], Awaitable[None]]


@asynccontextmanager
async def served(application: Application) -> AsyncIterator[int]:
    """The port at which sockets are served by this application."""
    config = Config(application, ws=AtOnce, lifespan="off", ws_per_message_deflate=False, log_config=None)
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: AtOnce(config, state, {}), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for protocol in list(state.connections):
            protocol.transport.abort()  # type: ignore[union-attr]
        await asyncio.gather(*state.tasks, return_exceptions=True)


@asynccontextmanager
async def talking(port: int) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    async with (
        asyncio.timeout(20),
        aiohttp.ClientSession() as session,
        session.ws_connect(f"http://127.0.0.1:{port}/", max_msg_size=0, compress=0) as browser,
    ):
        yield browser


async def test_texts_of_any_length_arrive_whole_and_in_order() -> None:
    lengths = [0, 1, 125, 126, 65_535, 65_536, 10**6]

    async def says(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        for length in lengths:
            scope["write"]("ü" * (length // 2) + "x" * (length % 2))
            await send({"type": "websocket.send", "text": f"that was {length}"})
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async with served(says) as port, talking(port) as browser:
        for length in lengths:
            assert len((await browser.receive_str()).encode()) == length
            assert await browser.receive_str() == f"that was {length}"


async def test_nothing_is_said_before_it_is_accepted_or_after_it_is_closed() -> None:
    async def says(scope: Any, receive: Any, send: Any) -> None:
        scope["write"]("too early")
        await send({"type": "websocket.accept"})
        scope["write"]("in time")
        await send({"type": "websocket.close", "code": 4000})
        scope["write"]("too late")

    async with served(says) as port, talking(port) as browser:
        assert await browser.receive_str() == "in time"
        assert (await browser.receive()).type is aiohttp.WSMsgType.CLOSE and browser.close_code == 4000


async def test_P27_who_is_turned_out_and_reads_slowly_gets_nothing_more() -> None:
    """uvicorn closes once the browser has read enough; until then a picture could follow a picture."""
    is_over, last = asyncio.Event(), "the last word"

    async def says(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        while scope["write"].__self__.transport.get_write_buffer_size() < 200_000:
            scope["write"]("x" * 100_000)
        scope["write"](last)
        closing = asyncio.ensure_future(send({"type": "websocket.close", "code": 4000}))
        await asyncio.sleep(0)
        scope["write"]("too late")
        is_over.set()
        await closing

    async with served(says) as port, talking(port) as browser:
        await is_over.wait()
        while (said := await browser.receive()).type is aiohttp.WSMsgType.TEXT:
            newest = said.data
        assert newest == last


@pytest.mark.parametrize("factory", [asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def test_nobody_is_told_anything_once_the_browser_has_vanished(factory: Any, caplog: Any) -> None:
    """Without a word: its connection was reset. The application may hear of it a little later."""

    async def all_of_it() -> list[str]:
        told, is_lost = [], asyncio.Event()

        async def says(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "websocket.accept"})
            while (await receive())["type"] != "websocket.disconnect":
                pass
            for _ in range(10):
                scope["write"]("too late")
                await asyncio.sleep(0.01)
            told.append("nothing went wrong")
            is_lost.set()

        async with served(says) as port, talking(port) as browser:
            browser._writer.transport.abort()  # type: ignore[union-attr]
            await asyncio.wait_for(is_lost.wait(), 5)
        return told

    with asyncio.Runner(loop_factory=factory) as runner:
        assert runner.run(all_of_it()) == ["nothing went wrong"]
    assert not caplog.records


@pytest.mark.parametrize("longest", [0, 10 * UNREAD], ids=["windows only", "a long text first"])
async def test_P12_a_browser_that_never_reads_what_it_acknowledges_is_cut_off(longest: int) -> None:
    told, piece = 0, "x" * (UNREAD // 8)
    is_over = asyncio.Event()

    async def says(scope: Any, receive: Any, send: Any) -> None:
        nonlocal told
        await send({"type": "websocket.accept"})
        scope["write"]("x" * longest)
        listening = asyncio.ensure_future(left(receive))
        while not listening.done():
            scope["write"](piece)
            told += len(piece)
            await asyncio.sleep(0.001)
        is_over.set()

    async def left(receive: Any) -> None:
        while (await receive())["type"] != "websocket.disconnect":
            pass

    async with served(says) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.write(
            b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        await asyncio.wait_for(is_over.wait(), 20)
        writer.close()
    # What the two systems' buffers hold comes on top of what may wait.
    assert UNREAD <= told < 6 * UNREAD
