"""The tab itself, and gestures on data types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from builder.access import app_here
from builder.edition import DEVELOPMENT, LIVE, Edition
from builder.views.gestures import do
from data import editing
from data.forms import TypeForm
from data.things import count
from data.views.place import Here, parts, type_here, whole


@require_GET
def tab(request: HttpRequest, slug: str, data_type: str | None = None) -> HttpResponse:
    """The tab, at a data type or at the first one."""
    app = app_here(request, slug)
    here = Here.of(app, data_type, request.GET.dict())
    if request.htmx:  # type: ignore[attr-defined]
        return parts(request, here)
    at = here.type["root"] if here.type else None
    return whole(request, here) if at == data_type else redirect(here.url)


@require_http_methods(["GET", "POST"])
def new_type(request: HttpRequest, slug: str) -> HttpResponse:
    """A new data type, by its name."""
    app = app_here(request, slug)
    form = TypeForm(request.POST or None, taken=map(editing.name_of, Here.of(app).types))
    if not form.is_valid():
        return render(request, "data/type_dialog.html", {"app": app, "form": form})
    key, plan = editing.new_type(form.cleaned_data["name"])
    do(request, app, plan)
    return parts(request, Here.of(app, key), plan, focus="id_new-name")


@require_http_methods(["GET", "POST"])
def rename_type(request: HttpRequest, slug: str, data_type: str) -> HttpResponse:
    """Rename a data type. Expressions and steps refer to its key, so nothing breaks."""
    app = app_here(request, slug)
    body = type_here(Edition.being_edited(app), data_type)
    others = [editing.name_of(each) for each in Here.of(app).types if each["root"] != data_type]
    form = TypeForm(request.POST or None, taken=others, initial={"name": editing.name_of(body)})
    if not form.is_valid():
        return render(request, "data/type_dialog.html", {"app": app, "form": form, "type": body["root"]})
    plan = editing.renamed(body, data_type, form.cleaned_data["name"])
    do(request, app, plan)
    return parts(request, Here.looked_at(request, app), plan, focus=f"more-{data_type}")


@require_POST
def delete_type(request: HttpRequest, slug: str, data_type: str) -> HttpResponse:
    """Remove a data type. Undo brings it back, with its things."""
    app = app_here(request, slug)
    body = type_here(Edition.being_edited(app), data_type)
    plan = editing.deleted_type(body)
    do(request, app, plan)
    things, live = (count(Edition(app, each)).get(data_type, 0) for each in (DEVELOPMENT, LIVE))
    lost = f" with its {things + live} thing{'' if things + live == 1 else 's'}" if things + live else ""
    lost += f", {live} of them live," if live else ""
    return parts(
        request, Here.looked_at(request, app), plan, deleted=f"{editing.name_of(body)}{lost}", focus="add-type"
    )
