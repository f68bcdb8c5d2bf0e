"""Whole pages: add, duplicate, delete one."""

from builder.changes.duplicate import copy_with_new_ids, free_name
from builder.document import Body, new_id
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import Plan, and_workflows, deletions, doc_of
from builder.gestures.spots import name_of
from builder.kinds import kinds


def delete_page(body: Body, catalog: Catalog) -> Plan:
    """The page and its workflows. The last one stays: an app has a page."""
    if len(catalog.bodies("page")) < 2:
        return Plan(select=body["root"], say="This is the app's only page, so it stays. Add another page first.")
    name = name_of(body, body["root"])
    with_it = catalog.workflows(body["root"])
    changes = [{"do": "delete", "doc": doc_of(body)}, *deletions(with_it)]
    return Plan(f"Delete page {name}", changes, deleted=f"Page {name}{and_workflows(len(with_it))}")


def duplicate_page(body: Body, catalog: Catalog) -> Plan:
    """A copy of the page without its workflows: they belong to the elements of the first one."""
    key, nodes = copy_with_new_ids(body, body["root"])
    return _new_page({"v": body["v"], "root": key, "nodes": nodes}, name_of(body, body["root"]), catalog)


def new_page(blank: Body, catalog: Catalog) -> Plan:
    """An empty page, `blank` being one, under a name that no other page has."""
    plan = _new_page(blank, "page", catalog)
    root = blank["nodes"][blank["root"]]
    root["props"]["title"] = root["name"].capitalize()
    return plan


def _new_page(body: Body, name: str, catalog: Catalog) -> Plan:
    taken = {page["nodes"][page["root"]]["name"] for page in catalog.bodies("page")}
    root = body["nodes"][body["root"]]
    root["name"] = free_name(name, taken)
    root["props"].pop("path", None)
    return Plan(f"Add page {root['name']}", [{"do": "create", "doc": doc_of(body), "body": body}], body["root"])


# What the browser says


@gesture("new_page")
def _read_new(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return new_page(kinds["page"].blank(new_id("pg"), "page"), catalog)


@gesture("duplicate_page")
def _read_duplicate(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return duplicate_page(body, catalog)


@gesture("delete_page")
def _read_delete(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return delete_page(body, catalog)
