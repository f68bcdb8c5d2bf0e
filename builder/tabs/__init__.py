"""Tabs of the editor's top bar: each Django app brings its own in its folder `tabs`."""

from dataclasses import dataclass

from builder.models import App
from builder.registry import Registry


@dataclass(frozen=True, slots=True)
class Said:
    """What the list of apps says beside one: in a word, and the address it leads to."""

    word: str
    url: str


class Tab:
    """One place in the editor of an app.

    `promise` says in one line what the tab will do, for tabs that are not built yet. A tab that is not `in_bar` is
    reached by a button of its own, such as Preview.
    """

    name = ""
    label = ""
    icon = "page"
    order = 100
    promise = ""
    in_bar = True

    def url(self, app: App, page: str | None) -> str:
        """The tab's address; `page` is the key of the page the person is at."""
        raise NotImplementedError

    def said(self, apps: list[App]) -> dict[str, Said]:
        """What the list of apps says, by the id of the app it says it of."""
        return {}


tabs: Registry[Tab] = Registry("tab", "tabs")


def tab_bar() -> list[Tab]:
    """The tabs of the top bar from left to right."""
    return sorted((tab for tab in tabs.values() if tab.in_bar), key=lambda tab: tab.order)
