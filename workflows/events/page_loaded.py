"""The page is loaded: once per visit, before anything is clicked."""

from typing import Any

from builder.expressions.catalog import Catalog
from workflows.events import Event, events


@events.register
class PageLoaded(Event):
    name = "page_loaded"
    label = "Page is loaded"
    icon = "page"

    def signal(self, options: dict[str, Any]) -> tuple[str | None, str]:
        return None, "loaded"

    def title(self, options: dict[str, Any], catalog: Catalog) -> str:
        return "Page is loaded"
