"""The lease of this server process: a row it renews, so that others know when it is gone (P16).

Processes tell the time by the database's clock alone. Nothing relies on a process saying goodbye.
"""

import os
import socket
from collections.abc import Collection
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from builder.document import new_id
from workflows.models import Process

# Without a beat for so long a process is dead.
LEASE = timedelta(seconds=20)
# Seconds between two beats of a process that has nothing to save.
BEAT = 5.0
# Who has written nothing for so long has missed a beat.
MISSED = timedelta(seconds=2 * BEAT)

# This process, for as long as it lives.
HERE = new_id("pr", 9)


def begin() -> None:
    """This process serves from now on; also when others thought it dead meanwhile."""
    Process.objects.update_or_create(
        id=HERE, defaults={"host": socket.gethostname(), "pid": os.getpid(), "beat": Now()}
    )


def beat() -> bool:
    """It is still there. Whether nobody knew of it."""
    if Process.objects.filter(id=HERE).update(beat=Now()):
        return False
    begin()
    return True


def end() -> None:
    """It serves nothing any more: what it left is anybody's, at once."""
    Process.objects.filter(id=HERE).delete()


def dead() -> list[Process]:
    """The processes that are gone: those whose lease ran out, and of this host those whose number nobody has. One whose
    number is our own, as in a container that was started again, is gone when it has missed a beat: it may as well be in
    another container of the same name."""
    others = Process.objects.exclude(id=HERE).filter(Q(beat__lt=Now() - LEASE) | Q(host=socket.gethostname()))
    late = Q(beat__lt=Now() - LEASE) | Q(beat__lt=Now() - MISSED, pid=os.getpid())
    gone = set(others.filter(late).values_list("id", flat=True))
    return [each for each in others if each.id in gone or not _runs(each.pid)]


def living(dead: Collection[Process]) -> list[str]:
    """The ids of the others that are alive, and our own."""
    gone = [each.id for each in dead]
    return [HERE, *Process.objects.exclude(id__in=[HERE, *gone]).values_list("id", flat=True)]


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # It is there and somebody else's, or there is no telling.
        return True
    return True
