"""Every address of an app is behind the app's door: for anybody else it does not exist (P27), for nobody it is the sign-in page.

The addresses are read from Django's own table, so a new one is swept without being listed here.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from builder.models import App
from builder.starters import starters

# Words of an address, and what stands for them: ids of Ada's demo app, which Cy has guessed.
WORDS = {
    "slug": "juniper",
    "page": "pg_chat01",
    "node": "el_reply1",
    "workflow": "wf_send01",
    "step": "sp_ask001",
    "api": "ai_pract1",
    "call": "ca_ask001",
    "type": "dt_messag",
    "data_type": "dt_messag",
    "key": "pg_chat01",
    "section": "general",
    "what": "name",
}


def addresses(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every route below an app, as it is written in a `urls.py`."""
    for each in patterns or get_resolver().url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, route)
        elif isinstance(each, URLPattern) and "<slug:slug>" in route:
            yield route


def filled(route: str) -> str:
    for word in route.split("<")[1:]:
        kind_and_name = word.partition(">")[0]
        name = kind_and_name.rpartition(":")[2]
        value = WORDS.get(name, "1" if kind_and_name.startswith("int") else "xx_gues1")
        route = route.replace(f"<{kind_and_name}>", value)
    return f"/{route}"


ROUTES = sorted(set(addresses()))


@pytest.fixture
def app(ada) -> App:
    return starters["demo"].make(ada, "Juniper", "juniper")


def _state(app: App) -> Any:
    return list(app.documents.values_list("key", "revision")), app.entries.count(), app.things.count()


def test_there_is_something_to_sweep():
    assert len(ROUTES) > 10


@pytest.mark.django_db
def test_P27_for_somebody_else_none_of_it_exists(app, cy_client):
    before = _state(app)
    for ask in (cy_client.get, cy_client.post):
        for route in ROUTES:
            assert ask(filled(route)).status_code in (404, 405), route
            assert _state(app) == before, route


@pytest.mark.django_db
def test_a_viewer_sees_and_changes_nothing(app, bo, bo_client):
    app.collaborators.create(person=bo, role="viewer")
    before = _state(app)
    for route in ROUTES:
        if "settings/<slug:section>/<slug:what>" in route:
            continue
        assert bo_client.get(filled(route)).status_code < 500, route
        answer = bo_client.post(filled(route), headers={"accept": "application/json"})
        assert answer.status_code in (403, 404, 405), route
        assert answer.status_code != 403 or answer.json()["error"]["code"] in ("only_looks", "only_its_owner"), route
        assert _state(app) == before, route


@pytest.mark.django_db
def test_nobody_is_sent_to_sign_in(app):
    for route in ROUTES:
        for ask in (Client().get, Client().post):
            answer = ask(filled(route))
            refused = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
            assert refused or answer.status_code == 405, route


@pytest.mark.django_db
def test_its_owner_never_sees_a_traceback(app, ada_client):
    """Some of the addresses change or delete the app: what one has done is taken back before the next."""
    for route in ROUTES:
        with transaction.atomic():
            for ask in (ada_client.get, ada_client.post):
                assert ask(filled(route)).status_code < 500, route
            transaction.set_rollback(True)
