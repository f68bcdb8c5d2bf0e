"""The ways through an app: which pages a visitor comes to, from the first one on (S43)."""

from collections.abc import Iterator

from builder.addresses import first_page
from builder.checking.mends import setting
from builder.document import Body, Problem, Where
from builder.expressions.catalog import Catalog
from builder.reusing import instances
from builder.standing import of_body


def without_way_in(catalog: Catalog) -> Iterator[Problem]:
    """The pages that no link and no step leads to, neither from the first page nor from one that visitors know the
    address of."""
    come_to = _come_to(catalog)
    for page in catalog.bodies("page"):
        key = page["root"]
        if key not in come_to:
            doc, name = f"page/{key}", page["nodes"][key]["name"]
            done = f"{name} is reached by its address: nothing has to lead to it."
            mend = setting(doc, key, {"by_address": True}, "It is reached by its address", done)
            sentence = "It has no way in: no link and no step “Go to page” leads here from the first page. Add one."
            yield Problem(Where(doc, key, "by_address"), sentence, mend=mend)


def _come_to(catalog: Catalog) -> set[str]:
    """The pages that visitors come to."""
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
    """The pages that each page leads to: by its links, by the steps of its workflows, and by the reusable elements that
    stand on it, each with what it leads to itself."""
    led: dict[str, set[str]] = {}
    for page in [*catalog.bodies("page"), *catalog.bodies("reusable")]:
        led.setdefault(page["root"], set()).update(_named(page))
    for workflow in catalog.bodies("workflow"):
        here = str(workflow["nodes"][workflow["root"]]["props"].get("page", ""))
        led.setdefault(here, set()).update(_named(workflow))
    return led


@of_body
def _named(body: Body) -> set[str]:
    """The pages that a document's links or steps lead to: both have them in `page`. A link may lead outside instead.
    And the reusable elements that stand in it."""
    found = {str(node["props"].get("of")) for node in instances(body).values()}
    for key, holder in body["nodes"].items():
        page = holder["props"].get("page")
        if key != body["root"] and isinstance(page, str) and holder["props"].get("to", "page") == "page":
            found.add(page)
    return found
