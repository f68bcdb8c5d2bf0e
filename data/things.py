"""Things: made, read, changed, deleted and watched. Every reader of a type hears when something of it has changed."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, QuerySet

from builder.database import db
from builder.document import Body, Node, children
from builder.edition import DEVELOPMENT, Edition
from builder.errors import NotFound
from builder.expressions import values as read_as
from builder.models import App
from data import models
from data.errors import NoSuchType, ThingGone, WrongValue

# A search shows at most this many things.
MOST = 500
# A text in a field is no longer than this, in characters.
LONGEST = 10_000_000
# Things on one page of a table.
A_PAGE = 50

# Built-in fields of every thing, beside the author's own.
BUILT_IN = {"created": "date", "changed": "date", "creator": "text"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as it was when it was read. Fields by id; the built-in ones are `created`, `changed` and `creator`."""

    key: str
    type: str
    values: dict[str, Any]
    created: datetime
    changed: datetime
    creator: str

    def field(self, key: str) -> Any:
        """A field's value; empty when there is none."""
        return getattr(self, key) if key in BUILT_IN else self.values.get(key)

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key} | self.values


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a type's things, the newest first: which page of how many, and how many things there are in all."""

    things: list[Thing]
    number: int
    pages: int
    total: int


async def create_thing(
    edition: Edition, data_type: str, values: dict[str, Any], creator: str, beside: Callable[[], None] = lambda: None
) -> Thing:
    """Create a thing and tell who watches its type. `values` are by field id; unknown fields are left out. `beside` is
    written in the same transaction.

    Raises `NoSuchType`, or `WrongValue` where a value does not fit its field.
    """
    return await db(add_thing, edition, data_type, values, creator, beside)


def add_thing(
    edition: Edition, data_type: str, values: dict[str, Any], creator: str, beside: Callable[[], None] = lambda: None
) -> Thing:
    """The same for code that is not on the loop."""
    stored = dict(_fitting(_type(edition, data_type), values))
    with transaction.atomic():
        row = models.Thing.objects.create(
            app=edition.app, environment=edition.environment, type=data_type, values=stored, creator=creator
        )
        beside()
    _has_changed(edition, data_type)
    return _read(row)


def set_field(edition: Edition, data_type: str, key: str, field: str, value: Any) -> Thing:
    """Give one field of a thing a value and tell who watches its type.

    Raises `NoSuchType`, `ThingGone`, `NotFound` for a field that the type does not have, or `WrongValue`.
    """
    body = _type(edition, data_type)
    if field not in children(body, body["root"], "fields"):
        raise NotFound
    stored = fitting(body["nodes"][field], value)
    with transaction.atomic():
        row = _things(edition, data_type).select_for_update().filter(key=key).first()
        if row is None:
            raise ThingGone(type=body["nodes"][body["root"]]["name"])
        row.values = row.values | {field: stored}
        row.save()
    _has_changed(edition, data_type)
    return _read(row)


def delete_things(edition: Edition, data_type: str, keys: Iterable[str]) -> int:
    """Delete things for good and tell who watches their type; how many there were. Those that are gone are no error."""
    deleted, _ = _things(edition, data_type).filter(key__in=list(keys)).delete()
    _has_changed(edition, data_type)
    return deleted


def search(
    app: App | str, data_type: str, newest_first: bool, limit: int, environment: str = DEVELOPMENT
) -> list[Thing]:
    """The newest or the oldest things of a type, at most `limit` of them. The app may be given by its id."""
    rows = models.Thing.objects.filter(app=app, environment=environment, type=data_type)
    order = ("-created", "-key") if newest_first else ("created", "key")
    return [_read(row) for row in rows.order_by(*order)[: min(limit, MOST)]]


def page_of(edition: Edition, data_type: str, number: int = 1) -> Shown:
    """One page of a type's things, the newest first; the nearest one there is."""
    pages = Paginator(_things(edition, data_type).order_by("-created", "-key"), A_PAGE)
    page = pages.get_page(number)
    return Shown([_read(row) for row in page.object_list], page.number, pages.num_pages, pages.count)


def count(edition: Edition) -> dict[str, int]:
    """How many things there are of each type."""
    rows = models.Thing.objects.filter(app=edition.app, environment=edition.environment).order_by()
    return dict(rows.values_list("type").annotate(many=Count("key")))


def misfits(edition: Edition, data_type: str, field: str, kind: str) -> int:
    """How many things hold in a field what would be empty if the field were of type `kind`."""
    held = _things(edition, data_type).filter(**{f"values__{field}__isnull": False}).values_list("values", flat=True)
    return sum(not reads_as(kind, values[field]) for values in held.iterator())


def reads_as(kind: str, value: Any) -> bool:
    """Whether a stored value is one of this type; nothing fits everywhere, and everything can be read as a text."""
    if kind == "yes_no":
        return read_as.is_empty(value) or isinstance(value, bool)
    return read_as.is_empty(value) or READINGS[kind][1](value) is not None


def _things(edition: Edition, data_type: str) -> QuerySet[models.Thing]:
    """All of a type."""
    return models.Thing.objects.filter(app=edition.app, environment=edition.environment, type=data_type)


def _type(edition: Edition, data_type: str) -> Body:
    try:
        return edition.body("data_type", data_type)
    except NotFound as error:
        raise NoSuchType from error


# What a field of each type takes, in words, and how a value is read as one.
READINGS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "text": ("a text", read_as.as_text),
    "number": ("a number", read_as.as_number),
    "yes_no": ("yes or no", read_as.as_yes),
    "date": ("a date", read_as.as_date),
}


def fitting(field: Node, given: Any) -> Any:
    """A value as a field stores it, as JSON; `WrongValue` when it does not fit."""
    expected, read = READINGS[field["props"]["type"]]
    value = None if read_as.is_empty(given) else read(given)
    too_long = isinstance(value, str) and len(value) > LONGEST
    if too_long or (value is None and not read_as.is_empty(given)):
        raise WrongValue(field=field["name"], expected=expected)
    return read_as.as_json(value)


def _fitting(body: Body, values: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """Each field's value as it is stored."""
    for key in children(body, body["root"], "fields"):
        yield key, fitting(body["nodes"][key], values.get(key))


def _read(row: models.Thing) -> Thing:
    return Thing(row.key, row.type, row.values, row.created, row.changed, row.creator)


# Who watches which type of which app, in this process, and on which loop each of them listens.
_watchers: dict[tuple[str, str, str], dict[Callable[[], None], asyncio.AbstractEventLoop]] = {}


def watch(app: str, environment: str, data_type: str, hear: Callable[[], None]) -> Callable[[], None]:
    """Call `hear` on the running loop whenever a thing of this type was made, changed or deleted.

    Returns the way out; after it nothing is heard any more.
    """
    key = (app, environment, data_type)
    _watchers.setdefault(key, {})[hear] = asyncio.get_running_loop()

    def unwatch() -> None:
        _watchers.get(key, {}).pop(hear, None)
        if not _watchers.get(key):
            _watchers.pop(key, None)

    return unwatch


def changed(app: str, environment: str, data_type: str) -> None:
    """Tell who watches, each on its own loop. From any thread, after the change is committed."""
    key = (app, environment, data_type)
    for hear, loop in _watchers.get(key, {}).copy().items():
        with suppress(RuntimeError):  # The loop is closed: nobody is there.
            loop.call_soon_threadsafe(_tell, key, hear)


def _has_changed(edition: Edition, data_type: str) -> None:
    changed(edition.app.pk, edition.environment, data_type)


def _tell(key: tuple[str, str, str], hear: Callable[[], None]) -> None:
    if hear in _watchers.get(key, {}):
        hear()
