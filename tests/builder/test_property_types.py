"""Properties that are things: a card that takes a row of the app's data, in the editor (S43)."""

import json

import pytest

from builder import journal
from builder.access import catalog_of
from builder.edition import Edition
from builder.kinds import kinds
from builder.models import App
from builder.starters import starters
from data.things import add_thing
from tests.builder.reusable import bubble, instance
from tests.builder.test_design import PAGE, gesture
from workflows.starters.written import source

pytestmark = pytest.mark.django_db

BUBBLE = "/apps/juniper/design/rs_bubbl1/"
CELL = source("cell", element="el_msgs01")


@pytest.fixture
def app(ada) -> App:
    """The chat with a bubble in each cell of its messages, and one beside them that is given nothing."""
    app = starters["demo"].make(ada, "Juniper", "juniper")
    place = {"doc": "page/pg_chat01", "slot": "children", "index": 0}
    placed = [("el_one001", "el_msgs01", {"pr_messg1": CELL}), ("el_two001", "pg_chat01", {})]
    inserted = [
        {"do": "insert", "nodes": instance(key, "rs_bubbl1", **given)[1], "node": key, "parent": parent, **place}
        for key, parent, given in placed
    ]
    journal.perform(
        app, ada, "Place bubbles", [{"do": "create", "doc": "reusable/rs_bubbl1", "body": bubble()}, *inserted]
    )
    return app


def _ends(app, kind, key):
    found = catalog_of(app)
    return [(each.where.node, each.sentence) for each in kinds[kind].problems(found.body(kind, key), found)]


def _offered(client, doc, node, expects, prop="text"):
    said = {"doc": doc, "node": node, "prop": prop, "expects": expects, "label": "Text"}
    answer = client.post("/apps/juniper/compose/", json.dumps(said), content_type="application/json")
    return answer.json()["html"].replace("&#x27;", "'")


def test_nothing_is_loose_also_where_none_is_given(app):
    assert _ends(app, "page", "pg_chat01") == _ends(app, "reusable", "rs_bubbl1") == []


def test_its_type_is_chosen_in_the_panel_among_the_apps_data(app, ada_client):
    panel = ada_client.get(f"{BUBBLE}parts/?only=panel").json()["panel"]
    assert '<option value="thing:dt_messag" selected>Message</option>' in panel
    assert 'aria-label="Default of Message"' not in panel, "there is no thing to type"
    answer = gesture(ada_client, {"do": "set", "node": "pr_messg1", "prop": "default", "value": "x"}, BUBBLE).json()
    assert not answer["ok"] and answer["sentence"] == "There is no default of this type."
    assert gesture(ada_client, {"do": "set", "node": "pr_messg1", "prop": "type", "value": "text"}, BUBBLE).json()["ok"]
    gone = ("el_says01", "A field of Bubble's Message is gone. Choose another one.")
    assert _ends(app, "reusable", "rs_bubbl1") == [gone]


def test_the_composer_offers_it_inside_and_what_is_of_its_type_where_it_stands(app, ada_client):
    assert "Bubble's Message" in _offered(ada_client, "reusable/rs_bubbl1", "el_says01", "text")
    assert "Current cell's Message" in _offered(
        ada_client, "page/pg_chat01", "el_one001", "thing:dt_messag", "pr_messg1"
    )


def test_what_is_of_another_type_is_said(app, ada, ada_client):
    wrong = {"do": "set", "node": "el_two001", "prop": "pr_messg1", "value": source("now")}
    assert gesture(ada_client, wrong).json()["ok"]
    [(where, sentence)] = _ends(app, "page", "pg_chat01")
    assert where == "el_two001" and sentence.startswith("This needs a thing (Message)")


def test_a_type_that_was_removed_is_said_and_the_panel_keeps_its_place(app, ada, ada_client):
    journal.perform(app, ada, "Delete", [{"do": "delete", "doc": "data_type/dt_messag"}])
    assert ("pr_messg1", "The type of Message was removed. Choose another one.") in _ends(app, "reusable", "rs_bubbl1")
    assert "A removed type" in ada_client.get(f"{BUBBLE}parts/?only=panel").json()["panel"]


def test_the_canvas_shows_the_things_there_are(app, ada_client):
    """Inside it the newest one, on the page that of each cell."""
    for words in ("Why?", "Light."):
        add_thing(Edition(app), "dt_messag", {"df_body01": words, "df_role01": "user"}, "")
    assert "“Light.”" in _plain(ada_client.get(f"{BUBBLE}canvas/"))
    page = _plain(ada_client.get(f"{PAGE}canvas/"))
    assert "“Why?”" in page and "“Light.”" in page


def _plain(answer):
    return answer.content.decode().replace('<span class="sw-sample">', "").replace("</span>", "")


def test_S34_a_condition_of_an_instance_offers_its_properties(app, ada, ada_client):
    """And sets one; on the canvas it is seen while it is looked at."""
    add_thing(Edition(app), "dt_messag", {"df_body01": "Light.", "df_role01": "user"}, "")
    gesture(ada_client, {"do": "add_condition", "node": "el_two001"})
    [condition] = app.documents.get(key="pg_chat01").body["nodes"]["el_two001"]["props"]["conditions"]
    panel = ada_client.get(f"{PAGE}parts/?node=el_two001&only=panel").json()["panel"]
    assert '<option value="pr_messg1"' in panel
    first = {"from": "search", "args": {"data_type": "dt_messag"}, "ops": [{"op": "first_item", "args": []}]}
    said = {"do": "set_condition", "node": "el_two001", "condition": condition["id"]}
    assert gesture(ada_client, said | {"prop": "pr_messg1", "value": first}).json()["ok"]
    assert not gesture(ada_client, said | {"prop": "pr_gone01", "value": first}).json().get("ok")
    assert gesture(ada_client, said | {"when": source("state", state="st_gone01") | {"ops": []}}).json()["ok"]
    [(where, sentence)] = _ends(app, "page", "pg_chat01")
    assert where == "el_two001" and "gone" in sentence, "only what it waits for is missing"
    assert _plain(ada_client.get(f"{PAGE}canvas/")).count("“Light.”") == 1
    assert _plain(ada_client.get(f"{PAGE}canvas/?show={condition['id']}")).count("“Light.”") == 2


def test_S34_what_a_condition_sets_has_to_be_of_the_propertys_type(app, ada):
    wrong = {"id": "cn_000001", "on": "when", "when": True, "set": {"pr_messg1": "Hello", "pr_gone01": "x"}}
    change = {"do": "update", "doc": "page/pg_chat01", "node": "el_two001", "set": {"conditions": [wrong]}}
    journal.perform(app, ada, "Set", [change])
    said = [sentence for _, sentence in _ends(app, "page", "pg_chat01")]
    assert said[0].startswith("Condition 1: This needs a thing (Message)")
    assert said[1] == "Condition 1: it cannot set “A removed property” of Instance. Take that away."


def test_the_panel_of_an_instance_leads_to_the_workflow_of_each_of_its_events(app, ada, ada_client):
    happens = [{"key": "ev_picked", "name": "Picked", "type": "thing:dt_messag"}]
    said = {"do": "set", "node": "rs_bubbl1", "prop": "happens", "value": happens}
    assert gesture(ada_client, said, BUBBLE).json()["ok"]
    panel = ada_client.get(f"{PAGE}parts/?node=el_two001&only=panel").json()["panel"]
    assert 'data-event="ev_picked"' in panel and "Add workflow: when it tells “Picked”" in panel
    answer = gesture(ada_client, {"do": "add_workflow", "node": "el_two001", "event": "ev_picked"}).json()
    html = ada_client.get(answer["go"]).content.decode()
    assert "el_two001: Picked" in html
    panel = ada_client.get(f"{PAGE}parts/?node=el_two001&only=panel").json()["panel"]
    assert "el_two001: Picked" in panel, "and to the one there is"
