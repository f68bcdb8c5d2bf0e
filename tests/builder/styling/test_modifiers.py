"""Overrides, named styles and conditions, judged: what cannot be read, and what is loose (S43)."""

import pytest

from builder.document import body, node
from builder.expressions.catalog import Catalog
from builder.kinds import kinds

YES = {"from": "element", "args": {"element": "el_input1"}, "ops": [{"op": "is_empty", "args": []}]}
WORDS = {"from": "element", "args": {"element": "el_input1"}, "ops": []}


def condition(on="when", when=YES, key="cn_one001", **sets):
    return {"id": key, "on": on, "when": when, "set": sets}


def problems(type: str, *theme_nodes, **props):
    nodes = {
        "pg_test01": node("page", "index", {}, children=["el_test01", "el_input1"], states=[]),
        "el_test01": node(type, "It", props),
        "el_input1": node("input", "Question"),
    }
    page = body("pg_test01", nodes)
    style = node("style", "Card", {"element": "group", "set": {"gap": "lg"}})
    theme = body("tm_theme", {"tm_theme": node("theme", "Theme", {}, styles=["sy_card00"]), "sy_card00": style})
    return kinds["page"].problems(page, Catalog([("page", "pg_test01", page), ("theme", "tm_theme", theme)]))


@pytest.mark.parametrize(
    "props",
    [
        {"at": {"tablet": {"direction": "column", "max_width": 300}, "phone": {"gap": "none"}}},
        {"uses": "sy_card00"},
        {
            "conditions": [
                condition(background="accent", visible=False),
                condition("hover", None, "cn_two002", border="line"),
            ]
        },
        {"conditions": [condition(visible=YES)]},
        {"min_width": 0, "max_width": 4000},
    ],
    ids=str,
)
def test_what_fits_has_no_problem(props):
    assert problems("group", **props) == []


@pytest.mark.parametrize(
    "props",
    [
        {"at": {}},
        {"at": []},
        {"at": {"tablet": {}}},
        {"at": {"watch": {"gap": "md"}}},
        {"at": {"base": {"gap": "md"}}},
        {"at": {"tablet": {"gap": "huge"}}},
        {"at": {"tablet": {"wrap": "yes"}}},
        {"at": {"tablet": {"max_width": "300"}}},
        {"max_width": -1},
        {"max_width": 4001},
        {"uses": ""},
        {"uses": 5},
        {"conditions": []},
        {"conditions": "x"},
        {"conditions": [{}]},
        {"conditions": [condition(key="el_one001")]},
        {"conditions": [condition(), condition()]},
        {"conditions": [condition(on="click")]},
        {"conditions": [condition(on="hover")]},
        {"conditions": [condition(when="yes")]},
        {"conditions": [condition(when={"from": 5})]},
        {"conditions": [condition(gap="huge")]},
    ],
    ids=str,
)
def test_what_cannot_be_read_is_an_error(props):
    assert "error" in {problem.severity for problem in problems("group", **props)}


@pytest.mark.parametrize(
    ("type", "props", "prop", "words"),
    [
        ("group", {"uses": "sy_gone00"}, "uses", "was removed"),
        ("text", {"uses": "sy_card00"}, "uses", "is not for Text"),
        ("button", {"at": {"tablet": {"gap": "md"}}}, "at.tablet.gap", "at Tablet"),
        ("live_text", {"at": {"phone": {"caret": False}}}, "at.phone.caret", "at Phone"),
        ("group", {"conditions": [condition(when=None)]}, "conditions.cn_one001", "does not say when"),
        ("group", {"conditions": [condition(when=False)]}, "conditions.cn_one001", "never applies"),
        ("group", {"conditions": [condition(when=WORDS)]}, "conditions.cn_one001", "needs a yes/no"),
        (
            "group",
            {"conditions": [condition(when=YES | {"args": {"element": "el_gone00"}})]},
            "conditions.cn_one001",
            "gone",
        ),
        ("group", {"conditions": [condition(content_type="text")]}, "conditions.cn_one001", "cannot set"),
        ("group", {"conditions": [condition("hover", None, visible=False)]}, "conditions.cn_one001", "cannot set"),
        ("group", {"conditions": [condition("disabled", None, gap="xs")]}, "conditions.cn_one001", "never disabled"),
        ("group", {"conditions": [condition(visible=WORDS)]}, "conditions.cn_one001", "needs a yes/no"),
    ],
    ids=str,
)
def test_S43_what_has_no_effect_is_an_issue(type, props, prop, words):
    (problem, *more) = problems(type, **props)
    assert (problem.severity, problem.where.node, problem.where.prop) == ("issue", "el_test01", prop)
    assert not more
