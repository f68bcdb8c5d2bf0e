"""What a container shows: its type, as declared by its author or given by its data source, and a sample of it."""

from dataclasses import replace
from typing import Any

from builder.expressions.catalog import Place
from builder.expressions.evaluate import evaluate_samples
from builder.expressions.trace import type_of


def content_type(element: str, place: Place) -> str | None:
    """The type of a container's property `source`; None if it has none, its own source is gone, or it leads back to the
    container itself."""
    node = place.catalog.node(element)
    source = node["props"].get("source") if node else None
    if not source or element in place.passed:
        return None
    return type_of(source, replace(place, element=element, item=None, passed=place.passed | {element}))


def content_sample(element: str, place: Place) -> Any:
    """What a container shows with the samples of its data source; None if that has none."""
    if content_type(element, place) is None:
        return None
    there = replace(place, element=element, item=None, passed=place.passed | {element})
    return evaluate_samples(place.catalog.node(element)["props"]["source"], there)
