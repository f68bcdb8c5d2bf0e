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
