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


@pytest.mark.browser
def test_S33_a_duplicated_tab_gets_a_visit_of_its_own(page, server):
    """A duplicated tab begins with a copy of the storage: the lock tells the copy from the original."""
    address = f"{server.url}/preview/demo/pg_chat01/"
    page.goto(address)
    expect(page.locator("body[data-live]")).to_be_visible()
    stored = page.evaluate("JSON.stringify(sessionStorage)")
    other = page.context.new_page()
    other.add_init_script(f"for (const [key, value] of Object.entries({stored})) sessionStorage.setItem(key, value)")
    other.goto(address)
    expect(other.locator("body[data-live]")).to_be_visible()
    visits = [
        each.evaluate("Object.values(sessionStorage).find((value) => value.startsWith('vi_'))")
        for each in (page, other)
    ]
    assert len(set(visits)) == 2
    expect(page.locator("body[data-live]")).to_be_visible()


@pytest.mark.browser
def test_S33_a_reload_gets_its_visit_back(page, server):
    page.goto(f"{server.url}/preview/demo/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_visible()
    box = page.get_by_role("textbox", name="Message")
    box.fill("Half a question")
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    page.reload()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("Half a question")
