"""Outgoing calls: the non-public addresses they may reach, and who allowed them (P22)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from builder.access import person as person_of
from builder.errors import NotFound
from builder.forms import Form
from builder.models import App, User
from builder.sections import Done, Section, sections
from connector.sending.allowed import may_allow, places, revoke


@sections.register
class Outgoing(Section):
    """It concerns the whole server, so only its owner sees it."""

    name = "outgoing"
    label = "Outgoing calls"
    icon = "globe"
    order = 40
    of_server = True
    hint = "Calls reach the public internet on ports 80 and 443, and beside it only what is listed here."
    does = ("revoke",)
    template = "settings/outgoing.html"

    def context(self, app: App, person: User, form: Form | None) -> dict[str, Any]:
        clicks = may_allow(person)
        return {"clicks": clicks, "places": places() if clicks else (), "of_operator": settings.OUTGOING_ALLOW}

    def revoke(self, request: HttpRequest, app: App) -> Done:
        """Stop calls from reaching an address."""
        if not may_allow(person_of(request)):
            raise NotFound
        place = request.POST.get("place", "")
        revoke(place)
        return Done(said=f"Calls may not reach {place[:80]} any more.")
