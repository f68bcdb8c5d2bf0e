"""Where in the Workflows tab somebody is, and the answers to what they do: the whole page, or its parts."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import push_url, replace_url

from builder.access import catalog_of, document_of, person
from builder.document import Body, children
from builder.errors import NotFound
from builder.expressions.catalog import Catalog
from builder.gestures.plan import NotSet, Plan
from builder.journal import perform, undoable
from builder.loose_ends import left_behind
from builder.models import App
from builder.rights import may
from builder.views.shell import shell
from workflows.views.screen import screen
from workflows.views.strip import ALL, PREVIEW


@dataclass(slots=True)
class Here:
    """An app, the workflow that is looked at, and the step of it that is selected; no step is the event."""

    app: App
    catalog: Catalog
    workflow: Body | None = None
    step: str = ""

    @classmethod
    def of(cls, app: App, workflow: str = "", step: str = "") -> "Here":
        """By what an address says. What is not there any more falls back to what is."""
        catalog = catalog_of(app)
        body = catalog.body("workflow", workflow)
        there = body is not None and step in children(body, body["root"], "steps")
        return cls(app, catalog, body, step if there else "")

    @classmethod
    def looked_at(cls, request: HttpRequest, app: App) -> "Here":
        """Where the page stands that a request of htmx came from."""
        query = parse_qs(urlsplit(request.htmx.current_url or "").query)  # type: ignore[attr-defined]
        return cls.of(app, *(query.get(name, [""])[0] for name in ("workflow", "step")))

    @property
    def url(self) -> str:
        return address(self.app, self.workflow["root"] if self.workflow else "", self.step)


def address(app: App, workflow: str = "", step: str = "") -> str:
    """The address of the tab at a workflow and one of its steps."""
    query = {name: key for name, key in (("workflow", workflow), ("step", step)) if key}
    return reverse("workflows", args=[app.slug]) + (f"?{urlencode(query)}" if query else "")


def workflow_here(app: App, workflow: str) -> tuple[Body, Catalog]:
    """A workflow by its key, with the documents around it; NotFound when it is not the app's."""
    document_of(app, "workflow", workflow)
    catalog = catalog_of(app)
    body = catalog.body("workflow", workflow)
    if body is None:
        raise NotFound
    return body, catalog


def do(request: HttpRequest, app: App, plan: Plan) -> None:
    """Perform what a gesture comes to; one without changes is no entry."""
    if plan.changes:
        perform(app, person(request), plan.label, plan.changes)


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
    """The parts of the tab, each for its own place in the page: what Undo would take back, what to say and to focus.

    `wrong` and `typed` are what a field did not take: it is drawn with both.
    """
    at = here.workflow["nodes"][here.workflow["root"]]["props"].get("page", "") if here.workflow else ""
    page, of = at or last_page(request, here.app), runs_shown(request, here.app)
    context = screen(here, page, of, wrong.prop if wrong else "", wrong, typed)
    context |= {"app": here.app, "parts": True, "may_edit": may("edit", here.app, person(request))}
    context |= {"spoken": plan.say if plan else "", "deleted": deleted}
    context["used"] = left_behind(here.app, person(request)) if deleted else ""
    answer = render(request, "workflows/parts.html", context)
    triggers: dict[str, Any] = {}
    if plan and plan.changes:
        back, again = undoable(here.app, person(request))
        triggers["sw-changed"] = {"verb": "changes", "drawn": True, "documents": {}, "undo": back, "redo": again}
    if focus:
        triggers["sw-focus"] = {"on": focus}
    if triggers:
        answer["HX-Trigger-After-Settle"] = json.dumps(triggers)
    return push_url(answer, here.url) if push else replace_url(answer, here.url)


def last_page(request: HttpRequest, app: App) -> str:
    """The page somebody was at last in this app; the shell remembers it."""
    return str(request.session.get("pages", {}).get(app.id, ""))


def runs_shown(request: HttpRequest, app: App) -> str:
    """Whose runs somebody looks at in this app: as they choose now, else as they chose last."""
    asked = request.GET.get("of")
    chosen = request.session.get("runs_of", {})
    if asked in (PREVIEW, ALL) and asked != chosen.get(app.id):
        request.session["runs_of"] = chosen | {app.id: asked}
        return asked
    return str(chosen.get(app.id, PREVIEW))
