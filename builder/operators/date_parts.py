"""Parts of a date, and more ways to write one."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from builder.operators import CHANGE, GET, Arg, Example, operator
from builder.operators.date import MONTHS
from builder.operators.date_counted import instant

Date = date | datetime | None
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = {
    "year": lambda d: d.year,
    "month": lambda d: d.month,
    "day": lambda d: d.day,
    "hour": lambda d: getattr(d, "hour", 0),
    "minute": lambda d: getattr(d, "minute", 0),
    "second": lambda d: getattr(d, "second", 0),
    "week of the year": lambda d: d.isocalendar().week,
    "day of the week": lambda d: d.isoweekday(),
    "day of the year": lambda d: d.timetuple().tm_yday,
}
# The letters of a date format; longer ones are matched first.
LETTERS = {
    "YYYY": lambda d: f"{d.year:04}",
    "YY": lambda d: f"{d.year % 100:02}",
    "MMMM": lambda d: MONTHS[d.month - 1],
    "MMM": lambda d: MONTHS[d.month - 1][:3],
    "MM": lambda d: f"{d.month:02}",
    "M": lambda d: str(d.month),
    "dddd": lambda d: DAYS[d.weekday()],
    "ddd": lambda d: DAYS[d.weekday()][:3],
    "DD": lambda d: f"{d.day:02}",
    "D": lambda d: str(d.day),
    "HH": lambda d: f"{getattr(d, 'hour', 0):02}",
    "H": lambda d: str(getattr(d, "hour", 0)),
    "mm": lambda d: f"{getattr(d, 'minute', 0):02}",
    "ss": lambda d: f"{getattr(d, 'second', 0):02}",
}
LETTER = re.compile("|".join(LETTERS))
SPANS = ((31_536_000, "year"), (2_592_000, "month"), (86_400, "day"), (3600, "hour"), (60, "minute"))
NOON = "2026-11-21T14:05:09+00:00"


@operator(
    label="its",
    group=GET,
    takes="date",
    gives="number",
    args=[Arg("part", "text", options=tuple(PARTS))],
    examples=[
        Example(NOON, ["year"], 2026),
        Example(NOON, ["hour"], 14),
        Example(NOON, ["day of the week"], 6),
        Example("2026-01-01", ["week of the year"], 1),
        Example(NOON, ["no"], 21),
        Example(None, ["day"], None),
    ],
)
def its_part(value: Date, part: str) -> int | None:
    """Its year, month, day or another part as a number; Monday is day 1 of the week."""
    return int(PARTS.get(part, PARTS["day"])(value)) if value else None


@operator(
    label="name of its day",
    group=GET,
    takes="date",
    gives="text",
    examples=[Example(NOON, [], "Saturday"), Example(None, [], "")],
)
def name_of_its_day(value: Date) -> str:
    """The name of its day of the week."""
    return DAYS[value.weekday()] if value else ""


@operator(
    label="name of its month",
    group=GET,
    takes="date",
    gives="text",
    examples=[Example(NOON, [], "November"), Example(None, [], "")],
)
def name_of_its_month(value: Date) -> str:
    """The name of its month."""
    return MONTHS[value.month - 1] if value else ""


@operator(
    label="seconds since 1970",
    group=GET,
    takes="date",
    gives="number",
    examples=[Example("1970-01-02", [], 86400), Example(None, [], None)],
)
def seconds_since_1970(value: Date) -> int | None:
    """The whole seconds since the beginning of 1970, a form that many services expect."""
    return int((instant(value) - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) if value else None


@operator(
    label="written as",
    group=CHANGE,
    takes="date",
    gives="text",
    args=[Arg("letters", "text")],
    examples=[
        Example(NOON, ["dddd, D. MMMM YYYY"], "Saturday, 21. November 2026"),
        Example(NOON, ["DD/MM/YY HH:mm:ss"], "21/11/26 14:05:09"),
        Example(None, ["YYYY"], ""),
    ],
)
def written_as(value: Date, letters: str) -> str:
    """Writes it in a format of your own: YYYY MM DD HH mm ss, MMMM and dddd for names."""
    return LETTER.sub(lambda found: LETTERS[found[0]](value), letters) if value else ""


@operator(
    label="as ISO text",
    group=CHANGE,
    takes="date",
    gives="text",
    examples=[Example(NOON, [], NOON), Example("2026-11-21", [], "2026-11-21T00:00:00+00:00"), Example(None, [], "")],
)
def as_iso_text(value: Date) -> str:
    """Writes it in the format that services read, with its time zone."""
    return instant(value).isoformat() if value else ""


@operator(
    label="at the clocks of",
    group=CHANGE,
    takes="date",
    gives="date",
    args=[Arg("place", "text")],
    examples=[
        Example(NOON, ["Europe/Berlin"], datetime(2026, 11, 21, 15, 5, 9, tzinfo=ZoneInfo("Europe/Berlin"))),
        Example(NOON, ["Nowhere"], datetime(2026, 11, 21, 14, 5, 9, tzinfo=UTC)),
        Example(None, ["Europe/Berlin"], None),
    ],
)
def at_the_clocks_of(value: Date, place: str) -> Date:
    """The same moment in another time zone, such as Europe/Berlin."""
    if value is None:
        return None
    try:
        return instant(value).astimezone(ZoneInfo(place))
    except (ValueError, OverflowError, OSError, LookupError):
        return value


@operator(
    label="in words, seen from",
    group=CHANGE,
    takes="date",
    gives="text",
    args=[Arg("date", "date")],
    examples=[
        Example("2026-11-21T12:00:00+00:00", [NOON], "2 hours ago"),
        Example("2026-11-24T14:05:09+00:00", [NOON], "in 3 days"),
        Example(NOON, [NOON], "just now"),
        Example(None, [NOON], ""),
    ],
)
def in_words_seen_from(value: Date, other: Date) -> str:
    """Says how long ago it was, or how long it is until then, seen from another date such as now."""
    if value is None or other is None:
        return ""
    seconds = (instant(value) - instant(other)).total_seconds()
    long, name = next(((span, name) for span, name in SPANS if abs(seconds) >= span), (0, ""))
    if not name:
        return "just now"
    many = int(abs(seconds) // long)
    said = f"{many} {name}{'s' if many > 1 else ''}"
    return f"in {said}" if seconds > 0 else f"{said} ago"
