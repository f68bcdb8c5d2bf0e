"""Whole pages and reusable elements: add, duplicate or delete one; make a page the first."""

from dataclasses import replace

from builder.addresses import first_page as first_of
from builder.changes import ChangeJSON
from builder.changes.duplicate import free_name
from builder.document import Body, new_id
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import NotSet, Plan, and_workflows, deletions, doc_of
from builder.gestures.spots import name_of
from builder.kinds import Kind, kinds
from builder.rewriting import renamed


def delete_page(body: Body, catalog: Catalog) -> Plan:
    """Delete the page or reusable element and its workflows. The last page stays: every app has one."""
    kind = _kind(body)
    if kind.name == "page" and len(catalog.bodies("page")) < 2:
        return Plan(select=body["root"], say="This is the app's only page, so it stays. Add another page first.")
    name = name_of(body, body["root"])
    with_it = catalog.workflows(body["root"])
    changes = [{"do": "delete", "doc": doc_of(body)}, *deletions(with_it)]
    return Plan(
        f"Delete {kind.label.lower()} {name}", changes, deleted=f"{kind.label} {name}{and_workflows(len(with_it))}"
    )


def duplicate_page(body: Body, catalog: Catalog) -> Plan:
    """Copy the page with its workflows: references to its elements become references to the copies."""
    workflows = [catalog.body("workflow", key) for key in catalog.workflows(body["root"])]
    bodies = [body, *(each for each in workflows if each)]
    ids = {key: new_id(key.partition("_")[0]) for each in bodies for key in each["nodes"]}
    page, *copies = renamed(bodies, ids)
    plan = _new_page(page, name_of(body, body["root"]), catalog)
    made: list[ChangeJSON] = [{"do": "create", "doc": f"workflow/{each['root']}", "body": each} for each in copies]
    return replace(plan, changes=[*plan.changes, *made])


def first_page(body: Body, catalog: Catalog) -> Plan:
    """Make this page the one at the app's own address."""
    name = name_of(body, body["root"])
    if _kind(body).name != "page":
        return Plan(select=body["root"], say=f"{name} is not a page. It is seen where it is placed on one.")
    if first_of(catalog) is catalog.body("page", body["root"]):
        return Plan(select=body["root"], say=f"{name} is the first page already.")
    others = [page for page in catalog.bodies("page") if page["nodes"][page["root"]]["props"].get("first")]
    changes: list[ChangeJSON] = [
        {"do": "update", "doc": doc_of(page), "node": page["root"], "unset": ["first"]} for page in others
    ]
    mine: ChangeJSON = {"do": "update", "doc": doc_of(body), "node": body["root"], "set": {"first": True}}
    return Plan(f"Make {name} the first page", [mine, *changes], body["root"], f"{name} is the first page now")


def not_first(body: Body, catalog: Catalog) -> Plan:
    """Make the page no longer the first. The oldest page is then the first, until another one is chosen."""
    name, root = name_of(body, body["root"]), body["root"]
    oldest = catalog.bodies("page")[0]["root"]
    if root == oldest or not body["nodes"][root]["props"].get("first"):
        raise NotSet(f"One page is always the first. Make another one that; until then it is {name}.", "first")
    change: ChangeJSON = {"do": "update", "doc": doc_of(body), "node": root, "unset": ["first"]}
    first = catalog.name(oldest)
    return Plan(f"Make {first} the first page", [change], root, f"{first} is the first page now")


def new_page(blank: Body, catalog: Catalog) -> Plan:
    """Add the empty page or reusable element `blank`, under a unique name."""
    plan = _new_page(blank, name_of(blank, blank["root"]), catalog)
    root = blank["nodes"][blank["root"]]
    if "title" in root["props"]:
        root["props"]["title"] = root["name"].capitalize()
    return plan


def _kind(body: Body) -> Kind:
    return kinds[body["nodes"][body["root"]]["type"]]


def _new_page(body: Body, name: str, catalog: Catalog) -> Plan:
    kind = _kind(body)
    taken = {page["nodes"][page["root"]]["name"] for page in catalog.bodies(kind.name)}
    root = body["nodes"][body["root"]]
    root["name"] = free_name(name, taken)
    for own in ("path", "first"):
        root["props"].pop(own, None)
    return Plan(
        f"Add {kind.label.lower()} {root['name']}", [{"do": "create", "doc": doc_of(body), "body": body}], body["root"]
    )


# What the browser sends


@gesture("new_page")
def _read_new(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return new_page(kinds["page"].blank(new_id("pg"), "page"), catalog)


@gesture("new_reusable")
def _read_new_reusable(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return new_page(kinds["reusable"].blank(new_id("rs"), "Reusable element"), catalog)


@gesture("duplicate_page")
def _read_duplicate(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return duplicate_page(body, catalog)


@gesture("first_page")
def _read_first(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return first_page(body, catalog)


@gesture("delete_page")
def _read_delete(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return delete_page(body, catalog)
