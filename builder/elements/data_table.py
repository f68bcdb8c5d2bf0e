"""A data table: one row per item of a list."""

from collections.abc import Iterator
from typing import Any

from django import forms

from builder.drawing.own_cells import own_cells
from builder.elements import Element, elements, props
from builder.expressions.catalog import Place

ALIGNS: tuple[props.Choice, ...] = (("auto", "As its type"), *props.ALIGNS)


class Column(forms.Form):
    """One column: its heading, and what it shows of the row's item."""

    label = forms.CharField(label="Head", initial="Column", required=False, max_length=120)
    value = props.text("Value", "Of the item that the row shows.")
    align = props.steps("Align", ALIGNS, "auto")


@elements.register
class DataTable(Element):
    """One row per item of a list, and one column per thing to know about it. Its header stays in view; numbers are
    aligned right. Texts in it arrive as they do everywhere."""

    name = "data_table"
    label = "Data table"
    icon = "table"
    group = "Data and media"
    live = {"label": "text", "source": "cells", "empty": "text"}
    each = ("columns",)
    look = ("height", "lines")
    sheet = "shows"
    most = 1000
    example = {"label": "Plants", "content_type": "text", "columns": [{"label": "Name", "value": "", "align": "auto"}]}

    class Props(props.Props):
        label = props.text("Label", "Says what the table shows. Always read aloud.", "Table")
        show_label = props.switch("Show the label")
        content_type = props.type_name("Type of content", "Of each item.")
        source = props.data("Data source", "The list; only its first 1,000 items are shown.", type="list")
        columns = props.rows("Columns", Column, "What each row shows of its item.", most=30)
        height = props.steps(
            "Height", (("sm", "At most 240"), ("md", "At most 400"), ("screen", "Most of the screen")), "screen"
        )
        lines = props.steps("Lines", (("rows", "Between rows"), ("all", "All"), ("none", "None")), "rows")
        empty = props.text("When the list is empty", initial="Nothing here yet.")

    def ends(self, values: dict[str, Any], place: Place) -> Iterator[tuple[str, str]]:
        if not values["columns"]:
            yield "columns", "It has no columns, so it shows nothing. Add one."

    def placed(self, values: dict[str, Any], place: Place, editing: bool) -> dict[str, Any]:
        return {"rows": own_cells(self, values, place, editing)}
