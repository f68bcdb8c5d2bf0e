"""An instance that comes into a cell takes what the cell shows for the one property that it fits."""

from copy import deepcopy

import pytest

from builder.changes import changes
from builder.document import node
from builder.gestures import planned
from tests.builder.reusable import bubble, catalog, instance
from workflows.starters.written import element, source

GIVEN = source("cell", element="el_list01")
MESSAGES = "thing:dt_messag"


def _app(*more, reusable=None, of=MESSAGES, inside=()):
    """List, whose cells show messages, and what stands beside it."""
    rows = element("el_list01", "repeating_group", "List", *inside, content_type=of)
    found = catalog(rows, *more, reusables=[reusable or bubble()])
    message = {"dt_messag": node("data_type", "Message", {}, fields=["df_body01"])}
    message["df_body01"] = node("field", "body", {"type": "text"})
    return found.replacing([("data_type", {"v": 1, "root": "dt_messag", "nodes": message})])


def _with(*properties):
    """Bubble with these properties, `(id, props)`, in the place of its own."""
    made = bubble(**{key: node("property", key, props) for key, props in properties})
    made["nodes"]["rs_bubbl1"]["slots"]["properties"] = [key for key, _ in properties]
    return made


def _done(found, **said):
    """The page after a gesture, and its instance; taken back it is as before."""
    page = found.body("page", "pg_page01")
    plan = planned(said, page, found)
    after, inverses = deepcopy(page), []
    for change in plan.changes:
        changes[change["do"]].check(change)
        after, inverse = changes[change["do"]].apply(after, change)
        inverses.insert(0, inverse)
    back = after
    for inverse in inverses:
        back, _ = changes[inverse["do"]].apply(back, inverse)
    assert back == page
    new = [key for key, each in after["nodes"].items() if each["type"] == "instance"]
    return after["nodes"][new[-1]]["props"], plan.say


def _given(props, prop="pr_messg1"):
    value = props.get(prop)
    return value and {name: each for name, each in value.items() if name != "was"}


INSERT = {"do": "insert", "type": "instance:rs_bubbl1", "parent": "el_list01", "index": 0}
MOVE = {"do": "move", "node": "el_one001", "parent": "el_list01", "index": 0}
PASTE = {"do": "paste", "nodes": instance("el_other1", "rs_bubbl1")[1], "root": "el_other1"}


@pytest.mark.parametrize(
    "said",
    [
        INSERT,
        MOVE,
        {"do": "move", "nodes": ["el_one001"], "parent": "el_list01", "index": 0},
        {"do": "copy", "nodes": ["el_one001"], "parent": "el_list01", "index": 0},
        PASTE | {"at": "el_list01", "inside": True},
    ],
    ids=["inserted", "moved", "dragged", "dragged as a copy", "pasted"],
)
def test_it_takes_the_cell_s_thing_and_says_so(said):
    props, words = _done(_app(instance("el_one001", "rs_bubbl1")), **said)
    assert _given(props) == GIVEN
    assert words.endswith("shows the current cell's Message")
    assert props["pr_messg1"]["was"] == "Current cell's Message"


def test_one_in_a_group_that_is_moved_in_takes_it_too():
    group = element("el_group1", "group", "Group", instance("el_one001", "rs_bubbl1"))
    assert _given(_done(_app(group), do="move", node="el_group1", way="in")[0]) == GIVEN


@pytest.mark.parametrize(
    "properties",
    [
        [("pr_one001", {"type": MESSAGES}), ("pr_two001", {"type": MESSAGES})],
        [("pr_one001", {"type": "number"})],
        [("pr_one001", {"type": MESSAGES, "list": True})],
        [],
    ],
    ids=["two fit", "another type", "a list", "no property"],
)
def test_it_takes_nothing_where_not_exactly_one_property_fits(properties):
    assert _done(_app(reusable=_with(*properties)), **INSERT)[0] == {"of": "rs_bubbl1"}


def test_a_property_of_the_very_type_comes_before_one_that_can_show_it():
    reusable = _with(("pr_image1", {"type": "image"}), ("pr_words1", {"type": "text"}))
    assert _given(_done(_app(reusable=reusable, of="text"), **INSERT)[0], "pr_words1") == GIVEN


def test_what_is_given_stays_and_what_has_a_default_is_not_empty():
    other = source("state", state="st_mine01")
    assert _given(_done(_app(instance("el_one001", "rs_bubbl1", pr_messg1=other)), **MOVE)[0]) == other
    reusable = _with(("pr_words1", {"type": "text", "default": "Hello"}))
    assert _done(_app(reusable=reusable, of="text"), **INSERT)[0] == {"of": "rs_bubbl1"}


def test_nothing_is_taken_where_nobody_knows_what_the_cell_shows():
    assert _done(_app(of=""), **INSERT)[0] == {"of": "rs_bubbl1"}


def test_one_that_was_emptied_stays_empty_while_it_moves_within_its_cell():
    inside = [element("el_group1", "group", "Group"), instance("el_one001", "rs_bubbl1")]
    props, _ = _done(_app(inside=inside), do="move", node="el_one001", way="up")
    assert props == {"of": "rs_bubbl1"}


def test_what_another_list_s_cell_gave_gives_way_to_this_one_s():
    inner = instance("el_one001", "rs_bubbl1", pr_messg1=source("cell", element="el_other1"))
    other = element("el_other1", "repeating_group", "Other", inner, content_type=MESSAGES)
    assert _given(_done(_app(other), **MOVE)[0]) == GIVEN
