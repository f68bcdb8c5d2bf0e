"""The rows of one call and the value each gets in one request (S7)."""

import re
from collections.abc import Mapping
from typing import Any

from connector.asking.placeholders import LEFT_OUT, Authored, Row, Slot, fill, only, text_of
from connector.errors import BadAddress


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
        """The value of a placeholder. Raises KeyError for a name without a row that no value was given for."""
        row = self._parameters.get(name)
        return self.pick(row) if row else self._values[name]

    def private(self, name: str) -> str:
        """The value of a placeholder that may decide where a call goes: the author's own."""
        row = self._parameters.get(name)
        if row is None or not row.private:
            raise BadAddress(reason=f"[{name}] stands in its host and is no private parameter")
        return text_of(row.value)

    def pick(self, row: Row) -> Any:
        """What is sent for a row."""
        if row.id not in self._picked:
            self._picked[row.id] = row.pick(self._values)
        return self._picked[row.id]

    def text(self, row: Row, pattern: re.Pattern[str]) -> str | None:
        """The text of a row with its placeholders filled in; None when it is left out."""
        value = self.value(row, pattern)
        return None if value is LEFT_OUT else text_of(value)

    def value(self, row: Row, pattern: re.Pattern[str]) -> Any:
        """The value of a row with its placeholders filled in. A value that was given for the row itself is data: what
        looks like a placeholder in it is none."""
        value = self.pick(row)
        if not isinstance(value, Authored):
            return value
        alone = self.alone(value, pattern)
        if alone is LEFT_OUT or isinstance(alone, Mapping):
            return alone
        return fill(value, pattern, self.parameter)

    def alone(self, template: str, pattern: re.Pattern[str]) -> Any:
        """The value of a template that is one placeholder and nothing else; None for any other template."""
        name = only(template, pattern)
        try:
            return self.parameter(name) if name else None
        except KeyError:
            return None  # No parameter: it stays as it stands.
