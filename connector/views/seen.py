"""What a page would show at each frame of a capture, computed by the code that runs live, so that the replay is true
(S19, S22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connector.answers.extract import Extraction, Field
from connector.answers.stream import Stream
from connector.captures.captured import part_value, short
from connector.captures.found import Found


@dataclass
class Seen:
    """What a page shows of one field at a frame: its text so far in two parts, the newer one last, or its value."""

    name: str
    type: str
    before: str = ""
    new: str = ""
    value: str = ""
    full: str = ""


def seen_at(found: Found, fields: Sequence[Mapping[str, Any]], n: int) -> tuple[str, list[Seen]]:
    """The state of the stream and of each field after `n` frames, computed by the code that runs live (S22)."""
    known = {str(at): each for at, each in enumerate(fields) if each.get("part") in (None, "", "body")}
    extraction = Extraction([Field.of(key, each) for key, each in known.items()], found.detection.end)
    stream = Stream(extraction)
    stream.request_sent()
    stream.feed_all(found.frames[: n - 1])
    texts = {key: stream.field(key).length for key, each in known.items() if each["type"] == "text_stream"}
    stream.feed_all(found.frames[n - 1 : n])
    if n >= len(found.frames):
        stream.ended(clean=found.capture.ended in ("close", "stopped"))
    seen = {key: _seen(stream, key, each, texts) for key, each in known.items()}
    return stream.state, [seen.get(str(at)) or _beside(found, each) for at, each in enumerate(fields)]


def _beside(found: Found, field: Mapping[str, Any]) -> Seen:
    """A field of the status or of a header, known from the beginning."""
    return Seen(field["name"], field["type"], value=part_value(found, field["part"], field["path"]))


def _seen(stream: Stream, key: str, field: Mapping[str, Any], texts: dict[str, int]) -> Seen:
    value = stream.field(key)
    if key in texts:
        text, before = value.text, min(texts[key], value.length)
        head = text[max(0, before - 200) : before]
        shown = f"…{head.partition(' ')[2]}" if before > 200 else head
        return Seen(field["name"], field["type"], shown, text[before:][:400], full=(value.full_text or "")[:200])
    if isinstance(value, list):
        newest = f": {short(value[-1], 60)}" if value else ""
        return Seen(field["name"], field["type"], value=f"{len(value)} value{'s' * (len(value) != 1)}{newest}")
    said = {True: "yes", False: "no", None: ""}.get(value, value) if isinstance(value, bool | None) else value
    return Seen(field["name"], field["type"], value=str(said)[:200])
