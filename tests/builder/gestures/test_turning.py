"""A group that is fixed no more has its elements in order, and one that becomes fixed has them clear of each other."""

import pytest

from builder.document import node
from builder.gestures import planned
from builder.styling.fixed import point_of
from tests.builder.gestures.sample import catalog, done, order

FIXED = {"direction": "fixed"}


@pytest.fixture
def page(page):
    """The sample page, whose group Answer is fixed: Live at 10, 50; Actions at 40, 20; Stop in it."""
    page["nodes"]["el_answer"]["props"] = dict(FIXED)
    page["nodes"]["el_live01"]["props"] = {"x": 10, "y": 50}
    page["nodes"]["el_action"]["props"] = {"x": 40, "y": 20}
    return page


def left(page, **said):
    made = planned(said, page, catalog(page))
    return order(done(page, made), "el_answer"), made


SET = {"do": "set", "node": "el_answer", "prop": "direction"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (SET | {"value": "column"}, ["Actions", "Live"]),
        (SET | {"value": "grid"}, ["Actions", "Live"]),
        (SET | {"value": None}, ["Actions", "Live"]),
        (SET | {"value": "row"}, ["Live", "Actions"]),
        ({"do": "reset", "node": "el_answer", "props": ["direction"]}, ["Actions", "Live"]),
    ],
)
def test_they_follow_each_other_as_they_were_read(page, said, expected):
    found, made = left(page, **said)
    assert found == expected
    if expected[0] == "Actions":
        assert made.say == "What is in Answer is now in the order in which it was read"


def test_what_stands_over_the_page_comes_last(page):
    page["nodes"]["el_answer"]["slots"]["children"].insert(0, "el_popup1")
    page["nodes"]["el_popup1"] = node("popup", "Popup")
    assert left(page, **SET, value="column")[0] == ["Actions", "Live", "Popup"]


def test_while_they_are_fixed_at_another_width_their_order_says_what_is_in_front(page):
    assert left(page, **SET, value="column", at="phone")[0] == ["Live", "Actions"]
    page["nodes"]["el_answer"]["props"]["at"] = {"phone": {"direction": "fixed"}}
    assert left(page, **SET, value="column")[0] == ["Live", "Actions"]


def test_what_is_fixed_only_on_phones_is_read_as_it_stands_there(page):
    page["nodes"]["el_answer"]["props"] = {"at": {"phone": {"direction": "fixed"}}}
    page["nodes"]["el_action"]["props"]["at"] = {"phone": {"y": 90}}
    page["nodes"]["el_live01"]["props"] = {"y": 100, "at": {"phone": {"y": 95}}}
    assert left(page, **SET, value=None, at="phone")[0] == ["Actions", "Live"]


def test_what_is_unwrapped_into_another_layout_follows_as_it_was_read(page):
    made = planned({"do": "unwrap", "nodes": ["el_answer"]}, page, catalog(page))
    assert order(done(page, made)) == ["Title", "Actions", "Live", "Hint"]


def test_x_and_y_are_kept_for_later(page):
    made = planned(SET | {"value": "row"}, page, catalog(page))
    assert done(page, made)["nodes"]["el_live01"]["props"] == {"x": 10, "y": 50}


@pytest.mark.parametrize(
    ("direction", "places"), [("column", [(0, 0), (0, 48)]), ("grid", [(0, 0), (0, 48)]), ("row", [(0, 0), (160, 0)])]
)
def test_what_nobody_has_measured_stands_clear_of_each_other(page, direction, places):
    page["nodes"]["el_answer"]["props"] = {"direction": direction}
    page["nodes"]["el_live01"]["props"] = page["nodes"]["el_action"]["props"] = {}
    made = planned({"do": "take_look", "node": "el_answer", "type": "group", "props": FIXED}, page, catalog(page))
    after = done(page, made)["nodes"]
    assert [point_of(after[key]) for key in ("el_live01", "el_action")] == places


def test_what_has_a_place_from_before_or_is_given_one_keeps_it(page):
    page["nodes"]["el_answer"]["props"] = {}
    after = done(page, planned(SET | {"value": "fixed"}, page, catalog(page)))["nodes"]
    assert [point_of(after[key]) for key in ("el_live01", "el_action")] == [(10, 50), (40, 20)]
    page["nodes"]["el_live01"]["props"] = page["nodes"]["el_action"]["props"] = {}
    measured = {"el_live01": {"x": 0, "y": 0}, "el_action": {"x": 0, "y": 5}}
    after = done(page, planned(SET | {"value": "fixed", "places": measured}, page, catalog(page)))["nodes"]
    assert [point_of(after[key]) for key in ("el_live01", "el_action")] == [(0, 0), (0, 5)]
