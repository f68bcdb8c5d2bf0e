"""The time between two batches follows how full the core is."""

import asyncio

import pytest

from builder import tempo as module
from builder.tempo import FRAME, LONGEST, Tempo


@pytest.mark.parametrize("busy", [0.0, 0.3, module.ENOUGH])
def test_S40_a_batch_per_animation_frame_while_there_is_time(busy):
    tempo = Tempo()
    tempo.look(busy)
    assert tempo.frame == FRAME


def test_P13_batches_become_rarer_while_the_core_is_full_and_as_frequent_as_before_afterwards():
    tempo, frames = Tempo(), []
    for _ in range(20):
        tempo.look(1.0)
        frames.append(tempo.frame)
    assert frames == sorted(frames) and frames[-1] == pytest.approx(LONGEST, rel=0.01)
    for _ in range(20):
        tempo.look(0.2)
    assert tempo.frame == FRAME


def test_it_finds_its_balance_where_rarer_batches_leave_the_core_some_room():
    """A load of which half is spent on messages would fill the core one and a third times at a batch per frame."""
    tempo, frames = Tempo(), []
    for _ in range(40):
        tempo.look(min(1.0, 0.55 + 0.75 * FRAME / tempo.frame))
        frames.append(tempo.frame)
    assert FRAME < frames[-1] < LONGEST
    assert max(frames[-5:]) - min(frames[-5:]) < 0.001


async def test_it_looks_at_what_its_loop_does(monkeypatch):
    monkeypatch.setattr(module, "LOOK", 0.01)
    tempo, loop = Tempo(), asyncio.get_running_loop()
    stands_since: list[float] = []

    def cpu():
        """What a thread has taken that was always busy, and is not any more."""
        return stands_since[0] if stands_since else loop.time()

    async def until(reached):
        async with asyncio.timeout(10):
            while not reached():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    tempo.watch(loop, cpu)
    await until(lambda: tempo.frame > FRAME)
    stands_since.append(loop.time())
    await until(lambda: tempo.frame == FRAME)


async def test_it_counts_what_its_own_thread_takes(monkeypatch):
    """A loop that has nothing to do is not busy, however much others do."""
    monkeypatch.setattr(module, "LOOK", 0.01)
    tempo = Tempo()
    tempo.watch(asyncio.get_running_loop())
    seen = []
    monkeypatch.setattr(tempo, "look", seen.append)
    async with asyncio.timeout(10):
        while len(seen) < 5:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert max(seen) < module.ENOUGH
