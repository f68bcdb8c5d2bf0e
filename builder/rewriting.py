"""Rewrites stored values: some of their expressions are replaced, and so are some ids. And the texts they contain."""

from collections.abc import Mapping
from typing import Any

from builder.expressions.shape import Expression, Value, is_expression, is_text, steps, tidy
from builder.expressions.values import as_text


class Rewriter:
    """Goes through a value from the inside out."""

    def value(self, value: Value) -> Value:
        """A value after the rewriting."""
        if is_expression(value):
            args = {name: self.value(each) for name, each in value.get("args", {}).items()}
            ops = [step | {name: self.value(step[name]) for name in ("args",) if name in step} for step in steps(value)]
            return self.expression({**value, "args": args, "ops": ops})
        if is_text(value):
            return tidy({"text": [part for each in value["text"] for part in _parts(self.value(each))]})
        if isinstance(value, dict):
            return {self.id(name): self.value(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.value(each) for each in value]
        return self.id(value) if isinstance(value, str) else value

    def id(self, text: str) -> str:
        """A text that may be an id."""
        return text

    def expression(self, expression: Expression) -> Value:
        """The replacement for an expression whose arguments have been rewritten already."""
        raise NotImplementedError


def renamed(stored: Any, ids: Mapping[str, str]) -> Any:
    """A copy of JSON in which every text that is one of these ids, also as a name in an object, is the new one."""
    if isinstance(stored, str):
        return ids.get(stored, stored)
    if isinstance(stored, dict):
        return {ids.get(name, name): renamed(value, ids) for name, value in stored.items()}
    return [renamed(each, ids) for each in stored] if isinstance(stored, list) else stored


def texts(stored: Any) -> set[str]:
    """Every text in JSON, including the names in its objects, but not an expression's stored former words."""
    if isinstance(stored, str):
        return {stored}
    if isinstance(stored, dict):
        inner = [name for name in stored if name != "was"]
        return {*inner, *(text for name in inner for text in texts(stored[name]))}
    return {text for each in stored for text in texts(each)} if isinstance(stored, list) else set()


def _parts(value: Value) -> list[Any]:
    """What one part of a text becomes: texts and expressions."""
    if is_text(value):
        return list(value["text"])
    return [value if is_expression(value) else as_text(value)]
