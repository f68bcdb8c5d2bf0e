"""News of an app: whoever has it open in the editor hears that a gesture has changed it, and asks for what it shows.

In this process only, and no more than a wake-up: what a socket did not hear it finds by the mark when it is back.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass

# The browser tab that the request at hand came from, as it names itself; "" for none.
tab: ContextVar[str] = ContextVar("tab", default="")


@dataclass(frozen=True, slots=True)
class News:
    """What is heard: which tab changed the app, the mark of the app as it is after it, whose gesture it was and what it
    is called."""

    tab: str
    mark: str
    who: str = ""
    label: str = ""


Hear = Callable[[News], None]

# Who listens to which app, and on which loop each of them does.
_listeners: dict[str, dict[Hear, asyncio.AbstractEventLoop]] = {}


def watch(app: str, hear: Hear) -> Callable[[], None]:
    """Call `hear` on the running loop after every change of an app. Returns the way out; after it nothing is heard."""
    _listeners.setdefault(app, {})[hear] = asyncio.get_running_loop()

    def unwatch() -> None:
        _listeners.get(app, {}).pop(hear, None)
        if not _listeners.get(app):
            _listeners.pop(app, None)

    return unwatch


def tell(app: str, news: News) -> None:
    """Tell who listens. From any thread, after the change is committed."""
    for hear, loop in _listeners.get(app, {}).copy().items():
        with suppress(RuntimeError):  # The loop is closed: nobody is there.
            loop.call_soon_threadsafe(_tell, app, hear, news)


def _tell(app: str, hear: Hear, news: News) -> None:
    if hear in _listeners.get(app, {}):
        hear(news)
