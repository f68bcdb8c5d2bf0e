"""Stores visits, runs and streams in their rows, everything due in one transaction, and loads them again (S33, P16)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from builder.edition import Edition
from builder.errors import StreamwrightError
from builder.models import App
from builder.people.visitor import Visitor
from workflows.live import leases, waterfall
from workflows.live.frozen import read
from workflows.live.kept import Growth
from workflows.live.leases import HERE
from workflows.live.memory import bounded
from workflows.live.sweeping import sweep
from workflows.live.visit import key_of
from workflows.models import KeptStream, KeptText, Run, StoredVisit
from workflows.releases import edition_of

# How many of a visit's runs are restored.
RUNS = 12


class ServedElsewhere(StreamwrightError):
    """The process that has the visit is alive, or was a moment ago."""

    code = "served_elsewhere"
    status = 503
    sentence = "This page is just being taken over. Try again in a moment."


@dataclass(slots=True, eq=False)
class Snapshot:
    """A visit in its current state: its row, which contains what it `holds` once `write` has been called. `size` is the
    number of characters the last time."""

    row: StoredVisit
    holds: dict[str, Any]
    size: int = 0

    def write(self) -> None:
        self.row.holds = self.row.holds or bounded(self.holds, self.size)


@dataclass(slots=True)
class Batch:
    """What is due to be written."""

    visits: list[Snapshot] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    streams: list[Growth] = field(default_factory=list)
    # Keys of visits whose rows stay as they are, and which this process releases.
    let_go: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.visits or self.runs or self.streams or self.let_go)

    def write(self) -> None:
        """Fill in the contents of the rows."""
        for visit in self.visits:
            visit.write()
        for growth in self.streams:
            growth.write()

    def each(self) -> Iterator["Batch"]:
        """The same, split into single items."""
        yield from (Batch(visits=[each]) for each in self.visits)
        yield from (Batch(runs=[each]) for each in self.runs)
        yield from (Batch(streams=[each]) for each in self.streams)
        yield from (Batch(let_go=[each]) for each in self.let_go)

    def apps(self) -> set[str]:
        """The apps it concerns."""
        apps = {visit.row.app_id for visit in self.visits} | {run.app_id for run in self.runs}
        return apps | {growth.kept.app for growth in self.streams}

    def of(self, apps: Iterable[str]) -> "Batch":
        """The part that concerns these apps."""
        there = set(apps)
        return replace(
            self,
            visits=[each for each in self.visits if each.row.app_id in there],
            runs=[each for each in self.runs if each.app_id in there],
            streams=[each for each in self.streams if each.kept.app in there],
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored visit: the documents its page is made from; what it holds, as JSON; the rows of the streams in it and in
    its newest run; its runs, newest first."""

    edition: Edition
    holds: dict[str, Any]
    streams: dict[str, KeptStream]
    runs: list[Run]


def save(batch: Batch) -> bool:
    """Write it in one transaction, together with a beat of the lease. Anything of an app that is gone is left out.
    Returns whether this process had lost its lease, in which case others may have ended what belongs to it."""
    batch.write()  # Before the transaction: whoever else writes waits for that.
    with transaction.atomic():
        begun = leases.beat()
        if not batch:
            return begun
        batch = batch.of(App.objects.filter(pk__in=batch.apps()).values_list("pk", flat=True))
        _put(StoredVisit, [each.row for each in batch.visits], ["owner", "mark", "holds", "saved"])
        waterfall.put(batch.runs)
        _put(KeptStream, [each.row for each in batch.streams if each.row], ["owner", "over", "facts", "texts"])
        for growth in batch.streams:
            if growth.whole:
                KeptText.objects.filter(stream=growth.kept.id, field__in=growth.whole).delete()
        _append([(each.kept.id, *piece) for each in batch.streams for piece in each.pieces])
        ended = [each.row.id for each in batch.streams if each.row and each.row.over]
        KeptText.objects.filter(stream__in=ended).delete()
        StoredVisit.objects.filter(key__in=batch.let_go).update(owner="", saved=Now())
        return begun


def load(visit: str, edition: Edition, page: str, visitor: Visitor, have: int) -> Stored | None:
    """A stored visit, if it is this visitor's, on this page in its current version or, for a browser that has
    everything up to batch `have`, in the release that the browser shows. From here on it belongs to this process.

    Raises ServedElsewhere while another process has it. What a dead process left behind is ended in words first.
    """
    key = key_of(visit)
    rows = StoredVisit.objects.filter(
        key=key, app=edition.app, environment=edition.environment, page=page, visitor=visitor.key
    )
    row = rows.first()
    if row is None or (row.mark != edition.mark and not (have and edition.is_live)):
        return None
    with transaction.atomic():
        row = rows.select_for_update().get()
        if row.owner not in ("", HERE):
            sweep()
            row.refresh_from_db()
        if row.owner not in ("", HERE):
            raise ServedElsewhere
        rows.update(owner=HERE)
    runs = list(Run.objects.filter(visit=key)[:RUNS])
    known = KeptStream.objects.filter(visit=key).values_list("id", "run")
    wanted = [name for name, run in known if name in row.holds or (runs and run == runs[0].id)]
    if row.mark != edition.mark:
        edition = edition_of(row.mark)
    return Stored(edition, read(row.holds), KeptStream.objects.in_bulk(wanted), runs)


def _append(pieces: list[tuple[str, str, int, str]]) -> None:
    """Insert rows of `KeptText`, of which there may be thousands per second, without an object for each."""
    if pieces:
        into = f"INSERT INTO {KeptText._meta.db_table} (stream_id, field, at, text) VALUES (%s, %s, %s, %s)"
        with connection.cursor() as cursor:
            cursor.executemany(into, pieces)


def _put(model: Any, rows: list[Any], changes: list[str]) -> None:
    """Insert these rows, or update those that exist."""
    if rows:
        model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=changes)
