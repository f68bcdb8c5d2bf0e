"""Ending the use of a named style: for all elements that use it, on all pages, or by deleting it."""

from builder.changes import ChangeJSON
from builder.document import Body
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import Plan
from builder.gestures.styling import detach_style, use_style, used_by
from builder.gestures.theming import remove_from_theme
from builder.styling.looks import styles_of


def detach_all(style: str, catalog: Catalog) -> Plan:
    """Give all elements that use a style its settings as their own: they look the same."""
    name, changes = _name(style, catalog), _parted(style, catalog, keep=True)
    if not changes:
        return Plan(say=f"Nothing uses {name}.")
    many = len(used_by(style, catalog))
    return Plan(f"Detach all from {name}", changes, say=f"{_elements(many)} no longer follow{'s' * (many == 1)} {name}")


def remove_style(style: str, keep: bool, catalog: Catalog) -> Plan:
    """Delete a style. Elements that use it keep the look as their own, or get the one they have without it."""
    gone = remove_from_theme(style, catalog)
    changes = [*_parted(style, catalog, keep), *gone.changes]
    return Plan(f"Remove style {_name(style, catalog)}", changes, deleted=gone.deleted)


def _parted(style: str, catalog: Catalog, keep: bool) -> list[ChangeJSON]:
    pages: dict[str, list[str]] = {}
    for page, element, _ in used_by(style, catalog):
        pages.setdefault(page, []).append(element)
    changes: list[ChangeJSON] = []
    for page, keys in pages.items():
        body = catalog.page(page)
        if body:
            changes += (detach_style(body, keys, catalog) if keep else use_style(body, keys, None, catalog)).changes
    return changes


def _name(style: str, catalog: Catalog) -> str:
    found = styles_of(catalog).get(style)
    return found["name"] if found else "the style"


def _elements(many: int) -> str:
    return f"{many} element{'s' * (many != 1)}"


# What the browser sends


@gesture("detach_all")
def _read_detach(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"style": str(style)}:
            return detach_all(style, catalog)
    return None


@gesture("remove_style")
def _read_remove(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"style": str(style), "keep": bool(keep)}:
            return remove_style(style, keep, catalog)
    return None
