"""What machines ask: whether it lives, whether it is ready, and its numbers, which are not everybody's."""

from typing import Any

import httpx
import pytest
from django.db import OperationalError

from streamwright import probes
from streamwright.traffic import Traffic
from tests.server import StreamwrightServer

HERE = {"host": "127.0.0.1:8000"}


async def ask(
    path: str, client: str = "127.0.0.1", method: str = "GET", **headers: str
) -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of a probe's answer; a header's underscores are hyphens."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in (HERE | headers).items()]
    await probes.answer({"method": method, "path": path, "headers": pairs, "client": (client, 1)}, send)
    start, body = sent
    named = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], body["body"].decode(), named


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_a_server_answers_without_a_cookie_and_by_any_name(server: StreamwrightServer, path: str) -> None:
    host = {} if path == "/metrics" else {"Host": "10.1.2.3:8000"}
    answer = httpx.get(server.url + path, headers=host, timeout=30)
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_a_proxied_asker_does_not_see_the_metrics(server: StreamwrightServer) -> None:
    answer = httpx.get(f"{server.url}/metrics", headers={"X-Forwarded-For": "203.0.113.9"}, timeout=30)
    assert answer.status_code == 404


async def test_only_reading_is_answered() -> None:
    status, _, headers = await ask("/healthz", method="POST")
    assert (status, headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.django_db(transaction=True)
async def test_it_is_ready_when_the_database_has_every_migration() -> None:
    assert (await ask("/readyz"))[:2] == (200, "ready\n")


@pytest.mark.django_db(transaction=True)
async def test_it_is_not_ready_before_a_migration_is_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    newer = frozenset({*probes.migrations_of_the_code(), ("builder", "9999_newer")})
    monkeypatch.setattr(probes, "migrations_of_the_code", lambda: newer)
    assert (await ask("/readyz"))[:2] == (503, "migrations\n")


async def test_it_is_not_ready_without_its_database_and_says_no_more_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(work: Any) -> str:
        raise OperationalError("unable to open /var/secret/place.sqlite3")

    monkeypatch.setattr(probes, "db", gone)
    assert (await ask("/readyz"))[:2] == (503, "database\n")


@pytest.mark.django_db(transaction=True)
async def test_P21_it_is_not_ready_while_nothing_can_be_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes.directory, "is_failing", True)
    assert (await ask("/readyz"))[:2] == (503, "saving\n")


async def test_P17_it_lives_and_is_not_ready_while_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    stopping = Traffic()
    await stopping.stop()
    monkeypatch.setattr(probes, "traffic", stopping)
    assert (await ask("/readyz"))[:2] == (503, "stopping\n")
    assert (await ask("/healthz"))[0] == 200


@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {"host": "[::1]:8000"}, 200),
        ("127.0.0.1", {"host": "localhost"}, 200),
        ("192.168.1.7", {}, 404),
        ("203.0.113.9", {}, 404),
        ("", {}, 404),
        ("127.0.0.1", {"x_forwarded_for": "203.0.113.9"}, 404),
        ("127.0.0.1", {"forwarded": "for=203.0.113.9"}, 404),
        ("127.0.0.1", {"via": "1.1 proxy"}, 404),
        # A web page whose own name leads to this machine, and a proxy that passes the host on.
        ("127.0.0.1", {"host": "evil.example:8000"}, 404),
        ("127.0.0.1", {"host": "127.0.0.1.evil.example"}, 404),
        ("192.168.1.7", {"authorization": "Bearer "}, 404),
    ],
)
async def test_without_a_token_only_this_machine_sees_the_metrics(
    client: str, headers: dict[str, str], status: int
) -> None:
    assert (await ask("/metrics", client, **headers))[0] == status


@pytest.mark.parametrize("name", ["HTTPS", "SECURE_PROXY_SSL_HEADER"])
async def test_behind_a_proxy_nobody_is_taken_for_this_machine(settings: Any, name: str) -> None:
    setattr(settings, name, ("HTTP_X_FORWARDED_PROTO", "https"))
    assert (await ask("/metrics"))[0] == 404


@pytest.mark.parametrize(
    ("client", "said", "status"),
    [
        ("203.0.113.9", "Bearer a-long-token", 200),
        ("203.0.113.9", "Bearer another", 401),
        ("203.0.113.9", "", 401),
        ("127.0.0.1", "", 401),
    ],
)
async def test_with_a_token_it_is_asked_of_everybody(settings: Any, client: str, said: str, status: int) -> None:
    settings.METRICS_TOKEN = "a-long-token"
    answer = await ask("/metrics", client, authorization=said)
    assert answer[0] == status
    assert "a-long-token" not in answer[1]
