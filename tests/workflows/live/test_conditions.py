"""S34 on an open page: conditions apply in order, the last true one that sets a property wins, and below is what it was."""

import json

from builder.drawing.render import modules, page_html
from connector.answers.frame import frame_of
from tests.workflows.live.test_visit import REPLY, Browser, _piece, _stream, _thing, _visit
from workflows.live.places import address
from workflows.starters.written import element, op, source

STATE = {"from": "state", "args": {"state": "st_mode01"}, "ops": []}


def condition(number, when, on="when", **sets):
    return {"id": f"cn_{number:06}", "on": on, "when": when, "set": sets}


def is_(word):
    return {"from": "element", "args": {"element": "el_mode01"}, "ops": [op("is", word)]}


def visit_with(*conditions, type="text", **props):
    return _visit(
        element("el_mode01", "input", "Mode"), element("el_text01", type, "It", **props, conditions=list(conditions))
    )


class Seen(Browser):
    """A browser that keeps attributes, too."""

    def __init__(self, visit):
        self.attributes = {}
        super().__init__(visit)

    def apply(self, verb, where, *rest):
        if verb == "attr":
            self.attributes[where, rest[0]] = rest[1]
        super().apply(verb, where, *rest)


def say(visit, word):
    visit.inputs.type("el_mode01", word)


async def test_S34_a_look_is_set_while_a_condition_holds_and_is_then_what_it_was():
    visit = visit_with(
        condition(1, is_("loud"), tone="danger", weight="strong"),
        condition(2, is_("loud"), tone="accent"),
        tone="quiet",
    )
    browser = Seen(visit).flush()
    assert browser.attributes["el_text01", "data-tone"] == "quiet"
    say(visit, "loud")
    browser.flush()
    assert browser.attributes["el_text01", "data-tone"] == "accent", "the last that holds wins"
    assert browser.attributes["el_text01", "data-weight"] == "strong"
    say(visit, "calm")
    browser.flush()
    assert (browser.attributes["el_text01", "data-tone"], browser.attributes["el_text01", "data-weight"]) == (
        "quiet",
        "regular",
    )


async def test_text_visibility_and_flags_are_set_too():
    say_so = condition(1, is_("on"), text={"text": ["Mode: ", {**is_("x"), "ops": []}]}, visible=False)
    visit = visit_with(say_so, text="Off", visible=True)
    browser = Seen(visit).flush()
    assert browser.shown["el_text01", "text"] == "Off" and "el_text01" not in browser.hidden
    say(visit, "on")
    browser.flush()
    assert browser.shown["el_text01", "text"] == "Mode: on" and "el_text01" in browser.hidden
    visit = visit_with(condition(1, is_("on"), disabled=True, label="Wait"), type="button", label="Go")
    browser = Seen(visit).flush()
    assert browser.attributes["el_text01", "disabled"] is None
    say(visit, "on")
    browser.flush()
    assert browser.attributes["el_text01", "disabled"] == "" and browser.shown["el_text01", "label"] == "Wait"


async def test_a_text_that_streams_gives_way_to_a_condition_and_comes_back():
    moving = source("step", op("field", "fd_reply1"), op("text_so_far"), step="sp_ask001")
    visit = visit_with(condition(1, is_("off"), text="Hidden"), text=moving)
    stream = _stream()
    visit.set_result("sp_ask001", stream)
    browser = Seen(visit).flush()
    _piece(stream, "Hello")
    browser.flush()
    assert browser.shown["el_text01", "text"] == "Hello"
    say(visit, "off")
    browser.flush()
    _piece(stream, " world")
    browser.flush()
    assert browser.shown["el_text01", "text"] == "Hidden"
    say(visit, "on")
    browser.flush()
    assert browser.shown["el_text01", "text"] == "Hello world"


async def test_a_condition_on_a_stream_moves_with_it():
    state = {**REPLY, "ops": [*REPLY["ops"], op("is_streaming")]}
    moving = {**REPLY, "ops": [*REPLY["ops"], op("text_so_far")]}
    visit = visit_with(condition(1, state, tone="accent", text={"text": ["… ", moving]}), text=moving)
    stream = _stream()
    visit.set_result("sp_ask001", stream)
    browser = Seen(visit).flush()
    _piece(stream, "Hel")
    _piece(stream, "lo")
    browser.flush()
    assert browser.shown["el_text01", "text"] == "… Hello"
    assert browser.attributes["el_text01", "data-tone"] == "accent"
    stream.feed(frame_of(b"[DONE]"))
    browser.flush()
    assert browser.attributes["el_text01", "data-tone"] == "normal"


async def test_each_cell_has_its_own():
    item = {"from": "cell", "args": {"element": "el_list01"}, "ops": [op("field", "df_body01"), op("is", "bad")]}
    inside = element("el_row001", "text", "Row", conditions=[condition(1, item, tone="danger")])
    listed = element("el_list01", "repeating_group", "List", inside, content_type="thing:dt_a", source=STATE)
    visit = _visit(listed)
    visit.states["st_mode01"] = [_thing("th_1", "good"), _thing("th_2", "bad")]
    browser = Seen(visit).flush()
    assert browser.attributes[address("el_row001", ("th_1",)), "data-tone"] == "normal"
    assert browser.attributes[address("el_row001", ("th_2",)), "data-tone"] == "danger"
    visit.set_state("st_mode01", [_thing("th_1", "bad"), _thing("th_2", "good")])
    browser.flush()
    assert browser.attributes[address("el_row001", ("th_1",)), "data-tone"] == "danger"
    assert browser.attributes[address("el_row001", ("th_2",)), "data-tone"] == "normal"


async def test_S33_a_page_that_comes_back_is_as_it_was():
    visit = visit_with(condition(1, is_("loud"), tone="danger"))
    say(visit, "loud")
    Seen(visit).flush()
    visit.outbox.detach()
    again = Seen(visit)
    visit.outbox.attach(again.receive, -1)
    again.flush()
    assert again.attributes["el_text01", "data-tone"] == "danger"


async def test_a_condition_takes_the_place_of_what_is_set_at_breakpoints():
    visit = visit_with(condition(1, is_("loud"), tone="danger"), at={"phone": {"tone": "accent"}})
    browser = Seen(visit).flush()
    assert browser.attributes["el_text01", "data-tone"] is None, "the ranges say it"
    say(visit, "loud")
    browser.flush()
    assert browser.attributes["el_text01", "data-tone"] == "danger"


async def test_what_is_simply_yes_is_drawn_at_once_and_what_is_no_never():
    visit = visit_with(
        condition(1, True, tone="danger"), condition(2, False, tone="accent"), condition(3, None, tone="quiet")
    )
    assert 'data-tone="danger"' in visit.page.html
    assert visit.page.bindings == []


async def test_what_a_condition_may_hide_waits_until_it_is_known():
    visit = visit_with(condition(1, is_("on"), visible=False))
    assert " hidden" in visit.page.html.split('data-el="el_text01"')[1].split(">")[0]
    browser = Seen(visit).flush()
    assert browser.attributes["el_text01", "hidden"] is None


async def test_what_the_browser_does_by_itself_is_said_in_the_page():
    visit = visit_with(
        condition(1, None, "hover", kind="primary"), condition(2, is_("loud"), kind="quiet"), type="button"
    )
    (said,) = [part.split('"')[0] for part in visit.page.html.split('data-reacts="')[1:]]
    assert json.loads(said.replace("&quot;", '"')) == [[0, "hover", {"kind": "primary"}]]
    assert "live/reacts" in modules(visit.page.body)
    browser = Seen(visit).flush()
    assert browser.attributes["el_text01", "data-rank-kind"] is None
    say(visit, "loud")
    browser.flush()
    assert browser.attributes["el_text01", "data-rank-kind"] == "1", "the later one wins over the pointer"
    plain = visit_with(condition(1, is_("x"), tone="accent"))
    assert "live/reacts" not in modules(plain.page.body)
    assert "data-reacts" not in page_html(visit.page.body, visit.page.catalog, "edit")


async def test_what_is_simply_yes_may_show_what_moves_and_takes_the_place_of_what_moves():
    moving = {"text": ["Mode: ", {**is_("x"), "ops": []}]}
    visit = visit_with(condition(1, True, text=moving), text="Off")
    say(visit, "on")
    assert Seen(visit).flush().shown["el_text01", "text"] == "Mode: on"
    visit = visit_with(condition(1, True, text="Off"), text=moving)
    say(visit, "on")
    assert Seen(visit).flush().shown["el_text01", "text"] == "Off"
    visit = visit_with(condition(1, None, "hover", tone="accent"), condition(2, True, tone="danger"))
    assert Seen(visit).flush().attributes["el_text01", "data-rank-tone"] == "1"
