"""Responses of the API Connector tab: the whole page, or its parts together with what Undo would take back."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from builder.access import documents_of, person
from builder.changes import ChangeJSON
from builder.checking.issues import left_behind
from builder.document import Body, children
from builder.errors import NotFound
from builder.journal import perform
from builder.models import App
from builder.views.gestures import tell, tell_changed
from builder.views.shell import shell
from connector.captures.initialize import fingerprint, fingerprints
from connector.document import in_step
from connector.models import Credential
from connector.views.place import Place
from connector.views.response import response_of
from connector.views.secrets import authentication
from connector.views.stage import api_stage, call_stage

# What has changed since Initialize, in words, by the part of the call.
CHANGED = {
    "url": "The URL changed",
    "method": "The method changed",
    "headers": "A header changed",
    "query": "A query parameter changed",
    "body": "The body changed",
    "type": "The data type changed",
    "form": "The form changed",
    "errors": "Include errors changed",
}


def perform_here(request: HttpRequest, app: App, api: Body, label: str, wanted: list[ChangeJSON]) -> str:
    """Perform one gesture on an API, including its consequences for the rows of parameters, and return its label;
    without any change there is no gesture, and the label is empty."""
    if not wanted:
        return ""
    if not any(change["do"] in ("create", "delete") for change in wanted):
        wanted = in_step(api, wanted)
    return perform(app, person(request), label, wanted).label


def checked(form: type[forms.Form], field: str, value: str) -> dict[str, str]:
    """What was typed into a field that belongs to the form. Raises NotFound."""
    if field not in form.base_fields:  # type: ignore[attr-defined]
        raise NotFound
    return {field: value}


def storable(form: Any, field: str) -> bool:
    """Whether a field's value may be stored: because it is valid, or because it is kept even if it is not."""
    return not form.has_error(field) or (field in form.KEPT and not form.has_error(field, "max_length"))


def whole(request: HttpRequest, place: Place, **more: Any) -> HttpResponse:
    """The tab as a page."""
    context = shell(request, place.app, "connector")
    return render(request, "connector/page.html", context | drawn(place) | more)


def parts(request: HttpRequest, place: Place, label: str = "", **more: Any) -> HttpResponse:
    """The parts of the tab, each swapped into its own place, and what Undo would take back."""
    more["used"] = left_behind(place.app, person(request)) if more.get("deleted") else ""
    answer = render(request, "connector/parts.html", drawn(place, **more) | {"parts": True})
    if focus := more.get("focus"):
        tell(answer, "sw-focus", on=focus)
    return tell_changed(answer, request, place.app) if label else answer


def drawn(place: Place, **more: Any) -> dict[str, Any]:
    """The context of all parts. `typed` are values that were typed but not stored, by the name of their control."""
    apis = [row.body for row in documents_of(place.app, "api")]
    listed = [_listed(place, body) for body in apis]
    calls = [call for api in listed for call in api["calls"]]
    context: dict[str, Any] = {
        "app": place.app,
        "place": place,
        "apis": listed,
        "streaming": sum(call["streams"] for call in calls),
        "waiting": sum(call["state"] != "ok" for call in calls),
    } | more
    if place.api is not None:
        context["auth"] = authentication(place.app, place.api, place.call, more.get("asking", ""))
    if place.api is not None and place.call is None:
        context |= api_stage(place.app, place.api, more.get("typed", {}))
    if place.api is not None and place.call is not None:
        here = next(call for call in calls if call["key"] == place.call)
        context |= {"state": here} | call_stage(place.app, place.api, place.call, more.get("typed", {}))
        context["response"] = response_of(place.app, place.api, place.call)
    return context


def _listed(place: Place, api: Body) -> dict[str, Any]:
    """One API in the list, with its calls."""
    key, root = api["root"], api["nodes"][api["root"]]
    scheme = (root["props"].get("auth") or {}).get("scheme", "none")
    here = place.api is not None and place.api["root"] == key
    return {
        "key": key,
        "name": root["name"],
        "url": reverse("connector", args=[place.app.slug, key]),
        "locked": scheme != "none" and Credential.of(place.app, key, scheme, "dev") is not None,
        "current": here and place.call is None,
        "calls": [
            {
                "key": call,
                "name": api["nodes"][call]["name"],
                "method": api["nodes"][call]["props"].get("method", "GET"),
                "streams": api["nodes"][call]["props"].get("response_type") == "stream",
                "url": reverse("connector", args=[place.app.slug, key, call]),
                "current": here and place.call == call,
                **state_of(api, call),
            }
            for call in children(api, key, "calls")
        ],
    }


def state_of(api: Body, call: str) -> dict[str, Any]:
    """Whether a call is initialized: `state` is ok, stale or never, with words, the time and, if stale, the reason.
    `recorded` says that its fields were found in a response from elsewhere, and nobody was called."""
    initialized = api["nodes"][call]["props"].get("initialized")
    if not initialized:
        return {"state": "never", "said": "Never initialized", "why": ""}
    if initialized.get("request") in (None, fingerprint(api, call)):
        if initialized.get("recorded"):
            return {"state": "ok", "said": "From a recording", "why": "", "recorded": True}
        return {"state": "ok", "said": f"Initialized{_at(initialized.get('at'))}", "why": ""}
    now, then = fingerprints(api, call), initialized.get("prints") or {}
    changed = (words for part, words in CHANGED.items() if then and now.get(part) != then.get(part))
    why = next(changed, "The call changed")
    return {"state": "stale", "said": "Needs Initialize", "why": f"{why} after the last Initialize."}


def _at(written: Any) -> str:
    """A time today as the time of day, an older one as its date."""
    then: datetime | None = parse_datetime(written) if isinstance(written, str) else None
    if then is None:
        return ""
    then = timezone.localtime(then)
    return f" {then:%H:%M}" if then.date() == timezone.localdate() else f" {then.day} {then:%b}"
