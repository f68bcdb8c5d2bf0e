"""By which documents live things are read: those of the release that visitors have, which an app above knows (S41)."""

from collections.abc import Callable
from typing import TypeAlias

from builder.edition import LIVE, Edition
from builder.models import App

# What visitors of an app get; None for one that is not published.
Find: TypeAlias = Callable[[App], Edition | None]
_finds: list[Find] = []


def found_by(find: Find) -> None:
    """Say how the live edition of an app is found."""
    _finds[:] = [find]


def live_edition(app: App) -> Edition:
    """What visitors get; of an app that is not published the live things, by the documents that are being edited."""
    found = (find(app) for find in _finds)
    return next((edition for edition in found if edition), Edition(app, LIVE))
