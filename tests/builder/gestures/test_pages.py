"""Whole pages: names of their own, and what goes with them."""

import pytest

from builder.addresses import address_of, first_page
from builder.expressions.catalog import Catalog
from builder.gestures import pages, planned
from builder.gestures.plan import NotSet
from builder.kinds import kinds
from tests.builder.gestures.sample import catalog, workflow


def test_pages_have_names_of_their_own(page):
    copy = pages.duplicate_page(page, catalog(page)).changes[0]["body"]
    assert copy["nodes"][copy["root"]]["name"] == "index 2"
    assert not copy["nodes"].keys() & page["nodes"].keys()
    blank = kinds["page"].blank("pg_new001", "page")
    made = pages.new_page(blank, catalog(page)).changes[0]
    assert made["doc"] == "page/pg_new001" and made["body"]["nodes"]["pg_new001"]["props"]["title"] == "Page"


def test_a_page_goes_with_its_workflows_and_the_last_one_stays(page):
    assert (
        pages.delete_page(page, catalog(page)).say
        == "This is the app's only page, so it stays. Add another page first."
    )
    other = kinds["page"].blank("pg_other1", "other")
    known = Catalog(
        [
            ("page", "pg_test01", page),
            ("page", "pg_other1", other),
            ("workflow", "wf_stop01", workflow("wf_stop01", "el_stop01")),
        ]
    )
    assert [change["doc"] for change in pages.delete_page(page, known).changes] == [
        "page/pg_test01",
        "workflow/wf_stop01",
    ]


def test_a_copy_of_a_page_has_workflows_of_its_own(page):
    original = workflow("wf_stop01", "el_stop01")
    known = Catalog([("page", "pg_test01", page), ("workflow", "wf_stop01", original)])
    made, copied = (change["body"] for change in pages.duplicate_page(page, known).changes)
    root = copied["nodes"][copied["root"]]["props"]
    assert copied["root"] != "wf_stop01" and root["page"] == made["root"]
    element = root["event"]["options"]["element"]
    assert element != "el_stop01" and made["nodes"][element]["name"] == page["nodes"]["el_stop01"]["name"]


def test_one_page_is_the_first_and_its_copy_is_not(page):
    other = kinds["page"].blank("pg_other1", "other")
    known = Catalog([("page", "pg_test01", page), ("page", "pg_other1", other)])
    assert first_page(known) is page
    assert pages.first_page(page, known).say == "index is the first page already."
    plan = pages.first_page(other, known)
    assert plan.changes == [{"do": "update", "doc": "page/pg_other1", "node": "pg_other1", "set": {"first": True}}]
    other["nodes"]["pg_other1"]["props"]["first"] = True
    assert first_page(known) is other
    assert (address_of(known, "pg_other1"), address_of(known, "pg_test01")) == ("", "index/")
    back = pages.first_page(page, known).changes
    assert [change.get("set", change.get("unset")) for change in back] == [{"first": True}, ["first"]]
    copy = pages.duplicate_page(other, known).changes[0]["body"]
    assert "first" not in copy["nodes"][copy["root"]]["props"]


def test_what_the_panel_sets_as_the_first_page_is_the_only_one(page):
    other = kinds["page"].blank("pg_other1", "other")
    page["nodes"]["pg_test01"]["props"]["first"] = True
    known = Catalog([("page", "pg_test01", page), ("page", "pg_other1", other)])
    plan = planned({"do": "set", "node": "pg_other1", "prop": "first", "value": True}, other, known)
    assert [change["doc"] for change in plan.changes] == ["page/pg_other1", "page/pg_test01"]


def test_one_page_is_always_the_first(page):
    other = kinds["page"].blank("pg_other1", "other")
    known = Catalog([("page", "pg_test01", page), ("page", "pg_other1", other)])
    with pytest.raises(NotSet, match=r"One page is always the first\. Make another one that"):
        planned({"do": "set", "node": "pg_test01", "prop": "first", "value": False}, page, known)
    other["nodes"]["pg_other1"]["props"]["first"] = True
    plan = planned({"do": "set", "node": "pg_other1", "prop": "first", "value": False}, other, known)
    assert plan.changes == [{"do": "update", "doc": "page/pg_other1", "node": "pg_other1", "unset": ["first"]}]
    assert plan.say == "index is the first page now"
