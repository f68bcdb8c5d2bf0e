"""The flusher of this process: once a second it writes what visits, runs and streams have become (S33, P16).

It also renews the process's lease and ends what dead processes left behind. A database that is locked or gone loses
nothing: what could not be written is written the next time (P19, P21).
"""

import asyncio
import logging
from contextlib import suppress

from django.db import DataError, Error, IntegrityError
from django.db.models.functions import Now

from builder.database import db
from connector.stream import Stream
from workflows.live import leases, runs
from workflows.live.directory import Directory, Guest
from workflows.live.frozen import write
from workflows.live.kept import Growth, kept_streams
from workflows.live.memory import held
from workflows.live.saving import Batch, save
from workflows.live.sweeping import age, sweep
from workflows.live.waterfall import row_of
from workflows.models import StoredVisit
from workflows.runner import Run

log = logging.getLogger(__name__)

# Seconds between two looks: with the writing itself, nothing is more than a second old.
EVERY = 0.75
SWEEP_EVERY = 5.0
AGE_EVERY = 600.0
# So many visits or streams are looked at before others have their turn.
AT_ONCE = 20


class Flusher:
    """Saves what the directory's guests hold, and what the runs and streams of this process are, until its end."""

    def __init__(self, directory: Directory):
        self.directory = directory
        self._ending = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        # When the next of each is due, in the loop's time.
        self._beat = self._sweep = self._age = 0.0
        self._failing = False

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """From when the loop runs."""
        self.directory.keeps = True
        self._task = loop.create_task(self._work())

    async def end(self) -> None:
        """Save all there is, then let go of the lease: what is stored is for whoever comes next."""
        self._ending.set()
        if self._task:
            await self._task
        if await self.flush():
            await db(leases.end)

    async def flush(self) -> bool:
        """Write what is due in one transaction, and nothing where nothing is; whether all of it is written."""
        now = asyncio.get_running_loop().time()
        changed = self._changed_runs()
        visits = await self._changed_visits()
        batch = Batch(list(visits.values()), [row_of(run) for run in changed], await self._grown())
        if not batch and now < self._beat:
            return True
        try:
            await self._write(batch)
        except Error as problem:
            for guest in visits:
                guest.visit.unsaved = True
            runs.unwritten.update(changed)
            self._say(problem)
            return False
        self._beat = now + leases.BEAT
        for growth in batch.streams:
            kept_streams.written(growth)
        for guest, row in visits.items():
            self.directory.stored(guest, gone=not row.owner)
        self._say(None)
        return True

    async def _work(self) -> None:
        while not self._ending.is_set():
            try:
                await self.flush()
                await self._clear_up()
            except Exception:
                log.exception("What pages and runs hold could not be saved")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), EVERY)

    async def _clear_up(self) -> None:
        now = asyncio.get_running_loop().time()
        try:
            if now >= self._sweep:
                await db(sweep)
                self._sweep = now + SWEEP_EVERY
            if now >= self._age:
                await db(age)
                self._age = now + AGE_EVERY
        except Error as problem:
            self._say(problem)

    def _changed_runs(self) -> dict[Run, None]:
        """The runs that are not written as they are; the streams of all that go on are kept."""
        for run in runs.under_way:
            visit = run.host.visit
            for key, step in run.steps.items():
                if isinstance(step.result, Stream):
                    kept_streams.name(step.result, visit.edition.app.pk, visit.key, run.id, key)
        changed = dict(runs.unwritten)
        runs.unwritten.clear()
        return changed

    async def _changed_visits(self) -> dict[Guest, StoredVisit]:
        """The visits that are not stored as they are, as rows."""
        rows: dict[Guest, StoredVisit] = {}
        for number, guest in enumerate(self.directory.unsaved(), 1):
            guest.visit.unsaved = False
            try:
                rows[guest] = self._row(guest)
            except Exception:
                log.exception("The visit of %s cannot be stored", guest.visit.page.key)
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)
        return rows

    async def _grown(self) -> list[Growth]:
        """What streams have said since they were asked last."""
        found = []
        for growth in kept_streams.grown():
            found.append(growth)
            if len(found) % AT_ONCE == 0:
                await asyncio.sleep(0)
        return found

    def _row(self, guest: Guest) -> StoredVisit:
        visit = guest.visit
        app = visit.edition.app.pk
        holds = held(visit, guest.runs.heard, lambda stream: kept_streams.name(stream, app, visit.key))
        return StoredVisit(
            key=visit.key,
            app_id=app,
            environment=visit.edition.environment,
            mark=visit.edition.mark,
            page=visit.page.key,
            visitor=visit.visitor.key,
            owner="" if self.directory.is_gone(guest) else leases.HERE,
            holds=write(holds),
            saved=Now(),
        )

    async def _write(self, batch: Batch) -> None:
        """All of it; where something of it is what no database takes, everything else. Raises Error when there is none
        to be had."""
        try:
            await db(save, batch)
        except (IntegrityError, DataError, ValueError):
            for each in batch.each():
                try:
                    await db(save, each)
                except (IntegrityError, DataError, ValueError):
                    log.exception("One of %d things that pages and runs hold was not saved", len(list(batch.each())))

    def _say(self, problem: Exception | None) -> None:
        """That nothing can be saved, and that it can again: once each."""
        if problem and not self._failing:
            log.error("What pages and runs hold cannot be saved now, and is kept until it can: %s", problem)
        elif self._failing and not problem:
            log.warning("What pages and runs hold is saved again")
        self._failing = problem is not None
