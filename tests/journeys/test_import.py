"""Adding an API in a real browser: from the catalogue by keys, by pasting a command, from a description."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_connector import Connector
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

COMMAND = """curl https://api.openai.com/v1/chat/completions \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer sk-proj-Zk3q9vX1mT7bR5wY8nC2" \\
  -d '{"model": "gpt-5.1", "messages": [{"role": "user", "content": "Hello!"}], "stream": true}'"""
DESCRIPTION = """
openapi: 3.1.0
info: {title: Garden}
servers: [{url: https://api.garden.example/v1}]
paths:
  /plants: {get: {tags: [Plants], summary: List plants}, post: {tags: [Plants], summary: Add a plant}}
  /ask: {post: {tags: [Gardener], summary: Ask the gardener, responses: {200: {content: {text/event-stream: {}}}}}}
"""


@pytest.fixture
def connector(page: Page, server: StreamwrightServer, slug: str) -> Connector:
    return Connector(page, server, slug)


def picture(page: Page, name: str) -> None:
    """A picture for whoever asks for one: PICTURES=/tmp/pictures."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }""",
        text,
    )


@pytest.mark.parametrize("size", ["wide", pytest.param("narrow", marks=pytest.mark.slow)])
@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_a_preset_by_keys_alone(connector: Connector, theme: str, size: str) -> None:
    page = connector.page
    page.get_by_role("button", name="Add an API", exact=True).press("Enter")
    dialog = page.get_by_role("dialog", name="Add an API")
    expect(dialog.get_by_label("Find a service")).to_be_focused()
    picture(page, f"presets-{theme}-{size}")
    page.keyboard.type("anthropic")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("heading", name="Fields, found already")).to_be_visible()
    dialog.get_by_label("Key", exact=True).fill("sk-ant-0123456789abcdef0123")
    picture(page, f"preset-{theme}-{size}")
    dialog.get_by_role("button", name="Add API").press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_label("Name of the call")).to_have_value("Ask Claude")
    expect(page.locator("#working").get_by_text("From a recording", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Initialize", exact=True)).to_be_focused()
    expect(page.locator("#response")).to_contain_text("Reply")
    expect(page.get_by_role("button", name=re.compile("^Undo: Add Anthropic"))).to_be_visible()


def test_a_practice_preset_runs_at_once(connector: Connector) -> None:
    page = connector.page
    page.get_by_role("button", name="Add an API", exact=True).click()
    page.locator(".preset", has_text="Practice").click()
    expect(page.get_by_role("heading", name="Fields of Chat, as OpenAI")).to_be_visible()
    assert page.locator("dialog.dialog-import").evaluate("dialog => dialog.scrollTop") == 0, (
        "the dialog itself scrolled"
    )
    page.get_by_role("button", name="Add API").click()
    expect(page.get_by_label("Name of the call")).to_have_value("Chat, as OpenAI")
    connector.initialize()
    expect(connector.dialog.get_by_label("Field name").first).to_have_value("Reply")


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_command_that_is_pasted_into_the_url_is_offered(connector: Connector, size: str) -> None:
    page = connector.page
    page.get_by_role("button", name="Start empty", exact=True).click()
    expect(page.get_by_label("URL", exact=True)).to_be_focused()
    paste(page, COMMAND)
    dialog = page.get_by_role("dialog", name="Add an API")
    expect(dialog.get_by_text("Key found. It will be sealed.")).to_be_visible()
    expect(dialog.get_by_label("Name of the call")).to_have_value("Create chat completion")
    expect(dialog.get_by_role("checkbox", name=re.compile("question"))).to_be_checked()
    picture(page, f"curl-{size}")
    dialog.get_by_role("button", name="Import call").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_label("URL", exact=True)).to_have_value("https://api.openai.com/v1/chat/completions")
    expect(page.locator("sw-url > :first-child")).to_have_class("url-behind")
    expect(page.locator("#authentication")).to_contain_text("8nC2")
    assert "sk-proj" not in page.content()


def test_a_second_command_may_join_an_api_that_is_there(connector: Connector) -> None:
    page = connector.page
    dialog = page.get_by_role("dialog", name="Add an API")
    page.get_by_role("button", name="Paste cURL", exact=True).click()
    expect(dialog.get_by_label("cURL command")).to_be_focused()
    page.keyboard.insert_text(COMMAND)
    dialog.get_by_role("button", name="Import call").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Import a cURL command", exact=True).click()
    expect(dialog.get_by_label("cURL command")).to_be_focused()
    page.keyboard.insert_text(COMMAND)
    expect(dialog.get_by_label("Put it into")).to_be_visible()
    expect(dialog.get_by_label("Name of the API")).to_be_hidden()
    dialog.get_by_label("Put it into").select_option("A new API")
    expect(dialog.get_by_label("Name of the API")).to_be_visible()


def test_a_command_that_is_wrong_says_why_and_adds_nothing(connector: Connector) -> None:
    page = connector.page
    page.get_by_role("button", name="Paste cURL", exact=True).click()
    dialog = page.get_by_role("dialog", name="Add an API")
    expect(dialog.get_by_label("cURL command")).to_be_focused()
    page.keyboard.insert_text("curl https://a.example -d @body.json")
    expect(dialog.get_by_role("alert")).to_contain_text("the file body.json")
    expect(dialog.get_by_role("button", name="Import call")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_text("No API yet")).to_be_visible()


def test_operations_are_found_ticked_and_counted(connector: Connector) -> None:
    page = connector.page
    page.get_by_role("button", name="Add an API", exact=True).click()
    dialog = page.get_by_role("dialog", name="Add an API")
    dialog.get_by_role("tab", name="OpenAPI").click()
    file = {"name": "garden.yaml", "mimeType": "application/yaml", "buffer": DESCRIPTION.encode()}
    dialog.get_by_label("or a file").set_input_files([file])  # type: ignore[list-item]
    expect(dialog.get_by_text("garden.yaml")).to_be_visible()
    dialog.get_by_role("button", name="List its operations").click()
    expect(dialog.get_by_role("checkbox")).to_have_count(3)
    dialog.get_by_label("Find an operation").fill("plant")
    dialog.get_by_role("button", name="Tick all shown").click()
    expect(dialog.get_by_role("button", name="Import 2 calls")).to_be_visible()
    picture(page, "openapi")
    dialog.get_by_role("button", name="Import 2 calls").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("treeitem", name=re.compile("Add a plant"))).to_be_visible()
