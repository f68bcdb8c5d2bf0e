"""S43: it is hinted at elements that stand beyond the edge of a phone's screen."""

import pytest

from builder.document import body, node
from builder.expressions.catalog import Catalog
from builder.kinds import kinds


def found(group, **inside):
    """The hints of a page with this group, as (node, property)."""
    nodes = {
        "pg_test01": node("page", "index", {}, children=["el_group1"]),
        "el_group1": node("group", "Board", group, children=list(inside)),
        **{key: each if "type" in each else node("text", "It", each) for key, each in inside.items()},
    }
    page = body("pg_test01", nodes)
    problems = kinds["page"].problems(page, Catalog([("page", "pg_test01", page)]))
    assert all(each.severity == "hint" for each in problems)
    return [(each.where.node, each.where.prop, each.sentence) for each in problems]


FIXED = {"direction": "fixed"}


@pytest.mark.parametrize(
    ("group", "props", "is_beyond"),
    [
        (FIXED, {"x": 357}, False),
        (FIXED, {"x": 358}, True),
        (FIXED, {"x": 900, "at": {"phone": {"x": 20}}}, False),
        (FIXED, {"x": 900, "at": {"tablet": {"x": 20}}}, False),
        (FIXED, {"x": 20, "at": {"laptop": {"x": 400}}}, True),
        (FIXED, {"x": 900, "at": {"phone": {"hide": True}}}, False),
        (FIXED | {"at": {"phone": {"direction": "column"}}}, {"x": 900}, False),
        ({"at": {"phone": FIXED}}, {"x": 900}, True),
        ({"direction": "row"}, {"x": 900}, False),
    ],
)
def test_what_is_beyond_the_edge_of_a_phone_is_hinted_at(group, props, is_beyond):
    assert [each[:2] for each in found(group, el_text01=props)] == ([("el_text01", "at.phone.x")] if is_beyond else [])


@pytest.mark.parametrize(
    ("many", "begins"), [(1, "It stands"), (2, "It and one more in its group stand"), (4, "It and 3 more in its group")]
)
def test_of_several_in_a_group_the_first_one_says_so_and_what_to_do(many, begins):
    inside = {f"el_text0{at}": {"x": 900} for at in range(many)}
    [(key, _, sentence)] = found(FIXED, el_near001={"x": 10}, **inside)
    assert key == "el_text00" and sentence.startswith(begins)
    assert sentence.endswith(" Choose a smaller X at Phone, or another direction of Board there.")


def test_groups_within_each_other_add_up_and_the_outermost_is_named():
    inner = node("group", "Inner", FIXED | {"x": 200}, children=["el_deep001"])
    assert found(FIXED, el_inner1=inner | {"slots": {}}) == []
    nodes = {"x": 158}
    page = body(
        "pg_test01",
        {
            "pg_test01": node("page", "index", {}, children=["el_group1"]),
            "el_group1": node("group", "Board", FIXED, children=["el_inner1"]),
            "el_inner1": inner,
            "el_deep001": node("text", "Deep", nodes),
        },
    )
    catalog = Catalog([("page", "pg_test01", page)])
    assert [each.where.node for each in kinds["page"].problems(page, catalog)] == ["el_deep001"]
    inner["props"]["x"] = 500
    assert [each.where.node for each in kinds["page"].problems(page, catalog)] == ["el_inner1"]
