"""What the composer offers: the sources available at a place, and what can follow a value of a type."""

from dataclasses import dataclass

from builder.expressions.catalog import Place
from builder.operators import GET, STREAM, Example, Operator, operators_for
from builder.sources import Offer, Source, sources
from builder.types import fields, item_type, known


def offers(place: Place) -> list[tuple[Source, list[Offer]]]:
    """Every source with what it offers here, in registry order; those that offer nothing are left out."""
    found = []
    for source in sources.values():
        offered = [each for each in source.offers(place) if known(each.type, place.catalog)]
        if offered:
            found.append((source, offered))
    return found


@dataclass(frozen=True, slots=True)
class Next:
    """One way to continue: a field or an operator. `hint` names its arguments, `type` is the result's type if known,
    `op` the JSON to append, in which an argument is empty or the first of its options and can be changed. `help` and
    `example` are shown by the composer."""

    label: str
    hint: str
    type: str
    op: dict
    help: str
    example: Example | None = None
    operator: Operator | None = None


def after(type: str, place: Place) -> dict[str, list[Next]]:
    """What can follow a value of this type, by heading; fields come first."""
    groups: dict[str, list[Next]] = {}
    for group, found in ((GET, _fields(type, place)), *_operators(type, place)):
        if found:
            groups.setdefault(group, []).extend(found)
    # A stream is above all a text that arrives.
    first = STREAM if type == "stream" else GET
    return {group: groups[group] for group in sorted(groups, key=lambda group: group != first)}


def _fields(type: str, place: Place) -> list[Next]:
    own = [
        Next(field.label, "", field.type, {"op": "field", "args": [field.key]}, f"The field {field.label}.")
        for field in fields(type, place.catalog)
    ]
    each = [
        Next(
            f"each item’s {field.label}",
            "",
            f"list:{field.type}",
            {"op": "each_items_field", "args": [field.key]},
            f"The field {field.label} of every item.",
        )
        for field in fields(item_type(type), place.catalog)
    ]
    return own + each


def _operators(type: str, place: Place) -> list[tuple[str, list[Next]]]:
    return [(group, [_next(entry, type, place) for entry in entries]) for group, entries in operators_for(type).items()]


def _next(entry: Operator, type: str, place: Place) -> Next:
    blank = {"op": entry.name, "args": [next(iter(arg.options), None) for arg in entry.args]}
    return Next(
        entry.label,
        ", ".join(arg.label for arg in entry.args),
        entry.result_type(type, list(blank["args"]), place) or "any",
        blank,
        entry.help,
        next(iter(entry.examples), None),
        entry,
    )
