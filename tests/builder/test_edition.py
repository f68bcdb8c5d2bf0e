"""An app as it runs: as it is being edited, or frozen; in development or live (S41)."""

import pytest

from builder import journal
from builder.edition import LIVE, Edition
from builder.errors import NotFound
from builder.expressions.catalog import Catalog
from builder.starters import starters


@pytest.fixture
def app(ada):
    return starters["blank"].make(ada, "Juniper", "juniper")


def retitle(app, title):
    page = app.documents.get(kind="page").key
    change = {"do": "update", "doc": f"page/{page}", "node": page, "set": {"title": title}}
    journal.perform(app, app.owner, "Title", [change])
    return page


def test_an_app_that_is_being_edited_is_read_anew_each_time(app):
    edition = Edition.being_edited(app)
    before = edition.mark
    page = retitle(app, "New")
    assert edition.body("page", page)["nodes"][page]["props"]["title"] == "New"
    assert edition.catalog().body("page", page) == edition.body("page", page)
    assert edition.mark != before and not edition.is_live
    with pytest.raises(NotFound):
        edition.body("page", "pg_gone01")


def test_what_is_frozen_stays_as_it_is(app):
    page = retitle(app, "Then")
    catalog = Catalog([("page", page, app.documents.get(kind="page").body)])
    edition = Edition(app, LIVE, "rl_one", catalog)
    retitle(app, "Now")
    assert edition.body("page", page)["nodes"][page]["props"]["title"] == "Then"
    assert edition.catalog() is catalog and edition.is_live and edition.mark == "rl_one"
    with pytest.raises(NotFound):
        edition.body("api", page)
    assert edition == Edition(app, LIVE, "rl_one", Catalog()) != Edition(app, LIVE, "rl_two", catalog)
