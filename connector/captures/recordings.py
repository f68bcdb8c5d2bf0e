"""Recordings: responses stored as transcripts, as text from a terminal or browser, as HAR files or as plain bytes, read
as if a service had just sent them; and captures written as transcripts (S17)."""

import base64
import json
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import orjson

from builder.errors import Invalid
from connector.answers.decoding import Decoder
from connector.answers.faults import said_in
from connector.errors import BrokenOff, ConnectorError, HttpError
from connector.models import CAPTURE_MOST, Capture
from connector.spending.limits import Limits

# The most bytes in a recording: base64 and JSON quoting make it larger than the response it contains.
RECORDING_MOST = 2 * CAPTURE_MOST
# Seconds between two reads of a recording without times, and the most reads one is cut into.
PACE, MOST_READS = 0.03, 5_000
# The latest second at which a read may have come, whatever the recording says: a day.
LONGEST = 86_400.0
_CODED = ("content-encoding", "content-length", "transfer-encoding")
# What curl -v prints around a response, a prompt followed by the command, and the first line of curl -i.
_VERBOSE = re.compile(r"^(\*|>|[{}] \[\d+ bytes data\])( .*)?$")
_PROMPT = re.compile(r"^\s*([$%#>]\s+)?curl\s")
_STATUS = re.compile(r"^HTTP/[\d.]+ (\d{3})")
# A row in the browser's list of events: id, type, data, time.
_ROW = re.compile(r"^(?:[^\t]*\t)?([\w.:/-]*)\t(.*)\t(\d\d):(\d\d):(\d\d(?:\.\d+)?)$")

Reads = list[tuple[float, bytes]]  # seconds since the request, bytes
Headers = list[tuple[str, str]]


class BadRecording(Invalid):
    """Data: `reason`."""

    code = "bad_recording"
    sentence = "This cannot be read as an answer: {reason}."
    todo = "Paste the whole answer, or upload the file as it was recorded."


@dataclass
class Recorded:
    """A recorded response: its reads, how it began and how it ended. `timed` says that the times are its own; `failure`
    is what ended it, other than a normal close."""

    reads: Reads
    content_type: str = ""
    status: int = 200
    headers: Headers = field(default_factory=list)
    timed: bool = False
    name: str = ""
    failure: ConnectorError | None = None

    @property
    def body(self) -> bytes:
        return b"".join(data for _, data in self.reads)


def read_recording(data: bytes, content_type: str = "", pasted: bool = False) -> Recorded:
    """Read what somebody pasted or uploaded. A given content type takes precedence over the recording's own.

    Raises BadRecording if it is empty, too large, or broken.
    """
    if not data.strip():
        raise BadRecording(reason="nothing is in it")
    if len(data) > RECORDING_MOST:
        raise BadRecording(reason=f"it is larger than {RECORDING_MOST // 2**20} MB")
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):  # as PowerShell writes what it was told to
        data = data.decode("utf-16", "replace").encode("utf-8", "surrogatepass")
    stored = _stored(data)
    if stored is None:
        recorded = _from_text(data.decode("utf-8", "replace")) if pasted else Recorded(_paced(_pieces(data)))
    elif "log" in stored:
        recorded = _from_har(stored)
    else:
        recorded = _from_transcript(stored)
    recorded.content_type = content_type or recorded.content_type
    if sum(len(piece) for _, piece in recorded.reads) > CAPTURE_MOST:
        raise BadRecording(reason=f"the answer is larger than {CAPTURE_MOST // 2**20} MB")
    if recorded.status >= 400:
        recorded.failure = _refusal(recorded)
    return recorded


def write_transcript(capture: Capture, name: str, method: str) -> bytes:
    """A capture as the text of a transcript: `chunks` are its reads, as text where they are complete UTF-8, and `times`
    the milliseconds of each. Its secrets were masked when it was stored."""
    ways = {"close": "close", "stopped": "close", "limit_crossed": "hold_open"}
    stored = {
        "name": name,
        "provider": capture.name or name,
        "method": method,
        "status": capture.status,
        "content_type": capture.content_type,
        "headers": {name: value for name, value in capture.headers if name.lower() not in _CODED},
        "after": ways.get(capture.ended, "close" if capture.status >= 400 else "reset"),
        "times": [round(at * 1000) for at, _ in capture.reads()],
        "chunks": [_written(data) for _, data in capture.reads()],
    }
    return orjson.dumps(stored, option=orjson.OPT_INDENT_2)


def _written(data: bytes) -> str | dict[str, str]:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"b64": base64.b64encode(data).decode()}


# Transcripts and HAR files


def _stored(data: bytes) -> dict[str, Any] | None:
    """A transcript or a HAR file; None for anything else, which is then the response itself."""
    try:
        stored = orjson.loads(data := data.removeprefix(BOM_UTF8))
    except orjson.JSONDecodeError:
        stored = _loose(data)
    if not isinstance(stored, dict):
        return None
    har = isinstance(stored.get("log"), dict) and isinstance(stored["log"].get("entries"), list)
    return stored if har or isinstance(stored.get("chunks"), list) else None


def _loose(data: bytes) -> Any:
    """A transcript with lone surrogates in it, as a service may have sent them; orjson does not read those."""
    try:
        return json.loads(data) if b'"chunks"' in data and b"\\ud" in data.lower() else None
    except (ValueError, RecursionError):
        return None


def _from_transcript(stored: Mapping[str, Any]) -> Recorded:
    chunks, headers, times = [_chunk(each) for each in stored["chunks"]], _headers(stored.get("headers")), []
    told = stored.get("times")
    if isinstance(told, list) and len(told) == len(chunks) and all(isinstance(at, int | float) for at in told):
        times = [min(max(0.0, at / 1000), LONGEST) for at in told]
    by_name = {name.lower(): value for name, value in headers}
    at = times or [PACE * n for n in range(1, len(chunks) + 1)]
    reads, failure = _decoded(list(zip(at, chunks, strict=True)), by_name.get("content-encoding"))
    return Recorded(
        reads,
        str(stored.get("content_type") or by_name.get("content-type") or ""),
        _status(stored.get("status")),
        _shown(headers),
        bool(times),
        str(stored.get("name") or "")[:80],
        failure or _ending(stored.get("after")),
    )


def _chunk(each: Any) -> bytes:
    if isinstance(each, str):
        return each.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(each["b64"], validate=True)
    except (TypeError, KeyError, ValueError):
        raise BadRecording(reason="a chunk of it is neither a text nor base64") from None


def _status(stored: Any) -> int:
    """An HTTP status; 200 for anything else, such as the 0 of a request that a browser blocked."""
    return stored if isinstance(stored, int) and 100 <= stored < 600 else 200


def _headers(stored: Any) -> Headers:
    """Headers given as an object, as pairs, or as a HAR file's names and values."""
    if isinstance(stored, dict):
        return [(str(name), str(value)) for name, value in stored.items()]
    pairs = stored if isinstance(stored, list) else []
    named = [(each.get("name"), each.get("value")) if isinstance(each, dict) else each for each in pairs]
    return [(str(each[0]), str(each[1])) for each in named if isinstance(each, list | tuple) and len(each) == 2]


def _shown(headers: Headers) -> Headers:
    """Without the headers about the body's encoding, since it has been decoded."""
    return [(name.lower(), value) for name, value in headers if name.lower() not in _CODED]


def _decoded(reads: Reads, encoding: str | None) -> tuple[Reads, ConnectorError | None]:
    """The reads with their content coding undone as far as possible, and the error that ended it."""
    found: Reads = []
    size = 0
    try:
        decoder = Decoder(encoding)
        for at, data in reads:
            for piece in decoder.feed(data):
                found.append((at, piece))
                size += len(piece)
                if size > Limits().size:
                    raise Limits().crossed("size")
        decoder.close()
    except ConnectorError as error:
        return found, error
    return found, None


def _ending(after: Any) -> ConnectorError | None:
    """What ended a response, according to what a transcript says came after its last read."""
    if after == "reset":
        return BrokenOff()
    if after == "hold_open":
        return Limits().crossed("silence")
    return Limits().crossed("total") if isinstance(after, dict) else None


def _from_har(stored: Mapping[str, Any]) -> Recorded:
    """The last response with a body in a HAR file; one that streams takes precedence."""
    answers = [entry.get("response") for entry in stored["log"]["entries"] if isinstance(entry, dict)]
    whole = [each for each in answers if isinstance(each, dict) and isinstance(each.get("content"), dict)]
    there = [each for each in whole if each["content"].get("text")]
    if not there:
        raise BadRecording(reason="no answer in this HAR file has a body")
    streams = [each for each in there if "event-stream" in str(each["content"].get("mimeType"))]
    answer = (streams or there)[-1]
    content = answer["content"]
    body = _chunk({"b64": content["text"]} if content.get("encoding") == "base64" else str(content["text"]))
    headers = _shown(_headers(answer.get("headers")))
    return Recorded(_paced(_pieces(body)), str(content.get("mimeType") or ""), _status(answer.get("status")), headers)


# Text


def _from_text(text: str) -> Recorded:
    """Text copied from a terminal, possibly with `curl -i` or `-v`, or from a browser's list of events."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if events := _from_rows(lines):
        return events
    lines, status, headers = _without_head(_without_command(lines))
    # Copying text loses the blank line at its end, and with it an event stream's last event.
    body = "\n".join(lines).strip("\n") + "\n\n"
    by_name = dict(headers)
    return Recorded(_paced(_pieces(body.encode())), by_name.get("content-type", ""), status, _shown(headers))


def _without_command(lines: list[str]) -> list[str]:
    """Remove the prompt and the command before the response."""
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if not _PROMPT.match(lines[first]):
        return lines
    while first < len(lines) and lines[first].rstrip().endswith("\\"):
        first += 1
    return lines[first + 1 :]


def _without_head(lines: list[str]) -> tuple[list[str], int, Headers]:
    """The body's lines, the status and the headers of a response that was printed with its head."""
    if any(line.startswith("< HTTP/") for line in lines):
        lines = [line.removeprefix("<").removeprefix(" ") for line in lines if not _VERBOSE.match(line)]
    begin = next((at for at, line in enumerate(lines) if line.strip()), 0)
    found = _STATUS.match(lines[begin]) if lines else None
    if not found:
        return lines, 200, []
    end = next((at for at in range(begin + 1, len(lines)) if not lines[at].strip()), len(lines))
    named = (line.partition(":") for line in lines[begin + 1 : end] if ":" in line)
    return lines[end + 1 :], int(found[1]), [(name.strip().lower(), value.strip()) for name, _, value in named]


def _from_rows(lines: list[str]) -> Recorded | None:
    """A browser's list of events, copied as rows with their times."""
    rows = [_ROW.match(line) for line in lines if line.strip()]
    known = [row for row in rows if row]
    if not rows or len(known) < len(rows):
        return None
    clocks = [int(row[3]) * 3600 + int(row[4]) * 60 + float(row[5]) for row in known]
    reads = []
    for row, clock in zip(known, clocks, strict=True):
        event = f"event: {row[1]}\n" if row[1] and row[1] != "message" else ""
        at = (clock - clocks[0]) % 86_400
        reads.append((round(at + PACE, 3), f"{event}data: {row[2]}\n\n".encode()))
    return Recorded(reads, "text/event-stream", timed=True)


def _pieces(data: bytes) -> Iterator[bytes]:
    """A response in pieces as they might have arrived: split at blank lines if it has any, otherwise at lines, and
    never into more than can be shown one by one."""
    ends = [found.end() for found in re.finditer(rb"\r?\n\r?\n|\r\r", data)]
    ends = ends if len(ends) > 1 else [found.end() for found in re.finditer(rb"\n", data)]
    stride = max(1, -(-len(ends) // MOST_READS))
    for start, end in pairwise(sorted({0, *ends[stride - 1 :: stride], len(data)})):
        yield data[start:end]


def _paced(pieces: Iterator[bytes]) -> Reads:
    return [(round(PACE * at, 3), piece) for at, piece in enumerate(pieces, 1)]


def _refusal(recorded: Recorded) -> HttpError:
    wait = dict(recorded.headers).get("retry-after")
    return HttpError.of(recorded.status, message=said_in(recorded.body[:65_536]), retry_after=wait)
