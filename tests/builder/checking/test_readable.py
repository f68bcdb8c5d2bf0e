"""S43: what somebody could not read or use is an issue: no name, headings out of order, colours that are too close."""

import pytest

from builder.document import body, node
from builder.expressions.catalog import Catalog
from builder.kinds import kinds

PALE = {"token": "co-pale01", "light": "#cccccc", "dark": "#cccccc"}


def found(*placed, **root):
    """The issues of a page with these elements, as (node, property, sentence); (type, props, what is in it)."""
    nodes = {}

    def place(type, props, *inside):
        key = f"el_{len(nodes):06}"
        nodes[key] = node(type, "It", props)
        if inside:
            nodes[key]["slots"] = {"children": [place(*each) for each in inside]}
        return key

    page = node("page", "index", root, children=[place(*each) for each in placed])
    made = body("pg_test01", {"pg_test01": page, **nodes})
    theme = body(
        "tm_theme",
        {"tm_theme": node("theme", "Theme", {}, colours=["co_pale01"]), "co_pale01": node("colour", "Pale", PALE)},
    )
    catalog = Catalog([("page", "pg_test01", made), ("theme", "tm_theme", theme)])
    return [(each.where.node, each.where.prop, each.sentence) for each in kinds["page"].problems(made, catalog)]


def test_what_is_typed_in_and_clicked_has_a_name():
    said = found(
        ("input", {"label": ""}), ("button", {"label": ""}), ("input", {"show_label": False}), ("text", {"text": ""})
    )
    assert [each[:2] for each in said] == [("el_000000", "label"), ("el_000001", "label")]


@pytest.mark.parametrize(
    ("levels", "ends"),
    [
        ([1, 2, 3, 2, 3], []),
        ([2, 3], []),
        ([1, 3], ["right after level 1"]),
        ([1, 2, 1], ["second title"]),
        ([3, 1, 2], []),
    ],
    ids=str,
)
def test_headings_are_in_order(levels, ends):
    said = found(*(("heading", {"level": level}) for level in levels))
    assert len(said) == len(ends) and all(words in each[2] for words, each in zip(ends, said, strict=True))


@pytest.mark.parametrize(
    ("placed", "props"),
    [
        ([("text", {"ink": "co-pale01"})], ["ink"]),
        ([("text", {"ink": "danger"})], []),
        ([("text", {"ink": "on-fill"})], ["ink"]),
        ([("group", {"background": "accent"}, ("text", {"ink": "on-fill"}))], []),
        ([("group", {"background": "accent"}, ("text", {"ink": "ink"}))], ["ink"]),
        ([("group", {"ground": "co-pale01"}, ("text", {}))], ["ground"]),
        ([("group", {"ground": "raised"}, ("text", {"ink": "accent"}))], []),
        ([("button", {"kind": "primary", "ground": "raised"})], ["ground"]),
        ([("button", {"kind": "primary"})], []),
    ],
    ids=str,
)
def test_colours_that_are_chosen_can_be_read(placed, props):
    said = found(*placed)
    assert [each[1] for each in said] == props
    assert all("has a contrast of" in each[2] for each in said)
