"""P19: SQLite with several writing processes. Nobody ever sees "database is locked"."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server import ROOT, StreamwrightServer

PROCESSES = 4
WRITES = 100
# Reads a row, works on it, writes it back and adds another: what a change to a document does.
WRITER = f"""
import json, time
from django.db import transaction
from builder.models import App, Document
app, seconds = App.objects.get(slug="busy"), []
for number in range({WRITES}):
    started = time.perf_counter()
    with transaction.atomic():
        document = Document.objects.select_for_update().get(app=app, key="pg_busy00")
        document.revision += 1
        document.save()
        app.documents.create(kind="page", key=f"pg_{{number}}", body={{}}).delete()
    seconds.append(time.perf_counter() - started)
    time.sleep(0.005)
print(json.dumps(seconds))
"""
PREPARE = """
from builder.models import App, User
owner = User.objects.get(is_server_owner=True)
App.objects.create(name="Busy", slug="busy", owner=owner).documents.create(kind="page", key="pg_busy00", body={})
"""


@pytest.fixture
def seconds(new_home: Callable[[], Path]) -> list[float]:
    """How long each transaction took, when several processes write to one database as fast as they can; sorted."""
    home = StreamwrightServer(new_home())
    home.shell(PREPARE)
    command = home.command("shell", "--no-imports", "-c", WRITER)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    writers = [subprocess.Popen(command, cwd=ROOT, env=home.environment, text=True, **pipes) for _ in range(PROCESSES)]
    printed = [writer.communicate(timeout=120) for writer in writers]
    assert [errors for _, errors in printed if "Error" in errors] == []
    revision = home.shell('from builder.models import Document; print(Document.objects.get(key="pg_busy00").revision)')
    assert int(revision) == 1 + PROCESSES * WRITES
    return sorted(taken for output, _ in printed for taken in json.loads(output))


def test_no_writer_is_refused_and_no_write_is_lost(seconds: list[float]) -> None:
    assert len(seconds) == PROCESSES * WRITES


@pytest.mark.slow
def test_99_of_100_writes_take_at_most_200_milliseconds(seconds: list[float]) -> None:
    assert seconds[len(seconds) * 99 // 100] <= 0.2
