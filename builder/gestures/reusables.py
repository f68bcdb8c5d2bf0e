"""Reusable elements: creating one from the selection and what belongs to it; and refusing to put one into itself."""

from collections.abc import Iterator

from builder.changes import ChangeJSON
from builder.changes import changes as commands
from builder.changes.duplicate import free_name
from builder.document import Body, children, new_id, node, spot_of
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.arriving import Points, together
from builder.gestures.fixed import settling
from builder.gestures.plan import Plan, doc_of
from builder.gestures.setting import keys_of
from builder.gestures.several import tops, words
from builder.gestures.spots import name_of
from builder.gestures.ties import Ties
from builder.kinds import kinds
from builder.reusing import leads_to
from builder.rewriting import renamed
from builder.styling.fixed import FIXED, is_fixed
from builder.styling.looks import styles_of


def make_reusable(body: Body, keys: list[str], catalog: Catalog, anyway: bool = False) -> Plan:
    """Create a reusable element from the selection and what belongs to it, and put an instance of it where the first
    selected element was. If something would be torn apart, the plan only says so, unless it is to be done anyway."""
    inside = tops(body, keys)
    if not inside:
        return Plan(select=body["root"], say="This is the page itself. Choose something on it.")
    root, key, here = new_id("rs"), new_id("el"), spot_of(body, inside[0])
    ties = Ties(body, inside, catalog, key)
    taken = {each["nodes"][each["root"]]["name"] for each in catalog.bodies("reusable")}
    name = free_name(name_of(body, inside[0]), taken)
    if ties.torn and not anyway:
        return Plan(say=_torn(ties.torn), doubt=f"Make {words(body, inside)} reusable anyway")
    doc, ids = doc_of(body), _new_ids(ties)
    removed: list[ChangeJSON] = [{"do": "remove", "doc": doc, "node": each} for each in [*inside, *ties.states]]
    others = {holder["name"] for each, holder in body["nodes"].items() if each not in ties.nodes}
    instance = {key: node("instance", free_name(name, others), {"of": root, **ties.given})}
    index = len([each for each in children(body, here.parent)[: here.index] if each not in inside])
    placed: ChangeJSON = {"do": "insert", "doc": doc, "nodes": instance, "node": key}
    placed |= {"parent": here.parent, "slot": here.slot, "index": index}
    made, stands = _made(body, root, name, inside, ties), list[ChangeJSON]()
    if is_fixed(body["nodes"][here.parent], styles := styles_of(catalog)):
        corner, places = together(body, inside, here.parent, styles)
        change = settling({**body, "nodes": body["nodes"] | instance}, key, corner)
        made, stands = _as_they_stood(made, inside, places), [change] if change else []
    created: ChangeJSON = {"do": "create", "doc": f"reusable/{root}", "body": renamed(made, ids)}
    follow = [change for each in ties.workflows.values() for change in _moved(each, root, ids)]
    label = f"Make {words(body, inside)} reusable"
    changes = [*removed, placed, *stands, created, *follow, *ties.changes]
    return Plan(label, changes, key, f"{name} is a reusable element now", placed=[key])


def _torn(torn: list[str]) -> str:
    """What would be torn apart, in one sentence."""
    more = f", and {len(torn) - 1} more" if len(torn) > 1 else ""
    return f"{torn[0][:1].upper()}{torn[0][1:]}{more}: choose what belongs together, or change that first."


def _new_ids(ties: Ties) -> dict[str, str]:
    """New ids for everything that goes into a reusable element, including its conditions."""
    nodes = {key: each for workflow in ties.workflows.values() for key, each in workflow["nodes"].items()}
    conditions = [each["id"] for holder in ties.nodes.values() for each in holder["props"].get("conditions") or ()]
    return {old: new_id(old.partition("_")[0]) for old in [*ties.nodes, *nodes, *ties.states, *conditions]}


def _made(body: Body, root: str, name: str, inside: list[str], ties: Ties) -> Body:
    """The reusable element made from these elements, still with their ids on the page."""
    made = kinds["reusable"].blank(root, name)
    props = {"tells": ties.tells} if ties.tells else {}
    slots = {"children": inside, "properties": list(ties.properties), "states": ties.states}
    states = {key: body["nodes"][key] for key in ties.states}
    made["nodes"] = {root: node("reusable", name, props, **slots), **ties.nodes, **ties.properties, **states}
    return made


def _as_they_stood(made: Body, inside: list[str], places: dict[str, Points]) -> Body:
    """A reusable element whose elements stand as they did in the fixed group they come from."""
    if len(inside) > 1:
        made["nodes"][made["root"]]["props"] |= {"direction": FIXED}
    for change in filter(None, (settling(made, key, points) for key, points in places.items())):
        made = commands["update"].apply(made, change)[0] or made
    return made


def _moved(workflow: Body, page: str, ids: dict[str, str]) -> Iterator[ChangeJSON]:
    """Move a workflow that starts from an element going into a reusable element there as well."""
    yield {"do": "delete", "doc": f"workflow/{workflow['root']}"}
    made = renamed(workflow, ids)
    made["nodes"][made["root"]]["props"]["page"] = page
    yield {"do": "create", "doc": f"workflow/{made['root']}", "body": made}


def refuse_circles(plan: Plan, body: Body, catalog: Catalog) -> None:
    """Raise `Invalid` for changes that would put a reusable element into itself."""
    own = body["root"]
    for of in _placed(plan) if catalog.body("reusable", own) else ():
        if own in leads_to(catalog, of):
            name, inner = name_of(body, own), catalog.name(of)
            why = f"{inner} holds {name}, so it cannot stand in it." if of != own else f"{name} cannot stand in itself."
            raise Invalid(why)


def _placed(plan: Plan) -> Iterator[str]:
    """The reusable elements that changes place somewhere."""
    for change in plan.changes:
        holders = [each for each in change.get("nodes", {}).values() if isinstance(each, dict)]
        said = [each.get("props", {}).get("of") for each in holders if each.get("type") == "instance"]
        said.append(change.get("set", {}).get("of") if change["do"] == "update" else None)
        yield from (of for of in said if isinstance(of, str))


@gesture("make_reusable")
def _read_make(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    keys = keys_of(said)
    return make_reusable(body, keys, catalog, said.get("anyway") is True) if keys else None
