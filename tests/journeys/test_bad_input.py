"""Bad input in every form and every fault of a service: a clear sentence in the right place, and nothing typed is lost.

The fixtures fail a test at whose end the browser has complained or the server has printed a traceback.
"""

import re
import uuid

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser import make_app
from tests.journeys import hands as by_hand
from tests.journeys.hands import Hands
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

BODY = '{"model": "practice-1", "stream": true, "messages": [{"role": "user", "content": "<question>"}]}'
# What the author reads after Initialize, by the fault of the service.
TO_THE_AUTHOR = {
    "401": "refused the key (401)",
    "429": "too many calls (429)",
    "500": "failed (500)",
    "html": "answered with a web page",
    "empty": "sent nothing",
    "json": "one JSON value, all at once",
    "cut": "cut off after",
    "error": "The service reported",
    "stall": "stopped answering: nothing came for 1 s",
    "slow_start": "Nothing arrived for 1 s",
}
# What a visitor reads: never the service's words (S3).
TO_VISITORS = dict.fromkeys(TO_THE_AUTHOR, "The answer could not be finished. Try again in a moment.") | dict.fromkeys(
    ("stall", "slow_start"), "The answer took too long and was stopped. Try again in a moment."
)
# Faults that come after the first text, which is kept.
MIDWAY = ("cut", "error", "stall")


@pytest.fixture
def app(page: Page, server: StreamwrightServer) -> str:
    """The address of a new blank app, which is open in the Design tab."""
    return new_app(page, server, "blank")


def new_app(page: Page, server: StreamwrightServer, starter: str) -> str:
    slug = f"bad-{uuid.uuid4().hex[:8]}"
    app = make_app(page, server, slug, "Bad input", starter)
    page.goto(f"{app}/design/")
    return app


def refuses(field: Locator, typed: str, sentence: str) -> None:
    """The field still holds what was typed, is marked, and is described by the sentence, which can be seen."""
    expect(field).to_have_accessible_description(re.compile(re.escape(sentence)))
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(typed)
    expect(field.page.get_by_text(sentence).first).to_be_visible()


def leave(field: Locator, typed: str) -> None:
    """Type into a field that saves itself, and leave it."""
    field.fill(typed)
    field.press("Tab")


# Forms of accounts and apps


def test_getting_in(stranger: Page, server: StreamwrightServer) -> None:
    stranger.goto(server.url)
    email, password = stranger.get_by_label("E-mail address"), stranger.get_by_label("Password", exact=True)
    stranger.get_by_role("button", name="Sign in").click()
    refuses(email, "", "Fill this in.")
    refuses(password, "", "Fill this in.")
    email.fill("nobody@example.org")
    password.fill("a wrong one")
    stranger.get_by_role("button", name="Sign in").click()
    expect(stranger.get_by_text("The e-mail address or the password is wrong.")).to_be_visible()
    expect(email).to_have_value("nobody@example.org")
    stranger.get_by_role("link", name="Forgot your password").click()
    email.fill("no address")
    stranger.get_by_role("button", name="Send the link").click()
    refuses(email, "no address", "Write it like name@example.org.")


def test_a_new_app_and_the_end_of_one(page: Page, server: StreamwrightServer, app: str) -> None:
    page.goto(server.url)
    page.get_by_role("link", name="New app").first.click()
    dialog = page.get_by_role("dialog", name="New app")
    name, address = dialog.get_by_label("Name"), dialog.get_by_label("Address")
    dialog.get_by_role("button", name="Create app").click()
    refuses(name, "", "Fill this in.")
    taken = app.rpartition("/")[2]
    name.fill("Another")
    for typed in (taken, "Not an address!", "new"):
        address.fill(typed)
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            dialog.get_by_role("button", name="Create app").click()
        expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        expect(address).to_have_attribute("aria-invalid", "true")
        expect(dialog.locator("#address .hint-error")).to_be_visible()
        expect(address).to_have_value(typed)
        expect(name).to_have_value("Another")
    page.goto(f"{app}/delete/")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("Something else")
    dialog.get_by_role("button", name="Delete app").click()
    refuses(dialog.get_by_role("textbox"), "Something else", "name")


# Forms of the editor


def test_a_call(page: Page, app: str) -> None:
    hands = Hands(page)
    page.goto(f"{app}/connector/")
    by_hand.add_call(hands, "practice:/v1/chat/completions", BODY)
    url = page.get_by_label("URL", exact=True)
    for typed, sentence in (
        ("htp://api.example.com/x", "Starts with htp. Write https:// instead."),
        ("https://", "This cannot be called: its host cannot be read."),
        ("https://api.example.com:99999/", "This cannot be called: there is no such port."),
        ("ftp://files.example.com/x", "Starts with ftp. Write https:// instead."),
    ):
        leave(url, typed)
        refuses(url, typed, sentence)
    leave(url, "practice:/v1/chat/completions")
    expect(url).not_to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Add header").click()
    header = page.locator("#path-and-headers").get_by_role("textbox").first
    leave(header, "X Bad Header")
    refuses(header, "X Bad Header", "This header cannot be sent")
    page.get_by_text("Limits", exact=True).click()
    first_byte = page.locator("#limits").get_by_label("First byte")
    for typed in ("soon", "-1", "0", "1e99"):
        leave(first_byte, typed)
        expect(first_byte).to_have_attribute("aria-invalid", "true")
        expect(first_byte).to_have_value(typed)
        expect(page.locator("#limits .hint-error")).to_be_visible()
    name = page.get_by_label("Name of the call")
    leave(name, "")
    refuses(name, "", "Fill this in.")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text('{"a": 1 "b": 2}')
    url.focus()
    expect(page.get_by_text("Line 1: a comma is missing.")).to_be_visible()
    expect(page.locator(".cm-content")).to_have_text('{"a": 1 "b": 2}')


def test_what_is_typed_while_a_save_is_under_way_is_saved_next(page: Page, app: str) -> None:
    page.goto(f"{app}/connector/")
    by_hand.add_call(Hands(page), "practice:/v1/chat/completions", BODY)
    url = page.get_by_label("URL", exact=True)
    held: list[Route] = []
    page.route("**/set/url/", lambda route: held.append(route), times=1)
    with page.expect_request("**/set/url/"):
        leave(url, "practice:/v1/messages?first")
    leave(url, "practice:/v1/messages?second")
    held[0].continue_()
    expect(page.locator("[data-unsaved], .htmx-request")).to_have_count(0)
    expect(url).to_have_value("practice:/v1/messages?second")
    page.reload()
    expect(url).to_have_value("practice:/v1/messages?second")


def test_returned_values(page: Page, app: str) -> None:
    hands = Hands(page)
    page.goto(f"{app}/connector/")
    by_hand.add_call(hands, "practice:/v1/chat/completions?speed=500", BODY)
    dialog = by_hand.initialize(hands)
    names = dialog.get_by_label("Field name")
    names.nth(0).fill("")
    names.nth(1).fill("Model")
    dialog.get_by_role("button", name=re.compile("^Save")).click()
    refuses(names.nth(0), "", "Fill this in.")
    expect(names.nth(1)).to_have_value("Model")
    names.nth(0).fill("Reply")
    dialog.get_by_role("button", name=re.compile("^Save")).click()
    expect(dialog.get_by_text("Another field has this name.").first).to_be_visible()
    expect(names.nth(0)).to_have_value("Reply")


def test_data(page: Page, app: str) -> None:
    page.goto(f"{app}/data/")
    page.get_by_role("main").get_by_role("button", name="New data type").click()
    dialog = page.get_by_role("dialog")
    name = dialog.get_by_label("Name")
    name.fill("   ")
    name.press("Enter")
    refuses(name, "   ", "A data type needs a name.")
    name.fill("Plant")
    name.press("Enter")
    fields = page.get_by_role("complementary", name="Fields")
    new = fields.get_by_label("Name", exact=True)
    fields.get_by_role("button", name="Add field").click()
    refuses(new, "", "A field needs a name.")
    new.fill("Age")
    fields.get_by_label("Type", exact=True).select_option("Number")
    fields.get_by_role("button", name="Add field").click()
    expect(page.get_by_role("button", name="Type of Age: Number")).to_be_visible()
    new.fill("age")
    fields.get_by_role("button", name="Add field").click()
    refuses(new, "age", "There is already a field named Age.")
    renamed = fields.get_by_label("Name of the field")
    leave(renamed, "")
    refuses(renamed, "", "A field needs a name.")
    page.get_by_role("button", name="Add a thing").click()
    age = page.get_by_label("Age of thing 1", exact=True)
    leave(age, "twelve")
    refuses(age, "twelve", "number")
    page.get_by_role("button", name="New data type").click()
    name.fill("plant")
    name.press("Enter")
    refuses(name, "plant", "There is already a data type named Plant.")


def test_elements_and_workflows(page: Page, app: str) -> None:
    hands = Hands(page)
    by_hand.put(hands, "Button")
    by_hand.put(hands, "Image")
    name = page.get_by_label("Element name")
    leave(name, "")
    expect(name).not_to_have_value("")
    page.get_by_role("treeitem", name="index").click()
    expect(page.get_by_label("Page name")).to_have_value("index")
    address = page.get_by_role("textbox", name="Address")
    leave(address, "no / address?")
    expect(address).to_have_value("no / address?")
    expect(page.get_by_role("complementary", name="Properties").locator(".hint-error")).to_be_visible()
    by_hand.select(hands, "Button")
    page.get_by_role("button", name="Add workflow: when clicked").click()
    title = page.get_by_label("Name of the workflow")
    leave(title, "")
    expect(title).to_have_value("Button is clicked")
    by_hand.add_step(hands, "Create a thing")
    expect(
        page.get_by_role("complementary", name="Event or step").get_by_text(re.compile("data type", re.I)).first
    ).to_be_visible()


# Faults of a service


@pytest.mark.slow
def test_every_fault_is_explained_after_initialize(page: Page, app: str) -> None:
    hands = Hands(page)
    page.goto(f"{app}/connector/")
    by_hand.add_call(hands, "practice:/v1/chat/completions", BODY)
    short_limits(page)
    url = page.get_by_label("URL", exact=True)
    for fault, sentence in TO_THE_AUTHOR.items():
        leave(url, f"practice:/v1/chat/completions?speed=500&fault={fault}")
        page.get_by_role("button", name="Initialize", exact=True).click()
        told = page.get_by_role("dialog").locator(".explain")
        expect(told).to_contain_text(sentence)
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".cm-content")).to_contain_text("<question>")


@pytest.mark.slow
def test_every_fault_is_told_in_the_page_and_explained_in_the_debugger(page: Page, server: StreamwrightServer) -> None:
    """S23, S24, S29: the visitor reads a sentence where the answer would be, the author the reason."""
    app = new_app(page, server, "demo")
    slug = app.rpartition("/")[2]
    limits = {"limits": {"silence": 1, "first_byte": 1}}
    for fault, sentence in TO_VISITORS.items():
        path = {"path": f"/v1/chat/completions?seed=7&speed=500&fault={fault}"}
        change = {"do": "update", "doc": "api/ai_pract1", "node": "ca_ask001", "set": path | limits}
        by_hand.perform(page, slug, [change])
        live = page.context.new_page()
        live.goto(f"{server.url}/preview/{slug}/")
        expect(live.locator("body[data-live]")).to_be_visible()
        live.get_by_label("Message", exact=True).fill("Why is there a tide?")
        live.get_by_role("button", name="Send").click()
        answer = live.locator('[data-el="el_reply1"]')
        expect(answer.locator(".sw-ending")).to_have_text(sentence)
        if fault in MIDWAY:
            expect(answer.locator(".sw-live")).not_to_be_empty()
        debugger = live.get_by_role("region", name="Debugger")
        expect(debugger.get_by_role("status")).to_have_text("Failed")
        expect(debugger.locator("[data-part=reason]")).to_be_visible()
        live.close()


def short_limits(page: Page) -> None:
    page.get_by_text("Limits", exact=True).click()
    for name in ("First byte", "Silence"):
        leave(page.locator("#limits").get_by_label(name), "1")
    expect(page.get_by_text("2 changed")).to_be_visible()
