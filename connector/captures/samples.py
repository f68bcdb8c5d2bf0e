"""Samples: the stream that Initialize captured, as a result that can be looked at as it was at each of its frames."""

from collections.abc import Iterator
from functools import lru_cache
from http import HTTPStatus
from typing import Any, TypeAlias
from weakref import WeakKeyDictionary

import orjson

from builder.document import children
from builder.expressions.catalog import Catalog
from connector.answers.extract import Extraction
from connector.answers.frame import Frame
from connector.answers.stream import Stream
from connector.captures.found import found_in
from connector.models import Capture
from connector.offered import find_call

# Captures kept read, and of how many bytes at most.
KEPT, LARGEST = 16, 4 * 2**20


# Status, reason and headers of an answer.
Head: TypeAlias = tuple[int, str, list[tuple[str, str]]]


class Sample:
    """A captured answer, done: a `CallResult` (`builder.expressions.values`). `frames` is how many frames it has,
    `seconds` how long it took, `times` when each frame came; `at(n)` is the result once n frames have come."""

    def __init__(self, frames: list[Frame], times: list[float], seconds: float, head: Head, extraction: Extraction):
        self.times, self.seconds, self._head = times, seconds, head
        self.frames = len(frames)
        self._frames, self._extraction = frames, extraction
        self._done = self.at(self.frames)

    def at(self, frame: int) -> Stream:
        """The result after its first `frame` frames: waiting at 0, streaming, and at the last one done, by the times of
        the capture."""
        now = 0.0
        stream = Stream(self._extraction, clock=lambda: now)
        stream.request_sent()
        stream.answered(*self._head, self._head[0] >= 400)
        for each, now in self._until(frame):  # noqa: B007 the clock reads it
            stream.feed(each)
        if frame >= self.frames and not stream.over:
            now = self.seconds
            stream.ended(clean=True)
        return stream

    def _until(self, frame: int) -> Iterator[tuple[Frame, float]]:
        return zip(self._frames[: max(0, frame)], self.times, strict=False)

    def field(self, key: str) -> Any:
        return self._done.field(key)

    def __getattr__(self, name: str) -> Any:
        """State, error and seconds are those at its end."""
        return getattr(self._done, name)


def sample_of(catalog: Catalog, reference: str) -> Sample | None:
    """The recording of a call `ai_…/ca_…` for its fields as they are now; None when it was never captured.

    It is the capture its fields were found in, else the newest that was answered.
    """
    known = _known.setdefault(catalog, {})
    if reference not in known:
        known[reference] = _find(catalog, reference)
    return known[reference]


# What was found for a catalog, which is read anew for every request: one question a call, however many chips ask it.
_known: WeakKeyDictionary[Catalog, dict[str, Sample | None]] = WeakKeyDictionary()


def _find(catalog: Catalog, reference: str) -> Sample | None:
    node = find_call(catalog, reference)
    body = catalog.body("api", reference.partition("/")[0])
    if catalog.app is None or node is None or body is None:
        return None
    key = reference.partition("/")[2]
    capture = _capture(catalog.app, reference, node["props"].get("initialized") or {})
    if capture is None:
        return None
    nodes = {each: body["nodes"][each] for each in (key, *children(body, key, "fields"))}
    return _sample(capture, orjson.dumps({"root": key, "nodes": nodes}))


def _capture(app: str, reference: str, initialized: dict[str, Any]) -> str | None:
    api, _, call = reference.partition("/")
    kept = Capture.objects.filter(app_id=app, api=api, call=call, size__lte=LARGEST)
    answered = kept.filter(status__lt=400, frames__gt=0).values_list("pk", flat=True)
    return kept.filter(pk=initialized.get("capture") or "").values_list("pk", flat=True).first() or answered.first()


@lru_cache(maxsize=KEPT)
def _sample(capture: str, part: bytes) -> Sample:
    """`part` is what of the API's document decides what is found in the frames: the call and its fields."""
    api = orjson.loads(part)
    extraction = Extraction.of(api, api["root"])
    # A sample is done, also where its author stopped reading before the service had said that it was finished.
    extraction.expects_end = False
    props = api["nodes"][api["root"]]["props"]
    return Sample(*_read(capture, props.get("response_type") or "stream"), extraction)


def _read(key: str, response_type: str) -> tuple[list[Frame], list[float], float, Head]:
    """A capture's frames, when each came, how long it took in seconds, and its head."""
    kept = Capture.objects.defer("body", "times").get(pk=key)
    found = found_in(kept, response_type)
    phrase = next((each.phrase for each in HTTPStatus if each == kept.status), "")
    head = kept.status, phrase, [(name, value) for name, value in kept.headers]
    return found.frames, found.times, kept.seconds, head
