"""The padding of an element as it is edited: one value, and on demand one for each side."""

from collections.abc import Sequence
from dataclasses import replace

from builder.elements.props import GAPS, SIDES
from builder.panel.controls import Control

# From the nearest layer to the farthest: the sides together come from the nearest one that any of them comes from.
_NEAREST = ("mixed", "breakpoint", "own", "style", "default")


def gathered(controls: Sequence[Control]) -> list[Control]:
    """The controls with those of the four sides as one, of the kind `sides`: its only row are the four, its value says
    whether any of them has a value of its own."""
    sides = [one for one in controls if one.prop in SIDES]
    if not sides:
        return list(controls)
    of_all = _of_all({one.prop: one for one in controls})
    nearest = min(sides, key=lambda one: _NEAREST.index(one.whence))
    together = Control(
        " ".join(one.prop for one in sides),
        "Each side",
        "sides",
        any(one.mixed or one.value is not None for one in sides),
        rows=[[replace(one, label=one.label.rpartition(" ")[2].capitalize(), unset=of_all) for one in sides]],
        whence=nearest.whence,
        origin=nearest.origin,
        resets=any(one.resets for one in sides),
        at=sides[0].at,
    )
    first = controls.index(sides[0])
    others = [one for one in controls if one not in sides]
    return [*others[:first], together, *others[first:]]


def _of_all(controls: dict[str, Control]) -> str:
    """The padding of a side without one of its own, in pixels; "" if the selected elements differ in it."""
    own, usual = controls.get("own_padding"), controls["padding"]
    if usual.mixed or (own and own.mixed):
        return ""
    return str(own.value) if own and own.value is not None else dict(GAPS)[usual.value].replace("None", "0")
