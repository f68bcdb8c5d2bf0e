"""P22: on one's own machine its owner may allow a local model by a click; nobody else, nowhere else, nothing else."""

from pathlib import Path
from typing import Any

import pytest

from builder.models import User
from connector.asking.address import read
from connector.errors import NotAllowed
from connector.sending.allowed import NotToAllow, allow, allowed, is_allowed, may_allow, places, revoke
from connector.sending.guard import Guard

PLACE = "127.0.0.1:11434"


@pytest.fixture(autouse=True)
def own(settings: Any, tmp_path: Path) -> None:
    settings.OWN_MACHINE, settings.HOME, settings.PORT = True, tmp_path, 8000
    settings.ALLOWED_HOSTS, settings.OUTGOING_ALLOW = ["127.0.0.1", "localhost"], ["127.0.0.1:8000"]


def test_what_was_allowed_is_listed_reached_and_taken_back() -> None:
    with pytest.raises(NotAllowed):
        Guard(allowed()).check(read(f"http://{PLACE}/api/chat"))
    allow(PLACE)
    assert (places(), allowed(), is_allowed(PLACE)) == ((PLACE,), ("127.0.0.1:8000", PLACE), True)
    Guard(allowed()).check(read(f"http://{PLACE}/api/chat"))
    revoke(PLACE)
    assert places() == () and not is_allowed(PLACE)
    with pytest.raises(NotAllowed):
        Guard(allowed()).check(read(f"http://{PLACE}/api/chat"))


@pytest.mark.parametrize(
    "place",
    ["169.254.169.254:80", "[fe80::1]:80", "8.8.8.8:53", "example.com:80", "metadata:80", "127.0.0.1:8000", "localhost:8000", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:x", "", ":80", "0.0.0.0:80", "2130706433:80"],
)  # fmt: skip
def test_what_no_click_can_allow(place: str) -> None:
    with pytest.raises(NotToAllow):
        allow(place)
    assert places() == ()


@pytest.mark.parametrize(
    "place", [PLACE, "localhost:8080", "192.168.1.20:11434", "[::1]:8080", "10.1.2.3:8000".replace("8000", "8001")]
)
def test_places_on_this_machine_and_its_network(place: str) -> None:
    allow(place)
    assert places() == (place,)


def test_only_the_owner_is_asked(ada: User, bo: User) -> None:
    ada.is_server_owner = True
    assert may_allow(ada) and not may_allow(bo)


@pytest.mark.parametrize(
    ("own_machine", "hosts"), [(False, ["127.0.0.1"]), (True, ["build.example.org"]), (True, ["*"])]
)
def test_a_server_for_others_knows_of_no_click(settings: Any, ada: User, own_machine: bool, hosts: list[str]) -> None:
    ada.is_server_owner = True
    allow(PLACE)
    settings.OWN_MACHINE, settings.ALLOWED_HOSTS = own_machine, hosts
    assert not may_allow(ada)
    assert allowed() == ("127.0.0.1:8000",)


@pytest.mark.parametrize("content", ["", "{", '{"a": 1}', "[1, null]", '["169.254.169.254:80"]'])
def test_a_broken_list_allows_nothing(settings: Any, content: str) -> None:
    (settings.HOME / "allowed.json").write_text(content)
    assert places() == ()
