"""One shape of error: JSON for scripts, a message for htmx, a page for people, and nothing of what happened (P32)."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from builder.access import SignInFirst
from builder.errors import Invalid, Refused

SECRET = "sk-a-secret-that-was-in-an-exception"


class Full(Refused):
    code = "full"
    sentence = "{name} is full."
    why = "It holds {count} things."
    todo = "Delete one."


RAISED: dict[str, Exception] = {
    "refused": Full(name="<b>Juniper</b>", count=3),
    "invalid": Invalid(),
    "missing": Http404(),
    "forbidden": PermissionDenied(),
    "sign-in": SignInFirst(),
    "unexpected": RuntimeError(SECRET),
    "away": OperationalError(SECRET),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise RAISED[how]


urlpatterns = [path("fail/<str:how>/", fail)]
handler400 = "builder.views.errors.bad_request"
handler403 = "builder.views.errors.forbidden"
handler404 = "builder.views.errors.not_found"
handler500 = "builder.views.errors.server_error"


@pytest.fixture(autouse=True)
def only_failures(db: Any) -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_a_script_gets_the_error_as_json(client: Client) -> None:
    answer = client.get("/fail/refused/", headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json() == RAISED["refused"].as_json()  # type: ignore[attr-defined]


def test_who_sends_json_gets_json(client: Client) -> None:
    answer = client.post("/fail/refused/", json.dumps({}), content_type="application/json")
    assert answer.json()["error"]["sentence"] == "<b>Juniper</b> is full."


def test_htmx_gets_a_message_that_knows_its_place(client: Client) -> None:
    answer = client.post("/fail/refused/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#toasts", "beforeend")
    text = answer.content.decode()
    assert "<sw-toast" in text and "<html" not in text
    assert "It holds 3 things." in text and "Delete one." in text


def test_a_person_gets_a_page_with_what_why_and_what_to_do(client: Client) -> None:
    answer = client.get("/fail/refused/")
    assert answer.status_code == 409
    for said in ("&lt;b&gt;Juniper&lt;/b&gt; is full.", "It holds 3 things.", "Delete one."):
        assert said in answer.content.decode()


@pytest.mark.parametrize(("how", "status"), [("invalid", 422), ("missing", 404), ("forbidden", 403)])
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_every_error_keeps_its_status_in_every_shape(client: Client, how: str, status: int, accept: str) -> None:
    answer = client.get(f"/fail/{how}/", headers={"Accept": accept})
    assert answer.status_code == status
    assert answer["Content-Type"].startswith(accept)


def test_an_address_that_does_not_exist_is_said_in_the_same_shape(client: Client) -> None:
    assert client.get("/nowhere/", headers={"Accept": "application/json"}).json()["error"]["code"] == "not_found"
    assert "does not exist" in client.get("/nowhere/").content.decode()


@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}, {"HX-Request": "true"}], ids=str)
def test_what_nobody_expected_says_an_id_and_nothing_else(
    client: Client, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    """P32: the sentence and the id go out; the exception stays in the log, found by that id."""
    with caplog.at_level(logging.ERROR, "builder.middleware"):
        answer = client.get("/fail/unexpected/", {"token": "in-the-query"}, headers=headers)
    assert answer.status_code == 500
    text = answer.content.decode()
    record = next(record for record in caplog.records if record.name == "builder.middleware")
    assert record.getMessage().split()[0] in text
    assert record.exc_info
    assert "in-the-query" not in caplog.text
    for hidden in (SECRET, "RuntimeError", "Traceback", "in-the-query"):
        assert hidden not in text


@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}, {"HX-Request": "true"}], ids=str)
def test_P21_a_database_that_does_not_answer_is_a_503_in_words(
    client: Client, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    with caplog.at_level(logging.ERROR, "builder.middleware"):
        answer = client.get("/fail/away/", headers=headers)
    assert answer.status_code == 503
    assert "Try again in a moment." in answer.content.decode() and SECRET not in answer.content.decode()
    record = next(record for record in caplog.records if record.name == "builder.middleware")
    assert SECRET in record.getMessage() and not record.exc_info, "one line, however many ask"


def test_whoever_is_not_signed_in_is_led_to_sign_in_by_every_road(client: Client) -> None:
    assert client.get("/fail/sign-in/").url == "/sign-in/?next=/fail/sign-in/"
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/apps/juniper/"}
    assert client.get("/fail/sign-in/", headers=htmx)["HX-Redirect"] == "/sign-in/?next=/apps/juniper/"
    answer = client.get("/fail/sign-in/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "sign_in_first")


def test_a_form_from_an_old_page_says_so() -> None:
    answer = Client(enforce_csrf_checks=True).post("/fail/refused/")
    assert answer.status_code == 403
    assert "This page is older than your sign-in." in answer.content.decode()


def test_with_debug_on_an_unexpected_exception_shows_itself(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    client.raise_request_exception = False
    assert SECRET in client.get("/fail/unexpected/").content.decode()
