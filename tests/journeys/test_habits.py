"""What hands do by habit in the Design tab, as in other design tools: keys are for what was just put or set, Shift
reaches, the wheel zooms where the pointer is."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.design_tab import at, drawn, row, selected, tile, tree

pytestmark = pytest.mark.browser


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name).click()


def control(page: Page, name: str) -> Locator:
    return page.locator("#panel").get_by_label(name, exact=True)


def layout_of(page: Page, name: str) -> None:
    row(page, name).click()
    expect(page.get_by_label("Element name")).to_have_value(name)
    tab(page, "Layout")


def zoom(page: Page) -> int:
    return int(page.locator(".zoom-word").inner_text().rstrip("%"))


def test_what_was_dropped_has_the_keys(empty: Page) -> None:
    tile(empty, "Group").hover()
    empty.mouse.down()
    empty.mouse.move(*at(empty.locator(".artboard"), 0.5, 0.2), steps=4)
    empty.mouse.up()
    expect(selected(empty)).to_have_attribute("data-name", "Group")
    expect(empty.locator(".artboard")).to_be_focused()
    empty.keyboard.press("Control+d")
    expect(selected(empty)).to_have_attribute("data-name", "Group 2")
    empty.keyboard.press("Delete")
    expect(row(empty, "Group 2")).to_have_count(0)


@pytest.mark.slow
def test_what_was_set_in_the_panel_leaves_the_keys_to_what_is_selected(chat: Page) -> None:
    layout_of(chat, "Hint")
    control(chat, "Max width").fill("16*20")
    chat.keyboard.press("Enter")
    expect(control(chat, "Max width")).to_have_value("320")
    chat.keyboard.press("Control+d")
    expect(selected(chat)).to_have_attribute("data-name", "Hint 2")
    chat.keyboard.press("ArrowUp")
    expect(selected(chat)).to_have_attribute("data-name", "Hint")
    expect(chat.locator(".artboard")).to_be_focused()
    layout_of(chat, "Head")
    control(chat, "Gap").select_option(label="40")
    expect(drawn(chat, "[data-el=el_head01]")).to_have_attribute("data-gap", "xl")
    control(chat, "Gap").focus()
    chat.keyboard.press("Control+d")
    expect(selected(chat)).to_have_attribute("data-name", "Head 2")
    tab(chat, "Layout")
    chat.keyboard.press("Escape")
    expect(chat.locator(".artboard")).to_be_focused()


@pytest.mark.slow
def test_what_is_undone_is_seen_in_the_control_that_did_it(chat: Page) -> None:
    layout_of(chat, "Head")
    wrap, gap = control(chat, "Wrap"), control(chat, "Gap")
    before = gap.input_value()
    wrap.click()
    expect(chat.get_by_role("button", name=re.compile("^Undo: "))).to_be_enabled()
    chat.keyboard.press("Control+z")
    expect(wrap).not_to_be_checked()
    expect(wrap).to_be_focused()
    gap.select_option(label="40")
    expect(drawn(chat, "[data-el=el_head01]")).to_have_attribute("data-gap", "xl")
    gap.focus()
    chat.keyboard.press("Control+z")
    expect(gap).to_have_value(before)
    expect(gap).to_be_focused()


@pytest.mark.slow
def test_the_wheel_zooms_where_the_pointer_is_and_two_zooms_to_what_is_selected(chat: Page) -> None:
    title = drawn(chat, "[data-el=el_title1]")
    before, (x, y) = zoom(chat), at(title, 0.5, 0.5)
    chat.mouse.move(x, y)
    chat.keyboard.down("Control")
    for _ in range(4):
        chat.mouse.wheel(0, -100)
    chat.keyboard.up("Control")
    expect(chat.locator(".zoom-word")).not_to_have_text(f"{before}%")
    assert zoom(chat) > 2 * before
    assert abs(at(title, 0.5, 0.5)[0] - x) < 3
    title.click()
    chat.keyboard.press("1")
    expect(chat.locator(".zoom-word")).to_have_text(f"{before}%")
    chat.keyboard.press("Shift+Digit2")
    expect(chat.locator(".zoom-word")).not_to_have_text(f"{before}%")
    expect(title).to_be_in_viewport(ratio=1)


@pytest.mark.slow
def test_shift_reaches_in_the_tree_from_row_to_row(chat: Page) -> None:
    row(chat, "Ask Juniper").click()
    row(chat, "Messages").click(modifiers=["Shift"])
    expect(selected(chat)).to_have_count(3)
    row(chat, "Hint").click(modifiers=["Shift"])
    expect(selected(chat)).to_have_count(2)
    row(chat, "Messages").click(modifiers=["Control"])
    expect(selected(chat)).to_have_count(3)


@pytest.mark.slow
def test_what_is_wrapped_is_unwrapped_by_keys(chat: Page) -> None:
    before = tree(chat)
    drawn(chat, "[data-el=el_hint01]").click()
    chat.keyboard.press("Control+g")
    expect(selected(chat)).to_have_attribute("data-name", "Group")
    chat.keyboard.press("Control+Shift+g")
    expect(selected(chat)).to_have_attribute("data-name", "Hint")
    assert tree(chat) == before


@pytest.mark.slow
def test_the_menu_offers_to_unwrap_what_has_something_in_it(chat: Page) -> None:
    menu = chat.locator(".sel-bar").get_by_role("menu")
    row(chat, "Hint").click(button="right")
    expect(menu.get_by_role("menuitem", name="Duplicate")).to_be_visible()
    expect(menu.get_by_role("menuitem", name="Unwrap the group")).to_be_hidden()
    chat.keyboard.press("Escape")
    row(chat, "Head").click(button="right")
    menu.get_by_role("menuitem", name="Unwrap the group").click()
    expect(row(chat, "Head")).to_have_count(0)
    expect(chat.locator("#spoken")).to_have_text(re.compile("^Head is gone, 2 elements are now in "))


@pytest.mark.slow
def test_a_press_beside_the_page_and_tab_end_what_is_written(chat: Page) -> None:
    title, board = drawn(chat, "[data-el=el_title1]"), chat.locator(".artboard")
    title.dblclick()
    expect(drawn(chat, "[contenteditable=plaintext-only]")).to_be_visible()
    chat.keyboard.type("Ask away")
    box = board.bounding_box()
    assert box is not None
    chat.mouse.click(box["x"] - 8, box["y"] + box["height"] / 2)
    expect(title).to_have_text("Ask away")
    expect(selected(chat)).to_have_attribute("data-name", "chat")
    expect(board).to_be_focused()
    title.dblclick()
    expect(drawn(chat, "[contenteditable=plaintext-only]")).to_be_visible()
    chat.keyboard.type("Ask me")
    chat.keyboard.press("Tab")
    expect(title).to_have_text("Ask me")
    expect(board).to_be_focused()
    chat.keyboard.press("Tab")
    expect(selected(chat)).to_have_attribute("data-name", "Hint")


@pytest.mark.slow
def test_the_canvas_is_called_as_the_page_is(empty: Page) -> None:
    row(empty, "index").click()
    empty.keyboard.press("F2")
    empty.keyboard.type("settings")
    empty.keyboard.press("Enter")
    expect(empty.locator(".artboard")).to_have_attribute("aria-label", "Page settings")


@pytest.mark.slow
def test_one_element_after_another_is_found_and_put_by_keys(empty: Page) -> None:
    empty.locator(".artboard").focus()
    empty.keyboard.press("/")
    for name in ("Heading", "Divider"):
        empty.keyboard.type(name)
        empty.keyboard.press("Enter")
        expect(selected(empty)).to_have_attribute("data-name", name)
    empty.keyboard.press("Escape")
    empty.keyboard.press("Escape")
    expect(empty.locator(".artboard")).to_be_focused()
    empty.keyboard.press("Delete")
    expect(row(empty, "Divider")).to_have_count(0)


def test_what_is_found_in_the_palette_goes_into_an_empty_group(empty: Page) -> None:
    empty.locator(".artboard").focus()
    for key, name in (("/", "Group"), ("a", "Heading"), ("a", "Divider")):
        empty.keyboard.press(key)
        empty.keyboard.type(name)
        empty.keyboard.press("Enter")
        expect(selected(empty)).to_have_attribute("data-name", name)
        empty.keyboard.press("Escape")
        empty.keyboard.press("Escape")
    group = row(empty, "Group").get_attribute("data-node") or ""
    for number, name in enumerate(("Heading", "Divider"), 1):
        expect(row(empty, name)).to_have_attribute("data-parent", group)
        expect(row(empty, name)).to_have_attribute("aria-posinset", str(number))
