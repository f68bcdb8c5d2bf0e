"""The live result of one call: its texts as they grow, its state, its end or failure (S20 to S23)."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any, Literal, TypeAlias

from connector.answers.extract import CONVERSIONS, Extraction, Field, Found
from connector.answers.faults import LONGEST_MESSAGE, says_finished
from connector.answers.frame import Frame, frame_of
from connector.answers.growing import TEXT_LIMIT, GrowingText
from connector.answers.keeping import GROWING, KEEPING, Kind
from connector.answers.scalars import as_text
from connector.answers.stream_value import StreamValue
from connector.errors import BrokenOff, ConnectorError, LimitCrossed, ServiceError, in_full
from connector.framings import Reader
from connector.spending.limits import MOST

State: TypeAlias = Literal["never", "waiting", "streaming", "done", "failed", "stopped"]
Reason: TypeAlias = Literal["error", "limit", "interrupted"]
Changed: TypeAlias = set[str | None]  # field ids; None stands for the state
Listener: TypeAlias = Callable[[Changed], None]

ENDED = frozenset({"done", "failed", "stopped"})
BODY_MOST = 65_536  # bytes of an answer that the built-in field of its body holds (S10)
_LAST_FRAMES = 8  # a reason for having finished is looked for in the last few frames, and in those of this size:
_SMALL = 65_536
# Facts about a stream that are attributes of it.
_TOLD = ("seconds_to_first_text", "seconds_in_all", "seconds_to_first_frame", "frames", "bad_frames", "bytes")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a stream failed (S24): error, limit or interrupted (the server went away), with a sentence for the author.

    `kindly` is a sentence for the visitor, if there is more to say than the kind does.
    """

    kind: Reason
    sentence: str
    kindly: str = ""

    def __str__(self) -> str:
        return self.sentence


class Stream:
    """The result of one call, while it runs and afterwards. Pure: whoever has the bytes calls it, in this order:

        stream.request_sent()
        stream.answered(200, "OK", headers)
        stream.read(reader, data)          # for every read; or feed(frame)
        stream.close(reader, clean=True)   # or ended(…), finish(), fail(…), stop()

    After the end nothing changes any more. `seconds_to_first_text` refers to whichever text got content first. `masked`
    removes secrets from what the service says about an error.
    """

    def __init__(
        self,
        extraction: Extraction,
        clock: Callable[[], float] = time.monotonic,
        text_limit: int = TEXT_LIMIT,
        masked: Callable[[str], str] = str,
    ):
        self.state: State = "never"
        self.error: Failure | None = None
        self.seconds_to_first_text: float | None = None
        self.seconds_in_all: float | None = None
        self.seconds_to_first_frame: float | None = None
        self.frames = self.bad_frames = self.bytes = 0
        # Whether it never ends by itself, like a ticker (S12).
        self.stays_open = False
        self.extraction = extraction
        self._clock = clock
        self._masked = masked
        self._sent_at = clock()
        self._growing = {
            field.id: GrowingText(text_limit) for field in extraction.fields.values() if field.type == "text_stream"
        }
        self._live = {field.id for field in extraction.fields.values() if field.type in ("live", "frames")}
        self._beside = {(field.part, field.path if field.type != "file" else ""): field for field in extraction.beside}
        self._body: bytearray | None = bytearray() if ("status", "body") in self._beside else None
        self._forgiving = False
        self._values: dict[str, Any] = {}
        self._reason_came = False
        # Their data rather than what was parsed of it, which costs more to free when it has become cold.
        self._last: deque[bytes] = deque(maxlen=_LAST_FRAMES)
        self._listeners: list[Listener] = []
        self._of_states: list[Listener] = []

    # Reading

    @property
    def over(self) -> bool:
        """Whether it has ended: done, failed or stopped."""
        return self.state in ENDED

    def field(self, field_id: str) -> Any:
        """A StreamValue for a text stream, else the scalar: live ones immediately, others once the stream has ended
        (S21). None if there is no such value."""
        if text := self._growing.get(field_id):
            return StreamValue(self, field_id, text)
        if self.state in ENDED or field_id in self._live:
            return self._values.get(field_id)
        return None

    @property
    def texts(self) -> Mapping[str, GrowingText]:
        """The texts by field id."""
        return self._growing

    @property
    def values(self) -> Mapping[str, Any]:
        """The latest value of every other field, including those that are not to be shown yet (S21)."""
        return self._values

    def facts(self) -> dict[str, Any]:
        """Everything there is to know about it besides its texts, as JSON; `restored` rebuilds it from that (S33)."""
        return {
            "fields": {field.id: field.type for field in self.extraction.fields.values()},
            "state": self.state,
            "error": astuple(self.error) if self.error else None,
            "values": dict(self._values),
            "first_texts": {key: text.seconds_to_first_text for key, text in self._growing.items()},
            **{name: getattr(self, name) for name in _TOLD},
        }

    @classmethod
    def restored(cls, facts: Mapping[str, Any], texts: Mapping[str, str]) -> "Stream":
        """Rebuild another process's finished stream, from its facts and its texts by field id, for reading."""
        stream = cls(Extraction([Field(key, kind, "$") for key, kind in facts["fields"].items()]), text_limit=MOST.text)
        for key, text in stream._growing.items():
            text.become(texts.get(key, ""))
            text.seconds_to_first_text = facts["first_texts"].get(key)
        for name in _TOLD:
            setattr(stream, name, facts[name])
        stream._values = dict(facts["values"])
        stream.state, stream.error = facts["state"], Failure(*facts["error"]) if facts["error"] else None
        return stream

    def subscribe(self, listener: Listener, to_states: bool = False) -> Callable[[], None]:
        """Call `listener` with the ids of the changed fields after every read that changed any; a change of state names
        all fields and None. `to_states`: only for changes of state. Returns a function that unsubscribes."""
        listeners = self._of_states if to_states else self._listeners
        listeners.append(listener)
        return lambda: listeners.remove(listener) if listener in listeners else None

    # What happens

    def request_sent(self) -> None:
        """The request has been sent: waiting begins, and the clock starts."""
        if self.state == "never":
            self.state, self._sent_at = "waiting", self._clock()
            self._tell(self._everything())

    def answered(self, status: int, reason: str, headers: Iterable[tuple[str, str]], is_error: bool = False) -> None:
        """The head of the response has arrived: fields for its status and headers are set (S10)."""
        facts: dict[tuple[str, str], Any] = {}
        for name, value in headers:
            key = ("header", name.lower())
            facts[key] = f"{facts[key]}, {value}" if key in facts else value
        facts |= {("status", "code"): status, ("status", "text"): reason, ("status", "is_error"): is_error}
        for place in facts.keys() & self._beside.keys():
            field = self._beside[place]
            self._values[field.id] = CONVERSIONS.get(field.type, as_text)(facts[place])

    def forgive(self) -> None:
        """From now on an error in the response does not fail the stream: the author wants to see it (S10)."""
        self._forgiving = True

    def note(self, data: bytes) -> None:
        """Count bytes of the response that go to no reader."""
        self.bytes += len(data)
        if self._body is not None and len(self._body) < BODY_MOST:
            self._body += data[: BODY_MOST - len(self._body)]

    def give_file(self, address: str) -> None:
        """The response is a file, kept at this address."""
        if field := self._beside.get(("body", "")):
            self._values[field.id] = address

    def read(self, reader: Reader, data: bytes) -> list[Frame]:
        """Pass bytes through the response's reader; returns the frames they completed, for whoever shows them."""
        self.note(data)
        try:
            frames = reader.feed(data)
        except ConnectorError as error:
            self.fail(error)
            return []
        self.feed_all(frames)
        if reader.silent_events:
            self._hear(reader)
        return frames

    def close(self, reader: Reader, clean: bool) -> list[Frame]:
        """The connection has closed, cleanly or not; returns the frames completed by that."""
        try:
            frames = reader.close()
        except ConnectorError as error:
            self.fail(error)
            return []
        self.feed_all(frames)
        if self.extraction.is_mark(reader.rest):
            self._end("done")
        self.ended(clean, reader.partial)
        return frames

    def feed(self, frame: Frame) -> None:
        """Take one frame."""
        self.feed_all((frame,))

    def feed_all(self, frames: Iterable[Frame]) -> None:
        """Take the frames of one read; listeners are called once. A frame without data is a heartbeat."""
        changed: Changed = set()
        for frame in frames:
            if self.state in ENDED:
                break
            self.frames += 1
            self.bad_frames += frame.bad
            if self.state != "streaming" and frame.raw:
                self.request_sent()
                self.state, self.seconds_to_first_frame = "streaming", self._clock() - self._sent_at
                changed |= self._everything()
            if len(frame.raw) < _SMALL:
                self._last.append(frame.raw)
            for found in self.extraction.feed(frame):
                if found[1] != "value":
                    self._take(found, changed)
                elif self.state not in ENDED:  # the quick way of most
                    self._values[found[0]] = found[2]
        if changed and self.state not in ENDED:  # an end has told all
            self._tell(changed)

    def ended(self, clean: bool, partial: bool = False) -> None:
        """The connection has closed: `clean` according to the protocol, `partial` in the middle of a frame (S23)."""
        if self.state in ENDED:
            return
        if not clean or partial:
            self.fail(BrokenOff("The stream broke off before it was finished."))
        elif self.extraction.expects_end and not self._has_reason():
            self.fail(BrokenOff("The stream closed without saying that it was finished; the text may be incomplete."))
        elif not self.frames and self.extraction.fields and self.extraction.end["by"] != "never":
            self.fail(BrokenOff("The service answered but sent nothing."))
        elif self.frames and self.frames == self.bad_frames and not self._came_anything():
            self.fail(ConnectorError("The service answered with something that cannot be read."))
        else:
            self._end("done")

    def refused(self) -> bool:
        """The connection of a stream that stays open has closed: returns whether all that came was an error, which ends
        it."""
        if self.extraction.doubt and not self.extraction.useful:
            self._end("done")
        return self.over

    def finish(self) -> None:
        """Everything has arrived, and all is well."""
        self._end("done")

    def fail(self, error: ConnectorError | str, reason: Reason | None = None) -> None:
        """End as failed, keeping what has arrived. Unless given, the reason is "limit" for a crossed limit, else
        "error"."""
        kind = reason or ("limit" if isinstance(error, LimitCrossed) else "error")
        self._end("failed", Failure(kind, in_full(error), getattr(error, "kindly", "")))

    def stop(self) -> None:
        """The visitor stopped it (S30)."""
        self._end("stopped")

    # Inside

    def _take(self, found: Found, changed: Changed) -> None:
        key, kind, piece = found
        if self.state in ENDED:
            return
        if grow := GROWING.get(kind):
            try:
                grew = grow(self._growing[key], piece)
            except LimitCrossed as error:
                self.fail(error)
                return
            if grew:
                changed.add(key)
                if self._growing[key].seconds_to_first_text is None:
                    self._first_text(key)
        elif keep := KEEPING.get(kind):
            if keep(self._values, key, piece):
                changed.add(key)
        else:
            self._turn(kind, piece)

    def _turn(self, kind: Kind, piece: Any) -> None:
        """Act on what a frame says about the stream itself: a finish reason, its end, an error."""
        if kind == "reason":
            self._reason_came = True
        elif kind == "end":
            self._end("done")
        elif not self._forgiving:
            self.extraction.doubt = None
            self.fail(ServiceError(message=self._masked(piece)[:LONGEST_MESSAGE]))

    def _has_reason(self) -> bool:
        return self._reason_came or any(says_finished(frame_of(raw).value) for raw in self._last)

    def _came_anything(self) -> bool:
        beside = {field.id for field in self._beside.values()}
        return bool(self._values.keys() - beside) or any(text.length for text in self._growing.values())

    def _first_text(self, key: str) -> None:
        seconds = self._clock() - self._sent_at
        self._growing[key].seconds_to_first_text = seconds
        if self.seconds_to_first_text is None:
            self.seconds_to_first_text = seconds

    def _hear(self, reader: Reader) -> None:
        """Look for end signs that are not frames: the names of event-stream blocks without data."""
        heard, reader.silent_events = reader.silent_events, []
        if any(self.extraction.is_end_event(event) for event in heard):
            self._end("done")

    def _end(self, state: State, error: Failure | None = None) -> None:
        if self.state in ENDED:
            return
        wanted = self._forgiving or (self.stays_open and self.extraction.useful)
        doubt = None if wanted else self.extraction.doubt
        if doubt and (state == "done" or (error and error.kind in ("error", "limit"))):
            said = ServiceError(message=self._masked(doubt)[:LONGEST_MESSAGE])
            state, error = "failed", Failure("error", str(said))
        if state == "done":
            for text in self._growing.values():
                text.finish()
        if self._body is not None:
            self._values[self._beside["status", "body"].id] = self._body.decode("utf-8", "replace")
        self.state, self.error = state, error
        self.seconds_in_all = self._clock() - self._sent_at
        self._last.clear()
        self._tell(self._everything())
        self._listeners.clear()
        self._of_states.clear()

    def _everything(self) -> Changed:
        return {None, *self.extraction.fields}

    def _tell(self, changed: Changed) -> None:
        listeners = (*self._of_states, *self._listeners) if None in changed else tuple(self._listeners)
        for listener in listeners:
            listener(changed)
