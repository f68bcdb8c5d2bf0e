"""Events: what starts a workflow. One per file."""

from typing import Any

from django import forms

from builder.document import Node
from builder.expressions.catalog import Catalog, Place
from builder.registry import Registry


class Event:
    """One kind of event.

    `Options` is the form its author fills in. `signal(options)` is what the page listens to: `(element id, what
    happened)`; the element is None where the page itself is meant.
    """

    name = ""
    label = ""
    icon = "bolt"
    # Whether a step of another workflow brings it about, and nothing that a visitor does.
    by_step = False
    example: dict[str, Any] = {}

    class Options(forms.Form):
        pass

    def options(self, place: Place) -> type[forms.Form]:
        return self.Options

    def signal(self, options: dict[str, Any]) -> tuple[str | None, str]:
        raise NotImplementedError

    def title(self, options: dict[str, Any], catalog: Catalog) -> str:
        """The workflow's name in the list: "Send is clicked"."""
        return self.label


events: Registry[Event] = Registry("event", "events")


def title_of(root: Node, catalog: Catalog) -> str:
    """A workflow's name in the list: the one its author gave it, else a description of its event."""
    event = root["props"]["event"]
    return (
        root["name"] if root["props"].get("named") else events[event["type"]].title(event.get("options") or {}, catalog)
    )


def element_name(catalog: Catalog, key: str | None, first: bool = False) -> str:
    """What the author calls an element; if it is gone or not chosen, words for that, at the beginning of a sentence
    (`first`) or not."""
    article = "A" if first else "a"
    return catalog.name(key) or (f"{article} removed element" if key else f"{article}n element")
