"""Passes to published pages that are not for everybody: who is in their app gets one on the editor's origin, which
knows who is signed in, and shows it on the origin of published apps, which does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from builder.document import Body
from builder.elements.page import EVERYBODY
from builder.models import App, User
from builder.rights import may
from workflows.releases import IsPublished

# The beginning of the names of cookies that hold one; the app's id follows.
COOKIE = "sw_pass_"
# Seconds that a pass takes at most from one origin to the other, and that it holds.
ON_ITS_WAY, HOLDS = 60, 8 * 3600
_HANDED, _KEPT = "pass.handed", "pass.kept"


def is_for_everybody(page: Body) -> bool:
    """Whether a page takes no pass."""
    return bool(page["nodes"][page["root"]]["props"].get("who", EVERYBODY) == EVERYBODY)


def handed(app: App, who: User) -> str:
    """A pass on its way, for somebody who sees the app in the editor."""
    return signing.dumps([app.pk, who.pk], salt=_HANDED)


def keep(answer: HttpResponse, app: App, token: str) -> bool:
    """Give a browser the pass that it brings; whether it is one."""
    person = _person(app, token, _HANDED, ON_ITS_WAY)
    if person is None:
        return False
    kept = signing.dumps([app.pk, person], salt=_KEPT)
    answer.set_cookie(COOKIE + app.pk, kept, HOLDS, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return True


def holder(app: App, cookies: Mapping[str, Any]) -> int | None:
    """Who has a pass and still sees the app: the key of their account."""
    person = _person(app, str(cookies.get(COOKIE + app.pk, "")), _KEPT, HOLDS)
    who = User.objects.filter(pk=person, is_active=True).first()
    return who.pk if who and may("see", app, who) else None


def _person(app: App, token: str, salt: str, seconds: int) -> int | None:
    try:
        of, person = signing.loads(token, salt=salt, max_age=seconds)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(person) if of == app.pk else None


@dataclass(frozen=True, slots=True)
class HasPass:
    """What lets the socket of such a page be open: the app is published, and its person still sees it (P10)."""

    app: str
    person: int

    @classmethod
    def lost(cls, claims: set["HasPass"]) -> set["HasPass"]:
        gone = {claim.app for claim in IsPublished.lost({IsPublished(claim.app) for claim in claims})}
        people = User.objects.filter(is_active=True).in_bulk({claim.person for claim in claims})
        apps = App.objects.in_bulk({claim.app for claim in claims})
        return {
            claim
            for claim in claims
            if claim.app in gone or claim.person not in people or not may("see", apps[claim.app], people[claim.person])
        }
