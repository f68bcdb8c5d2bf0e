"""Named styles of elements: use one, detach from it, save an element's looks as one."""

from builder.changes import ChangeJSON
from builder.changes.duplicate import free_name
from builder.document import Body, children, new_id, node
from builder.elements import elements
from builder.errors import Invalid
from builder.expressions.catalog import Catalog
from builder.gestures import Said, gesture
from builder.gestures.plan import NAME_LENGTH, NotSet, Plan, doc_of
from builder.gestures.setting import element_there, keys_of, several
from builder.gestures.spots import name_of
from builder.gestures.theming import theme_here
from builder.styling.looks import style_set, styles_of


def use_style(body: Body, keys: list[str], style: str | None, catalog: Catalog) -> Plan:
    """Let elements use a named style, or none if it is None. Their own values for what the style sets are removed, so
    that the style has an effect."""
    found = styles_of(catalog).get(style or "")
    if style and found is None:
        raise Invalid("There is no such style. It was removed.")
    changes: list[ChangeJSON] = []
    for key in dict.fromkeys(keys):
        element, props = element_there(body, key), body["nodes"][key]["props"]
        change: ChangeJSON = {"do": "update", "doc": doc_of(body), "node": key}
        if found is None and "uses" in props:
            changes.append(change | {"unset": ["uses"]})
        elif found and element and found["props"]["element"] == element.name:
            own = [prop for prop in found["props"].get("set", {}) if prop in props]
            if own or props.get("uses") != style:
                changes.append(change | {"set": {"uses": style}, "unset": own})
    if not changes:
        return Plan(say="It looks like that already.")
    what = f"Use {found['name']} for" if found else "Use no style for"
    return Plan(f"{what} {several(body, keys)}", changes)


def detach_style(body: Body, keys: list[str], catalog: Catalog) -> Plan:
    """Give elements what their style sets as their own: they look the same, and no longer follow it."""
    styles = styles_of(catalog)
    changes: list[ChangeJSON] = []
    for key in dict.fromkeys(keys):
        element, props = element_there(body, key), body["nodes"][key]["props"]
        if element and "uses" in props:
            own = {prop: value for prop, value in style_set(element, props, styles).items() if prop not in props}
            changes.append({"do": "update", "doc": doc_of(body), "node": key, "set": own, "unset": ["uses"]})
    if not changes:
        return Plan(say="It uses no style.")
    return Plan(f"Detach {several(body, keys)} from its style", changes)


def save_as_style(body: Body, key: str, name: str, catalog: Catalog) -> Plan:
    """Save the looks set on an element as a new named style, which it uses from then on."""
    element, props = element_there(body, key), body["nodes"][key]["props"]
    name = " ".join(name.split())[:NAME_LENGTH]
    if element is None:
        raise Invalid("Only elements have styles.")
    if not name:
        raise NotSet("A style needs a name. Type one.", "name")
    before = style_set(element, props, styles_of(catalog))
    own = {prop: props[prop] for prop in element.styled if prop in props}
    # Default values are included only if the previous style set something else.
    sets = before | {prop: held for prop, held in own.items() if prop in before or held != element.defaults[prop]}
    theme, created = theme_here(catalog)
    style, root = new_id("sy"), theme["root"]
    name = free_name(name, {each["name"] for each in styles_of(catalog).values()})
    made = {style: node("style", name, {"element": element.name} | ({"set": sets} if sets else {}))}
    changes: list[ChangeJSON] = [
        *created,
        {
            **{"do": "insert", "doc": f"theme/{root}", "nodes": made, "node": style},
            **{"parent": root, "slot": "styles", "index": len(children(theme, root, "styles"))},
        },
        {
            **{"do": "update", "doc": doc_of(body), "node": key},
            **{"set": {"uses": style}, "unset": list(own)},
        },
    ]
    return Plan(f"Save {name_of(body, key)} as style {name}", changes, say=f"{name} is now a style of {element.label}")


def used_by(style: str, catalog: Catalog) -> list[tuple[str, str, str]]:
    """The uses of a style, as (page's key, element's id, element's name)."""
    return [
        (page["root"], key, holder["name"] or elements[holder["type"]].label)
        for page in [*catalog.bodies("page"), *catalog.bodies("reusable")]
        for key, holder in page["nodes"].items()
        if holder["props"].get("uses") == style and holder["type"] in elements
    ]


# What the browser sends


@gesture("use_style")
def _read_use(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    keys = keys_of(said)
    match said:
        case {"style": str() | None as style} if keys:
            return use_style(body, keys, style or None, catalog)
    return None


@gesture("detach_style")
def _read_detach(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    return detach_style(body, keys_of(said), catalog) if keys_of(said) else None


@gesture("save_as_style")
def _read_save(said: Said, body: Body, catalog: Catalog) -> Plan | None:
    match said:
        case {"node": str(node), "name": str(name)}:
            return save_as_style(body, node, name, catalog)
    return None
