"""Where somebody is in the API Connector tab: an app, an API of it, a call of that."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from builder.access import document_of
from builder.document import Body, children
from builder.errors import NotFound
from builder.models import App


@dataclass
class Place:
    """An app, and the API and call being looked at, if any."""

    app: App
    api: Body | None = None
    call: str | None = None

    @classmethod
    def of(cls, app: App, api: str | None, call: str | None = None) -> "Place":
        """The place for the keys in a URL. Raises NotFound."""
        if api is None:
            return cls(app)
        body = document_of(app, "api", api).body
        if call is not None and call not in children(body, api, "calls"):
            raise NotFound
        return cls(app, body, call)

    @classmethod
    def looked_at(cls, request: HttpRequest, app: App) -> "Place":
        """The place of the page that sent an htmx request; the tab itself if that is gone."""
        path = request.htmx.current_url_abs_path or ""  # type: ignore[attr-defined]
        try:
            where = resolve(path.partition("?")[0]).kwargs
            return cls.of(app, where.get("api"), where.get("call"))
        except (Resolver404, NotFound):
            return cls(app)

    @property
    def url(self) -> str:
        """The place's own URL."""
        keys = [self.app.slug, self.api and self.api["root"], self.call]
        return reverse("connector", args=[key for key in keys if key])
