"""What the live path costs a token: a stream's piece to a message on its way to a browser, beside writing that message.

    python -m tests.bench.outbox

Prints microseconds of CPU a token and the ratio to the bare minimum, a message of the same patch written straight away:
one browser, many browsers of one page each, a page with many other properties, and a text of 5,000 tokens against 500,
which must cost the same (PERFORMANCE.md 1.3 and 4: nothing on this path looks at the text again).
"""

import asyncio
import time
from collections.abc import Callable

import django
import orjson

TURNS = 7
PIECE = " tokens"


def plain(tokens: int) -> float:
    """The bare minimum: one message a token, of the same shape."""
    began = time.process_time()
    for n in range(tokens):
        orjson.dumps({"n": n, "p": [["append", "el_live01", "text", PIECE]]}).decode()
    return (time.process_time() - began) * 1e6 / tokens


def product(visits: int, tokens: int, others: int) -> float:
    """Streams of `tokens`, each shown by a visit of its own on a page with so many `others` properties, every token
    flushed and acknowledged."""
    from connector.answers.extract import Extraction, Field
    from connector.answers.stream import Stream
    from workflows.live.visit import Visit

    page = _page(others)
    made = []
    for _ in range(visits):
        visit, stream = Visit(None, page), Stream(Extraction([Field("fd_reply1", "text_stream", "t")]))
        visit.outbox.attach(lambda message, visit=visit: visit.outbox.acknowledge(visit.outbox.n), 0)
        stream.request_sent()
        visit.set_result("sp_ask001", stream)
        made.append((visit, stream))
    frame = _frame()
    began = time.process_time()
    for _ in range(tokens):
        for visit, stream in made:
            stream.feed(frame)
            visit.outbox.flush()
    spent = time.process_time() - began
    for visit, _ in made:
        visit.close()
    return spent * 1e6 / (visits * tokens)


def _frame():
    from connector.answers.frame import frame_of

    return frame_of(orjson.dumps({"t": PIECE}))


def _page(others: int):
    from builder.expressions.catalog import Catalog
    from workflows.live.page import LivePage
    from workflows.starters.written import element, op, page, source, text

    reply = source("step", op("field", "fd_reply1"), op("text_so_far"), step="sp_ask001")
    state = text("It is ", source("state", state="st_mood01"))
    around = [element(f"el_text{number}", "text", "Text", text=state) for number in range(others)]
    document = page("pg_page01", "index", "Index", element("el_live01", "live_text", "Live", text=text(reply)), *around)
    catalog = Catalog([("page", "pg_page01", document)])
    return LivePage(document, catalog)


async def main() -> None:
    cases: dict[str, Callable[[], float]] = {
        "one message a token, no engine": lambda: plain(5_000),
        "one visit, 500 tokens": lambda: product(1, 500, 0),
        "one visit, 5,000 tokens": lambda: product(1, 5_000, 0),
        "50 visits, 100 tokens each": lambda: product(50, 100, 0),
        "one visit, 200 other properties": lambda: product(1, 2_000, 200),
    }
    # In turns, and the best of several: a shared machine is never quiet.
    best = {
        name: min(turns)
        for name, turns in zip(
            cases, zip(*([run() for run in cases.values()] for _ in range(TURNS)), strict=True), strict=True
        )
    }
    bare = best["one message a token, no engine"]
    for name, spent in best.items():
        print(f"{name:34} {spent:6.2f} us a token   {spent / bare:5.1f} times the message alone")
    print(
        f"5,000 tokens / 500: {best['one visit, 5,000 tokens'] / best['one visit, 500 tokens']:.2f} (1.05 at most on the wire)"
    )


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    asyncio.run(main())
