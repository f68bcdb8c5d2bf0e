"""Published pages that are only for the people of their app: by a pass from the editor, and for as long as they are in it."""

from dataclasses import replace
from functools import partial
from html import unescape
from urllib.parse import urlsplit

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.core import signing
from django.test import Client

from builder import journal
from builder.database import db
from builder.models import App, User
from builder.people.rights import NOT_YOURS
from builder.starters import starters
from builder.styling.sheet import digest
from workflows import passes, releases
from workflows.live.directory import load_page

pytestmark = pytest.mark.django_db
HOST = urlsplit(settings.APPS_ORIGIN).netloc


@pytest.fixture
def app(ada) -> App:
    """Its first page is for everybody, the second for the people of the app."""
    app = starters["blank"].make(ada, "Juniper", "juniper")
    key, props = "pg_inside1", {"title": "Inside", "who": "people", "description": "For <us>", "by_address": True}
    body = {"v": 1, "root": key, "nodes": {key: {"type": "page", "name": "inside", "props": props, "slots": {}}}}
    journal.perform(app, ada, "Add page", [{"do": "create", "doc": f"page/{key}", "body": body}])
    releases.publish(app, ada)
    return app


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": HOST})


def _with_a_pass(visitor: Client, client: Client) -> Client:
    """The visitor's browser after whoever is signed in to the editor by `client` went there for a pass."""
    got = client.get("/apps/juniper/pass/?path=inside")
    assert got["Location"].startswith(f"{settings.APPS_ORIGIN}/juniper/inside/?pass=")
    back = visitor.get(got["Location"].removeprefix(settings.APPS_ORIGIN))
    assert back["Location"] == "/juniper/inside/", "the pass does not stay in the address"
    return visitor


def test_others_are_told_kindly_and_where_to_sign_in(app, visitor):
    assert visitor.get("/juniper/").status_code == 200
    answer = visitor.get("/juniper/inside/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "This page is not public" in page and "Inside" not in page
    assert f"{settings.ORIGINS[0]}/apps/juniper/pass/?path=inside" in page


@pytest.mark.parametrize("role", ["owner", "editor", "viewer"])
def test_who_is_in_the_app_gets_in(app, visitor, ada_client, bo, bo_client, role):
    if role != "owner":
        app.collaborators.create(person=bo, role=role)
    page = _with_a_pass(visitor, ada_client if role == "owner" else bo_client).get("/juniper/inside/")
    assert page.status_code == 200
    assert '<meta name="description" content="For &lt;us&gt;">' in page.content.decode()


def test_who_is_not_gets_no_pass_and_none_can_be_made(app, visitor, ada, ada_client, cy_client):
    assert cy_client.get("/apps/juniper/pass/").status_code == 404
    other = starters["blank"].make(ada, "Clover", "clover")
    releases.publish(other, ada)
    theirs = ada_client.get("/apps/clover/pass/")["Location"].partition("?pass=")[2]
    for token in ("guessed", theirs, "é", ""):
        visitor.get("/juniper/inside/", {"pass": token})
        assert visitor.get("/juniper/inside/").status_code == 403
    handed = ada_client.get("/apps/juniper/pass/")["Location"].partition("?pass=")[2]
    visitor.cookies[passes.COOKIE + app.pk] = handed
    assert visitor.get("/juniper/inside/").status_code == 403, "one on its way is none yet"


def test_what_the_page_is_told_in_its_address_comes_back_with_the_pass(app, visitor, ada_client):
    told = visitor.get("/juniper/inside/?plant=ivy%26oak&n=1").content.decode()
    get = unescape(told.split(f'href="{settings.ORIGINS[0]}')[1].split('"')[0])
    got = ada_client.get(get)["Location"]
    assert visitor.get(got.removeprefix(settings.APPS_ORIGIN))["Location"] == "/juniper/inside/?plant=ivy%26oak&n=1"


def _signs_out(client: Client, ada: User) -> None:
    client.post("/sign-out/")


def _changes_the_password(client: Client, ada: User) -> None:
    """In another browser."""
    ada.set_password("another-good-one-1")
    ada.save()


@pytest.mark.parametrize("ends", [_signs_out, _changes_the_password])
def test_P10_a_pass_ends_with_the_session_it_came_from(app, visitor, ada, ada_client, ends):
    _with_a_pass(visitor, ada_client)
    assert visitor.get("/juniper/inside/").status_code == 200
    ends(ada_client, ada)
    assert visitor.get("/juniper/inside/").status_code == 403


def test_an_open_page_s_pass_ends_in_time(app, visitor, ada_client, monkeypatch):
    held = passes.holder(app, _cookies(_with_a_pass(visitor, ada_client)))
    assert passes.HasPass.lost({held}) == set()
    monkeypatch.setattr(passes, "time", lambda: held.until + 1)
    assert passes.HasPass.lost({held}) == {held}


def test_a_pass_shows_nothing_of_the_session(app, visitor, ada_client):
    cookie = _cookies(_with_a_pass(visitor, ada_client))[passes.COOKIE + app.pk]
    session = ada_client.cookies[settings.SESSION_COOKIE_NAME].value
    assert session.encode() not in signing.b64_decode(cookie.encode())


def test_three_hundred_people_are_looked_at_as_one(app, visitor, ada_client, bo, django_assert_max_num_queries):
    held = passes.holder(app, _cookies(_with_a_pass(visitor, ada_client)))
    claims = {held, *(replace(held, person=number) for number in range(1000, 1300))}
    with django_assert_max_num_queries(5):
        assert passes.HasPass.lost(claims) == claims - {held}
    assert passes.HasPass.lost({replace(held, app="ap_gone01")}), "an app that is gone stops no look"


def test_P27_the_style_sheet_of_such_a_page_takes_a_pass_and_of_an_old_release_its_name(app, visitor, ada, ada_client):
    release = releases.live_release(app).pk
    look = f"/juniper/look/{release}/pg_inside1/a.css"
    assert visitor.get(look).status_code == 404
    _with_a_pass(visitor, ada_client)
    assert visitor.get(look).status_code == 200
    change = {"do": "update", "doc": "page/pg_inside1", "node": "pg_inside1", "set": {"title": "New"}}
    journal.perform(app, ada, "Title", [change])
    releases.publish(app, ada)
    assert visitor.get(look).status_code == 404
    old = load_page(releases.edition_of(release), "pg_inside1").sheet
    assert visitor.get(f"/juniper/look/{release}/pg_inside1/{digest(old)}.css").status_code == 200


def test_a_pass_is_of_one_app_and_ends_with_the_role(app, visitor, ada, bo, bo_client):
    role = app.collaborators.create(person=bo, role="viewer")
    _with_a_pass(visitor, bo_client)
    other = App.objects.create(name="Other", slug="other", owner=ada)
    assert passes.holder(app, _cookies(visitor)).person == bo.pk
    assert passes.holder(other, {passes.COOKIE + other.pk: _cookies(visitor)[passes.COOKIE + app.pk]}) is None
    role.delete()
    assert visitor.get("/juniper/inside/").status_code == 403


def _cookies(client: Client) -> dict[str, str]:
    return {name: morsel.value for name, morsel in client.cookies.items()}


@pytest.mark.django_db(transaction=True)
async def test_P10_the_socket_of_such_a_page_takes_a_pass_and_closes_with_it(app, visitor, bo, bo_client):

    def enters() -> None:
        app.collaborators.create(person=bo, role="viewer")
        _with_a_pass(visitor, bo_client)

    refused = _socket(visitor)
    await refused.connect()
    assert await refused.receive_output(timeout=5) == {"type": "websocket.close", "code": NOT_YOURS}
    await db(enters)
    opened = _socket(visitor)
    assert (await opened.connect())[0]
    await db(app.collaborators.all().delete)
    assert (await opened.receive_output(timeout=5))["code"] == NOT_YOURS
    await db(partial(app.collaborators.create, person=bo, role="viewer"))
    again = _socket(visitor)
    assert (await again.connect())[0]
    await db(bo_client.logout)
    assert (await again.receive_output(timeout=5))["code"] == NOT_YOURS


def _socket(visitor: Client) -> WebsocketCommunicator:
    from streamwright.asgi import application

    cookies = "; ".join(f"{name}={value}" for name, value in _cookies(visitor).items())
    headers = {"host": HOST, "origin": settings.APPS_ORIGIN, "cookie": cookies}
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return WebsocketCommunicator(application, "/ws/app/juniper/pg_inside1/", raw)
