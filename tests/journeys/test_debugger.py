"""The debugger under a page in preview: it shows the run while it streams, changes nothing of the page, and gets out of
the way."""

import re
import time
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.fake_sockets import FakeSockets

pytestmark = pytest.mark.browser
QUESTION = "Why does my fig drop its leaves?"


@pytest.fixture
def chat(page, server):
    """A chat page of this test's own whose answer is slow enough to be watched."""
    slug = f"chat-{uuid.uuid4().hex[:8]}"
    server.shell(f"""
from builder.models import App, User
from builder.starters import starters
app = starters["demo"].make(User.objects.first(), "Chat", {slug!r})
row = app.documents.get(kind="api")
row.body["nodes"]["ca_ask001"]["props"]["path"] = "/v1/chat/completions?seed=7&speed=15"
row.save()
""")
    page.goto(f"{server.url}/preview/{slug}/pg_chat01/")
    expect(page.get_by_text("Ready")).to_be_visible()
    return page


def ask(page):
    page.get_by_role("textbox", name="Message").fill(QUESTION)
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    page.get_by_role("button", name="Send").click()


def bar(page):
    return page.get_by_role("region", name="Debugger")


def test_S25_a_run_is_shown_while_it_streams_and_after(chat):
    expect(bar(chat).get_by_text("Nothing has run yet")).to_be_visible()
    ask(chat)
    expect(bar(chat).get_by_text("Streaming", exact=True)).to_be_visible()
    steps = bar(chat).get_by_role("listitem")
    expect(steps).to_have_text(
        [
            "Send is clickeddone",
            "1 Create a Messagedone",
            "2 Reset Composerdone",
            "3 Ask the modelstreaming",
            "4 Create a Messagewaits for full text",
        ]
    )
    waits = bar(chat).get_by_text("waits for full text")
    expect(waits).to_have_attribute("title", re.compile("full text"))
    assert waits.evaluate("(word) => word.scrollWidth <= word.clientWidth"), "it is read without its title"
    expect(bar(chat).get_by_text(re.compile(r"^\d\.\d\d s$")).first).to_be_visible()
    expect(bar(chat).get_by_text("empty until the stream ends").first).to_be_visible()
    expect(bar(chat).get_by_label("Run")).to_contain_text("Send is clicked, ")
    bar(chat).get_by_role("button", name="Stop stream").click()
    expect(bar(chat).get_by_text("Stopped", exact=True)).to_be_visible()
    expect(steps.nth(3)).to_have_text("3 Ask the modelstopped")
    expect(chat.get_by_text("Stopped", exact=True).first).to_be_visible()


def test_S29_a_failure_is_told_in_full_to_the_author_and_kindly_to_the_visitor(chat, server):
    slug = chat.url.split("/")[-3]
    server.shell(f"""
from builder.models import App
row = App.objects.get(slug={slug!r}).documents.get(kind="api")
row.body["nodes"]["ca_ask001"]["props"]["path"] = "/v1/chat/completions?fault=401"
row.save()
""")
    chat.evaluate("""() => {
        const notice = document.querySelector(".sw-notice")
        window.notices = []
        new MutationObserver(() => notice.textContent && notices.push(notice.textContent))
            .observe(notice, {childList: true})
    }""")
    ask(chat)
    expect(bar(chat).get_by_text("Failed", exact=True)).to_be_visible()
    expect(bar(chat).get_by_text(re.compile(r"3 Ask the model: .*401"))).to_be_visible()
    expect(chat.locator(".sw-page")).to_contain_text("could not be finished")
    assert "401" not in chat.locator(".sw-page").inner_text()
    # It was said where the answer stands, and nowhere else; where that is out of sight a notice says it.
    chat.evaluate("document.querySelector('[data-el=el_reply1]').hidden = true")
    ask(chat)
    expect(chat.locator(".sw-notice")).to_have_text("The answer could not be finished. Try again in a moment.")
    assert len(chat.evaluate("notices")) == 1


def test_the_page_looks_the_same_with_and_without_the_bar(chat):
    """The only difference is that the window is lower by the bar's height."""
    height = chat.viewport_size["height"]
    below = chat.evaluate("document.querySelector('sw-debugger').shadowRoot.querySelector('.debug').offsetHeight")
    clip = {"x": 0, "y": 0, "width": 1440, "height": height - below - 40}
    with_bar = chat.screenshot(clip=clip, caret="hide")
    chat.evaluate("document.querySelector('sw-debugger').remove()")
    chat.evaluate("document.querySelector('link[href*=\"/preview.\"]').remove()")
    chat.set_viewport_size({"width": 1440, "height": height - below})
    assert chat.screenshot(clip=clip, caret="hide") == with_bar


def test_the_bar_closes_by_key_gives_its_room_back_and_stays_closed(chat):
    field = chat.get_by_role("textbox", name="Message")
    before = field.bounding_box()["y"]
    fold = bar(chat).get_by_role("button", name="Collapse the debugger")
    fold.focus()
    chat.keyboard.press("Enter")
    expect(bar(chat).get_by_text("Live values")).to_be_hidden()
    expect(bar(chat).get_by_role("button", name="Open the debugger")).to_have_attribute("aria-expanded", "false")
    give_up = time.monotonic() + 5
    while field.bounding_box()["y"] < before + 150:
        assert time.monotonic() < give_up
    chat.reload()
    expect(bar(chat).get_by_role("button", name="Open the debugger")).to_be_visible()
    expect(bar(chat).get_by_text("Live values")).to_be_hidden()


def test_after_a_reload_the_last_run_is_still_there(chat):
    ask(chat)
    expect(bar(chat).get_by_text("Streaming", exact=True)).to_be_visible()
    chat.reload()
    expect(bar(chat).get_by_role("listitem").nth(3)).to_contain_text("3 Ask the model")


@pytest.mark.parametrize("size", ["narrow"])
def test_on_a_phone_it_is_one_line_until_it_is_opened(chat, size):
    assert bar(chat).bounding_box()["height"] <= 40
    bar(chat).get_by_role("button", name="Open the debugger").click()
    expect(bar(chat).get_by_text("Live values")).to_be_visible()
    assert chat.evaluate("document.documentElement.scrollWidth") == 390


def test_S36_a_page_without_workflows_shows_its_data(page, server):
    page.goto(f"{server.url}/preview/demo/pg_ticker/")
    expect(bar(page).get_by_text("BTC-USD › Price")).to_be_visible()
    expect(bar(page).get_by_text("Nothing has run yet")).to_be_visible()


def test_what_is_asked_while_its_socket_is_not_open_is_sent_once_when_it_is(page, server):
    sockets = FakeSockets(page, "/ws/debug/")
    page.goto(f"{server.url}/preview/demo/pg_ticker/")
    sockets.wait_for(1)
    replay = bar(page).get_by_label("Who answers calls")
    replay.select_option("Replay captures")
    assert sockets.heard(0) == [], "it is not open yet"
    sockets.open(0)
    assert sockets.heard(0) == ["replay 1"]
    replay.select_option("Replay captures 4×")
    assert sockets.heard(0) == ["replay 1", "replay 4"]
    sockets.close(0, 1006)
    expect(bar(page).get_by_text("No connection")).to_be_visible()
    replay.select_option("Services answer")
    sockets.wait_for(2)
    sockets.open(1)
    assert (sockets.heard(0), sockets.heard(1)) == (["replay 1", "replay 4"], ["replay 0"])
