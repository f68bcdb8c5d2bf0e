"""The Design tab as its journeys see it: an app of a test's own, the tree, the palette, the panel and the canvas."""

import json
from collections.abc import Callable
from secrets import token_hex

from playwright.sync_api import Locator, Page, Route

from tests.browser import make_app
from tests.server import StreamwrightServer


def new_app(page: Page, server: StreamwrightServer, starter: str) -> str:
    """The address of an app that only this test changes."""
    slug = f"design-{token_hex(4)}"
    make_app(page, server, slug, "Design", starter)
    return slug


def drawn(page: Page, selector: str) -> Locator:
    return page.frame_locator(".artboard-page").locator(selector)


def tree(page: Page) -> list[str]:
    """The names of the tree with two spaces a level."""
    rows = page.get_by_role("treeitem").all()
    return [f"{'  ' * (int(row.get_attribute('aria-level')) - 1)}{row.get_attribute('data-name')}" for row in rows]


def row(page: Page, name: str) -> Locator:
    return page.locator(f'#tree [role=treeitem][data-name="{name}"]')


def selected(page: Page) -> Locator:
    return page.locator("#tree [role=treeitem][aria-selected=true]")


def tile(page: Page, name: str) -> Locator:
    return page.locator("sw-palette").get_by_role("button", name=name, exact=True)


def field(page: Page, prop: str) -> Locator:
    return page.locator(f'#panel sw-expr[data-prop="{prop}"]')


def stored(page: Page, server: StreamwrightServer, kind: str = "page") -> dict:
    slug = page.locator("body").get_attribute("data-app")
    code = f"import json; from builder.models import App; print(json.dumps([d.body for d in App.objects.get(slug='{slug}').documents.filter(kind='{kind}')]))"
    return json.loads(server.shell(code).splitlines()[-1])[0]


# So many frames show whether something scrolls.
FRAMES = """async () => {
  for (let frame = 0; frame < 4; frame += 1) await new Promise((next) => requestAnimationFrame(next));
}"""


def spot(target: Locator, across: float, down: float) -> tuple[float, float]:
    """A point of an element where it stands now, in parts of its size."""
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] * across, box["y"] + box["height"] * down


def at(target: Locator, across: float, down: float) -> tuple[float, float]:
    """The same, brought into view."""
    target.scroll_into_view_if_needed()
    return spot(target, across, down)


def sent(page: Page, held: list[Route], does: Callable[[], None]) -> None:
    """Do something, and wait until a gesture is held."""
    does()
    while not held:
        page.evaluate("new Promise(requestAnimationFrame)")


def answer(page: Page, held: list[Route]) -> None:
    """Let the server answer the next one."""
    sent(page, held, lambda: None)
    held.pop(0).continue_()
