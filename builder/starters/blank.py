"""An app with one empty page."""

from builder.document import Body
from builder.models import App
from builder.starters import Starter, blank_page, starters


@starters.register
class Blank(Starter):
    name = "blank"
    label = "Blank app"
    hint = "One empty page"
    order = 1

    def documents(self) -> list[tuple[str, Body]]:
        return [("page", blank_page())]

    def after(self, app: App) -> None:
        """A visitor's tab shows the app's name until the author chooses a better title than "Index"."""
        page = app.documents.get(kind="page")
        page.root["props"]["title"] = app.name
        page.save()
