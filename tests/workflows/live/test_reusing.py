"""Instances of reusable elements on an open page: each shows its own values, and keeps its own state."""

import asyncio

import pytest

from builder.document import node
from builder.expressions.values import as_text
from builder.reusing import original
from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from data.things import Thing
from tests.builder.reusable import bubble, card, catalog, instance
from tests.workflows.live.test_visit import Browser
from workflows.live.page import LivePage
from workflows.live.protocol import Happened
from workflows.live.runs import VisitRuns
from workflows.live.visit import Visit
from workflows.live.waterfall import waterfall
from workflows.starters.written import element, op, source, text, workflow

SHOWN = source("property", property="pr_reply1")


def _reply(step):
    return source("step", op("field", "fd_reply1"), op("text_so_far"), step=step)


def _stream():
    stream = Stream(Extraction([Field("fd_reply1", "text_stream", "t")], {"by": "data", "data": "[DONE]"}))
    stream.request_sent()
    return stream


def _say(stream, piece):
    stream.feed(frame_of(b'{"t": "' + piece.encode() + b'"}'))


def answer(**more):
    """A reusable element that shows a reply which it is given."""
    nodes = {
        "rs_answer": node("reusable", "Answer", {}, children=["el_live01"], properties=["pr_reply1"]),
        "pr_reply1": node("property", "Reply", {"type": "text"}),
        "el_live01": node("live_text", "Live", {"text": SHOWN}),
    }
    return {"v": 1, "root": "rs_answer", "nodes": nodes | more}


def _open(*elements, **more):
    found = catalog(*elements, **more)
    visit = Visit(None, LivePage(found.body("page", "pg_page01"), found))
    return visit, Browser(visit)


def _in(visit, name, within):
    """The address of the copy of an element in an instance."""
    [found] = [
        key for key, each in visit.page.body["nodes"].items() if (each["name"], each.get("within")) == (name, within)
    ]
    return found


async def test_two_instances_stream_what_each_was_given():
    visit, browser = _open(
        instance("el_one001", "rs_answer", pr_reply1=_reply("sp_one001")),
        instance("el_two001", "rs_answer", pr_reply1=text("Two: ", _reply("sp_two001"))),
        reusables=[answer()],
    )
    one, two = _stream(), _stream()
    visit.set_result("sp_one001", one)
    visit.set_result("sp_two001", two)
    browser.flush()
    for piece in ("Fig", " leaf"):
        _say(one, piece)
        browser.flush()
    _say(two, "Moss")
    browser.flush()
    first, second = _in(visit, "Live", "el_one001"), _in(visit, "Live", "el_two001")
    assert (browser.shown[first, "text"], browser.shown[second, "text"]) == ("Fig leaf", "Two: Moss")
    appended = [patch for patch in browser.patches if patch[0] == "append"]
    assert appended == [
        ["append", first, "text", "Fig"],
        ["append", first, "text", " leaf"],
        ["append", second, "text", "Moss"],
    ]
    one.feed(frame_of(b"[DONE]"))
    browser.flush()
    assert (browser.shown[first, "stream"], browser.shown[second, "stream"]) == ("done", "streaming")


async def test_an_operator_inside_goes_on_with_what_is_given():
    loud = node("text", "Loud", {"text": source("property", op("in_capitals"), property="pr_reply1")})
    reusable = answer(el_live01=loud)
    visit, browser = _open(
        instance("el_one001", "rs_answer", pr_reply1="fig"),
        instance("el_two001", "rs_answer", pr_reply1=source("state", state="st_topic1")),
        reusables=[reusable],
    )
    visit.page.states["st_topic1"] = None
    browser.flush()
    visit.set_state("st_topic1", "moss")
    browser.flush()
    shown = [browser.shown[_in(visit, "Loud", within), "text"] for within in ("el_one001", "el_two001")]
    assert shown == ["FIG", "MOSS"]


def _opening():
    """A press on the card's button says in the card's own state which one it was."""
    steps = {
        "sp_set001": node("set_state", "", {"state": "st_open01", "value": source("property", property="pr_title1")})
    }
    return workflow("wf_open01", "Open", "rs_card01", "clicked", "el_press1", steps)


def _with_button():
    reusable = card(el_press1=node("button", "Press"))
    reusable["nodes"]["rs_card01"]["slots"]["children"].append("el_press1")
    return reusable


@pytest.fixture
def alone(monkeypatch):
    """Runs that nobody writes down."""

    async def nothing(self, run):
        pass

    monkeypatch.setattr(VisitRuns, "write_down", nothing)


async def _press(visit, runs, where, number):
    runs.happened(Happened(f"event-{number}", where, "clicked", {}))
    for task in list(runs.running.values()):
        await task


@pytest.mark.usefixtures("alone")
async def test_a_press_inside_runs_the_workflow_of_that_instance_and_sets_its_state_alone():
    visit, browser = _open(
        instance("el_one001", pr_title1="First"),
        instance("el_two001", pr_title1="Second"),
        reusables=[_with_button()],
        workflows=[_opening()],
    )
    runs = VisitRuns(visit)
    browser.flush()
    await _press(visit, runs, _in(visit, "Press", "el_two001"), 1)
    browser.flush()
    words = [browser.shown[_in(visit, "Words", within), "text"] for within in ("el_one001", "el_two001")]
    assert words == ["Now shut", "Now Second"]
    run = runs.newest
    assert original(run.workflow, run.workflow["root"]) == "wf_open01"
    assert [each["step"] for each in waterfall(run)] == ["sp_set001"]


@pytest.mark.usefixtures("alone")
async def test_in_a_list_each_cell_s_instance_has_its_own_values_and_state():
    item = source("cell", op("field", "df_name01"), element="el_list01")
    of_list = element(
        "el_list01",
        "repeating_group",
        "List",
        instance("el_one001", pr_title1=item),
        source=source("state", state="st_items1"),
        content_type="thing:dt_plant1",
    )
    found = catalog(of_list, reusables=[_with_button()], workflows=[_opening()])
    page = found.body("page", "pg_page01")
    page["nodes"]["st_items1"] = node("state", "items", {"type": "text", "list": True})
    page["nodes"]["pg_page01"]["slots"]["states"] = ["st_items1"]
    visit = Visit(None, LivePage(page, found))
    browser, runs = Browser(visit), VisitRuns(visit)
    things = [
        Thing(key, "dt_plant1", {"df_name01": name}, None, None, "")
        for key, name in (("th_a", "Fig"), ("th_b", "Fern"))
    ]
    visit.set_state("st_items1", things)
    browser.flush()
    words, title = _in(visit, "Words", "el_one001"), _in(visit, "Title", "el_one001")
    assert [browser.shown[f"{title}@{key}", "text"] for key in ("th_a", "th_b")] == ["Fig", "Fern"]
    await _press(visit, runs, f"{_in(visit, 'Press', 'el_one001')}@th_b", 1)
    browser.flush()
    assert [browser.shown[f"{words}@{key}", "text"] for key in ("th_a", "th_b")] == ["Now shut", "Now Fern"]
    visit.set_state("st_items1", things[:1])
    browser.flush()
    visit.set_state("st_items1", things)
    browser.flush()
    assert as_text(browser.shown[f"{words}@th_b", "text"]) == "Now shut", "a cell that was gone begins anew"


def _telling(*steps):
    """The card with a button whose workflow tells the page that something is Saved."""
    made = card(el_save01=node("button", "Save", {"label": "Save"}))
    made["nodes"]["rs_card01"]["slots"]["children"].append("el_save01")
    made["nodes"]["rs_card01"]["props"] |= {
        "tells": [{"key": "tl_open01", "name": "Open", "value": source("state", state="st_open01")}],
        "happens": [{"key": "ev_saved1", "name": "Saved"}],
    }
    does = {
        "sp_open01": node("set_state", "", {"state": "st_open01", "value": "wide"}),
        "sp_tell01": node("tell_page", "", {"event": "ev_saved1"}),
    }
    return made, workflow("wf_save01", "", "rs_card01", "clicked", "el_save01", does)


def _when_told(key, of, state, value):
    made = workflow(
        key, "", "pg_page01", "told", of, {f"sp_{key[3:]}": node("set_state", "", {"state": state, "value": value})}
    )
    made["nodes"][key]["props"]["event"]["options"]["told"] = "ev_saved1"
    return made


async def _finish(runs):
    while runs.running:
        await asyncio.gather(*runs.running.values())


async def test_an_instance_tells_its_page_which_reads_what_it_tells():
    """Each for itself; what listens to the other one does not start."""
    made, saves = _telling()
    found = catalog(
        instance("el_one001"),
        instance("el_two001"),
        element(
            "el_shown1", "text", "Shown", text=text("It is ", source("told", element="el_one001", value_of="tl_open01"))
        ),
        reusables=[made],
        workflows=[
            saves,
            _when_told(
                "wf_one001", "el_one001", "st_first1", source("told", element="el_one001", value_of="tl_open01")
            ),
            _when_told("wf_two001", "el_two001", "st_secon1", "told"),
        ],
    )
    page = found.body("page", "pg_page01")
    page["nodes"] |= {key: node("state", key, {"type": "text"}) for key in ("st_first1", "st_secon1")}
    page["nodes"]["pg_page01"]["slots"]["states"] = ["st_first1", "st_secon1"]
    visit = Visit(None, LivePage(page, found))
    browser, runs = Browser(visit), VisitRuns(visit)
    assert browser.flush().shown["el_shown1", "text"] == "It is shut"
    runs.happened(Happened("a", _in(visit, "Save", "el_one001"), "clicked", {}))
    await _finish(runs)
    assert browser.flush().shown["el_shown1", "text"] == "It is wide"
    assert (visit.states["st_first1"], visit.states["st_secon1"]) == ("wide", None)


async def test_no_visitor_can_bring_about_what_an_instance_tells():
    made, saves = _telling()
    visit, _ = _open(
        instance("el_one001"), reusables=[made], workflows=[saves, _when_told("wf_one001", "el_one001", "st_a", "x")]
    )
    runs = VisitRuns(visit)
    runs.happened(Happened("a", "el_one001", "ev_saved1", {}))
    assert not runs.running and ("el_one001", "ev_saved1") not in visit.page.listeners
    assert ("el_one001", "ev_saved1") in visit.page.told


async def test_what_an_instance_in_a_list_tells_is_heard_in_its_cell():
    made, saves = _telling()
    cell = element("el_shown1", "text", "Shown", visible=False)
    rows = element(
        "el_rows01", "repeating_group", "Rows", instance("el_one001"), cell, source=source("state", state="st_rows01")
    )
    shows = workflow(
        "wf_one001", "", "pg_page01", "told", "el_one001", {"sp_show01": node("show", "", {"element": "el_shown1"})}
    )
    shows["nodes"]["wf_one001"]["props"]["event"]["options"]["told"] = "ev_saved1"
    found = catalog(rows, reusables=[made], workflows=[saves, shows])
    page = found.body("page", "pg_page01")
    page["nodes"]["st_rows01"] = node("state", "Rows", {"type": "text", "list": True, "default": ["a", "b"]})
    page["nodes"]["pg_page01"]["slots"]["states"] = ["st_rows01"]
    visit = Visit(None, LivePage(page, found))
    browser, runs = Browser(visit), VisitRuns(visit)
    browser.flush()
    _, second = visit.cells["el_rows01"]
    runs.happened(Happened("a", f"{_in(visit, 'Save', 'el_one001')}@{second}", "clicked", {}))
    await _finish(runs)
    assert visit.overrides == {(f"el_shown1@{second}", "visible"): True}


def _message(key, words):
    return Thing(key, "dt_messag", {"df_body01": words}, None, None, "")


def _listed(*more, **given):
    """A page whose list of messages shows each in a bubble."""
    cell = source("cell", element="el_list01")
    rows = element(
        "el_list01",
        "repeating_group",
        "List",
        instance("el_one001", "rs_bubbl1", **{"pr_messg1": cell, **given}),
        source=source("state", state="st_items1"),
        content_type="thing:dt_messag",
    )
    found = catalog(rows, *more, reusables=[bubble()])
    page = found.body("page", "pg_page01")
    page["nodes"]["st_items1"] = node("state", "items", {"type": "thing:dt_messag", "list": True})
    page["nodes"]["pg_page01"]["slots"]["states"] = ["st_items1"]
    visit = Visit(None, LivePage(page, found))
    return visit, Browser(visit)


async def test_a_bubble_shows_the_message_of_its_cell_and_follows_when_it_changes():
    visit, browser = _listed()
    says = _in(visit, "Says", "el_one001")
    visit.set_state("st_items1", [_message("th_a", "Why?"), _message("th_b", "Light.")])
    browser.flush()
    assert [browser.shown[f"{says}@{key}", "text"] for key in ("th_a", "th_b")] == ["“Why?”", "“Light.”"]
    visit.set_state("st_items1", [_message("th_a", "Why?"), _message("th_b", "Light and warmth.")])
    browser.flush()
    assert browser.shown[f"{says}@th_b", "text"] == "“Light and warmth.”"


async def test_what_is_given_may_be_an_item_of_a_list_and_is_empty_where_there_is_none():
    first = source("state", op("first_item"), state="st_items1")
    visit, browser = _listed(instance("el_two001", "rs_bubbl1", pr_messg1=first), instance("el_three1", "rs_bubbl1"))
    browser.flush()
    says, never = _in(visit, "Says", "el_two001"), _in(visit, "Says", "el_three1")
    assert browser.shown[says, "text"] == browser.shown[never, "text"] == "“”"
    visit.set_state("st_items1", [_message("th_a", "Why?")])
    browser.flush()
    assert (browser.shown[says, "text"], browser.shown[never, "text"]) == ("“Why?”", "“”")


def _shouting(when, **sets):
    return {"id": "cn_000001", "on": "when", "when": when, "set": sets}


def _with_state(found, key="st_mode01", **props):
    page = found.body("page", "pg_page01")
    page["nodes"][key] = node("state", key, {"type": "text", **props})
    page["nodes"]["pg_page01"]["slots"].setdefault("states", []).append(key)
    visit = Visit(None, LivePage(page, found))
    return visit, Browser(visit)


async def test_S34_a_condition_of_an_instance_sets_its_properties_while_it_holds():
    """The last that holds wins; operators inside go on with it."""
    loud = source("state", op("is", "loud"), state="st_mode01")
    first = _shouting(loud, pr_title1="Loud", pr_seen01=True)
    last = _shouting(loud, pr_title1=source("state", state="st_mode01")) | {"id": "cn_000002"}
    capitals = node("heading", "Title", {"text": source("property", op("in_capitals"), property="pr_title1")})
    found = catalog(
        instance("el_one001", pr_title1="Calm", conditions=[first, last]),
        instance("el_two001", pr_title1="Other"),
        reusables=[card(el_title1=capitals)],
    )
    visit, browser = _with_state(found)
    title, inner = _in(visit, "Title", "el_one001"), _in(visit, "Inner", "el_one001")
    assert browser.flush().shown[title, "text"] == "CALM"
    visit.set_state("st_mode01", "loud")
    assert browser.flush().shown[title, "text"] == "LOUD"
    assert visit.is_shown(inner, ())
    visit.set_state("st_mode01", "quiet")
    assert browser.flush().shown[title, "text"] == "CALM" and not visit.is_shown(inner, ())


async def test_S34_a_stream_gives_way_to_what_a_condition_sets_and_streams_on():
    done = source("step", op("field", "fd_reply1"), op("is_done"), step="sp_one001")
    visit, browser = _open(
        instance(
            "el_one001",
            "rs_answer",
            pr_reply1=_reply("sp_one001"),
            conditions=[_shouting(done, pr_reply1="That is all")],
        ),
        reusables=[answer()],
    )
    stream, live = _stream(), _in(visit, "Live", "el_one001")
    visit.set_result("sp_one001", stream)
    browser.flush()
    for piece in ("Fig", " leaf"):
        _say(stream, piece)
        browser.flush()
    assert browser.shown[live, "text"] == "Fig leaf"
    stream.feed(frame_of(b"[DONE]"))
    assert browser.flush().shown[live, "text"] == "That is all"


def _picking():
    """A bubble whose button tells of its Message."""
    made = bubble(el_pick01=node("button", "Pick", {"label": "Pick"}))
    made["nodes"]["rs_bubbl1"]["slots"]["children"].append("el_pick01")
    made["nodes"]["rs_bubbl1"]["props"]["happens"] = [{"key": "ev_picked", "name": "Picked", "type": "thing:dt_messag"}]
    tells = node("tell_page", "", {"event": "ev_picked", "value": source("property", property="pr_messg1")})
    return made, workflow("wf_pick01", "", "rs_bubbl1", "clicked", "el_pick01", {"sp_tell01": tells})


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("only", "kept"), [("Light.", "Light."), ("Why?", None)], ids=["of this one", "of another"])
async def test_an_event_brings_its_value_to_the_workflow_that_it_starts(only, kept):
    """Also to its Only when."""
    made, picks = _picking()
    body = source("event_value", op("field", "df_body01"))
    keeps = workflow(
        "wf_keep01",
        "",
        "pg_page01",
        "told",
        "el_one001",
        {"sp_keep01": node("set_state", "", {"state": "st_kept01", "value": body})},
    )
    keeps["nodes"]["wf_keep01"]["props"]["event"]["options"]["told"] = "ev_picked"
    keeps["nodes"]["wf_keep01"]["props"]["when"] = {**body, "ops": [*body["ops"], op("is", only)]}
    cell = source("cell", element="el_list01")
    rows = element(
        "el_list01",
        "repeating_group",
        "List",
        instance("el_one001", "rs_bubbl1", pr_messg1=cell),
        source=source("state", state="st_items1"),
        content_type="thing:dt_messag",
    )
    found = catalog(rows, reusables=[made], workflows=[picks, keeps])
    _with_state(found, "st_items1", list=True)
    visit, browser = _with_state(found, "st_kept01")
    runs = VisitRuns(visit)
    visit.set_state("st_items1", [_message("th_a", "Why?"), _message("th_b", "Light.")])
    browser.flush()
    runs.happened(Happened("a", f"{_in(visit, 'Pick', 'el_one001')}@th_b", "clicked", {}))
    await _finish(runs)
    assert visit.states["st_kept01"] == kept
