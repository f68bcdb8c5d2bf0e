"""Two tabs of one app, or two people in it: each sees what the other changes, and keeps what its own hand is at."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser import make_app, ready, until
from tests.journeys.fake_sockets import FakeSockets
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

# As in parts/news.js: changes in quick succession are followed once, a lost socket is opened again.
PAUSE_MS, AGAIN_MS = 250, 2000
NOT_YOURS = 4004


@pytest.fixture
def app(page: Page, server: StreamwrightServer) -> str:
    """The address of a demo app that only this test changes."""
    return make_app(page, server, f"two-{token_hex(4)}", "Two")


@pytest.fixture
def other(open_browser: Callable[..., Page], signed_in_state: Any) -> Page:
    """A second browser."""
    return open_browser(storage_state=signed_in_state)


def at(page: Page, address: str) -> Page:
    """A page whose scripts have come, and that has heard where its app stands."""
    heard: list[str] = []

    def opened(socket: WebSocket) -> None:
        if "/ws/editor/" in socket.url:
            socket.on("framereceived", lambda _: heard.append(socket.url))

    page.on("websocket", opened)
    page.goto(address)
    ready(page)
    until(page, lambda: heard)
    page.remove_listener("websocket", opened)
    return page


def insert(page: Page, name: str) -> None:
    page.locator("sw-palette").get_by_role("button", name=name, exact=True).press("Enter")
    expect(page.locator(f'#tree [data-name="{name}"]')).to_be_visible()


def test_tree_canvas_and_undo_follow_and_what_is_typed_stays(page: Page, other: Page, app: str) -> None:
    at(page, f"{app}/design/pg_chat01/?node=el_hint01")
    at(other, f"{app}/design/pg_chat01/?node=el_brand1")
    words = other.locator('#panel [data-prop="text"] .words')
    words.click()
    other.keyboard.press("Control+a")
    other.keyboard.type("Half a na")
    insert(page, "Image")
    expect(other.locator('#tree [data-name="Image"]')).to_be_visible()
    expect(other.frame_locator(".artboard-page").locator('[data-type="image"]')).to_be_attached()
    expect(words).to_be_focused()
    other.keyboard.type("me")
    expect(words).to_have_text("Half a name")
    # The other one sees that, too: the newest undo of this person is now what was typed there.
    expect(page.frame_locator(".artboard-page").locator('[data-el="el_brand1"]')).to_have_text("Half a name")
    expect(page.locator('sw-history [data-verb="undo"]')).to_have_attribute("aria-label", "Undo: Change text of Brand")
    expect(page.locator("#tree [aria-selected=true]")).to_have_attribute("data-name", "Image")


def test_a_name_that_is_being_typed_is_not_overwritten(page: Page, other: Page, app: str) -> None:
    at(page, f"{app}/design/pg_chat01/?node=el_hint01")
    at(other, f"{app}/design/pg_chat01/?node=el_brand1")
    name = other.locator("#panel [data-name]")
    name.fill("Half")
    insert(page, "Image")
    expect(other.locator('#tree [data-name="Image"]')).to_be_visible()
    expect(name).to_have_value("Half")
    expect(name).to_be_focused()


@pytest.mark.slow
def test_workflows_calls_and_data_types_follow(page: Page, other: Page, app: str) -> None:
    at(page, f"{app}/design/pg_chat01/?node=el_send01")
    at(other, f"{app}/workflows/")
    page.locator("#panel [data-name]").fill("Ask now")
    page.keyboard.press("Enter")
    expect(other.locator("#workflows")).to_contain_text("Ask now is clicked")

    at(other, f"{app}/connector/")
    at(page, f"{app}/connector/ai_pract1/ca_ask001/")
    search = other.get_by_role("searchbox").first
    search.fill("Half")
    page.get_by_label("Name of the call").fill("Ask for half")
    page.keyboard.press("Enter")
    expect(other.get_by_role("treeitem", name="Ask for half")).to_be_visible()
    expect(search).to_have_value("Half")

    at(other, f"{app}/data/dt_messag/")
    at(page, f"{app}/data/dt_messag/")
    field = other.get_by_label("Name", exact=True)
    field.fill("Half")
    page.get_by_label("Name", exact=True).fill("Mood")
    page.get_by_role("button", name="Add field").click()
    expect(other.get_by_role("list", name="Fields").get_by_role("textbox").nth(2)).to_have_value("Mood")
    expect(field).to_have_value("Half")


def _history_asked(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/history/" in request.url else None)
    return asked


def test_a_tab_does_not_follow_itself(page: Page, app: str) -> None:
    sockets = FakeSockets(page, "/ws/editor/")
    page.clock.install()
    page.goto(f"{app}/design/pg_chat01/")
    ready(page)
    asked = _history_asked(page)
    own = page.evaluate("import('lib/http').then(({ tab }) => tab)")
    for mark, tab in (("1", ""), ("2", own)):
        sockets.say(0, {"mark": mark, "tab": tab, "who": "Ada", "label": "Add Image"})
    page.clock.run_for(PAUSE_MS)
    assert asked == [], "the first mark is where the tab begins, the second its own"
    with page.expect_request("**/history/"):
        sockets.say(0, {"mark": "3", "tab": "another", "who": "Bo", "label": "Add Image"})
        page.clock.run_for(PAUSE_MS)


def test_a_tab_that_was_away_follows_when_it_is_back(page: Page, app: str) -> None:
    sockets = FakeSockets(page, "/ws/editor/")
    page.clock.install()
    page.goto(f"{app}/design/pg_chat01/")
    ready(page)
    sockets.say(0, {"mark": "1"})
    sockets.close(0, 1006)
    page.clock.run_for(AGAIN_MS)
    sockets.wait_for(2)
    asked = _history_asked(page)
    sockets.say(1, {"mark": "1"})
    page.clock.run_for(PAUSE_MS)
    assert asked == [], "nothing happened meanwhile"
    sockets.close(1, 1006)
    page.clock.run_for(AGAIN_MS)
    sockets.wait_for(3)
    with page.expect_request("**/history/"):
        sockets.say(2, {"mark": "2"})
        page.clock.run_for(PAUSE_MS)


@pytest.mark.parametrize("cut_first", [True, False], ids=["told and closed", "only closed"])
def test_who_is_signed_out_is_told_once(page: Page, app: str, cut_first: bool) -> None:
    """The server says why and closes; on a slow line the page may see the closing alone."""
    sockets = FakeSockets(page, "/ws/editor/")
    page.goto(f"{app}/design/pg_chat01/")
    ready(page)
    sockets.say(0, {"mark": "1"})
    if cut_first:
        why = {"code": "signed_out", "sentence": "You are signed out.", "why": "", "todo": "Load the page again."}
        sockets.say(0, {"cut": why})
    sockets.close(0, NOT_YOURS)
    expect(page.locator("#toasts").get_by_text("You are signed out")).to_have_count(1)
    expect(page.locator("#toasts").get_by_text("stays in its field")).to_have_count(1)
