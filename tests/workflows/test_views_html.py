"""An author's own HTML at its own address: sealed by its policy, and found by nobody it is not for (P26, P27)."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client

from builder import journal
from builder.chosen import choose
from builder.document import node
from builder.elements.html import version
from builder.starters import starters
from workflows.releases import publish
from workflows.views import html as views

HOST = "localhost:8000"
DRAFT = "/apps/juniper/design/pg_chat01/canvas/html/el_own001/"
GONE = "/frames/juniper/rl_gone001/pg_chat01/el_own001/"
OWN = "<h2>Hours</h2><script>document.cookie</script>"


@pytest.fixture
def app(ada):
    made = starters["demo"].make(ada, "Juniper", "juniper")
    row = made.documents.get(key="pg_chat01")
    row.body["nodes"]["el_own001"] = node("html", "Hours", {"html": OWN, "title": "Hours"})
    row.body["nodes"]["pg_chat01"]["slots"]["children"].append("el_own001")
    row.save()
    return made


@pytest.fixture
def stranger():
    return Client(headers={"host": HOST})


def policy(answer):
    return {part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split(";")}


def frame(release) -> str:
    return f"/frames/juniper/{release.pk}/pg_chat01/el_own001/"


def sent_on(client) -> str:
    there = urlsplit(client.get(DRAFT)["Location"])
    assert f"{there.scheme}://{there.netloc}" == settings.APPS_ORIGIN
    return there.path


def test_who_edits_the_app_is_sent_to_what_stands_there_now(app, ada_client, stranger):
    answer = stranger.get(sent_on(ada_client))
    assert answer.status_code == 200 and OWN in answer.content.decode()
    assert policy(answer)["frame-ancestors"] == settings.ORIGINS


def test_P26_whatever_is_in_it_is_of_no_origin_and_reaches_nothing(app, ada, ada_client, stranger):
    release = publish(app, ada)
    for answer in (stranger.get(sent_on(ada_client)), stranger.get(frame(release))):
        rules = policy(answer)
        assert "allow-scripts" in rules["sandbox"] and "allow-same-origin" not in rules["sandbox"]
        assert rules["default-src"] == rules["form-action"] == rules["base-uri"] == ["'none'"]
        assert rules["connect-src"] == [] and "'self'" not in str(rules)
        assert "X-Frame-Options" not in answer and not answer.cookies


def test_P27_it_is_for_who_edits_the_app_until_it_is_published(app, ada, cy_client, client, stranger):
    assert cy_client.get(DRAFT).status_code == 404
    assert client.get(DRAFT).status_code in (302, 401)
    assert stranger.get(GONE).status_code == 404
    answer = stranger.get(frame(publish(app, ada)))
    assert OWN in answer.content.decode() and policy(answer)["frame-ancestors"] == [settings.APPS_ORIGIN]


@pytest.mark.parametrize("element", ["el_gone00", "el_send01", "pg_chat01"])
def test_P27_what_is_no_html_is_not_there(app, ada, ada_client, stranger, element):
    live = frame(publish(app, ada))
    assert ada_client.get(DRAFT.replace("el_own001", element)).status_code == 404
    assert stranger.get(live.replace("el_own001", element)).status_code == 404


def test_S41_a_page_of_an_earlier_release_frames_what_stood_there_then(app, ada, bo, stranger):
    """It is asked for a moment after the page, or much later, when a cell of a list is added."""
    first = publish(app, ada)
    page = stranger.get("/juniper/").content.decode()
    assert f'data-frames="{frame(first).removesuffix("el_own001/")}"' in page
    change = {"do": "update", "doc": "page/pg_chat01", "node": "el_own001", "set": {"html": "<p>Closed</p>"}}
    journal.perform(app, ada, "HTML", [change])
    second = publish(app, ada)
    assert OWN in stranger.get(f"{frame(first)}?{version(OWN)}").content.decode()
    assert "<p>Closed</p>" in stranger.get(f"{frame(second)}?{version(OWN)}").content.decode()
    assert stranger.get(frame(first)).status_code == 404, "nobody else finds what was taken away"
    other = publish(starters["demo"].make(bo, "Other", "other"), bo)
    assert stranger.get(frame(other)).status_code == 404


def test_P27_the_way_is_no_other_ones_and_not_for_long(app, ada_client, stranger, monkeypatch):
    way = sent_on(ada_client)
    assert stranger.get(way[:-1] + "x").status_code == 404
    forged = signing.dumps([app.pk, "pg_chat01", "el_own001"], salt="something else")
    assert stranger.get(f"/frames/{forged}").status_code == 404
    monkeypatch.setattr(views, "GOOD_FOR", -1)
    assert stranger.get(way).status_code == 404


def test_it_loads_what_the_app_allows(app, ada, stranger):
    choose("media", {"hosts": ["films.example"]}, app)
    rules = policy(stranger.get(frame(publish(app, ada))))
    assert all("https://films.example" in rules[each] for each in ("img-src", "media-src", "script-src", "connect-src"))


def test_pages_may_show_it_and_it_is_not_on_the_editors_origin(app, ada_client, client):
    rules = policy(ada_client.get("/preview/juniper/pg_chat01/"))
    assert settings.APPS_ORIGIN in rules["frame-src"]
    assert client.get(GONE).status_code == 404
