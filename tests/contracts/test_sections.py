"""Every section of Settings keeps the contract of its registry: a new file in an app's `sections` is tested by being there."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client

from builder.models import App, User
from builder.sections import Section, sections
from builder.starters import starters

ICONS = set(re.findall(r'id="i-([a-z-]+)"', (Path(settings.BASE_DIR) / "static/icons.svg").read_text()))
HTMX = {"HX-Request": "true"}


@pytest.fixture(params=sections)
def section(request: pytest.FixtureRequest) -> Section:
    return sections[request.param]


@pytest.fixture
def app(ada: User) -> App:
    ada.is_server_owner = True
    ada.save()
    return starters["blank"].make(ada, "Juniper", "juniper")


def at(section: Section | str, what: str = "") -> str:
    return f"/apps/juniper/settings/{getattr(section, 'name', section)}/{what + '/' if what else ''}"


def test_it_is_named_drawn_and_documented(section: Section) -> None:
    assert section.label and section.label[0].isupper() and section.icon in ICONS
    assert sys.modules[type(section).__module__].__doc__ and get_template(section.template)
    assert not section.hint or section.hint.endswith(".")
    assert all(callable(getattr(section, what)) for what in section.does)


def test_no_two_stand_at_the_same_place() -> None:
    places = [(section.of_server, section.order) for section in sections.values()]
    assert len(places) == len(set(places))


def test_a_field_and_a_button_never_have_one_name(section: Section) -> None:
    assert not set(section.does) & set(section.Options.base_fields if section.Options else ())


@pytest.mark.django_db
def test_it_is_shown(app: App, ada_client: Client, section: Section) -> None:
    page = ada_client.get(at(section)).content.decode()
    assert f"<title>{section.label}, Juniper" in page and f'id="to-{section.name}"' in page
    part = ada_client.get(at(section), headers=HTMX)
    assert 'id="working" hx-swap-oob="morph"' in part.content.decode() and part["HX-Push-Url"] == at(section)


@pytest.mark.django_db
def test_what_describes_a_control_is_there(app: App, ada_client: Client, section: Section) -> None:
    page = ada_client.get(at(section)).content.decode()
    for describing in re.findall(r'aria-describedby="([^"]*)"', page):
        assert all(f'id="{each}"' in page for each in describing.split()), describing


@pytest.mark.django_db
def test_P27_for_a_stranger_it_does_not_exist(app: App, cy_client: Client, section: Section) -> None:
    assert cy_client.get(at(section)).status_code == 404
    for what in [*section.does, *(section.Options.base_fields if section.Options else ())]:
        assert cy_client.post(at(section, what), {what: "7"}).status_code == 404


@pytest.mark.django_db
def test_P27_what_is_the_servers_is_only_there_for_who_runs_it(
    app: App, bo: User, bo_client: Client, section: Section
) -> None:
    App.objects.update(owner=bo)
    seen = 404 if section.of_server else 200
    assert bo_client.get(at(section)).status_code == seen
    if section.of_server:
        assert f'id="to-{section.name}"' not in bo_client.get(at("general")).content.decode()
        for what in [*section.does, *(section.Options.base_fields if section.Options else ())]:
            assert bo_client.post(at(section, what), {what: "7"}).status_code == 404


@pytest.mark.django_db
def test_a_field_that_is_not_there_is_not_stored(app: App, ada_client: Client, section: Section) -> None:
    for what in ("nothing", "form", "store", "context", "__class__"):
        assert ada_client.post(at(section, what), {what: "7"}, headers=HTMX).status_code == 404


@pytest.mark.django_db
def test_nonsense_stays_where_it_was_typed_and_is_not_stored(app: App, ada_client: Client, section: Section) -> None:
    nonsense = "\x00<b>" + "x" * 500
    before = section.held(app)
    for what, field in (section.Options.base_fields if section.Options else {}).items():
        if type(field).__name__ == "BooleanField":
            continue
        answer = ada_client.post(at(section, what), {what: nonsense}, headers=HTMX).content.decode()
        assert 'aria-invalid="true"' in answer and "hint-error" in answer and "<b>x" not in answer, what
    assert section.held(app) == before


@pytest.mark.django_db
def test_what_was_stored_is_there_again_and_empty_is_the_default(
    app: App, ada_client: Client, section: Section
) -> None:
    for what, field in (section.Options.base_fields if section.Options else {}).items():
        kind = type(field).__name__
        typed: Any = {"CountField": "7", "BooleanField": "on", "EmailField": "ada@example.org"}.get(kind, "Words")
        assert "aria-invalid" not in ada_client.post(at(section, what), {what: typed}, headers=HTMX).content.decode()
        assert section.held(App.objects.get())[what] == {"CountField": 7, "BooleanField": True}.get(kind, typed)
        if not field.required and kind != "BooleanField":
            ada_client.post(at(section, what), {what: " "}, headers=HTMX)
            assert what not in section.held(app)
