"""Looks where people meet them: the canvas wears a new theme at once, a preview is narrow on a phone, a condition holds."""

import re
from secrets import token_hex
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import make_app, ready
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

INPUT, HINT, BAR, ROOT = "el_quest1", "el_hint01", "el_compos", "pg_chat01"


@pytest.fixture
def app(page: Page, server: StreamwrightServer) -> str:
    return make_app(page, server, f"looks-{token_hex(4)}", "Looks")


def say(page: Page, app: str, **said: Any) -> Any:
    """A gesture as the tab says it."""
    headers = {
        "X-CSRFToken": page.locator("meta[name=csrf]").get_attribute("content") or "",
        "Origin": app.partition("/apps/")[0],
    }
    answer = page.request.post(f"{app}/design/{ROOT}/gestures/", data=said, headers=headers)
    assert answer.ok and answer.json()["ok"], answer.text()
    return answer.json()


def test_a_theme_a_breakpoint_and_a_condition_reach_canvas_and_visitors(page: Page, app: str) -> None:
    page.goto(f"{app}/design/{ROOT}/")
    ready(page)
    say(page, app, do="set_token", token="paper", side="light", value="#efeeed")
    # Somebody else's change comes without a reload.
    canvas = page.frame_locator("#canvas iframe").locator("html")
    expect(canvas).to_have_css("background-color", "rgb(239, 238, 237)")
    say(page, app, do="set", node=ROOT, prop="padding", value="lg")
    say(page, app, do="set", node=ROOT, prop="padding", value="none", at="phone")
    say(page, app, do="add_condition", node=HINT, on="when")
    made = page.evaluate(
        """async ([url]) => (await (await fetch(url)).text()).match(/cn_[a-z0-9]{6}/)?.[0]""",
        [f"{app}/design/{ROOT}/?node={HINT}"],
    )
    when = {"from": "element", "args": {"element": INPUT}, "ops": [{"op": "is", "args": ["loud"]}]}
    say(page, app, do="set_condition", node=HINT, condition=made, when=when)
    say(page, app, do="set_condition", node=HINT, condition=made, prop="tone", value="danger")

    page.goto(app.replace("/apps/", "/preview/") + f"/{ROOT}/")
    main, hint = page.locator("main.sw-page"), page.locator(f"[data-el={HINT}]")
    assert main.evaluate("each => getComputedStyle(each).paddingTop") != "0px"
    page.set_viewport_size({"width": 390, "height": 800})
    assert main.evaluate("each => getComputedStyle(each).paddingTop") == "0px"
    expect(page.locator("html")).to_have_css("background-color", "rgb(239, 238, 237)")
    expect(page.locator("body[data-live]")).to_be_attached()
    expect(hint).not_to_have_attribute("data-tone", "danger")
    page.locator(f"[data-el={INPUT}] .sw-control").fill("loud")
    page.locator(f"[data-el={INPUT}] .sw-control").blur()
    expect(hint).to_have_attribute("data-tone", "danger")
    page.reload()
    expect(hint).to_have_attribute("data-tone", "danger")


def test_each_side_has_a_padding_and_a_box_a_shadow_on_canvas_and_page(page: Page, app: str) -> None:
    page.goto(f"{app}/design/{ROOT}/?node={BAR}")
    ready(page)
    panel, box = page.locator("#panel"), page.frame_locator("#canvas iframe").locator(f"[data-el={BAR}]")
    page.get_by_role("tab", name="Layout").click()
    usual = box.evaluate("each => getComputedStyle(each).paddingLeft")
    panel.get_by_text("Each side").click()
    left = panel.get_by_role("group", name="Padding of each side").get_by_role("textbox", name="Left")
    expect(left).to_have_attribute("placeholder", usual.removesuffix("px"))
    left.fill("40")
    left.press("Enter")
    expect(box).to_have_css("padding-left", "40px")
    expect(box).to_have_css("padding-right", usual)
    # What is in it has its own.
    for inner in box.locator("[data-padding]").all():
        expect(inner).to_have_css("padding-left", "0px")
    panel.get_by_role("button", name="One value for all sides").click()
    expect(box).to_have_css("padding-left", usual)
    expect(left).to_have_value("")

    page.get_by_role("tab", name="Style").click()
    expect(box).to_have_css("box-shadow", "rgba(0, 0, 0, 0) 0px 0px 0px 0px")
    panel.get_by_role("radiogroup", name="Shadow").get_by_text("Medium").click()
    expect(box).to_have_css("box-shadow", re.compile("5px 14px -4px"))
    say(page, app, do="set", node=BAR, prop="padding_top", value=3, at="phone")
    say(page, app, do="set", node=BAR, prop="shadow", value="lg", at="phone")

    page.goto(app.replace("/apps/", "/preview/") + f"/{ROOT}/")
    live = page.locator(f"[data-el={BAR}]")
    expect(live).to_have_css("padding-top", usual)
    expect(live).to_have_css("box-shadow", re.compile("5px 14px -4px"))
    page.set_viewport_size({"width": 390, "height": 800})
    expect(live).to_have_css("padding-top", "3px")
    expect(live).to_have_css("padding-left", usual)
    expect(live).to_have_css("box-shadow", re.compile("14px 34px -10px"))
