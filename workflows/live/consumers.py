"""The sockets of live pages: a page's own, in preview and published, and that of an editor who watches one.

A visit's socket carries what S3 allows and nothing else; frames and steps go to the debugger's own socket, which
requires the right to see the app in the editor.
"""

import asyncio
from functools import partial
from typing import Any

from builder.database import db
from builder.document import Body
from builder.edition import LIVE, Edition
from builder.errors import Invalid, NotFound, StreamwrightError
from builder.people.rights import NOT_YOURS, Claim, rights
from builder.people.visitor import Visitor, client_address, cookies_of, word_in
from builder.sockets import EditorSocket, GuardedSocket
from workflows import passes
from workflows.live import protocol
from workflows.live.debugger import Watch
from workflows.live.directory import Guest, PageIsOld, TooManyOpen, directory, happened_first, place_of
from workflows.live.doorstep import doorstep
from workflows.live.pace import EVENTS, EVENTS_A_SECOND, VALUES, Pace
from workflows.live.saving import ServedElsewhere
from workflows.models import StoredVisit
from workflows.releases import IsPublished, edition_of, live_edition


class LiveConsumer(GuardedSocket):
    """The socket of one open page. Its door determines the `edition` of the app and the `visitor`."""

    edition: Edition
    visitor: Visitor
    guest: Guest | None = None
    _leaving: asyncio.Future[None] | None = None

    async def connect(self) -> None:
        if doorstep.enter(self, place_of(client_address(self.scope)), self._tired):
            await super().connect()
        else:
            await self.accept()
            await self.close(protocol.FULL)

    def _tired(self) -> None:
        self.passed = False
        self._leaving = asyncio.ensure_future(self.close(protocol.SILENT))

    def begin(self) -> None:
        super().begin()
        self._pace = Pace(EVENTS, EVENTS_A_SECOND)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        try:
            message = protocol.read(text_data or bytes_data or b"")
            if isinstance(message, protocol.Hello):
                if self.guest is not None:
                    raise Invalid("Hello was said already.")
                if message.version != protocol.VERSION:
                    return await self.close(protocol.OTHER_VERSION)
                doorstep.leave(self)
                await self._hello(message)
            elif self.guest is None:
                raise Invalid("Say hello first.")
            elif isinstance(message, protocol.Ack):
                self.guest.visit.outbox.acknowledge(message.n)
            elif not self._pace.take(1 + len(message.values) // VALUES):
                raise Invalid("No page says so much.")
            else:
                self.guest.runs.happened(message)
        except PageIsOld:
            await self.close(protocol.OTHER_VERSION)
        except ServedElsewhere:
            await self.close(protocol.LATER)
        except TooManyOpen as error:
            await self._part({"notice": error.sentence}, protocol.FULL)
        except Invalid as error:
            await self._part(error.as_json(), protocol.BAD_MESSAGE)
        except StreamwrightError as error:
            await self._part(error.as_json(), NOT_YOURS)

    async def _part(self, said: dict[str, Any], code: int) -> None:
        """Send the reason, and close. A browser that has left meanwhile needs neither, and what it still says is not
        heard."""
        self.passed = False
        self.tell(protocol.write(said))
        await self.close(code)

    async def _hello(self, hello: protocol.Hello) -> None:
        page, arrived = self.scope["url_route"]["kwargs"]["page"], directory.arrived()
        query = self.scope["query_string"].decode("ascii", "replace")
        guest, new = await directory.enter(self.edition, page, self.visitor, hello.visit, hello.have, hello.mark, query)
        if guest.newest > arrived:  # One that came later has the visit already: this one is what the browser has left.
            return await self.close(protocol.TAKEN_OVER)
        guest.newest = arrived
        # Nothing is awaited before it is attached, since a guest without a socket is about to leave.
        before, self.guest = guest.socket, guest
        known = {"visit": guest.visit.id, "new": new, "heard": guest.visit.outbox.heard}
        if guest.came_back:
            known["back"] = True
        self.tell(protocol.write({"hello": {"v": protocol.VERSION, **known}}))
        rights.watch(guest, self.claim, partial(directory.turn_out, guest))
        directory.attach(guest, self, self.tell, 0 if new else hello.have)
        if new:
            happened_first(guest)
        if isinstance(before, LiveConsumer) and before is not self:
            await before.close(protocol.TAKEN_OVER)

    def closed(self) -> None:
        doorstep.leave(self)
        if self.guest:
            directory.detach(self.guest, self)


class PreviewConsumer(LiveConsumer, EditorSocket):
    """The socket of a page in preview: the app being edited, for those who may see it in the editor."""

    async def door(self) -> Claim:
        claim = await super().door()
        self.edition = Edition.being_edited(self.app)
        self.visitor = Visitor.editor(self.scope["user"], client_address(self.scope))
        return claim


class PublishedConsumer(LiveConsumer):
    """The socket of a published page: the live release, for anybody, or for those with a pass. It is closed when the
    app is taken offline."""

    async def door(self) -> Claim:
        where = self.scope["url_route"]["kwargs"]
        self.edition = await db(live_edition, where["slug"])
        self.visitor = Visitor.stranger(word_in(self.scope), client_address(self.scope))
        return await db(self._claim, where["page"])

    def _claim(self, page: str) -> Claim:
        app = self.edition.app
        if passes.is_for_everybody(self._body(page)):
            return IsPublished(app.pk)
        holder = passes.holder(app, cookies_of(self.scope))
        if holder is None:
            raise NotFound
        return holder

    def _body(self, page: str) -> Body:
        """The page in the live release or, if that no longer has it, the version this visitor has open (S41), which
        stays theirs until they reload. Raises NotFound."""
        try:
            return self.edition.body("page", page)
        except NotFound:
            known = (*directory.guests.values(), *directory.parting.values())
            if guest := next((each for each in known if each.is_of(self.edition, page, self.visitor)), None):
                return guest.visit.page.body
            visits = StoredVisit.objects.filter(app=self.edition.app, environment=LIVE)
            row = visits.filter(page=page, visitor=self.visitor.key).order_by("-saved").first()
            if row is None:
                raise
            return edition_of(row.mark).body("page", page)


class DebugConsumer(EditorSocket):
    """The debugger's socket: the steps, live values and frames of one visit."""

    watch: Watch | None = None

    async def opened(self) -> None:
        guest = directory.guests.get(self.scope["url_route"]["kwargs"]["visit"])
        if guest is None or guest.edition.app.pk != self.app.pk or guest.edition.is_live:
            raise NotFound
        self.watch = Watch(guest, self.picture)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.watch:
            self.watch.asked(text_data or "")

    def closed(self) -> None:
        if self.watch:
            self.watch.close()
