"""Initialize: one real request with the test values, fully recorded, and the response fields found in it (S13–S16)."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

import orjson

from builder.database import db
from builder.document import Body, children
from builder.edition import Edition
from builder.models import App
from connector.answers.answering import is_refusal, refusal
from connector.answers.detect import detect
from connector.answers.extract import Extraction, Field
from connector.answers.frame import Frame
from connector.answers.reading import WHOLE, Reading, parsed
from connector.answers.selectors import Selector
from connector.answers.stream import Stream
from connector.asking.ready import Ready
from connector.asking.request import Request
from connector.calls import ready_call
from connector.captures.found import first_look
from connector.errors import ConnectorError
from connector.kinds.api import OF_ROWS
from connector.masking import mask, mask_part
from connector.models import Capture
from connector.sending.client import Response, send

logger = logging.getLogger(__name__)

# Seconds between two updates about what has come so far.
PACE = 0.1
# How many frames are shown, newest first, and how many characters of each.
SHOWN, LONGEST = 12, 600
# How many bytes of it are examined, since a key might be cut in two.
_HEAD = 65_536
# Slices per second of the pulse while it is short, and the most there are.
SLICES, MOST_SLICES = 20, 400
# The numbers of frames after which the growing text is searched for again.
LOOKS = (4, 12, 40, 120, 400)
# How many bytes of a response are stored; the rest is only counted (P11).
KEPT = 16 * 2**20

Way = Literal["end", "stopped", "cancelled"]


class Unexpected(ConnectorError):
    """A bug of ours. Nothing about what happened leaves the server (P32)."""

    code = "unexpected"
    status = 500
    sentence = "Something went wrong on the server while the answer was read."
    todo = "Try again. If it keeps happening, tell whoever runs this server: its log has the details."


@dataclass
class Progress:
    """What has come so far, as the dialog shows it."""

    frames: int = 0
    bytes: int = 0
    pulse: list[int] = field(default_factory=list)
    slices: float = SLICES
    newest: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=SHOWN))

    def add(self, frame: Frame, at: float, piece: str | None) -> None:
        self.frames += 1
        while (slice_ := int(at * self.slices)) >= MOST_SLICES:
            self._make_room()
        self.pulse += [0] * (slice_ + 1 - len(self.pulse))
        self.pulse[slice_] += 1
        shown = {"n": self.frames, "at": at, "size": len(frame.raw), "event": frame.event}
        self.newest.appendleft(shown | {"text": frame.raw[:_HEAD].decode("utf-8", "replace"), "piece": piece})

    def _make_room(self) -> None:
        """Merge every two slices of the pulse into one: it still covers all of the time, and what is sent stays
        short."""
        self.pulse = [sum(self.pulse[at : at + 2]) for at in range(0, len(self.pulse), 2)]
        self.slices /= 2


class Initialization:
    """One Initialize in progress. `tell` is called with an update at most ten times per second, and with the result at
    the end."""

    def __init__(self, app: App, api: str, call: str, tell: Callable[[dict[str, Any]], None]):
        self.app, self.api, self.call = app, api, call
        self.tell = tell
        self.progress = Progress()
        self.reads: list[tuple[float, bytes]] = []
        self.frames: list[Frame] = []
        self.marks: dict[str, float] = {}
        self.wait = ""
        self.way: Way = "end"
        self.response: Response | None = None
        self.text: Stream | None = None
        self.text_path = ""
        self.secrets: tuple[str, ...] = ()
        self.seconds = 0.0
        self._selector: Selector | None = None
        self._reading = False
        self._task: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None

    @property
    def under_way(self) -> bool:
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        self.started = asyncio.get_running_loop().time()
        self._reading = True
        self._task = asyncio.ensure_future(self._run())

    def stop_here(self) -> None:
        """Stop reading and use what has come."""
        self._leave("stopped")

    def cancel(self) -> None:
        """Close the request; nothing is saved."""
        self._leave("cancelled")

    def _leave(self, way: Way) -> None:
        """End the reading, once; if the result is already being stored, it stays."""
        if self._task and self._reading and self.way == "end":
            self.way = way
            self._task.cancel()

    async def _run(self) -> None:
        try:
            self.tell(await self._last_word())
        except Exception:
            # Whatever it was, the dialog must not wait for ever: the log has the details, the author gets a sentence.
            logger.exception("Initialize of %s/%s", self.api, self.call)
            self.tell({"failed": Unexpected().as_json()["error"]})

    async def _last_word(self) -> dict[str, Any]:
        """Send, read and store; then return what the dialog is told: what was stored, what went wrong, or that it was
        cancelled."""
        ticking = asyncio.ensure_future(self._tick())
        request, failure, prints = None, None, {}
        try:
            body, ready = await db(ready_call, Edition.being_edited(self.app), self.api, self.call)
            prints, request = fingerprints(body, self.call), ready.request
            self.secrets = request.secrets
            await self._read(ready)
        except asyncio.CancelledError:
            if self.way == "end":
                raise
        except ConnectorError as error:
            failure = error
        finally:
            self._reading = False
            self.seconds = asyncio.get_running_loop().time() - self.started
            ticking.cancel()
            if self._looking:
                self._looking.cancel()
        if self.way == "cancelled" or (self.response is None and failure is None):
            return {"cancelled": True}
        if request is None or self.response is None:
            assert failure is not None
            return {"failed": failure.as_json()["error"]}
        capture = await db(self._keep, request, failure, prints, ready.response_type)
        return self._picture() | {"done": capture.pk}

    async def _read(self, ready: Ready) -> None:
        loop = asyncio.get_running_loop()
        self.started = loop.time()
        self.wait = f"{ready.limits.first_byte:g}"
        async with send(ready.request, ready.limits) as response:
            self.response = response
            self.marks["connected"] = response.seconds
            reading = Reading(response.content_type, ready.limits, WHOLE.get(ready.response_type))
            if is_refusal(response) and not ready.includes_errors:
                await self._read_refusal(response, ready.request)
            async for at, data in response.chunks():
                self._took(at, data)
                if self._show(reading.frames(data), at):
                    reading = self._as_it_wants(reading)
            async with parsed(reading):
                self._show(reading.close(), loop.time() - self.started)

    def _as_it_wants(self, reading: Reading) -> Reading:
        """Start over with another reading, if the first frames show that they need options nobody knew about (a server
        that puts no space after `data:`); otherwise return the same one."""
        options = reading.framing_options
        if reading.options is not None or not options or not reading.framing or self.progress.bytes > KEPT:
            return reading
        other = Reading(reading.content_type, reading.limits, reading.framing.name, options)
        if self._looking:
            self._looking.cancel()
        self.progress, self.frames, came = Progress(bytes=self.progress.bytes), [], self.reads
        self.text, self.text_path, self._selector, self._looking = None, "", None, None
        for at, data in came:
            self._show(other.frames(data), at)
        return other

    async def _read_refusal(self, response: Response, request: Request) -> None:
        """Handle an HTTP error: store its body for whoever wants to look, and report what the service said."""
        try:
            error = await refusal(response, request, self._took)
        finally:
            self.marks.setdefault("first_byte", response.seconds)
        raise error

    def _took(self, at: float, data: bytes) -> None:
        self.marks.setdefault("first_byte", at)
        if self.progress.bytes < KEPT:
            self.reads.append((at, data))
        self.progress.bytes += len(data)

    def _show(self, frames: list[Frame], at: float) -> bool:
        """Take some frames; return whether it is time to analyse what has come so far."""
        before = len(self.frames)
        for frame in frames:
            self.progress.add(frame, at, self._piece(frame))
            self.frames.append(frame)
            if self.text:
                self.text.feed(frame)
            if len(self.frames) in LOOKS and (self._looking is None or self._looking.done()):
                self._looking = asyncio.ensure_future(self._look())
        return any(before < look <= len(self.frames) for look in LOOKS)

    def _piece(self, frame: Frame) -> str | None:
        """The piece of the growing text in this frame, to be highlighted."""
        found = self._selector(frame) if self._selector else None
        return found if isinstance(found, str) and found else None

    async def _look(self) -> None:
        """Find the growing text in what has come so far, in a thread, so that the dialog can show it grow."""
        seen = list(self.frames)
        found = await asyncio.to_thread(detect, seen, "sse", closed=False)
        best = next((each for each in found.fields if each.type == "text_stream"), None)
        if best and best.path != self.text_path:
            self.text_path = best.path
            self._selector = Selector(best.path, best.when)
            chosen = Field("text", "text_stream", best.path, best.when, best.mode, best.replacement)
            self.text = Stream(Extraction([chosen], {"by": "never"}))
            self.text.feed_all(self.frames)

    async def _tick(self) -> None:
        while True:
            self.tell(self._picture())
            await asyncio.sleep(PACE)

    def _picture(self) -> dict[str, Any]:
        progress, response = self.progress, self.response
        elapsed = asyncio.get_running_loop().time() - self.started
        text = self.text.field("text") if self.text else None
        if text is not None and text.length:
            self.marks.setdefault("first_text", elapsed)
        return {
            "elapsed": elapsed,
            "status": f"{response.status} {response.reason}".strip() if response else "",
            "content_type": response.content_type if response else "",
            "frames": progress.frames,
            "bytes": progress.bytes,
            "pulse": list(progress.pulse),
            "slices": progress.slices,
            "newest": [self._as_shown(frame) for frame in progress.newest],
            "marks": self.marks,
            "wait": self.wait,
            "text": mask_part(text.text, self.secrets, -4000, None) if text is not None else "",
            "path": self.text_path,
        }

    def _as_shown(self, frame: dict[str, Any]) -> dict[str, Any]:
        """A frame as the dialog may show it: a service may echo the key it was called with."""
        shown = {name: frame[name] and mask_part(frame[name], self.secrets, 0, LONGEST) for name in ("text", "piece")}
        return frame | shown

    def _keep(
        self, request: Request, failure: ConnectorError | None, prints: dict[str, str], response_type: str
    ) -> Capture:
        """Store the capture, masked, with the fingerprints of the call that made it, and analyse it."""
        assert self.response is not None
        ended = self.way if self.way == "stopped" else failure.code if failure else "close"
        capture = Capture.keep(
            self.app,
            self.api,
            self.call,
            self.reads,
            request.secrets,
            status=self.response.status,
            content_type=self.response.content_type,
            headers=self.response.headers,
            request=request.summary() | {"failure": _masked(failure, request), "prints": prints, "marks": self.marks},
            frames=self.progress.frames,
            size=self.progress.bytes,
            seconds=self.seconds,
            ended=ended,
        )
        first_look(capture, response_type)
        return capture


def fingerprint(document: Body, call: str) -> str:
    """A digest of everything that a call's response depends on; if it changes, the call should be initialized again."""
    return _short(list(fingerprints(document, call).values()))


def fingerprints(document: Body, call: str) -> dict[str, str]:
    """The same per part, so that the author can be told what has changed: url, method, headers, query, body, type and,
    if the call has them, its form and that it includes errors (S10)."""
    root, node = document["root"], document["nodes"][call]
    props, base = node["props"], document["nodes"][root]["props"].get("base_url")

    def rows(slot: str) -> list[list[Any]]:
        held = [document["nodes"][key] for key in children(document, root, slot) + children(document, call, slot)]
        return [[row["name"], row["props"].get("value")] for row in held]

    parts = {
        "url": [base, props.get("path")],
        "method": props.get("method"),
        "headers": rows("headers"),
        "query": rows("query"),
        "body": [props.get("body_kind"), props.get("body")],
        "type": props.get("response_type"),
    }
    if props.get("body_kind") in OF_ROWS:
        parts["form"] = rows("form")
    if props.get("include_errors"):
        parts["errors"] = True
    return {name: _short(part) for name, part in parts.items()}


def _short(value: Any) -> str:
    return sha256(orjson.dumps(value)).hexdigest()[:16]


def _masked(failure: ConnectorError | None, request: Request) -> dict[str, Any] | None:
    if failure is None:
        return None
    error = failure.as_json()["error"]
    said = {key: mask(str(error[key]), request.secrets) for key in ("code", "sentence", "why", "todo")}
    return said | {"limit": error["data"].get("limit", "")}
