"""Releases: publishing freezes an app and refuses issues; roll back is one click; numbers and changes add up (S41, S43)."""

import pytest

from builder import journal
from builder.access import catalog_of
from builder.edition import LIVE
from builder.errors import NotFound
from builder.models import App
from builder.starters import starters
from workflows.models import Publication, Release
from workflows.releases import (
    NoPage,
    NothingNew,
    UnresolvedIssues,
    changes_since,
    edition_of,
    live_edition,
    live_release,
    publish,
    roll_back,
    unpublish,
)


@pytest.fixture
def app(ada):
    return starters["demo"].make(ada, "Juniper", "juniper")


def heading(app):
    body = app.documents.get(kind="page", key="pg_chat01").body
    return next(key for key, node in body["nodes"].items() if node["type"] == "heading")


def say(app, text):
    """A gesture that shows in the page."""
    change = {"do": "update", "doc": "page/pg_chat01", "node": heading(app), "set": {"text": text}}
    return journal.perform(app, app.owner, f"Say {text}", [change])


def shown(edition, app):
    return edition.body("page", "pg_chat01")["nodes"][heading(app)]["props"]["text"]


def test_S41_a_release_is_what_the_app_was_when_it_was_published(app, ada):
    say(app, "One")
    first = publish(app, ada, "The first")
    say(app, "Two")
    edition = live_edition("juniper")
    assert (edition.environment, edition.release, edition.is_live) == (LIVE, first.pk, True)
    assert shown(edition, app) == "One"
    assert edition.mark == first.pk and edition.catalog().app is None, "no samples of development are within reach"
    with pytest.raises(NotFound):
        edition.body("page", "pg_gone01")


def test_S41_releases_are_numbered_and_rolling_back_is_undone_by_rolling_forward(app, ada):
    say(app, "One")
    first = publish(app, ada)
    say(app, "Two")
    second = publish(app, ada)
    assert (first.number, second.number, shown(live_edition("juniper"), app)) == (1, 2, "Two")
    roll_back(app, first.pk)
    assert shown(live_edition("juniper"), app) == "One"
    roll_back(app, second.pk)
    assert shown(live_edition("juniper"), app) == "Two"
    say(app, "Three")
    assert publish(app, ada).number == 3


def test_an_earlier_release_can_still_be_run_by_who_has_it_open(app, ada):
    say(app, "One")
    first = publish(app, ada)
    say(app, "Two")
    publish(app, ada)
    assert shown(edition_of(first.pk), app) == "One"


def test_S43_issues_keep_a_release_from_being_made(app, ada):
    change = {
        "do": "update",
        "doc": "page/pg_chat01",
        "node": heading(app),
        "set": {"text": {"from": "state", "args": {"state": "st_gone01"}, "ops": []}},
    }
    journal.perform(app, ada, "Break it", [change])
    with pytest.raises(UnresolvedIssues) as refused:
        publish(app, ada)
    assert [end.node for end in refused.value.issues] == [heading(app)] and refused.value.issues[0].url
    assert (
        "There are issues that keep it from being published: 1" in str(refused.value)
        and refused.value.as_json()["error"]["code"] == "unresolved_issues"
    )
    assert not Release.objects.exists() and live_release(app) is None


def test_S43_two_pages_at_one_address_are_an_issue(app, ada):
    change = {"do": "update", "doc": "page/pg_ticker", "node": "pg_ticker", "set": {"path": "chat"}}
    journal.perform(app, ada, "Same address", [change])
    first = {"do": "update", "doc": "page/pg_chat01", "node": "pg_chat01", "set": {"path": "chat"}}
    journal.perform(app, ada, "Same address", [first])
    with pytest.raises(UnresolvedIssues, match="2 in all") as refused:
        publish(app, ada)
    assert "/chat/" in refused.value.issues[0].sentence


def test_an_app_without_a_page_is_not_published(ada):
    empty = App.objects.create(name="Empty", slug="empty", owner=ada)
    with pytest.raises(NoPage):
        publish(empty, ada)


def test_what_has_not_changed_is_not_published_again(app, ada):
    publish(app, ada)
    with pytest.raises(NothingNew, match="release 1"):
        publish(app, ada)
    unpublish(app)
    assert publish(app, ada).number == 2, "an app that is not live may always be"


def test_what_is_taken_from_the_net_is_found_nowhere(app, ada):
    publish(app, ada)
    unpublish(app)
    with pytest.raises(NotFound):
        live_edition("juniper")
    assert app.releases.count() == 1


def test_P27_a_release_of_another_app_is_not_rolled_back_to(app, ada):
    other = starters["blank"].make(ada, "Other", "other")
    theirs = publish(other, ada)
    with pytest.raises(NotFound):
        roll_back(app, theirs.pk)
    assert not Publication.objects.filter(app=app).exists()


def test_changes_are_counted_since_the_release_that_is_live(app, ada):
    everything = changes_since(app, None, catalog_of(app))
    assert {how for how, _ in everything.documents} == {"new"} and len(everything.documents) == app.documents.count()
    first = publish(app, ada)
    assert changes_since(app, first, catalog_of(app)).count == 0
    say(app, "One")
    say(app, "Two")
    changes = changes_since(app, first, catalog_of(app))
    assert (changes.count, changes.labels) == (2, ["Say Two", "Say One"])
    assert changes.documents == [("changed", f"Page {app.documents.get(key='pg_chat01').name}")]
    journal.undo(app, ada)
    journal.undo(app, ada)
    assert changes_since(app, first, catalog_of(app)).count == 0
    say(app, "Three")
    second = publish(app, ada)
    journal.undo(app, ada)
    taken_back = changes_since(app, second, catalog_of(app))
    assert (taken_back.count, taken_back.labels) == (1, []), "what is taken back of a release is a change, too"


def test_what_is_new_and_what_is_removed_is_named(app, ada):
    first = publish(app, ada)
    workflow = app.documents.filter(kind="workflow").first()
    journal.perform(app, ada, "Delete it", [{"do": "delete", "doc": workflow.address}])
    [(how, what)] = changes_since(app, first, catalog_of(app)).documents
    assert how == "removed" and what.startswith("Workflow ")
