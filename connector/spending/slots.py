"""The slots held by calls of this process: taken before a call is sent, kept while it runs, then given back."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from django.db import DatabaseError

from builder.database import db
from builder.edition import Edition
from builder.errors import StreamwrightError
from builder.people.visitor import Visitor
from connector.spending import counting
from connector.spending.budgets import OverBudget

log = logging.getLogger(__name__)

T = TypeVar("T")

# Seconds between renewals in the database: a third of how long a slot is kept without one.
RENEWED = 15.0


class Slots:
    """One small write when a call begins, one when it ends, and one for all of them every now and then."""

    def __init__(self) -> None:
        self.held: set[int] = set()
        # How many calls were not sent because a budget was used up.
        self.refused = 0
        self._renewing: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Future[None]] = set()

    async def take(
        self, edition: Edition, visitor: Visitor, ready: Callable[[], T], beside: Callable[[], None]
    ) -> tuple[T, int]:
        """What `ready` returns, and a slot for the call that is now sent with it; `beside` is written together with the
        slot or not at all. One turn in a database thread, because the visitor is waiting. What `ready` refuses is not
        counted. Raises OverBudget, which is logged in full. If cancelled meanwhile, nothing is sent: the database
        finishes all the same, and what it took is taken back."""
        taking = asyncio.ensure_future(db(lambda: (ready(), counting.take(edition, visitor, beside))))
        try:
            given, slot = await asyncio.shield(taking)
        except asyncio.CancelledError:
            self._leave(self._take_back(taking))
            raise
        except OverBudget as error:
            self.refused += 1
            log.warning("%s (%s): %s", edition.app.slug, visitor.key or "nobody", error)
            raise
        self.held.add(slot)
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._renew())
        return given, slot

    async def give_back(self, slot: int) -> None:
        """The call has ended. If that cannot be recorded, the slot expires by itself."""
        self.held.discard(slot)
        try:
            await db(counting.free, slot)
        except DatabaseError as problem:
            log.error("A slot could not be given back; it is free again after %s: %s", counting.LEASE, problem)

    def let_go(self, slot: int | None) -> None:
        """The same for callers that cannot wait, unless it has been given back already."""
        if slot in self.held:
            self._leave(self.give_back(slot))

    def _leave(self, leaving: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(leaving)
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _take_back(self, taking: asyncio.Future[tuple[Any, int]]) -> None:
        """The call of this slot was never sent."""
        try:
            _, slot = await taking
            await db(counting.take_back, slot)
        except StreamwrightError:
            pass  # It could not be sent, or was over budget: nothing was taken.
        except DatabaseError as problem:
            log.error("The slot of a call that was not sent could not be given back: %s", problem)

    async def _renew(self) -> None:
        while self.held:
            await asyncio.sleep(RENEWED)
            try:
                await db(counting.renew, list(self.held))
            except DatabaseError as problem:
                log.error("Calls that go on could not be written down; again in %s s: %s", RENEWED, problem)


slots = Slots()
