"""A list of ten thousand items that arrives at once fills one page, and delays the words of no other (P13)."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest

from builder.document import Body, node
from builder.models import User
from builder.starters import Starter
from tests.live import LivePage, close_all, signed_in
from tests.server import StreamwrightServer, free_port
from tests.teller import Teller, asking_app
from workflows.starters.written import document, element, op, page, source, text, workflow

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]
ITEMS = 10_000
COLUMNS = ("name", "place", "cm", "note")
# P13: so late is one frame in a hundred. A busy machine may take five times that.
LATE = 5 * 0.25
PIECES = [f"piece {number} " for number in range(300)]
PAUSE = 0.02


class Plants(Starter):
    """A button that asks a service for a list, and a repeating group that shows it."""

    name = "plants"

    def __init__(self, service: str):
        self.service = service

    def documents(self) -> list[tuple[str, Body]]:
        cell = [
            element(f"el_{key}", "text", key, text=text(source("cell", op("field", key), element="el_list01")))
            for key in COLUMNS
        ]
        button = element("el_send01", "button", "Ask", label="Ask")
        shown = source("step", op("field", "fd_plants"), op("first_item"), op("field", "items"), step="sp_ask001")
        listed = element("el_list01", "repeating_group", "Plants", *cell, source=shown)
        asks = {"sp_ask001": node("call_api", "", {"call": "ai_plants/ca_ask001", "parameters": {}})}
        return [
            ("page", page("pg_list01", "index", "Plants", button, listed)),
            ("api", self._api()),
            ("workflow", workflow("wf_ask001", "Ask is clicked", "pg_list01", "clicked", "el_send01", asks)),
        ]

    def _api(self) -> Body:
        initialized = {"framing": "ndjson", "end": {"by": "close"}}
        asks = {"use_as": "action", "method": "GET", "path": "/plants", "response_type": "stream"}
        call = node("call", "Ask", asks | {"initialized": initialized}, fields=["fd_plants"])
        auth: dict[str, Any] = {"scheme": "none", "options": {}}
        api = document("ai_plants", "api", "Plants", "calls", {"ca_ask001": call}, base_url=self.service, auth=auth)
        api["nodes"]["fd_plants"] = node("field", "Plants", {"type": "frames", "path": "$"})
        return api


def make(service: str, slug: str) -> None:
    """Make the app for the owner of the server. Runs inside Django."""
    Plants(service).make(User.objects.get(is_server_owner=True), "Plants", slug)


async def _pours_a_list(port: int) -> asyncio.Server:
    items = [{"name": f"Plant {number}", "place": "Sill", "cm": number, "note": "x" * 40} for number in range(ITEMS)]
    body = json.dumps({"items": items}).encode() + b"\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: {len(body)}\r\n\r\n".encode()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head + body)
        await writer.drain()
        writer.close()

    return await asyncio.start_server(serve, "127.0.0.1", port)


@pytest.fixture
async def filled(new_home: Any) -> AsyncIterator[tuple[StreamwrightServer, Any, int, int]]:
    told, listed = free_port(), free_port()
    with StreamwrightServer(new_home(), OUTGOING_ALLOW=f"127.0.0.1:{told},127.0.0.1:{listed}") as server:
        session = await signed_in(server)
        yield server, session, told, listed
        await close_all(session)


async def _read_on(page: LivePage, came: list[float]) -> None:
    while page.state != "done":
        await page.take()
        came.append(time.monotonic())


async def test_P13_a_list_of_ten_thousand_delays_no_other_pages_words(filled: Any) -> None:
    server, session, told, listed = filled
    server.shell(f"from tests.journeys.test_live_huge_lists import make; make('http://127.0.0.1:{listed}', 'plants')")
    service = await _pours_a_list(listed)
    async with Teller(told, PIECES, PAUSE) as teller:
        quiet = LivePage(server, session, await asking_app(server, session, teller), "pg_chat01")
        huge = LivePage(server, session, "plants", "pg_list01")
        for each in (quiet, huge):
            await each.open()
            await each.until(lambda each=each: each.have > 0)
        await quiet.happens("el_send01", "clicked", el_quest1="Why?")
        await quiet.until(lambda: len(quiet.reply) > 50)
        came: list[float] = []
        words = asyncio.create_task(_read_on(quiet, came))
        began = time.monotonic()
        await huge.happens("el_send01", "clicked")
        await huge.until(lambda: ("el_name@n0", "text") in huge.shown)
        first = time.monotonic() - began
        last = (f"el_note@n{ITEMS - 1}", "text")
        await huge.until(lambda: last in huge.shown, 60)
        filled_by = time.monotonic()
        await words
        assert quiet.reply == teller.whole
        gaps = sorted(then - now for now, then in pairwise(each for each in came if began <= each <= filled_by))
        print(
            f"filled from {first:.2f} to {filled_by - began:.2f} s; words: worst pause {gaps[-1]:.3f} s of {len(gaps)}"
        )
        assert gaps[-1] <= LATE
        assert [huge.shown[f"el_{key}@n77", "text"] for key in COLUMNS] == ["Plant 77", "Sill", "77", "x" * 40]
    service.close()
    assert "Traceback" not in server.log
