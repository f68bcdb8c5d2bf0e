"""Sends a call of an app and prints its response as it arrives: the text first, its fields at the end.

    manage.py call chat "OpenAI/Ask the model" --param question="Why is the sky blue?" --param tags:='["physics"]'

A value is a text; one written after := is JSON, such as a list or a number.

The exit status says how it ended: 0 done, 1 failed (with the reason on standard error), 2 wrong usage, 130 stopped by
Ctrl C, 141 because nobody reads on (`| head`). The last two close the connection to the service.
"""

import asyncio
import re
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any, NoReturn

import orjson
from django.core.management.base import BaseCommand, OutputWrapper

from builder.access import documents_of
from builder.document import Body, children
from builder.edition import DEVELOPMENT, LIVE, Edition
from builder.expressions.values import as_text
from builder.models import App
from connector.answers.stream import Stream
from connector.asking.placeholders import rows
from connector.calls import call_now
from connector.errors import ConnectorError
from connector.management.output import UNREAD, nobody_reads

DONE, FAILED, MISUSED, STOPPED = 0, 1, 2, 130
# Characters that would move a terminal's cursor, or worse.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_PARAM = "a text to send; NAME:=VALUE for a number, a list or anything else that is JSON"


class Command(BaseCommand):
    help = __doc__
    _unread = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("app", metavar="APP", help="the app, by its address")
        parser.add_argument("call", metavar="API/CALL", help="the call, by the names or the ids of its API and itself")
        parser.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help=_PARAM)
        parser.add_argument("--live", action="store_true", help="with the live secrets, not those of development")

    def handle(self, *args: Any, app: str, call: str, param: list[str], live: bool, **options: Any) -> None:
        found = App.objects.filter(slug=app).first()
        if found is None:
            self._misused(
                f"There is no app at {app}. There are: {_listed(App.objects.values_list('slug', flat=True))}."
            )
        api, key = self._call(found, call)
        if not children(api, key, "fields"):
            self._misused(f"{call} was never initialized, so it has no fields. Initialize it in the editor first.")
        values = self._values(api, key, param)
        try:
            edition = Edition(found, LIVE if live else DEVELOPMENT)
            sys.exit(asyncio.run(self._run(edition, api, key, values)))
        except KeyboardInterrupt:
            sys.exit(STOPPED)  # It came before there was anything to stop.

    def _call(self, app: App, wanted: str) -> tuple[Body, str]:
        calls = {
            name: (row.body, key)
            for row in documents_of(app, "api")
            for key in children(row.body, row.key, "calls")
            for name in (f"{row.name}/{row.body['nodes'][key]['name']}", f"{row.key}/{key}")
        }
        by_name = {name.lower(): found for name, found in calls.items()}
        if wanted.lower() not in by_name:
            names = (name for name in calls if not name.startswith("ai_"))
            self._misused(f"There is no call {wanted}. There are: {_listed(names)}.")
        return by_name[wanted.lower()]

    def _values(self, api: Body, call: str, given: Iterable[str]) -> dict[str, Any]:
        known = {row.name: row for row in rows(api, call) if row.name} | {row.id: row for row in rows(api, call)}
        open_rows = sorted({row.name for row in known.values() if not row.private})
        values = {}
        for each in given:
            name, equals, value = each.partition("=")
            if not equals:
                self._misused(f"Write --param NAME=VALUE, not {each}.")
            is_json, name = name.endswith(":"), name.removesuffix(":")
            if name not in known or known[name].private:
                why = "is private" if name in known else "is no parameter of this call"
                self._misused(f"{name} {why}. Those to set are: {_listed(open_rows)}.")
            values[known[name].id] = self._json(name, value) if is_json else value
        return values

    def _json(self, name: str, text: str) -> Any:
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            self._misused(f"What {name}:= is given is not JSON. For a text, write {name}= instead.")

    async def _run(self, edition: Edition, api: Body, call: str, values: dict[str, Any]) -> int:
        try:
            stream, task = await call_now(edition, api["root"], call, values)
        except ConnectorError as error:
            self._say(error)
            return FAILED
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stream.stop)
        self._show(stream, api, call)
        await asyncio.wait([task])
        self._sum_up(stream, api, call)
        if self._unread:
            return UNREAD
        if stream.state == "failed":
            self.stderr.write(_plain(f"{stream.error}", self.stderr))
        return {"done": DONE, "stopped": STOPPED}.get(stream.state, FAILED)

    def _show(self, stream: Stream, api: Body, call: str) -> None:
        """Print the first text as it grows; a replaced text starts again on a new line."""
        key = _first_text(api, call)
        text = stream.field(key) if key else None
        if text is None:
            return
        shown, epoch = 0, text.epoch

        def write(changed: object) -> None:
            nonlocal shown, epoch
            if text.epoch != epoch:
                shown, epoch = 0, text.epoch
                self._write("\n")
            if text.length > shown:
                self._write(text.since(shown))
                shown = text.length
            if self._unread:
                stream.stop()

        stream.subscribe(write)
        write(None)

    def _sum_up(self, stream: Stream, api: Body, call: str) -> None:
        first = _first_text(api, call)
        if first and stream.field(first).length:
            self._write("\n\n")
        for key in children(api, call, "fields"):
            if key != first and (value := as_text(stream.field(key))):
                self._write(f"{api['nodes'][key]['name']}: {value}\n")

    def _write(self, text: str) -> None:
        """Write to standard output at once, as long as somebody reads it."""
        try:
            self.stdout.write(_plain(text, self.stdout), ending="")
            self.stdout.flush()
        except BrokenPipeError:
            self._unread = True
            nobody_reads()

    def _say(self, error: ConnectorError) -> None:
        said = error.as_json()["error"]
        words = " ".join(str(said[part]) for part in ("sentence", "why", "todo") if said[part])
        self.stderr.write(_plain(words, self.stderr))

    def _misused(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(MISUSED)


def _plain(text: str, out: OutputWrapper) -> str:
    """What a service said, made safe to print: a terminal gets printable text only."""
    return _CONTROL.sub("\ufffd", text) if out.isatty() else text


def _first_text(api: Body, call: str) -> str | None:
    texts = (key for key in children(api, call, "fields") if api["nodes"][key]["props"]["type"] == "text_stream")
    return next(texts, None)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
