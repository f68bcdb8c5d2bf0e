"""Resizing an element by its handles on the canvas: one undo step, however many sizes change."""

from builder.document import Body
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import Plan
from builder.gestures.setting import set_props
from builder.gestures.spots import name_of, node_there
from builder.styling.breakpoints import BASE

# The limits in words.
_SIZES = {"max_width": "at most {} px wide", "min_height": "at least {} px tall"}


def resize(body: Body, key: str, sizes: dict[str, int | None], catalog: Catalog, at: str = BASE) -> Plan:
    """Set the element's sizes in px, by property, at a breakpoint; null removes the one set there. Raises `NotSet` with
    the field's sentence, or `Invalid` for something that is not a size."""
    node_there(body, key)
    plans = [set_props(body, [key], prop, size, catalog, at) for prop, size in sizes.items()]
    changes = [change for plan in plans for change in plan.changes]
    if not changes:
        return Plan()
    name = name_of(body, key)
    limits = [_SIZES[prop].format(size) for prop, size in sizes.items() if size]
    return Plan(
        f"Resize {name}", changes, say=f"{name} is {' and '.join(limits) or 'as large as what is in it lets it'}"
    )


@gesture("resize")
def _read_resize(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "sizes": {**sizes}, **rest} if sizes and sizes.keys() <= _SIZES.keys():
            wanted = {str(name): size for name, size in sizes.items() if size is None or type(size) is int}
            if len(wanted) == len(sizes):
                return resize(body, node, wanted, catalog, str(rest.get("at", BASE)))
    return None
