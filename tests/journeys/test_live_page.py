"""A live page in a real browser: what the hand does too fast for the network still counts."""

import pytest
from playwright.sync_api import expect


@pytest.mark.browser
def test_enter_right_after_the_last_letter_sends(page, server):
    """The Send button waits for what was typed; Enter waits for it."""
    page.goto(f"{server.url}/preview/demo/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_visible()
    box = page.get_by_role("textbox", name="Message")
    box.fill("Why does my fig drop its leaves?")
    box.press("Enter")
    expect(page.locator("sw-live-text")).to_contain_text("Why does my fig drop its leaves?")
    expect(box).to_have_value("")


@pytest.mark.browser
def test_enter_with_nothing_typed_sends_nothing(page, server):
    page.goto(f"{server.url}/preview/demo/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_visible()
    box = page.get_by_role("textbox", name="Message")
    box.fill("   ")
    box.press("Enter")
    expect(page.get_by_role("button", name="Send")).to_be_disabled()
    expect(box).to_have_value("   ")
