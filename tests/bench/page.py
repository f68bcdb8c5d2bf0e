"""What a visitor sees: the published page in Chromium beside a bare page that appends the same tokens, in turns.

    python -m tests.bench.page [--seconds 5] [--repeat 5] [--quick] [--noisy] [--json]

First text: from the press of the button to the frame after the text is in the page, the vendor answering at once. Then ten
streams of 40 tokens a second: frames that came late (over 1.5 times the usual), long tasks (over 50 ms), layout shift while
text arrives, and INP, the slowest of the keys pressed meanwhile. The browser has both cores, and is the load: the figures
say little where others take much, and such a window does not count.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from tests.bench.load import BUTTON
from tests.bench.machine import Stopwatch
from tests.bench.relay import until
from tests.bench.report import Target, options, say
from tests.bench.servers import Bare, Product, bare, prepared, product
from tests.bench.vendor import Vendor
from tests.browser import INSTALLED, QUIET
from tests.server import free_port

STREAMS, RATE = 10, 40
KEYS = 5
SCRIPT = Path(__file__).with_name("page.js")
# The button, what the text appears in, and what is typed in meanwhile.
PLACES = {
    "daphne": (f'[data-el="{BUTTON}"]', '[data-type="live_text"]', '[data-el="el_other1"] input'),
    Bare.name: ("#go", "p", "#other"),
}


async def opened(browser: Browser, url: str, text: str) -> Page:
    page = await browser.new_page()
    await page.add_init_script(path=SCRIPT)
    await page.goto(url)
    await page.wait_for_selector("body[data-live]")
    await page.evaluate("text => bench.watch(text)", text)
    return page


async def measure(browser: Browser, contender: Bare | Product, vendor: Vendor, seconds: float) -> dict[str, Any]:
    """One window: a page with one stream for its first text, then one with ten."""
    button, text, other = PLACES[contender.name]
    vendor.rate, vendor.tokens = RATE, None
    page = await opened(browser, contender.url, text)
    watch = Stopwatch(contender.pid)
    await page.click(button)
    first = await page.evaluate("bench.first")
    vendor.end()
    await page.close()
    page = await opened(browser, contender.url_of_ten, text)
    await page.click(button)
    await until(lambda: len(vendor.streaming) >= STREAMS)
    await page.focus(other)
    await page.evaluate("bench.begin()")
    for _ in range(KEYS):
        await page.keyboard.press("a")
        await asyncio.sleep(seconds / KEYS)
    figures = await page.evaluate("bench.end()")
    window = watch.stop()
    vendor.end()
    await page.close()
    return {"window": window, "first text ms": first, **figures}


def row(name: str, measured: Sequence[dict[str, Any]], noisy: bool) -> dict[str, Any]:
    """The medians of the windows that count."""
    others = [each["window"].foreign / each["window"].seconds for each in measured]
    counted = [each for each in measured if noisy or not each["window"].noise]
    if not counted:
        print(f"{name}: refused, {measured[0]['window'].noise} in the first of {len(measured)}", file=sys.stderr)
    figures = [key for key in measured[0] if key != "window"]
    medians = {key: median(each[key] for each in counted) if counted else None for key in figures}
    return {"page": name, "windows": f"{len(counted)}/{len(measured)}", **medians, "others": median(others)}


def targets(rows: Sequence[dict[str, Any]]) -> Iterator[Target]:
    found = {each["page"]: each for each in rows}
    mine, theirs = found["daphne"]["first text ms"], found[Bare.name]["first text ms"]
    if mine is None or theirs is None:
        mine = theirs = None
    yield Target("first text over the bare page's", mine / theirs if mine and theirs else None, 1.5)
    yield Target("first text later than the bare page's", mine - theirs if mine and theirs else None, 100, " ms")
    yield Target("INP while ten streams run", found["daphne"]["INP ms"], 200, " ms")
    shift = found["daphne"]["layout shift"]
    yield Target("layout shift beyond the bare page's", shift - found[Bare.name]["layout shift"] if mine else None, 0)


async def run(contenders: Sequence[Bare | Product], port: int, asked: Any) -> list[dict[str, Any]]:
    vendor = await Vendor(port).start()
    measured: dict[str, list[dict[str, Any]]] = {each.name: [] for each in contenders}
    async with async_playwright() as playwright:
        found = next(filter(None, map(shutil.which, INSTALLED)), None)
        arguments = QUIET + ["--no-sandbox"] * (os.geteuid() == 0)
        browser = await playwright.chromium.launch(executable_path=found, args=arguments)
        for turn in range(asked.repeat):
            for contender in contenders[:: -1 if turn % 2 else 1]:
                measured[contender.name].append(await measure(browser, contender, vendor, asked.seconds))
        await browser.close()
    return [row(name, windows, asked.noisy) for name, windows in measured.items()]


def main() -> None:
    asked = options(__doc__ or "", seconds=5).parse_args()
    if asked.quick:
        asked.seconds, asked.repeat = min(asked.seconds, 1), 1
    port = free_port()
    with ExitStack() as stack:
        home = stack.enter_context(prepared(port))
        contenders = [stack.enter_context(bare(port)), stack.enter_context(product("daphne", home, port))]
        rows = asyncio.run(run(contenders, port, asked))
        sys.exit(not say(rows, targets(rows), asked.json) and not asked.quick)


if __name__ == "__main__":
    main()
