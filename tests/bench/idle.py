"""Memory: what 100 visits cost that only look, and what they cost more while each has a stream.

    python -m tests.bench.idle [--visits 300] [--under daphne] [--quick] [--json]

Of a fresh process, in steps: the first visits, which bring what is loaded only then, do not count. The same beside a bare
relay, whose sockets are the least there is. Memory is little disturbed by what else a machine does: no window is refused.
"""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from tests.bench.machine import LOAD_CORE, on_core, resident
from tests.bench.relay import Visitors
from tests.bench.report import Target, options, say
from tests.bench.servers import KINDS, Bare, Contender, bare, prepared, product
from tests.bench.vendor import Vendor
from tests.server import free_port

# Visits before those that are counted, with a stream that has ended.
FIRST = 20
RATE = 20


async def measure(contender: Contender, vendor: Vendor, visits: int, seconds: float) -> dict[str, Any]:
    visitors, first = Visitors(contender), Visitors(contender)
    await first.come(FIRST)
    await first.stream(vendor, RATE)
    await asyncio.sleep(1)
    vendor.end()
    await first.rest()
    before = resident(contender.pid)
    await visitors.come(visits)
    await asyncio.sleep(seconds)
    idle = resident(contender.pid)
    await visitors.stream(vendor, RATE)
    await asyncio.sleep(seconds)
    streaming = resident(contender.pid)
    vendor.end()
    await visitors.rest()
    for each in (visitors, first):
        each.leave()
    hundred = 100 / visits / 2**20
    return {
        "server": contender.name,
        "visits": visits,
        "at first MB": before / 2**20,
        "MB per 100 idle": (idle - before) * hundred,
        "MB per 100 streaming": (streaming - before) * hundred,
    }


def targets(rows: Sequence[dict[str, Any]]) -> Iterator[Target]:
    for row in rows:
        if row["server"] != Bare.name:
            yield Target(f"{row['server']} per 100 idle visits", row["MB per 100 idle"], 6, " MB")
            yield Target(f"{row['server']} per 100 streaming visits", row["MB per 100 streaming"], 14, " MB")


async def run(contenders: Sequence[Contender], port: int, visits: int, seconds: float) -> list[dict[str, Any]]:
    vendor = await Vendor(port).start()
    return [await measure(contender, vendor, visits, seconds) for contender in contenders]


def main() -> None:
    parser = options(__doc__ or "", seconds=3)
    parser.add_argument("--visits", type=int, default=300, help="visits that are counted (300)")
    parser.add_argument("--under", action="append", choices=KINDS, help="only under this server")
    asked = parser.parse_args()
    if asked.quick:
        asked.visits, asked.seconds = 50, 1
    port = free_port()
    with ExitStack() as stack, on_core(LOAD_CORE):
        home = stack.enter_context(prepared(port))
        contenders: list[Contender] = [stack.enter_context(bare(port))]
        contenders += [stack.enter_context(product(name, home, port)) for name in asked.under or KINDS]
        rows = asyncio.run(run(contenders, port, asked.visits, asked.seconds))
        sys.exit(not say(rows, targets(rows), asked.json) and not asked.quick)


if __name__ == "__main__":
    main()
