"""Settings in a real browser: a budget is changed, crossed in the preview, and its visitor is told kindly (S39, P29)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import make_app
from tests.journeys.hands import perform
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser


def made(page: Page, server: StreamwrightServer, slug: str) -> str:
    """A demo app of this test's own, whose answers come at once; its address."""
    app = make_app(page, server, slug, "Settled")
    page.goto(f"{app}/settings/")
    path = {"path": "/v1/chat/completions?seed=7&speed=500"}
    perform(page, slug, [{"do": "update", "doc": "api/ai_pract1", "node": "ca_ask001", "set": path}])
    return app


def ask(page: Page, question: str) -> None:
    page.get_by_label("Message", exact=True).fill(question)
    page.get_by_role("button", name="Send").click()


def test_a_budget_that_is_crossed_is_told_kindly(page: Page, server: StreamwrightServer, slug: str) -> None:
    app = made(page, server, slug)
    page.get_by_role("link", name="Budgets and limits").click()
    number = page.locator("#id_development_visitor_minute")
    number.fill("none at all")
    number.press("Tab")
    expect(page.get_by_text("From 1 to 1,000,000.")).to_be_visible()
    number.fill("1")
    number.press("Tab")
    expect(page.get_by_text("From 1 to 1,000,000.")).to_have_count(0)
    expect(page.locator("sw-saved")).to_have_attribute("data-state", "saved")

    page.goto(app.replace("/apps/", "/preview/") + "/")
    expect(page.locator("body[data-live]")).to_be_visible()
    ask(page, "Why is there a tide?")
    expect(page.locator('[data-el="el_msgs01"] [data-key]')).to_have_count(2)
    ask(page, "And at night?")
    kindly = re.compile(r"A lot was asked for in one minute\. Try again in \d+ seconds\.")
    expect(page.get_by_text(kindly).first).to_be_visible()
    expect(page.get_by_text("The budget of 1 call a minute").first).to_be_visible()

    page.goto(f"{app}/settings/budgets/")
    expect(page.get_by_text("1 of 10,000").first).to_be_visible()
