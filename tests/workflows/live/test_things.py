"""Change a thing and Delete a thing: what is stored, and that the page and the later steps hold it as it is now."""

import pytest

from builder.database import db as in_database
from builder.document import node
from builder.edition import Edition
from builder.people.visitor import Visitor
from data.things import add_thing, search
from tests.workflows.live.asking import until
from workflows.live import things
from workflows.live.directory import Directory
from workflows.models import Run
from workflows.starters.written import op, source, workflow

pytestmark = pytest.mark.django_db

TYPE = "dt_messag"
PICKED = source("state", state="st_picked")
CHANGE = {"data_type": TYPE, "thing": PICKED, "fields": {"df_body01": "New", "df_gone01": "x"}}


@pytest.fixture
async def guest(app, ada):
    directory = Directory()
    guest, _ = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    yield guest
    await directory.leave(guest)


@pytest.fixture
def message(app):
    return add_thing(Edition(app), TYPE, {"df_role01": "user", "df_body01": "Old"}, "")


async def ran(guest, *steps):
    """A workflow with these steps, once it has run."""
    nodes = {f"sp_{number}": node(type, "", props) for number, (type, props) in enumerate(steps, 1)}
    run = guest.runs.start(workflow("wf_test01", "", "pg_chat01", "clicked", "el_stop01", nodes))
    await until(lambda: run.ended is not None and run not in guest.runs.running)
    return run


async def stored(app):
    return [thing.values for thing in await in_database(search, app, TYPE, False, 10)]


async def test_a_thing_is_changed_where_it_is_stored_and_wherever_the_page_holds_it(app, guest, message):
    guest.visit.set_state("st_picked", message)
    guest.visit.set_state("st_many", [message])
    guest.visit.display("el_hint01", (), message)
    keep = ("set_state", {"state": "st_words", "value": {**PICKED, "ops": [op("field", "df_body01")]}})
    guest.visit.page.states.setdefault("st_words", None)
    run = await ran(guest, ("change_thing", CHANGE), keep)
    assert run.state == "done", run.failure
    assert await stored(app) == [{"df_role01": "user", "df_body01": "New"}]
    held = [guest.visit.states["st_picked"], *guest.visit.states["st_many"], guest.visit.groups["el_hint01"]]
    assert [thing.field("df_body01") for thing in held] == ["New"] * 3
    assert guest.visit.states["st_words"] == guest.visit.results["sp_1"].field("df_body01") == "New"


async def test_a_later_step_reads_what_an_earlier_one_has_made_as_it_was_changed(app, guest):
    made = {"data_type": TYPE, "fields": {"df_body01": "Old"}}
    change = {**CHANGE, "thing": source("step", step="sp_1")}
    copy = {"data_type": TYPE, "fields": {"df_body01": source("step", op("field", "df_body01"), step="sp_1")}}
    await ran(guest, ("create_thing", made), ("change_thing", change), ("create_thing", copy))
    assert [values["df_body01"] for values in await stored(app)] == ["New", "New"]


async def test_what_is_deleted_is_gone_from_the_page_too(app, guest, message):
    other = await in_database(add_thing, Edition(app), TYPE, {"df_body01": "Other"}, "")
    guest.visit.set_state("st_picked", message)
    guest.visit.set_state("st_many", [message, other, "a word"])
    run = await ran(guest, ("delete_thing", {"things": PICKED}))
    assert run.state == "done", run.failure
    assert guest.visit.states["st_picked"] is None and guest.visit.states["st_many"] == [other, "a word"]
    run = await ran(guest, ("delete_thing", {"things": source("search", data_type=TYPE)}))
    assert (run.state, await stored(app)) == ("done", [])


@pytest.mark.parametrize("does", ["set_fields", "delete_things"])
async def test_P14_the_run_is_known_with_the_first_thing_it_does(guest, message, monkeypatch, does):
    known, real = [], getattr(things, does)

    def seen(*given):
        real(*given)
        known.append(Run.objects.count())
        return message

    monkeypatch.setattr(things, does, seen)
    guest.visit.set_state("st_picked", message)
    await ran(guest, ("change_thing", CHANGE) if does == "set_fields" else ("delete_thing", {"things": PICKED}))
    assert known == [1]


@pytest.mark.parametrize("step", ["change_thing", "delete_thing"])
async def test_nothing_to_change_is_a_sentence_and_nothing_to_delete_is_none(app, guest, message, step):
    run = await ran(guest, (step, CHANGE if step == "change_thing" else {"things": PICKED}))
    assert run.state == ("failed" if step == "change_thing" else "done")
    assert step == "delete_thing" or str(run.failure).startswith("There is no thing to change")
    assert [values["df_body01"] for values in await stored(app)] == ["Old"]


async def test_what_was_deleted_meanwhile_is_said(app, guest, message):
    guest.visit.set_state("st_picked", message)
    await ran(guest, ("delete_thing", {"things": source("search", data_type=TYPE)}))
    guest.visit.set_state("st_picked", message)
    run = await ran(guest, ("change_thing", CHANGE))
    assert (run.state, str(run.failure)) == ("failed", "This Message is no longer there.")
