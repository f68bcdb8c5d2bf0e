"""A page with one of each element that shows something, in a real browser against a real server."""

import pytest
from playwright.sync_api import expect

from tests.journeys.show_page import PAGE
from tests.journeys.test_accessibility import objections

pytestmark = pytest.mark.browser


@pytest.fixture
def shown(open_browser, signed_in_state, server, slug):
    """The page in preview, live. axe writes inline styles of its own while it measures."""
    server.shell(f"""
from builder.document import node
from builder.models import Document, User
from builder.starters import starters
from tests.journeys.show_page import shows
body = shows()
app = starters["demo"].make(User.objects.first(), "Shows", {slug!r})
chat = app.documents.get(key="pg_chat01")
chat.body["nodes"]["pp_plant1"] = node("parameter", "plant", {{"type": "text"}})
chat.body["nodes"]["pg_chat01"]["slots"]["parameters"] = ["pp_plant1"]
chat.save()
Document.objects.create(app=app, kind="page", key=body["root"], body=body)
""")
    page = open_browser(storage_state=signed_in_state, bypass_csp=True)
    page.goto(f"{server.url}/preview/{slug}/{PAGE}/")
    expect(page.locator("body[data-live]")).to_have_count(1)
    return page


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_all_of_them_live_and_axe_finds_nothing(shown, slug, theme):
    """S40, P26: what moves has come; an author's own HTML reaches nothing of the page."""
    expect(shown.get_by_role("cell", name="Fig 9")).to_have_count(1)
    expect(shown.get_by_role("progressbar", name="Reading the manual")).to_have_attribute("value", "32")
    expect(shown.get_by_role("img", name="Growth in cm: bars of 6 points from 3 to 18, the last 18")).to_be_visible()
    expect(shown.get_by_role("link", name="To the chat")).to_have_attribute("href", "../pg_chat01/?plant=fig+32")
    moves = shown.locator("[data-el=el_chart2] path[data-series]")
    expect(moves).to_have_count(1)
    expect(shown.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    own = shown.frame_locator("[data-el=el_html01] iframe").locator("body")
    for secret in ("page", "cookie"):
        expect(own).to_have_attribute(f"data-{secret}", "sealed")
    expect(own).to_have_attribute("data-origin", "null")
    shown.wait_for_function("() => document.querySelector('sw-html iframe').offsetHeight > 300")
    assert objections(shown) == []


def test_a_stop_button_ends_what_the_page_loads_by_itself(shown):
    """S30: it is there while something runs, and not any more."""
    stop = shown.get_by_role("button", name="Stop", exact=True)
    stop.click()
    expect(stop).to_be_hidden()
