"""Choices made in Settings, for an app or for the server: read anew each time, since any process may change them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Model

from builder.models import App, AppSettings, ServerSettings


def chosen(section: str, app: App | None = None) -> dict[str, Any]:
    """The choices in a section for an app, or without one for the server; values left at their default are absent."""
    values = _rows(app).values_list("values", flat=True).first() or {}
    return dict(values.get(section, {}))


def choose(section: str, values: Mapping[str, Any], app: App | None = None) -> None:
    """Store values of a section, keeping the others; None restores the default."""
    with choosing(section, app) as kept:
        kept.update(values)


@contextmanager
def choosing(section: str, app: App | None = None) -> Iterator[dict[str, Any]]:
    """The choices in a section, for changes that depend on them: nobody else changes them meanwhile."""
    with transaction.atomic():
        row = _rows(app).select_for_update().first() or _new(app)
        before = row.values.get(section, {})
        yield (kept := dict(before))
        if kept != before:
            row.values = row.values | {section: {name: value for name, value in kept.items() if value is not None}}
            row.save()


def _rows(app: App | None) -> Any:
    if app is None:
        return ServerSettings.objects.filter(pk=ServerSettings.ONLY)
    return AppSettings.objects.filter(app_id=app.pk)


def _new(app: App | None) -> Any:
    made: Model = ServerSettings(pk=ServerSettings.ONLY) if app is None else AppSettings(app=app)
    return made
