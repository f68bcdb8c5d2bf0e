"""In a real browser: a page with overrides looks at every width as one that was made for it; what holds by itself."""

import pytest

from builder.document import Body, body, node
from builder.drawing.render import page_html, sheets
from builder.elements import MODIFIERS, elements
from builder.styling.breakpoints import BREAKPOINTS
from builder.styling.looks import resolved
from builder.styling.sheet import sheet
from streamwright.stylesheets import joined

pytestmark = pytest.mark.browser
WIDTHS = {"base": 1280, "laptop": 1024, "tablet": 768, "phone": 390}
SAID = """() => [...document.querySelectorAll("[data-el]")].map((each) => {
  const style = getComputedStyle(each);
  return [each.dataset.el, each.getBoundingClientRect().toJSON(), Object.fromEntries([...style].map((name) => [name, style[name]]))];
})"""

NODES = {
    "pg_test01": node(
        "page",
        "index",
        {"width": "wide", "padding": "lg", "at": {"tablet": {"padding": "none"}}},
        children=["el_row001", "el_head01", "el_box001"],
    ),
    "el_row001": node(
        "group",
        "Row",
        {
            **{
                "direction": "row",
                "gap": "lg",
                "border": "line",
                "padding": "md",
                "max_width": 700,
                "background": "tint",
            },
            "at": {
                "laptop": {"gap": "xs", "background": "none"},
                "tablet": {"direction": "column", "max_width": 0, "border": "none"},
                "phone": {"direction": "row", "wrap": True, "padding": "none"},
            },
        },
        children=["el_one001", "el_two002", "el_txt001"],
    ),
    "el_one001": node("group", "One", {"width": "fit", "at": {"tablet": {"width": "fill"}}}, children=["el_btn001"]),
    "el_two002": node(
        "group",
        "Two",
        {"min_width": 120, "at": {"laptop": {"width": "fit"}, "phone": {"hide": True}}},
        children=["el_inp001"],
    ),
    "el_txt001": node(
        "text",
        "Words",
        {
            "text": "Some words",
            "style": "bubble",
            "align": "end",
            "at": {"tablet": {"style": "plain"}, "phone": {"size": "lg"}},
        },
    ),
    "el_btn001": node("button", "Go", {"at": {"phone": {"kind": "primary"}}}),
    "el_inp001": node("multiline", "Ask", {"at": {"laptop": {"frame": False}}}),
    "el_head01": node("heading", "Title", {"size": "lg", "at": {"phone": {"size": "sm"}}}),
    "el_box001": node("group", "Plain", {"gap": "sm"}, children=["el_txt002"]),
    "el_txt002": node("text", "Plain words", {"tone": "quiet", "style": "quiet"}),
}


def made_for(at: str) -> Body:
    """The same page as somebody would draw it for one range of widths alone."""
    nodes = {}
    for key, holder in NODES.items():
        element = elements[holder["type"]]
        own = {prop: value for prop, value in holder["props"].items() if prop not in MODIFIERS}
        looks = {
            prop: value for prop, value in resolved(element, holder["props"], {}, at).items() if prop in element.look
        }
        nodes[key] = {**holder, "props": own | {prop: value for prop, value in looks.items() if value is not None}}
    return body("pg_test01", nodes)


def shown(stage, drawn: Body, width: int):
    stage.sheet = "\n".join([*map(joined, sheets(drawn)), sheet(drawn, None)])
    stage.page.set_viewport_size({"width": width, "height": 900})
    page = stage.show(page_html(drawn, None, "live"))
    return {key: (box, style) for key, box, style in page.evaluate(SAID)}


@pytest.mark.parametrize("at", BREAKPOINTS)
def test_a_page_with_overrides_looks_as_one_that_was_made_for_the_width(stage, at):
    """Every computed style of every element, and where it stands; also what is taken back to nothing."""
    found, expected = shown(stage, body("pg_test01", NODES), WIDTHS[at]), shown(stage, made_for(at), WIDTHS[at])
    assert found.keys() == expected.keys() == NODES.keys()
    for key, (box, style) in expected.items():
        differs = {
            name: (found[key][1][name], value) for name, value in style.items() if found[key][1].get(name) != value
        }
        # Names of our own lengths are compared by what they make.
        assert not {name: each for name, each in differs.items() if not name.startswith("--")}, key
        assert found[key][0] == box, key
    if at == "phone":
        assert found["el_two002"][1]["display"] == "none" and found["el_row001"][1]["padding-top"] == "0px"


def test_S34_what_holds_under_the_pointer_and_with_the_focus_comes_and_goes_in_its_order(stage):
    def on(number, name, **sets):
        return {"id": f"cn_{number:06}", "on": name, "when": None, "set": sets}

    conditions = [on(1, "hover", kind="primary"), on(2, "focus", kind="quiet"), on(3, "disabled", max_width=90)]
    nodes = {
        "pg_test01": node("page", "index", {}, children=["el_btn001", "el_btn002"]),
        "el_btn001": node("button", "Go", {"conditions": conditions}),
        "el_btn002": node("button", "Other", {"disabled": True, "conditions": conditions}),
    }
    page = stage.show(page_html(body("pg_test01", nodes), None, "live"), "live/reacts")
    button, other = page.locator("[data-el=el_btn001]"), page.locator("[data-el=el_btn002]")

    def kind():
        return button.get_attribute("data-kind")

    page.wait_for_function("() => document.querySelector('[data-el=el_btn002]').dataset.max_width === '90'")
    button.hover()
    assert kind() == "primary"
    # The server sets what is below; it shows when the pointer goes.
    page.evaluate(
        """async () => (await import("/static/js/live/patches.js")).apply([["attr", "el_btn001", "data-kind", "quiet"]], () => false)"""
    )
    assert kind() == "primary"
    button.focus()
    assert kind() == "quiet"
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    page.evaluate(
        """async () => (await import("/static/js/live/patches.js")).apply([["attr", "el_btn001", "data-kind", "plain"]], () => false)"""
    )
    assert kind() == "plain"
    # One of the server's that stands behind wins over the pointer.
    button.hover()
    assert kind() == "primary"
    page.evaluate("document.querySelector('[data-el=el_btn001]').dataset.rankKind = '2'")
    page.wait_for_function("() => document.querySelector('[data-el=el_btn001]').dataset.kind === 'plain'")
    page.evaluate("document.querySelector('[data-el=el_btn002]').disabled = false")
    page.wait_for_function("() => !document.querySelector('[data-el=el_btn002]').hasAttribute('data-max_width')")
    assert other.get_attribute("data-kind") == "plain" and stage.complaints == []
