"""P19: SQLite with several writing processes. Nobody ever sees "database is locked"."""

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server import ROOT, StreamwrightServer

PROCESSES = 4
WRITES = 100
# Reads a row, works on it, writes it back and adds another: what a change to a document does. Begins when it is told to.
WRITER = f"""
import json, time
from django.db import transaction
from builder.models import App, Document, User
owner = User.objects.get(is_server_owner=True)
app, _ = App.objects.get_or_create(slug="busy", defaults={{"name": "Busy", "owner": owner}})
app.documents.get_or_create(kind="page", key="pg_busy00", defaults={{"body": {{}}, "revision": 0}})
seconds = []
print("ready", flush=True)
input()
for number in range({WRITES}):
    started = time.perf_counter()
    with transaction.atomic():
        document = Document.objects.get(app=app, key="pg_busy00")
        document.revision += 1
        document.save()
        app.documents.create(kind="page", key=f"pg_{{number}}", body={{}}).delete()
    seconds.append(time.perf_counter() - started)
    time.sleep(0.005)
print(json.dumps(seconds))
"""


@pytest.fixture
def seconds(new_home: Callable[[], Path]) -> list[float]:
    """How long each transaction took when several processes write to one database as fast as they can; sorted."""
    home = StreamwrightServer(new_home())
    command = home.command("shell", "--no-imports", "-c", WRITER)
    writers = [
        subprocess.Popen(
            command, cwd=ROOT, env=home.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(PROCESSES)
    ]
    assert [writer.stdout and writer.stdout.readline() for writer in writers] == ["ready\n"] * PROCESSES
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("\n")
        writer.stdin.flush()
    printed = [writer.communicate(timeout=120)[0] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * PROCESSES
    assert revision(home.home) == PROCESSES * WRITES, "A write was lost."
    return sorted(taken for output in printed for taken in json.loads(output))


def revision(home: Path) -> int:
    database = sqlite3.connect(home / "streamwright.sqlite3")
    (found,) = database.execute("select revision from builder_document where key = 'pg_busy00'").fetchone()
    database.close()
    return int(found)


def test_no_writer_is_refused_and_no_write_is_lost(seconds: list[float]) -> None:
    assert len(seconds) == PROCESSES * WRITES


@pytest.mark.slow
def test_99_of_100_writes_take_at_most_200_milliseconds(seconds: list[float]) -> None:
    assert seconds[len(seconds) * 99 // 100] <= 0.2
