"""Parameters of a page: its address drives what it shows and what its calls are sent; links and steps tell them."""

import json

import pytest

from builder import journal
from builder.database import db as in_database
from builder.edition import Edition
from builder.people.visitor import Visitor
from tests.workflows.live.asking import until
from workflows.live.directory import Directory
from workflows.live.protocol import Happened

pytestmark = pytest.mark.django_db

TOPIC = {"from": "parameter", "args": {"parameter": "pp_topic1"}, "ops": []}


def update(doc, node, **props):
    return {"do": "update", "doc": doc, "node": node, "set": props}


@pytest.fixture
def told(app, ada):
    """The chat, whose hint says its topic and whose model is asked about it, and which goes on to the prices."""
    parameter = {"type": "parameter", "name": "topic", "props": {"type": "text", "default": "figs"}, "slots": {}}
    many = {"type": "parameter", "name": "many", "props": {"type": "number"}, "slots": {}}
    where = {"parent": "pg_chat01", "slot": "parameters", "index": 0}
    there = {"doc": "page/pg_ticker", "parent": "pg_ticker", "slot": "parameters", "index": 0}
    step = {
        "type": "go_to_page",
        "name": "",
        "props": {"page": "pg_ticker", "parameters": {"pp_many01": 3, "pp_gone00": "x"}},
        "slots": {},
    }
    changes = [
        {"do": "insert", "doc": "page/pg_chat01", "nodes": {"pp_topic1": parameter}, "node": "pp_topic1", **where},
        {"do": "insert", "nodes": {"pp_many01": many}, "node": "pp_many01", **there},
        update("page/pg_chat01", "el_hint01", text={"text": ["About ", TOPIC]}),
        update("workflow/wf_send01", "sp_ask001", parameters={"pa_messag": TOPIC}),
        {
            "do": "insert",
            "doc": "workflow/wf_stop01",
            "nodes": {"sp_go0001": step},
            "node": "sp_go0001",
            "parent": "wf_stop01",
            "slot": "steps",
            "index": 1,
        },
    ]
    return journal.perform(app, ada, "Tell", changes)


async def opened(app, ada, query, visit=None):
    directory, said = Directory(), []
    guest, _ = await directory.enter(Edition(app), "pg_chat01", Visitor.editor(ada), visit, 0, "", query)
    directory.attach(guest, "socket", said.append, 0)
    guest.visit.outbox.flush()
    return directory, guest, said


@pytest.mark.parametrize(("query", "topic"), [("topic=roses+%26+thorns&x=1", "roses & thorns"), ("", "figs")])
async def test_what_the_address_says_is_shown_and_goes_into_a_call(app, ada, told, streams, query, topic):
    directory, guest, said = await opened(app, ada, query)
    patches = [patch for each in said for patch in json.loads(each).get("p", ())]
    assert ["set", "el_hint01", "text", f"About {topic}"] in patches
    guest.runs.happened(Happened("one", "el_send01", "clicked", {"el_quest1": "Why?"}))
    await until(lambda: streams)
    assert streams[0].asked == {"pa_messag": topic}
    streams[0].stop()
    await directory.leave(guest)


async def test_it_is_read_once_at_the_visits_beginning(app, ada, told):
    directory, guest, _ = await opened(app, ada, "topic=roses")
    again, new = await directory.enter(
        Edition(app), "pg_chat01", Visitor.editor(ada), guest.visit.id, 1, "", "topic=else"
    )
    assert again is guest and not new and guest.visit.told == {"pp_topic1": "roses"}
    await directory.leave(guest)


async def test_a_step_opens_another_page_and_tells_it_what_it_takes(app, ada, told):
    directory, guest, said = await opened(app, ada, "")
    guest.runs.happened(Happened("one", "el_stop01", "clicked", {}))
    await until(lambda: any('"go"' in each for each in said))
    assert next(json.loads(each)["go"] for each in said if '"go"' in each) == "../pg_ticker/?many=3"
    await until(lambda: not guest.runs.running)
    await directory.leave(guest)


async def test_what_a_step_gives_that_the_page_does_not_have_is_an_issue_with_a_fix(app, ada, told):
    from builder.access import catalog_of
    from builder.checking.issues import fix_of, issues_of

    def fixed():
        [end] = issues_of(app, catalog_of(app))
        assert "a parameter that the page does not have" in end.sentence and end.fix
        journal.perform(
            app, ada, end.fix.label, fix_of(app, catalog_of(app), end.doc, end.node, end.prop, end.fix.label).changes
        )
        return issues_of(app, catalog_of(app))

    assert await in_database(fixed) == []


def test_a_preview_keeps_apart_what_it_is_told(ada_client, app, told):
    page = ada_client.get("/preview/juniper/pg_chat01/?topic=roses&utm=x").content.decode()
    assert 'data-socket="/ws/live/juniper/pg_chat01/?topic=roses"' in page
    assert ada_client.get("/preview/juniper/?topic=roses").headers["Location"].endswith("/pg_chat01/?topic=roses")
