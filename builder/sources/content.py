"""The type of what a container shows: as its author declared it, else as its data source gives it."""

from dataclasses import replace

from builder.expressions.catalog import Place
from builder.expressions.trace import type_of


def content_type(element: str, place: Place) -> str | None:
    """The type of a container's property `source`; None when it has none, its own source is gone, or it leads back to
    the container itself."""
    node = place.catalog.node(element)
    source = node["props"].get("source") if node else None
    if not source or element in place.passed:
        return None
    return type_of(source, replace(place, element=element, item=None, passed=place.passed | {element}))
