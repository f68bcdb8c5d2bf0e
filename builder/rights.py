"""Rights of open sockets, looked at again every few seconds: who lost them is cut within five (P28)."""

import asyncio
import logging
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, Self

from django.conf import settings

from builder.access import apps_of
from builder.database import db
from builder.models import User

EVERY = 3.0
log = logging.getLogger(__name__)
# The close code of a socket whose person may not, or no longer, see what it is about. 4000 to 4999 are our own.
NOT_YOURS = 4004


class Claim(Protocol):
    """What lets a socket be open. Sockets with equal claims are looked at as one."""

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
    """The claims of all open sockets of this process."""

    def __init__(self) -> None:
        self._claims: dict[Any, Claim] = {}
        self._looking: asyncio.Task[None] | None = None

    def watch(self, socket: Any, claim: Claim) -> None:
        """Close `socket` when its claim no longer holds."""
        self._claims[socket] = claim
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())

    def forget(self, socket: Any) -> None:
        self._claims.pop(socket, None)

    async def _look(self) -> None:
        while self._claims:
            await asyncio.sleep(EVERY)
            try:
                lost = await db(_lost, set(self._claims.values()))
            except Exception:
                log.exception("Rights could not be looked at; again in %s s", EVERY)
                continue
            for socket in [socket for socket, claim in self._claims.items() if claim in lost]:
                self.forget(socket)
                asyncio.ensure_future(socket.close(NOT_YOURS)).add_done_callback(_said)


def _said(closing: asyncio.Future[None]) -> None:
    """A socket that is gone by itself needs no closing."""
    if not closing.cancelled() and (error := closing.exception()):
        log.debug("A socket was gone before it was closed: %r", error)


def _lost(claims: set[Claim]) -> set[Claim]:
    """The claims that no longer hold, asked for once a kind."""
    kinds = {type(claim) for claim in claims}
    return {lost for kind in kinds for lost in kind.lost({claim for claim in claims if type(claim) is kind})}


rights = Rights()
