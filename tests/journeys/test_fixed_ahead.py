"""What hands do in a fixed group, and numbers of the panel, are seen before the server has answered."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.design_tab import FRAMES, answer, at, drawn, row, selected, sent, tile
from tests.journeys.fixed_group import PLACE, boxes, element, hold, place
from tests.journeys.hands import perform
from tests.journeys.test_ahead import GESTURES, REFUSED

pytestmark = pytest.mark.browser


def test_x_in_the_panel_is_seen_with_each_step_and_goes_back_where_it_is_refused(
    fixed: Page, complaints: list[str]
) -> None:
    held: list[Route] = []
    fixed.route(GESTURES, lambda route: held.append(route))
    go, x = drawn(fixed, "[data-el=el_go0001]"), fixed.get_by_label("X", exact=True)
    go.click()
    fixed.get_by_role("tab", name="Layout").click()
    x.press("ArrowUp")
    x.press("Shift+ArrowUp")
    assert place(fixed, "el_go0001") == (51, 120)
    # Before it is sent, it is simply forgotten.
    x.press("Escape")
    assert place(fixed, "el_go0001") == (40, 120)
    assert not held
    x.fill("60*2")
    sent(fixed, held, lambda: x.press("Enter"))
    assert place(fixed, "el_go0001") == (120, 120)
    first = held.pop()
    # What is stepped to meanwhile stays when the first of it is drawn, and beside it what another field says.
    y = fixed.get_by_label("Y", exact=True)
    y.press("ArrowDown")
    assert place(fixed, "el_go0001") == (120, 119)
    with fixed.expect_response(GESTURES):
        first.continue_()
    sent(fixed, held, lambda: None)
    expect(go).to_have_attribute("data-x", "120")
    assert place(fixed, "el_go0001") == (120, 119)
    held.pop().fulfill(status=409, json=REFUSED)
    expect(fixed.get_by_text("Somebody else is at it.")).to_be_visible()
    assert place(fixed, "el_go0001") == (120, 120)
    expect(go).not_to_have_attribute("style", re.compile("."))
    # Any other length, of several elements at once.
    drawn(fixed, "[data-el=el_stop01]").click(modifiers=["Shift"])
    expect(fixed.locator("#panel [data-nodes='el_go0001,el_stop01']")).to_be_visible()
    fixed.get_by_label("Min width", exact=True).fill("200")
    fixed.get_by_label("Min width", exact=True).press("Enter")
    assert [each[2] for each in boxes(fixed, "el_go0001", "el_stop01")] == [200, 200]
    complaints[:] = [each for each in complaints if "409" not in each]


@pytest.mark.slow
def test_what_is_let_go_is_seen_there_at_once_and_goes_back_where_it_is_refused(
    fixed: Page, complaints: list[str]
) -> None:
    held: list[Route] = []
    fixed.route(GESTURES, lambda route: held.append(route))

    def sent() -> Route:
        while not held:
            fixed.evaluate("new Promise(requestAnimationFrame)")
        return held.pop()

    go = drawn(fixed, "[data-el=el_go0001]")
    hold(fixed, go, 100, 160)
    fixed.mouse.up()
    first = sent()
    assert place(fixed, "el_go0001") == (140, 280)
    # The second begins where the first ended, and the answer to that takes nothing back.
    fixed.keyboard.press("Shift+ArrowRight")
    with fixed.expect_response(GESTURES):
        first.continue_()
    second = sent()
    assert place(fixed, "el_go0001") == (150, 280)
    second.fulfill(status=409, json=REFUSED)
    expect(fixed.get_by_text("Somebody else is at it.")).to_be_visible()
    assert place(fixed, "el_go0001") == (140, 280)
    expect(go).not_to_have_attribute("style", re.compile("."))
    # From another group it is in this one at once.
    send, hero = drawn(fixed, "[data-el=el_send01]"), drawn(fixed, "[data-el=el_hero01]")
    begin, inner = send.bounding_box(), hero.bounding_box()
    assert begin is not None and inner is not None
    hold(fixed, send, inner["x"] + 417 - begin["x"], inner["y"] + 317 - begin["y"])
    fixed.mouse.up()
    third = sent()
    assert place(fixed, "el_send01") == (400, 300)
    third.fulfill(status=409, json=REFUSED)
    expect(row(fixed, "Send")).to_have_attribute("data-parent", "el_col001")
    complaints[:] = [each for each in complaints if "409" not in each]


def test_what_is_new_or_copied_in_a_fixed_group_is_at_its_place_at_once(fixed: Page) -> None:
    held: list[Route] = []
    fixed.route(GESTURES, lambda route: held.append(route))
    go, ghost = drawn(fixed, "[data-el=el_go0001]"), drawn(fixed, "[data-ghost]")
    go.click()
    fixed.keyboard.press("Control+d")
    copy = selected(fixed).get_attribute("data-node") or ""
    assert (selected(fixed).get_attribute("data-name"), place(fixed, copy)) == ("Go 2", (50, 130))
    # It is the copy that is moved on, also before the server knows it.
    fixed.keyboard.press("Shift+ArrowRight")
    assert (place(fixed, copy), place(fixed, "el_go0001")) == ((60, 130), (40, 120))
    answer(fixed, held)
    sent(fixed, held, lambda: None)
    expect(drawn(fixed, f"[data-el={copy}][data-x='50']")).to_have_count(1)
    assert place(fixed, copy) == (60, 130)
    answer(fixed, held)
    expect(drawn(fixed, f"[data-el={copy}]")).to_have_attribute("data-x", "60")
    # From the palette, where it is let go.
    box = drawn(fixed, "[data-el=el_hero01]").bounding_box()
    assert box is not None
    fixed.mouse.move(*at(tile(fixed, "Button"), 0.5, 0.5))
    fixed.mouse.down()
    fixed.mouse.move(box["x"] + 217, box["y"] + 318)
    fixed.mouse.move(box["x"] + 187, box["y"] + 318)
    fixed.evaluate(FRAMES)
    fixed.mouse.up()
    expect(ghost).to_have_text("Button")
    assert tuple(ghost.evaluate(PLACE)) == (170, 301)
    answer(fixed, held)
    expect(drawn(fixed, "[data-x='170'][data-y='301']")).to_have_count(1)
    expect(ghost).to_have_count(0)


def test_equal_distances_are_met_and_shown_with_their_number(fixed: Page) -> None:
    root = fixed.locator("#canvas").get_attribute("data-page") or ""
    into = {"do": "insert", "doc": f"page/{root}", "parent": "el_hero01", "slot": "children", "index": 0}
    ends = {"el_left01": ("Left", 40), "el_right1": ("Right", 400)}
    nodes = {key: element("button", name, label=name, x=x, y=300) for key, (name, x) in ends.items()}
    slug = fixed.locator("body").get_attribute("data-app") or ""
    perform(fixed, slug, [{**into, "nodes": {key: node}, "node": key} for key, node in nodes.items()])
    expect(row(fixed, "Right")).to_be_visible()
    go, numbers = drawn(fixed, "[data-el=el_go0001]"), fixed.locator("[data-guide=gap-x]")
    left, right, own = boxes(fixed, "el_left01", "el_right1", "el_go0001")
    middle = (left[0] + left[2] + right[0] - own[2]) / 2
    hold(fixed, go, middle - own[0] + 4, left[1] - own[1] + 3)
    now = boxes(fixed, "el_go0001")[0]
    sides = (now[0] - left[0] - left[2], right[0] - now[0] - now[2])
    assert abs(sides[0] - sides[1]) <= 1
    expect(numbers).to_have_text([str(each) for each in sides])
    fixed.mouse.up()
    expect(numbers).to_have_count(0)
    # By the arrows, too: seen where they are equal, and only there.
    go.click()
    fixed.keyboard.press("ArrowRight")
    expect(fixed.locator("#size-tip")).to_be_visible()
    fixed.keyboard.press("ArrowRight")
    expect(numbers).to_have_count(0)
    fixed.keyboard.press("ArrowLeft")
    fixed.keyboard.press("ArrowLeft")
    expect(numbers).to_have_count(2)
    fixed.keyboard.press("Escape")
    expect(numbers).to_have_count(0)
