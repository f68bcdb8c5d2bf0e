"""A call used as Data: sent when its arguments are whole, and failed in words whatever happens (S36)."""

import asyncio
import json
import logging

import pytest

from builder.document import body, node
from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems
from builder.people.visitor import NOBODY
from builder.sources import sources
from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from connector.sources import api
from workflows.live.loaded import remembered
from workflows.live.page import LivePage
from workflows.live.visit import Visit
from workflows.starters.written import element, op, page, source, text, workflow

REPLY = source("step", op("field", "fd_reply1"), step="sp_ask001")


def _with(*ops):
    """Data from the call "Look up" about a value that comes from the first call's answer."""
    about = {**REPLY, "ops": [*REPLY["ops"], *(op(name) for name in ops)]}
    return source("api", op("field", "fd_found1"), call="ai_pract1/ca_look01", parameters={"pa_about1": about})


def _call(name, use_as, key, field):
    props = {"use_as": use_as, "method": "GET", "path": "/", "response_type": "stream", "initialized": {"at": "now"}}
    return node("call", name, props, parameters=[f"pa_{key}"], fields=[field])


def _catalog(value):
    nodes = {
        "ai_pract1": node("api", "Practice", {"base_url": "http://x"}, calls=["ca_ask001", "ca_look01"]),
        "ca_ask001": _call("Ask", "action", "quest1", "fd_reply1"),
        "ca_look01": _call("Look up", "data", "about1", "fd_found1"),
        "pa_quest1": node("parameter", "question", {"place": "query"}),
        "pa_about1": node("parameter", "about", {"place": "query", "private": False}),
        "fd_reply1": node("field", "Reply", {"type": "text_stream", "path": "t", "mode": "delta"}),
        "fd_found1": node("field", "Found", {"type": "text_stream", "path": "t", "mode": "delta"}),
    }
    shown = page("pg_page01", "index", "Index", element("el_text01", "text", "Found", text=text(value)))
    asking = workflow(
        "wf_ask001",
        "",
        "pg_page01",
        "page_loaded",
        None,
        {"sp_ask001": node("call_api", "", {"call": "ai_pract1/ca_ask001"})},
    )
    return Catalog(
        [
            ("api", "ai_pract1", body("ai_pract1", nodes)),
            ("page", "pg_page01", shown),
            ("workflow", "wf_ask001", asking),
        ]
    )


class Loading:
    value = None

    def close(self):
        """Nothing is open."""


class Opened:
    """What a page has asked for: the argument of each call."""

    def __init__(self):
        self.calls = []

    def open(self, name, arguments, moved):
        self.calls.append(arguments["parameters"]["pa_about1"])
        return Loading()


@pytest.fixture
def shown():
    def show(value):
        catalog, opened = _catalog(value), Opened()
        visit = Visit(None, LivePage(catalog.body("page", "pg_page01"), catalog))
        visit.open_resource = opened.open
        visit.outbox.attach(lambda message: visit.outbox.acknowledge(json.loads(message)["n"]), 0)
        return visit, opened

    return show


@pytest.mark.parametrize("ops", [["text_so_far"], ["full_text"], ["text_so_far", "in_capitals"], []])
async def test_S36_a_text_that_is_arriving_is_sent_once_when_it_is_whole(shown, ops):
    visit, opened = shown(_with(*ops))
    stream = Stream(Extraction([Field("fd_reply1", "text_stream", "t")], {"by": "data", "data": "[DONE]"}))
    stream.request_sent()
    visit.set_result("sp_ask001", stream)
    opened.calls.clear()
    for piece in ("Leaf ", "drop ", "after"):
        visit.outbox.flush()
        stream.feed(frame_of(json.dumps({"t": piece}).encode()))
    visit.outbox.flush()
    assert opened.calls == [], "nothing is asked for while it arrives"
    stream.feed(frame_of(b"[DONE]"))
    visit.outbox.flush()
    visit.outbox.flush()
    assert [str(each).lower() for each in opened.calls] == ["leaf drop after"]


@pytest.mark.parametrize("ops", [["is_done"], ["is_waiting"]])
async def test_S36_where_a_stream_stands_is_a_value_like_any_other(shown, ops):
    visit, opened = shown(_with(*ops))
    stream = Stream(Extraction([Field("fd_reply1", "text_stream", "t")]))
    stream.request_sent()
    visit.set_result("sp_ask001", stream)
    visit.outbox.flush()
    assert opened.calls == ([False, True] if ops == ["is_waiting"] else [False])


@pytest.mark.parametrize(
    ("ops", "says"), [(["text_so_far"], True), ([], True), (["full_text"], False), (["is_done"], False)]
)
def test_S43_a_text_that_is_arriving_is_an_issue_of_the_page(ops, says):
    value = _with(*ops)
    found = problems(value, "any", Place(_catalog(value), page="pg_page01", element="el_text01"))
    assert found == (
        ["“about” is a text that is still arriving, and this waits until it is whole. Choose its full text."]
        if says
        else []
    )


def test_a_step_of_a_workflow_has_waited_already():
    value = _with("text_so_far")
    place = Place.of_workflow(_catalog(value), "wf_ask001")
    assert not list(sources["api"].problems(value["args"], place))


async def test_P7_whatever_goes_wrong_ends_the_call_as_failed_in_kind_words(monkeypatch, caplog):
    async def start_call(*args):
        raise RuntimeError("the key is sk-1234")

    monkeypatch.setattr(api, "start_call", start_call)
    moved = asyncio.Event()
    with caplog.at_level(logging.ERROR):
        data = sources["api"].open(None, {"call": "ai_a/ca_a", "parameters": {}}, moved.set, NOBODY)
        await asyncio.wait_for(moved.wait(), 5)
    assert (data.value.state, data.value.error.kind) == ("failed", "error")
    assert "sk-1234" not in str(data.value.error) and "went wrong" in str(data.value.error)
    assert "ai_a/ca_a" in caplog.text
    data.close()


async def test_S33_what_stands_for_a_call_that_is_not_sent_yet_is_not_kept_and_ends_with_it(monkeypatch):
    sent, answer = asyncio.Event(), Stream(Extraction([]))

    async def start_call(*given):
        await sent.wait()
        return answer

    monkeypatch.setattr(api, "start_call", start_call)
    opened = sources["api"].open(None, {"call": "ai_pract1/ca_look01"}, lambda: None, NOBODY)
    waiting = opened.value
    assert waiting.state == "waiting" and remembered({"read": opened}) == {}
    sent.set()
    async with asyncio.timeout(10):
        while opened.value is waiting:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert waiting.over and remembered({"read": opened})["read"].value is answer
    opened.close()
