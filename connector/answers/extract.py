"""Extracts the values of response fields, the end sign and errors from the frames of one stream."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import orjson

from builder.document import Body, children
from connector.answers.faults import coded_in, complaint_in, doubt_in, is_reason
from connector.answers.frame import Frame, exact, is_inexact
from connector.answers.growing import GrowingText
from connector.answers.keeping import GROWING, KEEPING, Kind
from connector.answers.paths import Opening, compile_path, parse_path
from connector.answers.scalars import as_number, as_piece, as_scalar, as_text, as_yes_no
from connector.answers.selectors import Joined, Selector, When, compile_when

DONE = "[DONE]"
_MOST_NEWS = 100  # codes
Found: TypeAlias = tuple[str | None, Kind, Any]  # field id, kind, piece
# Field id, kind, first name of its path, walk from there, conversion, whether a text needs none, selector.
_Reader: TypeAlias = tuple[str, Kind, str | None, Any, Callable[[Any], Any], bool, Selector]

CONVERSIONS = {"text": as_text, "number": as_number, "yes_no": as_yes_no, "live": as_scalar, "frames": lambda it: it}
_TEXT_KINDS: dict[str, Kind] = {"delta": "append", "cumulative": "whole", "replace": "whole", "segments": "utter"}


@dataclass(frozen=True, slots=True)
class Field:
    """A response field (S20, S21).

    `type` is text_stream, text, number, yes_no, live, frames (a list with one value per frame, or with `$` the whole
    content of each: the rows of a feed) or file.

    For a text_stream, `mode` says what a piece is: delta (the next piece), cumulative (the whole text so far), replace
    (replaces everything before it) or segments (the whole text so far of one utterance after another). `replacement` is
    a second place {"path", "when"}: its text replaces the whole, or with segments it is an utterance's final wording
    and closes it; without one, an utterance is closed when the next begins. A number with the mode largest is the
    largest that came rather than the last; a live value with the mode number or yes_no ignores anything else, so that
    an "n/a" between readings changes nothing.

    If the path of a text, number or yes/no opens JSON (`arguments[json].city`), the text may arrive in pieces: they are
    joined until they are valid JSON.

    A field of another `part` than the body is in no frame: "header" is the response header named by `path`, "status" is
    what is known of its status (S10). A field of type file is in no frame either; it is the whole response.
    """

    id: str
    type: str
    path: str
    when: When | None = None
    mode: str = "delta"
    replacement: Mapping[str, Any] | None = None
    part: str = "body"

    @classmethod
    def of(cls, id: str, props: Mapping[str, Any]) -> "Field":
        """The field for a node's properties in an API's document."""
        given = {name: props[name] for name in ("when", "mode", "replacement", "part") if props.get(name)}
        return cls(id, props["type"], props["path"], **given)


class Extraction:
    """All fields of a call, its end sign and its errors, applied to one frame after another.

    `end` is {"by": "data", "data"}, {"by": "event", "event"}, {"by": "frame", "when"} or {"by": "frame", "path",
    "value"}; {"by": "frame", "path"} is a finish reason, after which values may follow until the connection closes; or
    {"by": "close"} or {"by": "never"}. Without an end, `[DONE]` ends the stream. `error` is {"when", "path" of the
    message}, in addition to the signs that every stream is watched for (faults.py). Something that may or may not be an
    error is kept as the `doubt`; it was one if the stream ends before a field has read another frame. `beside` are the
    fields that are in no frame. An extraction belongs to one stream; those of a call (`is_of_call`) share what
    they can. Raises BadPath.
    """

    def __init__(
        self,
        fields: Iterable[Field],
        end: Mapping[str, Any] | None = None,
        error: Mapping | None = None,
        is_of_call: bool = False,
    ):
        self.fields = {field.id: field for field in fields}
        framed = [field for field in self.fields.values() if field.part == "body" and field.type != "file"]
        self.beside = [field for field in self.fields.values() if field not in framed]
        self.end = end or {"by": "data", "data": DONE}
        self.expects_end = end is not None and end["by"] in ("data", "event", "frame")
        self._mark = self.end["data"].encode() if self.end["by"] == "data" else None
        self._end_event = self.end["event"] if self.end["by"] == "event" else None
        self._end_here = compile_when(_end_condition(self.end))
        self._reason = compile_path(self.end["path"]) if _is_reason(self.end) else None
        self._error = (
            Selector(error.get("path") or "$", error["when"]) if error and compile_when(error.get("when")) else None
        )
        # The words of what may have been an error, until a field reads a later frame; the codes that turned out to be
        # harmless; and whether any field has read anything.
        self.doubt: str | None = None
        self.useful = False
        self._doubted: Any = None
        self._news: set[Any] = set()
        self._groups = _grouped_once(framed) if is_of_call else _grouped(framed)
        self._whole_frame = {field.id for field in framed if not parse_path(field.path)}

    @classmethod
    def of(cls, api: Body, call: str) -> "Extraction":
        """The extraction for a call's node in an API's document, including what Initialize found out about its end."""
        nodes = api["nodes"]
        initialized = nodes[call]["props"].get("initialized") or {}
        fields = [Field.of(key, nodes[key]["props"]) for key in children(api, call, "fields")]
        end = {"by": "close"} if initialized.get("framing") == "text" else initialized.get("end")
        return cls(fields, end, initialized.get("error"), is_of_call=True)

    def feed(self, frame: Frame) -> list[Found]:
        """What one frame contains: (field id, operation, piece) for each field that is present and not null, then
        (None, "error", the service's message), (None, "end", None) or (None, "reason", None).

        Operations on texts: append, become the "whole", "utter" or become the "wording" of an utterance (only the
        former may close the one before), "close" it with its final wording. On others: "value", "largest", "live", and
        "item" for a list of frames.
        """
        if frame.raw == self._mark:
            return [(None, "end", None)]
        found: list[Found] = []
        content = frame.value
        is_object = content.__class__ is dict
        for applies, readers in self._groups:
            if applies is not None and not applies(frame):
                continue
            for field_id, kind, name, walk, convert, takes_text, selector in readers:
                if name is None:
                    value = walk(frame)
                elif not is_object or (value := content.get(name)) is None:
                    continue
                elif walk is not None:
                    value = walk(value)
                if value is None:
                    continue
                if takes_text and value.__class__ is str and value.isascii():  # the quick way of most values
                    if value or kind != "append":
                        found.append((field_id, kind, value))
                    continue
                if value.__class__ is float and is_inexact(value):
                    value = selector.walk(exact(frame))
                if (value := convert(value)) is not None:
                    found.append((field_id, kind, value))
        if not found:
            self._look_at(frame)
        elif self.doubt is not None or not self.useful:
            self._was_useful()
        message = complaint_in(frame, useful=True)
        if message is None and self._error is not None:
            message = as_piece(self._error(frame))
        if message:
            found.append((None, "error", message))
        elif self._end_here is not None and self._end_here(frame):
            found = [each for each in found if each[0] not in self._whole_frame]  # S23: no mark shows in a text
            found.append((None, "end", None))
        elif self._reason is not None and is_reason(self._reason(content)):
            found.append((None, "reason", None))
        return found

    def _look_at(self, frame: Frame) -> None:
        """Examine a frame that no field reads: it may be an error, or a heartbeat."""
        if (said := doubt_in(frame, inside=not self.useful)) is None:
            return
        found = coded_in(frame.value)
        code = found[1] if found and isinstance(found[1], str | int) else None
        if code is None or code not in self._news:
            self.doubt, self._doubted = said, code

    def _was_useful(self) -> None:
        """The doubtful frame was no error, since the service went on."""
        self.useful = True
        if self.doubt is not None and self._doubted is not None and len(self._news) < _MOST_NEWS:
            self._news.add(self._doubted)
        self.doubt = self._doubted = None

    def is_mark(self, data: bytes) -> bool:
        """Whether the data of an incomplete frame is nevertheless the end mark."""
        return bool(self._mark) and data.strip() == self._mark

    def is_end_event(self, event: str) -> bool:
        """Whether the name of a block without data is the end sign."""
        return event == self._end_event


def values_at_end(fields: Sequence[Any], frames: Iterable[Frame]) -> list[Any]:
    """What each field would hold once a stream of these frames has ended; None if nothing came. A field is anything
    with `type`, `path`, `when`, `mode` and `replacement`."""
    extraction = Extraction(
        Field(str(at), each.type, each.path, each.when, each.mode, each.replacement) for at, each in enumerate(fields)
    )
    texts: dict[str, GrowingText] = defaultdict(GrowingText)
    values: dict[str, Any] = {}
    for frame in frames:
        for key, kind, piece in extraction.feed(frame):
            if grow := GROWING.get(kind):
                grow(texts[key], piece)
            elif keep := KEEPING.get(kind):
                keep(values, key, piece)
    ends = [texts[key].whole() if key in texts else values.get(key) for key in extraction.fields]
    return [end[-1] if end and field.type == "frames" else end for field, end in zip(fields, ends, strict=True)]


def _is_reason(end: Mapping[str, Any]) -> bool:
    return end["by"] == "frame" and "path" in end and "value" not in end


def _end_condition(end: Mapping[str, Any]) -> When | None:
    if end["by"] == "event":
        return {"event": end["event"]}
    if end["by"] != "frame" or _is_reason(end):
        return None
    return end["when"] if "when" in end else {"match": {end["path"]: end["value"]}}


def _grouped_once(fields: Sequence[Field]) -> list[tuple[Any, list[_Reader]]]:
    """The same selectors for all streams of a call, unless they remember something of the stream they read: what every
    frame of a hundred streams goes through is in the processor's cache once then, and not a hundred times."""
    if any(_remembers(path) for field in fields for path in _paths(field)):
        return _grouped(fields)
    try:
        return _shared(orjson.dumps([asdict(field) for field in fields]))
    except TypeError:  # JSON cannot express them.
        return _grouped(fields)


@lru_cache(maxsize=200)
def _shared(fields: bytes) -> list[tuple[Any, list[_Reader]]]:
    return _grouped([Field(**each) for each in orjson.loads(fields)])


def _paths(field: Field) -> list[str]:
    return [field.path, *([field.replacement["path"]] if field.replacement else [])]


def _remembers(path: str) -> bool:
    """Whether what reads a path depends on the frames before: a whole frame may be a string, a text may be joined."""
    steps = parse_path(path)
    return not steps or Opening.JSON in steps


def _grouped(fields: Iterable[Field]) -> list[tuple[Any, list[_Reader]]]:
    """The selectors grouped by condition, so that each condition is evaluated once per frame. Those that close an
    utterance come last, since the closing frame also contains its final wording. Most paths begin with a name, which
    `feed` looks up itself, so that a name that is missing, as most are, costs no call; `walk` continues from there,
    else from the frame."""
    groups: dict[bytes, tuple[Any, list[_Reader]]] = {}
    closing: dict[bytes, tuple[Any, list[_Reader]]] = {}

    def add(field: Field, path: str, when: When | None, kind: Kind) -> None:
        selector = Selector(path, when)
        convert = CONVERSIONS.get(_converted(field)) or _piece_of(selector, kind)
        name, walk = selector.name, selector.inside
        if Opening.JSON in parse_path(path) and field.type in ("text", "number", "yes_no"):
            name, walk = None, Joined(path)
        elif name is None:
            walk = _content if field.type == "frames" and selector.whole_frame else selector.value
        takes_text = field.type in ("text_stream", "text") or _converted(field) == "live"
        held = selector.when or {}
        key = orjson.dumps([held.get("event"), held.get("match") or {}], option=orjson.OPT_SORT_KEYS)
        members = (closing if kind == "close" else groups).setdefault(key, (selector.applies, []))[1]
        members.append((field.id, kind, name, walk, convert, takes_text, selector))

    for field in fields:
        add(field, field.path, field.when, _kind_of(field))
        if field.replacement:
            kind: Kind = "close" if field.mode == "segments" else "whole"
            add(field, field.replacement["path"], field.replacement.get("when"), kind)
    return [*groups.values(), *closing.values()]


def _content(frame: Frame) -> Any:
    """A frame's content; if it is JSON, the value itself."""
    return frame.value


def _kind_of(field: Field) -> Kind:
    if field.type == "text_stream":
        closed = field.mode == "segments" and field.replacement
        return "wording" if closed else _TEXT_KINDS.get(field.mode, "append")
    if field.type == "live":
        return "live"
    if field.type == "frames":
        return "item"
    return "largest" if field.type == "number" and field.mode == "largest" else "value"


def _converted(field: Field) -> str:
    """The type that a field's values are converted to."""
    return field.mode if field.type == "live" and field.mode in ("number", "yes_no") else field.type


def _piece_of(selector: Selector, kind: Kind) -> Callable[[Any], str | None]:
    """The conversion for a text stream: strings unchanged, numbers as their digits, an empty piece as nothing."""
    if selector.every:
        return lambda value: "".join(as_piece(each) or "" for each in value)
    if kind == "append":
        return lambda value: (value or None) if value.__class__ is str else as_piece(value)
    return as_piece
