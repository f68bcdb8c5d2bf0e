"""Sign-in links: for whoever started the server, once, from the same machine; for invited people from anywhere."""

import hashlib
import secrets
from datetime import timedelta
from ipaddress import ip_address

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from builder.errors import NotFound, Refused
from builder.models import SignInLink, User

LIFETIME = timedelta(minutes=15)
# How long the link of an invited person is valid.
INVITED_FOR = timedelta(days=3)
# Headers added by proxies: behind one, everybody seems to come from this machine.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


class LinkIsDead(NotFound):
    code = "link_is_dead"
    sentence = "This sign-in link no longer works."
    why = "It works once, for 15 minutes."
    todo = "Run ./run manage link where Streamwright is installed to get a new one, or sign in with your password."


class InvitationIsDead(LinkIsDead):
    """The error for strangers, whatever link of theirs has expired: a command is of no use to them."""

    why = "An invitation works once, for 3 days, and until a password is chosen."
    todo = "Ask whoever invited you for a new one."


class NotFromHere(Refused):
    code = "not_from_here"
    status = 403
    sentence = "This works only on the machine that runs Streamwright."


def issue(user: User) -> str:
    """Return a new token for `/link/<token>/`. Only its hash is stored; expired links are deleted."""
    return _issue(user, LIFETIME)


def invite(user: User) -> str:
    """Return a new token for an invited person: it works from anywhere, and leads to choosing a password. It stops
    working once there is a password, or another invitation of the same person."""
    SignInLink.objects.filter(user=user, is_invitation=True).delete()
    return _issue(user, INVITED_FOR, is_invitation=True)


def _issue(user: User, lifetime: timedelta, is_invitation: bool = False) -> str:
    SignInLink.objects.filter(expires__lt=timezone.now()).delete()
    token = secrets.token_urlsafe(32)
    expires = timezone.now() + lifetime
    SignInLink.objects.create(token_hash=_hash(token), user=user, expires=expires, is_invitation=is_invitation)
    return token


def look_up(token: str) -> SignInLink:
    """The link of a valid token. Looking it up does not use it up."""
    link = _usable(token).select_related("user").first()
    if link is None:
        raise _dead(token)
    return link


def use(token: str) -> SignInLink:
    """Use a link up. Of two simultaneous uses, only one succeeds."""
    link = look_up(token)
    if not _usable(token).update(used=timezone.now()):
        raise _dead(token)
    return link


def check_may_come(request: HttpRequest, token: str) -> None:
    """Refuse anybody who is neither on this machine nor has a valid invitation."""
    if is_local(request):
        return
    link = _usable(token).first()
    if link is None:
        raise InvitationIsDead
    if not link.is_invitation:
        raise NotFromHere


def is_local(request: HttpRequest) -> bool:
    """Whether the client is on this machine, judged by the connection itself and not by what a header claims."""
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _usable(token: str) -> QuerySet[SignInLink]:
    has_no_password = Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return SignInLink.objects.filter(
        Q(is_invitation=False) | has_no_password,
        token_hash=_hash(token),
        used=None,
        expires__gt=timezone.now(),
        user__is_active=True,
    )


def _dead(token: str) -> LinkIsDead:
    """The error for a link that no longer works."""
    was_invited = SignInLink.objects.filter(token_hash=_hash(token), is_invitation=True).exists()
    return InvitationIsDead() if was_invited else LinkIsDead()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
