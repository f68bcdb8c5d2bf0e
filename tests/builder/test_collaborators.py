"""Several people in one app: who may what, how they come in, and that they are out at once."""

import asyncio
import re

import pytest

from builder.access import OnlyItsOwner, OnlyLooks, app_for, apps_of
from builder.database import db
from builder.errors import NotFound
from builder.models import App, Collaborator
from builder.people import invitations, rights
from builder.starters import starters
from tests.people import signed_in, socket

pytestmark = pytest.mark.django_db
# What each may, by the table of rights; nobody of them sees more than a stranger of another app.
MAY = {"owner": "see edit own", "editor": "see edit", "viewer": "see", "": ""}


@pytest.fixture
def app(ada) -> App:
    return starters["demo"].make(ada, "Juniper", "juniper")


def _in(app: App, who, role: str) -> None:
    if role:
        app.collaborators.create(person=who, role=role)


def _post(client, app, what, **said):
    return client.post(f"/apps/{app.slug}/settings/collaborators/{what}/", said, headers={"hx-request": "true"})


@pytest.mark.parametrize("role", ["editor", "viewer", ""])
@pytest.mark.parametrize("right", ["see", "edit", "own"])
def test_a_role_may_what_its_row_of_the_table_says(app, bo, role, right):
    _in(app, bo, role)
    expected = right in MAY[role].split()
    assert rights.may(right, app, bo) is expected
    if expected:
        assert app_for(bo, "juniper", right) == app
    else:
        with pytest.raises(NotFound if not role else OnlyItsOwner if right == "own" else OnlyLooks) as refused:
            app_for(bo, "juniper", right)
        assert str(refused.value).endswith(".")


def test_the_owner_may_all(app, ada):
    assert all(rights.may(right, app, ada) for right in MAY["owner"].split())


def test_an_app_that_is_shared_is_in_the_list_with_whose_it_is_and_without_the_way_to_delete_it(app, bo, bo_client):
    _in(app, bo, "editor")
    assert list(apps_of(bo)) == [app]
    page = bo_client.get("/").content.decode()
    assert "Juniper" in page and "of Ada" in page
    assert "/apps/juniper/delete/" not in page
    assert bo_client.get("/apps/juniper/delete/").status_code == 403


def test_a_viewer_is_told_in_words_what_they_cannot(app, bo, bo_client):
    _in(app, bo, "viewer")
    said = {"do": "insert", "type": "button", "at": "pg_chat01"}
    answer = bo_client.post("/apps/juniper/design/pg_chat01/gestures/", said, content_type="application/json")
    assert answer.status_code == 403
    error = answer.json()["error"]
    assert error["sentence"] == "You can look at Juniper, not change it."
    assert "Ada" in error["todo"]
    assert "You can look" in bo_client.get("/apps/juniper/design/").content.decode()
    assert bo_client.get("/preview/juniper/pg_chat01/").status_code == 200


def test_by_the_link_they_come_in_once(app, ada_client, bo, bo_client, cy_client):
    shown = _post(ada_client, app, "invite", email="Bo@example.org", role="editor").content.decode()
    link = re.search(r"/join/[\w-]+/", shown)[0]
    assert "an editor" in shown
    assert cy_client.get(link).status_code == cy_client.post(link).status_code == 403, "it is for Bo alone"
    assert signed_in(bo).get("/apps/juniper/design/").status_code == 404, "an invitation alone opens nothing"
    assert "Join as Bo" in bo_client.get(link).content.decode()
    assert bo_client.post(link)["Location"] == "/apps/juniper/design/"
    assert app.collaborators.get().role == "editor"
    assert bo_client.post(link).status_code == 404


def test_who_is_not_signed_in_comes_back_to_the_invitation(app, client, bo):
    link = f"/join/{invitations.invite(app, bo.email, 'viewer')}/"
    assert f"/sign-in/?next={link}" in client.get(link).content.decode()
    assert client.post(link)["Location"].startswith("/sign-in/?next=/join/")
    assert client.get("/join/guessed/").status_code == 404


def test_whom_an_invitation_is_not_for_signs_out_there_and_is_led_back_to_it(app, bo, cy, cy_client):
    link = f"/join/{invitations.invite(app, bo.email, 'viewer')}/"
    page = cy_client.get(link).content.decode()
    assert f"This invitation is for {bo.email}." in page
    assert f"You are signed in as {cy.email}." in page
    out = re.search(r'action="(/sign-out/[^"]+)"', page)[1]
    assert cy_client.post(out)["Location"] == link
    assert "Sign in first" in cy_client.get(link).content.decode()
    elsewhere = signed_in(cy).post("/sign-out/?next=https://evil.example/")
    assert elsewhere["Location"] == "/sign-in/"


def test_an_account_that_is_made_for_an_invitation_goes_on_to_it(app, client, bo, settings, monkeypatch):
    monkeypatch.setattr("builder.views.accounts.sign_up_is_open", lambda: True)
    form = {"name": "Dee", "email": "dee@example.org", "password": "a long enough password"}
    assert client.post("/sign-up/?next=/join/xx/", form)["Location"] == "/join/xx/"
    client.logout()
    elsewhere = client.post("/sign-up/?next=https://evil.example/", form | {"email": "di@example.org"})
    assert elsewhere["Location"] == settings.LOGIN_REDIRECT_URL


def test_what_cannot_be_invited_is_said_under_the_field(app, ada, ada_client, bo):
    _in(app, bo, "viewer")
    for email, sentence in [(ada.email, "owns the app"), (bo.email, "in this app already"), ("nobody", "e-mail")]:
        assert sentence in _post(ada_client, app, "invite", email=email, role="editor").content.decode()
    assert not app.invitations.exists()


def test_an_invitation_can_be_taken_back(app, ada_client, bo_client, bo):
    link = f"/join/{invitations.invite(app, bo.email, 'viewer')}/"
    _post(ada_client, app, "take_back", invitation=app.invitations.get().pk)
    assert bo_client.post(link).status_code == 404


def test_the_newer_of_two_invitations_works(app, bo):
    first, second = (invitations.invite(app, bo.email, role) for role in ("viewer", "editor"))
    with pytest.raises(invitations.JoinLinkIsDead):
        invitations.accept(first, bo)
    invitations.accept(second, bo)
    assert app.collaborators.get().role == "editor"


def test_only_the_owner_changes_who_is_in_it(app, ada, ada_client, bo, bo_client, cy):
    _in(app, bo, "editor")
    _in(app, cy, "viewer")
    for what in ("make_editor", "make_viewer", "remove"):
        assert _post(bo_client, app, what, person=cy.pk).status_code == 403
    assert _post(bo_client, app, "invite", email="di@example.org", role="editor").status_code == 403
    _post(ada_client, app, "make_editor", person=cy.pk)
    assert app.collaborators.get(person=cy).role == Collaborator.EDITOR
    _post(ada_client, app, "remove", person=cy.pk)
    assert not app.collaborators.filter(person=cy).exists()
    assert _post(bo_client, app, "leave")["HX-Redirect"] == "/"
    assert list(apps_of(bo)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("becomes", ["removed", "viewer"])
async def test_P10_who_loses_a_right_is_cut_off_from_what_is_open_by_it(app, bo, bo_client, becomes):
    await db(_in, app, bo, "editor")
    looks, calls = "/ws/editor/juniper/", "/ws/initialize/juniper/ai_pract1/ca_ask001/"
    opened = {path: socket(bo_client, path) for path in (looks, calls)}
    for each in opened.values():
        assert (await each.connect())[0]
    if becomes == "removed":
        await db(app.collaborators.all().delete)
        assert await _code(opened[looks]) == rights.NOT_YOURS
    else:
        await db(lambda: app.collaborators.update(role="viewer"))
    assert await _code(opened[calls]) == rights.NOT_YOURS


async def _code(opened) -> int:
    """With which code a socket is closed; the promise is a second."""
    async with asyncio.timeout(5):
        while (message := await opened.receive_output(timeout=5))["type"] != "websocket.close":
            pass
    return message["code"]
