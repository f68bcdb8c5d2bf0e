"""A visit that returns: restored for its own browser from what a process that is gone has stored of it (S33, P4)."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress

from connector.answers.stream import Stream
from workflows.errors import INTERRUPTED, kind_sentence
from workflows.live.frozen import facts_of, read
from workflows.live.host import Host
from workflows.live.kept import kept_streams
from workflows.live.memory import recall
from workflows.live.runs import VisitRuns
from workflows.live.saving import Stored
from workflows.live.visit import Visit
from workflows.live.waterfall import again
from workflows.models import KeptStream
from workflows.models import Run as Row
from workflows.plan import plan

# Seconds that a page's searches have before its browser is greeted, so that lists have their content when it is needed.
SEARCHES = 2.0
LOOK = 0.01


def come_back(visit: Visit, runs: VisitRuns, stored: Stored, have: int) -> str:
    """Restore a new visit and its runs from what was stored, for a browser that has everything up to batch `have`.
    Returns what to tell the visitor: that something was interrupted."""
    streams = {name: _stream(name, row) for name, row in stored.streams.items() if row.over}
    heard = recall(visit, stored.holds, streams.get)
    # A run is recorded when it begins: it may know an event of the last second that the visit does not.
    begun = [row.event for row in stored.runs if row.event]
    runs.heard = OrderedDict.fromkeys([*begun, *heard])
    visit.outbox.heard = heard[-1] if heard else ""
    visit.outbox.n = have
    if not stored.runs:
        return ""
    newest = stored.runs[0]
    results = {row.step: streams.get(name) for name, row in stored.streams.items() if row.run == newest.id}
    _remember(newest, visit, runs, results)
    return kind_sentence("interrupted") if newest.reason == INTERRUPTED else ""


async def searched(visit: Visit) -> None:
    """Wait until the page's queries of its own data have results, so that its lists have their cells. Whatever is
    collected is for the browser once it is there."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SEARCHES):
            while visit.outbox.send is None:
                visit.outbox.collect(True)
                if all(resource.value is not None for resource in visit.resources.values()):
                    return
                await asyncio.sleep(LOOK)


def _stream(name: str, row: KeptStream) -> Stream:
    """A stream of this process, or a rebuilt one."""
    if known := kept_streams.find(name):
        return known
    texts = read(row.texts)
    return kept_streams.stored(Stream.restored(facts_of(row.facts, texts), texts), row)


def _remember(row: Row, visit: Visit, runs: VisitRuns, results: Mapping[str, Stream | None]) -> None:
    """Restore the newest run, for a debugger that comes later."""
    workflow = visit.page.catalog.body("workflow", row.workflow)
    if workflow and row.state != "running":
        runs.newest = again(row, workflow, plan(workflow, visit.page.catalog), Host(runs), results.get)
