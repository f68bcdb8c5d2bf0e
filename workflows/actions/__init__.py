"""Actions: what a workflow's step can do. One per file."""

from collections.abc import Iterator
from typing import Any

from django import forms

from builder.bindings import Bindable
from builder.document import Node, node
from builder.elements import Repair
from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems
from builder.placed import PlacedChoice
from builder.registry import Registry


class Action:
    """One kind of step.

    `Options` is the form its author fills in; if it depends on a call's parameters or a thing's fields, `options`
    builds it. `server_side`: it saves, calls or sends something, so it waits for every stream before it (S25). `run`
    does the work: it receives the options with every expression evaluated, and the step of the run it works for.
    """

    name = ""
    label = ""
    icon = "bolt"
    group = ""
    server_side = False
    # Whether a run with such a step continues to its end when the visitor leaves (S31).
    saves = False
    # Properties that are passed as written instead of being evaluated before the step runs.
    raw: tuple[str, ...] = ()
    # The option whose choices appear in the list of actions, each as a step of its own (S1).
    listed = ""
    example: dict[str, Any] = {}

    class Options(forms.Form):
        pass

    def options(self, node: Node, place: Place) -> type[forms.Form]:
        """The form class for this step; by default the static one."""
        return self.Options

    def is_offered(self, place: Place) -> bool:
        """Whether such a step makes sense in a workflow there."""
        return True

    def title(self, node: Node, place: Place) -> str:
        """The step's name on its card: "Create a Message"."""
        return node["name"] or self.label

    def streams(self, node: Node, catalog: Catalog) -> bool:
        """Whether the step's result is a live stream."""
        return False

    def result_type(self, node: Node, catalog: Catalog) -> str | None:
        """The type of the step's result; None if it has none."""
        return None

    def problems(self, node: Node, place: Place) -> Iterator[tuple[str, str]]:
        """What is wrong with a step, as `(property, sentence)` (S43)."""
        for name, field in self.options(node, place).base_fields.items():
            value = prop_of(node["props"], name)
            if isinstance(field, Bindable):
                yield from ((name, sentence) for sentence in problems(value, field.type, place))
            elif isinstance(field, PlacedChoice) and value not in [key for key, _ in field.found(place)]:
                label = str(field.label or name).lower()
                yield name, f"The {label} is gone. Choose another one." if value else f"Choose the {label}."

    def repair(self, node: Node, prop: str, place: Place) -> Repair | None:
        """A fix for the problem of a property, if that is safe."""
        return None

    def choices(self, place: Place) -> list[tuple[str, str]]:
        """The choices for `listed`, as `(value, words)`."""
        field = self.options(node(self.name), place).base_fields.get(self.listed)
        return list(field.found(place)) if isinstance(field, PlacedChoice) else []

    async def run(self, options: dict[str, Any], step: Any) -> Any:
        """Do the work. Raises `StepFailed` or another `StreamwrightError` with a sentence if that is impossible."""
        raise NotImplementedError


def prop_of(props: dict[str, Any], name: str) -> Any:
    """A property by the name of its field: `parameters.pa_ab12cd` is a member of the object `parameters`."""
    outer, dot, inner = name.partition(".")
    value = props.get(outer)
    return value if not dot else value.get(inner) if isinstance(value, dict) else None


actions: Registry[Action] = Registry("action", "actions")
