"""What only a program sends is not done for a page: presses, events, open pages, waiting runs and texts have a most."""

import json

import pytest
from channels.testing import WebsocketCommunicator
from django.template.loader import render_to_string

from builder.database import db as in_database
from builder.edition import Edition
from builder.errors import Invalid
from builder.people.visitor import Visitor
from builder.starters import starters
from tests.workflows.live.asking import until
from workflows.live import consumers, pace, protocol, runs
from workflows.live import directory as directories
from workflows.live.directory import Directory, TooManyOpen, directory
from workflows.live.doorstep import Doorstep
from workflows.live.pace import PRESSES, Pace
from workflows.live.protocol import Happened
from workflows.releases import publish

ANN = Visitor("vs:ann", address="192.0.2.1")


def pressed(number, text="Why?"):
    return Happened(f"press {number}", "el_send01", "clicked", {"el_quest1": text})


def test_a_bucket_is_filled_again_with_time_and_never_beyond_its_edge():
    now = [0.0]
    bucket = Pace(3, 2, lambda: now[0])
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    now[0] = 0.5
    assert [bucket.take() for _ in range(2)] == [True, False]
    now[0] = 100
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    now[0] = 200
    assert [bucket.take(2) for _ in range(2)] == [True, False] and bucket.take()


@pytest.fixture
async def guest(app, ada):
    """Of the chat page, and what it was told."""
    here = Directory()
    guest, _ = await here.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    guest.told = []
    here.attach(guest, "socket", guest.told.append, 0)
    yield guest
    guest.runs.stop_all()
    await here.leave(guest)


def notices(guest):
    return [said["notice"] for said in map(json.loads, guest.told) if "notice" in said]


async def test_P13_presses_without_end_start_no_runs_without_end_and_what_was_typed_is_kept(guest, monkeypatch):
    started = []
    monkeypatch.setattr(guest.runs, "start", lambda *about: started.append(about))
    for number in range(PRESSES + 20):
        guest.runs.happened(pressed(number, f"text {number}"))
    assert PRESSES <= len(started) < PRESSES + 10
    assert guest.visit.values["el_quest1"] == f"text {PRESSES + 19}"
    assert set(notices(guest)) == {pace.TOO_FAST} and guest.visit.outbox.heard == f"press {PRESSES + 19}"


async def test_typing_costs_no_press(guest, monkeypatch):
    started = []
    monkeypatch.setattr(guest.runs, "start", lambda *about: started.append(about))
    for number in range(500):
        guest.runs.happened(Happened(f"key {number}", None, "typed", {"el_quest1": "x" * number}))
    guest.runs.happened(pressed("at last"))
    assert len(started) == 1 and notices(guest) == [] and len(guest.visit.values["el_quest1"]) == 4


@pytest.mark.parametrize(
    ("repeat", "most", "number", "notice"),
    [("queue", "WAITING", 2, pace.TOO_MANY_WAIT), ("side_by_side", "SIDE_BY_SIDE", 3, pace.TOO_MANY_AT_ONCE)],
    ids=["queue", "side by side"],
)
async def test_as_many_runs_wait_or_go_on_side_by_side_as_may(
    app, ada, streams, monkeypatch, repeat, most, number, notice
):
    def several():
        row = app.documents.get(key="wf_send01")
        row.body["nodes"]["wf_send01"]["props"]["repeat"] = repeat
        row.save()

    await in_database(several)
    monkeypatch.setattr(runs, most, number)
    here = Directory()
    guest, _ = await here.enter(Edition(app), "pg_chat01", Visitor.editor(ada), None)
    guest.told = []
    here.attach(guest, "socket", guest.told.append, 0)
    for number in range(6):
        guest.runs.happened(pressed(number))
    assert len(guest.runs.running) == 3 and notices(guest) == [notice] * 3
    await until(lambda: streams)
    guest.runs.stop_all()
    await here.leave(guest)


# Open pages


async def test_P13_of_one_address_so_many_pages_of_an_app_are_open(app, ada, monkeypatch):
    monkeypatch.setattr(directories, "OPEN", 2)
    here, edition = Directory(), Edition(app)
    first, _ = await here.enter(edition, "pg_chat01", ANN, None)
    await here.enter(edition, "pg_chat01", Visitor("vs:ben", address="192.0.2.1"), None)
    for visit, page in ((None, "pg_chat01"), ("vi_guess", "pg_chat01"), (first.visit.id, "pg_ticker")):
        with pytest.raises(TooManyOpen):
            await here.enter(edition, page, ANN, visit)
    assert await here.enter(edition, "pg_chat01", ANN, first.visit.id) == (first, False)
    other = await in_database(starters["demo"].make, ada, "Other", "other")
    await here.enter(Edition(other), "pg_chat01", ANN, None)
    for address in ["192.0.2.2", *["127.0.0.1", "::1", "", "unknown"] * 3]:
        await here.enter(edition, "pg_chat01", Visitor("vs:cy", address=address), None)
    await here.leave(first)
    await here.enter(edition, "pg_chat01", ANN, None)
    for guest in list(here.guests.values()):
        await here.leave(guest)


@pytest.fixture
async def left():
    yield
    for guest in list(directory.guests.values()):
        await directory.leave(guest)


class Page:
    """A stranger's page that has said hello; `heard` is what came last."""

    def __init__(self, address):
        from streamwright.asgi import application

        headers = [
            (b"origin", b"http://localhost:8000"),
            (b"host", b"localhost:8000"),
            (b"x-real-ip", address.encode()),
        ]
        self.socket = WebsocketCommunicator(application, "/ws/app/juniper/pg_chat01/", headers)

    async def hello(self):
        assert (await self.socket.connect(30))[0]
        await self.say({"t": "hello", "visit": None, "have": 0, "v": 1})
        return await self.heard()

    async def say(self, message):
        await self.socket.send_json_to(message)

    async def heard(self):
        said = await self.socket.receive_output(30)
        return said["code"] if said["type"] == "websocket.close" else json.loads(said["text"])


async def test_a_page_that_is_one_too_many_is_told_and_comes_back_by_itself(app, ada, left, settings, monkeypatch):
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    monkeypatch.setattr(directories, "OPEN", 1)
    await in_database(publish, app, ada)
    assert "hello" in await Page("192.0.2.1").hello()
    late = Page("192.0.2.1")
    assert await late.hello() == {"notice": TooManyOpen.sentence}
    assert await late.heard() == protocol.FULL
    assert "hello" in await Page("192.0.2.2").hello()


async def test_P13_a_flood_of_events_closes_the_socket(app, ada, left, monkeypatch):
    monkeypatch.setattr(consumers, "EVENTS", 3)
    monkeypatch.setattr(consumers, "EVENTS_A_SECOND", 0)
    await in_database(publish, app, ada)
    page = Page("")
    await page.hello()
    for number in range(4):
        await page.say({"t": "event", "id": f"key {number}", "el": None, "on": "typed", "values": {"el_quest1": "x"}})
    while (said := await page.heard()) != protocol.BAD_MESSAGE:
        assert isinstance(said, dict)


async def test_P13_events_with_thousands_of_values_are_a_flood_sooner(app, ada, left, monkeypatch):
    await in_database(publish, app, ada)
    page = Page("")
    await page.hello()
    values = {f"el_nowhere@n{number}": "x" for number in range(protocol.MOST_INPUTS)}
    for number in range(4):
        await page.say({"t": "event", "id": f"key {number}", "el": None, "on": "typed", "values": values})
    heard = []
    while (said := await page.heard()) != protocol.BAD_MESSAGE:
        heard.append(said)
    assert any(said.get("heard") for said in heard), "one of them may come from a large page"


# Texts


def typed(value):
    return json.dumps({"t": "event", "id": "one", "el": None, "on": "typed", "values": {"el_quest1": value}})


def test_a_message_has_a_most_and_what_a_hand_types_into_one_input_is_less():
    assert protocol.read(typed("x" * (protocol.LONGEST - 100))).values
    with pytest.raises(Invalid):
        protocol.read(typed("x" * protocol.LONGEST))
    for name in ("input", "multiline"):
        assert 'maxlength="100000"' in render_to_string(f"elements/{name}.html")


async def test_a_long_text_that_the_page_began_with_may_be_changed_and_one_that_is_too_long_is_refused_kindly(
    guest, monkeypatch
):
    started = []
    monkeypatch.setattr(guest.runs, "start", lambda *about: started.append(about))
    guest.visit.values["el_quest1"] = "x" * 150_000
    guest.runs.happened(pressed("one", "y" * 149_999))
    assert guest.visit.values["el_quest1"] == "y" * 149_999 and len(started) == 1
    guest.runs.happened(Happened("two", None, "typed", {"el_quest1": "z" * (pace.TYPED + 1)}))
    guest.runs.happened(Happened("three", "el_send01", "clicked", {}))
    assert guest.visit.values["el_quest1"] == "y" * 149_999
    assert len(started) == 1, "nothing starts with what stood there before"
    assert notices(guest) == [pace.TOO_LONG] * 2
    guest.runs.happened(pressed("four", "short"))
    assert guest.visit.values["el_quest1"] == "short" and len(started) == 2


def test_what_is_typed_into_all_inputs_together_has_a_most():
    most = pace.TYPED
    values = {"a": "x" * (most - 5_000), "b": "y" * 2_000, "first": "z" * most, "yes": True}
    typed = {"a", "b", "yes"}
    assert pace.has_room(values, typed, "b", "y" * 5_000) and not pace.has_room(values, typed, "b", "y" * 5_001)
    assert pace.has_room(values, typed, "c", "y" * 3_000) and not pace.has_room(values, typed, "c", "y" * 3_001)
    assert pace.has_room(values, typed, "c", "short") and pace.has_room(values, typed, "c", 7)


# Sockets that say nothing


@pytest.fixture
def silent(monkeypatch, settings):
    """A doorstep of the test's own, with room for 20 sockets, two of them from one address, for a moment."""
    settings.SOCKETS_WAITING = 20
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    here = Doorstep(patience=0.3)
    monkeypatch.setattr(consumers, "doorstep", here)
    return here


async def test_P13_sockets_that_say_nothing_have_a_most_at_one_address_and_in_all(app, ada, left, silent, settings):
    silent.patience = 60
    await in_database(publish, app, ada)
    pages = [Page("192.0.2.1"), Page("192.0.2.1"), Page("192.0.2.2")]
    for page in pages:
        assert (await page.socket.connect(30))[0]
    late = Page("192.0.2.1")
    assert (await late.socket.connect(30))[0] and await late.heard() == protocol.FULL
    await pages[0].say({"t": "hello", "visit": None, "have": 0, "v": 1})
    assert "hello" in await pages[0].heard(), "who says hello waits no more"
    assert "hello" in await Page("192.0.2.1").hello()
    await pages[1].socket.disconnect()
    settings.SOCKETS_WAITING = 1
    other = Page("192.0.2.3")
    assert (await other.socket.connect(30))[0] and await other.heard() == protocol.FULL
    await pages[2].socket.disconnect()
    assert "hello" in await Page("192.0.2.3").hello()


async def test_P13_a_socket_that_says_nothing_is_closed_and_what_it_says_then_is_not_heard(app, ada, left, silent):
    await in_database(publish, app, ada)
    page = Page("192.0.2.1")
    assert (await page.socket.connect(30))[0]
    assert await page.heard() == protocol.SILENT
    assert not silent._waiting and not silent._places
    before = len(directory.guests)
    await page.say({"t": "hello", "visit": None, "have": 0, "v": 1})
    assert await page.socket.receive_nothing() and len(directory.guests) == before
