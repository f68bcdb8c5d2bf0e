"""P10: who may not have an app any more has no calls of it running either, wherever their browser is."""

import asyncio
import time

import pytest
from channels.testing import WebsocketCommunicator

from builder.database import db as in_database
from builder.people.rights import NOT_YOURS
from tests.people import socket as editors_socket
from tests.workflows.live.asking import until
from workflows.live import runs
from workflows.live.directory import directory
from workflows.live.protocol import Happened
from workflows.releases import publish, unpublish


def published():
    from streamwright.asgi import application

    headers = [(b"origin", b"http://localhost:8000"), (b"host", b"localhost:8000")]
    return WebsocketCommunicator(application, "/ws/app/juniper/pg_chat01/", headers)


async def asks(socket, streams):
    """The guest behind a socket, whose question is on its way."""
    assert (await socket.connect(30))[0]
    await socket.send_json_to({"t": "hello", "visit": None, "have": 0, "v": 1})
    visit = (await socket.receive_json_from(30))["hello"]["visit"]
    guest = directory.guests[visit]
    guest.runs.happened(Happened("one", "el_send01", "clicked", {"el_quest1": "Why?"}))
    await until(lambda: streams)
    return guest


async def is_turned_out(guest, streams):
    """Within five times the second of P10, with its calls."""
    began = time.monotonic()
    await until(lambda: streams[0].over and not guest.runs.running)
    assert streams[0].state == "stopped" and time.monotonic() - began < 5
    await until(lambda: guest.visit.id not in directory.guests)
    runs.unwritten.clear()


@pytest.mark.parametrize("how", ["unpublished", "deleted"])
@pytest.mark.parametrize("where", ["here", "away for a moment", "gone"])
async def test_P10_calls_of_visitors_end_with_the_app(app, ada, streams, how, where):
    """The run saves its answer, so it would go on when its visitor is gone (S31)."""
    await in_database(publish, app, ada)
    socket = published()
    guest = await asks(socket, streams)
    leaving = None
    if where != "here":
        await socket.disconnect()
    if where == "gone":
        leaving = asyncio.ensure_future(directory.leave(guest))
        await asyncio.sleep(0)
    await in_database(unpublish if how == "unpublished" else type(app).delete, app)
    await is_turned_out(guest, streams)
    if leaving:
        await leaving
    if where == "here":
        while (said := await socket.receive_output(30))["type"] != "websocket.close":
            assert said["type"] == "websocket.send"
        assert said["code"] == NOT_YOURS


async def test_P10_so_do_those_of_a_preview(app, ada_client, streams):
    guest = await asks(editors_socket(ada_client, "/ws/live/juniper/pg_chat01/"), streams)
    await in_database(type(app).delete, app)
    await is_turned_out(guest, streams)


async def test_who_is_away_for_a_moment_is_not_turned_out(app, ada, streams, monkeypatch):
    from builder.people import rights

    monkeypatch.setattr(rights, "EVERY", 0.02)
    await in_database(publish, app, ada)
    socket = published()
    guest = await asks(socket, streams)
    await socket.disconnect()
    await asyncio.sleep(0.3)
    assert not streams[0].over and directory.guests[guest.visit.id] is guest
    streams[0].stop()
    await directory.turn_out(guest)
    assert guest not in rights.rights._claims
