"""A live page in a real browser: what the hand does too fast for the network still counts."""

import json
import time
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser import until

QUESTION = "Why does my fig drop its leaves?"


class Wire:
    """The page's connections through a line of ours, which can hold what the server says, and die without a word."""

    def __init__(self, page):
        self.said, self.dead, self.held = [], set(), []
        page.route_web_socket("**/ws/live/**", self.connect)

    def connect(self, socket):
        server, number = socket.connect_to_server(), len(self.said)
        self.said.append([])

        def up(message):
            self.said[number].append(json.loads(message))
            if number not in self.dead:
                server.send(message)

        def down(message):
            if self.held is not None:
                self.held.append(lambda: socket.send(message))
            elif number not in self.dead:
                socket.send(message)

        socket.on_message(up)
        server.on_message(down)

    def die(self):
        """The newest connection carries nothing any more, and neither side is told: a half-open socket."""
        self.dead.add(len(self.said) - 1)

    def hold(self):
        """From now on keep what the server says."""
        self.held = []

    def let_go(self):
        """Deliver what the server has said so far, and from now on at once."""
        held, self.held = self.held, None
        for say in held:
            say()


@pytest.fixture
def wire(page):
    return Wire(page)


def _chat(page, server) -> str:
    """A chat of this test's own; how many runs its Send had is `_sent`."""
    slug = f"chat-{uuid.uuid4().hex[:8]}"
    server.shell(f"""
from builder.models import User
from builder.starters import starters
starters["demo"].make(User.objects.first(), "Chat", {slug!r})
""")
    page.goto(f"{server.url}/preview/{slug}/pg_chat01/")
    return slug


def _greeted(page) -> None:
    """The page is live and shows what the server says: Send has nothing to send."""
    expect(page.locator("body[data-live]")).to_have_count(1)
    expect(page.get_by_role("button", name="Send")).to_be_disabled()


def _sent(server, slug) -> int:
    code = (
        f"from workflows.models import Run; print(Run.objects.filter(app__slug={slug!r}, workflow='wf_send01').count())"
    )
    return int(server.shell(code))


@pytest.mark.browser
def test_P14_a_click_into_a_dead_connection_is_said_again_and_starts_one_run(page, server, wire):
    """Nobody says that the connection is dead: the page finds out, as its click is not heard."""
    wire.let_go()
    slug = _chat(page, server)
    _greeted(page)
    page.get_by_role("textbox", name="Message").fill(QUESTION)
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    wire.die()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("sw-live-text")).to_contain_text(QUESTION)
    clicks = [[each["id"] for each in said if each.get("on") == "clicked"] for said in wire.said]
    clicks = [said for said in clicks if said]  # a slow machine may have lost a connection before
    assert len(clicks) == 2 and clicks[0] == clicks[1], "the same event on both connections"
    assert _sent(server, slug) == 1


@pytest.mark.browser
def test_P14_what_was_heard_is_not_said_again_on_the_next_connection(page, server, wire):
    wire.let_go()
    slug = _chat(page, server)
    _greeted(page)
    box = page.get_by_role("textbox", name="Message")
    box.fill(QUESTION)
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    page.get_by_role("button", name="Send").click()
    expect(page.locator("sw-live-text")).to_contain_text(QUESTION)
    expect(box).to_have_value("")
    wire.die()
    box.fill("Another")
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    assert [(each["on"], each["values"]) for each in wire.said[1] if each["t"] == "event"] == [
        ("typed", {"el_quest1": "Another"})
    ]
    assert _sent(server, slug) == 1


@pytest.mark.browser
def test_a_click_before_the_first_hello_is_held_and_done_after_it(page, server, wire):
    _chat(page, server)
    box = page.get_by_role("textbox", name="Message")
    box.fill(QUESTION)
    assert not page.locator("body[data-live]").count()
    page.evaluate("document.querySelector('button[data-type=button]').disabled = false")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".sw-notice")).to_be_empty()  # it is not refused
    assert not [each for each in wire.said[0] if each["t"] == "event"]
    wire.let_go()
    expect(page.locator("sw-live-text")).to_contain_text(QUESTION)


@pytest.mark.browser
def test_what_is_typed_while_the_answer_to_a_click_is_on_its_way_stays(page, server, wire):
    """The server empties the input after Send, and says so late: what the hand did since wins, in both places."""
    wire.let_go()
    slug = _chat(page, server)
    _greeted(page)
    box, send = page.get_by_role("textbox", name="Message"), page.get_by_role("button", name="Send")
    box.fill(QUESTION)
    expect(send).to_be_enabled()
    wire.hold()
    send.click()
    until(page, lambda: _sent(server, slug))
    box.fill("Another")
    until(page, lambda: {"el_quest1": "Another"} in [each.get("values") for each in wire.said[-1]])
    wire.let_go()
    expect(page.locator("sw-live-text")).to_contain_text(QUESTION)
    expect(box).to_have_value("Another")
    expect(send).to_be_enabled()
    send.click()
    expect(page.get_by_text("Another", exact=True).first).to_be_visible()


@pytest.mark.browser
def test_P17_a_page_says_that_the_server_is_restarting_until_it_is_back(page, server):
    opened, times = [], []

    def connect(socket):
        opened.append(socket)
        times.append(time.monotonic())
        # The second time nobody is there yet.
        socket.close(code=1001) if len(opened) == 2 else socket.connect_to_server()

    page.route_web_socket("**/ws/live/**", connect)
    page.goto(f"{server.url}/preview/demo/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_visible()
    closed = time.monotonic()
    opened[0].close(code=4012)
    restarting = page.get_by_text("The server is restarting. Trying again…")
    expect(restarting).to_be_visible()
    expect(page.locator("body[data-live]")).to_be_visible()
    expect(restarting).to_be_hidden()
    assert times[1] - closed >= 0.5 and times[2] - times[1] >= 1, "it gives the server a moment, and then a longer one"


@pytest.mark.browser
def test_P18_an_old_page_is_told_to_reload_and_keeps_what_was_typed(page, server):
    """The page is of the build before; what it loads when it is reloaded is of this one."""
    opened = []

    def older(socket):
        opened.append(socket)
        upstream, build = socket.connect_to_server(), '"v":0' if len(opened) == 1 else '"v":1'
        socket.on_message(lambda message: upstream.send(message.replace('"v":1', build)))
        upstream.on_message(socket.send)

    page.route_web_socket("**/ws/live/**", older)
    page.goto(f"{server.url}/preview/demo/pg_chat01/")
    expect(page.get_by_text("There is a new version of this page.")).to_be_visible()
    box = page.get_by_role("textbox", name="Message")
    box.fill("Half a question")
    page.get_by_role("button", name="Reload", exact=True).click()
    expect(page.locator("body[data-live]")).to_be_visible()
    expect(box).to_have_value("Half a question")
    expect(page.get_by_role("button", name="Send")).to_be_enabled()  # the server knows of it
    page.goto("about:blank")
    page.goto(f"{server.url}/preview/demo/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_visible()
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.endsWith('typed'))") == []


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


# Without HTTPS a browser has neither of these two; with cookies blocked it throws where a page asks for its storage.
POOR = """
delete Crypto.prototype.randomUUID
delete Navigator.prototype.locks
const denied = () => { throw new DOMException("Access is denied for this document.", "SecurityError") }
Object.defineProperty(window, "sessionStorage", { get: denied })
"""


@pytest.mark.browser
def test_S33_a_page_without_https_in_a_browser_that_keeps_nothing_works_and_comes_back(page, server, wire):
    wire.let_go()
    page.add_init_script(POOR)
    _chat(page, server)
    _greeted(page)
    page.get_by_role("textbox", name="Message").fill(QUESTION)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("sw-live-text")).to_contain_text(QUESTION)
    page.context.set_offline(True)
    expect(page.locator("body[data-live]")).to_have_count(0)
    page.context.set_offline(False)
    expect(page.locator("body[data-live]")).to_have_count(1)
    first, *_, last = [each["visit"] for said in wire.said for each in said if each["t"] == "hello"]
    assert first is None and last, "it asks for its visit again"
    expect(page.locator("sw-live-text")).to_contain_text(QUESTION)


@pytest.mark.browser
def test_S33_a_reload_gets_its_visit_back(page, server):
    page.goto(f"{server.url}/preview/demo/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_visible()
    box = page.get_by_role("textbox", name="Message")
    box.fill("Half a question")
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
    page.reload()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("Half a question")
    expect(page.get_by_role("button", name="Send")).to_be_enabled()
