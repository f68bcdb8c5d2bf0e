"""The rows of one call and the value each has in one request (S7)."""

import re
from collections.abc import Mapping
from typing import Any

from connector.asking.errors import BadAddress
from connector.asking.placeholders import LEFT_OUT, Authored, Row, Slot, fill, only, text_of


class Table:
    """The rows of one call, each with its value, picked once."""

    def __init__(self, found: list[Row], values: Mapping[str, Any]):
        self._rows = found
        self._parameters = {row.name: row for row in found if row.slot == "parameters"}
        self._values = values
        self._picked: dict[str, Any] = {}

    def of(self, slot: Slot) -> list[Row]:
        """The rows of one slot; those still without a name are not sent."""
        return [row for row in self._rows if row.slot == slot and row.name]

    def parameter(self, name: str) -> Any:
        """The value of a placeholder. Raises KeyError for a name that has neither a row nor a given value."""
        row = self._parameters.get(name)
        return self.pick(row) if row else self._values[name]

    def private(self, name: str) -> str:
        """The value of a placeholder that may decide where a call goes: only the author's own."""
        row = self._parameters.get(name)
        if row is None or not row.private:
            raise BadAddress(reason=f"[{name}] stands in its host and is no private parameter")
        return text_of(row.value)

    def pick(self, row: Row) -> Any:
        """The value sent for a row."""
        if row.id not in self._picked:
            self._picked[row.id] = row.pick(self._values)
        return self._picked[row.id]

    def text(self, row: Row, pattern: re.Pattern[str]) -> str | None:
        """A row's text with its placeholders filled in; None if the row is omitted."""
        value = self.value(row, pattern)
        return None if value is LEFT_OUT else text_of(value)

    def value(self, row: Row, pattern: re.Pattern[str]) -> Any:
        """A row's value with its placeholders filled in. A value given for the row itself is data: anything in it that
        looks like a placeholder is not one."""
        value = self.pick(row)
        if not isinstance(value, Authored):
            return value
        alone = self.alone(value, pattern)
        if alone is LEFT_OUT or isinstance(alone, Mapping):
            return alone
        return fill(value, pattern, self.parameter)

    def alone(self, template: str, pattern: re.Pattern[str]) -> Any:
        """The value of a template that consists of a single placeholder; None for any other template."""
        name = only(template, pattern)
        try:
            return self.parameter(name) if name else None
        except KeyError:
            return None  # No parameter: it stays as it stands.
