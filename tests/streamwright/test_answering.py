"""Requests as Django answers them behind ASGI: in one thread each, whose connection the next one has, too."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.testing import ApplicationCommunicator
from django.db import connection
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse
from django.urls import path

from streamwright.answering import Answering

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 30
HEADERS = [(b"host", b"127.0.0.1")]
seen: list[str] = []


class Noting:
    """A middleware that notes which thread it is in, before and after."""

    def __init__(self, respond):
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen.append(threading.current_thread().name)
        try:
            return self.respond(request)
        finally:
            seen.append(threading.current_thread().name)


def view(request: HttpRequest) -> HttpResponse:
    seen.append(threading.current_thread().name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("answered")


def slow(request: HttpRequest) -> HttpResponse:
    """Reads what it was sent once it may."""
    begun.set()
    assert goes_on.wait(SECONDS)
    seen.append(request.body.decode())
    return HttpResponse("answered")


urlpatterns = [path("view/", view), path("slow/", slow)]
begun, goes_on = threading.Event(), threading.Event()


@pytest.fixture
def answering(settings) -> Answering:
    seen.clear()
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [f"{__name__}.Noting", "django.middleware.common.CommonMiddleware", f"{__name__}.Noting"]
    return Answering()


async def get(answering: Answering, path: str = "/view/") -> tuple[int, bytes]:
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": HEADERS}
    asking = ApplicationCommunicator(answering, scope)
    await asking.send_input({"type": "http.request", "body": b""})
    start = await asking.receive_output(SECONDS)
    body = await asking.receive_output(SECONDS)
    await asking.wait(SECONDS)
    return start["status"], body["body"]


async def test_a_request_stays_in_one_thread(answering: Answering) -> None:
    assert await get(answering) == (200, b"answered")
    assert len(seen) == 5 and len(set(seen)) == 1
    assert seen[0].startswith("request")
    assert (await get(answering, "/nothing/"))[0] == 404


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Other databases have only so many connections.")
async def test_one_request_after_the_other_has_the_same_connection(answering: Answering) -> None:
    opened: list[object] = []

    def note(**_: object) -> None:
        opened.append(threading.current_thread().name)

    connection_created.connect(note)
    try:
        for _ in range(4):
            assert await get(answering) == (200, b"answered")
    finally:
        connection_created.disconnect(note)
    assert len(opened) <= len({name for name in seen if name.startswith("request")}) == 1


@pytest.mark.parametrize("others", [0, 1], ids=["under way", "in the queue"])
async def test_what_has_arrived_is_done_although_its_browser_is_gone(answering: Answering, others: int) -> None:
    begun.clear()
    goes_on.clear()
    answering._threads = ThreadPoolExecutor(max_workers=1)
    asked = []
    for number in range(others + 1):
        scope = {"type": "http", "method": "POST", "path": "/slow/", "query_string": b"", "headers": HEADERS}
        asked.append(ApplicationCommunicator(answering, scope))
        await asked[-1].send_input({"type": "http.request", "body": f"edit {number}".encode()})
    await asyncio.to_thread(begun.wait, SECONDS)
    for each in asked:
        await each.send_input({"type": "http.disconnect"})
    for _ in range(50):  # turns of the loop, in which that is heard
        await asyncio.sleep(0)
    goes_on.set()
    for each in asked:
        await each.wait(SECONDS)
    assert [said for said in seen if said.startswith("edit")] == [f"edit {number}" for number in range(others + 1)]
