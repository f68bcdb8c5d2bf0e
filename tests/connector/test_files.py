"""Files of calls: kept by a name nobody guesses, given to who may see the app, as data and never as a page."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from builder import journal
from builder.database import db
from builder.document import Body, body, node
from builder.edition import DEVELOPMENT, LIVE, Edition
from builder.models import App, User
from builder.people.visitor import Visitor
from builder.starters import starters
from connector import document
from connector.calls import start_call
from connector.files import media_type, name_in, uploads_for
from connector.models import ANSWERS_KEPT, CallFile, CallsUsed, plain_name
from connector.spending.room import NoRoom
from connector.spending.slots import slots
from data.models import Thing
from tests.connector.calling import ended
from tests.connector.loopback import service

ANN = Visitor("vs:ann", address="192.0.2.1")
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\nPNG"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def app(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


@pytest.fixture
def photo(app: App) -> CallFile:
    return CallFile.keep(app, "my photo.png", "image/png", PNG, "ai_1", "ca_1")


def test_an_image_is_given_to_who_may_see_the_app(ada_client: Client, photo: CallFile) -> None:
    assert photo.address == f"/files/{photo.pk}/my%20photo.png"
    answer = ada_client.get(photo.address)
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, PNG, "image/png")
    assert answer["Content-Disposition"] == 'inline; filename="my photo.png"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_p27_to_others_it_does_not_exist(cy_client: Client, client: Client, photo: CallFile) -> None:
    assert cy_client.get(photo.address).status_code == 404
    assert client.get(photo.address).status_code == 404


def test_its_key_is_not_to_be_guessed(ada_client: Client, photo: CallFile) -> None:
    assert len(photo.pk) == 27
    assert ada_client.get(f"/files/{photo.pk[:-1]}/my%20photo.png").status_code == 404
    assert ada_client.get("/files/fl_nothing/x").status_code == 404
    assert ada_client.post(photo.address).status_code == 405


@pytest.mark.parametrize("kind", ["text/html", "application/pdf", "text/javascript", "application/octet-stream"])
def test_what_is_no_picture_or_sound_is_saved_and_not_shown(ada_client: Client, app: App, kind: str) -> None:
    file = CallFile.keep(app, "a.html", kind, b"<script>alert(1)</script>")
    answer = ada_client.get(file.address)
    assert answer["Content-Disposition"] == 'attachment; filename="a.html"'
    assert answer["Content-Type"].startswith(kind) and "sandbox" in answer["Content-Security-Policy"]


def test_the_oldest_answers_make_way_for_what_is_new_and_an_upload_beyond_the_room_is_refused(
    app: App, settings: Any
) -> None:
    settings.KEPT_MOST = 1000
    other = starters["blank"].make(app.owner, "Clover", "clover")
    CallFile.keep(other, "theirs", "image/png", b"x" * 900, "ai_1", "ca_1")

    def kept() -> list[str]:
        return sorted(app.call_files.values_list("name", flat=True))

    for n in range(5):
        CallFile.keep(app, f"answer {n}", "image/png", b"x" * 200, "ai_1", f"ca_{n % 2}")
    CallFile.keep(app, "upload", "image/png", b"x" * 300)
    assert kept() == ["answer 2", "answer 3", "answer 4", "upload"]
    with pytest.raises(NoRoom, match="There is no room for this file"):
        CallFile.keep(app, "second upload", "image/png", b"x" * 701)
    with pytest.raises(NoRoom):
        CallFile.keep(app, "large answer", "image/png", b"x" * 701, "ai_1", "ca_1")
    assert kept() == ["answer 2", "answer 3", "answer 4", "upload"]
    CallFile.keep(app, "second upload", "image/png", b"x" * 700)
    assert kept() == ["second upload", "upload"] and other.call_files.count() == 1


def test_a_file_of_the_live_app_never_makes_way_for_one_of_development(app: App, settings: Any) -> None:
    settings.KEPT_MOST = 1000
    shown = [CallFile.keep(app, f"{n}", "image/png", b"x" * 500, "ai_1", "ca_1", LIVE) for n in range(2)]
    for n in range(4):
        CallFile.keep(app, f"answer {n}", "image/png", b"x" * 400, "ai_1", "ca_1")
    CallFile.keep(app, "upload", "image/png", b"x" * 1000)
    assert set(app.call_files.filter(environment=LIVE)) == set(shown)
    assert [file.name for file in app.call_files.filter(environment=DEVELOPMENT)] == ["upload"]


def test_a_file_that_a_thing_shows_does_not_make_way(app: App, settings: Any) -> None:
    settings.KEPT_MOST = 1000
    first, _ = (CallFile.keep(app, f"{n}", "image/png", b"x" * 500, "ai_1", "ca_1", LIVE) for n in range(2))
    Thing.objects.create(app=app, type="dt_1", environment=LIVE, values={"df_1": first.address})
    third = CallFile.keep(app, "third", "image/png", b"x" * 500, "ai_1", "ca_1", LIVE)
    assert set(app.call_files.all()) == {first, third}
    Thing.objects.create(app=app, type="dt_1", environment=LIVE, values={"df_1": third.address})
    with pytest.raises(NoRoom):
        CallFile.keep(app, "fourth", "image/png", b"x", "ai_1", "ca_1", LIVE)
    assert set(app.call_files.all()) == {first, third}


def aged(app: App, **by: int) -> None:
    app.call_files.update(made=F("made") - timedelta(**by))


def test_the_newest_answers_of_a_call_stay_and_those_that_something_names(app: App) -> None:
    made = [CallFile.keep(app, f"{n}.txt", "text/plain", b"", "ai_1", "ca_1") for n in range(ANSWERS_KEPT + 3)]
    live = CallFile.keep(app, "live.txt", "text/plain", b"", "ai_1", "ca_1", LIVE)
    other = CallFile.keep(app, "other.txt", "text/plain", b"", "ai_1", "ca_2")
    Thing.objects.create(app=app, type="dt_1", values={"df_1": f"See {made[1].address}"})
    assert CallFile.sweep(app) == 0, "an open page has what it shows"
    aged(app, hours=25)
    assert CallFile.sweep(app) == 2 and set(app.call_files.all()) == {made[1], *made[3:], live, other}


def test_an_upload_that_nothing_names_any_more_goes_after_a_day(app: App) -> None:
    page = app.documents.get(kind="page")

    def name(file: CallFile) -> None:
        change = {"do": "update", "doc": page.address, "node": page.key, "set": {"title": file.pk}}
        journal.perform(app, app.owner, "Choose", [change])

    replaced, used = (CallFile.keep(app, "a.txt", "text/plain", b"a") for _ in range(2))
    name(replaced)
    name(used)
    assert CallFile.sweep(app) == 0
    aged(app, hours=25)
    new = CallFile.keep(app, "b.txt", "text/plain", b"b")
    assert CallFile.sweep(app) == 0, "an undo brings it back"
    app.entries.all().delete()
    assert CallFile.sweep(app) == 1 and set(app.call_files.all()) == {used, new}


async def test_where_an_answer_has_no_room_nothing_is_sent(app: App, settings: Any) -> None:
    settings.KEPT_MOST = 1000
    api, call, changes = document.new_api([])
    body = changes[0]["body"]
    body["nodes"][api]["props"]["auth"] = {"scheme": "none", "options": {}}
    async with service(ANSWER) as here:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{here.port}"]
        body["nodes"][call]["props"] |= {"path": f"http://127.0.0.1:{here.port}/", "response_type": "file"}
        await db(app.documents.create, kind="api", key=api, body=body)
        await db(CallFile.keep, app, "upload", "image/png", b"x" * 900)
        edition = Edition.being_edited(app)
        assert (await ended(await start_call(edition, api, call, {}, ANN))).state == "done"
        settings.KEPT_MOST = 903
        kept = await db(CallFile.objects.get, call=call)
        await db(Thing.objects.create, app=app, type="dt_1", values={"df_1": kept.address})
        with pytest.raises(NoRoom):
            await start_call(edition, api, call, {}, ANN)
        assert here.connections == 1
        async with asyncio.timeout(10):
            while slots.held:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert (await db(CallsUsed.objects.get, kind="app")).in_day == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("photo.png", "photo.png"),
        ("C:\\Users\\me\\photo.png", "photo.png"),
        ("../../etc/passwd", "passwd"),
        ('a "b".png', "a 'b'.png"),
        ("a\r\nb\x00.png", "ab.png"),
        (" .. ", "file"),
        ("", "file"),
        ("фото ☕.png", "фото ☕.png"),
        ("x" * 300 + ".png", "x" * 196 + ".png"),
    ],
)
def test_a_name_is_one_that_a_request_and_an_address_can_hold(typed: str, kept: str) -> None:
    assert plain_name(typed) == kept


@pytest.mark.parametrize(
    ("headers", "path", "type", "name"),
    [
        ({"content-disposition": 'attachment; filename="a b.pdf"'}, "/x", "application/pdf", "a b.pdf"),
        ({"content-disposition": "attachment; filename=a.pdf; x=y"}, "/x", "", "a.pdf"),
        ({"content-disposition": "inline; filename=\"e.png\"; filename*=UTF-8''%C3%A9.png"}, "/x", "", "é.png"),
        ({}, "/v1/images/cat.png", "image/png", "cat.png"),
        ({}, "/v1/images/cat", "image/png; charset=x", "cat.png"),
        ({}, "/", "image/svg+xml", "file.svg"),
        ({}, "/a%20b", "no type at all", "a b"),
    ],
)
def test_an_answers_file_has_a_name_with_an_ending(headers: dict[str, str], path: str, type: str, name: str) -> None:
    assert name_in(headers, path, type) == name


def test_a_content_type_is_one_or_unknown() -> None:
    assert media_type("Image/PNG; a=b") == "image/png"
    assert media_type("") == media_type("text/html\r\nX: 1") == media_type("html") == "application/octet-stream"


def form(value: object, kind: str = "multipart") -> Body:
    row = node("form_field", "photo", {"value": value, "file": True})
    call = node("call", "Send", {"body_kind": kind}, form=["ff_1"])
    return body("ai_1", {"ai_1": node("api", "Acme", {}, calls=["ca_1"]), "ca_1": call, "ff_1": row})


def test_a_call_sends_the_files_that_its_form_or_its_values_name(app: App, photo: CallFile) -> None:
    own = uploads_for(app, form({"file": photo.pk}), "ca_1", {})
    assert {key: (each.name, each.content_type, each.data) for key, each in own.items()} == {
        photo.pk: ("my photo.png", "image/png", PNG)
    }
    assert uploads_for(app, form(""), "ca_1", {"ff_1": photo.address}).keys() == {photo.pk}
    assert uploads_for(app, form(""), "ca_1", {"ff_1": "words", "pa_1": 3}) == {}
    assert uploads_for(app, form({"file": photo.pk}, "json"), "ca_1", {}) == {}


def test_a_call_never_sends_a_file_of_another_app(ada: User, photo: CallFile) -> None:
    other = starters["blank"].make(ada, "Other", "other")
    assert uploads_for(other, form({"file": photo.pk}), "ca_1", {}) == {}
