"""What somebody may do with an app, by their role in it. For open sockets and the visits behind them this is checked
continuously: whoever loses a right is disconnected (P10, P28)."""

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

# `see`: the editor with all its content, and the preview. `edit`: change and publish the app. `own`: manage who else is
# in it, change its address, delete it. Nobody can see a saved secret.
RIGHTS = {
    "owner": frozenset({"see", "edit", "own"}),
    Collaborator.EDITOR: frozenset({"see", "edit"}),
    Collaborator.VIEWER: frozenset({"see"}),
}
NONE = frozenset[str]()

# Seconds between two checks, in every process: calls of people who lost their right end within a second (P10).
EVERY = 0.75
log = logging.getLogger(__name__)
# The close code of a socket whose person may not, or no longer, see what it is about. 4000 to 4999 are for
# applications.
NOT_YOURS = 4004


def apps_with(right: str, user: User | AnonymousUser) -> QuerySet[App]:
    """Every app for which somebody has a right."""
    if not user.is_authenticated:
        return App.objects.none()
    roles = _with(right)
    shared = Collaborator.objects.filter(person=user.pk, role__in=roles).values("app")
    return App.objects.filter(Q(owner=user.pk) | Q(pk__in=shared) if "owner" in roles else Q(pk__in=shared))


def rights_in(app: App, user: User | AnonymousUser) -> frozenset[str]:
    """All rights that somebody has for an app."""
    if not user.is_authenticated:
        return NONE
    if app.owner_id == user.pk:
        return RIGHTS["owner"]
    role = app.collaborators.filter(person=user.pk).values_list("role", flat=True).first()
    return RIGHTS.get(role, NONE)


def may(right: str, app: App, user: User | AnonymousUser) -> bool:
    """Whether somebody has a right for an app."""
    return right in rights_in(app, user)


def people_with(right: str, apps: Iterable[str]) -> set[tuple[str, int]]:
    """Everybody who has a right for one of these apps, as (the app's key, the key of their account)."""
    apps, roles = set(apps), _with(right)
    people = set(Collaborator.objects.filter(app__in=apps, role__in=roles).values_list("app_id", "person_id"))
    return people | set(App.objects.filter(pk__in=apps).values_list("pk", "owner_id") if "owner" in roles else ())


def _with(right: str) -> list[str]:
    return [role for role, rights in RIGHTS.items() if right in rights]


class Claim(Protocol):
    """What entitles a socket to be open, or a visit to continue. Equal claims are checked together."""

    @classmethod
    def lost(cls, claims: set[Self]) -> set[Self]:
        """The claims that no longer hold. Called in a database thread."""
        ...


@dataclass(frozen=True, slots=True)
class HasRight:
    """This person has a right for this app, and the session in which they signed in is still valid."""

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


@dataclass(frozen=True, slots=True)
class LacksRight:
    """This person does not have a right: what is watched until they get it, or get it back."""

    right: HasRight

    @classmethod
    def lost(cls, claims: set["LacksRight"]) -> set["LacksRight"]:
        lacking = HasRight.lost({claim.right for claim in claims})
        return {claim for claim in claims if claim.right not in lacking}


class Rights:
    """The claims of all open sockets and visits of this process, each with the callback that ends it."""

    def __init__(self) -> None:
        self._claims: dict[Any, tuple[Claim, Callable[[], Awaitable[None]]]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._failing = False

    def watch(self, who: Any, claim: Claim, turn_out: Callable[[], Awaitable[None]]) -> None:
        """Call `turn_out` once when the claim no longer holds. Replaces an earlier claim of `who`."""
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
    """Log the error of closing a socket that was gone already."""
    if not closing.cancelled() and (error := closing.exception()):
        log.debug("A socket was gone before it was closed: %r", error)


def _lost(claims: set[Claim]) -> set[Claim]:
    """The claims that no longer hold, with one query per kind of claim."""
    kinds = {type(claim) for claim in claims}
    return {lost for kind in kinds for lost in kind.lost({claim for claim in claims if type(claim) is kind})}


rights = Rights()
