"""When each step starts and what it waits for: the rules of S25 to S28, for the runner, the drawing and the checks.

Pure: from the steps of a workflow to one `Turn` per step. The runner follows it and the Workflows tab draws it, so that
what an author sees is what happens.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from builder.document import Body, Node, children
from builder.expressions.catalog import Catalog
from builder.expressions.reads import needs
from workflows.actions import actions

Need = Literal["first", "full"]


@dataclass(slots=True)
class Turn:
    """One step's place in the order.

    `waits` are the ids of the earlier streaming steps whose end it waits for. `uses` are the earlier steps it reads,
    with what it needs from each. `finishes` says when the next step may start: `first` (at the first frame), `end`
    (when the stream has ended) or `done` (when the action has done its work).
    """

    key: str
    node: Node
    number: int
    streams: bool = False
    finishes: Literal["first", "end", "done"] = "done"
    waits: list[str] = field(default_factory=list)
    uses: dict[str, Need] = field(default_factory=dict)


def plan(workflow: Body, catalog: Catalog) -> list[Turn]:
    """The turns of a workflow, with what each action says about its steps."""

    def step_needs(node: Node) -> dict[str, Any]:
        return needs(node["props"], catalog)

    return turns(
        workflow,
        streams=lambda node: actions[node["type"]].streams(node, catalog),
        server_side=lambda node: actions[node["type"]].server_side,
        needs=step_needs,
    )


def turns(
    workflow: Body,
    streams: Callable[[Node], bool],
    server_side: Callable[[Node], bool],
    needs: Callable[[Node], dict[str, Need]],
    backend: bool = False,
) -> list[Turn]:
    """The turns of a workflow's steps, in order.

    `streams(step)`: its result is a live stream. `server_side(step)`: it saves data, calls an API, sends or schedules
    something (S25). `needs(step)`: the steps whose results its options and its Only when read, each with `full` if a
    final value is used. `backend`: every step blocks until its stream is closed (S26).
    """
    found: list[Turn] = []
    for number, key in enumerate(children(workflow, workflow["root"], "steps"), 1):
        node = workflow["nodes"][key]
        turn = Turn(key, node, number, streams=streams(node))
        earlier = {each.key: each for each in found}
        turn.uses = {step: need for step, need in needs(node).items() if step in earlier}
        turn.waits = list(_waits(turn, found, server_side(node)))
        if turn.streams:
            turn.finishes = "end" if backend or node["props"].get("finishes") == "end" else "first"
        found.append(turn)
    return found


def _waits(turn: Turn, earlier: Iterable[Turn], server_side: bool) -> Iterable[str]:
    """The streams a step waits for: those whose final value it uses; a server-side step waits for every one before it,
    unless its author lets it start immediately and it uses nothing final."""
    waits_for_all = server_side and turn.node["props"].get("starts") != "at_once"
    for step in earlier:
        if step.streams and step.finishes == "first" and (waits_for_all or turn.uses.get(step.key) == "full"):
            yield step.key
