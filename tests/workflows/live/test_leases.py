"""P16: a process is dead when its lease ran out, or at once when it ran here and is not there any more."""

import os
import shutil
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from workflows.live import leases
from workflows.models import Process

pytestmark = pytest.mark.django_db
HERE = leases.place()
# Another container of this name on this host: there our own number may be a living process too.
NEIGHBOUR = HERE.replace("pid:[", "pid:[9")


@pytest.fixture
def gone():
    """The number of a process that there was."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.parametrize(
    ("host", "pid", "ago", "is_dead"),
    [
        (HERE, "gone", 0, True),
        (HERE, "parent", 0, False),
        (HERE, "own", 0, True),
        (HERE, "parent", 19, False),
        (HERE, "parent", 21, True),
        (NEIGHBOUR, "gone", 0, False),
        (NEIGHBOUR, "own", 19, False),
        (NEIGHBOUR, "gone", 21, True),
        (socket.gethostname(), "gone", 0, False),
        ("elsewhere", "gone", 0, False),
        ("elsewhere", "own", 0, False),
        ("elsewhere", "gone", 19, False),
        ("elsewhere", "gone", 21, True),
        # The clock was set back.
        ("elsewhere", "gone", -19, False),
        ("elsewhere", "gone", -3600, True),
    ],
    ids=lambda given: {HERE: "here", NEIGHBOUR: "neighbour", socket.gethostname(): "of this name"}.get(given, given),
)
def test_P16_who_is_dead(host, pid, ago, is_dead, gone):
    pids = {"gone": gone, "parent": os.getppid(), "own": os.getpid()}
    Process.objects.create(id="pr_other1", host=host, pid=pids[pid], beat=Now() - timedelta(seconds=ago))
    leases.begin()
    assert [each.id for each in leases.dead()] == (["pr_other1"] if is_dead else [])
    assert leases.beside() == ("" if is_dead else f"process {pids[pid]} on {host.partition(' ')[0]}")


def test_a_process_never_takes_itself_for_dead_and_comes_back_when_others_did():
    leases.begin()
    Process.objects.update(beat=Now() - timedelta(hours=1))
    assert leases.dead() == []
    Process.objects.all().delete()
    leases.beat()
    assert leases.living([]) == [leases.HERE]
    leases.end()
    assert not Process.objects.exists()


def test_where_nobody_can_say_whose_a_number_is_only_a_lease_counts(gone, monkeypatch):
    monkeypatch.setattr(leases, "place", lambda: "")
    Process.objects.create(id="pr_other1", host="", pid=gone)
    assert leases.dead() == []


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces of process numbers are Linux's")
def test_processes_in_two_namespaces_of_one_host_are_in_two_places():
    unshare = [shutil.which("unshare") or "unshare", "--pid", "--fork", "--mount-proc"]
    shown = [sys.executable, "-c", "import os; print(os.getpid(), os.readlink('/proc/self/ns/pid'))"]
    try:
        told = subprocess.run([*unshare, *shown], capture_output=True, text=True, timeout=30, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no namespace can be made here")
    assert told[0] == "1" and told[1] not in leases.place()
