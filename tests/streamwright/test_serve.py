"""`manage.py serve`: a start that says what is wrong, and an end that is quick and clean."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.server import CommandFailed, StreamwrightServer


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_although_an_answer_is_streaming(own_server: StreamwrightServer, sign: signal.Signals) -> None:
    with httpx.stream("GET", f"{own_server.url}/practice/ticker", timeout=30) as answer:
        next(answer.iter_raw())
        assert own_server.end(sign) == 0
    assert "Traceback" not in own_server.log


def test_it_ends_although_a_connection_is_kept_alive(own_server: StreamwrightServer) -> None:
    with httpx.Client() as client:
        client.get(f"{own_server.url}/sign-in/", timeout=30)
        assert own_server.end() == 0
    assert "Traceback" not in own_server.log


@pytest.mark.slow
def test_it_ends_within_two_seconds(own_server: StreamwrightServer) -> None:
    with httpx.stream("GET", f"{own_server.url}/practice/ticker", timeout=30) as answer:
        next(answer.iter_raw())
        asked = time.monotonic()
        own_server.end()
        assert time.monotonic() - asked < 2


def test_a_taken_port_is_said_in_a_sentence(server: StreamwrightServer) -> None:
    with pytest.raises(CommandFailed, match=f"Port {server.port} is taken by another program.* PORT="):
        server.manage("serve")


def test_an_old_database_is_said_in_a_sentence(prepared_home: Path, tmp_path: Path) -> None:
    server = StreamwrightServer(tmp_path / "home")
    with pytest.raises(CommandFailed, match=r"The database is not up to date.* Run ./run setup first"):
        server.manage("serve")


def test_it_says_where_it_is(server: StreamwrightServer) -> None:
    assert f"Streamwright is ready: {server.url}/" in wait_for(server, "ready")
    assert "/link/" not in server.log


def test_it_prints_a_link_only_when_asked(new_home: Callable[[], Path]) -> None:
    with StreamwrightServer(new_home(), arguments=("--link",)) as greeting:
        assert f"{greeting.url}/link/" in wait_for(greeting, "/link/")


def test_its_headers_do_not_name_the_server(server: StreamwrightServer) -> None:
    assert "server" not in httpx.get(f"{server.url}/sign-in/").headers


def wait_for(server: StreamwrightServer, words: str) -> str:
    give_up = time.monotonic() + 5
    while words not in server.log and time.monotonic() < give_up:
        time.sleep(0.05)
    return server.log
