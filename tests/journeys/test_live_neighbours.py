"""What the service of one app does is not felt by the visitors of another (P13)."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import accumulate, pairwise
from pathlib import Path

import aiohttp
import pytest

from tests.live import LivePage, close_all, signed_in
from tests.server import StreamwrightServer, free_port
from tests.teller import HEAD, Teller, asking_app, frame

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]
# P13: so late is one frame in a hundred. A busy machine may take five times that.
LATE = 5 * 0.25
PIECES = [f"piece {number} " for number in range(200)]
PAUSE = 0.05
NOISY = 3

# What a service may pour out without a pause, until its reader has enough.
POURED = {
    "small frames": frame("x ") * 1_000,
    "frames of a megabyte": frame("x" * 1_000_000),
    "rubbish": b'data: {"choices": [{"delta"\n\ndata: \xff\xfe\n\n: ping\n\n' * 1_000,
    "deep JSON": b"data: " + b"[" * 400 + b"]" * 400 + b"\n\n",
    "a frame without an end": b"data: " + b"x" * 100_000,
}


# What a browser may say without a pause. Two of them took every second turn of the loop, and 60 MB in four seconds.
FLOODS = {
    "acknowledgements": '{"t": "ack", "n": -1}',
    "of what was never sent": f'{{"t": "ack", "n": {2**62}}}',
    "seen": "seen",
}


class Pouring(threading.Thread):
    """A service that pours the same bytes out, from threads of its own so that it does not hold up who measures."""

    def __init__(self, port: int, poured: bytes):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", port))
        self.poured, self.asked, self.is_over = poured, 0, False

    def run(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                threading.Thread(target=self.pour, args=[connection], daemon=True).start()

    def pour(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65_536)
            self.asked += 1
            connection.sendall(HEAD)
            while not self.is_over:
                connection.sendall(self.poured)

    def end(self) -> None:
        self.is_over = True
        self.socket.close()


class Noting(Teller):
    """Notes when it told each piece."""

    async def _tell(self, writer: asyncio.StreamWriter) -> None:
        self.told: list[float] = []
        writer.write(HEAD)
        for piece in self.pieces:
            self.told.append(time.monotonic())
            writer.write(frame(piece))
            await asyncio.sleep(self.pause)
        writer.write(b"data: [DONE]\n\n")
        await writer.drain()


@pytest.fixture(scope="module")
def ports() -> dict[str, tuple[int, int]]:
    """Of the quiet service and of the loud one; each kind has its own, since a port is not free at once."""
    return {kind: (free_port(), free_port()) for kind in (*POURED, *FLOODS)}


@pytest.fixture(scope="module")
def allowed(new_home: Callable[[], Path], ports: dict[str, tuple[int, int]]) -> Iterator[StreamwrightServer]:
    """A server that may call all of them."""
    services = ",".join(f"127.0.0.1:{port}" for pair in ports.values() for port in pair)
    with StreamwrightServer(new_home(), OUTGOING_ALLOW=services) as running:
        yield running


async def asked(page: LivePage) -> LivePage:
    await page.open()
    await page.until(lambda: page.have > 0)
    await page.happens("el_send01", "clicked", el_quest1="Why?")
    return page


@pytest.mark.parametrize("kind", POURED)
async def test_P13_a_service_that_pours_without_end_delays_no_other_apps_page(allowed, ports, kind):
    printed = len(allowed.log)
    session = await signed_in(allowed)
    quiet_port, loud_port = ports[kind]
    noise = Pouring(loud_port, POURED[kind])
    async with Noting(quiet_port, PIECES, PAUSE) as teller:
        quiet = LivePage(allowed, session, await asking_app(allowed, session, teller), "pg_chat01")
        loud = await asking_app(allowed, session, Teller(loud_port, []))
        noise.start()
        for _ in range(NOISY):
            await asked(LivePage(allowed, session, loud, "pg_chat01"))
        await asked(quiet)
        came: list[float] = []
        ends = list(accumulate(map(len, PIECES)))
        while quiet.state != "done":
            await asyncio.wait_for(quiet.take(), 60)
            came += [time.monotonic()] * (sum(end <= len(quiet.reply) for end in ends) - len(came))
        noise.end()
        assert quiet.reply == teller.whole and noise.asked == NOISY
        late = sorted(then - told for told, then in zip(teller.told, came, strict=True))
        print(
            f"{kind}: p50 {late[len(late) // 2]:.3f} s, p99 {late[int(len(late) * 0.99)]:.3f} s, worst {late[-1]:.3f} s"
        )
        assert late[int(len(late) * 0.99)] <= LATE
    await close_all(session)
    assert "Traceback" not in allowed.log[printed:]


async def _flood(page: LivePage, said: str, until: asyncio.Event) -> None:
    while not until.is_set():
        with suppress(ConnectionError, aiohttp.ClientError, TimeoutError):
            await page.open()
            await asyncio.wait_for(page.take(), 5)
            while not (until.is_set() or page.socket.closed):
                for _ in range(200):
                    await page.socket.send_str(said)
                await asyncio.sleep(0.001)


def _megabytes(server: StreamwrightServer) -> float:
    [line] = [line for line in Path(f"/proc/{server.process.pid}/status").read_text().splitlines() if "VmRSS" in line]
    return int(line.split()[1]) / 1024


@pytest.mark.parametrize("kind", FLOODS)
async def test_P13_a_browser_that_floods_delays_no_other_page_and_fills_no_memory(allowed, ports, kind):
    session = await signed_in(allowed)
    async with Noting(ports[kind][0], PIECES[:100], PAUSE) as teller:
        app = await asking_app(allowed, session, teller)
        quiet = await asked(LivePage(allowed, session, app, "pg_chat01"))
        is_over, before = asyncio.Event(), _megabytes(allowed)
        floods = [
            asyncio.create_task(_flood(LivePage(allowed, session, app, "pg_chat01"), FLOODS[kind], is_over))
            for _ in range(2)
        ]
        came: list[float] = []
        while quiet.state != "done":
            await asyncio.wait_for(quiet.take(), 60)
            came.append(time.monotonic())
        is_over.set()
        await asyncio.gather(*floods)
        assert quiet.reply == teller.whole
        pauses = sorted(then - now for now, then in pairwise(came))
        print(f"{kind}: p99 {pauses[int(len(pauses) * 0.99)]:.3f} s, {_megabytes(allowed) - before:.0f} MB more")
        assert pauses[int(len(pauses) * 0.99)] <= LATE
        assert _megabytes(allowed) - before <= 32
    await close_all(session)
