"""A page prepared for visits: which properties are live, in which lists they are, and which workflows listen."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from builder.document import Body, children, walk
from builder.drawing.render import page_html
from builder.elements import elements
from builder.expressions.catalog import Catalog, Place
from builder.expressions.evaluate import evaluate
from builder.expressions.shape import is_dynamic
from builder.reusing import expanded
from builder.sources import Context
from builder.styling.looks import Styles, cases, styles_of
from builder.styling.sheet import sheet
from workflows.events import events


@dataclass(frozen=True, slots=True)
class Binding:
    """One live property of one element. `lists` are the lists in whose cells it is, outermost first."""

    element: str
    prop: str
    way: str
    value: Any
    lists: tuple[str, ...]
    # Its values under conditions, each with its condition (S34): the last one that holds wins, else it is `value`.
    cases: tuple[tuple[Any, Any], ...] = ()

    def now(self, scope: Context) -> Any:
        """The current value. All conditions are evaluated, so that what they read stays loaded."""
        found = self.value
        for when, value in self.cases:
            if evaluate(when, scope) is True:
                found = value
        return found


@dataclass
class LivePage:
    """What a visit needs to know of a page. Built once per page and revision, shared by all visits, never changed."""

    body: Body
    catalog: Catalog
    bindings: list[Binding] = field(default_factory=list)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        body, catalog = expanded(self.body, self.catalog)
        self.body, self.catalog = body, catalog or self.catalog
        self._bind(self.key, (), ())
        self._visit_slot(self.key, ())
        # There is one copy of an instance's states per copy of the instance.
        for state in children(self.body, self.key, "states"):
            if keeper := self.body["nodes"][state].get("of"):
                self.lists[state] = self.lists[keeper]

    @property
    def key(self) -> str:
        return self.body["root"]

    def _visit_slot(self, parent: str, lists: tuple[str, ...]) -> None:
        for key in children(self.body, parent):
            node = self.body["nodes"][key]
            self.lists[key] = lists
            kind = elements[node["type"]]
            inner = (*lists, key) if "cells" in kind.live.values() else lists
            self._bind(key, lists, inner)
            self._visit_slot(key, inner)

    def _bind(self, key: str, lists: tuple[str, ...], inner: tuple[str, ...]) -> None:
        """Collect what changes live in one element, including the effect of its conditions."""
        node = self.body["nodes"][key]
        kind, props = elements[node["type"]], node["props"]
        changed = list(cases(kind, props, self._styles)) if "conditions" in props else []
        self.bindings += [Binding(key, each.prop, each.way, each.below, lists, each.cases) for each in changed]
        names = {each.prop for each in changed}
        for each in kind.moving(props, Place(self.catalog, page=self.key, element=key)):
            if each.prop not in names:
                around = inner if each.in_cells else lists
                self.bindings.append(Binding(key, each.prop, each.way, each.value, around))

    @cached_property
    def _styles(self) -> Styles:
        return styles_of(self.catalog)

    @cached_property
    def sheet(self) -> str:
        """The page's own style sheet; "" if it needs none."""
        return sheet(self.body, self.catalog)

    @cached_property
    def html(self) -> str:
        """The initial HTML: values that change live start empty."""
        return page_html(self.body, self.catalog, "live")

    @cached_property
    def inside(self) -> dict[str, list[Binding]]:
        """The bindings in each repeating group's cells, except those of nested lists."""
        found: dict[str, list[Binding]] = {}
        for binding in self.bindings:
            if binding.lists:
                found.setdefault(binding.lists[-1], []).append(binding)
        return found

    @cached_property
    def states(self) -> dict[str, Any]:
        """The page's states with their initial values."""
        return {key: self.body["nodes"][key]["props"].get("default") for key in children(self.body, self.key, "states")}

    @cached_property
    def inputs(self) -> dict[str, Any]:
        """The initial value of each input, if it is a plain one."""
        found = {}
        for key in walk(self.body):
            kind = elements.get(self.body["nodes"][key]["type"])
            if kind and kind.gives:
                initial = kind.begins_with(self.body, key)
                found[key] = None if is_dynamic(initial) else initial
        return found

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The inputs whose text nobody may read: passwords are stored nowhere."""
        nodes = self.body["nodes"]
        return frozenset(key for key in self.inputs if elements[nodes[key]["type"]].is_hidden(nodes[key]["props"]))

    def is_bound(self, element: str, *props: str) -> bool:
        """Whether any of these properties of an element changes live."""
        node = self.body["nodes"][element]
        return any(prop in elements[node["type"]].live and is_dynamic(node["props"].get(prop)) for prop in props)

    def clears(self, element: str) -> bool:
        """Whether an input is empty after a reset; otherwise it gets its initial value."""
        node = self.body["nodes"][element]
        return bool(elements[node["type"]].values(node["props"]).get("clear_on_reset"))

    @cached_property
    def stops(self) -> dict[str, str]:
        """The Stop buttons, each with the step or instance that it stops, "" for everything that runs."""
        nodes = self.body["nodes"]
        return {key: nodes[key]["props"].get("step") or "" for key in self.lists if nodes[key]["type"] == "stop"}

    @cached_property
    def workflows_in(self) -> dict[str, set[str]]:
        """The workflows of each instance, including those of nested instances."""
        found: dict[str, set[str]] = {}
        for workflow in self.catalog.bodies("workflow"):
            props = workflow["nodes"][workflow["root"]]["props"]
            if props.get("page") == self.key and (own := props.get("instance")):
                for key in (own, *self.catalog.around(own, "instance")):
                    found.setdefault(key, set()).add(workflow["root"])
        return found

    @cached_property
    def listeners(self) -> dict[tuple[str | None, str], list[Body]]:
        """The workflows of the page by the signal that starts them: `(element, what happened)`."""
        return {(key, "clicked"): [] for key in self.stops} | self._listening(by_step=False)

    @cached_property
    def told(self) -> dict[tuple[str | None, str], list[Body]]:
        """The same for those started by a step rather than a visitor: `(instance, the event it tells)`."""
        return self._listening(by_step=True)

    def _listening(self, by_step: bool) -> dict[tuple[str | None, str], list[Body]]:
        found: dict[tuple[str | None, str], list[Body]] = {}
        for workflow in self.catalog.bodies("workflow"):
            props = workflow["nodes"][workflow["root"]]["props"]
            event = props.get("event") or {}
            kind = events.get(event.get("type"))
            if props.get("page") == self.key and kind and kind.by_step == by_step:
                found.setdefault(kind.signal(event.get("options") or {}), []).append(workflow)
        return found
