"""The list of apps: making one, finding it, deleting it, and its shell."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from builder.models import App, User
from builder.starters import starters
from builder.tabs import tab_bar
from tests.people import signed_in

HTMX = {"HX-Request": "true"}


@pytest.fixture
def juniper(ada: User) -> App:
    return starters["blank"].make(ada, "Juniper", "juniper")


def new(client: Client, htmx: bool = True, **changes: str) -> Any:
    data = {"name": "Night gardener", "slug": "night-gardener", "starter": "blank", **changes}
    return client.post("/apps/new/", data, headers=HTMX if htmx else {})


# Making one


def test_it_works(ada_client: Client, ada: User) -> None:
    answer = new(ada_client)
    assert answer["HX-Redirect"] == "/apps/night-gardener/design/"
    app = App.objects.get()
    assert (app.owner, app.name, app.starter) == (ada, "Night gardener", "blank")
    assert app.documents.filter(kind="page").count() == 1


def test_it_works_without_scripts(ada_client: Client) -> None:
    assert "New app" in ada_client.get("/apps/new/").content.decode()
    assert new(ada_client, htmx=False).url == "/apps/night-gardener/design/"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "Fill this in."),
        ({"slug": ""}, "Fill this in."),
        ({"slug": "juniper"}, "This address is taken."),
        ({"slug": "JUNIPER"}, "This address is taken."),
        ({"slug": "Zürich an der See"}, "Only letters without accents, digits and hyphens."),
        ({"slug": "new"}, "This address is kept for Streamwright itself."),
        ({"starter": "nonsense"}, "Choose what to start from."),
    ],
)
def test_what_is_wrong_is_said_in_the_dialog(
    ada_client: Client, juniper: App, changes: dict[str, str], sentence: str
) -> None:
    answer = new(ada_client, **changes)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert App.objects.count() == 1


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("night-gardener", "This address is free."),
        ("juniper", "This address is taken."),
        ("", "Where the app is found."),
    ],
)
def test_whether_an_address_is_free_is_said_while_typing(
    ada_client: Client, juniper: App, slug: str, sentence: str
) -> None:
    assert sentence in ada_client.get("/apps/new/address/", {"slug": slug}).content.decode()


@pytest.mark.parametrize(
    ("taken", "free"),
    [(["juniper"], "juniper-2"), (["juniper", "juniper-2"], "juniper-3"), (["x" * 50], "x" * 46 + "-2")],
)
def test_an_address_that_is_free_is_offered_for_one_that_is_taken(
    ada: User, ada_client: Client, taken: list[str], free: str
) -> None:
    for slug in taken:
        App.objects.create(owner=ada, name="Taken", slug=slug)
    said = ada_client.get("/apps/new/address/", {"slug": taken[0]}).content.decode()
    assert f'data-free="{free}"' in said and f"Use {free}" in said
    assert "data-free" not in ada_client.get("/apps/new/address/", {"slug": free}).content.decode()


def test_every_starter_can_be_chosen(ada_client: Client) -> None:
    dialog = ada_client.get("/apps/new/", headers=HTMX).content.decode()
    for starter in starters.values():
        assert f'value="{starter.name}"' in dialog
        assert starter.label in dialog


# The list


def test_the_list_is_empty_in_words(ada_client: Client) -> None:
    assert "No app yet" in ada_client.get("/").content.decode()


def test_the_list_shows_name_pages_and_when_it_was_edited(ada_client: Client, juniper: App) -> None:
    App.objects.update(edited=timezone.now() - timedelta(minutes=4, seconds=30))
    page = ada_client.get("/").content.decode()
    assert "Juniper" in page
    assert "1 page, " in page
    assert "4 minutes ago" in page


@pytest.mark.parametrize(
    ("sort", "order"), [("edited", "Beta Alpha"), ("name", "Alpha Beta"), ("'; drop", "Beta Alpha")]
)
def test_the_list_can_be_sorted(ada_client: Client, ada: User, sort: str, order: str) -> None:
    starters["blank"].make(ada, "Alpha", "alpha")
    starters["blank"].make(ada, "Beta", "beta")
    page = ada_client.get("/", {"sort": sort}).content.decode()
    assert re.findall(r'data-find="(\w+) ', page) == order.split()


def test_a_name_is_text_and_never_markup(ada_client: Client, ada: User) -> None:
    """P31."""
    starters["blank"].make(ada, "<b onclick=alert(1)>", "bold")
    for path in ("/", "/apps/bold/logs/", "/apps/bold/delete/"):
        assert "<b onclick" not in ada_client.get(path).content.decode()


# Deleting one


def test_deleting_takes_its_name(ada_client: Client, juniper: App) -> None:
    answer = ada_client.post("/apps/juniper/delete/", {"name": "juniper"}, headers=HTMX)
    assert "This is not its name. Type Juniper." in answer.content.decode()
    assert App.objects.exists()
    answer = ada_client.post("/apps/juniper/delete/", {"name": "Juniper"}, headers=HTMX)
    assert answer["HX-Redirect"] == "/"
    assert not App.objects.exists()
    assert "Juniper is deleted." in ada_client.get("/").content.decode()


# Doors


@pytest.mark.parametrize("path", ["delete", "design", "styles", "settings", "logs"])
def test_what_is_somebody_elses_is_not_there(cy_client: Client, juniper: App, path: str) -> None:
    """P27."""
    there = cy_client.get(f"/apps/juniper/{path}/")
    nowhere = cy_client.get(f"/apps/nowhere/{path}/")
    assert there.status_code == nowhere.status_code == 404
    assert "Juniper" not in there.content.decode()


def test_somebody_else_cannot_delete_an_app(cy_client: Client, juniper: App) -> None:
    """P27."""
    assert cy_client.post("/apps/juniper/delete/", {"name": "Juniper"}).status_code == 404
    assert App.objects.exists()


@pytest.mark.parametrize("path", ["/", "/apps/new/", "/apps/juniper/logs/", "/apps/juniper/delete/"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client, juniper: App, path: str) -> None:
    assert client.get(path).url == f"/sign-in/?next={path}"


# The shell


def test_the_top_bar_has_every_tab_in_order_and_marks_where_one_is(ada_client: Client, juniper: App) -> None:
    page = ada_client.get("/apps/juniper/logs/").content.decode()
    bar = re.search(r'<nav class="nav" aria-label="Editor">(.*?)</nav>', page, re.S)[1]  # type: ignore[index]
    assert re.findall(r">([^<]+)</a>", bar) == [tab.label for tab in tab_bar()]
    assert re.findall(r'aria-current="page">([^<]+)', bar) == ["Logs"]


@pytest.mark.parametrize("name", ["logs"])
def test_a_tab_that_is_not_built_says_in_one_line_what_it_will_do(ada_client: Client, juniper: App, name: str) -> None:
    page = ada_client.get(f"/apps/juniper/{name}/").content.decode()
    assert re.search(r"<span>Will \w+ [^<]+\.</span>", page)


def test_the_shell_stays_at_the_page_somebody_chose_last(ada: User, juniper: App) -> None:
    client = signed_in(ada)
    second = juniper.documents.create(kind="page", key="pg_second", body=_page("pg_second", "Second"))
    client.get(f"/apps/juniper/design/{second.key}/")
    assert 'aria-label="Page: Second"' in client.get("/apps/juniper/logs/").content.decode()


def _page(key: str, name: str) -> dict[str, Any]:
    node = {"type": "page", "name": name, "props": {}, "slots": {"children": [], "states": []}}
    return {"v": 1, "root": key, "nodes": {key: node}}


@pytest.mark.parametrize(
    ("theme", "shown"), [("dark", "dark"), ("light", "light"), ('"><script>', "auto"), (None, "auto")]
)
def test_the_theme_is_in_the_first_byte_of_the_page(ada_client: Client, theme: str | None, shown: str) -> None:
    if theme:
        ada_client.cookies["theme"] = theme
    assert f'<html lang="en" data-theme="{shown}"' in ada_client.get("/").content.decode()
