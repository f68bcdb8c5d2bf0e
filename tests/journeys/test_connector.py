"""The API connector in a real browser: an API on the practice service, from nothing to saved fields, and what can go wrong."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import make_app
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

SHAPES = {
    "OpenAI": ("/v1/chat/completions", '{"model": "practice-1", "stream": true, "messages": [{"role": "user", "content": "<question>"}]}'),
    "Anthropic": ("/v1/messages", '{"model": "practice-1", "max_tokens": 300, "stream": true, "messages": [{"role": "user", "content": "<question>"}]}'),
    "Gemini": ("/v1beta/models/practice-1:streamGenerateContent?alt=sse", '{"contents": [{"role": "user", "parts": [{"text": "<question>"}]}]}'),
    "Ollama": ("/api/chat", '{"model": "practice:1b", "messages": [{"role": "user", "content": "<question>"}]}'),
    "NLX": ("/nlx/c/practice/channel-en-US", '{"conversationId": "c1", "request": {"unstructured": {"text": "<question>"}}}'),
}  # fmt: skip
FAST = "speed=500"
FAULTS = {
    "401": "refused the key (401)",
    "429": "too many calls (429)",
    "500": "failed (500)",
    "html": "answered with a web page",
    "empty": "sent nothing",
    "json": "one JSON value, all at once",
    "cut": "cut off after",
    "error": "The service reported",
}


class Connector:
    """The tab, used as somebody uses it."""

    def __init__(self, page: Page, server: StreamwrightServer, slug: str):
        self.page = page
        page.goto(f"{make_app(page, server, slug, 'Connected', 'blank')}/connector/")

    def add(self, url: str, body: str = "") -> None:
        page = self.page
        page.get_by_role("button", name="Start empty", exact=True).click()
        expect(page.get_by_label("URL", exact=True)).to_be_focused()
        page.keyboard.type(url)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="From Practice")).to_be_visible()
        if body:
            self.type_body(body)

    def type_body(self, body: str) -> None:
        editor = self.page.locator(".cm-content")
        editor.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(body)
        self.page.get_by_label("URL", exact=True).focus()

    def fill(self, row: str, value: str) -> None:
        self.page.get_by_label(f"Test value of {row}", exact=True).fill(value)
        self.page.keyboard.press("Tab")

    def initialize(self) -> None:
        self.page.get_by_role("button", name="Initialize", exact=True).click()
        expect(self.dialog).to_be_visible()

    @property
    def dialog(self):
        return self.page.get_by_role("dialog", name="Returned values")


@pytest.fixture
def connector(page: Page, server: StreamwrightServer, slug: str) -> Connector:
    return Connector(page, server, slug)


@pytest.mark.slow
@pytest.mark.parametrize(
    "shape", [each if each == "OpenAI" else pytest.param(each, marks=pytest.mark.slow) for each in SHAPES]
)
def test_from_nothing_to_saved_fields(connector: Connector, shape: str) -> None:
    """S16: in a known service's shape the author only presses Save."""
    page = connector.page
    path, body = SHAPES[shape]
    connector.add(f"practice:{path}{'&' if '?' in path else '?'}{FAST}", body)
    connector.fill("question", "Why is there a tide?")
    connector.initialize()
    expect(connector.dialog.get_by_label("Field name").first).to_have_value("Reply")
    connector.dialog.get_by_role("button", name=re.compile(r"^Save \d+ fields$")).click()
    expect(connector.dialog).to_have_count(0)
    expect(page.locator("#working").get_by_text(re.compile(r"^Initialized \d\d:\d\d$"))).to_be_visible()
    expect(page.locator("#response").get_by_text("Reply").first).to_be_visible()
    page.reload()
    expect(page.locator("#response .fieldlist li").first).to_contain_text("Reply")


def test_rows_appear_by_themselves_and_undo_takes_them_away(connector: Connector) -> None:
    """S6. One gesture is one undo, and the page follows it."""
    page = connector.page
    connector.add("practice:/v1/messages", '{"q": "<question>"}')
    expect(page.get_by_label("Test value of question", exact=True)).to_be_visible()
    expect(page.locator(".cm-content .ph")).to_have_text("<question>")
    page.get_by_role("button", name=re.compile("^Undo: Change body")).click()
    expect(page.get_by_label("Test value of question", exact=True)).to_have_count(0)
    expect(page.locator(".cm-content")).to_have_text("")
    page.get_by_role("button", name=re.compile("^Redo")).click()
    expect(page.locator(".cm-content .ph")).to_have_text("<question>")


def test_what_is_typed_stays_when_it_is_wrong(connector: Connector) -> None:
    page = connector.page
    connector.add("practice:/v1/messages", '{\n  "a": 1\n  "b": 2\n}')
    expect(page.get_by_text(re.compile("^Line 3: a comma is missing"))).to_be_visible()
    expect(page.locator(".cm-line.line-wrong")).to_contain_text('"b"')
    url = page.get_by_label("URL", exact=True)
    url.fill("htp://api.example.com/[version]/x")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Starts with htp. Write https:// instead.")).to_be_visible()
    expect(url).to_have_value("htp://api.example.com/[version]/x")
    page.reload()
    expect(url).to_have_value("htp://api.example.com/[version]/x")
    expect(page.get_by_label("Test value of version", exact=True)).to_be_visible()


def test_each_fault_is_said_in_the_dialog(connector: Connector) -> None:
    path, body = SHAPES["OpenAI"]
    connector.add(f"practice:{path}", body)
    connector.fill("question", "Tides?")
    for fault, sentence in FAULTS.items():
        connector.page.get_by_label("URL", exact=True).fill(f"practice:{path}?{FAST}&fault={fault}")
        connector.initialize()
        expect(connector.dialog.locator(".explain")).to_contain_text(sentence)
        connector.page.keyboard.press("Escape")
        expect(connector.dialog).to_have_count(0)
    connector.page.get_by_label("URL", exact=True).fill(f"practice:{path}?{FAST}&fault=401")
    connector.initialize()
    connector.dialog.get_by_role("button", name="Open authentication").click()
    expect(connector.dialog).to_have_count(0)
    expect(connector.page.get_by_label("Authentication", exact=True)).to_be_focused()


def test_a_call_that_was_not_made_is_run_again_in_the_same_dialog(connector: Connector) -> None:
    page = connector.page
    connector.add("practice:/ticker")
    page.get_by_label("URL", exact=True).fill("http://10.0.0.1/ticker")
    page.get_by_role("button", name="Initialize", exact=True).click()
    failed = page.get_by_role("dialog", name="Initialize failed")
    expect(failed).to_contain_text("10.0.0.1 is not a public address.")
    with page.expect_websocket():
        failed.get_by_role("button", name="Run again").click()
    expect(failed).to_contain_text("10.0.0.1 is not a public address.")


def test_a_body_that_asks_for_no_stream_is_fixed_by_one_press(connector: Connector) -> None:
    """S2."""
    page = connector.page
    connector.add(f"practice:/v1/chat/completions?{FAST}", '{"messages": [{"role": "user", "content": "Tides?"}]}')
    connector.initialize()
    expect(connector.dialog.get_by_text("The body does not ask for a stream.")).to_be_visible()
    connector.dialog.get_by_role("button", name='Add "stream": true').click()
    expect(connector.dialog).to_have_count(0)
    expect(page.locator(".cm-content")).to_contain_text('"stream": true')
    expect(page.get_by_role("button", name="Initialize", exact=True)).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(connector.dialog.get_by_label("Field name").first).to_have_value("Reply")


def test_a_stream_can_be_stopped_and_cancelled(connector: Connector) -> None:
    """S13."""
    page = connector.page
    connector.add("practice:/ticker?speed=40")
    page.get_by_label("Method").select_option("GET")
    during = page.get_by_role("dialog", name=re.compile("^Initializing"))
    page.get_by_role("button", name="Initialize", exact=True).click()
    expect(during.locator("[data-frames] li").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(during).to_be_hidden()
    expect(page.get_by_role("button", name="Initialize", exact=True)).to_be_focused()
    expect(page.get_by_text("No response yet")).to_be_visible()
    page.get_by_role("button", name="Initialize", exact=True).click()
    during.get_by_role("button", name=re.compile(r"^Stop and use \d+ frames$")).click()
    expect(connector.dialog).to_contain_text("You stopped it.")


def test_fields_are_altered_in_the_dialog(connector: Connector) -> None:
    """S15, S16: added from the list and from a frame, of another type by keyboard, and looked at frame by frame."""
    page, dialog = connector.page, connector.dialog
    path, body = SHAPES["OpenAI"]
    connector.add(f"practice:{path}?{FAST}", body)
    connector.fill("question", "Tides?")
    connector.initialize()
    rows = dialog.locator("tr[data-field]")
    before, held = rows.count(), list[Route]()
    page.route("**/frame/*/", lambda route: held.append(route))
    with page.expect_request("**/frame/*/"):
        dialog.get_by_role("button", name="Add created").click()
    expect(rows).to_have_count(before + 1)
    # The frame is drawn again while one of its values is being pressed.
    dialog.locator('[data-path="system_fingerprint"]').hover()
    page.mouse.down()
    held.pop(0).continue_()
    page.unroute("**/frame/*/")
    expect(dialog.locator(".sees")).to_contain_text("Created")
    page.mouse.up()
    expect(rows).to_have_count(before + 2)
    expect(dialog.get_by_role("button", name=f"Save {before + 2} fields")).to_be_visible()
    picker = rows.last.get_by_role("button", name="Type of the field")
    picker.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(picker).to_contain_text("List of frames")
    expect(picker).to_be_focused()
    slider = dialog.get_by_role("slider", name="Frame")
    slider.press("End")
    expect(dialog.locator(".sees-place")).to_contain_text("is done yes")
    slider.press("Home")
    expect(dialog.locator(".sees-place")).to_contain_text("empty until the stream ends")
    slider.press("Home")
    slider.press("ArrowRight")
    expect(dialog.locator('[data-shown="n"]')).to_have_text("2")
    rows.first.get_by_role("button", name=re.compile("^Remove")).click()
    dialog.get_by_role("button", name=f"Save {before + 1} fields").click()
    expect(page.locator("#response .fieldlist li")).to_have_count(before + 1)
    page.get_by_role("button", name=re.compile("^Undo: Save returned values")).click()
    expect(page.locator("#response").get_by_text("No field is saved yet")).to_be_visible()


@pytest.mark.slow
def test_a_recording_is_played_and_searched(connector: Connector) -> None:
    """S19: at its own speed or four times as fast, by the keyboard too; what a page sees follows."""
    dialog = connector.dialog
    path, body = SHAPES["Anthropic"]
    connector.add(f"practice:{path}?speed=25", body)
    connector.fill("question", "Tides?")
    connector.initialize()
    slider, shown = dialog.get_by_role("slider", name="Frame"), dialog.locator('[data-shown="n"]')
    slider.press("Home")
    dialog.get_by_role("button", name="Speed: as it came").click()
    slider.press(" ")
    expect(dialog.get_by_role("button", name="Pause")).to_be_visible()
    expect(dialog.get_by_role("button", name="Play")).to_be_visible()
    expect(dialog.locator(".sees-place")).to_contain_text("is done yes")
    assert int(shown.text_content() or 0) > 20
    dialog.get_by_label("Find in frames").fill("message_start")
    rows = dialog.get_by_role("option").and_(dialog.locator("[data-n]"))
    expect(rows).to_have_count(1)
    rows.click()
    expect(shown).to_have_text("1")
    dialog.get_by_label("Find in frames").fill("")
    dialog.get_by_label("Kind of frame").select_option("content_block_delta")
    expect(rows.first).not_to_have_attribute("data-n", "1")
    expect(dialog.get_by_text(re.compile(r"^\d+ frames found$"))).to_be_visible()


def test_an_answer_is_pasted_compared_and_deleted(connector: Connector) -> None:
    """S17, S18: nobody is called; the dialog opens on what was pasted, and says what changed since."""
    page, dialog = connector.page, connector.dialog
    connector.add("practice:/v1/messages")
    page.get_by_role("button", name="Paste an answer").click()
    first, second = 'data: {"delta": "Hello"}\n\ndata: {"delta": " you"}\n', '{"text": "Hello"}\n{"text": " you"}\n'
    for text in (first, second):
        page.get_by_role("dialog").get_by_label("Answer", exact=True).fill(text)
        page.get_by_role("button", name="Find the fields").click()
        if text is second:
            dialog.get_by_role("button", name="Use text instead").click()
        expect(dialog.get_by_label("Field name").first).to_have_value("Reply")
        dialog.get_by_role("button", name="Save 1 field").click()
        expect(page.locator("#response .fieldlist li")).to_have_count(1)
        if text is first:
            page.locator("#response").get_by_role("button", name="Captures").click()
            page.get_by_role("menuitem", name="Paste or upload an answer").click()
    expect(page.locator("#response .fieldlist code")).to_have_text("text")
    page.locator("#response").get_by_role("button", name="Captures").click()
    page.get_by_role("menuitem", name=re.compile("All captures")).click()
    captures = page.get_by_role("dialog", name=re.compile("^Captures of"))
    expect(captures.get_by_role("checkbox")).to_have_count(2)
    for box in captures.get_by_role("checkbox").all():
        box.check()
    captures.get_by_role("button", name="Compare two").click()
    expect(page.get_by_role("dialog", name="Two captures")).to_contain_text("only in the second")
    page.get_by_role("button", name="All captures").click()
    captures.get_by_role("button", name=re.compile("^More for")).last.click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog", name=re.compile("^Delete the capture")).get_by_role(
        "button", name="Delete capture"
    ).click()
    expect(captures.get_by_role("checkbox")).to_have_count(1)


def test_the_panel_shows_frames_headers_timing_and_raw(connector: Connector) -> None:
    page = connector.page
    path, body = SHAPES["OpenAI"]
    connector.add(f"practice:{path}?{FAST}", body)
    connector.fill("question", "Tides?")
    connector.initialize()
    connector.dialog.get_by_role("button", name=re.compile("^Save")).click()
    panel = page.locator("#response")
    panel.get_by_role("tab", name="Frames").click()
    panel.get_by_role("slider", name="Frame").press("End")
    expect(panel.locator(".sees-place")).to_contain_text("is done yes")
    panel.get_by_role("tab", name="Timing").click()
    expect(panel.get_by_text("Until the first byte")).to_be_visible()
    panel.get_by_role("tab", name="Raw").click()
    expect(panel.locator(".raw")).to_contain_text("data: {")
    panel.get_by_role("tab", name="Headers").click()
    panel.get_by_role("button", name="Use content-type as a field").click()
    expect(connector.dialog.get_by_label("Field name").last).to_have_value("Content type")


def test_the_list_works_by_keyboard(connector: Connector) -> None:
    page = connector.page
    connector.add("practice:/v1/messages")
    first = page.get_by_role("treeitem", name=re.compile("New call"))
    first.focus()
    page.keyboard.press("Control+d")
    expect(page.get_by_role("treeitem", name=re.compile("New call 2"))).to_be_visible()
    expect(page.locator("#id_name")).to_be_focused()
    page.keyboard.type("Second")
    page.keyboard.press("Tab")
    second = page.get_by_role("treeitem", name=re.compile("Second"))
    second.focus()
    page.keyboard.press("Delete")
    expect(second).to_have_count(0)
    page.get_by_role("region", name="Messages").get_by_role("button", name="Undo").click()
    expect(second).to_be_visible()
    second.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_have_value("New call")


def test_a_key_is_only_ever_written(connector: Connector, server: StreamwrightServer) -> None:
    """S4."""
    page = connector.page
    connector.add("practice:/v1/messages")
    page.get_by_label("Authentication").select_option("bearer")
    page.get_by_label("Token").fill("sk-live-0123456789abcdefghij")
    page.get_by_role("button", name="Save key").click()
    expect(page.get_by_text("Authorization: Bearer •••• •••• ghij")).to_be_visible()
    page.reload()
    assert "0123456789" not in page.content()
    page.get_by_label("URL", exact=True).fill("https://api.example.com/v1")
    page.keyboard.press("Tab")
    expect(page.get_by_text("The address changed.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_nothing_sticks_out(connector: Connector, theme: str, size: str) -> None:
    """The tab and its dialogs fit both sizes in both themes."""
    page = connector.page
    path, body = SHAPES["Anthropic"]
    connector.add(f"practice:{path}?{FAST}", body)
    connector.fill("question", "Tides?")
    connector.initialize()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    connector.dialog.get_by_role("button", name=re.compile("^Save")).click()
    expect(connector.dialog).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
