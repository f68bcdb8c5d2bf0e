"""What is wrong with a page: errors keep it from being stored, issues stay while its author works (S43)."""

import pytest

from builder.document import body, node
from builder.expressions.catalog import Catalog
from builder.kinds import kinds

GONE = {"from": "element", "args": {"element": "el_gone00"}, "ops": [], "was": "Question's value"}
QUESTION = {"from": "element", "args": {"element": "el_quest1"}, "ops": []}


def page(*, root: dict | None = None, states: tuple[str, ...] = (), **nodes):
    """A good page with a heading and an input; further nodes stand after them."""
    nodes = {"el_title1": node("heading", "Title"), "el_quest1": node("input", "Question"), **nodes}
    on_page = [key for key in nodes if key not in states]
    return body(
        "pg_test01", {"pg_test01": root or node("page", "index", {}, children=on_page, states=list(states)), **nodes}
    )


def problems(drawn, catalog: bool = False):
    return kinds["page"].problems(drawn, Catalog([("page", "pg_test01", drawn)]) if catalog else None)


def only(found):
    assert len(found) == 1, found
    return found[0].where.node, found[0].where.prop, found[0].severity, found[0].sentence


def test_a_blank_page_is_good():
    blank = kinds["page"].blank("pg_test01", "index")
    assert problems(blank, catalog=True) == []
    assert blank["nodes"]["pg_test01"]["props"]["title"] == "Index"


def test_a_good_page_has_no_problems():
    assert (
        problems(page(st_count1=node("state", "Count", {"type": "number", "default": 0}), states=("st_count1",)), True)
        == []
    )


@pytest.mark.parametrize(
    ("made", "where", "sentence"),
    [
        (node("rating", "Stars"), "", "There is no element type named rating."),
        (node("heading", "Title", {"colour": "red"}), "colour", "Heading has no property named colour."),
        (
            node("heading", "Title", {"level": 7}),
            "level",
            "Select a valid choice. 7 is not one of the available choices.",
        ),
        (node("heading", "Title", {"level": "1"}), "level", "Level cannot be '1'."),
        (node("heading", "Title", {"text": 5}), "text", "A number cannot stand here."),
        (node("heading", "Title", {"text": {"text": [5]}}), "text", None),
        (node("live_text", "Answer", {"caret": "nonsense"}), "caret", "Show the caret cannot be 'nonsense'."),
        (node("live_text", "Answer", {"caret": 1}), "caret", "Show the caret cannot be 1."),
        (node("text", "Text") | {"slots": {"children": []}}, "", "Text has no place named children."),
        (node("group", "Box") | {"slots": {"header": []}}, "", "Group has no place named header."),
        (node("page", "index"), "", "A page is the root of its document, and nothing else is."),
        (
            node("state", "Count", {"type": "text"}),
            "",
            "States stand among the states of a page, and nothing else does.",
        ),
    ],
)
def test_what_cannot_be_drawn_is_an_error_at_its_property(made, where, sentence):
    node_, prop, severity, said = only(problems(page(el_wrong1=made)))
    assert (node_, prop, severity) == ("el_wrong1", where, "error")
    assert sentence in (None, said)


@pytest.mark.parametrize(
    ("props", "prop"), [({"type": "colour"}, "type"), ({}, "type"), ({"type": "text", "list": "yes"}, "list")]
)
def test_a_state_says_its_type(props, prop):
    found = problems(page(st_count1=node("state", "Count", props), states=("st_count1",)))
    assert only(found)[:3] == ("st_count1", prop, "error")


def test_an_element_among_the_states_is_an_error():
    assert only(problems(page(el_wrong1=node("text", "Text"), states=("el_wrong1",))))[:3] == ("el_wrong1", "", "error")


def test_the_root_of_a_page_is_a_page():
    assert only(problems(page(root=node("group", "Box", {}, children=["el_title1", "el_quest1"]))))[0] == "pg_test01"


def test_a_value_whose_source_is_gone_is_an_issue():
    drawn = page(el_answr1=node("text", "Answer", {"text": {"text": ["You asked ", GONE]}}))
    assert only(problems(drawn, catalog=True))[:3] == ("el_answr1", "text", "issue")
    assert problems(drawn) == [], "without the app's other documents nobody can tell"


def test_a_value_of_the_wrong_type_is_an_issue():
    drawn = page(el_answr1=node("text", "Answer", {"visible": QUESTION}))
    where, prop, severity, sentence = only(problems(drawn, catalog=True))
    assert (where, prop, severity) == ("el_answr1", "visible", "issue")
    assert "yes/no" in sentence
