"""What an author waits for: a page of 500 elements in the Design tab, in Chromium.

    python -m tests.bench.editor [--repeat 5] [--quick] [--noisy] [--json]

open: from the address to a canvas that answers. line, panel: from the press on an element to the line around it, and to
its properties. edit: from the press on a switch to the element as it is then, which the server has to say. move: from a
move of the pointer to the line that shows where. drop: from letting go to the element at its new place on the canvas and
in the tree. duplicate, insert: from the key to the copy, or the place of what was added, on the canvas. Each from the browser's own event to the frame after what it is waited for; of many the one that 95 in 100
are within.

edit saved, drop saved and so on: from the same event until the server has answered and what it said is drawn. What is promised is
what is seen, so these have no target; where the two of a pair are about the same, nothing was shown ahead of the answer.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench.report import Target, options, say
from tests.browser import INSTALLED, QUIET, sign_in
from tests.server import StreamwrightServer

GROUPS, IN_GROUP = 50, 9  # with the groups themselves 500 elements
PAGE = "pg_bench1"
TYPES = ("text", "heading", "button", "input", "text")
OPEN_S, ANSWER_MS = 1.5, 100
PROMISED = ("line", "panel", "edit", "move", "drop", "duplicate", "insert")
SAVED = ("edit saved", "drop saved", "duplicate saved", "insert saved")
IS_SAVED = "document.body.dataset.saving === 'saved'"
MAKE = f"""
from builder.document import body, node
from builder.models import App, Document, User
types, nodes, groups = {TYPES}, {{}}, []
for g in range({GROUPS}):
    inside = [f"el_{{g:03d}}{{n:03d}}" for n in range({IN_GROUP})]
    for n, key in enumerate(inside):
        kind = types[n % len(types)]
        props = {{"text": f"Words {{g}} {{n}}"}} if kind in ("text", "heading") else {{"label": f"Label {{g}} {{n}}"}}
        nodes[key] = node(kind, f"{{kind}} {{g}} {{n}}", props)
    nodes[f"el_g{{g:05d}}"] = node("group", f"Group {{g}}", {{}}, children=inside)
    groups.append(f"el_g{{g:05d}}")
nodes["{PAGE}"] = node("page", "bench", {{}}, children=groups)
app = App.objects.create(slug="bench", name="Bench", owner=User.objects.order_by("id").first())
Document.objects.create(app=app, kind="page", key="{PAGE}", body=body("{PAGE}", nodes))
"""
WATCH = """
window.bench = { from: 0, took: [] };
// From an event of the browser to the frame after something holds.
bench.wait = (view, event, holds) => new Promise((done, fail) => {
  // An event that never comes, as one of the keyboard in a frame without the focus, would be waited for for ever.
  setTimeout(() => fail(new Error(`${event} did not come, or not what was waited for: ${holds}`)), 20_000);
  view.addEventListener(event, () => {
    const from = performance.now();
    const look = () => requestAnimationFrame(() => (holds() ? done(performance.now() - from) : look()));
    look();
  }, { capture: true, once: true });
});
bench.frame = () => document.querySelector(".artboard-page").contentWindow;
bench.find = (key) => bench.frame().document.querySelector(`[data-el="${key}"]`);
bench.at = (key) => [...bench.find(key).parentElement.children].indexOf(bench.find(key));
"""
READY = """() => document.querySelectorAll("#tree [role=treeitem]").length > 500 && customElements.get("sw-canvas") &&
  document.querySelector("#canvas").page?.querySelectorAll("[data-el]").length > 500 && document.querySelector(".sel [data-name]").textContent"""


def opened(page: Page, url: str) -> float:
    """Seconds until the tab answers."""
    page.goto(url, wait_until="commit")
    page.wait_for_function(READY)
    return page.evaluate("performance.now()") / 1000


def timed(page: Page, event: str, holds: str, act: Any, in_frame: bool = False) -> float:
    """Milliseconds from an event of what `act` does until something holds."""
    return timed_each(page, event, [holds], act, in_frame)[0]


def timed_each(page: Page, event: str, holds: Sequence[str], act: Any, in_frame: bool = False) -> list[float]:
    """The same of several things that one act comes to."""
    view = "bench.frame()" if in_frame else "window"
    waits = ", ".join(f"bench.wait({view}, '{event}', () => {each})" for each in holds)
    page.evaluate(f"() => {{ window.waited = Promise.all([{waits}]) }}")
    act()
    return page.evaluate("window.waited")


def measure(page: Page, rounds: int) -> dict[str, list[float]]:
    took: dict[str, list[float]] = {what: [] for what in (*PROMISED, *SAVED)}
    frame = page.frame_locator(".artboard-page")
    for at in range(rounds):
        key, other = f"el_{at % GROUPS:03d}000", f"el_{at % GROUPS:03d}004"
        target = frame.locator(f"[data-el={key}]")
        target.scroll_into_view_if_needed()
        shown = f"document.querySelector('.sel [data-name]').textContent === 'text {at % GROUPS} 0'"
        took["line"].append(timed(page, "pointerup", shown, target.click, in_frame=True))
        frame.locator(f"[data-el={other}]").click()
        panel = f"document.querySelector('#panel [data-node]').dataset.node === '{key}'"
        took["panel"].append(timed(page, "pointerup", panel, target.click, in_frame=True))
        switch = page.locator("#panel input[name=keep_space]")
        before = page.evaluate(f"bench.find('{key}').dataset.keep === 'yes'")
        edited = f"(bench.find('{key}').dataset.keep === 'yes') !== {'true' if before else 'false'}"
        seen, saved = timed_each(page, "click", [edited, IS_SAVED], switch.click)
        took["edit"].append(seen)
        took["edit saved"].append(saved)
        add(page, target, key, took)
        drag(page, frame.locator(f"[data-el={key}]"), frame.locator(f"[data-el={other}]"), key, took)
    return took


def add(page: Page, after: Any, key: str, took: dict[str, list[float]]) -> None:
    """A copy of an element, and a button from the palette after it; both are taken back."""
    children = f"bench.find('{key}').parentElement.children.length"
    is_added = f"{IS_SAVED} && document.querySelector('.sel').dataset.of !== '{key}'"
    many = page.evaluate(children)
    for what, press in (("duplicate", "d"), ("insert", "Enter")):
        after.click()
        page.wait_for_function(f"() => document.querySelector('#panel [data-node]').dataset.node === '{key}'")
        if what == "duplicate":
            page.keyboard.down("Control")  # its own event is not the one that counts
        else:
            page.locator("sw-palette input").fill("Button")
        act = lambda press=press: page.keyboard.press(press)  # noqa: E731
        seen, saved = timed_each(page, "keydown", [f"{children} === {many + 1}", is_added], act)
        took[what].append(seen)
        took[f"{what} saved"].append(saved)
        page.keyboard.up("Control")
        page.locator(".artboard").focus()
        page.keyboard.press("Control+z")
        page.wait_for_function(f"() => {IS_SAVED} && {children} === {many}")
    # The tag of what is selected now may lie where the next drag begins.
    after.click()


def drag(page: Page, what: Any, to: Any, key: str, took: dict[str, list[float]]) -> None:
    """One element behind another; the line at every move, the place at the end."""
    to.scroll_into_view_if_needed()
    begin, end = what.bounding_box(), to.bounding_box()
    x, y = begin["x"] + 12, begin["y"] + begin["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 8, y)
    for part in (0.5, 0.8, 1):
        line = "!document.querySelector('#drag-ghost').hidden"
        there = y + (end["y"] + end["height"] * 0.8 - y) * part
        took["move"].append(
            timed(page, "pointermove", line, lambda there=there: page.mouse.move(x, there), in_frame=True)
        )
    on_canvas = f"bench.at('{key}') === {IN_GROUP // 2}"
    in_tree = f"document.querySelector('#row-{key}').ariaPosInSet === '{IN_GROUP // 2 + 1}'"
    seen, saved = timed_each(page, "pointerup", [f"{on_canvas} && {in_tree}", IS_SAVED], page.mouse.up, in_frame=True)
    took["drop"].append(seen)
    took["drop saved"].append(saved)


def p95(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def main(asked: Sequence[str]) -> bool:
    given = options(__doc__ or "", 0, 5).parse_args(asked)
    rounds = 3 if given.quick else 20
    found = next(filter(None, map(shutil.which, INSTALLED)), None)
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        nobody = StreamwrightServer(Path(home))
        for command in (("migrate", "--noinput", "-v", "0"), ("collectstatic", "--noinput", "-v", "0"), ("seed",)):
            nobody.manage(*command)
        nobody.shell(MAKE)
        with nobody as server, sync_playwright() as running:
            flags = QUIET + ["--no-sandbox"] * (os.geteuid() == 0)
            browser = running.chromium.launch(executable_path=found, args=flags)
            page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
            page.set_default_timeout(60_000)
            page.add_init_script(WATCH)
            sign_in(page, server)
            url = f"{server.url}/apps/bench/design/{PAGE}/"
            opening = [opened(page, url) for _ in range(2 if given.quick else given.repeat)]
            took = measure(page, rounds)
            browser.close()
    rows = [
        {
            "what": "open",
            "unit": "s",
            "median": sorted(opening)[len(opening) // 2],
            "p95": max(opening),
            "times": len(opening),
        }
    ]
    rows += [
        {"what": what, "unit": "ms", "median": sorted(each)[len(each) // 2], "p95": p95(each), "times": len(each)}
        for what, each in took.items()
    ]
    targets = [Target("opening a page of 500 elements", max(opening), OPEN_S, " s")]
    targets += [Target(f"{what}, p95", p95(each), ANSWER_MS, " ms") for what, each in took.items() if what in PROMISED]
    return say(rows, targets, given.json)


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
