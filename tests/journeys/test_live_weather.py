"""A live page through bad weather, in a real browser: what the visitor sees is right each time (S33, P14, P17)."""

import re
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from connector.practice.answers import answer
from tests.browser import sign_in
from tests.journeys import hands as by_hand
from tests.server import StreamwrightServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "Why does my fig drop its leaves?"
ANSWER = "".join(answer(QUESTION, seed=7))
LIVE = '[data-el="el_reply1"] .sw-live'
LOST = "The connection is lost. Trying again…"


class Wire:
    """The page's sockets through a line of ours: `cut` it, and nobody comes through until it is `mended`."""

    def __init__(self, page: Page):
        self.page, self.lost, self.opened = page, False, []
        page.route_web_socket(re.compile("/ws/live/"), self._through)

    def _through(self, socket: Any) -> None:
        if self.lost:
            return socket.close(code=3001)
        self.opened.append(socket)
        socket.connect_to_server()

    def cut(self) -> None:
        """As a network that is gone: the browser is offline, and its socket dies."""
        self.lost = True
        self.page.context.set_offline(True)
        self.opened[-1].close(code=3001)

    def mended(self) -> None:
        self.lost = False
        self.page.context.set_offline(False)


@pytest.fixture
def author(open_browser: Callable[..., Page], signed_in_state: Any, server: StreamwrightServer) -> Iterator[Page]:
    printed = len(server.log)
    yield open_browser(storage_state=signed_in_state, reduced_motion="no-preference")
    assert "Traceback" not in server.log[printed:], server.log[printed:]


def chat(page: Page, server: StreamwrightServer, query: str) -> str:
    """Open a chat of this test's own whose answers come at a known pace, and are shown as they came."""
    slug = f"weather-{uuid.uuid4().hex[:8]}"
    server.shell(f"""
from builder.models import User
from builder.starters import starters
app = starters["demo"].make(User.objects.first(), "Chat", {slug!r})
row = app.documents.get(key="ai_pract1")
row.body["nodes"]["ca_ask001"]["props"]["path"] = "/v1/chat/completions?{query}"
row.save()
row = app.documents.get(key="pg_chat01")
row.body["nodes"]["el_reply1"]["props"]["formatted"] = False
row.save()
""")
    page.goto(f"{server.url}/preview/{slug}/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_visible()
    return slug


def ask(page: Page) -> Callable[[], list[str]]:
    """Send a question; what the answer's element shows from then on, but for the words it waits with."""
    seen = by_hand.watch(page, LIVE)
    page.get_by_label("Message", exact=True).fill(QUESTION)
    page.get_by_role("button", name="Send").click()
    return lambda: [each for each in seen() if each != "Juniper is thinking…"]


def longer_than(length: int) -> re.Pattern[str]:
    return re.compile(rf"[\s\S]{{{length},}}")


def runs(server: StreamwrightServer, slug: str) -> int:
    return int(server.shell(f"from workflows.models import Run; print(Run.objects.filter(app__slug={slug!r}).count())"))


def test_S33_thirty_seconds_without_a_network_in_the_middle(author: Page, server: StreamwrightServer) -> None:
    wire = Wire(author)
    slug = chat(author, server, "seed=7&speed=12")
    seen = ask(author)
    expect(author.locator(LIVE)).to_have_text(longer_than(30))
    wire.cut()
    expect(author.get_by_text(LOST)).to_be_visible()
    box = author.get_by_label("Message", exact=True)
    box.fill("And my fern?")
    author.evaluate("document.querySelector('[data-el=el_send01]').disabled = false")
    author.get_by_role("button", name="Send").click()
    expect(author.get_by_text("There is no connection, so this was not sent.")).to_be_visible()
    author.wait_for_timeout(30_000)
    wire.mended()
    back = time.monotonic()
    expect(author.locator("body[data-live]")).to_be_visible()
    assert time.monotonic() - back <= 5 * 2, "P4"
    expect(author.get_by_text(LOST)).to_be_hidden()
    expect(author.locator(LIVE)).to_have_text(ANSWER)
    assert all(ANSWER.startswith(each) for each in seen())
    expect(box).to_have_value("And my fern?")
    assert runs(server, slug) == 1, "the click without a connection was not kept"


def test_S33_a_laptop_that_slept_finds_its_dead_connection_at_once(author: Page, server: StreamwrightServer) -> None:
    """The clock jumps by ten minutes; the socket still seems to be open."""
    wire = Wire(author)
    author.clock.install()
    chat(author, server, "seed=7&speed=25")
    seen = ask(author)
    expect(author.locator(LIVE)).to_have_text(longer_than(30))
    assert len(wire.opened) == 1
    author.clock.fast_forward(600_000)
    expect(author.locator(LIVE)).to_have_text(ANSWER)
    assert len(wire.opened) == 2
    assert all(ANSWER.startswith(each) for each in seen())


def test_S33_a_page_that_the_browser_froze_goes_on_where_it_was(author: Page, server: StreamwrightServer) -> None:
    chat(author, server, "seed=7&speed=25")
    seen = ask(author)
    expect(author.locator(LIVE)).to_have_text(longer_than(30))
    session = author.context.new_cdp_session(author)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    time.sleep(20)  # its timers stand still, and the answer comes to its end meanwhile
    session.send("Page.setWebLifecycleState", {"state": "active"})
    expect(author.locator(LIVE)).to_have_text(ANSWER)
    assert all(ANSWER.startswith(each) for each in seen())


def test_P14_a_double_click_starts_one_run(author: Page, server: StreamwrightServer) -> None:
    slug = chat(author, server, "seed=7&speed=100")
    author.get_by_label("Message", exact=True).fill(QUESTION)
    author.get_by_role("button", name="Send").dblclick()
    expect(author.locator('[data-el="el_msgs01"] [data-key]')).to_have_count(2)
    assert runs(server, slug) == 1


def test_S40_nothing_jumps_while_text_arrives(author: Page, server: StreamwrightServer) -> None:
    chat(author, server, "seed=7&speed=30")
    seen = ask(author)
    expect(author.locator(LIVE)).to_have_text(longer_than(3))
    # What moves in the debugger's table is no visitor's.
    author.evaluate(
        """async () => {
          document.querySelector("sw-debugger").remove()
          for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame)
          window.shifts = []
          const place = ({ node, previousRect: from, currentRect: to }) => {
            const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node
            return [element?.closest("[data-el]")?.dataset.el ?? null, node?.data ?? element?.className, from.y, to.y]
          }
          const said = (each) => each.sources.map(place)
          new PerformanceObserver((list) => shifts.push(...list.getEntries().flatMap(said))).observe({type: "layout-shift"})
        }"""
    )
    expect(author.locator(LIVE)).to_have_text(longer_than(len(ANSWER) // 2))
    # The Stop button stands under the text; its icon's own tree has no node that can be named.
    moved = [each for each in author.evaluate("shifts") if each[0] not in ("el_stop01", None)]
    assert moved == []
    assert len(set(seen())) > 5


def test_P17_a_server_that_is_started_again_in_the_middle(
    own_server: StreamwrightServer, open_browser: Callable[..., Page], complaints: list[str]
) -> None:
    page = open_browser(reduced_motion="no-preference")
    sign_in(page, own_server)
    chat(page, own_server, "seed=7&speed=5")
    seen = ask(page)
    expect(page.locator(LIVE)).to_have_text(longer_than(30))
    own_server.end()
    expect(page.get_by_text("The server is restarting. Trying again…")).to_be_visible()
    page.get_by_label("Message", exact=True).fill("Half a question")
    with own_server:
        expect(page.locator("body[data-live]")).to_be_visible()
        expect(page.locator('[data-el="el_reply1"]')).to_contain_text("interrupted")
        shown = page.locator(LIVE).text_content() or ""
        assert len(shown) >= 30 and ANSWER.startswith(shown)
        shows = seen()
        assert all(ANSWER.startswith(each) for each in shows), shows
        expect(page.get_by_label("Message", exact=True)).to_have_value("Half a question")
        page.reload()
        expect(page.locator("body[data-live]")).to_be_visible()
        expect(page.locator(LIVE)).to_have_text(shown)
        expect(page.get_by_label("Message", exact=True)).to_have_value("Half a question")
    # Nobody is there for a while, and the browser says so.
    complaints[:] = [each for each in complaints if "WebSocket connection" not in each]
