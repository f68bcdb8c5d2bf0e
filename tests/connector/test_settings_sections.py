"""What the connector's sections of Settings show and do (P22, S39)."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from builder.chosen import choose
from builder.edition import LIVE, Edition
from builder.models import App, User
from builder.people.visitor import Visitor
from builder.starters import starters
from connector.sending.allowed import allow, places
from connector.spending import counting

pytestmark = pytest.mark.django_db
PLACE = "127.0.0.1:11434"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def app(ada: User) -> App:
    ada.is_server_owner = True
    ada.save()
    return starters["blank"].make(ada, "Juniper", "juniper")


@pytest.fixture
def own_machine(settings: Any, tmp_path: Path) -> None:
    settings.OWN_MACHINE, settings.HOME, settings.PORT = True, tmp_path, 8000
    settings.ALLOWED_HOSTS, settings.OUTGOING_ALLOW = ["127.0.0.1", "localhost", "testserver"], ["10.0.0.9:8080"]


def shown(client: Client, section: str) -> str:
    return client.get(f"/apps/juniper/settings/{section}/").content.decode()


def test_P22_what_was_allowed_by_a_click_is_listed_and_taken_back(app, ada_client, own_machine, settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    ada_client.defaults["HTTP_HOST"] = "127.0.0.1"
    allow(PLACE)
    page = shown(ada_client, "outgoing")
    assert f"Allow {PLACE} no longer" in page and "10.0.0.9:8080" in page and "Allow 10.0.0.9" not in page
    answer = ada_client.post("/apps/juniper/settings/outgoing/revoke/", {"place": PLACE}, headers=HTMX)
    assert f"Calls may not reach {PLACE} any more." in answer.content.decode() and places() == ()


def test_P22_on_a_server_for_others_there_is_no_click(app, ada_client, own_machine, settings) -> None:
    allow(PLACE)
    settings.OWN_MACHINE = False
    page = shown(ada_client, "outgoing")
    assert PLACE not in page and "That works only where Streamwright runs on your own machine." in page
    answer = ada_client.post("/apps/juniper/settings/outgoing/revoke/", {"place": PLACE}, headers=HTMX)
    assert answer.status_code == 404 and places() == (PLACE,)


def test_what_was_used_today_stands_below_the_numbers(app, ada_client) -> None:
    choose(counting.SECTION, {"live_app_day": 2_000}, app)
    for _ in range(3):
        counting.take(Edition(app, LIVE), Visitor("vs:ann"))
    page = shown(ada_client, "budgets")
    assert "3 of 2,000" in page and "3 of 300" in page and "3 of 100" in page and "0 of 10,000" in page


def test_the_servers_numbers_are_an_apps_defaults_and_its_most_is_the_most(app, ada_client) -> None:
    everybodys = "/apps/juniper/settings/all_budgets"
    ada_client.post(f"{everybodys}/live_app_day/", {"live_app_day": "4,000"}, headers=HTMX)
    ada_client.post(f"{everybodys}/most_app_minute/", {"most_app_minute": "50"}, headers=HTMX)
    page = shown(ada_client, "budgets")
    assert 'placeholder="4,000"' in page and 'placeholder="50"' in page
    wanted = {"live_app_minute": "51"}
    answer = ada_client.post("/apps/juniper/settings/budgets/live_app_minute/", wanted, headers=HTMX).content.decode()
    assert "This server allows 50 at most." in answer
    caps, _ = counting.caps_of(app, LIVE)
    assert (caps.most["app", "minute"], caps.most["app", "day"]) == (50, 4_000)
