"""What a serving process does with memory that is freed, and with objects that stay."""

import asyncio
import ctypes
import gc
import subprocess
import sys
from pathlib import Path
from weakref import ref

import pytest

from streamwright import memory

# Eight threads that each hold something at the same time, then the heaps of the process as glibc counts them.
HEAPS = """
import ctypes, threading
{before}
together = threading.Barrier(8)
def hold():
    mine = [bytes(10_000) for _ in range(10)]
    together.wait()
threads = [threading.Thread(target=hold) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(libc.fopen(b"{file}", b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""
# Whether a full garbage collection looks at an object that was there before: the collector tells how many it skips.
FROZEN = """
import gc
from streamwright.memory import spare_the_collector
kept = [[] for _ in range(1000)]
spare_the_collector()
print(gc.get_freeze_count() > 1000, any(one is kept for one in gc.get_objects()))
"""
# How often everything is looked through while a hundred thousand objects come and stay, as when texts stream.
FULL = """
import gc
from streamwright.memory import spare_the_collector
spare_the_collector()
before = gc.get_stats()[2]["collections"]
kept = [[] for _ in range(100_000)]
print(gc.get_stats()[2]["collections"] - before)
"""


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="the C library is not glibc")
def test_P12_threads_share_one_heap_so_that_what_is_freed_goes_back(tmp_path: Path) -> None:
    give = "from streamwright.memory import give_back_what_is_freed as give; give()"
    heaps = {}
    for before in ("", give):
        run(HEAPS.format(before=before, file=tmp_path / "heaps.xml"))
        heaps[before] = (tmp_path / "heaps.xml").read_text().count("<heap ")
    assert heaps[give] == 1 < heaps[""]


def test_P13_a_collection_does_not_look_at_what_was_there_at_the_start() -> None:
    assert run(FROZEN).split() == ["True", "False"]


def test_P13_what_comes_to_stay_while_texts_stream_causes_no_full_collection() -> None:
    assert run(FULL).strip() == "0"


class Page:
    """Something whose parts refer to each other."""

    def __init__(self) -> None:
        self.part = self


@pytest.mark.parametrize(("closed", "patience"), [(memory.MANY, 60.0), (1, 0.0)], ids=["many", "one, after a while"])
async def test_P12_closed_pages_are_freed(monkeypatch: pytest.MonkeyPatch, closed: int, patience: float) -> None:
    monkeypatch.setattr(memory, "PATIENCE", patience)
    gc.collect()
    gc.disable()
    try:
        count = 0
        tidying = asyncio.create_task(memory.collect_after_pages(lambda: count, every=0.01))
        await asyncio.sleep(0)
        page = ref(Page())
        await asyncio.sleep(0.05)
        assert page(), "as nothing has closed, nothing is collected"
        count = closed
        async with asyncio.timeout(10):
            while page():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        tidying.cancel()
    finally:
        gc.enable()


async def test_P13_few_pages_that_have_closed_just_now_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda: collected.append(1))
    count = 0
    tidying = asyncio.create_task(memory.collect_after_pages(lambda: count, every=0.01))
    await asyncio.sleep(0)
    count = memory.MANY - 1
    await asyncio.sleep(0.05)
    tidying.cancel()
    assert collected == []
