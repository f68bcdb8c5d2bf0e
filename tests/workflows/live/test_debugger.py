"""The debugger tells an author what every step does and why, at most ten times a second, and only on its own socket."""

import asyncio
import json

import pytest

from builder.document import node
from builder.expressions.catalog import Catalog
from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from connector.errors import BrokenOff
from data.things import Thing
from workflows.live import debugger, host, runs
from workflows.live.debugger import Watch
from workflows.live.directory import Guest
from workflows.live.page import LivePage
from workflows.live.protocol import Happened
from workflows.live.runs import VisitRuns
from workflows.live.visit import Visit
from workflows.starters.chat import _api, _message
from workflows.starters.written import element, op, page, source, workflow

REPLY = source("step", op("field", "fd_reply1"), step="sp_ask001")
FIELDS = [
    Field("fd_reply1", "text_stream", "t"),
    Field("fd_input1", "number", "in"),
    Field("fd_finish", "text", "why"),
]


def _steps(**more):
    saved = {"data_type": "dt_messag", "fields": {"df_body01": {**REPLY, "ops": [*REPLY["ops"], op("full_text")]}}}
    return {
        "sp_reset1": node("reset_inputs", "", {"element": "el_quest1"}),
        "sp_ask001": node("call_api", "", {"call": "ai_pract1/ca_ask001", "parameters": {}}),
        "sp_show01": node("display_data", "", {"element": "el_group1", "data": source("step", step="sp_ask001")}),
        "sp_keep01": node("create_thing", "", saved),
    } | more


def _documents(steps):
    state = node("state", "Mood", {"type": "text", "default": "calm"})
    drawn = page(
        "pg_page01",
        "index",
        "Index",
        element("el_quest1", "input", "Message", label="Message"),
        element("el_send01", "button", "Send", label="Send"),
        element("el_group1", "group", "Answer"),
    )
    drawn["nodes"]["st_mood01"] = state
    drawn["nodes"]["pg_page01"]["slots"]["states"] = ["st_mood01"]
    documents = [
        ("page", drawn),
        ("api", _api()),
        ("data_type", _message()),
        ("workflow", workflow("wf_send01", "", "pg_page01", "clicked", "el_send01", steps)),
        ("workflow", workflow("wf_other1", "Other", "pg_page01", "clicked", "el_group1", {})),
    ]
    return [(kind, body["root"], body) for kind, body in documents]


class Watched:
    """A visit whose calls are streams of the test's own, with a debugger at it."""

    def __init__(self, steps=None):
        catalog = Catalog(_documents(steps or _steps()))
        self.visit = Visit(None, LivePage(catalog.body("page", "pg_page01"), catalog))
        watchers = set()
        self.runs = VisitRuns(self.visit, lambda run: [watch(run) for watch in list(watchers)])
        self.guest = Guest(self.visit, self.runs, watchers)
        self.told = []
        self.stream = Stream(Extraction(FIELDS, {"by": "data", "data": "[DONE]"}))
        self.stream.request_sent()

    def watch(self):
        self.watch_ = Watch(self.guest, lambda text: self.told.append(json.loads(text)))
        return self

    def click(self, element="el_send01"):
        self.runs.happened(Happened(f"e{len(self.told)}{element}", element, "clicked", {"el_quest1": "Why?"}))

    async def piece(self, text, **more):
        self.stream.feed(frame_of(json.dumps({"t": text, **more}).encode()))
        await self.settle()

    async def settle(self):
        for _ in range(30):
            await asyncio.sleep(0)

    async def picture(self):
        """The newest picture, once the pace has let it go out."""
        await asyncio.sleep(debugger.PACE * 2)
        return self.told[-1]

    def close(self):
        self.watch_.close()


@pytest.fixture
async def watched(monkeypatch):
    made = []

    def make(steps=None):
        guest = Watched(steps)
        made.append(guest)

        async def start_call(edition, api, call, values, visitor, beside):
            return guest.stream

        async def create_thing(edition, data_type, values, creator, beside):
            return Thing("th_1", data_type, values, None, None, creator)

        monkeypatch.setattr(host, "start_call", start_call)
        monkeypatch.setattr(host, "create_thing", create_thing)
        for module in (runs, host):
            monkeypatch.setattr(module, "row_of", lambda run: run)
            monkeypatch.setattr(module, "put", lambda rows: None)
        return guest

    monkeypatch.setattr(debugger, "PACE", 0.01)
    monkeypatch.setattr(debugger, "IDLE", 0.02)
    yield make
    for guest in made:
        guest.close()
        for run in list(guest.runs.running):
            run.stop()
        await asyncio.gather(*guest.runs.running.values(), return_exceptions=True)


def _words(picture):
    return [step["word"] for step in picture["run"]["steps"]]


def _kinds(picture):
    return [[bar["kind"] for bar in step["bars"]] for step in picture["run"]["steps"]]


def _values(picture):
    return {row["name"]: row["value"] for row in picture["values"]}


async def test_before_anything_ran_there_are_inputs_and_states_and_no_run(watched):
    guest = watched().watch()
    [picture] = guest.told
    assert (picture["run"], picture["runs"], picture["frames"]) == (None, [], None)
    assert _values(picture) == {"Message's value": "empty", "Mood": "calm"}


async def test_S25_S28_each_step_says_where_it_stands(watched):
    guest = watched().watch()
    guest.click()
    await guest.settle()
    picture = await guest.picture()
    assert _words(picture) == ["done", "waiting", "not started", "not started"]
    assert picture["run"]["title"] == "Send is clicked"
    await guest.piece("Leaf ")
    picture = await guest.picture()
    assert _words(picture) == ["done", "streaming", "follows step 2", "waits for full text"]
    assert _kinds(picture) == [["step"], ["wait", "stream"], ["step", "follow"], ["wait"]]
    assert [bar["to"] for step in picture["run"]["steps"] for bar in step["bars"][1:]] == [None, None]
    await guest.piece("drop")
    guest.stream.feed(frame_of(b"[DONE]"))
    await guest.settle()
    picture = await guest.picture()
    assert (picture["run"]["state"], _words(picture)) == ("done", ["done"] * 4)
    assert _kinds(picture)[3][-1] == "step"


async def test_S28_a_skipped_step_says_so_and_why(watched):
    steps = _steps(sp_last01=node("reset_inputs", "", {"element": "el_quest1", "when": False}))
    guest = watched(steps).watch()
    guest.click()
    await guest.settle()
    await guest.piece("Leaf")
    guest.stream.feed(frame_of(b"[DONE]"))
    await guest.settle()
    picture = await guest.picture()
    assert _words(picture)[4] == "skipped: Only when was no."
    assert (picture["run"]["state"], picture["run"]["reason"]) == ("done", "")


async def test_a_run_is_shown_from_its_start(watched):
    """Also one that waits for the run before it: none of its steps has begun."""
    guest = watched()
    workflow = guest.visit.page.catalog.body("workflow", "wf_send01")
    workflow["nodes"]["wf_send01"]["props"]["repeat"] = "queue"
    guest.watch()
    guest.click()
    await guest.settle()
    guest.runs.start(workflow)
    await guest.settle()
    assert len((await guest.picture())["runs"]) == 2
    assert [step.state for step in guest.runs.newest.steps.values()] == ["not_started"] * 4


async def test_S29_the_author_gets_the_reason_in_full_words(watched):
    guest = watched().watch()
    guest.click()
    await guest.settle()
    await guest.piece("Leaf")
    guest.stream.fail(BrokenOff("The stream broke off before it was finished."))
    await guest.settle()
    picture = await guest.picture()
    assert _words(picture) == ["done", "failed", "done", "stopped"]
    assert picture["run"]["steps"][1]["reason"] == "The stream broke off before it was finished."
    assert picture["run"]["reason"] == "The stream broke off before it was finished."
    assert _kinds(picture)[1][-1] == "fail"
    assert _values(picture)["error"] == "The stream broke off before it was finished."


async def test_S22_the_values_of_a_stream_follow_the_table(watched):
    guest = watched().watch()
    guest.click()
    await guest.settle()
    values = _values(await guest.picture())
    assert (values["Reply › text so far"], values["Reply › is waiting"]) == ("empty", "yes")
    assert values["Input tokens"] == values["Reply › full text"] == "empty until the stream ends"
    await guest.piece("Leaf drop", **{"in": 7})
    values = _values(await guest.picture())
    assert (values["Reply › text so far"], values["Reply › is streaming"]) == ("Leaf drop", "yes")
    assert values["Input tokens"] == "empty until the stream ends"
    guest.stream.feed(frame_of(b"[DONE]"))
    await guest.settle()
    values = _values(await guest.picture())
    assert (values["Reply › full text"], values["Reply › is done"], values["Input tokens"]) == ("Leaf drop", "yes", "7")
    assert values["Finish reason"] == "empty"


async def test_of_a_long_text_the_end_is_told(watched):
    guest = watched().watch()
    guest.click()
    await guest.settle()
    await guest.piece("x" * 5000 + "the end")
    row = next(row for row in (await guest.picture())["values"] if row["name"] == "Reply › text so far")
    assert row["value"].startswith("…x") and row["value"].endswith("the end")
    assert row["tail"] and len(row["value"]) < 200


async def test_at_most_ten_pictures_a_second_however_many_frames_come(watched, monkeypatch):
    monkeypatch.setattr(debugger, "PACE", 0.1)
    guest = watched().watch()
    guest.click()
    await guest.settle()
    guest.told.clear()
    for _ in range(50):
        await guest.piece("word ")
        await asyncio.sleep(0.01)
    assert 2 <= len(guest.told) <= 7
    assert guest.told[-1]["frames"]["frames"] > 10


async def test_while_nothing_changes_nothing_is_told(watched):
    guest = watched().watch()
    await asyncio.sleep(0.1)
    assert len(guest.told) == 1
    guest.visit.set_state("st_mood01", "cheerful")
    assert _values(await guest.picture())["Mood"] == "cheerful"
    assert len(guest.told) == 2


async def test_a_debugger_that_comes_late_shows_the_newest_run(watched):
    guest = watched()
    guest.click()
    await guest.settle()
    await guest.piece("Leaf")
    guest.stream.feed(frame_of(b"[DONE]"))
    await guest.settle()
    [picture] = guest.watch().told
    assert (picture["run"]["title"], picture["run"]["state"]) == ("Send is clicked", "done")
    assert picture["frames"]["frames"] == 2


async def test_a_run_that_starts_beside_the_one_shown_can_be_chosen(watched):
    guest = watched().watch()
    guest.click()
    await guest.settle()
    guest.click("el_group1")
    await guest.settle()
    picture = await guest.picture()
    assert [run["title"] for run in picture["runs"]] == ["Other", "Send is clicked"]
    assert picture["run"]["title"] == "Send is clicked"
    guest.watch_.asked(f"show {picture['runs'][0]['id']}")
    assert (await guest.picture())["run"]["title"] == "Other"


async def test_S30_the_editor_can_stop_the_stream(watched):
    guest = watched().watch()
    guest.click()
    await guest.settle()
    await guest.piece("Leaf")
    guest.watch_.asked("stop")
    await guest.settle()
    picture = await guest.picture()
    assert (guest.stream.state, picture["run"]["state"]) == ("stopped", "stopped")
    assert _values(picture)["Reply › full text"] == "empty: the stream was stopped"


@pytest.mark.parametrize("text", ["", "show", "show ru_nobody", "delete", "{}", "stop"])
async def test_what_is_asked_without_sense_does_nothing(watched, text):
    guest = watched().watch()
    guest.watch_.asked(text)
    assert (await guest.picture())["run"] is None


async def test_S3_the_pages_own_socket_carries_nothing_of_it(watched):
    guest = watched().watch()
    sent = []
    guest.visit.outbox.attach(sent.append, 0)
    guest.click()
    await guest.settle()
    await guest.piece("Leaf")
    guest.stream.fail(BrokenOff("secret words of the service"))
    await guest.settle()
    await guest.picture()
    assert "secret words" in json.dumps(guest.told)
    assert not any(word in "".join(sent) for word in ("secret", "steps", "frames", "sp_ask001"))


async def test_a_closed_debugger_looks_no_more(watched):
    guest = watched().watch()
    guest.close()
    guest.told.clear()
    guest.click()
    await asyncio.sleep(0.05)
    assert guest.told == [] and not guest.guest.watchers


class Loading:
    """Data of a page that has not come yet, or has."""

    def __init__(self, value):
        self.value = value

    def close(self):
        """Nothing is open."""


async def test_S36_data_that_a_page_reads_without_a_workflow_is_shown(watched):
    guest = watched()
    for args, value in (
        ({"call": "ai_pract1/ca_ask001", "parameters": {"qp": "BTC-USD"}}, guest.stream),
        ({"data_type": "dt_messag"}, [1, 2]),
        ({"data_type": "dt_messag", "newest_first": True}, None),
    ):
        name = "api" if "call" in args else "search"
        guest.visit.resources["resource", name, json.dumps(args)] = Loading(value)
    guest.watch()
    await guest.piece("Up")
    picture = await guest.picture()
    values = _values(picture)
    assert values["BTC-USD › Reply › text so far"] == "Up"
    assert (values["Search for Message"], values["Search for Message, newest first"]) == ("2 things", "loading")
    assert picture["frames"]["frames"] == 1 and picture["frames"]["slides"]
