"""A visit outlives its socket by a grace time; what saves goes on to its end, what only shows is stopped (S31)."""

import asyncio

import pytest

from builder.database import db as in_database
from builder.edition import Edition
from builder.errors import NotFound
from builder.people.visitor import Visitor
from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from data.models import Thing
from tests.workflows.live.asking import asking, piece, until
from workflows import models
from workflows.live import host
from workflows.live.directory import Directory, place_of
from workflows.live.protocol import Happened


async def test_who_comes_back_in_time_is_the_same_guest(app, ada, bo, streams):
    directory = Directory(grace=5)
    guest = await asking(directory, app, ada, streams)
    directory.detach(guest, "socket")
    assert await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), guest.visit.id) == (guest, False)
    other, new = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(bo), guest.visit.id)
    assert new and other is not guest
    elsewhere, new = await directory.enter(Edition(app), "pg_ticker", Visitor.editor(ada), guest.visit.id)
    assert new and elsewhere is not guest
    streams[0].feed(frame_of(b"[DONE]"))
    for each in (guest, other, elsewhere):
        await directory.leave(each)


async def test_a_run_is_written_down_when_it_begins_and_again_when_it_ends(app, ada, streams):
    directory = Directory()
    guest = await asking(directory, app, ada, streams)

    def kept():
        return list(models.Run.objects.filter(app=app).values_list("state", "started"))

    began = []
    async with asyncio.timeout(10):
        while not began:
            began = await in_database(kept)
    streams[0].feed(frame_of(b"[DONE]"))
    await until(lambda: not guest.runs.running)
    [(state, started)] = await in_database(kept)
    assert ([each for each, _ in began], state, started) == (["running"], "done", began[0][1])
    await directory.leave(guest)


async def test_P7_a_run_that_breaks_by_a_mistake_of_ours_has_an_end_too(app, ada, monkeypatch):
    async def start_call(edition, api, call, values, visitor, beside):
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(host, "start_call", start_call)
    directory = Directory()
    guest, _ = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    guest.runs.happened(Happened("one", "el_send01", "clicked", {"el_quest1": "Why?"}))
    await until(lambda: not guest.runs.running)
    run = await in_database(lambda: models.Run.objects.get(app=app))
    assert (run.state, bool(run.reason)) == ("failed", True)
    await directory.leave(guest)


async def test_S31_a_run_that_saves_goes_on_when_the_visitor_has_left(app, ada, streams):
    directory = Directory(grace=0.05)
    guest = await asking(directory, app, ada, streams)
    directory.detach(guest, "socket")
    await until(lambda: guest.visit.id not in directory.guests)
    piece(streams[0], "drop")
    streams[0].feed(frame_of(b"[DONE]"))
    await until(lambda: not guest.runs.running)
    bodies = await in_database(lambda: [thing.values["df_body01"] for thing in Thing.objects.filter(app=app)])
    assert bodies == ["Why?", "Leaf drop"]
    run = await in_database(lambda: models.Run.objects.get(app=app))
    assert (run.state, [step["state"] for step in run.steps]) == ("done", ["done"] * 4)


async def test_S31_a_run_that_only_shows_something_is_stopped(app, ada, streams):
    def only_show():
        row = app.documents.get(key="wf_send01")
        row.body["nodes"]["wf_send01"]["slots"]["steps"] = ["sp_ask001"]
        for step in ("sp_save01", "sp_reset1", "sp_keep01"):
            del row.body["nodes"][step]
        row.save()

    await in_database(only_show)
    directory = Directory(grace=0.05)
    guest = await asking(directory, app, ada, streams)
    directory.detach(guest, "socket")
    await until(lambda: not guest.runs.running and guest.visit.id not in directory.guests)
    assert streams[0].state == "stopped"


async def test_a_socket_that_was_taken_over_does_not_end_the_visit(app, ada, streams):
    directory = Directory(grace=0)
    guest = await asking(directory, app, ada, streams)
    directory.attach(guest, "newer socket", lambda message: None, 0)
    directory.detach(guest, "socket")
    assert guest.leaving is None, "no grace time has begun"
    assert directory.guests[guest.visit.id] is guest and guest.visit.outbox.send
    streams[0].feed(frame_of(b"[DONE]"))
    await directory.leave(guest)


async def test_who_comes_back_while_a_run_goes_on_sees_what_states_and_groups_hold_move(app, ada, streams):
    directory, said = Directory(grace=0), []
    directory.keeps = True
    guest = await asking(directory, app, ada, streams)
    other = Stream(Extraction([Field("fd_a", "text_stream", "t")]))
    other.request_sent()
    guest.visit.states["st_any001"] = None
    guest.visit.set_state("st_any001", other)
    guest.visit.display("el_any001", (), other)
    directory.detach(guest, "socket")
    await until(lambda: guest.visit.id in directory.parting)
    await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), guest.visit.id)
    moved = []
    guest.visit.readers.mark = moved.append
    other.feed(frame_of(b'{"t": "still here"}'))
    assert set(moved) == {("state", "st_any001"), ("group", "el_any001")}
    del guest.visit.readers.mark
    directory.attach(guest, "socket", said.append, guest.visit.outbox.n)
    await until(lambda: guest.visit.resources)
    piece(streams[0], "drop")
    await until(lambda: any("drop" in each for each in said))
    streams[0].feed(frame_of(b"[DONE]"))
    await directory.leave(guest)


async def test_a_run_that_has_ended_keeps_no_click_from_starting_the_next(app, ada, streams, monkeypatch):
    """P21: also while a locked database keeps the end of the first from being written."""
    directory = Directory()
    guest = await asking(directory, app, ada, streams)
    [first] = guest.runs.running
    written, write = asyncio.Event(), guest.runs.write_down

    async def wait_and_write(run):
        await written.wait()
        await write(run)

    monkeypatch.setattr(guest.runs, "write_down", wait_and_write)
    streams[0].feed(frame_of(b"[DONE]"))
    await until(lambda: first.ended is not None)
    assert first in guest.runs.running
    guest.runs.happened(Happened("two", "el_send01", "clicked", {"el_quest1": "And then?"}))
    await until(lambda: len(streams) == 2)
    streams[1].feed(frame_of(b"[DONE]"))
    written.set()
    await directory.leave(guest)


async def test_a_step_reads_data_as_it_is_now(app, ada, streams):
    """The conversation that is sent holds the question that the step before has saved (S40b)."""
    directory = Directory()
    guest = await asking(directory, app, ada, streams)
    assert streams[0].asked == {"pa_messag": [{"role": "user", "content": "Why?"}]}
    streams[0].feed(frame_of(b"[DONE]"))
    await directory.leave(guest)


@pytest.mark.parametrize("page", ["pg_gone01", ""])
async def test_a_page_that_is_not_there_does_not_exist(app, ada, page):
    with pytest.raises(NotFound):
        await Directory().enter(Edition(app), page, Visitor.editor(ada), None)


def test_P29_an_IPv6_network_is_one_place_as_an_IPv4_address_is():
    assert place_of("2001:db8::1") == place_of("2001:db8::ffff:2%eth0") != place_of("2001:db8:0:1::1")
    assert place_of("::ffff:192.0.2.1") == place_of("192.0.2.1") != place_of("192.0.2.2")
    assert {place_of(each) for each in ("127.0.0.1", "::1", "", "nobody")} == {""}
