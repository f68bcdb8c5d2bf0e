"""Published apps have an origin of their own: anybody may open them, and nothing of the editor is there (S41, P27, P28)."""

import asyncio
import json

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from builder import journal
from builder.chosen import choose
from builder.database import db
from builder.edition import DEVELOPMENT, LIVE
from builder.people.rights import NOT_YOURS
from builder.people.visitor import COOKIE, Visitor
from builder.starters import starters
from connector.models import CallFile
from data.models import Thing
from tests.people import socket as editors_socket
from workflows.live.directory import directory, load_page
from workflows.live.memory import bounded, held
from workflows.live.protocol import OTHER_VERSION, TAKEN_OVER
from workflows.live.visit import key_of
from workflows.models import StoredVisit
from workflows.releases import live_edition, publish, roll_back, unpublish

HOST = "localhost:8000"
PAGE = "/ws/app/juniper/pg_chat01/"


@pytest.fixture
def app(ada):
    return starters["demo"].make(ada, "Juniper", "juniper")


@pytest.fixture
def release(app, ada):
    return publish(app, ada)


@pytest.fixture
def stranger():
    return Client(headers={"host": HOST})


def policy(answer):
    return {part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split("; ")}


# Pages


def test_S41_anybody_may_open_a_published_page_and_is_known_again(stranger, release):
    page = stranger.get("/juniper/")
    assert page.status_code == 200 and b'data-socket="/ws/app/juniper/pg_chat01/"' in page.content
    cookie = page.cookies[COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and len(cookie.value) >= 20
    assert set(page.cookies) == {COOKIE}
    assert stranger.get("/juniper/").cookies[COOKIE].value == cookie.value
    stranger.cookies[COOKIE] = "<short>"
    assert len(stranger.get("/juniper/").cookies[COOKIE].value) >= 20


def test_nothing_of_the_editor_is_in_a_published_page(stranger, release):
    page = stranger.get("/juniper/").content.decode()
    for word in ("debugger", "csrf", "preview", "/apps/", "htmx", "127.0.0.1"):
        assert word not in page
    assert f'data-mark="{release.pk}"' in page


def test_P28_a_published_page_stands_in_no_frame_and_loads_from_the_hosts_of_its_app(stranger, app, release):
    choose("media", {"hosts": ["images.example.org"]}, app)
    page = stranger.get("/juniper/")
    assert page["X-Frame-Options"] == "DENY" and policy(page)["frame-ancestors"] == ["'none'"]
    assert "https://images.example.org" in policy(page)["img-src"]
    assert policy(page)["media-src"] == ["'self'", "https://images.example.org"]
    nothing = stranger.get("/nowhere/")
    assert nothing["X-Frame-Options"] == "DENY" and policy(nothing)["frame-ancestors"] == ["'none'"]


def test_pages_have_the_addresses_their_author_gave_them(stranger, app, ada):
    change = {"do": "update", "doc": "page/pg_ticker", "node": "pg_ticker", "set": {"path": "prices"}}
    journal.perform(app, ada, "Address", [change])
    publish(app, ada)
    assert b"pg_ticker" in stranger.get("/juniper/prices/").content
    assert stranger.get("/juniper/prices").status_code == 301
    first = app.documents.get(key="pg_chat01").name
    assert stranger.get(f"/juniper/{first}/").headers["Location"] == "/juniper/"


@pytest.mark.parametrize("address", ["/", "/juniper/", "/juniper/nothing/", "/other/", "/files/fl_guess/a.png"])
def test_P27_what_is_not_published_is_not_there_in_kind_words(stranger, app, address):
    answer = stranger.get(address)
    said = answer.content.decode()
    assert answer.status_code == 404 and "There is nothing here" in said
    assert "/apps/" not in said and "All apps" not in said and "csrf" not in said


@pytest.mark.parametrize(
    "address",
    [
        "/sign-in/",
        "/apps/new/",
        "/apps/juniper/design/",
        "/preview/juniper/pg_chat01/",
        "/apps/juniper/publish/",
        "/practice/",
    ],
)
def test_the_editor_is_not_on_the_origin_of_apps_and_apps_are_not_on_the_editors(ada_client, release, address):
    ada_client.defaults["HTTP_HOST"] = HOST
    assert ada_client.get(address).status_code == 404
    ada_client.defaults["HTTP_HOST"] = "127.0.0.1:8000"
    assert ada_client.get("/juniper/").status_code == 404


def test_P27_the_editors_session_is_not_read_there(release, ada_client):
    ada_client.defaults["HTTP_HOST"] = HOST
    request = ada_client.get("/juniper/").wsgi_request
    assert settings.SESSION_COOKIE_NAME in ada_client.cookies
    assert request.COOKIES == {} and not request.user.is_authenticated and request.session.session_key is None


def test_only_reading_is_understood(stranger, release):
    assert stranger.post("/juniper/").status_code in (403, 405)


def test_on_ones_own_machine_the_root_leads_to_the_editor(stranger, settings):
    settings.OWN_MACHINE = True
    assert stranger.get("/").headers["Location"] == "http://127.0.0.1:8000"


# Files


def file(app, environment, **more):
    return CallFile.keep(app, "leaf.png", "image/png", b"\x89PNG", "ai_pract1", "ca_ask001", environment, **more)


def test_S41_a_file_of_the_live_app_is_given_to_who_knows_its_address(stranger, app, release):
    live = file(app, LIVE)
    assert live.address == f"/files/{live.pk}/leaf.png" and len(live.pk) >= 24
    answer = stranger.get(live.address)
    assert (answer.status_code, answer.content) == (200, b"\x89PNG")
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    page = CallFile.keep(app, "a.html", "text/html", b"<script>", "ai_pract1", "ca_ask001", LIVE)
    assert stranger.get(page.address)["Content-Disposition"].startswith("attachment")


def test_a_picture_that_a_thing_has_stays_when_its_app_moves_to_another_address(stranger, app, release):
    live = file(app, LIVE)
    stored = live.address
    app.slug = "clover"
    app.save()
    assert stranger.get(stored).content == b"\x89PNG"


def test_P27_files_of_development_and_of_apps_that_are_not_published_are_not_there(stranger, app, release, ada_client):
    ours, live = file(app, DEVELOPMENT), file(app, LIVE)
    assert stranger.get(live.address).status_code == 200
    assert stranger.get(ours.address).status_code == 404
    assert stranger.get(f"/files/{live.pk[:-1]}/leaf.png").status_code == 404
    assert stranger.get(f"/juniper/files/{live.pk}/leaf.png").status_code == 404
    unpublish(app)
    assert stranger.get(live.address).status_code == 404
    assert ada_client.get(ours.address).status_code == 200


# Sockets


def socket(path=PAGE, origin="http://localhost:8000", host=HOST, cookies=""):
    from streamwright.asgi import application

    headers = [(b"origin", origin.encode()), (b"host", host.encode()), (b"cookie", cookies.encode())]
    return WebsocketCommunicator(application, path, headers)


class Page:
    """A stranger's open page."""

    def __init__(self, word="w" * 24, **where):
        self.socket = socket(cookies=f"{COOKIE}={word}", **where)

    async def hello(self, visit=None, have=0, mark=""):
        assert (await self.socket.connect(30))[0]
        await self.socket.send_json_to({"t": "hello", "visit": visit, "have": have, "v": 1, "of": mark})
        return self

    async def heard(self):
        said = await self.socket.receive_output(30)
        return said["code"] if said["type"] == "websocket.close" else json.loads(said["text"])

    async def visit(self):
        return (await self.heard())["hello"]

    async def cut(self):
        await self.socket.disconnect()


@pytest.fixture
async def left():
    """Every visit of the test is over at its end."""
    yield
    for guest in list(directory.guests.values()):
        await directory.leave(guest)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://127.0.0.1:8000", HOST),
        ("http://localhost:8000", "127.0.0.1:8000"),
        ("http://localhost:8001", HOST),
        ("https://localhost:8000", HOST),
        ("http://evil.example", HOST),
        ("null", HOST),
    ],
)
async def test_P28_a_socket_opens_only_on_the_apps_origin_and_from_it(release, origin, host):
    assert (await socket(origin=origin, host=host).connect(30))[0] is False


@pytest.mark.parametrize(
    "path",
    ["/ws/live/juniper/pg_chat01/", "/ws/debug/juniper/vi_x/", "/ws/data/juniper/dt_messag/", "/ws/editor/juniper/"],
)
async def test_the_editors_sockets_are_not_on_the_apps_origin_even_for_its_owner(release, ada_client, path):
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in ada_client.cookies.items())
    assert (await socket(path, cookies=cookies).connect(30))[0] is False


@pytest.mark.parametrize("path", ["/ws/app/other/pg_chat01/", "/ws/app/juniper/pg_guess1/"])
async def test_P27_guessed_ids_are_not_there(release, left, path):
    page = Page(path=path)
    await page.socket.connect(30)
    await page.socket.send_json_to({"t": "hello", "visit": None, "have": 0, "v": 1})
    said = [await page.heard()]
    if said[0] != NOT_YOURS:
        said.append(await page.heard())
    assert said[-1] == NOT_YOURS


async def test_a_stranger_has_a_visit_that_is_theirs_alone_and_live(release, left, ada_client):
    page = await Page().hello(mark=release.pk)
    hello = await page.visit()
    guest = directory.guests[hello["visit"]]
    assert hello["new"] and guest.edition.is_live and guest.edition.release == release.pk
    assert guest.visit.visitor == Visitor.stranger("w" * 24)
    await page.cut()
    assert (await (await Page().hello(hello["visit"], 1)).visit())["new"] is False
    other = await (await Page("x" * 24).hello(hello["visit"], 1)).visit()
    assert other["new"] is True and other["visit"] != hello["visit"]
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in ada_client.cookies.items())
    editor = Page()
    editor.socket = socket(cookies=cookies)
    as_editor = await (await editor.hello(hello["visit"], 1)).visit()
    assert as_editor["new"] is True
    assert directory.guests[as_editor["visit"]].visit.visitor.key.startswith("vs:"), (
        "an editor's cookie says nothing here"
    )


async def test_P4_a_hello_that_was_kept_waiting_takes_no_page_from_one_that_came_later(release, left, monkeypatch):
    first = await Page().hello(mark=release.pk)
    visit = (await first.visit())["visit"]
    came, go_on, enter = asyncio.Event(), asyncio.Event(), directory.enter

    async def enter_late(*given):
        monkeypatch.setattr(directory, "enter", enter)
        found = await enter(*given)
        came.set()
        await go_on.wait()
        return found

    monkeypatch.setattr(directory, "enter", enter_late)
    late = await Page().hello(visit, 1)
    await asyncio.wait_for(came.wait(), 10)
    newer = await Page().hello(visit, 1)
    await newer.visit()
    go_on.set()
    assert (await late.socket.receive_output(10))["code"] == TAKEN_OVER
    directory.guests[visit].visit.tell({"notice": "Still yours."})
    while (heard := await newer.heard()) != {"notice": "Still yours."}:
        assert "n" in heard, "it has not been closed"


async def test_P27_the_debugger_does_not_see_a_strangers_visit(release, left, ada_client):
    hello = await (await Page().hello()).visit()
    debugger = editors_socket(ada_client, f"/ws/debug/juniper/{hello['visit']}/")
    await debugger.connect(30)
    assert (await debugger.receive_output(30))["code"] == NOT_YOURS


async def test_S41_a_visit_stays_with_its_release_and_a_reload_gets_the_new_one(app, ada, release, left):
    page = await Page().hello(mark=release.pk)
    hello = await page.visit()
    change = {"do": "update", "doc": "page/pg_chat01", "node": "pg_chat01", "set": {"title": "New"}}
    await db(journal.perform, app, ada, "Title", [change])
    second = await db(publish, app, ada)
    await page.cut()
    back = await (await Page().hello(hello["visit"], 1, release.pk)).visit()
    assert back["new"] is False and directory.guests[back["visit"]].edition.release == release.pk
    reloaded = await (await Page().hello(hello["visit"], 0, second.pk)).visit()
    assert reloaded["new"] and directory.guests[reloaded["visit"]].edition.release == second.pk
    await db(roll_back, app, release.pk)
    again = await (await Page().hello(reloaded["visit"], 0, release.pk)).visit()
    assert again["new"] and directory.guests[again["visit"]].edition.release == release.pk


async def test_S41_whoever_has_a_page_open_that_the_new_release_lacks_comes_back_to_it(app, ada, left):
    key = "pg_extra1"
    body = {
        "v": 1,
        "root": key,
        "nodes": {key: {"type": "page", "name": "extra", "props": {"by_address": True}, "slots": {}}},
    }
    await db(journal.perform, app, ada, "Add page", [{"do": "create", "doc": f"page/{key}", "body": body}])
    first = await db(publish, app, ada)
    path = f"/ws/app/juniper/{key}/"
    page = await Page(path=path).hello(mark=first.pk)
    visit = (await page.visit())["visit"]
    await db(journal.perform, app, ada, "Remove page", [{"do": "delete", "doc": f"page/{key}"}])
    await db(publish, app, ada)
    await page.cut()
    back = await (await Page(path=path).hello(visit, 1, first.pk)).visit()
    assert (back["visit"], back["new"]) == (visit, False)
    guest = directory.guests[visit]
    await directory.leave(guest)
    directory.parting.pop(visit, None)
    who, holds = guest.visit.visitor.key, bounded(held(guest.visit, [], str))
    row = StoredVisit(app=app, environment=LIVE, key=key_of(visit), page=key, visitor=who, mark=first.pk, holds=holds)
    await db(row.save)
    back = await (await Page(path=path).hello(visit, 1, first.pk)).visit()
    assert (back["visit"], back["new"]) == (visit, False), "also after a restart"
    assert await (await Page("x" * 24, path=path).hello()).heard() == NOT_YOURS, "nobody else finds it"


async def test_S33_who_blocks_cookies_has_their_visit_back_and_nobody_elses(app, release, left):
    page = await Page("", path=PAGE).hello(mark=release.pk)
    visit = (await page.visit())["visit"]
    await page.cut()
    back = await (await Page("").hello(visit, 1)).visit()
    assert (back["visit"], back["new"]) == (visit, False)
    other, known = [
        await (await Page(word).hello(given, 1)).visit() for word, given in (("", "vi_guessed"), ("w" * 24, visit))
    ]
    assert other["new"] and known["new"], "who has a cookie is whom it says"
    again = await (await Page("").hello(other["visit"], 1)).visit()
    assert (again["visit"], again["new"]) == (other["visit"], False), "also one that began with an id nobody knows"
    guest = directory.guests[visit]
    await directory.leave(guest)
    directory.parting.pop(visit, None)
    who, holds = guest.visit.visitor.key, bounded(held(guest.visit, [], str))
    row = StoredVisit(app=app, environment=LIVE, key=key_of(visit), page="pg_chat01", visitor=who, mark=release.pk)
    row.holds = holds
    await db(row.save)
    back = await (await Page("").hello(visit, 1)).visit()
    assert (back["visit"], back["new"]) == (visit, False), "also after a restart"


async def test_P18_a_page_of_a_release_that_is_gone_is_told_to_reload(app, ada, release, left):
    old = await Page().hello("vi_gone", 5, "rl_earlier1")
    assert await old.heard() == OTHER_VERSION


async def test_P28_taken_from_the_net_every_socket_is_closed_in_five_seconds(app, release, left, monkeypatch):
    page = await Page().hello()
    await page.visit()
    await db(unpublish, app)
    async with asyncio.timeout(25):
        while (said := await page.heard()) != NOT_YOURS:
            assert isinstance(said, dict)


async def test_S41_what_a_stranger_saves_is_in_the_live_data_and_nowhere_else(app, release, left):
    page = await Page().hello()
    visit = (await page.visit())["visit"]
    happening = {"t": "event", "id": "one", "el": "el_send01", "on": "clicked", "values": {"el_quest1": "Why?"}}
    await page.socket.send_json_to(happening)
    runs = directory.guests[visit].runs
    async with asyncio.timeout(30):
        while not await db(Thing.objects.filter(app=app, environment=LIVE).count):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    for run in list(runs.running):
        run.stop()
    assert not await db(Thing.objects.filter(app=app, environment=DEVELOPMENT).exists)


def test_a_page_of_a_release_is_made_once_for_all_its_visitors(stranger, app, ada, release):
    first = load_page(live_edition("juniper"), "pg_chat01")
    assert load_page(live_edition("juniper"), "pg_chat01") is first and first.html is first.html
    change = {"do": "update", "doc": "page/pg_chat01", "node": "pg_chat01", "set": {"title": "New"}}
    journal.perform(app, ada, "Title", [change])
    publish(app, ada)
    assert load_page(live_edition("juniper"), "pg_chat01") is not first
    assert b"<title>New</title>" in stranger.get("/juniper/").content
