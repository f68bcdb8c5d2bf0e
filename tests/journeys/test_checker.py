"""The issue checker, and what pages are told in their address, in a real browser."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

MADE = """
import json
from builder import journal
from builder.models import User
from builder.starters import starters
app = starters["demo"].make(User.objects.order_by("pk").first(), "Juniper", {slug!r})
journal.perform(app, app.owner, "Prepare", json.loads({changes!r}))
"""


def prepared(server: StreamwrightServer, slug: str, *changes: dict) -> str:
    """A demo app of this test's own, changed; the address of its chat page in the editor."""
    server.shell(MADE.format(slug=slug, changes=json.dumps(changes)))
    return f"{server.url}/apps/{slug}/design/pg_chat01/"


def inserted(doc: str, key: str, type: str, name: str, slot: str = "children", /, **props: object) -> dict:
    """A new first node of a page."""
    made = {key: {"type": type, "name": name, "props": props, "slots": {}}}
    return {"do": "insert", "doc": doc, "nodes": made, "node": key, "parent": doc[5:], "slot": slot, "index": 0}


def test_S43_an_issue_leads_to_its_field_and_is_fixed_by_one_press(page: Page, server, slug):
    picture = inserted("page/pg_chat01", "el_photo1", "image", "Photo", src="/static/mark.svg")
    page.goto(prepared(server, slug, picture))
    issues = page.get_by_role("button", name="1 issue")
    issues.click()
    page.get_by_role("menuitem", name="It has no description").click()
    expect(page.locator('[data-control="alt"] .words')).to_be_focused()
    issues.click()
    page.get_by_role("menuitem", name="Mark it as decoration").click()
    expect(page.locator("#status")).to_contain_text("No issues")
    expect(page.get_by_role("switch", name="Decoration")).to_be_checked()
    message = page.locator("sw-toast", has_text="Photo is marked as decoration.")
    message.get_by_role("button", name="Undo").click()
    expect(issues).to_be_visible()


@pytest.mark.slow
def test_S43_an_issue_of_a_step_leads_to_its_field(page: Page, server, slug):
    gone = {"from": "state", "args": {"state": "st_gone01"}, "ops": [], "was": "chat's gone"}
    page.goto(
        prepared(
            server,
            slug,
            {"do": "update", "doc": "workflow/wf_send01", "node": "sp_save01", "set": {"when": gone}},
        )
    )
    page.get_by_role("button", name="1 issue").click()
    page.get_by_role("menuitem", name="chat's gone is gone").click()
    expect(page).to_have_url(re.compile("/workflows/"))
    expect(page.locator("#field-sp_save01-when :focus")).to_have_count(1)


def test_a_page_is_told_a_parameter_by_a_link_and_shows_it(page: Page, server, slug):
    shown = {"from": "parameter", "args": {"parameter": "pp_topic1"}, "ops": []}
    rows = [{"name": "pp_topic1", "value": "figs & co"}]
    changes = [
        inserted("page/pg_ticker", "pp_topic1", "parameter", "topic", "parameters", type="text"),
        inserted("page/pg_ticker", "el_topic1", "text", "Topic", text={"text": ["About ", shown]}),
        inserted("page/pg_chat01", "el_link01", "link", "More", label="Prices", page="pg_ticker", parameters=rows),
    ]
    prepared(server, slug, *changes)
    page.goto(f"{server.url}/preview/{slug}/pg_chat01/")
    page.get_by_role("link", name="Prices").click()
    page.wait_for_function("() => location.search === '?topic=figs+%26+co'")
    expect(page.get_by_text("About figs & co")).to_be_visible()


@pytest.mark.slow
def test_a_page_gets_a_parameter_in_its_settings_and_a_link_fills_it_in(page: Page, server, slug):
    link = inserted("page/pg_chat01", "el_link01", "link", "More", label="Prices", page="pg_ticker")
    here = prepared(server, slug, link)
    page.goto(here.replace("pg_chat01", "pg_ticker"))
    page.get_by_role("button", name="Add parameter").click()
    name = page.get_by_label("Name of the parameter")
    name.fill("two words")
    name.press("Enter")
    expect(page.get_by_text("It is part of addresses")).to_be_visible()
    name.fill("topic")
    name.press("Enter")
    expect(page.get_by_label("Type of topic")).to_be_visible()
    page.goto(f"{here}?node=el_link01")
    field = page.locator('[data-control="parameters.0.value"] .words')
    field.click()
    page.keyboard.type("figs")
    page.keyboard.press("Tab")
    page.wait_for_function(
        "() => document.querySelector('#panel [data-rows=parameters]').dataset.value.includes('figs')"
    )
    page.goto(f"{server.url}/preview/{slug}/pg_chat01/")
    expect(page.get_by_role("link", name="Prices")).to_have_attribute("href", "../pg_ticker/?topic=figs")


@pytest.mark.slow
def test_a_step_goes_to_another_page_and_tells_it_what_was_typed(page: Page, server, slug):
    shown = {"from": "parameter", "args": {"parameter": "pp_topic1"}, "ops": []}
    typed = {"from": "element", "args": {"element": "el_quest1"}, "ops": []}
    step = {
        "type": "go_to_page",
        "name": "",
        "props": {"page": "pg_ticker", "parameters": {"pp_topic1": typed}},
        "slots": {},
    }
    workflow = {
        "type": "workflow",
        "name": "",
        "props": {"page": "pg_chat01", "event": {"type": "clicked", "options": {"element": "el_go0001"}}},
        "slots": {"steps": ["sp_go0001"]},
    }
    body = {"v": 1, "root": "wf_go0001", "nodes": {"wf_go0001": workflow, "sp_go0001": step}}
    changes = [
        inserted("page/pg_ticker", "pp_topic1", "parameter", "topic", "parameters", type="text"),
        inserted("page/pg_ticker", "el_topic1", "text", "Topic", text={"text": ["About ", shown]}),
        inserted("page/pg_chat01", "el_go0001", "button", "Go", label="Go there"),
        {"do": "create", "doc": "workflow/wf_go0001", "body": body},
    ]
    prepared(server, slug, *changes)
    page.goto(f"{server.url}/preview/{slug}/pg_chat01/")
    expect(page.locator("body[data-live]")).to_be_attached()
    page.get_by_label("Message").fill("roses")
    page.get_by_role("button", name="Go there").click()
    expect(page.get_by_text("About roses")).to_be_visible()
    page.reload()
    expect(page.get_by_text("About roses")).to_be_visible()
