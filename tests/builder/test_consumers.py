"""The editor's socket: every tab hears that the app was changed, by which tab, and nobody else hears anything."""

import json

import pytest
from django.db import OperationalError

from builder import consumers, journal, news
from builder.database import db
from builder.models import App
from builder.people import presence
from builder.people.rights import rights
from builder.starters import starters
from tests.people import socket

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/ws/editor/juniper/"


@pytest.fixture
def app(ada) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


def rename(app: App, tab: str = "") -> None:
    page = app.documents.get(kind="page")
    before = news.tab.set(tab)
    journal.perform(
        app, app.owner, "Rename", [{"do": "update", "doc": page.address, "node": page.key, "name": "start"}]
    )
    news.tab.reset(before)


async def heard(tab) -> dict:
    return json.loads(await tab.receive_from(timeout=5))


async def test_a_tab_hears_of_every_change_undo_and_redo_and_who_made_it(ada_client, app):
    tab = socket(ada_client, PATH)
    assert (await tab.connect())[0]
    first = await heard(tab)
    marks = {first["mark"]}
    for work in (rename, journal.undo, journal.redo):
        await db(work, *((app, "tab-1") if work is rename else (app, app.owner)))
        said = await heard(tab)
        assert said["tab"] == ("tab-1" if work is rename else "")
        marks.add(said["mark"])
    assert len(marks) == 4
    await tab.disconnect()
    assert app.pk not in news._listeners


async def test_who_comes_back_sees_by_the_mark_that_something_was_missed(ada_client, app):
    tab = socket(ada_client, PATH)
    await tab.connect()
    before = await heard(tab)
    await tab.disconnect()
    await db(rename, app)
    again = socket(ada_client, PATH)
    await again.connect()
    assert (await heard(again))["mark"] != before["mark"]
    await again.disconnect()


async def test_P27_somebody_else_hears_nothing(cy_client, app):
    tab = socket(cy_client, PATH)
    await tab.connect()
    assert (await tab.receive_output(timeout=5)) == {"type": "websocket.close", "code": 4004}


@pytest.mark.parametrize(("header", "kept"), [({"HTTP_X_TAB": "tab-1"}, "tab-1"), ({}, "")])
def test_a_change_is_told_with_the_tab_its_request_came_from(ada_client, app, monkeypatch, header, kept):
    said = []
    monkeypatch.setattr(journal, "tell", lambda app, news: said.append((app, news.tab, news.who, news.label)))
    page = app.documents.get(kind="page")
    change = {"do": "update", "doc": page.address, "node": page.key, "name": "start"}
    gesture = {"label": "Rename", "changes": [change]}
    ada_client.post("/apps/juniper/changes/", json.dumps(gesture), content_type="application/json", **header)
    assert said == [(app.pk, kept, "Ada", "Rename")]
    assert ada_client.get("/apps/juniper/history/").json() == {"undo": "Rename", "redo": ""}


async def test_everybody_sees_who_else_is_here_and_where(ada_client, bo, bo_client, app):
    await db(lambda: app.collaborators.create(person=bo, role="viewer"))
    mine, his = socket(ada_client, f"{PATH}?tab=design&page=pg_chat01"), socket(bo_client, f"{PATH}?tab=data")
    for each in (mine, his):
        await each.connect()
        assert "mark" in await heard(each)
    assert await heard(his) == {"here": [_present("Ada", "A", "design", "pg_chat01", app.owner)]}
    assert await heard(mine) == {"here": [_present("Bo", "B", "data", "", bo)]}
    await his.disconnect()
    assert await heard(mine) == {"here": []}
    await mine.disconnect()
    assert app.pk not in presence._here


def _present(name, initials, tab, page, who):
    return {"person": who.pk, "name": name, "initials": initials, "tab": tab, "page": page, "nodes": []}


async def test_everybody_sees_what_others_have_selected(ada_client, bo, bo_client, app):
    """What was chosen in quick succession is shown once, and nothing that is not a short list of keys."""
    await db(lambda: app.collaborators.create(person=bo, role="viewer"))
    mine, his = socket(ada_client, f"{PATH}?tab=design&page=pg_chat01"), socket(bo_client, f"{PATH}?tab=data")
    for each in (mine, his):
        await each.connect()
        await heard(each)
    assert (await heard(his))["here"][0]["nodes"] == []
    for said in (
        "{",
        "[1]",
        {"nodes": [1]},
        {"nodes": ["el_a"] * 99},
        {"nodes": ["el_a"]},
        {"nodes": ["el_b", "el_c"]},
    ):
        await mine.send_to(said if isinstance(said, str) else json.dumps(said))
    assert (await heard(his))["here"][0]["nodes"] == ["el_b", "el_c"]
    await mine.send_to('{"nodes": []}')
    assert (await heard(his))["here"][0]["nodes"] == []
    for each in (mine, his):
        await each.disconnect()


async def test_a_tab_whose_socket_fails_before_it_is_open_leaves_no_listener(ada_client, app, monkeypatch):
    async def away(*given: object, **named: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(consumers, "db", away)
    tab = socket(ada_client, PATH)
    await tab.connect()
    with pytest.raises(OperationalError):
        await tab.wait(5)
    assert app.pk not in news._listeners


async def cut_after(tab) -> dict:
    """Why its person may not do any more what they could."""
    while "cut" not in (said := await heard(tab)):
        pass
    return said["cut"]


async def test_P10_who_is_made_a_viewer_and_then_taken_out_is_told_so_at_once(bo, bo_client, app):
    role = await db(lambda: app.collaborators.create(person=bo, role="editor"))
    tab = socket(bo_client, PATH)
    await tab.connect()
    assert "mark" in await heard(tab)
    await db(lambda: app.collaborators.update(role="viewer"))
    said = await cut_after(tab)
    assert said["sentence"] == "You can look at Juniper, not change it." and "to make you an editor" in said["todo"]
    await db(role.delete)
    assert (await cut_after(tab))["sentence"] == "You are no longer in Juniper, or it was deleted."
    assert await tab.receive_output(timeout=5) == {"type": "websocket.close", "code": 4004}


async def test_who_is_made_an_editor_again_is_told_so_as_often_as_it_happens(bo, bo_client, app):
    """Also one whose socket was not there when it happened."""
    await db(lambda: app.collaborators.create(person=bo, role="editor"))
    tab = socket(bo_client, PATH)
    await tab.connect()
    for _ in range(2):
        await db(lambda: app.collaborators.update(role="viewer"))
        assert (await cut_after(tab))["code"] == "only_looks"
        await db(lambda: app.collaborators.update(role="editor"))
        assert await heard(tab) == {"edits": True}
    await tab.disconnect()
    tab = socket(bo_client, f"{PATH}?looks=1")
    await tab.connect()
    assert "mark" in await heard(tab)
    while "edits" not in (said := await heard(tab)):
        assert "here" in said
    await db(lambda: app.collaborators.update(role="viewer"))
    assert (await cut_after(tab))["code"] == "only_looks"
    await tab.disconnect()
    assert not [claim for claim, _ in rights._claims.values() if app.pk in repr(claim)]


async def test_who_is_taken_out_at_once_hears_nothing_of_looking(bo, bo_client, app):
    role = await db(lambda: app.collaborators.create(person=bo, role="editor"))
    tab = socket(bo_client, PATH)
    await tab.connect()
    assert "mark" in await heard(tab)
    await db(role.delete)
    assert (await cut_after(tab))["code"] == "no_longer"
    assert await tab.receive_output(timeout=5) == {"type": "websocket.close", "code": 4004}


async def test_who_signs_out_elsewhere_is_told_so(ada_client, app):
    tab = socket(ada_client, PATH)
    await tab.connect()
    assert "mark" in await heard(tab)
    await db(ada_client.logout)
    assert (await cut_after(tab))["sentence"] == "You are signed out."


async def test_a_viewer_who_comes_is_told_what_the_page_says_already(bo, bo_client, app):
    """In the same words, so that nothing is said twice; what they say is for who was an editor when the page came."""
    await db(lambda: app.collaborators.create(person=bo, role="viewer"))
    page = await db(bo_client.get, "/apps/juniper/design/")
    tab = socket(bo_client, PATH)
    await tab.connect()
    said = await cut_after(tab)
    shown = " ".join(page.content.decode().split())
    assert f'data-only-looks="{said["sentence"]} {said["todo"]}"' in shown
    await tab.disconnect()
