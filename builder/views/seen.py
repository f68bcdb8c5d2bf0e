"""What somebody is viewing in the Design tab: the selection, the breakpoint, the previewed conditions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from builder.gestures.plan import Plan
from builder.styling.breakpoints import BASE, BREAKPOINTS


@dataclass(frozen=True, slots=True)
class Seen:
    """`node` is the selected node, the first of all `nodes` if there are several. Edits are for the breakpoint `at`.
    The canvas takes the conditions whose ids are in `show` to be true. `tree` and `canvas` are the marks of the current
    drawings."""

    node: str = ""
    nodes: tuple[str, ...] = ()
    at: str = BASE
    show: frozenset[str] = frozenset()
    tree: str = ""
    canvas: str = ""

    @property
    def mark(self) -> str:
        """The way it is viewed, in the browser's notation: when the response arrives, that may have changed."""
        return f"{self.at}|{','.join(sorted(self.show))}"

    @classmethod
    def asked(cls, query: QueryDict) -> "Seen":
        """Parse `?node=el_a&nodes=el_a,el_b&scope=tablet&show=cn_a,cn_b&tree=…&canvas=…`."""
        nodes = tuple(filter(None, query.get("nodes", "").split(",")))
        show = [each for shown in query.getlist("show") for each in shown.split(",") if each]
        marks = query.get("tree", ""), query.get("canvas", "")
        return cls(query.get("node", ""), nodes, _at(query.get("scope")), frozenset(show), *marks)

    @classmethod
    def after(cls, plan: Plan, said: dict[str, Any]) -> "Seen":
        """What is viewed after a gesture, which may select something else."""
        node = plan.select or str(said.get("selected", ""))
        several = _texts(plan.selection or said.get("selection"))
        nodes = several if node in several else ()
        marks = str(said.get("tree", "")), str(said.get("canvas", ""))
        return cls(node, nodes, _at(said.get("scope")), frozenset(_texts(said.get("show"))), *marks)


def _at(scope: Any) -> str:
    return scope if isinstance(scope, str) and scope in BREAKPOINTS else BASE


def _texts(given: Iterable[Any] | Any) -> tuple[str, ...]:
    return tuple(map(str, given)) if isinstance(given, list) else ()
