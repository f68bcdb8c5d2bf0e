"""Gestures on a data type's fields."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from builder.access import app_here
from builder.document import Body, children
from builder.edition import ENVIRONMENTS, Edition
from builder.errors import NotFound
from builder.views.gestures import do
from data import editing
from data.forms import FieldForm, NewFieldForm
from data.kinds.data_type import FIELD_TYPES
from data.things import READINGS, misfits
from data.views.place import Here, parts, type_here


@require_POST
def add_field(request: HttpRequest, slug: str, data_type: str) -> HttpResponse:
    """Add a field at the end. The form is emptied for the next one."""
    app = app_here(request, slug)
    body = type_here(Edition.being_edited(app), data_type)
    form = NewFieldForm(request.POST, prefix="new", taken=_names(body))
    if not form.is_valid():
        return parts(request, Here.looked_at(request, app), add_form=form, focus="id_new-name")
    plan = editing.added_field(body, form.cleaned_data["name"], form.cleaned_data["type"])
    do(request, app, plan)
    said = f"{form.cleaned_data['name']} is added."
    return parts(request, Here.looked_at(request, app), plan, focus="id_new-name", spoken=said)


@require_POST
def rename_field(request: HttpRequest, slug: str, data_type: str, field: str) -> HttpResponse:
    """Rename a field. A name that is refused stays in the input, with the reason below it."""
    app = app_here(request, slug)
    body = type_here(Edition.being_edited(app), data_type, field)
    form = FieldForm(request.POST, taken=_names(body, but=field))
    if not form.is_valid():
        return parts(request, Here.looked_at(request, app), name_form=form, name_field=field)
    plan = editing.renamed(body, field, form.cleaned_data["name"])
    do(request, app, plan)
    return parts(request, Here.looked_at(request, app), plan)


@require_POST
def retype_field(request: HttpRequest, slug: str, data_type: str, field: str, kind: str) -> HttpResponse:
    """Give a field another type; asks for confirmation if things hold values that do not fit."""
    app = app_here(request, slug)
    body = type_here(Edition.being_edited(app), data_type, field)
    if kind not in FIELD_TYPES:
        raise NotFound
    lost = sum(misfits(Edition(app, each), data_type, field, kind) for each in ENVIRONMENTS)
    if lost and "sure" not in request.POST:
        name, expected = body["nodes"][field]["name"], READINGS[kind][0]
        context = {"app": app, "type": data_type, "field": field, "name": name, "kind": kind, "lost": lost}
        context |= {"label": FIELD_TYPES[kind], "expected": expected}
        return render(request, "data/retype_dialog.html", context)
    plan = editing.retyped(body, field, kind)
    do(request, app, plan)
    return parts(request, Here.looked_at(request, app), plan, focus=f"kind-{field}")


@require_POST
def remove_field(request: HttpRequest, slug: str, data_type: str, field: str) -> HttpResponse:
    """Remove a field. Undo brings it back, with the values that things hold in it."""
    app = app_here(request, slug)
    body = type_here(Edition.being_edited(app), data_type, field)
    plan = editing.removed_field(body, field)
    do(request, app, plan)
    name = body["nodes"][field]["name"]
    return parts(request, Here.looked_at(request, app), plan, deleted=name, focus="id_new-name")


def _names(body: Body, but: str = "") -> list[str]:
    """The names of a data type's fields."""
    return [body["nodes"][key]["name"] for key in children(body, body["root"], "fields") if key != but]
