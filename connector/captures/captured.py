"""A capture as the editor shows it: its numbers, its timing, and its frames drawn over time."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils import timezone

from connector.answers.extract import Extraction, Field
from connector.captures.found import Found
from connector.models import Capture


def amount(size: int) -> str:
    """Bytes in words: 247 B, 48.6 KB, 3.1 MB."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1024:.1f} KB" if size < 1000 * 1024 else f"{size / 2**20:.1f} MB"


def clock(then: datetime) -> str:
    """When something happened: today as the time of day, otherwise with the date."""
    then = timezone.localtime(then)
    return f"{then:%H:%M:%S}" if then.date() == timezone.localdate() else f"{then.day} {then:%b %H:%M}"


def seconds(value: float | None) -> str:
    """Seconds with two decimals; a dash for something that did not happen."""
    return "–" if value is None else f"{value:.2f} s"


def is_timed(capture: Capture) -> bool:
    """Whether a response's timing was measured; for most that were pasted or uploaded it is made up."""
    return not capture.request.get("source") or bool(capture.request.get("timed"))


def numbers(found: Found) -> list[tuple[str, str]]:
    """The five numbers of a capture, each with its name."""
    reads = found.capture.reads() if is_timed(found.capture) else []
    return [
        (str(len(found.frames)), "frame" if len(found.frames) == 1 else "frames"),
        (amount(found.capture.size), "received"),
        (seconds(reads[0][0] if reads else None), "first byte"),
        (seconds(first_text(found) if reads else None), "first text"),
        (seconds(found.capture.seconds if reads else None), "ended"),
    ]


def timing(found: Found) -> list[dict[str, Any]]:
    """A capture's waterfall: what was waited for, when it began and how long it took, in seconds and as percentages of
    the whole."""
    reads, marks = found.capture.reads(), found.capture.request.get("marks") or {}
    if not reads or not is_timed(found.capture):
        return []
    end = max(found.capture.seconds, 0.001)
    first, text = reads[0][0], first_text(found)
    connected = marks.get("connected")
    steps = [
        ("Until its head came", 0.0, connected, "waiting") if connected is not None else None,
        ("Until the first byte", connected or 0.0, first, "waiting"),
        ("Until the first text", first, text, "waiting") if text is not None and text > first else None,
        ("Frames", text if text is not None else first, end, "streaming"),
    ]
    quiet, since = longest_silence([at for at, _ in reads])
    rows = [(name, start, stop, state) for name, start, stop, state in filter(None, steps) if stop is not None]
    if quiet > 0.5:
        rows.append(("Longest silence", since, since + quiet, "waiting"))
    return [
        {
            "name": name,
            "state": state,
            "took": seconds(max(0.0, stop - start)),
            "from": seconds(start),
            "x": round(100 * start / end, 2),
            "width": round(max(0.6, 100 * (stop - start) / end), 2),
        }
        for name, start, stop, state in rows
    ]


def longest_silence(times: Sequence[float]) -> tuple[float, float]:
    """The longest time between two reads, and when it began, in seconds."""
    return max(((later - at, at) for at, later in pairwise(times)), default=(0.0, 0.0))


def first_text(found: Found) -> float | None:
    """When the first piece of the growing text arrived, in seconds."""
    best = next((each for each in found.detection.fields if each.type == "text_stream"), None)
    if best is None:
        return None
    extraction = Extraction([Field("text", best.type, best.path, best.when, best.mode)], {"by": "never"})
    pairs = zip(found.frames, found.times, strict=True)
    return next((at for frame, at in pairs if any(key for key, *_ in extraction.feed(frame))), None)


def pulse(times: Sequence[float], length: float, columns: int = 96, height: int = 32) -> dict[str, Any]:
    """The frames drawn over a `length` in seconds: `quiet` and `ticks` are paths of an SVG that measures `width` by
    `height`, with 4 units per column; `axis` holds the labels below it."""
    counts = [0] * columns
    length = max(length, 0.01)
    for at in times:
        counts[min(int(at / length * columns), columns - 1)] += 1
    most = max([*counts, 1])
    ticks = [
        f"M{column * 4 + 2} {height}v-{max(6, round(count / most * height))}"
        for column, count in enumerate(counts)
        if count
    ]
    quiet = [f"M{column * 4 + 2} {height}v-2" for column, count in enumerate(counts) if not count]
    whole = int(length)
    digits = 2 if length < 1 else 1
    marks = [f"{length * part / 4:.{digits}f}" for part in (1, 2, 3)] if whole < 2 or whole > 8 else range(1, whole + 1)
    axis = ["0 s", *(str(mark) for mark in marks if float(mark) < length * 0.95), f"{length:.{digits}f} s"]
    return {"quiet": "".join(quiet), "ticks": "".join(ticks), "axis": axis, "width": columns * 4, "height": height}


def short(value: Any, most: int = 80) -> str:
    """A value on one line."""
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else "" if value is None else str(value)
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def part_value(found: Found, part: str, path: str) -> str:
    """The value in this capture of a header, by its lower-case name, or of the status, `code` or `is_error`; "" if
    absent."""
    capture = found.capture
    if part == "status":
        return {"code": str(capture.status), "is_error": "yes" if capture.status >= 400 else "no"}.get(path, "")
    return short(", ".join(value for name, value in capture.headers if name.lower() == path))
