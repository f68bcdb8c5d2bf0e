"""Tells an open editor that its app was changed, in another tab or by somebody else, and what its person may no longer
do."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict, replace

from django.http import QueryDict

from builder.access import NoLonger, OnlyLooks, SignedOut, apps_of
from builder.database import db
from builder.errors import Invalid, StreamwrightError
from builder.news import News, watch
from builder.people.presence import Present, enter, select
from builder.people.rights import HasRight, LacksRight, rights
from builder.sockets import EditorSocket
from builder.views.reading import json_value

# Seconds between two pictures of what somebody selects, however quickly they do.
PAUSE = 0.1
MOST_SELECTED = 20


class NewsConsumer(EditorSocket):
    """Sends `{"mark": …}` immediately, and `{"tab", "mark", "who", "label"}` after every change, upon which the page
    requests what it shows; `{"here": …}` when somebody comes, goes or selects something; `{"cut": …}` with the reason,
    in the form of an error, when its person may only look from now on, or not even that; `{"edits": true}` when they
    may change the app again. The page sends `{"nodes": ["el_k3x9q2"]}` when its person has selected something."""

    claim: HasRight
    unwatch: Callable[[], None] | None = None
    leave: Callable[[], None] | None = None
    others: tuple[Present, ...] = ()
    nodes: tuple[str, ...] = ()
    selecting: asyncio.TimerHandle | None = None

    async def opened(self) -> None:
        self.unwatch = watch(self.app.pk, self._hear)
        # A change between the access check and this point is not lost.
        await db(self.app.refresh_from_db, fields=["edited"])
        self.tell(json.dumps({"mark": self.app.edited.isoformat()}))
        asked = QueryDict(self.scope["query_string"])
        self.leave = enter(
            self.app.pk, Present.at(self.scope["user"], asked.get("tab", ""), asked.get("page", "")), self._show
        )
        # A page that was told before the connection broke is told of the opposite, should it have come meanwhile.
        if asked.get("looks"):
            rights.watch((self, "edit"), LacksRight(self._edits), self._may_edit)
        else:
            rights.watch((self, "edit"), self._edits, self._may_look)

    @property
    def _edits(self) -> HasRight:
        return replace(self.claim, right="edit")

    async def _may_look(self) -> None:
        """They may not change the app, or no longer. If they lost more than that, `turn_out` says so."""
        if not await db(HasRight.lost, {self.claim}) and self.unwatch:
            self._cut(OnlyLooks(app=self.app.name, owner=str(self.app.owner)))
            rights.watch((self, "edit"), LacksRight(self._edits), self._may_edit)

    async def _may_edit(self) -> None:
        self.tell(json.dumps({"edits": True}))
        rights.watch((self, "edit"), self._edits, self._may_look)

    async def turn_out(self) -> None:
        rights.forget((self, "edit"))
        try:
            self._cut(SignedOut() if await db(self._is_in) else NoLonger(app=self.app.name))
        finally:
            await super().turn_out()

    def _is_in(self) -> bool:
        return apps_of(self.scope["user"]).filter(pk=self.app.pk).exists()

    def _cut(self, why: StreamwrightError) -> None:
        self.tell(json.dumps({"cut": why.as_json()["error"]}))

    def closed(self) -> None:
        rights.forget((self, "edit"))
        if self.unwatch:
            self.unwatch()
            self.unwatch = None
        if self.selecting:
            self.selecting.cancel()
        if self.leave:
            self.leave()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            said = json_value(text_data or "")
        except Invalid:
            return
        match said:
            case {"nodes": [*nodes]} if len(nodes) <= MOST_SELECTED and all(isinstance(one, str) for one in nodes):
                self.nodes = tuple(one[:40] for one in nodes)
                self.selecting = self.selecting or asyncio.get_running_loop().call_later(PAUSE, self._select)

    def _select(self) -> None:
        self.selecting = None
        select(self.app.pk, self._show, self.nodes)

    def _show(self, others: tuple[Present, ...]) -> None:
        if others != self.others:
            self.others = others
            self.tell(json.dumps({"here": [asdict(one) for one in others]}))

    def _hear(self, news: News) -> None:
        self.tell(json.dumps(asdict(news)))
