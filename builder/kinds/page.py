"""A page: a tree of elements, and the states it keeps while it is open."""

from collections.abc import Iterator
from itertools import count
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.forms import Form
from django.urls import reverse

from builder import parameters
from builder.addresses import free_path, path_of
from builder.bindings import bound
from builder.checking.beyond import problems as beyond_problems
from builder.checking.fixes import renaming, repairing, setting
from builder.checking.leaks import leaks
from builder.checking.readable import problems as readable_problems
from builder.chosen_types import can_be, can_be_list, type_of
from builder.document import Body, Node, Problem, Where, body, node
from builder.document_cache import for_all_nodes, per_body, per_node
from builder.elements import MODIFIERS, Element, elements
from builder.elements.props import Token
from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems as value_problems
from builder.kinds import Kind, kinds
from builder.reusing import MOST, is_too_large
from builder.styling.modifiers import cleaned_value
from builder.styling.modifiers import errors as modifier_errors
from builder.styling.modifiers import fix as modifier_fix
from builder.styling.modifiers import problems as modifier_problems
from builder.types import known

# Nodes with a type chosen by the author. A state of type `stream` stays live, one of type `text` is a snapshot (S32).
TYPED = ("state", "property")
# The slots of a root that hold no elements, and the types of their nodes.
KEPT = {"states": "state", "properties": "property", "parameters": "parameter"}
# The element types that are roots of documents.
ROOTS = ("page", "reusable")
TYPE_GONE = "The type of {name} was removed. Choose another one."
TOO_LARGE = (
    f"With what its instances hold it has more than {MOST:,} elements; the rest is not shown. Use fewer instances."
)


@kinds.register
class Page(Kind):
    """A page of an app. Its root is the element type `page` with three slots: `children` are elements, `states` are
    nodes of the type `state` with the props `type`, `default` and `list`, and `parameters`, passed in its URL, are
    nodes of the type `parameter` with `type` and `default`."""

    name = "page"
    label = "Page"
    prefix = "pg"
    icon = "page"

    def blank(self, key: str, name: str) -> Body:
        return body(key, {key: node("page", name, {"title": name.capitalize()}, children=[], states=[])})

    def problems(self, body: Body, catalog: Catalog | None = None) -> list[Problem]:
        """What prevents drawing is an error. With a catalog, values whose source no longer exists are issues."""
        doc = f"{self.name}/{body['root']}"
        wrong = _wrong(body, self.name)
        found = [Problem(Where(doc, key, prop), sentence, "error") for key, prop, sentence in wrong]
        if catalog:
            unread = {key for key, _, _ in wrong}
            alone = for_all_nodes(_stands_alone, body)
            for key in (key for key in body["nodes"] if not alone[key] and key not in unread):
                found += _problems(doc, body, key, catalog)
        if catalog and not wrong:
            found += readable_problems(body, catalog)
            found += beyond_problems(body, catalog)
            found += leaks(body, catalog)
            found += _same_names(doc, body)
        if catalog and is_too_large(body, catalog):
            found.append(Problem(Where(doc, body["root"]), TOO_LARGE))
        return found + (_same_address(doc, body, catalog) if catalog and self.name == "page" else [])

    def words(self, body: Body, node: str, catalog: Any) -> str:
        page, name = f"page {body['nodes'][body['root']]['name']}", body["nodes"][node]["name"]
        return f"{name} on {page}" if node != body["root"] else page

    def url(self, app: str, body: Body, node: str) -> str:
        is_element = node != body["root"] and body["nodes"][node]["type"] in elements
        return reverse("design", args=[app, body["root"]]) + (f"?node={node}" if is_element else "")


def form_of(element: Element, stored: dict[str, Any], catalog: Catalog | None = None) -> Form:
    """An element's form, bound to the stored values and to the defaults of the others."""
    own = {name: field for name, field in element.fields(stored, catalog).items() if name not in element.defaults}
    made = type("Filled", (element.Props,), own) if own else element.Props
    return cast(Form, made(element.values(stored)))


@per_body
def _wrong(body: Body, kind: str) -> list[tuple[str, str, str]]:
    """What prevents drawing, as (node, property, sentence), judged by the document alone."""
    slots = {key: slot for holder in body["nodes"].values() for slot, ids in holder["slots"].items() for key in ids}
    return [
        (key, prop, sentence)
        for key, holder in body["nodes"].items()
        for prop, sentence in _errors_of(holder, slots.get(key, "root"), kind)
    ]


@per_node
def _errors_of(holder: Node, slot: str, kind: str) -> tuple[tuple[str, str], ...]:
    """What makes a node unreadable, judged by the node alone."""
    return tuple(_errors(slot, kind, holder))


@per_node
def _stands_alone(holder: Node) -> bool:
    """Whether an element contains no reference that could be dangling."""
    element, props = elements.get(holder["type"]), holder["props"]
    if element is None:
        return holder["type"] not in TYPED
    fields = element.Props.base_fields
    return (
        type(element).ends is Element.ends
        and props.keys().isdisjoint(MODIFIERS)
        and all(isinstance(each, str | int | float | None) for each in props.values())
        and not any(isinstance(fields.get(prop), Token) and each for prop, each in props.items())
    )


def _errors(slot: str, kind: str, holder: Node) -> Iterator[tuple[str, str]]:
    """What makes a node unreadable, as (property, sentence)."""
    misplaced = next((each for each, type in KEPT.items() if (slot == each) != (holder["type"] == type)), None)
    if misplaced:
        yield "", f"{misplaced.capitalize()} stand among the {misplaced} of a page, and nothing else does."
    elif holder["type"] in TYPED:
        yield from _kept_errors(holder)
    elif holder["type"] == "parameter":
        yield from _parameter_errors(holder)
    elif (slot == "root") != (holder["type"] in ROOTS) or (slot == "root" and holder["type"] != kind):
        yield "", f"A {elements[kind].label.lower()} is the root of its document, and nothing else is."
    elif holder["type"] not in elements:
        yield "", f"There is no element type named {holder['type']}."
    else:
        yield from _element_errors(elements[holder["type"]], holder)


def _kept_errors(holder: Node) -> Iterator[tuple[str, str]]:
    """The errors of a state, or of a property of a reusable element."""
    what = f"A {holder['type']}"
    type, is_list = holder["props"].get("type"), holder["props"].get("list", False)
    if not can_be(type):
        yield "type", f"{what} is of a type such as text, number or thing."
    elif not isinstance(is_list, bool) or (is_list and not can_be_list(type)):
        yield "list", f"Whether {what.lower()} is a list is yes or no; of a stream or a call there is none."
    for prop in holder["props"].keys() - {"type", "default", "list"}:
        yield prop, f"{what} has no property named {prop}."
    if holder["slots"]:
        yield "", f"{what} holds nothing."


def _parameter_errors(holder: Node) -> Iterator[tuple[str, str]]:
    type, default = holder["props"].get("type"), holder["props"].get("default")
    if wrong := parameters.wrong_name(holder["name"]):
        yield "name", wrong
    if type not in parameters.TYPES or holder["props"].keys() - {"type", "default"} or holder["slots"]:
        yield "type", f"A parameter is of one of the types {', '.join(parameters.TYPES)}, and has a default."
    elif default is not None and not _fits(default, type):
        yield "default", "The default of a parameter is of its type."


def _fits(default: Any, type: str) -> bool:
    if type == "number":
        return isinstance(default, int | float) and not isinstance(default, bool)
    return isinstance(default, bool if type == "yes_no" else str)


def _same_names(doc: str, page: Body) -> Iterator[Problem]:
    """Parameters of the same name: a URL can only mean one of them."""
    taken: set[str] = set()
    for key, holder in parameters.declared(page).items():
        if holder["name"] in taken:
            free = next(f"{holder['name'][:30]}-{n}" for n in count(2) if f"{holder['name'][:30]}-{n}" not in taken)
            sentence = f"There are two parameters named {holder['name']}. Rename one of them."
            yield Problem(Where(doc, key, "name"), sentence, fix=renaming(doc, key, free))
        taken.add(holder["name"])


def _element_errors(element: Element, holder: Node) -> Iterator[tuple[str, str]]:
    for slot in holder["slots"].keys() - set(element.slots):
        yield "", f"{element.label} has no place named {slot}."
    yield from modifier_errors(element, holder["props"])
    fields, cleaned = element.fields(holder["props"]), {}
    for prop in holder["props"].keys() - fields.keys() - set(MODIFIERS):
        yield prop, f"{element.label} has no property named {prop}."
    # Each with its field alone: a form copies all of them, and always accepts its defaults (tests/contracts).
    for prop, field in fields.items():
        if prop in holder["props"]:
            try:
                cleaned[prop] = cleaned_value(field, prop, holder["props"][prop])
            except ValidationError as error:
                yield prop, str(error.messages[0])
    for prop, stored in holder["props"].items():
        # A field would convert the number 5 to a text; a stored value must be equal to its cleaned one.
        if prop in cleaned and not _same(cleaned[prop], stored):
            yield prop, f"{fields[prop].label} cannot be {stored!r}."


def _same(cleaned: Any, stored: Any) -> bool:
    return cleaned == stored and isinstance(cleaned, bool) == isinstance(stored, bool)


def _same_address(doc: str, page: Body, catalog: Catalog) -> list[Problem]:
    """Pages with the same path. Only the first of them is served, so the others are offered another path."""
    path = path_of(page)
    there = [body for body in catalog.bodies("page") if path_of(body) == path]
    if len(there) < 2:
        return []
    names = [body["nodes"][body["root"]]["name"] for body in there]
    sentence = f"{len(there)} pages have the address /{path}/: {', '.join(names)}. Give each its own."
    fix = None
    if there[0]["root"] != page["root"]:
        free = free_path(path, {path_of(body) for body in catalog.bodies("page")})
        label, done = f"Give it the address /{free}/", f"It is found at /{free}/ now."
        fix = setting(doc, page["root"], {"path": free}, label, done)
    return [Problem(Where(doc, page["root"], "path"), sentence, fix=fix)]


def _problems(doc: str, body: Body, key: str, catalog: Catalog) -> Iterator[Problem]:
    """Values whose source no longer exists or whose type does not match their property; states whose type no longer
    exists (S43)."""
    holder = body["nodes"][key]
    if holder["type"] in TYPED and not known(type_of(holder), catalog):
        yield Problem(Where(doc, key, "type"), TYPE_GONE.format(name=holder["name"]))
    if holder["type"] not in elements:
        return
    place = Place(catalog, page=body["root"], element=key)
    element = elements[holder["type"]]
    for prop, sentence in modifier_problems(element, holder["props"], place):
        yield Problem(Where(doc, key, prop), sentence, fix=modifier_fix(body, key, prop, place))
    for value in bound(element.fields(holder["props"], catalog), holder["props"]):
        for sentence in value_problems(value.value, value.type, place):
            yield Problem(Where(doc, key, value.prop), sentence)
    values, fixed = element.values(holder["props"]), set[str]()
    for prop, sentence in element.ends(values, place):
        repair = element.repair(values, prop, place) if prop not in fixed else None
        fixed.add(prop)
        yield Problem(Where(doc, key, prop), sentence, fix=repairing(doc, key, repair))
