"""Looks where people meet them: the canvas wears a new theme at once, a preview is narrow on a phone, a condition holds."""

from secrets import token_hex
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import make_app, ready
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

INPUT, HINT, ROOT = "el_quest1", "el_hint01", "pg_chat01"


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
