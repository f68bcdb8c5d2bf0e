"""Tells an open editor that its app was changed, by another tab or by somebody else."""

import json
from collections.abc import Callable

from builder.database import db
from builder.news import watch
from builder.sockets import EditorSocket


class NewsConsumer(EditorSocket):
    """Says `{"mark": …}` at once and `{"tab": …, "mark": …}` after every change; the page asks for what it shows."""

    unwatch: Callable[[], None] | None = None

    async def opened(self) -> None:
        self.unwatch = watch(self.app.pk, self._hear)
        # A change between the door and here is not lost.
        await db(self.app.refresh_from_db, fields=["edited"])
        self.tell(json.dumps({"mark": self.app.edited.isoformat()}))

    def closed(self) -> None:
        if self.unwatch:
            self.unwatch()

    def _hear(self, tab: str, mark: str) -> None:
        self.tell(json.dumps({"tab": tab, "mark": mark}))
