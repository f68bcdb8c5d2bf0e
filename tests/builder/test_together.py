"""Two people edit one page at once: nothing is lost, both see the same, and undo is each one's own."""

import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from builder import journal
from builder.changes import changes
from builder.document import Body
from builder.models import App, Document, User
from builder.starters import starters
from tests.builder.edits import any_change
from tests.people import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

EDITS = 200


@pytest.fixture
def app(ada, bo) -> App:
    app = starters["blank"].make(ada, "Juniper", "juniper")
    app.collaborators.create(person=bo, role="editor")
    return app


@pytest.fixture
def page(app) -> Document:
    return app.documents.get(kind="page")


def _at_once(*works: Callable[[], Any]) -> list[Any]:
    """Each in a thread of its own, as two people's requests are."""

    def closing(work: Callable[[], Any]) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(closing, works))


def _edits(client: Client, doc: str, body: Body, seed: int, many: int) -> int:
    """So many edits by chance, over HTTP, each of the page as this person saw it last; how many were taken."""
    chance, taken = random.Random(seed), 0
    for _ in range(many):
        label, change = any_change(body, doc, chance)
        said = json.dumps({"label": label, "changes": [change]})
        answer = client.post("/apps/juniper/changes/", said, content_type="application/json")
        assert answer.status_code in (200, 409, 422), answer.content
        taken += answer.status_code == 200
        # What others did reaches a tab a while later: not after each of its own edits.
        if chance.random() < 0.5:
            body = Document.objects.get(kind="page").body
    return taken


def _replayed(app: App, body: Body) -> Body:
    """The page that all gestures in the order of the journal come to."""
    for entry in app.entries.order_by("id"):
        for change in entry.changes:
            made, _ = changes[change["do"]].apply(body, json.loads(json.dumps(change)))
            assert made is not None
            body = made
    return body


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow), pytest.param(3, marks=pytest.mark.slow)])
def test_of_200_edits_of_each_of_two_people_at_once_none_is_lost(app, ada, bo, page, seed):
    first = json.loads(json.dumps(page.body))
    taken = _at_once(
        *[
            lambda who=who: _edits(signed_in(who), page.address, page.body, seed * 10 + who.pk, EDITS)
            for who in (ada, bo)
        ]
    )
    page.refresh_from_db()
    assert min(taken) > EDITS * 0.6, "most of them fit although somebody else was at it"
    assert [app.entries.filter(person=who).count() for who in (ada, bo)] == taken, "what was taken is written down"
    assert _replayed(app, first) == page.body, "and is in the page, in one order for both"
    assert page.revision == 1 + sum(taken)


def test_what_one_takes_back_leaves_what_the_other_did(app, ada, bo, page):
    """Each has groups of their own and one text they share; Ada takes back all that is hers, Bo's is all there."""
    for who in (ada, bo):
        for index in range(3):
            _insert(app, who, page, f"el_{who.name.lower()}{index}")
    _insert(app, ada, page, "el_shared", "text")

    def edits(who: User) -> None:
        for index in range(20):
            key = f"el_{who.name.lower()}{index % 3}"
            journal.perform(
                app, who, "Name", [{"do": "update", "doc": page.address, "node": key, "name": f"{who} {index}"}]
            )
            journal.perform(app, who, "Say", [
                {"do": "update", "doc": page.address, "node": "el_shared", "set": {"text": f"{who} {index}"}}
            ])  # fmt: skip

    def all_back() -> int:
        refused = 0
        while journal.undoable(app, ada)[0]:
            try:
                journal.undo(app, ada)
            except journal.StreamwrightError as error:
                assert error.sentence.endswith(".")
                refused += 1
        return refused

    _at_once(lambda: edits(ada), lambda: edits(bo))
    journal.perform(app, bo, "Say", [
        {"do": "update", "doc": page.address, "node": "el_shared", "set": {"text": "Bo has the last word"}}
    ])  # fmt: skip
    assert all_back() >= 1
    page.refresh_from_db()
    nodes = page.body["nodes"]
    assert [nodes[f"el_bo{index}"]["name"] for index in range(3)] == ["Bo 18", "Bo 19", "Bo 17"]
    assert not {"el_ada0", "el_ada1", "el_ada2"} & nodes.keys()
    assert nodes["el_shared"]["props"]["text"] == "Bo has the last word"
    assert journal.undoable(app, bo)[0] == "Say"


def test_conditions_that_two_add_at_once_all_stay(app, ada, bo, page):
    """Each is planned with the list as it is when its turn comes: it writes the whole of it."""
    _insert(app, ada, page, "el_shared")

    def adds(who: User) -> list[int]:
        said, client = {"do": "add_condition", "node": "el_shared"}, signed_in(who)
        gesture = f"/apps/juniper/design/{page.key}/gestures/"
        return [client.post(gesture, said, content_type="application/json").status_code for _ in range(4)]

    assert _at_once(lambda: adds(ada), lambda: adds(bo)) == [[200] * 4] * 2
    page.refresh_from_db()
    assert len(page.body["nodes"]["el_shared"]["props"]["conditions"]) == 8


def _insert(app: App, who: User, page: Document, key: str, kind: str = "group") -> None:
    made = {key: {"type": kind, "name": key, "props": {}, "slots": {}}}
    spot = {"node": key, "parent": page.key, "slot": "children", "index": 0}
    journal.perform(app, who, "Add", [{"do": "insert", "doc": page.address, "nodes": made, **spot}])


def test_a_request_that_is_sent_again_happens_once(app, ada_client, page):
    """The browser's answer was lost, and it sends the same again: by the name it gave the request."""
    said = {"do": "insert", "type": "button", "at": page.key}
    gesture = f"/apps/juniper/design/{page.key}/gestures/"
    first, again = (
        ada_client.post(gesture, said, content_type="application/json", headers={"x-token": "once"}) for _ in range(2)
    )
    assert first.json()["entry"] == again.json()["entry"]
    assert "parts" in again.json()
    for verb in ("undo", "redo", "undo"):
        answers = [ada_client.post(f"/apps/juniper/{verb}/", headers={"x-token": f"{verb}-1"}) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200]
    page.refresh_from_db()
    assert app.entries.count() == 1


def test_an_undo_says_what_to_select_and_where_it_was(app, ada_client, page):
    _insert(app, app.owner, page, "el_new001", "text")
    _say = {"do": "update", "doc": page.address, "node": "el_new001", "set": {"text": "Hi"}}
    journal.perform(app, app.owner, "Say", [_say])
    answer = ada_client.post(f"/apps/juniper/undo/?page={page.key}").json()
    assert answer["select"] == "el_new001"
    answer = ada_client.post("/apps/juniper/redo/?page=pg_other1").json()
    assert answer["said"] == f"Redone on page {page.name}: Say." and "select" not in answer
    ada_client.post("/apps/juniper/undo/")
    assert "select" not in ada_client.post(f"/apps/juniper/undo/?page={page.key}").json(), "it is gone by that"


def test_what_comes_back_with_its_workflow_is_selected_and_of_a_workflow_it_is_said(ada, ada_client):
    starters["demo"].make(ada, "Demo", "demo")
    delete = {"do": "delete", "node": "el_send01"}
    ada_client.post("/apps/demo/design/pg_chat01/gestures/", delete, content_type="application/json")
    assert ada_client.post("/apps/demo/undo/?page=pg_chat01").json()["select"] == "el_send01"
    ada_client.post("/apps/demo/workflows/wf_send01/rename/", {"name": "Ask"})
    said = ada_client.post("/apps/demo/undo/?page=pg_chat01").json()["said"]
    assert said.startswith("Undone on workflow")
