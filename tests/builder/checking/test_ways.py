"""S43: a page without a way in is an issue: nobody comes to it from the first page, and nobody is said to know its address."""

import pytest

from builder.checking.ways import without_way_in
from builder.document import body, node
from builder.expressions.catalog import Catalog


def page(key, *links, **props):
    """A page that links to others."""
    nodes = {f"{key}_{number}": node("link", "Link", {"page": to}) for number, to in enumerate(links)}
    return ("page", key, body(key, {key: node("page", key, props, children=list(nodes)), **nodes}))


def step(here, there):
    """A workflow of one page with a step that leads to another."""
    nodes = {
        "wf_1": node("workflow", "", {"page": here}, steps=["sp_1"]),
        "sp_1": node("go_to_page", "", {"page": there}),
    }
    return ("workflow", "wf_1", body("wf_1", nodes))


WAYS = {
    "one page is the first": ([page("a")], []),
    "nothing leads to the second": ([page("a"), page("b")], ["b"]),
    "a link": ([page("a", "b"), page("b")], []),
    "a step": ([page("a"), page("b"), step("a", "b")], []),
    "its address": ([page("a"), page("b", by_address=True)], []),
    "a page that is reached by its address": ([page("a"), page("b", "c", by_address=True), page("c")], []),
    "over another page": ([page("a", "b"), page("b", "c"), page("c")], []),
    "only a page that nobody comes to": ([page("a"), page("b", "c"), page("c", "b")], ["b", "c"]),
    "only itself": ([page("a"), page("b", "b")], ["b"]),
    "its own workflow is no way in": ([page("a"), page("b"), step("b", "a")], ["b"]),
    "another page is the first": ([page("a"), page("b", first=True)], ["a"]),
}


@pytest.mark.parametrize(("documents", "lost"), WAYS.values(), ids=WAYS)
def test_S43_a_page_has_a_way_in(documents, lost):
    found = list(without_way_in(Catalog(documents)))
    assert [each.where.node for each in found] == lost
    assert all(each.fix and each.where.prop == "by_address" for each in found)


def test_a_link_that_leads_outside_is_no_way_to_the_page_it_had_before():
    kind, key, made = page("a", "b")
    made["nodes"]["a_0"]["props"]["to"] = "address"
    assert [each.where.node for each in without_way_in(Catalog([(kind, key, made), page("b")]))] == ["b"]
