"""Rights of open sockets, looked at again every few seconds: who lost them is cut within five (P28)."""

import asyncio
from importlib import import_module
from typing import Any

from django.conf import settings

from builder.access import apps_of
from builder.database import db
from builder.models import User

EVERY = 3.0
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
            lost = await db(_lost, set(self._claims.values()))
            for socket in [socket for socket, claim in self._claims.items() if claim in lost]:
                await socket.close(NOT_YOURS)


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
