"""Things: created, read, changed, deleted and watched. Everyone who watches a type is told when one of its things
changes."""

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

# The most things a search returns.
MOST = 500
# The longest text in a field, in characters.
LONGEST = 10_000_000
# Things on one page of a table.
A_PAGE = 50

# Fields that every thing has besides the author's own.
BUILT_IN = {"created": "date", "changed": "date", "creator": "text", "key": "text"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as it was when it was read. Fields by id; the built-in ones are `BUILT_IN`."""

    key: str
    type: str
    values: dict[str, Any]
    created: datetime
    changed: datetime
    creator: str

    def field(self, key: str) -> Any:
        """A field's value; empty if there is none."""
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
    """Create a thing and notify those who watch its type. `values` are by field id; unknown fields are ignored.
    `beside` is written in the same transaction.

    Raises `NoSuchType`, or `WrongValue` if a value does not fit its field.
    """
    return await db(add_thing, edition, data_type, values, creator, beside)


def add_thing(
    edition: Edition, data_type: str, values: dict[str, Any], creator: str, beside: Callable[[], None] = lambda: None
) -> Thing:
    """The same, for code that does not run on the event loop."""
    body = _type(edition, data_type)
    stored = dict(_fitting(body, values, children(body, body["root"], "fields")))
    with transaction.atomic():
        row = models.Thing.objects.create(
            app=edition.app, environment=edition.environment, type=data_type, values=stored, creator=creator
        )
        beside()
    _has_changed(edition, data_type)
    return _read(row)


def set_field(edition: Edition, data_type: str, key: str, field: str, value: Any) -> Thing:
    """Set one field of a thing and notify those who watch its type.

    Raises `NoSuchType`, `ThingGone`, `NotFound` for a field that the type does not have, or `WrongValue`.
    """
    body = _type(edition, data_type)
    if field not in children(body, body["root"], "fields"):
        raise NotFound
    return set_fields(edition, data_type, key, {field: value})


def set_fields(
    edition: Edition, data_type: str, key: str, values: dict[str, Any], beside: Callable[[], None] = lambda: None
) -> Thing:
    """Give those fields of a thing that stand in `values` other values, and tell who watches its type; unknown fields
    are left out. `beside` is written in the same transaction.

    Raises `NoSuchType`, `ThingGone` or `WrongValue`.
    """
    body = _type(edition, data_type)
    stored = dict(_fitting(body, values, [key for key in children(body, body["root"], "fields") if key in values]))
    with transaction.atomic():
        row = _things(edition, data_type).select_for_update().filter(key=key).first()
        if row is None:
            raise ThingGone(type=body["nodes"][body["root"]]["name"])
        row.values = row.values | stored
        row.save()
        beside()
    _has_changed(edition, data_type)
    return _read(row)


def delete_things(
    edition: Edition, data_type: str, keys: Iterable[str], beside: Callable[[], None] = lambda: None
) -> int:
    """Delete things for good, notify those who watch their type, and return how many there were. Things already gone
    are no error. `beside` writes in the same transaction."""
    with transaction.atomic():
        deleted, _ = _things(edition, data_type).filter(key__in=list(keys)).delete()
        beside()
    _has_changed(edition, data_type)
    return deleted


def search(
    app: App | str, data_type: str, newest_first: bool, limit: int, environment: str = DEVELOPMENT
) -> list[Thing]:
    """The newest or oldest things of a type, at most `limit` of them. The app may be given by its id."""
    rows = models.Thing.objects.filter(app=app, environment=environment, type=data_type)
    order = ("-created", "-key") if newest_first else ("created", "key")
    return [_read(row) for row in rows.order_by(*order)[: min(limit, MOST)]]


def page_of(edition: Edition, data_type: str, number: int = 1) -> Shown:
    """One page of a type's things, newest first; if there is no such page, the nearest one."""
    pages = Paginator(_things(edition, data_type).order_by("-created", "-key"), A_PAGE)
    page = pages.get_page(number)
    return Shown([_read(row) for row in page.object_list], page.number, pages.num_pages, pages.count)


def count(edition: Edition) -> dict[str, int]:
    """The number of things of each type."""
    rows = models.Thing.objects.filter(app=edition.app, environment=edition.environment).order_by()
    return dict(rows.values_list("type").annotate(many=Count("key")))


def misfits(edition: Edition, data_type: str, field: str, kind: str) -> int:
    """How many things hold a value in a field that would read as empty if the field were of type `kind`."""
    held = _things(edition, data_type).filter(**{f"values__{field}__isnull": False}).values_list("values", flat=True)
    return sum(not reads_as(kind, values[field]) for values in held.iterator())


def reads_as(kind: str, value: Any) -> bool:
    """Whether a stored value reads as one of this type. An empty value always does, and anything reads as a text."""
    if kind == "yes_no":
        return read_as.is_empty(value) or isinstance(value, bool)
    return read_as.is_empty(value) or READINGS[kind][1](value) is not None


def _things(edition: Edition, data_type: str) -> QuerySet[models.Thing]:
    """All things of a type."""
    return models.Thing.objects.filter(app=edition.app, environment=edition.environment, type=data_type)


def _type(edition: Edition, data_type: str) -> Body:
    try:
        return edition.body("data_type", data_type)
    except NotFound as error:
        raise NoSuchType from error


# What a field of each type accepts, in words, and how a value is converted to it.
READINGS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "text": ("a text", read_as.as_text),
    "number": ("a number", read_as.as_number),
    "yes_no": ("yes or no", read_as.as_yes),
    "date": ("a date", read_as.as_date),
}


def fitting(field: Node, given: Any) -> Any:
    """A value as a field stores it, as JSON. Raises `WrongValue` if it does not fit."""
    expected, read = READINGS[field["props"]["type"]]
    value = None if read_as.is_empty(given) else read(given)
    too_long = isinstance(value, str) and len(value) > LONGEST
    if too_long or (value is None and not read_as.is_empty(given)):
        raise WrongValue(field=field["name"], expected=expected)
    return read_as.as_json(value)


def _fitting(body: Body, values: dict[str, Any], fields: Iterable[str]) -> Iterable[tuple[str, Any]]:
    """Each of these fields' value as it is stored."""
    for key in fields:
        yield key, fitting(body["nodes"][key], values.get(key))


def _read(row: models.Thing) -> Thing:
    return Thing(row.key, row.type, row.values, row.created, row.changed, row.creator)


# Who watches which type of which app in this process, and the event loop each of them listens on.
_watchers: dict[tuple[str, str, str], dict[Callable[[], None], asyncio.AbstractEventLoop]] = {}


def watch(app: str, environment: str, data_type: str, hear: Callable[[], None]) -> Callable[[], None]:
    """Call `hear` on the running loop whenever a thing of this type is created, changed or deleted.

    Returns a function that ends this.
    """
    key = (app, environment, data_type)
    _watchers.setdefault(key, {})[hear] = asyncio.get_running_loop()

    def unwatch() -> None:
        _watchers.get(key, {}).pop(hear, None)
        if not _watchers.get(key):
            _watchers.pop(key, None)

    return unwatch


def changed(app: str, environment: str, data_type: str) -> None:
    """Notify everyone who watches, each on their own loop. May be called from any thread, after the change is
    committed."""
    key = (app, environment, data_type)
    for hear, loop in _watchers.get(key, {}).copy().items():
        with suppress(RuntimeError):  # The loop is closed: nobody is there.
            loop.call_soon_threadsafe(_tell, key, hear)


def _has_changed(edition: Edition, data_type: str) -> None:
    changed(edition.app.pk, edition.environment, data_type)


def _tell(key: tuple[str, str, str], hear: Callable[[], None]) -> None:
    if hear in _watchers.get(key, {}):
        hear()
