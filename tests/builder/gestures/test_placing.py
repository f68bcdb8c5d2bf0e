"""Where things go, what they are called, what goes with them, what is refused in words."""

import pytest

from builder.changes import NodeGone
from builder.document import body, children, node
from builder.errors import Invalid
from builder.gestures import placing
from builder.gestures.spots import targets
from tests.builder.gestures.sample import VALUE, catalog, done, order, workflow

# Insert and paste


@pytest.mark.parametrize(
    ("at", "inside", "parent", "expected"),
    [
        ("el_title1", False, "pg_test01", ["Title", "Button", "Answer", "Hint"]),
        ("el_answer", False, "pg_test01", ["Title", "Answer", "Button", "Hint"]),
        ("el_answer", True, "el_answer", ["Live", "Actions", "Button"]),
        ("el_hint01", True, "pg_test01", ["Title", "Answer", "Hint", "Button"]),
        ("el_stop01", False, "el_action", ["Stop", "Button"]),
        ("pg_test01", False, "pg_test01", ["Title", "Answer", "Hint", "Button"]),
        ("el_gone00", False, "pg_test01", ["Title", "Answer", "Hint", "Button"]),
        ("st_mode01", True, "pg_test01", ["Title", "Answer", "Hint", "Button"]),
    ],
)
def test_a_new_element_goes_after_the_selection_or_into_it(page, at, inside, parent, expected):
    plan = placing.insert(page, "button", at, inside)
    after = done(page, plan)
    assert order(after, parent) == expected
    assert plan.label == "Add Button" and after["nodes"][plan.select]["name"] == "Button"


def test_a_new_element_says_where_it_is(page):
    assert placing.insert(page, "button", "el_stop01").say == "Button is now in Actions, after Stop"
    page["nodes"]["el_action"]["slots"] = {}
    del page["nodes"]["el_stop01"]
    assert placing.insert(page, "button", "el_action", True).say == "Button is now in Actions, first"


def test_names_are_numbered(page):
    for name in ("Button", "Button 2", "Button 3"):
        plan = placing.insert(page, "button", "el_hint01")
        page = done(page, plan)
        assert page["nodes"][plan.select]["name"] == name


@pytest.mark.parametrize("type", ["page", "rating", ""])
def test_only_what_the_palette_offers_can_be_inserted(page, type):
    with pytest.raises(Invalid):
        placing.insert(page, type, "el_hint01")


def test_what_is_pasted_has_new_ids_and_refers_to_itself(page):
    clip = {
        "el_box001": node("group", "Box", {}, children=["el_input1", "el_echo01"]),
        "el_input1": node("input", "Name"),
        "el_echo01": node("text", "Echo", {"text": VALUE}),
    }
    plan = placing.paste(page, clip, "el_box001", "el_title1")
    page = done(page, plan)
    assert order(page) == ["Title", "Box", "Answer", "Hint"]
    field, echo = children(page, plan.select)
    assert field != "el_input1" and page["nodes"][echo]["props"]["text"]["args"] == {"element": field}


@pytest.mark.parametrize(
    "clip",
    [{}, {"el_a": "text"}, {"el_a": {"type": "text"}}, {"el_a": node("page", "P")}, {"el_a": node("state", "S")}],
)
def test_what_is_no_element_cannot_be_pasted(page, clip):
    with pytest.raises(Invalid):
        placing.paste(page, clip, "el_a", "el_title1")


# Move


@pytest.mark.parametrize(
    ("key", "way", "parent", "expected"),
    [
        ("el_answer", "up", "pg_test01", ["Answer", "Title", "Hint"]),
        ("el_answer", "down", "pg_test01", ["Title", "Hint", "Answer"]),
        ("el_title1", "down", "pg_test01", ["Answer", "Title", "Hint"]),
        ("el_hint01", "in", "el_answer", ["Live", "Actions", "Hint"]),
        ("el_live01", "out", "pg_test01", ["Title", "Answer", "Live", "Hint"]),
        ("el_stop01", "out", "el_answer", ["Live", "Actions", "Stop"]),
    ],
)
def test_an_element_moves(page, key, way, parent, expected):
    plan = placing.move(page, key, way)
    assert order(done(page, plan), parent) == expected
    assert plan.select == key and plan.label.startswith("Move ")


@pytest.mark.parametrize(
    ("key", "way", "say"),
    [
        ("el_title1", "up", "Title is already the first in index."),
        ("el_hint01", "down", "Hint is already the last in index."),
        ("el_title1", "out", "Title is not in a group, so it cannot go out of one."),
        ("el_title1", "in", "There is no group right before Title to go into."),
        ("el_answer", "in", "There is no group right before Answer to go into."),
        ("pg_test01", "up", "This is the page itself. Only what is on it can be moved."),
    ],
)
def test_where_there_is_no_way_it_is_said(page, key, way, say):
    plan = placing.move(page, key, way)
    assert plan.changes == [] and plan.say == say


def test_a_move_says_where_it_went(page):
    assert placing.move(page, "el_hint01", "in").say == "Hint is now in Answer, after Actions"
    assert placing.move(page, "el_answer", "up").say == "Answer is now in index, first"


def test_move_to_lists_every_place_but_its_own_and_those_in_itself(page):
    words = [place.words(page) for place in targets(page, "el_answer")]
    assert words == ["in index, first", "in index, after Hint"]
    words = [place.words(page) for place in targets(page, "el_hint01")]
    assert "in Actions, after Stop" in words and "in index, after Answer" not in words
    assert not any("Title," in each for each in words), "a heading holds nothing"


@pytest.mark.parametrize("key", ["el_title1", "el_answer", "el_stop01", "el_hint01"])
def test_each_place_listed_is_where_the_element_then_is(page, key):
    for place in targets(page, key):
        plan = placing.move_to(page, key, place.parent, place.index)
        assert plan.say == f"{page['nodes'][key]['name']} is now {place.words(page)}"
        moved = done(body("pg_test01", _copies(page)), plan)
        siblings = children(moved, place.parent)
        assert siblings.index(key) == place.index
        assert place.after is None or siblings[place.index - 1] == place.after


def _copies(page):
    return {
        key: {**each, "slots": {slot: [*ids] for slot, ids in each["slots"].items()}}
        for key, each in page["nodes"].items()
    }


@pytest.mark.parametrize("parent", ["el_title1", "st_mode01"])
def test_nothing_moves_into_what_holds_nothing(page, parent):
    with pytest.raises(Invalid):
        placing.move_to(page, "el_hint01", parent, 0)


# Duplicate, delete


def test_a_duplicate_stands_after_it_and_is_selected(page):
    plan = placing.duplicate(page, "el_stop01")
    page = done(page, plan)
    assert order(page, "el_action") == ["Stop", "Stop 2"]
    assert page["nodes"][plan.select]["name"] == "Stop 2" and plan.say == "Stop 2 is now after Stop"


def test_a_deleted_group_takes_the_workflows_of_what_is_in_it_along(page):
    """S43: nothing is left that begins with a button that is gone."""
    own, other = workflow("wf_stop01", "el_stop01"), workflow("wf_title1", "el_title1")
    plan = placing.delete(page, "el_answer", catalog(page, own, other))
    assert plan.changes[1:] == [{"do": "delete", "doc": "workflow/wf_stop01"}]
    assert order(done(page, plan)) == ["Title", "Hint"]
    assert plan.deleted == "Answer with 1 workflow"


@pytest.mark.parametrize(
    ("key", "near"),
    [("el_title1", "el_answer"), ("el_hint01", "el_answer"), ("el_stop01", "el_action"), ("st_mode01", "pg_test01")],
)
def test_after_a_deletion_what_is_next_to_it_is_selected(page, key, near):
    assert placing.delete(page, key, catalog(page)).select == near


def test_the_page_itself_is_neither_deleted_nor_doubled_as_an_element(page):
    assert placing.delete(page, "pg_test01", catalog(page)).changes == []
    assert placing.duplicate(page, "pg_test01").changes == []


def test_what_is_gone_is_said_to_be_gone(page):
    into = (
        lambda page, key: placing.move_to(page, "el_title1", key, 0),
        lambda page, key: placing.move_all(page, ["el_title1"], key, 0),
    )
    for gesture in (placing.duplicate, lambda page, key: placing.move(page, key, "up"), *into):
        with pytest.raises(NodeGone):
            gesture(page, "el_gone00")
