"""Inputs and containers of a visit: typed values, choices that move, what is reset, closed and toggled, also in cells."""

from datetime import date

import pytest

from builder.expressions.catalog import Catalog
from connector.answers.stream import Stream
from data.things import Thing
from tests.workflows.live.test_visit import Browser
from workflows.live.frozen import freeze, thaw
from workflows.live.host import Host
from workflows.live.memory import held, recall
from workflows.live.page import LivePage
from workflows.live.protocol import Happened
from workflows.live.runs import VisitRuns
from workflows.live.visit import Visit
from workflows.scope import PageScope
from workflows.starters.written import element, page, source, text

LIST = source("state", state="st_list01")


def _visit(*placed):
    document = page("pg_page01", "index", "Index", *placed)
    document["nodes"]["st_list01"] = {
        "type": "state",
        "name": "List",
        "props": {"type": "text", "list": True},
        "slots": {},
    }
    document["nodes"]["pg_page01"]["slots"]["states"] = ["st_list01"]
    return Visit(None, LivePage(document, Catalog([("page", "pg_page01", document)])))


def _thing(key, name):
    return Thing(key, "dt_plant1", {"df_name01": name}, None, None, "")


FIG, FERN = _thing("th_fig001", "Fig"), _thing("th_fern01", "Fern")


def _shown(of, *around):
    return element("el_shown1", "text", "Shown", text=text(source("element", element=of)))


CHOOSING = ["dropdown", "searchable_dropdown", "radio_buttons"]


@pytest.mark.parametrize("kind", CHOOSING)
async def test_choices_of_a_list_move_and_what_is_chosen_is_its_item(kind):
    visit = _visit(element("el_plant1", kind, "Plant", source=LIST), _shown("el_plant1"))
    browser = Browser(visit)
    visit.set_state("st_list01", [FIG, FERN])
    assert browser.flush().shown["el_plant1", "choices"] == [["th_fig001", "Fig"], ["th_fern01", "Fern"]]
    visit.inputs.type("el_plant1", "th_fern01")
    assert visit.value_of("el_plant1") is FERN
    visit.set_state("st_list01", [FIG])
    browser.flush()
    assert browser.shown["el_plant1", "choices"] == [["th_fig001", "Fig"]] and visit.value_of("el_plant1") is None


@pytest.mark.parametrize("kind", CHOOSING)
async def test_S33_what_was_chosen_is_chosen_again_once_its_list_is_there(kind):
    placed = element("el_plant1", kind, "Plant", source=LIST)
    visit, again = _visit(placed), _visit(placed)
    visit.set_state("st_list01", [FIG, FERN])
    visit.outbox.collect(True)
    visit.inputs.type("el_plant1", "th_fern01")
    recall(again, thaw(freeze(held(visit, (), str), str), dict), dict[str, Stream]().get)
    browser = Browser(again).flush()
    assert browser.patches.index(["set", "el_plant1", "choices", [["th_fig001", "Fig"], ["th_fern01", "Fern"]]]) < len(
        browser.patches
    )
    assert browser.shown["el_plant1", "value"] == "th_fern01"


SEVERAL = ["multidropdown", "checkboxes"]


@pytest.mark.parametrize("kind", SEVERAL)
async def test_several_choices_are_the_list_of_their_items_in_the_order_they_were_chosen(kind):
    """S33: also after a refresh; what is gone from the list is no longer chosen."""
    placed = element("el_plant1", kind, "Plants", source=LIST)
    visit, again = _visit(placed, _shown("el_plant1")), _visit(placed)
    browser = Browser(visit)
    visit.set_state("st_list01", [FIG, FERN])
    assert browser.flush().shown["el_plant1", "choices"] == [["th_fig001", "Fig"], ["th_fern01", "Fern"]]
    assert visit.value_of("el_plant1") == []
    VisitRuns(visit).happened(Happened("a", None, "typed", {"el_plant1": '["th_fern01","th_fig001","th_gone01"]'}))
    assert visit.value_of("el_plant1") == [FERN, FIG]
    recall(again, thaw(freeze(held(visit, (), str), str), dict), dict[str, Stream]().get)
    assert Browser(again).flush().shown["el_plant1", "value"] == '["th_fern01","th_fig001"]'
    assert again.value_of("el_plant1") == [FERN, FIG]
    visit.set_state("st_list01", [FIG])
    assert visit.value_of("el_plant1") == [FERN, FIG], "until it is drawn"
    browser.flush()
    assert visit.value_of("el_plant1") == [FIG]


@pytest.mark.parametrize("kind", SEVERAL)
async def test_several_first_choices_come_out_of_a_list(kind):
    visit = _visit(element("el_plant1", kind, "Plants", source=LIST, initial=LIST))
    visit.set_state("st_list01", [FIG, FERN])
    assert Browser(visit).flush().shown["el_plant1", "value"] == '["th_fig001","th_fern01"]'
    assert visit.value_of("el_plant1") == [FIG, FERN]


@pytest.mark.parametrize("said", ["[[[", "{}", "7", '[{"a": 1}, null, 3]', "[" * 100_000, '["Gone"]'], ids=range(6))
async def test_whatever_a_browser_says_several_choices_are_a_list_of_what_there_is(said):
    visit = _visit(element("el_plant1", "multidropdown", "Plants", choices="Fig\nFern"))
    visit.inputs.type("el_plant1", said)
    assert visit.value_of("el_plant1") == []


async def test_a_choice_that_is_first_by_its_words_is_told_by_its_key():
    visit = _visit(element("el_plant1", "dropdown", "Plant", source=LIST, initial="Fern"))
    visit.set_state("st_list01", [FIG, FERN])
    assert Browser(visit).flush().shown["el_plant1", "value"] == "th_fern01"
    assert visit.value_of("el_plant1") is FERN


EACH = [
    ("input", {"content": "number", "initial": "3"}, 5, 3),
    ("input", {"content": "date", "initial": "2026-11-21"}, "2027-01-01", date(2026, 11, 21)),
    ("multiline", {"initial": "Hello"}, "Hi", "Hello"),
    ("dropdown", {"choices": "Fig\nFern", "initial": "Fig"}, "Fern", "Fig"),
    ("searchable_dropdown", {"choices": "Fig\nFern", "initial": "Fig"}, "Fern", "Fig"),
    ("radio_buttons", {"choices": "Fig\nFern", "initial": "Fig"}, "Fern", "Fig"),
    ("multidropdown", {"choices": "Fig\nFern", "initial": "Fern\nFig"}, '["Fig"]', ["Fern", "Fig"]),
    ("checkboxes", {"choices": "Fig\nFern", "initial": "Fig"}, "", ["Fig"]),
    ("checkbox", {"initial": True}, False, True),
    ("toggle", {"initial": True}, False, True),
    ("slider", {"initial": 20}, 30, 20),
    ("uploader", {"initial": "/files/fl_a1/a.png"}, "/files/fl_b2/b.png", "/files/fl_a1/a.png"),
]
each = pytest.mark.parametrize(("kind", "props", "said", "first"), EACH, ids=[f"{e[0]}-{e[3]}" for e in EACH])


@each
async def test_every_input_works_in_every_cell_of_a_list(kind, props, said, first):
    visit = _visit(
        element("el_list01", "repeating_group", "List", element("el_input1", kind, "In", **props), source=LIST)
    )
    browser = Browser(visit)
    visit.set_state("st_list01", [FIG, FERN])
    browser.flush()
    in_cell = PageScope(visit, ("th_fern01",), ("el_list01",))
    assert in_cell.element_value("el_input1") == first, "before it is touched"
    runs = VisitRuns(visit)
    runs.happened(Happened("a", None, "typed", {"el_input1@th_fig001": said, "el_input1@th_gone01": said}))
    assert visit.value_of("el_input1@th_fig001") != first and in_cell.element_value("el_input1") == first
    assert "el_input1@th_gone01" not in visit.values


@each
async def test_reset_gives_every_input_its_first_value_back(kind, props, said, first):
    visit = _visit(
        element(
            "el_input1", kind, "In", **props | ({"clear_on_reset": False} if kind in ("input", "multiline") else {})
        )
    )
    browser = Browser(visit)
    visit.inputs.type("el_input1", said)
    assert visit.value_of("el_input1") != first
    Host(VisitRuns(visit)).reset("el_input1")
    browser.flush()
    assert visit.value_of("el_input1") == first and browser.shown["el_input1", "value"] not in ("", said)


async def test_a_cleared_input_is_empty():
    visit = _visit(element("el_input1", "input", "In", initial="Fig"))
    visit.inputs.type("el_input1", "Fern")
    visit.inputs.reset("el_input1", ())
    assert visit.value_of("el_input1") == ""


CLOSED = ["popup", "group_focus"]


@pytest.mark.parametrize("kind", CLOSED)
async def test_what_is_closed_by_hand_is_closed_for_the_server_and_after_a_refresh(kind):
    """S33."""
    placed = element("el_over01", kind, "Over")
    visit = _visit(placed)
    browser, runs = Browser(visit), VisitRuns(visit)
    host = Host(runs)
    host.show("el_over01", True)
    assert "el_over01" not in browser.flush().hidden
    runs.happened(Happened("a", "el_over01", "closed", {"el_over01": False}))
    assert "el_over01" in browser.flush().hidden
    again = _visit(placed)
    recall(again, thaw(freeze(held(visit, (), str), str), dict), dict[str, Stream]().get)
    assert "el_over01" in Browser(again).flush().hidden


@pytest.mark.parametrize("value", [True, "no", 0, None])
async def test_a_browser_opens_nothing_and_closes_nothing_else(value):
    visit = _visit(element("el_over01", "popup", "Over"), element("el_group1", "group", "Group"))
    VisitRuns(visit).happened(Happened("a", None, "typed", {"el_over01": value, "el_group1": False}))
    assert visit.overrides == {}


@pytest.mark.parametrize("kind", ["popup", "group_focus", "floating_group", "group", "tabs"])
async def test_toggle_shows_what_is_hidden_and_hides_what_is_shown(kind):
    visit = _visit(element("el_over01", kind, "Over"))
    browser, host = Browser(visit), Host(VisitRuns(visit))
    starts_hidden = kind in CLOSED
    seen = []
    for _ in range(2):
        host.toggle("el_over01")
        seen.append("el_over01" in browser.flush().hidden)
    assert seen == [not starts_hidden, starts_hidden]


async def test_P26_an_uploader_links_to_no_address_that_runs_something():
    visit = _visit(
        element("el_file01", "uploader", "File", initial=source("element", element="el_text01")),
        element("el_text01", "input", "Text"),
    )
    browser = Browser(visit)
    for stored, told in (("javascript:alert(1)", None), ("/files/fl_a1/a.png", "/files/fl_a1/a.png")):
        visit.inputs.type("el_text01", stored)
        assert browser.flush().shown["el_file01", "value"] == told
