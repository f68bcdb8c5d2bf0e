"""A data type's things as a table: its columns, and in each cell what its control holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from builder.document import Body, children
from builder.expressions import values as read_as
from builder.types import types
from data.things import READINGS, Thing, reads_as

# Longer texts, in characters, are shown truncated and cannot be edited here.
LONG = 10_000
# How `<input type="datetime-local">` writes a time.
LOCAL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A refused cell: what was typed, and why it was refused."""

    thing: str
    field: str
    typed: str
    sentence: str


def columns(data_type: Body) -> list[dict[str, Any]]:
    """The author's fields, in order, each with its type's mark."""
    return [
        {
            "key": key,
            "name": data_type["nodes"][key]["name"],
            "kind": data_type["nodes"][key]["props"]["type"],
            "mark": types[data_type["nodes"][key]["props"]["type"]],
        }
        for key in children(data_type, data_type["root"], "fields")
    ]


def rows(data_type: Body, things: list[Thing], wrong: Wrong | None) -> Iterator[dict[str, Any]]:
    """Each thing with its cells."""
    shown = columns(data_type)
    for thing in things:
        cells = [_cell(thing, column, wrong) for column in shown]
        yield {"key": thing.key, "created": thing.created, "creator": thing.creator, "cells": cells}


def _cell(thing: Thing, column: dict[str, Any], wrong: Wrong | None) -> dict[str, Any]:
    stored, kind = thing.values.get(column["key"]), column["kind"]
    cell = {"field": column["key"], "name": column["name"], "kind": kind, "error": "", "misfit": ""}
    if wrong and (wrong.thing, wrong.field) == (thing.key, column["key"]):
        return cell | {"value": wrong.typed, "error": wrong.sentence}
    if not reads_as(kind, stored):
        text = read_as.as_text(stored)
        return cell | {"value": "", "misfit": f"“{text[:60]}” is not {READINGS[kind][0]}, so it reads as empty."}
    text = written(kind, stored)
    return cell | {"value": text[:LONG], "long": len(text) > LONG}


def written(kind: str, stored: Any) -> str:
    """A stored value as its control shows it. Dates are in UTC."""
    if kind != "date" or read_as.is_empty(stored):
        return read_as.as_text(stored)
    found = read_as.as_date(stored)
    if isinstance(found, datetime):
        return (found.astimezone(UTC) if found.tzinfo else found).strftime(LOCAL)
    return datetime.combine(found, time()).strftime(LOCAL) if isinstance(found, date) else ""


def typed(kind: str, text: str) -> Any:
    """What was typed into a control, as a value. Browsers send line ends as CR LF."""
    text = text.replace("\r\n", "\n")
    if kind != "date":
        return text if kind == "text" else text.strip()
    found = read_as.as_date(text.strip())
    return found.replace(tzinfo=UTC) if isinstance(found, datetime) and found.tzinfo is None else text.strip()
