"""What a serving process does with memory that is freed, and with objects that stay."""

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

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
