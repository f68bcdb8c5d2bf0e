"""The property panel: tabs and sections, where values come from, several elements at once, conditions (S34)."""

import json
import re

import pytest

from builder.document import body, node
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.panel.condition_rows import condition_rows, kinds_of_condition
from builder.panel.controls import Control
from builder.panel.properties import tabs_of

# The sides of a padding are one control.
FOUR = "padding_top padding_bottom padding_left padding_right"
THEME = body(
    "tm_theme",
    {
        "tm_theme": node("theme", "Theme", {}) | {"slots": {"styles": ["sy_bubble"]}},
        "sy_bubble": node("style", "Bubble", {"element": "text", "set": {"size": "lg", "tone": "quiet"}}),
    },
)
STREAMS = {"from": "now", "args": {}, "ops": [{"op": "is_empty", "args": []}]}


def page_of(**holders):
    nodes = {"pg_test01": node("page", "index", {}, children=list(holders))} | holders
    return body("pg_test01", nodes)


def panel(page, key, *nodes, at="base") -> dict[str, Control]:
    catalog = Catalog([("page", "pg_test01", page), ("theme", "tm_theme", THEME)])
    tabs = tabs_of(page, key, catalog, nodes, at)
    return {each.prop: each for tab in tabs for section in tab.sections for each in section.controls}


TEXT = node("text", "Note", {"uses": "sy_bubble", "tone": "accent", "at": {"tablet": {"weight": "strong"}}})


@pytest.mark.parametrize(
    ("prop", "at", "whence", "words", "resets"),
    [
        ("align", "base", "default", "Default", False),
        ("size", "base", "style", "From the style Bubble", False),
        ("tone", "base", "own", "Set here", True),
        ("tone", "phone", "own", "Set for every width", False),
        ("weight", "base", "default", "Default", False),
        ("weight", "tablet", "breakpoint", "Set here, for Tablet: 768 and narrower", True),
        ("weight", "phone", "breakpoint", "From Tablet: 768 and narrower", False),
    ],
)
def test_a_property_says_where_its_value_comes_from(prop, at, whence, words, resets):
    found = panel(page_of(el_note01=TEXT), "el_note01", at=at)[prop]
    assert (found.whence, found.origin, found.resets) == (whence, words, resets)


def test_what_is_the_same_at_every_width_is_written_for_every_width():
    found = panel(page_of(el_note01=TEXT), "el_note01", at="tablet")
    assert (found["weight"].at, found["text"].at) == ("tablet", "")


def test_several_elements_show_what_they_have_in_common():
    page = page_of(
        el_one=node("text", "A", {"text": "Hi", "align": "end"}),
        el_two=node("text", "B", {"text": "Ho", "align": "end"}),
        el_box=node("group", "C", {}),
    )
    found = panel(page, "el_one", "el_one", "el_two")
    assert (found["text"].mixed, found["text"].whence, found["text"].parts) == (True, "mixed", [])
    assert (found["align"].mixed, found["align"].value) == (False, "end")
    assert not {"text", "size"} & panel(page, "el_one", "el_one", "el_two", "el_box").keys()
    assert {"visible", "min_width"} <= panel(page, "el_one", "el_one", "el_two", "el_box").keys()


# How elements follow each other in a group.
FLOW = {"gap", "own_gap", "align", "justify", "wrap"}


@pytest.mark.parametrize(
    ("type", "props", "shown"),
    [
        ("input", {}, set()),
        ("input", {"content": "date"}, {"least", "most"}),
        ("input", {"content": "number"}, {"least", "most", "step"}),
        ("input", {"content": "email", "most": "9"}, {"most"}),
        ("link", {}, {"page", "parameters"}),
        ("link", {"to": "address"}, {"address"}),
        ("group", {}, FLOW),
        ("group", {"direction": "grid"}, {"columns", *FLOW}),
        ("group", {"direction": "fixed", "gap": "lg"}, set()),
        ("repeating_group", {"columns": 3}, set()),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_means_nothing_beside_the_others_is_not_asked_for(type, props, shown):
    found = panel(page_of(el_one=node(type, "A", props)), "el_one")
    assert found.keys() & elements[type].only_with.keys() == shown


def test_what_is_a_grid_at_one_width_is_asked_for_its_columns_there():
    page = page_of(el_box=node("group", "C", {"at": {"tablet": {"direction": "grid"}}}))
    assert [at for at in ("base", "tablet", "phone") if "columns" in panel(page, "el_box", at=at)] == [
        "tablet",
        "phone",
    ]


def test_the_layout_tab_goes_from_the_general_to_the_particular():
    """A length stands right below what it replaces: "Instead of the gap above."."""
    page = page_of(el_box=node("group", "C", {}))
    [layout] = [tab for tab in tabs_of(page, "el_box", Catalog([("page", "pg_test01", page)])) if tab.name == "layout"]
    assert {section.name: [each.prop for each in section.controls] for section in layout.sections} == {
        "arrangement": ["direction", "gap", "own_gap", "align", "justify", "wrap", "padding", "own_padding", FOUR],
        "size": ["width", "grow", "min_width", "max_width", "min_height", "stick", "hide"],
    }


@pytest.mark.parametrize(
    ("given", "of_all", "has_own"),
    [
        ({}, "0", False),
        ({"padding": "md"}, "16", False),
        ({"padding": "md", "own_padding": 20}, "20", False),
        ({"padding": "md", "padding_left": 0}, "16", True),
    ],
)
def test_each_side_of_a_padding_is_asked_for_below_that_of_all(given, of_all, has_own):
    found = panel(page_of(el_box=node("group", "C", given)), "el_box")[FOUR]
    assert (found.kind, found.value, found.resets) == ("sides", has_own, has_own)
    [row] = found.rows
    assert [(one.label, one.unset) for one in row] == [(side, of_all) for side in ("Top", "Bottom", "Left", "Right")]


def test_sides_set_at_a_breakpoint_are_reset_there_together():
    page = page_of(el_box=node("group", "C", {"padding_top": 4, "at": {"tablet": {"padding_left": 8}}}))
    found = {at: panel(page, "el_box", at=at)[FOUR] for at in ("base", "tablet", "phone")}
    assert [(each.whence, each.resets, each.at) for each in found.values()] == [
        ("own", True, ""),
        ("breakpoint", True, "tablet"),
        ("breakpoint", False, "phone"),
    ]


@pytest.mark.parametrize(
    ("type", "prop", "words"),
    [("page", "by_address", "a link in an e-mail does"), ("repeating_group", "chat", "The newest is the last")],
)
def test_a_switch_says_below_it_what_it_is_for(type, prop, words):
    page = page_of(el_test01=node("repeating_group", "List", {}))
    html = panel(page, "pg_test01" if type == "page" else "el_test01")[prop].html
    assert f'aria-describedby="hint-{prop}"' in html
    assert re.search(f'<p class="hint" id="hint-{prop}">[^<]*{words}', html)


def test_a_background_shows_its_colour():
    found = panel(page_of(el_box=node("group", "C", {})), "el_box")["background"]
    assert found.kind == "seg" and [words for _, words in found.choices] == ["None", "Raised", "Tint", "Accent"]
    assert found.html.count("<rect") == 3 and not found.fill


@pytest.mark.parametrize(
    ("side", "fill"), [("auto", "light-dark(#2a6b4b, #8fd0ad)"), ("light", "#2a6b4b"), ("dark", "#8fd0ad")]
)
def test_a_colour_is_chosen_by_what_it_looks_like_on_the_page(side, fill):
    page = page_of(el_box=node("group", "C", {"ground": "accent"}))
    page["nodes"]["pg_test01"]["props"]["theme"] = side
    theme = node("theme", "Theme", {}) | {"slots": {"colours": ["co_accent"]}}
    accent = node("colour", "Accent", {"token": "accent", "light": "#2a6b4b", "dark": "#8fd0ad"})
    catalog = Catalog(
        [
            ("page", "pg_test01", page),
            ("theme", "tm_theme", body("tm_theme", {"tm_theme": theme, "co_accent": accent})),
        ]
    )
    sections = [section for tab in tabs_of(page, "el_box", catalog) for section in tab.sections]
    [ground] = [each for section in sections for each in section.controls if each.prop == "ground"]
    assert ground.fill == fill
    # Beside the field, and in front of the words of its option.
    assert ground.html.count(f'fill="{fill}"') == 2
    assert re.search(
        r'<option value="accent" selected><svg class="swatch"[^>]*><rect[^>]*/></svg>Accent</option>', ground.html
    )
    assert re.search(r'<option value=""><svg class="swatch swatch-none".*?</svg>Default</option>', ground.html)


def fixed_page(**given):
    holders = {"el_box001": node("group", "Box", {"direction": "fixed"} | given, children=["el_in0001"])}
    page = page_of(**holders)
    page["nodes"]["el_in0001"] = node("text", "In it", {"x": 24, "at": {"tablet": {"x": 8}}})
    return page


def places_of(page, at="base", key="el_in0001"):
    return {prop: each.value for prop, each in panel(page, key, at=at).items() if prop in ("x", "y")}


def test_in_a_fixed_group_its_place_comes_first_in_the_layout_tab():
    page = fixed_page()
    [layout] = [
        tab for tab in tabs_of(page, "el_in0001", Catalog([("page", "pg_test01", page)])) if tab.name == "layout"
    ]
    assert [each.prop for each in layout.sections[0].controls] == ["x", "y"] and layout.sections[0].title == "Position"
    found = panel(page, "el_in0001", at="phone")["x"]
    assert (found.value, found.unit, found.at) == (8, "px", "phone")
    assert found.origin == "From Tablet: 768 and narrower"
    unset = panel(page, "el_in0001")["y"]
    assert (unset.value, unset.origin, unset.resets) == (0, "Default", False)


@pytest.mark.parametrize(
    ("given", "at", "is_asked"),
    [
        ({}, "base", True),
        ({}, "phone", True),
        ({"direction": "row"}, "base", False),
        ({"at": {"tablet": {"direction": "column"}}}, "laptop", True),
        ({"at": {"tablet": {"direction": "column"}}}, "phone", False),
        ({"direction": "row", "at": {"tablet": {"direction": "fixed"}}}, "base", False),
        ({"direction": "row", "at": {"tablet": {"direction": "fixed"}}}, "phone", True),
        (
            {"direction": "row", "conditions": [{"id": "cn_a", "on": "hover", "set": {"direction": "fixed"}}]},
            "base",
            True,
        ),
    ],
)
def test_a_place_is_asked_for_only_where_it_has_an_effect(given, at, is_asked):
    assert bool(places_of(fixed_page(**given), at)) == is_asked


def test_in_a_fixed_group_nothing_is_left_over_to_fill():
    page = fixed_page()
    page["nodes"]["el_in0001"] = node("group", "In it")
    assert "grow" not in panel(page, "el_in0001") and "grow" in panel(page, "el_box001")


def test_a_group_that_is_fixed_by_its_style_asks_for_places():
    page = fixed_page(uses="sy_free")
    del page["nodes"]["el_box001"]["props"]["direction"]
    assert not places_of(page)
    style = node("style", "Free", {"element": "group", "set": {"direction": "fixed"}})
    theme = body("tm_theme", {"tm_theme": node("theme", "Theme", {}, styles=["sy_free"]), "sy_free": style})
    tabs = tabs_of(page, "el_in0001", Catalog([("page", "pg_test01", page), ("theme", "tm_theme", theme)]))
    assert "place" in [section.name for tab in tabs for section in tab.sections]


@pytest.mark.parametrize("element", elements.values(), ids=lambda each: each.name)
def test_what_decides_whether_a_property_is_shown_is_a_property_with_these_values(element):
    for prop, (other, meant) in element.only_with.items():
        choices = {value for value, _ in element.Props.base_fields[other].choices}
        assert prop in element.defaults and set(meant) <= choices


def test_a_length_is_a_number_with_its_unit_and_stands_under_size():
    page = page_of(el_box=node("group", "C", {"max_width": 480}))
    catalog = Catalog([("page", "pg_test01", page)])
    [layout] = [tab for tab in tabs_of(page, "el_box", catalog) if tab.name == "layout"]
    assert [section.name for section in layout.sections] == ["arrangement", "size"]
    [width] = [each for each in layout.sections[1].controls if each.prop == "max_width"]
    assert (width.kind, width.unit, width.value) == ("number", "px", 480)


def rows_for(*conditions, type="button"):
    page = page_of(el_send01=node(type, "Send", {"conditions": list(conditions)}))
    return condition_rows(page, "el_send01", Catalog([("page", "pg_test01", page)]))


def condition(on="when", when=None, key="cn_aaaaaa", **sets):
    return {"id": key, "on": on, "when": when, "set": sets}


def test_s34_a_condition_has_its_yes_no_and_the_controls_of_what_it_sets():
    first, second = rows_for(
        condition(when=STREAMS, visible=False, kind="quiet"), condition("hover", key="cn_bbbbbb", kind="primary")
    )
    assert (first.words, first.when and first.when.prop, first.problems) == ("When", "cn_aaaaaa.when", [])
    assert [(each.prop, each.value) for each in first.sets] == [
        ("cn_aaaaaa.visible", False),
        ("cn_aaaaaa.kind", "quiet"),
    ]
    assert (second.words, second.when, second.number, second.is_last) == ("Hover", None, 2, True)
    assert "visible" not in [each.prop for each in second.addable], (
        "what only a running page knows waits for no pointer"
    )


@pytest.mark.parametrize("direction", ["row", "fixed"])
def test_a_condition_sets_a_place_only_where_there_is_one(direction):
    page = fixed_page(direction=direction)
    page["nodes"]["el_in0001"]["props"]["conditions"] = [condition(when=STREAMS, tone="quiet")]
    [row] = condition_rows(page, "el_in0001", Catalog([("page", "pg_test01", page)]))
    offered = [each.prop for each in row.addable if each.prop in ("x", "y")]
    assert offered == (["x", "y"] if direction == "fixed" else [])


@pytest.mark.parametrize(
    ("when", "says"),
    [
        (None, "It does not say when it applies."),
        (False, "It is simply no, so it never applies."),
        ({"from": "now", "args": {}, "ops": []}, "This needs a yes/no"),
    ],
)
def test_s34_a_condition_that_is_no_yes_no_says_why(when, says):
    [row] = rows_for(condition(when=when, visible=False))
    assert row.problems[0].startswith(says)


def test_what_is_set_first_is_another_value_than_now():
    [row] = rows_for(condition(when=STREAMS))
    first = {each.prop: json.loads(each.value) for each in row.addable}
    assert first["visible"] is False and first["disabled"] is True
    assert first["kind"] != "plain" and first["min_width"] == 16


def test_only_what_can_be_disabled_has_a_condition_for_it():
    assert "disabled" in dict(kinds_of_condition(elements["button"]))
    assert "disabled" not in dict(kinds_of_condition(elements["text"]))


def test_the_page_that_was_made_first_is_the_first_until_another_one_is():
    page, other = page_of(), body("pg_other1", {"pg_other1": node("page", "other", {})})
    catalog = Catalog([("page", "pg_test01", page), ("page", "pg_other1", other)])

    def is_on(document):
        tabs = tabs_of(document, document["root"], catalog)
        return {each.prop: each.value for tab in tabs for section in tab.sections for each in section.controls}["first"]

    assert (is_on(page), is_on(other)) == (True, False)
    other["nodes"]["pg_other1"]["props"]["first"] = True
    assert (is_on(page), is_on(other)) == (False, True)
