"""Who has an app open in the editor, and where: everybody who is in it sees it.

In this process only, as the news are.
"""

from collections.abc import Callable
from dataclasses import dataclass

from builder.models import User


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody at one tab of the editor; `page` is the key of the page that is open there."""

    person: int
    name: str
    initials: str
    tab: str
    page: str

    @classmethod
    def at(cls, user: User, tab: str, page: str) -> "Present":
        return cls(user.pk, str(user), user.initials, tab[:20], page[:12])


Show = Callable[[tuple[Present, ...]], None]

# By app, what shows each of its open tabs who is here, and who is at it.
_here: dict[str, dict[Show, Present]] = {}


def enter(app: str, present: Present, show: Show) -> Callable[[], None]:
    """Somebody opens the app: all who have it open are shown so. Returns the way out."""
    _here.setdefault(app, {})[show] = present
    _tell(app)

    def leave() -> None:
        _here.get(app, {}).pop(show, None)
        _tell(app)

    return leave


def _tell(app: str) -> None:
    here = _here.get(app, {})
    if not here:
        _here.pop(app, None)
    for show, me in list(here.items()):
        show(tuple(one for one in here.values() if one.person != me.person))
