"""Invitation links for building or viewing an app with its owner: for one account, once."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from builder.errors import NotFound, Refused
from builder.models import App, Collaborator, Invitation, User

# How long an invitation is valid.
LIFETIME = timedelta(days=7)


class JoinLinkIsDead(NotFound):
    code = "join_link_is_dead"
    sentence = "This invitation no longer works."
    why = "It works once, for 7 days, unless it is taken back."
    todo = "Ask whoever invited you for a new one."


class ForSomebodyElse(Refused):
    code = "for_somebody_else"
    status = 403
    sentence = "This invitation is for {email}."
    why = "You are signed in as {me}."
    todo = "Sign out, and open the link again."


def invite(app: App, email: str, role: str) -> str:
    """Return a new token for `/join/<token>/`. It replaces an earlier invitation of the same address to the app."""
    Invitation.objects.filter(expires__lt=timezone.now()).delete()
    token = secrets.token_urlsafe(32)
    made = {"role": role, "token_hash": _hash(token), "expires": timezone.now() + LIFETIME}
    Invitation.objects.update_or_create(app=app, email=email, defaults=made)
    return token


def look_up(token: str) -> Invitation:
    """The invitation of a valid token. Looking it up does not use it up."""
    found = Invitation.objects.filter(token_hash=_hash(token), expires__gt=timezone.now())
    if (invitation := found.select_related("app__owner").first()) is None:
        raise JoinLinkIsDead
    return invitation


def accept(token: str, who: User) -> App:
    """Join the app, using the invitation up. Raises `ForSomebodyElse` for any other account."""
    with transaction.atomic():
        invitation = look_up(token)
        check_is_for(invitation, who)
        if not Invitation.objects.filter(pk=invitation.pk, token_hash=_hash(token)).delete()[0]:
            raise JoinLinkIsDead
        if invitation.app.owner_id != who.pk:
            Collaborator.objects.update_or_create(app=invitation.app, person=who, defaults={"role": invitation.role})
    return invitation.app


def check_is_for(invitation: Invitation, who: User) -> None:
    """Refuse anybody whose address is not the invited one."""
    if who.email != invitation.email:
        raise ForSomebodyElse(email=invitation.email, me=who.email)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
