"""Groups whose elements stand at their own X and Y: carried by hand and by keys, dropped in and out, and as the page is
looked at they stand where the canvas showed them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import ready
from tests.journeys.design_tab import at, drawn, row, selected, spot, tile
from tests.journeys.fixed_group import PLACE, boxes, hold, named, named_key, place, release
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser


def test_it_is_carried_snaps_is_taken_back_and_stays_where_it_is_let_go(
    fixed: Page, server: StreamwrightServer
) -> None:
    go, tip, guides = drawn(fixed, "[data-el=el_go0001]"), fixed.locator("#size-tip"), fixed.locator("[data-guide]")
    hold(fixed, go, 100, 76)
    # So near to the upper edge of Stop it meets that.
    expect(tip).to_have_text("140, 200")
    assert place(fixed, "el_go0001") == (140, 200)
    assert guides.evaluate_all("all => all.map((each) => each.dataset.guide)").count("y") == 3
    fixed.keyboard.down("Control")
    expect(tip).to_have_text("140, 196")
    expect(guides).to_have_count(0)
    fixed.keyboard.up("Control")
    fixed.keyboard.down("Shift")
    expect(tip).to_have_text("140, 120")
    fixed.keyboard.up("Shift")
    fixed.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    fixed.mouse.up()
    assert place(fixed, "el_go0001") == (40, 120)
    expect(go).not_to_have_attribute("style", re.compile("."))
    hold(fixed, go, 100, 76)
    release(fixed, "^Go is at 140, 200$")
    assert place(fixed, "el_go0001") == (140, 200)
    expect(selected(fixed)).to_have_attribute("data-name", "Go")
    expect(fixed.locator(".handle:visible")).to_have_count(2)
    assert {"x": 140, "y": 200}.items() <= named(fixed, server, "Go").items()
    fixed.keyboard.press("Control+z")
    expect(go).to_have_attribute("data-x", "40")
    assert place(fixed, "el_go0001") == (40, 120)


def test_arrows_move_it_as_one_step_and_walk_elsewhere(fixed: Page, server: StreamwrightServer) -> None:
    drawn(fixed, "[data-el=el_go0001]").click()
    spoken = fixed.locator("#spoken")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowDown", "ArrowUp"):
        fixed.keyboard.press(key)
    expect(spoken).to_have_text("x 42, y 129")
    expect(fixed.locator("#size-tip")).to_have_text("42, 129")
    assert place(fixed, "el_go0001") == (42, 129)
    expect(spoken).to_have_text("Go is at 42, 129")
    fixed.keyboard.press("ArrowRight")
    fixed.keyboard.press("Escape")
    assert place(fixed, "el_go0001") == (42, 129)
    expect(selected(fixed)).to_have_attribute("data-name", "Go")
    fixed.keyboard.press("Control+z")
    expect(drawn(fixed, "[data-el=el_go0001]")).to_have_attribute("data-x", "40")
    assert {"x": 40, "y": 120}.items() <= named(fixed, server, "Go").items()
    fixed.keyboard.press("Tab")
    expect(selected(fixed)).to_have_attribute("data-name", "Stop")
    row(fixed, "Send").click()
    fixed.keyboard.press("F6")
    fixed.keyboard.press("ArrowDown")
    expect(selected(fixed)).to_have_attribute("data-name", "More")


@pytest.mark.slow
def test_what_comes_from_elsewhere_is_put_at_a_place_and_what_goes_elsewhere_in_line(
    fixed: Page, server: StreamwrightServer
) -> None:
    tip, hero = fixed.locator("#drag-ghost .tip"), drawn(fixed, "[data-el=el_hero01]")
    box = hero.bounding_box()
    assert box is not None
    # From the palette: its corner is where the pointer is, as far as nothing else is near.
    fixed.mouse.move(*at(tile(fixed, "Button"), 0.5, 0.5))
    fixed.mouse.down()
    corner = (box["x"] + 17 + 170, box["y"] + 17 + 301)
    fixed.mouse.move(corner[0] + 20, corner[1])
    fixed.mouse.move(*corner)
    expect(tip).to_have_text("Into Hero at 170, 301")
    expect(fixed.locator("[data-guide=corner]")).to_have_count(1)
    expect(fixed.locator(".drop-line")).to_be_hidden()
    release(fixed, "^Button is now in Hero, after Card, at 170, 301$")
    assert {"x": 170, "y": 301}.items() <= named(fixed, server, "Button").items()
    assert fixed.get_by_role("button", name="Undo: Add Button").is_enabled()
    # From another group: its box, held where it was taken up.
    send = drawn(fixed, "[data-el=el_send01]")
    begin, inner = send.bounding_box(), hero.bounding_box()
    assert begin is not None and inner is not None
    hold(fixed, send, inner["x"] + 17 + 400 - begin["x"], inner["y"] + 17 + 277 - begin["y"])
    expect(tip).to_have_text("Into Hero at 400, 277")
    expect(fixed.locator("[data-guide=place]")).to_have_count(1)
    release(fixed, "^Send is now in Hero, after Button, at 400, 277$")
    assert place(fixed, "el_send01") == (400, 277)
    # A copy; what is copied stays.
    fixed.keyboard.down("Alt")
    hold(fixed, send, -96, 43)
    expect(tip).to_have_text("Copy into Hero at 304, 320")
    release(fixed, "^Send 2 is now in Hero, after Send, at 304, 320$")
    fixed.keyboard.up("Alt")
    assert place(fixed, "el_send01") == (400, 277)
    # Out of it, between others, as anywhere else.
    stop, more = drawn(fixed, "[data-el=el_stop01]").bounding_box(), drawn(fixed, "[data-el=el_more01]").bounding_box()
    assert stop is not None and more is not None
    hold(fixed, drawn(fixed, "[data-el=el_stop01]"), more["x"] - stop["x"], more["y"] - stop["y"] + 12)
    expect(tip).to_have_text("Into Column, after More")
    expect(fixed.locator(".drop-line")).to_be_visible()
    assert place(fixed, "el_stop01") == (240, 200)
    release(fixed, "^Stop is now in Column, after More$")


@pytest.mark.slow
def test_chosen_fixed_all_stay_where_they_are_and_several_are_carried_as_one(
    fixed: Page, server: StreamwrightServer
) -> None:
    row(fixed, "Column").click()
    fixed.get_by_role("tab", name="Layout").click()
    before = boxes(fixed, "el_send01", "el_more01", "el_col001")
    fixed.locator("#panel").get_by_text("Fixed", exact=True).click()
    column = drawn(fixed, "[data-el=el_col001]")
    expect(column).to_have_attribute("data-direction", "fixed")
    after = boxes(fixed, "el_send01", "el_more01", "el_col001")
    # A button is as wide as its words there.
    assert [each[:2] for each in after] == [each[:2] for each in before]
    assert after[2] == before[2]
    assert named(fixed, server, "More")["y"] == before[1][1] - before[0][1]
    fixed.keyboard.press("Control+z")
    expect(column).to_have_attribute("data-direction", "column")
    assert boxes(fixed, "el_send01", "el_more01", "el_col001") == before
    drawn(fixed, "[data-el=el_go0001]").click()
    drawn(fixed, "[data-el=el_stop01]").click(modifiers=["Shift"])
    fixed.keyboard.down("Control")
    hold(fixed, drawn(fixed, "[data-el=el_stop01]"), -100, 33)
    # None of them beyond the corner: the other one keeps its distance.
    assert (place(fixed, "el_go0001"), place(fixed, "el_stop01")) == ((0, 153), (200, 233))
    release(fixed, "^2 elements were moved by −40, 33$")
    fixed.keyboard.up("Control")
    expect(selected(fixed)).to_have_count(2)
    fixed.keyboard.press("Shift+ArrowDown")
    fixed.keyboard.press("ArrowLeft")
    expect(fixed.locator("#spoken")).to_have_text("2 elements were moved by 0, 10")
    assert {"x": 0, "y": 163}.items() <= named(fixed, server, "Go").items()
    row(fixed, "Card").click()
    words = boxes(fixed, "el_words1")
    fixed.keyboard.press("Control+Shift+g")
    expect(row(fixed, "Card")).to_have_count(0)
    assert boxes(fixed, "el_words1")[0][:2] == words[0][:2]


@pytest.mark.slow
def test_on_a_phone_they_have_places_of_their_own_and_the_page_shows_what_the_canvas_did(
    fixed: Page, server: StreamwrightServer
) -> None:
    fixed.locator("sw-widths").get_by_label("Phone").check(force=True)
    expect(fixed.locator("[data-scope]")).to_have_text("Editing: ≤ 480 px")
    drawn(fixed, "[data-el=el_stop01]").click()
    hold(fixed, drawn(fixed, "[data-el=el_stop01]"), -200, 60)
    release(fixed, "^Stop is at 40, 260$")
    fixed.keyboard.press("ArrowLeft")
    expect(fixed.locator("#spoken")).to_have_text("Stop is at 39, 260")
    props = named(fixed, server, "Stop")
    assert (props["x"], props["y"], props["at"]["phone"]) == (240, 200, {"x": 39, "y": 260})
    keys = ("el_title1", "el_go0001", "el_stop01")
    narrow = [place(fixed, key) for key in keys]
    fixed.locator("sw-widths").get_by_label("Desktop").check(force=True)
    expect(fixed.locator("[data-scope]")).to_have_text("Editing: all widths")
    wide = [place(fixed, key) for key in keys]
    assert (wide[2], narrow[2]) == ((240, 200), (39, 260))
    slug, root = fixed.locator("body").get_attribute("data-app"), fixed.locator("#canvas").get_attribute("data-page")
    fixed.goto(f"{server.url}/preview/{slug}/{root}/")
    ready(fixed)
    for width, expected in ((1440, wide), (390, narrow)):
        fixed.set_viewport_size({"width": width, "height": 844})
        assert [tuple(fixed.locator(".sw-button, .sw-heading").nth(at).evaluate(PLACE)) for at in range(3)] == expected


@pytest.mark.slow
def test_by_keys_alone_an_element_is_added_and_put_at_its_place(fixed: Page, server: StreamwrightServer) -> None:
    keys, spoken = fixed.keyboard, fixed.locator("#spoken")
    keys.press("Enter")
    keys.press("Enter")
    expect(spoken).to_have_text("Title, heading, 1 of 4")
    keys.press("Tab")
    expect(selected(fixed)).to_have_attribute("data-name", "Go")
    keys.press("a")
    keys.type("Link")
    keys.press("Enter")
    expect(selected(fixed)).to_have_attribute("data-name", "Link")
    keys.press("Escape")
    keys.press("Escape")
    expect(fixed.locator(".artboard")).to_be_focused()
    before = place(fixed, named_key(fixed, "Link"))
    for key in ("Shift+ArrowRight", "ArrowRight", "Shift+ArrowDown"):
        keys.press(key)
    expect(spoken).to_have_text(f"Link is at {before[0] + 11}, {before[1] + 10}")
    keys.press("?")
    expect(fixed.get_by_role("row", name="Move left by 10 px Shift ←")).to_be_visible()
    keys.press("Escape")
    keys.press("Control+k")
    keys.type("left by 10")
    keys.press("Enter")
    expect(spoken).to_have_text(f"Link is at {before[0] + 1}, {before[1] + 10}")
    assert named(fixed, server, "Link")["x"] == before[0] + 1


@pytest.mark.slow
def test_what_somebody_else_moves_meanwhile_moves_beside_what_is_carried(
    fixed: Page, open_browser: Callable[..., Page], signed_in_state: object
) -> None:
    other = open_browser(storage_state=signed_in_state)
    other.goto(fixed.url)
    ready(other)
    hold(fixed, drawn(fixed, "[data-el=el_go0001]"), 20, 153)
    drawn(other, "[data-el=el_stop01]").click()
    other.keyboard.press("Shift+ArrowUp")
    other.keyboard.press("Enter")
    expect(drawn(fixed, "[data-el=el_stop01]")).to_have_attribute("data-y", "190")
    assert (place(fixed, "el_go0001"), place(fixed, "el_stop01")) == ((60, 273), (240, 190))
    release(fixed, "^Go is at 60, 273$")
    expect(drawn(other, "[data-el=el_go0001]")).to_have_attribute("data-y", "273")
    assert [place(each, "el_go0001") for each in (fixed, other)] == [(60, 273)] * 2


@pytest.mark.slow
def test_open_ground_below_makes_the_group_taller_and_farther_away_leads_out_of_it(fixed: Page) -> None:
    row(fixed, "Column").click()
    fixed.keyboard.press("Delete")
    expect(selected(fixed)).to_have_attribute("data-name", "Hero")
    row(fixed, "index").click()
    tip, ghost, hero = fixed.locator("#size-tip"), fixed.locator("#drag-ghost .tip"), boxes(fixed, "el_hero01")[0]
    begin = spot(drawn(fixed, "[data-el=el_go0001]"), 0.5, 0.5)
    below = hero[3] - 120 + 30
    fixed.keyboard.down("Control")
    hold(fixed, drawn(fixed, "[data-el=el_go0001]"), 100, below)
    expect(tip).to_have_text(f"140, {120 + below}")
    assert boxes(fixed, "el_hero01")[0] == hero
    fixed.mouse.move(begin[0] + 100, begin[1] + below + 160)
    expect(ghost).to_have_text("Into index, after Hero")
    expect(tip).to_be_hidden()
    assert place(fixed, "el_go0001") == (40, 120)
    fixed.mouse.move(begin[0] + 100, begin[1] + below)
    release(fixed, f"^Go is at 140, {120 + below}$")
    fixed.keyboard.up("Control")
    assert boxes(fixed, "el_hero01")[0][3] > hero[3]
