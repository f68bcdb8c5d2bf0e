"""Formatting numbers: decimals, thousands, currency, percent, times and sizes."""

from decimal import Decimal
from functools import partial

from builder.expressions.values import rounded
from builder.operators import CHANGE, Arg, Example, operator

Number = int | float | None
# Number formats: the separator between thousands, and the one before the decimals.
WRITTEN = {"1,234.5": (",", "."), "1.234,5": (".", ","), "1 234,5": ("\N{NO-BREAK SPACE}", ","), "1234.5": ("", ".")}
MONEY = {"€1,234.50": ("1,234.5", "{sign}{number}"), "1.234,50 €": ("1.234,5", "{number}\N{NO-BREAK SPACE}{sign}")}
MONEY |= {"€ 1.234,50": ("1.234,5", "{sign}\N{NO-BREAK SPACE}{number}")}
MONEY |= {"1 234,50 €": ("1 234,5", "{number}\N{NO-BREAK SPACE}{sign}")}
SIZES = ("bytes", "KB", "MB", "GB", "TB")
number_to_text = partial(operator, group=CHANGE, takes="number", gives="text")


@number_to_text(
    label="written with",
    args=[Arg("decimals", "number", unit="decimals as"), Arg("way", "text", options=tuple(WRITTEN))],
    examples=[
        Example(1234.5, [2, "1,234.5"], "1,234.50"),
        Example(1234567.891, [1, "1.234,5"], "1.234.567,9"),
        Example(2.675, [2, "1234.5"], "2.68"),
        Example(-0.001, [0, "1,234.5"], "0"),
        Example(5, [None, "no"], "5"),
        Example(None, [2, "1,234.5"], ""),
    ],
)
def written_with(value: Number, decimals: Number, way: str) -> str:
    """Writes it with a number of decimals and with thousands separated."""
    return "" if value is None else _written(value, decimals, way)


@number_to_text(
    label="as money in",
    args=[Arg("currency", "text"), Arg("way", "text", options=tuple(MONEY))],
    examples=[
        Example(1234.5, ["$", "€1,234.50"], "$1,234.50"),
        Example(-3, ["$", "€1,234.50"], "-$3.00"),
        Example(9.9, ["€", "1.234,50 €"], "9,90\N{NO-BREAK SPACE}€"),
        Example(None, ["€", "1.234,50 €"], ""),
    ],
)
def as_money_in(value: Number, currency: str, way: str) -> str:
    """Writes it as an amount of money, with two decimals."""
    if value is None:
        return ""
    numbers, amount = MONEY.get(way, MONEY["€1,234.50"])
    written = _written(value, 2, numbers)
    minus = "-" if written.startswith("-") else ""
    return minus + amount.format(sign=currency, number=written.removeprefix("-"))


@number_to_text(
    label="as percent with",
    args=[Arg("decimals", "number", unit="decimals")],
    examples=[
        Example(0.256, [0], "26%"),
        Example(0.256, [1], "25.6%"),
        Example(2, [None], "200%"),
        Example(None, [0], ""),
    ],
)
def as_percent_with(value: Number, decimals: Number) -> str:
    """Writes 0.25 as 25%."""
    if value is None:
        return ""
    return f"{_exact(Decimal(str(value)) * 100, decimals):f}%"


@number_to_text(
    label="as a time",
    examples=[Example(75, [], "1:15"), Example(3675.4, [], "1:01:15"), Example(-5, [], "-0:05"), Example(None, [], "")],
)
def as_a_time(value: Number) -> str:
    """Writes seconds as minutes and seconds, and with hours from one hour on."""
    if value is None:
        return ""
    minutes, seconds = divmod(int(abs(value)), 60)
    hours, minutes = divmod(minutes, 60)
    said = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    return f"-{said}" if value <= -1 else said


@number_to_text(
    label="as a size",
    examples=[
        Example(999, [], "999 bytes"),
        Example(48_600, [], "48.6 KB"),
        Example(5_000_000, [], "5.0 MB"),
        Example(None, [], ""),
    ],
)
def as_a_size(value: Number) -> str:
    """Writes a number of bytes as KB, MB or GB."""
    if value is None:
        return ""
    if abs(value) < 1000:
        return f"{_exact(Decimal(str(value)), 0):f} bytes"
    size, at = Decimal(str(value)), 0
    while abs(size) >= 1000 and at < len(SIZES) - 1:
        size, at = size / 1000, at + 1
    return f"{_exact(size, 1):f} {SIZES[at]}"


@number_to_text(
    label="as an ordinal",
    examples=[Example(1, [], "1st"), Example(12, [], "12th"), Example(23, [], "23rd"), Example(None, [], "")],
)
def as_an_ordinal(value: Number) -> str:
    """Writes a whole number as 1st, 2nd, 3rd."""
    if value is None:
        return ""
    whole = int(value)
    ending = "th" if abs(whole) % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(abs(whole) % 10, "th")
    return f"{whole}{ending}"


def _written(value: int | float, decimals: Number, way: str) -> str:
    between, point = WRITTEN.get(way, WRITTEN["1,234.5"])
    plain = f"{_exact(Decimal(str(value)), decimals):,f}"
    return plain.translate({ord(","): between, ord("."): point})


def _exact(number: Decimal, decimals: Number) -> Decimal:
    """Rounded as people do, half away from zero, to 0 to 20 decimals; never -0."""
    return rounded(number, max(0, min(20, int(decimals or 0)))) + 0
