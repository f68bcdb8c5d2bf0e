"""What somebody may do with an app, by what they are in it. Of open sockets and the visits behind them it is looked at
again all the time: who lost a right is cut (P10, P28)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from builder.database import db
from builder.models import App, Collaborator, User

# `see`: the editor with all that is in it, and the preview. `edit`: change and publish it. `own`: who else is in it,
# its address, delete it. Nobody sees a secret that was saved.
RIGHTS = {
    "owner": frozenset({"see", "edit", "own"}),
    Collaborator.EDITOR: frozenset({"see", "edit"}),
    Collaborator.VIEWER: frozenset({"see"}),
}
NONE = frozenset[str]()

# Seconds between two looks, in every process: calls that nobody may have any more end within one (P10).
EVERY = 0.75
log = logging.getLogger(__name__)
# The close code of a socket whose person may not, or no longer, see what it is about. 4000 to 4999 are our own.
NOT_YOURS = 4004


def apps_with(right: str, user: User | AnonymousUser) -> QuerySet[App]:
    """Every app with which somebody has a right."""
    if not user.is_authenticated:
        return App.objects.none()
    roles = _with(right)
    shared = Collaborator.objects.filter(person=user.pk, role__in=roles).values("app")
    return App.objects.filter(Q(owner=user.pk) | Q(pk__in=shared) if "owner" in roles else Q(pk__in=shared))


def rights_in(app: App, user: User | AnonymousUser) -> frozenset[str]:
    """All that somebody may do with an app."""
    if not user.is_authenticated:
        return NONE
    if app.owner_id == user.pk:
        return RIGHTS["owner"]
    role = app.collaborators.filter(person=user.pk).values_list("role", flat=True).first()
    return RIGHTS.get(role, NONE)


def may(right: str, app: App, user: User | AnonymousUser) -> bool:
    """Whether somebody has a right with an app."""
    return right in rights_in(app, user)


def people_with(right: str, apps: Iterable[str]) -> set[tuple[str, int]]:
    """Everybody who has a right with one of these apps: the app's key and that of their account."""
    apps, roles = set(apps), _with(right)
    people = set(Collaborator.objects.filter(app__in=apps, role__in=roles).values_list("app_id", "person_id"))
    return people | set(App.objects.filter(pk__in=apps).values_list("pk", "owner_id") if "owner" in roles else ())


def _with(right: str) -> list[str]:
    return [role for role, rights in RIGHTS.items() if right in rights]


class Claim(Protocol):
    """What lets a socket be open, or a visit go on. Equal claims are looked at as one."""

    @classmethod
    def lost(cls, claims: set[Self]) -> set[Self]:
        """Those that no longer hold. In a database thread."""
        ...


@dataclass(frozen=True, slots=True)
class HasRight:
    """This person has a right with this app, and the session in which they signed in goes on."""

    right: str
    person: int
    session: str
    app: str

    @classmethod
    def lost(cls, claims: set["HasRight"]) -> set["HasRight"]:
        sessions = import_module(settings.SESSION_ENGINE).SessionStore
        people = {
            user.pk: user for user in User.objects.filter(pk__in={claim.person for claim in claims}, is_active=True)
        }
        asked = {(claim.person, claim.right) for claim in claims if claim.person in people}
        apps = {(who, right): set(apps_with(right, people[who]).values_list("pk", flat=True)) for who, right in asked}
        return {
            claim
            for claim in claims
            if claim.app not in apps.get((claim.person, claim.right), ()) or not sessions().exists(claim.session)
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
