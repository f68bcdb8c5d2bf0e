"""P16: a process is dead when its lease ran out, or at once when it ran here and is not there any more."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from workflows.live import leases
from workflows.models import Process

pytestmark = pytest.mark.django_db
HOST = socket.gethostname()


@pytest.fixture
def gone():
    """The number of a process that there was."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.parametrize(
    ("host", "pid", "ago", "is_dead"),
    [
        (HOST, "gone", 0, True),
        (HOST, "parent", 0, False),
        (HOST, "own", 0, False),  # In another container of this name.
        (HOST, "own", 11, True),
        (HOST, "parent", 11, False),
        (HOST, "parent", 21, True),
        ("elsewhere", "gone", 0, False),
        ("elsewhere", "own", 0, False),
        ("elsewhere", "gone", 19, False),
        ("elsewhere", "gone", 21, True),
    ],
)
def test_P16_who_is_dead(host, pid, ago, is_dead, gone):
    pids = {"gone": gone, "parent": os.getppid(), "own": os.getpid()}
    Process.objects.create(id="pr_other1", host=host, pid=pids[pid], beat=Now() - timedelta(seconds=ago))
    leases.begin()
    assert [each.id for each in leases.dead()] == (["pr_other1"] if is_dead else [])


def test_a_process_never_takes_itself_for_dead_and_comes_back_when_others_did():
    leases.begin()
    Process.objects.update(beat=Now() - timedelta(hours=1))
    assert leases.dead() == []
    Process.objects.all().delete()
    leases.beat()
    assert leases.living([]) == [leases.HERE]
    leases.end()
    assert not Process.objects.exists()
