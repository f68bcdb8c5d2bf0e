"""Passes for published pages that are not open to everybody: people of the app get one on the editor's origin, which
knows who is signed in, and present it on the origin of published apps, which does not.

A pass is encrypted, so it reveals nothing about the session it came from, and it is valid no longer than that session.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from time import time
from typing import Any

from django.conf import settings
from django.core.signing import b64_decode, b64_encode
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from builder.access import person
from builder.document import Body
from builder.elements.page import EVERYBODY
from builder.models import App, User
from builder.people.rights import people_with
from connector.sending.auth_errors import SecretUnreadable
from connector.vault import seal, unseal
from workflows.releases import IsPublished

# The prefix of cookies that hold a pass; the app's id follows.
COOKIE = "sw_pass_"
# Seconds a pass may take from one origin to the other, and how long it is valid.
ON_ITS_WAY, HOLDS = 60, 8 * 3600
_HANDED, _KEPT = "pass.handed", "pass.kept"


@dataclass(frozen=True, slots=True)
class HasPass:
    """What lets somebody in, and lets the socket of such a page stay open: the app is published, its person may still
    see it, the session they were signed in with is alive, their password is unchanged, and it is not yet `until`, in
    seconds since 1970 (P10)."""

    app: str
    person: int
    session: str
    password: str
    until: float

    @classmethod
    def lost(cls, claims: set["HasPass"]) -> set["HasPass"]:
        apps = {claim.app for claim in claims}
        gone = {claim.app for claim in IsPublished.lost({IsPublished(app) for app in apps})}
        people = User.objects.filter(is_active=True).in_bulk({claim.person for claim in claims})
        passwords = {key: user.get_session_auth_hash() for key, user in people.items()}
        sessions, seeing = _going_on({claim.session for claim in claims}), people_with("see", apps)
        return {
            claim
            for claim in claims
            if claim.app in gone
            or claim.until < time()
            or passwords.get(claim.person) != claim.password
            or claim.session not in sessions
            or (claim.app, claim.person) not in seeing
        }


def is_for_everybody(page: Body) -> bool:
    """Whether a page needs no pass."""
    return bool(page["nodes"][page["root"]]["props"].get("who", EVERYBODY) == EVERYBODY)


def handed(request: HttpRequest, app: App) -> str:
    """A pass in transit, for someone who is signed in and may see the app in the editor."""
    who, session = person(request), str(request.session.session_key)
    return _sealed(HasPass(app.pk, who.pk, session, who.get_session_auth_hash(), time() + ON_ITS_WAY), _HANDED)


def keep(answer: HttpResponse, app: App, token: str) -> bool:
    """Store the pass that a browser brings in its cookie; returns whether it is valid."""
    brought = _opened(app, token, _HANDED)
    if brought is None:
        return False
    said = asdict(brought) | {"until": time() + HOLDS}
    kept = _sealed(HasPass(**said), _KEPT)
    answer.set_cookie(COOKIE + app.pk, kept, HOLDS, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return True


def holder(app: App, cookies: Mapping[str, Any]) -> HasPass | None:
    """A browser's pass, if it is still valid."""
    return _opened(app, str(cookies.get(COOKIE + app.pk, "")), _KEPT)


def _opened(app: App, token: str, kind: str) -> HasPass | None:
    try:
        found = HasPass(**unseal(b64_decode(token.encode()), kind, app.pk))
    except (SecretUnreadable, ValueError, TypeError):
        return None
    return None if HasPass.lost({found}) else found


def _sealed(made: HasPass, kind: str) -> str:
    return b64_encode(seal(asdict(made), kind, made.app)).decode()


def _going_on(sessions: set[str]) -> set[str]:
    rows = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects
    there = rows.filter(session_key__in=sessions, expire_date__gt=timezone.now())
    return set(there.values_list("session_key", flat=True))
