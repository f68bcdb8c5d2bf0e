"""The form of a call in a real browser: a form with a file, what an API shares, settings; by keys, and looked at."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_connector import Connector
from tests.journeys.test_import import picture
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser


@pytest.fixture
def connector(page: Page, server: StreamwrightServer, slug: str) -> Connector:
    return Connector(page, server, slug)


@pytest.mark.slow
@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_a_form_with_a_file(connector: Connector, theme: str, size: str) -> None:
    """S5, S6: by keys alone but for the file, which a person picks in a window of the system."""
    page = connector.page
    page.emulate_media(color_scheme=theme)
    if size == "narrow":
        page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Start empty", exact=True).click()
    expect(page.get_by_label("URL", exact=True)).to_be_focused()
    page.get_by_label("URL", exact=True).fill("https://[region].example.com/v1/images")
    page.keyboard.press("Tab")
    page.get_by_role("radio", name="JSON").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Form", exact=True)).to_be_checked()
    page.get_by_role("radio", name="URL-encoded").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Form data, with files")).to_be_checked()
    body = page.locator("#body")
    for name in ("caption", "photo"):
        body.get_by_role("button", name="Add form field").press("Enter")
        row = body.get_by_role("textbox", name="Name").last
        expect(row).to_be_focused()
        page.keyboard.type(name)
        page.keyboard.press("Tab")
        expect(body.get_by_role("textbox", name=f"Test value of {name}", exact=True)).to_be_visible()
    body.get_by_role("textbox", name="Test value of caption").fill("For <person>")
    page.keyboard.press("Tab")
    expect(body.get_by_text("<person>", exact=True)).to_be_visible()
    body.get_by_role("checkbox", name="photo: file").press("Space")
    chooser = body.get_by_label("File of photo")
    expect(chooser).to_be_attached()
    chooser.set_input_files({"name": "leaf.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"})
    expect(body.get_by_role("link", name="leaf.png")).to_be_visible()
    page.get_by_label("Stays open").press("Space")
    page.locator("#limits summary").press("Enter")
    expect(page.get_by_label("Whole answer")).to_be_disabled()
    page.get_by_label("Ask again").select_option("Twice")
    expect(page.get_by_label("Ask again")).to_have_value("2")
    picture(page, f"form-top-{theme}-{size}")
    page.locator("#settings").scroll_into_view_if_needed()
    picture(page, f"form-{theme}-{size}")
    page.locator("#limits .hint").last.scroll_into_view_if_needed()
    picture(page, f"settings-{theme}-{size}")
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


def test_what_an_api_shares_is_said_in_its_calls(connector: Connector) -> None:
    page = connector.page
    page.get_by_role("button", name="Start empty", exact=True).click()
    expect(page.get_by_label("URL", exact=True)).to_be_focused()
    page.get_by_label("URL", exact=True).fill("https://[region].example.com/v1/chat")
    page.keyboard.press("Tab")
    expect(page.locator("#path-and-headers").get_by_text("[region]")).to_be_visible()
    call = page.url
    page.goto(call.rstrip("/").rpartition("/")[0] + "/")
    shared = page.locator("#path-and-headers")
    shared.get_by_role("button", name="Add header").press("Enter")
    expect(shared.get_by_role("textbox", name="Name")).to_be_focused()
    page.keyboard.type("X-Version")
    page.keyboard.press("Tab")
    page.keyboard.type("2026-11")
    page.keyboard.press("Tab")
    expect(shared.get_by_role("textbox", name="Test value of X-Version")).to_have_value("2026-11")
    picture(page, "shared")
    page.goto(call)
    expect(page.locator("#path-and-headers")).to_contain_text("Also sent, from the API: X-Version")
    picture(page, "also-sent")


def test_a_tick_stays_while_an_earlier_answer_draws_its_row_anew(connector: Connector) -> None:
    """Nothing lost: the answer to the value typed before it comes when the tick is not sent yet, and the focus is gone."""
    page, held = connector.page, []
    page.get_by_role("button", name="Start empty", exact=True).click()
    expect(page.get_by_label("URL", exact=True)).to_be_focused()
    page.get_by_label("URL", exact=True).fill("https://[region].example.com/")
    page.keyboard.press("Tab")
    value = page.get_by_role("textbox", name="Test value of region", exact=True)
    expect(value).to_be_visible()
    page.route("**/rows/**", lambda route: route.continue_() if held else held.append(route))
    value.fill("north")
    with page.expect_request("**/rows/**"):
        page.keyboard.press("Tab")
    private = page.get_by_role("checkbox", name="region: private")
    private.uncheck()
    page.get_by_label("Name of the call").focus()
    with page.expect_response(
        lambda answer: "private" in (answer.request.post_data or "") or "/private/" in answer.url
    ):
        held[0].continue_()
    page.reload()
    expect(private).not_to_be_checked()
    expect(value).to_have_value("north")
