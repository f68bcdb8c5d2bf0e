"""Several elements at once: moved, copied, duplicated, deleted, wrapped in a group or unwrapped, in one gesture."""

from copy import deepcopy
from typing import Any

from builder.changes import ChangeJSON, changes
from builder.changes.duplicate import copies_with_new_ids, free_name
from builder.document import Body, Node, children, new_id, node, spot_of, spots, walk
from builder.elements import elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures.arriving import together
from builder.gestures.begins import workflows_of
from builder.gestures.fixed import settling
from builder.gestures.plan import Plan, and_workflows, deletions, doc_of, names_of
from builder.gestures.spots import holds_elements, name_of, node_there, target
from builder.styling.fixed import GROUPS, as_read, is_fixed
from builder.styling.looks import Styles, origin, styles_of

WAYS = ("up", "down", "in", "out")
# The properties of the surrounding group that a new group takes over, so that its elements keep their layout.
KEPT_BY_WRAPPING = ("direction", "gap")
NO_CATALOG = Catalog()


class _Draft:
    """A page while a gesture is being assembled: each change sees the result of the ones before it."""

    def __init__(self, body: Body):
        self.body, self.changes = body, list[ChangeJSON]()

    def do(self, name: str, **fields: object) -> None:
        self.add({"do": name, "doc": doc_of(self.body), **fields})

    def add(self, change: ChangeJSON | None) -> None:
        """Add a change of this page, if there is one."""
        if change is None:
            return
        self.changes.append(deepcopy(change))
        made, _ = changes[change["do"]].apply(self.body, change)
        assert made is not None
        self.body = made

    def place_after(self, key: str, parent: str, before: str | None) -> None:
        """Move a node right after another child of a parent, or to the beginning if that is None."""
        others = [each for each in children(self.body, parent) if each != key]
        index = others.index(before) + 1 if before else 0
        self.do("move", node=key, parent=parent, slot="children", index=index)


def tops(body: Body, keys: list[str]) -> list[str]:
    """The outermost of the given elements, in reading order, without the page itself. Raises `NodeGone`."""
    for key in keys:
        node_there(body, key)
    chosen = set(keys) - {body["root"]}
    if len(chosen) < 2:
        return list(chosen)
    places, found = spots(body), []
    for key in walk(body):
        around = places.get(key)
        while around and around.parent not in chosen:
            around = places.get(around.parent)
        if key in chosen and around is None:
            found.append(key)
    return found


def words(body: Body, keys: list[str]) -> str:
    """Stop; 3 elements."""
    return name_of(body, keys[0]) if len(keys) == 1 else f"{len(keys)} elements"


def _are(keys: list[str]) -> str:
    return "is" if len(keys) == 1 else "are"


def _nothing(body: Body) -> Plan:
    return Plan(select=body["root"], say="This is the page itself. Only what is on it can be moved or copied.")


def _checked(body: Body, parent: str, moving: list[str]) -> None:
    """Refuse an impossible place. Raises `Invalid` or `NodeGone`."""
    node_there(body, parent)
    if not holds_elements(body, parent):
        raise Invalid(f"Nothing can stand inside {name_of(body, parent)}. Choose a group instead.")
    for key in moving:
        if parent in walk(body, key):
            raise Invalid(f"{name_of(body, key)} cannot be moved into itself.")


def move_all(body: Body, keys: list[str], parent: str, index: int) -> Plan:
    """Move elements to an index among those of a container, counted without the moved ones; they keep their order."""
    moving = tops(body, keys)
    if not moving:
        return _nothing(body)
    _checked(body, parent, moving)
    others = [key for key in children(body, parent) if key not in moving]
    index = max(0, min(index, len(others)))
    if children(body, parent) == [*others[:index], *moving, *others[index:]]:
        return Plan(select=keys[-1], say=f"{words(body, moving)} {_are(moving)} there already.")
    draft, before = _Draft(body), others[index - 1] if index else None
    for key in moving:
        draft.place_after(key, parent, before)
        before = key
    spot = target(draft.body, parent, index)
    said = f"{words(body, moving)} {_are(moving)} now {spot.words(draft.body)}"
    return Plan(f"Move {words(body, moving)}", draft.changes, keys[-1], said, selection=moving)


def step_all(body: Body, keys: list[str], way: str) -> Plan:
    """Move elements up or down among their siblings, into the container before them, or out of the one around them."""
    moving, places = tops(body, keys), spots(body)
    if not moving:
        return _nothing(body)
    parent = places[moving[0]].parent
    if any(places[key].parent != parent for key in moving):
        return Plan(say="They are in different groups. Drag them, or move them one by one.")
    siblings = children(body, parent)
    others = [key for key in siblings if key not in moving]
    before = [key for key in others if siblings.index(key) < siblings.index(moving[0])]
    if way == "out":
        outer = places.get(parent)
        if outer is None:
            return Plan(say=f"{words(body, moving)} {_are(moving)} not in a group, so cannot go out of one.")
        return move_all(body, moving, outer.parent, outer.index + 1)
    if way == "in":
        if not before or not holds_elements(body, before[-1]):
            return Plan(say="There is no group right before them to go into.")
        return move_all(body, moving, before[-1], len(children(body, before[-1])))
    until = [key for key in others if siblings.index(key) < siblings.index(moving[-1])]
    index = len(before) - 1 if way == "up" else len(until) + 1
    if not 0 <= index <= len(others):
        end = "first" if way == "up" else "last"
        return Plan(say=f"{words(body, moving)} {_are(moving)} already the {end} in {name_of(body, parent)}.")
    return move_all(body, moving, parent, index)


def copy_all(body: Body, keys: list[str], parent: str, index: int, ids: dict[str, str] | None = None) -> Plan:
    """Insert copies at an index among the elements of a container; references among them point to the copies. `ids` are
    the new ids of some of them, or of what is inside."""
    copied = tops(body, keys)
    if not copied:
        return _nothing(body)
    _checked(body, parent, [])
    index = max(0, min(index, len(children(body, parent))))
    draft, made = _Draft(body), []
    for number, (new, nodes) in enumerate(copies_with_new_ids(body, copied, ids)):
        nodes[new]["name"] = free_name(nodes[new]["name"], names_of(draft.body))
        draft.do("insert", nodes=nodes, node=new, parent=parent, slot="children", index=index + number)
        made.append(new)
    said = f"{words(draft.body, made)} {_are(made)} now {target(body, parent, index).words(body)}"
    return Plan(f"Copy {words(body, copied)}", draft.changes, made[-1], said, selection=made)


def duplicate_all(body: Body, keys: list[str], ids: dict[str, str] | None = None) -> Plan:
    """Insert a copy right after each element; references among them point to the copies. `ids` as for `copy_all`."""
    copied = tops(body, keys)
    if not copied:
        return _nothing(body)
    draft, made = _Draft(body), []
    for key, (new, nodes) in zip(copied, copies_with_new_ids(body, copied, ids), strict=True):
        nodes[new]["name"] = free_name(nodes[new]["name"], names_of(draft.body))
        spot = spot_of(draft.body, key)
        draft.do("insert", nodes=nodes, node=new, parent=spot.parent, slot=spot.slot, index=spot.index + 1)
        made.append(new)
    said = f"{words(draft.body, made)} {_are(made)} now after {name_of(body, copied[0]) if len(made) == 1 else 'them'}"
    return Plan(f"Duplicate {words(body, copied)}", draft.changes, made[-1], said, selection=made)


def delete_all(body: Body, keys: list[str], catalog: Catalog) -> Plan:
    """Delete elements, with the workflows that start from them or from their descendants."""
    going = tops(body, keys)
    if not going:
        return _nothing(body)
    gone = {each for key in going for each in walk(body, key)}
    with_them = [workflow for workflow, element in workflows_of(catalog, body["root"]) if element in gone]
    here = spot_of(body, going[-1])
    near = [key for key in children(body, here.parent) if key not in gone]
    draft = _Draft(body)
    for key in going:
        draft.do("remove", node=key)
    select = near[min(here.index, len(near) - 1)] if near else here.parent
    said = f"{words(body, going)}{and_workflows(len(with_them))}"
    return Plan(f"Delete {words(body, going)}", [*draft.changes, *deletions(with_them)], select, deleted=said)


def wrap(body: Body, keys: list[str], catalog: Catalog = NO_CATALOG) -> Plan:
    """Put a new group where the first of the elements is, containing all of them, with their previous layout. In a
    fixed group it stands at their top left corner."""
    inside = tops(body, keys)
    if not inside:
        return _nothing(body)
    here, key, name = spot_of(body, inside[0]), new_id("el"), free_name("Group", names_of(body))
    around, styles = body["nodes"][here.parent], styles_of(catalog)
    draft, before = _Draft(body), None
    group = {key: node("group", name, _kept(around, styles))}
    draft.do("insert", nodes=group, node=key, parent=here.parent, slot="children", index=here.index)
    if is_fixed(around, styles):
        draft.add(settling(draft.body, key, together(body, inside, here.parent, styles)[0]))
    for each in inside:
        draft.place_after(each, key, before)
        before = each
    said = f"{words(body, inside)} {_are(inside)} now in {name}"
    return Plan(f"Wrap {words(body, inside)} in a group", draft.changes, key, said, placed=[key])


def _kept(around: Node, styles: Styles) -> dict[str, Any]:
    """The properties of a new group in another one, so that its elements keep their layout at every width."""
    element, props = elements[around["type"]], around["props"]
    if element.name not in GROUPS:
        return {}
    found = {prop: origin(element, props, prop, styles) for prop in KEPT_BY_WRAPPING}
    kept: dict[str, Any] = {prop: each.value for prop, each in found.items() if each.whence != "default"}
    narrower = {
        at: {prop: values[prop] for prop in KEPT_BY_WRAPPING if prop in values}
        for at, values in (props.get("at") or {}).items()
    }
    at = {name: values for name, values in narrower.items() if values}
    return kept | ({"at": at} if at else {})


def unwrap(body: Body, keys: list[str], catalog: Catalog) -> Plan:
    """Replace groups by their content, in order; the workflows that start from the groups are deleted with them."""
    groups = [key for key in tops(body, keys) if holds_elements(body, key) and children(body, key)]
    if not groups:
        return Plan(say="Only a group with something in it can be unwrapped. Choose one.")
    with_them = [workflow for workflow, element in workflows_of(catalog, body["root"]) if element in groups]
    draft, freed, styles = _Draft(body), list[str](), styles_of(catalog)
    for key in groups:
        around, before = spot_of(draft.body, key).parent, key
        is_left = is_fixed(body["nodes"][key], styles) and not is_fixed(draft.body["nodes"][around], styles)
        for each in as_read(body, key, styles) if is_left else children(draft.body, key):
            draft.place_after(each, around, before)
            before = each
            freed.append(each)
        draft.do("remove", node=key)
    gone = words(body, groups) + and_workflows(len(with_them))
    said = f"{gone} {_are(groups)} gone, {words(draft.body, freed)} {_are(freed)} now in {name_of(draft.body, around)}"
    changes = [*draft.changes, *deletions(with_them)]
    return Plan(f"Unwrap {words(body, groups)}", changes, freed[-1], said, selection=freed)
