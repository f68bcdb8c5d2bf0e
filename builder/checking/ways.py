"""Navigation through an app: which pages a visitor can reach from the first one (S43)."""

from collections.abc import Iterator

from builder.addresses import first_page
from builder.checking.fixes import setting
from builder.document import Body, Problem, Where
from builder.document_cache import per_body
from builder.expressions.catalog import Catalog
from builder.reusing import instances


def without_way_in(catalog: Catalog) -> Iterator[Problem]:
    """The pages that no link and no step leads to, neither from the first page nor from one that visitors reach by its
    URL."""
    come_to = _come_to(catalog)
    for page in catalog.bodies("page"):
        key = page["root"]
        if key not in come_to:
            doc, name = f"page/{key}", page["nodes"][key]["name"]
            done = f"{name} is reached by its address: nothing has to lead to it."
            fix = setting(doc, key, {"by_address": True}, "It is reached by its address", done)
            sentence = "It has no way in: no link and no step “Go to page” leads here from the first page. Add one."
            yield Problem(Where(doc, key, "by_address"), sentence, fix=fix)


def _come_to(catalog: Catalog) -> set[str]:
    """The pages that visitors can reach."""
    first = first_page(catalog)
    pages = {page["root"]: page for page in catalog.bodies("page")}
    waiting = [key for key, page in pages.items() if page is first or page["nodes"][key]["props"].get("by_address")]
    led = _led(catalog)
    found = set()
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += led.get(key, ())
    return found


def _led(catalog: Catalog) -> dict[str, set[str]]:
    """The pages that each page leads to: by its links, by the steps of its workflows, and by the reusable elements
    placed on it, each of which has an entry of its own."""
    led: dict[str, set[str]] = {}
    for page in [*catalog.bodies("page"), *catalog.bodies("reusable")]:
        led.setdefault(page["root"], set()).update(_named(page))
    for workflow in catalog.bodies("workflow"):
        here = str(workflow["nodes"][workflow["root"]]["props"].get("page", ""))
        led.setdefault(here, set()).update(_named(workflow))
    return led


@per_body
def _named(body: Body) -> set[str]:
    """The pages that a document's links or steps lead to, which both store in `page` (a link may lead to an external
    URL instead), and the reusable elements placed in it."""
    found = {str(node["props"].get("of")) for node in instances(body).values()}
    for key, holder in body["nodes"].items():
        page = holder["props"].get("page")
        if key != body["root"] and isinstance(page, str) and holder["props"].get("to", "page") == "page":
            found.add(page)
    return found
