"""Samples: the stream captured by Initialize, as a result that can be inspected as of each of its frames."""

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

# How many captures stay parsed, and up to how many bytes each.
KEPT, LARGEST = 16, 4 * 2**20


# Status, reason and headers of a response.
Head: TypeAlias = tuple[int, str, list[tuple[str, str]]]


class Sample:
    """A captured response that is done: a `CallResult` (`builder.expressions.values`). `frames` is its number of
    frames, `seconds` how long it took, `times` when each frame came; `at(n)` is the result after n frames."""

    def __init__(self, frames: list[Frame], times: list[float], seconds: float, head: Head, extraction: Extraction):
        self.times, self.seconds, self._head = times, seconds, head
        self.frames = len(frames)
        self._frames, self._extraction = frames, extraction
        self._done = self.at(self.frames)

    def at(self, frame: int) -> Stream:
        """The result after its first `frame` frames: waiting at 0, then streaming, and done at the last one, with the
        capture's own timing."""
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
    """The recording of a call `ai_…/ca_…`, read with its current fields; None if it was never captured.

    It is the capture its fields were found in, else the latest one with a response.
    """
    known = _known.setdefault(catalog, {})
    if reference not in known:
        known[reference] = _find(catalog, reference)
    return known[reference]


# What was found per catalog. A catalog is read anew for every request, so this is one query per call, however many
# chips need it.
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
    """`part` is the part of the API's document that decides what is found in the frames: the call and its fields."""
    api = orjson.loads(part)
    extraction = Extraction.of(api, api["root"])
    # A sample counts as done even if its author stopped reading before the service had said that it was finished.
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
