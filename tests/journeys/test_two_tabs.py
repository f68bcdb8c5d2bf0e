"""Two tabs of one app, or two people in it: each sees what the other changes, and keeps what its own hand is at."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser import make_app, ready
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser


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
    for _ in range(200):
        if heard:
            break
        page.wait_for_timeout(50)
    page.remove_listener("websocket", opened)
    assert heard
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


def test_a_tab_does_not_follow_itself(page: Page, app: str) -> None:
    at(page, f"{app}/design/pg_chat01/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    insert(page, "Image")
    page.wait_for_timeout(800)
    assert not [url for url in asked if "/history/" in url]


def test_a_tab_that_was_away_follows_when_it_is_back(page: Page, other: Page, app: str) -> None:
    at(page, f"{app}/design/pg_chat01/")
    at(other, f"{app}/design/pg_chat01/")
    other.context.set_offline(True)
    insert(page, "Image")
    other.wait_for_timeout(500)
    other.context.set_offline(False)
    expect(other.locator('#tree [data-name="Image"]')).to_be_visible()
