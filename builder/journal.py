"""The journal: the only way documents change. A gesture is one entry, one transaction, and one undo."""

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

from builder.access import catalog_of
from builder.changes import ChangeJSON, NodeGone, changes
from builder.document import Body, Problem, Where, shape_problems, well_formed
from builder.document_cache import newest, per_node, put, written
from builder.errors import Invalid, Refused, StreamwrightError
from builder.expressions.catalog import Catalog
from builder.kinds import kinds
from builder.models import App, Document, Entry, User
from builder.news import News, tab, tell

# The browser's id for the current request, so that one resent because its response was lost has its effect only once;
# and the stretch of typing it belongs to: such gestures are one undo. "" for none.
token: ContextVar[str] = ContextVar("token", default="")
stretch: ContextVar[str] = ContextVar("stretch", default="")

_well_formed = per_node(well_formed)

# The last position at which a document is restored.
LAST = 1_000_000


class NothingToUndo(Refused):
    code = "nothing_to_undo"
    sentence = "There is nothing to undo."


class NothingToRedo(Refused):
    code = "nothing_to_redo"
    sentence = "There is nothing to redo."


class RefusedBefore(Refused):
    """The refusal that a request got when it came for the first time."""

    def __init__(self, said: dict[str, Any]):
        super().__init__(said["sentence"])
        self.code, self.why, self.todo, self.data = said["code"], said["why"], said["todo"], said["data"]


def perform(app: App, person: User, label: str, wanted: Iterable[ChangeJSON]) -> Entry:
    """Apply changes to the current documents, all or none, and record them with their inverses.

    Raises `Invalid` if a change cannot be read or would leave a document unreadable, `Gone` if what it refers to no
    longer exists. A gesture that is part of a stretch of typing shares one entry with those before it. For a request
    that was resent because its response was lost, this returns the original entry.
    """
    with alone_with(app):
        return repeated(app, person) or performed(app, person, label, wanted, catalog_of(app))[0]


def performed(
    app: App, person: User, label: str, wanted: Iterable[ChangeJSON], catalog: Catalog
) -> tuple[Entry, Catalog]:
    """The same for a caller inside `alone_with` who has read the documents there; also returns them as they are
    afterwards."""
    wanted = list(wanted)
    if not wanted:
        raise Invalid("There is no change in this gesture.")
    inverses, after = _apply(app, wanted, catalog)
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
    entry.names = entry.label, ""
    _tell(app, person, entry.label)
    return entry, after


def repeated(app: App, person: User) -> Entry | None:
    """What the current request did, or how it was refused, when it came for the first time. Only inside the transaction
    can nobody else intervene, so it has to be called there."""
    return app.entries.filter(person=person, token=token.get()).first() if token.get() else None


def undo(app: App, person: User) -> Entry:
    """Take back the person's latest gesture that has not been undone. This is a new change: it is refused, with a
    reason, if its target is gone or no longer holds what the undone change wrote. The next undo skips what was
    refused."""
    return go(app, person, back=True)[0]


def redo(app: App, person: User) -> Entry:
    """Repeat the oldest undone gesture."""
    return go(app, person, back=False)[0]


def go(app: App, person: User, back: bool) -> tuple[Entry, Catalog]:
    """Undo, or redo; also returns the app's documents as they are afterwards."""
    refused: StreamwrightError | None = None
    with alone_with(app):
        catalog = catalog_of(app)
        if first := repeated(app, person):
            if first.refusal:
                raise RefusedBefore(first.refusal)
            return first, catalog
        entry = _next(app, person, back)
        if entry is None:
            raise NothingToUndo if back else NothingToRedo
        try:
            with transaction.atomic():
                made, catalog = _apply(app, entry.inverses if back else entry.changes, catalog)
        except StreamwrightError as error:
            refused, entry.passed, entry.token = error, True, token.get() or None
            refused.data = refused.data | {"label": entry.label}
            entry.refusal = refused.as_json()["error"]
        else:
            # A redo applies the inverses of the inverses, which expect what the undo wrote.
            entry.changes, entry.inverses = (made, entry.inverses) if back else (entry.changes, made)
            entry.undone, entry.token, entry.stretch = back, token.get() or None, ""
            _tell(app, person, f"{'Undo' if back else 'Redo'}: {entry.label}")
        entry.save()
        other = _name(app, person, back)
        entry.names = (other, entry.label) if back else (entry.label, other)
    if refused:
        raise refused
    return entry, catalog


def undoable(app: App, person: User) -> tuple[str, str]:
    """What undo and redo would take back or repeat, in words; empty if nothing."""
    return _name(app, person, back=True), _name(app, person, back=False)


def _name(app: App, person: User, back: bool) -> str:
    return _going(app, person, back).values_list("label", flat=True).first() or ""


@contextmanager
def alone_with(app: App) -> Iterator[None]:
    """Serialise gestures of an app, each in a transaction. Anything planned inside from documents read inside is based
    on the current ones. With SQLite there is only one writer anyway."""
    with transaction.atomic():
        if connection.features.has_select_for_update:
            App.objects.select_for_update().filter(pk=app.pk).first()
        yield


def _next(app: App, person: User, back: bool) -> Entry | None:
    """The gesture that an undo takes back, or that a redo repeats."""
    return _going(app, person, back).first()


def _going(app: App, person: User, back: bool) -> QuerySet[Entry]:
    return app.entries.filter(person=person, undone=not back, passed=False).order_by("-id" if back else "id")


def _joined(before: list[ChangeJSON], after: list[ChangeJSON]) -> list[ChangeJSON]:
    """One inverse for two changes of the same properties, if nobody changed them in between; otherwise none."""
    match before, after:
        case [{"do": "update"} as first], [{"do": "update"} as last]:
            same = all(first[key] == last[key] for key in ("doc", "node")) and _touched(first) == _touched(last)
            between = last["set"] | ({"name": last["name"]} if "name" in last else {})
            return [first | {"expect": last["expect"]}] if same and first["expect"] == between else []
    return []


def _touched(update: ChangeJSON) -> set[str]:
    return {*update["set"], *update["unset"], *(("name",) if "name" in update else ())}


def _tell(app: App, person: User, label: str) -> None:
    """Notify everybody who has the app open, once it is committed."""
    news = News(tab.get(), app.edited.isoformat(), str(person), label)
    transaction.on_commit(partial(tell, app.pk, news))


def _apply(app: App, wanted: list[ChangeJSON], catalog: Catalog) -> tuple[list[ChangeJSON], Catalog]:
    """Apply changes in order to the current documents; returns their inverses, in the order an undo applies them, and
    the resulting documents."""
    bodies = _Bodies(app, catalog)
    inverses = []
    for change in wanted:
        command = _command(change)
        address = change["doc"]
        made, inverse = command.apply(bodies.for_change(change), deepcopy(change))
        if made is None:
            inverse["position"] = bodies.position(address)
        bodies.put(address, made)
        inverses.append(deepcopy(inverse))
    return inverses[::-1], bodies.save()


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
    """The documents a gesture touches, in their state while it is applied; saved together at its end. Their contents
    are never modified in place, since they are shared with the cached documents."""

    def __init__(self, app: App, catalog: Catalog):
        self.app, self.catalog = app, catalog
        self.bodies: dict[str, Body | None] = {}
        # Where newly created ones go among the app's documents; 0: at the end.
        self.positions: dict[str, int] = {}

    def for_change(self, change: ChangeJSON) -> Body | None:
        address = change["doc"]
        kind, _, key = address.partition("/")
        body = self.bodies[address] if address in self.bodies else self.catalog.body(kind, key)
        if change["do"] == "create" and body is not None:
            raise Invalid("A document with this key is already there.")
        if change["do"] != "create" and body is None:
            raise NodeGone(name=kinds[kind].label)
        if change["do"] == "create":
            self.positions[address] = max(0, min(change.get("position", 0), LAST))
        return body

    def put(self, address: str, body: Body | None) -> None:
        self.bodies[address] = body

    def position(self, address: str) -> int:
        """A document's position among those of the app."""
        if address not in self.positions:
            self.positions[address] = self._row(address).values_list("position", flat=True).get()
        return self.positions[address]

    def save(self) -> Catalog:
        """Store them; returns all of the app's documents as they are afterwards."""
        for address, body in self.bodies.items():
            if body is None:
                self._row(address).delete()
            else:
                self.bodies[address] = self._stored(address, body)
        self.app.edited = timezone.now()
        self.app.save(update_fields=["edited"])
        if all(body and self._is_there(address) for address, body in self.bodies.items()):
            changed = [(address.partition("/")[0], body) for address, body in self.bodies.items() if body]
            return self.catalog.replacing(changed)
        # If documents came or went, the database knows their order.
        return catalog_of(self.app)

    def _row(self, address: str) -> QuerySet[Document]:
        kind, _, key = address.partition("/")
        return self.app.documents.filter(kind=kind, key=key)

    def _is_there(self, address: str) -> bool:
        """Whether it was stored before."""
        kind, _, key = address.partition("/")
        return self.catalog.body(kind, key) is not None

    def _stored(self, address: str, body: Body) -> Body:
        """Store a document, as text assembled from its nodes' texts: of hundreds, only a few are serialised again."""
        kind, _, key = address.partition("/")
        name = (self.app.pk, kind, key)
        if wrong := _misshapen(kind, key, body):
            raise Invalid(wrong[0].sentence)
        body = newest(name, body)
        if wrong := _errors(kind, body):
            raise Invalid(wrong[0].sentence)
        if not self._is_there(address):
            self.app.documents.create(kind=kind, key=key, body=body, position=self.positions[address])
            return body
        text = written(body)
        stored = Cast(Value(text, TextField()), JSONField())
        self._row(address).update(body=stored, revision=F("revision") + 1)
        put(name, text, body)
        return body


def unreadable(kind: str, key: str, body: Any, app: str = "") -> list[Problem]:
    """The problems that keep a document of an app from being stored: its structure, and what its kind considers an
    error."""
    return _misshapen(kind, key, body) or _errors(kind, newest((app, kind, key), body))


def _misshapen(kind: str, key: str, body: Any) -> list[Problem]:
    found = shape_problems(body, f"{kind}/{key}", _well_formed)
    if not found and body["root"] != key:
        found = [Problem(Where(f"{kind}/{key}"), "The document's root is not its key.", "error")]
    return found


def _errors(kind: str, body: Body) -> list[Problem]:
    return [problem for problem in kinds[kind].problems(body) if problem.severity == "error"]
