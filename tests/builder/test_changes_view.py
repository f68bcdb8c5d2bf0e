"""Changes over HTTP: whose they are, what they answer, and rubbish refused in the one shape of error."""

import json

import pytest
from django.test import Client

from builder.models import App
from builder.starters import starters

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(ada) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


def _post(client: Client, body: object, verb: str = "changes"):
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(f"/apps/juniper/{verb}/", text, content_type="application/json")


def _title(app: App, title: str) -> dict:
    page = app.documents.get(kind="page")
    change = {"do": "update", "doc": page.address, "node": page.key, "set": {"title": title}}
    return {"label": "Change title", "changes": [change]}


def test_it_works_and_says_what_undo_would_do(app, ada_client):
    answer = _post(ada_client, _title(app, "Ask Juniper")).json()
    page = app.documents.get(kind="page")
    assert page.root["props"]["title"] == "Ask Juniper"
    assert answer == {
        "ok": True,
        "entry": answer["entry"],
        "mark": answer["mark"],
        "undo": "Change title",
        "redo": "",
    }


def test_undo_and_redo(app, ada_client):
    _post(ada_client, _title(app, "Ask Juniper"))
    assert _post(ada_client, {}, "undo").json()["redo"] == "Change title"
    assert app.documents.get(kind="page").root["props"]["title"] == app.name
    _post(ada_client, {}, "redo")
    assert app.documents.get(kind="page").root["props"]["title"] == "Ask Juniper"
    answer = _post(ada_client, {}, "redo")
    assert (answer.status_code, answer.json()["error"]["sentence"]) == (409, "There is nothing to redo.")


def test_what_cannot_be_read_undoes_nothing(app, ada_client):
    _post(ada_client, _title(app, "Ask Juniper"))
    assert _post(ada_client, "{", "undo").status_code == 422
    assert app.documents.get(kind="page").root["props"]["title"] == "Ask Juniper"


@pytest.mark.parametrize("verb", ["changes", "undo", "redo"])
def test_P27_somebody_elses_app_does_not_exist(app, cy_client, verb):
    assert _post(cy_client, _title(app, "Mine"), verb).status_code == 404
    assert app.documents.get(kind="page").revision == 1


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[" * 100_000,
        "[]",
        {"label": "x"},
        {"label": 3, "changes": []},
        {"label": "x", "changes": [3]},
        {"label": "", "changes": []},
    ],
)
def test_rubbish_is_refused_in_one_shape(app, ada_client, body):
    answer = _post(ada_client, body)
    assert answer.status_code in (409, 422)
    assert set(answer.json()["error"]) == {"code", "sentence", "why", "todo", "data"}
