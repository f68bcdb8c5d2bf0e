"""The log: readable or JSON, each line with its request's id, and never a secret, a query, a header or an address."""

import io
import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory

from streamwright import logs
from streamwright.logs import Clean, JsonLines, Lines, scrub
from streamwright.middleware import RequestMiddleware
from tests.streamwright.test_asgi import SECONDS, ApplicationCommunicator, asgi

SECRET = "hunter2-and-more"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """All that is logged, as JSON."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    handler.addFilter(Clean())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://api.example.org/v1/chat?key={SECRET}",
        f"GET /link/?token={SECRET}&next=/",
        f"https://ada:{SECRET}@example.org/",
        f"Authorization: Bearer {SECRET}",
        f"bearer {SECRET}",
        f"Basic {SECRET}==",
        f"{{'x-api-key': '{SECRET}', 'accept': '*/*'}}",
        f'{{"api_key": "{SECRET}"}}',
        f"password={SECRET}",
        f"Cookie: theme=dark; streamwright_session={SECRET}",
        f"the key sk-{SECRET} was refused",
    ],
)
def test_what_looks_like_a_secret_is_not_written_down(text: str) -> None:
    assert SECRET not in scrub(text)


@pytest.mark.parametrize(
    "text",
    [
        "The run ru_ab12cd of wf_send01 broke",
        "Why? Because.",
        "A call of Weather broke",
        "el_k3x9q2 shows 3 = 3",
        "skeletons_of_many_things",
    ],
)
def test_plain_words_stay(text: str) -> None:
    assert scrub(text) == text


def test_this_servers_own_keys_are_never_written_down() -> None:
    for key in (settings.SECRET_KEY, *settings.VAULT_KEYS):
        assert key not in scrub(f"It said {key}.")


def test_a_long_line_is_written_down_in_no_time() -> None:
    started = time.monotonic()
    scrub("a-" * 200_000 + "?a" * 200_000)
    assert time.monotonic() - started < 5


def record(message: str = "It %s", *args: Any, **facts: Any) -> logging.LogRecord:
    made = logging.getLogger("connector.calls").makeRecord("connector.calls", 40, "f", 1, message, args, None)
    made.__dict__ |= facts
    return made


def test_a_line_for_people_says_when_who_which_request_and_what() -> None:
    logs.request_id.set("ab12cd")
    line = Lines().format(record("It %s", "broke"))
    assert line[10:13] == "T" + line[11:13]
    assert line.endswith(" ERROR connector.calls [ab12cd] It broke")


def test_a_line_for_machines_is_one_object_with_the_trace_scrubbed() -> None:
    try:
        raise ValueError(f"Bearer {SECRET}\nand more")
    except ValueError as error:
        broke = record("It broke")
        broke.exc_info = (ValueError, error, error.__traceback__)
    text = JsonLines().format(broke)
    assert SECRET not in text and "\n" not in text
    line = json.loads(text)
    assert (line["level"], line["logger"], line["message"]) == ("ERROR", "connector.calls", "It broke")
    assert "ValueError" in line["trace"]


@pytest.mark.django_db(transaction=True)
async def test_an_answer_carries_the_id_and_the_log_the_route_alone(lines: io.StringIO) -> None:
    headers = [(b"host", b"127.0.0.1"), (b"cookie", f"a={SECRET}".encode())]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "headers": headers}
    scope |= {"path": f"/link/{SECRET}/", "query_string": f"q={SECRET}".encode()}
    request = ApplicationCommunicator(asgi.application, scope)
    await request.send_input({"type": "http.request", "body": b"", "more_body": False})
    answered = dict((await request.receive_output(SECONDS))["headers"])
    await request.wait(SECONDS)
    assert SECRET not in lines.getvalue()
    said = [json.loads(line) for line in lines.getvalue().splitlines()]
    one = next(line for line in said if line["logger"] == "streamwright.requests")
    assert one["request"] == answered[b"X-Request-ID"].decode()
    assert (one["method"], one["route"], one["status"]) == ("GET", "/link/<str:token>/", 404)


@pytest.mark.parametrize("logger", ["django.security.DisallowedHost", "django.security.csrf", "django.request"])
def test_what_django_says_of_a_request_is_not_repeated(lines: io.StringIO, logger: str) -> None:
    request = RequestFactory().get(f"/link/{SECRET}/", HTTP_HOST=SECRET)
    facts = {"request": request, "status_code": 403}
    error = ValueError(f"Invalid header: {SECRET}") if logger.startswith("django.security") else None
    logging.getLogger(logger).warning("Refused: %s", SECRET, exc_info=error, extra=facts)
    assert lines.getvalue() and SECRET not in lines.getvalue()


def test_a_request_outside_the_server_has_no_id() -> None:
    logs.request_id.set("")
    from django.http import HttpResponse

    response = RequestMiddleware(lambda request: HttpResponse())(RequestFactory().get("/"))
    assert "X-Request-ID" not in response
