"""What the command palette finds: all there is to go to in an app, for whoever sees it."""

import pytest

from builder.models import App
from builder.starters import starters

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(ada) -> App:
    return starters["demo"].make(ada, "Juniper", "juniper")


def _found(client, page: str = "pg_chat01") -> dict[tuple[str, str], dict]:
    answer = client.get(f"/apps/juniper/commands/?page={page}")
    return {(each["kind"], each["label"]): each for each in answer.json()["found"]}


@pytest.mark.parametrize(
    ("kind", "label", "url"),
    [
        ("Page", "chat", "/apps/juniper/design/pg_chat01/"),
        ("Element", "Send", "/apps/juniper/design/pg_chat01/?node=el_send01"),
        ("Workflow", "Send is clicked", "/apps/juniper/workflows/?workflow=wf_send01"),
        ("Call", "Ask", "/apps/juniper/connector/ai_pract1/ca_ask001/"),
        ("Data type", "Message", "/apps/juniper/data/dt_messag/"),
        ("Tab", "Workflows", "/apps/juniper/workflows/"),
        ("Settings", "People of this app", "/apps/juniper/settings/collaborators/"),
    ],
)
def test_each_kind_of_thing_is_found_with_the_place_it_is_at(app, ada_client, kind, label, url):
    found = _found(ada_client)
    matching = [each for (of, name), each in found.items() if of == kind and label in name]
    assert [each["url"] for each in matching] == [url], sorted(found)
    assert matching[0]["icon"]
    assert ada_client.get(url).status_code == 200


def test_elements_are_those_of_the_page_that_is_open(app, ada_client):
    assert not [key for key in _found(ada_client, "") if key[0] == "Element"]
    assert _found(ada_client)["Element", "Send"]["node"] == "el_send01"


def test_a_viewer_finds_the_same_and_a_stranger_nothing(app, ada_client, bo, bo_client, cy_client):
    app.collaborators.create(person=bo, role="viewer")
    of_app = {key for key, each in _found(ada_client).items() if each["hint"] != "of the server"}
    assert _found(bo_client).keys() == of_app
    assert cy_client.get("/apps/juniper/commands/").status_code == 404
