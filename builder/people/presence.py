"""Who has an app open in the editor, where, and what they have selected; visible to everybody who has it open.

Only within this process, as are the news.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from builder.models import User


@dataclass(frozen=True, slots=True)
class Present:
    """A person in one tab of the editor; `page` is the key of the page that is open there, `nodes` those of the
    elements selected on it."""

    person: int
    name: str
    initials: str
    tab: str
    page: str
    nodes: tuple[str, ...] = ()

    @classmethod
    def at(cls, user: User, tab: str, page: str) -> "Present":
        return cls(user.pk, str(user), user.initials, tab[:20], page[:12])


Show = Callable[[tuple[Present, ...]], None]

# By app: the callback of each of its open tabs, and who is in it.
_here: dict[str, dict[Show, Present]] = {}


def enter(app: str, present: Present, show: Show) -> Callable[[], None]:
    """Add somebody who opens the app and notify all who have it open. Returns the function for leaving."""
    _here.setdefault(app, {})[show] = present
    _tell(app)

    def leave() -> None:
        _here.get(app, {}).pop(show, None)
        _tell(app)

    return leave


def select(app: str, show: Show, nodes: tuple[str, ...]) -> None:
    """Show the others what is selected in a tab now."""
    here = _here.get(app, {})
    if show in here and here[show].nodes != nodes:
        here[show] = replace(here[show], nodes=nodes)
        _tell(app)


def _tell(app: str) -> None:
    here = _here.get(app, {})
    if not here:
        _here.pop(app, None)
    for show, me in list(here.items()):
        show(tuple(one for one in here.values() if one.person != me.person))
