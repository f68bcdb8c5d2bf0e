"""The slots that calls of this process hold: taken before a call is sent, kept while it goes on, then given back."""

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

# Seconds between two words to the database that the calls go on: a third of what a slot is kept without.
RENEWED = 15.0


class Slots:
    """One small write when a call begins, one when it is over, and one for all of them now and then."""

    def __init__(self) -> None:
        self.held: set[int] = set()
        # How many calls were not sent because a budget was used up.
        self.refused = 0
        self._renewing: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Future[None]] = set()

    async def take(
        self, edition: Edition, visitor: Visitor, ready: Callable[[], T], beside: Callable[[], None]
    ) -> tuple[T, int]:
        """What `ready` gives, and a slot for the call that is sent with it now; `beside` is written with the slot or
        not at all. One turn in a database thread: the visitor waits for it. What `ready` refuses is not counted. Raises
        OverBudget, which the log has in full. Who is cancelled meanwhile sends nothing: the database goes on all the
        same, so what it took is taken back."""
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
        """The call is over. Where that cannot be written down the slot runs out by itself."""
        self.held.discard(slot)
        try:
            await db(counting.free, slot)
        except DatabaseError:
            log.exception("A slot could not be given back; it is free again after %s", counting.LEASE)

    def let_go(self, slot: int | None) -> None:
        """The same from where nobody can wait, unless it is given back already."""
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
        except DatabaseError:
            log.exception("The slot of a call that was not sent could not be given back")

    async def _renew(self) -> None:
        while self.held:
            await asyncio.sleep(RENEWED)
            try:
                await db(counting.renew, list(self.held))
            except DatabaseError:
                log.exception("Calls that go on could not be written down; again in %s s", RENEWED)


slots = Slots()
