"""The visits of this process: who has which page open, found again by a browser that comes back in time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from builder.access import catalog_of
from builder.database import db
from builder.errors import NotFound
from builder.models import App, User
from builder.sources import sources
from connector.replay import replaying
from workflows.live.page import LivePage
from workflows.live.protocol import Happened
from workflows.live.runs import VisitRuns
from workflows.live.visit import Visit
from workflows.runner import Run

# How long a visit whose browser is gone is kept (S31).
GRACE = 60.0


@dataclass(eq=False)
class Guest:
    """A visit with what belongs to it: its app, its visitor, its runs, who watches it, and its time to leave."""

    app: App
    visit: Visit
    runs: VisitRuns
    visitor: int
    watchers: set[Callable[[Any], None]] = field(default_factory=set)
    socket: object | None = None
    leaving: asyncio.TimerHandle | None = None


class Directory:
    """All guests of this process, by the visit's id."""

    def __init__(self, grace: float = GRACE):
        self.grace = grace
        self.guests: dict[str, Guest] = {}
        self._stalls = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def enter(self, app: App, page: str, visitor: User, visit: str | None, have: int = 1) -> tuple[Guest, bool]:
        """The guest this browser was, else a new one; whether it is new. A page that was loaded anew (it has nothing)
        after its author changed the app begins anew, too."""
        known = self.guests.get(visit or "")
        same = known and known.app.pk == app.pk and known.visitor == visitor.pk and known.visit.page.key == page
        if known and same and (have or known.app.edited == app.edited):
            self._stay(known)
            return known, False
        guest = self._welcome(app, await db(load_page, app, page), visitor)
        return guest, True

    @property
    def stalls(self) -> int:
        """How often the outbox of any guest, also of one that left, had to wait for its browser."""
        return self._stalls + sum(guest.visit.outbox.stalls for guest in self.guests.values())

    def attach(self, guest: Guest, socket: object, send: Callable[[str], None], have: int) -> None:
        """A browser's socket is there for a guest. The newest one wins."""
        self._stay(guest)
        guest.socket = socket
        guest.visit.outbox.attach(send, have)

    def _stay(self, guest: Guest) -> None:
        """Whoever is back in time does not leave."""
        if guest.leaving:
            guest.leaving.cancel()
            guest.leaving = None

    def detach(self, guest: Guest, socket: object) -> None:
        """A socket is gone. When it was the guest's own, the grace time begins."""
        if guest.socket is not socket:
            return
        guest.socket = None
        guest.visit.outbox.detach()
        loop = asyncio.get_running_loop()
        guest.leaving = loop.call_later(self.grace, self._begin_leaving, guest)

    async def leave(self, guest: Guest) -> None:
        """The guest is gone for good."""
        if self.guests.pop(guest.visit.id, None):
            self._stalls += guest.visit.outbox.stalls
        guest.visit.close()
        await guest.runs.leave()

    def _welcome(self, app: App, page: LivePage, visitor: User) -> Guest:
        visit = Visit(app, page)
        watchers: set[Callable[[Any], None]] = set()

        def tell_watchers(run: Run) -> None:
            for watch in list(watchers):
                watch(run)

        runs = VisitRuns(app, visit, visitor.email, tell_watchers)

        def open_resource(source: str, arguments: dict[str, Any], moved: Callable[[], None]) -> Any:
            with replaying(visit.replay):
                return sources[source].open(app, arguments, moved)

        visit.open_resource = open_resource
        guest = Guest(app, visit, runs, visitor.pk, watchers)
        self.guests[visit.id] = guest
        return guest

    def _begin_leaving(self, guest: Guest) -> None:
        task = asyncio.ensure_future(self.leave(guest))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def load_page(app: App, page: str) -> LivePage:
    """A page of an app as it is now, ready for visits."""
    catalog = catalog_of(app)
    body = catalog.body("page", page)
    if body is None:
        raise NotFound
    return LivePage(body, catalog)


def happened_first(guest: Guest) -> None:
    """The page is loaded: once a visit."""
    guest.runs.happened(Happened("loaded", None, "loaded", {}))


directory = Directory()
