"""Where somebody is in the Workflows tab: an app, a workflow of it, a step of that."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import HttpRequest
from django.urls import reverse

from builder.access import catalog_of, document_of
from builder.document import Body, children
from builder.errors import NotFound
from builder.expressions.catalog import Catalog
from builder.models import App


@dataclass(slots=True)
class Here:
    """An app, the workflow being looked at, and its selected step; no step means the event."""

    app: App
    catalog: Catalog
    workflow: Body | None = None
    step: str = ""

    @classmethod
    def of(cls, app: App, workflow: str = "", step: str = "") -> "Here":
        """The place that a URL names. What no longer exists is replaced by something that does."""
        catalog = catalog_of(app)
        body = catalog.body("workflow", workflow)
        there = body is not None and step in children(body, body["root"], "steps")
        return cls(app, catalog, body, step if there else "")

    @classmethod
    def looked_at(cls, request: HttpRequest, app: App) -> "Here":
        """The place of the page that sent an htmx request."""
        query = parse_qs(urlsplit(request.htmx.current_url or "").query)  # type: ignore[attr-defined]
        return cls.of(app, *(query.get(name, [""])[0] for name in ("workflow", "step")))

    @property
    def url(self) -> str:
        return address(self.app, self.workflow["root"] if self.workflow else "", self.step)


def address(app: App, workflow: str = "", step: str = "") -> str:
    """The URL of the tab at a workflow and one of its steps."""
    query = {name: key for name, key in (("workflow", workflow), ("step", step)) if key}
    return reverse("workflows", args=[app.slug]) + (f"?{urlencode(query)}" if query else "")


def workflow_here(app: App, workflow: str) -> tuple[Body, Catalog]:
    """A workflow by its key, with the documents around it. Raises NotFound if it is not the app's."""
    document_of(app, "workflow", workflow)
    catalog = catalog_of(app)
    body = catalog.body("workflow", workflow)
    if body is None:
        raise NotFound
    return body, catalog
