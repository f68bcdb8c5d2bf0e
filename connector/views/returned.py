"""Returned values: the fields found in a capture, edited and saved as the call's response fields (S15 to S18)."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from builder.access import app_here
from builder.document import Body
from builder.views.gestures import tell, tell_changed
from connector.captures.captured import amount, part_value, pulse, seconds
from connector.captures.difference import Became, is_whole, new_fields
from connector.captures.found import Found, found_in
from connector.captures.initialize import fingerprint, fingerprints
from connector.document import updated, with_fields
from connector.forms import FieldForm, FieldForms
from connector.models import Capture
from connector.views import field_rows
from connector.views.answers import parts, perform_here
from connector.views.explain import explained
from connector.views.frame_list import replay, saved_of
from connector.views.kept import capture_of, found_of, in_use
from connector.views.place import Place
from connector.views.response import status_of, tone_of


@require_http_methods(["GET", "POST"])
def returned(request: HttpRequest, slug: str, api: str, call: str, capture: str = "") -> HttpResponse:
    """The dialog for a capture, the newest if none is named; its form saves the fields."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    body = place.api or {}
    kept = capture_of(place, capture)
    if request.method == "GET":
        return dialog(request, place, kept)
    forms = FieldForms.posted(request.POST)
    if not forms.is_valid():
        found = found_of(place, kept)
        return dialog(request, place, kept, [field_rows.typed_row(form, found) for form in forms.forms])
    name = body["nodes"][call]["name"]
    wanted = with_fields(body, call, forms.fields(), _initialized(body, call, kept))
    label = perform_here(request, app, body, f"Save returned values of {name}", wanted)
    said = f"{len(forms.forms)} field{'s' * (len(forms.forms) != 1)} of {name} saved."
    return parts(request, Place.of(app, api, call), label, spoken=said, saved=said)


@require_POST
def as_json(request: HttpRequest, slug: str, api: str, call: str, capture: str) -> HttpResponse:
    """Turn a call that did not stream into a JSON call, and analyse the same capture as that: nobody is called
    again."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    body = place.api or {}
    label = f"Change data type of {body['nodes'][call]['name']}"
    perform_here(request, app, body, label, updated(body, call, {"response_type": "json"}))
    answer = dialog(request, Place.of(app, api, call), capture_of(place, capture))
    return tell(tell_changed(answer, request, app), "sw-refresh")


@require_POST
def new_row(request: HttpRequest, slug: str, api: str, call: str, capture: str) -> HttpResponse:
    """Add a row for a field, or replace a row by another."""
    place = Place.of(app_here(request, slug), api, call)
    found = found_of(place, capture_of(place, capture))
    return render(request, "connector/field_row.html", field_rows.new_row(found, request.POST))


def dialog(
    request: HttpRequest, place: Place, capture: Capture, rows: list[dict[str, Any]] | None = None
) -> HttpResponse:
    """The returned values dialog for a capture, with its `rows` as typed, or else as saved."""
    body, call = place.api or {}, str(place.call)
    found, held = found_of(place, capture), saved_of(body, call)
    explanation = explained(body, call, found)
    useless = capture.status >= 400 or (explanation is not None and explanation.useless)
    changes = [] if useless else field_rows.changes_of(held, found)
    if rows is None:
        rows = [] if useless else field_rows.rows_of_dialog(held, found, changes)
        rows += _asked_for(request, found)
    fields = [row["form"].field() for row in rows if row["form"].is_valid()]
    context = {
        "app": place.app,
        "place": place,
        "capture": capture,
        "call_name": body["nodes"][call]["name"],
        "status": status_of(capture),
        "tone": tone_of(capture, explanation),
        "said": _said(found),
        "rows": rows,
        "types": field_rows.types(),
        "also": [] if useless else field_rows.also(found, rows),
        "since": None if useless or capture.pk == in_use(body, call) else _since(place, found, held, changes),
        "explanation": explanation,
        "useless": useless,
        "cut": amount(capture.size) if capture.cut else "",
        "pulse": pulse(found.times, capture.seconds, columns=105),
        "frames": replay(body, call, found, fields),
    }
    return render(request, "connector/returned.html", context)


def _asked_for(request: HttpRequest, found: Found) -> list[dict[str, Any]]:
    """The row for a header or status that was pressed in the panel."""
    part, path = request.GET.get("at_part", ""), request.GET.get("at_path", "")
    if part not in ("header", "status") or not path:
        return []
    name, type = field_rows.part_field(part, path)
    form = FieldForm({"name": name, "type": type, "path": path, "part": part, "mode": "delta"})
    return [field_rows.row(form, badge="Added by you", sample=part_value(found, part, path), seen=part)]


def _since(place: Place, found: Found, held: list[dict[str, Any]], changes: list[Became]) -> dict[str, Any] | None:
    """What has changed since the fields were saved (S18); None if there are none."""
    if not held:
        return None
    before = Capture.objects.filter(app=place.app, pk=in_use(place.api or {}, str(place.call))).first()
    known = found_of(place, before).detection.fields if before else found.detection.fields
    missing = [change.held["name"] for change in changes if change.now == "gone"]
    retyped = [change.held["name"] for change in changes if change.now == "type"]
    new = [(each, json.dumps(each.when)) for each in new_fields(held, found.detection.fields, known)]
    whole = is_whole(found)
    return {
        "not_reached": [] if whole else missing,
        "gone": missing if whole else [],
        "retyped": retyped,
        "new": new,
        "changed": bool(retyped or new or (missing and whole)),
        "same": sum(change.now == "same" for change in changes),
    }


def _said(found: Found) -> str:
    """What came, and how it ended."""
    capture, count = found.capture, len(found.frames)
    took = f"{count} frame{'s' * (count != 1)}, {amount(capture.size)} in {seconds(capture.seconds)}."
    if (source := capture.request.get("source")) == "preset":
        return f"{count} frame{'s' * (count != 1)}, {amount(capture.size)}, recorded for the preset."
    if source:
        return f"{count} frame{'s' * (count != 1)}, {amount(capture.size)}, {source} by you."
    ways = {"close": "The service closed the stream.", "stopped": "You stopped it."}
    if found.framing == "json":
        return f"{amount(capture.size)} in {seconds(capture.seconds)}, in one piece."
    return f"{took} {ways.get(capture.ended, 'It did not end well.')}"


def _initialized(api: Body, call: str, capture: Capture) -> dict[str, Any]:
    """What the call records about its Initialize: when, with which capture, how it is framed and how it ends."""
    found = found_in(capture, api["nodes"][call]["props"].get("response_type", "stream"))
    prints = capture.request.get("prints") or fingerprints(api, call)
    # The data type says how a response is read, not what was requested: it may change for the same capture.
    prints = prints | {"type": fingerprints(api, call)["type"]}
    request = fingerprint(api, call) if prints == fingerprints(api, call) else "of an older call"
    return {
        "at": timezone.now().isoformat(),
        "capture": capture.pk,
        **({"recorded": True} if capture.request.get("source") else {}),
        "framing": found.framing,
        **({"framing_options": found.framing_options} if found.framing_options else {}),
        "end": found.detection.end,
        **({"error": found.detection.error} if found.detection.error else {}),
        "request": request,
        "prints": prints,
    }
