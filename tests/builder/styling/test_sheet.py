"""A page's own style sheet: its theme and what its author typed, and nothing for a page that has neither."""

import re

import pytest

from builder.document import body, node
from builder.drawing.render import page_html, sheets
from builder.expressions.catalog import Catalog
from builder.styling.sheet import digest, sheet


def page(type="group", **props):
    return body(
        "pg_test01",
        {
            "pg_test01": node("page", "index", {}, children=["el_test01"], states=[]),
            "el_test01": node(type, "It", props),
        },
    )


def themed(props, *, colours=(), styles=()):
    nodes = {f"co_{number:06}": node("colour", "Brand", each) for number, each in enumerate(colours)}
    named = {f"sy_{number:06}": node("style", "Card", each) for number, each in enumerate(styles)}
    return body(
        "tm_theme", {"tm_theme": node("theme", "Theme", props, colours=[*nodes], styles=[*named]), **nodes, **named}
    )


def test_a_page_with_neither_has_none_and_loads_what_it_did():
    assert sheet(page(gap="lg"), Catalog()) == ""
    assert not [name for name in sheets(page(gap="lg")) if name.endswith("-ranges")]
    assert "data-max_width" not in page_html(page(), None, "live")


def test_a_theme_redefines_what_it_has_of_its_own():
    own = {"token": "accent", "light": "#123456", "dark": "#abcdef"}
    brand = {"token": "co-brand1", "light": "#111111", "dark": "#111111"}
    text = sheet(page(), Catalog([("theme", "tm_theme", themed({}, colours=[own, brand]))]))
    assert text == "@layer tokens { :root { --app-accent: light-dark(#123456, #abcdef); --app-co-brand1: #111111 } }"
    assert "--app-corner: " in sheet(page(), Catalog([("theme", "tm_theme", themed({"starter": "coral"}))]))
    assert sheet(page(), Catalog([("theme", "tm_theme", themed({"starter": "juniper"}))])) == ""


def test_each_length_that_occurs_has_one_rule():
    condition = {"id": "cn_one001", "on": "hover", "when": None, "set": {"min_width": 8}}
    text = sheet(page(max_width=320, conditions=[condition]), None)
    assert text == (
        '@layer utilities { [data-type="group"][data-max_width="320"] { max-inline-size: 320px; } '
        '[data-type="group"][data-min_width="8"] { min-inline-size: 8px; } }'
    )
    assert 'data-max_width="320"' in page_html(page(max_width=320), None, "live")


def test_a_length_at_a_breakpoint_is_drawn_for_its_widths_and_0_takes_the_most_away():
    drawn = page(max_width=320, at={"tablet": {"max_width": 0}})
    text, html = sheet(drawn, None), page_html(drawn, None, "live")
    assert "max-inline-size: none" in text and text.count("@media") == 8
    assert 'data-max_width-laptop="320" data-max_width-tablet="0"' in html and 'data-max_width="' not in html
    assert sheets(drawn)[0] == "app-ranges" and all(name.endswith("-ranges") for name in sheets(drawn))


def test_what_a_named_style_sets_is_drawn():
    theme = themed({}, styles=[{"element": "group", "set": {"max_width": 77, "gap": "xl"}}])
    catalog = Catalog([("theme", "tm_theme", theme)])
    drawn = page(uses="sy_000000")
    assert "max-inline-size: 77px" in sheet(drawn, catalog)
    assert 'data-gap="xl"' in page_html(drawn, catalog, "live")


@pytest.mark.parametrize("value", ["320; } body { top: 0", "accent) } x {", "accent\n"])
def test_nothing_typed_gets_out_of_its_rule(value):
    """What a change would refuse draws nothing."""
    assert sheet(page(max_width=value), None) == sheet(page(ink=value), None) == ""


def test_its_name_is_another_one_when_it_is():
    assert digest("a") == digest("a") != digest("b") and re.fullmatch(r"[0-9a-f]{16}", digest("a"))
