"""Responses of the Workflows tab: the whole page, or its parts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import push_url, replace_url

from builder.access import person
from builder.checking.issues import left_behind
from builder.gestures.plan import NotSet, Plan
from builder.models import App
from builder.people.rights import may
from builder.views.gestures import tell, tell_changed
from builder.views.shell import shell
from workflows.views.here import Here
from workflows.views.screen import screen
from workflows.views.strip import ALL, PREVIEW


def whole(request: HttpRequest, here: Here, page: str | None = None) -> HttpResponse:
    """The tab as a page."""
    shown = here.workflow["nodes"][here.workflow["root"]]["props"].get("page") if here.workflow else page
    context = shell(request, here.app, "workflows", shown)
    at = context["page"].key if context["page"] else ""
    return render(request, "workflows/page.html", context | screen(here, at, runs_shown(request, here.app)))


def parts(
    request: HttpRequest,
    here: Here,
    plan: Plan | None = None,
    *,
    focus: str = "",
    wrong: NotSet | None = None,
    typed: Any = None,
    deleted: str = "",
    push: bool = False,
) -> HttpResponse:
    """The parts of the tab, each swapped into its own place, with what Undo would take back, what to announce and what
    to focus.

    `wrong` and `typed` belong to a field that refused its input: it is drawn with both.
    """
    at = here.workflow["nodes"][here.workflow["root"]]["props"].get("page", "") if here.workflow else ""
    page, of = at or last_page(request, here.app), runs_shown(request, here.app)
    context = screen(here, page, of, wrong.prop if wrong else "", wrong, typed)
    context |= {"app": here.app, "parts": True, "may_edit": may("edit", here.app, person(request))}
    context |= {"spoken": plan.say if plan else "", "deleted": deleted}
    context["used"] = left_behind(here.app, person(request)) if deleted else ""
    answer = render(request, "workflows/parts.html", context)
    if plan and plan.changes:
        tell_changed(answer, request, here.app)
    if focus:
        tell(answer, "sw-focus", on=focus)
    return push_url(answer, here.url) if push else replace_url(answer, here.url)


def last_page(request: HttpRequest, app: App) -> str:
    """The page somebody was last at in this app; the session remembers it."""
    return str(request.session.get("pages", {}).get(app.id, ""))


def runs_shown(request: HttpRequest, app: App) -> str:
    """Whose runs somebody looks at in this app: as chosen now, else as chosen last."""
    asked = request.GET.get("of")
    chosen = request.session.get("runs_of", {})
    if asked in (PREVIEW, ALL) and asked != chosen.get(app.id):
        request.session["runs_of"] = chosen | {app.id: asked}
        return asked
    return str(chosen.get(app.id, PREVIEW))
