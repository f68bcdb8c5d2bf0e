"""An app with one empty page."""

from builder.document import Body
from builder.starters import Starter, blank_page, starters


@starters.register
class Blank(Starter):
    name = "blank"
    label = "Blank app"
    hint = "One empty page"
    order = 1

    def documents(self) -> list[tuple[str, Body]]:
        return [("page", blank_page())]
