"""The dialog that adds an API: from a preset, a cURL command or a description. It shows what it will create (S9)."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

from asgiref.sync import async_to_sync
from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import push_url, reswap, retarget

from builder.access import app_here, person
from builder.errors import NotFound
from builder.models import App
from connector.asking.address import read
from connector.asking.copying import as_curl
from connector.asking.errors import BadAddress
from connector.auth import auth
from connector.errors import ConnectorError
from connector.importing import CannotImport, Draft, Parameter
from connector.importing.contents import Offer, offers, with_parameters
from connector.importing.curl import read_curl
from connector.importing.described import MOST
from connector.importing.described_at import text_at
from connector.importing.openapi import outline, read_openapi
from connector.importing.writing import is_untouched, joinable, write
from connector.kinds.api import RESPONSE_TYPES
from connector.presets import GROUPS, Preset, notes_for, presets
from connector.sending.allowed import allow, is_allowed, may_allow, places, revoke
from connector.views.answers import parts
from connector.views.place import Place

SOURCES = ("presets", "curl", "openapi")


@dataclass
class Review:
    """What would be created, and what is asked before."""

    draft: Draft
    source: str
    label: str
    preset: Preset | None = None
    offers: list[Offer] = field(default_factory=list)
    # Operations to choose from; empty if all calls are created.
    choices: list[tuple[str, list[Any]]] = field(default_factory=list)


@require_GET
def dialog(request: HttpRequest, slug: str) -> HttpResponse:
    """The dialog, showing one of its three ways."""
    app = app_here(request, slug)
    at = request.GET.get("at", SOURCES[0])
    listed = [(group, [each for each in presets().values() if each.group == group]) for group in GROUPS]
    context = {"app": app, "at": at if at in SOURCES else SOURCES[0], "groups": listed, "count": len(presets())}
    return render(request, "connector/importing.html", context)


@sensitive_post_parameters()
@require_POST
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """What would be created from the form's current content."""
    app = app_here(request, slug)
    return _reviewed(request, app)


@sensitive_post_parameters()
@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Create it, in one gesture."""
    app = app_here(request, slug)
    try:
        made = _review(request, whole=True)
    except ConnectorError as error:
        return _again(request, app, error)
    secrets = _secrets_form(made.draft, request.POST)
    if secrets is not None and not secrets.is_valid():
        return _again(request, app, None, secrets=secrets)
    _fill_in(made, request, secrets)
    if not made.draft.calls:
        return _again(request, app, CannotImport("Tick the calls to import."))
    here = Place.looked_at(request, app).api
    blank = here["root"] if here and is_untouched(here) else ""
    into = request.POST.get("into", "")
    written = write(app, person(request), made.draft, made.label, into, instead_of=blank)
    place = Place.of(app, written.api, written.call)
    said = f"{_added(made, into)}{' The key is sealed.' if written.sealed else ''}"
    waits = made.draft.scheme != "none" and not written.sealed
    focus = "id_scheme" if waits else "initialize"
    return push_url(parts(request, place, written.label, focus=focus, spoken=said, saved=said), place.url)


@require_POST
def allow_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Let calls reach a model on this machine, or revoke that (P22)."""
    app = app_here(request, slug)
    if not may_allow(person(request)):
        raise NotFound
    place = request.POST.get("place", "")
    (revoke if request.POST.get("revoke") else allow)(place)
    return _reviewed(request, app)


@require_GET
def command(request: HttpRequest, slug: str, api: str, call: str) -> HttpResponse:
    """A call as a cURL command, without any secret."""
    place = Place.of(app_here(request, slug), api, call)
    return JsonResponse({"ok": True, "command": as_curl(place.api or {}, call)})


# What would be created


def _review(request: HttpRequest, whole: bool = False) -> Review:
    """The draft that the form describes; `whole` includes everything ticked in it. Raises ConnectorError."""
    post, source = request.POST, request.POST.get("source", "")
    if source == "presets":
        preset = presets().get(post.get("preset", ""))
        if preset is None:
            raise CannotImport("Choose a service.")
        return Review(preset.draft(), source, f"Add {preset.label}", preset)
    if source == "curl":
        draft = read_curl(post.get("command", ""))
        draft.notes += notes_for(draft.base_url + draft.calls[0].path)
        return Review(draft, source, "Import a cURL command", offers=offers(draft.calls[0]))
    if source != "openapi":
        raise NotFound
    text, found_at = _description(request)
    wanted = post.getlist("operation")
    draft = read_openapi(text, found_at, wanted) if whole else outline(text, found_at)
    count = len(draft.calls)
    label = f"Import {count} call{'s' * (count != 1)} of {draft.name}"
    return Review(draft, source, label, choices=[] if whole else _grouped(draft))


def _added(made: Review, into: str) -> str:
    """What was created, in a sentence."""
    draft, count = made.draft, len(made.draft.calls)
    if made.source == "openapi":
        return f"{count} call{'s were' if count != 1 else ' was'} added{f' to {draft.name}' if not into else ''}."
    return f"{draft.calls[0].name} was added." if into else f"{draft.name} was added."


def _description(request: HttpRequest) -> tuple[str, str]:
    """The text of a description (uploaded, pasted, or downloaded from its URL) and where it was found."""
    file, url = request.FILES.get("file"), request.POST.get("url", "").strip()
    if file is not None:
        if (file.size or 0) > MOST * 2:
            raise CannotImport(reason="the file is too large")
        return file.read().decode("utf-8", "replace"), ""
    if text := request.POST.get("text", "").strip():
        return text, url
    if not url:
        raise CannotImport("Give a URL, a file or the text.")
    return async_to_sync(text_at)(url), url


def _grouped(draft: Draft) -> list[tuple[str, list[Any]]]:
    groups: dict[str, list[Any]] = {}
    for call in draft.calls:
        groups.setdefault(call.group, []).append(call)
    return list(groups.items())


def _fill_in(made: Review, request: HttpRequest, secrets: forms.Form | None) -> None:
    """Apply what was typed and ticked to the draft."""
    draft, post = made.draft, request.POST
    draft.name = post.get("api_name", "").strip()[:80] or draft.name
    for parameter in _asked(draft):
        parameter.value = post.get(f"value-{parameter.name}", "").strip()[:10_000]
    if made.offers:
        draft.calls = [with_parameters(draft.calls[0], post.getlist("parameter"))]
    if made.source == "curl" and (name := post.get("call_name", "").strip()[:80]):
        draft.calls[0].name = name
    typed = {name: value for name, value in (secrets.cleaned_data if secrets else {}).items() if value}
    draft.secrets = draft.secrets | typed


def _asked(draft: Draft) -> list[Parameter]:
    """Required parameters without a value, each name once."""
    every = [*draft.parameters, *(each for call in draft.calls for each in call.parameters)]
    open_ones = [each for each in every if not each.value and not each.optional and not each.allow_blank]
    return list({each.name: each for each in open_ones}.values())


def _secrets_form(draft: Draft, typed: Any = None) -> forms.Form | None:
    """The fields for secrets that were not found; none of them has to be filled in now."""
    kind = cast(Any, auth[draft.scheme].Secrets)
    wanted = [name for name in kind.base_fields if name not in draft.secrets]
    if draft.scheme == "none" or not wanted:
        return None
    form = kind(typed, prefix="secret", label_suffix="")
    for name in list(form.fields):
        if name not in wanted:
            del form.fields[name]
        else:
            form.fields[name].required = False
    return cast(forms.Form, form)


# Answers


def _reviewed(request: HttpRequest, app: App) -> HttpResponse:
    try:
        made = _review(request)
    except ConnectorError as error:
        return render(request, "connector/import_review.html", {"app": app, "error": error.as_json()["error"]})
    return render(request, "connector/import_review.html", _context(request, app, made))


def _context(request: HttpRequest, app: App, made: Review, secrets: forms.Form | None = None) -> dict[str, Any]:
    draft = made.draft
    local = made.preset.local if made.preset else _own_place(draft)
    return {
        "app": app,
        "made": made,
        "draft": draft,
        "scheme": auth[draft.scheme].label if draft.scheme != "none" else "",
        "found": sorted(draft.secrets),
        "secrets": secrets or _secrets_form(draft),
        "asked": [] if made.choices else _asked(draft),
        "into": joinable(app, draft),
        "types": RESPONSE_TYPES,
        "local": local,
        "is_allowed": bool(local) and is_allowed(local),
        "may_allow": may_allow(person(request)),
        "places": places() if may_allow(person(request)) else (),
        "samples": [(each.name, each.type_label, each.text) for each in _samples(made)],
    }


@dataclass
class Sample:
    """A field that a preset brings, with its value in the recording."""

    name: str
    type_label: str
    text: str


def _samples(made: Review) -> list[Sample]:
    calls = made.preset.data["calls"] if made.preset else []
    first = calls[0] if calls else {"fields": []}
    found = [Sample(each["name"], each["type"], "") for each in first["fields"]]
    if found and first.get("text"):
        found[0].text = first["text"]
    return found


def _own_place(draft: Draft) -> str:
    """`host:port` of a base URL that leads to this machine; otherwise empty."""
    try:
        address = read(draft.base_url)
    except BadAddress:
        return ""
    host = {"::1": "[::1]"}.get(address.host, address.host)
    return f"{host}:{address.port}" if host in ("localhost", "127.0.0.1", "[::1]") else ""


def _again(
    request: HttpRequest, app: App, error: ConnectorError | None, secrets: forms.Form | None = None
) -> HttpResponse:
    """The review again, with its errors; the dialog stays as it is."""
    context: dict[str, Any] = {"app": app, "error": error.as_json()["error"] if error else None}
    with suppress(ConnectorError):
        context = _context(request, app, _review(request), secrets) | {"error": context["error"]}
    answer = render(request, "connector/import_review.html", context)
    source = request.POST.get("source", "")
    return reswap(retarget(answer, f"#review-{source if source in SOURCES else SOURCES[0]}"), "innerHTML")
