"""The server dies and comes back under a page that is open: what its visitor sees."""

import signal
import sqlite3
import time
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser import sign_in

QUESTION = "Why does my fig drop its leaves?"


def _stored(server, words: str) -> None:
    """Wait until what was typed is in a stored visit."""
    give_up = time.monotonic() + 20
    while time.monotonic() < give_up:
        with closing(sqlite3.connect(server.home / "streamwright.sqlite3", timeout=20)) as database:
            [(found,)] = database.execute(
                "SELECT count(*) FROM workflows_storedvisit WHERE instr(holds, ?) > 0", (words,)
            )
        if found:
            return
        time.sleep(0.05)
    raise AssertionError(f"Nothing with {words!r} was stored.")


@pytest.mark.browser
@pytest.mark.slow
def test_S33_a_page_outlives_its_server_and_a_refresh(open_browser, own_server, slug, complaints):
    own_server.shell(f"""
from builder.models import User
from builder.starters import starters
app = starters["demo"].make(User.objects.first(), "Chat", {slug!r})
api = app.documents.get(key="ai_pract1")
api.body["nodes"]["ca_ask001"]["props"]["path"] = "/v1/chat/completions?seed=7&speed=5&length=900"
api.save()
""")
    page = open_browser()
    sign_in(page, own_server)
    page.goto(f"{own_server.url}/preview/{slug}/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_visible()
    box, send = page.get_by_role("textbox", name="Message"), page.get_by_role("button", name="Send")
    box.fill(QUESTION)
    expect(send).to_be_enabled()
    send.click()
    answer = page.locator("sw-live-text")
    expect(answer).to_contain_text("Why does")
    box.fill("And why")
    _stored(own_server, "And why")
    own_server.end(signal.SIGKILL)
    expect(page.locator("body[data-live]")).to_have_count(0)
    box.press_sequentially(" now?")
    own_server.__enter__()
    interrupted = page.get_by_text("The answer was interrupted. Try again.").first
    expect(page.locator("body[data-live]")).to_be_visible()
    expect(interrupted).to_be_visible()
    expect(box).to_have_value("And why now?")
    expect(answer).to_contain_text("Why does")
    page.reload()
    expect(page.locator("body[data-live]")).to_be_visible()
    expect(answer).to_contain_text("Why does")
    expect(interrupted).to_be_visible()
    expect(box).to_have_value("And why now?")
    expect(send).to_be_enabled()
    send.click()
    expect(page.locator("[data-style=bubble]").get_by_text("And why now?", exact=True)).to_be_visible()
    page.context.close()
    # A browser says in its own words that nobody was there for a while.
    complaints[:] = [each for each in complaints if "WebSocket connection" not in each]
