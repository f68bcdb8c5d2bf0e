"""The journal: a gesture is one entry, one transaction, and one undo."""

import random

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import journal
from builder.access import catalog_of
from builder.changes import ChangedSince
from builder.document import node
from builder.errors import Invalid
from builder.models import App, User
from builder.starters import starters
from tests.builder.edits import edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def app() -> App:
    return starters["blank"].make(User.objects.create_user("ada@example.org"), "Juniper", "juniper")


@pytest.fixture
def page(app):
    return app.documents.get(kind="page")


def _insert(page, key="el_new001", kind="heading"):
    return {
        "do": "insert", "doc": page.address, "nodes": {key: node(kind, "Heading", {"text": "Hello"})}, "node": key,
        "parent": page.key, "slot": "children", "index": 0,
    }  # fmt: skip


def _set(page, prop, value, key="el_new001"):
    return {"do": "update", "doc": page.address, "node": key, "set": {prop: value}}


def test_a_gesture_is_kept_and_counts_one_revision(app, page):
    entry = journal.perform(app, app.owner, "Add Heading", [_insert(page), _set(page, "text", "Hi")])
    page.refresh_from_db()
    assert page.body["nodes"]["el_new001"]["props"] == {"text": "Hi"}
    assert (page.revision, entry.label) == (2, "Add Heading")


def test_undo_and_redo_walk_through_the_gestures_of_one_person(app, page):
    first = page.body
    journal.perform(app, app.owner, "Add Heading", [_insert(page)])
    journal.perform(app, app.owner, "Change Heading", [_set(page, "text", "Hi"), _set(page, "text", "Hi there")])
    assert journal.undoable(app, app.owner) == ("Change Heading", "")
    journal.undo(app, app.owner)
    assert journal.undoable(app, app.owner) == ("Add Heading", "Change Heading")
    journal.undo(app, app.owner)
    page.refresh_from_db()
    assert page.body == first
    with pytest.raises(journal.NothingToUndo):
        journal.undo(app, app.owner)
    journal.redo(app, app.owner)
    journal.redo(app, app.owner)
    page.refresh_from_db()
    assert page.body["nodes"]["el_new001"]["props"] == {"text": "Hi there"}
    with pytest.raises(journal.NothingToRedo):
        journal.redo(app, app.owner)
    journal.undo(app, app.owner)
    page.refresh_from_db()
    assert page.body["nodes"]["el_new001"]["props"] == {"text": "Hello"}


def _documents(catalog):
    return [(kind, body) for kind in ("page", "workflow") for body in catalog.bodies(kind)]


def test_the_documents_that_are_handed_on_and_the_names_are_those_that_are_stored(app, page):
    """Nobody reads them again after a gesture, an undo or a redo."""
    other = {**page.body, "root": "pg_other1", "nodes": {"pg_other1": page.body["nodes"][page.key]}}
    create = {"do": "create", "doc": "page/pg_other1", "body": other}
    gestures = (
        [_insert(page)],
        [_set(page, "text", "Hi")],
        [create, _set(page, "text", "Ho")],
        [{"do": "delete", "doc": page.address}],
    )

    def is_stored(entry, catalog):
        assert _documents(catalog) == _documents(catalog_of(app))
        assert entry.names == journal.undoable(app, app.owner)

    for number, changes in enumerate(gestures):
        with journal.alone_with(app):
            is_stored(*journal.performed(app, app.owner, str(number), changes, catalog_of(app)))
    for back in (True, True, True, True, False, False, True, False, False, False):
        is_stored(*journal.go(app, app.owner, back))


def test_a_new_gesture_forgets_what_was_undone(app, page):
    journal.perform(app, app.owner, "Add Heading", [_insert(page)])
    journal.undo(app, app.owner)
    journal.perform(app, app.owner, "Add Heading", [_insert(page, "el_new002")])
    with pytest.raises(journal.NothingToRedo):
        journal.redo(app, app.owner)


@pytest.fixture
def bo() -> User:
    return User.objects.create_user("bo@example.org")


def _text(page):
    page.refresh_from_db()
    return page.body["nodes"]["el_new001"]["props"].get("text")


def test_undo_is_each_persons_own_refused_when_somebody_else_changed_it_since_and_goes_past_that(app, page, bo):
    journal.perform(app, app.owner, "Add Heading", [_insert(page)])
    journal.perform(app, app.owner, "Change level", [_set(page, "level", 3)])
    journal.perform(app, app.owner, "Change Heading", [_set(page, "text", "Hi")])
    journal.perform(app, bo, "Change Heading", [_set(page, "text", "Bo was here")])
    with pytest.raises(ChangedSince) as refused:
        journal.undo(app, app.owner)
    assert refused.value.data["label"] == "Change Heading"
    assert journal.undoable(app, app.owner) == ("Change level", "")
    assert journal.undo(app, app.owner).label == "Change level"
    assert journal.redo(app, app.owner).label == "Change level"
    assert _text(page) == "Bo was here"
    journal.undo(app, bo)
    assert _text(page) == "Hi", "what one takes back is what one did, and nothing of anybody else"


def _typed(app, page, person, *texts, name="tab-1"):
    """Each of the texts is sent in the same stretch of typing."""
    before = journal.stretch.set(name)
    for text in texts:
        journal.perform(app, person, "Change Heading", [_set(page, "text", text)])
    journal.stretch.reset(before)


def test_a_stretch_of_typing_is_one_undo(app, page):
    journal.perform(app, app.owner, "Add Heading", [_insert(page)])
    _typed(app, page, app.owner, "H", "He", "Hey")
    _typed(app, page, app.owner, "Hey!", name="tab-2")
    assert app.entries.count() == 3
    for expected in ("Hey", "Hello"):
        journal.undo(app, app.owner)
        assert _text(page) == expected
    for expected in ("Hey", "Hey!"):
        journal.redo(app, app.owner)
        assert _text(page) == expected
    _typed(app, page, app.owner, "Hey you", name="tab-2")
    journal.undo(app, app.owner)
    assert _text(page) == "Hey!", "what was taken back and done again is no stretch that goes on"


def test_a_stretch_in_which_somebody_else_wrote_is_two(app, page, bo):
    journal.perform(app, app.owner, "Add Heading", [_insert(page)])
    _typed(app, page, app.owner, "Hi")
    journal.perform(app, bo, "Change Heading", [_set(page, "text", "Bo")])
    _typed(app, page, app.owner, "Hi there")
    journal.undo(app, app.owner)
    assert _text(page) == "Bo"


@pytest.fixture
def request_named():
    """Names the request at hand, as the browser does."""
    before = journal.token.get()
    yield journal.token.set
    journal.token.set(before)


def test_a_request_that_is_sent_again_is_known(app, page, request_named):
    request_named("once")
    assert journal.repeated(app, app.owner) is None
    entry = journal.perform(app, app.owner, "Add Heading", [_insert(page)])
    assert journal.repeated(app, app.owner) == entry
    request_named("undo-1")
    journal.undo(app, app.owner)
    assert journal.repeated(app, app.owner) == entry
    request_named("")
    assert journal.repeated(app, app.owner) is None


def test_a_request_that_is_sent_again_while_the_first_still_waits_happens_once(app, page, request_named):
    """Nobody may ask whether it is the second before it is its turn: the transaction itself does."""
    request_named("gesture-1")
    first = journal.perform(app, app.owner, "Add Heading", [_insert(page)])
    again = journal.perform(app, app.owner, "Add Heading", [_insert(page, "el_new002")])
    assert again == first and app.entries.count() == 1
    request_named("undo-1")
    assert [journal.undo(app, app.owner) for _ in range(2)] == [first, first]
    request_named("redo-1")
    assert [journal.redo(app, app.owner) for _ in range(2)] == [first, first]
    page.refresh_from_db()
    assert "el_new001" in page.body["nodes"] and "el_new002" not in page.body["nodes"]


def test_two_requests_of_a_name_cannot_be_stored(app, bo):
    def entry(person, token):
        return app.entries.create(person=person, label="Add", changes=[], inverses=[], token=token)

    for person, token in ((app.owner, "once"), (bo, "once"), (app.owner, None), (app.owner, None)):
        entry(person, token)
    with pytest.raises(IntegrityError), transaction.atomic():
        entry(app.owner, "once")


def test_an_undo_that_was_refused_is_refused_again_and_takes_back_nothing_else(app, page, bo, request_named):
    journal.perform(app, app.owner, "Add Heading", [_insert(page)])
    journal.perform(app, app.owner, "Change level", [_set(page, "level", 3)])
    journal.perform(app, app.owner, "Change Heading", [_set(page, "text", "Hi")])
    journal.perform(app, bo, "Change Heading", [_set(page, "text", "Bo was here")])
    request_named("undo-1")
    with pytest.raises(ChangedSince) as first:
        journal.undo(app, app.owner)
    with pytest.raises(journal.RefusedBefore) as again:
        journal.undo(app, app.owner)
    assert (again.value.as_json(), again.value.status) == (first.value.as_json(), first.value.status)
    assert journal.undoable(app, app.owner) == ("Change level", "")


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_any_50_changes_and_50_undos_give_the_first_document_back(app, page, seed):
    """What one person does alone can be taken back whole, in any order of gestures."""
    page.refresh_from_db()
    first, chance, done = page.body, random.Random(seed), 0
    for _ in range(50):
        page.refresh_from_db()
        done += bool(edit(app, app.owner, page, chance))
    for _ in range(done):
        journal.undo(app, app.owner)
    page.refresh_from_db()
    assert page.body == first
    app.entries.all().delete()


def test_a_gesture_happens_whole_or_not_at_all(app, page):
    with pytest.raises(Invalid):
        journal.perform(
            app, app.owner, "Half", [_insert(page), {"do": "remove", "doc": page.address, "node": page.key}]
        )
    page.refresh_from_db()
    assert page.revision == 1
    assert not app.entries.exists()


@pytest.mark.parametrize(
    "change",
    [
        None,
        {},
        {"do": "explode", "doc": "page/pg_x"},
        {"do": "remove", "node": "el_x"},
        {"do": "remove", "doc": "page", "node": "el_x"},
        {"do": "remove", "doc": "novel/no_x", "node": "el_x"},
        {"do": "create", "doc": "page/pg_other1", "body": {"v": 1, "root": "pg_a", "nodes": {"pg_a": node("page")}}},
        {"do": "create", "doc": "page/pg_other1", "body": {"nodes": 3}},
    ],
)
def test_rubbish_is_refused_in_words(app, change):
    with pytest.raises(Invalid) as refusal:
        journal.perform(app, app.owner, "Rubbish", [change])
    assert str(refusal.value).endswith(".")


def test_undoing_a_deleted_document_brings_it_back(app, page):
    journal.perform(app, app.owner, "Delete page", [{"do": "delete", "doc": page.address}])
    assert not app.documents.filter(kind="page").exists()
    journal.undo(app, app.owner)
    assert app.documents.get(kind="page").body == page.body


def test_a_document_that_comes_back_stands_where_it_stood(app):
    """Also when others were made meanwhile, and when it goes and comes a second time."""
    keys = ["pg_aaaaaa", "pg_bbbbbb", "pg_cccccc"]
    for key in keys:
        body = {**app.documents.first().body, "root": key}
        body["nodes"] = {key: next(iter(body["nodes"].values()))}
        journal.perform(app, app.owner, "Add", [{"do": "create", "doc": f"page/{key}", "body": body}])
    order = list(app.documents.values_list("key", flat=True))
    journal.perform(app, app.owner, "Delete", [{"do": "delete", "doc": f"page/{key}"} for key in keys[:2]])
    assert list(app.documents.values_list("key", flat=True)) == [order[0], keys[2]]
    for _ in range(2):
        journal.undo(app, app.owner)
        assert list(app.documents.values_list("key", flat=True)) == order
        journal.redo(app, app.owner)


def test_documents_made_one_after_the_other_have_positions_of_their_own(app):
    app.documents.create(kind="page", key="pg_second", body=app.documents.first().body)
    assert list(app.documents.values_list("position", flat=True)) == [1, 2]
