"""Operators for dates."""

from datetime import date, datetime, timedelta

from builder.operators import CALCULATE, CHANGE, CHECK, Arg, Example, operator

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
FORMATS = {
    "2026-11-21": lambda d: f"{d:%Y-%m-%d}",
    "21.11.2026": lambda d: f"{d:%d.%m.%Y}",
    "11/21/2026": lambda d: f"{d:%m/%d/%Y}",
    "21 November 2026": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "Nov 21": lambda d: f"{MONTHS[d.month - 1][:3]} {d.day}",
    "14:05": lambda d: f"{d:%H:%M}",
    "2026-11-21 14:05": lambda d: f"{d:%Y-%m-%d %H:%M}",
}
Date = date | datetime | None


@operator(
    label="formatted as",
    group=CHANGE,
    takes="date",
    gives="text",
    args=[Arg("format", "text", options=tuple(FORMATS))],
    examples=[
        Example("2026-11-21T14:05:00+00:00", ["21 November 2026"], "21 November 2026"),
        Example("2026-11-21T14:05:00+00:00", ["Nov 21"], "Nov 21"),
        Example("2026-01-02T14:05:00+00:00", ["14:05"], "14:05"),
        Example("2026-11-21T14:05:00+00:00", ["%s"], "2026-11-21"),
        Example(None, ["14:05"], ""),
    ],
)
def formatted_as(value: Date, format: str) -> str:
    """Writes the date in one of several formats."""
    return FORMATS.get(format, FORMATS["2026-11-21"])(value) if value else ""


@operator(
    label="plus days",
    group=CALCULATE,
    takes="date",
    gives="date",
    args=[Arg("days", "number", unit="days")],
    examples=[Example("2026-11-21", [None], datetime(2026, 11, 21)), Example(None, [1], None)],
)
def plus_days(value: Date, days: float | None) -> Date:
    """Adds a number of days; a negative number goes back."""
    try:
        return value + timedelta(days=days or 0) if value else None
    except OverflowError:
        return None


@operator(
    label="is after",
    group=CHECK,
    takes="date",
    gives="yes_no",
    args=[Arg("date", "date")],
    examples=[Example("2026-11-22", ["2026-11-21"], True), Example(None, ["2026-11-21"], False)],
)
def is_after(value: Date, other: Date) -> bool:
    """Checks whether it is later than another date."""
    return bool(value and other) and _moment(value) > _moment(other)


@operator(
    label="is before",
    group=CHECK,
    takes="date",
    gives="yes_no",
    args=[Arg("date", "date")],
    examples=[Example("2026-11-20", ["2026-11-21"], True), Example("2026-11-20", [None], False)],
)
def is_before(value: Date, other: Date) -> bool:
    """Checks whether it is earlier than another date."""
    return bool(value and other) and _moment(value) < _moment(other)


def _moment(value: Date) -> tuple[int, ...]:
    """A date in a form that can be compared with any other, with or without a time and a zone; without a zone it is
    UTC."""
    if not isinstance(value, datetime):
        return (*value.timetuple()[:6], 0)
    return (*value.utctimetuple()[:6], value.microsecond)
