"""In a real browser: in a fixed group every element stands at its X and Y, whatever it is, and nothing is cut off."""

import pytest

from builder.document import body, node
from builder.drawing.render import page_html, sheets
from builder.elements import elements
from builder.elements.props import PLACED
from builder.expressions.catalog import Catalog
from builder.gestures import planned
from builder.kinds.page import ROOTS
from builder.reusing import expanded
from builder.styling.sheet import sheet
from streamwright.stylesheets import joined
from tests.builder.gestures.sample import done

pytestmark = pytest.mark.browser
# What fills the width of a column takes what is left to the right edge; everything else is as wide as what is in it.
FITS = {"button", "stop", "link", "icon", "spinner", "text", "heading", "checkbox", "toggle"}
# Without a picture, and as wide as can be.
WHOLE = {"image": {"src": ""}, "instance": {"width": "fill"}}
FIXED = {"direction": "fixed"}
BOXES = """() => Object.fromEntries([...document.querySelectorAll("[data-el]")].map((each) => {
  const { left, top, right, bottom, width } = each.getBoundingClientRect();
  return [each.dataset.el, { left, top, right, bottom, width }];
}))"""

LEFT = "(left) => document.querySelector('[data-el=el_inner1]').getBoundingClientRect().left === left"


def shown(stage, nodes, width=800, direction="ltr", reusables=(), modules=()):
    """The boxes of a page's elements."""
    page = body("pg_test01", {"pg_test01": node("page", "index", {"width": "fill"}, children=["el_group1"]), **nodes})
    catalog = Catalog([("page", "pg_test01", page), *(("reusable", each["root"], each) for each in reusables)])
    stage.sheet = "\n".join([*map(joined, sheets(expanded(page, catalog)[0])), sheet(page, catalog)])
    stage.page.set_viewport_size({"width": width, "height": 900})
    opened = stage.show(page_html(page, catalog, "live"), *modules)
    opened.evaluate("(direction) => { document.documentElement.dir = direction; }", direction)
    return opened.evaluate(BOXES)


def alone(type, props, **slots):
    inner = node(type, type, props, **slots)
    return {"el_group1": node("group", "Group", FIXED, children=["el_inner1"]), "el_inner1": inner}


@pytest.mark.parametrize(("width", "direction"), [(1280, "ltr"), (390, "ltr"), (390, "rtl")])
def test_every_element_stands_at_its_place_and_within_its_group(stage, width, direction):
    placeable = [each for each in elements.values() if each.name not in ROOTS and set(PLACED) <= each.defaults.keys()]
    assert len(placeable) > 25
    groups, nodes = [], {}
    for number, element in enumerate(placeable):
        key, group = f"el_each{number:02}", f"el_grp{number:03}"
        groups.append(group)
        nodes[key] = node(
            element.name,
            element.name,
            {**element.example, **WHOLE.get(element.name, {}), "visible": True, "x": 40, "y": 24},
        )
        nodes[group] = node("group", element.name, FIXED, children=[key])
    nodes["el_group1"] = node("group", "All", {}, children=groups)
    boxes, wrong = shown(stage, nodes, width, direction), []
    for number, element in enumerate(placeable):
        inner, outer = boxes[f"el_each{number:02}"], boxes[f"el_grp{number:03}"]
        near, far = ("left", "right") if direction == "ltr" else ("right", "left")
        wanted = {near: 40, "top": 24, "bottom": 0} | ({} if element.name in FITS else {far: 0})
        found = {side: abs(round(inner[side] - outer[side], 1)) for side in wanted}
        is_within = inner["right"] <= outer["right"] + 0.1 and inner["left"] >= outer["left"] - 0.1
        if found != wanted or not is_within:
            wrong.append((element.name, found, inner, outer))
    assert wrong == []


WIDTHS = (
    ("text", {"text": "One word"}, "fits"),
    ("text", {"text": "One word", "align": "end"}, "fills"),
    ("text", {"text": "One word", "align": "end", "style": "bubble"}, "fits"),
    ("text", {"text": "many words " * 80}, "fills"),
    ("input", {"max_width": 300}, 300),
    ("group", {"width": "fit", "direction": "row"}, "fits"),
    ("group", {"width": "narrow"}, 480),
    ("image", {"size": "md", "src": ""}, 96),
    ("image", {"size": "lg", "src": ""}, 320),
    ("image", {"size": "lg", "src": "", "max_width": 200}, 200),
    ("button", {"min_width": 250}, 250),
    ("divider", {"direction": "column"}, 1),
    ("chart", {"max_width": 200, "min_height": 300}, 200),
)


def test_its_width_is_what_it_says(stage):
    nodes = {"el_group1": node("group", "Group", FIXED, children=[f"el_wide{at:02}" for at in range(len(WIDTHS))])}
    for at, (type, props, _) in enumerate(WIDTHS):
        nodes[f"el_wide{at:02}"] = node(type, type, {**elements[type].example, **props, "x": 100, "y": 10})
    boxes = shown(stage, nodes)
    outer = boxes["el_group1"]
    for at, (type, props, width) in enumerate(WIDTHS):
        inner, left = boxes[f"el_wide{at:02}"], outer["right"] - outer["left"] - 100
        assert inner["left"] == outer["left"] + 100, (type, props)
        if width == "fits":
            assert inner["width"] < left / 2, (type, props)
        else:
            wanted = left if width == "fills" else width
            assert inner["width"] == pytest.approx(wanted, abs=1 if wanted == left else 0.1), (type, props)


def test_the_same_on_a_phone_is_never_wider_than_what_is_left(stage):
    for type, props in [
        ("input", {"max_width": 320}),
        ("image", {"size": "lg", "src": ""}),
        ("group", {"width": "narrow"}),
    ]:
        boxes = shown(stage, alone(type, {**elements[type].example, **props, "x": 150}), 390)
        assert boxes["el_inner1"]["right"] == boxes["el_group1"]["right"], type


def test_what_is_in_a_group_inherits_no_place_and_the_group_grows_with_what_stands_lowest(stage):
    nodes = alone("group", {"x": 30, "y": 200, "padding": "sm"}, children=["el_words1"])
    nodes["el_words1"] = node("text", "Words", {"text": "Words"})
    nodes["el_inner1"]["props"] |= FIXED
    boxes = shown(stage, nodes)
    assert boxes["el_words1"]["left"] - boxes["el_inner1"]["left"] == 8
    assert boxes["el_words1"]["top"] - boxes["el_inner1"]["top"] == 8
    assert boxes["el_group1"]["bottom"] == boxes["el_inner1"]["bottom"] > boxes["el_group1"]["top"] + 200


def test_x_and_y_mean_nothing_elsewhere(stage):
    nodes = alone("text", {"text": "Words", "x": 100, "y": 50})
    nodes["el_group1"]["props"] = {"direction": "grid"}
    boxes = shown(stage, nodes)
    assert [boxes["el_inner1"][side] - boxes["el_group1"][side] for side in ("left", "top")] == [0, 0]


@pytest.mark.parametrize(("width", "place"), [(1280, (100, 50)), (700, (100, 8)), (390, (0, 8))])
def test_at_each_width_it_stands_where_it_was_put_there(stage, width, place):
    at = {"tablet": {"y": 8}, "phone": {"x": 0}}
    boxes = shown(stage, alone("button", {"label": "Go", "x": 100, "y": 50, "at": at}), width)
    assert tuple(boxes["el_inner1"][side] - boxes["el_group1"][side] for side in ("left", "top")) == place


def test_a_group_can_be_fixed_at_some_widths_only(stage):
    nodes = alone("button", {"label": "Go", "x": 100, "y": 50})
    nodes["el_group1"]["props"] = {"direction": "row", "at": {"tablet": FIXED, "phone": {"direction": "column"}}}
    for width, x in ((1280, 0), (700, 100), (390, 0)):
        boxes = shown(stage, nodes, width)
        assert boxes["el_inner1"]["left"] - boxes["el_group1"]["left"] == x


def test_S34_a_condition_moves_an_element_and_lets_it_go_back(stage):
    hover = {"id": "cn_over01", "on": "hover", "when": None, "set": {"x": 300}}
    nodes = alone("button", {"label": "Go", "x": 100, "min_width": 400, "conditions": [hover]})
    nodes["el_group1"]["slots"]["children"].append("el_other1")
    nodes["el_other1"] = node("button", "Other", {"label": "Other", "y": 200})
    assert shown(stage, nodes, modules=["live/reacts"])["el_inner1"]["left"] == 124
    for over, left in (("el_inner1", 324), ("el_other1", 124)):
        stage.page.locator(f"[data-el={over}]").hover()
        stage.page.wait_for_function(LEFT, arg=left)


def test_a_reusable_element_can_be_fixed_wherever_it_stands(stage):
    root = node("reusable", "Card", FIXED, children=["el_words1"])
    card = body(
        "rs_card01", {"rs_card01": root, "el_words1": node("text", "Words", {"text": "Words", "x": 60, "y": 30})}
    )
    nodes = alone("instance", {"of": "rs_card01", "x": 10, "y": 20})
    boxes = shown(stage, nodes, reusables=[card])
    [words] = [box for key, box in boxes.items() if key not in ("pg_test01", *nodes) and box["width"] < 100]
    assert words["left"] == boxes["el_inner1"]["left"] + 60 == boxes["el_group1"]["left"] + 70
    assert words["top"] == boxes["el_inner1"]["top"] + 30 == boxes["el_group1"]["top"] + 50


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "said",
    [
        {"do": "wrap", "nodes": ["el_first1", "el_card01"]},
        {"do": "unwrap", "nodes": ["el_card01"]},
        {"do": "move", "node": "el_inner1", "way": "out"},
        {"do": "move", "node": "el_first1", "parent": "el_card01", "index": 0},
    ],
    ids=["wrap", "unwrap", "out", "in"],
)
def test_what_is_arranged_anew_is_seen_where_it_was(stage, said, width):
    card = {"x": 60, "y": 80, "padding": "md", "border": "line", "at": {"phone": {"x": 10, "padding": "xs"}}}
    nodes = {
        "el_group1": node("group", "Group", FIXED | {"padding": "lg"}, children=["el_first1", "el_card01"]),
        "el_first1": node("button", "First", {"label": "First", "x": 240, "y": 120, "at": {"phone": {"x": 90}}}),
        "el_card01": node("group", "Card", FIXED | card, children=["el_inner1"]),
        "el_inner1": node("text", "Inner", {"text": "In the card", "x": 8, "y": 4}),
    }
    before = shown(stage, nodes, width)
    page = body("pg_test01", {"pg_test01": node("page", "index", {}, children=["el_group1"]), **nodes})
    after = done(page, planned(said, page, Catalog([("page", "pg_test01", page)])))["nodes"]
    boxes = shown(stage, {key: holder for key, holder in after.items() if key != "pg_test01"}, width)
    for key in ("el_first1", "el_inner1"):
        assert (boxes[key]["left"], boxes[key]["top"]) == (before[key]["left"], before[key]["top"]), key


def test_what_comes_later_is_in_front_even_of_what_is_positioned(stage):
    nodes = alone("chart", elements["chart"].example)
    nodes["el_group1"]["slots"]["children"].append("el_front1")
    nodes["el_front1"] = node("text", "Front", {"text": "In front", "x": 60, "y": 60})
    shown(stage, nodes)
    front = stage.page.locator("[data-el=el_front1]").bounding_box()
    middle = [front["x"] + 5, front["y"] + 5]
    there = "([x, y]) => document.elementFromPoint(x, y).closest('[data-el]').dataset.el"
    assert stage.page.evaluate(there, middle) == "el_front1"


def test_what_stands_over_the_page_stands_where_it_does_without(stage):
    nodes = alone("floating_group", {"place": "bottom"}, children=["el_words1"])
    nodes["el_words1"] = node("text", "Words", {"text": "Words"})
    fixed = shown(stage, nodes)["el_inner1"]
    nodes["el_group1"]["props"] = {}
    assert shown(stage, nodes)["el_inner1"] == fixed


def test_a_page_without_fixed_groups_loads_nothing_of_it():
    plain = body("pg_test01", {"pg_test01": node("page", "index", {}, children=["el_a"]), "el_a": node("group", "A")})
    assert sheets(plain) == ["app"] and '"fixed"' not in joined("app")
    plain["nodes"]["el_a"]["props"] = FIXED
    assert sheets(plain) == ["app", "app-containers"] and '[data-direction="fixed"]' in joined("app-containers")
