"""What can be done is in one list; two people are in one page at once, each with a browser of their own."""

import random
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Page, Route, TimeoutError, expect

from tests.browser import ready, until
from tests.journeys.test_accessibility import objections
from tests.journeys.test_two_tabs import at
from tests.server import StreamwrightServer

pytestmark = pytest.mark.browser

# An app of this test's own, and Bo, who is in it with its owner; printed is what lets him in.
TWO = """
from builder.people import sign_in_link
from builder.models import User
from builder.starters import starters
owner = User.objects.filter(is_server_owner=True).first()
bo, new = User.objects.get_or_create(email="bo@example.org", defaults={{"name": "Bo Lind"}})
app = starters["demo"].make(owner, "Together", "{slug}")
app.collaborators.create(person=bo, role="{role}")
print(sign_in_link.issue(bo))
"""


@pytest.fixture
def app(server: StreamwrightServer, slug: str) -> str:
    """The address of the app's Design tab."""
    return f"{server.url}/apps/{slug}/design/pg_chat01/"


@pytest.fixture
def bo(
    open_browser: Callable[..., Page], server: StreamwrightServer, slug: str, request: pytest.FixtureRequest
) -> Page:
    """His browser; he is an editor of the app, or what the test says."""
    token = server.shell(TWO.format(slug=slug, role=getattr(request, "param", "editor"))).strip()
    him = open_browser()
    him.goto(f"{server.url}/link/{token}/")
    him.get_by_role("button", name="Sign in").click()
    him.wait_for_url(lambda url: "/link/" not in url)
    return him


def test_what_can_be_done_is_found_and_told_with_its_keys(page: Page, server: StreamwrightServer) -> None:
    page.goto(f"{server.url}/apps/demo/design/pg_chat01/")
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Find and do")
    expect(palette.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("ask jun")
    expect(palette.get_by_role("option", selected=True)).to_contain_text("Ask Juniper")
    page.keyboard.press("Enter")
    expect(page.locator("#tree [aria-selected=true]")).to_have_attribute("data-name", "Ask Juniper")
    page.keyboard.press("Control+k")
    expect(palette.get_by_role("option", selected=True)).to_contain_text("Ask Juniper")
    page.keyboard.type(">shrtc")
    expect(palette.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Shortcuts")
    expect(sheet.get_by_role("row", name="Duplicate").first).to_contain_text("Ctrl D")
    sheet.get_by_role("switch").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(sheet).to_have_count(0)
    page.reload()
    page.keyboard.press("Control+/")
    expect(sheet.get_by_role("switch")).not_to_be_checked()
    sheet.get_by_role("switch").check()


# What stands at the right of the top bar and has less room than it needs.
SQUEEZED = """() => [...document.querySelectorAll(".topbar > :last-child > *")].filter((each) => each.clientWidth
  && each.scrollWidth > each.clientWidth + 1)"""


@pytest.mark.slow
def test_two_see_each_other_and_what_is_gone_and_lose_nothing(page: Page, bo: Page, app: str, complaints: list) -> None:
    at(page, app)
    at(bo, f"{app}?node=el_send01")
    face = page.get_by_role("img", name="Bo Lind: Design, page chat")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        expect(face).to_be_in_viewport(ratio=1)
        page.wait_for_function(f"() => !({SQUEEZED})().length")
    page.locator("#row-el_send01").click()
    page.keyboard.press("Delete")
    expect(bo.get_by_text("Send is no longer on this page.")).to_be_visible()
    bo.locator("#row-el_hint01").click()
    expect(bo.locator("#panel [data-name]")).to_have_value("Hint")
    bo.context.set_offline(True)
    bo.locator("#panel [data-name]").fill("Kept")
    bo.keyboard.press("Enter")
    expect(bo.locator("sw-saved")).to_have_text("Offline")
    bo.context.set_offline(False)
    expect(page.locator('#tree [data-name="Kept"]')).to_be_visible()
    expect(bo.locator("sw-saved")).to_have_text("Saved")
    page.keyboard.press("Control+z")
    expect(page.locator("#tree [aria-selected=true]")).to_have_attribute("data-name", "Send")
    expect(bo.locator('#tree [data-name="Kept"]')).to_be_visible()
    complaints[:] = [each for each in complaints if "INTERNET_DISCONNECTED" not in each]


def test_each_sees_what_the_other_has_selected_in_the_colour_of_their_face(page: Page, bo: Page, app: str) -> None:
    at(page, app)
    at(bo, f"{app}?node=el_send01")
    box, row = page.locator("sw-company > div:visible"), page.locator("#row-el_send01")
    expect(box).to_have_text("Bo Lind")
    colour = "each => getComputedStyle(each).backgroundColor"
    assert box.locator("span").evaluate(colour) == page.locator("sw-here .avatar").evaluate(colour)
    around = page.frame_locator("sw-canvas iframe").locator('[data-el="el_send01"]').bounding_box()
    assert around and box.bounding_box() == pytest.approx(around, abs=1)
    expect(row).to_have_attribute("aria-description", "Selected by Bo Lind")
    bo.locator("#row-el_hint01").click()
    expect(page.locator("#row-el_hint01")).to_have_attribute("aria-description", "Selected by Bo Lind")
    expect(row).not_to_have_attribute("data-ink", re.compile("."))
    bo.locator("#tree [role=treeitem]").first.click()
    expect(box).to_have_count(0)
    # Both were told by the same socket, which comes back.
    bo.context.close()
    expect(page.locator("sw-here .avatar")).to_have_count(0)


def test_who_writes_in_what_another_deletes_keeps_the_words_and_deletes_nothing(
    page: Page, bo: Page, app: str, complaints: list
) -> None:
    """The focus falls to the page, whose keys act on the selection: the group around the deleted element."""
    at(page, app)
    at(bo, f"{app}?node=el_send01")
    around = bo.locator("#row-el_send01").get_attribute("data-parent")
    bo.locator('#panel sw-expr[data-prop="label"] .words').click()
    bo.keyboard.press("Control+a")
    bo.keyboard.type("Ask the lamma")
    page.locator("#row-el_send01").click()
    page.keyboard.press("Delete")
    panel = bo.locator("#panel > [data-node]")

    def writes_on() -> bool:
        bo.keyboard.type("a")
        return panel.get_attribute("data-node") == around

    until(bo, writes_on)
    for key in ("Backspace", "Delete", "/"):
        bo.keyboard.press(key)
    message = bo.locator("#toasts sw-toast")
    expect(message).to_have_count(1)
    expect(message).to_contain_text("Send is no longer on this page.")
    expect(message).to_contain_text("Ask the lamma")
    assert bo.evaluate("document.activeElement === document.body")
    expect(bo.locator(f"#row-{around}")).to_be_visible()
    complaints[:] = [each for each in complaints if "409" not in each]


def _edit(page: Page, chance: random.Random) -> None:
    """One edit by hand, of whatever this person sees; what the other has removed meanwhile is told in a message."""
    rows = page.locator("#tree [role=treeitem]:not([hidden])")
    row = rows.nth(chance.randrange(1, rows.count()))
    what = chance.choice(["add", "add", "rename", "rename", "move", "delete", "undo"])
    with suppress(TimeoutError):  # The other one has removed it at this moment.
        row.click(timeout=3000)
    if what == "add":
        tile = page.locator("sw-palette").get_by_role("button", name=chance.choice(["Text", "Button"]), exact=True)
        tile.press("Enter")
    elif what == "rename":
        page.locator("#panel [data-name]").fill(f"Name {chance.randrange(10**6)}")
        page.keyboard.press("Enter")
    else:
        row_keys = {"move": "Alt+ArrowUp", "delete": "Delete", "undo": "Control+z"}
        page.keyboard.press(row_keys[what])


def _tree(page: Page) -> list[str]:
    return page.locator("#tree [role=treeitem]").evaluate_all(
        "rows => rows.map((row) => [row.dataset.node, row.dataset.name, row.dataset.parent].join(' '))"
    )


def _drawn(page: Page) -> list[str]:
    script = "[...document.querySelector('.artboard-page').contentDocument.querySelectorAll('[data-el]')]"
    return page.evaluate(f"{script}.map((each) => each.dataset.el)")


@pytest.mark.slow
def test_two_browsers_edit_one_page_and_end_with_the_same(
    page: Page, bo: Page, app: str, server: StreamwrightServer, slug: str, complaints: list
) -> None:
    """200 random edits each are made over HTTP in tests/builder/test_together.py; here they are made by hand."""
    chance = random.Random(5)
    at(page, app)
    at(bo, app)
    for _ in range(40):
        _edit(chance.choice([page, bo]), chance)
    for each in (page, bo):
        expect(each.locator("sw-saved")).not_to_have_attribute("data-state", "saving")
    stored = server.shell(
        f"from builder.models import App; from builder.document import walk;"
        f"body = App.objects.get(slug='{slug}').documents.get(kind='page', key='pg_chat01').body;"
        "print(*walk(body))"
    ).split()
    # What one has done comes to the other in its own time.
    until(page, lambda: [row.split()[0] for row in _tree(page)] == stored)
    until(page, lambda: (_tree(page), _drawn(page)) == (_tree(bo), _drawn(bo)))
    complaints[:] = [each for each in complaints if "409" not in each]


@pytest.mark.slow
@pytest.mark.parametrize("bo", ["viewer"], indirect=True)
def test_a_viewer_looks_and_is_told_why_nothing_changes(bo: Page, app: str) -> None:
    at(bo, f"{app}?node=el_send01")
    expect(bo.get_by_text("You can look")).to_be_visible()
    expect(bo.get_by_role("button", name="Publish")).to_have_count(0)
    bo.locator("#row-el_send01").click()
    bo.keyboard.press("Delete")
    expect(bo.get_by_text("You can look at Together, not change it.")).to_be_visible()
    expect(bo.locator("#row-el_send01")).to_be_visible()


@pytest.mark.slow
def test_who_loses_their_rights_while_writing_is_told_and_keeps_the_words(
    bo: Page, app: str, server: StreamwrightServer, slug: str, complaints: list[str]
) -> None:
    """First made a viewer, then taken out (P10). What he typed, or what the page asks for, may be refused before the
    news of it has come."""
    shared = f"from builder.models import Collaborator; Collaborator.objects.filter(app__slug='{slug}')"
    at(bo, f"{app}?node=el_send01")
    words = bo.locator("#panel sw-expr[data-prop=label] .words")
    # On a slow line, so that it is not saved yet when the news comes; and no news that comes between two keys.
    waiting: list[Route] = []
    bo.route("**/gestures/", lambda route: waiting.append(route))
    words.click()
    bo.keyboard.press("End")
    bo.keyboard.type(" now or never")
    server.shell(f"{shared}.update(role='viewer')")
    expect(bo.get_by_role("alert").filter(has_text="You can look at Together, not change it.").first).to_be_visible()
    expect(words).to_have_attribute("contenteditable", "false")
    for route in waiting:
        route.continue_()
    bo.unroute("**/gestures/")
    expect(words).to_contain_text("now or never")
    for name in ("Publish", "Undo"):
        expect(bo.get_by_role("button", name=re.compile(f"^{name}"))).to_be_disabled()
    # An editor again, he goes on, without loading the page again, and what he wrote is saved when he leaves it.
    server.shell(f"{shared}.update(role='editor')")
    expect(bo.get_by_text("You can change this app again.")).to_be_visible()
    expect(words).to_have_attribute("contenteditable", "plaintext-only")
    expect(bo.get_by_role("button", name="Publish")).to_be_enabled()
    words.click()
    bo.keyboard.press("Tab")
    expect(bo.locator("sw-saved")).to_have_attribute("data-state", "saved")
    expect(bo.frame_locator(".artboard-page").locator("[data-el=el_send01]")).to_contain_text("now or never")
    bo.locator("#row-el_send01").click()
    bo.keyboard.press("Alt+ArrowUp")
    expect(bo.locator("#row-el_send01")).to_have_attribute("aria-posinset", "1")
    server.shell(f"{shared}.delete()")
    expect(bo.get_by_role("alert").filter(has_text="You are no longer in Together")).to_be_visible()
    expect(words).to_contain_text("now or never")
    complaints[:] = [each for each in complaints if not re.search("40[34]", each)]


@pytest.mark.slow
def test_a_code_editor_cannot_be_written_in_as_soon_as_rights_are_lost(
    bo: Page, app: str, server: StreamwrightServer, slug: str
) -> None:
    shared = f"from builder.models import Collaborator; Collaborator.objects.filter(app__slug='{slug}')"
    bo.goto(f"{app.partition('/design/')[0]}/connector/ai_pract1/ca_ask001/")
    ready(bo)
    body = bo.locator(".cm-content")
    body.click()
    before = body.inner_text()
    server.shell(f"{shared}.update(role='viewer')")
    expect(bo.get_by_role("alert").filter(has_text="You can look at Together, not change it.").first).to_be_visible()
    bo.keyboard.type("never")
    assert body.inner_text() == before
    server.shell(f"{shared}.update(role='editor')")
    expect(bo.get_by_text("You can change this app again.")).to_be_visible()
    bo.keyboard.press("Control+End")
    bo.keyboard.type(" ")
    expect(bo.locator("sw-saved")).to_have_attribute("data-state", "saved")
    assert body.inner_text() != before


# What would change the app, in the regions of the editor, and can be pressed or written in.
CHANGES = """() => [...document.querySelectorAll("#left, #stage, #right, .foot")].flatMap((region) => [
  ...region.querySelectorAll("[hx-post]:not([data-looks]), form[hx-post] *, sw-panel [data-control] *, sw-styles *")])
  .filter((each) => each.matches("button, input:not([type=hidden]), select, textarea, [contenteditable=plaintext-only]"))
  .filter((each) => !each.disabled && !each.readOnly).map((each) => each.outerHTML.slice(0, 120))"""


@pytest.mark.slow
@pytest.mark.parametrize("bo", ["viewer"], indirect=True)
def test_a_viewer_is_offered_nothing_in_any_tab_that_would_be_refused(bo: Page, app: str) -> None:
    base = app.partition("/design/")[0]
    for tab in ("design/", "workflows/", "data/", "connector/", "styles/", "settings/", "settings/collaborators/"):
        bo.goto(f"{base}/{tab}")
        expect(bo.get_by_text("You can look")).to_be_visible()
        bo.wait_for_function(f"() => !({CHANGES})().length")
        ready(bo)
        assert bo.evaluate(CHANGES) == [], tab
    expect(bo.get_by_role("button", name="Leave this app")).to_be_enabled()
    bo.goto(f"{base}/connector/ai_pract1/ca_ask001/")
    initialize = bo.get_by_role("button", name="Initialize")
    expect(initialize).to_be_disabled()
    expect(initialize).to_have_attribute("title", re.compile("^You can look at Together, not change it. Ask .* editor"))
    expect(bo.get_by_label("URL", exact=True)).to_have_js_property("readOnly", True)
    bo.get_by_role("button", name="Open frames").click()
    dialog = bo.get_by_role("dialog", name="Returned values")
    expect(dialog.get_by_role("button", name="Play")).to_be_enabled()
    expect(dialog.get_by_role("button", name="Save 5 fields")).to_be_disabled()
    bo.goto(app)
    expect(bo.get_by_label("Find an element")).to_be_hidden()
    bo.keyboard.press("Control+k")
    palette = bo.get_by_role("dialog", name="Find and do")
    expect(palette.get_by_role("option", name="Settings of this page")).to_be_visible()
    expect(palette.get_by_role("option", name="Delete")).to_have_count(0)
    bo.set_viewport_size({"width": 1000, "height": 800})
    for tab in ("Design", "Logs"):
        bo.goto(app.replace("/design/pg_chat01/", f"/{tab.lower()}/"))
        expect(bo.locator(".topbar [aria-current=page]", has_text=tab)).to_be_in_viewport(ratio=1)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("key", ["Control+k", "?"])
def test_axe_finds_nothing_in_what_opens_by_a_key(
    open_browser: Callable[..., Page], signed_in_state: Any, server: StreamwrightServer, theme: str, key: str
) -> None:
    page = open_browser(storage_state=signed_in_state, bypass_csp=True)
    for address in ("/apps/demo/design/pg_chat01/", "/apps/demo/settings/collaborators/"):
        page.goto(server.url + address)
        ready(page)
        assert objections(page) == []
        page.keyboard.press(key)
        expect(page.locator("dialog[open]")).to_be_visible()
        assert objections(page) == []
