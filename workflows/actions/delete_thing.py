"""Delete a thing, or a list of them, for good; every list that shows it is updated."""

from collections.abc import Iterator
from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.document import Node
from builder.expressions.catalog import Place
from builder.expressions.trace import type_of
from builder.placed import PlacedForm
from builder.types import family, item_type, label
from workflows.actions import Action, actions

NOT_CHOSEN = "Choose what to delete."
NO_THING = "This is not a thing. Choose a thing of the app's data, or a list of them."


@actions.register
class DeleteThing(Action):
    name = "delete_thing"
    label = "Delete a thing"
    icon = "trash"
    group = "Data"
    server_side = True
    saves = True
    example = {"things": None}

    class Options(PlacedForm):
        things = Bindable(
            forms.Field(label="What to delete", required=False, help_text="A thing, or a list of them."), type="any"
        )

    def title(self, node: Node, place: Place) -> str:
        given = _given(node, place)
        many = family(given) == "list"
        thing = item_type(given) if many else given
        if node["name"] or family(thing) != "thing":
            return node["name"] or self.label
        name = label(thing, place.catalog)
        return f"Delete a list of {name}" if many else f"Delete a {name}"

    def problems(self, node: Node, place: Place) -> Iterator[tuple[str, str]]:
        wrong = list(super().problems(node, place))
        yield from wrong
        given = _given(node, place)
        thing = item_type(given) if family(given) == "list" else given
        if node["props"].get("things") is None:
            yield "things", NOT_CHOSEN
        elif not wrong and family(thing) not in ("thing", "any"):
            yield "things", NO_THING

    async def run(self, options: dict[str, Any], step: Any) -> None:
        await step.host.delete(options.get("things"))


def _given(node: Node, place: Place) -> str:
    """The type of what is to be deleted; `any` while that is unknown."""
    return type_of(node["props"].get("things"), place) or "any"
