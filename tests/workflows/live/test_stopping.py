"""A Stop button is there while something runs, and ends it (S30)."""

import json
from dataclasses import replace

import pytest

from builder.access import catalog_of
from builder.changes import changes
from builder.database import db as in_database
from builder.document import body, node
from builder.edition import Edition
from builder.expressions.catalog import Place
from builder.people.visitor import Visitor
from connector.answers.extract import Extraction
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from tests.workflows.live.asking import asking, piece, until
from workflows.actions import actions
from workflows.live.directory import Directory
from workflows.live.protocol import Happened
from workflows.starters.written import workflow


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


async def guest_of_two(app, ada):
    """A guest of a page with two instances of what asks when Go is pressed, one of them in another instance; a Stop
    button for the first, and a button Halt whose workflow stops the other."""

    def add():
        page = app.documents.get(key="pg_chat01")
        asks = {"sp_first1": node("call_api", "Ask", {"call": "ai_pract1/ca_ask001", "parameters": {}})}
        halts = {"sp_halt01": node("stop_stream", "", {"step": "el_two001"})}
        go = node("button", "Go", {"label": "Go"})
        asker = {"rs_asker1": node("reusable", "Asker", {}, children=["el_go0001"]), "el_go0001": go}
        inner = {"el_inner1": node("instance", "Inner", {"of": "rs_asker1"})}
        outer = {"rs_outer1": node("reusable", "Outer", {}, children=["el_inner1"]), **inner}
        more = {
            "el_one001": node("instance", "One", {"of": "rs_asker1"}),
            "el_two001": node("instance", "Two", {"of": "rs_outer1"}),
            "el_stop99": node("stop", "Stop", {"step": "el_one001"}),
            "el_halt01": node("button", "Halt", {"label": "Halt"}),
        }
        page.body["nodes"] |= more
        page.body["nodes"]["pg_chat01"]["slots"]["children"] += list(more)
        page.save()
        for kind, made in (
            ("reusable", body("rs_asker1", asker)),
            ("reusable", body("rs_outer1", outer)),
            ("workflow", workflow("wf_asks01", "Go is clicked", "rs_asker1", "clicked", "el_go0001", asks)),
            ("workflow", workflow("wf_halts1", "Halt is clicked", "pg_chat01", "clicked", "el_halt01", halts)),
        ):
            app.documents.create(kind=kind, key=made["root"], body=made)

    await in_database(add)
    directory = Directory()
    guest, _ = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    told: list = []
    guest.visit.outbox.attach(lambda message: told.extend(json.loads(message).get("p", ())), 0)
    return directory, guest, told


def go_in(guest, within: str) -> str:
    nodes = guest.visit.page.body["nodes"]
    [key] = [key for key, each in nodes.items() if (each["name"], each.get("within")) == ("Go", within)]
    return key


async def test_S30_what_an_instance_runs_is_stopped_from_outside_and_nothing_else(app, ada, streams):
    """Its steps have no names there: a Stop button and the action name the instance. Before and after the first frame."""
    directory, guest, told = await guest_of_two(app, ada)
    assert not is_shown(guest, told)
    for number, within in enumerate(("el_one001", "el_two001")):
        guest.runs.happened(Happened(f"go {number}", go_in(guest, within), "clicked", {}))
        await until(lambda number=number: len(streams) > number)
    piece(streams[1], "drop")
    assert is_shown(guest, told)
    guest.runs.happened(Happened("stop", "el_stop99", "clicked", {}))
    assert [each.state for each in streams] == ["stopped", "streaming"]
    await until(lambda: len(guest.runs.running) == 1)
    assert is_shown(guest, told) is False
    assert guest.runs.is_running("el_two001") and not guest.runs.is_running("el_one001")
    guest.runs.happened(Happened("halt", "el_halt01", "clicked", {}))
    await until(lambda: not guest.runs.running)
    assert streams[1].state == "stopped"
    await directory.leave(guest)


async def guest_of_a_list(app, ada):
    """A guest of a page whose list has an instance of what asks in each of its two cells, with a Stop button and a button
    Halt beside it, and a Stop button below the list."""

    def add():
        page = app.documents.get(key="pg_chat01")
        asks = {"sp_first1": node("call_api", "Ask", {"call": "ai_pract1/ca_ask001", "parameters": {}})}
        halts = {"sp_halt01": node("stop_stream", "", {"step": "el_one001"})}
        go = node("button", "Go", {"label": "Go"})
        asker = {"rs_asker1": node("reusable", "Asker", {}, children=["el_go0001"]), "el_go0001": go}
        rows = {"from": "state", "args": {"state": "st_rows01"}, "ops": []}
        inside = {
            "el_one001": node("instance", "One", {"of": "rs_asker1"}),
            "el_stop99": node("stop", "Stop", {"step": "el_one001"}),
            "el_halt01": node("button", "Halt", {"label": "Halt"}),
        }
        page.body["nodes"] |= inside | {
            "el_rows01": node("repeating_group", "Rows", {"source": rows}, children=list(inside)),
            "el_stop88": node("stop", "Stop all", {"step": "el_one001"}),
            "st_rows01": node("state", "Rows", {"type": "text", "list": True, "default": ["a", "b"]}),
        }
        slots = page.body["nodes"]["pg_chat01"]["slots"]
        slots["children"] += ["el_rows01", "el_stop88"]
        slots["states"] = [*slots.get("states", []), "st_rows01"]
        page.save()
        made = workflow("wf_asks01", "Go is clicked", "rs_asker1", "clicked", "el_go0001", asks)
        made["nodes"]["wf_asks01"]["props"]["repeat"] = "side_by_side"
        for kind, each in (
            ("reusable", body("rs_asker1", asker)),
            ("workflow", made),
            ("workflow", workflow("wf_halts1", "Halt is clicked", "pg_chat01", "clicked", "el_halt01", halts)),
        ):
            app.documents.create(kind=kind, key=each["root"], body=each)

    await in_database(add)
    directory = Directory()
    guest, _ = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    told: list = []
    guest.visit.outbox.attach(lambda message: told.extend(json.loads(message).get("p", ())), 0)
    guest.visit.outbox.flush()
    return directory, guest, told


@pytest.mark.parametrize("stops", ["el_stop99", "el_halt01"])
async def test_S30_in_a_list_only_what_runs_in_the_same_cell_is_stopped(app, ada, streams, stops):
    """By the Stop button there, which is seen in that cell alone, and by the action; from outside the list, in all."""
    directory, guest, told = await guest_of_a_list(app, ada)
    first, second = guest.visit.cells["el_rows01"]
    for number, cell in enumerate((first, second, second)):
        guest.runs.happened(Happened(f"go {number}", f"{go_in(guest, 'el_one001')}@{cell}", "clicked", {}))
        await until(lambda number=number: len(streams) > number)
        if number == 0:
            guest.visit.outbox.flush()
            running = {patch[1] for patch in told if patch[0] == "attr" and patch[2:] == ["data-running", ""]}
            assert running & {f"el_stop99@{first}", f"el_stop99@{second}"} == {f"el_stop99@{first}"}
    piece(streams[1], "drop")
    guest.runs.happened(Happened("stop", f"{stops}@{first}", "clicked", {}))
    await until(lambda: streams[0].over)
    assert [each.state for each in streams] == ["stopped", "streaming", "waiting"]
    guest.runs.happened(Happened("all", "el_stop88", "clicked", {}))
    assert [each.state for each in streams] == ["stopped"] * 3
    await until(lambda: not guest.runs.running)
    await directory.leave(guest)


async def test_what_can_be_stopped_is_named_by_its_instance_and_missed_when_that_is_gone(app, ada):
    directory, guest, _ = await guest_of_two(app, ada)
    catalog = await in_database(catalog_of, app)
    place = Place.of_workflow(catalog, "wf_halts1", "sp_halt01")
    choices = dict(actions["stop_stream"].Options.base_fields["step"].found(place))
    assert choices["el_one001"] == "All that One runs" and choices["el_two001"] == "All that Two runs"
    assert choices["sp_ask001"] == "Ask the model in Send is clicked"
    step = catalog.node("sp_halt01")
    assert actions["stop_stream"].title(step, place) == "Stop all that Two runs"
    assert not list(actions["stop_stream"].problems(step, place))
    page = catalog.body("page", "pg_chat01")
    gone, _ = changes["remove"].apply(page, {"do": "remove", "doc": "page/pg_chat01", "node": "el_two001"})
    place = replace(place, catalog=catalog.replacing([("page", gone)]))
    assert list(actions["stop_stream"].problems(step, place)) == [("step", "The stream is gone. Choose another one.")]
    await directory.leave(guest)


class Loaded:
    """Data that a page loads by itself, waiting for its first frame."""

    def __init__(self):
        self.is_closed, self.value = False, Stream(Extraction(()))
        self.value.request_sent()

    def close(self):
        self.is_closed = True
        self.value.stop()
