"""The tab and its gestures: creating, naming, editing and removing APIs and calls."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import push_url

from builder.access import app_here, document_of, documents_of, person
from builder.document import Body, children
from builder.errors import NotFound
from builder.models import App
from connector import document
from connector.fixes import FIXES
from connector.forms import ApiForm, CallForm, LimitsForm, SettingsForm
from connector.sending.allowed import allow, may_allow
from connector.views.answers import checked, parts, perform_here, storable, whole
from connector.views.place import Place
from connector.views.response import response_of

# The journal's label for a change of each property.
LABELS = {
    "use_as": "Use {name} as {value}",
    "response_type": "Change data type of {name}",
    "method": "Change method of {name}",
    "url": "Change URL of {name}",
    "body_kind": "Change body type of {name}",
    "body": "Change body of {name}",
    "base_url": "Change base URL of {name}",
}


@require_GET
def tab(request: HttpRequest, slug: str, api: str | None = None, call: str | None = None) -> HttpResponse:
    """The tab, at an API, at one of its calls, or at the first call."""
    app = app_here(request, slug)
    htmx = request.htmx  # type: ignore[attr-defined]
    try:
        place = Place.of(app, api, call)
    except NotFound:
        if not htmx:
            raise
        place = Place(app)
    if place.api is None and (first := _first_call(app)):
        place = first
    if not htmx:
        return whole(request, place) if (api or place.api is None) else redirect(place.url)
    return push_url(parts(request, place), place.url)


def _first_call(app: App) -> Place | None:
    for row in documents_of(app, "api"):
        return Place(app, row.body, next(iter(children(row.body, row.key, "calls")), None))
    return None


@require_GET
def response(request: HttpRequest, slug: str, api: str, call: str) -> HttpResponse:
    """The response panel of a large capture, loaded once the page is there."""
    place = Place.of(app_here(request, slug), api, call)
    shown = response_of(place.app, place.api or {}, call, at_once=True)
    return render(request, "connector/response.html", {"app": place.app, "place": place, "response": shown})


# New, duplicate, delete


@require_POST
def new_api(request: HttpRequest, slug: str) -> HttpResponse:
    app = app_here(request, slug)
    key, call, wanted = document.new_api(_names(app))
    perform_here(request, app, {}, "Add an API", wanted)
    return _go(request, Place.of(app, key, call), "Add an API", "id_url")


@require_POST
def new_call(request: HttpRequest, slug: str, api: str) -> HttpResponse:
    app = app_here(request, slug)
    body = document_of(app, "api", api).body
    call, wanted = document.new_call(body)
    label = perform_here(request, app, body, f"Add a call to {_name(body, api)}", wanted)
    return _go(request, Place.of(app, api, call), label, "id_url")


@require_POST
def duplicate(request: HttpRequest, slug: str, api: str, call: str | None = None) -> HttpResponse:
    """Copy an API, or one of its calls."""
    app = app_here(request, slug)
    body = Place.of(app, api, call).api or {}
    label = f"Duplicate {_name(body, call or api)}"
    if call:
        new, wanted = document.duplicate_call(body, call)
    else:
        new, wanted = document.duplicate_api(body, _names(app))
    label = perform_here(request, app, body, label, wanted)
    return _go(request, Place.of(app, api if call else new, new if call else None), label, "id_name")


def _go(request: HttpRequest, place: Place, label: str, focus: str) -> HttpResponse:
    """Go to what was just created, with the focus on what is to be filled in."""
    return push_url(parts(request, place, label, focus=focus), place.url)


@require_POST
def delete(request: HttpRequest, slug: str, api: str, call: str | None = None) -> HttpResponse:
    """Remove an API or a call. Undo brings it back."""
    app = app_here(request, slug)
    body = Place.of(app, api, call).api or {}
    name = _name(body, call or api)
    label = perform_here(request, app, body, f"Delete {name}", document.removed(body, call or api))
    place = Place.looked_at(request, app)
    if place.api is None and (first := _first_call(app)):
        place = first
    answer = parts(request, place, label, deleted=name)
    return push_url(answer, place.url)


# Properties


@require_POST
def set_api(request: HttpRequest, slug: str, api: str, field: str) -> HttpResponse:
    """Set one property of an API."""
    app = app_here(request, slug)
    body = document_of(app, "api", api).body
    value = request.POST.get(field, "")
    form = ApiForm.of(body, **checked(ApiForm, field, value))
    if not storable(form, field):
        return parts(request, Place.looked_at(request, app), typed={field: value})
    name, value = _name(body, api), value.strip()
    label = LABELS.get(field, "Rename {name}").format(name=name)
    if field == "name":
        wanted = document.renamed(body, api, value) if value != name else []
    else:
        wanted = document.updated(body, api, {field: value})
    label = perform_here(request, app, body, label, wanted)
    return parts(request, Place.looked_at(request, app), label)


@require_POST
def set_call(request: HttpRequest, slug: str, api: str, call: str, field: str) -> HttpResponse:
    """Set one property of a call. What cannot be stored stays as typed, with the error below it."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    body, value = place.api or {}, request.POST.get(field, "")
    form = CallForm.of(body, call, **checked(CallForm, field, value))
    if not storable(form, field):
        return parts(request, place, typed={field: value})
    name, value = _name(body, call), value if field == "body" else value.strip()
    label = LABELS.get(field, "Rename {name}").format(name=name, value=value.capitalize())
    if field == "name":
        wanted = document.renamed(body, call, value) if value != name else []
    elif field == "url":
        wanted = document.with_url(body, call, value)
    else:
        wanted = document.updated(body, call, {field: _lines(value)})
    label = perform_here(request, app, body, label, wanted)
    return parts(request, Place.of(app, api, call), label)


@require_POST
def set_limit(request: HttpRequest, slug: str, api: str, call: str, field: str) -> HttpResponse:
    """Set one limit of a call; an empty one is the default again."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    body, value = place.api or {}, request.POST.get(field, "").strip()
    form = LimitsForm.of(body["nodes"][call], **checked(LimitsForm, field, value))
    if not storable(form, field):
        return parts(request, place, typed={field: value})
    label = f"Change limits of {_name(body, call)}"
    label = perform_here(request, app, body, label, document.updated(body, call, {"limits": form.stored()}))
    return parts(request, Place.of(app, api, call), label)


@require_POST
def set_setting(request: HttpRequest, slug: str, api: str, call: str, field: str) -> HttpResponse:
    """Set one aspect of a call's behaviour."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    body, value = place.api or {}, request.POST.get(field, "")
    form = SettingsForm.of(body["nodes"][call], **checked(SettingsForm, field, value))
    if not storable(form, field):
        return parts(request, place, typed={field: value})
    label = f"{form.fields[field].label} of {_name(body, call)}"
    label = perform_here(request, app, body, label, document.updated(body, call, {field: form.stored(field)}))
    return parts(request, Place.of(app, api, call), label)


@require_POST
def ask(request: HttpRequest, slug: str, api: str, call: str, what: str) -> HttpResponse:
    """Add what a service wants to see before it streams, or before it reports usage."""
    app = app_here(request, slug)
    body = Place.of(app, api, call).api or {}
    if what not in FIXES:
        raise NotFound
    label = f"Change {_name(body, call)}"
    label = perform_here(request, app, body, label, FIXES[what](body, call))
    return parts(request, Place.of(app, api, call), label, focus="initialize")


@require_POST
def allow_here(request: HttpRequest, slug: str, api: str, call: str) -> HttpResponse:
    """Let calls reach the address this call goes to, on this machine or in its private network (P22)."""
    place = Place.of(app_here(request, slug), api, call)
    if not may_allow(person(request)):
        raise NotFound
    allow(request.POST.get("place", ""))
    return parts(request, place, spoken="Calls may reach it now.", focus="initialize")


# Inside


def _lines(value: str) -> str:
    """A text with the line endings of a document: forms send CR LF."""
    return value.replace("\r\n", "\n")


def _name(api: Body, key: str) -> str:
    return str(api["nodes"][key]["name"])


def _names(app: App) -> list[str]:
    return [row.name for row in documents_of(app, "api")]
