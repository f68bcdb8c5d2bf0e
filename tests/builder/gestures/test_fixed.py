"""Elements of groups of the direction “fixed”: each stands at its own X and Y."""

import pytest

from builder.changes import NodeGone
from builder.document import node
from builder.errors import Invalid
from builder.gestures import planned
from builder.gestures.plan import NotSet
from tests.builder.gestures.sample import catalog, done, order


@pytest.fixture
def page(page):
    """The sample page, whose group Actions is fixed: Stop is in it at 20, 30, on tablets at 5, 30."""
    page["nodes"]["el_action"]["props"] = {"direction": "fixed"}
    page["nodes"]["el_stop01"]["props"] = {"x": 20, "y": 30, "at": {"tablet": {"x": 5}}}
    return page


def plan(page, **said):
    return planned(said, page, catalog(page))


def place_of(page, key):
    props = page["nodes"][key]["props"]
    return {prop: props[prop] for prop in ("x", "y", "at") if prop in props}


def test_an_element_is_moved_in_its_group(page):
    made = plan(page, do="place", places={"el_stop01": {"x": 120, "y": 40}}, at="")
    assert place_of(done(page, made), "el_stop01") == {"x": 120, "y": 40, "at": {"tablet": {"x": 5}}}
    assert (made.label, made.say, len(made.changes)) == ("Move Stop", "Stop is at 120, 40", 1)


@pytest.mark.parametrize(
    ("at", "point", "expected"),
    [
        ("tablet", {"x": 7, "y": 30}, {"x": 20, "y": 30, "at": {"tablet": {"x": 7}}}),
        ("phone", {"x": 5, "y": 0}, {"x": 20, "y": 30, "at": {"tablet": {"x": 5}, "phone": {"y": 0}}}),
        ("base", {"x": 20, "y": 31}, {"x": 20, "y": 31, "at": {"tablet": {"x": 5}}}),
    ],
)
def test_at_a_breakpoint_only_what_is_another_there_is_set(page, at, point, expected):
    made = plan(page, do="place", places={"el_stop01": point}, at=at)
    assert place_of(done(page, made), "el_stop01") == expected


def test_where_it_stands_already_it_is_not_moved(page):
    assert plan(page, do="place", places={"el_stop01": {"x": 20, "y": 30}}).changes == []


def test_several_are_moved_in_one_step_and_it_is_said_by_how_much(page):
    page["nodes"]["el_action"]["slots"]["children"].append("el_more01")
    page["nodes"]["el_more01"] = node("button", "More", {"x": 100})
    made = plan(page, do="place", places={"el_stop01": {"x": 30, "y": 26}, "el_more01": {"x": 110, "y": 0}})
    assert made.say == "2 elements were moved" and made.label == "Move 2 elements"
    made = plan(page, do="place", places={"el_stop01": {"x": 10, "y": 34}, "el_more01": {"x": 90, "y": 4}})
    assert made.say == "2 elements were moved by −10, 4"
    after = done(page, made)
    assert (place_of(after, "el_stop01")["y"], place_of(after, "el_more01")) == (34, {"x": 90, "y": 4})


@pytest.mark.parametrize(
    ("key", "point", "error", "words"),
    [
        ("el_live01", {"x": 1, "y": 1}, Invalid, "Live is not in a group of the direction “Fixed”"),
        ("pg_test01", {"x": 1, "y": 1}, Invalid, "index is not in a group"),
        ("el_menu01", {"x": 1, "y": 1}, Invalid, "Menu stands over the page"),
        ("el_gone00", {"x": 1, "y": 1}, NodeGone, "no longer there"),
        ("el_stop01", {"x": -1, "y": 1}, NotSet, "less than 0"),
        ("el_stop01", {"x": 1, "y": 4001}, NotSet, "more than 4000"),
        ("el_stop01", {"x": 1.5, "y": 1}, Invalid, "no such gesture"),
        ("el_stop01", {"x": True, "y": 1}, Invalid, "no such gesture"),
        ("el_stop01", {"x": 1}, Invalid, "no such gesture"),
        ("el_stop01", [1, 2], Invalid, "no such gesture"),
    ],
)
def test_what_is_no_place_is_refused(page, key, point, error, words):
    page["nodes"]["el_action"]["slots"]["children"].append("el_menu01")
    page["nodes"]["el_menu01"] = node("popup", "Menu")
    with pytest.raises(error, match=words):
        plan(page, do="place", places={key: point})


def test_a_group_that_is_fixed_only_there_has_places_only_there(page):
    page["nodes"]["el_action"]["props"] = {"at": {"phone": {"direction": "fixed"}}}
    places = {"el_stop01": {"x": 1, "y": 1}}
    assert plan(page, do="place", places=places, at="phone").changes
    with pytest.raises(Invalid, match="not in a group of the direction"):
        plan(page, do="place", places=places, at="tablet")


def test_a_new_element_stands_where_it_was_dropped(page):
    said = {"do": "insert", "type": "button", "parent": "el_action", "index": 9, "place": {"x": 64, "y": 8}}
    made = plan(page, **said)
    assert place_of(done(page, made), made.select) == {"x": 64, "y": 8}
    assert made.say == "Button is now in Actions, after Stop, at 64, 8"
    elsewhere = plan(page, **said | {"parent": "el_answer"})
    assert place_of(done(page, elsewhere), elsewhere.select) == {}


def test_what_comes_from_elsewhere_stands_there_at_every_width(page):
    page["nodes"]["el_hint01"]["props"] = {"x": 9, "at": {"phone": {"x": 1, "hide": True}}}
    said = {"do": "move", "nodes": ["el_hint01", "el_title1"], "parent": "el_action", "index": 0, "at": "tablet"}
    made = plan(page, **said, places={"el_hint01": {"x": 50, "y": 60}, "el_title1": {"x": 50, "y": 90}})
    after = done(page, made)
    assert order(after, "el_action") == ["Title", "Hint", "Stop"] and made.label == "Move 2 elements"
    assert place_of(after, "el_hint01") == {"x": 50, "y": 60, "at": {"phone": {"hide": True}}}
    assert place_of(after, "el_title1") == {"x": 50, "y": 90}


def test_what_was_there_already_moves_at_the_breakpoint(page):
    said = {"do": "move", "nodes": ["el_stop01"], "parent": "el_action", "index": 0, "at": "phone"}
    made = plan(page, **said, places={"el_stop01": {"x": 0, "y": 30}})
    assert place_of(done(page, made), "el_stop01") == {
        **{"x": 20, "y": 30, "at": {"tablet": {"x": 5}, "phone": {"x": 0}}},
    }


def test_copies_stand_where_they_were_dropped_and_what_was_copied_stays(page):
    said = {"do": "copy", "nodes": ["el_stop01", "el_title1"], "parent": "el_action", "index": 1}
    made = plan(page, **said, places={"el_stop01": {"x": 70, "y": 80}, "el_title1": {"x": 0, "y": 8}})
    after = done(page, made)
    assert {after["nodes"][key]["name"]: place_of(after, key) for key in made.selection} == {
        "Title 2": {"y": 8},
        "Stop 2": {"x": 70, "y": 80},
    }
    assert place_of(after, "el_stop01") == place_of(page, "el_stop01")


def test_a_group_that_becomes_fixed_leaves_its_elements_where_they_are(page):
    said = {"do": "set", "node": "el_answer", "prop": "direction", "value": "fixed"}
    made = plan(page, **said, places={"el_live01": {"x": 0, "y": 0}, "el_action": {"x": 0, "y": 44}})
    after = done(page, made)
    assert after["nodes"]["el_answer"]["props"]["direction"] == "fixed"
    assert (place_of(after, "el_live01"), place_of(after, "el_action")) == ({}, {"y": 44})
    made = plan(page, **said, at="phone", places={"el_action": {"x": 3, "y": 44}})
    assert place_of(done(page, made), "el_action") == {"at": {"phone": {"x": 3, "y": 44}}}


@pytest.mark.parametrize("parent", ["el_answer", "el_action"])
def test_places_in_other_groups_are_no_places(page, parent):
    said = {"do": "move", "nodes": ["el_hint01"], "parent": parent, "index": 0}
    made = plan(page, **said, places={"el_hint01": {"x": 5, "y": 6}})
    assert place_of(done(page, made), "el_hint01") == ({"x": 5, "y": 6} if parent == "el_action" else {})
    with pytest.raises(Invalid, match="no such gesture"):
        plan(page, **said, places={"el_hint01": 5})
