"""The Design tab of reusable elements over HTTP: they are edited as pages are, and every instance follows (S43, P27)."""

import json
import re
from html import unescape

import pytest

from builder import journal
from builder.access import catalog_of
from builder.models import App
from builder.reusing import expanded
from builder.starters import starters
from tests.builder.reusable import card, instance
from tests.builder.test_design import PAGE, gesture, html_of
from workflows.live.directory import load_page
from workflows.releases import UnresolvedIssues, live_edition, publish

pytestmark = pytest.mark.django_db

CARD = "/apps/juniper/design/rs_card01/"


@pytest.fixture
def app(ada) -> App:
    app = starters["demo"].make(ada, "Juniper", "juniper")
    changes = [{"do": "create", "doc": "reusable/rs_card01", "body": card()}]
    for number, (key, nodes) in enumerate([instance("el_one001", pr_title1="First"), instance("el_two001")]):
        place = {"node": key, "parent": "pg_chat01", "slot": "children", "index": number}
        changes.append({"do": "insert", "doc": "page/pg_chat01", "nodes": nodes, **place})
    journal.perform(app, ada, "Place cards", changes)
    return app


def body(app, key):
    return app.documents.get(key=key).body


def titles(app):
    """What the title says in each of the instances on the page."""
    catalog = catalog_of(app)
    page, _ = expanded(catalog.body("page", "pg_chat01"), catalog)
    return [each["props"]["text"] for each in page["nodes"].values() if each["name"] == "Title" and "within" in each]


@pytest.mark.parametrize("path", ["", "canvas/", "parts/", "places/?node=el_title1", "play/"])
def test_it_is_the_owners(app, ada_client, cy_client, path):
    """P27: what is not theirs does not exist for them."""
    assert ada_client.get(CARD + path).status_code == 200
    assert cy_client.get(CARD + path).status_code == 404


def test_the_tab_names_it_for_what_it_is(app, ada_client):
    html = ada_client.get(CARD).content.decode()
    assert "Design of reusable element Card" in html
    tile = 'data-type="instance:rs_card01"'
    assert tile not in html and tile in ada_client.get(PAGE).content.decode(), "none is offered to itself"
    assert "Own properties" in html
    assert "Make it the first page" not in html and "Duplicate reusable element" in html


def test_its_pages_and_the_other_tabs_stay_reachable(app, ada_client):
    html = ada_client.get(CARD).content.decode()
    assert 'href="/preview/juniper/"' in html, "there is no preview of it alone"
    assert ada_client.get("/apps/juniper/workflows/").status_code == 200
    made = ada_client.post(
        "/apps/juniper/workflows/new/", {"event": "clicked", "page": "rs_card01"}, headers={"HX-Request": "true"}
    )
    assert made.status_code == 200
    [workflow] = [each for each in app.documents.filter(kind="workflow") if each.root["props"]["page"] == "rs_card01"]
    html = ada_client.get(f"/apps/juniper/workflows/?workflow={workflow.key}").content.decode()
    assert ">Test run" not in html.replace("</svg>", "") and "Card" in html


def test_a_change_of_it_is_in_every_instance_and_undone_in_every_one(app, ada_client):
    assert titles(app) == ["First", "Untitled"]
    assert gesture(ada_client, {"do": "set", "node": "el_title1", "prop": "text", "value": "Same"}, CARD).json()["ok"]
    assert titles(app) == ["Same", "Same"]
    ada_client.post("/apps/juniper/undo/")
    assert titles(app) == ["First", "Untitled"]


def test_an_instance_has_a_field_for_each_property_and_the_way_to_its_element(app, ada_client):
    panel = ada_client.get(f"{PAGE}parts/?node=el_one001&only=panel").json()["panel"]
    assert 'data-control="pr_title1"' in panel and 'data-control="pr_seen01"' in panel
    assert f'href="{CARD}"' in panel and "Edit Card" in panel
    answer = gesture(ada_client, {"do": "set", "node": "el_two001", "prop": "pr_title1", "value": "Second"}).json()
    assert answer["ok"] and "Second" in str(answer["parts"]["canvas"]["pieces"])
    assert titles(app) == ["First", "Second"]
    gesture(ada_client, {"do": "reset", "node": "el_two001", "props": ["pr_title1"]})
    assert titles(app) == ["First", "Untitled"]


def test_a_copy_gives_what_its_original_gives(app, ada_client):
    copied = ada_client.get(f"{PAGE}parts/?node=el_one001&only=panel").json()["panel"]
    assert "pr_title1" in copied.partition('data-copied="')[2].partition('"')[0]
    nodes = instance("el_one001", pr_title1="First")[1]
    assert gesture(ada_client, {"do": "paste", "nodes": nodes, "root": "el_one001", "at": "pg_chat01"}).json()["ok"]
    assert titles(app) == ["First", "Untitled", "First"]


def test_an_instance_says_on_the_canvas_why_nothing_is_in_it(app, ada_client):
    """Pasted from another app, or nothing chosen yet."""
    assert "What it shows is not in this app" not in ada_client.get(PAGE + "canvas/").content.decode()
    page = app.documents.get(kind="page", key="pg_chat01")
    found = [key for key, each in page.body["nodes"].items() if each["type"] == "instance"]
    page.body["nodes"][found[0]]["props"]["of"] = "rs_gone01"
    page.body["nodes"][found[1]]["props"]["of"] = ""
    page.save()
    html = ada_client.get(PAGE + "canvas/").content.decode()
    assert html.count("What it shows is not in this app") == html.count("Choose what it shows") == 1


def test_it_cannot_be_put_into_itself(app, ada_client):
    refused = gesture(ada_client, {"do": "insert", "type": "instance:rs_card01", "at": "rs_card01"}, CARD)
    assert refused.json()["error"]["sentence"] == "Card cannot stand in itself."


def test_deleting_it_names_its_instances_and_undo_brings_it_back(app, ada_client):
    answer = gesture(ada_client, {"do": "delete_page"}, CARD)
    assert answer.json()["go"] == "/apps/juniper/design/"
    assert "Used in 2 places" in ada_client.get(PAGE).content.decode()
    assert titles(app) == []
    ada_client.post("/apps/juniper/undo/")
    assert titles(app) == ["First", "Untitled"]


def test_a_new_one_opens_with_its_name_to_be_typed(app, ada_client):
    answer = gesture(ada_client, {"do": "new_reusable"}).json()
    assert "/design/rs_" in answer["go"] and answer["go"].endswith("?name=1")
    assert ada_client.get(answer["go"]).status_code == 200


def test_making_one_of_a_selection_stays_on_the_page(app, ada_client):
    answer = gesture(ada_client, {"do": "make_reusable", "nodes": ["el_hint01"]}).json()
    assert answer["ok"] and "go" not in answer
    placed = body(app, "pg_chat01")["nodes"][answer["select"]]
    assert placed["type"] == "instance" and app.documents.filter(kind="reusable").count() == 2
    ada_client.post("/apps/juniper/undo/")
    assert "el_hint01" in body(app, "pg_chat01")["nodes"] and app.documents.filter(kind="reusable").count() == 1


def test_the_palette_follows_without_a_reload(app, ada_client):
    """A reusable element that is made can be put on the page at once, and not on itself; undone it is gone."""
    answer = gesture(ada_client, {"do": "make_reusable", "nodes": ["el_hint01"]}).json()
    made = app.documents.filter(kind="reusable").order_by("id").last()
    assert f'data-type="instance:{made.key}"' in answer["parts"]["reusables"]
    inside = ada_client.get(f"/apps/{app.slug}/design/{made.key}/parts/").json()
    assert made.key in inside["pages"] and made.key not in inside["reusables"]
    journal.undo(app, app.owner)
    page = ada_client.get(f"/apps/{app.slug}/design/pg_chat01/parts/").json()
    assert made.key not in page["reusables"] and "new_reusable" in page["reusables"]


def test_S41_a_release_freezes_it(app, ada):
    publish(app, ada, "With cards")
    change = {"do": "update", "doc": "reusable/rs_card01", "node": "el_title1", "set": {"text": "Later"}}
    journal.perform(app, ada, "Say later", [change])
    live = load_page(live_edition("juniper"), "pg_chat01").html
    assert "First" in live and "Later" not in live


def test_S43_with_a_missing_one_there_is_no_release(app, ada):
    journal.perform(app, ada, "Delete", [{"do": "delete", "doc": "reusable/rs_card01"}])
    with pytest.raises(UnresolvedIssues) as refused:
        publish(app, ada, "Without")
    sentences = [each.sentence for each in refused.value.issues]
    assert [each for each in sentences if each.startswith("Its reusable element is not in this app")] == sentences[:2]


def test_the_composer_offers_its_properties_inside_it_alone(app, ada_client):
    def offered(doc, node):
        said = {"doc": doc, "node": node, "prop": "text", "expects": "text", "label": "Text"}
        return ada_client.post("/apps/juniper/compose/", json.dumps(said), content_type="application/json").json()[
            "html"
        ]

    assert "Card's Title" in offered("reusable/rs_card01", "el_title1").replace("&#x27;", "'")
    assert "Card's Title" not in offered("page/pg_chat01", "el_hint01").replace("&#x27;", "'")


def copied(client, key):
    """The clipboard's JSON after Ctrl C on an element."""
    panel = client.get(f"{PAGE}parts/?only=panel&node={key}").json()["panel"]
    return json.loads(unescape(re.search(r'data-copied="([^"]*)"', panel)[1]))


def test_pasted_in_another_app_it_comes_along_in_one_undo(app, ada, ada_client):
    other = starters["blank"].make(ada, "Fig", "fig")
    there = f"/apps/fig/design/{other.documents.get().key}/"
    before = other.documents.get().body
    said = {"do": "paste", **copied(ada_client, "el_one001"), "at": "", "selected": "", "canvas": ""}
    made = gesture(ada_client, said, there).json()
    assert made["ok"] and made["said"] == "The reusable element Card came along."
    assert ">Card<" in made["parts"]["reusables"] and "First" in html_of(made["parts"]["canvas"])
    card = other.documents.get(kind="reusable")
    assert other.entries.count() == 1
    for _ in range(2):
        undone = ada_client.post("/apps/fig/undo/").json()
        assert undone["redo"] == made["undo"]
        assert [each.body for each in other.documents.all()] == [before], "nothing of it stays"
        ada_client.post("/apps/fig/redo/")
        assert other.documents.get(kind="reusable").body == card.body
    again = gesture(ada_client, said, there).json()
    assert again["ok"] and again["said"] == "" and other.documents.filter(kind="reusable").count() == 1


def test_a_clipboard_that_is_not_whole_is_refused_in_words(app, ada_client):
    before = list(app.documents.values_list("key", "body"))
    said = {"do": "paste", **copied(ada_client, "el_one001"), "at": ""}
    forged = card(el_words1=said["nodes"]["el_one001"])
    for document in app.documents.filter(kind="reusable"):
        document.delete()
    answer = gesture(ada_client, said | {"along": [forged]})
    assert answer.status_code == 422
    assert answer.json()["error"]["sentence"] == "What you copied is not whole, so nothing was pasted."
    assert answer.json()["error"]["why"] == "A reusable element in it stands in itself."
    assert list(app.documents.values_list("key", "body")) == [each for each in before if each[0] != "rs_card01"]
