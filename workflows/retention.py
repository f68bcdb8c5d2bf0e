"""Retention: deletes what apps do not keep for so long or in such numbers, as their Settings say; once a day, and by
`manage.py sweep`."""

import asyncio
import logging
from collections import Counter
from datetime import timedelta

from django.db import Error
from django.utils import timezone

from builder.database import db
from builder.models import App
from builder.sections.retention import kept
from connector.models import CallFile, Capture
from connector.spending import counting
from workflows.clock import clock
from workflows.models import Run

log = logging.getLogger(__name__)

# Seconds from a server's start to its first sweep, so that nobody waits for it, and between two sweeps.
FIRST, EVERY = 60.0, 24 * 3600.0
# The same while the clock cannot be trusted.
AGAIN = 3600.0


def sweep() -> Counter[str]:
    """Delete what is too old or too much in every app; return how many of what."""
    gone: Counter[str] = Counter()
    for app in App.objects.all():
        gone["captures"] += Capture.sweep(app)
        gone["files"] += CallFile.sweep(app)
        gone["runs"] += sweep_runs(app)
    gone["counts"] += counting.forget()
    return gone


def sweep_runs(app: App) -> int:
    """Delete the runs that an app does not keep, except those in progress; return how many."""
    most = kept(app)
    over = Run.objects.filter(app=app).exclude(state="running")
    old = over.filter(started__lt=timezone.now() - timedelta(days=most["run_days"])).delete()[0]
    edge = over.order_by("-started").values_list("started", flat=True)[most["runs"] : most["runs"] + 1]
    return old + sum(over.filter(started__lte=started).delete()[0] for started in edge)


async def daily() -> None:
    """Sweep once a day for as long as the server runs."""
    wait = FIRST
    while True:
        await asyncio.sleep(wait)
        wait = EVERY
        try:
            if not await db(clock.is_even):
                wait = AGAIN
                continue
            gone = await db(sweep)
        except Error:
            log.exception("Nothing could be swept away; again in %g hours", EVERY / 3600)
        else:
            log.info("Swept away: %s", in_words(gone))


def in_words(gone: Counter[str]) -> str:
    """What was deleted: "3 captures, 120 runs", or nothing."""
    named = (f"{count} {what if count > 1 else what.removesuffix('s')}" for what, count in gone.items() if count)
    return ", ".join(named) or "nothing"
