"""Every change applied and then its inverse gives the same document again, whatever the sequence."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.changes import ChangedSince, IntoItself, NodeGone, changes
from builder.document import body, node, shape_problems, walk
from builder.errors import Invalid


def _page():
    return body(
        "pg_page01",
        {
            "pg_page01": node("page", "index", {"title": "Hello"}, children=["el_group1", "el_text01"]),
            "el_group1": node("group", "Answer", {}, children=["el_head01", "el_stop01"]),
            "el_head01": node("heading", "Title", {"text": "Hello"}),
            "el_stop01": node("button", "Stop", {"label": "Stop", "kind": "plain"}),
            "el_text01": node(
                "text", "Text", {"text": {"from": "element", "args": {"element": "el_stop01"}, "ops": []}}
            ),
        },
    )


def _apply(document, change):
    change = {"doc": "page/pg_page01", **change}
    command = changes[change["do"]]
    command.check(change)
    before = deepcopy(document)
    made, inverse = command.apply(document, deepcopy(change))
    assert document == before, "What a change is applied to stays as it is."
    return made, inverse


GOOD = [
    {
        "do": "insert",
        "nodes": {"el_new001": node("text", "New")},
        "node": "el_new001",
        "parent": "el_group1",
        "slot": "children",
        "index": 1,
    },
    {
        "do": "insert",
        "nodes": {"el_new001": node("text", "New")},
        "node": "el_new001",
        "parent": "pg_page01",
        "slot": "states",
        "index": 99,
    },
    {"do": "remove", "node": "el_group1"},
    {"do": "remove", "node": "el_stop01"},
    {"do": "move", "node": "el_stop01", "parent": "pg_page01", "slot": "children", "index": 0},
    {"do": "move", "node": "el_head01", "parent": "el_group1", "slot": "children", "index": 1},
    {"do": "update", "node": "el_stop01", "set": {"label": "Halt", "tone": "quiet"}, "unset": ["kind"], "name": "Halt"},
    {"do": "duplicate", "node": "el_group1"},
    {"do": "duplicate", "node": "el_stop01", "id": "el_copy01"},
    {"do": "delete"},
]


@pytest.mark.parametrize("change", GOOD, ids=lambda change: change["do"])
def test_a_change_and_its_inverse_give_the_same_document(change):
    before = _page()
    changed, inverse = _apply(before, change)
    assert changed != before
    back, again = _apply(changed, inverse)
    assert back == before
    if change["do"] != "delete":
        assert shape_problems(changed) == []
        assert _apply(back, again)[0] == changed


def test_creating_a_document_is_undone_by_deleting_it():
    made, inverse = _apply(None, {"do": "create", "body": _page()})
    assert made == _page()
    assert _apply(made, inverse)[0] is None


def test_a_copy_refers_to_itself_where_the_original_refers_to_the_original():
    document = _page()
    document["nodes"]["el_head01"]["props"]["text"] = {"from": "element", "args": {"element": "el_stop01"}, "ops": []}
    copied, inverse = _apply(document, {"do": "duplicate", "node": "el_group1"})
    head, stop = copied["nodes"][inverse["node"]]["slots"]["children"]
    assert copied["nodes"][head]["props"]["text"]["args"] == {"element": stop}
    assert copied["nodes"]["el_text01"] == document["nodes"]["el_text01"]
    assert copied["nodes"][inverse["node"]]["name"] == "Answer 2"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"do": "move", "node": "el_group1", "parent": "el_group1", "slot": "children", "index": 0}, IntoItself),
        ({"do": "move", "node": "pg_page01", "parent": "el_group1", "slot": "children", "index": 0}, Invalid),
        ({"do": "remove", "node": "pg_page01"}, Invalid),
        ({"do": "remove", "node": "el_gone01"}, NodeGone),
        ({"do": "update", "node": "el_gone01", "set": {"a": 1}}, NodeGone),
        ({"do": "update", "node": "el_stop01", "sets": {"a": 1}}, Invalid),
        ({"do": "update", "node": 7}, Invalid),
        ({"do": "insert", "nodes": {}, "node": "el_x", "parent": "pg_page01", "slot": "children", "index": 0}, Invalid),
        (
            {
                "do": "insert",
                "nodes": {"el_stop01": node("text")},
                "node": "el_stop01",
                "parent": "pg_page01",
                "slot": "children",
                "index": 0,
            },
            Invalid,
        ),
        ({"do": "move", "node": "el_stop01", "parent": "pg_page01", "slot": "children", "index": True}, Invalid),
    ],
    ids=lambda value: value["do"] if isinstance(value, dict) else value.__name__,
)
def test_rubbish_is_refused(change, error):
    with pytest.raises(error):
        _apply(_page(), change)


def test_an_undo_is_refused_when_the_target_was_changed_since():
    changed, inverse = _apply(_page(), {"do": "update", "node": "el_stop01", "set": {"label": "Halt"}})
    changed, _ = _apply(changed, {"do": "update", "node": "el_stop01", "set": {"label": "Enough"}})
    with pytest.raises(ChangedSince, match="Stop has been changed since"):
        _apply(changed, inverse)


@st.composite
def _change(draw, document):
    keys = list(walk(document))
    elements = [key for key in keys if key != document["root"]] or keys
    do = draw(st.sampled_from(["insert", "remove", "move", "update", "duplicate"]))
    key, parent = draw(st.sampled_from(elements)), draw(st.sampled_from(keys))
    index = draw(st.integers(0, 5))
    spot = {"parent": parent, "slot": draw(st.sampled_from(["children", "states"])), "index": index}
    if do == "insert":
        new = f"el_{draw(st.text('abcdefghij', min_size=6, max_size=6))}"
        return {"do": do, "nodes": {new: node("text", "New")}, "node": new, **spot}
    if do == "move":
        return {"do": do, "node": key, **spot}
    if do == "update":
        return {
            "do": do,
            "node": key,
            "set": {draw(st.sampled_from("abc")): draw(st.integers(0, 3))},
            "unset": draw(st.sampled_from([[], ["d"]])),
        }
    return {"do": do, "node": key}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_sequence_of_changes_followed_by_as_many_undos_gives_the_first_document_back(data):
    document, inverses = _page(), []
    for _ in range(20):
        try:
            document, inverse = _apply(document, data.draw(_change(document)))
        except (Invalid, IntoItself):
            continue
        inverses.append(inverse)
        assert shape_problems(document) == []
    for inverse in reversed(inverses):
        document, _ = _apply(document, inverse)
    assert document == _page()


@pytest.mark.parametrize("change", GOOD[:-1], ids=lambda change: change["do"])
def test_what_a_change_leaves_alone_is_the_very_same(change):
    before = _page()
    changed, _ = _apply(before, change)
    for key, each in changed["nodes"].items():
        assert (each is before["nodes"].get(key)) == (each == before["nodes"].get(key)), key
