"""Tabs of the editor's top bar: each Django app provides its own in its `tabs` folder."""

from dataclasses import dataclass

from builder.models import App
from builder.registry import Registry


@dataclass(frozen=True, slots=True)
class Said:
    """A note next to an app in the list of apps: a word, and the URL it links to."""

    word: str
    url: str


class Tab:
    """One place in the editor of an app.

    `promise` describes in one line what the tab will do, for tabs that are not built yet. A tab that is not `in_bar` is
    opened by a button of its own, such as Preview.
    """

    name = ""
    label = ""
    icon = "page"
    order = 100
    promise = ""
    in_bar = True

    def url(self, app: App, page: str | None) -> str:
        """The tab's URL; `page` is the key of the current page."""
        raise NotImplementedError

    def said(self, apps: list[App]) -> dict[str, Said]:
        """Notes for the list of apps, by app id."""
        return {}


tabs: Registry[Tab] = Registry("tab", "tabs")


def tab_bar() -> list[Tab]:
    """The tabs of the top bar from left to right."""
    return sorted((tab for tab in tabs.values() if tab.in_bar), key=lambda tab: tab.order)
