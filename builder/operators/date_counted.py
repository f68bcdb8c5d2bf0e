"""Calculating with dates: later and earlier moments, differences, the start of a day or a month."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from builder.operators import CALCULATE, CHECK, Arg, Example, operator

Date = date | datetime | None
# Units of constant length, in seconds.
LENGTHS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400, "weeks": 604_800}
FLOORS = ("minute", "hour", "day", "week", "month", "year")
NOON = "2026-11-21T12:30:00+00:00"


def instant(value: date | datetime) -> datetime:
    """A date as a moment: midnight if it has no time, UTC if it has no zone."""
    found = value if isinstance(value, datetime) else datetime.combine(value, time())
    return found if found.tzinfo else found.replace(tzinfo=UTC)


date_to_date = partial(operator, group=CALCULATE, takes="date", gives="date")


@date_to_date(
    label="plus hours",
    args=[Arg("hours", "number", unit="hours")],
    examples=[
        Example(NOON, [2], datetime(2026, 11, 21, 14, 30, tzinfo=UTC)),
        Example("2026-11-21", [-1], datetime(2026, 11, 20, 23)),
        Example(None, [1], None),
    ],
)
def plus_hours(value: Date, hours: float | None) -> Date:
    """Adds a number of hours; a negative number goes back."""
    return _later(value, hours, 3600)


@date_to_date(
    label="plus minutes",
    args=[Arg("minutes", "number", unit="minutes")],
    examples=[Example(NOON, [45], datetime(2026, 11, 21, 13, 15, tzinfo=UTC)), Example(None, [1], None)],
)
def plus_minutes(value: Date, minutes: float | None) -> Date:
    """Adds a number of minutes; a negative number goes back."""
    return _later(value, minutes, 60)


@date_to_date(
    label="plus seconds",
    args=[Arg("seconds", "number", unit="seconds")],
    examples=[Example(NOON, [90], datetime(2026, 11, 21, 12, 31, 30, tzinfo=UTC)), Example(NOON, [1e300], None)],
)
def plus_seconds(value: Date, seconds: float | None) -> Date:
    """Adds a number of seconds; a negative number goes back."""
    return _later(value, seconds, 1)


@date_to_date(
    label="plus months",
    args=[Arg("months", "number", unit="months")],
    examples=[
        Example("2026-01-31", [1], datetime(2026, 2, 28)),
        Example("2026-11-21", [2], datetime(2027, 1, 21)),
        Example("2026-11-21", [-12], datetime(2025, 11, 21)),
        Example(None, [1], None),
    ],
)
def plus_months(value: Date, months: float | None) -> Date:
    """Adds a number of months: the same day, or the last one of that month."""
    return _months_on(value, months)


@date_to_date(
    label="plus years",
    args=[Arg("years", "number", unit="years")],
    examples=[Example("2028-02-29", [1], datetime(2029, 2, 28)), Example(None, [1], None)],
)
def plus_years(value: Date, years: float | None) -> Date:
    """Adds a number of years: the same day of the year."""
    return _months_on(value, (years or 0) * 12)


@date_to_date(
    label="rounded down to the",
    args=[Arg("unit", "text", options=FLOORS)],
    examples=[
        Example(NOON, ["hour"], datetime(2026, 11, 21, 12, tzinfo=UTC)),
        Example(NOON, ["week"], datetime(2026, 11, 16, tzinfo=UTC)),
        Example(NOON, ["month"], datetime(2026, 11, 1, tzinfo=UTC)),
        Example(NOON, ["no"], datetime(2026, 11, 21, tzinfo=UTC)),
        Example(None, ["day"], None),
    ],
)
def rounded_down_to(value: Date, unit: str) -> Date:
    """The start of its minute, hour, day, week (Monday), month or year."""
    if value is None:
        return None
    moment = _timed(value).replace(second=0, microsecond=0)
    if unit == "minute":
        return moment
    moment = moment.replace(minute=0)
    if unit == "hour":
        return moment
    moment = moment.replace(hour=0)
    if unit == "week":
        return _later(moment, -moment.weekday(), 86_400)
    if unit == "month":
        return moment.replace(day=1)
    return moment.replace(month=1, day=1) if unit == "year" else moment


@operator(
    label="minus the date",
    group=CALCULATE,
    takes="date",
    gives="number",
    args=[Arg("date", "date", unit="in"), Arg("unit", "text", options=tuple(LENGTHS))],
    examples=[
        Example("2026-11-21", ["2026-11-14", "days"], 7),
        Example("2026-11-14", ["2026-11-21", "weeks"], -1),
        Example(NOON, ["2026-11-21T12:00:00+00:00", "hours"], 0.5),
        Example(NOON, [None, "hours"], None),
    ],
)
def minus_the_date(value: Date, other: Date, unit: str) -> int | float | None:
    """The time from another date to this one; negative if the other one is later."""
    if value is None or other is None:
        return None
    seconds = (instant(value) - instant(other)).total_seconds()
    found = seconds / LENGTHS.get(unit, LENGTHS["days"])
    return int(found) if found.is_integer() else found


@operator(
    label="is between",
    group=CHECK,
    takes="date",
    gives="yes_no",
    args=[Arg("from", "date", unit="and"), Arg("to", "date")],
    examples=[
        Example("2026-11-21", ["2026-11-01", "2026-11-30"], True),
        Example("2026-12-01", ["2026-11-01", "2026-11-30"], False),
        Example(None, ["2026-11-01", "2026-11-30"], False),
    ],
)
def is_between(value: Date, first: Date, last: Date) -> bool:
    """Checks whether it is between two dates, including both."""
    return bool(value and first and last) and instant(first) <= instant(value) <= instant(last)


@operator(
    label="is the same day as",
    group=CHECK,
    takes="date",
    gives="yes_no",
    args=[Arg("date", "date")],
    examples=[Example(NOON, ["2026-11-21"], True), Example(NOON, ["2026-11-22"], False), Example(None, [None], False)],
)
def is_the_same_day_as(value: Date, other: Date) -> bool:
    """Checks whether both are on the same day, whatever the time."""
    return bool(value and other) and _day(value) == _day(other)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _timed(value: date | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def _later(value: Date, many: float | None, seconds: int) -> Date:
    try:
        return _timed(value) + timedelta(seconds=(many or 0) * seconds) if value else None
    except OverflowError:
        return None


def _months_on(value: Date, months: float | None) -> Date:
    if value is None:
        return None
    try:
        moment = _timed(value)
        year, month = divmod(moment.year * 12 + moment.month - 1 + int(months or 0), 12)
        last = calendar.monthrange(year, month + 1)[1]
        return moment.replace(year=year, month=month + 1, day=min(moment.day, last))
    except (OverflowError, ValueError):
        return None
