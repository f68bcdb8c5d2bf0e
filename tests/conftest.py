"""What every test stands on: people, a real server, a real browser, a database that threads share, and no network."""

import gc
import inspect
import ipaddress
import socket
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate
from hypothesis import HealthCheck, settings

# A busy machine is no failure.
settings.register_profile("streamwright", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("streamwright")
pytest_plugins = ["tests.people", "tests.server", "tests.browser"]


# What is left for the end, when one worker waits for the other: modules of so few tests.
A_FEW_TESTS = 20


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where only tests in a browser are asked for, the hundreds of modules that have none are not even imported."""
    asked = str(config.getoption("markexpr")).startswith("browser")
    if asked and collection_path.name.startswith("test_") and collection_path.suffix == ".py":
        return "mark.browser" not in collection_path.read_text() or None
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """An async test reaches the database from other threads, which see only what is really committed. The tests of a
    module share one worker, and so do those that need a server; these begin, since they wait more than they work."""
    tests = Counter(item.path for item in items)
    for item in items:
        if inspect.iscoroutinefunction(getattr(item, "function", None)) and "db" in fixtures_of(item):
            item.add_marker(pytest.mark.django_db(transaction=True))
        group = "server" if "prepared_home" in fixtures_of(item) else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: ("prepared_home" not in fixtures_of(item), tests[item.path] <= A_FEW_TESTS))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays to the end: nothing is looked for in it, neither now nor later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def fixtures_of(item: pytest.Item) -> Sequence[str]:
    return getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """What a test has really committed is deleted after it. Django would then make the rows of its permissions anew,
    which takes 25 times as long, and nothing here asks for one."""
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)


class NetworkIsForbidden(AssertionError):
    """A test tried to leave this machine."""


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Only loopback can be connected to, and only `localhost` can be looked up."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse_beyond_loopback(self, address)
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_beyond_loopback(self, address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in (None, "", "localhost") and not is_address(name):
            raise NetworkIsForbidden(f"A test looked up {name}.")
        return getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


def refuse_beyond_loopback(sock: socket.socket, address: Any) -> None:
    if sock.family == socket.AF_UNIX or address[0] == "localhost":
        return
    if not is_address(address[0]) or not ipaddress.ip_address(address[0]).is_loopback:
        raise NetworkIsForbidden(f"A test connected to {address[0]}.")


def is_address(name: str) -> bool:
    """Whether this is an IP address and not a name (a zone such as `%eth0` is left out of account)."""
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True
