"""A visit shows what is true: what its patches build in a browser is at every moment what its values say."""

import asyncio
import json
import time
from collections import defaultdict
from itertools import count
from types import SimpleNamespace

import pytest

from builder.expressions.catalog import Catalog
from builder.expressions.evaluate import growing
from builder.tempo import tempo
from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from data.things import Thing
from workflows.live import difference
from workflows.live import outbox as outbox_module
from workflows.live import visit as visit_module
from workflows.live.page import LivePage
from workflows.live.visit import Visit
from workflows.starters.written import element, op, page, source, text, workflow

REPLY = source("step", op("field", "fd_reply1"), step="sp_ask001")


class Browser:
    """What a browser would show, built from patches alone."""

    def __init__(self, visit: Visit):
        self.visit = visit
        self.batches, self.patches = 0, []
        self.shown, self.hidden, self.lists = defaultdict(str), set(), {}
        visit.outbox.attach(self.receive, 0)

    def receive(self, message):
        message = json.loads(message)
        self.batches += 1
        if message.get("snapshot"):
            self.shown.clear()
            self.lists.clear()
        for patch in message["p"]:
            self.patches.append(patch)
            self.apply(*patch)
        self.visit.outbox.acknowledge(message["n"])

    def apply(self, verb, where, *rest):
        if verb == "cells":
            self.lists[where] = rest[0]
        elif verb == "attr" and rest[0] == "hidden":
            (self.hidden.discard if rest[1] is None else self.hidden.add)(where)
        elif verb == "append":
            self.shown[where, rest[0]] += rest[1]
        else:
            self.shown[where, rest[0]] = rest[1]

    def flush(self):
        self.visit.outbox.flush()
        return self


def _visit(*elements, workflows=()):
    document = page("pg_page01", "index", "Index", *elements)
    catalog = Catalog([("page", "pg_page01", document), *(("workflow", each["root"], each) for each in workflows)])
    return Visit(None, LivePage(document, catalog))


def _stream():
    fields = [Field("fd_reply1", "text_stream", "t"), Field("fd_count1", "number", "n")]
    stream = Stream(Extraction(fields, {"by": "data", "data": "[DONE]"}))
    stream.request_sent()
    return stream


def _piece(stream, text, **more):
    stream.feed(frame_of(json.dumps({"t": text, **more}).encode()))


def _thing(key, body):
    return Thing(key, "dt_a", {"df_body01": body}, None, None, "")


async def test_S40_streamed_text_is_sent_as_appends_of_what_is_new():
    visit = _visit(
        element("el_live01", "live_text", "Live", text=text({**REPLY, "ops": [*REPLY["ops"], op("text_so_far")]}))
    )
    browser, stream = Browser(visit), _stream()
    visit.set_result("sp_ask001", stream)
    browser.flush()
    assert (browser.shown["el_live01", "stream"], browser.shown["el_live01", "text"]) == ("waiting", "")
    for piece in ("Leaf ", "drop ", "after"):
        _piece(stream, piece)
        browser.flush()
    assert [patch for patch in browser.patches if patch[0] == "append"] == [
        ["append", "el_live01", "text", piece] for piece in ("Leaf ", "drop ", "after")
    ]
    stream.feed(frame_of(b"[DONE]"))
    browser.flush()
    assert (browser.shown["el_live01", "text"], browser.shown["el_live01", "stream"]) == ("Leaf drop after", "done")


async def test_several_frames_between_two_flushes_are_one_patch():
    visit = _visit(
        element("el_live01", "live_text", "Live", text=text({**REPLY, "ops": [*REPLY["ops"], op("text_so_far")]}))
    )
    browser, stream = Browser(visit), _stream()
    visit.set_result("sp_ask001", stream)
    browser.flush()
    before = browser.batches
    for piece in "abcdef":
        _piece(stream, piece)
    browser.flush()
    assert (browser.batches - before, browser.patches[-1]) == (1, ["append", "el_live01", "text", "abcdef"])


@pytest.mark.parametrize("around", [("Answer: ",), ("Answer: ", "."), ()])
async def test_a_text_around_a_stream_is_always_what_the_value_says(around):
    so_far = {**REPLY, "ops": [*REPLY["ops"], op("text_so_far"), op("in_capitals")]}
    parts = [*around[:1], so_far, *around[1:]]
    visit = _visit(element("el_text01", "text", "Text", text=text(*parts)))
    browser, stream = Browser(visit), _stream()
    visit.set_result("sp_ask001", stream)
    whole = ""
    for piece in ("leaf ", "drop"):
        _piece(stream, piece)
        whole += piece
        browser.flush()
        expected = "".join([*around[:1], whole.upper(), *around[1:]])
        assert browser.shown["el_text01", "text"] == expected


async def test_a_text_of_one_stream_alone_is_not_worked_out_again_for_what_the_stream_gains(monkeypatch):
    reply = {**REPLY, "ops": [*REPLY["ops"], op("text_so_far")]}
    worked_out = []
    monkeypatch.setattr(visit_module, "growing", lambda *args: worked_out.append(args) or growing(*args))
    visit, stream = _visit(element("el_live01", "live_text", "Live", text=text("Reply: ", reply))), _stream()
    browser = Browser(visit)
    visit.set_result("sp_ask001", stream)
    browser.flush()
    worked_out.clear()
    for piece in ("Leaf ", "drop ", "after"):
        _piece(stream, piece)
        browser.flush()
    assert browser.shown["el_live01", "text"] == "Reply: Leaf drop after" and not worked_out
    visit.override("el_live01", (), "text", "Set by hand")
    assert browser.flush().shown["el_live01", "text"] == "Set by hand"


async def test_S24_an_element_shows_the_newest_result_of_its_step():
    visit = _visit(
        element("el_live01", "live_text", "Live", text=text({**REPLY, "ops": [*REPLY["ops"], op("text_so_far")]}))
    )
    browser, first, second = Browser(visit), _stream(), _stream()
    visit.set_result("sp_ask001", first)
    _piece(first, "old")
    browser.flush()
    visit.set_result("sp_ask001", second)
    _piece(first, " more")
    browser.flush()
    assert browser.shown["el_live01", "text"] == ""
    _piece(second, "new")
    browser.flush()
    assert browser.shown["el_live01", "text"] == "new"


async def test_P6_a_snapshot_is_what_the_patches_before_it_built():
    visit = _visit(
        element("el_input1", "input", "Name"),
        element("el_hello1", "text", "Hello", text=text("Hello ", source("element", element="el_input1"))),
        element("el_live01", "live_text", "Live", text=text({**REPLY, "ops": [*REPLY["ops"], op("text_so_far")]})),
        element("el_wait01", "text", "Wait", text="…", visible={**REPLY, "ops": [*REPLY["ops"], op("is_waiting")]}),
    )
    browser, stream = Browser(visit), _stream()
    visit.inputs.set("el_input1", "Maya")
    visit.set_result("sp_ask001", stream)
    _piece(stream, "Leaf")
    browser.flush()
    visit.outbox.forget()
    fresh = Browser(visit)
    assert {key: value for key, value in browser.shown.items() if value} | {("el_input1", "value"): "Maya"} == {
        key: value for key, value in fresh.shown.items() if value
    }
    assert fresh.hidden == browser.hidden == {"el_wait01"}


async def test_a_list_mounts_and_lets_go_of_its_cells():
    said = source("cell", op("field", "df_body01"), element="el_list01")
    visit = _visit(
        element(
            "el_list01",
            "repeating_group",
            "List",
            element("el_said01", "text", "Said", text=text(said)),
            source=source("state", state="st_list01"),
        )
    )
    browser = Browser(visit)
    visit.set_state("st_list01", [_thing("th_a", "one"), _thing("th_b", "two")])
    browser.flush()
    assert browser.lists == {"el_list01": ["th_a", "th_b"]}
    assert browser.shown["el_said01@th_b", "text"] == "two"
    visit.set_state("st_list01", [_thing("th_b", "two, changed"), _thing("th_c", "three")])
    browser.flush()
    assert browser.lists == {"el_list01": ["th_b", "th_c"]}
    assert (browser.shown["el_said01@th_b", "text"], browser.shown["el_said01@th_c", "text"]) == (
        "two, changed",
        "three",
    )
    assert sorted(each.path for each in visit.readers if each.path) == [("th_b",), ("th_c",)]


async def test_P13_a_list_of_thousands_is_gone_as_fast_as_it_came():
    """Each cell that goes looked at all that stands on the page: a minute in which nobody else had a turn."""
    said = text(source("cell", element="el_list01"))
    inside = [element(f"el_said0{number}", "text", "Said", text=said) for number in range(2)]
    visit = _visit(element("el_list01", "repeating_group", "List", *inside, source=source("state", state="st_list01")))
    browser = Browser(visit)
    began = time.process_time()
    visit.set_state("st_list01", [f"line {number}" for number in range(3000)])
    browser.flush()
    came = time.process_time()
    visit.set_state("st_list01", ["line 0"])
    browser.flush()
    assert time.process_time() - came < came - began
    assert browser.lists == {"el_list01": ["n0"]} and sorted(visit.cells["el_list01"]) == ["n0"]
    assert sorted(each.path for each in visit.readers if each.path) == [("n0",), ("n0",)]


async def test_P13_a_huge_list_comes_in_slices_from_its_top_while_words_go_on_arriving(monkeypatch):
    """It held the loop until all of it was worked out: for a second, in which nobody else had a turn."""
    # Two values per slice.
    monkeypatch.setattr(visit_module, "SLICE", 1)
    monkeypatch.setattr(visit_module, "time", SimpleNamespace(monotonic=count().__next__))
    monkeypatch.setattr(tempo, "frame", 0)
    monkeypatch.setattr(outbox_module, "RESTS", 0)
    said = text(source("cell", element="el_list01"))
    so_far = {**REPLY, "ops": [*REPLY["ops"], op("text_so_far")]}
    many = element("el_said01", "text", "Said", text=said)
    visit = _visit(
        element("el_list01", "repeating_group", "List", many, source=source("state", state="st_list01")),
        element("el_live01", "live_text", "Live", text=text(so_far)),
    )
    browser = Browser(visit)
    stream = _stream()
    visit.set_result("sp_ask001", stream)
    await asyncio.sleep(0.01)
    visit.set_state("st_list01", [f"line {number}" for number in range(40)])
    turns = 0
    while ("el_said01@n39", "text") not in browser.shown:
        turns += 1
        _piece(stream, "word ")
        await asyncio.sleep(0)
        assert browser.shown["el_live01", "text"].count("word ") >= turns - 3, "words are not kept waiting"
    assert turns >= 10, "others had their turn meanwhile"
    assert browser.lists == {"el_list01": [f"n{number}" for number in range(40)]}
    filled = [where for _, where, *_ in browser.patches if "@" in where]
    assert filled == [f"el_said01@n{number}" for number in range(40)]
    visit.set_state("st_list01", [f"row {number}" for number in range(40)])
    async with asyncio.timeout(5):
        while browser.shown["el_said01@n39", "text"] != "row 39":  # noqa: ASYNC110 (nothing else moves)
            await asyncio.sleep(0)


async def test_only_what_reads_a_value_is_worked_out_again():
    visit = _visit(
        element("el_one001", "text", "One", text=text(source("state", state="st_one001"))),
        element("el_two001", "text", "Two", text=text(source("state", state="st_two001"))),
    )
    Browser(visit)
    visit.set_state("st_one001", "1")
    assert {each.binding.element for each in visit.readers.dirty} == {"el_one001"}


async def test_show_and_hide_win_over_the_property():
    visit = _visit(element("el_text01", "text", "Text", text="Hello"))
    browser = Browser(visit)
    visit.override("el_text01", (), "visible", False)
    browser.flush()
    assert browser.hidden == {"el_text01"}
    visit.override("el_text01", (), "visible", True)
    assert browser.flush().hidden == set()


TOPIC = source("state", state="st_topic1")


async def test_the_hand_wins_over_an_initial_value_that_moves_once_it_typed():
    visit = _visit(element("el_input1", "input", "Name", initial=TOPIC))
    browser = Browser(visit)
    visit.set_state("st_topic1", "Fig")
    assert browser.flush().shown["el_input1", "value"] == "Fig"
    visit.inputs.type("el_input1", "My own words")
    visit.set_state("st_topic1", "Fern")
    browser.flush()
    assert (visit.values["el_input1"], browser.shown["el_input1", "value"]) == ("My own words", "Fig")
    visit.inputs.reset("el_input1", ())
    visit.set_state("st_topic1", "Moss")
    assert browser.flush().shown["el_input1", "value"] == "Moss", "after a reset nobody has typed"


async def test_reset_brings_a_dynamic_initial_value_back():
    visit = _visit(element("el_input1", "input", "Name", initial=TOPIC, clear_on_reset=False))
    browser = Browser(visit)
    visit.set_state("st_topic1", "Fig")
    visit.inputs.type("el_input1", "My own words")
    browser.flush()
    visit.inputs.reset("el_input1", ())
    assert browser.flush().shown["el_input1", "value"] == visit.values["el_input1"] == "Fig"


def _notes():
    note = element("el_note01", "input", "Note", initial=source("cell", op("field", "df_body01"), element="el_list01"))
    return element("el_list01", "repeating_group", "List", note, source=source("state", state="st_list01"))


async def test_what_was_typed_or_set_in_a_cell_goes_with_it():
    visit = _visit(_notes())
    browser, kept = Browser(visit), (visit.values, visit.inputs.initials, visit.inputs.typed, visit.overrides)
    before = [len(each) for each in kept]
    visit.set_state("st_list01", [_thing("th_a", "one"), _thing("th_b", "two")])
    browser.flush()
    for key in ("th_a", "th_b"):
        visit.inputs.type(f"el_note01@{key}", "typed")
        visit.override("el_note01", (key,), "visible", False)
    browser.flush()
    visit.set_state("st_list01", [_thing("th_b", "two")])
    browser.flush()
    assert all("th_a" not in str(each) for each in kept)
    assert visit.values["el_note01@th_b"] == "typed", "the cell that stays keeps what was typed"
    visit.set_state("st_list01", [])
    browser.flush()
    assert [len(each) for each in kept] == before
    visit.set_state("st_list01", [_thing("th_a", "one")])
    assert browser.flush().shown["el_note01@th_a", "value"] == "one", "a cell that comes again begins anew"


async def test_a_text_that_was_a_streams_and_is_stored_text_now_is_in_no_stream_any_more():
    shown = {**source("group", op("field", "fd_reply1"), element="el_group1"), "was": ""}
    visit = _visit(element("el_group1", "group", "Answer", element("el_live01", "live_text", "Live", text=text(shown))))
    browser, stream = Browser(visit), _stream()
    visit.display("el_group1", (), stream)
    _piece(stream, "Leaf")
    stream.stop()
    browser.flush()
    assert browser.shown["el_live01", "stream"] == "stopped"
    visit.display("el_group1", (), {"fd_reply1": "Stored long ago"})
    browser.flush()
    assert browser.shown["el_live01", "stream"] == "never"
    assert browser.shown["el_live01", "text"] == "Stored long ago"
    assert browser.patches[-2:] == [
        ["set", "el_live01", "stream", "never"],
        ["set", "el_live01", "text", "Stored long ago"],
    ]


@pytest.mark.parametrize("holder", ["group", "state"])
async def test_S32_a_stream_that_was_put_somewhere_moves_there_also_when_its_step_has_a_newer_one(holder):
    shown = (
        source("group", op("field", "fd_reply1"), op("text_so_far"), element="el_group1")
        if holder == "group"
        else source("state", op("text_so_far"), state="st_answer")
    )
    visit = _visit(element("el_group1", "group", "Answer", element("el_live01", "live_text", "Live", text=text(shown))))
    browser, first = Browser(visit), _stream()
    visit.set_result("sp_ask001", first)
    if holder == "group":
        visit.display("el_group1", (), first)
    else:
        visit.set_state("st_answer", first.field("fd_reply1"))
    browser.flush()
    visit.set_result("sp_ask001", _stream())
    _piece(first, "Leaf")
    assert browser.flush().shown["el_live01", "text"] == "Leaf"
    visit.close()
    assert len(first._listeners) <= 1, "only the step's own"


async def test_P3_a_new_stream_is_never_taken_for_one_that_is_gone(monkeypatch):
    """An object's id is used again once it is gone; what tells streams apart is not."""
    first, second = (_stream().field("fd_reply1") for _ in range(2))
    assert first.serial != second.serial
    monkeypatch.setattr("workflows.live.difference.id", lambda value: 1, raising=False)
    shadow, _ = difference.growing_text(None, "", first, "el", "text")
    _, patches = difference.growing_text(shadow, "", second, "el", "text")
    assert patches == [["set", "el", "text", ""]]


async def test_S36_data_that_nothing_reads_any_more_is_closed():
    class Resource:
        value, closed = "here", False

        def close(self):
            self.closed = True

    opened = []
    data = source("search", data_type="dt_a", newest_first=source("state", state="st_order1"))
    visit = _visit(element("el_text01", "text", "Text", text=text(data)))

    def open_resource(name, arguments, moved):
        opened.append((arguments["newest_first"], Resource()))
        return opened[-1][1]

    visit.open_resource = open_resource
    browser = Browser(visit)
    visit.set_state("st_order1", True)
    browser.flush()
    assert [(order, resource.closed) for order, resource in opened] == [(None, True), (True, False)]
    visit.close()
    assert opened[1][1].closed


def test_the_page_knows_which_workflow_listens_to_what():
    listens = workflow("wf_send01", "Send is clicked", "pg_page01", "clicked", "el_send01", {})
    elsewhere = workflow("wf_other1", "Other", "pg_other1", "clicked", "el_send01", {})
    visit = _visit(element("el_send01", "button", "Send"), workflows=(listens, elsewhere))
    assert visit.page.listeners == {("el_send01", "clicked"): [listens]}
