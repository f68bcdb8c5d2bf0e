"""Published pages that are only for the people of their app: by a pass from the editor, and for as long as they are in it."""

from urllib.parse import urlsplit

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.core import signing
from django.test import Client

from builder import journal
from builder.database import db
from builder.models import App
from builder.rights import NOT_YOURS
from builder.starters import starters
from workflows import passes, releases

pytestmark = pytest.mark.django_db
HOST = urlsplit(settings.APPS_ORIGIN).netloc


@pytest.fixture
def app(ada) -> App:
    """Its first page is for everybody, the second for the people of the app."""
    app = starters["blank"].make(ada, "Juniper", "juniper")
    key, props = "pg_inside1", {"title": "Inside", "who": "people", "description": "For <us>"}
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
    assert "This page is not for everybody" in page and "Inside" not in page
    assert f"{settings.ORIGINS[0]}/apps/juniper/pass/?path=inside" in page


@pytest.mark.parametrize("role", ["owner", "editor", "viewer"])
def test_who_is_in_the_app_gets_in(app, visitor, ada_client, bo, bo_client, role):
    if role != "owner":
        app.collaborators.create(person=bo, role=role)
    page = _with_a_pass(visitor, ada_client if role == "owner" else bo_client).get("/juniper/inside/")
    assert page.status_code == 200
    assert '<meta name="description" content="For &lt;us&gt;">' in page.content.decode()


def test_who_is_not_gets_no_pass_and_none_can_be_made(app, visitor, cy, cy_client, bo, bo_client):
    assert cy_client.get("/apps/juniper/pass/").status_code == 404
    for token in ("guessed", passes.handed(app, cy), signing.dumps([app.pk, bo.pk], salt="other"), ""):
        visitor.get(f"/juniper/inside/?pass={token}")
        assert visitor.get("/juniper/inside/").status_code == 403


def test_a_pass_is_of_one_app_and_ends_with_the_role(app, visitor, ada, bo, bo_client):
    role = app.collaborators.create(person=bo, role="viewer")
    _with_a_pass(visitor, bo_client)
    other = App.objects.create(name="Other", slug="other", owner=ada)
    assert passes.holder(app, _cookies(visitor)) == bo.pk
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


def _socket(visitor: Client) -> WebsocketCommunicator:
    from streamwright.asgi import application

    cookies = "; ".join(f"{name}={value}" for name, value in _cookies(visitor).items())
    headers = {"host": HOST, "origin": settings.APPS_ORIGIN, "cookie": cookies}
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    return WebsocketCommunicator(application, "/ws/app/juniper/pg_inside1/", raw)
