"""The cascade of an element's looks: default, named style, own, breakpoints, conditions; and where a value comes from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.document import body, node
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.styling.breakpoints import BREAKPOINTS, NARROWER, down_to, media
from builder.styling.looks import Origin, has_ranges, origin, ranges, resolved, styles_of

GROUP = elements["group"]
GAPS = ["none", "xs", "sm", "lg", "xl"]
STYLES = {"sy_card00": node("style", "Card", {"element": "group", "set": {"gap": "lg", "border": "line"}})}


def test_every_layer_wins_over_the_one_before():
    props: dict = {}
    assert origin(GROUP, props, "gap", STYLES) == Origin("md", "default")
    props["uses"] = "sy_card00"
    assert origin(GROUP, props, "gap", STYLES, "phone") == Origin("lg", "style", style="sy_card00")
    props["gap"] = "sm"
    assert origin(GROUP, props, "gap", STYLES) == Origin("sm", "own", is_here=True)
    assert origin(GROUP, props, "gap", STYLES, "phone") == Origin("sm", "own")
    props["at"] = {"tablet": {"gap": "xs"}}
    assert origin(GROUP, props, "gap", STYLES, "laptop") == Origin("sm", "own")
    assert origin(GROUP, props, "gap", STYLES, "tablet") == Origin("xs", "breakpoint", "tablet", is_here=True)
    assert origin(GROUP, props, "gap", STYLES, "phone") == Origin("xs", "breakpoint", "tablet")
    props["conditions"] = [{"id": "cn_one001", "on": "hover", "when": None, "set": {"gap": "xl"}}]
    assert resolved(GROUP, props, STYLES, "phone")["gap"] == "xs"
    assert resolved(GROUP, props, STYLES, "phone", on={"cn_one001"})["gap"] == "xl"


@pytest.mark.parametrize("style", [{"element": "text", "set": {"align": "end"}}, None], ids=["other type", "gone"])
def test_a_style_that_is_not_for_it_sets_nothing(style):
    styles = {"sy_card00": node("style", "Card", style)} if style else {}
    assert origin(GROUP, {"uses": "sy_card00"}, "align", styles).whence == "default"


def test_S34_the_last_condition_that_holds_wins():
    made = [
        {"id": f"cn_{name}", "on": "when", "when": when, "set": {"gap": gap}}
        for name, when, gap in (("one001", True, "xs"), ("two002", True, "sm"), ("three3", None, "xl"))
    ]
    assert resolved(GROUP, {"conditions": made}, {})["gap"] == "sm"
    assert resolved(GROUP, {"conditions": made}, {}, on={"cn_three3"})["gap"] == "xl"


layer = st.dictionaries(st.sampled_from(["gap", "padding"]), st.sampled_from(GAPS))


@given(
    own=layer,
    style=layer,
    overrides=st.dictionaries(st.sampled_from(NARROWER), layer),
    at=st.sampled_from([*BREAKPOINTS]),
)
def test_a_value_is_that_of_the_last_layer_that_sets_it(own, style, overrides, at):
    """Property: what is resolved is what each layer, laid over those before, leaves."""
    styles = {"sy_card00": node("style", "Card", {"element": "group", "set": style})}
    props = {**own, "uses": "sy_card00", "at": {name: values for name, values in overrides.items() if values}}
    expected = GROUP.defaults | style | own
    for name in down_to(at):
        expected |= overrides.get(name, {})
    assert resolved(GROUP, props, styles, at) == expected
    for prop in ("gap", "padding"):
        assert origin(GROUP, props, prop, styles, at).value == expected[prop]
    for prop, values in ranges(GROUP, props, styles).items():
        assert values[at] == expected[prop]


def test_ranges_are_only_what_is_another_way_somewhere():
    props = {"direction": "row", "at": {"tablet": {"direction": "column", "min_width": 200}}}
    assert ranges(GROUP, props, {}) == {
        "direction": {"base": "row", "laptop": "row", "tablet": "column", "phone": "column"},
        "min_width": {"base": None, "laptop": None, "tablet": 200, "phone": 200},
    }
    assert ranges(GROUP, {"direction": "row"}, {}) == {}
    assert ranges(
        GROUP,
        {**props, "conditions": [{"id": "cn_one001", "on": "when", "when": True, "set": {"direction": "row"}}]},
        {},
    ).keys() == {"min_width"}


def test_every_width_is_in_one_range():
    assert [media(name) for name in BREAKPOINTS] == [
        "(width > 1024px)",
        "(768px < width <= 1024px)",
        "(480px < width <= 768px)",
        "(width <= 480px)",
    ]


def test_styles_are_those_of_the_apps_theme():
    theme = body("tm_theme", {"tm_theme": node("theme", "Theme", {}, styles=["sy_card00"]), **STYLES})
    assert styles_of(Catalog([("theme", "tm_theme", theme)])) == STYLES
    assert styles_of(Catalog()) == styles_of(None) == {}


def test_a_page_without_overrides_has_no_ranges():
    page = body(
        "pg_test01", {"pg_test01": node("page", "index", {}, children=["el_box001"]), "el_box001": node("group", "Box")}
    )
    assert not has_ranges(page)
    page["nodes"]["el_box001"]["props"]["at"] = {"phone": {"gap": "xs"}}
    assert has_ranges(page)
