"""What the inputs of a visit hold: as a browser says it, as expressions read it, and as a browser is told; and what
else a visitor sets by hand."""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from builder.elements import elements
from builder.elements.choosing import Choice, Choosing, choices_of
from builder.expressions.evaluate import evaluate
from builder.expressions.values import as_yes
from workflows.live.difference import Patch, Shadow
from workflows.live.places import Instance, Path, address, split
from workflows.live.protocol import SET
from workflows.scope import PageScope

if TYPE_CHECKING:
    from workflows.live.visit import Visit


def value_of(visit: "Visit", where: str) -> Any:
    """What an input gives to expressions, as its type. One that nobody has touched, in a cell too, has its first."""
    element = split(where)[0]
    node = visit.page.body["nodes"].get(element)
    if node is None or element not in visit.page.inputs:
        return visit.values.get(where)
    said = visit.values[where] if where in visit.values else visit.page.inputs[element]
    kind = elements[node["type"]]
    if isinstance(kind, Choosing) and visit.page.is_bound(element, "source", "choices"):
        return kind.picked(kind.named(visit.choices.get(where, {}), said))
    return kind.read(said, node["props"])


def told(visit: "Visit", where: str) -> Any:
    """What a browser is told that an input holds."""
    node, value = visit.page.body["nodes"][split(where)[0]], visit.values.get(where)
    kind = elements[node["type"]]
    if isinstance(kind, Choosing) and (found := _chosen(visit, where, kind, value)):
        return kind.written([each.key for each in found])
    return kind.told(value, node["props"])


def in_words(visit: "Visit", where: str) -> Any:
    """What a visitor reads in an input whose choices move, in any other what it gives."""
    node, value = visit.page.body["nodes"][split(where)[0]], visit.values.get(where)
    kind = elements[node["type"]]
    found = _chosen(visit, where, kind, value) if isinstance(kind, Choosing) else []
    return [each.words for each in found] or value_of(visit, where)


def _chosen(visit: "Visit", where: str, kind: Choosing, value: Any) -> list[Choice]:
    return kind.named(visit.choices.get(where, {}), value)


def can_close(visit: "Visit", element: str, path: Path) -> bool:
    """Whether a browser may say that an element was closed by hand."""
    return visit.is_there(element, path) and elements[visit.page.body["nodes"][element]["type"]].closes


def is_shown(visit: "Visit", element: str, path: Path) -> bool:
    """Whether an element is visible: as an action or the visitor's hand has set it, else as its property says."""
    node, where = visit.page.body["nodes"][element], address(element, path)
    if (where, "visible") in visit.overrides:
        return bool(visit.overrides[where, "visible"])
    visible = elements[node["type"]].values(node["props"]).get("visible", True)
    return as_yes(evaluate(visible, PageScope(visit, path, visit.page.lists[element])))


def begin(visit: "Visit", instance: Instance, value: Any) -> list[Patch]:
    """An input's initial value that is dynamic: set when it is first known and when it moves, never over what the
    visitor has typed."""
    where, version = instance.address, sha256(repr(value).encode("utf-8", "replace")).hexdigest()
    if visit.initials.get(where) == version:
        return []
    visit.initials[where] = version
    if where in visit.typed:
        return []
    visit.set_value(where, value)
    return [[SET, where, "value", told(visit, where)]]


def offer(visit: "Visit", instance: Instance, value: Any) -> list[Patch]:
    """What can be chosen in an input: said when it changes, with what is chosen of it."""
    where, node = instance.address, visit.page.body["nodes"][instance.binding.element]
    visit.choices[where] = choices = choices_of(value, node["props"].get("caption", ""))
    said = [[choice.key, choice.words] for choice in choices.values()]
    version = hash(tuple(map(tuple, said)))
    visit.mark(("element", where))
    if instance.shadow is not None and instance.shadow.version == version:
        return []
    instance.shadow = Shadow(version)
    known = [[SET, where, "value", told(visit, where)]] if visit.values.get(where) is not None else []
    return [[SET, where, "choices", said], *known]
