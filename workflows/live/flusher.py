"""The flusher of this process: once a second it stores the changes of visits, runs and streams (S33, P16).

It also renews the process's lease and ends what dead processes left behind. If the database is locked or gone, what
could not be written is written the next time (P19, P21); only after a long outage the oldest of it is given up.
"""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from weakref import WeakSet

from django.db import DataError, Error, IntegrityError
from django.db.models.functions import Now
from django.utils import timezone

from builder.database import db
from connector.answers.stream import Stream
from workflows.clock import clock
from workflows.live import leases, runs
from workflows.live.directory import Directory, Guest
from workflows.live.frozen import LARGE
from workflows.live.giving_up import give_up, given_up
from workflows.live.kept import LARGE_EVERY, Growth, kept_streams
from workflows.live.memory import held
from workflows.live.saving import Batch, Snapshot, save
from workflows.live.sweeping import age, end_given_up, sweep
from workflows.live.waterfall import row_of
from workflows.models import Run as RunRow
from workflows.models import StoredVisit
from workflows.runner import Run

log = logging.getLogger(__name__)

# Seconds between two rounds: including the writing itself, nothing is more than a second old.
EVERY = 0.75
SWEEP_EVERY = 5.0
AGE_EVERY = 600.0
# How many visits or streams are examined before others get their turn.
AT_ONCE = 20


class Flusher:
    """Stores what the directory's guests hold, and the runs and streams of this process, until its end."""

    def __init__(self, directory: Directory):
        self.directory = directory
        self._ending = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        # When each is next due, in loop time.
        self._beat = self._sweep = self._age = 0.0
        self._has_lease = False
        self._flushing = asyncio.Lock()
        # The guests that the log has already reported as impossible to store.
        self._told: WeakSet[Guest] = WeakSet()
        # When it was last possible to save: how many runs and pages had been given up, and until when it was.
        self._given_up = given_up.copy()
        self._failing_since = timezone.now()

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Called once the loop is running."""
        self.directory.keeps = True
        self._task = loop.create_task(self._work())

    async def end(self) -> bool:
        """Save everything, then give up the lease: what is stored belongs to whoever comes next. Returns whether
        everything was saved."""
        self._ending.set()
        is_saved = await self.flush()
        try:
            await db(leases.end)
        except Exception as problem:
            self._say(problem)
        return is_saved

    async def flush(self) -> bool:
        """Write what is due in one transaction, or nothing if nothing is; returns whether everything was written. The
        rest is due the next time."""
        async with self._flushing:
            now = asyncio.get_running_loop().time()
            changed: dict[Run, None] = {}
            guests: dict[Guest, Snapshot | None] = {}
            try:
                await self._flush(now, changed, guests)
            except BaseException as problem:
                for guest in guests:
                    guest.visit.unsaved = True
                newer = dict(runs.unwritten)
                runs.unwritten.clear()
                runs.unwritten.update(changed | newer)
                if not isinstance(problem, Exception):
                    raise
                self._say(problem)
                self._give_up()
                return False
            return True

    def _give_up(self) -> None:
        """Give up what has become too much to keep, and log it once."""
        before = given_up.total()
        give_up(self.directory, kept_streams)
        if given_up.total() > before == self._given_up.total():
            log.error("Nothing can be saved for so long that the oldest runs, and the pages left first, are given up")

    async def _flush(self, now: float, changed: dict[Run, None], guests: dict[Guest, Snapshot | None]) -> None:
        """The same; what was taken for writing is recorded in `changed` and `guests`."""
        # After a failure nothing is collected before it is known whether anything can be written.
        had_lost = self.directory.is_failing and await db(save, Batch())
        self._changed_runs(changed)
        await self._changed_visits(guests, now)
        batch = Batch(
            [seen for seen in guests.values() if seen],
            self._rows_of(changed),
            await self._grown(),
            [guest.visit.key for guest, seen in guests.items() if seen is None],
        )
        if not batch and now < self._beat and not self.directory.is_failing:
            return
        refused, was_unknown = await self._write(batch)
        for growth in batch.streams:
            if growth in refused:
                kept_streams.refused(growth)
            else:
                kept_streams.written(growth)
        if (was_unknown or had_lost) and self._has_lease:
            self._claim()
        self._has_lease, self._beat = True, now + leases.BEAT
        for guest, seen in guests.items():
            if seen:
                guest.size = len(seen.row.holds)
                guest.due = now + LARGE_EVERY if guest.size > LARGE else 0.0
            self.directory.stored(guest, gone=seen is None or not seen.row.owner)
        if given_up != self._given_up:
            visits = [guest.visit.key for guest in (*self.directory.guests.values(), *self.directory.parting.values())]
            there = [run.id for run in (*runs.under_way, *runs.unwritten)]
            await db(end_given_up, self._failing_since, there, kept_streams.names(), visits)
        self._say(None)

    async def _work(self) -> None:
        while not self._ending.is_set():
            await self.flush()
            await self._clear_up()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), EVERY)

    async def _clear_up(self) -> None:
        now = asyncio.get_running_loop().time()
        try:
            if now >= self._sweep and not self._ending.is_set():
                self._sweep = now + SWEEP_EVERY
                await db(sweep)
            if now >= self._age and not self._ending.is_set():
                self._age = now + AGE_EVERY
                if await db(clock.is_even):
                    await db(age)
        except Error as problem:
            self._say(problem)
        except Exception:
            log.exception("What other processes left behind could not be ended")

    def _claim(self) -> None:
        """Others took this process for dead and ended what belongs to it: everything in progress is written again."""
        for guest in self.directory.guests.values():
            guest.visit.unsaved = guest.visit.unsaved or guest.socket is not None
        runs.unwritten.update(dict.fromkeys(runs.under_way))
        kept_streams.anew()

    def _changed_runs(self, changed: dict[Run, None]) -> None:
        """Collect the runs whose rows are out of date; their streams, and those of all runs in progress, are stored."""
        for run in (*runs.under_way, *runs.unwritten):
            visit = run.host.visit
            for key, step in run.steps.items():
                if isinstance(step.result, Stream):
                    kept_streams.name(step.result, visit.edition.app.pk, visit.key, run.id, key)
        changed.update(runs.unwritten)
        runs.unwritten.clear()

    def _rows_of(self, changed: Iterable[Run]) -> list[RunRow]:
        rows = []
        for run in changed:
            try:
                rows.append(row_of(run))
            except Exception:
                log.exception("The run %s cannot be stored", run.id)
        return rows

    async def _changed_visits(self, guests: dict[Guest, Snapshot | None], now: float) -> None:
        """Collect the visits whose rows are out of date, with None for one that has left and cannot be written: it
        waits for its browser as it was last stored. One that holds a lot is written less often."""
        for number, guest in enumerate(self.directory.unsaved(), 1):
            if now < guest.due and not self._ending.is_set():
                continue
            try:
                guests[guest] = self._seen(guest)
            except Exception:
                if guest not in self._told:
                    log.exception("A visit of %s cannot be stored", guest.visit.page.key)
                self._told.add(guest)
                if self.directory.is_gone(guest):
                    guests[guest] = None
            guest.visit.unsaved = False
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)

    async def _grown(self) -> list[Growth]:
        """What streams have said since the last time."""
        found = []
        for growth in kept_streams.grown():
            found.append(growth)
            if len(found) % AT_ONCE == 0:
                await asyncio.sleep(0)
        return found

    def _seen(self, guest: Guest) -> Snapshot:
        visit = guest.visit
        app = visit.edition.app.pk
        holds = held(visit, guest.runs.heard, lambda stream: kept_streams.name(stream, app, visit.key))
        row = StoredVisit(
            key=visit.key,
            app_id=app,
            environment=visit.edition.environment,
            mark=visit.edition.mark,
            page=visit.page.key,
            visitor=visit.visitor.key,
            owner="" if self.directory.is_gone(guest) else leases.HERE,
            saved=Now(),
        )
        return Snapshot(row, holds, guest.size)

    async def _write(self, batch: Batch) -> tuple[list[Growth], bool]:
        """Write everything; if the database rejects part of it, everything else. Returns the growths that were
        rejected, and whether this process had lost its lease. Raises Error if the database is unavailable."""
        try:
            return [], await db(save, batch)
        except Exception as problem:
            if not is_refusal(problem):
                raise
        refused, was_unknown = [], False
        for each in batch.each():
            try:
                was_unknown |= bool(await db(save, each))
            except Exception as problem:
                if not is_refusal(problem):
                    raise
                log.exception("One of %d things that pages and runs hold was not saved", len(list(batch.each())))
                refused += each.streams
        return refused, was_unknown

    def _say(self, problem: Exception | None) -> None:
        """Log that nothing can be saved, and that it works again: once each."""
        if problem and not self.directory.is_failing:
            self._failing_since = timezone.now()
            mistake = None if isinstance(problem, Error) else problem
            log.error(
                "What pages and runs hold cannot be saved now, and is kept until it can: %s", problem, exc_info=mistake
            )
        elif self.directory.is_failing and not problem:
            lost = given_up - self._given_up
            but = f", but {lost['runs']} runs and {lost['pages']} pages that were left were given up" if lost else ""
            log.warning("What pages and runs hold is saved again%s", but)
            self._given_up = given_up.copy()
        self.directory.is_failing = problem is not None


def is_refusal(problem: Exception) -> bool:
    """Whether the problem is the data to be written rather than the database."""
    return isinstance(problem, IntegrityError | DataError) or not isinstance(problem, Error)
