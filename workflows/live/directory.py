"""The visits of this process: who has which page open, found again by a browser that returns in time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from itertools import count
from typing import Any

from builder.database import db
from builder.edition import Edition
from builder.errors import NotFound, Refused, StreamwrightError
from builder.expressions.catalog import Catalog
from builder.parameters import heard
from builder.people.rights import rights
from builder.people.visitor import Visitor
from builder.sources import sources
from connector.captures.replay import replaying
from connector.spending.counting import digest
from workflows.live.pace import OPEN
from workflows.live.page import LivePage
from workflows.live.protocol import Happened
from workflows.live.returning import come_back, searched
from workflows.live.runs import VisitRuns
from workflows.live.saving import load
from workflows.live.visit import Visit
from workflows.runner import Run

# Seconds that a visit is kept after its browser has gone (S31).
GRACE = 60.0
# How many pages of releases are cached.
PAGES = 128


@dataclass(eq=False)
class Guest:
    """A visit with everything that belongs to it: its runs, its watchers, and the time it leaves."""

    visit: Visit
    runs: VisitRuns
    watchers: set[Callable[[Any], None]] = field(default_factory=set)
    socket: object | None = None
    leaving: asyncio.TimerHandle | None = None
    # Whether it has a row in the database.
    is_stored: bool = False
    # The number of characters when it was last written, and the loop time from which it may be written again.
    size: int = 0
    due: float = 0.0
    # Whether it was restored from its row, so that its browser may have more of what was typed than it does.
    came_back: bool = False
    # What to tell its visitor once the browser is there.
    says: str = ""
    # A digest of the address it is visited from; "" if that is unknown.
    place: str = ""
    # The number of the hello it belongs to: a socket's hello may be processed after that of a later one.
    newest: int = 0

    @property
    def edition(self) -> Edition:
        return self.visit.edition

    def is_of(self, edition: Edition, page: str, visitor: Visitor) -> bool:
        """Whether it belongs to this visitor on this page of the app, in any release."""
        mine, asked = ((each.app.pk, each.environment) for each in (self.edition, edition))
        return mine == asked and self.visit.page.key == page and self.visit.visitor.key == visitor.key


class PageIsOld(Refused):
    """The browser's page was made from other documents than a visit would use now (P18)."""

    code = "page_is_old"
    sentence = "There is a new version of this page."
    todo = "Reload it."


class TooManyOpen(StreamwrightError):
    """Too many pages are open at one address (P13)."""

    code = "too_many_open"
    status = 503
    sentence = "Too many pages of this app are open where you are. This one comes back when some of them are closed."


class Directory:
    """All guests of this process, by the visit's id."""

    def __init__(self, grace: float = GRACE):
        self.grace = grace
        self.guests: dict[str, Guest] = {}
        # Those who have left, until their runs have ended and they are stored.
        self.parting: dict[str, Guest] = {}
        # How many have left altogether.
        self.gone = 0
        # Whether visits are being stored, and whether that is currently failing.
        self.keeps = False
        self.is_failing = False
        self._stalls = 0
        self._hellos = count(1)
        self._tasks: set[asyncio.Task[None]] = set()

    async def enter(
        self,
        edition: Edition,
        page: str,
        visitor: Visitor,
        visit: str | None,
        have: int = 1,
        mark: str = "",
        query: str = "",
    ) -> tuple[Guest, bool]:
        """The guest that this browser was, else a new one; returns also whether it is new. A page that was reloaded (it
        has nothing) after the app's documents have changed starts over, too. `mark` identifies the documents the page
        was made from, if known: only with these does it become a new guest. `query` comes from the page's URL and is
        read once, when a visit begins. Raises PageIsOld or TooManyOpen."""
        known = self.guests.get(visit or "") or self.parting.get(visit or "")
        who = visitor.by(visit or "")
        if visit and not known:
            self._check_room(edition, visitor)
            known = await self._again(edition, page, who, visit, have, query)
        if known and known.is_of(edition, page, who) and (have or known.edition.mark == edition.mark):
            self._stay(known)
            return known, False
        if mark and mark != edition.mark:
            raise PageIsOld
        drawn = await db(load_page, edition, page)
        self._check_room(edition, visitor)
        return self._welcome(edition, drawn, visitor, query), True

    def arrived(self) -> int:
        """The number of a hello that has arrived: greater than those of all earlier ones."""
        return next(self._hellos)

    @property
    def stalls(self) -> int:
        """How often the outbox of any guest, including those who have left, had to wait for its browser."""
        return self._stalls + sum(guest.visit.outbox.stalls for guest in self.guests.values())

    def attach(self, guest: Guest, socket: object, send: Callable[[str], None], have: int) -> None:
        """Connect a browser's socket to a guest. The newest one wins."""
        self._stay(guest)
        guest.socket = socket
        guest.visit.outbox.attach(send, have)
        guest.came_back = False
        if guest.says:
            guest.visit.tell_failure(guest.says, guest.runs.newest)
            guest.says = ""

    def _stay(self, guest: Guest) -> None:
        """A guest that is back in time does not leave."""
        if guest.leaving:
            guest.leaving.cancel()
            guest.leaving = None
        if self.parting.pop(guest.visit.id, None):
            self.guests[guest.visit.id] = guest
            guest.visit.go_on()

    def detach(self, guest: Guest, socket: object) -> None:
        """A socket has closed. If it was the guest's own, the grace time begins."""
        if guest.socket is not socket:
            return
        guest.socket = None
        guest.visit.outbox.detach()
        self._expect(guest)

    async def leave(self, guest: Guest) -> None:
        """Let the guest leave this process. Its row stays, for a browser that was asleep, or a tab that is reopened
        (S33)."""
        if guest.leaving:
            guest.leaving.cancel()
        if self.guests.pop(guest.visit.id, None):
            self._stalls += guest.visit.outbox.stalls
            self.parting[guest.visit.id] = guest
            if not self.keeps:
                self._forget(guest)
        guest.visit.close()
        await guest.runs.leave()
        if guest.visit.id not in self.guests:
            rights.forget(guest)

    async def turn_out(self, guest: Guest) -> None:
        """The guest has lost its entitlement: it leaves at once, and none of its runs continues (P10)."""
        guest.runs.stop_all()
        await self.leave(guest)

    # What is stored

    def unsaved(self) -> list[Guest]:
        """The guests whose rows are out of date."""
        gone = [guest for guest in self.parting.values() if self.is_gone(guest)]
        for guest in gone:
            if not (guest.visit.unsaved or guest.is_stored):
                self._forget(guest)
        changed = [guest for guest in [*self.guests.values(), *self.parting.values()] if guest.visit.unsaved]
        return list(dict.fromkeys([*changed, *(guest for guest in gone if guest.is_stored)]))

    def is_gone(self, guest: Guest) -> bool:
        """Whether this process has nothing left to do for it."""
        return guest.visit.id in self.parting and not guest.runs.running

    def stored(self, guest: Guest, gone: bool) -> None:
        """A guest's row has been written or, for one that was `gone`, there is nothing left to write."""
        guest.is_stored = True
        if gone:
            self._forget(guest)

    def give_up(self, guest: Guest) -> None:
        """Forget one who has left and cannot be stored. If there is a row, it stays as it is."""
        self._forget(guest)

    def _forget(self, guest: Guest) -> None:
        if self.parting.pop(guest.visit.id, None):
            self.gone += 1

    async def _again(
        self, edition: Edition, page: str, visitor: Visitor, visit: str, have: int, query: str
    ) -> Guest | None:
        """Restore a guest from a process that is gone, or who was away for long. Raises ServedElsewhere."""
        stored = await db(load, visit, edition, page, visitor, have)
        if stored is None:
            return None
        drawn = await db(load_page, stored.edition, page)
        if visit in self.guests:  # Two of its sockets came at once.
            return self.guests[visit]
        guest = self._welcome(stored.edition, drawn, visitor, query, visit)
        guest.is_stored = guest.came_back = True
        guest.says = come_back(guest.visit, guest.runs, stored, have)
        await searched(guest.visit)
        return guest

    def _welcome(self, edition: Edition, page: LivePage, visitor: Visitor, query: str, known: str = "") -> Guest:
        visit = Visit(edition, page, visitor, told=heard(page.body, query))
        visit.id = known or visit.id
        visit.visitor = visitor = visitor.by(visit.id)
        watchers: set[Callable[[Any], None]] = set()

        def tell_watchers(run: Run) -> None:
            for watch in list(watchers):
                watch(run)

        runs = VisitRuns(visit, tell_watchers, lambda: self.keeps)

        def open_resource(source: str, arguments: dict[str, Any], moved: Callable[[], None]) -> Any:
            with replaying(visit.replay):
                return sources[source].open(edition, arguments, moved, visitor)

        visit.open_resource = open_resource
        guest = Guest(visit, runs, watchers, place=place_of(visitor.address))
        self.guests[visit.id] = guest
        self._expect(guest)
        return guest

    def _check_room(self, edition: Edition, visitor: Visitor) -> None:
        """Check whether there is room for one more guest of an app from this visitor's address. Raises TooManyOpen."""
        place, app = place_of(visitor.address), edition.app.pk
        there = (guest for guest in self.guests.values() if guest.place == place and guest.edition.app.pk == app)
        if place and sum(1 for _ in there) >= OPEN:
            raise TooManyOpen

    def _expect(self, guest: Guest) -> None:
        """From now on a guest without a browser has its grace time to get one."""
        guest.leaving = asyncio.get_running_loop().call_later(self.grace, self._begin_leaving, guest)

    def _begin_leaving(self, guest: Guest) -> None:
        task = asyncio.ensure_future(self.leave(guest))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def place_of(address: str) -> str:
    """What counts as one address for visitors; "" for this machine itself and for an unknown one."""
    try:
        own = ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return ""
    return "" if own else digest(address)


def load_page(edition: Edition, page: str) -> LivePage:
    """A page of an app, prepared for visits; a release's page is prepared once for all of them. Raises NotFound."""
    return _of_release(edition.frozen, page) if edition.frozen else _made(edition.catalog(), page)


def _made(catalog: Catalog, page: str) -> LivePage:
    body = catalog.body("page", page)
    if body is None:
        raise NotFound
    return LivePage(body, catalog)


_of_release = lru_cache(maxsize=PAGES)(_made)


def happened_first(guest: Guest) -> None:
    """The event that the page is loaded: once per visit."""
    guest.runs.happened(Happened("loaded", None, "loaded", {}))


directory = Directory()
