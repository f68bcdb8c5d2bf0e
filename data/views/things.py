"""Gestures on things. Things are rows, not documents: what is deleted here is gone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from builder.access import app_here, person
from data.editing import name_of
from data.errors import WrongValue
from data.things import add_thing, delete_things, set_field
from data.views.place import Here, parts, type_here
from data.views.table import Wrong, columns, typed


@require_POST
def new_thing(request: HttpRequest, slug: str, data_type: str) -> HttpResponse:
    """Create an empty thing, at the top of the first page."""
    app = app_here(request, slug)
    here = Here.looked_at(request, app)
    body = type_here(here.edition, data_type)
    thing = add_thing(here.edition, data_type, {}, person(request).email)
    first = next((column["key"] for column in columns(body)), "")
    focus = f"cell-{thing.key}-{first}" if first else ""
    first_page = Here.of(app, data_type, {"data": here.edition.environment})
    return parts(request, first_page, focus=focus, spoken=f"A {name_of(body)} is added.")


@require_POST
def set_cell(request: HttpRequest, slug: str, data_type: str, thing: str, field: str) -> HttpResponse:
    """Set one field of a thing. A value that does not fit stays in the cell, with the reason below it."""
    app = app_here(request, slug)
    here = Here.looked_at(request, app)
    body = type_here(here.edition, data_type, field)
    text = request.POST.get("value", "")
    value = typed(body["nodes"][field]["props"]["type"], text)
    try:
        set_field(here.edition, data_type, thing, field, value)
    except WrongValue as error:
        return parts(request, here, wrong=Wrong(thing, field, text, error.sentence))
    return parts(request, here)


@require_http_methods(["GET", "POST"])
def remove_things(request: HttpRequest, slug: str, data_type: str) -> HttpResponse:
    """Delete the selected things, once confirmed."""
    app = app_here(request, slug)
    here = Here.looked_at(request, app)
    body = type_here(here.edition, data_type)
    keys = (request.POST if request.method == "POST" else request.GET).getlist("thing")
    if request.method == "GET":
        context = {"app": app, "type": data_type, "name": name_of(body), "keys": keys, "here": here}
        return render(request, "data/delete_dialog.html", context)
    many = delete_things(here.edition, data_type, keys)
    said = f"{many} thing{'' if many == 1 else 's'} deleted."
    return parts(request, here, focus="add-thing", spoken=said)
