"""What an expression sees: one visit's page from one place in it, and the results of one run."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import orjson
from django.utils import timezone

from builder.edition import Edition
from builder.expressions.bounds import TooMuch
from builder.expressions.evaluate import evaluate
from builder.expressions.shape import Value
from builder.people.visitor import Visitor
from builder.sources import sources
from workflows.live.cells import Cells
from workflows.live.page import LivePage

# Something that an expression reads, as a visit marks it when it changes: ("state", id), ("step", id), ("element",
# address).
Read = tuple[str, ...]
# How deeply data may be nested whose arguments come from other data.
MOST_LOOKS = 10


class Held(Protocol):
    """One open page as its expressions see it: what it holds, and the data it has loaded."""

    @property
    def edition(self) -> Edition: ...
    @property
    def page(self) -> LivePage: ...
    @property
    def visitor(self) -> Visitor: ...
    @property
    def moment(self) -> datetime: ...
    @property
    def told(self) -> Mapping[str, Any]: ...
    @property
    def states(self) -> Mapping[str, Any]: ...
    @property
    def groups(self) -> Mapping[str, Any]: ...
    @property
    def results(self) -> Mapping[str, Any]: ...
    @property
    def cells(self) -> Mapping[str, Mapping[str, Any]]: ...
    def value_of(self, where: str) -> Any: ...
    def resource(self, source: str, arguments: dict[str, Any], key: Read) -> Any: ...
    def is_running(self, step: str, here: Cells) -> bool: ...


class PageScope:
    """The context of `builder.expressions.evaluate` for one place on a page.

    `path` holds the keys of the surrounding cells, outermost first, of the repeating groups `lists`. `results` are a
    run's own results, which take precedence over the latest ones. `noted` collects what was read. With `fresh`, data
    that loads by itself is loaded anew instead of being taken from the page. `told` is the value that came with the
    event that started a run.
    """

    def __init__(
        self,
        visit: Held,
        path: tuple[str, ...] = (),
        lists: tuple[str, ...] = (),
        results: dict[str, Any] | None = None,
        fresh: bool = False,
        told: Any = None,
    ):
        self.visit = visit
        self.path = path
        self.lists = lists
        self.results = results or {}
        self.fresh = fresh
        self.told = told
        self.waits_for_text = not fresh
        self.noted: set[Read] = set()
        self._moment = timezone.now() if fresh else visit.moment
        self._following: list[str] = []
        self._fresh: dict[Read, Any] = {}
        self._wanted: dict[Read, tuple[str, dict[str, Any]]] = {}

    def for_step(self, results: dict[str, Any]) -> "PageScope":
        """The same place as seen by a step of a run, with the results of the run's own steps."""
        return PageScope(self.visit, self.path, self.lists, results, fresh=True, told=self.told)

    async def evaluate(self, value: Value) -> Any:
        """Evaluate a value for a step: data that loads by itself is loaded now and awaited, so that no step reads a
        stale list."""
        for _ in range(MOST_LOOKS):
            self._wanted.clear()
            result = evaluate(value, self)
            if not self._wanted:
                return result
            for key, (source, arguments) in list(self._wanted.items()):
                self._fresh[key] = await sources[source].fetch(self.visit.edition, arguments, self.visit.visitor)
        raise TooMuch("data inside data", MOST_LOOKS)

    def element_value(self, element: str) -> Any:
        """The value of an input; for one in a list, of the one in the same cell."""
        where = self._near(element)
        self.noted.add(("element", where))
        return self.visit.value_of(where)

    def state(self, state: str) -> Any:
        """The value of a state of the page; for an instance in a list, of the one in the same cell."""
        where = self._near(state)
        value = self._note("state", where, self.visit.states)
        return value if where == state or where in self.visit.states else self.visit.page.states.get(state)

    def parameter(self, parameter: str) -> Any:
        """A parameter from the page's URL, which never changes."""
        return self.visit.told.get(parameter)

    def step(self, step: str) -> Any:
        """A step's result: this run's, else the page's latest."""
        self.noted.add(("step", step))
        return self.results[step] if step in self.results else self.visit.results.get(step)

    def cell(self, repeating_group: str) -> Any:
        """The item shown by the surrounding cell."""
        if repeating_group not in self.lists:
            return None
        depth = self.lists.index(repeating_group)
        if depth >= len(self.path):
            return None
        where = "@".join((repeating_group, "/".join(self.path[:depth]))) if depth else repeating_group
        self.noted.add(("cell", f"{where}#{self.path[depth]}"))
        return self.visit.cells.get(where, {}).get(self.path[depth])

    def group(self, group: str) -> Any:
        """What is displayed in a group: what an action put there, else its own property. Groups that show each other's
        data show nothing."""
        where = self._near(group)
        if group in self._following:
            return None
        value = self._note("group", where, self.visit.groups)
        if where in self.visit.groups:
            return value
        node = self.visit.page.body["nodes"].get(group)
        self._following.append(group)
        try:
            return evaluate(node["props"].get("source"), self) if node else None
        finally:
            self._following.pop()

    def event_value(self) -> Any:
        """The value that came with the event that started the run."""
        return self.told

    def item(self) -> None:
        """There is no current item outside operators that go through a list."""
        return None

    def resource(self, source: str, arguments: dict[str, Any]) -> Any:
        """Data that loads by itself, such as a search or an API's response, for these (evaluated) arguments."""
        key = ("resource", source, orjson.dumps(arguments, default=str, option=orjson.OPT_SORT_KEYS).decode())
        if not self.fresh:
            self.noted.add(key)
            return self.visit.resource(source, arguments, key)
        if key not in self._fresh:
            self._wanted[key] = (source, arguments)
        return self._fresh.get(key)

    def running(self, step: str) -> bool:
        """Whether a step is running; with "" whether anything is."""
        self.noted.add(("running",))
        return self.visit.is_running(step, Cells(self.lists, self.path))

    def now(self) -> Any:
        """The moment of evaluation: for a page that of the last event, for a step its start, so that it stands
        still."""
        return self._moment

    def _near(self, element: str) -> str:
        depth = len(self.visit.page.lists.get(element, ()))
        path = self.path[:depth]
        return f"{element}@{'/'.join(path)}" if path else element

    def _note(self, kind: str, key: str, holder: Mapping[str, Any]) -> Any:
        self.noted.add((kind, key))
        return holder.get(key)
