"""The Workflows tab in a real browser: a workflow drawn, edited by keyboard, tested and watched."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def app(server):
    """The address of a demo app of this test's own, whose model answers fast."""
    slug = f"flow-{uuid.uuid4().hex[:8]}"
    server.shell(
        "from builder.models import User\n"
        "from builder.starters import starters\n"
        f"app = starters['demo'].make(User.objects.get(is_server_owner=True), 'Flow', '{slug}')\n"
        "row = app.documents.get(key='ai_pract1')\n"
        "row.body['nodes']['ca_ask001']['props']['path'] = '/v1/chat/completions?seed=7&speed=200'\n"
        "row.save()"
    )
    return slug


@pytest.fixture
def tab(page: Page, server, app):
    page.goto(f"{server.url}/apps/{app}/workflows/?workflow=wf_send01")
    return page


def _titles(page: Page) -> list[str]:
    return page.locator(".step:not([data-first]) .card-title").all_inner_texts()


def _focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id")


def _saved(page: Page) -> None:
    expect(page.locator("sw-saved")).to_have_attribute("data-state", "saved")


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_flow_is_drawn_without_a_complaint(tab, theme, size):
    expect(tab.get_by_text("Finishes when the first data arrives")).to_be_visible()
    expect(tab.locator('.ribbon[data-part="start"]')).to_have_count(1)
    card = tab.locator("#step-sp_keep01")
    expect(card.locator('.ribbon[data-part="end"]')).to_have_count(1)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_by_keyboard_alone_a_step_is_added_moved_copied_and_deleted(tab):
    tab.locator("#card-wf_send01").focus()
    tab.keyboard.press("End")
    assert _focused(tab) == "card-sp_keep01"
    tab.keyboard.press("ArrowUp")
    assert _focused(tab) == "card-sp_ask001"
    tab.keyboard.press("Alt+ArrowUp")
    expect(tab.locator("#spoken")).to_have_text("Ask the model is now step 2, after Create a Message")
    assert _titles(tab) == ["Create a Message", "Ask the model", "Reset Composer", "Create a Message"]
    assert _focused(tab) == "card-sp_ask001"
    tab.keyboard.press("a")
    tab.keyboard.type("hide")
    tab.keyboard.press("Enter")
    expect(tab.locator("#f-element")).to_be_focused()
    # By its words, which its name does not begin with.
    expect(tab.locator("#f-element option", has_text="Hint – Plant care")).to_be_attached()
    tab.keyboard.type("plant")
    expect(tab.locator(".card-title", has_text="Hide Hint")).to_be_visible()
    tab.locator("#f-element").select_option(label="Stop")
    expect(tab.locator(".card-title", has_text="Hide Stop")).to_be_visible()
    assert _titles(tab)[2] == "Hide Stop"
    tab.keyboard.press("Escape")
    tab.keyboard.press("Control+d")
    expect(tab.locator(".card-title", has_text="Hide Stop")).to_have_count(2)
    tab.keyboard.press("Delete")
    expect(tab.locator(".card-title", has_text="Hide Stop")).to_have_count(1)
    expect(tab.get_by_text("Hide Stop is deleted.")).to_be_visible()
    _saved(tab)


def test_undo_and_redo_draw_the_tab_without_loading_it_again(tab):
    tab.evaluate("window.notLoadedAgain = true")
    tab.locator("#card-sp_ask001").click()
    tab.get_by_label("When the stream has ended").check()
    expect(tab.locator(".gate-stream")).to_have_count(0)
    tab.get_by_role("button", name="Undo").first.click()
    expect(tab.locator(".gate-stream")).to_be_visible()
    expect(tab.get_by_label("When the first data arrives")).to_be_checked()
    tab.get_by_role("button", name="Redo").click()
    expect(tab.locator(".gate-stream")).to_have_count(0)
    assert tab.evaluate("window.notLoadedAgain")
    expect(tab).to_have_url(re.compile(r"\?workflow=wf_send01&step=sp_ask001$"))


def test_text_is_typed_into_an_option_and_the_caret_stays(tab):
    tab.locator("#card-sp_save01").click()
    role = tab.get_by_role("textbox", name="Role")
    role.click()
    tab.keyboard.press("End")
    tab.keyboard.type("s, and")
    expect(tab.locator("#step-sp_save01 .chip", has_text="users, and")).to_be_visible()
    tab.keyboard.type(" more")
    expect(tab.locator("#step-sp_save01 .chip", has_text="users, and more")).to_be_visible()
    expect(role).to_be_focused()


def test_a_workflow_is_made_for_an_event_named_copied_and_deleted(tab):
    tab.get_by_role("button", name="New workflow").click()
    tab.get_by_role("menuitem", name="A value changes").click()
    expect(tab.locator("#workflows")).to_contain_text("Message's value changes")
    tab.get_by_label("Name of the workflow").fill("Keep a draft")
    tab.keyboard.press("Enter")
    expect(tab.locator("#workflows")).to_contain_text("Keep a draft")
    row = tab.locator("#workflows .row", has_text="Keep a draft").first
    row.hover()
    row.get_by_role("button", name="More for Keep a draft").click()
    row.get_by_role("menuitem", name="Delete").click()
    expect(tab.locator("#workflows")).not_to_contain_text("Keep a draft")
    tab.locator("sw-toast").get_by_role("button", name="Undo").click()
    expect(tab.locator("#workflows")).to_contain_text("Keep a draft")


def test_an_app_without_a_workflow_begins_with_a_press(page, server, app):
    server.shell(
        f"from builder.models import App\nApp.objects.get(slug='{app}').documents.filter(kind='workflow').delete()"
    )
    page.goto(f"{server.url}/apps/{app}/workflows/")
    page.get_by_role("main").get_by_role("button", name="An element is clicked").click()
    page.get_by_label("Element", exact=True).select_option(label="Send")
    expect(page.locator(".card-title").first).to_have_text("When Send is clicked")
    expect(page.get_by_text("No step yet.")).to_be_visible()
    page.get_by_role("button", name="Add a step", exact=True).click()
    page.get_by_role("option", name="Practice - Ask the model").click()
    expect(page.locator(".card-title").nth(1)).to_have_text("Ask the model")


def test_a_run_is_drawn_in_time_when_it_has_ended(tab, server, app):
    with tab.expect_popup() as opened:
        tab.get_by_role("link", name="Test run").click()
    live = opened.value
    expect(live.get_by_text("Ready")).to_be_visible()
    live.get_by_label("Message").fill("Why does my fig drop its leaves?")
    live.get_by_role("button", name="Send").click()
    tab.bring_to_front()
    expect(tab.locator(".run")).to_have_count(1, timeout=30_000)
    expect(tab.locator(".run .wf-stream")).to_have_count(1)
    expect(tab.get_by_text("Times of the last run")).to_be_visible()
    expect(tab.locator("#full-sp_keep01 .step-time")).to_contain_text(" s")


def test_a_new_step_is_told_what_it_lacks_once_it_was_left(tab):
    tab.locator("#card-sp_ask001").focus()
    tab.keyboard.press("a")
    tab.keyboard.type("hide")
    tab.keyboard.press("Enter")
    field, card = tab.locator("#f-element"), tab.locator(".step:has([aria-current=true])")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "false")
    for each in (tab.locator("#right .hint-error"), card.get_by_text("To fix")):
        expect(each).to_be_hidden()
        expect(each).to_have_count(1)
    tab.keyboard.press("Escape")
    for each in (tab.locator("#right .hint-error"), card.get_by_text("To fix")):
        expect(each).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")


def test_what_is_wrong_is_said_where_it_is(tab):
    tab.locator("#card-sp_ask001").focus()
    tab.keyboard.press("Delete")
    expect(tab.locator("#step-sp_keep01")).to_contain_text("To fix")
    expect(tab.locator("#field-sp_keep01-fields\\.df_body01 .hint-error")).to_contain_text("is gone. Choose another")
