"""Tells an open editor that its app was changed, by another tab or by somebody else."""

import json
from collections.abc import Callable
from dataclasses import asdict

from django.http import QueryDict

from builder.database import db
from builder.news import News, watch
from builder.people.presence import Present, enter
from builder.sockets import EditorSocket


class NewsConsumer(EditorSocket):
    """Says `{"mark": …}` at once, `{"tab", "mark", "who", "label"}` after every change, the page asks for what it
    shows; and `{"here": …}` when somebody comes or goes."""

    unwatch: Callable[[], None] | None = None
    leave: Callable[[], None] | None = None
    others: tuple[Present, ...] = ()

    async def opened(self) -> None:
        self.unwatch = watch(self.app.pk, self._hear)
        # A change between the door and here is not lost.
        await db(self.app.refresh_from_db, fields=["edited"])
        self.tell(json.dumps({"mark": self.app.edited.isoformat()}))
        asked = QueryDict(self.scope["query_string"])
        self.leave = enter(
            self.app.pk, Present.at(self.scope["user"], asked.get("tab", ""), asked.get("page", "")), self._show
        )

    def closed(self) -> None:
        if self.unwatch:
            self.unwatch()
        if self.leave:
            self.leave()

    def _show(self, others: tuple[Present, ...]) -> None:
        if others != self.others:
            self.others = others
            self.tell(json.dumps({"here": [asdict(one) for one in others]}))

    def _hear(self, news: News) -> None:
        self.tell(json.dumps(asdict(news)))
