"""Rights of open sockets, looked at again every few seconds: who lost them is cut within five (P28)."""

import asyncio
import logging
from importlib import import_module
from typing import Any

from django.conf import settings

from builder.access import apps_of
from builder.database import db
from builder.models import User

EVERY = 3.0
log = logging.getLogger(__name__)
# The close code of a socket whose person may not, or no longer, see what it is about. 4000 to 4999 are our own.
NOT_YOURS = 4004

# (person, session, app)
Claim = tuple[int, str, str]


class Rights:
    """The claims of all open sockets of this process."""

    def __init__(self) -> None:
        self._claims: dict[Any, Claim] = {}
        self._looking: asyncio.Task[None] | None = None

    def watch(self, socket: Any, person: int, session: str, app: str) -> None:
        """Close `socket` when this person may no longer edit this app, or the session has ended."""
        self._claims[socket] = (person, session, app)
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
    """The claims that no longer hold."""
    sessions = import_module(settings.SESSION_ENGINE).SessionStore
    people = {user.pk: user for user in User.objects.filter(pk__in={person for person, _, _ in claims}, is_active=True)}
    apps = {key: set(apps_of(user).values_list("pk", flat=True)) for key, user in people.items()}
    return {
        (person, session, app)
        for person, session, app in claims
        if app not in apps.get(person, ()) or not sessions().exists(session)
    }


rights = Rights()
