"""Things: made, read and watched. Every reader of a type hears when something of it has changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from builder.access import document_of
from builder.database import db
from builder.document import Body, children
from builder.errors import NotFound
from builder.expressions import values as read_as
from builder.models import App
from data import models
from data.errors import NoSuchType, WrongValue

# A search shows at most this many things.
MOST = 500
# A text in a field is no longer than this, in characters.
LONGEST = 10_000_000

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


async def create_thing(
    app: App, data_type: str, values: dict[str, Any], creator: str, environment: str = "development"
) -> Thing:
    """Create a thing and tell who watches its type. `values` are by field id; unknown fields are left out.

    Raises `NoSuchType`, or `WrongValue` where a value does not fit its field.
    """
    thing = await db(_create, app, data_type, values, creator, environment)
    changed(app.pk, environment, data_type)
    return thing


def search(
    app: App | str, data_type: str, newest_first: bool, limit: int, environment: str = "development"
) -> list[Thing]:
    """The newest or the oldest things of a type, at most `limit` of them. The app may be given by its id."""
    rows = models.Thing.objects.filter(app=app, environment=environment, type=data_type)
    order = ("-created", "-key") if newest_first else ("created", "key")
    return [_read(row) for row in rows.order_by(*order)[: min(limit, MOST)]]


def _create(app: App, data_type: str, values: dict[str, Any], creator: str, environment: str) -> Thing:
    try:
        body = document_of(app, "data_type", data_type).body
    except NotFound as error:
        raise NoSuchType from error
    stored = dict(_fitting(body, values))
    row = models.Thing.objects.create(app=app, environment=environment, type=data_type, values=stored, creator=creator)
    return _read(row)


def _fitting(body: Body, values: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """Each field's value as it is stored."""
    readings: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "text": ("a text", read_as.as_text),
        "number": ("a number", read_as.as_number),
        "yes_no": ("yes or no", read_as.as_yes),
        "date": ("a date", read_as.as_date),
    }
    for key in children(body, body["root"], "fields"):
        node, given = body["nodes"][key], values.get(key)
        expected, read = readings[node["props"]["type"]]
        value = None if read_as.is_empty(given) else read(given)
        too_long = isinstance(value, str) and len(value) > LONGEST
        if too_long or (value is None and not read_as.is_empty(given)):
            raise WrongValue(field=node["name"], expected=expected)
        yield key, read_as.as_json(value)


def _read(row: models.Thing) -> Thing:
    return Thing(row.key, row.type, row.values, row.created, row.changed, row.creator)


# Who watches which type of which app, in this process.
_watchers: dict[tuple[str, str, str], set[Callable[[], None]]] = {}


def watch(app: str, environment: str, data_type: str, hear: Callable[[], None]) -> Callable[[], None]:
    """Call `hear` on the loop whenever a thing of this type was made, changed or deleted; returns the way out."""
    key = (app, environment, data_type)
    _watchers.setdefault(key, set()).add(hear)

    def unwatch() -> None:
        _watchers.get(key, set()).discard(hear)
        if not _watchers.get(key):
            _watchers.pop(key, None)

    return unwatch


def changed(app: str, environment: str, data_type: str) -> None:
    """Tell who watches; must be called on the loop, after the change is committed."""
    for hear in list(_watchers.get((app, environment, data_type), ())):
        hear()
