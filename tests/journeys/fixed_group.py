"""A page with a fixed group and below it a column, and what hands do in the group."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import ready
from tests.journeys.design_tab import FRAMES, at, drawn, new_app, row, stored
from tests.journeys.hands import perform
from tests.server import StreamwrightServer

CHILDREN = ["el_title1", "el_go0001", "el_stop01", "el_card01"]


def element(type: str, name: str, *inside: str, **props: Any) -> dict[str, Any]:
    return {"type": type, "name": name, "props": props, "slots": {"children": [*inside]} if inside else {}}


NODES = {
    "el_hero01": element("group", "Hero", *CHILDREN, direction="fixed", padding="md", border="line", min_height=400),
    "el_title1": element("heading", "Title", text="Fixed", x=24, y=16),
    "el_go0001": element("button", "Go", label="Go", x=40, y=120),
    "el_stop01": element("button", "Stop", label="Stop", x=240, y=200),
    "el_card01": element("group", "Card", "el_words1", border="line", padding="md", width="fit", x=360, y=40),
    "el_words1": element("text", "Words", text="In a card"),
    "el_col001": element("group", "Column", "el_send01", "el_more01", border="line", padding="md"),
    "el_send01": element("button", "Send", label="Send"),
    "el_more01": element("button", "More", label="More"),
}


def open_fixed(page: Page, server: StreamwrightServer) -> Page:
    """A page with a fixed group and below it a column, at 100 %: a px of the screen is one of the page."""
    slug = new_app(page, server, "blank")
    page.goto(f"{server.url}/apps/{slug}/design/")
    ready(page)
    root = page.locator("#canvas").get_attribute("data-page") or ""
    own = {"do": "insert", "doc": f"page/{root}", "parent": root, "slot": "children"}
    hero = {key: NODES[key] for key in ("el_hero01", *CHILDREN, "el_words1")}
    column = {key: NODES[key] for key in NODES if key not in hero}
    perform(page, slug, [
        {**own, "nodes": hero, "node": "el_hero01", "index": 0},
        {**own, "nodes": column, "node": "el_col001", "index": 1},
    ])  # fmt: skip
    page.reload()
    ready(page)
    row(page, "Hero").click()
    page.keyboard.press("F6")
    page.keyboard.press("0")
    expect(page.locator(".zoom-word")).to_have_text("100%")
    page.keyboard.press("Escape")
    return page


def place(page: Page, key: str) -> tuple[int, int]:
    """Where an element stands in its group, as it is drawn."""
    x, y = drawn(page, f"[data-el={key}]").evaluate(PLACE)
    return x, y


def hold(page: Page, what: Locator, x: float, y: float) -> None:
    """Take something up and hold it so far away from where it was."""
    begin = at(what, 0.5, 0.5)
    page.mouse.move(*begin)
    page.mouse.down()
    page.mouse.move(begin[0] + x / 2, begin[1] + y / 2)
    page.mouse.move(begin[0] + x, begin[1] + y)
    page.evaluate(FRAMES)


def release(page: Page, said: str) -> None:
    """Let it go, and wait until that is saved."""
    page.locator("#spoken").evaluate("region => region.textContent = ''")
    page.mouse.up()
    expect(page.locator("#spoken")).to_have_text(re.compile(said))


def named(page: Page, server: StreamwrightServer, name: str) -> dict[str, Any]:
    """The properties of an element as they are stored."""
    return next(each["props"] for each in stored(page, server)["nodes"].values() if each["name"] == name)


def named_key(page: Page, name: str) -> str:
    return row(page, name).get_attribute("data-node") or ""


PLACE = """element => {
  const [own, group] = [element.getBoundingClientRect(), element.parentElement];
  const [around, style] = [group.getBoundingClientRect(), getComputedStyle(group)];
  const from = (edge, ...insets) => Math.round(edge - insets.reduce((sum, each) => sum + parseFloat(style[each]), 0));
  return [from(own.left - around.left, "paddingLeft", "borderLeftWidth"),
          from(own.top - around.top, "paddingTop", "borderTopWidth")];
}"""


def boxes(page: Page, *keys: str) -> list[list[int]]:
    """Where elements are on the canvas, and how large."""
    return [drawn(page, f"[data-el={key}]").evaluate(BOX) for key in keys]


BOX = """element => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left, top, width, height].map(Math.round);
}"""
