"""What comes into a fixed group without a place has one afterwards, and what is wrapped or unwrapped there stays where it
is."""

import pytest

from builder.changes import changes
from builder.document import body, children, node
from builder.gestures import planned
from tests.builder.gestures.sample import catalog, done

FIXED = {"direction": "fixed"}


@pytest.fixture
def page():
    """index ─ Board (fixed) ─ (Sign at 40, 20; Card (fixed, padding 16, a line around) at 100, 60 ─ (Note at 8, 4),
    List (column) at 300, 0 ─ (One, Two)), Hint."""
    nodes = {
        "pg_test01": node("page", "index", {}, children=["el_board1", "el_hint01"]),
        "el_board1": node("group", "Board", FIXED, children=["el_sign01", "el_card01", "el_list01"]),
        "el_sign01": node("text", "Sign", {"x": 40, "y": 20, "at": {"phone": {"x": 4}}}),
        "el_card01": node("group", "Card", {"x": 100, "y": 60, "padding": "md", "border": "line"} | FIXED),
        "el_note01": node("text", "Note", {"x": 8, "y": 4}),
        "el_list01": node("group", "List", {"x": 300}, children=["el_one001", "el_two001"]),
        "el_one001": node("text", "One"),
        "el_two001": node("text", "Two", {"x": 7}),
        "el_hint01": node("text", "Hint", {"x": 5, "y": 5}),
    }
    nodes["el_card01"]["slots"]["children"] = ["el_note01"]
    return body("pg_test01", nodes)


def plan(page, **said):
    return planned(said, page, catalog(page))


def at(page, key):
    props = page["nodes"][key]["props"]
    return {prop: props[prop] for prop in ("x", "y", "at") if prop in props}


def test_a_new_element_stands_on_no_other(page):
    first = plan(page, do="insert", type="button", parent="el_board1", index=0)
    after = done(page, first)
    assert at(after, first.select) == {}
    second = plan(after, do="insert", type="button", parent="el_board1", index=0)
    after = done(after, second)
    assert at(after, second.select) == {"x": 10, "y": 10}
    third = plan(after, do="insert", type="button", parent="el_board1", index=0)
    assert at(done(after, third), third.select) == {"x": 20, "y": 20}


def test_a_duplicate_stands_beside_what_it_copies_at_every_width(page):
    made = plan(page, do="duplicate", node="el_sign01")
    after = done(page, made)
    assert at(after, made.select) == {"x": 50, "y": 30, "at": {"phone": {"x": 14}}}
    again = plan(after, do="duplicate", node="el_sign01")
    assert at(done(after, again), again.select) == {"x": 60, "y": 40, "at": {"phone": {"x": 24}}}
    assert at(after, "el_sign01") == at(page, "el_sign01")


def test_several_copies_stand_to_each_other_as_what_they_copy(page):
    page["nodes"]["el_card01"]["props"] |= {"x": 50, "y": 30}
    page["nodes"]["el_card01"]["slots"]["children"].append("el_note02")
    page["nodes"]["el_note02"] = node("text", "Note 2", {"x": 8, "y": 4})
    made = plan(page, do="duplicate", nodes=["el_sign01", "el_card01", "el_list01"])
    after = done(page, made)
    places = [at(after, key) for key in made.selection]
    assert [(each["x"], each["y"]) for each in places] == [(60, 40), (70, 50), (320, 20)]
    inside = [at(after, key) for key in children(after, made.selection[1])]
    assert inside == [{"x": 8, "y": 4}] * 2, "what is in a copy stands in it as before"


@pytest.mark.parametrize("how", ["nodes", "roots"])
def test_what_is_pasted_stands_where_it_did_or_beside_what_is_there(page, how):
    clip = {"el_sign01": page["nodes"]["el_sign01"]}
    root = {"root": "el_sign01"} if how == "nodes" else {"roots": ["el_sign01"]}
    made = plan(page, do="paste", nodes=clip, **root, at="el_card01")
    assert at(done(page, made), made.select) == {"x": 50, "y": 30, "at": {"phone": {"x": 14}}}
    away = done(page, plan(page, do="delete", node="el_sign01"))
    made = plan(away, do="paste", nodes=clip, **root, at="el_card01")
    assert at(done(away, made), made.select) == {"x": 40, "y": 20, "at": {"phone": {"x": 4}}}


def test_several_that_would_stand_on_each_other_do_not(page):
    page["nodes"]["pg_test01"]["slots"]["children"] += ["el_a00001", "el_b00001"]
    page["nodes"] |= {"el_a00001": node("text", "A"), "el_b00001": node("text", "B")}
    said = {"nodes": ["el_a00001", "el_b00001"], "parent": "el_board1", "index": 0}
    after = done(page, plan(page, do="move", **said))
    assert (at(after, "el_a00001"), at(after, "el_b00001")) == ({}, {"x": 10, "y": 10})


def test_what_goes_out_of_a_group_within_stays_where_it_is_seen_even_on_something(page):
    page["nodes"]["el_sign01"]["props"] = {"x": 125, "y": 81}
    after = done(page, plan(page, do="move", node="el_note01", way="out"))
    assert at(after, "el_note01") == {"x": 100 + 17 + 8, "y": 60 + 17 + 4}


def test_what_goes_into_a_group_within_stays_where_it_is_seen_as_far_as_it_can(page):
    page["nodes"]["el_sign01"]["props"] = {"x": 130, "y": 70, "at": {"phone": {"x": 150}}}
    after = done(page, plan(page, do="move", node="el_sign01", parent="el_card01", index=0))
    assert at(after, "el_sign01") == {"x": 130 - 117, "at": {"phone": {"x": 150 - 117}}}, "not above its upper edge"


def test_what_is_wrapped_stays_where_it_is(page):
    page["nodes"]["el_card01"]["props"]["at"] = {"phone": {"x": 0, "y": 80}}
    made = plan(page, do="wrap", nodes=["el_card01", "el_sign01"])
    after = done(page, made)
    group = after["nodes"][made.select]
    assert group["props"] == FIXED | {"x": 40, "y": 20, "at": {"phone": {"x": 0}}}
    assert at(after, "el_sign01") == {"at": {"phone": {"x": 4}}}
    assert at(after, "el_card01") == {"x": 60, "y": 40, "at": {"phone": {"x": 0, "y": 60}}}
    freed = done(after, plan(after, do="unwrap", nodes=[made.select]))
    assert {key: at(freed, key) for key in page["nodes"]} == {key: at(page, key) for key in page["nodes"]}


def test_what_is_unwrapped_stays_where_it_is_or_stands_where_its_group_did(page):
    after = done(page, plan(page, do="unwrap", nodes=["el_card01", "el_list01"]))
    assert at(after, "el_note01") == {"x": 125, "y": 81}
    assert (at(after, "el_one001"), at(after, "el_two001")) == ({"x": 300}, {"x": 310, "y": 10})


def test_what_is_unwrapped_stands_where_the_browser_says(page):
    places = {"el_one001": {"x": 300, "y": 0}, "el_two001": {"x": 300, "y": 39}}
    after = done(page, plan(page, do="unwrap", nodes=["el_list01"], places=places))
    assert (at(after, "el_one001"), at(after, "el_two001")) == ({"x": 300}, {"x": 300, "y": 39})


def test_what_was_reusable_stands_where_it_did(page):
    made = plan(page, do="make_reusable", nodes=["el_sign01", "el_card01"])
    [created] = [change["body"] for change in made.changes if change["do"] == "create"]
    after = done(page, made)
    assert at(after, made.select) == {"x": 40, "y": 20, "at": {"phone": {"x": 4}}}
    root, inner = created["nodes"][created["root"]], children(created, created["root"])
    assert root["props"] == FIXED
    assert [at(created, key) for key in inner] == [{}, {"x": 60, "y": 40, "at": {"phone": {"x": 96}}}]


def test_one_element_that_becomes_reusable_leaves_its_place_to_the_instance(page):
    made = plan(page, do="make_reusable", nodes=["el_sign01"])
    [created] = [change["body"] for change in made.changes if change["do"] == "create"]
    [inner] = children(created, created["root"])
    assert at(done(page, made), made.select) == at(page, "el_sign01")
    assert (created["nodes"][created["root"]]["props"], at(created, inner)) == ({}, {})


def test_elsewhere_nothing_gets_a_place(page):
    made = plan(page, do="duplicate", node="el_hint01")
    assert len(made.changes) == 1
    made = plan(page, do="move", node="el_sign01", parent="pg_test01", index=0)
    assert at(done(page, made), "el_sign01") == at(page, "el_sign01")


@pytest.mark.parametrize(
    "said",
    [
        {"do": "duplicate", "nodes": ["el_sign01", "el_card01"]},
        {"do": "wrap", "nodes": ["el_card01", "el_sign01"]},
        {"do": "unwrap", "nodes": ["el_card01", "el_list01"]},
        {"do": "set", "node": "el_board1", "prop": "direction", "value": "column"},
        {"do": "place", "places": {"el_sign01": {"x": 1, "y": 1}, "el_card01": {"x": 2, "y": 2}}, "at": "phone"},
        {
            "do": "move",
            "nodes": ["el_hint01"],
            "parent": "el_board1",
            "index": 0,
            "places": {"el_hint01": {"x": 9, "y": 9}},
        },
    ],
    ids=lambda said: said["do"],
)
def test_one_undo_takes_all_of_it_back(page, said):
    after, inverses = page, []
    for change in plan(page, **said).changes:
        after, inverse = changes[change["do"]].apply(after, change)
        inverses.insert(0, inverse)
    assert after != page
    for inverse in inverses:
        after, _ = changes[inverse["do"]].apply(after, inverse)
    assert after == page
