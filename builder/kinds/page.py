"""A page: a tree of elements, and the states it keeps while it is open."""

import json
from collections.abc import Iterator
from typing import Any

from django.forms import Form
from django.urls import reverse

from builder.addresses import path_of
from builder.bindings import bound
from builder.document import Body, Node, Problem, Where, body, node, spots
from builder.elements import MODIFIERS, Element, elements
from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems as value_problems
from builder.kinds import Kind, kinds
from builder.modifiers import errors as modifier_errors
from builder.modifiers import loose_ends as modifier_ends
from builder.readable import loose_ends as readable_ends
from builder.remembered import remembered

# What a page state can hold. `stream` stays live, `text` is a snapshot (S32).
STATE_TYPES = ("text", "number", "yes_no", "date", "stream")


@kinds.register
class Page(Kind):
    """A page of an app. Its root is the element type `page` with two slots: `children` are elements, `states` are nodes
    of the type `state` with the props `type`, `default` and `list`."""

    name = "page"
    label = "Page"
    prefix = "pg"
    icon = "page"

    def blank(self, key: str, name: str) -> Body:
        return body(key, {key: node("page", name, {"title": name.capitalize()}, children=[], states=[])})

    def problems(self, body: Body, catalog: Catalog | None = None) -> list[Problem]:
        """What cannot be drawn is an error. With a catalog, values whose source is gone are loose ends."""
        doc = f"page/{body['root']}"
        places = spots(body)
        found = []
        for key, holder in body["nodes"].items():
            slot = places[key].slot if key in places else "root"
            wrong = _errors_of(slot, json.dumps(holder))
            found += [Problem(Where(doc, key, prop), sentence, "error") for prop, sentence in wrong]
            if catalog and slot != "states" and not wrong:
                found += _loose_ends(doc, key, holder, catalog)
        if catalog and not any(problem.severity == "error" for problem in found):
            found += [Problem(Where(doc, key, prop), sentence) for key, prop, sentence in readable_ends(body, catalog)]
        return found + (_same_address(doc, body, catalog) if catalog else [])

    def words(self, body: Body, node: str, catalog: Any) -> str:
        page, name = f"page {body['nodes'][body['root']]['name']}", body["nodes"][node]["name"]
        return f"{name} on {page}" if node != body["root"] else page

    def url(self, app: str, body: Body, node: str) -> str:
        is_element = node != body["root"] and body["nodes"][node]["type"] != "state"
        return reverse("design", args=[app, body["root"]]) + (f"?node={node}" if is_element else "")


def form_of(element: Element, stored: dict[str, Any]) -> Form:
    """An element's form, bound to what is stored and to the defaults of the rest."""
    return element.Props(element.values(stored))


@remembered(lambda slot, written: len(written))
def _errors_of(slot: str, written: str) -> tuple[tuple[str, str], ...]:
    """What keeps a node from being read: by the node alone, and of the hundreds of a page a gesture changes few."""
    return tuple(_errors(slot, json.loads(written)))


def _errors(slot: str, holder: Node) -> Iterator[tuple[str, str]]:
    """What keeps a node from being read, as (property, sentence)."""
    if (slot == "states") != (holder["type"] == "state"):
        yield "", "States stand among the states of a page, and nothing else does."
    elif holder["type"] == "state":
        yield from _state_errors(holder)
    elif (slot == "root") != (holder["type"] == "page"):
        yield "", "A page is the root of its document, and nothing else is."
    elif holder["type"] not in elements:
        yield "", f"There is no element type named {holder['type']}."
    else:
        yield from _element_errors(elements[holder["type"]], holder)


def _state_errors(holder: Node) -> Iterator[tuple[str, str]]:
    if holder["props"].get("type") not in STATE_TYPES:
        yield "type", f"A state is of one of the types {', '.join(STATE_TYPES)}."
    if not isinstance(holder["props"].get("list", False), bool):
        yield "list", "Whether a state is a list is yes or no."
    if holder["slots"]:
        yield "", "A state holds nothing."


def _element_errors(element: Element, holder: Node) -> Iterator[tuple[str, str]]:
    for slot in holder["slots"].keys() - set(element.slots):
        yield "", f"{element.label} has no place named {slot}."
    yield from modifier_errors(element, holder["props"])
    for prop in holder["props"].keys() - element.Props.base_fields.keys() - set(MODIFIERS):
        yield prop, f"{element.label} has no property named {prop}."
    form = form_of(element, holder["props"])
    for prop, sentences in form.errors.items():
        yield prop, sentences[0]
    for prop, stored in holder["props"].items():
        # A field would turn the number 5 into a text; what is stored is what its field gives back, or it is wrong.
        if prop in form.cleaned_data and not _same(form.cleaned_data[prop], stored):
            yield prop, f"{form.fields[prop].label} cannot be {stored!r}."


def _same(cleaned: Any, stored: Any) -> bool:
    return cleaned == stored and isinstance(cleaned, bool) == isinstance(stored, bool)


def _same_address(doc: str, page: Body, catalog: Catalog) -> list[Problem]:
    """A page that stands where another one does."""
    path = path_of(page)
    others = [body["nodes"][body["root"]]["name"] for body in catalog.bodies("page") if path_of(body) == path]
    if len(others) < 2:
        return []
    sentence = f"{len(others)} pages have the address /{path}/: {', '.join(others)}. Give each its own."
    return [Problem(Where(doc, page["root"], "path"), sentence)]


def _loose_ends(doc: str, key: str, holder: Node, catalog: Catalog) -> Iterator[Problem]:
    """Values that read what is gone, or that give another type than their property takes (S43)."""
    if holder["type"] not in elements:
        return
    place = Place(catalog, page=doc.partition("/")[2], element=key)
    element = elements[holder["type"]]
    for prop, sentence in modifier_ends(element, holder["props"], place):
        yield Problem(Where(doc, key, prop), sentence)
    for value in bound(element.Props.base_fields, holder["props"]):
        for sentence in value_problems(value.value, value.type, place):
            yield Problem(Where(doc, key, value.prop), sentence)
    for prop, sentence in element.ends(element.values(holder["props"]), place):
        yield Problem(Where(doc, key, prop), sentence)
