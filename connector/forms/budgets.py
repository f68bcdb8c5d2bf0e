"""The forms of budgets: of one app, and of all apps of the server (S39)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from builder.fields import CountField
from builder.forms import Form
from connector.spending.budgets import FIELDS, LARGEST, MOST, SCOPES, SPANS

ABOVE = "This server allows {most} at most."


class NumbersForm(Form):
    """Numbers by who is counted and over what: a table for each environment."""

    def table(self, group: str) -> list[tuple[str, list[tuple[str, forms.BoundField]]]]:
        """The rows of one table: who is counted, and the fields by what they are counted over."""
        return [
            (who, [(what, self[f"{group}_{scope}_{span}"]) for span, what in SPANS.items()])
            for scope, who in SCOPES.items()
        ]


def _fields(names: Iterable[str]) -> dict[str, CountField]:
    made = {}
    for name in names:
        _, scope, span = name.split("_", 2)
        label = f"{SCOPES[scope]}, {SPANS[span].lower()}"
        made[name] = CountField(label=label, most=LARGEST, default=FIELDS.get(name))
    return made


class BudgetsForm(NumbersForm):
    """The budgets of one app. `of_server` holds the server's: numbers for apps without their own, and the maximum."""

    def __init__(self, data: Mapping[str, Any], of_server: Mapping[str, Any]):
        super().__init__(data)
        for name, default in FIELDS.items():
            most = of_server.get(f"most_{name.split('_', 1)[1]}") or LARGEST
            field: Any = self.fields[name]
            field.set(min(of_server.get(name) or default, most), most, ABOVE)


class AllBudgetsForm(NumbersForm):
    """The budgets of the server."""


# Form fields are collected from the class body, and there are too many of these to write out.
BudgetsForm.base_fields = _fields(FIELDS)
AllBudgetsForm.base_fields = _fields([*FIELDS, *MOST])
