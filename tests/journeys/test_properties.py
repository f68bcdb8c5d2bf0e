"""The panel and the Styles tab in a real browser: conditions, where values come from, several elements, named styles."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser import make_app
from tests.journeys.test_accessibility import objections

pytestmark = pytest.mark.browser


@pytest.fixture
def demo(page: Page, server, slug) -> str:
    """A demo app of this test's own, made as a person makes it."""
    return make_app(page, server, slug, "Juniper")


def design(page: Page, demo: str, node: str = "") -> None:
    page.goto(f"{demo}/design/pg_chat01/?node={node}")
    expect(page.locator("#panel [role=tab]").first).to_be_visible()


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def stored(page: Page, node: str) -> dict:
    """The properties of an element, by what Ctrl C would put on the clipboard."""
    return json.loads(page.locator("#panel [data-copied]").get_attribute("data-copied") or "{}")["nodes"][node]["props"]


def wait_for_stored(page: Page, words: str) -> None:
    page.wait_for_function(
        "(words) => document.querySelector('#panel [data-copied]').dataset.copied.includes(words)", arg=words
    )


def test_s34_a_condition_is_made_by_keyboard_and_holds_in_the_preview(page: Page, demo: str):
    design(page, demo, "el_send01")
    problem = page.locator("[data-condition] [data-problem]")
    page.locator("#tab-properties").focus()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Conditions")).to_be_focused()
    page.get_by_role("button", name="When", exact=True).focus()
    page.keyboard.press("Enter")
    # It is not told what it lacks before anything was tried; the list of issues has it.
    expect(problem).to_be_hidden()
    expect(problem).to_contain_text("It does not say when it applies.")
    expect(page.locator("#tree [aria-selected=true]").get_by_role("img", name="has an issue")).to_be_visible()
    expect(page.locator("[data-condition] [data-compose]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#composer-find")).to_be_focused()
    for words, cars in (("Message's value", 2), ("is not empty", 3)):
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(page.locator("sw-composer [data-at]")).to_have_count(cars)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-condition] .chip")).to_have_count(1)
    expect(problem).to_have_count(0)
    page.locator("[data-add-prop]").select_option("kind")
    expect(page.locator("[data-condition] input[name$='.kind']:checked")).to_have_value("plain")
    # A second one is left as it is.
    page.get_by_role("button", name="When", exact=True).click()
    expect(page.locator("[data-condition]").last.locator("[data-compose]")).to_be_focused()
    expect(problem).to_be_hidden()
    page.locator("#tab-conditions").focus()
    expect(problem).to_be_visible()
    page.goto(f"{demo.replace('/apps/', '/preview/')}/")
    send = page.locator("[data-el=el_send01]")
    expect(send).to_have_attribute("data-kind", "primary")
    page.get_by_role("textbox").first.fill("Why does my fig drop its leaves?")
    expect(send).to_have_attribute("data-kind", "plain")


@pytest.mark.slow
def test_a_condition_is_looked_at_ordered_and_removed(page: Page, demo: str):
    design(page, demo, "el_send01")
    tab(page, "Conditions")
    for words in ("When", "Hover"):
        page.get_by_role("button", name=words, exact=True).click()
        expect(page.get_by_role("heading", name=words)).to_be_visible()
    page.locator("[data-add-prop]").first.select_option("kind")
    on_canvas = page.frame_locator("iframe.artboard-page").locator("[data-el=el_send01]")
    expect(on_canvas).to_have_attribute("data-kind", "primary")
    page.get_by_role("button", name="Show condition 1 on the canvas").click()
    expect(page.get_by_role("button", name="On: show condition 1 on the canvas")).to_have_text("On")
    expect(on_canvas).to_have_attribute("data-kind", "plain")
    page.get_by_role("button", name="Move condition 1 down").click()
    expect(page.get_by_role("heading", name="2. When")).to_be_visible()
    expect(page.get_by_role("button", name="Move condition 2 up")).to_be_focused()
    page.get_by_role("button", name="Remove condition 2").click()
    expect(page.locator("[data-condition]")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(page.locator("[data-condition]")).to_have_count(2)


@pytest.mark.slow
def test_conditions_are_ordered_by_drag_and_by_keys_and_a_drag_is_taken_back(page: Page, demo: str):
    design(page, demo, "el_send01")
    tab(page, "Conditions")
    heads = page.locator("[data-condition] h3")
    for number, words in enumerate(("When", "Hover", "Focus"), 1):
        page.get_by_role("button", name=words, exact=True).click()
        expect(heads).to_have_count(number)
    expect(heads).to_have_text(["1. When", "2. Hover", "3. Focus"])

    def carry(number: int, over: int, down: float) -> None:
        """Hold a condition by its grip over a part of another one."""
        grip, there = page.locator("[data-grip]").nth(number), page.locator("[data-condition]").nth(over)
        grip.scroll_into_view_if_needed()
        begin, end = grip.bounding_box(), there.bounding_box()
        assert begin and end
        page.mouse.move(begin["x"] + 6, begin["y"] + 8)
        page.mouse.down()
        page.mouse.move(begin["x"] + 6, end["y"] + end["height"] * down, steps=3)
        expect(page.locator("[data-drop]")).to_have_count(1)

    carry(1, 0, 0.2)
    page.keyboard.press("Escape")
    expect(page.locator("[data-drop]")).to_have_count(0)
    page.mouse.up()
    expect(heads).to_have_text(["1. When", "2. Hover", "3. Focus"])
    carry(1, 0, 0.2)
    page.mouse.up()
    expect(heads).to_have_text(["1. Hover", "2. When", "3. Focus"])
    page.get_by_role("button", name="Move condition 3 up").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(heads).to_have_text(["1. Hover", "2. Focus", "3. When"])
    expect(page.get_by_role("button", name="Move condition 2 up")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(heads).to_have_text(["1. Focus", "2. Hover", "3. When"])
    page.keyboard.press("Alt+ArrowUp")
    expect(heads).to_have_text(["1. Focus", "2. Hover", "3. When"])
    page.keyboard.press("Control+z")
    expect(heads).to_have_text(["1. Hover", "2. Focus", "3. When"])


@pytest.mark.slow
def test_a_number_takes_sums_arrows_and_drags_and_goes_back_to_its_default(page: Page, demo: str):
    design(page, demo, "el_send01")
    tab(page, "Layout")
    width = page.locator("#f-max_width")
    width.fill("16*20")
    width.press("Enter")
    expect(width).to_have_value("320")
    reset = page.get_by_role("button", name="Max width: Set here. Reset")
    expect(reset).to_be_visible()
    width.focus()
    width.press("ArrowUp")
    width.press("Shift+ArrowUp")
    expect(width).to_have_value("331")
    wait_for_stored(page, '"max_width": 331')
    label = page.locator("label[data-drags=f-max_width]").bounding_box()
    assert label
    page.mouse.move(label["x"] + 4, label["y"] + 8)
    page.mouse.down()
    page.mouse.move(label["x"] + 34, label["y"] + 8, steps=3)
    page.mouse.up()
    wait_for_stored(page, '"max_width": 341')
    width.fill("wide")
    width.press("Enter")
    expect(page.get_by_text("This is not a number.")).to_be_visible()
    reset.click()
    expect(reset).to_have_count(0)
    assert "max_width" not in stored(page, "el_send01")
    expect(width).to_have_value("")
    # Another field takes over before a pause.
    width.press("ArrowUp")
    page.locator("#f-min_width").press("ArrowUp")
    wait_for_stored(page, '"max_width": 1')
    wait_for_stored(page, '"min_width": 1')


@pytest.mark.slow
def test_an_override_for_narrow_pages_is_written_seen_and_taken_back(page: Page, demo: str):
    design(page, demo, "el_send01")
    page.locator("label:has([aria-label^=Tablet])").first.click()
    expect(page.locator(".panel-scope")).to_contain_text("768 and narrower")
    tab(page, "Style")
    page.locator("[data-control=kind] label", has_text="Quiet").click()
    reset = page.get_by_role("button", name="Kind: Set here, for Tablet: 768 and narrower. Reset")
    expect(reset).to_be_visible()
    assert stored(page, "el_send01")["at"] == {"tablet": {"kind": "quiet"}}
    reset.click()
    expect(reset).to_have_count(0)
    assert "at" not in stored(page, "el_send01")
    page.reload()
    expect(page.locator(".panel-scope")).to_contain_text("768 and narrower")


@pytest.mark.slow
def test_several_elements_take_one_value_in_one_undo(page: Page, demo: str):
    design(page, demo, "el_send01")
    page.locator("#tree [data-node=el_stop01]").click(modifiers=["Control"])
    expect(page.get_by_role("heading", name="2 elements")).to_be_visible()
    expect(page.locator("[data-control=label] sw-expr")).to_have_attribute("data-mixed", "")
    tab(page, "Style")
    page.locator("[data-control=kind] label", has_text="Quiet").click()
    expect(page.get_by_role("button", name="Kind: Set here. Reset")).to_be_visible()
    frame = page.frame_locator("iframe.artboard-page")
    for key in ("el_send01", "el_stop01"):
        expect(frame.locator(f"[data-el={key}]")).to_have_attribute("data-kind", "quiet")
    page.locator("#tree [aria-selected=true]").first.focus()
    page.keyboard.press("Control+z")
    expect(frame.locator("[data-el=el_send01]")).to_have_attribute("data-kind", "primary")


@pytest.mark.slow
def test_a_section_that_is_folded_away_stays_so_after_a_reload(page: Page, demo: str):
    design(page, demo, "el_send01")
    page.locator("[data-section=visible] > summary").click()
    expect(page.locator("[data-control=visible]")).to_be_hidden()
    page.reload()
    expect(page.locator("[data-section=visible] > summary")).to_be_visible()
    expect(page.locator("[data-control=visible]")).to_be_hidden()


@pytest.mark.slow
def test_a_look_is_saved_as_a_style_changed_for_all_and_detached(page: Page, demo: str):
    design(page, demo, "el_send01")
    tab(page, "Style")
    page.get_by_text("Save as style…").click()
    expect(page.get_by_role("textbox", name="Name of the style")).to_be_focused()
    page.keyboard.type("Loud")
    page.keyboard.press("Enter")
    expect(page.locator("#f-uses")).to_be_focused()
    expect(page.locator("#f-uses option:checked")).to_have_text("Loud")
    expect(page.locator("[data-control=kind] .origin")).to_have_attribute("title", "From the style Loud")
    page.goto(f"{demo}/styles/")
    page.get_by_role("link", name="Loud").click()
    expect(page.get_by_role("textbox", name="Name of the style")).to_have_value("Loud")
    page.locator("[data-control=kind] label", has_text="Quiet").click()
    sample = page.frame_locator("iframe[title='Sample in dark']").locator("[data-el=el_styled]")
    expect(sample).to_have_attribute("data-kind", "quiet")
    page.get_by_role("link", name="Send").click()
    tab(page, "Style")
    page.get_by_role("button", name="Detach").click()
    expect(page.locator("#f-uses option:checked")).to_have_text("None")
    assert stored(page, "el_send01")["kind"] == "quiet"


@pytest.mark.slow
def test_a_theme_and_a_colour_are_chosen_and_seen_in_the_sample(page: Page, demo: str):
    page.goto(f"{demo}/styles/")
    page.locator("[data-choose=plum]").click()
    expect(page.locator("[data-choose=plum]")).to_have_attribute("aria-pressed", "true")
    field = page.get_by_role("textbox", name="Text, light", exact=True)
    field.fill("#fefefe")
    field.press("Enter")
    expect(page.get_by_text("too close").first).to_be_visible()
    heading = page.frame_locator("iframe[title='Sample in light']").locator("[data-type=heading]")
    expect(heading).to_have_css("color", "rgb(254, 254, 254)")
    field.fill("greenish")
    field.press("Enter")
    expect(page.get_by_text("This is not a colour.")).to_be_visible()
    page.get_by_role("button", name="Reset Text", exact=True).click()
    expect(page.get_by_text("too close")).to_have_count(0)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_conditions_and_styles_nor_where_nothing_fits(
    open_browser, signed_in_state, server, slug, theme
):
    page = open_browser(storage_state=signed_in_state, bypass_csp=True)
    demo = make_app(page, server, slug, "Juniper")
    design(page, demo, "el_send01")
    tab(page, "Conditions")
    page.get_by_role("button", name="When", exact=True).click()
    page.locator("[data-condition] [data-compose]").click()
    page.locator("#composer-find").fill("zzz")
    expect(page.get_by_text("Nothing that fits has this in its name.")).to_be_visible()
    assert objections(page) == []
    page.goto(f"{demo}/styles/")
    expect(page.locator("#colours")).to_be_visible()
    assert objections(page) == []
    page.get_by_role("button", name="Add style").click()
    expect(page.get_by_role("textbox", name="Name of the style")).to_be_visible()
    assert objections(page) == []


def test_what_could_not_be_saved_is_saved_by_writing_the_same_again(page: Page, demo: str, complaints: list) -> None:
    """The field holds what was refused; it is not what the server has."""
    design(page, demo, "el_send01")
    failure = {"error": {"code": "error", "sentence": "Something went wrong."}}
    page.route("**/gestures/", lambda route: route.fulfill(status=500, json=failure))
    words = page.locator("#panel sw-expr[data-prop=label] .words")
    words.press("End")
    page.keyboard.type("ing")
    expect(page.locator("sw-saved")).to_have_text("Not saved")
    page.unroute("**/gestures/")
    page.keyboard.type("s")
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    expect(page.locator("sw-saved")).to_have_text("Saved")
    wait_for_stored(page, '"label": "Sending"')
    complaints[:] = [each for each in complaints if "500" not in each]
