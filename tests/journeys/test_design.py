"""Building a page in the Design tab: from empty by mouse, and by keyboard alone; what is selected, said and kept."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import ready
from tests.journeys.design_tab import drawn, field, new_app, row, selected, stored, tile, tree
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser


# Building


def test_a_page_is_built_from_empty_by_mouse(empty: Page, server: StreamwrightServer) -> None:
    expect(empty.get_by_text("Drag an element here, or press / to find one.")).to_be_visible()
    tile(empty, "Heading").click()
    expect(empty.locator("#spoken")).to_contain_text("Heading is taken up.")
    empty.locator(".artboard").click(position={"x": 200, "y": 120})
    expect(selected(empty)).to_have_attribute("data-name", "Heading")
    expect(empty.get_by_text("Drag an element here, or press / to find one.")).to_be_hidden()
    field(empty, "text").locator(".words").click()
    empty.keyboard.press("Control+a")
    empty.keyboard.type("Ask Juniper")
    expect(drawn(empty, "h2")).to_have_text("Ask Juniper")

    tile(empty, "Group").dblclick()
    expect(selected(empty)).to_have_attribute("data-name", "Group")
    tile(empty, "Input").dblclick()
    expect(selected(empty)).to_have_attribute("data-name", "Input")
    tile(empty, "Button").dblclick()
    expect(selected(empty)).to_have_attribute("data-name", "Button")
    assert tree(empty) == ["index", "  Heading", "  Group", "    Input", "    Button"]

    empty.get_by_role("tab", name="Style").click()
    empty.get_by_text("Primary", exact=True).click()
    expect(drawn(empty, "button")).to_have_attribute("data-kind", "primary")

    row(empty, "Group").click()
    empty.get_by_role("tab", name="Layout").click()
    empty.get_by_text("Row", exact=True).click()
    expect(drawn(empty, "[data-type=group]")).to_have_attribute("data-direction", "row")

    drawn(empty, "h2").click()
    expect(selected(empty)).to_have_attribute("data-name", "Heading")
    empty.get_by_role("button", name="More for Heading").click()
    empty.get_by_role("menuitem", name="Move to…").click()
    empty.get_by_role("button", name="In Group, after Button").click()
    expect(empty.locator("#spoken")).to_have_text("Heading is now in Group, after Button")
    assert tree(empty) == ["index", "  Group", "    Input", "    Button", "    Heading"]
    nodes = stored(empty, server)["nodes"]
    heading = next(each for each in nodes.values() if each["type"] == "heading")
    assert heading["props"] == {"text": "Ask Juniper"}


@pytest.mark.slow
def test_a_style_is_copied_and_pasted_and_an_element_renamed_by_its_menu(
    page: Page, server: StreamwrightServer
) -> None:
    slug = new_app(page, server, "demo")
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/")
    ready(page)
    paste = page.get_by_role("menuitem", name="Paste the style on it")
    row(page, "Stop").click(button="right")
    expect(paste).to_be_disabled()
    page.keyboard.press("Escape")
    row(page, "Send").click(button="right")
    page.get_by_role("menuitem", name="Copy its style").click()
    expect(page.locator("#spoken")).to_have_text("The style of Send is copied")
    row(page, "Stop").click(button="right")
    paste.click()
    expect(drawn(page, "[data-el=el_stop01]")).to_have_attribute("data-kind", "primary")
    row(page, "Stop").click(button="right")
    page.get_by_role("menuitem", name="Rename").click()
    page.keyboard.type("Enough")
    page.keyboard.press("Enter")
    expect(row(page, "Enough")).to_be_focused()


def test_what_is_added_goes_into_the_selected_container_or_with_shift_after_it_and_says_so(empty: Page) -> None:
    spoken = empty.locator("#spoken")
    for name, said in (("Group", "in index, first"), ("Text", "in Group, first")):
        tile(empty, name).press("Enter")
        expect(spoken).to_have_text(f"{name} is now {said}")
    row(empty, "Group").click()
    tile(empty, "Button").click()
    expect(spoken).to_contain_text("or Enter: into Group, or Shift Enter: after it.")
    empty.keyboard.press("Enter")
    expect(spoken).to_have_text("Button is now in Group, after Text")
    row(empty, "Group").click()
    tile(empty, "Divider").press("Shift+Enter")
    expect(spoken).to_have_text("Divider is now in index, after Group")
    tile(empty, "Tabs").press("Enter")
    expect(row(empty, "Tab 2")).to_be_visible()
    tile(empty, "Link").press("Enter")
    expect(spoken).to_have_text("Link is now in index, after Tabs")
    assert tree(empty) == [
        *("index", "  Group", "    Text", "    Button", "  Divider"),
        *("  Tabs", "    Tab 1", "    Tab 2", "  Link"),
    ]


def test_a_page_is_built_from_empty_by_keyboard_alone(empty: Page) -> None:
    keys = empty.keyboard
    keys.press("F6")
    keys.press("a")
    expect(empty.get_by_role("searchbox", name="Find an element")).to_be_focused()
    keys.type("gro")
    keys.press("Enter")
    expect(selected(empty)).to_have_attribute("data-name", "Group")
    keys.press("Control+a")
    keys.type("tex")
    expect(empty.locator("sw-palette [data-best]:visible .tile-name")).to_have_text("Text")
    keys.press("Control+a")
    keys.type("live")
    keys.press("Enter")
    expect(selected(empty)).to_have_attribute("data-name", "Live text")
    keys.press("Escape")
    keys.press("ArrowDown")
    expect(tile(empty, "Live text")).to_be_focused()
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(tile(empty, "Button")).to_be_focused()
    keys.press("Enter")
    expect(selected(empty)).to_have_attribute("data-name", "Button")
    assert tree(empty) == ["index", "  Group", "    Live text", "    Button"]

    keys.press("F6")
    expect(selected(empty)).to_be_focused()
    keys.press("Alt+ArrowUp")
    expect(empty.locator("#spoken")).to_have_text("Button is now in Group, first")
    keys.press("Alt+ArrowLeft")
    expect(empty.locator("#spoken")).to_have_text("Button is now in index, after Group")
    expect(row(empty, "Button")).to_be_focused()
    keys.press("F2")
    keys.type("Stop")
    keys.press("Enter")
    expect(row(empty, "Stop")).to_be_focused()
    keys.press("Control+d")
    expect(row(empty, "Stop 2")).to_be_focused()
    keys.press("Delete")
    expect(row(empty, "Stop 2")).to_have_count(0)
    expect(row(empty, "Stop")).to_be_focused()
    keys.press("Alt+ArrowRight")
    expect(empty.locator("#spoken")).to_have_text("Stop is now in Group, after Live text")
    keys.press("m")
    expect(empty.get_by_role("searchbox", name="Find a place")).to_be_focused()
    keys.type("index first")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(empty.locator("#spoken")).to_have_text("Stop is now in index, first")
    assert tree(empty) == ["index", "  Stop", "  Group", "    Live text"]
    for _ in range(3):
        keys.press("Control+z")
    expect(empty.get_by_role("button", name="Undo: Duplicate Stop")).to_be_visible()
    expect(row(empty, "Stop 2")).to_have_count(1)


def test_what_is_found_fills_an_empty_container_and_the_next_stands_after_it(empty: Page) -> None:
    """With A as with /; where one types already, / begins a new search."""
    keys = empty.keyboard
    keys.press("F6")
    for key, name, leaves in (("/", "Popup", True), ("a", "Input", False), ("/", "Button", False)):
        keys.press(key)
        keys.type(name)
        keys.press("Enter")
        expect(selected(empty)).to_have_attribute("data-name", name)
        for _ in range(2 if leaves else 0):
            keys.press("Escape")
    assert tree(empty) == ["index", "  Popup", "    Input", "    Button"]


# Selecting


def test_tree_canvas_breadcrumb_and_address_agree(chat: Page) -> None:
    drawn(chat, "[data-el=el_send01]").click()
    expect(selected(chat)).to_have_attribute("data-name", "Send")
    expect(chat).to_have_url(re.compile(r"\?node=el_send01$"))
    expect(chat.locator(".sel [data-name]")).to_have_text("Send")
    expect(chat.locator("sw-crumbs")).to_have_text("chat›Foot›Composer›Send")
    chat.keyboard.press("Escape")
    expect(selected(chat)).to_have_attribute("data-name", "Composer")
    chat.locator("sw-crumbs").get_by_role("button", name="Foot").click()
    expect(selected(chat)).to_have_attribute("data-name", "Foot")
    chat.reload()
    expect(selected(chat)).to_have_attribute("data-name", "Foot")


def test_the_canvas_is_walked_by_keys(chat: Page) -> None:
    drawn(chat, "[data-el=el_title1]").click()
    for key, name in [
        ("ArrowDown", "Hint"),
        ("ArrowUp", "Ask Juniper"),
        ("Escape", "Head"),
        ("Enter", "Ask Juniper"),
        ("Tab", "Hint"),
        ("Tab", "Messages"),
        ("Shift+Tab", "Hint"),
    ]:
        chat.keyboard.press(key)
        expect(selected(chat)).to_have_attribute("data-name", name)
    expect(chat.locator("#spoken")).to_have_text("Hint, text, 2 of 2")
    expect(chat.locator(".artboard")).to_be_focused()
    for key in ("Escape", "Escape", "Escape", "Escape", "Tab"):
        chat.keyboard.press(key)
    expect(selected(chat)).to_have_attribute("data-name", "chat")
    expect(chat.locator(".artboard")).not_to_be_focused()


def test_the_line_is_drawn_around_the_element(chat: Page) -> None:
    drawn(chat, "[data-el=el_reply1]").click()
    there, line = drawn(chat, "[data-el=el_reply1]").bounding_box(), chat.locator(".sel").bounding_box()
    assert there is not None and line is not None
    assert all(abs(there[side] - line[side]) < 2 for side in ("x", "y", "width", "height"))
    expect(chat.locator(".sel [data-stream]")).to_have_text("Ask the model's Reply")


def test_the_pages_own_controls_do_nothing(chat: Page) -> None:
    drawn(chat, "[data-el=el_quest1] textarea").click()
    chat.keyboard.type("x")
    assert drawn(chat, "[data-el=el_quest1] textarea").input_value() == ""
    expect(selected(chat)).to_have_attribute("data-name", "Message")


def test_the_tree_folds_by_keys_and_remembers(chat: Page) -> None:
    row(chat, "Answer").first.click()
    row(chat, "Composer").click()
    chat.keyboard.press("ArrowLeft")
    expect(row(chat, "Send")).to_be_hidden()
    expect(row(chat, "Composer")).to_have_attribute("aria-expanded", "false")
    chat.reload()
    expect(row(chat, "Send")).to_be_hidden()
    row(chat, "Composer").focus()
    chat.keyboard.press("ArrowRight")
    chat.keyboard.press("ArrowRight")
    expect(row(chat, "Message")).to_be_focused()
    chat.keyboard.press("Home")
    expect(row(chat, "chat")).to_be_focused()
    chat.keyboard.press("c")
    expect(row(chat, "Conversation")).to_be_focused()
    chat.keyboard.press("End")
    expect(row(chat, "Send")).to_be_focused()


# Changing


def test_typing_is_one_gesture_and_keeps_the_caret(chat: Page) -> None:
    row(chat, "Hint").click()
    words = field(chat, "text").locator(".words")
    words.click()
    chat.keyboard.press("End")
    chat.keyboard.type(" Or ask")
    expect(drawn(chat, "[data-el=el_hint01]")).to_contain_text("Or ask")
    chat.keyboard.type(" again.")
    expect(drawn(chat, "[data-el=el_hint01]")).to_contain_text("Or ask again.")
    expect(words).to_be_focused()
    expect(chat.get_by_role("button", name="Undo: Change text of Hint")).to_be_visible()


def test_all_is_saved_when_nothing_waits_for_its_turn(empty: Page) -> None:
    saved, held = empty.locator("sw-saved"), []
    tile(empty, "Text").dblclick()
    expect(empty.get_by_role("treeitem")).to_have_count(2)
    expect(saved).to_have_attribute("data-state", "saved")
    empty.route(re.compile("/(gestures|undo)/"), lambda route: held.append(route))
    tile(empty, "Button").dblclick()
    empty.keyboard.press("Control+z")
    with empty.expect_request("**/undo/**"):
        held.pop().continue_()
    expect(empty.get_by_role("treeitem")).to_have_count(3)
    expect(saved).to_have_attribute("data-state", "saving")
    held.pop().continue_()
    expect(empty.get_by_role("treeitem")).to_have_count(2)
    expect(saved).to_have_attribute("data-state", "saved")


def test_what_was_typed_is_kept_when_something_else_is_selected_at_once(chat: Page) -> None:
    row(chat, "Hint").click()
    field(chat, "text").locator(".words").click()
    chat.keyboard.press("Control+a")
    chat.keyboard.type("Fast")
    drawn(chat, "[data-el=el_send01]").click()
    expect(drawn(chat, "[data-el=el_hint01]")).to_have_text("Fast")
    expect(selected(chat)).to_have_attribute("data-name", "Send")
    expect(chat.get_by_label("Element name")).to_have_value("Send")


def test_a_text_of_several_lines_keeps_them(chat: Page, server: StreamwrightServer) -> None:
    row(chat, "Hint").click()
    field(chat, "text").locator(".words").click()
    chat.keyboard.press("Control+a")
    chat.keyboard.type("one")
    chat.keyboard.press("Enter")
    chat.keyboard.type("two")
    expect(drawn(chat, "[data-el=el_hint01]")).to_have_text("one\ntwo", use_inner_text=True)
    chat.keyboard.press("Escape")
    expect(field(chat, "text")).to_have_attribute("data-value", '"one\\ntwo"')


def test_a_chip_goes_by_backspace_and_comes_back_by_undo(chat: Page) -> None:
    row(chat, "Live answer").click()
    text = field(chat, "text")
    expect(text.locator(".chip")).to_have_count(1)
    text.locator(".words").focus()
    chat.keyboard.press("Control+End")
    chat.keyboard.press("Backspace")
    expect(text.locator(".chip")).to_have_count(0)
    expect(drawn(chat, "[data-el=el_reply1]")).to_have_text("")
    chat.get_by_role("button", name="Undo: Change text of Live answer").click()
    expect(text.locator(".chip")).to_have_text("Ask the model's Replytext so far")


def test_a_chip_and_the_plus_ask_for_the_composer(chat: Page) -> None:
    row(chat, "Live answer").click()
    expect(field(chat, "text").locator(".chip")).to_have_count(1)
    chat.evaluate(
        "document.addEventListener('sw-compose', (event) => { window.asked = {...event.detail, anchor: event.detail.anchor.className}; event.stopPropagation() }, true)"
    )
    field(chat, "text").locator(".chip").click()
    asked = chat.evaluate("window.asked")
    assert {key: asked[key] for key in ("node", "prop", "doc", "part", "expects")} == {
        "node": "el_reply1",
        "prop": "text",
        "doc": "page/pg_chat01",
        "part": 0,
        "expects": "text",
    }
    assert asked["value"]["text"][0]["from"] == "step" and "chip" in asked["anchor"]
    field(chat, "waiting").get_by_role("button", name="Insert dynamic data").click()
    asked = chat.evaluate("window.asked")
    assert (asked["prop"], asked["part"], asked["value"]) == ("waiting", None, "Juniper is thinking…")


def test_yes_and_no_are_a_press(chat: Page) -> None:
    row(chat, "Hint").click()
    visible = field(chat, "visible").get_by_role("switch")
    visible.click()
    expect(visible).to_have_text("No")
    expect(visible).to_be_focused()
    expect(drawn(chat, "[data-el=el_hint01]")).to_have_class(re.compile("sw-dimmed"))
    expect(row(chat, "Hint").get_by_label("hidden")).to_be_visible()


def test_what_a_field_does_not_take_stays_with_its_reason(chat: Page) -> None:
    row(chat, "chat").click()
    address = chat.get_by_role("textbox", name="Address")
    address.fill("not an address")
    expect(chat.locator("#panel [data-refused]")).to_be_visible()
    expect(address).to_have_value("not an address")
    address.fill("chat-now")
    expect(chat.locator("#panel [data-refused]")).to_have_count(0)


def test_copied_elements_are_pasted_on_another_page(chat: Page) -> None:
    row(chat, "Composer").click()
    expect(chat.locator(".panel-in[data-node=el_compos]")).to_be_visible()
    chat.keyboard.press("Control+c")
    chat.get_by_role("button", name="Page: chat").click()
    chat.get_by_role("menuitem", name="ticker").click()
    chat.wait_for_url(lambda url: "/pg_ticker/" in url)
    ready(chat)
    selected(chat).focus()
    chat.keyboard.press("Control+v")
    expect(selected(chat)).to_have_attribute("data-name", "Composer")
    assert tree(chat)[-3:] == ["  Composer", "    Message", "    Send"]


def test_a_new_page_waits_for_its_name(chat: Page) -> None:
    chat.get_by_role("button", name="Page and tree").click()
    chat.get_by_role("menuitem", name="New page").click()
    expect(chat.get_by_label("Page name")).to_be_focused()
    chat.keyboard.type("settings")
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("button", name="Page: settings")).to_be_visible()
    expect(row(chat, "settings")).to_be_focused()
    chat.get_by_role("button", name="Page and tree").click()
    chat.get_by_role("menuitem", name="Delete page").click()
    expect(chat.get_by_role("button", name="Page: chat")).to_be_visible()


def test_states_of_the_page_are_rows_of_its_panel(chat: Page, server: StreamwrightServer) -> None:
    row(chat, "chat").click()
    chat.get_by_role("button", name="Add state").click()
    chat.get_by_label("Type of State").select_option(label="Number")
    default = chat.get_by_label("Default of State")
    default.fill("many")
    expect(chat.get_by_text("is not a number. Write digits")).to_be_visible()
    default.fill("12")
    expect(chat.get_by_text("is not a number. Write digits")).to_have_count(0)
    states = [each for each in stored(chat, server)["nodes"].values() if each["type"] == "state"]
    assert [each["props"] for each in states] == [{"type": "number", "default": 12}]


def test_nothing_jumps_when_something_changes(chat: Page) -> None:
    row(chat, "Send").click()
    pane = chat.locator("#tree")
    pane.evaluate("pane => pane.scrollTop = pane.scrollHeight")
    before = pane.evaluate("pane => pane.scrollTop")
    chat.keyboard.press("Alt+ArrowUp")
    expect(chat.locator("#spoken")).to_have_text("Send is now in Composer, first")
    assert pane.evaluate("pane => pane.scrollTop") == before
    expect(row(chat, "Send")).to_be_focused()


# Looking


def test_a_page_is_looked_at_in_its_widths_and_smaller(chat: Page) -> None:
    frame = chat.locator(".artboard-page")
    scopes = {"Phone": "≤ 480 px", "Laptop": "≤ 1024 px", "Desktop": "all widths", "Tablet": "≤ 768 px"}
    for name, width in (("Phone", 390), ("Laptop", 1024), ("Desktop", 1280), ("Tablet", 768)):
        chat.get_by_role("radio", name=name).check(force=True)
        expect(chat.get_by_label("Width of the canvas in px")).to_have_value(str(width))
        expect(chat.get_by_text(f"Editing: {scopes[name]}")).to_be_visible()
        assert frame.evaluate("frame => frame.contentWindow.innerWidth") == width
    chat.get_by_role("button", name="Zoom out").click()
    expect(chat.locator(".zoom-word")).to_have_text("90%")
    box = frame.bounding_box()
    assert box is not None and abs(box["width"] - 768 * 0.9) < 1


@pytest.mark.parametrize("size", ["narrow"])
def test_on_a_phone_there_are_page_and_tree(chat: Page, size: str) -> None:
    expect(chat.locator(".zoom-word")).to_be_hidden()
    assert chat.locator(".artboard-page").evaluate("frame => frame.contentWindow.innerWidth") == 390
    chat.get_by_role("button", name="Left panel").click()
    row(chat, "Top bar").click()
    expect(selected(chat)).to_have_attribute("data-name", "Top bar")
