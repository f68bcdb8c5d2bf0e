"""A Stop button is there while something runs, and ends it (S30)."""

import json

import pytest

from builder.database import db as in_database
from builder.document import node
from builder.edition import Edition
from builder.people.visitor import Visitor
from connector.answers.extract import Extraction
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from tests.workflows.live.asking import asking, piece, until
from workflows.live.directory import Directory
from workflows.live.protocol import Happened


async def guest_with(app, ada, streams, step: str):
    """A guest whose question is being answered, on a page with a Stop button, and what its browser is told."""

    def add():
        row = app.documents.get(key="pg_chat01")
        row.body["nodes"]["el_stop99"] = node("stop", "Stop", {"step": step} if step else {})
        row.body["nodes"]["pg_chat01"]["slots"]["children"].append("el_stop99")
        row.save()

    await in_database(add)
    directory = Directory()
    guest = await asking(directory, app, ada, streams)
    told: list = []
    guest.visit.outbox.attach(lambda message: told.extend(json.loads(message).get("p", ())), 0)
    return directory, guest, told


def is_shown(guest, told) -> bool | None:
    guest.visit.outbox.acknowledge(guest.visit.outbox.n)
    guest.visit.outbox.flush()
    said = [patch[3] for patch in told if patch[:3] == ["attr", "el_stop99", "data-running"]]
    return said[-1] == "" if said else None


@pytest.mark.parametrize("step", ["", "sp_ask001"])
async def test_S30_it_is_there_until_the_stream_ends(app, ada, streams, step):
    directory, guest, told = await guest_with(app, ada, streams, step)
    assert is_shown(guest, told)
    piece(streams[0], "drop")
    assert is_shown(guest, told)
    streams[0].feed(frame_of(b"[DONE]"))
    await until(lambda: not guest.runs.running)
    assert is_shown(guest, told) is False
    await directory.leave(guest)


@pytest.mark.parametrize("step", ["", "sp_ask001"])
async def test_S30_a_click_stops_it_without_any_workflow(app, ada, streams, step):
    directory, guest, told = await guest_with(app, ada, streams, step)
    assert ("el_stop99", "clicked") in guest.visit.page.listeners, "the browser tells of it"
    guest.runs.happened(Happened("two", "el_stop99", "clicked", {}))
    assert streams[0].state == "stopped"
    await until(lambda: not guest.runs.running)
    assert is_shown(guest, told) is False
    await directory.leave(guest)


async def test_one_of_another_step_is_not_there_and_stops_nothing(app, ada, streams):
    directory, guest, told = await guest_with(app, ada, streams, "sp_keep01")
    assert not is_shown(guest, told)
    guest.runs.happened(Happened("two", "el_stop99", "clicked", {}))
    assert streams[0].state in ("waiting", "streaming")
    streams[0].feed(frame_of(b"[DONE]"))
    await until(lambda: not guest.runs.running)
    await directory.leave(guest)


async def test_before_anything_runs_it_is_not_there(app, ada):
    directory = Directory()
    guest, _ = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    assert not guest.runs.is_running("") and not guest.runs.is_running("sp_ask001")
    await directory.leave(guest)


async def test_S30_what_the_page_loads_by_itself_is_stopped_too(app, ada):
    """Also while it is still being asked for."""
    directory = Directory()
    guest, _ = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    loaded = Loaded()
    guest.visit.resources["resource", "api", "{}"] = loaded
    assert guest.runs.is_running("") and not guest.runs.is_running("sp_ask001")
    guest.runs.stop_what("")
    assert loaded.is_closed and not guest.runs.is_running("")
    await directory.leave(guest)


class Loaded:
    """Data that a page loads by itself, waiting for its first frame."""

    def __init__(self):
        self.is_closed, self.value = False, Stream(Extraction(()))
        self.value.request_sent()

    def close(self):
        self.is_closed = True
        self.value.stop()
