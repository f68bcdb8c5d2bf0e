"""Where somebody is in the Data tab, and the responses to what they do there: the whole page, or parts of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django_htmx.http import push_url

from builder.access import person
from builder.checking.issues import left_behind
from builder.document import Body, children
from builder.edition import ENVIRONMENTS, LIVE, Edition
from builder.errors import NotFound
from builder.gestures.plan import Plan
from builder.models import App
from builder.people.rights import may
from builder.types import types as marks
from builder.views.gestures import tell, tell_changed
from builder.views.shell import shell
from data.forms import NewFieldForm
from data.kinds.data_type import FIELD_TYPES
from data.live import live_edition
from data.things import BUILT_IN, count, page_of
from data.types.thing import NAMES
from data.views.table import Wrong, columns, rows


@dataclass(slots=True)
class Here:
    """An app, the edition whose things are shown (S41), the data type being looked at, and the page of its table."""

    app: App
    edition: Edition
    types: list[Body] = field(default_factory=list)
    type: Body | None = None
    page: int = 1

    @classmethod
    def of(cls, app: App, data_type: str | None = None, query: Mapping[str, str] | None = None) -> "Here":
        """The place that a URL names. A type that no longer exists is replaced by the first one."""
        asked = query or {}
        page, is_live = asked.get("page", "1"), asked.get("data") == LIVE
        edition = live_edition(app) if is_live else Edition.being_edited(app)
        types = edition.catalog().bodies("data_type")
        wanted = [body for body in types if body["root"] == data_type]
        number = int(page) if page.isdecimal() else 1
        return cls(app, edition, types, next(iter(wanted or types), None), number)

    @classmethod
    def looked_at(cls, request: HttpRequest, app: App) -> "Here":
        """The place of the page that sent an htmx request."""
        at = urlsplit(request.htmx.current_url or "")  # type: ignore[attr-defined]
        try:
            data_type = resolve(at.path).kwargs.get("data_type")
        except Resolver404:
            data_type = None
        return cls.of(app, data_type, dict(parse_qsl(at.query)))

    @property
    def url(self) -> str:
        asked = {"data": LIVE} if self.edition.is_live else {}
        asked |= {"page": str(self.page)} if self.page > 1 else {}
        where = reverse("data", args=[self.app.slug, *([self.type["root"]] if self.type else [])])
        return f"{where}?{urlencode(asked)}" if asked else where


def type_here(edition: Edition, data_type: str, field: str | None = None) -> Body:
    """A data type by its key, checking that it has `field` if one is given. Raises NotFound if either is missing."""
    body = edition.body("data_type", data_type)
    if field is not None and field not in children(body, data_type, "fields"):
        raise NotFound
    return body


def whole(request: HttpRequest, here: Here) -> HttpResponse:
    """The tab as a whole page."""
    return render(request, "data/page.html", shell(request, here.app, "data") | drawn(here))


def parts(request: HttpRequest, here: Here, plan: Plan | None = None, *, focus: str = "", **more: Any) -> HttpResponse:
    """The parts of the tab, each swapped into its own place, with what Undo would take back and what to focus.

    `more`: `wrong` for a refused cell, `add_form` and `name_form` for refused field forms, `deleted` and `spoken` for
    what to announce.
    """
    more["used"] = left_behind(here.app, person(request)) if more.get("deleted") else ""
    about = {"parts": True, "may_edit": may("edit", here.app, request.user)}
    answer = render(request, "data/parts.html", drawn(here, **more) | about)
    if plan and plan.changes:
        tell_changed(answer, request, here.app)
    if focus:
        tell(answer, "sw-focus", on=focus)
    return push_url(answer, here.url)


def drawn(here: Here, wrong: Wrong | None = None, **more: Any) -> dict[str, Any]:
    """The context of all parts."""
    counts = count(here.edition)
    types = [
        {
            "key": body["root"],
            "name": body["nodes"][body["root"]]["name"],
            "url": replace(here, type=body, page=1).url,
            "current": here.type is not None and body["root"] == here.type["root"],
            "things": counts.get(body["root"], 0),
        }
        for body in here.types
    ]
    context: dict[str, Any] = {"app": here.app, "here": here, "types": types, "add_form": NewFieldForm(prefix="new")}
    context["editions"] = [(each, replace(here, edition=Edition(here.app, each), page=1).url) for each in ENVIRONMENTS]
    if here.type is not None:
        shown = page_of(here.edition, here.type["root"], here.page)
        here.page = shown.number
        context |= {"type": next(each for each in types if each["current"]), "shown": shown}
        context |= {"newer": replace(here, page=here.page - 1).url, "older": replace(here, page=here.page + 1).url}
        context |= {"columns": columns(here.type), "rows": rows(here.type, shown.things, wrong)}
        context |= {"kinds": [(kind, marks[kind]) for kind in FIELD_TYPES]}
        context |= {"built_in": [(NAMES[key], marks[kind]) for key, kind in BUILT_IN.items()]}
    return context | more
