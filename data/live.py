"""Which documents describe live things: those of the release that visitors see, known to an app above this one
(S41)."""

from collections.abc import Callable
from typing import TypeAlias

from builder.edition import LIVE, Edition
from builder.models import App

# Returns what an app's visitors see; None if the app is not published.
Find: TypeAlias = Callable[[App], Edition | None]
_finds: list[Find] = []


def found_by(find: Find) -> None:
    """Register how an app's live edition is found."""
    _finds[:] = [find]


def live_edition(app: App) -> Edition:
    """What visitors see. For an unpublished app: its live things, described by the documents being edited."""
    found = (find(app) for find in _finds)
    return next((edition for edition in found if edition), Edition(app, LIVE))
