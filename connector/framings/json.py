"""A single JSON value: a response that is no stream, one frame when it is complete."""

import re

from connector.answers.frame import Frame, frame_of
from connector.answers.steps import frame_in_steps
from connector.answers.values import first_value, is_broken
from connector.framings import BODY_LIMIT, Framing, WholeReader, framings

_OBJECT = re.compile(rb'\{\s*("|\}|$)')


class JsonReader(WholeReader):
    def whole(self, body: bytes) -> Frame:
        return frame_in_steps(body) if self.is_large else frame_of(body, json_only=True)


@framings.register
class Json(Framing):
    name = "json"
    label = "One JSON value"
    content_types = ("application/json", "text/json")
    limit = BODY_LIMIT

    def sniff(self, head: bytes, complete: bool = True) -> float | None:
        """A single object is certain only when the body has ended, since a second one may follow."""
        if not _OBJECT.match(head):
            return 0.15 if head[:1] in (b'"', b"[", b"-") or head[:1].isdigit() else 0.0
        found = first_value(head)
        if found is None:
            return 0.0 if is_broken(head) else 0.6 if complete else None
        return 0.3 if found[1].strip() else 0.6 if complete else None

    def new(self, limit: int | None = None) -> JsonReader:
        return JsonReader(limit or self.limit)
