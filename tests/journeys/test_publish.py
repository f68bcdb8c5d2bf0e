"""An app is published in a browser, used by a stranger at its own origin, changed, rolled back and taken from the net."""

import json

import pytest
from playwright.sync_api import Page, expect

from connector.practice.answers import answer
from tests.journeys import hands as by_hand
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

QUESTION = "Why does my fig drop its leaves?"
ANSWER = "".join(answer(QUESTION, seed=7))


def things(server: StreamwrightServer, slug: str) -> dict[str, int]:
    return dict(
        json.loads(
            server.shell(f"""
import json
from django.db.models import Count
from data.models import Thing
found = Thing.objects.filter(app__slug={slug!r}).order_by().values_list("environment").annotate(Count("key"))
print(json.dumps(list(found)))
""")
        )
    )


def app_with_title(server: StreamwrightServer, slug: str, title: str) -> None:
    """Give the app's first page another title, and the app a known answer; make the app where there is none."""
    server.shell(f"""
from builder import journal
from builder.models import App, User
from builder.starters import starters
app = App.objects.filter(slug={slug!r}).first() or starters["demo"].make(User.objects.first(), "Juniper", {slug!r})
path = {{"path": "/v1/chat/completions?seed=7&speed=100"}}
journal.perform(app, app.owner, "Answers", [
    {{"do": "update", "doc": "api/ai_pract1", "node": "ca_ask001", "set": path}},
    {{"do": "update", "doc": "page/pg_chat01", "node": "el_reply1", "set": {{"formatted": False}}}},
    {{"do": "update", "doc": "page/pg_chat01", "node": "pg_chat01", "set": {{"title": {title!r}}}}},
])
""")


def test_S41_an_app_goes_live_and_back(page: Page, stranger: Page, server: StreamwrightServer, slug: str) -> None:
    app_with_title(server, slug, "First")
    page.goto(f"{server.url}/apps/{slug}/design/")
    page.get_by_role("button", name="Publish").click()
    dialog = page.get_by_role("dialog", name="Publish Juniper")
    dialog.get_by_label("Note").fill("For everybody")
    dialog.get_by_role("button", name="Publish", exact=True).click()
    expect(dialog.get_by_text("Release 1 is live").first).to_be_visible()
    address = dialog.get_by_label("Address of the published app").input_value()
    assert address == f"http://localhost:{server.port}/{slug}/"

    stranger.goto(address)
    expect(stranger).to_have_title("First")
    expect(stranger.locator("body[data-live]")).to_be_visible()
    seen = by_hand.watch(stranger, '[data-el="el_reply1"] .sw-live')
    stranger.get_by_label("Message", exact=True).fill(QUESTION)
    stranger.get_by_role("button", name="Send").click()
    expect(stranger.get_by_role("listitem").filter(has_text="Yellow leaves").first).to_be_visible()
    grown = [text for text in seen() if text and "thinking" not in text]
    assert len(grown) > 3 and all(ANSWER.startswith(text) for text in grown), grown
    page.goto(f"{server.url}/apps/{slug}/data/")
    expect(page.get_by_text("No Message yet")).to_be_visible()
    page.get_by_role("button", name="Live").click()
    expect(page.get_by_text("2 things")).to_be_visible()
    assert things(server, slug) == {"live": 2}

    app_with_title(server, slug, "Second")
    page.get_by_role("button", name="Publish").click()
    expect(dialog.get_by_text("1 change since release 1")).to_be_visible()
    dialog.get_by_role("button", name="Publish release 2").click()
    expect(dialog.get_by_text("Release 2 is live").first).to_be_visible()
    expect(stranger.locator("body[data-live]")).to_be_visible()
    stranger.reload()
    expect(stranger).to_have_title("Second")
    dialog.get_by_role("button", name="Roll back to release 1").click()
    expect(dialog.get_by_text("Release 1 is live").first).to_be_visible()
    stranger.reload()
    expect(stranger).to_have_title("First")
    expect(stranger.locator("body[data-live]")).to_be_visible()

    dialog.get_by_role("button", name="Unpublish").click()
    page.get_by_role("dialog", name="Unpublish Juniper").get_by_role("button", name="Unpublish").click()
    expect(dialog.get_by_text("Juniper is no longer published.")).to_be_attached()
    expect(stranger.get_by_text("This page is no longer open to you.")).to_be_visible()
