"""The demo app in a real browser: it streams within a few clicks, stops, remembers, comes back and keeps to itself."""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, WebSocket, WebSocketRoute, expect

from connector.practice.answers import answer
from tests.browser import make_app
from tests.journeys import hands as by_hand
from tests.journeys.hands import Hands
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

QUESTION = "Why does my fig drop its leaves?"
ANSWER = "".join(answer(QUESTION, seed=7))
LIVE = '[data-el="el_reply1"] .sw-live'
# Nothing lies over the beginning of an element.
IN_SIGHT = """selector => {
  const each = document.querySelector(selector);
  const box = each?.getBoundingClientRect();
  return box && each.contains(document.elementFromPoint(box.left + 4, box.top + 4));
}"""
# What only the server knows of the call: its address, its body, its raw frames.
OF_THE_CALL = ("/v1/chat", "chat.completion", "choices", "[DONE]", "stream_options", "delta", "usage")


@pytest.fixture
def author(open_browser: Callable[..., Page], signed_in_state: Any, server: StreamwrightServer) -> Iterator[Page]:
    """A page of the shared server's owner, who sees words come one by one. No traceback may be printed by its end."""
    printed = len(server.log)
    yield open_browser(storage_state=signed_in_state, reduced_motion="no-preference")
    assert "Traceback" not in server.log[printed:], server.log[printed:]


def demo(page: Page, server: StreamwrightServer, query: str = "seed=7&speed=200") -> str:
    """A new demo app, whose answers are known and shown as they came; the address of its preview."""
    slug = f"demo-{uuid.uuid4().hex[:8]}"
    make_app(page, server, slug, "Demo")
    path = {"path": f"/v1/chat/completions?{query}"}
    by_hand.perform(
        page,
        slug,
        [
            {"do": "update", "doc": "api/ai_pract1", "node": "ca_ask001", "set": path},
            {"do": "update", "doc": "page/pg_chat01", "node": "el_reply1", "set": {"formatted": False}},
        ],
        server.url,
    )
    return f"{server.url}/preview/{slug}/"


def ask(page: Page, question: str = QUESTION) -> Callable[[], list[str]]:
    """Send a question; what the answer's element shows from then on."""
    expect(page.locator("body[data-live]")).to_be_visible()
    seen = by_hand.watch(page, LIVE)
    page.get_by_label("Message", exact=True).fill(question)
    page.get_by_role("button", name="Send").click()
    return seen


def longer_than(length: int) -> re.Pattern[str]:
    return re.compile(rf"[\s\S]{{{length},}}")


def said(page: Page) -> Locator:
    """The saved conversation, a cell a message."""
    return page.locator('[data-el="el_msgs01"] [data-key]')


def test_from_a_fresh_start_the_demo_streams_in_under_ten_clicks(
    own_server: StreamwrightServer, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(reduced_motion="no-preference")
    hands = Hands(page)
    page.goto(own_server.sign_in_link())
    with hands.phase("Sign in"):
        hands.click(page.get_by_role("button", name="Sign in"))
    with hands.phase("Open"):
        hands.click(page.locator("#apps").get_by_role("link", name=re.compile("^Demo")))
        hands.page = live = by_hand.preview(hands)
    with hands.phase("Ask"):
        seen = by_hand.watch(live, LIVE)
        hands.click(live.get_by_label("Message", exact=True))
        hands.type(QUESTION)
        expect(live.get_by_role("button", name="Send")).to_be_enabled()
        hands.click(live.get_by_role("button", name="Send"))
        expect(
            live.get_by_text(re.compile(r"^\d+ tokens in, \d+ tokens out, first text after [\d.]+ s$"))
        ).to_be_visible()
    assert len(set(seen())) >= 3
    expect(said(live)).to_have_count(2)
    print(f"\n{hands}")
    assert hands.clicks < 10
    assert "Traceback" not in own_server.log


def test_stop_keeps_the_text_and_says_so(author: Page, server: StreamwrightServer) -> None:
    """S30."""
    author.goto(demo(author, server, "seed=7&speed=20"))
    seen = ask(author)
    expect(author.locator(LIVE)).to_have_text(longer_than(30))
    author.get_by_role("button", name="Stop", exact=True).click()
    expect(author.get_by_text("Stopped", exact=True).first).to_be_visible()
    expect(author.get_by_role("button", name="Stop", exact=True)).to_be_hidden()
    expect(author.locator(LIVE)).to_be_visible()
    kept = seen()[-1]
    assert 30 <= len(kept) < len(ANSWER)
    assert ANSWER.startswith(kept)


@pytest.mark.slow
def test_a_second_question_sends_the_conversation_back(author: Page, server: StreamwrightServer) -> None:
    """S40b. The place of its answer is in sight before the first word is, under a conversation longer than the window."""
    author.goto(demo(author, server, "seed=7&speed=400&fault=slow_start&wait=1"))
    ask(author)
    expect(said(author)).to_have_count(2)
    second = "How do I bake bread?"
    ask(author, second)
    author.wait_for_function(IN_SIGHT, arg=".sw-waiting")
    expect(said(author)).to_have_count(4)
    expect(author.locator(LIVE)).to_have_text("".join(answer(second, [QUESTION], seed=7)))


def test_a_reload_in_the_middle_shows_the_text_again_and_goes_on(author: Page, server: StreamwrightServer) -> None:
    """S33."""
    author.goto(demo(author, server, "seed=7&speed=25"))
    before = ask(author)
    expect(author.locator(LIVE)).to_have_text(longer_than(40))
    had = before()[-1]
    author.reload()
    after = by_hand.watch(author, LIVE)
    expect(author.locator(LIVE)).to_have_text(ANSWER)
    texts = after()
    assert len(texts[0]) >= len(had)
    assert len(texts) >= 3
    assert all(ANSWER.startswith(each) for each in texts)
    expect(said(author)).to_have_count(2)


@pytest.mark.slow
def test_two_tabs_are_apart(author: Page, server: StreamwrightServer) -> None:
    """S33: each tab is a visit of its own; what was saved is the same in both."""
    url = demo(author, server)
    other = author.context.new_page()
    author.goto(url)
    other.goto(url)
    other.get_by_label("Message", exact=True).fill("Half a thought")
    ask(author)
    expect(author.locator(LIVE)).to_have_text(ANSWER)
    expect(said(other)).to_have_count(2)
    expect(other.get_by_label("Message", exact=True)).to_have_value("Half a thought")
    assert other.locator('[data-el="el_reply1"]').text_content() == ""


def test_a_click_without_a_connection_is_refused_visibly(author: Page, server: StreamwrightServer) -> None:
    """Chromium's own offline mode leaves open sockets alone: the socket is cut here, and none is let through."""
    lost = False
    sockets: list[WebSocketRoute] = []

    def through(socket: WebSocketRoute) -> None:
        if lost:
            return socket.close(code=3001)
        sockets.append(socket)
        socket.connect_to_server()

    url = demo(author, server)
    author.route_web_socket(re.compile("/ws/live/"), through)
    author.goto(url)
    expect(author.locator("body[data-live]")).to_be_visible()
    author.get_by_label("Message", exact=True).fill(QUESTION)
    expect(author.get_by_role("button", name="Send")).to_be_enabled()
    lost = True
    sockets[-1].close(code=3001)
    expect(author.get_by_text("The connection is lost. Trying again…")).to_be_visible()
    author.get_by_role("button", name="Send").click()
    expect(author.get_by_text("There is no connection, so this was not sent.")).to_be_visible()
    expect(author.get_by_label("Message", exact=True)).to_have_value(QUESTION)
    lost = False
    expect(author.locator("body[data-live]")).to_be_visible()
    author.get_by_role("button", name="Send").click()
    expect(said(author)).to_have_count(2)


def test_what_is_typed_before_the_page_is_connected_stays(author: Page, server: StreamwrightServer) -> None:
    """S40a: the page's first values do not overwrite what the visitor was quicker to type."""
    held: list[Any] = []
    sockets: list[WebSocketRoute] = []

    def hold(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        socket.connect_to_server().on_message(
            lambda message: socket.send(message) if held is None else held.append(message)
        )

    url = demo(author, server)
    author.route_web_socket(re.compile("/ws/live/"), hold)
    author.goto(url)
    author.get_by_label("Message", exact=True).fill(QUESTION)
    early, held = held, None
    for message in early:
        sockets[0].send(message)
    expect(author.locator("body[data-live]")).to_be_visible()
    expect(author.get_by_role("button", name="Send")).to_be_enabled()
    expect(author.get_by_label("Message", exact=True)).to_have_value(QUESTION)


def test_prices_move_without_a_click(author: Page, server: StreamwrightServer) -> None:
    """S36: a call used as Data, live without any workflow."""
    author.goto(demo(author, server) + "pg_ticker/")
    price = author.locator('[data-el="el_btc_p1"]')
    expect(price).to_have_text(re.compile(r"^[\d.]+$"))
    for _ in range(3):
        expect(price).not_to_have_text(price.inner_text())
    expect(author.locator('[data-el="el_eth_r1"]')).to_have_text(re.compile(r"^[\d.]+ to [\d.]+$"))


def test_the_debugger_shows_the_steps_and_the_live_values(author: Page, server: StreamwrightServer) -> None:
    author.goto(demo(author, server))
    debugger = author.get_by_role("region", name="Debugger")
    expect(debugger.get_by_text("Nothing has run yet")).to_be_visible()
    ask(author)
    steps = debugger.get_by_role("group", name="Steps").get_by_role("listitem")
    expect(steps).to_contain_text(["Send is clicked", "Create a Message", "Reset", "Ask the model", "Create a Message"])
    for step in steps.all():
        expect(step).to_contain_text("done")
    values = debugger.get_by_role("group", name="Live values")
    expect(values).to_contain_text("Output tokens")
    expect(values).to_contain_text(ANSWER[-20:])
    expect(debugger.get_by_role("status")).to_have_text("Done")


def test_S3_nothing_of_the_call_is_in_what_the_browser_receives(author: Page, server: StreamwrightServer) -> None:
    url = demo(author, server)
    frames: list[str] = []

    def follow(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: frames.append(str(frame)))

    author.on("websocket", follow)
    frames.append(author.goto(url).text())
    ask(author)
    expect(said(author)).to_have_count(2)
    received = "".join(frames)
    assert "Plants make their food" in received
    assert [secret for secret in OF_THE_CALL if secret in received] == []
