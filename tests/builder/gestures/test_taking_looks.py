"""The style of one element on another: looks alone, for every width, and nothing of what it says or does."""

import pytest

from builder.document import node
from builder.elements import elements
from builder.errors import Invalid
from builder.gestures import planned
from tests.builder.gestures.sample import catalog

TEXT = {"text": "Send", "tone": "quiet", "size": "lg", "at": {"phone": {"size": "sm"}}, "uses": "sy_bubble"}


@pytest.fixture
def page_with(page):
    """A page with a text that has a look of its own."""
    page["nodes"]["el_target"] = node("text", "Target", {"text": "Stop", "weight": "strong", "align": "end"})
    page["nodes"][page["root"]]["slots"]["children"].append("el_target")
    return page


def _take(body, type, props, *keys):
    said = {"do": "take_look", "nodes": list(keys or ["el_target"]), "type": type, "props": props}
    return planned(said, body, catalog(body))


def _looks(type):
    return {prop: value for prop, value in TEXT.items() if prop in elements[type].styled}


def test_it_takes_the_looks_and_leaves_what_it_says(page_with):
    (change,) = _take(page_with, "text", TEXT).changes
    assert change["set"] == _looks("text") | {"at": {"phone": {"size": "sm"}}, "uses": "sy_bubble"}
    assert "text" not in change["set"]
    own = page_with["nodes"]["el_target"]["props"].keys() - {"text"}
    assert set(change["unset"]) == own - change["set"].keys(), "what the other has not, it has no longer"


def test_of_another_type_it_takes_what_both_have(page_with):
    (change,) = _take(
        page_with, "heading", {"text": "Hello", "align": "center", "level": 1, "uses": "sy_other1"}
    ).changes
    assert change["set"] == {"align": "center"}
    assert "uses" not in change["set"], "a named style is of one type of element"


def test_what_it_cannot_be_is_left_out(page_with):
    assert "size" not in _take(page_with, "text", {"kind": "quiet", "size": "enormous"}).changes[0]["set"]


def test_ready_made_conditions_go_along_and_its_own_stay(page_with):
    mine = {"id": "cn_mine01", "on": "when", "when": True, "set": {"size": "sm"}}
    page_with["nodes"]["el_target"]["props"]["conditions"] = [
        mine,
        {"id": "cn_old001", "on": "hover", "when": None, "set": {}},
    ]
    theirs = [{"id": "cn_other1", "on": "hover", "when": None, "set": {"size": "lg", "text": "Gone"}}]
    (change,) = _take(page_with, "text", TEXT | {"conditions": theirs}).changes
    first, second = change["set"]["conditions"]
    assert first == mine
    assert (second["on"], second["set"]) == ("hover", {"size": "lg"}) and second["id"] != "cn_other1"


def test_it_stays_where_it_stands(page_with):
    page_with["nodes"]["el_target"]["props"] = {"x": 5, "at": {"phone": {"y": 7, "size": "lg"}, "tablet": {"x": 1}}}
    said = {"size": "lg", "x": 90, "at": {"phone": {"x": 80, "tone": "quiet"}}}
    (change,) = _take(page_with, "text", said).changes
    assert change["set"] == {"size": "lg", "at": {"phone": {"y": 7, "tone": "quiet"}, "tablet": {"x": 1}}}
    assert "x" not in change["unset"]


def test_twice_changes_nothing_and_a_stranger_is_refused(page_with):
    page_with["nodes"]["el_target"]["props"] = {"text": "Stop"} | {prop: TEXT[prop] for prop in TEXT if prop != "text"}
    assert _take(page_with, "text", TEXT).changes == []
    with pytest.raises(Invalid):
        _take(page_with, "novel", {})
