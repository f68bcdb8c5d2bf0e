"""A page's own style sheet where it is asked for: on the canvas, in preview, from a release that keeps it as it was."""

import json
import re

import pytest
from django.test import Client

from builder import journal
from builder.starters import starters
from workflows.releases import publish

HOST = "localhost:8000"
CANVAS = "/apps/juniper/design/pg_chat01/"


@pytest.fixture
def app(ada):
    return starters["demo"].make(ada, "Juniper", "juniper")


@pytest.fixture
def stranger():
    return Client(headers={"host": HOST})


def gesture(client, **said):
    return client.post(f"{CANVAS}gestures/", json.dumps(said), content_type="application/json").json()


def colour(client, value):
    return gesture(client, do="set_token", token="accent", side="light", value=value)


def sheet_of(answer):
    """The address of a page's own style sheet; "" where it has none."""
    return next(iter(re.findall(r'<link rel="stylesheet" href="(/[^"]*/look/[^"]+)"', answer.content.decode())), "")


def test_a_page_without_a_theme_of_its_own_asks_for_nothing_more(app, ada, ada_client, stranger):
    publish(app, ada)
    pages = [
        ada_client.get(f"{CANVAS}canvas/"),
        ada_client.get("/preview/juniper/pg_chat01/"),
        stranger.get("/juniper/"),
    ]
    assert [sheet_of(page) for page in pages] == ["", "", ""]
    assert b"-ranges" not in pages[1].content + pages[2].content


def test_the_theme_is_on_canvas_and_preview_at_an_address_that_is_kept_for_good(app, ada_client):
    answer = colour(ada_client, "#123456")
    assert answer["ok"] and not answer.get("go") and "#123456" in answer["parts"]["look"]
    canvas, preview = (sheet_of(ada_client.get(each)) for each in (f"{CANVAS}canvas/", "/preview/juniper/pg_chat01/"))
    assert canvas == preview != ""
    sheet = ada_client.get(canvas)
    assert sheet.content.decode() == answer["parts"]["look"] and sheet["Content-Type"].startswith("text/css")
    assert "immutable" in sheet["Cache-Control"]
    colour(ada_client, "#654321")
    assert "no-store" in ada_client.get(canvas)["Cache-Control"], "it is another one now"
    assert sheet_of(ada_client.get(f"{CANVAS}canvas/")) != canvas


def test_P27_a_look_is_for_who_may_see_the_app(app, ada_client, cy_client):
    colour(ada_client, "#123456")
    address = sheet_of(ada_client.get(f"{CANVAS}canvas/"))
    assert cy_client.get(address).status_code == 404


def test_S41_a_release_keeps_its_look(app, ada, ada_client, stranger):
    colour(ada_client, "#123456")
    publish(app, ada)
    first = sheet_of(stranger.get("/juniper/"))
    assert "#123456" in stranger.get(first).content.decode() and "immutable" in stranger.get(first)["Cache-Control"]
    colour(ada_client, "#654321")
    assert sheet_of(stranger.get("/juniper/")) == first
    publish(app, ada)
    second = sheet_of(stranger.get("/juniper/"))
    assert second != first and "#654321" in stranger.get(second).content.decode()
    assert "#123456" in stranger.get(first).content.decode(), "who has the earlier one open stays with it"
    other = starters["demo"].make(ada, "Other", "other")
    publish(other, ada)
    assert stranger.get(first.replace("/juniper/", "/other/")).status_code == 404


def test_overrides_bring_the_styles_that_draw_them(app, ada, ada_client, stranger):
    journal.perform(
        app, ada, "x", [{"do": "update", "doc": "page/pg_chat01", "node": "pg_chat01", "set": {"at.phone.gap": "none"}}]
    )
    publish(app, ada)
    page = stranger.get("/juniper/").content.decode()
    assert "css/app-ranges" in page and 'data-gap-phone="none"' in page and 'href="/static/css/app.css' not in page


def test_a_theme_can_be_taken_back(app, ada, ada_client):
    colour(ada_client, "#123456")
    assert app.documents.filter(kind="theme").count() == 1
    journal.undo(app, ada)
    assert not app.documents.filter(kind="theme").exists()
    journal.redo(app, ada)
    assert app.documents.get(kind="theme").key == "tm_theme"


def test_a_condition_is_looked_at_on_the_canvas(app, ada_client):
    page = app.documents.get(key="pg_chat01").body
    text = next(key for key, holder in page["nodes"].items() if holder["type"] == "text")
    assert gesture(ada_client, do="add_condition", node=text)["ok"]
    (made,) = app.documents.get(key="pg_chat01").body["nodes"][text]["props"]["conditions"]
    gesture(ada_client, do="set_condition", node=text, condition=made["id"], prop="tone", value="danger")

    def drawn(query):
        html = ada_client.get(f"{CANVAS}canvas/{query}").content.decode()
        return re.search(rf'data-el="{text}"[^>]*', html)[0]

    assert 'data-tone="danger"' not in drawn("") and 'data-tone="danger"' in drawn(f"?show={made['id']}")
