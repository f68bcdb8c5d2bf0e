"""The Settings tab: its sections, with each field stored as it is filled in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect, push_url

from builder.access import app_here, person
from builder.errors import NotFound
from builder.models import App
from builder.sections import Done, Section, section_for, sections_for
from builder.views.gestures import tell
from builder.views.shell import shell

FIRST = "general"


@require_GET
def settings_tab(request: HttpRequest, slug: str, section: str = FIRST) -> HttpResponse:
    """The tab at one of its sections."""
    app = app_here(request, slug)
    here = section_for(person(request), section)
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "settings/page.html", shell(request, app, "settings") | _drawn(request, app, here))
    return push_url(_parts(request, app, here), reverse("settings", args=[slug, section]))


@require_POST
def setting(request: HttpRequest, slug: str, section: str, what: str) -> HttpResponse:
    """Store one field of a section, or perform an action of one of its buttons."""
    here = section_for(person(request), section)
    app = app_here(request, slug, here.right(what))
    if what in here.does:
        return _done(request, app, here, here.do(what, request, app))
    if here.Options is None or what not in here.Options.base_fields:  # type: ignore[attr-defined]
        raise NotFound
    typed = {what: request.POST.get(what, "")}
    form = here.form(app, typed)
    if form.has_error(what):
        return _parts(request, app, here, typed)
    here.store(app, what, form.cleaned_data[what])
    return _parts(request, app, here, spoken=f"{form.fields[what].label} is saved.")


def _done(request: HttpRequest, app: App, here: Section, done: Done) -> HttpResponse:
    if done.goes:
        return HttpResponseClientRedirect(done.goes)
    answer = _parts(request, app, here, said=done.said, **done.shown)
    if done.focus:
        tell(answer, "sw-focus", on=done.focus, empties=done.empties)
    return answer


def _parts(
    request: HttpRequest, app: App, here: Section, typed: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    """The parts of the tab, each for its own place. `said` is shown in a toast, `spoken` announced to screen
    readers."""
    context = _drawn(request, app, here, typed) | more | {"parts": True}
    return render(request, "settings/parts.html", context)


def _drawn(request: HttpRequest, app: App, here: Section, typed: dict[str, str] | None = None) -> dict[str, Any]:
    """The context of all parts. `typed` was not stored, and is shown in its field with the error."""
    who = person(request)
    form = here.form(app, typed) if here.Options else None
    listed: list[dict[str, Any]] = [
        {"section": one, "url": reverse("settings", args=[app.slug, one.name])} for one in sections_for(who)
    ]
    context = {
        "app": app,
        "here": here,
        "form": form,
        "of_app": [each for each in listed if not each["section"].of_server],
        "of_server": [each for each in listed if each["section"].of_server],
    }
    return context | here.context(app, who, form)
