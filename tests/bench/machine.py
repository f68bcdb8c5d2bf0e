"""The machine under a measurement: one core for the server, one for the load, and what others took of both meanwhile."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SERVER_CORE, LOAD_CORE = 0, 1
# Of a core: what others may take, and what the load side may need, for a window to count (PERFORMANCE.md 5).
FOREIGN_MOST, LOAD_MOST = 0.15, 0.80

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
# Columns of /proc/stat that are somebody's time: user, nice, system, steal.
_BUSY = (1, 2, 3, 8)


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Keeps this process on one core, and what it starts meanwhile for good."""
    if (os.cpu_count() or 1) < 2:
        sys.exit("Two cores are needed: one for the server, one for the load.")
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def cpu_seconds(pid: int) -> float:
    """The CPU time a process has used so far, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def family(pid: int) -> set[int]:
    """A process and those below it."""
    found = {pid}
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in task.read_text().split():
                found |= family(int(child))
    return found


def resident(pid: int) -> int:
    """Bytes of memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE


@dataclass(slots=True)
class Window:
    """What one measured window took, in seconds: of the clock, and of CPU for the server, the load side and others."""

    seconds: float
    server: float
    load: float
    foreign: float

    @property
    def noise(self) -> str:
        """Why this window does not count; empty when it does."""
        if self.foreign > FOREIGN_MOST * self.seconds:
            return f"others took {self.foreign / self.seconds:.0%} of a core"
        if self.load > LOAD_MOST * self.seconds:
            return f"the load side took {self.load / self.seconds:.0%} of its core"
        return ""


class Stopwatch:
    """Measures a window of one server process; this process and what it has started, such as a browser, is the load.

    watch = Stopwatch(server.pid)
    …
    window = watch.stop()
    """

    def __init__(self, server: int):
        self._server = server
        self._began = self._now()

    def stop(self) -> Window:
        clock, busy, server, load = (now - then for now, then in zip(self._now(), self._began, strict=True))
        return Window(clock, server, load, max(0.0, busy - server - load))

    def _now(self) -> tuple[float, float, float, float]:
        first = Path("/proc/stat").read_text().partition("\n")[0].split()
        busy = sum(int(first[column]) for column in _BUSY) / _TICKS
        return time.monotonic(), busy, cpu_seconds(self._server), self._load()

    def _load(self) -> float:
        used = 0.0
        for pid in family(os.getpid()) - {self._server}:
            with suppress(FileNotFoundError, ProcessLookupError):  # A browser's processes come and go.
                used += cpu_seconds(pid)
        return used
