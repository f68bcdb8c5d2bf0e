"""Gestures on rows: headers, query parameters, form fields and placeholders, of a call or shared by its API."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from builder.access import app_here
from builder.document import Body, children
from builder.errors import NotFound
from connector import document
from connector.files import media_type
from connector.kinds.api import SLOTS
from connector.models import FILE_MOST, CallFile
from connector.spending.room import NoRoom
from connector.views.answers import checked, parts, perform_here, storable
from connector.views.place import Place
from connector.views.stage import row_form

# What a row in each slot is called.
_ROW = {"headers": "a header", "query": "a query parameter", "form": "a form field"}
# Room for what surrounds a file in a request: names, boundaries, headers.
_AROUND = 65_536


@require_POST
def new_row(request: HttpRequest, slug: str, api: str, slot: str, call: str | None = None) -> HttpResponse:
    """Add an empty row at the end of a slot."""
    app = app_here(request, slug)
    body = Place.of(app, api, call).api or {}
    if slot not in document.ROWS or slot not in SLOTS["call" if call else "api"]:
        raise NotFound
    row, wanted = document.new_row(body, call or api, slot)
    label = f"Add {_ROW[slot]} to {_name(body, call or api)}"
    label = perform_here(request, app, body, label, wanted)
    return parts(request, Place.of(app, api, call), label, focus=f"id_{row}-name")


@require_POST
def set_row(request: HttpRequest, slug: str, api: str, row: str, field: str, call: str | None = None) -> HttpResponse:
    """Set one property of a row."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    body, control = _with(place, row), f"{row}-{field}"
    value = request.POST.get(control, "")
    form = row_form(body, row, {control: value})
    checked(type(form), field, value)
    if not storable(form, field):
        return parts(request, place, typed={control: value})
    if field == "name":
        wanted = document.renamed(body, row, value.strip()) if value.strip() != _name(body, row) else []
    elif field == "file":
        wanted = document.updated(body, row, {"file": form.cleaned_data["file"] or None, "value": ""})
    else:
        wanted = document.updated(body, row, {field: form.cleaned_data[field]})
    label = perform_here(request, app, body, _changed(body, row, call or api), wanted)
    return parts(request, Place.of(app, api, call), label)


@require_POST
def put_file(request: HttpRequest, slug: str, api: str, call: str, row: str) -> HttpResponse:
    """Store the file that a form field sends."""
    app = app_here(request, slug)
    place = Place.of(app, api, call)
    body = _with(place, row)
    said = int(request.META.get("CONTENT_LENGTH") or 0)
    file = request.FILES.get("file") if said <= FILE_MOST + _AROUND else None
    if file is None or file.size is None or file.size > FILE_MOST:
        wrong = f"A file may have {FILE_MOST >> 20} MB." if said > FILE_MOST else "No file came. Choose it again."
        return parts(request, place, typed={f"{row}-wrong": wrong})
    try:
        kept = CallFile.keep(app, file.name or "", media_type(file.content_type or ""), file.read())
    except NoRoom as error:
        return parts(request, place, typed={f"{row}-wrong": f"{error} {error.as_json()['error']['todo']}"})
    wanted = document.updated(body, row, {"value": {"file": kept.pk}})
    label = perform_here(request, app, body, _changed(body, row, call), wanted)
    return parts(request, Place.of(app, api, call), label)


@require_POST
def remove_row(request: HttpRequest, slug: str, api: str, row: str, call: str | None = None) -> HttpResponse:
    app = app_here(request, slug)
    body = _with(Place.of(app, api, call), row)
    label = f"Remove {_name(body, row) or 'a row'} of {_name(body, call or api)}"
    label = perform_here(request, app, body, label, document.removed(body, row))
    return parts(request, Place.of(app, api, call), label)


def _with(place: Place, row: str) -> Body:
    """The API's document, if this row belongs to the call or is shared by its API. Raises NotFound."""
    body = place.api or {}
    holders = [body["root"], *([place.call] if place.call else [])]
    slots = ("headers", "query", "parameters", "form")
    if not any(row in children(body, holder, slot) for holder in holders for slot in slots):
        raise NotFound
    return body


def _changed(body: Body, row: str, holder: str) -> str:
    return f"Change {_name(body, row) or 'a row'} of {_name(body, holder)}"


def _name(api: Body, key: str) -> str:
    return str(api["nodes"][key]["name"])
