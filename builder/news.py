"""News of an app: whoever has it open in the editor hears that a gesture has changed it, and requests what it shows.

This is limited to one process, and no more than a wake-up: a socket that missed something notices by the mark when it
is back.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass

# The browser tab that sent the current request, by its own name; "" for none.
tab: ContextVar[str] = ContextVar("tab", default="")


@dataclass(frozen=True, slots=True)
class News:
    """A piece of news: which tab changed the app, the app's mark afterwards, who made the gesture and its label."""

    tab: str
    mark: str
    who: str = ""
    label: str = ""


Hear = Callable[[News], None]

# Who listens to which app, and the event loop each of them listens on.
_listeners: dict[str, dict[Hear, asyncio.AbstractEventLoop]] = {}


def watch(app: str, hear: Hear) -> Callable[[], None]:
    """Call `hear` on the running loop after every change of an app. Returns a function that ends this."""
    _listeners.setdefault(app, {})[hear] = asyncio.get_running_loop()

    def unwatch() -> None:
        _listeners.get(app, {}).pop(hear, None)
        if not _listeners.get(app):
            _listeners.pop(app, None)

    return unwatch


def tell(app: str, news: News) -> None:
    """Notify those who listen. May be called from any thread, after the change is committed."""
    for hear, loop in _listeners.get(app, {}).copy().items():
        with suppress(RuntimeError):  # The loop is closed: nobody is there.
            loop.call_soon_threadsafe(_tell, app, hear, news)


def _tell(app: str, hear: Hear, news: News) -> None:
    if hear in _listeners.get(app, {}):
        hear(news)
