"""Expands reusable elements: each instance on a page becomes the content of its reusable element, as if it had been
built there by hand. Pure.

Nodes that come from an instance get ids of their own, the same ones every time. Inside, whatever reads a property of
the reusable element reads what the instance gives; outside, whatever reads a value that an instance tells reads its
expression inside; states and workflows belong to each instance. Whatever draws or runs a page therefore knows nothing
of all this.
"""

import json
from collections.abc import Collection
from hashlib import sha256
from typing import Any

from builder.bindings import Bindable
from builder.document import Body, Node, children, walk
from builder.document_cache import per_body
from builder.elements import elements
from builder.expressions.catalog import Catalog
from builder.expressions.shape import Expression, Value, is_dynamic, is_expression, steps
from builder.expressions.values import as_text
from builder.own_properties import default_of, given_in, properties_of
from builder.rewriting import Rewriter

# The most nodes on a page including its instances' contents; anything beyond that is not drawn.
MOST = 5000
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


def leads_to(catalog: Catalog, reusable: str | None) -> set[str]:
    """The reusable elements inside one, at any depth, including itself."""
    found: set[str] = set()
    waiting = [reusable]
    while waiting:
        key = waiting.pop()
        body = catalog.body("reusable", key)
        if key is not None and body is not None and key not in found:
            found.add(key)
            waiting += [node["props"].get("of") for node in instances(body).values()]
    return found


@per_body
def instances(body: Body) -> dict[str, Node]:
    """The instances in a document, by id."""
    return {key: node for key, node in body["nodes"].items() if node["type"] == "instance"}


def expanded(body: Body, catalog: Catalog | None, on: Collection[str] | None = None) -> tuple[Body, Catalog | None]:
    """A page with its instances' contents, and the documents around it including this page and its instances'
    workflows.

    The instance's conditions on its own properties are applied within it. The canvas previews those that are `on`, by
    their ids: they hold, and the others do not.

    A node that comes from an instance has the id of that instance of the page under `within`, and the page is marked as
    filled. An instance that cannot be drawn stays empty: its reusable element is gone, or it would contain itself.
    """
    if catalog is None or "within" in body or not instances(body):
        return body, catalog
    made = _Expansion(body, catalog, on)
    return made.body, catalog.replacing([(_kind(body), made.body), *(("workflow", each) for each in made.workflows)])


def is_too_large(body: Body, catalog: Catalog) -> bool:
    """Whether the contents of its instances are too large to be drawn completely."""
    return bool(instances(body)) and _Expansion(body, catalog).is_full


def original(body: Body, key: str) -> str:
    """The original of a node that was copied into an instance; the node itself otherwise."""
    found: str = body.get("copies", {}).get(key, key)
    return found


def _kind(body: Body) -> str:
    kind: str = body["nodes"][body["root"]]["type"]
    return kind


class _Expansion:
    """One page while its instances are being expanded."""

    def __init__(self, body: Body, catalog: Catalog, on: Collection[str] | None = None):
        self.on = on
        self.catalog, self.workflows, self.is_full = catalog, list[Body](), False
        root = body["nodes"][body["root"]]
        nodes = {**body["nodes"], body["root"]: {**root, "slots": dict(root["slots"])}}
        self.body: Body = {**body, "nodes": nodes, "within": True}
        # What each instance tells, by its id and that of the value.
        self.told: dict[tuple[str, str], Value] = {}
        for key in list(walk(body)):
            if body["nodes"][key]["type"] == "instance":
                self._fill(key, (body["root"],), key)
        if self.told:
            self._tell()

    def _fill(self, key: str, around: tuple[str, ...], within: str) -> None:
        """Put its copy into an instance; `around` are the documents it is nested in."""
        holder = self.body["nodes"][key]
        props, slots = _without_given(holder["props"]), {}
        if "conditions" in props:
            props["conditions"] = [{**each, "set": _without_given(each["set"])} for each in props["conditions"]]
        reusable = self.catalog.body("reusable", holder["props"].get("of"))
        if reusable is not None and reusable["root"] not in around and self._has_room(reusable):
            slots = {"children": [self._copy(reusable, key, within)]}
        self.body["nodes"][key] = {**holder, "props": props, "slots": slots}
        if slots:
            for each in walk(self.body, slots["children"][0]):
                if self.body["nodes"][each]["type"] == "instance":
                    self._fill(each, (*around, reusable["root"]), within)

    def _has_room(self, reusable: Body) -> bool:
        fits = len(self.body["nodes"]) + len(reusable["nodes"]) <= MOST
        self.is_full = self.is_full or not fits
        return fits

    def _copy(self, reusable: Body, key: str, within: str) -> str:
        """Copy everything in a reusable element for one instance, its states to those of the page; returns the root's
        id."""
        properties, given = properties_of(self.catalog, reusable["root"]), self.body["nodes"][key]["props"]
        values = {prop: _given(given, prop, default_of(holder), self.on) for prop, holder in properties.items()}
        listening = [self.catalog.body("workflow", each) for each in self.catalog.workflows(reusable["root"])]
        workflows = [each for each in listening if each]
        own = [each for body in (reusable, *workflows) for each in body["nodes"] if each not in properties]
        copier = _Copier({each: _id(key, each) for each in own}, values)
        root = copier.ids[reusable["root"]]
        for each in walk(reusable):
            if each in copier.ids:
                self.body["nodes"][copier.ids[each]] = copier.node(reusable["nodes"][each]) | {"within": within}
        for row in self.body["nodes"][root]["props"].get("tells", ()):
            self.told[key, row["key"]] = row["value"]
        self._settle(root)
        self.workflows += [copier.workflow(body, self.body["root"], key) for body in workflows]
        return root

    def _tell(self) -> None:
        """Let whatever reads what an instance tells read the expression inside: on the page, in other instances, and in
        the workflows of all of them."""
        teller = _Teller(self.told)
        self.body["nodes"] = {key: teller.node(holder) for key, holder in self.body["nodes"].items()}
        of_page = [self.catalog.body("workflow", each) for each in self.catalog.workflows(self.body["root"])]
        for each in [*self.workflows, *filter(None, of_page)]:
            nodes = {key: teller.node(holder) for key, holder in each["nodes"].items()}
            if nodes != each["nodes"]:
                self.workflows = [other for other in self.workflows if other is not each] + [{**each, "nodes": nodes}]

    def _settle(self, root: str) -> None:
        """The root of a copy becomes a group; its states move to the page."""
        copied, page = self.body["nodes"][root], self.body["nodes"][self.body["root"]]
        for state in children(self.body, root, "states"):
            self.body["nodes"][state] |= {"of": root}
        states = [*children(self.body, self.body["root"], "states"), *children(self.body, root, "states")]
        if states:
            page["slots"]["states"] = states
        slots = {"children": inside} if (inside := children(self.body, root)) else {}
        props = {prop: value for prop, value in copied["props"].items() if prop not in ("tells", "happens")}
        self.body["nodes"][root] = copied | {"type": "group", "props": props, "slots": slots}


class _Rewriter(Rewriter):
    """Rewrites nodes."""

    def node(self, holder: Node) -> Node:
        element = elements.get(holder["type"])
        fields = element.Props.base_fields if element else {}
        props = {}
        for prop, value in holder["props"].items():
            props[prop], field = self.value(value), fields.get(prop)
            # Something dynamic that becomes a constant has to be what its field accepts.
            if isinstance(field, Bindable) and field.type == "text" and not is_dynamic(props[prop]):
                props[prop] = as_text(props[prop])
        return {**holder, "props": props}


class _Copier(_Rewriter):
    """Copies what a reusable element contains: `ids` are the new ids by the old ones, `values` replace each of its
    properties."""

    def __init__(self, ids: dict[str, str], values: dict[str, Value]):
        self.ids, self.values = ids, values

    def node(self, holder: Node) -> Node:
        slots = {slot: [self.ids[key] for key in keys if key in self.ids] for slot, keys in holder["slots"].items()}
        return super().node(holder) | {"slots": {slot: keys for slot, keys in slots.items() if keys}}

    def workflow(self, body: Body, page: str, instance: str) -> Body:
        """A workflow that listens in one instance. `copies` says what its nodes are copies of."""
        nodes = {self.ids[key]: self.node(holder) for key, holder in body["nodes"].items()}
        root = self.ids[body["root"]]
        nodes[root]["props"] |= {"page": page, "instance": instance}
        return {**body, "root": root, "nodes": nodes, "copies": {self.ids[key]: key for key in body["nodes"]}}

    def id(self, text: str) -> str:
        return self.ids.get(text, text)

    def expression(self, expression: Expression) -> Value:
        prop = expression["args"].get("property")
        if expression["from"] != "property" or not isinstance(prop, str) or prop not in self.values:
            return expression
        return _joined(self.values[prop], expression)


class _Teller(_Rewriter):
    """Replaces references to what instances tell. A value that would tell itself stays as it is, and is empty."""

    def __init__(self, told: dict[tuple[str, str], Value]):
        self.told, self._around = told, list[tuple[str, str]]()

    def expression(self, expression: Expression) -> Value:
        args = expression["args"]
        key = (str(args.get("element")), str(args.get("value_of")))
        if expression["from"] != "told" or key not in self.told or key in self._around:
            return expression
        self._around.append(key)
        value = self.value(self.told[key])
        self._around.pop()
        return _joined(value, expression)


def _without_given(props: dict[str, Any]) -> dict[str, Any]:
    """What belongs to the instance itself and is not passed to its reusable element."""
    return {prop: value for prop, value in props.items() if prop not in given_in(props)}


def _given(props: dict[str, Any], prop: str, default: Any, on: Collection[str] | None) -> Value:
    """What an instance gives for a property, including the effect of its conditions (S34)."""
    below, cases = props.get(prop, default), []
    for condition in props.get("conditions") or ():
        if condition["on"] == "when" and prop in condition["set"]:
            when, value = condition["when"], condition["set"][prop]
            if when is True or (on is not None and condition["id"] in on):
                below, cases = value, []
            elif is_dynamic(when) and on is None:
                cases.append([when, value])
    args = {"property": prop, "value": below, "cases": cases}
    return {"from": "property", "args": args, "ops": []} if cases else below


def _joined(given: Value, expression: Expression) -> Value:
    """The given value in place of an expression, with the operators that follow it."""
    ops = steps(expression)
    if is_expression(given):
        return {name: each for name, each in given.items() if name != "was"} | {"ops": [*steps(given), *ops]}
    return {"from": expression["from"], "args": {**expression["args"], "value": given}, "ops": ops} if ops else given


def _id(instance: str, key: str) -> str:
    """The id of a node's copy in an instance: always the same, in the usual form."""
    number, letters = int.from_bytes(sha256(json.dumps([instance, key]).encode()).digest()[:8]), ""
    while len(letters) < 9:
        number, at = divmod(number, len(_LETTERS))
        letters += _LETTERS[at]
    return f"{key.partition('_')[0]}_{letters}"
