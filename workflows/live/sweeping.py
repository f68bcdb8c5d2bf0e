"""What processes that are gone left behind: their runs and streams end as failed, in words and with their text kept;
their visits wait for their browsers (S24, P16)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from workflows.errors import INTERRUPTED
from workflows.live import leases
from workflows.live.frozen import facts_of, write
from workflows.models import KeptStream, KeptText, Process, Run, StoredVisit

# How long a visit waits for its browser, and how long the text of a run is kept once its page is gone.
KEPT = timedelta(hours=24)
# Beyond this a moment in the future is a mistake.
AHEAD = timedelta(minutes=1)


def sweep() -> int:
    """End what was left running; returns the number of runs. Nothing is written if nothing was left."""
    dead = leases.dead()
    beats = {each.id: each.beat for each in dead}
    alive = leases.living(dead)
    runs = Run.objects.filter(state="running").exclude(owner__in=alive)
    streams = KeptStream.objects.filter(over=False).exclude(owner__in=alive)
    visits = StoredVisit.objects.exclude(owner="").exclude(owner__in=alive)
    if not (dead or runs.exists() or streams.exists() or visits.exists()):
        return 0
    with transaction.atomic():
        ended = [_end_run(run, beats) for run in runs]
        Run.objects.bulk_update(ended, ["state", "reason", "seconds", "steps"], batch_size=100)
        for stream in streams:
            _end_stream(stream, beats)
        visits.update(owner="", saved=Now())
        Process.objects.filter(id__in=beats).delete()
    return len(ended)


def end_given_up(before: datetime, runs: list[str], streams: list[str], visits: list[str]) -> None:
    """End what this process had stored as running, and has forgotten since it could not save: everything from before
    that moment except these."""
    with transaction.atomic():
        over = Run.objects.filter(state="running", owner=leases.HERE, started__lt=before).exclude(id__in=runs)
        Run.objects.bulk_update(
            [_end_run(run, {}) for run in over], ["state", "reason", "seconds", "steps"], batch_size=100
        )
        ended = KeptStream.objects.filter(over=False, owner=leases.HERE, began__lt=before).exclude(id__in=streams)
        for stream in ended:
            _end_stream(stream, {})
        left = StoredVisit.objects.filter(owner=leases.HERE, saved__lt=before).exclude(key__in=visits)
        left.update(owner="", saved=Now())


def age() -> None:
    """Delete visits that nobody came back to, and texts that no page shows any more. What is of the future, because the
    clock was set back since, has waited for no time yet."""
    StoredVisit.objects.filter(owner="", saved__gt=Now() + AHEAD).update(saved=Now())
    KeptStream.objects.filter(over=True, began__gt=Now() + AHEAD).update(began=Now())
    StoredVisit.objects.filter(owner="", saved__lt=Now() - KEPT).delete()
    over = KeptStream.objects.filter(over=True)
    over.filter(~Exists(StoredVisit.objects.filter(key=OuterRef("visit"))), run="").delete()
    shown = StoredVisit.objects.filter(key=OuterRef("visit"), holds__contains=OuterRef("id"))
    over.filter(~Exists(shown), began__lt=Now() - KEPT).delete()


def texts_of(pieces: Iterable[KeptText]) -> dict[str, str]:
    """The texts by field that these pieces make up, in order."""
    texts: dict[str, list[str]] = {}
    lengths: dict[str, int] = {}
    for piece in pieces:
        known = texts.setdefault(piece.field, [])
        if piece.at < lengths.get(piece.field, 0):  # It was written twice.
            known[:] = ["".join(known)[: piece.at]]
        known.append(piece.text)
        lengths[piece.field] = piece.at + len(piece.text)
    return {field: "".join(known) for field, known in texts.items()}


def _end_run(run: Run, beats: dict[str, datetime]) -> Run:
    """As its own process would have ended it; it was alive at least until its last beat."""
    if run.owner in beats:
        run.seconds = max(run.seconds, (beats[run.owner] - run.started).total_seconds())
    run.state, run.reason = "failed", INTERRUPTED
    for step in run.steps:
        if step["state"] in ("running", "streaming", "waiting"):
            began = step["started"] is not None
            step |= {"state": "failed" if began else "stopped", "ended": run.seconds}
            step["reason"] = INTERRUPTED if began else ""
    return run


def _end_stream(stream: KeptStream, beats: dict[str, datetime]) -> None:
    texts = texts_of(stream.pieces.all())
    facts = facts_of(stream.facts, texts)
    if stream.owner in beats:
        facts["seconds_in_all"] = max(0.0, (beats[stream.owner] - stream.began).total_seconds())
    facts |= {"state": "failed", "error": ["interrupted", INTERRUPTED]}
    stream.facts, stream.texts, stream.over = write(facts), write(texts), True
    stream.save(update_fields=["facts", "texts", "over"])
    stream.pieces.all().delete()
