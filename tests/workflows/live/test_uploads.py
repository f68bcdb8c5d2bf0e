"""Files that visitors give: only to whom they are asked of, only as large and of the kind that is asked for."""

import json
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client

from builder import journal
from builder.document import body, node
from builder.edition import DEVELOPMENT, LIVE, Edition
from builder.expressions.catalog import Catalog
from builder.people.visitor import Visitor
from builder.starters import starters
from connector.models import CallFile
from workflows.live import uploads
from workflows.live.directory import Guest, directory
from workflows.live.pace import TOO_FAST
from workflows.live.page import LivePage
from workflows.live.runs import VisitRuns
from workflows.live.visit import Visit
from workflows.models import StoredVisit
from workflows.releases import publish, unpublish

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def app(ada):
    return starters["blank"].make(ada, "Plants", "plants")


@pytest.fixture
def visit(app, monkeypatch):
    """An open page with two uploaders and an input."""
    nodes = {
        "el_pict01": node("uploader", "Picture", {"content": "picture", "most": 1}),
        "el_file01": node("uploader", "File", {}),
        "el_text01": node("input", "Name", {}),
    }
    document = body("pg_page01", {"pg_page01": node("page", "index", {}, children=[*nodes], states=[]), **nodes})
    opened = Visit(Edition.being_edited(app), LivePage(document, Catalog([("page", "pg_page01", document)])))
    monkeypatch.setitem(directory.guests, opened.id, Guest(opened, VisitRuns(opened)))
    monkeypatch.setattr(uploads, "_paces", {})
    return opened


def asked(visit, element="el_file01", **said):
    told = {"visit": visit.id, "element": element, "name": "leaf.png", "size": 10, "type": "image/png"} | said
    return Client().post("/new-file", json.dumps(told), content_type="application/json")


def sent(visit, data, element="el_file01", **said):
    address = asked(visit, element, **said).json()["address"]
    return Client().put(address, data, content_type="application/octet-stream").json()


def test_a_picture_is_kept_with_the_app_s_files_in_development(visit, app):
    """S41."""
    value = sent(visit, PNG, "el_pict01")["value"]
    kept = CallFile.objects.get()
    assert value == kept.address and value.endswith("/leaf.png")
    assert (kept.app, kept.environment, kept.content_type, bytes(kept.body)) == (app, "development", "image/png", PNG)


def test_what_a_visitor_of_the_live_app_gives_is_live(visit, app):
    """S41."""
    visit.edition = Edition(app, LIVE, "rl_test01")
    sent(visit, PNG)
    assert CallFile.objects.get().environment == LIVE


def test_published_pages_have_it_on_their_own_origin(visit, settings):
    visit.edition = Edition(visit.edition.app, LIVE, "rl_test01")
    host = urlsplit(settings.APPS_ORIGIN).netloc
    told = {"visit": visit.id, "element": "el_file01", "name": "leaf.png", "size": 10, "type": "image/png"}
    asked = Client(headers={"host": host}).post("/new-file", json.dumps(told), content_type="application/json")
    sent = Client(headers={"host": host}).put(asked.json()["address"], PNG, content_type="image/png").json()
    assert sent["value"] == CallFile.objects.get().address and CallFile.objects.get().environment == LIVE


@pytest.mark.parametrize("element", ["el_text01", "el_gone01", "pg_page01"])
def test_only_an_uploader_takes_files(visit, element):
    assert asked(visit, element).status_code == 404


def test_nobody_without_the_visit_gets_an_address(visit):
    assert asked(SimpleNamespace(id="vi_guessed")).status_code == 404
    assert Client().put("/new-file/guessed", b"x").status_code == 404


def test_an_address_is_good_for_its_visit_and_a_few_minutes(visit, monkeypatch):
    address = asked(visit).json()["address"]
    monkeypatch.setattr(uploads, "GOOD_FOR", -1)
    assert Client().put(address, PNG).status_code == 404
    monkeypatch.setattr(uploads, "GOOD_FOR", 300)
    monkeypatch.delitem(directory.guests, visit.id)
    assert Client().put(address, PNG).status_code == 404
    assert visit.id not in signing.loads(address.split("/")[2], salt=uploads.SALT).values()


def _stored(visit, monkeypatch, visitor, environment=DEVELOPMENT, mark="", page="pg_page01"):
    """The same visit as its process left it."""
    app = visit.edition.app
    row = {"app": app, "environment": environment, "mark": mark, "page": page, "visitor": visitor, "holds": ""}
    StoredVisit.objects.create(key=visit.key, **row)
    monkeypatch.delitem(directory.guests, visit.id)


def test_P10_who_was_removed_from_an_app_gives_it_nothing(visit, app, ada, cy, monkeypatch):
    """Also while the row of their visit is still there."""
    journal.perform(app, ada, "Add", [{"do": "create", "doc": "page/pg_page01", "body": visit.page.body}])
    _stored(visit, monkeypatch, f"us:{cy.pk}")
    assert asked(visit).status_code == 404
    StoredVisit.objects.update(visitor="us:")
    assert asked(visit).status_code == 404
    StoredVisit.objects.update(visitor=f"us:{ada.pk}")
    assert "address" in asked(visit).json()


def test_P10_a_stored_visit_of_a_live_page_gives_to_its_own_release_and_only_where_all_may(
    visit, app, ada, monkeypatch
):
    address, root = "page/pg_page01", visit.page.body["root"]
    journal.perform(app, ada, "Add", [{"do": "create", "doc": address, "body": visit.page.body}])
    monkeypatch.setattr("workflows.releases.check", lambda *given: None)
    first = publish(app, ada)
    _stored(visit, monkeypatch, "vs:one", LIVE, first.pk)
    closed = {"do": "update", "doc": address, "node": root, "set": {"who": "people"}}
    journal.perform(app, ada, "Close", [closed])
    journal.perform(app, ada, "Remove", [{"do": "remove", "doc": address, "node": "el_file01"}])
    second = publish(app, ada)
    assert "address" in asked(visit).json(), "its release has the element, and is for everybody"
    StoredVisit.objects.update(mark=second.pk)
    assert asked(visit, "el_pict01").status_code == 404
    StoredVisit.objects.update(mark=first.pk)
    unpublish(app)
    assert asked(visit).status_code == 404


def test_rubbish_is_answered_and_one_page_asks_only_so_often(visit, monkeypatch):
    assert Client().post("/new-file", "[" * 4096, content_type="application/json").status_code == 404
    monkeypatch.setattr(uploads, "QUESTIONS", 1)
    assert ["address" in asked(visit).json() for _ in range(2)] == [True, False]


def test_a_file_that_says_it_is_too_large_gets_no_address(visit):
    assert asked(visit, "el_pict01", size=2 * 2**20).json()["error"]["sentence"] == "The file is larger than 1 MB."


def test_no_more_is_read_than_may_come():
    """Whatever the length says."""
    read = []

    def endless(size):
        read.append(size)
        return b"x" * size

    place = uploads.Place(None, {"most": 1, "content": "file"})
    with pytest.MonkeyPatch.context() as patch, pytest.raises(uploads.FileRefused):
        patch.setattr(uploads, "_place", lambda visit, element: place)
        uploads.take(signing.dumps({"visit": "a", "element": "b"}, salt=uploads.SALT), None, endless)
    assert sum(read) <= 2**20 + 64 * 1024


@pytest.mark.parametrize(
    "data", [b"<svg onload=alert(1)>", b"<!doctype html><script>alert(1)</script>", b"GIF8", b""], ids=repr
)
def test_what_is_no_picture_is_refused_where_pictures_are_asked_for(visit, data):
    assert "error" in sent(visit, data, "el_pict01", name="leaf.png")
    assert not CallFile.objects.exists()


def test_what_only_says_that_it_is_a_picture_is_kept_as_data(visit):
    sent(visit, b"<svg onload=alert(1)>", type="image/svg+xml", name="x.svg")
    assert CallFile.objects.get().content_type == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), ('a"\r\nSet-Cookie: x', "a'Set-Cookie: x"), ("", "file"), ("a\\b.txt", "b.txt")],
)
def test_hostile_names_name_a_file_and_nothing_else(visit, name, kept):
    sent(visit, b"x", name=name, type="text/html\r\nX: y")
    file = CallFile.objects.get()
    assert (file.name, file.content_type) == (kept, "application/octet-stream")


def test_one_page_sends_only_so_many(visit, monkeypatch):
    monkeypatch.setattr(uploads, "FILES", 2)
    answers = [sent(visit, b"x") for _ in range(3)]
    assert ["value" in answer for answer in answers] == [True, True, False]


def test_P29_one_address_takes_away_no_room_and_no_pace_from_the_others(visit, settings, monkeypatch):
    """However often it throws its cookie away and opens the page anew."""
    settings.KEPT_MOST = 1000
    visit.edition = Edition(visit.edition.app, LIVE, "rl_test01")

    def send(address, visitor="vs:one", data=b"x" * 40):
        visit.visitor = Visitor(visitor)
        to = asked(visit).json()["address"].split("/")[2]
        try:
            return uploads.take(to, len(data), BytesIO(data).read, address)
        except uploads.FileRefused as refused:
            return refused.sentence

    here, there = "203.0.113.5", "198.51.100.7"
    assert send(here).startswith("/files/")
    assert "as many files as you can today" in send(here), "a tenth of 500 bytes for a visitor"
    assert (send(here, "vs:two")).startswith("/files/")
    assert "as many files as you can today" in send(here, "vs:three"), "a fifth of them for an address"
    assert (send(there, "vs:three")).startswith("/files/")
    monkeypatch.setattr(uploads, "FILES", 1)
    monkeypatch.setattr(uploads, "_paces", {})
    assert [(send(here, "vs:four")) == TOO_FAST for _ in range(2)] == [False, True]
    assert send(there, "vs:four") != TOO_FAST


def test_P29_small_files_are_so_many(visit, monkeypatch):
    monkeypatch.setattr(uploads, "ROWS", 1)
    assert "value" in sent(visit, b"x")
    assert "no room" in sent(visit, b"x")["error"]["sentence"]


def test_visitors_do_not_take_all_the_room_of_an_app(visit, settings):
    settings.KEPT_MOST = 100
    assert "value" in sent(visit, b"x" * 50)
    assert "no room" in sent(visit, b"x" * 50)["error"]["sentence"]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("/files/fl_ab12/leaf.png", "/files/fl_ab12/leaf.png"),
        ("javascript:alert(1)", None),
        ("/apps/plants/delete/", None),
        (7, None),
    ],
)
def test_its_value_is_the_address_of_a_file(visit, said, read):
    visit.inputs.type("el_file01", said)
    assert visit.value_of("el_file01") == read
