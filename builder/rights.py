"""Rights of open sockets and the visits behind them, looked at again all the time: who lost them is cut (P10, P28)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, Self

from django.conf import settings

from builder.access import apps_of
from builder.database import db
from builder.models import User

# Seconds between two looks, in every process: calls that nobody may have any more end within one (P10).
EVERY = 0.75
log = logging.getLogger(__name__)
# The close code of a socket whose person may not, or no longer, see what it is about. 4000 to 4999 are our own.
NOT_YOURS = 4004


class Claim(Protocol):
    """What lets a socket be open, or a visit go on. Equal claims are looked at as one."""

    @classmethod
    def lost(cls, claims: set[Self]) -> set[Self]:
        """Those that no longer hold. In a database thread."""
        ...


@dataclass(frozen=True, slots=True)
class MayEdit:
    """This person may edit this app, and the session in which they signed in goes on."""

    person: int
    session: str
    app: str

    @classmethod
    def lost(cls, claims: set["MayEdit"]) -> set["MayEdit"]:
        sessions = import_module(settings.SESSION_ENGINE).SessionStore
        people = User.objects.filter(pk__in={claim.person for claim in claims}, is_active=True)
        apps = {user.pk: set(apps_of(user).values_list("pk", flat=True)) for user in people}
        return {
            claim
            for claim in claims
            if claim.app not in apps.get(claim.person, ()) or not sessions().exists(claim.session)
        }


class Rights:
    """The claims of all open sockets and visits of this process, each with what ends it."""

    def __init__(self) -> None:
        self._claims: dict[Any, tuple[Claim, Callable[[], Awaitable[None]]]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._failing = False

    def watch(self, who: Any, claim: Claim, turn_out: Callable[[], Awaitable[None]]) -> None:
        """Call `turn_out` once when the claim no longer holds; a claim of before counts no more."""
        self._claims[who] = claim, turn_out
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())

    def forget(self, who: Any) -> None:
        self._claims.pop(who, None)

    async def _look(self) -> None:
        while self._claims:
            await asyncio.sleep(EVERY)
            try:
                lost = await db(_lost, {claim for claim, _ in self._claims.values()})
            except Exception:
                if not self._failing:
                    log.exception("Rights cannot be looked at now; again every %s s", EVERY)
                self._failing = True
                continue
            self._failing = False
            for who, (claim, turn_out) in list(self._claims.items()):
                if claim in lost:
                    self.forget(who)
                    asyncio.ensure_future(turn_out()).add_done_callback(_said)


def _said(closing: asyncio.Future[None]) -> None:
    """A socket that is gone by itself needs no closing."""
    if not closing.cancelled() and (error := closing.exception()):
        log.debug("A socket was gone before it was closed: %r", error)


def _lost(claims: set[Claim]) -> set[Claim]:
    """The claims that no longer hold, asked for once a kind."""
    kinds = {type(claim) for claim in claims}
    return {lost for kind in kinds for lost in kind.lost({claim for claim in claims if type(claim) is kind})}


rights = Rights()
