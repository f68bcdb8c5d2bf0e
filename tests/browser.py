"""A real browser for journeys: Chromium through Playwright, with every console error and page error a failure.

    @pytest.mark.browser
    def test_the_apps_list(page, server):
        page.goto(server.url)

`page` is signed in as the owner; `stranger` is a second browser in which nobody is. Parametrise `theme` and `size` for
pictures of a screen in light and dark, wide and narrow.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright

from tests.server import StreamwrightServer

INSTALLED = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No graphics card, no calls home.
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
MILLISECONDS_TO_WAIT = 30_000
expect.set_options(timeout=MILLISECONDS_TO_WAIT)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium of this machine, else Playwright's own. Chromium's sandbox refuses to work for root."""
    found = next(filter(None, map(shutil.which, INSTALLED)), None)
    running = playwright.chromium.launch(executable_path=found, args=QUIET + ["--no-sandbox"] * (os.geteuid() == 0))
    yield running
    running.close()


@pytest.fixture
def theme() -> str:
    return "light"


@pytest.fixture
def size() -> str:
    return "wide"


@pytest.fixture
def complaints() -> list[str]:
    """What any page of this test has complained about. A test that expects a complaint removes it."""
    return []


@pytest.fixture
def open_browser(browser: Browser, theme: str, size: str, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens separate browsers, each with cookies of its own: `open_browser(storage_state=…) -> Page`."""
    width, height = SIZES[size]
    usual = {"color_scheme": theme, "viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> Page:
        context = browser.new_context(**usual | options)
        context.set_default_timeout(MILLISECONDS_TO_WAIT)
        context.on("console", lambda message: complain(complaints, message))
        context.on("weberror", lambda error: complaints.append(f"page error: {error.error}"))
        opened.append(context)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()
    assert not complaints, "The browser complained:\n" + "\n".join(complaints)


def complain(complaints: list[str], message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        where = message.location
        complaints.append(f"{message.type}: {message.text} ({where.get('url')}:{where.get('lineNumber')})")


@pytest.fixture(scope="session")
def signed_in_state(browser: Browser, server: StreamwrightServer) -> Any:
    """The cookies of the shared server's owner, signed in once by the link that `./run` prints."""
    context = browser.new_context()
    sign_in(context.new_page(), server)
    state = context.storage_state()
    context.close()
    return state


def sign_in(page: Page, server: StreamwrightServer, email: str | None = None) -> None:
    """Open a sign-in link and press its button."""
    page.goto(server.sign_in_link(email))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/link/" not in url)


# Every element of ours has its script, the canvas listens to its page, a built page is live, what is asked for at once is
# there, and so are the fonts.
READY = """() => document.readyState === "complete" && document.fonts.status === "loaded" && !document.querySelector(
  ":not(:defined), sw-canvas:not([data-mark]), body[data-socket]:not([data-live]), [hx-trigger=load]")"""


def until(page: Page, holds: Callable[[], Any]) -> None:
    """Wait for something that the test sees beside the page, such as what a socket has carried."""
    give_up = time.monotonic() + MILLISECONDS_TO_WAIT / 1000
    while not holds():
        assert time.monotonic() < give_up, "It did not come to be."
        page.wait_for_timeout(20)  # Meanwhile the page's events are heard.


def ready(page: Page) -> Page:
    """A page of the editor, or a built one, that has come whole and listens."""
    page.wait_for_function(READY)
    return page


def make_app(page: Page, server: StreamwrightServer, slug: str, name: str, starter: str = "demo") -> str:
    """The address of a new app of whom this page belongs to, made as the dialog does, and without any page being loaded."""
    token = next(cookie["value"] for cookie in page.context.cookies(server.url) if cookie["name"] == "csrftoken")
    form = {"name": name, "slug": slug, "starter": starter, "csrfmiddlewaretoken": token}
    made = page.request.post(f"{server.url}/apps/new/", form=form, headers={"Origin": server.url}, max_redirects=0)
    assert made.status == 302, made.text()
    return f"{server.url}/apps/{slug}"


@pytest.fixture
def page(open_browser: Callable[..., Page], signed_in_state: Any, server: StreamwrightServer) -> Iterator[Page]:
    """A page of the shared server's owner. The server may not have printed a traceback at the end."""
    printed = len(server.log)
    yield open_browser(storage_state=signed_in_state)
    assert "Traceback" not in server.log[printed:], server.log[printed:]


@pytest.fixture
def stranger(open_browser: Callable[..., Page]) -> Page:
    """A page of somebody who is not signed in."""
    return open_browser()
