"""The streaming path under load: the product under Daphne and under uvicorn beside a bare relay, in turns, in one run.

    python -m tests.bench.relay [--seconds 5] [--repeat 5] [--quick] [--noisy] [--json] [--only 100@40] [--under daphne]

One core for the server, the other for vendor and visitors. `100@40` are 100 visits whose streams bring 40 tokens a second
each, `@0` as many as are taken. Every visit is a real socket that says hello, clicks and acknowledges as a page does; each
token is a moment, so that its way from the vendor's write to the visitor's receipt is known. Medians of the windows that
count; a window in which others took more than 15 % of a core, or the load side more than 80 % of its own, does not.
"""

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import repeat
from statistics import median
from typing import Any

from tests.bench.load import Socket
from tests.bench.machine import LOAD_CORE, Stopwatch, Window, on_core, resident
from tests.bench.report import Target, options, say
from tests.bench.servers import KINDS, Bare, Contender, bare, prepared, product
from tests.bench.vendor import Vendor
from tests.server import free_port

CASES = [(1, 40), (100, 40), (200, 40), (500, 40), (50, 0), (40, 100)]
# A noisy window is taken again so many times at the most.
TRIES = 3
OPENING_AT_ONCE = 10
SECONDS_TO_BEGIN = 60


@dataclass(slots=True)
class Measured:
    """One window of one contender: the tokens that came, those the vendor wrote, and the seconds each was on its way."""

    window: Window
    sent: int
    came: list[float]
    bytes: int
    messages: int

    def figures(self) -> dict[str, float]:
        came, seconds = sorted(self.came), self.window.seconds
        count = max(1, len(came))
        return {
            "tok/s": count / seconds,
            "delivered": count / max(1, self.sent),
            "us/tok": self.window.server * 1e6 / count,
            "p50 ms": came[len(came) // 2] * 1e3 if came else 0.0,
            "p99 ms": came[len(came) * 99 // 100] * 1e3 if came else 0.0,
            "B/tok": self.bytes / count,
            "tok/msg": count / max(1, self.messages),
            "server": self.window.server / seconds,
            "load": self.window.load / seconds,
            "others": self.window.foreign / seconds,
        }


class Visitors:
    """The open pages of one contender."""

    def __init__(self, contender: Contender):
        self.contender = contender
        self.pages: list[Socket] = []

    async def come(self, count: int) -> None:
        """Open pages until there are so many, a few at a time."""
        while (missing := count - len(self.pages)) > 0:
            opened = (self.contender.page().open() for _ in range(min(missing, OPENING_AT_ONCE)))
            self.pages += await asyncio.gather(*opened)

    def leave(self) -> None:
        for page in self.pages:
            page.close()
        self.pages.clear()

    async def stream(self, vendor: Vendor, rate: float, tokens: int | None = None) -> None:
        """Every page clicks; back when all streams are under way."""
        vendor.rate, vendor.tokens = rate, tokens
        before = vendor.sent - self._count()
        vendor.ahead = lambda: vendor.sent - before - self._count()
        for page in self.pages:
            page.click()
        await until(lambda: len(vendor.streaming) >= len(self.pages))

    async def rest(self) -> None:
        """Back when nothing more comes: what was under way has arrived, what runs write down at their end is written."""
        before = -1
        while before != (now := self._count()):
            before = now
            await asyncio.sleep(0.5 + len(self.pages) / 100)

    def _count(self) -> int:
        return sum(page.count for page in self.pages)

    async def measure(self, vendor: Vendor, seconds: float) -> Measured:
        """One window in the middle of their streams."""
        watch, sent = Stopwatch(self.contender.pid), vendor.sent
        for page in self.pages:
            page.record()
        await asyncio.sleep(seconds)
        for page in self.pages:
            page.rest()
        window, sent = watch.stop(), vendor.sent - sent
        came = [way for page in self.pages for way in page.tokens()]
        return Measured(
            window, sent, came, sum(page.bytes for page in self.pages), sum(page.messages for page in self.pages)
        )


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS_TO_BEGIN):
        for wait in repeat(0.02):
            if reached():
                return
            await asyncio.sleep(wait)


async def windows(
    contenders: Sequence[Contender], vendor: Vendor, streams: int, rate: float, asked: Any
) -> dict[str, list[Measured]]:
    """The windows of one case, the contenders in turns."""
    found: dict[str, list[Measured]] = {each.name: [] for each in contenders}
    everybody = [Visitors(each) for each in contenders]
    for turn in range(asked.repeat):
        for visitors in everybody[turn % len(everybody) :] + everybody[: turn % len(everybody)]:
            await visitors.come(streams)
            for _ in range(1 if asked.noisy else TRIES):
                await visitors.stream(vendor, rate)
                # What a run writes down at its beginning is over by then.
                await asyncio.sleep(0.5 + streams / 100)
                measured = await visitors.measure(vendor, asked.seconds)
                vendor.end()
                await visitors.rest()
                found[visitors.contender.name].append(measured)
                if not measured.window.noise:
                    break
    for visitors in everybody:
        visitors.leave()
    return found


def row(name: str, case: str, measured: Sequence[Measured], noisy: bool) -> dict[str, Any]:
    """The medians of the windows that count."""
    counted = [each.figures() for each in measured if noisy or not each.window.noise]
    head = {"case": case, "server": name, "windows": f"{len(counted)}/{len(measured)}"}
    if not counted:
        quietest = min(measured, key=lambda each: each.window.foreign)
        print(f"{case} {name}: refused, {quietest.window.noise} in the quietest of {len(measured)}", file=sys.stderr)
        return head | dict.fromkeys(measured[0].figures())
    medians = {key: median(each[key] for each in counted) for key in counted[0]}
    return head | {("of core" if key == "server" else key): value for key, value in medians.items()}


def targets(rows: Sequence[dict[str, Any]]) -> Iterator[Target]:
    """PERFORMANCE.md 4, as far as it was measured."""
    found = {(each["case"], each["server"]): each for each in rows}

    def figure(case: str, server: str, what: str) -> float | None:
        return found.get((case, server), {}).get(what)

    def ratio(case: str, server: str, what: str) -> float | None:
        mine, bare = figure(case, server, what), figure(case, Bare.name, what)
        return mine / bare if mine is not None and bare else None

    for server, cpu, late in (("daphne", 2.2, 250), ("uvicorn", 1.6, 60)):
        if any(each["server"] == server for each in rows):
            yield Target(f"{server} CPU/token 100@40 over the relay's", ratio("100@40", server, "us/tok"), cpu)
            yield Target(f"{server} p50 100@40 over the relay's", ratio("100@40", server, "p50 ms"), 4)
            yield Target(f"{server} 200@40 delivered", figure("200@40", server, "delivered"), 0.99, least=True)
            yield Target(f"{server} 200@40 p99", figure("200@40", server, "p99 ms"), 15, " ms")
            yield Target(f"{server} 500@40 delivered", figure("500@40", server, "delivered"), 0.99, least=True)
            yield Target(f"{server} 500@40 p99", figure("500@40", server, "p99 ms"), late, " ms")
            yield Target(f"{server} tokens/s 50@0 over the relay's", ratio("50@0", server, "tok/s"), 1, least=True)
            few, many = figure("500 tokens", server, "B/tok"), figure("5000 tokens", server, "B/tok")
            yield Target(f"{server} bytes/token, 5,000 over 500", many / few if many and few else None, 1.05)
            yield Target(f"{server} bytes/token", figure("100@40", server, "B/tok"), 80)
            yield Target(
                f"{server} memory for a reader who does not read", figure("slow reader", server, "MB"), 32, " MB"
            )


async def long_text(contender: Contender, vendor: Vendor, tokens: int) -> Measured:
    """One stream of so many tokens, from its click to its end, at the same pace whatever the length."""
    visitors = Visitors(contender)
    await visitors.come(1)
    visitors.pages[0].record()
    watch, sent = Stopwatch(contender.pid), vendor.sent
    await visitors.stream(vendor, 250, tokens)
    await until(lambda: not vendor.streaming)
    await visitors.rest()
    [page] = visitors.pages
    measured = Measured(watch.stop(), vendor.sent - sent, page.tokens(), page.bytes, page.messages)
    visitors.leave()
    return measured


async def slow_reader(contender: Contender, vendor: Vendor, tokens: int) -> float:
    """The megabytes more that a server holds while a visitor does not read a stream that goes as fast as it can; once
    they read again, all of it must come."""
    visitors = Visitors(contender)
    await visitors.come(1)
    [page] = visitors.pages
    page.record()
    before, sent, most = resident(contender.pid), vendor.sent, 0
    await visitors.stream(vendor, 0, tokens)
    vendor.ahead = lambda: 0
    page.transport.pause_reading()
    while vendor.streaming:
        await asyncio.sleep(0.05)
        most = max(most, resident(contender.pid))
    page.transport.resume_reading()
    await until(lambda: page.count >= tokens)
    assert len(page.tokens()) == tokens == vendor.sent - sent
    visitors.leave()
    return max(0, most - before) / 2**20


async def run(contenders: Sequence[Contender], port: int, asked: Any) -> list[dict[str, Any]]:
    vendor = await Vendor(port).start()
    rows: list[dict[str, Any]] = []

    def wanted(case: str) -> bool:
        return not asked.only or case in asked.only

    for streams, rate in CASES:
        case = f"{streams}@{rate}"
        if wanted(case) and not (asked.quick and streams > 100):
            found = await windows(contenders, vendor, streams, rate, asked)
            rows += [row(name, case, measured, asked.noisy) for name, measured in found.items()]
    for contender in contenders:
        for tokens in (50, 500) if asked.quick else (500, 5000):
            if wanted("bytes"):
                measured = await long_text(contender, vendor, tokens)
                assert len(measured.came) == tokens, f"{contender.name}: {len(measured.came)} of {tokens} tokens came"
                rows.append(row(contender.name, f"{tokens} tokens", [measured], noisy=True))
        if wanted("slow reader") and not isinstance(contender, Bare):
            more = await slow_reader(contender, vendor, 20_000 if asked.quick else 150_000)
            rows.append({"case": "slow reader", "server": contender.name, "MB": more})
    names = dict.fromkeys(name for each in rows for name in each)
    return [names | each for each in rows]


def main() -> None:
    parser = options(__doc__ or "", seconds=5)
    parser.add_argument("--only", action="append", help="this case and no other: 100@40, bytes, slow reader")
    parser.add_argument("--under", action="append", choices=KINDS, help="only under this server")
    asked = parser.parse_args()
    if asked.quick:
        asked.seconds, asked.repeat = min(asked.seconds, 1), 1
    port = free_port()
    with ExitStack() as stack, on_core(LOAD_CORE):
        home = stack.enter_context(prepared(port))
        contenders: list[Contender] = [stack.enter_context(bare(port))]
        contenders += [stack.enter_context(product(name, home, port)) for name in asked.under or KINDS]
        rows = asyncio.run(run(contenders, port, asked))
        sys.exit(not say(rows, targets(rows), asked.json) and not asked.quick)


if __name__ == "__main__":
    main()
