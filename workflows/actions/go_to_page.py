"""Go to page: the visitor's browser opens another page of the app, with values for its parameters."""

from collections.abc import Iterator
from typing import Any

from django import forms

from builder.checking.leaks import password_in
from builder.document import Node
from builder.elements import Repair
from builder.expressions.catalog import Place
from builder.given import PageField, value_for
from builder.parameters import declared
from builder.placed import PlacedForm
from workflows.actions import Action, actions


@actions.register
class GoToPage(Action):
    name = "go_to_page"
    label = "Go to page"
    icon = "page"
    group = "Page"
    example = {"page": "pg_example", "parameters": {}}

    class Options(PlacedForm):
        page = PageField(label="Page")

    def options(self, node: Node, place: Place) -> type[forms.Form]:
        """The page, and a field for each of its parameters."""
        page = place.catalog.body("page", node["props"].get("page"))
        fields = {
            f"parameters.{key}": value_for(holder["name"], holder["props"]["type"])
            for key, holder in (declared(page).items() if page else ())
        }
        return type("PageOptions", (self.Options,), fields)

    def title(self, node: Node, place: Place) -> str:
        page = place.catalog.name(node["props"].get("page"))
        return node["name"] or (f"Go to {page}" if page else self.label)

    def problems(self, node: Node, place: Place) -> Iterator[tuple[str, str]]:
        yield from super().problems(node, place)
        for key, value in (node["props"].get("parameters") or {}).items():
            if name := password_in(value, place):
                sentence = f"The password typed into {name} goes into an address, which browsers and servers keep. "
                yield f"parameters.{key}", sentence + "Choose something else."
        if gone := self._gone(node, place):
            many = "a parameter" if len(gone) == 1 else f"{len(gone)} parameters"
            yield "parameters", f"It gives {many} that the page does not have. Choose the page again, or remove it."

    def repair(self, node: Node, prop: str, place: Place) -> Repair | None:
        gone = self._gone(node, place) if prop == "parameters" else set()
        if not gone:
            return None
        left = {key: value for key, value in node["props"]["parameters"].items() if key not in gone}
        return Repair("Take it away", "The step gives only what the page has.", {"parameters": left})

    def _gone(self, node: Node, place: Place) -> set[str]:
        page = place.catalog.body("page", node["props"].get("page"))
        return set(node["props"].get("parameters") or {}) - declared(page).keys() if page else set()

    async def run(self, options: dict[str, Any], step: Any) -> None:
        step.host.go(options.get("page") or "", options.get("parameters") or {})
