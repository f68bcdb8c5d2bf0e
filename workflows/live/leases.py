"""The lease of this server process: a row that it keeps renewing, so that others know when it is gone (P16).

Processes tell time by the database's clock alone. Nothing relies on a process saying goodbye.
"""

import os
import socket
import sys
from collections.abc import Collection
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db.models import Q
from django.db.models.functions import Now

from builder.document import new_id
from workflows.models import Process

# A process without a beat for this long is dead.
LEASE = timedelta(seconds=20)
# Seconds between two beats of a process that has nothing to save.
BEAT = 5.0

# This process, for as long as it lives.
HERE = new_id("pr", 9)


def begin() -> None:
    """This process serves from now on, even if others took it for dead meanwhile."""
    Process.objects.update_or_create(id=HERE, defaults={"host": place(), "pid": os.getpid(), "beat": Now()})


def beat() -> bool:
    """Renew the lease; returns whether it had been lost."""
    if Process.objects.filter(id=HERE).update(beat=Now()):
        return False
    begin()
    return True


def end() -> None:
    """Stop serving: what this process leaves behind may be taken over immediately."""
    Process.objects.filter(id=HERE).delete()


@cache
def place() -> str:
    """The scope within which a process id is unique: this host since it was booted, and the PID namespace that this
    process is in, because two containers may have the same name, and each has a process 1. "" if unknown."""
    if sys.platform != "linux":
        return socket.gethostname()
    try:
        booted = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{socket.gethostname()} {booted} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def dead() -> list[Process]:
    """The processes that are gone: those whose lease has expired, or begins in the future because the clock was set
    back, and those in this scope whose process id no longer exists or is now this process's."""
    late, here = ~Q(beat__range=(Now() - LEASE, Now() + LEASE)), Q(host=place()) & ~Q(host="")
    others = Process.objects.exclude(id=HERE)
    known = others.filter(here).exclude(late)
    return [*others.filter(late), *(each for each in known if each.pid == os.getpid() or not _runs(each.pid))]


def living(dead: Collection[Process]) -> list[str]:
    """The ids of the others that are alive, and our own."""
    gone = [each.id for each in dead]
    return [HERE, *Process.objects.exclude(id__in=[HERE, *gone]).values_list("id", flat=True)]


def beside() -> str:
    """The other processes that serve this database now, in words; "" if there are none."""
    gone = [each.id for each in dead()]
    others = Process.objects.exclude(id__in=[HERE, *gone])
    return ", ".join(f"process {each.pid} on {each.host.partition(' ')[0] or 'an unknown host'}" for each in others)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # It is there and somebody else's, or there is no telling.
        return True
    return True
