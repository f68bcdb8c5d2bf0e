"""The canvas and the tree by hand: what is dragged goes where the line shows, several at once, words where they
stand."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import ready
from tests.journeys.design_tab import FRAMES, at, drawn, new_app, row, selected, spot, stored, tile, tree
from tests.journeys.hands import perform
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser


def lift(page: Page, what: Locator, to: Locator, across: float = 0.5, down: float = 0.5) -> None:
    """Take something up and hold it over a point of something else, also where that is scrolled away by it."""
    at(to, across, down)
    begin = at(what, 0.5, 0.5)
    page.mouse.move(*begin)
    page.mouse.down()
    page.mouse.move(begin[0] + 6, begin[1] + 6)
    over = None
    while over != (over := spot(to, across, down)):
        page.mouse.move(*over, steps=4)
        page.evaluate(FRAMES)
    expect(page.locator("#drag-ghost .tip")).to_be_visible()


def drag(page: Page, what: Locator, to: Locator, across: float = 0.5, down: float = 0.5, said: str = "") -> None:
    """Drag something there and let it go; what was said of it."""
    lift(page, what, to, across, down)
    page.locator("#spoken").evaluate("region => region.textContent = ''")
    page.mouse.up()
    expect(page.locator("#spoken")).to_have_text(re.compile(said or " is now in "))


def write(page: Page, where: Locator, text: str) -> None:
    """Words where they stand: a double press, and typing."""
    where.dblclick()
    expect(
        where.and_(page.frame_locator(".artboard-page").locator("[contenteditable]")).or_(
            where.locator("[contenteditable]")
        )
    ).to_be_visible()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(where).to_have_text(text)


def named(page: Page, server: StreamwrightServer, name: str) -> dict[str, Any]:
    """The properties of an element as they are stored."""
    return next(each["props"] for each in stored(page, server)["nodes"].values() if each["name"] == name)


def test_a_drag_shows_where_it_goes_can_be_taken_back_and_says_where_it_went(chat: Page) -> None:
    send, message = drawn(chat, "[data-el=el_send01]"), drawn(chat, "[data-el=el_quest1]")
    send.click()
    lift(chat, send, message, 0.1)
    expect(chat.locator("#drag-ghost .tip")).to_have_text("Into Composer, first")
    expect(chat.locator(".drop-line")).to_be_visible()
    chat.keyboard.press("Escape")
    expect(chat.locator("#drag-ghost")).to_be_hidden()
    chat.mouse.up()
    expect(selected(chat)).to_have_attribute("data-name", "Send")
    assert tree(chat)[-3:] == ["    Composer", "      Message", "      Send"]
    drag(chat, send, message, 0.1, said="Send is now in Composer, first")
    assert tree(chat)[-3:] == ["    Composer", "      Send", "      Message"]
    lift(chat, row(chat, "Foot"), row(chat, "Message"))
    expect(chat.locator("#drag-ghost .tip")).to_have_text("Foot cannot go into itself")
    chat.mouse.up()
    drag(chat, row(chat, "Send"), row(chat, "Ask Juniper"), 0.5, 0.1, said="Send is now in Head, first")


def test_a_right_press_selects_and_opens_the_menu_of_what_is_there(chat: Page) -> None:
    menu = chat.locator(".sel-bar").get_by_role("menu")
    drawn(chat, "[data-el=el_hint01]").click(button="right")
    expect(selected(chat)).to_have_attribute("data-name", "Hint")
    menu.get_by_role("menuitem", name="Duplicate").click()
    expect(selected(chat)).to_have_attribute("data-name", "Hint 2")
    row(chat, "Brand").click(button="right")
    expect(selected(chat)).to_have_attribute("data-name", "Brand")
    expect(menu.get_by_role("menuitem", name="Move up")).to_be_focused()
    chat.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_the_menu_cuts_copies_and_pastes_what_is_selected(chat: Page) -> None:
    menu = chat.locator(".sel-bar").get_by_role("menu")

    def choose(name: str) -> None:
        menu.get_by_role("menuitem", name=name, exact=False).click()
        expect(menu).to_be_hidden()

    # Where the browser does not let the page read the clipboard, it pastes what was copied in this browser.
    row(chat, "Ask Juniper").click()
    row(chat, "Hint").click(modifiers=["Control"])
    row(chat, "Hint").click(button="right")
    expect(menu.get_by_role("menuitem", name="Cut")).to_contain_text("Ctrl X")
    choose("Copy Ctrl C")
    expect(chat.locator("#spoken")).to_have_text("2 elements are copied")
    drawn(chat, "[data-el=el_send01]").click(button="right")
    choose("Paste Ctrl V")
    expect(chat.locator("#spoken")).to_have_text("2 elements are now in Composer, after Send")
    # Where it does, the clipboard has the last word; and by keys it has what was copied by the menu.
    chat.context.grant_permissions(["clipboard-read", "clipboard-write"])
    row(chat, "Message").click(button="right")
    choose("Cut Ctrl X")
    expect(row(chat, "Message")).to_have_count(0)
    row(chat, "Top bar").click()
    chat.keyboard.press("Control+v")
    expect(row(chat, "Message")).to_have_attribute("aria-level", "2")
    chat.evaluate("navigator.clipboard.writeText('Only words.')")
    row(chat, "chat").click(button="right")
    chat.get_by_role("menuitem", name="Paste Ctrl V").click()
    expect(chat.get_by_text("There is nothing to paste: no element was copied.")).to_be_visible()


def test_several_are_one_gesture_and_words_are_written_where_they_stand(chat: Page, server: StreamwrightServer) -> None:
    title, hint = drawn(chat, "[data-el=el_title1]"), drawn(chat, "[data-el=el_hint01]")
    write(chat, title, "Ask away")
    title.click()
    hint.click(modifiers=["Shift"])
    expect(selected(chat)).to_have_count(2)
    expect(chat.locator(".sel [data-name]")).to_have_text("2 elements")
    chat.keyboard.press("Control+d")
    expect(chat.locator("#spoken")).to_have_text("2 elements are now after them")
    chat.keyboard.press("Delete")
    expect(selected(chat)).to_have_count(1)
    chat.keyboard.press("Control+z")
    chat.keyboard.press("Control+z")
    expect(drawn(chat, "[data-el=el_head01] > *")).to_have_count(2)
    assert named(chat, server, "Ask Juniper")["text"] == "Ask away"


# Sizes


def pull(page: Page, side: str, x: float, y: float) -> None:
    """Take the handle of a side and hold it so far away."""
    begin = at(page.locator(f'.handle[data-at="{side}"]'), 0.5, 0.5)
    page.mouse.move(*begin)
    page.mouse.down()
    page.mouse.move(begin[0] + x / 2, begin[1] + y / 2)
    page.mouse.move(begin[0] + x, begin[1] + y)
    expect(page.locator("#size-tip")).to_be_visible()


def wide(of: Locator) -> int:
    return of.evaluate("element => Math.round(element.getBoundingClientRect().width)")


def test_a_size_is_pulled_snaps_is_taken_back_and_goes_on_by_keys(chat: Page, server: StreamwrightServer) -> None:
    row(chat, "Hint").click()
    hint, tip = drawn(chat, "[data-el=el_hint01]"), chat.locator("#size-tip")
    whole = wide(hint)
    pull(chat, "e", -120, 0)
    expect(tip).to_have_text(re.compile(r"^\d+ px$"))
    assert wide(hint) < whole
    chat.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert wide(hint) == whole
    chat.mouse.up()
    pull(chat, "e", -5, 0)
    # So near to the edge it meets that, and limits nothing.
    expect(tip).to_have_text(f"{whole} px, no limit")
    expect(chat.locator("[data-guide=x]").first).to_be_visible()
    chat.keyboard.down("Control")
    expect(tip).to_have_text(re.compile(r"^\d+ px$"))
    expect(chat.locator("[data-guide]")).to_have_count(0)
    chat.mouse.up()
    chat.keyboard.up("Control")
    expect(chat.locator("#spoken")).to_have_text(re.compile(r"^Hint is at most \d+ px wide$"))
    now = wide(hint)
    expect(chat.get_by_role("slider", name="Width", exact=True)).to_be_focused()
    chat.keyboard.press("Shift+ArrowLeft")
    chat.keyboard.press("ArrowLeft")
    expect(chat.locator("#spoken")).to_have_text(f"Hint is at most {now - 9} px wide")
    assert named(chat, server, "Hint")["max_width"] == now - 9
    chat.keyboard.press("Control+z")
    expect(hint).to_have_attribute("data-max_width", str(now))


# Chips in words, marquee, copies, search, samples


@pytest.mark.slow
def test_a_chip_among_words_stays_whole(chat: Page, server: StreamwrightServer) -> None:
    tokens = drawn(chat, "[data-el=el_tokens]").or_(drawn(chat, "[data-type=text]:has(.sw-sample)")).last
    before = named(chat, server, "Tokens")["text"]
    tokens.dblclick()
    expect(drawn(chat, "[contenteditable=plaintext-only], [contenteditable=true]").first).to_be_visible()
    chat.keyboard.press("Control+End")
    chat.keyboard.type(" in all")
    chat.keyboard.press("Enter")
    expect(tokens).to_contain_text("in all")
    after = named(chat, server, "Tokens")["text"]
    # What a chip is called is remembered when it is saved.
    chips = [{**part, "was": ""} for part in after["text"] if not isinstance(part, str)]
    assert chips == [{**part, "was": ""} for part in before["text"] if not isinstance(part, str)]
    assert after["text"][-1].endswith(" in all")


@pytest.mark.slow
def test_a_rectangle_from_empty_ground_selects_what_it_touches(chat: Page) -> None:
    title, hint = drawn(chat, "[data-el=el_title1]"), drawn(chat, "[data-el=el_hint01]")
    board = chat.locator(".artboard").bounding_box()
    assert board is not None
    (_, top), (_, bottom) = at(title, 0, 0.2), at(hint, 0, 0.8)
    chat.mouse.move(board["x"] - 8, top)
    chat.mouse.down()
    chat.mouse.move(board["x"] + 30, top + 4)
    chat.mouse.move(at(title, 0.3, 0)[0], bottom, steps=4)
    expect(chat.locator(".marquee")).to_be_visible()
    # What it catches is outlined while it is drawn, and nothing is selected yet.
    caught = chat.locator("[data-caught] > div:visible")
    expect(caught).to_have_count(2)
    assert (caught.last.bounding_box() or {})["y"] == pytest.approx((hint.bounding_box() or {})["y"], abs=1)
    expect(selected(chat)).to_have_attribute("data-name", "chat")
    chat.mouse.up()
    expect(chat.locator(".marquee")).to_be_hidden()
    expect(caught).to_have_count(0)
    expect(selected(chat)).to_have_count(2)
    expect(selected(chat).first).to_have_attribute("data-name", "Ask Juniper")
    expect(chat.locator("#spoken")).to_have_text("2 elements are selected")
    # With Shift it adds to them; Esc while it is drawn leaves all as it was.
    x, y = at(drawn(chat, "[data-el=el_compos]"), 0.5, 0.5)
    for is_taken in (False, True):
        chat.keyboard.down("Shift")
        chat.mouse.move(board["x"] - 8, y)
        chat.mouse.down()
        chat.mouse.move(x, y + 4, steps=3)
        expect(caught).not_to_have_count(0)
        if not is_taken:
            chat.keyboard.press("Escape")
            expect(caught).to_have_count(0)
        chat.mouse.up()
        chat.keyboard.up("Shift")
        expect(selected(chat)).to_have_count(3 if is_taken else 2)
    expect(chat.locator("#spoken")).to_have_text("3 elements are selected")
    row(chat, "Conversation").click()
    title.click()
    chat.keyboard.press("Control+a")
    expect(selected(chat)).to_have_count(2)


@pytest.mark.slow
def test_alt_copies_and_the_clipboard_takes_several(chat: Page) -> None:
    chat.keyboard.down("Alt")
    drag(
        chat,
        drawn(chat, "[data-el=el_send01]"),
        drawn(chat, "[data-el=el_quest1]"),
        0.1,
        said="Send 2 is now in Composer, first",
    )
    chat.keyboard.up("Alt")
    row(chat, "Ask Juniper").click()
    row(chat, "Hint").click(modifiers=["Control"])
    expect(chat.locator("#panel")).to_contain_text("2 elements")
    chat.keyboard.press("Control+c")
    row(chat, "Send 2").click()
    chat.keyboard.press("Control+v")
    expect(chat.locator("#spoken")).to_have_text("2 elements are now in Composer, after Send 2")
    chat.keyboard.press("Control+Alt+g")
    expect(chat.locator("#spoken")).to_have_text("2 elements are now in Group")


@pytest.mark.slow
def test_the_tree_is_searched_and_renamed_in_place(chat: Page) -> None:
    chat.get_by_role("button", name="Find in the tree").click()
    chat.keyboard.type("stream")
    expect(row(chat, "Live answer")).to_be_visible()
    expect(row(chat, "Composer")).to_be_hidden()
    chat.keyboard.press("Escape")
    expect(row(chat, "Composer")).to_be_visible()
    row(chat, "Send").dblclick()
    chat.keyboard.type("Go")
    chat.keyboard.press("Enter")
    expect(row(chat, "Go")).to_be_focused()
    chat.keyboard.press("F2")
    chat.keyboard.type("Never")
    chat.keyboard.press("Escape")
    expect(row(chat, "Go")).to_be_focused()


@pytest.mark.slow
def test_the_recorded_sample_plays_on_the_canvas_and_stops(chat: Page) -> None:
    answer = drawn(chat, "[data-el=el_reply1]")
    whole = answer.inner_text()
    answer.click()
    chat.locator(".sel-bar").get_by_role("button", name="Play sample").click()
    expect(answer).to_contain_text("Juniper is thinking")
    expect(answer).not_to_contain_text("thinking")
    assert len(answer.inner_text()) < len(whole)
    chat.locator(".sel-bar").get_by_role("button", name="Stop").click()
    assert answer.inner_text() == whole


# Fingers


@pytest.mark.slow
@pytest.mark.parametrize("size", ["narrow"])
def test_a_finger_that_rests_takes_up_what_lies_there_and_scrolls_else(
    page: Page, open_browser: Callable[..., Page], server: StreamwrightServer
) -> None:
    slug = new_app(page, server, "demo")
    touched = open_browser(storage_state=page.context.storage_state(), has_touch=True, is_mobile=True)
    touched.goto(f"{server.url}/apps/{slug}/design/pg_chat01/")
    ready(touched)
    finger = touched.context.new_cdp_session(touched)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        """What Chromium makes of a finger: a tap, a scroll or a drag."""
        finger.send(
            "Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": [{"x": x, "y": y} for x, y in points]}
        )

    ghost, tip = touched.locator("#drag-ghost"), touched.locator("#drag-ghost .tip")
    send, message = drawn(touched, "[data-el=el_send01]"), drawn(touched, "[data-el=el_quest1]")
    scrolled = "frame => frame.contentWindow.scrollY"
    frame = touched.locator(".artboard-page")
    touch("Start", (200, 500))
    for far in range(20, 200, 20):
        touch("Move", (200, 500 - far))
    expect(ghost).to_be_hidden()
    touch("End")
    touched.wait_for_function("() => document.querySelector('.artboard-page').contentWindow.scrollY > 0")
    touched.touchscreen.tap(*at(send, 0.5, 0.5))
    expect(selected(touched)).to_have_attribute("data-name", "Send")
    begin, end, before = at(send, 0.5, 0.5), at(message, 0.1, 0.5), frame.evaluate(scrolled)
    touch("Start", begin)
    expect(ghost).to_be_visible()
    touch("Move", ((begin[0] + end[0]) / 2, end[1]))
    touch("Move", end)
    expect(tip).to_have_text("Into Composer, first")
    assert frame.evaluate(scrolled) == before
    touch("End")
    expect(touched.locator("#spoken")).to_have_text("Send is now in Composer, first")
    touched.locator("sw-drawer[data-opens=left] button").click()
    touch("Start", at(tile(touched, "Button"), 0.5, 0.5))
    expect(ghost).to_be_visible()
    expect(touched.locator("#left")).not_to_have_attribute("data-open", "")
    touch("Move", at(send, 0.5, 0.2))
    touch("Move", at(message, 0.1, 0.5))
    expect(tip).to_have_text(re.compile("^Into Composer"))
    touch("End")
    expect(touched.locator("#spoken")).to_have_text(re.compile("^Button is now in Composer"))


@pytest.mark.slow
def test_with_shift_a_picture_keeps_its_shape(page: Page, server: StreamwrightServer) -> None:
    slug = new_app(page, server, "demo")
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/")
    photo = {"type": "image", "name": "Photo", "props": {"src": "/static/mark.svg", "max_width": 120}, "slots": {}}
    place = {"node": "el_photo1", "parent": "pg_chat01", "slot": "children", "index": 0}
    perform(page, slug, [{"do": "insert", "doc": "page/pg_chat01", "nodes": {"el_photo1": photo}, **place}])
    page.reload()
    ready(page)
    row(page, "Photo").click()
    picture = drawn(page, "[data-el=el_photo1]")
    expect(picture).to_be_visible()
    before = picture.evaluate(SHAPE)
    page.keyboard.down("Shift")
    pull(page, "e", 40, 0)
    expect(page.locator("#size-tip")).to_have_text(re.compile(r"^\d+ × \d+ px$"))
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page.locator("#size-tip")).to_be_hidden()
    after = picture.evaluate(SHAPE)
    assert after[0] > before[0] + 20
    assert after[0] / after[1] == pytest.approx(before[0] / before[1], rel=0.03)


@pytest.mark.slow
def test_an_authors_own_html_is_as_tall_on_the_canvas_as_what_is_in_it(page: Page, server: StreamwrightServer) -> None:
    slug = new_app(page, server, "demo")
    page.goto(f"{server.url}/apps/{slug}/design/pg_chat01/")
    html = "<style>body { margin: 0 } p { margin: 0; height: 333px }</style><p>Open on Monday</p>"
    own = {"type": "html", "name": "Hours", "props": {"title": "Hours", "html": html}, "slots": {}}
    place = {"node": "el_hours1", "parent": "pg_chat01", "slot": "children", "index": 0}
    perform(page, slug, [{"do": "insert", "doc": "page/pg_chat01", "nodes": {"el_hours1": own}, **place}])
    page.reload()
    ready(page)
    expect(drawn(page, "[data-el=el_hours1] iframe")).to_have_css("block-size", "333px")


# How wide and how tall.
SHAPE = """element => { const { width, height } = element.getBoundingClientRect(); return [width, height]; }"""
