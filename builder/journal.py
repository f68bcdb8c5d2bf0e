"""The journal: the one way documents change. A gesture is one entry, one transaction, and one undo."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import F, JSONField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from builder.changes import ChangeJSON, NodeGone, changes
from builder.document import Body, Problem, Where, shape_problems
from builder.errors import Invalid, Refused, StreamwrightError
from builder.kinds import kinds
from builder.models import App, Entry, User
from builder.news import News, tab, tell
from builder.standing import Name, newest, put, read, written

# What the browser calls the request at hand, so that one that is sent again, because its answer was lost, happens once;
# and the stretch of typing it is part of: such gestures are one undo. "" for none.
token: ContextVar[str] = ContextVar("token", default="")
stretch: ContextVar[str] = ContextVar("stretch", default="")

# The last position a document is put back at.
LAST = 1_000_000


class NothingToUndo(Refused):
    code = "nothing_to_undo"
    sentence = "There is nothing to undo."


class NothingToRedo(Refused):
    code = "nothing_to_redo"
    sentence = "There is nothing to redo."


class RefusedBefore(Refused):
    """What a request was told when it came for the first time."""

    def __init__(self, said: dict[str, Any]):
        super().__init__(said["sentence"])
        self.code, self.why, self.todo, self.data = said["code"], said["why"], said["todo"], said["data"]


def perform(app: App, person: User, label: str, wanted: Iterable[ChangeJSON]) -> Entry:
    """Apply changes to the newest documents, all or none, and write them down with their inverses.

    Raises `Invalid` when a change cannot be read or would leave a document unreadable, `Gone` when what it is about is
    no longer there. Part of a stretch of typing, it goes into one entry with what came before it there. Of a request
    that is sent again, because its answer was lost, it is the entry of the first time.
    """
    wanted = list(wanted)
    if not wanted:
        raise Invalid("There is no change in this gesture.")
    with alone_with(app):
        if first := repeated(app, person):
            return first
        inverses = _apply(app, wanted)
        app.entries.filter(person=person, undone=True).delete()
        before = app.entries.filter(person=person).order_by("-id").first() if stretch.get() else None
        if before and before.stretch == stretch.get() and (joined := _joined(before.inverses, inverses)):
            inverses = joined
            before.delete()
        entry = app.entries.create(
            person=person,
            label=label[:120],
            changes=wanted,
            inverses=inverses,
            token=token.get() or None,
            stretch=stretch.get(),
        )
        _tell(app, person, entry.label)
    return entry


def repeated(app: App, person: User) -> Entry | None:
    """What the request at hand did, or was refused, when it came for the first time. Only in its transaction nobody
    comes in between: `perform`, `undo` and `redo` ask there."""
    return app.entries.filter(person=person, token=token.get()).first() if token.get() else None


def undo(app: App, person: User) -> Entry:
    """Take back the person's newest gesture that is not taken back yet. A new change of its own: refused in words when
    its target is gone or no longer holds what the undone change wrote. The next undo goes past what was refused."""
    return _go(app, person, back=True)


def redo(app: App, person: User) -> Entry:
    """Do the oldest undone gesture again."""
    return _go(app, person, back=False)


def undoable(app: App, person: User) -> tuple[str, str]:
    """What undo and redo would take back or do again, in words; empty when nothing."""
    back, again = (_going(app, person, way).values_list("label", flat=True).first() for way in (True, False))
    return back or "", again or ""


@contextmanager
def alone_with(app: App) -> Iterator[None]:
    """One gesture of an app after the other, in a transaction each. What is planned in here out of documents that were
    read in here is out of the newest. In SQLite there is one writer anyway."""
    with transaction.atomic():
        if connection.features.has_select_for_update:
            App.objects.select_for_update().filter(pk=app.pk).first()
        yield


def _go(app: App, person: User, back: bool) -> Entry:
    refused: StreamwrightError | None = None
    with alone_with(app):
        if first := repeated(app, person):
            if first.refusal:
                raise RefusedBefore(first.refusal)
            return first
        entry = _next(app, person, back)
        if entry is None:
            raise NothingToUndo if back else NothingToRedo
        try:
            with transaction.atomic():
                made = _apply(app, entry.inverses if back else entry.changes)
        except StreamwrightError as error:
            refused, entry.passed, entry.token = error, True, token.get() or None
            refused.data = refused.data | {"label": entry.label}
            entry.refusal = refused.as_json()["error"]
        else:
            # The inverses of the inverses are what a redo applies: they expect what the undo wrote.
            entry.changes, entry.inverses = (made, entry.inverses) if back else (entry.changes, made)
            entry.undone, entry.token, entry.stretch = back, token.get() or None, ""
            _tell(app, person, f"{'Undo' if back else 'Redo'}: {entry.label}")
        entry.save()
    if refused:
        raise refused
    return entry


def _next(app: App, person: User, back: bool) -> Entry | None:
    """The gesture that an undo takes back, or that a redo does again."""
    return _going(app, person, back).first()


def _going(app: App, person: User, back: bool) -> QuerySet[Entry]:
    return app.entries.filter(person=person, undone=not back, passed=False).order_by("-id" if back else "id")


def _joined(before: list[ChangeJSON], after: list[ChangeJSON]) -> list[ChangeJSON]:
    """One inverse for two changes of the same properties, where nobody changed them in between; else none."""
    match before, after:
        case [{"do": "update"} as first], [{"do": "update"} as last]:
            same = all(first[key] == last[key] for key in ("doc", "node")) and _touched(first) == _touched(last)
            between = last["set"] | ({"name": last["name"]} if "name" in last else {})
            return [first | {"expect": last["expect"]}] if same and first["expect"] == between else []
    return []


def _touched(update: ChangeJSON) -> set[str]:
    return {*update["set"], *update["unset"], *(("name",) if "name" in update else ())}


def _tell(app: App, person: User, label: str) -> None:
    """Let all who have the app open know, once it is stored."""
    news = News(tab.get(), app.edited.isoformat(), str(person), label)
    transaction.on_commit(partial(tell, app.pk, news))


def _apply(app: App, wanted: list[ChangeJSON]) -> list[ChangeJSON]:
    """Apply changes in order to the newest documents; their inverses in the order an undo applies them."""
    bodies = _Bodies(app)
    inverses = []
    for change in wanted:
        command = _command(change)
        address = change["doc"]
        made, inverse = command.apply(bodies.for_change(change), deepcopy(change))
        if made is None:
            inverse["position"] = bodies.positions[address]
        bodies.put(address, made)
        inverses.append(deepcopy(inverse))
    bodies.save()
    return inverses[::-1]


def _command(change: Any) -> Any:
    if not isinstance(change, dict) or change.get("do") not in changes:
        raise Invalid("There is no such change.")
    command = changes[change["do"]]
    command.check(change)
    kind, _, key = str(change.get("doc")).partition("/")
    if kind not in kinds or not key:
        raise Invalid("The change names no document.")
    return command


class _Bodies:
    """The documents a gesture touches, as they are while it is applied; saved together at its end. What is in them is
    never changed: they share it with the documents at hand."""

    def __init__(self, app: App):
        self.app = app
        self.rows: dict[str, int] = {}
        self.bodies: dict[str, Body | None] = {}
        # Where each stands among the app's documents; 0: at their end.
        self.positions: dict[str, int] = {}

    def for_change(self, change: ChangeJSON) -> Body | None:
        address = change["doc"]
        if address not in self.bodies:
            kind, _, key = address.partition("/")
            rows = self.app.documents.select_for_update().filter(kind=kind, key=key)
            row = rows.annotate(text=Cast("body", TextField())).values_list("pk", "position", "text").first()
            self.rows[address], self.positions[address] = row[:2] if row else (0, 0)
            self.bodies[address] = read((self.app.pk, kind, key), row[2]) if row else None
        body = self.bodies[address]
        if change["do"] == "create" and body is not None:
            raise Invalid("A document with this key is already there.")
        if change["do"] != "create" and body is None:
            raise NodeGone(name=kinds[address.partition("/")[0]].label)
        if change["do"] == "create":
            self.positions[address] = max(0, min(change.get("position", 0), LAST))
        return body

    def put(self, address: str, body: Body | None) -> None:
        self.bodies[address] = body

    def save(self) -> None:
        for address, body in self.bodies.items():
            row = self.rows[address]
            if body is None:
                if row:
                    self.app.documents.filter(pk=row).delete()
                continue
            kind, _, key = address.partition("/")
            if wrong := _misshapen(kind, key, body):
                raise Invalid(wrong[0].sentence)
            body = newest((self.app.pk, kind, key), body)
            if wrong := _errors(kind, body):
                raise Invalid(wrong[0].sentence)
            if row:
                self._rewrite(row, (self.app.pk, kind, key), body)
            else:
                self.app.documents.create(kind=kind, key=key, body=body, position=self.positions[address])
        self.app.edited = timezone.now()
        self.app.save(update_fields=["edited"])

    def _rewrite(self, row: int, name: Name, body: Body) -> None:
        """Store a document as the text that its nodes come to: of hundreds few are written anew."""
        text = written(body)
        stored = Cast(Value(text, TextField()), JSONField())
        self.app.documents.filter(pk=row).update(body=stored, revision=F("revision") + 1)
        put(name, text, body)


def unreadable(kind: str, key: str, body: Any, app: str = "") -> list[Problem]:
    """The problems that keep a document of an app from being stored: its shape, and what its kind calls an error."""
    return _misshapen(kind, key, body) or _errors(kind, newest((app, kind, key), body))


def _misshapen(kind: str, key: str, body: Any) -> list[Problem]:
    found = shape_problems(body, f"{kind}/{key}")
    if not found and body["root"] != key:
        found = [Problem(Where(f"{kind}/{key}"), "The document's root is not its key.", "error")]
    return found


def _errors(kind: str, body: Body) -> list[Problem]:
    return [problem for problem in kinds[kind].problems(body) if problem.severity == "error"]
