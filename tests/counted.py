"""A server that counts what it holds: `manage.py`, with a short grace time, that answers SIGUSR1 with a file of counts.

server = Counted(home)                # a StreamwrightServer
with server:
    before = server.counts()          # {"tasks": 9, "files": 21, "MB": 80.2, "Visit": 0, "directory.guests": 0, …}
"""

import gc
import json
import os
import signal
import sys
import time
from collections import Counter, deque
from pathlib import Path
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary, WeakSet, WeakValueDictionary

from tests.server import StreamwrightServer

PROJECT = ("builder", "data", "connector", "workflows", "streamwright")
GRACE = 1.0
BOXES = (dict, list, set, deque, WeakKeyDictionary, WeakValueDictionary, WeakSet)


class Counted(StreamwrightServer):
    """Its guests leave a second after their browser."""

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "tests.counted", *arguments]

    def counts(self) -> dict[str, float]:
        """How many there are of everything of the project's, of tasks, threads and open files, once rubbish is out."""
        path = self.home / "counts.json"
        path.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        give_up = time.monotonic() + 30
        while not path.exists():
            assert time.monotonic() < give_up, "It did not count."
            time.sleep(0.02)
        found: dict[str, float] = json.loads(path.read_text())
        return found


def count() -> dict[str, float]:
    import asyncio
    import threading

    gc.collect()
    found: Counter[str] = Counter()
    for each in gc.get_objects():
        kind = type(each)
        if str(kind.__module__).partition(".")[0] in PROJECT:
            found[kind.__qualname__] += 1
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in PROJECT:
            found.update(_held_by(name, module))
    [resident] = [line for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line]
    found["tasks"] = len(asyncio.all_tasks(_loop()))
    found["threads"] = threading.active_count()
    found["files"] = len(list(Path("/proc/self/fd").iterdir()))
    return dict(found) | {"MB": int(resident.split()[1]) / 1024}


def _held_by(name: str, module: ModuleType) -> dict[str, int]:
    """The lengths of a module's containers and caches, and of the containers of its one-of-a-kind objects."""
    held = {}
    for key, value in list(vars(module).items()):
        if isinstance(value, BOXES) and not key.startswith("__"):
            held[f"{name}.{key}"] = len(value)
        elif hasattr(value, "cache_info") and value.__module__ == name:
            held[f"{name}.{key}()"] = value.cache_info().currsize
        elif str(type(value).__module__) == name:
            attributes = getattr(value, "__dict__", {})
            held |= {f"{name}.{key}.{each}": len(box) for each, box in attributes.items() if isinstance(box, BOXES)}
    return held


def _loop() -> Any:
    from daphne.server import twisted_loop

    return twisted_loop


def _answer(*_: object) -> None:
    from django.conf import settings

    path = settings.HOME / "counts.json"
    path.with_suffix(".part").write_text(json.dumps(count()))
    path.with_suffix(".part").rename(path)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "streamwright.settings")
    if sys.argv[1] == "serve":
        import streamwright.asgi  # noqa: F401
        from workflows.live.directory import directory

        directory.grace = GRACE
        signal.signal(signal.SIGUSR1, _answer)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
