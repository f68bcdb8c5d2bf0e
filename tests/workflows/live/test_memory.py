"""S33: a visit that was written down and read again shows what it showed, for a thousand histories."""

from typing import Any

import pytest

from connector.answers.stream import Stream
from tests.workflows.live.test_following import Browser, World
from workflows.live.frozen import read, write
from workflows.live.memory import MOST, RECENT, bounded, held, recall
from workflows.live.visit import Visit


class Shelf:
    """Streams as they are kept: facts and texts, by name."""

    def __init__(self) -> None:
        self.names: dict[Stream, str] = {}

    def name(self, stream: Stream) -> str:
        return self.names.setdefault(stream, f"sm_{len(self.names)}")

    def all(self) -> dict[str, Stream]:
        found = {}
        for stream, name in self.names.items():
            texts = {key: text.whole() for key, text in stream.texts.items()}
            found[name] = Stream.restored(read(write(stream.facts())), texts)
        return found


def again(visit: Visit, heard: tuple[str, ...] = ()) -> tuple[Visit, Any]:
    """The visit as another process has it: out of what was written; and what that is."""
    shelf = Shelf()
    written = write(held(visit, heard, shelf.name))
    new = Visit(visit.edition, visit.page)
    assert recall(new, read(written), shelf.all().get) == list(heard)[-RECENT:]
    return new, written


def picture(visit: Visit) -> dict[str, Any]:
    """What a browser that has nothing is given."""
    browser, said = Browser(), []
    visit.outbox.attach(said.append, 0)
    for message in said:
        browser.take(message)
    return browser.picture


async def _hold(seeds: range) -> None:
    for seed in seeds:
        world = World(seed)
        world.live(40)
        for stream, _ in world.streams:
            stream.stop()
        new, _ = again(world.visit)
        assert picture(new) == picture(world.visit), f"seed {seed}"
        assert (new.values, new.inputs.typed) == (world.visit.values, world.visit.inputs.typed), f"seed {seed}"
        new.set_state("st_topic1", "another")
        world.visit.set_state("st_topic1", "another")
        assert picture(new) == picture(world.visit), f"seed {seed}: an initial value goes over nothing that was typed"


async def test_a_visit_comes_back_as_it_was():
    await _hold(range(100))


@pytest.mark.slow
async def test_the_same_for_1000_more_histories():
    await _hold(range(100, 1100))


async def test_what_was_shown_by_hand_in_a_cell_is_shown_when_the_cell_is_there_again():
    world = World(1)
    world.keys = ["th_a"]
    world.cells()
    world.visit.outbox.attach(lambda message: None, 0)
    [key, *_] = [*world.visit.cells["el_list01"]]
    world.visit.override("el_said01", (key,), "visible", False)
    new, _ = again(world.visit)
    said = []
    new.outbox.attach(said.append, 0)
    assert f'["attr","el_said01@{key}","hidden",""]' in said[0]


async def test_nothing_of_the_text_of_a_stream_is_written_with_the_visit():
    world = World(1)
    world.ask()
    stream, _ = world.streams[0]
    world.piece()
    world.visit.set_state("st_topic1", stream.field("fd_reply1"))
    stream.stop()
    _, written = again(world.visit)
    assert stream.field("fd_reply1").text not in written
    assert written.count('"sm_0"') == 2


async def test_the_newest_events_are_remembered():
    heard = tuple(str(number) for number in range(250))
    again(World(1).visit, heard)


async def test_P24_a_password_that_was_typed_is_stored_nowhere():
    world = World(1)
    world.visit.page.body["nodes"]["el_input1"]["props"]["content"] = "password"
    world.visit.inputs.type("el_input1", "open sesame")
    new, written = again(world.visit)
    assert "open sesame" not in written
    assert new.values["el_input1"] != "open sesame" and new.inputs.typed == {"el_input1"}


def test_what_one_visit_stores_is_bounded_and_the_largest_gives_way(caplog):
    visit = World(1).visit
    visit.set_state("st_topic1", "x" * MOST)
    visit.values["el_large1"], visit.values["el_small1"] = "y" * (MOST // 2), "z"
    holds = held(visit, (), Shelf().name)
    for size in (0, MOST):
        text = bounded(holds, size)
        assert len(text) <= MOST
        new = Visit(visit.edition, visit.page)
        recall(new, read(text), {}.get)
        assert (len(new.values["el_large1"]), new.values["el_small1"]) == (MOST // 2, "z")
        assert new.states.get("st_topic1") == visit.page.states.get("st_topic1"), "as when the page was opened"
    assert ["st_topic1" in record.getMessage() for record in caplog.records] == [True], "it is told of once"
    small = held(World(1).visit, (), Shelf().name)
    assert bounded(small) == write(small)
