"""Whole pages: names of their own, and what goes with them."""

from builder.expressions.catalog import Catalog
from builder.gestures import pages
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
