"""Returned values: the fields found in a capture, altered and saved as the call's response fields (S15 to S18)."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from builder.access import app_here
from builder.changes.duplicate import free_name
from builder.document import Body, children
from builder.errors import NotFound
from connector.detection.names import readable
from connector.detection.suggestions import FieldType, Suggestion
from connector.document import stands_for, updated, with_fields
from connector.extract import Field, compile_when, values_at_end
from connector.forms import FieldForm, FieldForms
from connector.initialize import Found, fingerprint, fingerprints
from connector.kinds.api import FIELD_TYPES
from connector.models import Capture
from connector.paths import BadPath, parse_path
from connector.views.captures import amount, found_in, frame_list, lines_of, paths_of, pulse, seconds, seen_at, short
from connector.views.explain import explained
from connector.views.place import Place, parts, perform_here, tell, told
from connector.views.response import newest

# What each type of field is for, in one line.
HINTS = {
    "text_stream": "Grows while frames arrive",
    "text": "One value, ready at the end",
    "number": "A count or an amount, ready at the end",
    "yes_no": "True or false, ready at the end",
    "live": "Any value, follows each frame",
}


@require_http_methods(["GET", "POST"])
def returned(request: HttpRequest, slug: str, api: str, call: str, capture: str = "") -> HttpResponse:
    """The dialog over a capture, the newest when none is named; its form saves the fields."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    body = place.api or {}
    kept = _capture(place, capture)
    if request.method == "POST":
        forms = FieldForms.posted(request.POST)
        if forms.is_valid():
            wanted = with_fields(body, call, forms.fields(), _initialized(body, call, kept))
            name = body["nodes"][call]["name"]
            label = perform_here(request, app, body, f"Save returned values of {name}", wanted)
            said = f"{len(forms.forms)} field{'s' * (len(forms.forms) != 1)} of {name} saved."
            return parts(request, Place.of(app, api, call), label, spoken=said, saved=said)
        rows = [_row(form, _typed(form)) for form in forms.forms]
        return _dialog(request, place, kept, rows)
    return _dialog(request, place, kept)


@require_POST
def as_json(request: HttpRequest, slug: str, api: str, call: str, capture: str) -> HttpResponse:
    """Make a JSON call of one that did not stream, and look at the same capture as that: nobody is called again."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    body = place.api or {}
    label = f"Change data type of {body['nodes'][call]['name']}"
    perform_here(request, app, body, label, updated(body, call, {"response_type": "json"}))
    answer = _dialog(request, Place.of(app, api, call), _capture(place, capture))
    return tell(told(request, app, answer), "sw-refresh")


@require_POST
def new_row(request: HttpRequest, slug: str, api: str, call: str, capture: str) -> HttpResponse:
    """One more row of fields: what stands at a path of a frame, or an empty one to fill."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    found = _found(place, _capture(place, capture))
    taken = {name.strip() for name in request.POST.getlist("name")}
    path, frame = request.POST.get("at_path", ""), _number(request.POST.get("at_frame", ""), len(found.frames))
    suggestion = _at(found, path, frame, request.POST.get("at_when", "")) if path else None
    if suggestion is None:
        form = FieldForm({"name": free_name("Value", taken), "type": "text", "path": "", "mode": "delta"})
        return render(request, "connector/field_row.html", _row(form, {"badge": "Added by you", "open": True}, False))
    given = _given(suggestion) | {"name": free_name(suggestion.name, taken)}
    row = _row(FieldForm(given), {"badge": "Added by you", **_sample(suggestion)})
    return render(request, "connector/field_row.html", row | {"types": _types()})


@require_POST
def frame(request: HttpRequest, slug: str, api: str, call: str, capture: str, n: int) -> HttpResponse:
    """One frame: its JSON in lines, and what a page sees once it has come, for the fields as they stand in the form."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    kept = _capture(place, capture)
    found = _found(place, kept)
    forms = FieldForms.posted(request.POST)
    fields = [form.field() for form in forms.forms if form.is_valid()]
    return render(request, "connector/frame.html", {"place": place, "capture": kept} | _frame(found, fields, n))


# The dialog


def _dialog(
    request: HttpRequest, place: Place, capture: Capture, rows: list[dict[str, Any]] | None = None
) -> HttpResponse:
    body, call = place.api or {}, str(place.call)
    found = _found(place, capture)
    explanation = explained(body, call, found)
    useless = capture.status >= 400 or (explanation is not None and explanation.title in _USELESS)
    if rows is None:
        rows = [] if useless else _rows(body, call, found)
    fields = [row["form"].field() for row in rows if row["form"].is_valid()]
    growing = next((_field(each) for each in fields if each["type"] == "text_stream"), None)
    listed = frame_list(found, growing)
    context = {
        "app": place.app,
        "place": place,
        "capture": capture,
        "call_name": body["nodes"][call]["name"],
        "status": capture.status,
        "said": _said(found),
        "rows": rows,
        "types": _types(),
        "also": [] if useless else _also(found, rows),
        "explanation": explanation,
        "useless": useless,
        "cut": amount(capture.size) if capture.cut else "",
        "frames": listed,
        "unlisted": len(found.frames) - len(listed),
        "times": " ".join(str(round(at * 1000)) for at in found.times),
        "length": max(1, round(capture.seconds * 1000)),
        "pulse": pulse(found.times, capture.seconds, columns=105),
        **_frame(found, fields, _first_shown(listed)),
    }
    return render(request, "connector/returned.html", context)


# Explanations with which there is nothing to take fields from.
_USELESS = ("The service did not stream", "This is a web page", "Nothing came", "No frame came")


def _rows(api: Body, call: str, found: Found) -> list[dict[str, Any]]:
    """The saved fields, each with what became of it; where none of them is in these frames, what was found (S18)."""
    rows = []
    any_there = False
    for key in children(api, call, "fields"):
        held = api["nodes"][key]["props"] | {"id": key, "name": api["nodes"][key]["name"]}
        suggestion = next((each for each in found.detection.fields if stands_for(held, vars(each))), None)
        any_there = any_there or suggestion is not None
        rows.append(_row(FieldForm(_given(held)), _became(held, suggestion)))
    if any_there:
        return rows
    taken = {row["form"]["name"].value() for row in rows}
    for each in found.detection.fields:
        if each.suggested:
            given = _given(each, found.framing) | {"name": free_name(each.name, taken)}
            taken.add(given["name"])
            rows.append(_row(FieldForm(given), _suggested(each)))
    return rows


def _became(held: dict[str, Any], suggestion: Suggestion | None) -> dict[str, Any]:
    if suggestion is None:
        return {"badge": "Not in these frames", "tone": "warn", "seen": "kept as it was"}
    now = suggestion.type if suggestion.type != "live" else held["type"]
    both = {now, held["type"]}
    if now != held["type"] and not both <= {"text_stream", "text", "live"} and held["type"] != "live":
        return {"badge": f"Looks like {FIELD_TYPES[now]} now", "tone": "warn", **_sample(suggestion)}
    return {"badge": "Saved", "tone": "line", **_sample(suggestion)}


def _suggested(found: Suggestion) -> dict[str, Any]:
    sure = f"Suggested, {round(found.confidence * 100)}% sure"
    return {"badge": sure, "tone": "stream" if found.type == "text_stream" else "", **_sample(found)}


def _sample(found: Suggestion) -> dict[str, Any]:
    """What a field holds, and in how many frames in short; the whole reason is its title."""
    reason = found.reason
    brief = reason.removeprefix("in the ").removeprefix("in ").partition("the same ")
    where = (brief[2] or brief[0]).removeprefix("in ").partition(" of ")[0].removeprefix("grows in ")
    words = where if "frame" in where else f"{found.seen} frames"
    return {"sample": short(found.value), "seen": words, "reason": reason}


def _row(form: FieldForm, more: dict[str, Any], check: bool = True) -> dict[str, Any]:
    if check and not form.is_bound:
        form.full_clean()
    return {"form": form, "fresh": not check, "types": _types(), **more}


def _typed(form: FieldForm) -> dict[str, Any]:
    """A row that came back with a mistake in it: what was found out about it is not sent, and not missed."""
    return {"badge": "", "open": not form["path"].value() or form.has_error("path")}


def _types() -> list[tuple[str, str, str]]:
    return [(name, FIELD_TYPES[name], hint) for name, hint in HINTS.items()]


def _given(held: Any, framing: str = "") -> dict[str, Any]:
    """What a row's form is filled with: of a saved field, or of one that was found."""
    values = held if isinstance(held, dict) else vars(held)
    type = values["type"]
    if framing == "json" and type == "text_stream":
        type = "text"
    written = {name: json.dumps(values[name]) for name in ("when", "replacement") if values.get(name)}
    plain = {name: values.get(name) or "" for name in ("id", "name", "path")}
    return plain | {"type": type, "mode": values.get("mode") or "delta"} | written


def _also(found: Found, rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """What else is in the frames, by kind of frame; what stands in a row is there, hidden while it does."""
    used = [row["form"].field() for row in rows if row["form"].is_valid()]
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in found.detection.fields:
        item = {"found": each, "sample": short(each.value, 60), "when": json.dumps(each.when)}
        item["used"] = any(stands_for(field, vars(each)) for field in used)
        groups.setdefault(each.kind, []).append(item)
    return list(groups.items())


def _said(found: Found) -> str:
    """What came, and how it ended."""
    capture, count = found.capture, len(found.frames)
    took = f"{count} frame{'s' * (count != 1)}, {amount(capture.size)} in {seconds(capture.seconds)}."
    ways = {"close": "The service closed the stream.", "stopped": "You stopped it."}
    if found.framing == "json":
        return f"{amount(capture.size)} in {seconds(capture.seconds)}, in one piece."
    return f"{took} {ways.get(capture.ended, 'It did not end well.')}"


# Frames


def _first_shown(listed: list[Any]) -> int:
    """The frame to begin with: some way into the text, where a page already shows some."""
    talking = [each.n for each in listed if each.piece]
    return talking[len(talking) // 3] if talking else 1


def _frame(found: Found, fields: list[dict[str, Any]], n: int) -> dict[str, Any]:
    count = len(found.frames)
    if not count:
        return {"count": 0, "n": 0}
    n = max(1, min(n, count))
    here = found.frames[n - 1]
    state, seen = seen_at(found, fields, n)
    hits = paths_of(fields, here, ("text_stream",)) or paths_of(fields, here, tuple(FIELD_TYPES))
    return {
        "n": n,
        "count": count,
        "at": seconds(found.times[n - 1]),
        "event": here.event,
        "lines": lines_of(here, hits),
        "state": state,
        "seen": seen,
    }


def _at(found: Found, path: str, frame: int, when: str) -> Suggestion | None:
    """What a path leads to in a frame: as it was found, else by the value that stands there."""
    try:
        walk = Field("", "live", path)
        steps = parse_path(path)
    except BadPath:
        return None
    same = [each for each in found.detection.fields if each.path == path]
    for each in same:
        applies = compile_when(each.when)
        if json.dumps(each.when) == when or (not when and (applies is None or applies(found.frames[frame - 1]))):
            return each
    value = values_at_end([walk], found.frames[frame - 1 : frame])[0]
    type: FieldType = "yes_no" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "text"
    nowhere = {"event": None, "match": {}}
    return Suggestion(readable(steps), type, path, nowhere, "delta", False, 0.5, f"from frame {frame}", 1, value=value)


# Inside


def _capture(place: Place, key: str) -> Capture:
    """A capture of this app that belongs to the call, or that its fields came from. Raises NotFound."""
    body, call = place.api or {}, str(place.call)
    if not key:
        capture = newest(place.app, body, call)
    else:
        capture = Capture.objects.filter(app=place.app, pk=key).first()
        known = (body["nodes"][call]["props"].get("initialized") or {}).get("capture")
        if capture and (capture.api, capture.call) != (body["root"], call) and capture.pk != known:
            capture = None
    if capture is None:
        raise NotFound
    return capture


def _found(place: Place, capture: Capture) -> Found:
    body = place.api or {}
    return found_in(capture, body["nodes"][str(place.call)]["props"].get("response_type", "stream"))


def _field(each: dict[str, Any]) -> Field:
    return Field.of("text", each)


def _number(text: str, most: int) -> int:
    return max(1, min(int(text), most)) if text.isdigit() else 1


def _initialized(api: Body, call: str, capture: Capture) -> dict[str, Any]:
    """What the call knows of its Initialize: when, by which capture, how it is framed and how it ends."""
    found = found_in(capture, api["nodes"][call]["props"].get("response_type", "stream"))
    prints = capture.request.get("prints") or fingerprints(api, call)
    # The data type says how an answer is read, not what was asked for: it may change over one capture.
    prints = prints | {"type": fingerprints(api, call)["type"]}
    request = fingerprint(api, call) if prints == fingerprints(api, call) else "of an older call"
    return {
        "at": timezone.now().isoformat(),
        "capture": capture.pk,
        "framing": found.framing,
        "end": found.detection.end,
        **({"error": found.detection.error} if found.detection.error else {}),
        "request": request,
        "prints": prints,
    }
