"""The outbox: batches numbered, acknowledged sparsely, bounded by a window, repeated or replaced by a snapshot."""

import asyncio
import json
import time

import pytest

from workflows.live import outbox as module
from workflows.live.outbox import Outbox


class Page:
    """Something dirty: a text that grows, and what the browser has of it."""

    def __init__(self):
        self.text, self.sent, self.snapshots = "", 0, 0
        self.outbox = Outbox(self.collect)
        self.messages = []

    def collect(self, snapshot):
        if snapshot:
            self.sent, self.snapshots = 0, self.snapshots + 1
        piece, self.sent = self.text[self.sent :], len(self.text)
        return [["set" if snapshot else "append", "el", "text", piece]] if piece or snapshot else []

    def grow(self, piece):
        self.text += piece
        self.outbox.touch()

    def attach(self, have=0):
        self.messages = []
        self.outbox.attach(lambda message: self.messages.append(json.loads(message)), have)

    @property
    def shown(self):
        text = ""
        for message in self.messages:
            for verb, _, _, piece in message["p"]:
                text = piece if verb == "set" else text + piece
        return text


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setattr(module.tempo, "frame", 0.005)
    return Page()


async def test_a_new_browser_gets_a_snapshot_first(page):
    page.text = "Leaf"
    page.attach()
    assert page.messages == [{"n": 1, "p": [["set", "el", "text", "Leaf"]], "snapshot": True}]


async def test_S40_the_first_piece_goes_at_once_and_later_ones_once_a_frame(page):
    page.attach()
    await asyncio.sleep(0.01)
    page.grow("a")
    await asyncio.sleep(0)
    assert page.shown == "a"
    for piece in "bcd":
        page.grow(piece)
    await asyncio.sleep(0)
    assert page.shown == "a"
    await asyncio.sleep(0.02)
    assert page.messages[-1] == {"n": 3, "p": [["append", "el", "text", "bcd"]]}


async def test_S40_the_first_piece_does_not_wait_for_the_frame_after_what_came_before_it(page, monkeypatch):
    """That a click was heard, and that its answer is waited for, are batches too."""
    monkeypatch.setattr(module.tempo, "frame", 30)
    page.attach()
    page.outbox.hear("click")
    await asyncio.sleep(0)
    page.grow("a")
    await asyncio.sleep(0)
    assert page.shown == "a"
    page.grow("b")
    await asyncio.sleep(0.01)
    assert page.shown == "a"


async def test_S40_what_grows_alone_goes_in_the_same_turn_of_the_loop(page, monkeypatch):
    monkeypatch.setattr(module.tempo, "frame", 30)
    page.attach()
    page.text = "a"
    page.outbox.touch(only_this=True)
    assert page.shown == "a"
    page.text = "ab"
    page.outbox.touch(only_this=True)
    assert page.shown == "a"


async def test_what_grows_while_a_batch_is_made_goes_with_a_later_one(page, monkeypatch):
    monkeypatch.setattr(module.tempo, "frame", 0)
    page.attach()
    collect = page.outbox.collect

    def grows(snapshot):
        page.outbox.collect = collect
        patches = collect(snapshot)
        page.text += "b"
        page.outbox.touch(only_this=True)
        return patches

    page.outbox.collect = grows
    page.grow("a")
    await asyncio.sleep(0.01)
    assert ([message["n"] for message in page.messages], page.shown) == ([1, 2, 3], "ab")


async def test_a_batch_that_cannot_be_made_does_not_end_what_grows(page, caplog):
    page.attach()
    page.outbox.collect = lambda snapshot: 1 // 0
    page.outbox.touch(only_this=True)
    assert "could not be sent" in caplog.text


async def test_what_changes_without_a_pause_and_is_no_text_goes_once_a_frame_too(page, monkeypatch):
    monkeypatch.setattr(module.tempo, "frame", 30)
    page.attach()
    for number in range(10):
        page.outbox.hear(f"event {number}")
        await asyncio.sleep(0)
    assert len(page.messages) == 1 + module.EARLY


async def test_P13_a_page_that_takes_long_to_be_worked_out_leaves_the_loop_to_the_others(page):
    page.attach()
    collect, worked = page.collect, []

    def slowly(snapshot):
        worked.append(time.monotonic())
        time.sleep(0.02)
        return collect(snapshot)

    page.outbox.collect = slowly
    began = time.monotonic()
    while time.monotonic() - began < 0.5:
        page.grow("a")
        await asyncio.sleep(0)
    assert len(worked) <= 0.5 / (0.02 * (1 + module.RESTS)) + 1
    await asyncio.sleep(0.2)
    assert page.shown == page.text


async def test_P12_past_the_window_nothing_is_sent_until_it_is_acknowledged(page):
    page.attach()
    page.grow("x" * module.WINDOW)
    await asyncio.sleep(0.02)
    sent = len(page.messages)
    for _ in range(50):
        page.grow("y" * 1000)
        await asyncio.sleep(0)
    await asyncio.sleep(0.02)
    assert (len(page.messages), page.outbox.stalls > 0) == (sent, True)
    page.outbox.acknowledge(page.outbox.n)
    await asyncio.sleep(0.02)
    assert page.shown == page.text
    assert len(page.messages) == sent + 1


async def test_P4_a_browser_that_comes_back_gets_exactly_what_it_misses(page):
    page.attach()
    for piece in ("Leaf ", "drop ", "after"):
        page.grow(piece)
        await asyncio.sleep(0.01)
    had = page.messages[:2]
    page.outbox.detach()
    page.grow(" a move")
    page.attach(have=had[-1]["n"])
    await asyncio.sleep(0.01)
    assert page.snapshots == 1
    assert [message["n"] for message in page.messages] == [3, 4, 5]
    assert "".join(patch[3] for message in had + page.messages for patch in message["p"]) == page.text


@pytest.mark.parametrize("have", [0, 1, 99])
async def test_P5_a_browser_whose_position_is_too_old_or_unknown_gets_a_snapshot(page, have):
    page.attach()
    for piece in "abc":
        page.grow(piece)
        await asyncio.sleep(0.01)
    page.outbox.acknowledge(3)
    page.outbox.detach()
    page.attach(have=have)
    assert (page.messages[0]["snapshot"], page.shown) == (True, "abc")


async def test_nothing_is_kept_for_nobody(page):
    page.grow("a" * 1000)
    await asyncio.sleep(0.02)
    assert (page.outbox.n, page.snapshots) == (0, 0)


async def test_P14_a_batch_says_which_event_came_last(page):
    page.attach()
    for event in ("one", "two"):
        page.outbox.hear(event)
    await asyncio.sleep(0.02)
    assert page.messages[-1] == {"n": 2, "p": [], "heard": "two"}
    page.grow("Leaf")
    await asyncio.sleep(0.02)
    assert "heard" not in page.messages[-1], "said once"


async def test_P12_events_of_a_browser_that_reads_nothing_fill_no_memory(page):
    page.attach()
    page.grow("x" * module.WINDOW)
    page.outbox.flush()
    sent = len(page.messages)
    for number in range(1000):
        page.outbox.hear(f"event {number}")
        page.outbox.flush()
    assert len(page.messages) == sent
    page.outbox.acknowledge(page.outbox.n)
    page.outbox.flush()
    assert page.messages[-1]["heard"] == "event 999"


async def test_P14_what_was_heard_while_nobody_was_there_is_said_to_who_comes_back(page):
    page.attach()
    page.outbox.detach()
    page.outbox.hear("one")
    page.attach(have=1)
    page.outbox.flush()
    assert page.messages[-1]["heard"] == "one"
