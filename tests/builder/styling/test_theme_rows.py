"""A named style as the Styles tab shows it."""

import pytest

from builder.document import body, node
from builder.expressions.catalog import Catalog
from builder.styling.theme_rows import style_here


@pytest.mark.parametrize(
    ("sets", "is_asked"), [({"tone": "quiet"}, False), ({"hide": True}, True)], ids=["by itself", "set"]
)
def test_a_style_is_asked_to_hide_something_only_where_it_does(sets, is_asked):
    """To hide something at a width is for one element."""
    nodes = {
        "tm_theme1": node("theme", "Theme", {}) | {"slots": {"styles": ["sy_quiet1"]}},
        "sy_quiet1": node("style", "Quiet", {"element": "text", "set": sets}),
    }
    here = style_here("sy_quiet1", Catalog([("theme", "tm_theme1", body("tm_theme1", nodes))]))
    assert ("hide" in {each.prop for each in here.controls}) == is_asked


def test_a_style_sets_shadows_and_single_sides_and_takes_each_away_by_itself():
    nodes = {
        "tm_theme1": node("theme", "Theme", {}) | {"slots": {"styles": ["sy_card01"]}},
        "sy_card01": node("style", "Card", {"element": "group", "set": {"padding_left": 40, "shadow": "md"}}),
    }
    here = style_here("sy_card01", Catalog([("theme", "tm_theme1", body("tm_theme1", nodes))]))
    found = {each.prop: each for each in here.controls}
    [sides] = [each for each in here.controls if each.kind == "sides"]
    assert (found["shadow"].value, found["shadow"].resets) == ("md", True)
    assert sides.value and not sides.resets
    assert [(each.label, each.resets) for each in sides.rows[0]] == [
        *(("Top", False), ("Bottom", False), ("Left", True), ("Right", False)),
    ]
