"""A chart: the numbers of a list as lines or bars, or one changing number as a growing line."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from builder.drawing.own_cells import Cell, own_cells
from builder.elements import Element, elements, props
from builder.expressions.catalog import Place
from builder.expressions.values import as_number, number_text

# The approximate number of steps on an axis.
STEPS = 4
# What the canvas says while no number is known.
AWAITS = {"line": "Its line is drawn when numbers come", "bar": "Its bars are drawn when numbers come"}
# The numbers of a series, in order.
Column = Sequence[float | None]


class Series(forms.Form):
    """One line, or the bars of one colour."""

    name = forms.CharField(label="Name", initial="", required=False, max_length=60)
    value = props.number("Number", "Of each item.")


@elements.register
class Chart(Element):
    """Numbers as lines or bars: one point per item of a list, or one per value of a number that changes. A table with
    the same numbers is there for people who cannot see the chart."""

    name = "chart"
    label = "Chart"
    icon = "chart"
    group = "Data and media"
    live = {
        "title": "text",
        "source": "cells",
        "label": "text",
        "now": "attr:data-now",
        "empty": "text",
    }
    each = ("label", "series")
    look = ("kind", "height", "keep")
    modules = ("live/elements/chart",)
    sheet = "shows"
    most = 400
    example = {"title": "Growth in cm", "kind": "line", "series": [{"name": "Fig", "value": None}]}

    class Props(props.Props):
        title = props.text("Title", "Says what it shows.", "Chart")
        kind = props.steps("Kind", (("line", "Lines"), ("bar", "Bars")), "line")
        content_type = props.type_name("Type of content", "Of each item.")
        source = props.data("Data source", "The list; only its first 400 items are drawn.", type="list")
        label = props.text("Label of each point", "Of its item.")
        series = props.rows("Series", Series, "One number of each item, or several.", most=4)
        now = props.number("Moving number", "Each of its values is one more point, such as a price's.")
        keep = props.steps(
            "Keep the last", ((30, "30"), (60, "60"), (120, "120"), (300, "300")), 60, "Of the moving number."
        )
        height = props.steps("Height", (("sm", "160"), ("md", "240"), ("lg", "360")), "md")
        empty = props.text("While there is nothing", initial="No numbers yet.")

    def placed(self, values: dict[str, Any], place: Place, editing: bool) -> dict[str, Any]:
        cells = own_cells(self, values, place, editing, most=12)
        names = [str(row.get("name", "")) for row in values["series"]]
        return {"rows": cells, "names": names, "moves": values["now"] is not None} | (
            _drawn(cells, values["kind"]) if editing else {}
        )

    def given(self, prop: str, value: Any) -> Any:
        number = as_number(value) if prop == "now" else None
        return (None if number is None else number_text(number)) if prop == "now" else value


def _drawn(cells: list[Cell], kind: str) -> dict[str, Any]:
    """The chart on the canvas, where no script draws it: the `ticks` of its axis, and one path per series in a box of
    100 by 100, just as static/js/live/elements/chart_picture.js draws them; none while no number is known."""
    found = [[as_number(value["words"]) for value in cell if value["prop"] != "label"] for cell in cells]
    known = [number for point in found for number in point if number is not None]
    if not known:
        return {"awaits": AWAITS["bar" if kind == "bar" else "line"]}
    ticks = ticks_of(known, kind == "bar")

    def down(number: float) -> float:
        return round(100 - (number - ticks[-1]) / (ticks[0] - ticks[-1]) * 100, 2)

    draw = _bars if kind == "bar" else _line
    columns = list(zip(*found, strict=True))
    paths = [draw(column, which, len(columns), down) for which, column in enumerate(columns)]
    return {"ticks": [number_text(tick) for tick in ticks], "paths": paths}


def _bars(column: Column, which: int, many: int, down: Callable[[float], float]) -> str:
    apart = 100 / len(column)
    wide = round(apart * 0.7 / many, 2)
    lefts = [round(apart * (at + 0.15) + wide * which, 2) for at in range(len(column))]
    bars = ((left, number) for left, number in zip(lefts, column, strict=True) if number is not None)
    return "".join(f"M{left} {down(0)}h{wide}V{down(number)}h{-wide}Z" for left, number in bars)


def _line(column: Column, which: int, many: int, down: Callable[[float], float]) -> str:
    """Missing values are gaps."""
    apart = 100 / max(1, len(column) - 1)
    begins = ["M" if at == 0 or column[at - 1] is None else "L" for at in range(len(column))]
    points = [
        f"{begin}{round(at * apart, 2)} {down(number)}h0"
        for at, (begin, number) in enumerate(zip(begins, column, strict=True))
        if number is not None
    ]
    return "".join(points)


def ticks_of(numbers: list[float], from_zero: bool) -> list[float]:
    """Evenly spaced round numbers around these, the largest first: at least two, with the outer ones beyond them. If
    the chart starts at 0 (`from_zero`), 0 is one of them."""
    low, high = min([*numbers, *([0] if from_zero else [])]), max([*numbers, *([0] if from_zero else [])])
    span = high - low or abs(high) or 1
    size = 10 ** math.floor(math.log10(span / STEPS))
    step = next(size * by for by in (1, 2, 5, 10) if size * by * STEPS >= span)
    first, last = math.floor(low / step), max(math.ceil(high / step), math.floor(low / step) + 1)
    return [round(at * step, 10) for at in range(last, first - 1, -1)]
