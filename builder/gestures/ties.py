"""What ties elements to the rest of their page when they become a reusable element. Pure.

What they read from the rest becomes a property of the reusable element, given by the instance; what the rest reads from
them becomes a told value. Their workflows, and the states used nowhere else, move along. Anything left would be torn
apart.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from builder.changes import ChangeJSON
from builder.changes.duplicate import free_name
from builder.chosen_types import can_be, can_be_list
from builder.document import Body, Node, address, children, new_id, node, walk
from builder.expressions.catalog import Catalog, Place
from builder.expressions.shape import Expression, Value, is_expression, steps
from builder.expressions.trace import trace
from builder.gestures.begins import workflows_of
from builder.kinds import kinds
from builder.outwards import VALUE, Row
from builder.rewriting import Rewriter, texts
from builder.types import family, item_type, label


class Ties:
    """The ties between the content of the elements `tops` of a page and the rest of it.

    In rewritten form, but with their current ids: `nodes` of the elements, `workflows` and `states` that move along,
    and the page's other nodes and workflows as `changes`. `properties` are the new ones by id, `given` the values that
    the instance `instance` gives for them, `tells` what it tells. `torn` is what cannot be kept, one clause each.
    """

    def __init__(self, body: Body, tops: list[str], catalog: Catalog, instance: str):
        self.body, self.catalog, self.instance = body, catalog, instance
        inside = {key: body["nodes"][key] for top in tops for key in walk(body, top)}
        begun = {key for key, element in workflows_of(catalog, body["root"]) if element in inside}
        mine = {key: each for key in begun if (each := catalog.body("workflow", key))}
        rest = [
            each
            for key in catalog.workflows(body["root"])
            if (each := catalog.body("workflow", key)) and key not in begun
        ]
        others = {key: each for key, each in body["nodes"].items() if key not in inside}
        self.states = list(self._alone(inside, mine.values(), others, rest))
        own = {*inside, *self.states, *(key for each in mine.values() for key in each["nodes"])}
        outer = {*others, *(key for each in rest for key in each["nodes"]), *_rows(body)} - {*own, body["root"]}

        self.properties: dict[str, Node] = {}
        self.given: dict[str, Value] = {}
        self.tells: list[Row] = []
        self.torn: list[str] = []
        at = Place(catalog, page=body["root"], element=tops[0])
        takes = _Reader(outer, lambda read, place: self._property(read, at))
        self.nodes = {key: self._rewritten(takes, body, key, outer, "stays outside") for key in inside}
        self.workflows = {key: self._workflow(takes, each, outer, "stays outside") for key, each in mine.items()}
        asks = _Reader(own, self._value)
        self.changes: list[ChangeJSON] = []
        for document, keys in (
            (body, others.keys() - set(self.states)),
            *((each, each["nodes"].keys()) for each in rest),
        ):
            for key in [each for each in document["nodes"] if each in keys]:
                made = self._rewritten(asks, document, key, own, "would be inside")
                before = document["nodes"][key]["props"]
                if changed := {prop: value for prop, value in made["props"].items() if value != before[prop]}:
                    self.changes.append({"do": "update", "doc": address(document), "node": key, "set": changed})

    def _alone(
        self, inside: dict[str, Node], mine: Iterable[Body], others: dict[str, Node], rest: list[Body]
    ) -> Iterator[str]:
        """The states that are used inside, and nowhere else."""
        used = texts([*(each["props"] for each in inside.values()), *(each["nodes"] for each in mine)])
        elsewhere = texts([*(each["props"] for each in others.values()), *(each["nodes"] for each in rest)])
        for state in children(self.body, self.body["root"], "states"):
            if state in used and state not in elsewhere:
                yield state

    def _workflow(self, reader: "_Reader", workflow: Body, apart: set[str], where: str) -> Body:
        return {
            **workflow,
            "nodes": {key: self._rewritten(reader, workflow, key, apart, where) for key in workflow["nodes"]},
        }

    def _rewritten(self, reader: "_Reader", document: Body, key: str, apart: set[str], where: str) -> Node:
        """A node with its reads across the border replaced; any that remain are torn."""
        holder, catalog = document["nodes"][key], self.catalog
        is_workflow = document["nodes"][document["root"]]["type"] == "workflow"
        reader.place = (
            Place.of_workflow(catalog, document["root"]) if is_workflow else Place(catalog, self.body["root"], key)
        )
        made = {**holder, "props": {prop: reader.value(value) for prop, value in holder["props"].items()}}
        kind = address(document).partition("/")[0]
        for name in sorted(texts(made["props"]) & apart):
            words = kinds[kind].words(document, key, catalog)
            self.torn.append(f"{words} needs {self._called(name)}, which {where}")
        return made

    def _called(self, key: str) -> str:
        kind, document = self.catalog.home(key) or ("", "")
        body = self.catalog.body(kind, document)
        return self.catalog.name(key) or (kinds[kind].words(body, key, self.catalog) if body else "what it tells")

    def _property(self, read: Expression, place: Place) -> Expression | None:
        """The property that replaces a read from the rest; None if there can be none."""
        last = trace(read, place)[-1]
        type = last.type or ""
        is_list = family(type) == "list"
        item = item_type(type) if is_list else type
        if not can_be(item) or (is_list and not can_be_list(item)):
            return None
        found = next((key for key, value in self.given.items() if value == read), "")
        if not found:
            found, of = new_id("pr"), next(each for each in read["args"].values() if isinstance(each, str))
            is_thing = read["from"] in ("cell", "group")
            name = label(item, self.catalog) if is_thing else self.catalog.name(of) or last.label
            name = free_name(name[:80], {each["name"] for each in self.properties.values()})
            self.properties[found] = node("property", name, {"type": item} | ({"list": True} if is_list else {}))
            self.given[found] = read
        return {"from": "property", "args": {"property": found}, "ops": []}

    def _value(self, read: Expression, place: Place) -> Expression | None:
        """The told value of the instance that replaces a read from inside."""
        last = trace(read, place)[-1]
        if last.type is None:
            return None
        row = next((each for each in self.tells if each["value"] == read), None)
        if row is None:
            name = free_name(last.label[:80], {each["name"] for each in self.tells})
            row = {"key": new_id(VALUE), "name": name, "value": read}
            self.tells.append(row)
        return {"from": "told", "args": {"element": self.instance, "value_of": row["key"]}, "ops": []}


class _Reader(Rewriter):
    """Replaces every expression that reads something `apart`, by its source alone: its operators are kept. `place` is
    where the rewritten value is."""

    place: Place

    def __init__(self, apart: set[str], instead: Callable[[Expression, Place], Expression | None]):
        self.apart, self.instead = apart, instead

    def expression(self, expression: Expression) -> Value:
        args = expression["args"]
        if not any(isinstance(each, str) and each in self.apart for each in args.values()):
            return expression
        if any(is_expression(each) for each in args.values()):
            return expression
        made = self.instead({"from": expression["from"], "args": args, "ops": []}, replace(self.place, item=None))
        return {**made, "ops": steps(expression)} if made else expression


def _rows(body: Body) -> set[str]:
    """The ids of the values and events that a reusable element tells, which a step inside may refer to."""
    props = body["nodes"][body["root"]]["props"]
    return {row["key"] for name in ("tells", "happens") for row in props.get(name, ())}
