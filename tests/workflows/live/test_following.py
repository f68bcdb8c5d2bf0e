"""What a browser has followed is what a new one is given: random histories, random losses (P3, P4, P6, P12)."""

import json
import random

import pytest

from builder.expressions.catalog import Catalog
from connector.answers.extract import Extraction, Field
from connector.answers.frame import frame_of
from connector.answers.stream import Stream
from data.things import Thing
from workflows.live import visit as visit_module
from workflows.live.page import LivePage
from workflows.live.visit import Visit, split
from workflows.starters.written import element, op, page, source, text

SO_FAR = source("step", op("field", "fd_reply1"), op("text_so_far"), step="sp_ask001")
IN_GROUP = source("group", op("field", "fd_reply1"), op("text_so_far"), element="el_group1")
STATE = source("state", state="st_topic1")
BODY = source("cell", op("field", "df_body01"), element="el_list01")
WORDS = ("Leaf ", "drop", " — ", "ça", "😀", "\n\n", "ﬁg", " 5 cm", "")


def _page() -> LivePage:
    """A page with every way in which a property moves."""
    return LivePage(
        document := page(
            "pg_page01",
            "index",
            "Index",
            element("el_input1", "input", "Name", initial=STATE),
            element("el_hello1", "text", "Hello", text=text("Hello ", source("element", element="el_input1"), "!")),
            element("el_live01", "live_text", "Live", text=text(SO_FAR), failed=STATE),
            element("el_plain1", "text", "Plain", text=text("> ", SO_FAR, " <")),
            element(
                "el_wait01",
                "text",
                "Wait",
                text="…",
                visible=source("step", op("field", "fd_reply1"), op("is_waiting"), step="sp_ask001"),
            ),
            element("el_group1", "group", "Group", element("el_shown1", "live_text", "Shown", text=text(IN_GROUP))),
            element("el_quiet1", "text", "Quiet", text="Only shown by hand"),
            element(
                "el_list01",
                "repeating_group",
                "List",
                element("el_said01", "text", "Said", text=text(BODY)),
                element("el_note01", "input", "Note", initial=BODY),
                source=source("state", state="st_list01"),
            ),
        ),
        Catalog([("page", "pg_page01", document)]),
    )


class Browser:
    """A page that shows what it was sent, with as little of static/js/live/patches.js as that takes."""

    def __init__(self):
        self.have, self.shown, self.lists = 0, {}, {}
        # What was typed and is not known to be heard: (number, where, value).
        self.unheard: list[tuple[int, str, str]] = []

    def take(self, message: str) -> None:
        said = json.loads(message)
        if said["n"] <= self.have and not said.get("snapshot"):
            return
        if said.get("snapshot"):
            self.lists.clear()
            # What is no cell's stays as it is drawn; everything that moves is said again.
            self.shown = {key: value for key, value in self.shown.items() if "@" not in key[0]}
        assert said.get("snapshot") or said["n"] == self.have + 1, "no batch is left out"
        self.have = said["n"]
        self.unheard = [each for each in self.unheard if each[0] > int(said.get("heard") or 0)]
        for verb, where, *rest in said["p"]:
            self.apply(verb, where, *rest)

    def apply(self, verb: str, where: str, *rest) -> None:
        if "@" in where and where.partition("@")[2] not in self.lists.get("el_list01", ()):
            return  # There is no such cell, or not yet: what is said of it is lost.
        if verb == "cells":
            self.lists[where] = rest[0]
            gone = {key for key in self.shown if "@" in key[0] and key[0].partition("@")[2] not in rest[0]}
            self.shown = {key: value for key, value in self.shown.items() if key not in gone}
        elif verb == "append":
            assert (where, rest[0]) in self.shown, "only what is there goes on"
            self.shown[where, rest[0]] += rest[1]
        elif rest[0] != "value" or all(where != typed for _, typed, _ in self.unheard):
            # Else the hand is ahead of what the server knows, and wins.
            self.shown[where, rest[0]] = rest[1]

    @property
    def picture(self) -> dict:
        """What somebody sees: nothing, an empty text and a stream that never was look alike."""
        return {key: value for key, value in self.shown.items() if value not in (None, "", "never")} | self.lists


class World:
    """One visit, its streams, one browser, and a wire between them that delays, and dies with what is on it."""

    def __init__(self, seed: int):
        self.dice = random.Random(seed)
        self.visit = Visit(None, _page())
        self.browser = Browser()
        self.wire: list[str] = []
        self.streams: list[tuple[Stream, list[str]]] = []
        self.here = False
        self.typed = self.heard = self.things = 0
        self.keys: list[str] = []

    def live(self, steps: int) -> None:
        ways = (self.attach, self.cut, self.deliver, self.deliver, self.acknowledge, self.flush, self.ask, self.piece)
        ways += (
            self.piece,
            self.piece,
            self.end,
            self.state,
            self.type,
            self.hear,
            self.show,
            self.reset,
            self.display,
            self.cells,
        )
        for _ in range(steps):
            self.dice.choice(ways)()
            self.check()
        self.attach()
        self.hear()
        self.flush()
        while self.wire or self.visit.readers.are_behind or self.visit.inputs._owed:
            self.deliver()
            self.visit.outbox.acknowledge(self.browser.have)
            self.flush()

    def check(self) -> None:
        """P3: what is shown of a stream is the beginning of what it said, or of what it said before this one."""
        shown = self.browser.shown.get(("el_live01", "text"), "")
        assert not shown or any("".join(said).startswith(shown) for _, said in self.streams), shown

    # The wire

    def attach(self) -> None:
        if not self.here:
            self.here = True
            self.wire.clear()
            lost_all = self.dice.random() < 0.1
            if lost_all:
                self.browser = Browser()
            self.visit.outbox.attach(self.wire.append, self.browser.have)

    def cut(self) -> None:
        del self.wire[self.dice.randint(0, len(self.wire)) :]
        while self.wire:
            self.deliver()
        self.visit.outbox.detach()
        self.here = False

    def deliver(self) -> None:
        if self.wire:
            self.browser.take(self.wire.pop(0))

    def acknowledge(self) -> None:
        if self.here:
            self.visit.outbox.acknowledge(self.browser.have)

    def flush(self) -> None:
        self.visit.outbox.flush()

    # What happens

    def ask(self) -> None:
        stream = Stream(Extraction([Field("fd_reply1", "text_stream", "t")], {"by": "data", "data": "[DONE]"}))
        stream.request_sent()
        self.streams.append((stream, []))
        self.visit.set_result("sp_ask001", stream)

    def piece(self) -> None:
        if self.streams and not self.streams[-1][0].over:
            stream, said = self.streams[-1]
            said.append(self.dice.choice(WORDS) * self.dice.choice((1, 1, 1, 9000)))
            stream.feed(frame_of(json.dumps({"t": said[-1]}).encode()))

    def end(self) -> None:
        if self.streams:
            stream, _ = self.streams[-1]
            self.dice.choice((stream.stop, lambda: stream.feed(frame_of(b"[DONE]"))))()

    def state(self) -> None:
        self.visit.set_state("st_topic1", self.dice.choice(WORDS))

    def type(self) -> None:
        where = self.dice.choice(
            ["el_input1", *(f"el_note01@{key}" for key in self.browser.lists.get("el_list01", ()))]
        )
        self.typed += 1
        self.browser.shown[where, "value"] = value = self.dice.choice(WORDS)
        self.browser.unheard.append((self.typed, where, value))

    def hear(self) -> None:
        """The server hears what was typed: each once, in order."""
        for number, where, value in self.browser.unheard if self.here else ():
            if number > self.heard and self.visit.is_input(*split(where)):
                self.visit.inputs.type(where, value)
            self.heard = max(self.heard, number)
            self.visit.outbox.hear(str(number))

    def show(self) -> None:
        self.visit.override("el_quiet1", (), "visible", self.dice.random() < 0.5)

    def reset(self) -> None:
        self.visit.inputs.reset("el_input1", ())

    def display(self) -> None:
        shown = self.streams[-1][0] if self.streams else None
        self.visit.display("el_group1", (), self.dice.choice([shown, {"fd_reply1": self.dice.choice(WORDS)}]))

    def cells(self) -> None:
        """Some things go, some come, all are in another order. None comes back."""
        kept = [key for key in self.keys if self.dice.random() < 0.7]
        self.things += 2
        self.keys = [*kept, *[f"th_{self.things}{each}" for each in "ab" if self.dice.random() < 0.4]]
        self.dice.shuffle(self.keys)
        things = [Thing(key, "dt_a", {"df_body01": self.dice.choice(WORDS)}, None, None, "") for key in self.keys]
        self.visit.set_state("st_list01", things)


async def _hold(seeds: range) -> None:
    for seed in seeds:
        world = World(seed)
        world.live(60)
        fresh = Browser()
        world.visit.outbox.attach(fresh.take, 0)
        while world.visit.readers.are_behind:
            world.visit.outbox.acknowledge(fresh.have)
            world.flush()
        assert world.browser.picture == fresh.picture, f"seed {seed}"
        if world.streams:
            assert fresh.shown["el_live01", "text"] == "".join(world.streams[-1][1]), f"seed {seed}"


async def test_P6_a_snapshot_and_what_follows_is_a_fresh_snapshot():
    await _hold(range(200))


async def test_P6_P13_the_same_in_slices_of_one_value_each(monkeypatch):
    monkeypatch.setattr(visit_module, "SLICE", -1)
    await _hold(range(200))


@pytest.mark.slow
async def test_P6_P13_the_same_in_slices_for_1000_more_histories(monkeypatch):
    monkeypatch.setattr(visit_module, "SLICE", -1)
    await _hold(range(200, 1200))


@pytest.mark.slow
async def test_P6_the_same_for_1000_more_histories():
    await _hold(range(200, 1200))
