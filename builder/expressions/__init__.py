"""Expressions: a source followed by operators, as plain JSON. A closed list of operators, never code (P31)."""

from builder.expressions.catalog import Catalog, Place
from builder.expressions.check import problems
from builder.expressions.chips import Chip, in_words, parts, remember, sample
from builder.expressions.evaluate import evaluate, growing
from builder.expressions.reads import needs, reads, resource_key
from builder.expressions.shape import is_dynamic
from builder.expressions.trace import type_of

__all__ = [
    "Catalog",
    "Chip",
    "Place",
    "evaluate",
    "growing",
    "in_words",
    "is_dynamic",
    "needs",
    "parts",
    "problems",
    "reads",
    "remember",
    "resource_key",
    "sample",
    "type_of",
]
