"""The source “Get data from an external API”: a call used as Data, run when a page needs it and kept live (S36)."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from builder.edition import Edition
from builder.expressions.catalog import Catalog, Place
from builder.expressions.shape import Expression, expressions
from builder.expressions.trace import trace
from builder.expressions.values import as_text
from builder.people.visitor import Visitor
from builder.sources import Context, Key, Offer, Setting, Source, sources
from connector.answers.extract import Extraction
from connector.answers.stream import Stream
from connector.calls import start_call
from connector.captures.samples import Sample, sample_of
from connector.errors import ConnectorError
from connector.offered import find_call, offered_calls, settable

log = logging.getLogger(__name__)


@sources.register
class ApiData(Source):
    """Arguments: `call` (`ai_…/ca_…`) and `parameters`, values by parameter id."""

    name = "api"
    label = "Get data from an API"
    icon = "wave"
    help = "Called when the page needs it, and again when a parameter changes. Waits for a text that is still arriving."
    required = ("call",)
    example = {"call": "ai_example/ca_example", "parameters": {}}

    def type_of(self, args: dict[str, Any], place: Place) -> str | None:
        reference = str(args.get("call"))
        return f"call:{reference}" if find_call(place.catalog, reference) else None

    def label_of(self, args: dict[str, Any], place: Place) -> str:
        call = find_call(place.catalog, args["call"])
        return call["name"] if call else self.label

    def reads(self, args: dict[str, Any]) -> Key:
        return ("resource", self.name, str(args.get("call")))

    def value(self, args: dict[str, Any], context: Context) -> Any:
        found = context.resource(self.name, args)
        return found.value if found else None

    def offers(self, place: Place) -> Iterable[Offer]:
        for reference, api, call in offered_calls(place.catalog, "data"):
            expression = self.expression(call=reference, parameters={})
            yield Offer(call, f"Get data from {api}", self.icon, f"call:{reference}", expression)

    def settings(self, args: dict[str, Any], place: Place) -> Iterable[Setting]:
        """The parameters that are not private (S7)."""
        for key, name, optional in settable(place.catalog, str(args.get("call"))):
            yield Setting(("parameters", key), name, "any", hint="Left out when empty." if optional else "")

    def sample(self, args: dict[str, Any], place: Place) -> Sample | None:
        """The recording, if it was made with these parameters; those that only a visit knows may have any value."""
        given = args.get("parameters") or {}
        return sample_of(place.catalog, str(args.get("call"))) if _as_tested(given, place.catalog) else None

    def problems(self, args: dict[str, Any], place: Place) -> Iterable[str]:
        """A call shown by a page is not sent for every word of an arriving text, so it has to wait for the end
        (S36)."""
        if place.workflow:
            return
        for key, value in (args.get("parameters") or {}).items():
            if any(_arrives(each, place) for each in expressions(value)):
                yield (
                    f"“{place.catalog.name(key)}” is a text that is still arriving, and this waits until it is whole. "
                    "Choose its full text."
                )

    async def fetch(self, edition: Edition, args: dict[str, Any], visitor: Visitor) -> "Fetched":
        """The whole response, for a workflow's step; for a call that never ends, what its first frame contained."""
        api, _, call = str(args["call"]).partition("/")
        stream = await start_call(edition, api, call, args.get("parameters") or {}, visitor)
        enough = asyncio.Event()
        stream.subscribe(lambda changed: enough.set() if stream.over or (stream.stays_open and stream.frames) else None)
        try:
            await enough.wait()
        finally:
            stream.stop()
        return Fetched(stream)

    def open(self, edition: Edition, args: dict[str, Any], moved: Callable[[], None], visitor: Visitor) -> "OpenCall":
        """Run the call for one page with these parameters, from now on."""
        return OpenCall(edition, args, moved, visitor)


def _as_tested(given: dict[str, Any], catalog: Catalog) -> bool:
    """Whether parameters have the test values that Initialize sends."""
    for key, value in given.items():
        node = catalog.node(key)
        known = isinstance(value, str | int | float) and value != ""
        if node and known and as_text(value) != as_text(node["props"].get("value")):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Fetched:
    """A call that has ended."""

    value: Stream


class OpenCall:
    """A call shown by a page. `value` is its live result; a call that could not be sent is a failed one. While it
    `is_starting`, a placeholder that waits takes its place, which is not worth storing."""

    def __init__(self, edition: Edition, args: dict[str, Any], moved: Callable[[], None], visitor: Visitor):
        self.moved = moved
        self.value = Stream(Extraction(()))
        self.value.request_sent()
        self.is_starting = True
        self._starting = asyncio.ensure_future(self._start(edition, args, visitor))

    def close(self) -> None:
        self._starting.cancel()
        self.value.stop()

    async def _start(self, edition: Edition, args: dict[str, Any], visitor: Visitor) -> None:
        api, _, call = str(args["call"]).partition("/")
        waiting = self.value
        try:
            self.value = await start_call(edition, api, call, args.get("parameters") or {}, visitor)
        except ConnectorError as error:
            self.value.fail(error)
        except Exception:
            log.exception("The call %s of a page could not be sent", args["call"])
            self.value.fail("Something went wrong on the server.")
        else:
            self.value.subscribe(lambda changed: self.moved())
            waiting.stop()
        self.is_starting = False
        self.moved()


def _arrives(expression: Expression, place: Place) -> bool:
    """Whether it is the text of a stream that is still growing."""
    links = trace(expression, place)
    return links[-1].live and links[-1].type in ("stream", "text") and any(link.type == "stream" for link in links)
